"""Training and certificates, as the records of SIASN give them."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from petajabatan.akun.queries import actor_of
from petajabatan.inti.dinding import scope_of
from petajabatan.inti.temuan import Ditolak
from petajabatan.pegawai.models import PegawaiDiklat, PegawaiSertifikasi
from petajabatan.pegawai.services.kompetensi import read_json, record_training
from petajabatan.referensi.models import Diklat, Sertifikasi
from petajabatan.testing.personas import make_persona

pytestmark = pytest.mark.django_db


@pytest.fixture
def actor(peta_a):
    return actor_of(make_persona("operator", instansi_id=peta_a.instansi.id))


def send(actor, peta, daftar, *records):
    with scope_of(actor):
        return record_training(actor, peta.instansi.id, daftar, records)


def test_a_course_is_bound_to_our_list_and_a_second_sending_changes_the_first(actor, peta_a):
    known = Diklat.objects.create(jenis="kursus", kunci="77", nama="Pengadaan")
    course = {"id": "K1", "nipBaru": peta_a.orang[0].nip, "jenisKursusId": "77", "namaKursus": "PBJ",
              "tanggalSelesaiKursus": "31-12-2024", "jumlahJam": 40, "tahunKursus": "2024"}  # fmt: skip
    assert send(actor, peta_a, "kursus", course).dicatat == 1
    send(actor, peta_a, "kursus", course | {"namaKursus": "PBJ tingkat dasar"})
    row = PegawaiDiklat.objects.get()
    assert (row.diklat, row.nama, row.tanggal, row.jam, row.tahun) == (
        known, "PBJ tingkat dasar", dt.date(2024, 12, 31), 40, 2024,
    )  # fmt: skip
    without_id = course | {"id": None}
    send(actor, peta_a, "kursus", without_id)
    send(actor, peta_a, "kursus", without_id)
    assert PegawaiDiklat.objects.count() == 2


def test_a_certificate_is_bound_by_a_name_only_one_has_and_keeps_its_last_day(actor, peta_a):
    known = Sertifikasi.objects.create(kode="A", nama="Ahli Pengadaan")
    for kode in "BC":
        Sertifikasi.objects.create(kode=kode, nama="Auditor")
    person = peta_a.orang[0]
    rows = [{"id": n, "nipBaru": person.nip, "namaSertifikasi": name, "masaBerlakuSertSelasai": "01-02-2026"}
            for n, name in (("1", "AHLI PENGADAAN"), ("2", "Auditor"))]  # fmt: skip
    report = send(actor, peta_a, "sertifikasi", *rows)
    assert (report.dicatat, report.tanpa_acuan) == (2, 1)
    held = {s.nama: s for s in PegawaiSertifikasi.objects.all()}
    assert held["AHLI PENGADAAN"].sertifikasi == known and held["Auditor"].sertifikasi is None
    assert held["Auditor"].berlaku_sampai == dt.date(2026, 2, 1)


def test_people_of_another_instansi_are_reported_and_not_touched(actor, peta_a, peta_b):
    record = {"id": "D1", "nipBaru": peta_b.orang[0].nip, "latihanStrukturalNama": "PIM IV"}
    report = send(actor, peta_a, "diklat", record)
    assert report.dicatat == 0 and [t.kode for t in report.temuan] == ["kompetensi-orang-lain"]
    record["nipBaru"] = peta_a.orang[0].nip
    assert send(actor, peta_a, "diklat", record).dicatat == 1
    outsider = actor_of(make_persona("orang_luar", instansi_id=peta_b.instansi.id))
    stolen = record | {"nipBaru": peta_b.orang[0].nip}
    with scope_of(outsider), pytest.raises(PermissionDenied):
        record_training(outsider, peta_a.instansi.id, "diklat", [stolen])


@pytest.mark.parametrize(
    ("bad", "kode"),
    [
        ({"namaKursus": "X"}, "kompetensi-tanpa-orang"),
        ({"nipBaru": "NIP"}, "kompetensi-tanpa-orang"),
        ({"nipBaru": "NIP", "namaKursus": "X", "tanggalKursus": "kemarin"}, "tanggal-tidak-terbaca"),
        ({"nipBaru": "9" * 5000, "namaKursus": "X\x00" * 5000, "jumlahJam": "-1"}, "kompetensi-orang-lain"),
    ],
)
def test_bad_records_get_a_finding_and_do_not_stop_the_others(actor, peta_a, bad, kode):
    nip = peta_a.orang[0].nip
    bad = {key: nip if value == "NIP" else value for key, value in bad.items()}
    report = send(actor, peta_a, "kursus", bad, {"id": "2", "nipBaru": nip, "namaKursus": "Baik"})
    assert kode in [t.kode for t in report.temuan]
    assert PegawaiDiklat.objects.filter(nama="Baik").exists()


@pytest.mark.parametrize("name", ["monitor", "pegawai", "pemantau"])
def test_only_roles_of_people_may_record(peta_a, name):
    actor = actor_of(make_persona(name, instansi_id=peta_a.instansi.id, pegawai_id=peta_a.orang[0].id))
    with scope_of(actor), pytest.raises(PermissionDenied):
        record_training(actor, peta_a.instansi.id, "kursus", [])


@pytest.mark.parametrize("content", ["", "{", "[1]", '{"data": "tidak ada"}', "[" * 100_000, "\xff"])
def test_a_file_that_is_no_list_of_records_is_refused_whole(tmp_path, content):
    path = tmp_path / "rw.json"
    path.write_text(content, encoding="latin-1")
    with pytest.raises(Ditolak):
        read_json(path)
    path.write_text('\ufeff{"code": 1, "data": [{"id": "1"}]}', encoding="utf-8")
    assert read_json(path) == [{"id": "1"}]
