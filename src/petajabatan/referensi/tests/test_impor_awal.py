"""The importer from a fresh start: interruptions, broken files, other encodings, permissions."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from petajabatan.inti.actor import ANONIM, sistem
from petajabatan.inti.pekerjaan import Dibatalkan, Kemajuan
from petajabatan.inti.temuan import Ditolak
from petajabatan.referensi.models import (
    Instansi,
    Jabatan,
    MasterUnor,
    Sertifikasi,
    TemuanReferensi,
    TolakanReferensi,
    Wilayah,
)
from petajabatan.referensi.services import import_referensi, load_shipped
from petajabatan.referensi.tests import berkas_uji as uji

ACTOR = sistem("uji")


@pytest.fixture
def bawaan(db: None) -> None:
    load_shipped(ACTOR)


def test_a_file_cut_short_retires_nothing(bawaan: None, tmp_path: Path) -> None:
    rows = [{"id": f"P{n}", "nama": f"JABATAN {n}", "kodeCepat": "1", "status": "1"} for n in range(200)]
    uji.write_json(tmp_path, "jabatanPelaksana", rows)
    import_referensi(ACTOR, tmp_path)
    uji.write_json(tmp_path, "jabatanPelaksana", rows[:20])
    report = import_referensi(ACTOR, tmp_path)
    assert report.of("jabatanPelaksana.json.gz").hilang == 180
    assert Jabatan.objects.filter(aktif=True).count() == 200
    assert any("terlalu banyak baris hilang" in t.kalimat for t in report.temuan)
    import_referensi(ACTOR, tmp_path, paksa=True)
    assert Jabatan.objects.filter(aktif=True).count() == 20


def test_an_unreadable_file_is_refused_and_the_others_come_in(bawaan: None, tmp_path: Path) -> None:
    uji.write_json(tmp_path, "instansi", uji.instansi_rows())
    (tmp_path / "pendidikan.json.gz").write_bytes(b"\x1f\x8b rusak")
    (tmp_path / "rumpunJabatan.json").write_text('{"a": 1}')
    uji.write_csv(tmp_path, "regencies", "code,name\n33.17,Rembang\n")
    report = import_referensi(ACTOR, tmp_path)
    assert not report.ok
    assert sorted(report.gagal) == [
        "pendidikan.json.gz",
        "regencies.csv",
        "rumpunJabatan.json",
    ]
    refused = {t.tempat: t for t in report.temuan if t.tingkat == "galat"}
    assert (
        "province_code" in refused["regencies.csv"].kalimat
        and refused["regencies.csv"].kode == "kolom-kurang"
    )
    assert Instansi.objects.filter(id_siasn=uji.BIN).exists() and not Wilayah.objects.exists()


def test_other_delimiters_and_encodings_are_recognised(bawaan: None, tmp_path: Path) -> None:
    lines = [
        ["kode", "nama", "lembaga", "masa_berlaku_bulan", "sumber", "berlaku_dari", "baru"],
        ["S1", "Auditor Café", "LSP BNSP", "36", "Perka X", "2024-02-29", "ya"],
        ["S2", "Tanpa Penerbit", "", "", "Perka X", "", ""],
        ["S3", "Tanggal Salah", "L", "12", "Perka X", "2023-02-29", ""],
        ["S4", "kurang"],
    ]
    text = "".join("\t".join(line) + "\n" for line in lines)
    uji.write_csv(tmp_path, "sertifikasi", text, encoding="cp1252")
    report = import_referensi(ACTOR, tmp_path)
    assert Sertifikasi.objects.get(kode="S1").nama == "Auditor Café"
    assert Sertifikasi.objects.get(kode="S2").masa_berlaku_bulan is None
    reasons = {t.isi["kode"]: t.alasan for t in TolakanReferensi.objects.all()}
    assert "berlaku_dari bukan tanggal" in reasons["S3"] and "2 kolom, seharusnya 7" in reasons["S4"]
    notes = " ".join(t.kalimat for t in report.temuan if t.kode == "berkas")
    assert "Windows-1252" in notes and "tidak disimpan: baru" in notes


@pytest.mark.django_db(transaction=True)
def test_an_interrupted_import_goes_on_where_it_stopped(tmp_path: Path) -> None:
    load_shipped(ACTOR)
    folder = uji.official_folder(tmp_path)

    class StopAtSchools(Kemajuan):
        def __call__(self, selesai: int, total: int | None = None, tahap: str = "") -> None:
            if tahap.startswith("sekolah.csv.gz ·"):
                raise Dibatalkan

    with pytest.raises(Dibatalkan):
        import_referensi(ACTOR, folder, kemajuan=StopAtSchools())
    assert Instansi.objects.count() == 4 and not MasterUnor.objects.filter(jenis="sekolah").exists()
    report = import_referensi(ACTOR, folder)
    done = {row.berkas: row.sudah for row in report.berkas}
    assert done["instansi.json.gz"] and not done["sekolah.csv.gz"]
    assert MasterUnor.objects.filter(jenis="sekolah").count() == 4


def test_a_crosswalk_that_comes_later_links_units_already_in(bawaan: None, tmp_path: Path) -> None:
    folder = uji.official_folder(tmp_path)
    import_referensi(ACTOR, folder / "sekolah")
    assert MasterUnor.objects.filter(wilayah_id=None).count() == 4
    import_referensi(ACTOR, folder / "wilayah")
    import_referensi(ACTOR, folder / "crosswalk" / "dapodik_kab__kemendagri.csv")
    assert MasterUnor.objects.filter(wilayah_id="33.17").count() == 2
    again = import_referensi(ACTOR, folder / "sekolah").of("sekolah.csv.gz")
    assert not again.sudah, "its crosswalk has changed, so its findings are looked at again"
    assert (
        TemuanReferensi.objects.filter(daftar="sekolah", kode="wilayah-tak-terpadankan", aktif=True).count()
        == 1
    )


def test_nothing_to_import_is_refused(bawaan: None, tmp_path: Path) -> None:
    with pytest.raises(Ditolak):
        import_referensi(ACTOR, tmp_path)
    with pytest.raises(Ditolak):
        import_referensi(ACTOR, tmp_path / "tidak-ada")


def test_only_admin_pusat_imports(db: None, tmp_path: Path) -> None:
    with pytest.raises(PermissionDenied):
        import_referensi(ANONIM, tmp_path)


def test_the_web_role_can_import(bawaan: None, tmp_path: Path) -> None:
    """The service becomes petajabatan_nasional: no ownership, no DELETE."""
    report = import_referensi(ACTOR, uji.official_folder(tmp_path))
    assert report.ok
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege('petajabatan_nasional', 'jabatan', 'DELETE')")
        assert cursor.fetchone() == (False,)


def test_progress_names_files_and_never_runs_backwards(bawaan: None, tmp_path: Path) -> None:
    seen: list[tuple[int, int | None, str]] = []

    class Note(Kemajuan):
        def __call__(self, selesai: int, total: int | None = None, tahap: str = "") -> None:
            seen.append((selesai, total, tahap))

    import_referensi(ACTOR, uji.official_folder(tmp_path), kemajuan=Note())
    assert [s for s, _, _ in seen] == sorted(s for s, _, _ in seen)
    assert seen[-1][0] == seen[-1][1] and any("instansi.json.gz" in tahap for _, _, tahap in seen)
