"""Remarks, documents and bundles over the API."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from petajabatan.akun.models import Pengguna
from petajabatan.organisasi.models import PetaVersi
from petajabatan.testing.personas import make_persona
from petajabatan.usulan.models import Dokumen, Komentar, Lintas, Persetujuan, Usulan
from petajabatan.usulan.rules.operasi import UbahK
from petajabatan.usulan.services import add_operations
from petajabatan.usulan.tests.conftest import Peta, make_peta
from petajabatan.usulan.tests.klien import SEMUA, draft, machine, operator_machine, person
from petajabatan.usulan.tests.pembuat import PDF
from petajabatan.usulan.tests.test_services_draf import approve

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.BERKAS_ROOT = tmp_path / "berkas"


def file(isi: bytes = PDF, nama: str = "naskah.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(nama, isi)


def test_a_remark_is_written_once_answered_and_closed(peta: Peta) -> None:
    usulan = draft(peta)
    path = f"/usulan/{usulan.pk}/komentar"
    bkn = person("verifikator")
    body = {"isi": "Mengapa empat?", "operasi": 1, "minta_perbaikan": True}
    made = bkn("POST", path, body, kunci="k", expect=201).json()
    assert bkn("POST", path, body, kunci="k", expect=201).json() == made
    assert (made["pihak"], made["operasi"], made["minta_perbaikan"]) == ("bkn", 1, True)
    answer = {"isi": "Hasil ABK.", "balasan_untuk": made["id"]}
    person("operator")("POST", path, answer, expect=201)
    person("operator")("POST", f"{path}/{made['id']}/selesai", expect=409)
    assert bkn("POST", f"{path}/{made['id']}/selesai", expect=200).json()["selesai_pada"]
    assert bkn("POST", f"{path}/{made['id']}/buka", expect=200).json()["selesai_pada"] is None
    listed = bkn("GET", path, batas=1).json()
    rest = bkn("GET", path, kursor=listed["berikutnya"]).json()["isi"]
    assert [row["isi"] for row in listed["isi"] + rest] == ["Mengapa empat?", "Hasil ABK."]
    assert Komentar.objects.count() == 2


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"isi": ""}, 422),
        ({"isi": "x", "objek": "unor"}, 422),
        ({"isi": "x", "operasi": 99}, 422),
        ({"isi": "x", "balasan_untuk": 2**40}, 404),
        ({"isi": "x" * 4001}, 422),
    ],
)
def test_a_remark_that_points_nowhere_is_refused(peta: Peta, body, status: int) -> None:
    usulan = draft(peta)
    person("operator")("POST", f"/usulan/{usulan.pk}/komentar", body, expect=status)
    assert Komentar.objects.count() == 0


def test_a_remark_is_closed_at_its_own_address_only(peta: Peta) -> None:
    one, two = draft(peta), draft(peta)
    made = person("operator")("POST", f"/usulan/{one.pk}/komentar", {"isi": "x"}, expect=201).json()
    person("operator")("POST", f"/usulan/{two.pk}/komentar/{made['id']}/selesai", expect=404)


def test_a_document_is_added_once_read_and_withdrawn(peta: Peta) -> None:
    usulan = draft(peta)
    path = f"/usulan/{usulan.pk}/dokumen"
    klien = operator_machine(peta)
    made = klien.upload(path, berkas=file(), jenis="naskah", keterangan="Perbup", kunci="d")
    again = klien.upload(path, berkas=file(), jenis="naskah", keterangan="Perbup", kunci="d")
    assert (made.status_code, made.content) == (201, again.content)
    row = made.json()
    assert (row["jenis"], row["jenis_isi"], row["ukuran"]) == ("naskah", "application/pdf", len(PDF))
    content = klien("GET", f"{path}/{row['id']}/isi", expect=200)
    assert b"".join(content.streaming_content) == PDF
    assert content["Content-Disposition"].startswith("attachment")
    assert content["X-Content-Type-Options"] == "nosniff"
    other = klien.upload(path, berkas=file(PDF + b"lain"), jenis="naskah", keterangan="Perbup", kunci="d")
    assert other.json()["kode"] == "kunci-dipakai"
    klien("POST", f"{path}/{row['id']}/tarik", expect=200)
    listed = klien("GET", path).json()["isi"]
    assert [bool(d["ditarik_pada"]) for d in listed] == [True]


def test_evidence_of_an_operation_is_a_document_of_the_usulan(peta: Peta) -> None:
    usulan = draft(peta, operasi=0)
    klien = operator_machine(peta)
    dokumen = klien.upload(f"/usulan/{usulan.pk}/dokumen", berkas=file()).json()["id"]
    body = {"operasi": [{"jenis": "ubah-k", "posisi_id": peta.kotak.pk, "k": 5}], "bukti": dokumen}
    klien("POST", f"/usulan/{usulan.pk}/operasi", body, expect=201)
    assert klien("GET", f"/usulan/{usulan.pk}/operasi").json()["isi"][0]["bukti"] == dokumen
    used = klien("POST", f"/usulan/{usulan.pk}/dokumen/{dokumen}/tarik", expect=409)
    assert used.json()["kode"] == "dokumen-dipakai"
    other = draft(peta, operasi=0)
    klien("POST", f"/usulan/{other.pk}/operasi", body, expect=422)
    klien("GET", f"/usulan/{other.pk}/dokumen/{dokumen}/isi", expect=404)


@pytest.mark.parametrize(
    ("isi", "nama", "jenis", "status"),
    [
        (b"<html>", "naskah.pdf", "bukti", 422),
        (b"", "kosong.pdf", "bukti", 422),
        (b"\x89PNG\r\n\x1a\n123", "surat.png", "surat", 422),
        (PDF, "a.pdf", "entah", 422),
        (b"%PDF-" + b"x" * (22 << 20), "besar.pdf", "bukti", 413),
    ],
)
def test_a_file_that_is_not_taken_is_refused(
    peta: Peta, isi: bytes, nama: str, jenis: str, status: int
) -> None:
    usulan = draft(peta)
    answer = operator_machine(peta).upload(
        f"/usulan/{usulan.pk}/dokumen", berkas=file(isi, nama), jenis=jenis
    )
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    assert Dokumen.objects.count() == 0


def test_a_form_that_is_none_is_a_problem(peta: Peta) -> None:
    usulan = draft(peta)
    klien = operator_machine(peta)
    for kind in ("multipart/form-data; boundary=x", "multipart/form-data", "application/json"):
        answer = klien.client.generic(
            "POST",
            f"/api/v1/usulan/{usulan.pk}/dokumen",
            b"--y\r\nbukan",
            content_type=kind,
            headers={"Authorization": f"Bearer {klien.token}", "Idempotency-Key": "f"},
        )
        assert answer.status_code in (400, 422)
        assert answer["Content-Type"] == "application/problem+json"


@pytest.fixture
def dua(peta: Peta) -> tuple[Peta, Peta]:
    """Two instansi with a map; the second one's people are called otherwise."""
    for name in ("operator", "penyetuju", "verifikator"):
        Pengguna.objects.filter(username=name).update(username=f"{name}-satu")
    return peta, make_peta()


