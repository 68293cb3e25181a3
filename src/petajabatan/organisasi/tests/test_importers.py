"""Reading unit files: formats, encodings and delimiters are found out; unreadable files say why."""

from __future__ import annotations

import io
import json
import zipfile

import openpyxl
import pytest
import xlsxwriter

from petajabatan.inti.temuan import Ditolak
from petajabatan.organisasi.importers import read_unor, write_template
from petajabatan.organisasi.importers.templat import IsiTemplat

UNITS = [
    {"Id": "B", "InstansiId": "I", "DiatasanId": "A", "EselonId": "22", "NamaUnor": "Dinas Pendidikan",
     "NamaJabatan": "Kepala Dinas", "CepatKode": "01", "IndukUnorId": "A", "PemimpinPnsId": "RAHASIA",
     "JenisUnorId": ""},
    {"Id": "A", "InstansiId": "I", "DiatasanId": None, "EselonId": "", "NamaUnor": "Kabupaten  Uji ",
     "NamaJabatan": "null", "CepatKode": "", "IndukUnorId": "", "PemimpinPnsId": "", "JenisUnorId": ""},
]  # fmt: skip


def refused(path, format=None) -> list:
    with pytest.raises(Ditolak) as error:
        read_unor(path, format)
    for finding in error.value.temuan:
        assert finding.kalimat and finding.perbaikan
    return error.value.temuan


