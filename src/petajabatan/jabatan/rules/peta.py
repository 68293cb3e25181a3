"""``Peta``: one instansi's map in memory, and its totals.

Pure values. Persons are counted in whole persons; ``k`` is None where no need has been determined, which is
never added up as zero silently: totals say how many boxes had none (``k_kosong``).
The sign of ``selisih`` is that of printed maps: B − K, negative = kekurangan (docs/peta.md).
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from operator import attrgetter

KELAS_MAKS = 17
_ORDER = attrgetter("urutan", "id")
_HEAD = attrgetter("kepala")


class PetaRusak(ValueError):
    """The rows do not form one tree; names the ids at fault."""


@dataclass(slots=True)
class Kotak:
    """A box: one jabatan on one unit. ``b`` counts definitive seats by policy, ``paruh_waktu`` apart."""

    id: int
    unor_id: int
    nama: str
    jenis: str
    jenjang: str | None = None
    kelas: int | None = None
    k: int | None = None
    kepala: bool = False
    urutan: int = 0
    jabatan_id: int | None = None
    b: int = 0
    paruh_waktu: int = 0

    @property
    def selisih(self) -> int | None:
        """B − K in persons; None without K."""
        return None if self.k is None else self.b - self.k

    @property
    def kosong(self) -> bool:
        """A placeholder box: nobody needed, nobody there. Hidden by default on screen and in print."""
        return not self.k and self.b == 0 and self.paruh_waktu == 0


JALUR = 40
"""Bits of one kelas in a packed count: 18 counts in one integer are added in one step."""
_MASK = (1 << JALUR) - 1
_GESER = tuple(kelas * JALUR for kelas in range(KELAS_MAKS + 1))


@dataclass(slots=True)
class Jumlah:
    """Totals of a set of boxes (persons). B and K per kelas are kept packed (counts are never negative, so
    that no lane borrows from its neighbour) and read through ``k_kelas`` and ``b_kelas``."""

    k: int = 0
    b: int = 0
    paruh_waktu: int = 0
    n_posisi: int = 0
    n_unor: int = 0
    k_kosong: int = 0
    k_padat: int = 0
    b_padat: int = 0

    @property
    def selisih(self) -> int:
        return self.b - self.k

    @property
    def k_kelas(self) -> list[int]:
        """K per kelas: index 1–17; index 0 = boxes without kelas."""
        return [self.k_padat >> shift & _MASK for shift in _GESER]

    @property
    def b_kelas(self) -> list[int]:
        """B per kelas, as ``k_kelas``."""
        return [self.b_padat >> shift & _MASK for shift in _GESER]

    def add_box(self, kotak: Kotak) -> None:
        self.add_boxes((kotak,))

    def add_boxes(self, boxes: Collection[Kotak]) -> None:
        k = b = pw = k_kosong = k_padat = b_padat = 0
        for kotak in boxes:
            shift = _GESER[kotak.kelas or 0]
            need, here = kotak.k, kotak.b
            if need is None:
                k_kosong += 1
            elif need:
                k += need
                k_padat += need << shift
            if here:
                b += here
                b_padat += here << shift
            pw += kotak.paruh_waktu
        self.k += k
        self.b += b
        self.paruh_waktu += pw
        self.n_posisi += len(boxes)
        self.k_kosong += k_kosong
        self.k_padat += k_padat
        self.b_padat += b_padat

    def add(self, other: Jumlah) -> None:
        self.k += other.k
        self.b += other.b
        self.paruh_waktu += other.paruh_waktu
        self.n_posisi += other.n_posisi
        self.n_unor += other.n_unor
        self.k_kosong += other.k_kosong
        self.k_padat += other.k_padat
        self.b_padat += other.b_padat


@dataclass(slots=True)
class Simpul:
    """A unit with its boxes (in order) and its units below (in order)."""

    id: int
    atasan_id: int | None
    nama: str
    nama_jabatan: str = ""
    jenis: str = "struktural"
    eselon: str | None = None
    urutan: int = 0
    id_siasn: str | None = None
    kotak: list[Kotak] = field(default_factory=list)
    anak: list[Simpul] = field(default_factory=list)
    total: Jumlah | None = None
    """Totals of the whole subtree, set by ``rollup``."""

    @property
    def kepala(self) -> Kotak | None:
        return next((k for k in self.kotak if k.kepala), None)


@dataclass(slots=True)
class Peta:
    """The map of one instansi at one version."""

    instansi_id: int
    versi: int
    berlaku: dt.date | None
    simpul: dict[int, Simpul]
    akar: Simpul | None

    def walk(self, dari: int | None = None) -> Iterator[Simpul]:
        """Units of the (sub)tree, each before the units below it, siblings in order."""
        start = self.simpul[dari] if dari is not None else self.akar
        stack = [start] if start else []
        while stack:
            simpul = stack.pop()
            yield simpul
            stack.extend(reversed(simpul.anak))

    def ancestors(self, unor_id: int) -> list[Simpul]:
        """From the root down to the unit's head unit (the unit itself excluded)."""
        path: list[Simpul] = []
        atasan = self.simpul[unor_id].atasan_id
        while atasan is not None:
            path.append(self.simpul[atasan])
            atasan = self.simpul[atasan].atasan_id
        return path[::-1]


