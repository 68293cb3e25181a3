"""The import as a job: progress, findings, the file of rows not taken, refusal as a whole."""

from __future__ import annotations

import io

import pytest

from petajabatan.akun.queries import actor_of
from petajabatan.inti.berkas import stored_path
from petajabatan.inti.dinding import scope_of
from petajabatan.inti.models import Berkas, Pekerjaan
from petajabatan.inti.pekerjaan import submit_job
from petajabatan.inti.pelaksanaan import carry_out
from petajabatan.pegawai.importers import store_upload
from petajabatan.pegawai.models import Pegawai
from petajabatan.pegawai.tests.ekspor import csv_bytes, orang
from petajabatan.testing.personas import make_persona

ALI, BETI = "198001012005011001", "198502022010022002"


@pytest.fixture
def operator(transactional_db):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    from petajabatan.testing import factories as make

    make.make_policy()
    instansi = make.make_instansi("Kabupaten Pekerjaan")
    return actor_of(make_persona("operator", instansi_id=instansi.id)), instansi


def run(actor, instansi, rows, **options) -> Pekerjaan:
    with scope_of(actor):
        berkas = store_upload(actor, io.BytesIO(csv_bytes(rows)), "asn.csv")
        job = submit_job(
            actor, "impor-pegawai", "Impor", {"instansi_id": instansi.id, **options}, berkas=berkas
        )
    carry_out(job.id)
    with scope_of(actor):
        return Pekerjaan.objects.select_related("berkas_hasil").get(pk=job.pk)


def test_a_job_keeps_rows_not_taken_for_its_owner_alone(operator):
    actor, instansi = operator
    rows = [orang(ALI, "Ali"), orang(BETI, "Beti", nip_baru="1,98E+17")]
    refused = run(actor, instansi, rows)
    assert (refused.status, refused.berkas_hasil) == ("ditolak", None)
    assert not Pegawai.objects.exists()
    checked = run(actor, instansi, rows, periksa=True)
    assert (checked.status, checked.hasil["disimpan"]) == ("selesai", False)
    done = run(actor, instansi, rows, lewati_salah=True)
    assert (done.status, done.hasil["baru"], done.hasil["ditolak"]) == ("selesai", 1, 1)
    with scope_of(actor):
        assert done.temuan.filter(kode="nip-notasi-ilmiah", baris=3).exists()
        with stored_path(actor, done.berkas_hasil) as path:
            assert "Beti" in path.read_text(encoding="utf-8-sig")
    colleague = actor_of(make_persona("monitor", instansi_id=instansi.id))
    with scope_of(colleague):
        assert not Berkas.objects.filter(pk=done.berkas_hasil_id).exists()
        assert not Pekerjaan.objects.filter(pk=done.pk).exists()
