"""Properties of the layout: nothing overlaps, children below, siblings in order, the same every time."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from petajabatan.jabatan.rules.tata_letak import (
    Bagian,
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

GAP_X, GAP_Y = 5, 7
size = st.integers(1, 90)
trees = st.recursive(
    st.builds(lambda w, h: Butir(w, h), size, size),
    lambda below: st.builds(lambda w, h, anak: Butir(w, h, anak), size, size, st.lists(below, max_size=5)),
    max_leaves=40,
)


@given(trees)
@settings(max_examples=300, deadline=None)
def test_no_two_boxes_come_closer_than_the_gap(akar: Butir) -> None:
    width, height = tidy_tree(akar, GAP_X, GAP_Y)
    boxes = preorder(akar)
    for i, a in enumerate(boxes):
        assert 0 <= a.x <= a.x + a.lebar <= width
        assert 0 <= a.y <= a.y + a.tinggi <= height
        for b in boxes[i + 1 :]:
            beside = a.x + a.lebar + GAP_X <= b.x or b.x + b.lebar + GAP_X <= a.x
            above = a.y + a.tinggi + GAP_Y <= b.y or b.y + b.tinggi + GAP_Y <= a.y
            assert beside or above


@given(trees)
@settings(max_examples=200, deadline=None)
def test_children_stand_below_their_parent_in_order_and_the_parent_over_their_middle(akar: Butir) -> None:
    tidy_tree(akar, GAP_X, GAP_Y)
    for parent in preorder(akar):
        for child in parent.anak:
            assert child.y == parent.y + parent.tinggi + GAP_Y
        for left, right in pairwise(parent.anak):
            assert left.x + left.lebar + GAP_X <= right.x
        if parent.anak:
            first, last = parent.anak[0], parent.anak[-1]
            assert abs((first.x + last.x + last.lebar) - (2 * parent.x + parent.lebar)) <= GAP_X + 1


@given(trees)
@settings(max_examples=100, deadline=None)
def test_the_same_tree_always_lies_the_same(akar: Butir) -> None:
    tidy_tree(akar, GAP_X, GAP_Y)
    first = [(b.x, b.y) for b in preorder(akar)]
    tidy_tree(akar, GAP_X, GAP_Y)
    assert [(b.x, b.y) for b in preorder(akar)] == first


def test_a_short_box_stands_over_the_children_of_its_neighbour() -> None:
    """The worked example of docs/cetak.md."""
    left = Butir(60, 20, [Butir(50, 20), Butir(50, 20)])
    right = Butir(40, 20)
    akar = Butir(100, 10, [left, right])
    assert tidy_tree(akar, 10, 10) == (135, 70)
    assert [(b.x, b.y) for b in left.anak] == [(0, 50), (60, 50)]
    assert (left.x, left.y) == (25, 20)
    assert (right.x, right.y) == (95, 20)  # over the second child, which ends at 110
    assert (akar.x, akar.y) == (30, 0)  # over the middle of 25 … 135


def test_effort_grows_with_the_number_of_boxes() -> None:
    """Doubling the boxes doubles the time, not more: a chain of combs is the bad case of naive algorithms."""

    def comb(n: int) -> Butir:
        akar = Butir(10, 10)
        node = akar
        for _ in range(n):
            node.anak = [Butir(10, 10), Butir(10, 10), Butir(10, 10)]
            node = node.anak[1]
        return akar

    def seconds(n: int) -> float:
        best = 9.0
        for _ in range(3):
            akar = comb(n)
            start = time.process_time()
            tidy_tree(akar, 1, 1)
            best = min(best, time.process_time() - start)
        return best

    assert seconds(16000) < 8 * seconds(4000)


pieces = st.lists(
    st.builds(
        lambda h, rows, d, gap, stay: Susun(h, tuple(rows), d, gap, stay and not rows),
        st.integers(3, 30),
        st.one_of(st.just([]), st.lists(st.integers(2, 8), max_size=30)),
        st.integers(0, 3),
        st.sampled_from([0, 4]),
        st.booleans(),
    ),
    min_size=1,
    max_size=25,
)


@given(pieces, st.integers(60, 200), st.integers(1, 5), st.booleans())
@settings(max_examples=300, deadline=None)
def test_folding_keeps_every_row_once_and_in_order(
    stack: list[Susun], maks: int, kolom: int, blok: bool
) -> None:
    columns = fold(stack, Lipatan(maks, 5, 1, blok), kolom)
    seen: list[tuple[int, int, int]] = []
    for column in columns:
        assert column.bagian
        assert column.tinggi <= maks
        for above, below in pairwise(column.bagian):
            assert below.y >= above.y + above.tinggi
        seen += [(id(p.susun), p.mulai, p.hingga) for p in column.bagian]
    expected = iter(seen)
    for piece in stack:
        done = 0
        while True:
            key, start, end = next(expected)
            assert (key, start) == (id(piece), done)
            done = end
            if done == len(piece.baris):
                break
    assert next(expected, None) is None


@given(pieces, st.integers(60, 200))
@settings(max_examples=150, deadline=None)
def test_blocks_stay_whole_where_a_column_can_hold_them(stack: list[Susun], maks: int) -> None:
    columns = fold(stack, Lipatan(maks, 5, 1, True))
    starts = [i for i, p in enumerate(stack) if p.dalam == 0 and p.celah]
    place = {}
    for n, column in enumerate(columns):
        for part in column.bagian:
            place.setdefault(id(part.susun), []).append(n)
    for begin, end in pairwise([*starts, len(stack)]):
        height = sum(p.celah + p.utuh for p in stack[begin:end]) - stack[begin].celah
        if height <= maks:
            assert len({n for p in stack[begin:end] for n in place[id(p)]}) == 1


def test_a_box_higher_than_the_page_is_refused() -> None:
    with pytest.raises(TidakMuat):
        fold([Susun(101)], Lipatan(100, 5))
    with pytest.raises(TidakMuat):
        shelves([(10, 101)], 100, 100, 1, 1)


def test_a_long_table_goes_on_in_the_next_column_with_three_rows_at_least() -> None:
    table = Susun(10, (5,) * 20)
    columns = fold([Susun(20, lekat=True), table], Lipatan(90, 5))
    parts: list[Bagian] = [p for c in columns for p in c.bagian if p.susun is table]
    assert [c.lanjutan for c in columns] == [False, True]
    assert parts[0].hingga == parts[1].mulai
    assert all(p.hingga - p.mulai >= 3 for p in parts)


def test_shelves_keep_reading_order_and_stay_on_the_page() -> None:
    pages = shelves([(40, 30)] * 7, 100, 70, 5, 5)
    assert pages == [[(0, 0, 0), (1, 45, 0), (2, 0, 35), (3, 45, 35)], [(4, 0, 0), (5, 45, 0), (6, 0, 35)]]


def test_an_empty_stack_has_no_columns() -> None:
    assert fold([], Lipatan(100, 5)) == []
    assert Kolom().bagian == []
