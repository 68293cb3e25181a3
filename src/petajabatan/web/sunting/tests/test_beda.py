"""The difference a draft makes: on screen, as annex; conflicts; pasted rows; forms of the drawer."""

from __future__ import annotations

import io

import openpyxl
import pytest
from pypdf import PdfReader

from petajabatan.organisasi.models import UnorRiwayat
from petajabatan.testing.factories import make_unor, make_version
from petajabatan.usulan.models import KonflikUsulan, Operasi
from petajabatan.usulan.queries.draf import net_changes
from petajabatan.usulan.queries.perbedaan import draft_difference
from petajabatan.usulan.rules.objek import OBJEK_PETA
from petajabatan.web.sunting.beda import per_kelas
from petajabatan.web.sunting.konteks import draft_for
from petajabatan.web.sunting.lampiran import annex_pdf, annex_xlsx, content_of
from petajabatan.web.sunting.tempel import split_rows

pytestmark = pytest.mark.django_db


def changed(layar) -> None:
    p = layar.peta
    layar.ubah(
        {"jenis": "tambah-unor", "atasan_id": p.dinas.pk, "nama": "=Bidang Baru"},
        {"jenis": "ubah-k", "posisi_id": p.kotak.pk, "k": 9},
        {"jenis": "hapus-unor", "unor_id": p.seksi.pk, "penerus": [p.bidang.pk]},
        dasar_hukum_id=p.dasar.pk,
        alasan="penyederhanaan",
    )


def test_the_list_says_what_changed_and_on_which_legal_basis(layar):
    changed(layar)
    text = layar.client.get(f"/usulan/{layar.usulan.pk}/beda/").content.decode()
    assert "=Bidang Baru" in text and "Seksi Pendataan" in text
    assert "Perbup Nomor 1 Tahun 2020" in text and "penyederhanaan" in text
    assert "Penerus: Bidang Anggaran" in text


def test_the_legal_basis_an_operation_names_itself_is_shown(layar):
    new = {"jenis": "tambah-unor", "atasan_id": layar.peta.dinas.pk, "nama": "Bidang Baru",
           "dasar_hukum_id": layar.peta.dasar.pk, "pasal": "Pasal 12"}  # fmt: skip
    layar.ubah(new)
    text = layar.client.get(f"/usulan/{layar.usulan.pk}/beda/").content.decode()
    assert "Perbup Nomor 1 Tahun 2020, Pasal 12" in text


def test_totals_of_the_difference_are_the_difference_of_totals(layar):
    changed(layar)
    konteks = draft_for(layar.peta.operator, layar.usulan.pk)
    beda = draft_difference(konteks.usulan, net_changes(konteks.usulan, OBJEK_PETA))
    assert beda.sebelum.n_unor == 4 and beda.sesudah.n_unor == 4
    assert beda.selisih.k == 9 - 3 - 1
    rows = {row.kelas: (row.k0, row.k) for row in per_kelas(konteks.usulan, beda.posisi)}
    assert rows == {6: (5, 11), 9: (1, 0)}


def test_the_annex_is_a_pdf_and_a_workbook_whose_text_stays_text(layar):
    changed(layar)
    isi = content_of(draft_for(layar.peta.operator, layar.usulan.pk))
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(annex_pdf(isi))).pages)
    assert "Bidang Baru" in text and layar.usulan.nomor in text
    assert "Penerus" in text and "Perbup" in text
    book = openpyxl.load_workbook(io.BytesIO(annex_xlsx(isi)))
    assert book.sheetnames == ["Ringkasan", "Unit", "Jabatan"]
    cells = [cell for row in book["Unit"].iter_rows() for cell in row if cell.value == "=Bidang Baru"]
    assert cells and cells[0].data_type == "s"


def test_an_annex_of_nothing_says_so(layar):
    isi = content_of(draft_for(layar.peta.operator, layar.usulan.pk))
    assert "belum mengubah" in PdfReader(io.BytesIO(annex_pdf(isi))).pages[0].extract_text()


