"""One level of a draft: the units right below a unit and the boxes on it, removed ones too."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.http import Http404

from petajabatan.jabatan.queries.peta import fetch
from petajabatan.jabatan.rules.beda import IsiPosisi, IsiUnor
from petajabatan.usulan.models import Usulan
from petajabatan.usulan.queries.acuan import b_of_boxes
from petajabatan.usulan.queries.pandangan import PandanganDraf, isi_of_json
from petajabatan.usulan.rules.objek import Objek

_TOTALS = """SELECT i.unor_id, coalesce(t.k, 0) + coalesce(d.k, 0), coalesce(b.b, 0) + coalesce(d.b, 0),
  coalesce(t.n_posisi, 0) + coalesce(d.n_posisi, 0), coalesce(t.n_unor, 0) + coalesce(d.n_unor, 0)
FROM unnest(%(ids)s::bigint[]) AS i(unor_id)
LEFT JOIN unor_total_riwayat t ON t.unor_id = i.unor_id AND t.sejak <= %(versi)s AND t.hingga > %(versi)s
LEFT JOIN bezetting_unor b ON b.unor_id = i.unor_id
LEFT JOIN usulan_total d ON d.usulan_id = %(usulan)s AND d.unor_id = i.unor_id"""
_GONE = {
    "unor": "SELECT unor_id, sebelum, penerus FROM usulan_unor WHERE usulan_id = %(usulan)s"
    " AND atasan_lama = %(unor)s AND sesudah IS NULL ORDER BY 1",
    "posisi": "SELECT posisi_id, sebelum, penerus FROM usulan_posisi WHERE usulan_id = %(usulan)s"
    " AND unor_lama = %(unor)s AND sesudah IS NULL ORDER BY 1",
}


@dataclass(slots=True)
class UnorDraf:
    """A unit of the draft; ``k``, ``b`` (persons), ``n_posisi`` and ``n_unor`` are of its subtree, all 0 for
    a removed one. ``usul``: tambah, ubah, hapus, or None where the draft does not touch it."""

    id: int
    atasan_id: int | None
    nama: str
    nama_jabatan: str
    jenis: str
    eselon_id: str | None
    urutan: int
    usul: str | None
    penerus: list[int] = field(default_factory=list)
    k: int = 0
    b: int = 0
    n_posisi: int = 0
    n_unor: int = 0
    n_anak: int = 0


@dataclass(slots=True)
class PosisiDraf:
    """A box of the draft; ``k`` and ``b`` in persons (B: who is on it today)."""

    id: int
    unor_id: int
    nama: str
    jenis: str
    jenjang: str | None
    kelas: int | None
    k: int | None
    kepala: bool
    urutan: int
    jabatan_id: int | None
    usul: str | None
    penerus: list[int] = field(default_factory=list)
    b: int = 0


def root_of_draft(usulan: Usulan) -> list[UnorDraf]:
    """The root unit (none on an empty map). A fixed number of statements."""
    view = PandanganDraf(usulan)
    root = view.akar()
    return [] if root is None else _units(usulan, view, [root])


def level_of_draft(usulan: Usulan, unor_id: int) -> tuple[list[UnorDraf], list[PosisiDraf]]:
    """Units right below a unit of the draft and the boxes on it, in order, removed ones last.

    Raises Http404 when the unit is neither on the draft nor removed by it. A fixed number of statements.
    """
    view = PandanganDraf(usulan)
    if not view.keadaan("unor", [unor_id])[unor_id].hidup and not view.terbit("unor", [unor_id]):
        raise Http404("Unit itu tidak ada pada peta usulan ini.")
    units = _units(usulan, view, view.anak([unor_id])[unor_id])
    boxes = view.kotak([unor_id])[unor_id]
    people = b_of_boxes([box.id for box in boxes])
    marks = _marks(view, "posisi", boxes)
    found = [_box(box, marks[box.id], people.get(box.id, 0)) for box in boxes]
    params = {"usulan": usulan.pk, "unor": unor_id}
    for _key, before, heirs in fetch(_GONE["unor"], params):
        row = isi_of_json("unor", before)
        if isinstance(row, IsiUnor):
            units.append(_unit(row, "hapus", list(heirs)))
    for _key, before, heirs in fetch(_GONE["posisi"], params):
        row = isi_of_json("posisi", before)
        if isinstance(row, IsiPosisi):
            found.append(_box(row, "hapus", 0, list(heirs)))
    return units, found


def _units(usulan: Usulan, view: PandanganDraf, rows: list[IsiUnor]) -> list[UnorDraf]:
    ids = [row.id for row in rows]
    below = view.anak(ids)
    params = {"ids": ids, "versi": usulan.dasar_versi, "usulan": usulan.pk}
    totals = {key: values for key, *values in fetch(_TOTALS, params)}
    marks = _marks(view, "unor", rows)
    found = []
    for row in rows:
        unit = _unit(row, marks[row.id])
        unit.k, unit.b, unit.n_posisi, unit.n_unor = map(int, totals[row.id])
        unit.n_anak = len(below[row.id])
        found.append(unit)
    return found


def _marks(view: PandanganDraf, objek: Objek, rows: Iterable[IsiUnor | IsiPosisi]) -> dict[int, str | None]:
    wanted = list(rows)
    base = view.terbit(objek, [row.id for row in wanted])
    return {
        row.id: "tambah" if row.id not in base else None if base[row.id] == row else "ubah" for row in wanted
    }


def _unit(row: IsiUnor, usul: str | None, penerus: list[int] | None = None) -> UnorDraf:
    return UnorDraf(
        row.id,
        row.atasan_id,
        row.nama,
        row.nama_jabatan,
        row.jenis,
        row.eselon,
        row.urutan,
        usul,
        penerus or [],
    )


def _box(row: IsiPosisi, usul: str | None, b: int, penerus: list[int] | None = None) -> PosisiDraf:
    return PosisiDraf(
        row.id, row.unor_id, row.nama, row.jenis, row.jenjang, row.kelas, row.k, row.kepala, row.urutan,
        row.jabatan_id, usul, penerus or [], b,
    )  # fmt: skip
