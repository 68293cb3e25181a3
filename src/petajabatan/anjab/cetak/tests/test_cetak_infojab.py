"""The printed form: seventeen sections in order, exact figures, text that stays text."""

from __future__ import annotations

import io
import zipfile

import openpyxl
from docx import Document
from pypdf import PdfReader
from pypdf.generic import Destination

from petajabatan.anjab.cetak.arsip import write_archive
from petajabatan.anjab.cetak.docx import write_docx
from petajabatan.anjab.cetak.pdf import write_pdf
from petajabatan.anjab.cetak.susunan import Blok
from petajabatan.anjab.cetak.tests import contoh
from petajabatan.anjab.cetak.xlsx import sheet_name, write_xlsx
from petajabatan.anjab.importers.masuk import read_infojab
from petajabatan.anjab.rules.tukar import meaning
from petajabatan.anjab.tests.contoh_infojab import HARI, ISIAN, stored
from petajabatan.jabatan.data_abk import limits

JUDUL = (
    "Nama jabatan", "Kode jabatan", "Unit kerja", "Ikhtisar jabatan", "Kualifikasi jabatan", "Tugas pokok",
    "Hasil kerja", "Bahan kerja", "Perangkat kerja", "Tanggung jawab", "Wewenang", "Korelasi jabatan",
    "Kondisi lingkungan kerja", "Risiko bahaya", "Syarat jabatan", "Prestasi kerja yang diharapkan",
    "Kelas jabatan",
)  # fmt: skip


def tasks() -> Blok:
    return contoh.cetakan().bagian[5].blok[0]


def test_the_form_has_its_seventeen_sections_in_order() -> None:
    parts = contoh.cetakan().bagian
    assert tuple(part.judul for part in parts) == JUDUL
    assert [part.nomor for part in parts] == list(range(1, 18))
    assert dict(parts[2].blok[0].baris)["e. Pengawas"] == "Subbagian Organisasi"
    assert dict(parts[2].blok[0].baris)["f. Pelaksana"] == "Penelaah Teknis Kebijakan"
    assert parts[16].blok[0].teks == "7"


def test_the_table_of_tasks_shows_hours_needs_and_the_exact_sum() -> None:
    block = tasks()
    assert [row[2:] for row in block.baris[:3]] == [
        ("12", "18", "1.250", "0,1728"), ("4", "60", "1.250", "0,1920"), ("24", "80", "1.250", "1,5360"),
    ]  # fmt: skip
    assert block.baris[0][0] == "Menyusun rencana kerja\na. Mengumpulkan bahan\nb. Menyusun konsep"
    assert block.baris[3][0] == "Menyiapkan rapat"
    assert block.kaki == (("JUMLAH", "3,9808"), ("JUMLAH PEGAWAI", "4"))


def test_rows_without_a_number_stand_beside_the_task_with_the_same_words() -> None:
    post = contoh.cetakan()
    words = ("menyusun rencana kerja", "Menelaah usulan organisasi.", "Menyusun laporan")
    post.kotak.abk = {"baris": [{"uraian": text, "volume": "12", "norma": "1080"} for text in words]}
    block = contoh.compose(post, contoh.abk_reference(HARI)).bagian[5].blok[0]
    assert len(block.baris) == 3
    assert [row[2] for row in block.baris] == ["12", "12", "12"]


def test_a_sheet_with_a_gap_prints_no_sum() -> None:
    post = contoh.cetakan()
    post.kotak.abk = {"baris": [{"uraian": "", "volume": "12", "norma": None, "tugas": 1}]}
    block = contoh.compose(post, contoh.abk_reference(HARI)).bagian[5].blok[0]
    assert block.kaki == (("JUMLAH", "–"), ("JUMLAH PEGAWAI", "4"))
    assert block.baris[0][3:] == ("–", "1.250", "–")


def test_a_pdf_has_a_bookmark_and_page_numbers_of_its_own_for_each_post() -> None:
    out = io.BytesIO()
    pages = write_pdf(contoh.cetak(12), out)
    reader = PdfReader(out)
    assert len(reader.pages) == pages
    marks = [mark for mark in reader.outline if isinstance(mark, Destination)]
    assert [mark.title for mark in marks] == [
        f"Penelaah Teknis Kebijakan {n} – Subbagian Organisasi" for n in range(1, 13)
    ]
    per_post = pages // 12
    starts = [reader.get_destination_page_number(mark) for mark in marks]
    assert starts == [n * per_post for n in range(12)]
    text = reader.pages[starts[11]].extract_text()
    assert f"Halaman 1 dari {per_post}" in text and "INFORMASI JABATAN" in text
    whole = " ".join(page.extract_text() for page in reader.pages[:per_post])
    assert (
        "JUMLAH PEGAWAI" in whole
        and "3,9808" in whole
        and "Tata laksana (3 tahun)" in whole
        and "KELAS JABATAN" in whole
    )