def test_a_bundle_is_opened_by_bkn_seen_by_its_sides_and_published_at_once(dua: tuple[Peta, Peta]) -> None:
    satu, lain = dua
    bkn = machine(SEMUA, ("verifikator-bkn", "nasional", None))
    keys = [satu.instansi.kode_cepat, lain.instansi.kode_cepat]
    body = {"judul": "Pemisahan kementerian", "instansi": keys}
    person("operator")("POST", "/usulan-lintas", body, expect=403)
    made = bkn("POST", "/usulan-lintas", body, kunci="l", expect=201)
    assert bkn("POST", "/usulan-lintas", body, kunci="l", expect=201).content == made.content
    lintas = made.json()
    assert {b["instansi_id"] for b in lintas["bagian"]} == {satu.instansi.pk, lain.instansi.pk}
    assert Lintas.objects.count() == 1
    for name in ("operator-satu", "operator"):
        seen = person(name)("GET", f"/usulan-lintas/{lintas['id']}", expect=200).json()
        assert seen["bagian"] == lintas["bagian"]
        assert len(person(name)("GET", "/usulan").json()["isi"]) == 1
        assert [b["id"] for b in person(name)("GET", "/usulan-lintas").json()["isi"]] == [lintas["id"]]
    parts = bkn("GET", "/usulan", lintas=lintas["id"]).json()["isi"]
    decision = {"nomor": "1/2026", "tanggal": "2026-11-01", "berlaku": "2026-12-01"}
    path = f"/usulan-lintas/{lintas['id']}/tetapkan"
    early = bkn("POST", path, decision, expect=409).json()
    assert len(early["temuan"]) == 2
    for part, side in zip(sorted(p["id"] for p in parts), (satu, lain), strict=True):
        add_operations(side.operator, part, [UbahK(posisi_id=side.kotak.pk, k=8)])
        approve(Usulan.objects.get(pk=part))
    person("penyetuju")("POST", path, decision, expect=403)
    done = bkn("POST", path, decision, expect=200).json()
    assert [v["versi"] for v in done["versi"]] == [2, 2]
    assert PetaVersi.objects.filter(nomor=2, berlaku=dt.date(2026, 12, 1)).count() == 2


def test_a_bundle_is_nobody_elses_business(dua: tuple[Peta, Peta]) -> None:
    satu, lain = dua
    keys = [satu.instansi.kode_cepat, lain.instansi.kode_cepat]
    made = person("verifikator")(
        "POST", "/usulan-lintas", {"judul": "A", "instansi": keys}, expect=201
    ).json()
    make_persona("pemantau")
    outside = person("pemantau")
    assert outside("GET", "/usulan-lintas").json()["isi"] == []
    outside("GET", f"/usulan-lintas/{made['id']}", expect=404)
    decision = {"nomor": "1", "tanggal": "2026-11-01", "berlaku": "2026-12-01"}
    outside("POST", f"/usulan-lintas/{made['id']}/tetapkan", decision, expect=404)
    assert Persetujuan.objects.count() == 0