def test_the_annex_is_a_job_whose_file_only_its_owner_sees(layar):
    changed(layar)
    answer = layar.client.post(f"/usulan/{layar.usulan.pk}/beda/cetak/", {"bentuk": "pdf"})
    assert answer.status_code == 302 and "/pekerjaan/" in answer["Location"]


def test_conflicts_are_shown_side_by_side_and_stay_decided(layar):
    from petajabatan.jabatan.models import PosisiRiwayat

    p = layar.peta
    layar.ubah({"jenis": "ubah-k", "posisi_id": p.kotak.pk, "k": 9})
    nomor = make_version(p.instansi)
    old = PosisiRiwayat.objects.get(posisi=p.kotak)
    PosisiRiwayat.objects.filter(pk=old.pk).update(hingga=nomor)
    PosisiRiwayat.objects.create(
        posisi=p.kotak, instansi=p.instansi, sejak=nomor, unor_id=old.unor_id, jenis=old.jenis, nama=old.nama,
        jabatan_id=old.jabatan_id, kelas=old.kelas, k=5, urutan=old.urutan,
    )  # fmt: skip
    assert "Selaraskan" in layar.get().content.decode()
    url = f"/usulan/{layar.usulan.pk}/selaras/"
    layar.client.post(url)
    row = KonflikUsulan.objects.get(usulan=layar.usulan)
    text = layar.client.get(url).content.decode()
    assert "Pakai usulan ini" in text and ">9<" in text and ">5<" in text
    layar.client.post(url, {"konflik": row.pk, "keputusan": "usulan"})
    layar.usulan.refresh_from_db()
    assert layar.usulan.dasar_versi == nomor
    assert "Sudah diputus" in layar.client.get(url).content.decode()


def test_an_usulan_that_has_ended_is_not_offered_to_be_brought_up_to_date(layar):
    layar.ubah({"jenis": "ubah-k", "posisi_id": layar.peta.kotak.pk, "k": 9})
    make_version(layar.peta.instansi)
    assert "Selaraskan" in layar.get().content.decode()
    layar.usulan.status = "dibatalkan"
    layar.usulan.save(update_fields=["status"])
    assert "Selaraskan" not in layar.get().content.decode()
    text = layar.client.get(f"/usulan/{layar.usulan.pk}/selaras/").content.decode()
    assert "sudah berakhir" in text and "Selaraskan sekarang" not in text
    assert layar.data("keadaan")["tertinggal"] == 0


def test_a_conflict_names_the_unit_that_only_the_published_version_has(layar):
    from petajabatan.jabatan.models import PosisiRiwayat

    p = layar.peta
    layar.ubah({"jenis": "ubah-k", "posisi_id": p.kotak.pk, "k": 9})
    layar.ubah({"jenis": "pindah-posisi", "posisi_id": p.kotak.pk, "unor_id": p.bidang_lain.pk})
    nomor = make_version(p.instansi)
    new = make_unor(p.instansi, "Bidang Hanya Terbit", p.dinas, sejak=nomor, urutan=9)
    old = PosisiRiwayat.objects.get(posisi=p.kotak)
    PosisiRiwayat.objects.filter(pk=old.pk).update(hingga=nomor)
    PosisiRiwayat.objects.create(
        posisi=p.kotak, instansi=p.instansi, sejak=nomor, unor_id=new.pk, jenis=old.jenis, nama=old.nama,
        jabatan_id=old.jabatan_id, kelas=old.kelas, k=old.k, urutan=old.urutan,
    )  # fmt: skip
    url = f"/usulan/{layar.usulan.pk}/selaras/"
    layar.client.post(url)
    text = layar.client.get(url).content.decode()
    assert ">Bidang Hanya Terbit<" in text
    assert f">{new.pk}<" not in text


