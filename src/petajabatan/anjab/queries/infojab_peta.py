"""Units and boxes with their informasi jabatan, of a published version or of a draft laid over it.

Units of an instansi are read whole (they are few), boxes by unit. Every function is a fixed number of
statements, the same for the map and for a draft.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

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
_UNITS = f"""SELECT r.unor_id, r.atasan_id, r.urutan, r.nama, r.jenis, coalesce(r.eselon_id, '')
FROM unor_riwayat r WHERE {_LIVE}
  AND NOT EXISTS (SELECT FROM usulan_unor o WHERE o.usulan_id = %(usulan)s AND o.unor_id = r.unor_id)
UNION ALL
SELECT o.unor_id, o.atasan_baru, (o.sesudah->>'urutan')::int, o.sesudah->>'nama', o.sesudah->>'jenis',
  coalesce(o.sesudah->>'eselon', '')
FROM usulan_unor o WHERE o.usulan_id = %(usulan)s AND o.sesudah IS NOT NULL"""
_BOX = f"""SELECT r.posisi_id, r.unor_id, r.nama, r.jenis, r.kelas, r.k, r.kepala, r.urutan, r.jabatan_id,
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
_OF_UNITS = _BOX.format(base="r.unor_id = ANY(%(ids)s)", draf="o.unor_baru = ANY(%(ids)s)")
_ONE = _BOX.format(base="r.posisi_id = ANY(%(ids)s)", draf="o.posisi_id = ANY(%(ids)s)")
_USERS = _BOX.format(base="r.infojab_id = ANY(%(ids)s)", draf="s.infojab_id = ANY(%(ids)s)")
# Boxes of the same jabatan that have an informasi jabatan, anywhere on this map.
_SAME = _BOX.format(
    base="r.infojab_id IS NOT NULL AND (r.jabatan_id = ANY(%(ids)s) OR r.nama = ANY(%(nama)s))",
    draf="s.infojab_id IS NOT NULL AND (s.jabatan_id = ANY(%(ids)s) OR s.nama = ANY(%(nama)s))",
)

_PAGE = f"""SELECT DISTINCT r.infojab_id FROM posisi_riwayat r
WHERE {_LIVE} AND r.infojab_id > %(sesudah)s ORDER BY 1 LIMIT %(batas)s"""


@dataclass
class Pohon:
    """The units of a map with what is below each, in order."""

    unit: dict[int, Unit]
    anak: dict[int | None, list[Unit]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for unit in sorted(self.unit.values(), key=lambda u: (u.urutan, u.id)):
            above = unit.atasan_id if unit.atasan_id in self.unit else None
            self.anak.setdefault(above, []).append(unit)

    @property
    def akar(self) -> Unit | None:
        roots = self.anak.get(None)
        return roots[0] if roots else None

    def below(self, unor_id: int) -> Iterator[Unit]:
        """The unit and everything below it."""
        waiting = [self.unit[unor_id]]
        while waiting:
            unit = waiting.pop()
            yield unit
            waiting += self.anak.get(unit.id, ())

    def path(self, unor_id: int | None) -> list[Unit]:
        """From the root down to and including the unit."""
        found: list[Unit] = []
        while unor_id is not None and unor_id in self.unit and len(found) < 60:
            found.append(self.unit[unor_id])
            unor_id = found[-1].atasan_id
        return found[::-1]


def tree_of(sudut: Sudut) -> Pohon:
    """All units. One statement."""
    return Pohon({row[0]: Unit(*row) for row in fetch(_UNITS, sudut.params)})


def boxes_of_units(sudut: Sudut, units: Iterable[int]) -> list[Kotak]:
    """Boxes of these units in order of the map. One statement."""
    return _boxes(sudut, _OF_UNITS, {"ids": list(units)})


def boxes(sudut: Sudut, ids: Iterable[int]) -> dict[int, Kotak]:
    """Boxes by id; those not on the map are left out. One statement."""
    return {box.id: box for box in _boxes(sudut, _ONE, {"ids": list(ids)})}


def users_of(sudut: Sudut, infojab_ids: Iterable[int]) -> list[Kotak]:
    """Boxes that refer to these informasi jabatan. One statement."""
    return _boxes(sudut, _USERS, {"ids": list(infojab_ids)})


def page_of_infojab(sudut: Sudut, sesudah: int, batas: int) -> list[int]:
    """Ids of informasi jabatan that boxes of a published map refer to, in order. One statement."""
    params = sudut.params | {"sesudah": sesudah, "batas": batas}
    return [row[0] for row in fetch(_PAGE, params)]


def with_same_jabatan(sudut: Sudut, kotak: Iterable[Kotak]) -> list[Kotak]:
    """Boxes with an informasi jabatan whose jabatan is that of one of these (without a jabatan: whose name
    is). One statement."""
    wanted = list(kotak)
    params = {
        "ids": list({box.jabatan_id for box in wanted if box.jabatan_id is not None}),
        "nama": list({box.nama for box in wanted if box.jabatan_id is None}),
    }
    return _boxes(sudut, _SAME, params)


def _boxes(sudut: Sudut, sql: str, params: dict[str, Any]) -> list[Kotak]:
    found = [Kotak(*row) for row in fetch(sql, sudut.params | params)]
    return sorted(found, key=lambda b: (b.unor_id, not b.kepala, b.urutan, b.id))


def unit_rows(path: Iterable[Unit]) -> list[dict[str, str]]:
    """Section 3 of the form: the units from the top down to the post's own."""
    return [{"tingkat": unit.eselon or unit.jenis, "nama": unit.nama} for unit in path]


def as_json(value: Any) -> Any:
    """A jsonb value; the driver below Django hands it over as text."""
    return json.loads(value) if isinstance(value, str) else value
