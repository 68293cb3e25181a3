"""The recap of ABK over columns: the boxes of the largest instansi are a few arrays, not objects, so that
any branch, search and grouping of them is made anew at every look."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial, reduce
from itertools import accumulate, compress
from operator import and_
from typing import NamedTuple

from petajabatan.anjab.rules.cari import Cocok, Kosakata, find_names, vocabulary
from petajabatan.anjab.rules.urutan import Urutan
from petajabatan.jabatan.rules.abk.efisiensi import BarisRekap, Prestasi, RekapAbk, efficiency, jabatan_key
from petajabatan.jabatan.rules.abk.lembar import JumlahLembar


@dataclass(frozen=True, slots=True)
class KotakAbk:
    """A box of the recap. ``lembar`` None: no sheet."""

    posisi_id: int
    unor_id: int
    unit: str
    jabatan: str
    jenis: str
    kepala: bool
    k: int | None
    b: int
    lembar: JumlahLembar | None

    @property
    def jumlah(self) -> Fraction | None:
        return None if self.lembar is None else self.lembar.jumlah

    @property
    def baris(self) -> BarisRekap:
        return BarisRekap(self.unor_id, self.unit, self.jabatan, self.jumlah, self.k, self.b)


class Sebutan(NamedTuple):
    """What a box is called, and of which kind it is."""

    nama: str
    jenis: str
    kepala: bool


class Kolom(NamedTuple):
    """Boxes in reading order, a column each: number; place in ``DaftarKotak.sebutan``; K in persons (−1: not
    determined); place in ``DaftarKotak.lembar``."""

    id: array[int]
    sebutan: array[int]
    k: array[int]
    lembar: array[int]


@dataclass(frozen=True, eq=False)
class DaftarKotak:
    """The boxes of some units. ``mulai``: where those of each unit begin, and the end. ``lembar``: the
    sheets; the first is None, that of a box without one."""

    mulai: array[int]
    kolom: Kolom
    sebutan: list[Sebutan]
    lembar: list[JumlahLembar | None]


class Orang(NamedTuple):
    """Two columns more: B in persons, and whether the list of boxes shows a box (a sheet, a K or a B)."""

    b: array[int]
    tampak: array[int]


def list_boxes(
    banyak: int,
    unit: Sequence[int],
    posisi: Sequence[int],
    sebutan: Iterable[tuple[str, str, bool]],
    k: Sequence[int],
    lembar: Mapping[int, JumlahLembar],
) -> DaftarKotak:
    """Boxes of ``banyak`` units in reading order, a column each; ``unit``: the place of the unit; ``sebutan``
    as the fields of ``Sebutan``; ``lembar`` by number of the box."""
    numbers: dict[tuple[str, str, bool], int] = {}
    called = array("i", [numbers.setdefault(one, len(numbers)) for one in sebutan])
    sheets: list[JumlahLembar | None] = [None]
    places = array("i", bytes(array("i").itemsize * len(posisi)))
    for n, key in enumerate(posisi):
        if key in lembar:
            places[n] = len(sheets)
            sheets.append(lembar[key])
    starts = array("i", (bisect_left(unit, n) for n in range(banyak + 1)))
    columns = Kolom(array("q", posisi), called, array("i", k), places)
    return DaftarKotak(starts, columns, [Sebutan(*one) for one in numbers], sheets)


def seat(kotak: DaftarKotak, b: Mapping[int, int]) -> Orang:
    """``b``: persons by number of the box."""
    people = array("i", [b.get(key, 0) for key in kotak.kolom.id])
    shown = (
        s > 0 or k > 0 or n > 0 for s, k, n in zip(kotak.kolom.lembar, kotak.kolom.k, people, strict=True)
    )
    return Orang(people, array("b", shown))


@dataclass(frozen=True, eq=False)
class IsiPeta:
    """Units in reading order with their boxes; ``unit`` their names."""

    urutan: Urutan
    unit: list[str]
    kotak: DaftarKotak
    orang: Orang

    def overlay(
        self, urutan: Urutan, nama: Mapping[int, str], units: Sequence[int], kotak: DaftarKotak, orang: Orang
    ) -> IsiPeta:
        """The map as a draft has it: its order and new names of units, and the boxes of the ``units`` it has
        touched; those of all others stay."""
        touched = {key: n for n, key in enumerate(units)}
        same = urutan is self.urutan
        runs: list[tuple[int, int, int]] = []
        lengths, names = [], []
        for n, key in enumerate(urutan.ids):
            place = n if same else self.urutan.tempat(key)
            names.append(nama.get(key) or ("" if place is None else self.unit[place]))
            source, starts = 0, self.kotak.mulai
            if key in touched:
                place, source, starts = touched[key], 1, kotak.mulai
            first, last = (0, 0) if place is None else (starts[place], starts[place + 1])
            lengths.append(last - first)
            if runs and runs[-1][0] == source and runs[-1][2] == first:
                first = runs.pop()[1]
            runs.append((source, first, last))

        def joined(base: array[int], other: array[int]) -> array[int]:
            found = array(base.typecode)
            for source, first, last in runs:
                found += (other if source else base)[first:last]
            return found

        numbers = {one: n for n, one in enumerate(self.kotak.sebutan)}
        called = [numbers.setdefault(one, len(numbers)) for one in kotak.sebutan]
        more = len(self.kotak.lembar) - 1
        new = kotak.kolom._replace(
            sebutan=array("i", [called[n] for n in kotak.kolom.sebutan]),
            lembar=array("i", [n and n + more for n in kotak.kolom.lembar]),
        )
        boxes = DaftarKotak(
            array("i", accumulate(lengths, initial=0)),
            Kolom(*map(joined, self.kotak.kolom, new)),
            list(numbers),
            self.kotak.lembar + kotak.lembar[1:],
        )
        return IsiPeta(urutan, names, boxes, Orang(*map(joined, self.orang, orang)))

    def branch(self, unor_id: int | None) -> range:
        """Places of the boxes of a unit and everything below it; all without one, none for one that is not
        there."""
        if unor_id is not None and self.urutan.tempat(unor_id) is None:
            return range(0)
        units = self.urutan.cabang(unor_id)
        return range(self.kotak.mulai[units.start], self.kotak.mulai[units.stop])

    def branches(self) -> list[tuple[int, str]]:
        """The units right below the root, for choosing one."""
        order = self.urutan
        return [(order.ids[n], self.unit[n]) for root in order.akar() for n in order.anak(root)]

    def find(self, tempat: range, cari: str, kosakata: Kosakata = vocabulary) -> Cocok:
        """The names of units and jabatan in a branch that a text finds, as typed or as it may be meant."""
        called = set(_of(self.kotak.kolom.sebutan, tempat))
        names = {self.kotak.sebutan[n].nama for n in called}
        return find_names(cari, names.union(self.unit[unit] for unit in self.units(tempat)), kosakata)

    def choose(
        self, tempat: range, nama: Container[str] | None = None, *, tanpa: bool = False, tampak: bool = False
    ) -> Sequence[int]:
        """Of a branch the boxes whose unit or jabatan has one of these names (None: all); ``tanpa``: that
        have no sheet, or one with a gap; ``tampak``: that the list of boxes shows."""
        masks: list[Iterable[int]] = []
        if nama is not None:
            masks.append(self._named(tempat, nama))
        if tanpa:
            lacks = [one is None or one.jumlah is None for one in self.kotak.lembar]
            masks.append(map(lacks.__getitem__, _of(self.kotak.kolom.lembar, tempat)))
        if tampak:
            masks.append(_of(self.orang.tampak, tempat))
        return list(compress(tempat, reduce(partial(map, and_), masks))) if masks else tempat

    def _named(self, tempat: range, nama: Container[str]) -> bytearray:
        named = bytes(one.nama in nama for one in self.kotak.sebutan)
        hit = bytearray(map(named.__getitem__, _of(self.kotak.kolom.sebutan, tempat)))
        for unit in self.units(tempat):
            if self.unit[unit] in nama:
                first, last = (place - tempat.start for place in self.kotak.mulai[unit : unit + 2])
                hit[first:last] = b"\1" * (last - first)
        return hit

    def with_sheet(self, tempat: Sequence[int]) -> list[int]:
        return list(compress(tempat, _of(self.kotak.kolom.lembar, tempat)))

    def box(self, tempat: int) -> KotakAbk:
        unit = self.unit_of(tempat)
        columns = self.kotak.kolom
        k, called = columns.k[tempat], self.kotak.sebutan[columns.sebutan[tempat]]
        return KotakAbk(
            columns.id[tempat], self.urutan.ids[unit], self.unit[unit], *called, None if k < 0 else k,
            self.orang.b[tempat], self.kotak.lembar[columns.lembar[tempat]],
        )  # fmt: skip

    def unit_of(self, tempat: int) -> int:
        """The place of the unit of a box."""
        return bisect_right(self.kotak.mulai, tempat) - 1

    def above(self, unit: int) -> str:
        """The name of the unit above, unless that is the root."""
        up = self.urutan.induk[unit]
        return self.unit[up] if up >= 0 and self.urutan.induk[up] >= 0 else ""

    def total(self, tempat: Sequence[int], bands: Sequence[Prestasi], nama: str) -> RekapAbk:
        """These boxes as one line: what ``recap_total`` makes of them."""
        ks, sheets, bs = (
            _of(column, tempat) for column in (self.kotak.kolom.k, self.kotak.kolom.lembar, self.orang.b)
        )
        tops: dict[int, int] = {}  # numerators by denominator: few sums of fractions, all exact
        counted = present = 0
        for place, b in zip(compress(sheets, sheets), compress(bs, sheets), strict=True):
            sheet = self.kotak.lembar[place]
            if sheet is not None and sheet.jumlah is not None:
                counted += 1
                present += b
                below = sheet.jumlah.denominator
                tops[below] = tops.get(below, 0) + sheet.jumlah.numerator
        jumlah = sum((Fraction(top, below) for below, top in tops.items()), Fraction(0))
        unknown, people = ks.count(-1), sum(bs)
        return RekapAbk(
            nama, len(tempat), jumlah, sum(ks) + unknown, people, len(tempat) - counted, unknown,
            people - present, efficiency(jumlah if counted else None, present, bands),
        )  # fmt: skip

    def units(self, tempat: Sequence[int]) -> list[int]:
        """Places of the units that have any of these boxes, in order."""
        starts = self.kotak.mulai
        if isinstance(tempat, range):
            places = range(bisect_left(starts, tempat.start), bisect_left(starts, tempat.stop))
            return [unit for unit in places if starts[unit] < starts[unit + 1]]
        found, n = [], 0
        while n < len(tempat):
            unit = self.unit_of(tempat[n])
            found.append(unit)
            n = bisect_left(tempat, starts[unit + 1], n)
        return found

    def of_unit(self, tempat: Sequence[int], unit: int) -> Sequence[int]:
        """Those of these boxes that are of a unit."""
        first, last = self.kotak.mulai[unit : unit + 2]
        return tempat[bisect_left(tempat, first) : bisect_left(tempat, last)]

    def jabatan(self, tempat: Sequence[int]) -> dict[str, str]:
        """Names of jabatan of these boxes as first met, by what makes names the same."""
        found: dict[str, str] = {}
        for n in dict.fromkeys(_of(self.kotak.kolom.sebutan, tempat)):
            name = self.kotak.sebutan[n].nama
            found.setdefault(jabatan_key(name), name)
        return found

    def of_jabatan(self, tempat: Sequence[int], kunci: Sequence[str]) -> list[list[int]]:
        """Of these boxes those of each of these jabatan (keys of ``jabatan``)."""
        groups: dict[str, list[int]] = {key: [] for key in kunci}
        into = [groups.get(jabatan_key(one.nama)) for one in self.kotak.sebutan]
        for place, n in zip(tempat, _of(self.kotak.kolom.sebutan, tempat), strict=True):
            group = into[n]
            if group is not None:
                group.append(place)
        return list(groups.values())


def _of(column: array[int], tempat: Sequence[int]) -> array[int]:
    if isinstance(tempat, range):
        return column[tempat.start : tempat.stop]
    return array(column.typecode, map(column.__getitem__, tempat))
