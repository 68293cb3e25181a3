"""Global search: the palette and its results."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def cari(request: HttpRequest) -> HttpResponse:
    return render(request, "web/cari.html", {"q": request.GET.get("q", "")})


def cari_hasil(request: HttpRequest) -> HttpResponse:
    return render(request, "web/cari_hasil.html", {"q": request.GET.get("q", ""), "kelompok": []})
