"""A request for a new OTK, from its regulation to the draft."""

from __future__ import annotations

import io

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from openpyxl import load_workbook

from petajabatan.akun.models import Pengguna
from petajabatan.inti.berkas import store_file
from petajabatan.inti.temuan import Ditolak
from petajabatan.testing.personas import PASSWORD
from petajabatan.usulan.models import PermohonanOtk, TahapOtk
from petajabatan.usulan.queries.draf import net_changes
from petajabatan.usulan.rules.ekstrak import read_structure, sebutan_pimpinan, usul_eselon
from petajabatan.usulan.services import otk
from petajabatan.usulan.tests.conftest import Peta

NASKAH = """
Pasal 3
Susunan organisasi Dinas Uji terdiri atas:
a. Kepala Dinas;
b. Bidang Anggaran, membawahi:
   1. Seksi Pendataan; dan
   2. Seksi Pelaporan;
c. Bidang Kearsipan, membawahi:
   1. Seksi Arsip Dinamis;
      a) Subbagian Arsip Aktif
   2. Seksi Arsip Statis.
d. ketentuan lain yang bukan unit;
"""
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def test_the_kind_of_mark_tells_the_level() -> None:
    units = read_structure(NASKAH)
    above = {u.nama: None if u.induk is None else units[u.induk].nama for u in units}
    assert above == {
        "Dinas Uji": None,
        "Kepala Dinas": "Dinas Uji",
        "Bidang Anggaran": "Dinas Uji",
        "Seksi Pendataan": "Bidang Anggaran",
        "Seksi Pelaporan": "Bidang Anggaran",
        "Bidang Kearsipan": "Dinas Uji",
        "Seksi Arsip Dinamis": "Bidang Kearsipan",
        "Subbagian Arsip Aktif": "Seksi Arsip Dinamis",
        "Seksi Arsip Statis": "Bidang Kearsipan",
    }
    assert [u.nama for u in units if u.kepala] == ["Kepala Dinas"]


PASAL = """
Pasal 4
(1) Susunan organisasi Dinas Pendidikan terdiri atas:
a. Kepala Dinas;
b. Sekretariat, membawahi:
   1. Subbagian Program; dan
   2. Kelompok Jabatan Fungsional;
c. Bidang Pembinaan;
d. Kelompok Jabatan Fungsional; dan
e. UPTD.
Pasal 5
Susunan organisasi Inspektorat terdiri dari:
a. Inspektur;
b. Sekretariat;
Pasal 6
Susunan organisasi Bidang Pembinaan meliputi:
a. Seksi Kurikulum.
"""


def test_the_opening_sentence_gives_the_unit_itself_and_later_ones_go_on_with_it() -> None:
    units = read_structure(PASAL)
    above = [(u.nama, None if u.induk is None else units[u.induk].nama, u.kepala) for u in units]
    assert above == [
        ("Dinas Pendidikan", None, False),
        ("Kepala Dinas", "Dinas Pendidikan", True),
        ("Sekretariat", "Dinas Pendidikan", False),
        ("Subbagian Program", "Sekretariat", False),
        ("Kelompok Jabatan Fungsional", "Sekretariat", False),
        ("Bidang Pembinaan", "Dinas Pendidikan", False),
        ("Kelompok Jabatan Fungsional", "Dinas Pendidikan", False),
        ("UPTD", "Dinas Pendidikan", False),
        ("Inspektorat", None, False),
        ("Inspektur", "Inspektorat", True),
        ("Sekretariat", "Inspektorat", False),
        ("Seksi Kurikulum", "Bidang Pembinaan", False),
    ]
    assert {u.nama: u.jenis for u in units if u.jenis != "struktural"} == {
        "Kelompok Jabatan Fungsional": "kelompok", "UPTD": "upt",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("nama", "sebutan"),
    [
        ("Sekretariat", "Sekretaris"), ("Sekretariat Daerah", "Sekretaris Daerah"),
        ("Inspektorat Pembantu I", "Inspektur Pembantu I"), ("Kecamatan Lasem", "Camat Lasem"),
        ("Deputi Bidang Umum", "Deputi Bidang Umum"), ("Kelompok Jabatan Fungsional", ""),
        ("Bidang Anggaran", "Kepala Bidang Anggaran"),
    ],
)  # fmt: skip
def test_a_head_is_called_as_its_unit_asks(nama: str, sebutan: str) -> None:
    assert sebutan_pimpinan(nama) == sebutan


