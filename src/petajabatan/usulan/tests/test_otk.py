"""A request for a new OTK, from its regulation to the draft."""

from __future__ import annotations

import io
from pathlib import Path

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
from petajabatan.usulan.rules.ekstrak import read_structure
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
        "Kepala Dinas": None,
        "Bidang Anggaran": None,
        "Seksi Pendataan": "Bidang Anggaran",
        "Seksi Pelaporan": "Bidang Anggaran",
        "Bidang Kearsipan": None,
        "Seksi Arsip Dinamis": "Bidang Kearsipan",
        "Subbagian Arsip Aktif": "Seksi Arsip Dinamis",
        "Seksi Arsip Statis": "Bidang Kearsipan",
    }
    assert [u.nama for u in units if u.kepala] == ["Kepala Dinas"]


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
def test_a_request_walks_its_stages_and_ends_in_a_draft(peta: Peta, tmp_path: Path) -> None:
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
    with pytest.raises(Ditolak):
        otk.attach_structure(peta.operator, row.pk, io.BytesIO(PDF), "bukan.pdf")
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
    otk.advance(peta.operator, row.pk)
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
