"""Pages of webhooks: subscriptions, how they fare, every attempt, and the buttons to go on."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from petajabatan.interop import services
from petajabatan.interop.models import Webhook
from petajabatan.inti.actor import Actor
from petajabatan.inti.temuan import Ditolak
from petajabatan.referensi.models import Instansi

PER_HALAMAN = 50
KEADAAN = {
    "lancar": ("baik", gettext_lazy("Lancar")),
    "mengulang": ("peringatan", gettext_lazy("Mencoba lagi")),
    "dijeda": ("galat", gettext_lazy("Dijeda")),
    "mati": ("netral", gettext_lazy("Dimatikan")),
}
GALAT = {
    "alamat-dalam": gettext_lazy("Nama host menunjuk alamat yang bukan alamat umum"),
    "nama-tidak-ditemukan": gettext_lazy("Nama host tidak ditemukan"),
    "sertifikat-tidak-sah": gettext_lazy("Sertifikat TLS tidak sah"),
    "tls-gagal": gettext_lazy("Sambungan TLS gagal"),
    "waktu-habis": gettext_lazy("Tidak menjawab dalam 10 detik"),
    "sambungan-putus": gettext_lazy("Sambungan ditolak atau terputus"),
    "alih-tidak-diikuti": gettext_lazy("Penerima mengalihkan; pengalihan tidak diikuti"),
    "ditolak-penerima": gettext_lazy("Penerima tidak menjawab 2xx"),
    "isi-terlalu-besar": gettext_lazy("Isi terlalu besar"),
    "dipulihkan": gettext_lazy("Basis data dipulihkan dari cadangan"),
    "rahasia-tak-terbaca": gettext_lazy("Rahasia tidak terbaca; ganti rahasianya"),
}


class FormWebhook(forms.Form):
    nama = forms.CharField(label=gettext_lazy("Nama"), max_length=80)
    url = forms.CharField(
        label=gettext_lazy("Alamat penerima"),
        max_length=500,
        help_text=gettext_lazy("Alamat https yang menerima POST, misalnya https://contoh.go.id/peta"),
    )
    instansi = forms.CharField(
        label=gettext_lazy("Hanya instansi"),
        required=False,
        help_text=gettext_lazy("Kode cepat, dipisah koma; kosong berarti semua instansi"),
    )

    def clean_instansi(self) -> list[int]:
        codes = [code.strip() for code in self.cleaned_data["instansi"].split(",") if code.strip()]
        found = dict(Instansi.objects.filter(kode_cepat__in=codes).values_list("kode_cepat", "pk"))
        missing = [code for code in codes if code not in found]
        if missing:
            raise forms.ValidationError(_("Kode tidak dikenal: %s") % ", ".join(missing[:5]))
        return sorted(found.values())


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    services.require_manager(actor)
    return actor


def _webhook(actor: Actor, id: int) -> Webhook:
    row = services.webhooks_of(actor).filter(pk=id).first()
    if row is None:
        raise Http404(_("Tidak ada webhook ini."))
    return row


def _row(webhook: Webhook) -> dict[str, Any]:
    state = services.states(webhook)
    jenis, nama = KEADAAN[state["keadaan"]]
    return {"webhook": webhook, "jenis": jenis, "keadaan": nama, "tertinggal": state["tertinggal"]}


@login_required
def daftar(request: HttpRequest) -> HttpResponse:
    """Subscriptions the actor manages; a POST makes a new one and shows its secret, this once."""
    actor = _actor(request)
    form = FormWebhook(request.POST if request.method == "POST" else None)
    made: tuple[Webhook, str] | None = None
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        try:
            with transaction.atomic():
                made = services.create_webhook(actor, data["nama"], data["url"], data["instansi"])
        except Ditolak as refusal:
            for t in refusal.temuan:
                form.add_error("url" if t.kolom == "url" else None, f"{t.kalimat} {t.perbaikan}")
        else:
            form = FormWebhook()
    rows = [_row(webhook) for webhook in services.webhooks_of(actor)]
    response = render(
        request, "interop/webhook.html", {"baris": rows, "form": form, "baru": made and made[0],
                                          "rahasia": made and made[1]}
    )  # fmt: skip
    response["Cache-Control"] = "no-store"
    return response


@login_required
def rinci(request: HttpRequest, id: int, rahasia: str = "") -> HttpResponse:
    webhook = _webhook(_actor(request), id)
    raw = request.GET.get("hal", "1")
    number = int(raw) if raw.isdecimal() and len(raw) < 8 else 1
    halaman = Paginator(services.deliveries_of(webhook), PER_HALAMAN).get_page(number)
    response = render(
        request,
        "interop/webhook_rinci.html",
        {
            **_row(webhook),
            "halaman": halaman,
            "kiriman": [{"k": k, "galat": GALAT.get(k.galat, k.galat)} for k in halaman],
            "alasan": GALAT.get(webhook.alasan_jeda, webhook.alasan_jeda),
            "instansi": list(
                Instansi.objects.filter(pk__in=webhook.instansi_ids).values_list("nama", flat=True)
            ),
            "rahasia": rahasia,
        },
    )
    response["Cache-Control"] = "no-store"
    return response


@login_required
@require_POST
def tindak(request: HttpRequest, id: int) -> HttpResponse:
    """The buttons of the page: go on, switch on and off, a new secret, remove."""
    actor = _actor(request)
    webhook = _webhook(actor, id)
    action = request.POST.get("tindakan")
    if action == "lanjutkan":
        services.resume_webhook(actor, webhook)
        messages.success(request, _("Dicoba sekarang, mulai dari peristiwa pertama yang belum diterima."))
    elif action in ("nyalakan", "matikan"):
        services.update_webhook(actor, webhook, aktif=action == "nyalakan")
        messages.success(
            request, _("Webhook dinyalakan.") if action == "nyalakan" else _("Webhook dimatikan.")
        )
    elif action == "rahasia":
        return rinci(request, id, services.renew_webhook_secret(actor, webhook))
    elif action == "hapus":
        services.remove_webhook(actor, webhook)
        messages.success(request, _("Webhook dihapus."))
        return redirect("webhook:daftar")
    return redirect("webhook:rinci", id)


@login_required
@require_POST
def ulang(request: HttpRequest, id: int, kiriman: uuid.UUID) -> HttpResponse:
    actor = _actor(request)
    delivery = services.delivery_of(_webhook(actor, id), kiriman)
    if delivery is None:
        raise Http404(_("Tidak ada kiriman ini."))
    try:
        with transaction.atomic():
            services.resend(actor, delivery)
    except Ditolak as refusal:
        messages.error(request, f"{refusal.temuan[0].kalimat} {refusal.temuan[0].perbaikan}")
    else:
        messages.success(request, _("Dikirim ulang; hasilnya tampil di daftar ini."))
    return redirect("webhook:rinci", id)
