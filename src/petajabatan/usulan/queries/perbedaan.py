"""The difference an usulan makes, as data: the same rows as between two versions."""

from __future__ import annotations

from petajabatan.jabatan.queries.beda import NAMES, TOTALS
from petajabatan.jabatan.queries.peta import fetch
from petajabatan.jabatan.rules.beda import (
    Beda,
    IsiPosisi,
    JumlahPeta,
    Perbedaan,
    compare,
    totals_of_difference,
)
from petajabatan.usulan.models import Usulan
from petajabatan.usulan.queries.draf import net_changes
from petajabatan.usulan.rules.objek import OBJEK_PETA, Kunci


def draft_difference(usulan: Usulan) -> tuple[Beda, dict[Kunci, tuple[int, ...]]]:
    """The difference between the base version and the draft, and the successors of removed objects.

    ``ke`` is the version it was published as, else again the base. Four SQL statements.
    """
    steps = net_changes(usulan, OBJEK_PETA)
    rows: dict[str, list[Perbedaan]] = {"unor": [], "posisi": []}
    for p in steps:
        one = compare(p.sebelum.di_peta, p.sesudah.di_peta)
        if one is not None:
            rows[p.objek].append(one)
    version = {"instansi": usulan.instansi_id, "dari": usulan.dasar_versi, "ke": usulan.dasar_versi}
    totals = fetch(TOTALS, version)[0]
    before = JumlahPeta(int(totals[1]), *totals[2:])
    none = JumlahPeta()
    after = before.minus(none.minus(totals_of_difference(rows["unor"], rows["posisi"])))
    found = Beda(
        usulan.instansi_id,
        usulan.dasar_versi,
        usulan.versi_terbit or usulan.dasar_versi,
        rows["unor"],
        rows["posisi"],
        before,
        after,
        _names(rows["unor"], rows["posisi"], version),
    )
    return found, {p.kunci: p.sesudah.penerus for p in steps if p.sesudah.penerus}


def _names(units: list[Perbedaan], boxes: list[Perbedaan], version: dict[str, int]) -> dict[int, str]:
    """Of every unit the rows mention as their place: as the draft calls it, else as the base does."""
    places: set[int] = set()
    for row in (*units, *boxes):
        isi = row.isi
        place = isi.unor_id if isinstance(isi, IsiPosisi) else isi.atasan_id
        if place is not None:
            places.add(place)
    names: dict[int, str] = dict(fetch(NAMES, version | {"unor": sorted(places)}))
    return names | {row.id: row.isi.nama for row in units}
