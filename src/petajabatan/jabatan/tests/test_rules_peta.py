"""The map in memory: building refuses what is no tree; totals hold for every tree; differences add up."""

from __future__ import annotations

import copy
import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from petajabatan.jabatan.rules.beda import (
    GANTI_NAMA,
    HAPUS,
    PINDAH,
    TAMBAH,
    UBAH_K,
    IsiPosisi,
    beda,
    totals_of_difference,
)
from petajabatan.jabatan.rules.kanonik import canonical_bytes, hash_of
from petajabatan.jabatan.rules.peta import (
    Jumlah,
    Kotak,
    Peta,
    PetaRusak,
    Simpul,
    build_peta,
    group_of,
    recap,
    rollup,
)

JENIS = ("struktural", "fungsional", "pelaksana")
ESELON = (None, "I.a", "II.a", "III.b", "IV.a")


@st.composite
def rows(draw, first: int = 1):
    """Units (each below an earlier one) and boxes, in any order."""
    n = draw(st.integers(1, 25))
    units = []
    for i in range(n):
        above = None if i == 0 else first + draw(st.integers(0, i - 1))
        units.append(
            Simpul(
                first + i,
                above,
                draw(st.sampled_from(("Dinas", "Bidang", "Seksi"))),
                eselon=draw(st.sampled_from(ESELON)),
                urutan=draw(st.integers(0, 3)),
            )
        )
    boxes = [
        Kotak(
            1000 + j,
            first + draw(st.integers(0, n - 1)),
            draw(st.sampled_from(("Analis", "Arsiparis"))),
            draw(st.sampled_from(JENIS)),
            kelas=draw(st.none() | st.integers(1, 17)),
            k=draw(st.none() | st.integers(0, 9)),
            b=draw(st.integers(0, 9)),
            paruh_waktu=draw(st.integers(0, 2)),
        )
        for j in range(draw(st.integers(0, 40)))
    ]
    return draw(st.permutations(units)), draw(st.permutations(boxes))


def build(units, boxes, versi=1) -> Peta:
    return build_peta(1, versi, dt.date(2026, 1, 1), copy.deepcopy(units), copy.deepcopy(boxes))


@given(rows())
def test_walking_visits_every_unit_once_and_parents_first(given_rows):
    units, boxes = given_rows
    peta = build(units, boxes)
    seen = [u.id for u in peta.walk()]
    assert sorted(seen) == sorted(u.id for u in units)
    place = {unor_id: i for i, unor_id in enumerate(seen)}
    for unit in peta.walk():
        assert unit.atasan_id is None or place[unit.atasan_id] < place[unit.id]
        assert [a.id for a in peta.ancestors(unit.id)] == sorted(
            (a.id for a in peta.ancestors(unit.id)), key=place.__getitem__
        )


@given(rows())
def test_the_order_of_rows_does_not_matter(given_rows):
    units, boxes = given_rows
    one, other = build(units, boxes), build(units[::-1], boxes[::-1])
    assert [u.id for u in one.walk()] == [u.id for u in other.walk()]
    assert [[k.id for k in u.kotak] for u in one.walk()] == [[k.id for k in u.kotak] for u in other.walk()]


@given(rows())
def test_totals_are_those_of_all_boxes_below(given_rows):
    units, boxes = given_rows
    peta = build(units, boxes)
    total = rollup(peta)
    assert total.n_unor == len(units) and total.n_posisi == len(boxes)
    assert total.k == sum(k.k or 0 for k in boxes) and total.b == sum(k.b for k in boxes)
    assert total.selisih == total.b - total.k
    assert total.k_kosong == sum(1 for k in boxes if k.k is None)
    for unit in peta.walk():
        below = [k for u in peta.walk(unit.id) for k in u.kotak]
        assert unit.total is not None
        assert unit.total.k == sum(k.k or 0 for k in below)
        assert unit.total.paruh_waktu == sum(k.paruh_waktu for k in below)
        assert sum(unit.total.k_kelas) == unit.total.k and sum(unit.total.b_kelas) == unit.total.b
        for kelas in range(1, 18):
            assert unit.total.b_kelas[kelas] == sum(k.b for k in below if k.kelas == kelas)


@given(rows())
def test_a_recap_by_any_grouping_adds_up_to_the_total(given_rows):
    units, boxes = given_rows
    peta = build(units, boxes)
    total, summed = rollup(peta), Jumlah()
    for part in recap(peta.walk(), group_of).values():
        summed.add(part)
    assert (summed.k, summed.b, summed.n_posisi, summed.k_kelas) == (
        total.k,
        total.b,
        total.n_posisi,
        total.k_kelas,
    )


