"""Notifications: one message to many accounts, in the application and (where wanted) by e-mail.

A message stands in the transaction of what it tells about: it appears when that is committed, and not at all
when it is rolled back. The e-mail follows through the queue (``inti.surel``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from petajabatan.inti.actor import Actor
from petajabatan.inti.models import Notifikasi

BANYAK = 100
"""Unread messages beyond which the bell stops counting."""
SURAT_PER_TUGAS = 100
"""E-mails that one task of the queue sends."""


@dataclass(frozen=True)
class Alamat:
    """Where an account's e-mail goes, and in which language."""

    surel: str
    bahasa: str = "id"


SumberAlamat = Callable[[Iterable[int]], dict[int, Alamat]]
_SUMBER_ALAMAT: list[SumberAlamat] = []


def set_address_source(source: SumberAlamat) -> None:
    """Tell how account ids become e-mail addresses; called by ``akun``, which this app may not import.

    The source leaves out accounts that are inactive, have no address or do not want e-mail.
    """
    _SUMBER_ALAMAT[:] = [source]


def addresses_of(penerima: Iterable[int]) -> dict[int, Alamat]:
    """Addresses of those recipients who get e-mail; empty when the installation sends none."""
    if not settings.SUREL_DIKIRIM or not _SUMBER_ALAMAT:
        return {}
    return _SUMBER_ALAMAT[0](penerima)


def notify(
    actor: Actor,
    penerima: Iterable[int],
    judul: str,
    isi: str = "",
    tautan: str = "",
    *,
    kunci: str = "",
) -> int:
    """Tell accounts (by id) that something happened; returns how many were not told before.

    ``judul`` (one line) and ``tautan`` (a path of this application) also go out by e-mail: no personal data
    in either. ``kunci`` names the event, e.g. ``usulan:17:diajukan:3``: whoever already has a message with it
    gets no second one. Call it in the transaction of the event; repeated recipients are told once.
    Raises PermissionDenied for an actor nobody knows, ValueError for a link to elsewhere.
    """
    if not actor.dikenal:
        raise PermissionDenied("Perlu masuk untuk mengirim kabar.")
    if tautan and (not tautan.startswith("/") or tautan.startswith("//")):
        raise ValueError(f"not a path of this application: {tautan!r}")
    if len(kunci) > 160:
        raise ValueError(f"key longer than 160 characters: {kunci!r}")
    ids = sorted(set(penerima))
    if not ids:
        return 0
    judul = " ".join(judul.split())[:200]
    with transaction.atomic():
        to_mail = list(addresses_of(ids))
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT id, penerima_id FROM kirim_notifikasi(%s, %s, %s, %s, %s, %s)",
                [ids, judul, isi, tautan, kunci, to_mail],
            )
            rows = cursor.fetchall()
        wanted = set(to_mail)
        _defer_mail([number for number, recipient in rows if recipient in wanted])
    return len(rows)


def _defer_mail(ids: list[int]) -> None:
    from petajabatan.inti.tasks import kirim_surel

    for start in range(0, len(ids), SURAT_PER_TUGAS):
        kirim_surel.defer(notifikasi=ids[start : start + SURAT_PER_TUGAS])


def messages_of(actor: Actor, *, belum: bool = False) -> QuerySet[Notifikasi]:
    """The actor's own messages, newest first; ``belum``: only those not read yet."""
    rows = Notifikasi.objects.filter(penerima_id=actor.id or 0).order_by("-id")
    return rows.filter(dibaca=None) if belum else rows


def unread_count(actor: Actor) -> int:
    """How many messages the actor has not read, counted up to ``BANYAK``. One statement on a partial index;
    none for who has no account."""
    if actor.id is None:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM (SELECT FROM notifikasi WHERE penerima_id = %s AND dibaca IS NULL"
            " LIMIT %s) AS b",
            [actor.id, BANYAK],
        )
        return int(cursor.fetchone()[0])


def mark_read(actor: Actor, id: int | None = None) -> int:
    """Mark one of the actor's own messages (or all of them) as read; returns how many were not yet."""
    rows = messages_of(actor, belum=True)
    if id is not None:
        rows = rows.filter(pk=id)
    return rows.update(dibaca=timezone.now())