@pytest.mark.parametrize(
    "wrap",
    [
        lambda rows: rows,
        lambda rows: {"data": rows},
        lambda rows: {"code": 1, "meta": {"data": [1, [2]]}, "data": rows, "count": 2},
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_siasn_json_is_read_in_every_wrapping(tmp_path, wrap, encoding):
    path = tmp_path / "unor.txt"
    path.write_bytes(json.dumps(wrap(UNITS), indent=1).encode(encoding))
    found = read_unor(path)
    assert found.format == "siasn-json"
    assert [(r.baris, r.id, r.atasan, r.nama, r.nama_jabatan) for r in found.unor] == [
        (1, "B", "A", "Dinas Pendidikan", "Kepala Dinas"),
        (2, "A", "", "Kabupaten Uji", ""),
    ]
    assert found.kolom == {"nama_jabatan", "eselon", "cepat_kode"}
    assert "RAHASIA" not in repr(found)


@pytest.mark.parametrize("cut", [1, 40, 200, -2])
def test_truncated_json_says_where_it_ends(tmp_path, cut):
    path = tmp_path / "unor.json"
    path.write_text(json.dumps({"data": UNITS})[:cut])
    (finding,) = refused(path)
    assert finding.kode == "berkas-terpotong"


def test_an_envelope_cut_after_its_list_is_still_whole(tmp_path):
    path = tmp_path / "unor.json"
    path.write_text(json.dumps({"data": UNITS})[:-1])
    assert len(read_unor(path).unor) == 2


@pytest.mark.parametrize(
    ("text", "kode"),
    [
        ("[1, 2]", "bukan-objek"),
        ('[{"a": 1}]', "kolom-hilang"),
        ("[" * 200_000, "berkas-terpotong"),
        ("<html><body>Login</body></html>", "bukan-berkas-unor"),
        ("", "berkas-kosong"),
        ("\ufeff  \n", "berkas-kosong"),
        ("PK\x03\x04rusak", "berkas-terpotong"),
        ("abc\x00def", "format-tak-dikenal"),
        ("satu kolom saja\nx\n", "kolom-hilang"),
        ("Id,NamaUnor,DiatasanId\nA,Akar\n", "jumlah-kolom"),
    ],
)
def test_unreadable_files_are_refused_with_a_remedy(tmp_path, text, kode):
    path = tmp_path / "unor.dat"
    path.write_text(text, encoding="utf-8")
    assert refused(path)[0].kode == kode


CSV = [["Id", "NamaUnor", "DiatasanId"], ["A", "Provinsi Uji", ""], ["B", "--Sekretariat Daerah", "A"],
       ["C", "----Biro, Umum", "B"], ["D", "--Badan Kepegawaian", "A"]]  # fmt: skip


def lines(rows, delimiter, quote=True) -> str:
    return "".join(
        delimiter.join(f'"{c}"' if quote and ("," in c or delimiter in c) else c for c in row) + "\r\n"
        for row in rows
    )


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_siasn_csv_is_read_with_any_delimiter_and_encoding(tmp_path, delimiter, encoding):
    rows = [*CSV, ["E", "--Caf\u00e9", "A"]]
    path = tmp_path / "unor.csv"
    path.write_bytes(lines(rows, delimiter).encode(encoding))
    found = read_unor(path, "siasn-csv")
    assert [(r.id, r.atasan, r.nama, r.dalam) for r in found.unor] == [
        ("A", "", "Provinsi Uji", 0),
        ("B", "A", "Sekretariat Daerah", 1),
        ("C", "B", "Biro, Umum", 2),
        ("D", "A", "Badan Kepegawaian", 1),
        ("E", "A", "Caf\u00e9", 1),
    ]
    assert [r.baris for r in found.unor] == [2, 3, 4, 5, 6]


def test_without_ids_of_head_units_the_depth_says_them(tmp_path):
    path = tmp_path / "unor.csv"
    path.write_text(lines([[row[0], row[1]] for row in CSV], ";"))
    assert [r.atasan for r in read_unor(path).unor] == ["", "A", "B", "A"]
    path.write_text("id;nama\nA;Akar\nB;----Melompat\n")
    (finding,) = refused(path)
    assert (finding.kode, finding.baris, finding.kolom) == ("awalan-melompat", 3, "NamaUnor")


def test_a_named_format_must_fit_the_content(tmp_path):
    path = tmp_path / "unor.csv"
    path.write_text("[]")
    assert refused(path, "siasn-csv")[0].kode == "format-tak-cocok"
    assert refused(path, "pdf")[0].kode == "format-tak-dikenal"


def template(tmp_path, **rows):
    path = tmp_path / "templat.xlsx"
    write_template(path, IsiTemplat("Kabupaten Uji", "INST", ["struktural", "upt"], [("22", "II.b")],
                                    [("1.01", "Pendidikan")], ["npsn"], **rows))  # fmt: skip
    return path


def test_the_template_reads_back_what_was_written(tmp_path):
    path = template(
        tmp_path,
        unor=[("A", "", "Akar", "", "struktural", "", "", "", "", "", "", ""),
              ("B", "A", "=1+1", "Kepala", "upt", "22", "33.17", "1.01", "007", "Perbup", "Pasal 4", "12")],
        posisi=[("B", "Analis", "pelaksana", "", "tidak", 7, 0),
                ("B", "Arsiparis", "fungsional", "", "tidak", None, None)],
        kode=[("B", "npsn", "02031456")],
    )  # fmt: skip
    found = read_unor(path)
    assert (found.format, found.instansi) == ("xlsx", "INST")
    b = found.unor[1]
    assert (b.baris, b.id, b.nama, b.cepat_kode, b.pasal, b.halaman) == (
        3,
        "B",
        "=1+1",
        "007",
        "Pasal 4",
        "12",
    )
    assert [(p.baris, p.nama, p.kelas, p.k) for p in found.posisi] == [
        (2, "Analis", "7", "0"),
        (3, "Arsiparis", "", ""),
    ]
    assert (found.kode[0].kode, found.lembar) == ("02031456", ("Unor", "Posisi", "Kode"))
    sheet = openpyxl.load_workbook(path)
    assert sheet["Unor"]["C3"].data_type == "s"
    rules = {str(v.sqref).split(":")[0]: v.type for v in sheet["Posisi"].data_validations.dataValidation}
    assert rules["F2"] == "whole" and rules["G2"] == "whole" and rules["C2"] == "list"


def test_an_empty_template_has_no_rows_and_carries_no_boxes(tmp_path):
    found = read_unor(template(tmp_path))
    assert (found.unor, found.posisi, found.kode) == ([], None, [])


def workbook(tmp_path, sheets, name="buku.xlsx"):
    path = tmp_path / name
    book = xlsxwriter.Workbook(str(path))
    for title, rows, at in sheets:
        sheet = book.add_worksheet(title)
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                sheet.write(r + at[0], c + at[1], value)
    book.close()
    return path


def test_titles_may_stand_lower_and_be_called_otherwise(tmp_path):
    rows = [
        ["unit kerja", "KODE UNIT (lama)", "Kode", "Atasan Id"],
        ["Akar", "", 1, ""],
        ["Dinas", "", 2, 1.0],
    ]
    found = read_unor(workbook(tmp_path, [("Sheet1", rows, (4, 2))]))
    assert [(r.baris, r.id, r.atasan, r.nama) for r in found.unor] == [
        (6, "1", "", "Akar"),
        (7, "2", "1", "Dinas"),
    ]


def test_dotted_numbers_say_the_tree_when_no_column_does(tmp_path):
    rows = [["Nomor", "Nama Unor"], ["1", "Akar"], ["1.1", "Dinas"], ["1.1.2", "Bidang"], ["1.2.", "Badan"]]
    found = read_unor(workbook(tmp_path, [("Unor", rows, (0, 0))]))
    assert [(r.id, r.atasan) for r in found.unor] == [("1", ""), ("1.1", "1"), ("1.1.2", "1.1"), ("1.2", "1")]


def test_missing_sheets_and_titles_are_named(tmp_path):
    path = workbook(tmp_path, [("Satu", [["x"]], (0, 0)), ("Dua", [["y"]], (0, 0))])
    assert "Satu, Dua" in refused(path)[0].kalimat
    path = workbook(tmp_path, [("Unor", [["apa", "saja"]], (0, 0))])
    assert refused(path)[0].kode == "kolom-hilang" and "apa, saja" in refused(path)[0].kalimat


def test_formulas_without_a_stored_result_are_found(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["Id Unor", "Id Atasan", "Nama Unor"])
    book.active.append(["A", "", '=CONCATENATE("Di","nas")'])
    path = tmp_path / "rumus.xlsx"
    book.save(path)
    (finding,) = refused(path)
    assert (finding.kode, finding.baris, finding.kolom) == ("rumus-tanpa-hasil", 2, "C")


def test_locked_and_broken_workbooks_are_refused(tmp_path):
    path = tmp_path / "kunci.xlsx"
    path.write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    )
    assert refused(path)[0].kode == "berkas-berkata-sandi"
    whole = workbook(tmp_path, [("Unor", [["Id Unor", "Nama Unor"], ["A", "Akar"]], (0, 0))]).read_bytes()
    for cut in (len(whole) // 2, len(whole) - 30):
        path.write_bytes(whole[:cut])
        assert refused(path)[0].kode in ("berkas-terpotong", "tak-terbaca")
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5000))
    assert refused(path)[0].kode == "tak-terbaca"


def test_a_zip_bomb_is_refused_before_it_unfolds(tmp_path):
    path = tmp_path / "bom.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 60_000_000)
    assert refused(path)[0].kode == "berkas-mekar"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("catatan.txt", "halo")
    assert refused(path)[0].kode == "format-tak-dikenal"


def test_a_template_is_written_to_a_stream_as_well():
    out = io.BytesIO()
    write_template(out, IsiTemplat("X", "I", ["struktural"]))
    assert out.getvalue().startswith(b"PK")