def test_an_eselon_is_proposed_only_below_a_known_one() -> None:
    names = ("Sekretariat", "Bidang X", "UPTD", "Kelompok Jabatan Fungsional")
    assert [usul_eselon(name, "22") for name in names] == ["31", "32", "", ""]
    assert usul_eselon("Seksi X", "32") == "41" and usul_eselon("Bidang X", None) == ""


def test_a_text_without_lists_gives_no_unit() -> None:
    assert read_structure("Dinas melaksanakan urusan. a. melaksanakan tugas;\nb. hal lain") == []


def tick_all(actor, row: PermohonanOtk) -> None:
    stage = TahapOtk.objects.get(permohonan=row, selesai=None)
    for entry in stage.periksa:
        otk.tick(actor, row.pk, entry["kode"], True)


def codes(call, *args) -> set[str]:
    with pytest.raises(Ditolak) as caught:
        call(*args)
    return {t.kode for t in caught.value.temuan}


@pytest.mark.django_db
def test_a_request_walks_its_stages_and_ends_in_a_draft(peta: Peta, client) -> None:
    row = otk.open_request(peta.operator, peta.instansi.pk, judul="OTK 2027", dasar_hukum_id=peta.dasar.pk)
    assert otk.open_request(peta.operator, peta.instansi.pk, judul="OTK 2027").pk == row.pk
    assert codes(otk.advance, peta.operator, row.pk) == {"butir-belum-dicentang", "naskah-belum-ada"}
    tick_all(peta.operator, row)
    peta.dasar.berkas = store_file(
        peta.operator, io.BytesIO(PDF), "perbup.pdf", "dasar-hukum", peta.instansi.pk
    )
    peta.dasar.save()
    otk.advance(peta.operator, row.pk)

    tick_all(peta.operator, row)
    assert codes(otk.advance, peta.operator, row.pk) == {"struktur-belum-ada"}
    data = otk.extract(peta.operator, row.pk, NASKAH)
    sheet = load_workbook(io.BytesIO(data))["Unor"]
    keys = {sheet.cell(n, 3).value: sheet.cell(n, 1).value for n in range(2, sheet.max_row + 1)}
    assert keys["Bidang Anggaran"] == f"PJ-{peta.bidang.pk}" or not keys["Bidang Anggaran"].startswith("OTK")
    assert keys["Bidang Kearsipan"].startswith("OTK-")
    sheet_help = load_workbook(io.BytesIO(data))["Petunjuk"]
    told = [str(cell.value) for line in sheet_help.iter_rows() for cell in line if cell.value]
    assert any("USULAN PROGRAM" in line for line in told) and "Bidang Kearsipan: 31 (usulan)" in told
    assert codes(otk.attach_structure, peta.operator, row.pk, io.BytesIO(PDF), "bukan.pdf") == {
        "bukan-lembar-kerja"
    }
    checked = otk.attach_structure(peta.operator, row.pk, io.BytesIO(data), "struktur.xlsx")
    assert checked.per_jenis["tambah-unor"] == 5, checked.temuan
    with pytest.raises(PermissionDenied):
        otk.advance(peta.verifikator, row.pk)
    otk.advance(peta.operator, row.pk)

    assert codes(otk.send_back, peta.verifikator, row.pk, "infojab", "x") == {"tahap-tidak-dapat-mundur"}
    otk.send_back(peta.verifikator, row.pk, "struktur", "lengkapi eselon")
    tick_all(peta.operator, row)
    otk.advance(peta.operator, row.pk)
    tick_all(peta.verifikator, row)
    with pytest.raises(PermissionDenied):
        otk.advance(peta.operator, row.pk)
    otk.advance(peta.verifikator, row.pk)

    coming = otk.coming_operations(peta.verifikator, row.pk)
    assert [o.ringkas for o in coming.rencana][-1].startswith("Tambah") and coming.edit is None
    client.force_login(Pengguna.objects.get(pk=peta.verifikator.id))
    page = client.get(reverse("usulan:otk-rinci", args=[row.pk])).content.decode()
    assert reverse("usulan:otk-berkas", args=[row.pk]) in page
    assert reverse("usulan:otk-rencana", args=[row.pk]) in page
    kept = client.get(reverse("usulan:otk-berkas", args=[row.pk]))
    assert b"".join(kept.streaming_content) == data
    listed = client.get(reverse("usulan:otk-rencana", args=[row.pk])).content.decode()
    assert "Tambah Bidang Kearsipan di bawah Dinas Uji" in listed

    result = otk.inject(peta.verifikator, row.pk)
    row.refresh_from_db()
    assert result.edit is not None and row.usulan is not None
    assert (row.usulan.jenis, row.usulan.dasar_hukum_id) == ("injeksi", peta.dasar.pk)
    names = {
        p.sesudah.isi.nama for p in net_changes(row.usulan) if p.objek == "unor" and p.sebelum.isi is None
    }
    assert names == {
        "Bidang Kearsipan", "Seksi Pelaporan", "Seksi Arsip Dinamis", "Seksi Arsip Statis",
        "Subbagian Arsip Aktif",
    }  # fmt: skip
    assert all(p.sesudah.hidup for p in net_changes(row.usulan)), "an injection removes nothing by itself"
    tick_all(peta.operator, row)
    assert codes(otk.advance, peta.operator, row.pk) == {"infojab-belum-lengkap"}
    page = client.get(reverse("usulan:otk-rinci", args=[row.pk])).content.decode()
    assert "Unit baru tanpa jabatan fungsional atau pelaksana</dt><dd>5" in page
    otk.advance(peta.operator, row.pk, "Informasi jabatan menyusul pada usulan tersendiri")
    row.refresh_from_db()
    assert row.status == "selesai"
    assert codes(otk.tick, peta.operator, row.pk, "infojab", True) == {"permohonan-berakhir"}
    ended = list(TahapOtk.objects.filter(permohonan=row).values_list("tahap", "hasil"))
    assert ended[2:4] == [("verifikasi", "kembali"), ("struktur", "lanjut")]


