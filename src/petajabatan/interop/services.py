"""Subscribing to the feed by webhook: who may, and what is checked."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from petajabatan.akun.models import Pengguna
from petajabatan.akun.rules import roles_that_may
from petajabatan.interop.models import Webhook, WebhookKiriman
from petajabatan.interop.rahasia import encrypt, new_secret
from petajabatan.interop.rules import parse_url
from petajabatan.interop.umpan import last_number
from petajabatan.inti.actor import Actor
from petajabatan.inti.audit import record
from petajabatan.inti.temuan import Ditolak, refuse
from petajabatan.referensi.models import Instansi

WEBHOOK_PER_PEMILIK = 20
CAKUPAN = "webhook:kelola"


def manages_all(actor: Actor) -> bool:
    """Whether the actor manages everybody's webhooks."""
    return actor.scopes is None and actor.memegang("sistem", "admin-pusat")


def require_manager(actor: Actor) -> None:
    """Webhooks are for administrators of accounts and for machines whose token says so.

    Raises PermissionDenied for everybody else.
    """
    machine = actor.scopes is not None and CAKUPAN in actor.scopes
    person = actor.scopes is None and actor.memegang("sistem", *roles_that_may("akun"))
    if not (machine or person):
        raise PermissionDenied(
            "Webhook dikelola oleh admin akun, atau oleh aplikasi dengan cakupan " + CAKUPAN
        )


def webhooks_of(actor: Actor) -> QuerySet[Webhook]:
    """The webhooks the actor manages, newest first. Raises PermissionDenied for who manages none at all."""
    require_manager(actor)
    rows = Webhook.objects.filter(dihapus=None).order_by("-id")
    return rows if manages_all(actor) else rows.filter(pengelola__contains=[actor.id or 0])


def _check(url: str, instansi_ids: Sequence[int]) -> None:
    parsed = parse_url(url, lokal=settings.WEBHOOK_LOKAL)
    if isinstance(parsed, list):
        raise Ditolak(parsed)
    known = set(Instansi.objects.filter(pk__in=instansi_ids).values_list("pk", flat=True))
    missing = sorted(set(instansi_ids) - known)
    if missing:
        refuse(
            "instansi-tidak-dikenal",
            f"Tidak ada instansi dengan id {', '.join(map(str, missing[:5]))}.",
            "Pakai id dari GET /api/v1/instansi.",
            "instansi",
        )


@transaction.atomic
def create_webhook(
    actor: Actor, nama: str, url: str, instansi_ids: Sequence[int] = (), *, sejak: int | None = None
) -> tuple[Webhook, str]:
    """A subscription of the actor's, and its secret, which is never shown again.

    It begins with what is published from now on, or after number ``sejak`` of the feed. Raises
    PermissionDenied; Ditolak for an address that is not https to the outside, an unknown instansi, a number
    the feed has not reached, too many subscriptions.
    """
    require_manager(actor)
    if actor.id is None:
        raise PermissionDenied("Webhook memerlukan akun pemilik.")
    _check(url, instansi_ids)
    akhir = last_number()
    if sejak is not None and sejak > akhir:
        refuse("kursor-melampaui", f"Umpan baru sampai nomor {akhir}.", f"Pakai sejak={akhir}.", "sejak")
    if Webhook.objects.filter(pemilik_id=actor.id, dihapus=None).count() >= WEBHOOK_PER_PEMILIK:
        refuse(
            "webhook-terlalu-banyak",
            f"Sudah ada {WEBHOOK_PER_PEMILIK} webhook.",
            "Hapus yang tidak dipakai lagi.",
        )
    registrar = (
        Pengguna.objects.filter(pk=actor.id, mesin=True).values_list("dibuat_oleh_id", flat=True).first()
    )
    secret = new_secret()
    webhook = Webhook.objects.create(
        nama=nama.strip()[:80] or "Webhook",
        url=url,
        rahasia=encrypt(secret),
        pemilik_id=actor.id,
        pengelola=[i for i in (actor.id, registrar) if i is not None],
        instansi_ids=sorted(set(instansi_ids)),
        posisi=akhir if sejak is None else sejak,
    )
    record(actor, "buat", "webhook", {"id": webhook.pk})
    return webhook, secret


