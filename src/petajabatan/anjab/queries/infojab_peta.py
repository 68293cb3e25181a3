"""Units and boxes with their informasi jabatan, of a published version or of a draft laid over it.

Units and boxes are read by id or by unit, never the whole map. Every function is a fixed number of
statements, the same for the map and for a draft.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.http import Http404

from petajabatan.jabatan.queries.peta import fetch
from petajabatan.usulan.models import Usulan


class Unit(NamedTuple):
    id: int
    atasan_id: int | None
    urutan: int
    nama: str
    jenis: str
    eselon: str


class Kotak(NamedTuple):
    """A box. ``k`` in persons, None: not determined."""

    id: int
    unor_id: int
    nama: str
    jenis: str
    kelas: int | None
    k: int | None
    kepala: bool
    urutan: int
    jabatan_id: int | None
    infojab_id: int | None

    @property
    def dihitung(self) -> bool:
        """Whether it needs an informasi jabatan: a box for which nobody is needed does not."""
        return self.kepala or self.infojab_id is not None or self.k != 0


@dataclass(frozen=True)
class Sudut:
    """What is looked at: a version of an instansi's map, and the draft over it if any."""

    instansi_id: int
    versi: int
    usulan: Usulan | None = None

    @property
    def params(self) -> dict[str, Any]:
        return {
            "instansi": self.instansi_id, "versi": self.versi,
            "usulan": self.usulan.pk if self.usulan is not None else 0,
        }  # fmt: skip


def view_of(usulan: Usulan) -> Sudut:
    """The draft over its base version."""
    return Sudut(usulan.instansi_id, usulan.dasar_versi, usulan)


_LIVE = "r.instansi_id = %(instansi)s AND r.sejak <= %(versi)s AND r.hingga > %(versi)s"
_UNIT = f"""SELECT r.unor_id, r.atasan_id, r.urutan, r.nama, r.jenis, coalesce(r.eselon_id, '') AS eselon
FROM unor_riwayat r WHERE r.unor_id = {{which}} AND {_LIVE}
  AND NOT EXISTS (SELECT FROM usulan_unor o WHERE o.usulan_id = %(usulan)s AND o.unor_id = r.unor_id)
UNION ALL
SELECT o.unor_id, o.atasan_baru, (o.sesudah->>'urutan')::int, o.sesudah->>'nama', o.sesudah->>'jenis',
  coalesce(o.sesudah->>'eselon', '')
FROM usulan_unor o WHERE o.usulan_id = %(usulan)s AND o.unor_id = {{which}} AND o.sesudah IS NOT NULL"""
_UNITS = _UNIT.format(which="ANY(%(ids)s)")
# One superior after the other, by the keys of the two tables.
_PATH = f"""WITH RECURSIVE jalur AS (
  SELECT u.*, 1 AS langkah FROM ({_UNIT.format(which="%(unor)s")}) u
  UNION ALL
  SELECT u.*, j.langkah + 1 FROM jalur j
  CROSS JOIN LATERAL ({_UNIT.format(which="j.atasan_id")}) u WHERE j.langkah < 60
) SELECT unor_id, atasan_id, urutan, nama, jenis, eselon FROM jalur ORDER BY langkah DESC"""
BOX = f"""SELECT r.posisi_id, r.unor_id, r.nama, r.jenis, r.kelas, r.k, r.kepala, r.urutan, r.jabatan_id,
  r.infojab_id
FROM posisi_riwayat r WHERE {_LIVE}
  AND NOT EXISTS (SELECT FROM usulan_posisi o WHERE o.usulan_id = %(usulan)s AND o.posisi_id = r.posisi_id)
  AND {{base}}
UNION ALL
SELECT o.posisi_id, o.unor_baru, s.nama, s.jenis, s.kelas, s.k, s.kepala, s.urutan, s.jabatan_id, s.infojab_id
FROM usulan_posisi o
CROSS JOIN LATERAL jsonb_to_record(o.sesudah) AS s(nama text, jenis text, kelas int, k int, kepala boolean,
  urutan int, jabatan_id bigint, infojab_id bigint)
WHERE o.usulan_id = %(usulan)s AND o.sesudah IS NOT NULL AND {{draf}}"""
_OF_UNITS = BOX.format(base="r.unor_id = ANY(%(ids)s)", draf="o.unor_baru = ANY(%(ids)s)")
_BARE = BOX.format(
    base="r.unor_id = ANY(%(ids)s) AND r.infojab_id IS NULL",
    draf="o.unor_baru = ANY(%(ids)s) AND o.infojab_baru IS NULL",
)
_ONE = BOX.format(base="r.posisi_id = ANY(%(ids)s)", draf="o.posisi_id = ANY(%(ids)s)")
_USERS = BOX.format(base="r.infojab_id = ANY(%(ids)s)", draf="o.infojab_baru = ANY(%(ids)s)")
_COUNT_USERS = f"""SELECT jabatan_id, nama, count(*) FROM ({_USERS}) s GROUP BY 1, 2 ORDER BY 2, 1"""
_SOME_USERS = f"""SELECT * FROM ({_USERS}) s ORDER BY unor_id, kepala DESC, urutan, posisi_id
LIMIT %(banyak)s OFFSET %(mulai)s"""
_ANY_USER = f"SELECT EXISTS ({_USERS})"
_PAGE = f"""SELECT DISTINCT r.infojab_id FROM posisi_riwayat r
WHERE {_LIVE} AND r.infojab_id > %(sesudah)s ORDER BY 1 LIMIT %(batas)s"""


