"""Reading order: branches are slices, pages are found by bisection."""

from __future__ import annotations

import random

from petajabatan.anjab.rules.urutan import order_units, page_of, running, total


def test_a_unit_is_followed_by_everything_below_it() -> None:
    order = order_units([(1, None, 1), (4, 2, 1), (2, 1, 2), (3, 1, 1), (5, 2, 1)])
    assert list(order.ids) == [1, 3, 2, 4, 5]
    assert list(order.cabang(2)) == [2, 3, 4]
    assert [order.ids[p] for p in order.anak(0)] == [3, 2]
    assert [order.ids[p] for p in order.jalur(order.tempat(5) or 0)] == [1, 2, 5]
    assert order.cabang(None) == range(5)
    assert order.tempat(99) is None


def test_roots_and_circles() -> None:
    order = order_units([(1, None, 2), (2, 77, 1), (8, 9, 1), (9, 8, 1)])
    assert list(order.ids) == [2, 1]  # 77 is not on the map; 8 and 9 stand below each other
    assert [order.ids[p] for p in order.akar()] == [2, 1]
    assert list(order_units([]).ids) == []


def test_branch_sums_and_pages_agree_with_counting() -> None:
    rand = random.Random(7)
    rows = [(1, None, 0)] + [(n, rand.randrange(1, n), rand.randrange(5)) for n in range(2, 300)]
    order = order_units(rows)
    own = {n: rand.randrange(4) for n, _, _ in rows}
    sums = running(own[key] for key in order.ids)
    for unit in (1, 2, 17, 100, 299):
        places = order.cabang(unit)
        listed = [(place, i) for place in places for i in range(own[order.ids[place]])]
        assert total(sums, places) == len(listed)
        for start in (0, 1, 7, len(listed) - 1, len(listed), len(listed) + 5):
            found, skip = page_of(sums, places, max(start, 0), 10)
            inside = [(place, i) for place in found for i in range(own[order.ids[place]])]
            assert inside[skip : skip + 10] == listed[max(start, 0) : max(start, 0) + 10]
            assert len(found) <= len(order.ids)
