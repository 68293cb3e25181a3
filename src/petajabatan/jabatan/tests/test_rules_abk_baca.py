"""What people paste: numbers of two worlds, units exchanged, formulas, and nothing lost silently."""

from __future__ import annotations

import datetime as dt
import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from petajabatan.jabatan.rules.abk.angka import write_number
from petajabatan.jabatan.rules.abk.baca import Gaya, SatuanWaktu, Sel, column_style, read_minutes, read_number
from petajabatan.jabatan.rules.abk.tabel import read_table, read_text
from petajabatan.jabatan.tests.abk_uji import AMBANG

SEL = Sel(7, "volume")


def baca(nilai: object, gaya: Gaya | None = None) -> tuple[str | None, list[str]]:
    read = read_number(nilai, SEL, AMBANG, gaya=gaya)
    return None if read.nilai is None else str(read.nilai), [t.kode for t in read.temuan]


@pytest.mark.parametrize(
    ("teks", "nilai"),
    [
        ("1.250,5", "1250.5"),
        ("1,250.5", "1250.5"),
        ("1.234.567,25", "1234567.25"),
        ("1,234,567", "1234567"),
        ("1.234.567", "1234567"),
        ("12", "12"),
        ("12,5", "12.5"),
        ("12.5", "12.5"),
        ("0,125", "0.125"),
        ("0.125", "0.125"),
        (",5", "0.5"),
        ("1 250,5", "1250.5"),
        ("1\u00a0250", "1250"),
        ("1'250.5", "1250.5"),
        ("\uff11\uff12", "12"),
        ("1E+3", "1E+3"),
        (12, "12"),
        (0.1, "0.1"),
        (Decimal("3.25"), "3.25"),
    ],
)
def test_numbers_of_both_styles_are_read_without_a_word(teks: object, nilai: str) -> None:
    value, found = baca(teks)
    assert value is not None and Decimal(value) == Decimal(nilai) and found == []


@pytest.mark.parametrize("teks", ["", "  ", "-", "–", None])
def test_nothing_is_nothing_and_not_zero(teks: object) -> None:
    assert baca(teks) == (None, [])


@pytest.mark.parametrize(
    ("isi", "kode"),
    [
        ("=A1*B1", "abk-rumus"),
        ("@SUM(A1)", "abk-rumus"),
        ("+A1", "abk-rumus"),
        ("-SUM(A1)", "abk-rumus"),
        ("#REF!", "abk-galat-lembar"),
        ("#DIV/0!", "abk-galat-lembar"),
        ("banyak", "abk-bukan-angka"),
        ("1.25.5", "abk-bukan-angka"),
        ("1,25.000,5", "abk-bukan-angka"),
        ("12/3", "abk-bukan-angka"),
        ("12-15", "abk-bukan-angka"),
        ("5.", "abk-bukan-angka"),
        ("<b>12</b>", "abk-bukan-angka"),
        ("١٢", "abk-bukan-angka"),
        ("-5", "abk-negatif"),
        ("−5", "abk-negatif"),
        (-5, "abk-negatif"),
        (10**9, "abk-terlalu-besar"),
        ("1.000.000.000", "abk-terlalu-besar"),
        ("1E+9", "abk-terlalu-besar"),
        ("9e9999", "abk-terlalu-besar"),
        ("1" * 55, "abk-terlalu-besar"),
        (float("nan"), "abk-bukan-angka"),
        (float("inf"), "abk-bukan-angka"),
        (True, "abk-bukan-angka"),
        (["12"], "abk-bukan-angka"),
        (dt.date(2026, 5, 1), "abk-tanggal"),
        ("x" * 5_000_000, "abk-bukan-angka"),
    ],
)
def test_what_is_no_figure_is_refused_with_place_and_remedy(isi: object, kode: str) -> None:
    read = read_number(isi, SEL, AMBANG)
    [finding] = read.temuan
    assert (read.nilai, finding.kode, finding.tingkat) == (None, kode, "galat")
    assert (finding.baris, finding.kolom) == (7, "volume") and finding.perbaikan
    assert len(finding.nilai) <= 40 and len(finding.kalimat) < 200


def test_a_figure_of_two_readings_follows_its_column_or_is_asked_about() -> None:
    assert baca("1.250") == ("1250", ["abk-tanda-desimal"])
    assert baca("1,250") == ("1.250", ["abk-tanda-desimal"])
    assert baca("1.250", "id") == ("1250", []) and baca("1.250", "en") == ("1.250", [])
    assert baca("1,250", "id") == ("1.250", []) and baca("1,250", "en") == ("1250", [])
    assert baca("1,250", "campur") == (None, ["abk-tanda-desimal"])
    assert baca("1.250,5", "en") == ("1250.5", [])


def test_the_style_of_a_column_is_told_by_its_clear_cells() -> None:
    assert column_style(["1.250", "2,5", 3.5, None]) == "id"
    assert column_style(["1,250", "2.5"]) == "en"
    assert column_style(["1,250", "1.250", "12"]) is None
    assert column_style(["1,5", "1.5"]) == "campur"
    assert column_style(["1.250.000", "1,5 jam"]) == "id"


def test_more_decimals_than_a_sheet_keeps_are_rounded_and_said_so() -> None:
    assert baca("0,123456") == ("0.1235", ["abk-desimal"])
    assert baca(1 / 3) == ("0.3333", ["abk-desimal"])


def test_a_unit_behind_a_volume_is_set_apart() -> None:
    read = read_number("12 kegiatan", SEL, AMBANG)
    assert (read.nilai, read.satuan, [t.kode for t in read.temuan]) == (
        Decimal(12),
        "kegiatan",
        ["abk-satuan"],
    )


