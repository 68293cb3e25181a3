"""Files into a draft: new ones by name, nothing twice, nothing lost, all or nothing."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from petajabatan.anjab.importers.tulis import write_workbook
from petajabatan.anjab.queries.tukar import Cakupan, draft_source, paket_of, published_source
from petajabatan.anjab.services.tukar import HasilImpor, export_infojab, import_infojab
from petajabatan.inti.actor import sistem
from petajabatan.inti.temuan import Ditolak
from petajabatan.referensi.services import load_shipped
from petajabatan.testing.factories import make_posisi
from petajabatan.usulan.models import Operasi, Usulan
from petajabatan.usulan.queries.isian import contents_of, sheets_of
from petajabatan.usulan.rules.operasi import BuatInfojab, TulisIsian
from petajabatan.usulan.services import add_operations, create_usulan, undo
from petajabatan.usulan.tests.conftest import Peta, make_peta
from petajabatan.usulan.tests.test_services_evaluasi import decide, write

pytestmark = pytest.mark.django_db
IKHTISAR = "Mengolah data pegawai dengan cara memeriksa berkas agar data selalu benar."


@pytest.fixture
def peta(db: None) -> Peta:
    return make_peta()


@pytest.fixture
def usulan(peta: Peta) -> Usulan:
    return create_usulan(peta.operator, peta.instansi.pk, judul="Informasi jabatan", layanan="infojab")


def begin(peta: Peta, usulan: Usulan) -> int:
    tasks = [{"uraian": "Memeriksa berkas", "hasil": "Berkas", "tahapan": ["Menerima", "Mencatat"]}]
    result = add_operations(
        peta.operator, usulan.pk,
        [BuatInfojab(id=-1, posisi_id=(peta.kotak.pk, peta.kotak_lain.pk)),
         TulisIsian(infojab_id=-1, bagian="ikhtisar", isi={"ikhtisar": IKHTISAR}),
         TulisIsian(infojab_id=-1, bagian="tugas_pokok", isi={"tugas_pokok": tasks}),
         TulisIsian(posisi_id=peta.kotak.pk, bagian="abk", isi={"baris": [
             {"uraian": "Memeriksa", "volume": "100", "norma": "3000.5", "tugas": 1}]})],
    )  # fmt: skip
    return result.id_baru[-1]


def exported(usulan: Usulan, folder: Path, bentuk: str = "xlsx") -> Path:
    path = folder / f"infojab.{bentuk}"
    with path.open("wb") as out:
        export_infojab(draft_source(usulan), Cakupan(), bentuk, out)
    return path


def book(folder: Path, **sheets: list[list[Any]]) -> Path:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name.replace("_", " "))
        for row in rows:
            sheet.append(row)
    path = folder / "isian.xlsx"
    made.save(path)
    return path


def bring(peta: Peta, usulan: Usulan, path: Path, **more: Any) -> HasilImpor:
    return import_infojab(peta.operator, usulan.pk, path, **more)


def codes(result: HasilImpor, tingkat: str = "galat") -> list[str]:
    return [t.kode for t in result.temuan if t.tingkat == tingkat]


@pytest.mark.parametrize("bentuk", ["xlsx", "json"])
def test_an_export_imported_unchanged_changes_nothing(
    peta: Peta, usulan: Usulan, tmp_path: Path, bentuk: str
) -> None:
    begin(peta, usulan)
    before = Usulan.objects.get(pk=usulan.pk).revisi
    result = bring(peta, usulan, exported(usulan, tmp_path, bentuk))
    assert (result.operasi, result.edit, result.temuan) == (0, None, [])
    assert Usulan.objects.get(pk=usulan.pk).revisi == before


@pytest.mark.parametrize("bentuk", ["xlsx", "json"])
def test_an_export_brought_into_another_draft_says_the_same_there(
    peta: Peta, usulan: Usulan, tmp_path: Path, bentuk: str
) -> None:
    key = begin(peta, usulan)
    other = create_usulan(peta.operator, peta.instansi.pk, judul="Lain", layanan="infojab")
    result = bring(peta, other, exported(usulan, tmp_path, bentuk))
    assert result.ok and result.baru == 1 and result.edit is not None
    boxes = {b.posisi_id: b for b in paket_of(draft_source(other), Cakupan()).kotak}
    made = boxes[peta.kotak.pk].infojab_id
    assert made == boxes[peta.kotak_lain.pk].infojab_id not in (None, key)
    assert contents_of(other, [made])[made] == contents_of(usulan, [key])[key]
    assert sheets_of(other, [peta.kotak.pk])[peta.kotak.pk].isi == boxes[peta.kotak.pk].abk
    assert boxes[peta.kotak.pk].abk == sheets_of(usulan, [peta.kotak.pk])[peta.kotak.pk].isi
    again = bring(peta, other, exported(usulan, tmp_path, bentuk))
    assert (again.operasi, again.baru) == (0, 0)


def test_a_cell_edited_in_a_spreadsheet_becomes_one_operation_and_is_undone_with_it(
    peta: Peta, usulan: Usulan, tmp_path: Path
) -> None:
    key = begin(peta, usulan)
    path = exported(usulan, tmp_path)
    opened = openpyxl.load_workbook(path)
    opened["Ikhtisar"]["D2"] = "=Menyusun laporan\ndengan cermat."
    opened["Ikhtisar"]["D2"].data_type = "s"
    opened.save(path)
    result = bring(peta, usulan, path)
    assert result.operasi == 1 and result.bagian_berubah == 1
    said = contents_of(usulan, [key])[key]
    assert said["ikhtisar"] == {"ikhtisar": "=Menyusun laporan\ndengan cermat."}
    undo(peta.operator, usulan.pk)
    assert contents_of(usulan, [key])[key]["ikhtisar"] == {"ikhtisar": IKHTISAR}


def test_new_informasi_jabatan_are_made_for_boxes_named_by_unit_and_jabatan(
    peta: Peta, usulan: Usulan, tmp_path: Path
) -> None:
    path = book(
        tmp_path,
        Ikhtisar=[["UNIT KERJA", "Nama Jabatan", "Ikhtisar"],
                  ["Bidang Anggaran", "pengadministrasi perkantoran", IKHTISAR],
                  ["Dinas Uji > Bidang Aset", "Pengadministrasi Perkantoran", "Menata arsip."]],
        Tugas_Pokok=[["Unit", "Jabatan", "Uraian", "Output"],
                     ["Bidang Anggaran", "Pengadministrasi Perkantoran", "Memeriksa", "Berkas"],
                     [None, None, "Menyusun", "Laporan"]],
        ABK=[["Unit", "Jabatan", "Uraian Tugas", "Volume", "Norma Waktu (jam)"],
             ["Bidang Anggaran", "Pengadministrasi Perkantoran", "Memeriksa", "1.250,5", 18]],
    )  # fmt: skip
    checked = bring(peta, usulan, path, periksa=True)
    assert checked.ok and checked.edit is None and not Operasi.objects.exists()
    result = bring(peta, usulan, path)
    assert result.ok and result.baru == 2, result.temuan
    boxes = {b.posisi_id: b for b in paket_of(draft_source(usulan), Cakupan()).kotak}
    said = contents_of(usulan, [boxes[peta.kotak.pk].infojab_id])[boxes[peta.kotak.pk].infojab_id]
    assert [t["uraian"] for t in said["tugas_pokok"]["tugas_pokok"]] == ["Memeriksa", "Menyusun"]
    assert boxes[peta.kotak.pk].abk["baris"][0]["volume"] == "1250.5"
    assert boxes[peta.kotak.pk].abk["baris"][0]["norma"] == "1080"
    again = bring(peta, usulan, path)
    assert (again.operasi, again.baru, again.edit) == (0, 0, None)


def test_unknown_names_get_candidates_with_sheet_row_and_column(
    peta: Peta, usulan: Usulan, tmp_path: Path
) -> None:
    path = book(
        tmp_path,
        Ikhtisar=[["Unit", "Jabatan", "Ikhtisar"],
                  ["", "Pengadministrasi Perkantoran", "a"],
                  ["Bidang Anggaran", "Pengadministrasi Perkantorn", "b"],
                  ["Bidang Anggran", "Pengadministrasi Perkantoran", "c"],
                  ["Bidang Anggaran", "Pengelola Dat", "d"]],
    )  # fmt: skip
    result = bring(peta, usulan, path)
    found = {t.baris: t for t in result.temuan}
    assert result.edit is None and not Operasi.objects.exists()
    assert found[2].kode == "unit-kosong" and "Bidang Aset" in found[2].kalimat
    assert (found[3].kode, found[3].tempat, found[3].kolom) == ("jabatan-tak-dikenal", "Ikhtisar", "Jabatan")
    assert "Pengadministrasi Perkantoran" in found[3].perbaikan
    assert found[4].kode == "unit-tak-dikenal" and "Bidang Anggaran" in found[4].perbaikan
    assert found[5].kode == "jabatan-tak-dikenal" and "Pengelola Data" in found[5].perbaikan


def test_a_wrong_section_stops_the_file_unless_it_is_to_be_left_out(
    peta: Peta, usulan: Usulan, tmp_path: Path
) -> None:
    row = ["Bidang Anggaran", "Pengadministrasi Perkantoran"]
    path = book(
        tmp_path,
        Ikhtisar=[["Unit", "Jabatan", "Ikhtisar"], [*row, IKHTISAR]],
        Wewenang=[["Unit", "Jabatan", "Wewenang"], [*row, "Menolak"], [*row, "kata " * 3000]],
    )
    result = bring(peta, usulan, path)
    found = next(t for t in result.temuan if t.tingkat == "galat")
    assert (found.kode, found.tempat, found.baris, found.kolom) == (
        "teks-terlalu-panjang", "Wewenang", 3, "Wewenang",
    )  # fmt: skip
    assert result.edit is None and not Operasi.objects.exists()
    partly = bring(peta, usulan, path, lewati_salah=True)
    assert partly.edit is not None and partly.bagian_salah == 1 and partly.bagian_berubah == 1


def test_a_section_that_a_file_does_not_have_stays_and_one_marked_is_emptied(
    peta: Peta, usulan: Usulan, tmp_path: Path
) -> None:
    key = begin(peta, usulan)
    path = book(tmp_path, Ikhtisar=[["Id Infojab", "Ikhtisar"], [key, "(kosongkan)"]])
    assert bring(peta, usulan, path).edit is not None
    assert set(contents_of(usulan, [key])[key]) == {"identitas", "tugas_pokok"}


def test_a_file_of_another_instansi_is_matched_by_names(peta: Peta, usulan: Usulan, tmp_path: Path) -> None:
    begin(peta, usulan)
    data = json.loads(exported(usulan, tmp_path, "json").read_text())
    data["instansi"]["id_siasn"] = "LAIN"
    other = create_usulan(peta.operator, peta.instansi.pk, judul="Lain", layanan="infojab")
    path = tmp_path / "lain.json"
    path.write_text(json.dumps(data))
    result = bring(peta, other, path)
    assert codes(result, "peringatan") == ["instansi-lain"] and result.baru == 1 and result.edit is not None


def test_a_file_cannot_say_that_a_factor_sheet_is_validated(
    peta: Peta, usulan: Usulan, tmp_path: Path
) -> None:
    key = begin(peta, usulan)
    sheet = {"jenis": "fungsional", "faktor": {"F1": {"level": 5, "alasan": "a"}}, "status": "sah"}
    add_operations(peta.operator, usulan.pk, [TulisIsian(infojab_id=key, bagian="evaluasi", isi=sheet)])
    data = json.loads(exported(usulan, tmp_path, "json").read_text())
    data["infojab"][0]["isi"]["evaluasi"]["faktor"]["F1"]["level"] = 6
    path = tmp_path / "isian.json"
    path.write_text(json.dumps(data))
    assert bring(peta, usulan, path).edit is not None
    said = contents_of(usulan, [key])[key]["evaluasi"]
    assert said["faktor"]["F1"]["level"] == 6 and said["status"] == "diisi"


@pytest.mark.parametrize("putusan", ["divalidasi", "dikembalikan"])
@pytest.mark.parametrize("bentuk", ["xlsx", "json"])
def test_an_export_with_a_decided_factor_sheet_imported_unchanged_changes_nothing(
    peta: Peta, usulan: Usulan, tmp_path: Path, bentuk: str, putusan: str
) -> None:
    key = begin(peta, usulan)
    load_shipped(sistem("uji"))
    write(peta.operator, usulan, key)
    decide(peta.penyetuju, usulan, key, putusan, "Alasan F3 kurang.")
    decided = contents_of(usulan, [key])[key]["evaluasi"]
    assert decided["status"] == putusan
    result = bring(peta, usulan, exported(usulan, tmp_path, bentuk))
    assert (result.operasi, result.edit, result.temuan) == (0, None, [])
    assert contents_of(usulan, [key])[key]["evaluasi"] == decided


def test_a_locked_draft_takes_no_file(peta: Peta, usulan: Usulan, tmp_path: Path) -> None:
    begin(peta, usulan)
    path = exported(usulan, tmp_path)
    Usulan.objects.filter(pk=usulan.pk).update(status="menunggu_persetujuan")
    Usulan.objects.filter(pk=usulan.pk).update(status="diajukan")
    with pytest.raises(Ditolak):
        bring(peta, usulan, path)


def test_a_unit_is_exported_with_everything_below_it_and_nothing_else(peta: Peta, usulan: Usulan) -> None:
    make_posisi(peta.seksi, "Pengelola Data", jenis="pelaksana", jabatan=peta.jabatan_lain, k=1)
    source = published_source(peta.instansi.pk)
    made = paket_of(source, Cakupan(unor_id=peta.bidang.pk))
    assert [box.nama for box in made.kotak] == [
        "Kepala Bidang Anggaran", "Pengadministrasi Perkantoran", "Kepala Seksi Pendataan", "Pengelola Data",
    ]  # fmt: skip
    out = io.BytesIO()
    write_workbook(out, made, source.isian)
    assert openpyxl.load_workbook(out)["Jabatan"].max_row == 5


@pytest.mark.parametrize("bentuk", ["xlsx", "json"])
def test_five_megabytes_in_one_field_are_refused_with_their_place_and_nothing_is_stored(
    peta: Peta, usulan: Usulan, tmp_path: Path, bentuk: str
) -> None:
    key = begin(peta, usulan)
    before = Usulan.objects.get(pk=usulan.pk).revisi
    path = tmp_path / f"besar.{bentuk}"
    if bentuk == "json":
        text = {"ikhtisar": {"ikhtisar": "kata " * 1_000_000}}
        path.write_text(json.dumps({"infojab": [{"id": key, "isi": text}]}))
    else:
        small = book(tmp_path, Ikhtisar=[["Id Infojab", "Ikhtisar"], [key, "PANJANG"]])
        with zipfile.ZipFile(small) as source, zipfile.ZipFile(path, "w") as target:
            for name in source.namelist():
                data = source.read(name).replace(b"PANJANG", b"kata " * 1_000_000)
                target.writestr(name, data)
    result = bring(peta, usulan, path)
    found = next(t for t in result.temuan if t.tingkat == "galat")
    assert (found.kode, "Ikhtisar" in found.kolom or found.kolom == "ikhtisar") == (
        "teks-terlalu-panjang",
        True,
    )
    assert found.tempat == ("Ikhtisar" if bentuk == "xlsx" else "infojab[1].ikhtisar")
    assert result.edit is None and Usulan.objects.get(pk=usulan.pk).revisi == before
