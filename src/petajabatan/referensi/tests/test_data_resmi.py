"""The real official lists, once: the counts that must hold."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest

from petajabatan.inti.actor import sistem
from petajabatan.inti.temuan import count_by_code
from petajabatan.referensi.models import Instansi, Jabatan, MasterUnor, Pendidikan, TolakanReferensi
from petajabatan.referensi.queries import search_referensi
from petajabatan.referensi.services import import_referensi, load_shipped

HERE = Path(__file__).resolve().parents[4]
SHARED = Path(os.environ.get("PETAJABATAN_SHARED", str(HERE.parent / "shared")))
DATA = SHARED / "data" if (SHARED / "data").is_dir() else SHARED


@pytest.mark.skipif(
    not (DATA / "siasn-referensi").is_dir(),
    reason=f"official lists not found in {DATA}; set PETAJABATAN_SHARED to try this",
)
def test_the_official_lists_come_in_whole_with_their_defects_reported(db: None) -> None:
    actor = sistem("uji")
    load_shipped(actor)
    report = import_referensi(actor, DATA)
    assert report.ok, report.gagal
    assert sum(row.berkas.endswith(".json.gz") for row in report.berkas) == 41
    assert (
        sum(row.daftar.endswith("-csv") or row.berkas == "jenis_id_dokumen.csv" for row in report.berkas)
        == 16
    )

    instansi = report.of("instansi.json.gz")
    assert (instansi.dibaca, instansi.ditambah, instansi.ditolak) == (644, 643, 1)
    assert Instansi.objects.count() == 643
    assert (
        TolakanReferensi.objects.get(berkas="instansi.json.gz")
        .isi["nama"]
        .endswith("Televisi Republik Indonesia")
    )
    assert Instansi.objects.exclude(wilayah=None).count() == 540
    assert Instansi.objects.get(kode_cepat="6413").wilayah_id == "33.17"

    assert dict(Counter(Jabatan.objects.values_list("jenis", flat=True))) == {
        "fungsional": 1_466,
        "pelaksana": 70_899,
    }
    assert Jabatan.objects.filter(jenis="fungsional", bup=None).count() == 2
    assert Pendidikan.objects.count() == 28_155
    assert dict(Counter(MasterUnor.objects.values_list("jenis", flat=True))) == {
        "sekolah": 215_371,
        "puskesmas": 10_292,
        "rumah-sakit": 3_116,
        "dinas-kesehatan": 548,
    }
    rembang = MasterUnor.objects.filter(wilayah_id="33.17")
    assert rembang.filter(jenis="puskesmas").count() == 17 and rembang.filter(jenis="sekolah").count() == 468
    assert not MasterUnor.objects.filter(jenis="puskesmas", wilayah=None).exists()

    found = count_by_code(report.temuan)
    assert found["nama-banyak-id"] == 661 + 29 + 2
    expected = {
        "bup-nol": 2, "jenjang-tanpa-arti": 2, "jenis-instansi-kosong": 12, "npsn-bukan-angka": 39,
        "koordinat-di-luar": 59, "padanan-kosong": 6 + 15, "wilayah-tak-terpadankan": 15,
        "id-di-dua-jenis": 1, "nama-kosong": 1, "instansi-tak-dikenal": 4,
    }  # fmt: skip
    assert {kode: found[kode] for kode in expected} == expected
    wrong = [t for t in report.temuan if t.kode == "jenjang-tak-cocok"]
    assert sum("berjenjang PT" in t.kalimat for t in wrong) == 5
    old = [t for t in report.temuan if t.kode == "kode-wilayah-lama"]
    assert sum(t.tempat.startswith("puskesmas") for t in old) == 26

    again = import_referensi(actor, DATA)
    assert all(row.sudah for row in again.berkas)
    assert again.total()["ditambah"] == again.total()["berubah"] == 0

    for text, meant in (
        ("pengadministrasi umm", "PENGADMINISTRASI UMUM"),
        ("analis kepegawain", "ANALIS KEPEGAWAIAN"),
        ("gurru", "GURU"),
    ):
        hits, _ = search_referensi("jabatan-pelaksana", text, 10)
        assert meant in [hit.nama for hit in hits]
