"""The board of completeness: a unit, the units below it added up, its own boxes one by one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.http import Http404

from petajabatan.anjab.queries.infojab_nilai import fields_today, scores_of
from petajabatan.anjab.queries.infojab_peta import (
    Kotak,
    Pohon,
    Sudut,
    Unit,
    boxes_of_units,
    tree_of,
    with_same_jabatan,
)
from petajabatan.anjab.rules.infojab_lengkap import (
    DIHITUNG,
    NilaiKotak,
    Rekap,
    empty_scores,
    name_of,
    sections_complete,
)

SARINGAN = ("semua", "tanpa", "belum", "lengkap")


@dataclass(frozen=True)
class BarisKotak:
    """A box on the board. ``sama``: informasi jabatan of the same jabatan that it could use."""

    kotak: Kotak
    nilai: NilaiKotak | None
    unit: str
    sama: int = 0

    @property
    def keadaan(self) -> str:
        if self.nilai is None:
            return "belum"
        return "lengkap" if self.nilai.penuh else "berjalan"

    @property
    def kurang(self) -> list[str]:
        """Names of the sections that lack something."""
        if self.nilai is None:
            return []
        return [name_of(code) for code in DIHITUNG if code not in self.nilai.lengkap]


@dataclass
class Papan:
    """``unit`` with everything below it (``rekap``), its children, boxes of itself (or of all below)
    filtered, and how many boxes have each section complete. ``diam``: boxes left out, where nobody is
    needed; ``tanpa``: all boxes of the unit and below it that have no informasi jabatan yet."""

    unit: Unit
    jalur: list[Unit]
    rekap: Rekap
    sendiri: Rekap
    anak: list[tuple[Unit, Rekap]]
    kotak: list[BarisKotak]
    bagian: list[tuple[str, int]]
    hitung: dict[str, int] = field(default_factory=dict)
    diam: int = 0
    tanpa: list[Kotak] = field(default_factory=list)


def board_of(sudut: Sudut, unor_id: int | None, saring: str = "semua", *, bawah: bool = False) -> Papan:
    """The board of one unit (None: the root). Six statements at most, whatever the size of the map.

    ``bawah``: list the boxes of all units below too. Raises Http404 for a unit that is not on this map.
    """
    tree = tree_of(sudut)
    unit = tree.unit.get(unor_id) if unor_id is not None else tree.akar
    if unit is None:
        raise Http404("Unit itu tidak ada pada peta ini.")
    below = list(tree.below(unit.id))
    all_boxes = boxes_of_units(sudut, [u.id for u in below])
    boxes = [box for box in all_boxes if box.dihitung]
    scores = scores_of(sudut, boxes)
    per_unit = _add_up(tree, below, boxes, scores)
    shown = boxes if bawah else [box for box in boxes if box.unor_id == unit.id]
    order = {u.id: n for n, u in enumerate(_reading_order(tree, unit.id))}
    rows = [BarisKotak(box, scores.get(box.id), tree.unit[box.unor_id].nama) for box in shown]
    rows.sort(key=lambda row: order[row.kotak.unor_id])
    counts = {"semua": len(rows)} | {
        name: sum(row.keadaan == state for row in rows)
        for name, state in (("tanpa", "belum"), ("belum", "berjalan"), ("lengkap", "lengkap"))
    }
    wanted = {"tanpa": "belum", "belum": "berjalan", "lengkap": "lengkap"}.get(saring)
    rows = [row for row in rows if wanted is None or row.keadaan == wanted]
    done = sections_complete(scores.values())
    return Papan(
        unit=unit,
        jalur=tree.path(unit.id)[:-1],
        rekap=per_unit[unit.id][0],
        sendiri=per_unit[unit.id][1],
        anak=[(child, per_unit[child.id][0]) for child in tree.anak.get(unit.id, ())],
        kotak=rows,
        bagian=[(name_of(code), done[code]) for code in DIHITUNG if code != "unit_kerja"],
        hitung=counts,
        diam=len(all_boxes) - len(boxes),
        tanpa=[box for box in boxes if box.infojab_id is None],
    )


def missing_boxes(sudut: Sudut, unor_id: int | None) -> list[Kotak]:
    """Boxes of a unit (None: the root) and of those below that need an informasi jabatan and have none. Two
    statements. Raises Http404 for a unit that is not on this map."""
    tree = tree_of(sudut)
    unit = tree.unit.get(unor_id) if unor_id is not None else tree.akar
    if unit is None:
        raise Http404("Unit itu tidak ada pada peta ini.")
    found = boxes_of_units(sudut, [u.id for u in tree.below(unit.id)])
    return [box for box in found if box.dihitung and box.infojab_id is None]


def with_choices(sudut: Sudut, rows: list[BarisKotak]) -> list[BarisKotak]:
    """The rows of a page; those without an informasi jabatan told how many others they could use. One
    statement."""
    bare = [row.kotak for row in rows if row.nilai is None]
    if not bare:
        return rows
    found: dict[object, set[int]] = {}
    for box in with_same_jabatan(sudut, bare):
        found.setdefault(box.jabatan_id or box.nama, set()).add(box.infojab_id or 0)
    return [
        row
        if row.nilai is not None
        else BarisKotak(row.kotak, None, row.unit, len(found.get(row.kotak.jabatan_id or row.kotak.nama, ())))
        for row in rows
    ]


def summary_of_draft(sudut: Sudut) -> Rekap:
    """The boxes whose informasi jabatan the draft touches (a section, a sheet or the reference), added up;
    for the page of the usulan. A fixed number of statements."""
    from petajabatan.anjab.queries.infojab_sentuh import touched_boxes

    boxes = touched_boxes(sudut)
    scores = scores_of(sudut, boxes)
    total, empty = Rekap(), _empty_need()
    for box in boxes:
        total.add(scores.get(box.id), empty)
    return total


def _reading_order(tree: Pohon, unor_id: int) -> list[Unit]:
    found: list[Unit] = []
    waiting = [tree.unit[unor_id]]
    while waiting:
        unit = waiting.pop()
        found.append(unit)
        waiting += reversed(tree.anak.get(unit.id, []))
    return found


def _empty_need() -> int:
    return sum(part.wajib for part in empty_scores(fields_today()).values()) + 2


def _add_up(
    tree: Pohon, below: list[Unit], boxes: list[Kotak], scores: Mapping[int, NilaiKotak]
) -> dict[int, tuple[Rekap, Rekap]]:
    """Unit → (with everything below, by itself)."""
    found = {unit.id: (Rekap(), Rekap()) for unit in below}
    need = _empty_need()
    for box in boxes:
        found[box.unor_id][1].add(scores.get(box.id), need)
    for unit in reversed(_reading_order(tree, below[0].id)):
        whole, own = found[unit.id]
        whole.take(own)
        for child in tree.anak.get(unit.id, ()):
            whole.take(found[child.id][0])
    return found