def test_markup_in_a_text_is_printed_as_it_stands() -> None:
    made = contoh.cetak()
    made.cetakan[0].isi = made.cetakan[0].isi | {"ikhtisar": {"ikhtisar": "#panic() $x$ *a* <b> & \\ " * 5}}
    contoh.compose(made.cetakan[0], contoh.abk_reference(HARI))
    out = io.BytesIO()
    write_pdf(made, out)
    assert "#panic() $x$ *a* <b>" in PdfReader(out).pages[0].extract_text()
    word = io.BytesIO()
    write_docx(made, word)
    assert any("#panic() $x$ *a* <b> &" in p.text for p in Document(word).paragraphs)


def test_a_docx_holds_all_sections_and_tables_and_survives_characters_xml_does_not_have() -> None:
    made = contoh.cetak(2)
    made.cetakan[1].isi = made.cetakan[1].isi | {"wewenang": {"wewenang": [{"teks": "a\x0bb\ufffe & <c>"}]}}
    contoh.compose(made.cetakan[1], contoh.abk_reference(HARI))
    out = io.BytesIO()
    write_docx(made, out)
    doc = Document(out)
    heads = [p.text for p in doc.paragraphs if p.text[:2].strip(".").isdigit()]
    assert [h.split(". ", 1)[1].split(":")[0] for h in heads] == [t.upper() for t in JUDUL] * 2
    table = next(t for t in doc.tables if t.cell(0, 1).text == "Uraian tugas")
    assert table.cell(1, 6).text == "0,1728" and table.rows[-1].cells[-1].text == "4"
    assert any("ab & <c>" in c.text for t in doc.tables for row in t.rows for c in row.cells)


def test_the_printed_workbook_is_a_local_layout_that_the_import_reads_whole(tmp_path) -> None:
    path = tmp_path / "cetak.xlsx"
    with path.open("wb") as out:
        write_xlsx(contoh.cetak(), out)
    reading = read_infojab(path, path.name, ISIAN, limits(HARI))
    assert not [t for t in reading.temuan if t.tingkat != "catatan"]
    said = {part.bagian: meaning(stored(part.bagian, part.isi)) for _, part in reading.bagian}
    # Work that belongs to no task is printed below the tasks, and read as tasks of its own.
    tasks = said.pop("tugas_pokok")["tugas_pokok"]
    assert tasks[:3] == meaning(stored("tugas_pokok", contoh.ISI["tugas_pokok"]))["tugas_pokok"]
    for bagian in contoh.ISI.keys() - {"identitas", "syarat", "tugas_pokok"}:
        assert said[bagian] == meaning(stored(bagian, contoh.ISI[bagian])), bagian
    assert said["identitas"]["nama_jabatan"] == "Penelaah Teknis Kebijakan"
    wanted = meaning(stored("syarat", contoh.ISI["syarat"]))
    assert said["syarat"] == wanted
    rows = said["abk"]["baris"]
    assert [(r["volume"], r["norma"]) for r in rows] == [
        (r["volume"], r["norma"]) for r in contoh.ABK["baris"]
    ]
    owner = reading.jabatan[0].rujukan
    assert owner.unit == "Biro Umum › Bagian Organisasi › Subbagian Organisasi" and owner.posisi == "1"


def test_text_that_begins_like_a_formula_stays_text_on_the_printed_sheet() -> None:
    made = contoh.cetak()
    made.cetakan[0].isi = made.cetakan[0].isi | {"wewenang": {"wewenang": [{"teks": "=HYPERLINK(1)"}]}}
    contoh.compose(made.cetakan[0], contoh.abk_reference(HARI))
    out = io.BytesIO()
    write_xlsx(made, out)
    cells = [c for row in openpyxl.load_workbook(out).active.iter_rows() for c in row]
    cell = next(c for c in cells if c.value == "=HYPERLINK(1)")
    assert cell.data_type == "s" and cell.quotePrefix


def test_sheet_names_are_accepted_and_different() -> None:
    taken: set[str] = set()
    names = [sheet_name(n, taken) for n in ("A/B:C?", "a b c", "x" * 40, "X" * 40, "'", "")]
    assert len({n.casefold() for n in names}) == 6 and all(0 < len(n) <= 31 for n in names)


def test_an_archive_has_a_pdf_and_a_docx_for_each_post_in_the_folder_of_its_unit() -> None:
    out = io.BytesIO()
    write_archive(contoh.cetak(3), out)
    with zipfile.ZipFile(out) as archive:
        names = archive.namelist()
        assert len(names) == 6 and all(n.startswith("001 Subbagian Organisasi/") for n in names)
        first = PdfReader(io.BytesIO(archive.read(names[0])))
        assert "PENELAAH TEKNIS KEBIJAKAN 1" in first.pages[0].extract_text()
        assert f"Halaman 1 dari {len(first.pages)}" in first.pages[0].extract_text()
