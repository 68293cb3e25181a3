"""Exchange and print on their pages and over the API, tried by every persona."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from petajabatan.anjab.tests.test_services_tukar import IKHTISAR, begin, book, exported
from petajabatan.inti.berkas import content_path
from petajabatan.inti.models import Pekerjaan
from petajabatan.inti.pelaksanaan import carry_out
from petajabatan.testing.factories import make_instansi, make_version
from petajabatan.testing.personas import PASSWORD, make_persona
from petajabatan.usulan.models import Usulan
from petajabatan.usulan.queries.isian import contents_of
from petajabatan.usulan.services import create_usulan
from petajabatan.usulan.tests.conftest import Peta, make_peta
from petajabatan.usulan.tests.klien import Klien, operator_machine
from petajabatan.usulan.tests.test_services_isian import publish

pytestmark = pytest.mark.django_db(transaction=True)
ORANG = ("operator", "penyetuju", "verifikator", "monitor", "pembina", "pemantau", "pegawai", "orang_luar")


@pytest.fixture
def peta(transactional_db: None) -> Peta:
    return make_peta()


@pytest.fixture
def usulan(peta: Peta) -> Usulan:
    made = create_usulan(peta.operator, peta.instansi.pk, judul="Informasi jabatan", layanan="infojab")
    begin(peta, made)
    return made


def sign_in(client: Client, peta: Peta, name: str) -> Client:
    if name not in ("operator", "penyetuju", "verifikator"):
        at = peta.instansi
        if name == "orang_luar":
            at = make_instansi("Pemerintah Kab. Lain")
            make_version(at)
        make_persona(name, instansi_id=at.pk, pegawai_id=peta.orang.pk if name == "pegawai" else None)
    assert client.login(username=name, password=PASSWORD)
    return client


def workbook(job: Pekerjaan) -> Any:
    assert job.berkas_hasil is not None
    return openpyxl.load_workbook(io.BytesIO(content_path(job.berkas_hasil.sha256).read_bytes()))


@pytest.mark.parametrize("name", ORANG)
def test_a_draft_is_printed_by_those_who_read_it_and_filled_by_those_who_write_it(
    peta: Peta, usulan: Usulan, client: Client, name: str
) -> None:
    sign_in(client, peta, name)
    reads = name in ("operator", "penyetuju", "verifikator", "monitor")
    page = client.get(reverse("anjab:cetak-draf", args=[usulan.pk]))
    assert page.status_code == (200 if reads else 404)
    api = client.get(f"/api/v1/usulan/{usulan.pk}/infojab/data")
    assert api.status_code == (200 if reads else 404)
    address = reverse("anjab:tukar-impor", args=[usulan.pk])
    assert client.get(address).status_code == (200 if name == "operator" else 403 if reads else 404)
    file = io.BytesIO(b'{"infojab": []}')
    file.name = "a.json"
    sent = client.post(address, {"berkas": file, "tindakan": "periksa"})
    assert sent.status_code == (302 if name == "operator" else 403 if reads else 404)
    assert Pekerjaan.objects.filter(jenis="infojab-impor").exists() == (name == "operator")


@pytest.mark.parametrize("name", ORANG)
def test_a_published_version_is_printed_by_everybody_who_has_signed_in(
    peta: Peta, client: Client, name: str
) -> None:
    sign_in(client, peta, name)
    assert client.get(reverse("anjab:cetak", args=[peta.instansi.pk])).status_code == 200
    assert client.get(f"/api/v1/instansi/{peta.instansi.pk}/infojab/data").status_code == 200


def test_nobody_prints_without_signing_in(peta: Peta, client: Client) -> None:
    assert client.get(reverse("anjab:cetak", args=[peta.instansi.pk])).status_code == 302
    assert client.get(f"/api/v1/instansi/{peta.instansi.pk}/infojab/data").status_code == 401


def test_one_post_is_answered_at_once_and_a_draft_as_a_job(
    peta: Peta, usulan: Usulan, client: Client
) -> None:
    sign_in(client, peta, "operator")
    address = reverse("anjab:cetak-draf", args=[usulan.pk])
    answer = client.post(address, {"bentuk": "pdf", "posisi": peta.kotak.pk})
    data = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert answer["Content-Type"] == "application/pdf"
    assert "PENGADMINISTRASI PERKANTORAN" in PdfReader(io.BytesIO(data)).pages[0].extract_text()
    answer = client.post(address, {"bentuk": "data-xlsx"})
    assert answer.status_code == 302
    job = carry_out(Pekerjaan.objects.get(jenis="infojab-berkas").pk)
    assert job.status == "selesai" and job.berkas_hasil is not None, job.galat
    assert (
        "Ikhtisar"
        in openpyxl.load_workbook(io.BytesIO(content_path(job.berkas_hasil.sha256).read_bytes())).sheetnames
    )


@pytest.mark.parametrize("bentuk", ["pdf", "docx", "xlsx", "zip", "data-json"])
def test_every_kind_of_file_is_made_of_a_published_version(
    peta: Peta, usulan: Usulan, client: Client, bentuk: str
) -> None:
    publish(peta, usulan)
    sign_in(client, peta, "pemantau")
    answer = client.post(reverse("anjab:cetak", args=[peta.instansi.pk]), {"bentuk": bentuk, "versi": 2})
    assert answer.status_code == 200 and len(b"".join(answer.streaming_content)) > 500  # type: ignore[attr-defined]
    assert "pengadministrasi" in answer["Content-Disposition"] or "-v2." in answer["Content-Disposition"]


def test_a_unit_that_nobody_has_described_says_so(peta: Peta, client: Client) -> None:
    sign_in(client, peta, "operator")
    answer = client.post(reverse("anjab:cetak", args=[peta.instansi.pk]), {"bentuk": "pdf"}, follow=True)
    assert "Belum ada informasi jabatan" in answer.content.decode()


def test_a_file_is_checked_then_the_very_file_is_brought_in(
    peta: Peta, usulan: Usulan, client: Client, tmp_path: Path
) -> None:
    sign_in(client, peta, "operator")
    path = book(
        tmp_path, Ikhtisar=[["Unit", "Jabatan", "Ikhtisar"], ["Bidang Anggaran", peta.jabatan.nama, "Baru."]]
    )
    address = reverse("anjab:tukar-impor", args=[usulan.pk])
    with path.open("rb") as stream:
        assert client.post(address, {"berkas": stream, "tindakan": "periksa"}).status_code == 302
    checked = carry_out(Pekerjaan.objects.get(jenis="infojab-impor").pk)
    assert checked.status == "selesai" and checked.hasil["operasi"] == 1 and not checked.hasil["tersimpan"]
    assert "Terapkan" in client.get(address).content.decode()
    assert client.get(reverse("web:pekerjaan-rinci", args=[checked.pk])).status_code == 200
    answer = client.post(reverse("anjab:tukar-lanjut", args=[usulan.pk, checked.pk]))
    assert answer.status_code == 302
    done = carry_out(Pekerjaan.objects.exclude(pk=checked.pk).get(jenis="infojab-impor").pk)
    assert done.status == "selesai" and done.hasil["tersimpan"], done.hasil
    again = carry_out(Pekerjaan.objects.get(pk=done.pk).pk)
    assert again.status == "selesai"


def test_what_is_left_out_comes_back_as_a_file_that_can_be_repaired(
    peta: Peta, usulan: Usulan, client: Client, tmp_path: Path
) -> None:
    sign_in(client, peta, "operator")
    row = ["Bidang Anggaran", peta.jabatan.nama]
    path = book(
        tmp_path,
        Ikhtisar=[["Unit", "Jabatan", "Ikhtisar"], [*row, "Baru."]],
        Wewenang=[["Unit", "Jabatan", "Wewenang"], [*row, "Menolak"], [None, None, "kata " * 3000]],
    )
    with path.open("rb") as stream:
        client.post(
            reverse("anjab:tukar-impor", args=[usulan.pk]),
            {"berkas": stream, "tindakan": "terapkan", "lewati_salah": "1"},
        )
    job = carry_out(Pekerjaan.objects.get(jenis="infojab-impor").pk)
    assert job.status == "selesai" and job.hasil["bagian_salah"] == 1 and job.berkas_hasil is not None
    found = job.temuan.get(kode="teks-terlalu-panjang")
    assert (found.tempat, found.baris, found.kolom) == ("Wewenang", 3, "Wewenang")
    sheet = workbook(job)["Wewenang"]
    rows = [[cell.value for cell in line] for line in sheet.iter_rows()]
    assert rows[0] == ["Unit", "Jabatan", "Wewenang", "Temuan"]
    assert rows[1][:3] == [*row, "Menolak"] and "paling banyak" in rows[2][3]


def test_a_file_that_is_refused_whole_is_told_and_changes_nothing(
    peta: Peta, usulan: Usulan, client: Client
) -> None:
    sign_in(client, peta, "operator")
    before = Usulan.objects.get(pk=usulan.pk).revisi
    file = io.BytesIO(b'{"format": "petajabatan-infojab", "infojab": [')
    file.name = "potong.json"
    client.post(reverse("anjab:tukar-impor", args=[usulan.pk]), {"berkas": file, "tindakan": "terapkan"})
    job = carry_out(Pekerjaan.objects.get(jenis="infojab-impor").pk)
    assert job.status == "ditolak" and job.temuan.get().kode == "json-tidak-sah"
    assert Usulan.objects.get(pk=usulan.pk).revisi == before


def test_the_api_gives_data_makes_files_and_takes_them_in(
    peta: Peta, usulan: Usulan, client: Client, tmp_path: Path
) -> None:
    sign_in(client, peta, "operator")
    data: dict[str, Any] = client.get(f"/api/v1/usulan/{usulan.pk}/infojab/data").json()
    assert data["infojab"][0]["isi"]["ikhtisar"] == {"ikhtisar": IKHTISAR}
    assert [b["posisi_id"] for b in data["infojab"][0]["jabatan"]] == [peta.kotak.pk, peta.kotak_lain.pk]
    data["infojab"][0]["isi"]["ikhtisar"]["ikhtisar"] = "Menyusun laporan."
    file = io.BytesIO(json.dumps(data).encode())
    file.name = "ubah.json"
    answer = client.post(f"/api/v1/usulan/{usulan.pk}/infojab/impor", {"berkas": file, "periksa": "false"})
    assert answer.status_code == 202, answer.content
    carry_out(answer.json()["id"])
    job = client.get(f"/api/v1/pekerjaan/{answer.json()['id']}").json()
    assert job["status"] == "selesai" and job["hasil"]["tersimpan"]
    key = data["infojab"][0]["id"]
    assert contents_of(usulan, [key])[key]["ikhtisar"] == {"ikhtisar": "Menyusun laporan."}
    answer = client.post(
        f"/api/v1/usulan/{usulan.pk}/infojab/berkas", {"bentuk": "docx", "posisi_id": [peta.kotak.pk]},
        content_type="application/json",
    )  # fmt: skip
    assert answer.status_code == 202, answer.content
    carry_out(answer.json()["id"])
    file_ = client.get(f"/api/v1/pekerjaan/{answer.json()['id']}/hasil")
    assert b"".join(file_.streaming_content)[:2] == b"PK"  # type: ignore[attr-defined]


def test_a_machine_asks_with_a_key_and_twice_is_once(peta: Peta, usulan: Usulan, tmp_path: Path) -> None:
    mesin: Klien = operator_machine(peta)
    body = {"bentuk": "pdf", "unor_id": peta.bidang.pk}
    first = mesin("POST", f"/usulan/{usulan.pk}/infojab/berkas", body, kunci="k-1", expect=202)
    again = mesin("POST", f"/usulan/{usulan.pk}/infojab/berkas", body, kunci="k-1", expect=202)
    assert (
        first.json()["id"] == again.json()["id"]
        and Pekerjaan.objects.filter(jenis="infojab-berkas").count() == 1
    )
    mesin("POST", f"/usulan/{usulan.pk}/infojab/berkas", body, kunci=None, expect=400)


def test_a_job_of_another_instansi_is_not_there(
    peta: Peta, usulan: Usulan, client: Client, tmp_path: Path
) -> None:
    sign_in(client, peta, "operator")
    client.post(reverse("anjab:cetak-draf", args=[usulan.pk]), {"bentuk": "data-xlsx"})
    job = Pekerjaan.objects.get(jenis="infojab-berkas")
    carry_out(job.pk)
    outside = sign_in(Client(), peta, "orang_luar")
    for address in (f"/api/v1/pekerjaan/{job.pk}", f"/api/v1/pekerjaan/{job.pk}/hasil"):
        assert outside.get(address).status_code == 404
    assert client.get(f"/api/v1/pekerjaan/{job.pk}/hasil").status_code == 200


def test_the_exported_workbook_of_a_draft_can_be_uploaded_as_it_is(
    peta: Peta, usulan: Usulan, client: Client, tmp_path: Path
) -> None:
    sign_in(client, peta, "operator")
    with exported(usulan, tmp_path).open("rb") as stream:
        client.post(
            reverse("anjab:tukar-impor", args=[usulan.pk]), {"berkas": stream, "tindakan": "terapkan"}
        )
    job = carry_out(Pekerjaan.objects.get(jenis="infojab-impor").pk)
    assert (job.status, job.hasil["operasi"], job.hasil["tersimpan"]) == ("selesai", 0, False)
