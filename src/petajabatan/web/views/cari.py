"""Global search: the palette's results, and the same as a page for those without script."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from petajabatan.web.context import chosen_instansi
from petajabatan.web.konteks_halaman import actor_of_request
from petajabatan.web.pencarian import search_everything


@login_required
def cari(request: HttpRequest) -> HttpResponse:
    return _render(request, "web/cari.html")


@login_required
def cari_hasil(request: HttpRequest) -> HttpResponse:
    return _render(request, "web/cari_hasil.html")


def _render(request: HttpRequest, template: str) -> HttpResponse:
    q = request.GET.get("q", "")[:100]
    groups = search_everything(actor_of_request(request), q, chosen_instansi(request))
    numbered = 0
    rows = []
    for group in groups:
        hits = []
        for hit in group.isi:
            numbered += 1
            hits.append((f"cari-{numbered}", hit))
        rows.append((group, hits))
    return render(request, template, {"q": q, "kelompok": rows})
