"""Renames: what is a correction, what is a reorganisation, and that the program says why."""

from __future__ import annotations

import csv
import datetime as dt
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from petajabatan.usulan.data_nama import contoh_nama, muat_aturan_nama
from petajabatan.usulan.rules.huruf import selisih_huruf
from petajabatan.usulan.rules.nama import AturanNama, PenilaianNama, nilai_perubahan_nama
from petajabatan.usulan.rules.singkatan import panjangkan, romawi

ATURAN = muat_aturan_nama(dt.date(2026, 1, 2))
UNIT = Path(__file__).resolve().parents[2] / "demo" / "data" / "unit_rembang.csv"
with UNIT.open(encoding="utf-8", newline="") as file:
    NAMA = sorted({row["nama"] for row in csv.DictReader(file)})


def nilai(lama: str, baru: str, *, dasar: bool = False, aturan: AturanNama = ATURAN) -> PenilaianNama:
    return nilai_perubahan_nama(lama, baru, aturan, dasar_hukum_berubah=dasar)


def putusan(lama: str, baru: str) -> str:
    return nilai(lama, baru).putusan


@pytest.mark.parametrize(
    ("lama", "baru"),
    [
        ("Dinas Kesehtan", "Dinas Kesehatan"),
        ("Bidang Pelyaanan Kesehatan", "Bidang Pelayanan Kesehatan"),
        ("Subbag. TU Pusk. Sale", "Subbagian Tata Usaha Puskesmas Sale"),
        ("Puskemas Lasem", "Puskesmas Lasem"),
        ("Bagian Perencanaan dn Keuangan", "Bagian Perencanaan dan Keuangan"),
        ("Seksi Kel. Berencana", "Seksi Keluarga Berencana"),
        ("S.D.N. 1 Leteh", "SD Negeri 1 Leteh"),
        ("Kelurahan Sumberejo", "Kelurahan Sumberrejo"),
        ("Seksi Rawat lnap", "Seksi Rawat Inap"),
        ("Bidang Pelayanan Medk", "Bidang Pelayanan Medik"),
        ("Bidan gKesehatan", "Bidang Kesehatan"),
        ("RSUD dr Soetrasno", "RSUD dr. R. Soetrasno"),
    ],
)
def test_slips_of_the_pen_and_abbreviations_are_corrections(lama: str, baru: str) -> None:
    assert putusan(lama, baru) == "koreksi"


@pytest.mark.parametrize(
    ("lama", "baru"),
    [
        ("Kelurahan Sidomulyo", "Kelurahan Sidomukti"),
        ("SDN 1 Leteh", "SDN 11 Leteh"),
        ("Seksi Pelayanan", "Subseksi Pelayanan"),
        ("Inspektur Pembantu Wilayah I", "Inspektur Pembantu Wilayah II"),
        ("Seksi Sarana", "Seksi Prasarana"),
        ("Bidang Pendataan", "Bidang Pendapatan"),
        ("Dinas Pendidikan", "Dinas Pendidikan dan Kebudayaan"),
        ("Dinas Kelautan dan Perikanan", "Dinas Perikanan dan Kelautan"),
        ("Sekretaris Daerah", "Sekretariat Daerah"),
        ("BKD", "Badan Keuangan Daerah"),
        ("Bidang A", "Bidang B"),
        ("Kelurahan Sidomkti", "Kelurahan Sidomulyo"),
        ("Dinas Kesehtan", "Dinas Kesehatan dan Keluarga Berencana"),
        ("???", "Bidang Umum"),
    ],
)
def test_other_units_are_reorganisations_however_near_their_names(lama: str, baru: str) -> None:
    assert putusan(lama, baru) == "reorganisasi"


def test_a_typo_that_is_nearer_to_another_known_word_is_not_its_correction() -> None:
    result = nilai("Seksi Pemesanan", "Seksi Pemasaran")
    assert result.putusan == "reorganisasi"
    assert "lebih dekat dengan" in result.alasan[0]


def test_the_reasons_name_the_words_and_the_measured_distance() -> None:
    result = nilai("Dinas Kesehtan", "Dinas Kesehatan")
    assert result.alasan == (
        "“Kesehtan” menjadi “Kesehatan”: huruf “a” tertinggal.",
        "Jarak terukur 0,0714 tidak melebihi ambang 0,1200: salah tulis.",
    )
    assert result.kata_berubah == (("Kesehtan", "Kesehatan"),)
    assert result.jarak == Decimal("0.0714")


def test_a_decisive_reason_stands_before_the_harmless_ones() -> None:
    result = nilai("Dinas Kesehtan", "Dinas Kesehatan dan Keluarga Berencana")
    assert result.alasan[0] == "“dan Keluarga Berencana” ditambahkan: cakupannya bertambah."
    assert result.kata_berubah == (("Kesehtan", "Kesehatan"), ("", "dan Keluarga Berencana"))


