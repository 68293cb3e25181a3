"""The home page, by role."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def beranda(request: HttpRequest) -> HttpResponse:
    return render(request, "web/beranda.html")
