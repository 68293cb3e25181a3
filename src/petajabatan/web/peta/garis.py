"""The life line of a unit or box as sentences for the drawer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _

from petajabatan.jabatan.kata_beda import HIDDEN, Nama, Ubahan, columns, kinds, text_of
from petajabatan.jabatan.queries.garis import Kerabat, Objek, Peristiwa, life_line
from petajabatan.jabatan.queries.peta import fetch
from petajabatan.jabatan.rules.beda import HAPUS
from petajabatan.organisasi.models import DasarHukum
from petajabatan.referensi.models import Wilayah
from petajabatan.web.peta.konteks import Konteks

_UNIT_NAMES = """SELECT DISTINCT ON (unor_id) unor_id, nama FROM unor_riwayat
WHERE unor_id = ANY(%(ids)s) ORDER BY unor_id, sejak DESC"""


@dataclass(frozen=True)
class BarisGaris:
    """One event in words. ``lihat``: the version in which the object can still be looked at."""

    versi: int
    lihat: int
    berlaku: Any
    nama: str
    perubahan: list[str]
    kolom: list[Ubahan]
    pendahulu: list[Kerabat]
    penerus: list[Kerabat]
    keterangan: str
    usulan_id: int | None


def life_line_of(konteks: Konteks, objek: str, key: int) -> list[BarisGaris]:
    """Newest first. Six statements at most. Raises Http404 for what never was on this map."""
    if objek not in ("unor", "posisi"):
        raise Http404
    kind: Objek = "unor" if objek == "unor" else "posisi"
    owner = fetch(f"SELECT instansi_id FROM {kind} WHERE id = %(id)s", {"id": key})
    events = life_line(kind, key) if owner and owner[0][0] == konteks.instansi.pk else []
    if not events:
        raise Http404(_("Itu bukan bagian dari peta jabatan instansi ini."))
    names, label, word = _names(events), columns(), kinds()
    return [
        BarisGaris(
            e.versi,
            e.versi if e.perubahan != ("hapus",) else e.versi - 1,
            e.berlaku,
            e.nama,
            [word[kind] for kind in e.perubahan],
            [
                Ubahan(label.get(name, name), text_of(name, old, names), text_of(name, new, names))
                for name, (old, new) in e.kolom.items()
                if name not in HIDDEN
            ],
            e.pendahulu,
            e.penerus,
            e.keterangan,
            e.usulan_id,
        )
        for e in reversed(events)
    ]


def end_of(objek: str, key: int) -> Peristiwa | None:
    """How the unit or box ended; None for one that lives. Three statements."""
    events = life_line("unor" if objek == "unor" else "posisi", key)
    return events[-1] if events and events[-1].perubahan == (HAPUS,) else None


def _names(events: list[Peristiwa]) -> Nama:
    def mentioned(*columns: str) -> set[Any]:
        found = (e.kolom.get(name, ()) for e in events for name in columns)
        return {value for pair in found for value in pair if value}

    units = mentioned("atasan_id", "unor_id")
    laws, regions = mentioned("dasar_hukum_id"), mentioned("wilayah")
    return Nama(
        dict(fetch(_UNIT_NAMES, {"ids": list(units)})) if units else {},
        {d.pk: str(d) for d in DasarHukum.objects.filter(pk__in=laws)} if laws else {},
        {w.kode: w.nama for w in Wilayah.objects.filter(kode__in=regions)} if regions else {},
    )
