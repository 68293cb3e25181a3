"""Files as people send them: broken, locked, half computed, pasted together. Each gets a clear finding."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from petajabatan.anjab.importers.masuk import read_infojab
from petajabatan.anjab.importers.tulis import write_workbook
from petajabatan.anjab.rules.tukar import Bacaan, KotakTukar, Paket
from petajabatan.anjab.tests.contoh_infojab import HARI, ISIAN, stored
from petajabatan.inti.temuan import Ditolak, Temuan
from petajabatan.jabatan.data_abk import limits

AMBANG = limits(HARI)
ABK = ["Unit", "Jabatan", "Uraian", "Volume", "Norma"]
DI = ["Bidang Anggaran", "Pengelola Data"]


def read(path: Path) -> Bacaan:
    return read_infojab(path, path.name, ISIAN, AMBANG)


def refused(path: Path) -> Temuan:
    with pytest.raises(Ditolak) as caught:
        read(path)
    return caught.value.temuan[0]


def book(folder: Path, *, sheet: str = "ABK", rows: list[list[Any]]) -> Path:
    made = openpyxl.Workbook()
    made.active.title = sheet
    for row in rows:
        made.active.append(row)
    path = folder / "isian.xlsx"
    made.save(path)
    return path


def codes(reading: Bacaan) -> list[tuple[str, int | None, str]]:
    return [(t.kode, t.baris, t.kolom) for t in reading.temuan]


def sample(folder: Path) -> Path:
    path = folder / "utuh.xlsx"
    box = KotakTukar(1, 1, "Unit", "Unit", "Jabatan", "pelaksana", infojab_id=7)
    write_workbook(
        path, Paket(1, "Uji", "A", "v1", {7: {"ikhtisar": {"ikhtisar": "a " * 9000}}}, [box]), ISIAN
    )
    return path


@pytest.mark.parametrize("part", [0.3, 0.6, 0.95])
def test_a_truncated_workbook_is_refused(tmp_path: Path, part: float) -> None:
    data = sample(tmp_path).read_bytes()
    path = tmp_path / "potong.xlsx"
    path.write_bytes(data[: int(len(data) * part)])
    assert refused(path).kode == "berkas-terpotong"


def test_a_damaged_part_inside_is_refused(tmp_path: Path) -> None:
    whole, path = sample(tmp_path), tmp_path / "rusak.xlsx"
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            target.writestr(name, data[: len(data) // 2] if name.startswith("xl/worksheets/sheet4") else data)
    assert refused(path).kode == "tak-terbaca"


def test_a_workbook_with_a_password_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "kunci.xlsx"
    path.write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
    )
    assert refused(path).kode == "berkas-berkata-sandi"


@pytest.mark.parametrize(
    ("content", "kode"),
    [
        (b"", "berkas-kosong"),
        (b"<html><body>Sesi habis</body></html>", "bukan-berkas-infojab"),
        (b"nama;jabatan\n1;2\n", "format-tak-cocok"),
        (b"\x00\x01\x02\x03" * 50, "format-tak-dikenal"),
        (b'{"infojab": [', "json-tidak-sah"),
        (b"[1, 2]", "bukan-berkas-infojab"),
        (b'{"infojab": 3}', "bukan-berkas-infojab"),
        (b"[" * 200_000, "json-tidak-sah"),
    ],
)
def test_what_is_no_file_of_informasi_jabatan_is_refused(tmp_path: Path, content: bytes, kode: str) -> None:
    path = tmp_path / "isian.dat"
    path.write_bytes(content)
    assert refused(path).kode == kode


def test_a_workbook_that_says_nothing_of_posts_is_refused_with_its_sheets(tmp_path: Path) -> None:
    found = refused(book(tmp_path, sheet="Anggaran", rows=[["Kode", "Pagu"], ["1", 2]]))
    assert found.kode == "bukan-berkas-infojab" and "Anggaran" in found.kalimat


def test_formulas_without_a_stored_result_are_findings_and_their_section_is_not_taken(tmp_path: Path) -> None:
    path = book(tmp_path, rows=[ABK, [*DI, "Memeriksa", "=2*6", "=18*60"]])
    reading = read(path)
    assert codes(reading) == [("rumus-tanpa-hasil", 2, "D"), ("rumus-tanpa-hasil", 2, "E")]
    assert reading.bagian[0][1].ditolak


def test_formulas_with_a_result_are_read_by_their_value(tmp_path: Path) -> None:
    path = tmp_path / "rumus.xlsx"
    made = xlsxwriter.Workbook(path)
    sheet = made.add_worksheet("ABK")
    for place, title in enumerate(ABK):
        sheet.write(0, place, title)
    sheet.write_row(1, 0, [*DI, "Memeriksa", 12])
    sheet.write_formula(1, 4, "=18*60", None, 1080)
    made.close()
    reading = read(path)
    assert not reading.temuan
    assert reading.bagian[0][1].isi["baris"][0]["norma"] == "1080"  # type: ignore[index]


def test_an_error_of_the_spreadsheet_is_a_finding_with_its_cell(tmp_path: Path) -> None:
    rows = [["Unit", "Jabatan", "Ikhtisar"], [*DI, "#REF!"], ["Bidang Aset", DI[1], "Menata."]]
    path = book(tmp_path, sheet="Ikhtisar", rows=rows)
    assert codes(read(path)) == [("sel-galat", 2, "C")]


def test_merged_cells_go_on_with_the_owner_above(tmp_path: Path) -> None:
    path = book(
        tmp_path,
        sheet="Tugas Pokok",
        rows=[
            ["Unit", "Jabatan", "Uraian", "Tahapan"],
            [*DI, "Memeriksa", "Menerima"],
            [None, None, None, "Mencatat"],
            [None, None, "Menyusun", None],
            [None, "Pengelola Lain", "Menata", None],
        ],
    )
    opened = openpyxl.load_workbook(path)
    opened.active.merge_cells("A2:A5")
    opened.active.merge_cells("B2:B4")
    opened.active.merge_cells("C2:C3")
    opened.save(path)
    (first, one), (second, two) = read(path).bagian
    assert (first.unit, first.jabatan, second.unit, second.jabatan) == (*DI, DI[0], "Pengelola Lain")
    assert one.isi == {"tugas_pokok": [
        {"uraian": "Memeriksa", "tahapan": ["Menerima", "Mencatat"]}, {"uraian": "Menyusun"},
    ]}  # fmt: skip
    assert two.isi == {"tugas_pokok": [{"uraian": "Menata"}]}


def test_decimal_signs_of_both_kinds_are_read_and_a_mixture_is_told(tmp_path: Path) -> None:
    path = book(tmp_path, rows=[ABK, [*DI, "a", "1.250,5", "90"], [*DI, "b", "2.000", "1,5"]])
    rows = read(path).bagian[0][1].isi["baris"]  # type: ignore[index]
    assert [(r["volume"], r["norma"]) for r in rows] == [("1250.5", "90"), ("2000", "1.5")]
    mixed = book(
        tmp_path, rows=[ABK, [*DI, "a", "1.250,5", 90], [*DI, "b", "1,250.5", 90], [*DI, "c", "1.250", 9]]
    )
    assert [(t.kode, t.baris, t.tempat) for t in read(mixed).temuan] == [("abk-tanda-desimal", 4, "ABK")]


def test_minutes_that_look_like_hours_are_asked_about_and_hours_in_the_title_are_hours(
    tmp_path: Path,
) -> None:
    rows = [[*DI, f"t{n}", 12, n] for n in (1, 2, 4, 8)]
    doubt = [t for t in read(book(tmp_path, rows=[ABK, *rows])).temuan if t.kode == "abk-satuan-tertukar"]
    assert doubt and doubt[0].tempat == "ABK" and doubt[0].tingkat == "peringatan"
    hours = read(book(tmp_path, rows=[[*ABK[:4], "Norma waktu (jam)"], *rows]))
    assert not hours.temuan
    assert [r["norma"] for r in hours.bagian[0][1].isi["baris"]] == ["60", "120", "240", "480"]  # type: ignore[index]


@pytest.mark.parametrize("volume", [10**9, "9e9999", "1.000.000.000"])
def test_a_volume_of_a_thousand_million_is_refused_with_its_cell(tmp_path: Path, volume: Any) -> None:
    reading = read(book(tmp_path, rows=[ABK, [*DI, "a", volume, 60]]))
    assert codes(reading) == [("abk-terlalu-besar", 2, "Volume")] and reading.bagian[0][1].ditolak


def test_an_empty_figure_stays_empty_and_is_no_zero(tmp_path: Path) -> None:
    reading = read(book(tmp_path, rows=[ABK, [*DI, "a", None, 60]]))
    assert reading.bagian[0][1].isi["baris"][0]["volume"] is None and not reading.temuan  # type: ignore[index]


def test_markup_of_a_word_processor_is_taken_out_of_texts(tmp_path: Path) -> None:
    text = "<html><style>p{}</style><p class=MsoNormal>Menelaah&nbsp;data</p><o:p></o:p></html>"
    path = book(tmp_path, sheet="Ikhtisar", rows=[["Unit", "Jabatan", "Ikhtisar"], [*DI, text]])
    assert stored("ikhtisar", read(path).bagian[0][1].isi) == {"ikhtisar": "Menelaah data"}


def test_a_row_that_names_nobody_is_told(tmp_path: Path) -> None:
    path = book(tmp_path, sheet="Wewenang", rows=[["Unit", "Jabatan", "Wewenang"], [None, None, "Menolak"]])
    assert [(t.kode, t.baris) for t in read(path).temuan] == [("pemilik-kosong", 2)]


def test_an_unknown_name_of_a_field_is_told_with_those_there_are(tmp_path: Path) -> None:
    path = book(tmp_path, sheet="Syarat", rows=[["Unit", "Jabatan", "Isian", "Uraian"], [*DI, "Bakad", "G"]])
    found = read(path).temuan[0]
    assert (found.kode, found.baris) == ("isian-tidak-dikenal", 2) and "Bakat kerja" in found.perbaikan


def test_titles_may_stand_lower_and_be_called_otherwise(tmp_path: Path) -> None:
    path = book(
        tmp_path,
        sheet="9. Perangkat Kerja",
        rows=[["PEMERINTAH KABUPATEN"], [], ["UNIT KERJA", "NAMA JABATAN *", "Alat Kerja", "Digunakan untuk"],
              [*DI, "Komputer", "Menulis"]],
    )  # fmt: skip
    assert read(path).bagian[0][1].isi == {
        "perangkat_kerja": [{"perangkat": "Komputer", "penggunaan": "Menulis"}]
    }


@pytest.mark.parametrize(
    "document",
    [
        {"infojab": [3]},
        {"infojab": [{"isi": 3}]},
        {"infojab": [{"id": 1, "isi": {"ikhtisar": 3}}]},
        {"infojab": [{"id": 1, "isi": {"apa": {}}}]},
        {"infojab": [{"id": 1, "jabatan": [7], "isi": {}}]},
        {"infojab": [{"id": 1, "jabatan": [{"abk": 7}], "isi": {}}]},
    ],
)
def test_json_of_another_shape_is_told_by_its_place(tmp_path: Path, document: Any) -> None:
    path = tmp_path / "isian.json"
    path.write_text(json.dumps(document))
    found = read(path).temuan
    assert len(found) == 1 and found[0].tingkat == "galat" and "infojab[1]" in found[0].tempat


cell = st.one_of(st.none(), st.text(max_size=12), st.integers(), st.booleans(), st.sampled_from(
    ["Unit", "Jabatan", "Id Infojab", "Ikhtisar", "1.", "NAMA JABATAN", "IKHTISAR JABATAN", "TUGAS POKOK",
     "a.", ":", "Uraian tugas", "Jumlah hasil", "Waktu", "JUMLAH", "KELAS JABATAN",
     "UNIT KERJA"]))  # fmt: skip


@given(
    st.lists(st.lists(cell, max_size=6), max_size=12),
    st.sampled_from(["ABK", "Ikhtisar", "Syarat", "Lembar"]),
)
@settings(max_examples=150)
def test_no_workbook_breaks_the_reader(tmp_path_factory: Any, rows: list[list[Any]], sheet: str) -> None:
    made = openpyxl.Workbook()
    made.active.title = sheet
    for r, row in enumerate(rows, 1):
        for c, value in enumerate(row, 1):
            if isinstance(value, str):
                value = "".join(ch for ch in value if ch.isprintable())
            made.active.cell(r, c).value = f"'{value}" if str(value).startswith("=") else value
    path = tmp_path_factory.mktemp("acak") / "acak.xlsx"
    made.save(path)
    try:
        assert isinstance(read(path), Bacaan)
    except Ditolak as told:
        assert told.temuan[0].perbaikan
