"""Long work: registered once, submitted by a service, run by the worker, watched on the jobs page.

A job runs in the scope of the actor who submitted it. Its own work is one transaction; progress is reported
through a second connection, so that it is seen while the work is still open.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import psycopg
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from petajabatan.inti.actor import Actor, sistem
from petajabatan.inti.audit import record
from petajabatan.inti.models import Berkas, Pekerjaan, TemuanPekerjaan
from petajabatan.inti.temuan import Temuan, refuse

REPORT_EVERY = 0.4
"""Seconds between two progress reports."""


class Dibatalkan(Exception):
    """The person asked to cancel; the job's transaction is rolled back."""


class Dihentikan(Exception):
    """The worker is shutting down; the job's transaction is rolled back and the job queued again."""


class _Penghentian:
    """Set by the worker on shutdown; every job looks at it when it reports progress."""

    diminta = False


PENGHENTIAN = _Penghentian()


class Kemajuan:
    """Progress of a piece of work. The base class swallows it; ``KemajuanPekerjaan`` stores it."""

    def __call__(self, selesai: int, total: int | None = None, tahap: str = "") -> None:
        """Report ``selesai`` of ``total`` rows in stage ``tahap``. Raises Dibatalkan when asked to stop."""


def second_connection() -> psycopg.Connection:
    """A connection beside Django's, as the same database role, outside the work's transaction.

    It never waits long for a lock: the job may hold its own row while it writes its result.
    """
    params = dict(connection.get_connection_params())
    for django_only in ("cursor_factory", "context", "pool"):
        params.pop(django_only, None)
    conn = psycopg.connect(**params, autocommit=True)
    conn.execute("SET lock_timeout = '2s'")
    return conn


class KemajuanPekerjaan(Kemajuan):
    """Progress that is seen at once, through a connection of its own."""

    def __init__(self, pekerjaan_id: uuid.UUID) -> None:
        self.id = pekerjaan_id
        self._last = 0.0
        self._stage = ""
        self._conn: psycopg.Connection | None = None

    def __call__(self, selesai: int, total: int | None = None, tahap: str = "") -> None:
        now = time.monotonic()
        if now - self._last < REPORT_EVERY and tahap == self._stage:
            return
        self._last, self._stage = now, tahap
        if PENGHENTIAN.diminta:
            raise Dihentikan
        try:
            if self._conn is None:
                self._conn = second_connection()
            row = self._conn.execute(
                "SELECT lapor_kemajuan(%s, %s, %s, %s)", [self.id, selesai, total, tahap]
            ).fetchone()
        except psycopg.errors.LockNotAvailable:
            return  # the job itself is just writing its row
        if row and row[0]:
            raise Dibatalkan

    def close(self) -> None:
        if self._conn is not None:
            self._conn.close()


@dataclass(frozen=True)
class Konteks:
    """What a job gets: its row, who asked for it, its input (ids and options) and where to report."""

    pekerjaan: Pekerjaan
    actor: Actor
    kemajuan: Kemajuan

    @property
    def masukan(self) -> dict[str, Any]:
        return self.pekerjaan.masukan


@dataclass(frozen=True)
class Hasil:
    """What a job leaves: figures and links for the page, findings, a file to download."""

    isi: dict[str, Any]
    temuan: tuple[Temuan, ...] = ()
    berkas: Berkas | None = None
    ditolak: bool = False
    """The input was refused as a whole; nothing of it was stored."""


Pelaksana = Callable[[Konteks], Hasil]
SumberAktor = Callable[[int, str, "frozenset[str] | None"], Actor | None]
_REGISTRY: dict[str, Pelaksana] = {}
_SUMBER_AKTOR: list[SumberAktor] = []


def set_actor_source(source: SumberAktor) -> None:
    """Tell how an account id becomes an Actor; called by ``akun``, which this app may not import."""
    _SUMBER_AKTOR[:] = [source]


def actor_of_owner(job: Pekerjaan) -> Actor | None:
    """The actor a job runs for, with the grants of today; None when the account is gone or inactive.

    Jobs without an owner were submitted by the installation itself.
    """
    if job.pemilik_id is None:
        return sistem(f"pekerjaan {job.jenis}")
    scopes = None if job.cakupan_token is None else frozenset(job.cakupan_token)
    return _SUMBER_AKTOR[0](job.pemilik_id, job.permintaan, scopes)


