"""Remarks on sections of an informasi jabatan in a draft."""

from __future__ import annotations

from django.db.models import Count

from petajabatan.jabatan.rules.isian import ids_of_infojab, isian_id, isian_of
from petajabatan.usulan.models import Komentar
from petajabatan.usulan.queries.rinci import Utas, threads


def open_counts(usulan_id: int, infojab_id: int) -> dict[str, int]:
    """Section → open threads on it. One statement."""
    rows = (
        Komentar.objects.filter(
            usulan_id=usulan_id,
            objek="isian",
            objek_id__in=ids_of_infojab([infojab_id]),
            balasan_untuk=None,
            selesai_pada=None,
        )
        .order_by()
        .values_list("objek_id")
        .annotate(n=Count("pk"))
    )
    return {isian_of(key)[1]: n for key, n in rows if key is not None}


def threads_on(usulan_id: int, infojab_id: int, bagian: str) -> list[Utas]:
    """The threads on one section, open ones first. One statement."""
    key = isian_id(bagian, infojab_id=infojab_id)
    found = [u for u in threads(usulan_id) if u.induk.objek == "isian" and u.induk.objek_id == key]
    return sorted(found, key=lambda u: not u.terbuka)
