"""A draft as a workbook and back."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from petajabatan.jabatan.services import import_unor, write_map_template
from petajabatan.usulan.models import Operasi, Usulan
from petajabatan.usulan.queries.draf import net_changes, whole_draft
from petajabatan.usulan.queries.pandangan import PandanganDraf
from petajabatan.usulan.rules import operasi as op
from petajabatan.usulan.services import add_operations, create_usulan, undo
from petajabatan.usulan.services.lembar import import_sheet
from petajabatan.usulan.services.lembar_keluar import export_draft
from petajabatan.usulan.tests.conftest import Peta
from petajabatan.usulan.tests.pembuat import account

pytestmark = pytest.mark.django_db


@pytest.fixture
def usulan(peta: Peta) -> Usulan:
    made = create_usulan(peta.operator, peta.instansi.pk, judul="Lembar")
    add_operations(
        peta.operator, made.pk,
        [op.TambahUnor(id=-1, atasan_id=peta.dinas.pk, nama="Bidang Baru", nama_jabatan="Kepala Bidang Baru",
                       eselon="31"),
         op.TambahPosisi(unor_id=-1, jenis_posisi="pelaksana", jabatan_id=peta.jabatan.pk, k=2)],
    )  # fmt: skip
    return made


@pytest.fixture
def berkas(peta: Peta, usulan: Usulan, tmp_path: Path) -> Path:
    path = tmp_path / "draf.xlsx"
    export_draft(peta.operator, usulan.pk, path)
    return path


def edited(path: Path, change) -> Path:
    book = load_workbook(path)
    change(book["Unor"], book["Posisi"])
    book.save(path)
    return path


def row_of(sheet, nama: str, column: int = 3) -> int:
    return next(n for n in range(2, sheet.max_row + 1) if sheet.cell(n, column).value == nama)


def test_a_workbook_brought_back_unchanged_changes_nothing(peta: Peta, usulan: Usulan, berkas: Path) -> None:
    before = net_changes(usulan)
    result = import_sheet(peta.operator, usulan.pk, berkas)
    assert (result.ok, result.operasi, result.edit) == (True, 0, None), result.temuan
    assert net_changes(usulan) == before


def test_what_was_edited_in_the_spreadsheet_becomes_operations(
    peta: Peta, usulan: Usulan, berkas: Path
) -> None:
    def change(unor, posisi) -> None:
        unor.cell(row_of(unor, "Bidang Aset"), 3).value = "Bidang Asset"
        unor.cell(row_of(unor, "Seksi Pendataan"), 2).value = unor.cell(row_of(unor, "Bidang Asset"), 1).value
        n = unor.max_row + 1
        for column, value in (
            (1, "BARU-1"),
            (2, unor.cell(row_of(unor, "Bidang Baru"), 1).value),
            (3, "Seksi Anggaran"),
            (4, "Kepala Seksi Anggaran"),
            (6, "41"),
        ):
            unor.cell(n, column).value = value
        p = row_of(posisi, peta.jabatan.nama, 2)
        posisi.cell(p, 7).value = 8
        m = posisi.max_row + 1
        for column, value in (
            (1, "BARU-1"),
            (2, peta.jabatan_lain.nama),
            (3, "pelaksana"),
            (5, "tidak"),
            (6, 6),
            (7, 1),
        ):
            posisi.cell(m, column).value = value

    result = import_sheet(peta.operator, usulan.pk, edited(berkas, change))
    assert result.ok and result.edit is not None, result.temuan
    assert result.per_jenis == {
        "koreksi-nama": 1, "pindah-unor": 1, "tambah-unor": 1, "ubah-k": 1, "tambah-posisi": 1,
    }  # fmt: skip
    view = whole_draft(usulan)
    made = next(u for u in view.units() if u.nama == "Seksi Anggaran")
    assert [(p.nama, p.kepala) for p in view.kotak([made.id])[made.id]] == [
        ("Kepala Seksi Anggaran", True), (peta.jabatan_lain.nama, False),
    ]  # fmt: skip
    moved = PandanganDraf(usulan).keadaan("unor", [peta.seksi.pk])[peta.seksi.pk].isi
    assert moved is not None and moved.atasan_id == peta.bidang_lain.pk
    assert Operasi.objects.filter(usulan=usulan, alasan__startswith="Impor lembar kerja").exists()


def _new_rows(*rows):
    """An edit of the workbook that adds units below Bidang Baru: (id, name)."""

    def change(unor, posisi) -> None:
        above = unor.cell(row_of(unor, "Bidang Baru"), 1).value
        for key, nama in rows:
            n = unor.max_row + 1
            for column, value in ((1, key), (2, above), (3, nama), (4, f"Kepala {nama}"), (6, "41")):
                unor.cell(n, column).value = value

    return change


def test_the_same_workbook_twice_knows_its_new_rows_again(peta: Peta, usulan: Usulan, berkas: Path) -> None:
    edited(berkas, _new_rows(("BARU-1", "Seksi Anggaran"), (None, "Seksi Arsip")))

    def box(unor, posisi) -> None:
        m = posisi.max_row + 1
        values = ("BARU-1", peta.jabatan_lain.nama, "pelaksana", None, "tidak", 6, 1)
        for column, value in enumerate(values, 1):
            posisi.cell(m, column).value = value

    edited(berkas, box)
    first = import_sheet(peta.operator, usulan.pk, berkas, lewati_ditolak=True)
    assert first.per_jenis == {"tambah-unor": 2, "tambah-posisi": 1}, first.temuan
    before = net_changes(usulan)
    again = import_sheet(peta.operator, usulan.pk, berkas, lewati_ditolak=True)
    assert (again.ok, again.operasi, again.edit) == (True, 0, None), again.temuan
    assert net_changes(usulan) == before
    # Taken back, the rows are new again.
    undo(peta.operator, usulan.pk)
    assert import_sheet(peta.operator, usulan.pk, berkas).per_jenis == first.per_jenis


def test_a_key_used_in_another_copy_or_a_newer_workbook_is_another_unit(
    peta: Peta, usulan: Usulan, berkas: Path, tmp_path: Path
) -> None:
    other = tmp_path / "lain.xlsx"
    export_draft(peta.operator, usulan.pk, other)
    import_sheet(peta.operator, usulan.pk, edited(berkas, _new_rows(("BARU-1", "Seksi Anggaran"))))
    newer = tmp_path / "baru.xlsx"
    export_draft(peta.operator, usulan.pk, newer)
    result = import_sheet(peta.operator, usulan.pk, edited(newer, _new_rows(("BARU-1", "Seksi Arsip"))))
    assert result.ok and result.per_jenis == {"tambah-unor": 1}, result.temuan
    colleague = account("rekan", "instansi-operator-sotk", "instansi", instansi_id=peta.instansi.pk)
    result = import_sheet(
        colleague, usulan.pk, edited(other, _new_rows(("BARU-1", "Seksi Statistik"))), lengkap=False
    )
    assert result.ok and result.per_jenis == {"tambah-unor": 1}, result.temuan


def test_a_new_row_needs_no_id(peta: Peta, usulan: Usulan, berkas: Path) -> None:
    def change(unor, posisi) -> None:
        n = unor.max_row + 1
        above = unor.cell(row_of(unor, "Bidang Baru"), 1).value
        for column, value in ((2, above), (3, "Seksi Statistik"), (4, "Kepala Seksi Statistik"), (6, "41")):
            unor.cell(n, column).value = value

    result = import_sheet(peta.operator, usulan.pk, edited(berkas, change))
    assert result.ok and result.per_jenis == {"tambah-unor": 1}, result.temuan
    assert any(u.nama == "Seksi Statistik" for u in whole_draft(usulan).units())


def test_a_reorganisation_hidden_in_a_spreadsheet_is_named_by_sheet_and_row(
    peta: Peta, usulan: Usulan, berkas: Path
) -> None:
    place = {}

    def change(unor, posisi) -> None:
        place["row"] = row_of(unor, "Bidang Aset")
        unor.cell(place["row"], 3).value = "Bidang Perbendaharaan"
        posisi.cell(row_of(posisi, peta.jabatan.nama, 2), 7).value = 5

    path = edited(berkas, change)
    result = import_sheet(peta.operator, usulan.pk, path)
    assert not result.ok and result.edit is None and result.ditolak == 1
    (found,) = (t for t in result.temuan if t.kode == "bukan-koreksi")
    assert (found.tempat, found.baris) == ("Unor", place["row"])
    taken = import_sheet(peta.operator, usulan.pk, path, lewati_ditolak=True)
    assert taken.edit is not None and taken.per_jenis == {"ubah-k": 1}


def test_a_row_that_is_gone_removes_the_unit_unless_people_sit_there(
    peta: Peta, usulan: Usulan, berkas: Path
) -> None:
    def change(unor, posisi) -> None:
        for name in ("Seksi Pendataan", "Bidang Anggaran"):
            n = row_of(unor, name)
            key = unor.cell(n, 1).value
            unor.delete_rows(n)
            for m in range(posisi.max_row, 1, -1):
                if posisi.cell(m, 1).value == key:
                    posisi.delete_rows(m)

    result = import_sheet(peta.operator, usulan.pk, edited(berkas, change), periksa=True)
    assert {t.kode for t in result.temuan} >= {"hapus-tanpa-penerus"}
    assert result.edit is None


def test_a_file_that_does_not_hold_together_is_refused_whole(
    peta: Peta, usulan: Usulan, berkas: Path
) -> None:
    def change(unor, posisi) -> None:
        unor.cell(row_of(unor, "Bidang Aset"), 2).value = "TIDAK-ADA"

    before = net_changes(usulan)
    result = import_sheet(peta.operator, usulan.pk, edited(berkas, change))
    assert not result.ok and net_changes(usulan) == before


def test_a_unit_file_of_a_living_map_becomes_a_draft(peta: Peta, tmp_path: Path) -> None:
    def change(unor, posisi) -> None:
        unor.cell(row_of(unor, "Bidang Aset"), 3).value = "Bidang Asset"

    path = tmp_path / "templat.xlsx"
    write_map_template(peta.operator, peta.instansi.pk, path)
    assert import_unor(peta.operator, peta.instansi.pk, path).versi_baru is False
    create_usulan(peta.operator, peta.instansi.pk, judul="Sudah ada usulan")
    changed = edited(path, change)
    checked = import_unor(peta.operator, peta.instansi.pk, changed, periksa=True)
    assert checked.ok and checked.diubah == 1 and checked.usulan_id is None
    done = import_unor(peta.operator, peta.instansi.pk, changed)
    usulan = Usulan.objects.get(pk=done.usulan_id)
    assert (usulan.jenis, done.versi, done.versi_baru) == ("injeksi", 1, False)
    assert [p.sesudah.isi.nama for p in net_changes(usulan) if p.objek == "unor"] == ["Bidang Asset"]
    assert import_unor(peta.operator, peta.instansi.pk, changed).usulan_id == usulan.pk
    assert Usulan.objects.filter(jenis="injeksi").count() == 1
    assert not import_unor(peta.operator, peta.instansi.pk, tmp_path / "tidak-ada.xlsx").ok


def test_the_workbook_of_a_draft_explains_the_workbook_of_a_draft(usulan: Usulan, berkas: Path) -> None:
    sheet = load_workbook(berkas)["Petunjuk"]
    text = "\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value)
    assert f"Lembar kerja usulan {usulan.nomor}" in text and "Operasi terakhir" in text
    assert "satu operasi usulan" in text and "penerus" in text
    for of_the_template in ("Templat unit organisasi", "berakhir pada versi baru", "tombol Periksa"):
        assert of_the_template not in text


def test_what_others_did_since_the_workbook_was_written_is_not_undone_by_it(
    peta: Peta, usulan: Usulan, berkas: Path
) -> None:
    add_operations(
        peta.operator, usulan.pk,
        [op.UbahK(posisi_id=peta.kotak.pk, k=7, sumber="abk"),
         op.HapusPosisi(posisi_id=peta.kotak_lain.pk, penerus=peta.kotak.pk),
         op.TambahUnor(id=-1, atasan_id=peta.bidang.pk, nama="Seksi Susulan", eselon="41")],
    )  # fmt: skip
    later = net_changes(usulan)

    def change(unor, posisi) -> None:
        unor.cell(row_of(unor, "Bidang Aset"), 3).value = "Bidang Asset"

    path = edited(berkas, change)
    result = import_sheet(peta.operator, usulan.pk, path)
    assert result.edit is None and net_changes(usulan) == later
    stale = [t for t in result.temuan if t.kode == "lembar-tertinggal"]
    assert len(stale) == 3 and result.ditolak == 3, result.temuan
    assert all("sesudah lembar kerja ini diunduh" in t.kalimat for t in stale)
    # What was really edited in the sheet can be taken; what others did stays.
    taken = import_sheet(peta.operator, usulan.pk, path, lewati_ditolak=True)
    assert taken.per_jenis == {"koreksi-nama": 1}
    view = whole_draft(usulan)
    names = {u.nama for u in view.units()}
    assert {"Bidang Asset", "Seksi Susulan"} <= names
    boxes = {b.id: b for b in view.boxes()}
    assert boxes[peta.kotak.pk].k == 7 and peta.kotak_lain.pk not in boxes


def test_the_workbook_of_another_usulan_is_refused(peta: Peta, usulan: Usulan, berkas: Path) -> None:
    other = create_usulan(peta.operator, peta.instansi.pk, judul="Lain")
    result = import_sheet(peta.operator, other.pk, berkas)
    assert [t.kode for t in result.temuan] == ["usulan-lain"] and not result.terbaca
    assert not net_changes(other)
