"""The layouts offices use: one sheet per post, titles as anchors, tables below, cells merged."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from petajabatan.anjab.cetak.sumber import load_print
from petajabatan.anjab.cetak.xlsx import write_xlsx
from petajabatan.anjab.importers.masuk import read_infojab
from petajabatan.anjab.queries.tukar import Cakupan, draft_source, paket_of
from petajabatan.anjab.rules.padan_tukar import Padanan
from petajabatan.anjab.rules.tukar import Bacaan, KotakTukar, Rujukan
from petajabatan.anjab.services.tukar import import_infojab
from petajabatan.anjab.tests.contoh_infojab import HARI, ISIAN
from petajabatan.jabatan.data_abk import limits
from petajabatan.testing.factories import make_posisi
from petajabatan.usulan.queries.isian import contents_of
from petajabatan.usulan.rules.operasi import BuatInfojab, TulisIsian
from petajabatan.usulan.services import add_operations, create_usulan
from petajabatan.usulan.tests.conftest import Peta, make_peta

LEMBAR: list[list[Any]] = [
    ["", "INFORMASI JABATAN"],
    [],
    ["1.", "NAMA JABATAN", ":", "Pengadministrasi Perkantoran"],
    ["2.", "KODE JABATAN", ":", "---"],
    ["3.", "UNIT KERJA", ":"],
    ["", "a. JPT Utama", ":", "-"],
    ["", "c. JPT Pratama", ":", "Kepala Dinas"],
    ["", "d. Administrator", ":", "Kepala Bidang Anggaran"],
    ["", "f. Pelaksana", ":", "Pengadministrasi Perkantoran"],
    ["4.", "IKHTISAR JABATAN", ":", "Mengolah surat dengan cara memeriksa agar tertib."],
    ["5.", "KUALIFIKASI JABATAN"],
    ["", "a. Pendidikan Formal", ":", "SMA/sederajat"],
    ["", "", "", "D-3 Administrasi"],
    ["", "b. Pendidikan dan Pelatihan"],
    ["", "Manajerial", ":", "-"],
    ["", "Teknis", ":", "Kearsipan; Tata naskah"],
    ["", "c. Pengalaman Kerja", ":", "1 tahun"],
    ["6.", "TUGAS POKOK"],
    [
        "No",
        "Uraian Tugas",
        "Hasil Kerja",
        "Jumlah Hasil",
        "Waktu Penyelesaian",
        "Waktu Efektif",
        "Kebutuhan Pegawai",
    ],
    ["", "", "", "", "(jam)", "(jam)", ""],
    ["1", "2", "3", "4", "5", "6", "7"],
    [1, "Menerima surat masuk", "Surat", "1.200", "0,5", 1250, 0.48],
    ["", "a. mencatat"],
    ["", "b. meneruskan"],
    [2, "Mengarsip surat\na. memilah\nb. menyimpan", "Arsip", 240, 2, 1250, 0.384],
    ["", "JUMLAH", "", "", "", "", 0.864],
    ["", "JUMLAH PEGAWAI", "", "", "", "", 1],
    ["7.", "HASIL KERJA"],
    ["No", "Hasil Kerja", "Satuan Hasil"],
    [1, "Surat tercatat", "Surat"],
    ["8.", "BAHAN KERJA"],
    ["No", "Bahan Kerja", "Penggunaan dalam Tugas"],
    [1, "Surat", "Bahan catatan"],
    ["", "", "dan arsip"],
    ["10.", "TANGGUNG JAWAB"],
    ["a.", "Kelengkapan"],
    ["", "berkas surat"],
    ["b.", "Kerapian"],
    ["12.", "KORELASI JABATAN"],
    ["No", "Nama Jabatan", "Unit Kerja/Instansi", "Dalam Hal"],
    [1, "Kepala Bidang", "Bidang Anggaran", "Laporan"],
    ["13.", "KONDISI LINGKUNGAN KERJA"],
    ["No", "Aspek", "Faktor"],
    [1, "Tempat kerja", "Dalam ruangan"],
    [2, "Keadaan tempat kerja", "Bersih"],
    ["15.", "SYARAT JABATAN"],
    ["", "b. Bakat Kerja", ":", "Q = Ketelitian"],
    ["", "", "", "V (Verbal)"],
    ["", "e. Upaya Fisik", ":", "Duduk, berbicara"],
    ["", "f. Kondisi Fisik"],
    ["", "1) Jenis kelamin", ":", "Pria/Wanita"],
    ["16.", "PRESTASI KERJA YANG DIHARAPKAN", ":", "Baik"],
    ["17.", "KELAS JABATAN", ":", "5"],
]


def book(folder: Path, rows: list[list[Any]] = LEMBAR, **sheets: list[list[Any]]) -> Path:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, lines in ({"Pengadministrasi": rows} | sheets).items():
        sheet = made.create_sheet(name)
        for r, line in enumerate(lines, 1):
            for c, value in enumerate(line, 1):
                if value != "":
                    sheet.cell(r, c).value = value
    path = folder / "setempat.xlsx"
    made.save(path)
    return path


def read(path: Path) -> Bacaan:
    return read_infojab(path, path.name, ISIAN, limits(HARI))


def said(reading: Bacaan) -> dict[str, Any]:
    return {part.bagian: part.isi for _, part in reading.bagian}


def test_a_post_on_one_sheet_is_read_section_by_section(tmp_path: Path) -> None:
    reading = read(book(tmp_path))
    owner = reading.jabatan[0].rujukan
    assert (owner.jabatan, owner.unit) == (
        "Pengadministrasi Perkantoran",
        "Kepala Dinas › Kepala Bidang Anggaran",
    )
    isi = said(reading)
    assert isi["identitas"] == {"nama_jabatan": "Pengadministrasi Perkantoran"}
    assert isi["ikhtisar"] == {"ikhtisar": "Mengolah surat dengan cara memeriksa agar tertib."}
    assert isi["kualifikasi"] == {
        "pendidikan": [{"teks": "SMA/sederajat"}, {"teks": "D-3 Administrasi"}],
        "diklat_kepemimpinan": [{"teks": "-"}],
        "diklat_teknis": [{"teks": "Kearsipan"}, {"teks": "Tata naskah"}],
        "pengalaman": [{"teks": "1 tahun"}],
    }
    assert isi["tugas_pokok"]["tugas_pokok"] == [
        {"uraian": "Menerima surat masuk", "hasil": "Surat", "tahapan": ["mencatat", "meneruskan"]},
        {"uraian": "Mengarsip surat", "hasil": "Arsip", "tahapan": ["memilah", "menyimpan"]},
    ]
    assert [(r["tugas"], r["volume"], r["norma"]) for r in isi["abk"]["baris"]] == [
        (1, "1200", "30"), (2, "240", "120"),
    ]  # fmt: skip
    assert isi["hasil_kerja"]["hasil_kerja"] == [{"hasil": "Surat tercatat", "satuan": "Surat"}]
    assert isi["bahan_kerja"]["bahan_kerja"] == [{"bahan": "Surat", "penggunaan": "Bahan catatan\ndan arsip"}]
    assert isi["tanggung_jawab"]["tanggung_jawab"] == [
        {"teks": "Kelengkapan berkas surat"},
        {"teks": "Kerapian"},
    ]
    assert isi["korelasi"]["korelasi"] == [
        {"jabatan": "Kepala Bidang", "unit": "Bidang Anggaran", "hal": "Laporan"}
    ]
    assert isi["lingkungan"] == {"lokasi": "Dalam ruangan", "keadaan_tempat": "Bersih"}
    assert isi["syarat"] == {
        "bakat": [{"kode": "Q", "teks": "Ketelitian"}, {"kode": "V", "teks": "Verbal"}],
        "upaya_fisik": [{"teks": "Duduk"}, {"teks": "berbicara"}],
        "jenis_kelamin": "Pria/Wanita",
    }
    assert isi["prestasi"] == {"prestasi": "Baik"}
    assert [t.kode for t in reading.temuan] == ["kelas-tidak-dibaca"]


def test_sheets_that_are_no_posts_are_told_and_left_out(tmp_path: Path) -> None:
    reading = read(book(tmp_path, Rekap=[["No", "Nama", "Jumlah"], [1, "a", 2]]))
    assert [(t.kode, t.tempat) for t in reading.temuan if t.kode != "kelas-tidak-dibaca"] == [
        ("lembar-dilewati", "Rekap")
    ]
    assert len(reading.jabatan) == 1


def test_a_figure_that_cannot_be_read_is_told_with_sheet_row_and_column(tmp_path: Path) -> None:
    rows = [list(row) for row in LEMBAR]
    rows[21][3] = "banyak"
    found = [t for t in read(book(tmp_path, rows)).temuan if t.tingkat == "galat"]
    assert [(t.kode, t.tempat, t.baris, t.kolom) for t in found] == [
        ("abk-bukan-angka", "Pengadministrasi", 22, "Jumlah Hasil")
    ]


@pytest.mark.parametrize("numbered", [True, False])
def test_titles_without_numbers_in_capitals_are_titles_too(tmp_path: Path, numbered: bool) -> None:
    rows: list[list[Any]] = [
        ["NAMA JABATAN : Pengelola Data"], ["IKHTISAR JABATAN"], ["Menyusun laporan."], ["WEWENANG"],
        ["1. Menolak berkas"], ["2. Meminta data"], ["HASIL KERJA"],
        ["Hasil Kerja", "Satuan"], ["Laporan", "Naskah"],
    ]  # fmt: skip
    if numbered:
        rows = [
            [f"{'IVX'[n % 3]}. {row[0]}", *row[1:]] if row[0].isupper() else row for n, row in enumerate(rows)
        ]
    isi = said(read(book(tmp_path, rows)))
    assert isi["identitas"] == {"nama_jabatan": "Pengelola Data"}
    assert isi["ikhtisar"] == {"ikhtisar": "Menyusun laporan."}
    assert isi["wewenang"] == {"wewenang": [{"teks": "Menolak berkas"}, {"teks": "Meminta data"}]}
    assert isi["hasil_kerja"] == {"hasil_kerja": [{"hasil": "Laporan", "satuan": "Naskah"}]}


@pytest.mark.django_db
def test_a_local_file_fills_the_box_of_its_unit_and_twice_is_once(tmp_path: Path) -> None:
    peta: Peta = make_peta()
    usulan = create_usulan(peta.operator, peta.instansi.pk, judul="Setempat", layanan="infojab")
    path = book(tmp_path)
    result = import_infojab(peta.operator, usulan.pk, path)
    assert result.edit is not None and result.baru == 1, result.temuan
    box = next(b for b in paket_of(draft_source(usulan), Cakupan()).kotak if b.posisi_id == peta.kotak.pk)
    assert box.infojab_id is not None and box.abk is not None and box.k == 1
    tasks = contents_of(usulan, [box.infojab_id])[box.infojab_id]["tugas_pokok"]["tugas_pokok"]
    assert [(t["id"], t["uraian"]) for t in tasks] == [(1, "Menerima surat masuk"), (2, "Mengarsip surat")]
    assert [row["tugas"] for row in box.abk["baris"]] == [1, 2]
    again = import_infojab(peta.operator, usulan.pk, path)
    assert (again.operasi, again.baru) == (0, 0)


def test_units_of_the_same_name_are_told_apart_by_the_units_above_them() -> None:
    boxes = [
        KotakTukar(
            n, 10 + n, "Subbagian Umum", f"{dinas} › Sekretariat › Subbagian Umum", "Arsiparis", "pelaksana"
        )
        for n, dinas in enumerate(("Dinas Kesehatan", "Dinas Pendidikan"), 1)
    ]
    match = Padanan(boxes, {}, lambda _: [], "Pemerintah Uji", longgar=True)

    def found(unit: str) -> int | None:
        return match.box(Rujukan(unit=unit, jabatan="Arsiparis"), "Lembar", 1)

    assert found("Dinas Pendidikan › Sekretariat › Subbagian Umum") == 2
    # Levels in the order of the form, not of the map, and a unit above that the map does not know.
    assert found("Sekretariat Daerah › Subbagian Umum › Dinas Kesehatan") == 1
    assert found("Sekretariat › Subbagian Umum") is None
    (told,) = match.temuan
    assert told.kode == "jabatan-ganda" and "UNIT KERJA" in told.perbaikan


@pytest.mark.django_db
def test_our_printed_workbook_comes_back_to_the_boxes_it_was_printed_from(tmp_path: Path) -> None:
    peta: Peta = make_peta()
    twin = make_posisi(peta.bidang, peta.jabatan.nama or "", jenis="pelaksana", jabatan=peta.jabatan, k=1)
    usulan = create_usulan(peta.operator, peta.instansi.pk, judul="Cetak", layanan="infojab")
    for box, said in ((peta.kotak, "Satu"), (twin, "Dua")):
        add_operations(peta.operator, usulan.pk, [
            BuatInfojab(id=-1, posisi_id=(box.pk,)),
            TulisIsian(infojab_id=-1, bagian="ikhtisar", isi={"ikhtisar": f"{said} dengan cara itu."}),
        ])  # fmt: skip
    path = tmp_path / "cetak.xlsx"
    with path.open("wb") as out:
        write_xlsx(load_print(draft_source(usulan), Cakupan(), "Cetak"), out)
    other = create_usulan(peta.operator, peta.instansi.pk, judul="Lain", layanan="infojab")
    result = import_infojab(peta.operator, other.pk, path)
    assert result.ok and result.baru == 2, result.temuan
    boxes = {b.posisi_id: b.infojab_id for b in paket_of(draft_source(other), Cakupan()).kotak}
    said = contents_of(other, [boxes[peta.kotak.pk] or 0, boxes[twin.pk] or 0])
    assert said[boxes[twin.pk] or 0]["ikhtisar"] == {"ikhtisar": "Dua dengan cara itu."}
    opened = openpyxl.load_workbook(path)
    assert opened["Petajabatan"].sheet_state == "hidden"
    opened.remove(opened["Petajabatan"])
    opened.save(path)
    again = import_infojab(peta.operator, usulan.pk, path)
    assert {t.kode for t in again.temuan if t.tingkat == "galat"} == {"jabatan-ganda"}
