"""Cells of the ABK grid: read one by one or as a block, tried with factors, compared with tasks."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from petajabatan.anjab.rules.abk import (
    Tugas,
    compare_tasks,
    link_tasks,
    read_factor,
    read_paste,
    read_rows,
    with_factors,
)
from petajabatan.anjab.rules.abk_hitung import Kotak, calculate, document
from petajabatan.jabatan.data_abk import abk_reference
from petajabatan.jabatan.rules.isian import tidy_abk
from petajabatan.jabatan.tests.abk_uji import AMBANG, HARI, contoh_setjen, perlu_contoh

ACUAN = abk_reference(HARI)
PELAKSANA = Kotak("pelaksana", b=2)


def row(volume: object, norma: object, uraian: str = "Menyusun laporan", **more: object) -> dict:
    """A row as typed on the grid."""
    typed = {k: str(v) for k, v in (("volume", volume), ("norma", norma)) if v is not None}
    return {"uraian": uraian, "volume": None, "norma": None, "mentah": typed, **more}


def codes(temuan) -> set[str]:
    return {t.kode for t in temuan}


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("1.250,5", "1250.5"), ("1,250.5", "1250.5"), ("1 250,5", "1250.5"), ("12", "12"), ("0,1728", "0.1728")],
)
def test_a_typed_figure_is_stored_in_neutral_form(typed: str, stored: str) -> None:
    read = read_rows([row(typed, "60")], AMBANG)
    assert read.baris[0]["volume"] == stored and "mentah" not in read.baris[0]


def test_what_cannot_be_read_stays_as_it_was_typed_and_is_no_zero() -> None:
    read = read_rows([row("12/3", "=B2*60")], AMBANG)
    [made] = read.baris
    assert made["volume"] is None and made["mentah"] == {"volume": "12/3", "norma": "=B2*60"}
    found = {(t.kode, t.baris, t.kolom) for t in read.temuan}
    assert {("abk-bukan-angka", 1, "volume"), ("abk-rumus", 1, "norma")} <= found
    stored = tidy_abk({"baris": read.baris})
    assert not stored.ditolak and stored.isi is not None
    assert stored.isi["baris"][0]["mentah"] == made["mentah"]
    # Read again from what is stored, it says the same.
    assert read_rows(stored.isi["baris"], AMBANG) == read


def test_a_volume_of_a_thousand_million_is_refused_and_kept_as_typed() -> None:
    done = calculate({"baris": [row("1000000000", "60")]}, PELAKSANA, ACUAN)
    assert done.lembar.k is None and done.isi["baris"][0]["mentah"] == {"volume": "1000000000"}
    assert "abk-terlalu-besar" in codes(done.temuan) and done.dapat_disimpan
    # One finding for the cell, not a second one that calls it empty.
    assert [t.kode for t in done.temuan if t.kolom == "volume"] == ["abk-terlalu-besar"]


def test_hours_become_minutes_by_the_column_or_by_the_cell() -> None:
    assert read_rows([row("1", "18")], AMBANG, "jam").baris[0]["norma"] == "1080"
    read = read_rows([row("1", "1 jam 30 menit")], AMBANG)
    assert read.baris[0]["norma"] == "90" and "abk-satuan-waktu" in codes(read.temuan)
    small = read_rows([row("12", n) for n in ("2", "4", "8")], AMBANG)
    assert "abk-satuan-tertukar" in codes(small.temuan)


def test_one_cell_never_changes_how_another_was_read() -> None:
    alone = read_rows([row("1.250", "60")], AMBANG).baris[0]["volume"]
    beside = read_rows([row("1.250", "60"), row("1,250.5", "60")], AMBANG).baris[0]["volume"]
    assert alone == beside == "1250"


def test_a_block_of_one_style_settles_what_a_cell_alone_leaves_open() -> None:
    read = read_paste([["Menyusun", "1,250.5", "60"], ["Menilai", "1.250", "60"]], AMBANG, mulai="uraian")
    assert read.kolom == ("uraian", "satuan", "volume")  # columns follow the grid
    read = read_paste([["1,250.5", "60"], ["1.250", "60"]], AMBANG, mulai="volume")
    assert [r["volume"] for r in read.baris] == ["1250.5", "1.25"]


def test_a_first_row_of_names_says_which_column_is_which() -> None:
    block = [["No", "Uraian Tugas", "Waktu Penyelesaian", "Volume"], ["1", "Menyusun", "1.080", "12"]]
    read = read_paste(block, AMBANG, mulai="volume")
    assert read.judul and read.baris == [
        {"uraian": "Menyusun", "volume": "12", "norma": "1080", "mentah": {}}
    ]
    assert not any(t.kolom == "satuan" for t in read.temuan)


def test_a_title_may_tell_its_unit_of_time_and_what_has_no_column_is_told() -> None:
    titles = ["No.", "Uraian Tugas", "Volume (setahun)", "Norma Waktu (menit)", "Keterangan"]
    read = read_paste([titles, ["1", "Menyusun", "12", "90", "rutin"]], AMBANG)
    assert read.baris == [{"uraian": "Menyusun", "volume": "12", "norma": "90", "mentah": {}}]
    [told] = read.temuan
    assert (told.kode, told.tingkat, told.nilai) == ("abk-kolom-dilewati", "catatan", "Keterangan")
    titles[3] = "Waktu Penyelesaian (Jam)"
    assert read_paste([titles, ["1", "Menyusun", "12", "1,5", ""]], AMBANG).baris[0]["norma"] == "90"


def test_a_pasted_block_names_row_and_column_of_what_is_wrong() -> None:
    block = [
        ["Menyusun", "lap", "12", "#REF!"],
        ["", "", "", ""],
        ["<p>Menilai&nbsp;data</p>", "", "=A1", "60"],
    ]
    read = read_paste(block, AMBANG, baris_awal=4)
    assert [r["uraian"] for r in read.baris] == ["Menyusun", "Menilai data"]
    assert read.baris[0]["mentah"] == {"norma": "#REF!"} and read.baris[1]["mentah"] == {"volume": "=A1"}
    found = {(t.kode, t.baris, t.kolom) for t in read.temuan}
    assert ("abk-galat-lembar", 4, "norma") in found and ("abk-html", 5, "uraian") in found


def test_more_rows_than_a_sheet_holds_paste_nothing() -> None:
    read = read_paste([["Menyusun", "lap", "1", "60"]] * 301, AMBANG)
    assert not read.baris and codes(read.temuan) == {"baris-terlalu-banyak"}


def test_five_megabytes_in_one_cell_hold_the_sheet_back_and_say_where() -> None:
    done = calculate({"baris": [row("12", "60", "kata " * 1_000_000)]}, PELAKSANA, ACUAN)
    assert not done.dapat_disimpan
    [finding] = [t for t in done.temuan if t.kode == "abk-teks-panjang"]
    assert (finding.baris, finding.kolom) == (1, "uraian")


def test_a_row_without_anything_has_no_number() -> None:
    read = read_rows([row(None, None, ""), row("12", "x"), "bukan baris", None], AMBANG)
    assert len(read.baris) == 1 and {t.baris for t in read.temuan} == {1}


@given(
    st.lists(
        st.fixed_dictionaries(
            {},
            optional={
                "uraian": st.text(max_size=20) | st.none() | st.integers(),
                "volume": st.text(max_size=12) | st.none() | st.floats() | st.booleans(),
                "norma": st.text(max_size=12) | st.none() | st.integers(),
                "pegawai": st.text(max_size=4) | st.integers(),
                "pendekatan": st.sampled_from(["tugas", "hasil", "objek", "peralatan", "lain"]),
                "mentah": st.dictionaries(st.sampled_from(["volume", "norma", "x"]), st.text(max_size=12)),
                "tugas": st.integers() | st.text(max_size=3),
            },
        ),
        max_size=6,
    )
)
def test_whatever_is_typed_can_be_stored_and_is_read_the_same_again(raw: list[dict]) -> None:
    read = read_rows(raw, AMBANG)
    stored = tidy_abk({"baris": read.baris})
    assert not stored.ditolak
    rows = (stored.isi or {"baris": []})["baris"]
    assert [(r["volume"], r["norma"], r.get("mentah")) for r in rows] == [
        (r["volume"], r["norma"], r.get("mentah"))
        for r in read.baris
        if r["uraian"] or r["volume"] is not None or r["norma"] is not None or r.get("mentah")
    ]


@pytest.mark.parametrize(
    ("typed", "factor"),
    [("", "1"), ("1,2", "1.2"), ("120%", "1.2"), ("+20%", "1.2"), ("-10 %", "0.9"), ("0.5", "0.5")],
)
def test_a_factor_is_written_as_people_write_it(typed: str, factor: str) -> None:
    assert read_factor(typed, "v")[0] == Decimal(factor)


@pytest.mark.parametrize("typed", ["0", "-1", "x", "1e9", "100000", "-100%", "1" * 5000])
def test_a_factor_that_is_none_is_a_finding(typed: str) -> None:
    value, finding = read_factor(typed, "andai.volume")
    assert value is None and finding is not None and finding.kolom == "andai.volume"


def test_what_if_changes_nothing_but_is_shown_beside() -> None:
    body = {"baris": [row("24", "4800"), row("12", "1080"), row("100", "3000")]}  # 5.7088
    done = calculate(body, PELAKSANA, ACUAN)
    answer = document(done, PELAKSANA, ACUAN, {"volume": "+20%", "norma": ""})
    assert (answer["jumlah"], answer["k"], answer["selisih"]) == ("5.7088", 6, -4)
    assert (answer["andai"]["jumlah_tampil"], answer["andai"]["k"]) == ("6,8506", 7)
    assert answer["andai"]["baris"][0] == {"volume": "28.8", "norma": "4800"}
    assert done.isi["baris"][0]["volume"] == "24"


def test_a_norm_factor_leaves_approaches_without_a_norm_time_alone() -> None:
    rows = read_rows([row("80", "25", pendekatan="objek"), row("12", "60")], AMBANG).baris
    made = with_factors(rows, Decimal(1), Decimal(2))
    assert [r["norma"] for r in made] == ["25", "120"]


def test_rows_show_their_formula_by_approach() -> None:
    body = {
        "baris": [
            row("12", "1.080"),
            row("200", "30", pendekatan="hasil"),
            row("20", "5", pendekatan="peralatan", pegawai=2, giliran=3),
        ]
    }
    shown = document(calculate(body, PELAKSANA, ACUAN), PELAKSANA, ACUAN)["baris"]
    assert [r["rumus"] for r in shown] == [
        "12 × 1.080 menit ÷ 75.000 menit", "200 ÷ 30", "20 ÷ 5 × 2 × 3",
    ]  # fmt: skip
    assert [r["kebutuhan"] for r in shown] == ["0,1728", "6,6667", "24,0000"]


def test_a_structural_post_needs_one_whatever_its_work_and_a_head_keeps_its_seat() -> None:
    body = {"baris": [row("24", "48000")], "kebijakan": "ceil"}
    assert document(calculate(body, Kotak("struktural"), ACUAN), Kotak("struktural"), ACUAN)["k"] == 1
    head = Kotak("fungsional", kepala=True, b=1)
    answer = document(calculate(body, head, ACUAN), head, ACUAN)
    assert (answer["k"], answer["k_lembar"], answer["dari"]) == (1, 16, "pimpinan")


def test_legacy_working_time_and_the_choice_of_the_instansi_are_named_in_the_answer() -> None:
    body = {"baris": [row("24", "4800")], "waktu": "2004"}
    chosen = abk_reference(HARI, "ceil")
    answer = document(calculate(body, PELAKSANA, chosen), PELAKSANA, chosen)
    assert (answer["waktu"]["menit"], answer["jumlah"], answer["k"]) == ("72000", "1.6000", 2)
    assert (answer["kebijakan"]["kode"], answer["kebijakan"]["sifat"]) == ("ceil", "rekomendasi")


def test_differences_between_tasks_and_rows_are_pointed_out_both_ways() -> None:
    names = ("Menyusun laporan", "Menilai berkas", "Mengolah data", "Menata arsip")
    tasks = [Tugas(n, name) for n, name in enumerate(names, 1)]
    rows = read_rows(
        [
            row("1", "60", tugas=1),
            row("1", "60", "Menilai surat", tugas=2),
            row("1", "60", "Lain", tugas=9),
            row("1", "60", "menata  arsip"),  # pasted: it names its task by words
        ],
        AMBANG,
    ).baris
    found = {(t.kode, t.baris) for t in compare_tasks(tasks, rows)}
    assert found == {("abk-tugas-berbeda", 2), ("abk-baris-tanpa-tugas", 3), ("abk-tugas-tanpa-baris", None)}


@perlu_contoh
def test_the_official_cases_come_out_to_four_decimals_when_they_are_typed() -> None:
    for name, lines in contoh_setjen().items():
        box = Kotak("pelaksana" if "PELAKSANA" in lines[0]["jenis"] else "struktural")
        rows = [row(line["volume"], line["waktu_menit"], line["uraian_tugas"]) for line in lines]
        shown = document(calculate({"baris": rows}, box, ACUAN), box, ACUAN)
        needs = [line["kebutuhan_item"].replace(".", ",") for line in lines]
        assert [r["kebutuhan"] for r in shown["baris"]] == needs, name
        assert Decimal(shown["jumlah"]) == sum(Decimal(line["kebutuhan_item"]) for line in lines)
        assert shown["k"] == int(lines[0]["kebutuhan_bulat"])


def test_rows_with_the_words_of_a_task_belong_to_it_and_no_task_is_taken_twice() -> None:
    tugas = [Tugas(1, "Menyusun laporan"), Tugas(2, "Menyusun laporan."), Tugas(3, "Mengarsip surat")]
    rows = [{"uraian": "mengarsip  SURAT;"}, {"uraian": "Menyusun laporan"}, {"uraian": "Menyusun laporan"},
            {"uraian": "Lain", "tugas": 1}, {"uraian": "Mengarsip surat", "tugas": 9}]  # fmt: skip
    assert [r.get("tugas") for r in link_tasks(tugas, rows)] == [3, 2, 1, 1, 3]
    done = calculate({"baris": [row("12", "60", "mengarsip surat")]}, PELAKSANA, ACUAN, tugas[2:])
    assert done.isi["baris"][0]["tugas"] == 3
    assert "abk-tugas-tanpa-baris" not in codes(done.temuan)


def test_a_norm_that_jumps_against_an_earlier_sheet_is_questioned_and_a_usual_change_is_not() -> None:
    published = {
        "baris": [{"uraian": "Menyusun laporan", "norma": "300"}, {"uraian": "Mengarsip", "norma": "5"}]
    }

    def jumps(*rows: dict) -> list[tuple[int | None, str]]:
        done = calculate({"baris": list(rows)}, PELAKSANA, ACUAN, (), (published, None))
        return [(t.baris, t.kalimat) for t in done.temuan if t.kode == "abk-norma-berubah-tajam"]

    [(number, sentence)] = jumps(row("12", "30", "Mengarsip"), row("12", "2", "menyusun laporan."))
    assert number == 2 and "2, semula 300: 150 kali lebih kecil" in sentence
    assert jumps(row("12", "6"), row("12", "250", "Mengarsip")) == []  # exactly 50 times
    assert len(jumps(row("12", "251", "Mengarsip"))) == 1
    assert jumps(row("12", "2", pendekatan="hasil")) == [] and jumps(row("12", "2", "Menilai")) == []