@settings(max_examples=150)
@given(rows(), rows())
def test_totals_of_the_difference_are_the_difference_of_totals(before, after):
    one, two = build(*before), build(*after, versi=2)
    found = beda(one, two)
    assert totals_of_difference(found.unor, found.posisi) == found.selisih
    assert found.selisih.k == rollup(two).k - rollup(one).k
    assert found.selisih.n_unor == len(after[0]) - len(before[0])


@given(rows(), rows())
def test_the_difference_backwards_is_its_mirror(before, after):
    one, two = build(*before), build(*after, versi=2)
    there, back = beda(one, two), beda(two, one)
    assert [(r.id, r.sebelum, r.sesudah) for r in there.posisi] == [
        (r.id, r.sesudah, r.sebelum) for r in back.posisi
    ]
    swap = {TAMBAH: HAPUS, HAPUS: TAMBAH}
    assert {swap.get(k, k): n for k, n in there.count()["unor"].items()} == back.count()["unor"]


@given(rows())
def test_a_map_does_not_differ_from_itself(given_rows):
    peta = build(*given_rows)
    found = beda(peta, build(*given_rows))
    assert not found.unor and not found.posisi


def test_moved_and_renamed_units_are_told_apart():
    units = [Simpul(1, None, "A"), Simpul(2, 1, "B"), Simpul(3, 1, "C"), Simpul(4, 2, "D")]
    boxes = [Kotak(9, 4, "Analis", "pelaksana", k=2)]
    after = copy.deepcopy(units)
    after[3].atasan_id = 3
    after[2].nama = "C baru"
    found = beda(build(units, boxes), build(after, [Kotak(9, 4, "Analis", "pelaksana", k=3)]))
    assert {r.id: r.perubahan for r in found.unor} == {4: (PINDAH,), 3: (GANTI_NAMA,)}
    assert [(r.perubahan, r.kolom) for r in found.posisi] == [((UBAH_K,), {"k": (2, 3)})]
    assert found.count() == {"unor": {PINDAH: 1, GANTI_NAMA: 1}, "posisi": {UBAH_K: 1}}


def test_a_need_that_becomes_undetermined_is_a_change_and_not_a_zero():
    units = [Simpul(1, None, "A")]
    found = beda(
        build(units, [Kotak(9, 1, "Analis", "pelaksana", k=0)]),
        build(units, [Kotak(9, 1, "Analis", "pelaksana", k=None)]),
    )
    assert found.posisi[0].kolom == {"k": (0, None)}
    assert (found.selisih.k, found.selisih.k_kosong) == (0, 1)
    assert isinstance(found.posisi[0].isi, IsiPosisi)


@pytest.mark.parametrize(
    ("units", "boxes", "says"),
    [
        ([Simpul(1, None, "A"), Simpul(2, None, "B")], [], "2 akar"),
        ([Simpul(1, None, "A"), Simpul(2, 9, "B")], [], "atasan 9 tidak ada"),
        ([Simpul(1, None, "A"), Simpul(2, 3, "B"), Simpul(3, 2, "C")], [], "2 unit tidak tersambung"),
        ([Simpul(1, None, "A")], [Kotak(5, 7, "X", "pelaksana")], "posisi 5"),
    ],
)
def test_rows_that_are_no_tree_are_refused(units, boxes, says):
    with pytest.raises(PetaRusak, match=says):
        build(units, boxes)


def test_the_hash_does_not_depend_on_the_order_of_rows_and_sees_every_field():
    urusan = ("1.01", "1.02")
    units = [
        (2, "X2", 1, 1, "B", "", "upt", None, None, (), "", None, "", ""),
        (1, "X1", None, 1, "A", "Kepala A", "struktural", "22", "33.17", urusan, "01", 5, "Pasal 3", "12"),
    ]
    boxes = [(7, 1, 0, "struktural", None, "Kepala A", None, True, 14, 1, None)]
    day = dt.date(2026, 1, 1)
    data = canonical_bytes("I", 1, day, units, boxes)
    assert data == canonical_bytes("I", 1, day, units[::-1], boxes)
    assert data.decode().splitlines()[0].split("\x1f") == ["petajabatan-peta-1", "I", "1", "2026-01-01"]
    for i in range(len(boxes[0])):
        other = list(boxes[0])
        other[i] = 99
        assert hash_of(canonical_bytes("I", 1, day, units, [other])) != hash_of(data)
