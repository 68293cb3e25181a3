"""From rows of work to K: official examples to four decimals, and what holds for every sheet."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from petajabatan.jabatan import data_abk
from petajabatan.jabatan.rules.abk.angka import quantize, write_number
from petajabatan.jabatan.rules.abk.bulat import choose_policy, round_need
from petajabatan.jabatan.rules.abk.hitung import BarisAbk, compute, need_of
from petajabatan.jabatan.rules.abk.sebab import RekomendasiJF, explain, explain_recommendation
from petajabatan.jabatan.rules.abk.waktu import choose_time
from petajabatan.jabatan.tests.abk_uji import (
    AMBANG,
    HARI,
    KEBIJAKAN,
    LAMA,
    WAKTU,
    contoh_setjen,
    kebijakan,
    lembar,
    perlu_contoh,
)

# Domain facts, golden tests: volume × minutes per case, the rows at four decimals, Σ and K.
EMAS: dict[str, tuple[str, list[tuple[int, int]], str, str, int]] = {
    "ABK1": (
        "pelaksana",
        [(12, 1080), (4, 3600), (24, 4800), (24, 4800), (12, 3300), (2, 300), (2, 300)],
        ".1728 .1920 1.5360 1.5360 .5280 .0080 .0080",
        "3.9808",
        4,
    ),
    "ABK3": (
        "pelaksana",
        [(12, 1080), (4, 3600), (18, 3600), (18, 3600), (12, 3300), (2, 300), (2, 300)],
        ".1728 .1920 .8640 .8640 .5280 .0080 .0080",
        "2.6368",
        3,
    ),
    "ABK4": (
        "pelaksana",
        [(12, 1080), (12, 1200), (18, 2700), (18, 2700), (12, 1800), (2, 300), (2, 300)],
        ".1728 .1920 .6480 .6480 .2880 .0080 .0080",
        "1.9648",
        2,
    ),
    "ABK6": (
        "struktural",
        [(1, 1500), (1, 360), (4, 4200), (4, 4200), (4, 4800), (1, 1500), (2, 1800), (2, 3000)],
        ".0200 .0048 .2240 .2240 .2560 .0200 .0480 .0800",
        "0.8768",
        1,
    ),
}


@pytest.mark.parametrize("kasus", EMAS)
def test_a_known_sheet_gives_its_rows_sum_and_k(kasus: str) -> None:
    jenis, rows, tampil, jumlah, k = EMAS[kasus]
    hasil = lembar(list(rows), jenis)
    assert [row.tampil for row in hasil.baris] == [Decimal(text) for text in tampil.split()]
    assert (hasil.jumlah_tampil, hasil.k) == (Decimal(jumlah), k)
    assert hasil.temuan == ()


@perlu_contoh
def test_every_line_of_the_official_examples_comes_out_to_four_decimals() -> None:
    cases = contoh_setjen()
    assert {kasus: len(rows) for kasus, rows in cases.items()} == {"ABK1": 7, "ABK3": 7, "ABK4": 7, "ABK6": 8}
    for kasus, rows in cases.items():
        jenis = "pelaksana" if "PELAKSANA" in rows[0]["jenis"] else "struktural"
        hasil = lembar([(row["volume"], row["waktu_menit"]) for row in rows], jenis)
        assert all(Decimal(row["waktu_efektif_menit"]) == WAKTU.menit_setahun for row in rows)
        for row, line in zip(rows, hasil.baris, strict=True):
            assert str(line.tampil) == row["kebutuhan_item"], (kasus, row["no"])
        assert hasil.jumlah_tampil == sum(Decimal(row["kebutuhan_item"]) for row in rows)
        assert str(hasil.k) == rows[0]["kebutuhan_bulat"]


def test_a_missing_norm_is_an_error_and_never_a_zero() -> None:
    rows: list[tuple[object, object]] = list(EMAS["ABK4"][1])
    rows[2] = (18, None)
    hasil = lembar(rows)
    assert (hasil.jumlah, hasil.k, hasil.jumlah_tampil) == (None, None, None)
    assert quantize(hasil.jumlah_sementara) == Decimal("1.3168")  # what the source application showed
    [finding] = hasil.temuan
    assert (finding.kode, finding.tingkat, finding.baris, finding.kolom) == (
        "abk-kosong",
        "galat",
        3,
        "norma",
    )
    assert lembar(rows, "struktural").k == 1


def test_the_sum_that_separates_half_up_from_ceil() -> None:
    # Constructed: no public example of a pelaksana does (Σ 1.3168).
    rows: list[tuple[object, object]] = [(12, 1080), (12, 1200), (18, 2700), (12, 1800), (2, 300), (2, 300)]
    assert lembar(rows).jumlah_tampil == Decimal("1.3168")
    assert {kode: lembar(rows, pilihan=kode).k for kode in ("half_up", "ceil", "jf_050")} == {
        "half_up": 1,
        "ceil": 2,
        "jf_050": 1,
    }


def test_k_comes_from_the_exact_sum_and_not_from_rounded_rows() -> None:
    # 0.49995 + 1.00002 is 1.49997: rows shown as 0.5000 and 1.0000 would round to 2.
    hasil = lembar([("0.49995", 75000), ("1.00002", 75000)])
    assert [row.tampil for row in hasil.baris] == [Decimal("0.5000"), Decimal("1.0000")]
    assert (hasil.jumlah, hasil.jumlah_tampil, hasil.k) == (
        Fraction(149997, 100000),
        Decimal("1.5000"),
        1,
    )
    notes = " ".join(explain(hasil).catatan)
    assert "1,49997" in notes and "rekomendasi" in notes
    # Three rows of a third of 0.0002: shown rows add up to 0.0003, the sum is 0.0002.
    thirds = lembar([(1, 5)] * 3)
    assert sum(row.tampil or 0 for row in thirds.baris) == Decimal("0.0003")
    assert thirds.jumlah_tampil == Decimal("0.0002")
    assert "0,0003" in explain(thirds).catatan[1]


def test_the_other_approaches_follow_the_examples_of_kepmenpan_75_of_2004() -> None:
    half_up = kebijakan("half_up")

    def k(pendekatan: str, volume: int, norma: int) -> tuple[str, int | None]:
        row = BarisAbk("Contoh", Decimal(volume), Decimal(norma), pendekatan)  # type: ignore[arg-type]
        hasil = compute([row], LAMA, half_up, AMBANG)
        assert hasil.jumlah is not None
        return write_number(hasil.jumlah, 2), hasil.k

    assert k("hasil", 200, 30) == ("6,67", 7)
    assert k("objek", 80, 25) == ("3,20", 3)
    assert k("peralatan", 20, 1) == ("20,00", 20)
    assert k("peralatan", 20, 5) == ("4,00", 4)


def test_shifts_and_crews_multiply_the_need_of_machines() -> None:
    row = BarisAbk("Operator", Decimal(3), Decimal(1), "peralatan", pegawai=2, giliran=3)
    assert need_of(row, WAKTU) == 18


def test_capacity_per_result_reproduces_the_midwife_of_the_health_manual() -> None:
    done = [(845, 2400), (197, 120), (342, 1200), (326, 1200), (35, 1200), (31, 1200), (456, 2400)]
    rows = [BarisAbk("Kegiatan", Decimal(a), Decimal(b), "hasil") for a, b in done]
    hasil = compute(rows, LAMA, kebijakan("kes_half_up"), AMBANG)
    assert hasil.jumlah_tampil == Decimal("2.7954")
    assert round_need(Fraction("2.7954") * Fraction("1.21"), kebijakan("kes_half_up")) == 3


def test_working_time_is_dated_and_a_document_keeps_its_own() -> None:
    assert (WAKTU.menit_setahun, WAKTU.jam_setahun) == (75000, 1250)
    assert (LAMA.menit_setahun, LAMA.jam_setahun) == (72000, 1200)
    times = data_abk.working_times()
    assert choose_time(times, dt.date(2010, 6, 1)) is LAMA
    six = choose_time(times, HARI, hari_seminggu=6)
    assert (six.kode, six.menit_setahun, six.hari_setahun * six.menit_sehari) == ("2020-6", 75000, 74046)
    assert (235 * 318, 287 * 258) == (74730, 74046)  # 1,245.5 h and 1,234.1 h; the norm is 1,250 h
    assert all(row.sumber for row in times)
    with pytest.raises(LookupError):
        choose_time(times, dt.date(1999, 1, 1))
    row = BarisAbk("Tugas", Decimal(12), Decimal(1200))
    assert (need_of(row, WAKTU), need_of(row, LAMA)) == (Fraction("0.192"), Fraction("0.2"))


def test_every_policy_names_its_source_or_says_that_it_is_a_recommendation() -> None:
    assert {policy.kode for policy in KEBIJAKAN} == {
        "half_up",
        "ceil",
        "jf_050",
        "kes_half_up",
        "struktural_satu",
    }
    for policy in KEBIJAKAN:
        assert policy.sumber
        assert ("rekomendasi" in policy.sumber) == (policy.sifat == "rekomendasi"), policy.kode
    assert data_abk.rounding_policies(dt.date(1999, 1, 1)) == ()


def test_structural_posts_get_one_whatever_is_chosen_or_summed() -> None:
    assert choose_policy(KEBIJAKAN, "struktural", pilihan="ceil").kode == "struktural_satu"
    assert lembar([(1, 75000 * 3)], "struktural", "ceil").k == 1
    assert lembar([(0, 10)], "struktural").k == 1
    assert lembar([], "struktural").k == 1
    assert (lembar([(0, 10)]).k, lembar([]).k) == (0, None)
    with pytest.raises(LookupError):
        choose_policy(KEBIJAKAN, "pelaksana", pilihan="struktural_satu")


def test_the_meaning_of_zero_is_that_of_the_policy() -> None:
    assert "jabatan tidak ditetapkan" in " ".join(
        explain(lembar([(1, 30000)], "fungsional", "jf_050")).catatan
    )
    assert lembar([(1, 37500)], "fungsional", "jf_050").k == 1


def test_impossible_and_unlikely_figures_are_found_with_row_and_remedy() -> None:
    hasil = lembar([(-1, 5), (1, 0), (10**9, 60), (2_000_000, 1), (100, 80000), (1, 60)])
    found = {(t.baris, t.kode, t.tingkat) for t in hasil.temuan}
    assert found == {
        (1, "abk-negatif", "galat"),
        (2, "abk-norma-nol", "galat"),
        (3, "abk-terlalu-besar", "galat"),
        (4, "abk-volume-besar", "peringatan"),
        (5, "abk-norma-setahun", "peringatan"),
        (5, "abk-orang-baris", "peringatan"),
    }
    assert all(t.perbaikan for t in hasil.temuan)


def test_the_reason_of_a_k_shows_rows_sum_rounding_and_their_sources() -> None:
    reason = explain(lembar(list(EMAS["ABK1"][1])))
    first, total, rounding = reason.langkah[0], reason.langkah[-2], reason.langkah[-1]
    assert (first.hitungan, first.hasil) == ("12 × 1.080 menit ÷ 75.000 menit", "0,1728")
    assert total.hitungan.count("+") == 6 and total.hasil == "3,9808 orang"
    assert "PermenPANRB 1/2020" in total.sumber and "75.000" in total.sumber
    assert rounding.hitungan == "3,9808; pecahan mulai 0,50 dibulatkan ke atas"
    assert (rounding.hasil, reason.k) == ("4 orang", 4)
    head = explain(lembar(list(EMAS["ABK6"][1]), "struktural"))
    assert head.langkah[-1].hitungan == "tetap 1, berapa pun jumlahnya" and head.catatan == ()
    assert "PerBKN 9/2021" in head.langkah[-1].sumber


def test_a_jf_may_take_its_k_from_its_pembina_and_only_with_the_document() -> None:
    sheet = lembar([(1, 75000)], "fungsional")
    given_ = RekomendasiJF(3, "Kementerian Kesehatan", "ABK-Kes", "Surat 12/2026", dt.date(2026, 3, 1))
    reason = explain_recommendation(given_, "fungsional", sheet)
    assert (reason.k, reason.temuan) == (3, ())
    assert "1 orang" in reason.catatan[0] and "Surat 12/2026" in reason.langkah[0].sumber
    bare = explain_recommendation(RekomendasiJF(-1, "", "", " "), "pelaksana")
    assert bare.k is None
    assert [t.kode for t in bare.temuan] == [
        "abk-rekomendasi-jenis",
        "abk-rekomendasi-kosong",
        "abk-rekomendasi-kosong",
        "abk-negatif",
    ]


angka = st.decimals("0", "99999", places=4)
norma = st.decimals("0.0001", "75000", places=4)
baris = st.lists(st.tuples(angka, norma), min_size=1, max_size=30)


@given(baris)
def test_the_sum_is_exactly_the_sum_of_the_rows(rows: list[tuple[Decimal, Decimal]]) -> None:
    hasil = lembar(list(rows))
    needs = [row.kebutuhan for row in hasil.baris]
    assert hasil.jumlah == sum(need for need in needs if need is not None)
    assert hasil.beban_menit == sum(Fraction(v) * Fraction(n) for v, n in rows)
    assert lembar(list(reversed(rows))).jumlah == hasil.jumlah


@given(baris, st.integers(0, 29), angka, st.sampled_from(["half_up", "ceil", "jf_050"]))
def test_more_volume_never_needs_fewer_people(
    rows: list[tuple[Decimal, Decimal]], place: int, more: Decimal, pilihan: str
) -> None:
    before = lembar(list(rows), pilihan=pilihan)
    place %= len(rows)
    grown = [(v + more if i == place else v, n) for i, (v, n) in enumerate(rows)]
    after = lembar(list(grown), pilihan=pilihan)
    assert before.jumlah is not None and after.jumlah is not None
    assert after.jumlah >= before.jumlah
    assert (after.k or 0) >= (before.k or 0)


@given(st.fractions(0, 10_000), st.fractions(0, 10_000))
def test_a_rounding_policy_stays_within_one_person_and_keeps_the_order(a: Fraction, b: Fraction) -> None:
    for policy in KEBIJAKAN:
        if policy.tetap is not None:
            assert round_need(a, policy) == policy.tetap
            continue
        k = round_need(a, policy)
        assert abs(k - a) < 1 and abs(k - a) <= max(policy.ambang, 1 - policy.ambang)
        assert round_need(Fraction(k), policy) == k
        if a <= b:
            assert k <= round_need(b, policy)


@given(st.fractions(-10_000, 10_000), st.integers(0, 8))
def test_shown_numbers_are_the_nearest_ones(nilai: Fraction, desimal: int) -> None:
    shown = quantize(nilai, desimal)
    assert abs(Fraction(shown) - nilai) <= Fraction(1, 2 * 10**desimal)
    assert -int(shown.as_tuple().exponent) == desimal
