"""The print dialog, direct answers and jobs, tried by every persona through the web roles."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from pypdf import PdfReader

from petajabatan.akun.queries import actor_of
from petajabatan.inti.actor import ANONIM, sistem
from petajabatan.inti.berkas import open_file
from petajabatan.inti.dinding import scope_of
from petajabatan.inti.models import Berkas
from petajabatan.inti.pekerjaan import submit_job
from petajabatan.inti.pelaksanaan import carry_out as carry_out_job
from petajabatan.jabatan.queries import PetaTidakAda
from petajabatan.pegawai.cetak import views
from petajabatan.pegawai.cetak.pdf import export_map_pdf
from petajabatan.pegawai.cetak.pilihan import Permintaan
from petajabatan.pegawai.cetak.sumber import UnitTidakAda
from petajabatan.testing.personas import PERSONAS, make_persona

pytestmark = pytest.mark.django_db(transaction=True)


def url(small_map, name: str = "cetak:peta") -> str:
    return reverse(name, args=[small_map.instansi.kode_cepat])


def content(response) -> bytes:
    return b"".join(response.streaming_content)


@pytest.fixture
def people(peta_a, peta_b):
    return {
        name: make_persona(
            name,
            instansi_id=(peta_b if name == "orang_luar" else peta_a).instansi.pk,
            pegawai_id=peta_a.orang[0].pk if name == "pegawai" else None,
        )
        for name in PERSONAS
    }


def test_every_persona_may_print_the_published_map(client, people, peta_a) -> None:
    for user in people.values():
        client.force_login(user)
        page = client.get(url(peta_a))
        assert page.status_code == 200
        assert "Kabupaten Alfa" in page.content.decode()
        answer = client.post(url(peta_a), {"bentuk": "pdf", "versi": "1"})
        assert answer["Content-Type"] == "application/pdf", user.username
        assert "peta-jabatan-kabupaten-alfa-v1.pdf" in answer["Content-Disposition"]
        text = PdfReader(io.BytesIO(content(answer))).pages[0].extract_text()
        assert "KABUPATEN ALFA" in text


def test_nobody_prints_without_signing_in(client, peta_a) -> None:
    answer = client.get(url(peta_a))
    assert answer.status_code == 302
    assert "next=/cetak/" in answer.url
    with pytest.raises(PermissionDenied):
        export_map_pdf(ANONIM, peta_a.instansi.pk)


def test_names_are_in_the_bezetting_only_for_those_who_may_see_them(client, people, peta_a) -> None:
    nip = {person.nip for person in peta_a.orang}
    seen = {}
    for name, user in people.items():
        client.force_login(user)
        data = content(client.post(url(peta_a), {"bentuk": "xlsx-bezetting", "versi": "1"}))
        book = openpyxl.load_workbook(io.BytesIO(data))
        cells = {str(c.value) for sheet in book for row in sheet.iter_rows() for c in row}
        seen[name] = len(nip & cells)
    assert seen == {
        "operator": 3, "penyetuju": 3, "monitor": 0, "verifikator": 3, "admin": 3, "pembina": 0,
        "pemantau": 0, "pegawai": 1, "orang_luar": 0,
    }  # fmt: skip


def test_the_dialog_lists_the_pages(client, people, peta_a) -> None:
    client.force_login(people["operator"])
    first = client.get(url(peta_a, "cetak:daftar")).content.decode()
    assert "Ikhtisar dan indeks" in first and "Langsung terunduh" in first
    sheet = client.get(url(peta_a, "cetak:daftar"), {"bentuk": "xlsx-peta", "versi": "1"}).content.decode()
    assert "3 unit" in sheet
    wrong = client.get(url(peta_a, "cetak:daftar"), {"bentuk": "docx"}).content.decode()
    assert "tidak dikenal" in wrong


def test_one_unit_can_be_asked_for_by_address(client, people, peta_a) -> None:
    client.force_login(people["operator"])
    page = client.get(url(peta_a), {"unor": peta_a.bidang.pk}).content.decode()
    assert f'<option value="{peta_a.bidang.pk}" selected>' in page
    answer = client.post(url(peta_a), {"bentuk": "pdf", "versi": "1", "unor": str(peta_a.bidang.pk)})
    reader = PdfReader(io.BytesIO(content(answer)))
    text = "".join(p.extract_text() for p in reader.pages)
    assert "BIDANG SD KABUPATEN ALFA" in text and "KEPALA DINAS" not in text.replace("\n", " ")


def test_what_does_not_exist_is_said(client, people, peta_a, peta_b) -> None:
    client.force_login(people["operator"])
    assert client.get("/cetak/tidak-ada/").status_code == 404
    assert client.get(url(peta_a), {"versi": "9"}).status_code == 404
    assert client.get(url(peta_a), {"unor": peta_b.bidang.pk}).status_code == 404
    assert client.get(url(peta_a), {"tanggal": "kemarin"}).status_code == 404
    with pytest.raises(UnitTidakAda), scope_of(sistem("uji")):
        export_map_pdf(sistem("uji"), peta_a.instansi.pk, unor_id=peta_b.bidang.pk)
    with pytest.raises(PetaTidakAda), scope_of(sistem("uji")):
        export_map_pdf(sistem("uji"), peta_a.instansi.pk, versi=7)


def test_a_large_print_becomes_a_job_with_its_file(client, people, peta_a, monkeypatch) -> None:
    monkeypatch.setattr(views, "LANGSUNG", 1)
    client.force_login(people["operator"])
    answer = client.post(url(peta_a), {"bentuk": "pdf", "versi": "1"})
    assert answer.status_code == 302
    job_id = answer.url.rstrip("/").split("/")[-1]
    job = carry_out_job(job_id)
    assert (job.status, job.jenis, job.galat) == ("selesai", "cetak-peta", "")
    actor = actor_of(people["operator"])
    with scope_of(actor):
        data = open_file(actor, job.berkas_hasil).read()
    assert data.startswith(b"%PDF-")
    assert job.berkas_hasil.instansi_id == peta_a.instansi.pk


def test_the_file_with_names_belongs_to_the_one_who_asked_alone(people, peta_a) -> None:
    wanted = Permintaan("xlsx-bezetting", peta_a.instansi.pk)
    actor = actor_of(people["operator"])
    with scope_of(actor):
        job = submit_job(actor, "ekspor-xlsx", "Bezetting", wanted.as_input(), instansi_id=peta_a.instansi.pk)
    job = carry_out_job(job.pk)
    assert (job.status, job.galat) == ("selesai", "")
    berkas = job.berkas_hasil
    assert berkas.nama.startswith("bezetting-kabupaten-alfa")
    for name, may in (("operator", True), ("monitor", False), ("penyetuju", False), ("orang_luar", False)):
        with scope_of(actor_of(people[name])):
            assert Berkas.objects.filter(pk=berkas.pk).exists() is may, name
