"""``Peta``: one instansi's map in memory, and its totals.

Pure values. Persons are counted in whole persons; ``k`` is None where no need has been determined, which is
never added up as zero silently: totals say how many boxes had none (``k_kosong``).
The sign of ``selisih`` is that of printed maps: B − K, negative = kekurangan (docs/peta.md).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

KELAS_MAKS = 17


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


@dataclass(slots=True)
class Jumlah:
    """Totals of a set of boxes (persons), and B and K per kelas (index 1–17; index 0 = without kelas)."""

    k: int = 0
    b: int = 0
    paruh_waktu: int = 0
    n_posisi: int = 0
    n_unor: int = 0
    k_kosong: int = 0
    k_kelas: list[int] = field(default_factory=lambda: [0] * (KELAS_MAKS + 1))
    b_kelas: list[int] = field(default_factory=lambda: [0] * (KELAS_MAKS + 1))

    @property
    def selisih(self) -> int:
        return self.b - self.k

    def add_box(self, kotak: Kotak) -> None:
        kelas = kotak.kelas or 0
        self.n_posisi += 1
        self.b += kotak.b
        self.b_kelas[kelas] += kotak.b
        self.paruh_waktu += kotak.paruh_waktu
        if kotak.k is None:
            self.k_kosong += 1
        else:
            self.k += kotak.k
            self.k_kelas[kelas] += kotak.k

    def add(self, other: Jumlah) -> None:
        self.k += other.k
        self.b += other.b
        self.paruh_waktu += other.paruh_waktu
        self.n_posisi += other.n_posisi
        self.n_unor += other.n_unor
        self.k_kosong += other.k_kosong
        self.k_kelas = list(map(int.__add__, self.k_kelas, other.k_kelas))
        self.b_kelas = list(map(int.__add__, self.b_kelas, other.b_kelas))


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
            unit.anak.sort(key=lambda u: (u.urutan, u.id))
    for box in boxes:
        owner = simpul.get(box.unor_id)
        if owner is None:
            raise PetaRusak(f"posisi {box.id}: unit {box.unor_id} tidak ada")
        owner.kotak.append(box)
    for unit in simpul.values():
        if len(unit.kotak) > 1:
            unit.kotak.sort(key=lambda k: (not k.kepala, k.urutan, k.id))
    peta = Peta(instansi_id, versi, berlaku, simpul, roots[0] if roots else None)
    reached = sum(1 for _ in peta.walk())
    if reached != len(simpul):
        raise PetaRusak(f"{len(simpul) - reached} unit tidak tersambung ke akar")
    return peta


def rollup(peta: Peta) -> Jumlah:
    """Set ``total`` of every unit (own boxes and everything below), in one post-order pass."""
    for simpul in reversed(list(peta.walk())):
        total = Jumlah(n_unor=1)
        for kotak in simpul.kotak:
            total.add_box(kotak)
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