def pekerjaan(jenis: str) -> Callable[[Pelaksana], Pelaksana]:
    """Register the function that carries out jobs of this kind."""

    def register(function: Pelaksana) -> Pelaksana:
        _REGISTRY[jenis] = function
        return function

    return register


def registered(jenis: str) -> Pelaksana:
    return _REGISTRY[jenis]


def submit_job(
    actor: Actor,
    jenis: str,
    judul: str,
    masukan: dict[str, Any],
    *,
    berkas: Berkas | None = None,
    instansi_id: int | None = None,
) -> Pekerjaan:
    """Store a job and queue it in the same transaction. The caller has checked the permission.

    ``masukan`` holds ids and options only, never personal data. Raises KeyError for an unregistered kind
    and PermissionDenied for an actor nobody knows.
    """
    registered(jenis)
    if not actor.dikenal:
        raise PermissionDenied("Perlu masuk untuk menjalankan pekerjaan.")
    job = Pekerjaan.objects.create(
        jenis=jenis,
        judul=judul,
        masukan=masukan,
        pemilik_id=actor.id,
        instansi_id=instansi_id,
        berkas_masukan=berkas,
        permintaan=actor.request_id[:64],
        cakupan_token=None if actor.scopes is None else sorted(actor.scopes),
    )
    from petajabatan.inti.tasks import jalankan

    jalankan.defer(pekerjaan_id=str(job.id))
    return job


def with_outcome(jobs: QuerySet[Pekerjaan]) -> QuerySet[Pekerjaan]:
    """Adds ``ada_galat``: a job may end with findings of severity galat (a check, rows left out), and whoever
    shows its state says so."""
    galat = TemuanPekerjaan.objects.filter(pekerjaan=OuterRef("pk"), tingkat="galat")
    return jobs.annotate(ada_galat=Exists(galat))


def save_findings(job: Pekerjaan, temuan: Iterable[Temuan]) -> None:
    TemuanPekerjaan.objects.bulk_create(
        (
            TemuanPekerjaan(
                pekerjaan=job,
                kode=t.kode,
                tingkat=t.tingkat,
                kalimat=t.kalimat,
                perbaikan=t.perbaikan,
                tempat=t.tempat[:400],
                baris=t.baris,
                kolom=t.kolom[:80],
                nilai=t.nilai[:400],
                tautan=t.tautan[:400],
            )
            for t in temuan
        ),
        batch_size=2000,
    )


def _require_own(actor: Actor, job: Pekerjaan, verb: str) -> None:
    if (job.pemilik_id is None or job.pemilik_id != actor.id) and not actor.memegang("sistem", "admin-pusat"):
        raise PermissionDenied(f"Hanya pemilik pekerjaan yang dapat {verb}nya.")


def request_cancel(actor: Actor, job: Pekerjaan) -> None:
    """Ask a queued or running job to stop; a running one stops at its next progress report."""
    _require_own(actor, job, "membatalkan")
    with transaction.atomic():
        Pekerjaan.objects.filter(pk=job.pk, status__in=["antre", "berjalan"]).update(batal_diminta=True)
        Pekerjaan.objects.filter(pk=job.pk, status="antre").update(status="batal", akhir=timezone.now())


def retry_job(actor: Actor, job: Pekerjaan) -> Pekerjaan:
    """Submit the same work again as a new job of ``actor``; the old one stays as it ended.

    Raises Ditolak while the old one is still waiting, running, or when it succeeded.
    """
    _require_own(actor, job, "mengulang")
    if job.status not in ("gagal", "ditolak", "batal"):
        refuse(
            "pekerjaan-belum-berakhir",
            f"Pekerjaan ini {job.get_status_display().lower()}; tidak perlu diulang.",
            "Tunggu sampai berakhir, atau batalkan dahulu.",
        )
    with transaction.atomic():
        new = submit_job(
            actor,
            job.jenis,
            job.judul,
            job.masukan,
            berkas=job.berkas_masukan,
            instansi_id=job.instansi_id,
        )
        record(
            actor,
            "ulang",
            "pekerjaan",
            {"dari": str(job.pk), "menjadi": str(new.pk)},
            instansi_id=job.instansi_id,
        )
    return new
