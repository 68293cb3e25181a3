"""Doing an usulan that came to nothing again as a new draft."""

from __future__ import annotations

import uuid

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from petajabatan.inti.temuan import Ditolak
from petajabatan.usulan.queries.alur import summary_of
from petajabatan.usulan.queries.temuan import grouped
from petajabatan.usulan.services.hak import may_draft
from petajabatan.usulan.services.salin import copy_usulan
from petajabatan.usulan.views.dasar import actor_of_request, usulan_or_404


@login_required
def salin(request: HttpRequest, usulan_id: int) -> HttpResponse:
    """GET says what will happen, POST does it and tells what did not fit; pressed twice it makes one."""
    actor, usulan = actor_of_request(request), usulan_or_404(usulan_id)
    may_draft(actor, usulan.instansi_id, usulan.layanan, usulan.cabang_id)
    values = {
        "usulan": usulan,
        "jumlah": summary_of(usulan).operasi,
        "kunci": request.POST.get("kunci", "")[:80] or uuid.uuid4().hex,
    }
    if request.method != "POST":
        return render(request, "usulan/salin.html", values)
    try:
        result = copy_usulan(actor, usulan.pk, kunci=str(values["kunci"]))
    except Ditolak as refused:
        return render(request, "usulan/salin.html", values | {"temuan": grouped(refused.temuan)}, status=422)
    return render(request, "usulan/salin.html", values | {"hasil": result, "temuan": grouped(result.temuan)})
