"""Efficiency, recaps, norms that stand out, and hints for a verifier."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from petajabatan.jabatan import data_abk
from petajabatan.jabatan.rules.abk.awas import near_rounding, repeated_sums
from petajabatan.jabatan.rules.abk.efisiensi import (
    BarisRekap,
    efficiency,
    recap_jabatan,
    recap_total,
    recap_units,
)
from petajabatan.jabatan.rules.abk.hitung import BarisAbk
from petajabatan.jabatan.rules.abk.sebaran import distribution, find_outliers
from petajabatan.jabatan.tests.abk_uji import AMBANG, HARI, lembar

PEJ = data_abk.performance_bands(HARI)


@pytest.mark.parametrize(
    ("jumlah", "b", "tampil", "huruf"),
    [
        ("3.9808", 2, "1.99", "A"),
        ("2.6368", 3, "0.88", "C"),
        ("1.9648", 2, "0.98", "B"),
        ("1.00", 1, "1.00", "B"),
        ("1.0051", 1, "1.01", "A"),
        ("1.004", 1, "1.00", "B"),
        ("0.895", 1, "0.90", "B"),
        ("0.8949", 1, "0.89", "C"),
        ("0.70", 1, "0.70", "C"),
        ("0.50", 1, "0.50", "D"),
        ("0.49", 1, "0.49", "E"),
        ("0", 1, "0.00", "E"),
    ],
)
def test_efficiency_is_work_over_people_and_its_letter_follows_the_bands(
    jumlah: str, b: int, tampil: str, huruf: str
) -> None:
    found = efficiency(Fraction(jumlah), b, PEJ)
    assert (found.tampil, found.prestasi) == (Decimal(tampil), huruf)


def test_nobody_there_or_no_sheet_has_no_efficiency() -> None:
    assert efficiency(Fraction(2), 0, PEJ).nilai is None
    assert efficiency(None, 3, PEJ).prestasi is None


def kotak(unor: int, jabatan: str, jumlah: str | None, k: int | None, b: int) -> BarisRekap:
    total = None if jumlah is None else Fraction(jumlah)
    return BarisRekap(unor, f"Unit {unor}", jabatan, total, k, b)


REKAP = [
    kotak(1, "Penelaah Teknis Kebijakan", "3.9808", 4, 2),
    kotak(1, "Kepala Subbagian", "0.8768", 1, 1),
    kotak(1, "Arsiparis", None, None, 1),
    kotak(2, "PENELAAH TEKNIS  KEBIJAKAN", "2.6368", 3, 3),
]


def test_recaps_add_up_what_is_known_and_count_what_is_not() -> None:
    first, second = recap_units(REKAP, PEJ)
    assert (first.nama, first.kotak, first.jumlah, first.k, first.b) == (
        "Unit 1",
        3,
        Fraction("4.8576"),
        5,
        4,
    )
    assert (first.tanpa_abk, first.tanpa_k, first.b_tanpa_abk, first.selisih) == (1, 1, 1, -1)
    assert (first.efisiensi.tampil, first.efisiensi.prestasi) == (Decimal("1.62"), "A")  # 4.8576 ÷ 3
    assert (second.k, second.b, second.efisiensi.prestasi) == (3, 3, "C")
    jabatan = {row.nama: row for row in recap_jabatan(REKAP, PEJ)}
    assert jabatan["Penelaah Teknis Kebijakan"].jumlah == Fraction("6.6176")
    assert jabatan["Penelaah Teknis Kebijakan"].efisiensi.tampil == Decimal("1.32")
    assert jabatan["Arsiparis"].efisiensi.nilai is None
    whole = recap_total(REKAP, PEJ, "Setjen")
    assert (whole.kotak, whole.jumlah, whole.k, whole.b) == (4, Fraction("7.4944"), 8, 7)
    assert recap_total([], PEJ).efisiensi.nilai is None


baris_rekap = st.builds(
    BarisRekap,
    st.integers(1, 4),
    st.just("Unit"),
    st.sampled_from(["A", "B", "C"]),
    st.none() | st.fractions(0, 50),
    st.none() | st.integers(0, 50),
    st.integers(0, 50),
)


@given(st.lists(baris_rekap, max_size=30))
def test_units_and_jabatan_add_up_to_the_instansi_exactly(rows: list[BarisRekap]) -> None:
    whole = recap_total(rows, PEJ)
    for parts in (recap_units(rows, PEJ), recap_jabatan(rows, PEJ)):
        for name in ("kotak", "jumlah", "k", "b", "tanpa_abk", "tanpa_k", "b_tanpa_abk", "selisih"):
            assert sum(getattr(part, name) for part in parts) == getattr(whole, name)


ACUAN = [("Menyusun laporan bulanan", Decimal(n)) for n in (300, 320, 330, 340, 350, 360, 380, 400, 420)] + [
    ("Mengelola data kepegawaian", Decimal(n)) for n in (3000, 3300, 3600, 3600, 3600, 3900, 4200, 4800)
]


def test_a_norm_is_compared_with_the_same_task_elsewhere() -> None:
    rows = [
        BarisAbk("Menyusun laporan bulanan", Decimal(12), Decimal(360)),
        BarisAbk("Menyusun laporan bulanan.", Decimal(12), Decimal(3600)),
        BarisAbk("Mengelola data kepegawaian", Decimal(12), Decimal(60)),
        BarisAbk("Pekerjaan lain sama sekali", Decimal(12), Decimal(2000)),
        BarisAbk("Pekerjaan lain sama sekali", Decimal(12), None),
    ]
    high, low = find_outliers(rows, ACUAN, AMBANG)
    assert (high.nomor, high.arah, high.dasar) == (2, "di atas", "tugas serupa")
    assert high.sebaran.median == 350 and "350 menit" in high.temuan.kalimat
    assert (low.nomor, low.arah, low.dasar) == (3, "di bawah", "tugas serupa")
    assert "dalam jam" in low.temuan.perbaikan  # 60 instead of 3,600
    assert (low.temuan.baris, low.temuan.kolom, low.temuan.tingkat) == (3, "norma", "peringatan")


def test_the_fence_is_that_of_ratios_and_needs_enough_norms() -> None:
    spread = distribution(map(Decimal, (100, 100, 100, 200, 200, 200, 400, 400, 400)), AMBANG)
    assert spread is not None
    assert (spread.q1, spread.median, spread.q3) == (100, 200, 400)
    assert (spread.batas_bawah, spread.batas_atas) == (
        Decimal("12.50"),
        Decimal("3200.00"),
    )  # r = 4, r^1.5 = 8
    same = distribution([Decimal(600)] * 8, AMBANG)
    assert same is not None and (same.batas_bawah, same.batas_atas) == (Decimal("212.13"), Decimal("1697.06"))
    assert distribution([Decimal(600)] * 7 + [Decimal(0)], AMBANG) is None
    assert find_outliers([BarisAbk("X", Decimal(1), Decimal(9))], ACUAN[:5], AMBANG) == []


@given(st.lists(st.decimals("0.01", "75000", places=2), min_size=8, max_size=40))
def test_the_middle_half_never_stands_out(norma: list[Decimal]) -> None:
    spread = distribution(norma, AMBANG)
    assert spread is not None
    assert spread.batas_bawah <= spread.q1 <= spread.median <= spread.q3 <= spread.batas_atas


def test_sums_just_above_the_rounding_point_are_pointed_out() -> None:
    just = near_rounding(lembar([("1.5", 75000), (1, 750)]), AMBANG)
    assert just is not None and "1,5100" in just.kalimat and "750 menit" in just.kalimat
    assert near_rounding(lembar([("1.5", 75000), (1, 7500)]), AMBANG) is None
    assert near_rounding(lembar([("1.4", 75000)]), AMBANG) is None
    assert near_rounding(lembar([("2.01", 75000)], pilihan="ceil"), AMBANG) is not None
    assert near_rounding(lembar([(2, 75000)], pilihan="ceil"), AMBANG) is None
    assert near_rounding(lembar([("1.5", 75000)], "struktural"), AMBANG) is None


def test_the_same_sum_on_many_units_is_pointed_out_once() -> None:
    sums = [(f"Unit {i}", Fraction("2.6368")) for i in range(4)] + [("Unit 9", Fraction(0))] * 5
    [finding] = repeated_sums([*sums, ("Unit 5", Fraction("2.63681"))], AMBANG)
    assert "4 unit" in finding.kalimat and finding.tingkat == "catatan"
    assert repeated_sums(sums[:2], AMBANG) == []
