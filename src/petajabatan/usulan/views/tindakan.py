"""The form of an action: what it does, what stands in its way, what it asks for."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from petajabatan.inti.actor import Actor
from petajabatan.inti.jam import today
from petajabatan.inti.temuan import Ditolak, Temuan, refuse
from petajabatan.usulan import kata
from petajabatan.usulan.forms import FormBatalVersi, FormTindakan, add_refusal, beside
from petajabatan.usulan.models import Usulan
from petajabatan.usulan.queries.alur import figures_of
from petajabatan.usulan.queries.temuan import grouped
from petajabatan.usulan.rules.alur import rights_of, transition_of
from petajabatan.usulan.services.batal import cancel_version
from petajabatan.usulan.services.dokumen import add_document
from petajabatan.usulan.services.izin import require_right
from petajabatan.usulan.services.kabar import notify_touched
from petajabatan.usulan.services.setelan import set_notice
from petajabatan.usulan.services.terbit import Penetapan, publish_bundle, publish_usulan
from petajabatan.usulan.services.transisi import Surat, findings_for, move
from petajabatan.usulan.views.dasar import actor_of_request, tell_refusal, usulan_or_404


@login_required
def tindakan(request: HttpRequest, usulan_id: int, tindakan: str) -> HttpResponse:
    """GET shows the form, POST takes the action. Refusals stand beside the fields they are about."""
    if tindakan not in kata.TINDAKAN:
        raise Http404(_("Tindakan itu tidak dikenal."))
    actor = actor_of_request(request)
    usulan = usulan_or_404(usulan_id)
    require_right(actor, rights_of(tindakan, usulan.layanan, usulan.jenis), usulan)
    step = transition_of(tindakan, usulan.status)
    others = tindakan == "lepas" and usulan.verifikator_id not in (None, actor.id)
    needs_reason = step is not None and (step.alasan or others)
    form = FormTindakan(
        request.POST or None,
        request.FILES or None,
        tindakan=tindakan,
        usulan=usulan,
        wajib_alasan=needs_reason,
        initial={"revisi": usulan.revisi, "tanggal": None if tindakan == "tanda-tangani" else today()},
    )
    temuan: list[Temuan] = []
    if request.method == "POST" and form.is_valid():
        try:
            _take(actor, usulan, tindakan, form)
        except Ditolak as refused:
            temuan = add_refusal(form, refused)
        else:
            done = _(kata.RIWAYAT[tindakan])
            messages.success(request, _("%(nomor)s: %(hasil)s.") % {"nomor": usulan.nomor, "hasil": done})
            return redirect("usulan:rinci", usulan.pk)
    elif request.method != "POST":
        temuan = findings_for(actor, usulan, tindakan)
    title, meaning = kata.LEPAS_LAIN if others else (kata.TINDAKAN[tindakan], kata.PENJELASAN[tindakan])
    values = _page(usulan, form, temuan) | {
        "judul_tindakan": title,
        "penjelasan": meaning,
        "bisa": step is not None,
        "bahaya": tindakan in ("tolak", "batalkan"),
    }
    return render(request, "usulan/tindakan.html", values, status=422 if request.method == "POST" else 200)


def _page(usulan: Usulan, form: Form, temuan: list[Temuan]) -> dict[str, Any]:
    """What the person decides about, beside the form."""
    angka = figures_of(usulan)
    return {
        "usulan": usulan,
        "form": form,
        "temuan": grouped(temuan),
        "status": kata.STATUS[usulan.status],
        "warna": kata.WARNA[usulan.status],
        "bagian": bundle_parts(usulan),
        "ringkas": angka.ringkas,
        "besar": angka.besar,
        "bisa": True,
    }


def bundle_parts(usulan: Usulan) -> list[dict[str, Any]]:
    """Every part of its bundle that this person may read, with what it changes; empty without a bundle."""
    if usulan.lintas_id is None:
        return []
    parts = Usulan.objects.filter(lintas_id=usulan.lintas_id).exclude(status="dibatalkan")
    return [
        {"usulan": part, "status": kata.STATUS[part.status], "ringkas": figures_of(part).ringkas}
        for part in parts.select_related("instansi").order_by("instansi_id")
    ]


def _take(actor: Actor, usulan: Usulan, tindakan: str, form: FormTindakan) -> None:
    values: dict[str, Any] = form.cleaned_data
    if tindakan == "tetapkan":
        _refuse_stale(usulan, values["revisi"])
        penetapan = Penetapan(values["nomor"], values["tanggal"], values["berlaku"])
        if usulan.lintas_id is not None:
            publish_bundle(actor, usulan.lintas_id, penetapan)
        else:
            publish_usulan(actor, usulan.pk, penetapan)
        return
    surat = None
    if tindakan == "tanda-tangani":
        chosen = values.get("dokumen")
        number = chosen.pk if chosen else None
        if values["surat"] is not None:
            upload = values["surat"]
            with beside(form, "surat"):
                number = add_document(actor, usulan.pk, upload.file, upload.name, jenis="surat").pk
        surat = Surat(number, values["nomor"], values["tanggal"])
    move(actor, usulan.pk, tindakan, revisi=values["revisi"], alasan=values.get("alasan", ""), surat=surat)


def _refuse_stale(usulan: Usulan, seen: int) -> None:
    """Publishing brings the draft onto the last version by itself; what the person saw must still be it."""
    if usulan.revisi != seen:
        refuse(
            "usulan-sudah-berubah",
            f"Usulan ini berubah sejak Anda membukanya (revisi {seen}, kini {usulan.revisi}).",
            "Lihat perubahannya, lalu putuskan lagi.",
        )


@login_required
def batal_versi(request: HttpRequest, usulan_id: int) -> HttpResponse:
    """Take a scheduled version back before its day."""
    actor = actor_of_request(request)
    usulan = usulan_or_404(usulan_id)
    require_right(actor, ("tetapkan",), usulan)
    if usulan.versi_terbit is None:
        raise Http404(_("Usulan ini belum ditetapkan."))
    form = FormBatalVersi(request.POST or None)
    temuan: list[Temuan] = []
    if request.method == "POST" and form.is_valid():
        try:
            cancel_version(actor, usulan.instansi_id, usulan.versi_terbit, form.cleaned_data["alasan"])
        except Ditolak as refused:
            temuan = add_refusal(form, refused)
        else:
            messages.success(request, _("Versi %(n)s dibatalkan.") % {"n": usulan.versi_terbit})
            return redirect("usulan:rinci", usulan.pk)
    values = _page(usulan, form, temuan) | {
        "judul_tindakan": kata.BATALKAN_VERSI,
        "penjelasan": kata.PENJELASAN_BATALKAN_VERSI,
        "bahaya": True,
    }
    return render(request, "usulan/tindakan.html", values, status=422 if request.method == "POST" else 200)


@login_required
@require_POST
def kabari(request: HttpRequest, usulan_id: int) -> HttpResponse:
    """Switch the notice to touched people, or send it now."""
    actor = actor_of_request(request)
    try:
        if "kirim" in request.POST:
            n = notify_touched(actor, usulan_id)
            messages.success(request, _("%(n)s pegawai dikabari.") % {"n": n})
        else:
            usulan = set_notice(actor, usulan_id, request.POST.get("kabari") == "1")
            done = _("Pegawai akan dikabari.") if usulan.kabari_pegawai else _("Pegawai tidak dikabari.")
            messages.success(request, done)
    except Ditolak as refused:
        tell_refusal(request, refused)
    return redirect("usulan:rinci", usulan_id)
