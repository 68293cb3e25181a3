"""The job impor-unor: findings and figures end up on the job, refusals leave nothing behind."""

from __future__ import annotations

import io
import json

import pytest

from petajabatan.inti.actor import sistem
from petajabatan.inti.berkas import store_file
from petajabatan.inti.models import Pekerjaan
from petajabatan.inti.pekerjaan import Kemajuan, Konteks, registered
from petajabatan.jabatan import queries
from petajabatan.testing import factories as make

pytestmark = pytest.mark.django_db
UJI = sistem("uji")


class Seen(Kemajuan):
    def __init__(self) -> None:
        self.stages: list[str] = []

    def __call__(self, selesai: int, total: int | None = None, tahap: str = "") -> None:
        self.stages.append(tahap)


def run(instansi, rows, settings, tmp_path, **masukan):
    settings.BERKAS_ROOT = tmp_path
    content = io.BytesIO(json.dumps({"data": rows}).encode())
    berkas = store_file(UJI, content, "ref-unor.json", "impor", instansi.pk)
    job = Pekerjaan.objects.create(
        jenis="impor-unor",
        judul="Impor",
        berkas_masukan=berkas,
        masukan={"instansi_id": instansi.pk, "periksa": False, "format": None, "berlaku": None} | masukan,
    )
    seen = Seen()
    return registered("impor-unor")(Konteks(job, UJI, seen)), seen


def rows(instansi):
    return [
        {"Id": f"A{instansi.pk}", "DiatasanId": "", "NamaUnor": "Kabupaten"},
        {"Id": f"B{instansi.pk}", "DiatasanId": f"A{instansi.pk}", "NamaUnor": "Dinas"},
    ]


def test_a_sound_file_becomes_a_version_with_the_date_asked_for(settings, tmp_path):
    instansi = make.make_instansi()
    result, seen = run(instansi, rows(instansi), settings, tmp_path, berlaku="2027-05-01")
    assert not result.ditolak and result.isi["ditambah"] == 2 and "temuan" not in result.isi
    version = queries.last_version(instansi.pk)
    assert (version.nomor, str(version.berlaku), version.keterangan) == (
        1,
        "2027-05-01",
        "Impor ref-unor.json",
    )
    assert "membaca berkas" in seen.stages and "menulis versi" in seen.stages


def test_a_refused_file_names_itself_and_leaves_nothing(settings, tmp_path):
    instansi = make.make_instansi()
    wrong = rows(instansi)
    wrong[1]["DiatasanId"] = "HILANG"
    result, _ = run(instansi, wrong, settings, tmp_path)
    assert result.ditolak and queries.last_version(instansi.pk) is None
    (finding,) = result.temuan
    assert (finding.kode, finding.tempat, finding.baris) == ("atasan-tidak-ada", "ref-unor.json", 2)


def test_checking_only_writes_nothing(settings, tmp_path):
    instansi = make.make_instansi()
    result, seen = run(instansi, rows(instansi), settings, tmp_path, periksa=True)
    assert not result.ditolak and result.isi["ditambah"] == 2 and queries.last_version(instansi.pk) is None
    assert "menulis versi" not in seen.stages
