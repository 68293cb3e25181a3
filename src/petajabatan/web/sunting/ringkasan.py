"""What the head of the page says: totals before and after, findings, undo and redo, who else is at work."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.utils import timezone

from petajabatan.usulan.models import Operasi, TemuanUsulan
from petajabatan.web.peta.queries import fetch
from petajabatan.web.sunting import sql
from petajabatan.web.sunting.konteks import KonteksDraf
from petajabatan.web.sunting.queries import totals_of

TINGKAT = ("galat", "peringatan", "catatan")


def root_of(konteks: KonteksDraf) -> int | None:
    """The root of the draft. One statement."""
    rows = fetch(sql.sql_for(konteks.peta, f"SELECT unor_id FROM {sql.ROOT} a"), konteks.params)
    return rows[0][0] if rows else None


def totals(konteks: KonteksDraf, akar: int | None) -> dict[str, Any]:
    """Whole map before and after, persons, boxes, units."""
    if akar is None:
        return {}
    rows = totals_of(konteks, [akar])
    _, k, b, n_posisi, n_unor, k0, b0, np0, nu0 = rows[0]
    return {
        "akar": akar,
        "sesudah": {"n_unor": n_unor, "n_posisi": n_posisi, "k": k, "b": b, "selisih": b - k},
        "sebelum": {"n_unor": nu0, "n_posisi": np0, "k": k0, "b": b0, "selisih": b0 - k0},
    }


def finding_counts(konteks: KonteksDraf) -> dict[str, int]:
    """How many findings of each severity the draft has by itself, and how many the published map has too."""
    counts = dict.fromkeys((*TINGKAT, "bawaan"), 0)
    rows = (
        TemuanUsulan.objects.filter(usulan=konteks.usulan)
        .values_list("tingkat", "bawaan")
        .annotate(n=Count("id"))
        .order_by()
    )
    for tingkat, bawaan, n in rows:
        counts["bawaan" if bawaan else tingkat] += n
    return counts


def state_of(konteks: KonteksDraf) -> dict[str, Any]:
    """Where the draft stands: revision, last operation, what can be undone and done again. Two statements."""
    usulan = konteks.usulan
    last = (
        Operasi.objects.filter(usulan=usulan)
        .order_by("-nomor")
        .values_list("nomor", "ringkas", "oleh")
        .first()
    )
    undo = (
        Operasi.objects.filter(usulan=usulan, aktif=True, membatalkan=None)
        .exclude(jenis="selaras")
        .order_by("-kelompok")
        .values_list("ringkas", flat=True)
        .first()
    )
    return {
        "revisi": usulan.revisi,
        "nomor": last[0] if last else 0,
        "pada": timezone.localtime(usulan.diubah).strftime("%H.%M"),
        "urung": undo or "",
        "bisaUrung": undo is not None,
        "bisaUlang": bool(usulan.tumpukan_ulang),
        "bolehUbah": konteks.boleh_ubah,
        "tertinggal": konteks.tertinggal,
    }


def news_since(konteks: KonteksDraf, nomor: int, actor_id: int | None) -> dict[str, Any]:
    """What others did after operation ``nomor``; the poll of an open page. One statement."""
    rows = list(
        Operasi.objects.filter(usulan=konteks.usulan, nomor__gt=nomor)
        .exclude(oleh_id=actor_id)
        .order_by("-nomor")
        .values_list("oleh", "ringkas", "pada")[:20]
    )
    return {
        "revisi": konteks.usulan.revisi,
        "status": konteks.usulan.status,
        "bolehUbah": konteks.boleh_ubah,
        "tertinggal": konteks.tertinggal,
        "lain": [
            {"oleh": oleh, "ringkas": ringkas, "pada": timezone.localtime(pada).strftime("%H.%M")}
            for oleh, ringkas, pada in rows
        ],
    }
