"""The workbook of a draft on its page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from petajabatan.inti.models import Pekerjaan
from petajabatan.inti.pelaksanaan import carry_out
from petajabatan.testing.personas import PASSWORD
from petajabatan.usulan.queries.draf import net_changes
from petajabatan.usulan.services import create_usulan
from petajabatan.usulan.services.atribut import Atribut, change_attributes
from petajabatan.usulan.services.lembar_keluar import export_draft
from petajabatan.usulan.tests.conftest import Peta

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_workbook_goes_out_and_comes_back_as_jobs(peta: Peta, client, tmp_path: Path) -> None:
    usulan = create_usulan(peta.operator, peta.instansi.pk, judul="Lembar")
    address = reverse("usulan:lembar", args=[usulan.pk])
    assert client.login(username="operator", password=PASSWORD)
    assert client.get(address).status_code == 200
    assert client.post(address, {"tindakan": "ekspor"}).status_code == 302
    made = carry_out(Pekerjaan.objects.get(jenis="usulan-ekspor-lembar").pk)
    assert made.status == "selesai" and made.berkas_hasil is not None

    path = tmp_path / "draf.xlsx"
    export_draft(peta.operator, usulan.pk, path)
    book = load_workbook(path)
    for row in book["Posisi"].iter_rows(min_row=2):
        if row[1].value == peta.jabatan.nama:
            row[6].value = 9
    book.save(path)
    with path.open("rb") as stream:
        assert client.post(address, {"tindakan": "terapkan", "berkas": stream}).status_code == 302
    done = carry_out(Pekerjaan.objects.get(jenis="usulan-impor-lembar").pk)
    assert done.status == "selesai" and done.hasil["tersimpan"], done.hasil
    assert {p.sesudah.isi.k for p in net_changes(usulan)} == {9}


def test_a_job_whose_findings_contain_galat_does_not_look_fine(peta: Peta, client, tmp_path: Path) -> None:
    usulan = create_usulan(peta.operator, peta.instansi.pk, judul="Lembar")
    path = tmp_path / "draf.xlsx"
    export_draft(peta.operator, usulan.pk, path)
    book = load_workbook(path)
    for row in book["Unor"].iter_rows(min_row=2):
        if row[2].value == "Bidang Aset":
            row[2].value = "Bidang Perbendaharaan"
    book.save(path)
    client.login(username="operator", password=PASSWORD)
    address = reverse("usulan:lembar", args=[usulan.pk])
    with path.open("rb") as stream:
        client.post(address, {"tindakan": "periksa", "berkas": stream})
    done = carry_out(Pekerjaan.objects.get(jenis="usulan-impor-lembar").pk)
    assert done.status == "selesai" and done.temuan.filter(tingkat="galat").exists()
    for page in (reverse("web:pekerjaan-rinci", args=[done.pk]), reverse("web:pekerjaan")):
        html = client.get(page).content.decode()
        assert '<span class="lencana lencana-peringatan">Selesai, ada galat</span>' in html, page
        assert "lencana-baik" not in html, page


def test_only_who_drafts_sees_the_page(peta: Peta, client) -> None:
    usulan = create_usulan(peta.operator, peta.instansi.pk, judul="Lembar")
    client.login(username="verifikator", password=PASSWORD)
    assert client.get(reverse("usulan:lembar", args=[usulan.pk])).status_code == 403


def test_a_description_somebody_else_changed_is_not_overwritten_unseen(peta: Peta, client) -> None:
    usulan = create_usulan(peta.operator, peta.instansi.pk, judul="Judul lama")
    client.login(username="operator", password=PASSWORD)
    address = reverse("usulan:ubah", args=[usulan.pk])
    seen = re.search(r'name="dilihat" value="(\w+)"', client.get(address).content.decode())[1]
    change_attributes(peta.operator, usulan.pk, Atribut(keterangan="Ditulis orang lain"))
    values = {"judul": "Judul baru", "keterangan": "Tulisan saya", "berlaku_diminta": "", "dilihat": seen}
    refused = client.post(address, values)
    html = refused.content.decode()
    assert refused.status_code == 422
    assert "Ditulis orang lain" in html and "Tulisan saya" in html and 'value="Judul baru"' in html
    usulan.refresh_from_db()
    assert (usulan.judul, usulan.keterangan) == ("Judul lama", "Ditulis orang lain")
    # Having seen it, the same person may store it.
    values["dilihat"] = re.search(r'name="dilihat" value="(\w+)"', html)[1]
    assert client.post(address, values).status_code == 302


def test_title_and_wished_date_change_while_it_is_a_draft(peta: Peta, client) -> None:
    usulan = create_usulan(peta.operator, peta.instansi.pk, judul="Judul lama")
    client.login(username="operator", password=PASSWORD)
    address = reverse("usulan:ubah", args=[usulan.pk])
    assert "Judul lama" in client.get(address).content.decode()
    values = {"judul": "Judul baru", "keterangan": "", "berlaku_diminta": "2027-01-01"}
    assert client.post(address, values).status_code == 302
    usulan.refresh_from_db()
    assert (usulan.judul, str(usulan.berlaku_diminta)) == ("Judul baru", "2027-01-01")
    usulan.status = "menunggu_persetujuan"
    usulan.save()
    usulan.status = "diajukan"
    usulan.save()
    refused = client.post(address, values | {"judul": "Judul lain"})
    assert refused.status_code == 422 and "tidak dapat diubah" in refused.content.decode()
