"""Where the boxes of a chart go: tidy tree, folding of long stacks, shelves and pages. Pure geometry.

All lengths are whole hundredths of a millimetre, so that the result is exact and the same on every machine.
The y axis points down. Algorithm pages with a worked example: docs/cetak.md.

The tidy tree is the linear-time, non-layered algorithm for boxes of any size by A. van der Ploeg ("Drawing
Non-layered Tidy Trees in Linear Time", Software: Practice and Experience 44, 2014), with whole numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

MIN_BARIS = 3
"""Rows a table keeps together at a break, where it has that many."""


class TidakMuat(ValueError):
    """One indivisible piece is larger than the page; the caller tries a smaller scale."""


@dataclass(slots=True, eq=False)
class Butir:
    """A box of the tree to be laid out; ``x`` and ``y`` are set by ``tidy_tree``."""

    lebar: int
    tinggi: int
    anak: list[Butir] = field(default_factory=list)
    isi: object = None
    x: int = 0
    y: int = 0
    # working values of the algorithm, named as in the paper
    w: int = 0
    h: int = 0
    prelim: int = 0
    mod: int = 0
    shift: int = 0
    change: int = 0
    tl: Butir | None = None
    tr: Butir | None = None
    el: Butir | None = None
    er: Butir | None = None
    msel: int = 0
    mser: int = 0


@dataclass(slots=True)
class _Lowest:
    """Which left sibling reaches lowest, as a linked list from the nearest one leftwards."""

    low: int
    index: int
    next: _Lowest | None


def preorder(akar: Butir) -> list[Butir]:
    """Each box before the boxes below it, siblings in order."""
    out: list[Butir] = []
    stack = [akar]
    while stack:
        butir = stack.pop()
        out.append(butir)
        stack.extend(reversed(butir.anak))
    return out


def tidy_tree(akar: Butir, celah_x: int, celah_y: int) -> tuple[int, int]:
    """Set x and y of every box; returns the width and height of the whole. Linear in the boxes.

    Boxes are at least ``celah_x`` apart sideways and a child starts ``celah_y`` below its parent; parents
    stand above the middle of their children, siblings from left to right in their order.
    """
    order = preorder(akar)
    for butir in order:
        butir.w, butir.h = butir.lebar + celah_x, butir.tinggi + celah_y
        butir.prelim = butir.mod = butir.shift = butir.change = butir.msel = butir.mser = 0
        butir.tl = butir.tr = butir.el = butir.er = None
    akar.y = 0
    for butir in order:
        for anak in butir.anak:
            anak.y = butir.y + butir.h
    for butir in reversed(order):
        _arrange_children(butir)
    sums = {id(akar): 0}
    for butir in order:
        total = sums.pop(id(butir)) + butir.mod
        butir.x = butir.prelim + total
        shift = extra = 0
        for anak in butir.anak:
            shift += anak.shift
            extra += shift + anak.change
            anak.mod += extra
            sums[id(anak)] = total
    left = min(butir.x for butir in order)
    for butir in order:
        butir.x -= left
        butir.tl = butir.tr = butir.el = butir.er = None  # no cycles left for the garbage collector
    return max(b.x + b.lebar for b in order), max(b.y + b.tinggi for b in order)


def _arrange_children(t: Butir) -> None:
    if not t.anak:
        t.el = t.er = t
        return
    first, last = t.anak[0], t.anak[-1]
    lowest = _lower(_bottom(_set(first.el)), 0, None)
    for i in range(1, len(t.anak)):
        low = _bottom(_set(t.anak[i].er))
        _separate(t, i, lowest)
        lowest = _lower(low, i, lowest)
    middle = first.prelim + first.mod + last.mod + last.prelim + last.w
    t.prelim = (middle - t.w) // 2
    t.el, t.msel, t.er, t.mser = first.el, first.msel, last.er, last.mser


def _set(butir: Butir | None) -> Butir:
    if butir is None:
        raise AssertionError("contour of a subtree that was not arranged")
    return butir


def _bottom(t: Butir) -> int:
    return t.y + t.h


def _lower(low: int, index: int, chain: _Lowest | None) -> _Lowest:
    while chain is not None and low >= chain.low:
        chain = chain.next
    return _Lowest(low, index, chain)


def _separate(t: Butir, i: int, chain: _Lowest) -> None:
    """Push child i right until its left contour is clear of the right contour of its left siblings."""
    right: Butir | None = t.anak[i - 1]
    left: Butir | None = t.anak[i]
    sum_right, sum_left = t.anak[i - 1].mod, t.anak[i].mod
    while right is not None and left is not None:
        if _bottom(right) > chain.low and chain.next is not None:
            chain = chain.next
        dist = (sum_right + right.prelim + right.w) - (sum_left + left.prelim)
        if dist > 0:
            sum_left += dist
            _move(t, i, chain.index, dist)
        below_right, below_left = _bottom(right), _bottom(left)
        if below_right <= below_left:
            right = right.tr if not right.anak else right.anak[-1]
            if right is not None:
                sum_right += right.mod
        if below_right >= below_left:
            left = left.tl if not left.anak else left.anak[0]
            if left is not None:
                sum_left += left.mod
    if right is None and left is not None:
        _thread_left(t, i, left, sum_left)
    elif right is not None and left is None:
        _thread_right(t, i, right, sum_right)


def _move(t: Butir, i: int, si: int, dist: int) -> None:
    anak = t.anak[i]
    anak.mod += dist
    anak.msel += dist
    anak.mser += dist
    if si != i - 1:  # spread the room gained over the siblings in between
        part = dist // (i - si)
        t.anak[si + 1].shift += part
        anak.shift -= part
        anak.change -= part * (i - si - 1)


def _thread_left(t: Butir, i: int, left: Butir, mod_sum: int) -> None:
    first = t.anak[0]
    end = _set(first.el)
    end.tl = left
    diff = (mod_sum - left.mod) - first.msel
    end.mod += diff
    end.prelim -= diff
    first.el, first.msel = t.anak[i].el, t.anak[i].msel


def _thread_right(t: Butir, i: int, right: Butir, mod_sum: int) -> None:
    anak = t.anak[i]
    end = _set(anak.er)
    end.tr = right
    diff = (mod_sum - right.mod) - anak.mser
    end.mod += diff
    end.prelim -= diff
    anak.er, anak.mser = t.anak[i - 1].er, t.anak[i - 1].mser


@dataclass(frozen=True, slots=True)
class Susun:
    """A piece of a stack: a box (no rows), or a table that may be broken between rows.

    ``dalam``: depth in the stack; ``celah``: room kept above it inside a column; ``lekat``: never
    the last thing in a column when a table without a gap follows (a box and its table).
    """

    tinggi: int
    baris: tuple[int, ...] = ()
    dalam: int = 0
    celah: int = 0
    lekat: bool = False
    isi: object = None

    @property
    def utuh(self) -> int:
        return self.tinggi + sum(self.baris)


@dataclass(frozen=True, slots=True)
class Bagian:
    """A piece as it stands in a column: its rows ``mulai`` to ``hingga`` (exclusive), top at ``y``."""

    susun: Susun
    y: int
    tinggi: int
    mulai: int
    hingga: int


@dataclass(slots=True)
class Kolom:
    """A column of a folded stack. ``lanjutan``: it starts inside something begun in the column before,
    and room for a line saying so is kept at its top."""

    bagian: list[Bagian] = field(default_factory=list)
    tinggi: int = 0
    lanjutan: bool = False


@dataclass(frozen=True, slots=True)
class Lipatan:
    """How a stack is folded: no column higher than ``maks``; ``label``: room for the line "lanjutan …" in
    a column that begins deeper than ``atas`` or inside a table; ``blok``: pieces of depth 0 keep what is
    below them in their column where a column can hold it."""

    maks: int
    label: int
    atas: int = 1
    blok: bool = False


def fold(stack: Sequence[Susun], lipatan: Lipatan, kolom: int = 1) -> list[Kolom]:
    """Cut a stack into columns of much the same height: ``kolom`` of them, or more where the height asks it.

    Raises TidakMuat when one box, or a table's heading with one row, is higher than allowed.
    """
    if not stack:
        return []
    whole = _block_heights(stack) if lipatan.blok else [0] * len(stack)
    best = _fill(stack, whole, lipatan, lipatan.maks)
    allowed = max(kolom, len(best))
    if allowed == 1:
        return best
    low, high = 0, max(k.tinggi for k in best)
    while low < high:
        middle = (low + high) // 2
        try:
            attempt = _fill(stack, whole, lipatan, middle)
        except TidakMuat:
            low = middle + 1
            continue
        if len(attempt) <= allowed:
            best, high = attempt, middle
        else:
            low = middle + 1
    return best


def _block_heights(stack: Sequence[Susun]) -> list[int]:
    """Per piece: the height of its block where it begins one (depth 0, with a gap above), else 0."""
    heights = [0] * len(stack)
    running = 0
    for i in range(len(stack) - 1, -1, -1):
        running += stack[i].celah + stack[i].utuh
        if stack[i].dalam == 0 and stack[i].celah:
            heights[i], running = running, 0
    return heights


def _fill(stack: Sequence[Susun], whole: Sequence[int], how: Lipatan, maks: int) -> list[Kolom]:
    columns = [Kolom()]
    for i, piece in enumerate(stack):
        if whole[i] and whole[i] - piece.celah <= how.maks:
            if whole[i] - piece.celah > maks:
                raise TidakMuat("blok tidak utuh")
            if columns[-1].bagian and columns[-1].tinggi + whole[i] > maks:
                columns.append(Kolom())
        start, rows = 0, len(piece.baris)
        while True:
            column = columns[-1]
            empty = not column.bagian
            y = column.tinggi + (0 if empty else piece.celah)
            inside = piece.dalam > how.atas or start or _attached(stack, i)
            if empty and len(columns) > 1 and inside:
                column.lanjutan = True
                y = how.label
            room = maks - y
            take = _rows_that_fit(piece, start, room)
            if take == rows - start and piece.tinggi + sum(piece.baris[start:]) <= room:
                attached = not empty and _attached(stack, i + 1)
                if not attached or _keeps(stack[i + 1], room - piece.utuh):
                    _put(column, piece, y, start, rows)
                    break
            elif rows and (empty or _good_break(piece, start, take)):
                if take <= 0:
                    raise TidakMuat(f"baris {start + 1} tabel lebih tinggi daripada {maks}")
                _put(column, piece, y, start, start + take)
                start += take
            elif empty:
                raise TidakMuat(f"kotak setinggi {piece.tinggi} lebih tinggi daripada {maks}")
            columns.append(Kolom())
    return columns


def _attached(stack: Sequence[Susun], i: int) -> bool:
    """Whether piece i is the table of the box before it."""
    return 0 < i < len(stack) and stack[i - 1].lekat and bool(stack[i].baris) and not stack[i].celah


def _rows_that_fit(piece: Susun, start: int, room: int) -> int:
    used, n = piece.tinggi, 0
    for height in piece.baris[start:]:
        used += height
        if used > room:
            break
        n += 1
    return n


def _good_break(piece: Susun, start: int, take: int) -> bool:
    return take >= MIN_BARIS and len(piece.baris) - start - take >= MIN_BARIS


def _keeps(follow: Susun, room: int) -> bool:
    """Whether the table that belongs to a box can begin below it (all of it, or a decent part)."""
    need = follow.celah + follow.tinggi + sum(follow.baris[: max(MIN_BARIS, 1)])
    return need <= room and (follow.celah + follow.utuh <= room or len(follow.baris) >= 2 * MIN_BARIS)


def _put(column: Kolom, piece: Susun, y: int, start: int, end: int) -> None:
    height = piece.tinggi + sum(piece.baris[start:end])
    column.bagian.append(Bagian(piece, y, height, start, end))
    column.tinggi = y + height


def shelves(
    sizes: Sequence[tuple[int, int]], lebar: int, tinggi: int, celah_x: int, celah_y: int
) -> list[list[tuple[int, int, int]]]:
    """Set rectangles in reading order on shelves and shelves on pages.

    Returns per page the (index, x, y) of its rectangles. Raises TidakMuat when one is larger than a page.
    """
    pages: list[list[tuple[int, int, int]]] = [[]]
    x = y = shelf = 0
    for index, (w, h) in enumerate(sizes):
        if w > lebar or h > tinggi:
            raise TidakMuat(f"bagan {index + 1} ({w} × {h}) lebih besar daripada halaman")
        if x and x + w > lebar:
            x, y, shelf = 0, y + shelf + celah_y, 0
        if y + h > tinggi and pages[-1]:
            pages.append([])
            x = y = shelf = 0
        pages[-1].append((index, x, y))
        x += w + celah_x
        shelf = max(shelf, h)
    return pages