@pytest.mark.parametrize(
    ("isi", "satuan", "menit", "kode"),
    [
        ("1.080", "menit", "1080", ["abk-tanda-desimal"]),
        ("90", "menit", "90", []),
        ("90 menit", "menit", "90", []),
        ("90 menit", "jam", "90", ["abk-satuan-waktu"]),
        ("18", "jam", "1080", []),
        ("1,5", "jam", "90", []),
        ("1,5 jam", "menit", "90", ["abk-satuan-waktu"]),
        ("1 jam 30 menit", "menit", "90", ["abk-satuan-waktu"]),
        ("1 Jam", "menit", "60", ["abk-satuan-waktu"]),
        ("1:30", "menit", "90", ["abk-satuan-waktu"]),
        (dt.time(1, 30), "menit", "90", ["abk-satuan-waktu"]),
        (dt.timedelta(hours=25), "jam", "1500", ["abk-satuan-waktu"]),
        ("2 hari", "menit", None, ["abk-satuan-waktu"]),
        ("=B2*60", "jam", None, ["abk-rumus"]),
        ("", "jam", None, []),
    ],
)
def test_norm_times_become_minutes(
    isi: object, satuan: SatuanWaktu, menit: str | None, kode: list[str]
) -> None:
    read = read_minutes(isi, Sel(3, "norma"), AMBANG, satuan=satuan)
    assert read.nilai == (None if menit is None else Decimal(menit))
    assert [t.kode for t in read.temuan] == kode


@given(st.decimals("0", "99999999", places=4))
def test_what_we_write_we_read(nilai: Decimal) -> None:
    text = write_number(nilai)
    assert Decimal(text.replace(".", "").replace(",", ".")) == nilai
    assert baca(text, "id")[0] is not None
    assert read_number(text, SEL, AMBANG, gaya="id").nilai == nilai
    english = text.translate(str.maketrans(".,", ",."))
    assert read_number(english, SEL, AMBANG, gaya="en").nilai == nilai


@given(st.text(max_size=80) | st.text(alphabet="0123456789.,' eE+-−:jammenit=#", max_size=20))
def test_no_text_breaks_the_reader(teks: str) -> None:
    for read in (read_number(teks, SEL, AMBANG), read_minutes(teks, SEL, AMBANG, satuan="jam")):
        assert read.nilai is None or 0 <= read.nilai <= AMBANG.angka_maks
        if read.nilai is None and not read.temuan:
            assert not any(c.isalnum() for c in teks)


@given(st.lists(st.lists(st.one_of(st.none(), st.text(max_size=12), st.integers(), st.floats()), max_size=4)))
def test_no_table_breaks_the_reader_and_every_gap_has_its_finding(cells: list[list[object]]) -> None:
    read = read_table(cells, AMBANG)
    gaps = sum((row.volume is None) + (row.norma is None) for row in read.baris)
    refused = [t for t in read.temuan if t.tingkat == "galat" and t.kolom in ("volume", "norma")]
    assert len(refused) == gaps


def test_a_pasted_table_keeps_every_row_and_names_what_is_wrong() -> None:
    read = read_table(
        [
            ["Menyusun rencana", "12", "1.080"],
            ["", "", ""],
            ["<p class=MsoNormal>Menelaah&nbsp;data</p>", "1.200,5", "=C1*2"],
            ["Melapor", "", "300,5"],
            ["", "3", "10"],
        ],
        AMBANG,
        baris_awal=2,
    )
    assert [(row.uraian, row.volume, row.norma) for row in read.baris] == [
        ("Menyusun rencana", Decimal(12), Decimal(1080)),
        ("Menelaah data", Decimal("1200.5"), None),
        ("Melapor", None, Decimal("300.5")),
        ("", Decimal(3), Decimal(10)),
    ]
    assert [(t.baris, t.kolom, t.kode) for t in read.temuan] == [
        (4, "uraian", "abk-html"),
        (4, "norma", "abk-rumus"),
        (5, "volume", "abk-kosong"),
        (6, "uraian", "abk-uraian-kosong"),
    ]


def test_minutes_in_a_column_of_hours_and_hours_in_one_of_minutes_are_suspected() -> None:
    rows = [[f"Tugas {i}", "12", str(minutes)] for i, minutes in enumerate((1080, 3600, 4800, 300))]
    wrong = read_table(rows, AMBANG, satuan_waktu="jam")
    assert [t.kode for t in wrong.temuan] == ["abk-satuan-tertukar"]
    assert not read_table(rows, AMBANG).temuan
    hours = [[f"Tugas {i}", "12", text] for i, text in enumerate(("1,5", "3", "8"))]
    assert [t.kode for t in read_table(hours, AMBANG).temuan] == ["abk-satuan-tertukar"]
    assert not read_table(hours, AMBANG, satuan_waktu="jam").temuan


@pytest.mark.parametrize("isi", ["x" * 5_000_000, "<style>x" * 12_000, "<!--" * 24_000, "<a" * 49_000])
def test_a_flood_of_text_is_refused_whole_and_not_taken_apart(isi: str) -> None:
    """In milliseconds; an expression that goes back over what it has read would take minutes."""
    began = time.process_time()
    text, [*_, finding] = read_text(isi, Sel(2, "uraian"), AMBANG)
    assert (text, finding.kode, finding.tingkat) == ("", "abk-teks-panjang", "galat")
    assert time.process_time() - began < 30
