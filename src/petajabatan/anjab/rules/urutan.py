"""The units of a map in reading order: a unit is followed by everything below it, so a branch is a slice.

Figures of a branch are then differences of running sums, and a page of a long list is found by bisection,
whatever the size of the map.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate


@dataclass(frozen=True, eq=False)
class Urutan:
    """``ids`` in reading order; ``akhir`` the place after the last unit below each; ``induk`` the place
    of the unit above (−1: none)."""

    ids: array[int]
    akhir: array[int]
    induk: array[int]
    _tempat: dict[int, int] = field(default_factory=dict, repr=False)

    def tempat(self, unor_id: int | None) -> int | None:
        """The place of a unit; None where it is not on the map."""
        if not self._tempat:
            self._tempat.update({key: n for n, key in enumerate(self.ids)})
        return None if unor_id is None else self._tempat.get(unor_id)

    def cabang(self, unor_id: int | None) -> range:
        """Places of a unit and everything below it; of all units without one or for one that is not there."""
        place = self.tempat(unor_id)
        return range(len(self.ids)) if place is None else range(place, self.akhir[place])

    def anak(self, place: int) -> Iterator[int]:
        """Places of the units right below, in order."""
        child = place + 1
        while child < self.akhir[place]:
            yield child
            child = self.akhir[child]

    def akar(self) -> Iterator[int]:
        """Places of the units that have none above."""
        root = 0
        while root < len(self.ids):
            yield root
            root = self.akhir[root]

    def jalur(self, place: int) -> list[int]:
        """Places from the root down to this one."""
        found = []
        while place >= 0:
            found.append(place)
            place = self.induk[place]
        return found[::-1]


def order_units(rows: Iterable[tuple[int, int | None, int | None]]) -> Urutan:
    """``rows``: (unit, unit above, place among its neighbours). As on the map, neighbours stand by place,
    then by number. A unit whose superior is not among them is a root; units in a circle are left out."""
    below: dict[int | None, list[tuple[int, int]]] = {}
    listed = list(rows)
    known = {key for key, _above, _place in listed}
    for key, above, place in listed:
        below.setdefault(above if above in known else None, []).append((place or 0, key))
    for group in below.values():
        group.sort(reverse=True)
    ids, parents = array("q"), array("l")
    waiting = [(key, -1) for _place, key in below.get(None, ())]
    while waiting:
        key, above = waiting.pop()
        here = len(ids)
        ids.append(key)
        parents.append(above)
        waiting += [(child, here) for _place, child in below.get(key, ())]
    ends = array("l", range(1, len(ids) + 1))
    for place in range(len(ids) - 1, 0, -1):
        above = parents[place]
        if above >= 0:
            ends[above] = max(ends[above], ends[place])
    return Urutan(ids, ends, parents)


def running(own: Iterable[int]) -> array[int]:
    """Sums up to each place: those of ``a .. b-1`` are ``sums[b] − sums[a]``."""
    return array("q", accumulate(own, initial=0))


def total(sums: Sequence[int], places: range) -> int:
    """The sum of a branch."""
    return sums[places.stop] - sums[places.start]


def page_of(sums: Sequence[int], places: range, mulai: int, banyak: int) -> tuple[range, int]:
    """Where rows ``mulai .. mulai+banyak-1`` of a branch stand, when ``sums`` runs over the rows of each
    unit: the places of the units, and how many rows of the first of them come before."""
    first = sums[places.start] + mulai
    last = min(first + banyak, sums[places.stop])
    if first >= last:
        return range(places.start, places.start), 0
    begin = bisect_right(sums, first, places.start, places.stop + 1) - 1
    end = bisect_right(sums, last - 1, begin, places.stop + 1)
    return range(begin, end), first - sums[begin]
