"""Where a new unit stands among its siblings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from petajabatan.jabatan.rules.beda import IsiUnor
from petajabatan.usulan.rules import operasi as op
from petajabatan.usulan.rules.terapkan import sisipkan, terapkan
from petajabatan.usulan.rules.terapkan.tempat import tempat_lazim
from petajabatan.usulan.tests.peta_uji import BIDANG, BIDANG_LAIN, DINAS, SEKOLAH, Peta

PANGKAT = {"31": 31, "32": 32, "41": 41}


def unit(key: int, jenis: str = "struktural", eselon: str | None = None, urutan: int = 0) -> IsiUnor:
    return IsiUnor(key, 1, f"Unit {key}", "", jenis, eselon, urutan or key)


SEKRETARIAT, BIDANG_1, BIDANG_2 = unit(1, eselon="31"), unit(2, eselon="32"), unit(3, eselon="32")
UPT, FASKES, SD_1, SD_2 = unit(4, "upt", "41"), unit(5, "faskes"), unit(6, "sekolah"), unit(7, "sekolah")
SEMUA = [SEKRETARIAT, BIDANG_1, BIDANG_2, UPT, FASKES, SD_1, SD_2]


@pytest.mark.parametrize(
    ("siblings", "new", "after"),
    [
        (SEMUA, unit(9, eselon="32"), 3),
        (SEMUA, unit(9, eselon="31"), 1),
        (SEMUA, unit(9, "sekolah"), 7),
        (SEMUA, unit(9, "faskes", "99"), 5),  # 99 means none, as nothing does
        (SEMUA, unit(9, "kelurahan"), None),
        (SEMUA, unit(9, eselon="41"), 3),  # ranks below all of its kind
        (SEMUA, unit(9), 3),  # as pasted: no eselon yet
        ([BIDANG_1, BIDANG_2, UPT], unit(9, eselon="31"), 0),  # ranks above all of its kind
        ([UPT, BIDANG_1], unit(9, eselon="31"), 4),
        ([FASKES, SD_1], unit(9, eselon="32"), 0),
        ([], unit(9, eselon="32"), None),
    ],
)
def test_a_new_unit_follows_its_peers(siblings: list[IsiUnor], new: IsiUnor, after: int | None) -> None:
    assert tempat_lazim(siblings, new, PANGKAT) == after


def _under(view, parent: int) -> list[int]:
    return [row.id for row in view.anak([parent])[parent]]


def test_a_new_bidang_stands_before_the_schools_and_moves_none_of_them() -> None:
    view = Peta().bangun()
    new = op.TambahUnor(id=500, atasan_id=DINAS, nama="Bidang Data", eselon="32")
    done = terapkan(view, new)
    view.take(done.perubahan)
    assert _under(view, DINAS) == [BIDANG, BIDANG_LAIN, 500, SEKOLAH]
    assert [p.id for p in done.perubahan] == [500]


def test_whoever_says_where_is_heeded() -> None:
    for sesudah, order in (
        (0, [500, BIDANG, BIDANG_LAIN, SEKOLAH]),
        (SEKOLAH, [BIDANG, BIDANG_LAIN, SEKOLAH, 500]),
        (BIDANG, [BIDANG, 500, BIDANG_LAIN, SEKOLAH]),
    ):
        view = Peta().bangun()
        new = op.TambahUnor(id=500, atasan_id=DINAS, nama="Bidang Data", eselon="32", sesudah=sesudah)
        view.take(terapkan(view, new).perubahan)
        assert _under(view, DINAS) == order


@given(st.lists(st.integers(0, 4), max_size=6), st.integers(0, 6), st.integers(1, 30), st.data())
def test_inserted_among_any_siblings_it_stands_where_it_was_put(
    places: list[int], at: int, key: int, data: st.DataObject
) -> None:
    """The order is that of urutan, then id; the others keep theirs."""
    ids = data.draw(st.permutations([n for n in range(1, 31) if n != key]))[: len(places)]
    rows = sorted((unit(i, urutan=p + 1) for i, p in zip(ids, places, strict=True)), key=_order)
    at = min(at, len(rows))
    placed, shifted = sisipkan(rows, unit(key), rows[at - 1].id if at else 0)
    moved = dict(shifted)
    after = sorted([placed, *(moved.get(row, row) for row in rows)], key=_order)
    assert [row.id for row in after] == [*(r.id for r in rows[:at]), key, *(r.id for r in rows[at:])]


def _order(row: IsiUnor) -> tuple[int, int]:
    return row.urutan, row.id