def test_a_changed_order_is_told_as_such() -> None:
    result = nilai("Dinas Kelautan dan Perikanan", "Dinas Perikanan dan Kelautan")
    assert result.kata_berubah == (("Kelautan dan Perikanan", "Perikanan dan Kelautan"),)
    assert result.alasan[0].startswith("Urutan kata berubah")


def test_a_correct_name_that_becomes_a_misspelt_one_is_pointed_out() -> None:
    assert (
        "periksa, “Pendidikn” bukan kata yang dikenal"
        in nilai("Dinas Pendidikan", "Dinas Pendidikn").alasan[0]
    )


def test_a_changed_legal_basis_makes_a_typing_error_a_reorganisation() -> None:
    result = nilai("Dinas Kesehtan", "Dinas Kesehatan", dasar=True)
    assert result.putusan == "reorganisasi"
    assert result.alasan[0].startswith("Dasar hukumnya berubah")


def test_a_changed_legal_basis_leaves_a_name_alone_that_only_its_abbreviation_changes() -> None:
    result = nilai("Bag. Hukum", "Bagian Hukum", dasar=True)
    assert (result.putusan, result.jarak) == ("koreksi", Decimal("0.0000"))
    assert any("perbarui dasar hukumnya saja" in reason for reason in result.alasan)


def test_too_many_slips_are_a_reorganisation_although_each_word_is_near() -> None:
    result = nilai("Bgaian Umm Asst", "Bagian Umum Aset")
    assert not any(change.penentu for change in result.rincian)
    assert result.jarak > result.ambang
    assert result.putusan == "reorganisasi"
    assert "melebihi ambang" in result.alasan[-1]


def test_the_threshold_is_data() -> None:
    strict = replace(ATURAN, angka={**ATURAN.angka, "ambang": Decimal("0.01")})
    assert nilai("Dinas Kesehtan", "Dinas Kesehatan", aturan=strict).putusan == "reorganisasi"


def test_places_an_instansi_knows_are_told_apart_by_one_letter() -> None:
    assert putusan("Desa Sukarameh", "Desa Sukorameh") == "koreksi"
    more = ATURAN.dengan_kata(["Sukarameh", "Sukorameh"], "tempat")
    result = nilai("Desa Sukarameh", "Desa Sukorameh", aturan=more)
    assert result.putusan == "reorganisasi"
    assert "nama tempatnya lain" in result.alasan[0]
    assert not ATURAN.kenal("sukarameh")


def test_rules_before_the_first_date_do_not_exist() -> None:
    with pytest.raises(LookupError, match="2001-01-01"):
        muat_aturan_nama(dt.date(2001, 1, 1))


def test_rules_of_two_days_of_one_period_are_loaded_once() -> None:
    assert muat_aturan_nama(dt.date(2025, 1, 1)) is muat_aturan_nama(dt.date(2026, 6, 1))


def test_rules_without_a_figure_are_refused() -> None:
    with pytest.raises(ValueError, match="bobot_tukar"):
        replace(ATURAN, angka={key: value for key, value in ATURAN.angka.items() if key != "bobot_tukar"})


def test_every_shipped_row_names_its_source() -> None:
    folder = Path(__file__).resolve().parents[1] / "data"
    for name in ("ambang_nama.csv", "singkatan.csv", "nomenklatur.csv"):
        with (folder / name).open(encoding="utf-8", newline="") as rows:
            assert all(row["sumber"] for row in csv.DictReader(rows)), name


def test_the_labelled_pairs_are_many_distinct_and_of_both_kinds_in_both_parts() -> None:
    pairs = contoh_nama()
    assert len({(c.lama, c.baru) for c in pairs}) == len(pairs) >= 260
    counts = Counter((c.label, c.bagian) for c in pairs)
    for label in ("koreksi", "reorganisasi"):
        assert counts[label, "latih"] / (counts[label, "latih"] + counts[label, "uji"]) == pytest.approx(
            0.7, abs=0.02
        )


def test_the_held_out_pairs_are_told_apart_as_well_as_promised() -> None:
    held_out = [c for c in contoh_nama() if c.bagian == "uji"]
    called = [c for c in held_out if putusan(c.lama, c.baru) != "reorganisasi"]
    right = sum(c.label == "koreksi" for c in called)
    assert right / len(called) >= 0.95
    assert right / sum(c.label == "koreksi" for c in held_out) >= 0.90