def test_a_removal_in_conflict_is_told_with_names_and_all_it_takes_along(layar):
    p = layar.peta
    layar.ubah({"jenis": "hapus-unor", "unor_id": p.bidang.pk, "penerus": [p.bidang_lain.pk], "cabang": True})
    nomor = make_version(p.instansi)
    old = UnorRiwayat.objects.get(unor=p.seksi)
    UnorRiwayat.objects.filter(pk=old.pk).update(hingga=nomor)
    UnorRiwayat.objects.create(
        unor=p.seksi, instansi=p.instansi, sejak=nomor, atasan_id=p.bidang_lain.pk, nama=old.nama, urutan=7,
        nama_jabatan=old.nama_jabatan, eselon_id=old.eselon_id, dasar_hukum_id=old.dasar_hukum_id,
    )  # fmt: skip
    url = f"/usulan/{layar.usulan.pk}/selaras/"
    layar.client.post(url)
    text = layar.client.get(url).content.decode()
    assert text.count("Pakai usulan ini") == 1 and "Unit Bidang Anggaran" in text
    assert "dihapus, beserta 1 unit dan 3 jabatan" in text
    assert "tetap ada, beserta 1 unit dan 3 jabatan" in text
    assert "Seksi Pendataan: Unit atasan Bidang Anggaran → Bidang Aset" in text
    assert "_ikut" not in text and "Urutan" not in text and "enturan" not in text
    row = KonflikUsulan.objects.get(usulan=layar.usulan)
    layar.client.post(url, {"konflik": row.pk, "keputusan": "terbit"})
    assert "Bidang Anggaran" in layar.client.get(url).content.decode()


def test_a_jabatan_in_conflict_is_told_with_its_unit(layar):
    from petajabatan.jabatan.models import PosisiRiwayat

    p = layar.peta
    layar.ubah({"jenis": "ubah-kelas", "posisi_id": p.kotak.pk, "kelas": 7})
    nomor = make_version(p.instansi)
    old = PosisiRiwayat.objects.get(posisi=p.kotak)
    PosisiRiwayat.objects.filter(pk=old.pk).update(hingga=nomor)
    PosisiRiwayat.objects.create(
        posisi=p.kotak, instansi=p.instansi, sejak=nomor, unor_id=old.unor_id, jenis=old.jenis, nama=old.nama,
        jabatan_id=old.jabatan_id, kelas=5, k=old.k, urutan=old.urutan,
    )  # fmt: skip
    url = f"/usulan/{layar.usulan.pk}/selaras/"
    layar.client.post(url)
    text = layar.client.get(url).content.decode()
    assert "Jabatan Pengadministrasi Perkantoran, Bidang Anggaran: Kelas" in text


def test_pasted_cells_are_read_by_their_headings():
    rows = split_rows("K\tUnit\tJabatan\n3\tBidang A\tAnalis\n\n\tBidang B\t\n")
    assert [(r.baris, r.unor, r.jabatan, r.k) for r in rows] == [
        (2, "Bidang A", "Analis", "3"), (4, "Bidang B", "", ""),
    ]  # fmt: skip
    assert split_rows("Bidang A\tAnalis\t7\t2")[0].kelas == "7"


def paste(layar, text: str) -> dict:
    return layar.post("tempel", {"teks": text, "unor": layar.peta.dinas.pk}).json()


def test_pasted_rows_become_operations_that_can_be_applied_as_they_are(layar):
    p = layar.peta
    found = paste(
        layar,
        "Bidang Baru\t\t\t\nBidang Baru\tPengelola Data\t7\t2\n"
        "Bidang Anggaran\tpengadministrasi  perkantoran\t\t8\n",
    )
    assert found["salah"] == 0, found
    assert [o["jenis"] for o in found["operasi"]] == ["tambah-unor", "tambah-posisi", "ubah-k"]
    done = layar.ubah(*found["operasi"])
    assert done["ringkasan"]["sesudah"]["k"] == done["ringkasan"]["sebelum"]["k"] + 2 + 5
    assert p.kotak.pk in {o.get("posisi_id") for o in found["operasi"]}


