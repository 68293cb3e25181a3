"""Bringing the draft onto the newest published version: both values side by side, the person decides."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from petajabatan.inti.temuan import Ditolak
from petajabatan.usulan.models import KonflikUsulan
from petajabatan.usulan.queries.selaras import open_conflicts
from petajabatan.usulan.rules.alur import AKHIR
from petajabatan.usulan.services.selaras import decide, rebase
from petajabatan.web.sunting.kata_selaras import present
from petajabatan.web.sunting.konteks import KonteksDraf, draft_of


@login_required
def halaman(request: HttpRequest, usulan_id: int) -> HttpResponse:
    """The conflicts; POST brings the draft up to date or decides one of them."""
    konteks = draft_of(request, usulan_id)
    if request.method == "POST":
        return _act(request, konteks)
    decided = KonflikUsulan.objects.filter(usulan=konteks.usulan).exclude(keputusan="")
    rows = list(decided.order_by("-versi", "objek", "objek_id", "kolom"))
    if konteks.tertinggal:
        rows = open_conflicts(konteks.usulan) + rows
    shown = present(konteks.usulan, rows)
    return render(
        request,
        "web/sunting/selaras.html",
        {
            "draf": konteks,
            "usulan": konteks.usulan,
            "konteks": konteks.peta,
            "lihat": "selaras",
            "berakhir": konteks.usulan.status in AKHIR,
            "terbuka": [row for row in shown if not row.konflik.keputusan],
            "diputus": [row for row in shown if row.konflik.keputusan],
        },
    )  # fmt: skip


def _act(request: HttpRequest, konteks: KonteksDraf) -> HttpResponse:
    actor: Any = request.actor  # type: ignore[attr-defined]
    usulan_id = konteks.usulan.pk
    chosen, key = request.POST.get("keputusan", ""), request.POST.get("konflik", "")
    try:
        if key.isdigit() and len(key) < 19:
            done = decide(actor, usulan_id, int(key), chosen)
        else:
            done = rebase(actor, usulan_id)
    except Ditolak as refused:
        for t in refused.temuan:
            messages.error(request, f"{t.kalimat} {t.perbaikan}")
        return redirect("sunting:selaras", usulan_id)
    except PermissionDenied as denied:
        messages.error(request, str(denied))
        return redirect("sunting:selaras", usulan_id)
    if done.selaras:
        messages.success(request, _("Usulan kini di atas peta versi %(n)s.") % {"n": done.ke})
        return redirect("sunting:peta", usulan_id)
    messages.warning(
        request,
        _("%(n)s pertentangan perlu diputus; sampai itu usulan tetap di atas versi %(v)s.")
        % {"n": len(done.konflik), "v": done.dari},
    )
    return redirect("sunting:selaras", usulan_id)
