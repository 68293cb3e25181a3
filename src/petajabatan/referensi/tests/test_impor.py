"""The importer on small files with every kind of defect."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from petajabatan.inti.actor import sistem
from petajabatan.inti.models import Audit
from petajabatan.referensi.importers.laporan import LaporanReferensi
from petajabatan.referensi.models import (
    DaftarSiasn,
    Diklat,
    GajiPokok,
    ImporReferensi,
    Instansi,
    Jabatan,
    MasterUnor,
    PadananWilayah,
    Pendidikan,
    TemuanReferensi,
    TolakanReferensi,
    Wilayah,
)
from petajabatan.referensi.services import import_referensi, load_shipped
from petajabatan.referensi.tests import berkas_uji as uji
from petajabatan.testing import factories as make

ACTOR = sistem("uji")


@pytest.fixture(scope="module")
def _terimpor(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[LaporanReferensi, Path]]:
    """Shipped data and the official folder, once for the module; each test's own changes are rolled back."""
    folder = uji.official_folder(tmp_path_factory.mktemp("resmi"))
    with django_db_blocker.unblock(), transaction.atomic():
        load_shipped(ACTOR)
        yield import_referensi(ACTOR, folder), folder
        transaction.set_rollback(True)


@pytest.fixture
def impor(_terimpor: tuple[LaporanReferensi, Path], db: None) -> LaporanReferensi:
    return _terimpor[0]


@pytest.fixture
def tmp_path(_terimpor: tuple[LaporanReferensi, Path], tmp_path: Path) -> Path:
    """A copy of the official folder that the test may change."""
    shutil.copytree(_terimpor[1], tmp_path, dirs_exist_ok=True)
    return tmp_path