@transaction.atomic
def update_webhook(
    actor: Actor,
    webhook: Webhook,
    *,
    nama: str | None = None,
    url: str | None = None,
    instansi_ids: Sequence[int] | None = None,
    aktif: bool | None = None,
) -> Webhook:
    """Change what is given. A new address starts without the failures of the old one."""
    webhook = _locked(actor, webhook)
    _check(
        webhook.url if url is None else url, webhook.instansi_ids if instansi_ids is None else instansi_ids
    )
    if nama is not None:
        webhook.nama = nama.strip()[:80] or webhook.nama
    if instansi_ids is not None:
        webhook.instansi_ids = sorted(set(instansi_ids))
    if aktif is not None:
        webhook.aktif = aktif
    if url is not None and url != webhook.url:
        webhook.url = url
        _forgive(webhook)
    webhook.save(
        update_fields=["nama", "url", "instansi_ids", "aktif", "gagal_beruntun", "coba_pada", "dijeda",
                       "alasan_jeda", "diantre"]
    )  # fmt: skip
    record(actor, "ubah", "webhook", {"id": webhook.pk})
    return webhook


def _locked(actor: Actor, webhook: Webhook) -> Webhook:
    """The webhook's row of now, locked, if the actor manages it."""
    row = webhooks_of(actor).select_for_update().filter(pk=webhook.pk).first()
    if row is None:
        raise PermissionDenied("Webhook ini bukan milik Anda.")
    return row


def _forgive(webhook: Webhook) -> None:
    webhook.gagal_beruntun, webhook.coba_pada, webhook.diantre = 0, None, None
    webhook.dijeda, webhook.alasan_jeda = None, ""


@transaction.atomic
def renew_webhook_secret(actor: Actor, webhook: Webhook) -> str:
    """A new secret, shown once; deliveries are signed with it from now on."""
    webhook = _locked(actor, webhook)
    secret = new_secret()
    webhook.rahasia = encrypt(secret)
    webhook.save(update_fields=["rahasia"])
    record(actor, "ganti-rahasia", "webhook", {"id": webhook.pk})
    return secret


@transaction.atomic
def resume_webhook(actor: Actor, webhook: Webhook) -> Webhook:
    """Go on after a pause, or try now instead of at the appointed time; from where it stopped."""
    from petajabatan.interop.pengiriman import enqueue

    webhook = _locked(actor, webhook)
    _forgive(webhook)
    webhook.save(update_fields=["gagal_beruntun", "coba_pada", "dijeda", "alasan_jeda", "diantre"])
    record(actor, "lanjutkan", "webhook", {"id": webhook.pk})
    enqueue(webhook.pk)
    return webhook


@transaction.atomic
def remove_webhook(actor: Actor, webhook: Webhook) -> None:
    """End a subscription; its delivery log stays until it is pruned."""
    webhook = _locked(actor, webhook)
    webhook.aktif, webhook.dihapus = False, timezone.now()
    webhook.save(update_fields=["aktif", "dihapus"])
    record(actor, "hapus", "webhook", {"id": webhook.pk})


@transaction.atomic
def resend(actor: Actor, kiriman: WebhookKiriman) -> None:
    """Send the events of an attempt once more, now. What the receiver has not taken yet goes out in order
    with all that follows it; what it has taken is sent again on its own, out of order."""
    from petajabatan.interop.pengiriman import enqueue_resend

    webhook = _locked(actor, kiriman.webhook)
    if not webhook.aktif:
        refuse("webhook-mati", "Webhook ini dimatikan.", "Nyalakan dahulu.")
    if webhook.posisi < kiriman.nomor_sampai:
        resume_webhook(actor, webhook)
        return
    record(actor, "kirim-ulang", "webhook", {"id": webhook.pk, "kiriman": str(kiriman.pk)})
    enqueue_resend(kiriman.pk)


def deliveries_of(webhook: Webhook) -> QuerySet[WebhookKiriman]:
    """Attempts of a webhook (found through ``webhooks_of``), newest first."""
    return webhook.kiriman.order_by("-pada", "-id")


def deliveries_before(
    rows: QuerySet[WebhookKiriman], pada: dt.datetime, id: uuid.UUID
) -> QuerySet[WebhookKiriman]:
    """Those that stand after this one in the list, newest first."""
    return rows.filter(Q(pada__lt=pada) | Q(pada=pada, id__lt=id))


def delivery_of(webhook: Webhook, id: uuid.UUID) -> WebhookKiriman | None:
    return webhook.kiriman.select_related("webhook").filter(pk=id).first()


def states(webhook: Webhook) -> dict[str, Any]:
    """How a webhook fares, for pages and the API: ``keadaan`` and how many events wait."""
    waiting = max(0, last_number() - webhook.posisi)
    if not webhook.aktif:
        state = "mati"
    elif webhook.dijeda:
        state = "dijeda"
    elif webhook.gagal_beruntun:
        state = "mengulang"
    else:
        state = "lancar"
    return {"keadaan": state, "tertinggal": waiting}
