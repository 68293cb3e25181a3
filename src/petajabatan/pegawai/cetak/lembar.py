"""Which sheets a printed map has: one per JPT pratama, group sheets for units without eselon II. Pure.

Conventions in docs/cetak.md: the asked-for unit opens the print; every unit of eselon I or II that has
something to show gets its own sheet; kecamatan, puskesmas, schools and UPT are gathered on group sheets under
the sheet they belong to; a large one among them gets its own sheet. Everything else is drawn where it hangs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from petajabatan.jabatan.rules.peta import Jumlah, Kotak, Peta, Simpul

NAMA_KELOMPOK = {
    "kecamatan": "Kecamatan",
    "kelurahan": "Kelurahan",
    "faskes": "Fasilitas kesehatan",
    "sekolah": "Satuan pendidikan",
    "upt": "Unit pelaksana teknis",
    "perwakilan": "Kantor perwakilan",
}
BERAT_LEMBAR = 90
"""A member of a group with more lines than this (4 per unit, 1 per post) gets its own sheet."""
BERAT_KELOMPOK = 60
"""Members that together have no more lines than this need no group sheet."""
BERAT_JPT = 8
"""A JPT pratama without units below and with fewer posts than this is drawn on the sheet above
(staf ahli)."""


@dataclass(slots=True, eq=False)
class Lembar:
    """A sheet (one page, or several when it does not fit): of one unit, or of a group of units."""

    nomor: int
    kepala: Simpul
    jenis: str = "unit"
    kelompok: str = ""
    anggota: list[Simpul] = field(default_factory=list)
    tingkat: int = 0
    total: Jumlah = field(default_factory=Jumlah)

    @property
    def judul(self) -> str:
        return self.kepala.nama if self.jenis == "unit" else NAMA_KELOMPOK[self.kelompok]


@dataclass(slots=True)
class Rencana:
    """The sheets in print order, and where a unit that is not drawn in full is to be found."""

    lembar: list[Lembar]
    lembar_unit: dict[int, Lembar]
    """Head units of sheets of their own."""
    kelompok: dict[int, list[Lembar]]
    """Group sheets by the head unit of the sheet above."""
    anggota: set[int]

    def is_inline(self, simpul: Simpul) -> bool:
        """Whether the unit is drawn on the sheet of the unit above it, with everything below."""
        return simpul.id not in self.lembar_unit and simpul.id not in self.anggota

    def units_of(self, lembar: Lembar) -> Iterator[Simpul]:
        """Units drawn in full on the sheet."""
        stack = list(reversed(lembar.anggota or [lembar.kepala]))
        while stack:
            simpul = stack.pop()
            yield simpul
            stack.extend(a for a in reversed(simpul.anak) if self.is_inline(a))


def shown(kotak: Iterable[Kotak], kosong: bool) -> list[Kotak]:
    """Boxes to print: without empty placeholders unless asked for; heads are always there."""
    return [k for k in kotak if k.kepala or kosong or not k.kosong]


def _level(simpul: Simpul) -> str:
    return (simpul.eselon or "").split(".")[0]


def weight(simpul: Simpul, kosong: bool) -> int:
    """Lines a whole subtree takes: 4 per unit, 1 per post."""
    lines, stack = 0, [simpul]
    while stack:
        unit = stack.pop()
        lines += 4 + len(shown(unit.kotak, kosong))
        stack.extend(unit.anak)
    return lines


def total_of(units: Iterable[Simpul]) -> Jumlah:
    """Sum of subtree totals; ``rollup`` has been run."""
    total = Jumlah()
    for unit in units:
        if unit.total is not None:
            total.add(unit.total)
    return total


def plan_sheets(peta: Peta, dari: int | None = None, *, kosong: bool = False) -> Rencana:
    """The sheets of the map (or of the subtree ``dari``), in print order. ``rollup`` has been run.

    Raises KeyError for a unit that is not on the map.
    """
    start = peta.simpul[dari] if dari is not None else peta.akar
    plan = Rencana([], {}, {}, set())
    if start is None:
        return plan
    # (unit, level of its sheet) or a group sheet that was found while reading the unit above
    stack: list[tuple[Simpul, int] | Lembar] = [(start, 0)]
    while stack:
        entry = stack.pop()
        if isinstance(entry, Lembar):
            entry.nomor = len(plan.lembar)
            plan.lembar.append(entry)
            continue
        unit, level = entry
        sheet = Lembar(len(plan.lembar), unit, tingkat=level, total=total_of([unit]))
        plan.lembar.append(sheet)
        plan.lembar_unit[unit.id] = sheet
        own, groups = _below(plan, sheet, kosong)
        stack.extend(reversed([*((child, level + 1) for child in own), *groups]))
    return plan


def _below(plan: Rencana, sheet: Lembar, kosong: bool) -> tuple[list[Simpul], list[Lembar]]:
    """Units below a sheet's head that get their own sheet, and the group sheets."""
    own: list[Simpul] = []
    groups: dict[str, list[Simpul]] = {}
    stack = list(reversed(sheet.kepala.anak))
    parents = {child.id: sheet.kepala for child in stack}
    while stack:
        unit = stack.pop()
        if _level(unit) in ("I", "II"):
            posts = len(shown(unit.kotak, kosong)) - 1
            if unit.anak or posts >= BERAT_JPT:
                own.append(unit)
                continue
        elif unit.jenis in NAMA_KELOMPOK and not (
            unit.jenis == "kelurahan" and parents[unit.id].jenis == "kecamatan"
        ):
            if weight(unit, kosong) > BERAT_LEMBAR:
                own.append(unit)
            else:
                groups.setdefault(unit.jenis, []).append(unit)
            continue
        stack.extend(reversed(unit.anak))
        parents.update((child.id, unit) for child in unit.anak)
    sheets = []
    for jenis, members in groups.items():
        if sum(weight(member, kosong) for member in members) <= BERAT_KELOMPOK:
            continue  # a few small ones are drawn where they hang
        group = Lembar(0, sheet.kepala, "kelompok", jenis, members, sheet.tingkat + 1, total_of(members))
        plan.anggota.update(m.id for m in members)
        plan.kelompok.setdefault(sheet.kepala.id, []).append(group)
        sheets.append(group)
    plan.lembar_unit.update((unit.id, sheet) for unit in own)  # replaced when the sheet is made
    return own, sheets