@pytest.mark.django_db
def test_the_pages_show_the_stage_and_refuse_strangers(peta: Peta, client) -> None:
    row = otk.open_request(peta.operator, peta.instansi.pk, judul="OTK 2027")
    assert client.login(username="operator", password=PASSWORD)
    page = client.get(reverse("usulan:otk-rinci", args=[row.pk]))
    assert page.status_code == 200 and "Peraturan diunggah" in page.content.decode()
    refused = client.post(reverse("usulan:otk-tindakan", args=[row.pk, "lanjut"]))
    assert refused.status_code == 422 and "belum dicentang" in refused.content.decode()
    post = {"kode": "naskah", "selesai": "1"}
    assert client.post(reverse("usulan:otk-tindakan", args=[row.pk, "centang"]), post).status_code == 302
    assert "OTK 2027" in client.get(reverse("usulan:otk")).content.decode()
    double = {"judul": "OTK 2028", "instansi": peta.instansi.pk}
    first = client.post(reverse("usulan:otk-baru"), double)
    assert first.status_code == 302 and client.post(reverse("usulan:otk-baru"), double).url == first.url
    from petajabatan.testing.factories import make_instansi
    from petajabatan.testing.personas import make_persona

    make_persona("orang_luar", instansi_id=make_instansi("Lain").pk)
    assert Pengguna.objects.filter(username="orang_luar").exists()
    client.login(username="orang_luar", password=PASSWORD)
    assert client.get(reverse("usulan:otk-rinci", args=[row.pk])).status_code == 404
    assert "OTK 2027" not in client.get(reverse("usulan:otk")).content.decode()
