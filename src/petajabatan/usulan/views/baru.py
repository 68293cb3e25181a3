"""Making an usulan: of one instansi by its operator, across instansi by BKN."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from petajabatan.akun.rules import roles_that_may
from petajabatan.inti.actor import Actor
from petajabatan.inti.temuan import Ditolak, Temuan
from petajabatan.organisasi.models import UnorKini
from petajabatan.referensi.models import Instansi
from petajabatan.usulan.forms import FormAtribut, FormLintas, FormUsulan, add_refusal
from petajabatan.usulan.models import Usulan
from petajabatan.usulan.queries.daftar import holds
from petajabatan.usulan.services import create_usulan
from petajabatan.usulan.services.atribut import Atribut, change_attributes, stamp_of
from petajabatan.usulan.services.hak import may_draft
from petajabatan.usulan.services.lintas import create_bundle
from petajabatan.usulan.services.setelan import set_notice
from petajabatan.usulan.views.dasar import actor_of_request, usulan_or_404

HASIL_INSTANSI = 20
"""Instansi that a search shows at once."""
LAYANAN = (("usulan", "sotk"), ("infojab", "infojab"), ("evajab", "infojab"))


def drafting_services(actor: Actor, instansi_id: int) -> tuple[list[str], list[int]]:
    """Services the actor drafts for in this instansi, and the units a subtree grant limits it to (empty:
    everywhere)."""
    layanan: list[str] = []
    units: set[int] = set()
    whole = False
    for right, name in LAYANAN:
        for izin in actor.izin:
            if izin.peran in roles_that_may(right) and izin.instansi_id == instansi_id:
                layanan += [name] if name not in layanan else []
                whole |= izin.lingkup == "instansi"
                units |= {izin.sasaran} if izin.lingkup == "unor" and izin.sasaran else set()
    return layanan, [] if whole else sorted(units)


def instansi_asked(request: HttpRequest, actor: Actor) -> Instansi:
    """The one asked for, else the first one the actor drafts for. Raises PermissionDenied, Http404."""
    rights = {r for name, _layanan in LAYANAN for r in roles_that_may(name)}
    own = sorted({i.instansi_id for i in actor.izin if i.peran in rights and i.instansi_id is not None})
    raw = request.POST.get("instansi") or request.GET.get("instansi", "")
    asked = int(raw) if raw.isdecimal() and len(raw) < 10 else None
    if not own or (asked is not None and asked not in own):
        raise PermissionDenied(_("Usulan dibuat oleh operator instansi yang bersangkutan."))
    return get_object_or_404(Instansi, pk=asked if asked is not None else own[0])


@login_required
def baru(request: HttpRequest) -> HttpResponse:
    """The form of a new usulan; pressed twice it makes one."""
    actor = actor_of_request(request)
    instansi = instansi_asked(request, actor)
    layanan, units = drafting_services(actor, instansi.pk)
    cabang = list(UnorKini.objects.filter(pk__in=units).values_list("pk", "nama"))
    form = FormUsulan(
        request.POST or None,
        instansi_id=instansi.pk,
        layanan=layanan,
        cabang=cabang,
        initial={"kunci": uuid.uuid4().hex},
    )
    temuan: list[Temuan] = []
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        basis = values["dasar_hukum"]
        try:
            usulan = create_usulan(
                actor,
                instansi.pk,
                judul=values["judul"],
                jenis=values["jenis"],
                layanan=values.get("layanan") or layanan[0],
                keterangan=values["keterangan"],
                cabang_id=values.get("cabang"),
                dasar_hukum_id=basis.pk if basis else None,
                kunci=values["kunci"] or None,
            )
            if values["kabari_pegawai"]:
                set_notice(actor, usulan.pk, True)
        except Ditolak as refused:
            temuan = add_refusal(form, refused)
        else:
            messages.success(request, _("Usulan %(nomor)s dibuat.") % {"nomor": usulan.nomor})
            return redirect("usulan:rinci", usulan.pk)
    return render(
        request,
        "usulan/baru.html",
        {"form": form, "instansi": instansi, "temuan": temuan},
        status=422 if form.errors or temuan else 200,
    )


@login_required
def lintas(request: HttpRequest) -> HttpResponse:
    """The form of a bundle. Its instansi are searched for and ticked; without a script the button does it."""
    actor = actor_of_request(request)
    if not holds(actor, "verifikasi"):
        raise PermissionDenied(_("Usulan lintas instansi dibuka oleh BKN."))
    given = request.POST or request.GET
    chosen = _ids(given.getlist("instansi"))
    values: dict[str, Any] = {"q": given.get("q", "")[:100], **_choices(given.get("q", ""), chosen)}
    if request.headers.get("HX-Request"):
        return render(request, "usulan/_lintas_instansi.html", values)
    searching = "cari" in request.POST
    form = FormLintas(request.POST or None)
    if searching:
        form = FormLintas(initial=request.POST.dict())
    temuan: list[Temuan] = []
    if request.method == "POST" and not searching and form.is_valid():
        given_text = form.cleaned_data
        try:
            made = create_bundle(actor, given_text["judul"], chosen, keterangan=given_text["keterangan"])
        except Ditolak as refused:
            temuan = add_refusal(form, refused)
        else:
            first = Usulan.objects.filter(lintas=made).order_by("pk")[0]
            messages.success(
                request, _("Usulan lintas instansi dibuka untuk %(n)s instansi.") % {"n": len(chosen)}
            )
            return redirect("usulan:rinci", first.pk)
    values |= {"form": form, "temuan": temuan}
    status = 422 if form.errors or temuan else 200
    return render(request, "usulan/lintas.html", values, status=status)


def _ids(raw: list[str]) -> list[int]:
    return sorted({int(x) for x in raw if x.isdecimal() and len(x) < 10})


def _choices(teks: str, chosen: list[int]) -> dict[str, list[Instansi]]:
    """The instansi ticked so far, and those found by name or code that are not among them."""
    found: list[Instansi] = []
    text = " ".join(teks.replace("\x00", " ").split())[:100]
    if len(text) > 1:
        rows = Instansi.objects.filter(Q(nama__icontains=text) | Q(kode_cepat=text), aktif=True).exclude(
            pk__in=chosen
        )
        found = list(rows.order_by("nama")[:HASIL_INSTANSI])
    return {"terpilih": list(Instansi.objects.filter(pk__in=chosen).order_by("nama")), "hasil": found}


@login_required
def ubah(request: HttpRequest, usulan_id: int) -> HttpResponse:
    """Title, description and wished date of an usulan that may still change."""
    actor, usulan = actor_of_request(request), usulan_or_404(usulan_id)
    may_draft(actor, usulan.instansi_id, usulan.layanan, usulan.cabang_id)
    now = {
        "judul": usulan.judul,
        "keterangan": usulan.keterangan,
        "berlaku_diminta": usulan.berlaku_diminta,
        "dilihat": stamp_of(usulan),
    }
    form = FormAtribut(request.POST or None, initial=now)
    temuan: list[Temuan] = []
    if request.method == "POST" and form.is_valid():
        try:
            given = dict(form.cleaned_data)
            seen = given.pop("dilihat") or None
            change_attributes(actor, usulan.pk, Atribut(**given), dilihat=seen)
        except Ditolak as refused:
            temuan = add_refusal(form, refused)
            form.data = {**request.POST.dict(), "dilihat": stamp_of(usulan)}  # what was just shown
        else:
            messages.success(request, _("Keterangan usulan tersimpan."))
            return redirect("usulan:rinci", usulan.pk)
    values = {"usulan": usulan, "form": form, "temuan": temuan}
    return render(request, "usulan/ubah.html", values, status=422 if request.method == "POST" else 200)
