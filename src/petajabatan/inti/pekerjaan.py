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
from django.db import connection, transaction
from django.utils import timezone

from petajabatan.inti.actor import Actor
from petajabatan.inti.models import Berkas, Pekerjaan, TemuanPekerjaan
from petajabatan.inti.temuan import Temuan

REPORT_EVERY = 0.4
"""Seconds between two progress reports."""


class Dibatalkan(Exception):
    """The person asked to cancel; the job's transaction is rolled back."""


class Kemajuan:
    """Progress of a piece of work. The base class swallows it; ``KemajuanPekerjaan`` stores it."""

    def __call__(self, selesai: int, total: int | None = None, tahap: str = "") -> None:
        """Report ``selesai`` of ``total`` rows in stage ``tahap``. Raises Dibatalkan when asked to stop."""


class KemajuanPekerjaan(Kemajuan):
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
        if self._conn is None:
            params = {
                k: v
                for k, v in connection.get_connection_params().items()
                if k not in ("cursor_factory", "context")
            }
            params.pop("pool", None)
            self._conn = psycopg.connect(**params, autocommit=True)
        row = self._conn.execute(
            "SELECT lapor_kemajuan(%s, %s, %s, %s)", [self.id, selesai, total, tahap]
        ).fetchone()
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
_REGISTRY: dict[str, Pelaksana] = {}


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

    Raises KeyError for an unregistered kind.
    """
    registered(jenis)
    job = Pekerjaan.objects.create(
        jenis=jenis,
        judul=judul,
        masukan=masukan,
        pemilik_id=actor.id,
        instansi_id=instansi_id,
        berkas_masukan=berkas,
    )
    from petajabatan.inti.tasks import jalankan

    jalankan.defer(pekerjaan_id=str(job.id))
    return job


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


def request_cancel(actor: Actor, job: Pekerjaan) -> None:
    """Ask a queued or running job to stop; it stops at its next progress report."""
    if job.pemilik_id != actor.id and not actor.memegang("sistem", "admin-pusat"):
        from django.core.exceptions import PermissionDenied

        raise PermissionDenied("Hanya pemilik pekerjaan yang dapat membatalkannya.")
    with transaction.atomic():
        Pekerjaan.objects.filter(pk=job.pk, status__in=["antre", "berjalan"]).update(batal_diminta=True)
        Pekerjaan.objects.filter(pk=job.pk, status="antre").update(status="batal", akhir=timezone.now())
