"""The chart of one sheet: its blocks, the arrangement that fits best, and the pages. Pure.

Arrangements tried: two levels side by side, one level side by side with everything below in stacks (the usual
printed map), or the whole in columns; from large to small. What does not fit one page goes on, column by
column, under the repeated head box.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from petajabatan.jabatan.rules.peta import Simpul
from petajabatan.jabatan.rules.tata_letak import (
    Butir,
    Kolom,
    Lipatan,
    Susun,
    TidakMuat,
    fold,
    preorder,
    shelves,
    tidy_tree,
)
from petajabatan.pegawai.cetak.kotak import (
    DALAM_MAKS,
    INDENTASI,
    JUDUL_TABEL,
    KOLOM,
    IsiKotak,
    group_box,
    kelompok_box,
    stack_of,
    table,
    tables_of,
    unit_box,
)
from petajabatan.pegawai.cetak.lembar import Lembar, Rencana

CELAH_X, CELAH_Y = 420, 700
LANJUTAN = 330
"""Height of the line "lanjutan …" at the top of a column."""
SKALA = (1.2, 1.1, 1.0, 0.95, 0.9, 0.85, 0.8, 0.75)
"""Scales tried. At the smallest the 7 pt of a table is 5.2 pt, still read without effort on A3."""
SUKA = {0: 1.0, 1: 1.3, 2: 1.35}
"""How much smaller an arrangement with that many levels side by side may be and still be preferred."""


@dataclass(slots=True)
class Blok:
    """One branch below the head: its box and tables, and a stack for each unit below it."""

    kepala: list[Susun]
    cabang: list[list[Susun]] = field(default_factory=list)

    def stack(self) -> list[Susun]:
        return [*self.kepala, *(piece for branch in self.cabang for piece in branch)]


@dataclass(slots=True)
class Bagan:
    """A laid-out tree: its root and size, unscaled."""

    akar: Butir
    lebar: int
    tinggi: int
    unit: int | None = None
    """The unit it shows, on group sheets."""


@dataclass(slots=True)
class HalamanBagan:
    """One page of charts: the scale and the charts with their place (1/100 mm on paper)."""

    skala: float
    bagan: list[tuple[Bagan, int, int]]


@dataclass(frozen=True, slots=True)
class Bidang:
    """Room for a chart on paper, 1/100 mm. ``kepala``: the part at the top that only the head box may use
    (the recap stands beside it); 0 on further pages."""

    lebar: int
    tinggi: int
    kepala: int = 0


def _branch(
    plan: Rencana, simpul: Simpul, dalam: int, kosong: bool, *, utuh: bool = False
) -> Iterator[Susun]:
    """A unit and everything drawn under it, as a stack; ``utuh``: though it is a member of a group."""
    todo = [(simpul, dalam)]
    while todo:
        unit, depth = todo.pop()
        width = KOLOM - INDENTASI * min(depth, DALAM_MAKS)
        if plan.is_inline(unit) or (utuh and unit is simpul):
            yield from stack_of(unit_box(unit, width), tables_of(unit, kosong), depth)
            todo.extend((a, depth + 1) for a in reversed(unit.anak) if a.id not in plan.anggota)
        else:
            yield from stack_of(unit_box(unit, width, plan.lembar_unit[unit.id]), [], depth)


def blocks_of(plan: Rencana, simpul: Simpul, kosong: bool, groups: list[Lembar]) -> list[Blok]:
    """Blocks under the head of a chart: JF and pelaksana of the head, the units below, group sheets."""
    blocks = []
    for jenis, boxes in tables_of(simpul, kosong):
        box = kelompok_box(JUDUL_TABEL[jenis], boxes, KOLOM)
        blocks.append(Blok([*stack_of(box, [], 0), table(boxes, "", KOLOM, 0)]))
        blocks[-1].kepala[0] = Susun(box.tinggi, (), 0, blocks[-1].kepala[0].celah, True, box)
    for child in simpul.anak:
        if child.id in plan.anggota:
            continue
        if plan.is_inline(child):
            head = stack_of(unit_box(child, KOLOM), tables_of(child, kosong), 0)
            below = [a for a in child.anak if a.id not in plan.anggota]
            blocks.append(Blok(head, [list(_branch(plan, a, 1, kosong)) for a in below]))
        else:
            blocks.append(Blok(list(_branch(plan, child, 0, kosong))))
    blocks += [Blok(stack_of(group_box(group, KOLOM), [], 0)) for group in groups]
    return blocks


def _leaf(column: Kolom) -> Butir:
    return Butir(KOLOM, column.tinggi, isi=column)


def _one_column(pieces: list[Susun]) -> Kolom:
    return fold(pieces, Lipatan(10**9, LANJUTAN))[0]


def _capacity(width: int) -> int:
    """Columns that fit side by side."""
    return max(1, (width + CELAH_X) // (KOLOM + CELAH_X))


def _nodes(block: Blok, levels: int, height: int) -> list[Butir]:
    """A block as nodes of the tree: one column, or its box above several columns."""
    how = Lipatan(height, LANJUTAN)
    if levels == 2 and block.cabang:
        branches = [column for branch in block.cabang for column in fold(branch, how)]
        return [Butir(KOLOM, 0, [_leaf(c) for c in branches], _one_column(block.kepala))]
    columns = fold(block.stack(), how)
    if len(columns) == 1:
        return [_leaf(columns[0])]
    head, rest = block.kepala[:1], block.stack()[1:]
    how = Lipatan(height - head[0].tinggi - CELAH_Y, LANJUTAN)
    return [Butir(KOLOM, 0, [_leaf(c) for c in fold(rest, how)], _one_column(head))]


def _tree(root: IsiKotak, below: list[Butir], reserve: int) -> Bagan:
    """Lay out the head box above its nodes; ``reserve``: height kept for the head before anything else."""
    akar = Butir(root.lebar, max(root.tinggi, reserve - CELAH_Y), below, _one_column(stack_of(root, [], 0)))
    for butir in preorder(akar):
        if butir is not akar and isinstance(butir.isi, Kolom):
            butir.tinggi = butir.isi.tinggi
    width, height = tidy_tree(akar, CELAH_X, CELAH_Y)
    return Bagan(akar, width, height)


def _columns(blocks: list[Blok], height: int, n: int) -> list[Butir]:
    """The whole as columns (no level side by side), a block in one column wherever it can be."""
    stack = [piece for block in blocks for piece in block.stack()]
    return [_leaf(c) for c in fold(stack, Lipatan(height, LANJUTAN, 0, True), n)]


def _arranged(root: IsiKotak, blocks: list[Blok], levels: int, area: Bidang, scale: float) -> Bagan:
    """One page with this many levels side by side. Raises TidakMuat."""
    width, height = int(area.lebar / scale), int(area.tinggi / scale)
    reserve = int(area.kepala / scale)
    room = height - max(root.tinggi + CELAH_Y, reserve)
    below = (
        _columns(blocks, room, min(_capacity(width), len(blocks)))
        if levels == 0
        else [node for block in blocks for node in _nodes(block, levels, room)]
    )
    bagan = _tree(root, below, reserve)
    if bagan.lebar > width or bagan.tinggi > height:
        raise TidakMuat(f"{bagan.lebar} × {bagan.tinggi} pada {width} × {height}")
    return bagan


def arrange(root: IsiKotak, blocks: list[Blok], first: Bidang, further: Bidang) -> list[HalamanBagan]:
    """The pages of one chart: the best arrangement on one page, else columns over several."""
    if any(block.cabang for block in blocks):
        levels: tuple[int, ...] = (2, 1, 0)
    else:
        levels = (1, 0)
    tries = sorted(((scale * SUKA[level], level, scale) for level in levels for scale in SKALA), reverse=True)
    for _, level, scale in tries:
        try:
            bagan = _arranged(root, blocks, level, first, scale)
        except TidakMuat:
            continue
        return [HalamanBagan(scale, [(bagan, int(first.lebar - bagan.lebar * scale) // 2, 0)])]
    attempts = []
    for scale in SKALA:
        for level in (1, 0):
            try:
                pages = _over_pages(root, blocks, level, first, further, scale)
            except TidakMuat:
                continue
            attempts.append((len(pages), -scale, -level, pages))
    if not attempts:
        raise TidakMuat("kotak lebih besar daripada halaman")
    return min(attempts, key=lambda a: a[:3])[3]


def _over_pages(
    root: IsiKotak, blocks: list[Blok], levels: int, first: Bidang, further: Bidang, scale: float
) -> list[HalamanBagan]:
    width = int(first.lebar / scale)
    capacity = _capacity(width)
    reserve = int(first.kepala / scale)
    room = int(min(first.tinggi, further.tinggi) / scale) - max(root.tinggi + CELAH_Y, reserve)
    if levels == 0:
        nodes = _columns(blocks, room, 1)
    else:
        nodes = [node for block in blocks for node in _nodes(block, 1, room)]
    pages: list[list[Butir]] = [[]]
    free = capacity
    for node in nodes:
        columns = node.anak or [node]
        if len(columns) > free and len(columns) <= capacity:
            pages.append([])
            free = capacity
        while columns:
            if free == 0:
                pages.append([])
                free = capacity
            part, columns = columns[:free], columns[free:]
            pages[-1].append(Butir(KOLOM, 0, part, node.isi) if node.anak else part[0])
            free -= len(part)
    out = []
    for i, below in enumerate(pages):
        bagan = _tree(root, below, reserve if i == 0 else 0)
        area = first if i == 0 else further
        if bagan.lebar * scale > area.lebar or bagan.tinggi * scale > area.tinggi:
            raise TidakMuat("halaman lanjutan")
        out.append(HalamanBagan(scale, [(bagan, int(area.lebar - bagan.lebar * scale) // 2, 0)]))
    return out


def sheet_pages(
    plan: Rencana, sheet: Lembar, kosong: bool, first: Bidang, further: Bidang
) -> list[HalamanBagan]:
    """The pages of a sheet."""
    if sheet.jenis == "kelompok":
        return _group_pages(plan, sheet, kosong, first, further)
    blocks = blocks_of(plan, sheet.kepala, kosong, plan.kelompok.get(sheet.kepala.id, []))
    return arrange(unit_box(sheet.kepala, KOLOM + 1400), blocks, first, further)


def _group_pages(
    plan: Rencana, sheet: Lembar, kosong: bool, first: Bidang, further: Bidang
) -> list[HalamanBagan]:
    """Small charts on shelves; as large as possible without needing more pages than at 0.8."""
    best: list[HalamanBagan] = []
    for scale in (0.8, 0.85, 0.9, 0.95, 1.0, 1.1):
        area = Bidang(int(first.lebar / scale), int((first.tinggi - first.kepala) / scale))
        try:
            charts = [_member(plan, unit, kosong, area) for unit in sheet.anggota]
            for chart, unit in zip(charts, sheet.anggota, strict=True):
                chart.unit = unit.id
            places = shelves([(c.lebar, c.tinggi) for c in charts], area.lebar, area.tinggi, 700, 900)
        except TidakMuat:
            continue
        if best and len(places) > len(best):
            break
        best = [
            HalamanBagan(
                scale,
                [
                    (charts[i], int((x + middle) * scale), int(y * scale) + (first.kepala if n == 0 else 0))
                    for (i, x, y), middle in zip(page, _margins(charts, page, area.lebar), strict=True)
                ],
            )
            for n, page in enumerate(places)
        ]
    if best:
        return best
    raise TidakMuat(f"kelompok {sheet.judul}")


def _member(plan: Rencana, unit: Simpul, kosong: bool, area: Bidang) -> Bagan:
    """A unit of a group sheet: branches side by side where there are several, else one stack."""
    root = unit_box(unit, KOLOM)
    blocks = blocks_of(plan, unit, kosong, plan.kelompok.get(unit.id, []))
    if sum(bool(block.cabang) or isinstance(block.kepala[0].isi, IsiKotak) for block in blocks) > 2:
        try:
            return _arranged(root, blocks, 1, area, 1.0)
        except TidakMuat:
            return _arranged(root, blocks, 0, area, 1.0)
    columns = fold(list(_branch(plan, unit, 0, kosong, utuh=True)), Lipatan(area.tinggi, LANJUTAN))
    if len(columns) == 1:
        leaf = _leaf(columns[0])
        tidy_tree(leaf, CELAH_X, CELAH_Y)
        return Bagan(leaf, leaf.lebar, leaf.tinggi)
    return _arranged(root, blocks, 0, area, 1.0)


def _margins(charts: list[Bagan], page: list[tuple[int, int, int]], lebar: int) -> list[int]:
    """How far the page's widest shelf leaves room on the left, so that all stand under one another."""
    used = max((x + charts[i].lebar for i, x, _ in page), default=0)
    return [(lebar - used) // 2] * len(page)
