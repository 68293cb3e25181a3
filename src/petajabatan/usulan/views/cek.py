"""What each check looks at and why: the help behind a finding's code."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from petajabatan.usulan.rules.cek import SEMUA_CEK


@login_required
@require_safe
def daftar(request: HttpRequest) -> HttpResponse:
    """All checks, filtered by words of their code, title or explanation."""
    text = request.GET.get("q", "").strip().lower()[:100]
    level = request.GET.get("tingkat", "")
    found = [
        check
        for check in SEMUA_CEK.values()
        if (not level or check.tingkat == level)
        and all(word in f"{check.kode} {check.judul} {check.apa}".lower() for word in text.split())
    ]
    values = {"cek": found, "q": text, "tingkat": level, "n": len(SEMUA_CEK)}
    return render(request, "usulan/cek_daftar.html", values)


@login_required
@require_safe
def rinci(request: HttpRequest, kode: str) -> HttpResponse:
    check = SEMUA_CEK.get(kode)
    if check is None:
        raise Http404(_("Pemeriksaan itu tidak dikenal."))
    return render(request, "usulan/cek_rinci.html", {"c": check})