def test_wrong_rows_are_named_by_row_and_column_and_nothing_is_stored(layar):
    found = paste(
        layar,
        "Bidang Anggaran\tTidak Ada Begini\t99\t2\nUnit Entah\tPengelola Data\t\t\n\tPengelola Data\t\tx\n",
    )
    where = [(row["baris"], g["kolom"]) for row in found["baris"] for g in row["galat"]]
    assert where == [(1, "kelas"), (1, "jabatan"), (2, "unor"), (3, "k")]
    assert found["salah"] == 3
    assert not Operasi.objects.filter(usulan=layar.usulan).exists()


def test_what_the_rules_refuse_stands_at_its_row(layar):
    found = paste(layar, "Bidang Anggaran\tKepala Bidang Anggaran\t\t4\n")
    assert found["salah"] == 1 and "satu kursi" in found["baris"][0]["galat"][0]["kalimat"]


@pytest.mark.parametrize(
    "jenis",
    ["tambah-unor", "tambah-posisi", "koreksi-nama", "ubah-unor", "perbarui-dasar", "pindah-unor",
     "gabung-unor", "pecah-unor", "hapus-unor"],
)  # fmt: skip
def test_every_form_of_a_unit_opens(layar, jenis):
    text = layar.get(f"unor/{layar.peta.bidang.pk}/form/{jenis}/").content.decode()
    assert f'data-formulir="{jenis}"' in text and "sunting-form" in text


def test_a_new_legal_basis_covers_the_branch_unless_one_says_otherwise(layar):
    text = layar.get(f"unor/{layar.peta.bidang.pk}/form/perbarui-dasar/").content.decode()
    assert 'name="cabang" data-tipe="centang" checked' in text
    own = layar.peta.dasar
    assert f'<option value="{own.pk}" selected>{own} (2 unit)</option>' in text
    assert "Semua bawahan, apa pun dasar hukumnya (2 unit)" in text
    assert " checked" not in layar.get(f"unor/{layar.peta.dinas.pk}/form/hapus-unor/").content.decode()


def test_forms_of_a_box_and_its_drawer_open(layar):
    p = layar.peta
    for jenis in ("koreksi-nama", "pindah-posisi", "hapus-posisi"):
        assert layar.get(f"posisi/{p.kepala.pk}/form/{jenis}/").status_code == 200
    text = layar.get(f"posisi/{p.kotak.pk}/").content.decode()
    assert "Siti Uji" in text and "Simpan K" in text
    for objek, key, ukuran in (("unor", p.dinas.pk, "k"), ("posisi", p.kotak.pk, "selisih")):
        assert "Perubahan oleh usulan ini" in layar.get(f"jelas/{objek}/{key}/{ukuran}/").content.decode()


def test_removing_says_who_sits_there_and_proposes_heirs(layar):
    p = layar.peta
    text = layar.get(f"unor/{p.bidang.pk}/form/hapus-unor/").content.decode()
    assert "Pegawai yang menduduki jabatan" in text and f'data-kotak="{p.kotak.pk}"' in text
    heirs = layar.data("saran", kotak=f"{p.kotak.pk}.{p.kepala.pk}", penerus=p.bidang_lain.pk)["saran"]
    assert {h["kotak"]: h["nama"] for h in heirs} == {
        p.kotak.pk: "Pengadministrasi Perkantoran", p.kepala.pk: "Kepala Bidang Aset",
    }  # fmt: skip


def test_a_name_is_judged_while_it_is_typed(layar):
    key = layar.peta.bidang.pk
    assert (
        'data-putusan="koreksi"' in layar.get("nilai-nama", unor=key, nama="Bidang Angaran").content.decode()
    )
    text = layar.get("nilai-nama", unor=key, nama="Bidang Perpajakan").content.decode()
    assert 'data-putusan="reorganisasi"' in text and "jarak" in text