def units_of(sudut: Sudut, ids: Iterable[int]) -> dict[int, Unit]:
    """Units by id; those not on the map are left out. One statement."""
    return {row[0]: Unit(*row) for row in fetch(_UNITS, sudut.params | {"ids": list(ids)})}


def path_of(sudut: Sudut, unor_id: int) -> list[Unit]:
    """From the root down to and including the unit. One statement."""
    return [Unit(*row) for row in fetch(_PATH, sudut.params | {"unor": unor_id})]


def boxes_of_units(sudut: Sudut, units: Iterable[int], *, tanpa_infojab: bool = False) -> list[Kotak]:
    """Boxes of these units (``tanpa_infojab``: those alone that refer to none) in order of the map. One
    statement."""
    return _boxes(sudut, _BARE if tanpa_infojab else _OF_UNITS, {"ids": list(units)})


def boxes(sudut: Sudut, ids: Iterable[int]) -> dict[int, Kotak]:
    """Boxes by id; those not on the map are left out. One statement."""
    return {box.id: box for box in _boxes(sudut, _ONE, {"ids": list(ids)})}


def users_of(sudut: Sudut, infojab_ids: Iterable[int]) -> list[Kotak]:
    """Boxes that refer to these informasi jabatan: thousands, where one serves the schools of a province.
    One statement."""
    return _boxes(sudut, _USERS, {"ids": list(infojab_ids)})


def some_users(sudut: Sudut, infojab_id: int, mulai: int, banyak: int) -> list[Kotak]:
    """Boxes ``mulai .. mulai+banyak-1`` of those that refer to an informasi jabatan. One statement."""
    return _boxes(sudut, _SOME_USERS, {"ids": [infojab_id], "mulai": mulai, "banyak": banyak})


def user_of(sudut: Sudut, infojab_id: int, posisi_id: int | None) -> Kotak:
    """The box asked for where it refers to the informasi jabatan, else the first that does. Two statements
    at most. Raises Http404 where none does."""
    asked = boxes(sudut, [posisi_id]).get(posisi_id) if posisi_id is not None else None
    if asked is not None and asked.infojab_id == infojab_id:
        return asked
    first = some_users(sudut, infojab_id, 0, 1)
    if not first:
        raise Http404("Informasi jabatan itu tidak dirujuk jabatan mana pun pada peta ini.")
    return first[0]


def is_used(sudut: Sudut, infojab_id: int) -> bool:
    """Whether any box refers to it. One statement."""
    return bool(fetch(_ANY_USER, sudut.params | {"ids": [infojab_id]})[0][0])


def served_by(sudut: Sudut, infojab_id: int) -> list[tuple[int | None, str, int]]:
    """Jabatan id and name of the boxes that refer to it, and how many boxes. One statement."""
    return [tuple(row) for row in fetch(_COUNT_USERS, sudut.params | {"ids": [infojab_id]})]


def page_of_infojab(sudut: Sudut, sesudah: int, batas: int) -> list[int]:
    """Ids of informasi jabatan that boxes of a published map refer to, in order. One statement."""
    params = sudut.params | {"sesudah": sesudah, "batas": batas}
    return [row[0] for row in fetch(_PAGE, params)]


def _boxes(sudut: Sudut, sql: str, params: dict[str, Any]) -> list[Kotak]:
    found = [Kotak(*row) for row in fetch(sql, sudut.params | params)]
    return sorted(found, key=lambda b: (b.unor_id, not b.kepala, b.urutan, b.id))


def unit_rows(path: Iterable[Unit]) -> list[dict[str, str]]:
    """Section 3 of the form: the units from the top down to the post's own."""
    return [{"tingkat": unit.eselon or unit.jenis, "nama": unit.nama} for unit in path]


def as_json(value: Any) -> Any:
    """A jsonb value; the driver below Django hands it over as text."""
    return json.loads(value) if isinstance(value, str) else value
