"""Carrying out one job: claim it, open its actor's scope, run it, keep its result; and finding dead ones.

The work and its final status are one transaction: a job whose worker dies has left nothing behind and can
simply be run again, and a job that is ``selesai`` has really stored everything. While it runs, a second
connection holds an advisory lock and beats; PostgreSQL frees the lock when the worker dies, however it dies.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import logging
import threading
import traceback
import uuid
from collections.abc import Iterator
from typing import Any

import psycopg
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, InterfaceError, connection, transaction
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone

from petajabatan.inti.actor import Actor, sistem
from petajabatan.inti.dinding import scope_of
from petajabatan.inti.models import Berkas, Pekerjaan
from petajabatan.inti.pekerjaan import (
    Dibatalkan,
    Dihentikan,
    Hasil,
    KemajuanPekerjaan,
    Konteks,
    actor_of_owner,
    registered,
    save_findings,
    second_connection,
)
from petajabatan.inti.temuan import Ditolak, Temuan

log = logging.getLogger("petajabatan.pekerjaan")

DETAK_SETIAP = 5.0
"""Seconds between two heartbeats of a running job."""
DIANGGAP_MATI = 20.0
"""Seconds without a heartbeat, and without the lock, after which a running job counts as dead."""
PERCOBAAN_MAKS = 3
"""Starts after which a job that kills its worker is not tried again."""
_LOCK_SPACE = 0x504A


class _DitolakSeluruhnya(Exception):
    """A job that reported its refusal as a value: rolls the work back, keeps its figures."""

    def __init__(self, hasil: Hasil) -> None:
        self.hasil = hasil


def _lock_key(job_id: uuid.UUID) -> int:
    return int.from_bytes(job_id.bytes[:4], "big", signed=True)


@contextlib.contextmanager
def heartbeat(job_id: uuid.UUID) -> Iterator[None]:
    """Hold the job's lock and beat until the block ends; both end with this process."""
    conn = second_connection()
    conn.execute("SELECT pg_advisory_lock_shared(%s, %s)", [_LOCK_SPACE, _lock_key(job_id)])
    stop = threading.Event()

    def beat() -> None:
        while not stop.wait(DETAK_SETIAP):
            try:
                conn.execute("SELECT lapor_kemajuan(%s, NULL, NULL, NULL)", [job_id])
            except psycopg.errors.LockNotAvailable:
                continue
            except psycopg.Error:
                return  # the server is gone; the work notices by itself

    thread = threading.Thread(target=beat, name=f"detak-{job_id}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        conn.close()
        thread.join(timeout=5)


def carry_out(job_id: uuid.UUID | str) -> Pekerjaan:
    """Run one job to its end in the scope of the actor who submitted it; returns its row as it ended.

    A job that is not waiting (cancelled meanwhile, already taken) is left alone. Raises only what says
    that the worker itself cannot go on: Dihentikan is handled here, a lost database is not; such a job is put
    back by ``return_dead_jobs``.
    """
    job_id = uuid.UUID(str(job_id))
    job = _claim(job_id)
    if job is not None:
        with heartbeat(job_id):
            _run(job)
    with scope_of(sistem("pekerja")):
        return Pekerjaan.objects.get(pk=job_id)


def _claim(job_id: uuid.UUID) -> Pekerjaan | None:
    now = timezone.now()
    with scope_of(sistem("pekerja")):
        taken = Pekerjaan.objects.filter(pk=job_id, status="antre").update(
            status="berjalan", mulai=now, detak=now, percobaan=F("percobaan") + 1, tahap="", galat=""
        )
        return Pekerjaan.objects.select_related("berkas_masukan").get(pk=job_id) if taken else None


def _run(job: Pekerjaan) -> None:
    with scope_of(sistem("pekerja")):
        actor = actor_of_owner(job)
    if actor is None:
        _finish(job, sistem("pekerja"), "ditolak", temuan=[_inactive_owner()])
        return
    kemajuan = KemajuanPekerjaan(job.pk)
    try:
        with scope_of(actor):
            _check_input(job)
            hasil = registered(job.jenis)(Konteks(job, actor, kemajuan))
            _store(job, hasil)
    except Ditolak as refusal:
        _finish(job, actor, "ditolak", temuan=refusal.temuan)
    except _DitolakSeluruhnya as refusal:
        _finish(job, actor, "ditolak", temuan=list(refusal.hasil.temuan), isi=refusal.hasil.isi)
    except PermissionDenied as refusal:
        _finish(job, actor, "ditolak", temuan=[_not_allowed(refusal)])
    except Dibatalkan:
        _finish(job, actor, "batal")
    except Dihentikan:
        _requeue(job, "Pekerja dihentikan; menunggu dijalankan kembali.")
    except Exception as error:
        if _lost_the_database(error):
            raise  # the work has not failed: the job is found dead later and run again
        _finish(job, actor, "gagal", galat=_describe(job, error))
    finally:
        kemajuan.close()


def _lost_the_database(error: BaseException) -> bool:
    """Whether the connection went away under the work: no SQLSTATE at all, or class 08 (connection) or 57P
    (shutdown, crash of another backend). Source: PostgreSQL, "Error Codes"."""
    cause = error.__cause__ if isinstance(error, DatabaseError | InterfaceError) else error
    if not isinstance(cause, psycopg.OperationalError | psycopg.InterfaceError):
        return False
    return (cause.sqlstate or "08").startswith(("08", "57P"))


def _check_input(job: Pekerjaan) -> None:
    """The input file must be one the actor may read: the row was found with the worker's own eyes."""
    if job.berkas_masukan_id and not Berkas.objects.filter(pk=job.berkas_masukan_id).exists():
        raise PermissionDenied("Berkas masukan berada di luar cakupan akun ini.")


def _store(job: Pekerjaan, hasil: Hasil) -> None:
    """The result, in the work's own transaction. A refusal reported as a value rolls the work back."""
    if hasil.ditolak:
        raise _DitolakSeluruhnya(hasil)
    save_findings(job, hasil.temuan)
    Pekerjaan.objects.filter(pk=job.pk).update(
        status="selesai",
        hasil=hasil.isi,
        berkas_hasil=hasil.berkas,
        akhir=timezone.now(),
        tahap="",
        selesai_n=Coalesce(F("total_n"), F("selesai_n")),
    )


def _finish(
    job: Pekerjaan,
    actor: Actor,
    status: str,
    *,
    galat: str = "",
    temuan: list[Temuan] | None = None,
    isi: dict[str, Any] | None = None,
) -> None:
    """How a job ended that stored nothing, in a transaction of its own."""
    with scope_of(actor):
        save_findings(job, temuan or ())
        Pekerjaan.objects.filter(pk=job.pk).update(
            status=status, galat=galat, hasil=isi or {}, akhir=timezone.now(), tahap=""
        )


def _requeue(job: Pekerjaan, tahap: str) -> None:
    from petajabatan.inti.tasks import jalankan

    with scope_of(sistem("pekerja")):
        Pekerjaan.objects.filter(pk=job.pk).update(status="antre", tahap=tahap, selesai_n=0, detak=None)
        jalankan.defer(pekerjaan_id=str(job.pk))


def _describe(job: Pekerjaan, error: BaseException) -> str:
    """What the person reads: a code to report, no data. The log gets where, and which constraint."""
    code = (job.permintaan or job.pk.hex)[:12]
    cause = error.__cause__ if isinstance(error, DatabaseError) else error
    constraint = getattr(getattr(cause, "diag", None), "constraint_name", None) or ""
    # Messages of database errors quote values of rows, so only types and code lines are logged.
    frames = "".join(traceback.format_tb(error.__traceback__)[-6:])
    log.error(
        "pekerjaan %s (%s) gagal, kode %s: %s %s\n%s",
        job.pk,
        job.jenis,
        code,
        type(error).__name__,
        constraint,
        frames,
    )
    return (
        "Kesalahan di dalam sistem; tidak ada yang tersimpan. Coba ulangi; bila berulang, sampaikan kode"
        f" {code} kepada pengelola."
    )


def _inactive_owner() -> Temuan:
    return Temuan(
        kode="pemilik-tidak-aktif",
        tingkat="galat",
        kalimat="Akun yang meminta pekerjaan ini sudah tidak aktif.",
        perbaikan="Masuk dengan akun yang masih aktif dan jalankan kembali.",
    )


def _not_allowed(refusal: PermissionDenied) -> Temuan:
    return Temuan(
        kode="tidak-berwenang",
        tingkat="galat",
        kalimat=str(refusal) or "Peran pada akun ini tidak mencukupi.",
        perbaikan="Minta peran yang sesuai kepada admin instansi, lalu jalankan kembali.",
    )


def return_dead_jobs(older_than: float = DIANGGAP_MATI) -> list[uuid.UUID]:
    """Put back into the queue the jobs that nobody carries out any more; returns their ids.

    Running ones whose worker died: nobody holds their lock, no beat for ``older_than`` seconds. After
    ``PERCOBAAN_MAKS`` starts such a job is marked ``gagal`` with a remedy instead. Waiting ones, older than
    that, without an entry in the queue: the worker had taken the entry, and lost the database before it
    could start the job.
    """
    limit = timezone.now() - dt.timedelta(seconds=older_than)
    with scope_of(sistem("pekerja")), transaction.atomic():
        found = [*_return_running(limit), *_return_waiting(limit)]
    for job_id in found:
        log.warning("pekerjaan %s ditemukan mati", job_id)
    return found


def _return_running(limit: dt.datetime) -> Iterator[uuid.UUID]:
    from petajabatan.inti.tasks import jalankan

    dead = Pekerjaan.objects.select_for_update(skip_locked=True).filter(status="berjalan", detak__lt=limit)
    for job in dead:
        if not _lock_is_free(job.pk):
            continue
        if job.batal_diminta:
            changes: dict[str, Any] = {"status": "batal", "akhir": timezone.now()}
        elif job.percobaan >= PERCOBAAN_MAKS:
            changes = {
                "status": "gagal",
                "akhir": timezone.now(),
                "galat": f"Pekerja berhenti mendadak {job.percobaan} kali saat menjalankan ini;"
                " tidak ada yang tersimpan. Periksa memori dan ruang disk server, lalu ulangi.",
            }
        else:
            changes = {"status": "antre", "tahap": "Dikembalikan ke antrean setelah pekerja terhenti."}
        Pekerjaan.objects.filter(pk=job.pk).update(**changes, selesai_n=0)
        if changes["status"] == "antre":
            jalankan.defer(pekerjaan_id=str(job.pk))
        yield job.pk


def _return_waiting(limit: dt.datetime) -> Iterator[uuid.UUID]:
    from petajabatan.inti.tasks import jalankan

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.id FROM pekerjaan p WHERE p.status = 'antre' AND p.dibuat < %s AND NOT EXISTS"
            " (SELECT FROM procrastinate_jobs j WHERE j.task_name = %s AND j.status IN ('todo', 'doing')"
            "  AND j.args ->> 'pekerjaan_id' = p.id::text) FOR UPDATE SKIP LOCKED",
            [limit, jalankan.name],
        )
        forgotten = [row[0] for row in cursor.fetchall()]
    for job_id in forgotten:
        jalankan.defer(pekerjaan_id=str(job_id))
        yield job_id


def _lock_is_free(job_id: uuid.UUID) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [_LOCK_SPACE, _lock_key(job_id)])
        return bool(cursor.fetchone()[0])
