"""The daftar pengukuhan on screen: the list, confirming rows, one row with another seat, exports."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from petajabatan.akun.rules import roles_that_may
from petajabatan.inti.actor import Actor
from petajabatan.inti.pekerjaan import submit_job
from petajabatan.inti.temuan import Ditolak, Temuan
from petajabatan.jabatan.queries import search_posisi
from petajabatan.pegawai.cetak.orang import PENUGASAN
from petajabatan.pegawai.forms import FormCabut, FormKeputusan
from petajabatan.pegawai.models import Pengukuhan
from petajabatan.pegawai.queries.pengukuhan import (
    STATUS,
    Masuk,
    Saring,
    VersiPengukuhan,
    confirmation,
    confirmation_versions,
    confirmations,
    incoming,
    ready_to_confirm,
)
from petajabatan.pegawai.queries.pilihan_kotak import boxes_to_choose
from petajabatan.pegawai.services import confirm_placement, withdraw_confirmation
from petajabatan.pegawai.views import own_instansi
from petajabatan.referensi.models import Instansi

PER_HALAMAN = 50


def _may_confirm(actor: Actor, instansi_id: int) -> bool:
    roles = (*roles_that_may("pegawai"), *roles_that_may("tetapkan"))
    return actor.memegang("sistem", *roles, instansi_id=instansi_id)


def _saring(request: HttpRequest, known: list[VersiPengukuhan], masuk_baru: Masuk) -> Saring:
    """The selection in the address; without one the newest version that moved people, or those who come from
    elsewhere where they alone wait."""
    last = known[0].versi if known else None
    if not request.GET and masuk_baru.menunggu and not any(v.menunggu for v in known):
        return Saring(masuk=True)
    versi = request.GET.get("versi", "")
    status = request.GET.get("status", "")
    masuk = request.GET.get("masuk") == "1"
    number = int(versi) if versi.isdecimal() and len(versi) < 10 else None
    return Saring(
        versi=None if masuk or versi == "semua" else number if number is not None else last,
        status=status if status in STATUS else "",
        tanpa_kursi=request.GET.get("tanpa_kursi") == "1",
        masuk=masuk,
        q=request.GET.get("q", "").replace("\x00", "").strip()[:100],
    )


def _address(instansi_id: int, saring: Saring) -> str:
    """The page with this selection."""
    values = {
        "versi": "" if saring.masuk else saring.versi or "semua",
        "status": saring.status,
        "tanpa_kursi": "1" if saring.tanpa_kursi else "",
        "masuk": "1" if saring.masuk else "",
        "q": saring.q,
    }
    query = urlencode({key: value for key, value in values.items() if value})
    return f"{reverse('pegawai:pengukuhan', args=[instansi_id])}?{query}"


@login_required
def daftar(request: HttpRequest, instansi_id: int) -> HttpResponse:
    """The list with its filters; POST confirms the chosen rows."""
    actor, instansi = own_instansi(request, instansi_id)
    known, arriving = confirmation_versions(actor, instansi.pk), incoming(actor, instansi.pk)
    saring = _saring(request, known, arriving)
    form = FormKeputusan(request.POST if request.method == "POST" else None)
    findings: list[Temuan] = []
    chosen = {int(x) for x in request.POST.getlist("id") if x.isdecimal() and len(x) < 19}
    if request.method == "POST" and form.is_valid():
        if request.POST.get("semua") == "1":
            keys = set(ready_to_confirm(actor, instansi.pk, saring))
        else:
            keys = chosen
        findings = _confirm(request, actor, keys, form)
        if not findings:
            return redirect(_address(instansi.pk, saring))
    return _list_page(request, actor, instansi, known, arriving, saring, form, findings, chosen)


def _confirm(request: HttpRequest, actor: Actor, keys: set[int], form: FormKeputusan) -> list[Temuan]:
    """Confirm rows and say so; findings when it was refused."""
    if not keys:
        return [
            Temuan(
                "belum-dipilih",
                "galat",
                _("Belum ada baris yang dipilih."),
                _("Centang baris yang akan dikukuhkan."),
            )
        ]
    try:
        done = confirm_placement(actor, keys, form.cleaned_data["nomor"], form.cleaned_data["tanggal"])
    except Ditolak as refused:
        return refused.temuan
    _told(request, done.n)
    return []


def _told(request: HttpRequest, n: int) -> None:
    messages.success(request, _("%(n)s penempatan dikukuhkan.") % {"n": n})


def _list_page(
    request: HttpRequest,
    actor: Actor,
    instansi: Instansi,
    known: list[VersiPengukuhan],
    arriving: Masuk,
    saring: Saring,
    form: FormKeputusan,
    findings: list[Temuan],
    chosen: set[int],
) -> HttpResponse:
    raw = request.GET.get("hal", "1")
    page = int(raw) if raw.isdecimal() and len(raw) < 8 else 1
    hasil = confirmations(actor, instansi.pk, saring, page, PER_HALAMAN)
    return render(
        request,
        "pegawai/pengukuhan.html",
        {
            "instansi": instansi,
            "versi": known,
            "saring": saring,
            "ada_masuk": saring.masuk or bool(arriving.n),
            "masuk": arriving,
            "hasil": hasil,
            "halaman": hasil.halaman,
            "form": form,
            "temuan": findings,
            "dipilih": chosen,
            "boleh": _may_confirm(actor, instansi.pk),
            "status": Pengukuhan.Status.choices,
            "sebab": dict(Pengukuhan.Sebab.choices),
            "penugasan": PENUGASAN,
        },
        status=422 if findings or form.errors else 200,
    )


def _withdraw(request: HttpRequest, actor: Actor, row: Pengukuhan, form: FormCabut) -> list[Temuan]:
    """Withdraw the confirmation and say so; findings when it was refused."""
    try:
        withdraw_confirmation(actor, row.pk, form.cleaned_data["alasan"])
    except Ditolak as refused:
        return refused.temuan
    messages.success(request, _("Pengukuhan dicabut; penempatannya sementara lagi."))
    return []


@login_required
def satu(request: HttpRequest, instansi_id: int, key: int) -> HttpResponse:
    """One row: choose another seat (or the first one), and confirm; or withdraw the confirmation."""
    actor, instansi = own_instansi(request, instansi_id)
    row = confirmation(actor, instansi.pk, min(key, 2**63 - 1))
    if row is None:
        raise Http404(_("Baris pengukuhan itu tidak ada dalam cakupan akun ini."))
    text = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    withdraw = request.method == "POST" and "cabut" in request.POST
    form = FormKeputusan(request.POST if request.method == "POST" and not withdraw else None)
    cabut = FormCabut(request.POST if withdraw else None)
    findings: list[Temuan] = []
    if withdraw and cabut.is_valid():
        findings = _withdraw(request, actor, row, cabut)
        if not findings:
            return redirect("pegawai:pengukuhan-satu", instansi.pk, row.pk)
    posisi = request.POST.get("posisi", "")
    if form.is_valid():
        box = int(posisi) if posisi.isdecimal() and len(posisi) < 19 else None
        try:
            done = confirm_placement(
                actor, [row.pk], form.cleaned_data["nomor"], form.cleaned_data["tanggal"], posisi_id=box
            )
        except Ditolak as refused:
            findings = refused.temuan
        else:
            _told(request, done.n)
            saring = Saring(versi=row.versi, masuk=row.instansi_id != instansi.pk)
            return redirect(_address(instansi.pk, saring))
    found = [hit.id for hit in search_posisi(row.instansi_baru_id, text, 20)] if text else []
    return render(
        request,
        "pegawai/pengukuhan_satu.html",
        {
            "instansi": instansi,
            "baris": row,
            "kotak": boxes_to_choose(row.instansi_baru_id, row.unor_baru_id, found),
            "terpilih": posisi or str(row.posisi_baru_id or ""),
            "q": text,
            "form": form,
            "temuan": findings,
            "boleh": (may := _may_confirm(actor, row.instansi_baru_id))
            and row.status == Pengukuhan.Status.MENUNGGU,
            "boleh_cabut": may and row.status == Pengukuhan.Status.DIKUKUHKAN,
            "cabut": cabut,
            "sebab": dict(Pengukuhan.Sebab.choices),
            "penugasan": PENUGASAN,
        },
        status=422 if findings or form.errors or cabut.errors else 200,
    )


@login_required
@require_POST
def ekspor(request: HttpRequest, instansi_id: int) -> HttpResponse:
    """Hand the list over to a job: XLSX or PDF. What is searched for stays out of the job's input."""
    actor, instansi = own_instansi(request, instansi_id)
    saring = _saring(request, confirmation_versions(actor, instansi.pk), incoming(actor, instansi.pk))
    bentuk = "pdf" if request.POST.get("bentuk") == "pdf" else "xlsx"
    asked = {
        "bentuk": bentuk,
        "instansi_id": instansi.pk,
        "versi": saring.versi,
        "status": saring.status,
        "tanpa_kursi": saring.tanpa_kursi,
        "masuk": saring.masuk,
    }
    title = f"Daftar pengukuhan ({bentuk.upper()}): {instansi.nama}"
    job = submit_job(actor, "ekspor-pengukuhan", title[:255], asked)
    return redirect("web:pekerjaan-rinci", job.pk)
