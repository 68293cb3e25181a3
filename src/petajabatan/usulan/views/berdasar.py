"""From units on a repealed regulation to an usulan that puts them on another one: one page, one step."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from petajabatan.inti.actor import Actor
from petajabatan.inti.temuan import Ditolak, Temuan
from petajabatan.organisasi.models import DasarHukum, UnorKini
from petajabatan.organisasi.queries import UnorBerdasar, units_named
from petajabatan.usulan.forms import FormBerdasar, add_refusal
from petajabatan.usulan.models import Usulan
from petajabatan.usulan.rules.operasi import PerbaruiDasar
from petajabatan.usulan.services import add_operations, create_usulan
from petajabatan.usulan.services.draf import DAPAT_DIUBAH
from petajabatan.usulan.views.baru import drafting_services, instansi_asked
from petajabatan.usulan.views.dasar import actor_of_request

UNIT_MAKS = 500


@login_required
def berdasar(request: HttpRequest) -> HttpResponse:
    """GET: the chosen units (``unit``, repeated), each with its present regulation, and a form for the new
    one. POST: the operations go into the chosen draft, or into a new one."""
    actor = actor_of_request(request)
    instansi = instansi_asked(request, actor)
    asked = (request.POST if request.method == "POST" else request.GET).getlist("unit")
    ids = [int(raw) for raw in asked[:UNIT_MAKS] if raw.isdecimal() and len(raw) < 19]
    units = units_named(instansi.pk, ids)
    layanan, branches = drafting_services(actor, instansi.pk)
    form = FormBerdasar(
        request.POST or None,
        dasar=DasarHukum.objects.filter(instansi=instansi).exclude(status="dicabut"),
        usulan=_open_drafts(instansi.pk, branches),
        cabang=list(UnorKini.objects.filter(pk__in=branches).values_list("pk", "nama")),
        initial={"kunci": uuid.uuid4().hex, "judul": _("Pembaruan dasar hukum")},
    )
    temuan: list[Temuan] = []
    if not units:
        temuan = [Temuan("tanpa-unit", "galat", _("Belum ada unit yang dipilih."),
                         _("Pilih unitnya pada halaman Dasar hukum."))]  # fmt: skip
    elif "sotk" not in layanan:
        temuan = [Temuan("bukan-sotk", "galat", _("Peran Anda tidak mengubah unit."),
                         _("Minta operator SOTK mengerjakannya."))]  # fmt: skip
    elif request.method == "POST" and form.is_valid():
        try:
            usulan = _put(actor, instansi.pk, units, form, request.POST)
        except Ditolak as refused:
            temuan = add_refusal(form, refused)
        else:
            messages.success(
                request,
                _("%(n)s unit disiapkan berdiri di atas %(dasar)s dalam usulan %(nomor)s.")
                % {"n": len(units), "dasar": form.cleaned_data["dasar_hukum_id"], "nomor": usulan.nomor},
            )
            return redirect("sunting:peta", usulan.pk)
    rows = [(unit, request.POST.get(f"pasal-{unit.unor_id}", "")) for unit in units]
    refused_now = request.method == "POST" or bool(temuan)
    values = {"instansi": instansi, "unit": rows, "form": form, "temuan": temuan, "bisa": bool(units)}
    return render(request, "usulan/berdasar.html", values, status=422 if refused_now else 200)


def _open_drafts(instansi_id: int, branches: Sequence[int]) -> Any:
    rows = Usulan.objects.filter(instansi_id=instansi_id, layanan="sotk", status__in=DAPAT_DIUBAH)
    return (rows.filter(cabang_id__in=branches) if branches else rows).order_by("-pk")


def _put(
    actor: Actor, instansi_id: int, units: Sequence[UnorBerdasar], form: forms.Form, sent: Any
) -> Usulan:
    """The operations, in the chosen draft or a new one; nothing at all when one of them is refused."""
    values = form.cleaned_data
    with transaction.atomic():
        usulan: Usulan | None = values["usulan"]
        if usulan is None:
            usulan = create_usulan(
                actor,
                instansi_id,
                judul=values["judul"],
                cabang_id=values.get("cabang") or None,
                dasar_hukum_id=values["dasar_hukum_id"].pk,
                kunci=values["kunci"] or None,
            )
        # The lowest first: a unit given its own pasal keeps it when the branch above it follows.
        steps = [
            PerbaruiDasar(
                unor_id=unit.unor_id,
                dasar_hukum_id=values["dasar_hukum_id"].pk,
                cabang=values["cabang_juga"],
                hanya_dari=unit.dasar_hukum_id if values["cabang_juga"] else None,
                pasal=sent.get(f"pasal-{unit.unor_id}", "")[:60].strip() or None,
            )
            for unit in sorted(units, key=lambda unit: -unit.kedalaman)
        ]
        add_operations(actor, usulan.pk, steps, kunci=values["kunci"] or None)
    return usulan
