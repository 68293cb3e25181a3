"""How steps change the totals of every unit above them.

Totals of a unit are those of its whole subtree: K and B (persons), boxes, units. Only differences are kept
for a draft; a page adds them to the totals of the base version. What the steps change is what their objects
count for after them minus what they counted for before, each along the path the tree had then.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

from petajabatan.jabatan.rules.beda import IsiPosisi, IsiUnor
from petajabatan.usulan.rules.objek import Perubahan
from petajabatan.usulan.rules.pandangan import Pandangan, jalur


class Selisih(NamedTuple):
    """A difference of totals: persons needed, persons here, boxes, units."""

    k: int = 0
    b: int = 0
    n_posisi: int = 0
    n_unor: int = 0

    def plus(self, other: Selisih, sign: int = 1) -> Selisih:
        return Selisih(
            self.k + sign * other.k,
            self.b + sign * other.b,
            self.n_posisi + sign * other.n_posisi,
            self.n_unor + sign * other.n_unor,
        )


NOL = Selisih()
Sisi = Literal["sebelum", "sesudah"]


def moved_units(steps: Iterable[Perubahan]) -> list[int]:
    """Units the steps hang under another head unit; they take the totals of their whole subtree along."""
    return [
        p.id
        for p in steps
        if isinstance(p.sebelum.isi, IsiUnor)
        and isinstance(p.sesudah.isi, IsiUnor)
        and p.sebelum.isi.atasan_id != p.sesudah.isi.atasan_id
    ]


def contributions(
    view: Pandangan,
    steps: Iterable[Perubahan],
    sisi: Sisi,
    b: Mapping[int, int],
    totals: Mapping[int, Selisih],
) -> dict[int, Selisih]:
    """What the objects of the steps count for in each unit on one side of them.

    ``view`` is the draft on that side; ``b`` the B of the boxes (persons, by policy); ``totals`` the subtree
    totals of ``moved_units`` before the steps. A removed box counts its people where its successor stands.
    """
    sums: dict[int, Selisih] = {}
    paths: dict[int, list[int]] = {}

    def add(unor_id: int, amount: Selisih, *, above: bool = False) -> None:
        if unor_id not in paths:
            paths[unor_id] = [u.id for u in jalur(view, unor_id)]
        for key in paths[unor_id][1 if above else 0 :]:
            sums[key] = sums.get(key, NOL).plus(amount)

    for p in steps:
        state, other = (p.sebelum, p.sesudah) if sisi == "sebelum" else (p.sesudah, p.sebelum)
        if isinstance(state.isi, IsiPosisi):
            add(state.isi.unor_id, Selisih(state.isi.k or 0, b.get(p.id, 0), 1, 0))
        elif p.objek == "posisi" and state.penerus and b.get(p.id):
            taker = view.keadaan("posisi", state.penerus[:1])[state.penerus[0]].isi
            if isinstance(taker, IsiPosisi):
                add(taker.unor_id, Selisih(b=b[p.id]))
        elif isinstance(state.isi, IsiUnor):
            if not other.hidup:
                add(p.id, Selisih(n_unor=1))
            elif p.id in totals:
                add(p.id, totals[p.id], above=True)
    return sums


def deltas(before: Mapping[int, Selisih], after: Mapping[int, Selisih]) -> dict[int, Selisih]:
    """After minus before, without what did not change."""
    result = {}
    for key in before.keys() | after.keys():
        amount = after.get(key, NOL).plus(before.get(key, NOL), -1)
        if amount != NOL:
            result[key] = amount
    return result


def rollup_of(
    units: Iterable[IsiUnor], boxes: Iterable[IsiPosisi], b: Mapping[int, int]
) -> dict[int, Selisih]:
    """Totals of every unit's subtree, from scratch in one pass."""
    above = {unit.id: unit.atasan_id for unit in units}
    sums: dict[int, list[int]] = {key: [0, 0, 0, 1] for key in above}
    for box in boxes:
        own = sums[box.unor_id]
        own[0] += box.k or 0
        own[1] += b.get(box.id, 0)
        own[2] += 1
    for key in _bottom_up(above):
        parent = above[key]
        if parent is not None and parent in sums:
            into, own = sums[parent], sums[key]
            for n in range(4):
                into[n] += own[n]
    return {key: Selisih(*values) for key, values in sums.items()}


def _bottom_up(above: Mapping[int, int | None]) -> list[int]:
    """Every unit before the one above it."""
    left = dict.fromkeys(above, 0)
    for parent in above.values():
        if parent in left:
            left[parent] += 1
    ready = [key for key, n in left.items() if not n]
    for key in ready:
        parent = above[key]
        if parent in left:
            left[parent] -= 1
            if not left[parent]:
                ready.append(parent)
    return ready


def carried_people(steps: Iterable[Perubahan], b: Mapping[int, int]) -> dict[int, int]:
    """B of every box once the people of removed boxes stand on their successors (chains are not followed: a
    successor is on the map)."""
    after = dict(b)
    for p in steps:
        if p.objek == "posisi" and not p.sesudah.hidup and p.sebelum.hidup:
            people = after.pop(p.id, 0)
            if people and p.sesudah.penerus:
                taker = p.sesudah.penerus[0]
                after[taker] = after.get(taker, 0) + people
    return after