def test_no_two_units_of_the_demo_pass_for_one_another() -> None:
    wrong = [(a, b) for a, b in combinations(NAMA, 2) if putusan(a, b) != "reorganisasi"]
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "value"), [("i", 1), ("iv", 4), ("ix", 9), ("xiv", 14), ("iiii", None), ("vx", None)]
)
def test_roman_numbers_are_read_in_their_regular_writing_only(text: str, value: int | None) -> None:
    assert romawi(text) == value


@given(st.text(max_size=60))
def test_an_identical_name_is_the_same(nama: str) -> None:
    assert putusan(nama, nama) == "sama"


@given(st.text(max_size=40), st.text(max_size=40), st.booleans())
def test_any_two_texts_get_one_deterministic_judgement(lama: str, baru: str, dasar: bool) -> None:
    first = nilai(lama, baru, dasar=dasar)
    assert first == nilai(lama, baru, dasar=dasar)
    assert 0 <= first.jarak <= 1
    assert first.jarak.as_tuple().exponent == -4
    assert first.alasan
    assert all(reason.endswith(".") for reason in first.alasan)


@st.composite
def salah_tulis(draw: st.DrawFn) -> tuple[str, str]:
    """A name of the demo and the same with one letter of a long word dropped, doubled or swapped."""
    nama = draw(st.sampled_from(NAMA))
    words = nama.split()
    long = [n for n, word in enumerate(words) if len(word) >= 8 and word.isalpha()]
    assume(long)
    n = draw(st.sampled_from(long))
    word = words[n]
    at = draw(st.integers(0, len(word) - 2))
    slip = draw(st.sampled_from(("tinggal", "ganda", "tukar")))
    middle = {
        "tinggal": word[at + 1],
        "ganda": word[at] * 2 + word[at + 1],
        "tukar": word[at + 1] + word[at],
    }[slip]
    wrong = word[:at] + middle + word[at + 2 :]
    assume(wrong.lower() != word.lower() and not ATURAN.kenal(wrong.lower()))
    return nama, " ".join([*words[:n], wrong, *words[n + 1 :]])


@settings(max_examples=300)
@given(salah_tulis())
def test_one_slip_in_a_long_word_of_a_known_name_is_a_correction(pair: tuple[str, str]) -> None:
    nama, wrong = pair
    assert putusan(wrong, nama) == "koreksi"


@given(st.sampled_from(NAMA), st.data())
def test_case_and_spacing_alone_are_never_a_reorganisation(nama: str, data: st.DataObject) -> None:
    cased = "".join(data.draw(st.sampled_from((c.lower(), c.upper()))) for c in nama)
    spaced = cased.replace(" ", data.draw(st.sampled_from((" ", "  ", " \t"))))
    assert putusan(nama, spaced) in {"koreksi", "sama"}


SUSUNAN = st.lists(
    st.sampled_from(("Bag.", "dan", "Umum", "Umm", "II", "SDN", "N", "Kel.", "Sub", "Leteh")), max_size=5
).map(" ".join)


@settings(max_examples=300)
@given(
    st.one_of(
        st.tuples(st.sampled_from(NAMA), st.sampled_from(NAMA)),
        salah_tulis(),
        st.sampled_from([(c.lama, c.baru) for c in contoh_nama()]),
        st.tuples(st.text(max_size=30), st.text(max_size=30)),
        st.tuples(SUSUNAN, SUSUNAN),
    )
)
def test_the_decision_and_the_distance_are_the_same_both_ways(pair: tuple[str, str]) -> None:
    there, back = nilai(*pair), nilai(*reversed(pair))
    assert (there.putusan, there.jarak) == (back.putusan, back.jarak)
    assert Counter(there.kata_berubah) == Counter((new, old) for old, new in back.kata_berubah)


@given(st.text("abcdeimnr", max_size=9), st.text("abcdeimnr", max_size=9))
def test_the_distance_of_letters_is_a_symmetric_measure(a: str, b: str) -> None:
    there, _ = selisih_huruf(a, b, ATURAN.bobot)
    back, _ = selisih_huruf(b, a, ATURAN.bobot)
    assert there == pytest.approx(back)
    assert (there == 0) == (a == b)
    assert there <= max(len(a), len(b))


@pytest.mark.parametrize(
    ("typed", "searched"),
    [
        ("analis sdm aparatr", "analis sumber daya manusia aparatr"),
        ("Kepala Subbag Umum", "kepala subbagian umum"),
        ("perawt", "perawt"),
        ("Guru Ahli Pertama", "Guru Ahli Pertama"),
        ("", ""),
    ],
)
def test_abbreviations_are_written_out_for_a_search_and_nothing_else_is_touched(
    typed: str, searched: str
) -> None:
    assert panjangkan(typed, ATURAN) == searched