def _sort(siblings: list[Simpul] | list[Kotak]) -> None:
    """Into the order of ``urutan``; rows mostly come that way, and looking is cheaper than sorting."""
    last = -math.inf
    for item in siblings:
        if item.urutan <= last:
            siblings.sort(key=_ORDER)
            return
        last = item.urutan


def build_peta(
    instansi_id: int,
    versi: int,
    berlaku: dt.date | None,
    units: Iterable[Simpul],
    boxes: Iterable[Kotak],
) -> Peta:
    """Link units and boxes into one tree.

    Raises PetaRusak for an unknown parent, several roots, a cycle, or a box on an unknown unit.
    """
    simpul = {unit.id: unit for unit in units}
    roots: list[Simpul] = []
    for unit in simpul.values():
        if unit.atasan_id is None:
            roots.append(unit)
            continue
        parent = simpul.get(unit.atasan_id)
        if parent is None:
            raise PetaRusak(f"unit {unit.id}: atasan {unit.atasan_id} tidak ada")
        parent.anak.append(unit)
    if len(roots) != 1 and simpul:
        raise PetaRusak(f"{len(roots)} akar: {[root.id for root in roots][:5]}")
    for unit in simpul.values():
        if len(unit.anak) > 1:
            _sort(unit.anak)
    led: list[Simpul] = []
    for box in boxes:
        owner = simpul.get(box.unor_id)
        if owner is None:
            raise PetaRusak(f"posisi {box.id}: unit {box.unor_id} tidak ada")
        owner.kotak.append(box)
        if box.kepala:
            led.append(owner)
    for unit in simpul.values():
        if len(unit.kotak) > 1:
            _sort(unit.kotak)
    for unit in led:
        unit.kotak.sort(key=_HEAD, reverse=True)  # stable: the others keep their order
    peta = Peta(instansi_id, versi, berlaku, simpul, roots[0] if roots else None)
    reached = sum(1 for _ in peta.walk())
    if reached != len(simpul):
        raise PetaRusak(f"{len(simpul) - reached} unit tidak tersambung ke akar")
    return peta


def rollup(peta: Peta) -> Jumlah:
    """Set ``total`` of every unit (own boxes and everything below), in one post-order pass."""
    for simpul in reversed(list(peta.walk())):
        total = Jumlah(n_unor=1)
        if simpul.kotak:
            total.add_boxes(simpul.kotak)
        for anak in simpul.anak:
            if anak.total is not None:
                total.add(anak.total)
        simpul.total = total
    return peta.akar.total if peta.akar and peta.akar.total else Jumlah()


def recap(simpul: Iterable[Simpul], group: Callable[[Simpul, Kotak], str]) -> dict[str, Jumlah]:
    """Totals of the boxes by any grouping (jenis, jenjang, kelas), in order of first appearance."""
    groups: dict[str, Jumlah] = {}
    for unit in simpul:
        for kotak in unit.kotak:
            groups.setdefault(group(unit, kotak), Jumlah()).add_box(kotak)
    return groups


def group_of(simpul: Simpul, kotak: Kotak) -> str:
    """Row of the printed rekap: Eselon I–V by the unit's eselon for heads, JF, Pelaksana (domain 2.2)."""
    if kotak.jenis == "struktural":
        level = (simpul.eselon or "").split(".")[0]
        return f"Eselon {level}" if level else "Struktural tanpa eselon"
    return "JF" if kotak.jenis == "fungsional" else "Pelaksana"
