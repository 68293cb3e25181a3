"""Jobs against the real database: scope, refusal, cancellation, failure, progress, death of a worker."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.utils import timezone

from petajabatan.akun.models import Pengguna
from petajabatan.akun.queries import actor_of
from petajabatan.inti import pekerjaan as jobs
from petajabatan.inti.actor import ANONIM, sistem
from petajabatan.inti.dinding import scope_of
from petajabatan.inti.models import Audit, Berkas, Pekerjaan
from petajabatan.inti.pekerjaan import Dibatalkan, Hasil, pekerjaan, request_cancel, retry_job, submit_job
from petajabatan.inti.pelaksanaan import carry_out, heartbeat, return_dead_jobs
from petajabatan.inti.temuan import Ditolak, Temuan
from petajabatan.testing.personas import make_persona

pytestmark = pytest.mark.django_db(transaction=True)

REFUSAL = Temuan("kode-uji", "galat", "Baris 3 tidak sah.", "Perbaiki kolom NIP.", baris=3, kolom="NIP")


def a_file(nama: str) -> Berkas:
    return Berkas.objects.create(nama=nama, jenis_isi="text/csv", ukuran=1, sha256="0" * 64, tujuan="uji")


@pekerjaan("uji-berhasil")
def succeed(konteks):
    with connection.cursor() as cursor:
        cursor.execute("SELECT instansi_id FROM pegawai")
        seen = sorted({row[0] for row in cursor.fetchall()})
    konteks.kemajuan(1, 2, "menghitung")
    return Hasil({"instansi": seen, "masukan": konteks.masukan}, (REFUSAL,))


@pekerjaan("uji-tolak")
def refuse(konteks):
    a_file("tidak-boleh-tersisa")
    raise Ditolak([REFUSAL])


@pekerjaan("uji-tolak-nilai")
def refuse_by_value(konteks):
    a_file("tidak-boleh-tersisa")
    return Hasil({"dibaca": 7}, (REFUSAL,), ditolak=True)


@pekerjaan("uji-gagal")
def fail(konteks):
    a_file("tidak-boleh-tersisa")
    person = "".join(("S", "ri"))
    raise ValueError(f"NIP milik {person}")


@pekerjaan("uji-putus")
def lose_the_database_once(konteks):
    if konteks.pekerjaan.percobaan == 1:
        a_file("tidak-boleh-tersisa")
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
    return Hasil({})


@pekerjaan("uji-tak-berwenang")
def forbidden(konteks):
    raise PermissionDenied("Perlu peran admin-pusat.")


@pekerjaan("uji-dibatalkan")
def cancelled_halfway(konteks):
    a_file("tidak-boleh-tersisa")
    konteks.kemajuan(10, 100, "membaca")
    with jobs.second_connection() as other:
        row = other.execute(
            "SELECT status, selesai_n, total_n, tahap FROM pekerjaan WHERE id = %s", [konteks.pekerjaan.pk]
        ).fetchone()
        assert row == ("berjalan", 10, 100, "membaca")
        other.execute("UPDATE pekerjaan SET batal_diminta = true WHERE id = %s", [konteks.pekerjaan.pk])
    konteks.kemajuan(11, 100, "menyimpan")
    raise AssertionError("the second report must raise Dibatalkan")


def run(actor, jenis, **masukan):
    with scope_of(actor):
        job = submit_job(actor, jenis, "Uji", masukan)
    return carry_out(job.pk)


def test_a_job_sees_what_its_owner_sees_and_keeps_result_and_findings(peta_a, peta_b):
    owner = actor_of(make_persona("operator", instansi_id=peta_a.instansi.id))
    job = run(owner, "uji-berhasil", pilihan=1)
    assert (job.status, job.hasil) == (
        "selesai",
        {"instansi": [peta_a.instansi.id], "masukan": {"pilihan": 1}},
    )
    assert [t.kalimat for t in job.temuan.all()] == ["Baris 3 tidak sah."]
    assert (job.selesai_n, job.percobaan, job.galat) == (2, 1, "")
    assert job.akhir >= job.mulai


def test_a_job_of_the_installation_sees_the_nation(peta_a, peta_b):
    assert run(sistem("uji"), "uji-berhasil").hasil["instansi"] == [peta_a.instansi.id, peta_b.instansi.id]


@pytest.mark.parametrize("jenis", ["uji-tolak", "uji-tolak-nilai"])
def test_a_refused_job_leaves_findings_and_nothing_else(jenis):
    job = run(sistem("uji"), jenis)
    assert job.status == "ditolak"
    assert [(t.baris, t.kolom) for t in job.temuan.all()] == [(3, "NIP")]
    assert job.hasil == ({"dibaca": 7} if jenis == "uji-tolak-nilai" else {})
    assert not Berkas.objects.exists()


def test_a_failed_job_names_a_code_and_no_person(caplog):
    job = run(sistem("uji"), "uji-gagal")
    assert job.status == "gagal"
    assert job.permintaan[:12] in job.galat
    assert "Sri" not in job.galat + caplog.text
    assert "ValueError" in caplog.text
    assert not Berkas.objects.exists()


def test_a_job_without_permission_is_refused_with_a_remedy():
    job = run(sistem("uji"), "uji-tak-berwenang")
    assert job.status == "ditolak"
    assert job.temuan.get().kode == "tidak-berwenang"


def test_progress_is_seen_at_once_and_cancelling_rolls_back():
    job = run(sistem("uji"), "uji-dibatalkan")
    assert job.status == "batal"
    assert not Berkas.objects.exists()


def test_a_waiting_job_that_is_cancelled_never_runs():
    owner = actor_of(make_persona("pemantau"))
    with scope_of(owner):
        job = submit_job(owner, "uji-gagal", "Uji", {})
        request_cancel(owner, job)
    assert carry_out(job.pk).status == "batal"


def test_only_the_owner_or_an_admin_cancels_and_retries():
    owner, other = (actor_of(make_persona(name)) for name in ("pemantau", "pembina"))
    job = run(owner, "uji-gagal")
    for verb in (request_cancel, retry_job):
        with pytest.raises(PermissionDenied):
            verb(other, job)


def test_retrying_makes_a_new_job_and_keeps_the_old_one():
    owner = actor_of(make_persona("pemantau"))
    job = run(owner, "uji-gagal", pilihan=2)
    with scope_of(owner):
        new = retry_job(owner, job)
    assert (new.pk != job.pk, new.masukan, new.status) == (True, {"pilihan": 2}, "antre")
    assert Audit.objects.get(aksi="ulang").rincian == {"dari": str(job.pk), "menjadi": str(new.pk)}
    with pytest.raises(Ditolak):
        retry_job(owner, new)


def test_a_deactivated_owner_gets_nothing_done():
    user = make_persona("pemantau")
    owner = actor_of(user)
    with scope_of(owner):
        job = submit_job(owner, "uji-berhasil", "Uji", {})
    Pengguna.objects.filter(pk=user.pk).update(is_active=False)
    job = carry_out(job.pk)
    assert (job.status, job.temuan.get().kode) == ("ditolak", "pemilik-tidak-aktif")


def test_a_file_outside_the_owners_scope_is_no_input(peta_a, peta_b):
    owner = actor_of(make_persona("operator", instansi_id=peta_a.instansi.id))
    foreign = a_file("milik-beta.csv")
    Berkas.objects.filter(pk=foreign.pk).update(instansi_id=peta_b.instansi.id)
    with scope_of(owner):
        job = submit_job(owner, "uji-berhasil", "Uji", {}, berkas=foreign)
    job = carry_out(job.pk)
    assert (job.status, job.temuan.get().kode) == ("ditolak", "tidak-berwenang")


def test_nobody_unknown_submits_and_an_unknown_kind_is_an_error():
    with pytest.raises(PermissionDenied):
        submit_job(ANONIM, "uji-berhasil", "Uji", {})
    with pytest.raises(KeyError):
        submit_job(sistem("uji"), "tidak-ada", "Uji", {})


def test_raw_sql_cannot_file_a_job_in_another_name_nor_change_one(peta_a):
    owner = actor_of(make_persona("operator", instansi_id=peta_a.instansi.id))
    insert = (
        "INSERT INTO pekerjaan (id, jenis, judul, pemilik_id, instansi_id, status, tahap, selesai_n, masukan,"
        " hasil, galat, batal_diminta, dibuat, percobaan, permintaan)"
        " VALUES (%s, 'uji-berhasil', '', %s, %s, 'antre', '', 0, '{}', '{}', '', false, now(), 0, '')"
    )
    for stranger in (None, owner.id + 1000):
        with pytest.raises(DatabaseError), scope_of(owner), connection.cursor() as cursor:
            cursor.execute(insert, [uuid.uuid4(), stranger, peta_a.instansi.id])
    with scope_of(owner), connection.cursor() as cursor:
        cursor.execute(insert, [uuid.uuid4(), owner.id, peta_a.instansi.id])
    with pytest.raises(DatabaseError), scope_of(owner), connection.cursor() as cursor:
        cursor.execute("UPDATE pekerjaan SET jenis = 'uji-gagal'")


def dead_job(percobaan: int) -> Pekerjaan:
    with scope_of(sistem("uji")):
        job = submit_job(sistem("uji"), "uji-berhasil", "Uji", {})
        Pekerjaan.objects.filter(pk=job.pk).update(
            status="berjalan", percobaan=percobaan, detak=timezone.now() - dt.timedelta(minutes=5)
        )
    return job


def test_a_job_found_dead_is_queued_again_and_then_runs():
    job = dead_job(percobaan=1)
    with heartbeat(job.pk):
        assert return_dead_jobs() == []
    assert return_dead_jobs(older_than=600) == []
    assert return_dead_jobs() == [job.pk]
    assert carry_out(job.pk).status == "selesai"


def test_a_waiting_job_the_queue_has_lost_is_queued_again():
    """The worker had taken its entry, and lost the database before it could start the job."""
    with scope_of(sistem("uji")):
        job = submit_job(sistem("uji"), "uji-berhasil", "Uji", {})
    assert return_dead_jobs(older_than=-1) == []
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    assert return_dead_jobs() == []
    assert return_dead_jobs(older_than=-1) == [job.pk]
    assert return_dead_jobs(older_than=-1) == []
    assert carry_out(job.pk).status == "selesai"


def test_a_job_that_loses_the_database_has_not_failed_and_runs_again():
    with scope_of(sistem("uji")):
        job = submit_job(sistem("uji"), "uji-putus", "Uji", {})
    with pytest.raises(DatabaseError):
        carry_out(job.pk)
    job.refresh_from_db()
    assert (job.status, job.galat) == ("berjalan", "")
    assert not Berkas.objects.exists()
    assert return_dead_jobs(older_than=-1) == [job.pk]
    assert carry_out(job.pk).percobaan == 2


def test_a_job_that_keeps_killing_its_worker_ends_with_a_remedy():
    job = dead_job(percobaan=3)
    assert return_dead_jobs() == [job.pk]
    job.refresh_from_db()
    assert job.status == "gagal"
    assert "ulangi" in job.galat


def test_a_worker_that_shuts_down_puts_its_job_back(monkeypatch):
    monkeypatch.setattr(jobs.PENGHENTIAN, "diminta", True)
    assert run(sistem("uji"), "uji-berhasil").status == "antre"


def test_the_heartbeat_beats_through_the_unscoped_web_connection(monkeypatch):
    with scope_of(sistem("uji")):
        job = submit_job(sistem("uji"), "uji-berhasil", "Uji", {})
        Pekerjaan.objects.filter(pk=job.pk).update(status="berjalan", detak=None)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE petajabatan_web")
        cursor.execute("SELECT lapor_kemajuan(%s, NULL, NULL, NULL)", [job.pk])
        assert cursor.fetchone() == (False,)
        cursor.execute("SELECT count(*) FROM pekerjaan")
        assert cursor.fetchone() == (0,)
    job.refresh_from_db()
    assert job.detak is not None
    assert (job.selesai_n, job.total_n) == (0, None)


def test_progress_outside_a_job_is_swallowed():
    assert jobs.Kemajuan()(1, 2, "x") is None
    assert issubclass(Dibatalkan, Exception)
