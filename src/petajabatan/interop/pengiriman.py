"""Delivering the feed to webhooks: in order, at least once, again after growing waits, paused in the end.

A webhook's cursor (``posisi``) moves only when the receiver has answered 2xx, so what fails is sent again,
together with what has been published since, and nothing overtakes it. One worker at a time holds a webhook
(``dipegang_sampai``, a lease that runs out should the worker die). No transaction is open while bytes travel.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import uuid
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from petajabatan import __version__
from petajabatan.akun.models import Pengguna
from petajabatan.interop import kirim
from petajabatan.interop.models import Webhook, WebhookKiriman
from petajabatan.interop.rahasia import decrypt
from petajabatan.interop.rules import GAGAL_MAKS, signature, wait_after
from petajabatan.interop.umpan import Peristiwa, Potongan, last_number, read_feed
from petajabatan.inti.actor import sistem
from petajabatan.inti.dinding import scope_of
from petajabatan.inti.kabar import notify

log = logging.getLogger("petajabatan.webhook")

PERISTIWA_SEKALI = 100
"""Events in one delivery."""
KIRIMAN_SEKALI = 50
"""Deliveries of one webhook before others get their turn."""
PEGANG = dt.timedelta(minutes=2)
"""How long a worker may hold a webhook without a sign; longer than one exchange."""
SIMPAN = dt.timedelta(days=30)
"""How long attempts are kept."""


_OWNER = Q(pemilik_id__in=Pengguna.objects.filter(is_active=True).values("pk"))
"""A webhook of a deactivated account sends nothing; it goes on where it stopped once that is active."""


class KirimanTertunda(Exception):
    """A delivery failed and is to be tried again at ``pada``."""

    def __init__(self, webhook_id: int, pada: dt.datetime) -> None:
        super().__init__(f"webhook {webhook_id}: coba lagi {pada:%Y-%m-%d %H:%M:%S %z}")
        self.pada = pada


def body_of(webhook_id: int, kiriman: uuid.UUID, isi: list[Peristiwa]) -> bytes:
    """What is sent: the same events as the feed gives, and the delivery they came with."""
    body = {"webhook": webhook_id, "kiriman": str(kiriman), "isi": [asdict(event) for event in isi]}
    return json.dumps(body, ensure_ascii=False, default=_plain, separators=(",", ":")).encode()


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, dt.datetime) else str(value)


def headers_of(
    webhook: Webhook, kiriman: uuid.UUID, rahasia: str, isi: bytes, now: dt.datetime
) -> dict[str, str]:
    """What identifies and signs a delivery; documented in docs/api.md."""
    seconds = int(now.timestamp())
    return {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": f"PetaJabatan/{__version__}",
        "Connection": "close",
        "X-Peta-Webhook": str(webhook.pk),
        "X-Peta-Kiriman": str(kiriman),
        "X-Peta-Waktu": str(seconds),
        "X-Peta-Tanda": signature(rahasia, seconds, isi),
    }


def deliver(webhook_id: int, now: dt.datetime | None = None) -> int:
    """Send a webhook all that waits for it; returns how many events were taken.

    Does nothing for one that is switched off, paused, held by another worker or not due yet. Raises
    KirimanTertunda when a delivery failed and is to be tried again. ``now`` is the moved clock of tests.
    """
    taken = 0
    for _ in range(KIRIMAN_SEKALI):
        clock = now or timezone.now()
        webhook = _take(webhook_id, clock)
        if webhook is None:
            return taken
        with scope_of(sistem("webhook")):
            akhir = last_number()
            page = read_feed(webhook.posisi, PERISTIWA_SEKALI, akhir=akhir, instansi=webhook.instansi_ids)
        if not page.isi:
            _release(webhook, page.berikutnya)
            return taken
        if not _deliver_page(webhook, page, clock):
            return taken
        taken += len(page.isi)
        if not page.lagi:
            return taken
    enqueue(webhook_id)
    return taken


def _take(webhook_id: int, now: dt.datetime) -> Webhook | None:
    tolerance = now + dt.timedelta(seconds=5)  # the queue's clock is that of the database
    with scope_of(sistem("webhook")):
        free = Webhook.objects.filter(
            Q(dipegang_sampai=None) | Q(dipegang_sampai__lt=now),
            Q(coba_pada=None) | Q(coba_pada__lte=tolerance),
            _OWNER,
            pk=webhook_id,
            aktif=True,
            dijeda=None,
            dihapus=None,
        )
        if not free.update(dipegang_sampai=now + PEGANG):
            return None
        return Webhook.objects.get(pk=webhook_id)


def _release(webhook: Webhook, posisi: int) -> None:
    with scope_of(sistem("webhook")):
        Webhook.objects.filter(pk=webhook.pk, posisi=webhook.posisi).update(
            posisi=posisi, dipegang_sampai=None, diantre=None
        )


def _send(webhook: Webhook, isi: list[Peristiwa], now: dt.datetime) -> tuple[uuid.UUID, kirim.Jawaban]:
    kiriman = uuid.uuid4()
    rahasia = decrypt(webhook.rahasia)
    if rahasia is None:
        return kiriman, kirim.Jawaban(None, 0, "rahasia-tak-terbaca")
    body = body_of(webhook.pk, kiriman, isi)
    headers = headers_of(webhook, kiriman, rahasia, body, now)
    return kiriman, kirim.post(webhook.url, body, headers, lokal=settings.WEBHOOK_LOKAL)


def _deliver_page(webhook: Webhook, page: Potongan, now: dt.datetime) -> bool:
    """Send one page and keep what came of it. Raises KirimanTertunda; False when the webhook was paused."""
    kiriman, answer = _send(webhook, page.isi, now)
    failures = 0 if answer.berhasil else webhook.gagal_beruntun + 1
    again = None if answer.berhasil else now + wait_after(failures)
    gone = answer.status == 410 or answer.galat == "rahasia-tak-terbaca"
    paused = not answer.berhasil and (gone or failures >= GAGAL_MAKS)
    changes: dict[str, Any] = {"dipegang_sampai": None, "diantre": None, "gagal_beruntun": failures}
    if answer.berhasil:
        changes |= {"posisi": page.berikutnya, "coba_pada": None}
    elif paused:
        changes |= {"dijeda": now, "alasan_jeda": answer.galat, "coba_pada": None}
    else:
        changes |= {"coba_pada": again, "diantre": again}
    with scope_of(sistem("webhook")):
        WebhookKiriman.objects.create(
            id=kiriman,
            webhook=webhook,
            nomor_dari=page.isi[0].nomor,
            nomor_sampai=page.isi[-1].nomor,
            jumlah=len(page.isi),
            percobaan=webhook.gagal_beruntun + 1,
            status=answer.status,
            galat=answer.galat,
            durasi_ms=answer.durasi_ms,
            coba_lagi=None if paused else again,
            pada=now,
        )
        # Whoever changed the address meanwhile has started afresh: his changes stand.
        Webhook.objects.filter(pk=webhook.pk, url=webhook.url, posisi=webhook.posisi).update(**changes)
        if paused:
            _tell_paused(webhook, failures, kiriman)
    if answer.berhasil:
        return True
    log.warning(
        "webhook %s gagal (%s, status %s), percobaan %s", webhook.pk, answer.galat, answer.status, failures
    )
    if paused or again is None:
        return False
    raise KirimanTertunda(webhook.pk, again)


def _tell_paused(webhook: Webhook, failures: int, kiriman: uuid.UUID) -> None:
    notify(
        sistem("webhook"),
        webhook.pengelola,
        f"Webhook {webhook.nama} dijeda setelah {failures} kegagalan",
        "Penerima tidak menjawab 2xx. Perbaiki penerimanya, lalu tekan Lanjutkan; pengiriman dimulai dari"
        " peristiwa pertama yang belum diterima.",
        f"/webhook/{webhook.pk}/",
        kunci=f"webhook:{webhook.pk}:jeda:{kiriman}",
    )


def deliver_again(kiriman_id: uuid.UUID | str, now: dt.datetime | None = None) -> bool:
    """Send the events of one earlier attempt once more, beside the order; returns whether they were taken.

    The cursor stays where it is, and a failure here counts for nothing but the log.
    """
    clock = now or timezone.now()
    with scope_of(sistem("webhook")):
        old = WebhookKiriman.objects.select_related("webhook").filter(pk=kiriman_id).first()
        if old is None or not old.webhook.aktif:
            return False
        events = read_feed(
            old.nomor_dari - 1, PERISTIWA_SEKALI, akhir=old.nomor_sampai, instansi=old.webhook.instansi_ids
        ).isi
    if not events:
        return False
    kiriman, answer = _send(old.webhook, events, clock)
    with scope_of(sistem("webhook")):
        WebhookKiriman.objects.create(
            id=kiriman,
            webhook=old.webhook,
            nomor_dari=old.nomor_dari,
            nomor_sampai=old.nomor_sampai,
            jumlah=len(events),
            ulang=True,
            status=answer.status,
            galat=answer.galat,
            durasi_ms=answer.durasi_ms,
            pada=clock,
        )
    return answer.berhasil


def enqueue(webhook_id: int) -> None:
    from petajabatan.interop.tasks import kirim_webhook

    kirim_webhook.defer(webhook=webhook_id)


def enqueue_resend(kiriman_id: uuid.UUID) -> None:
    from petajabatan.interop.tasks import kirim_ulang_webhook

    kirim_ulang_webhook.defer(kiriman=str(kiriman_id))


def enqueue_due(now: dt.datetime | None = None) -> list[int]:
    """Queue every webhook for which something waits and nothing is queued; the worker calls it.

    Also finds those whose queue entry was lost. Returns their ids. Inside the caller's (nationwide) scope.
    """
    clock = now or timezone.now()
    lost = clock - dt.timedelta(minutes=2)
    due = Webhook.objects.select_for_update(skip_locked=True).filter(
        Q(coba_pada=None) | Q(coba_pada__lte=clock),
        Q(dipegang_sampai=None) | Q(dipegang_sampai__lt=clock),
        Q(diantre=None) | Q(diantre__lt=lost),
        _OWNER,
        aktif=True,
        dijeda=None,
        dihapus=None,
        posisi__lt=last_number(),
    )
    ids = sorted(due.values_list("pk", flat=True))
    Webhook.objects.filter(pk__in=ids).update(diantre=clock)
    for webhook_id in ids:
        enqueue(webhook_id)
    return ids


def prune(now: dt.datetime | None = None) -> int:
    """Drop attempts older than ``SIMPAN``; returns how many. Inside the caller's (nationwide) scope."""
    limit = (now or timezone.now()) - SIMPAN
    return WebhookKiriman.objects.filter(pada__lt=limit).delete()[0]
