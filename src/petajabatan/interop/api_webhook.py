"""Routes of webhooks: subscriptions of the calling account, and their delivery log."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Annotated, Any

from django.http import Http404, HttpRequest
from ninja import Path, Query, Router, Schema, Status
from pydantic import Field

from petajabatan.interop import services
from petajabatan.interop.api_perubahan import NOMOR_MAKS, InstansiId
from petajabatan.interop.models import Webhook, WebhookKiriman
from petajabatan.inti.actor import Actor
from petajabatan.inti.api import PAGE_DEFAULT, PAGE_MAX, Halaman, api_actor, cut_page, decode_cursor

router = Router(tags=["Webhook"])
WebhookId = Annotated[int, Path(ge=1, le=NOMOR_MAKS)]
Nama = Annotated[str, Field(min_length=1, max_length=80, pattern=r"^[^\x00]*$")]
Url = Annotated[str, Field(max_length=500, pattern=r"^[^\x00]*$")]
DaftarInstansi = Annotated[list[InstansiId], Field(max_length=1000)]


class WebhookBaru(Schema):
    nama: Nama = Field(examples=["Aplikasi kepegawaian"])
    url: Url = Field(description="alamat https penerima", examples=["https://kepegawaian.contoh.go.id/peta"])
    instansi: DaftarInstansi = Field(default_factory=list, description="hanya instansi ini; kosong: semua")
    sejak: int | None = Field(
        None, ge=0, le=NOMOR_MAKS, description="mulai sesudah nomor umpan ini; bawaan: mulai dari sekarang"
    )


class WebhookUbah(Schema):
    nama: Nama | None = None
    url: Url | None = None
    instansi: DaftarInstansi | None = None
    aktif: bool | None = None


class WebhookKeluar(Schema):
    """A subscription; the secret is shown when it is made, and never again."""

    id: int
    nama: str
    url: str
    instansi: list[int] = Field(description="kosong: semua")
    aktif: bool
    keadaan: str = Field(description="lancar, mengulang, dijeda, mati")
    alasan_jeda: str
    posisi: int = Field(description="nomor umpan terakhir yang sudah diterima")
    tertinggal: int = Field(description="nomor umpan sesudahnya")
    gagal_beruntun: int
    coba_pada: dt.datetime | None = Field(description="sesudah gagal: dicoba lagi pada")
    dibuat: dt.datetime


class WebhookRahasia(WebhookKeluar):
    rahasia: str = Field(description="kunci tanda tangan; hanya ditampilkan sekali ini")


class DaftarWebhook(Schema):
    isi: list[WebhookKeluar]


class KirimanKeluar(Schema):
    id: uuid.UUID
    pada: dt.datetime
    nomor_dari: int
    nomor_sampai: int
    jumlah: int
    percobaan: int
    ulang: bool
    status: int | None = Field(description="status HTTP jawaban; null tanpa jawaban")
    galat: str = Field(description="kosong bila diterima")
    durasi_ms: int
    coba_lagi: dt.datetime | None


class DaftarKiriman(Halaman):
    isi: list[KirimanKeluar]


class SaringKiriman(Schema):
    kursor: str | None = Field(None, max_length=300)
    batas: int = Field(PAGE_DEFAULT, ge=1, le=PAGE_MAX)


def _out(webhook: Webhook) -> dict[str, Any]:
    return {
        "id": webhook.pk,
        "nama": webhook.nama,
        "url": webhook.url,
        "instansi": webhook.instansi_ids,
        "aktif": webhook.aktif,
        "alasan_jeda": webhook.alasan_jeda,
        "posisi": webhook.posisi,
        "gagal_beruntun": webhook.gagal_beruntun,
        "coba_pada": webhook.coba_pada,
        "dibuat": webhook.dibuat,
        **services.states(webhook),
    }


def _actor(request: HttpRequest) -> Actor:
    return api_actor(request, services.CAKUPAN)


def _webhook(actor: Actor, webhook_id: int) -> Webhook:
    """The webhook if the actor manages it; 404 otherwise."""
    row = services.webhooks_of(actor).filter(pk=webhook_id).first()
    if row is None:
        raise Http404("Tidak ada webhook dengan id itu.")
    return row


@router.get("/webhook", response=DaftarWebhook, summary="Webhook yang dikelola")
def list_webhooks(request: HttpRequest) -> Any:
    return {"isi": [_out(row) for row in services.webhooks_of(_actor(request))]}


@router.post("/webhook", response={201: WebhookRahasia}, summary="Webhook baru")
def create_webhook(request: HttpRequest, isi: WebhookBaru) -> Any:
    """The answer holds the secret that deliveries are signed with; keep it, it is not shown again."""
    webhook, secret = services.create_webhook(
        _actor(request), isi.nama, isi.url, isi.instansi, sejak=isi.sejak
    )
    return Status(201, {**_out(webhook), "rahasia": secret})


@router.get("/webhook/{webhook_id}", response=WebhookKeluar, summary="Satu webhook")
def get_webhook(request: HttpRequest, webhook_id: WebhookId) -> Any:
    return _out(_webhook(_actor(request), webhook_id))


@router.patch("/webhook/{webhook_id}", response=WebhookKeluar, summary="Ubah webhook")
def update_webhook(request: HttpRequest, webhook_id: WebhookId, isi: WebhookUbah) -> Any:
    """Change what is given. A new address forgets the failures of the old one."""
    actor = _actor(request)
    webhook = services.update_webhook(
        actor,
        _webhook(actor, webhook_id),
        nama=isi.nama,
        url=isi.url,
        instansi_ids=isi.instansi,
        aktif=isi.aktif,
    )
    return _out(webhook)


@router.delete("/webhook/{webhook_id}", response={204: None}, summary="Hapus webhook")
def delete_webhook(request: HttpRequest, webhook_id: WebhookId) -> Any:
    actor = _actor(request)
    services.remove_webhook(actor, _webhook(actor, webhook_id))
    return Status(204, None)


@router.post("/webhook/{webhook_id}/rahasia", response=WebhookRahasia, summary="Ganti rahasia")
def renew_secret(request: HttpRequest, webhook_id: WebhookId) -> Any:
    """A new secret, shown once. Deliveries are signed with it from now on."""
    actor = _actor(request)
    webhook = _webhook(actor, webhook_id)
    secret = services.renew_webhook_secret(actor, webhook)
    return {**_out(webhook), "rahasia": secret}


@router.post("/webhook/{webhook_id}/lanjutkan", response=WebhookKeluar, summary="Lanjutkan sekarang")
def resume_webhook(request: HttpRequest, webhook_id: WebhookId) -> Any:
    """Go on after a pause, or try now instead of later; from the first event that was not taken."""
    actor = _actor(request)
    return _out(services.resume_webhook(actor, _webhook(actor, webhook_id)))


@router.get("/webhook/{webhook_id}/kiriman", response=DaftarKiriman, summary="Catatan kiriman")
def list_deliveries(request: HttpRequest, webhook_id: WebhookId, saring: Query[SaringKiriman]) -> Any:
    """Attempts of the last 30 days, newest first."""
    rows = services.deliveries_of(_webhook(_actor(request), webhook_id))
    after = decode_cursor(saring.kursor, dt.datetime.fromisoformat, uuid.UUID)
    if after:
        rows = services.deliveries_before(rows, after[0], after[1])
    page, following = cut_page(
        list(rows[: saring.batas + 1]), saring.batas, lambda row: (row.pada.isoformat(), row.pk)
    )
    return {"isi": [_kiriman(row) for row in page], "berikutnya": following}


def _kiriman(row: WebhookKiriman) -> dict[str, Any]:
    return {name: getattr(row, name) for name in KirimanKeluar.model_fields}


@router.post("/webhook/{webhook_id}/kiriman/{kiriman_id}/ulang", response={202: None}, summary="Kirim ulang")
def resend(request: HttpRequest, webhook_id: WebhookId, kiriman_id: uuid.UUID) -> Any:
    """Send the events of an attempt once more. What was not taken goes out in order; what was, beside it."""
    actor = _actor(request)
    delivery = services.delivery_of(_webhook(actor, webhook_id), kiriman_id)
    if delivery is None:
        raise Http404("Tidak ada kiriman dengan id itu.")
    services.resend(actor, delivery)
    return Status(202, None)