def kinds(daftar: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for kode in TemuanReferensi.objects.filter(daftar=daftar, aktif=True).values_list("kode", flat=True):
        found[kode] = found.get(kode, 0) + 1
    return found


def test_every_row_is_accounted_for(impor: LaporanReferensi) -> None:
    assert impor.ok
    for row in impor.berkas:
        assert row.dibaca == row.ditambah + row.berubah + row.tetap + row.ditolak + row.dilewati, row
    assert impor.of("instansi.json.gz").dibaca == 5
    assert impor.of("wilayah_administratif.csv").dilewati == 2


def test_a_repeated_id_keeps_the_first_row_and_is_reported(impor: LaporanReferensi) -> None:
    assert Instansi.objects.get(id_siasn=uji.TVRI).nama == "TELEVISI REPUBLIK INDONESIA"
    reject = TolakanReferensi.objects.get(berkas="instansi.json.gz")
    assert (
        reject.baris == 5
        and reject.isi["nama"].startswith("Lembaga Penyiaran")
        and "baris 4" in reject.alasan
    )
    assert kinds("instansi") == {"kunci-ganda": 1, "jenis-instansi-kosong": 2}


def test_defects_of_jabatan_fungsional_are_findings_and_values_stay(impor: LaporanReferensi) -> None:
    jf = {j.id_siasn: j for j in Jabatan.objects.filter(jenis="fungsional")}
    assert len(jf) == 8
    assert jf["JF2"].bup is None, "0 is no age"
    assert jf["JF3"].jenjang_id == "PT", "the wrong jenjang of the official list is not corrected by guess"
    assert jf["JF3"].kelompok_id is None and jf["JF8"].nama is None
    assert kinds("jabatan-fungsional") == {
        "bup-nol": 1, "jenjang-tak-cocok": 1, "jenjang-tanpa-arti": 1, "kelompok-tak-dikenal": 1,
        "nama-banyak-id": 1, "nama-kosong": 1, "bup-tak-lazim": 2, "kode-cepat-kosong": 1,
    }  # fmt: skip
    reject = TolakanReferensi.objects.get(berkas="jabatanFungsional.json.gz")
    assert reject.isi["nama"] == "Umur Salah" and "usiaBup bukan bilangan bulat: lima" in reject.alasan


def test_one_id_may_stand_in_both_kinds_of_jabatan(impor: LaporanReferensi) -> None:
    assert Jabatan.objects.filter(id_siasn="JF1").count() == 2
    assert kinds("jabatan-pelaksana") == {"id-di-dua-jenis": 1, "nama-banyak-id": 1}
    reasons = set(
        TolakanReferensi.objects.filter(berkas="jabatanPelaksana.json.gz").values_list("alasan", flat=True)
    )
    assert reasons == {"kolom id kosong", "nama lebih dari 250 huruf"}


def test_names_with_several_ids_and_unknown_levels_of_pendidikan(impor: LaporanReferensi) -> None:
    assert kinds("pendidikan") == {
        "nama-banyak-id": 1, "tingkat-tak-dikenal": 1, "status-kosong": 1, "bukan-nama": 1
    }  # fmt: skip
    assert Pendidikan.objects.get(id_siasn="D4").tingkat_id is None
    found = TemuanReferensi.objects.get(daftar="pendidikan", kode="nama-banyak-id")
    assert found.isi["id"] == ["D1", "D2"]


def test_unknown_ids_of_other_lists_are_findings(impor: LaporanReferensi) -> None:
    assert kinds("kelompok-jabatan") == {
        "rumpun-tak-dikenal": 1,
        "rumpun-kosong": 1,
        "pembina-tak-dikenal": 1,
    }
    assert kinds("satuan-kerja") == {"instansi-tak-dikenal": 1}
    assert kinds("eselon") == {"nama-kosong": 1}


def test_regions_need_their_parent(impor: LaporanReferensi) -> None:
    assert Wilayah.objects.get(kode="33.17.01").induk_id == "33.17"
    reasons = {
        t.berkas: t.alasan
        for t in TolakanReferensi.objects.filter(berkas__in=["regencies.csv", "districts.csv"])
    }
    assert "province_code tidak dikenal: 99" in reasons["regencies.csv"]
    assert "code bukan kode tingkat ini" in reasons["districts.csv"]


def test_instansi_and_units_get_their_region_by_crosswalk(impor: LaporanReferensi) -> None:
    assert Instansi.objects.get(id_siasn=uji.REMBANG).wilayah_id == "33.17"
    assert kinds("padanan-instansi") == {"padanan-kosong": 1}
    assert kinds("padanan-dapodik") == {"padanan-kosong": 1}
    unit = {u.kunci: u.wilayah_id for u in MasterUnor.objects.all()}
    assert unit["20315001"] == "33.17" and unit["20315002"] is None
    assert unit["1031701"] == "33.17"
    assert unit["33"] == "33", "the office of a province stands in the province, not in its seat"


def test_old_papua_codes_match_only_an_identical_name_and_are_reported(impor: LaporanReferensi) -> None:
    assert PadananWilayah.objects.get(skema="kemkes", kode_asal="9101").wilayah_kode == "93.01"
    assert PadananWilayah.objects.get(skema="kemkes", kode_asal="9102").wilayah_kode is None
    assert kinds("padanan-kemkes") == {"kode-wilayah-lama": 2}
    assert kinds("puskesmas") == {"kode-wilayah-lama": 2, "wilayah-tak-terpadankan": 1}


def test_defects_of_schools(impor: LaporanReferensi) -> None:
    assert kinds("sekolah") == {
        "npsn-bukan-angka": 1, "koordinat-di-luar": 2, "koordinat-kosong": 1, "wilayah-tak-terpadankan": 1
    }  # fmt: skip
    far = MasterUnor.objects.get(kunci="20315003")
    assert far.lintang is not None and far.bujur is None
    assert MasterUnor.objects.get(kunci="NP157715").lintang is None


def test_a_csv_that_differs_from_the_dump_is_reported_and_completes_it(impor: LaporanReferensi) -> None:
    assert DaftarSiasn.objects.get(daftar="taspen", kode="1").nama == "Malang"
    extra = DaftarSiasn.objects.get(daftar="taspen", kode="000")
    assert extra.sumber.startswith("Dataset SIASN")
    assert kinds("taspen-csv") == {"beda-dump-csv": 1, "hanya-di-csv": 1, "hanya-di-web-service": 1}


def test_files_that_are_no_reference_are_named(impor: LaporanReferensi) -> None:
    notes = {t.tempat: t for t in impor.temuan if t.kode == "berkas"}
    assert notes["entah_apa.csv"].tingkat == "peringatan"
    assert "Bukan daftar referensi" in notes["contoh_belanja_pegawai.csv"].kalimat
    assert "README.md" not in notes


def kept_rows() -> tuple[int, ...]:
    return tuple(m.objects.count() for m in (TemuanReferensi, TolakanReferensi, ImporReferensi))


def test_a_second_import_changes_nothing(impor: LaporanReferensi, tmp_path: Path) -> None:
    before = (
        TemuanReferensi.objects.count(),
        TolakanReferensi.objects.count(),
        ImporReferensi.objects.count(),
    )
    again = import_referensi(ACTOR, tmp_path)
    assert all(row.sudah for row in again.berkas)
    assert again.total()["ditambah"] == again.total()["berubah"] == 0
    assert (
        again.total()["dibaca"] == impor.total()["dibaca"]
        and again.total()["ditolak"] == impor.total()["ditolak"]
    )
    assert {t.kalimat for t in again.temuan} == {t.kalimat for t in impor.temuan}
    assert (
        TemuanReferensi.objects.count(),
        TolakanReferensi.objects.count(),
        ImporReferensi.objects.count(),
    ) == before


def test_reading_every_file_again_finds_every_row_unchanged(impor: LaporanReferensi, tmp_path: Path) -> None:
    before = (TemuanReferensi.objects.count(), TolakanReferensi.objects.count())
    again = import_referensi(ACTOR, tmp_path, paksa=True)
    assert not any(row.sudah for row in again.berkas)
    assert again.total()["ditambah"] == again.total()["berubah"] == 0
    assert (TemuanReferensi.objects.count(), TolakanReferensi.objects.count()) == before


def test_a_repaired_file_closes_its_findings_and_rejects(impor: LaporanReferensi, tmp_path: Path) -> None:
    uji.write_json(
        tmp_path / "siasn-referensi",
        "instansi",
        [r | {"jenisInstansiId": "LPNK"} for r in uji.instansi_rows()[:4]],
    )
    report = import_referensi(ACTOR, tmp_path).of("instansi.json.gz")
    assert (report.berubah, report.tetap, report.ditolak) == (4, 0, 0)
    assert kinds("instansi") == {}
    assert not TolakanReferensi.objects.get(berkas="instansi.json.gz").aktif


def test_rows_a_newer_file_lacks_are_retired_unless_used(impor: LaporanReferensi, tmp_path: Path) -> None:
    used = Jabatan.objects.get(id_siasn="P3")
    instansi = make.make_instansi("Kabupaten Uji")
    with transaction.atomic():
        make.make_version(instansi)
        unit = make.make_unor(instansi, "Dinas Uji")
        make.make_posisi(unit, "Pengelola Data", jenis="pelaksana", jabatan=used)
    left = {"id": "P1", "nama": "PENGADMINISTRASI UMUM", "kodeCepat": "1", "status": "1"}
    uji.write_json(tmp_path / "siasn-referensi", "jabatanPelaksana", [left])
    report = import_referensi(ACTOR, tmp_path).of("jabatanPelaksana.json.gz")
    assert report.hilang == 3
    state = dict(Jabatan.objects.filter(jenis="pelaksana").values_list("id_siasn", "aktif"))
    assert state == {"P1": True, "P2": False, "JF1": False, "P3": True}
    assert kinds("jabatan-pelaksana")["hilang-dari-daftar"] == 3
    kept = TemuanReferensi.objects.get(kode="hilang-dari-daftar", kunci="P3")
    assert "tetap aktif karena masih dipakai" in kept.kalimat
    assert Jabatan.objects.get(jenis="fungsional", id_siasn="JF1").aktif, "the other list is not touched"


def test_a_row_that_comes_back_is_active_again(impor: LaporanReferensi, tmp_path: Path) -> None:
    folder = tmp_path / "siasn-referensi"
    malang, pusat = ({"id": i, "ktuaId": "x", "nama": n} for i, n in (("1", "Malang"), ("0", "Pusat")))
    uji.write_json(folder, "taspen", [malang])
    import_referensi(ACTOR, tmp_path)
    assert not DaftarSiasn.objects.get(daftar="taspen", kode="0").aktif
    uji.write_json(
        folder,
        "taspen",
        [malang, pusat],
    )
    import_referensi(ACTOR, tmp_path)
    assert DaftarSiasn.objects.get(daftar="taspen", kode="0").aktif


def test_shipped_rows_are_not_retired_by_a_smaller_file(impor: LaporanReferensi) -> None:
    assert impor.of("gaji_pokok_pns_pp5_2024.csv").tetap == 2
    assert GajiPokok.objects.filter(jenis="PNS", aktif=True).count() == 272


def test_each_import_leaves_one_audit_record_and_no_temporary_tables(impor: LaporanReferensi) -> None:
    record = Audit.objects.get(objek="referensi:instansi", aksi="impor")
    assert record.jumlah == 4 and record.rincian["ditolak"] == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('pg_temp.mentah'), to_regclass('pg_temp.masuk')")
        assert cursor.fetchone() == (None, None)


def test_report_reads_as_data(impor: LaporanReferensi) -> None:
    data: dict[str, Any] = impor.as_dict()
    assert data["ok"] is True and data["total"]["dibaca"] > 0
    assert data["temuan_menurut_kode"]["kunci-ganda"] == 1
    assert Diklat.objects.count() == 0
