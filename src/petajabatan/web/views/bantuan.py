"""Help and about: how to work here, what the signs mean, where every figure comes from."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from petajabatan import __version__
from petajabatan.pegawai.models import KebijakanBezetting
from petajabatan.web.tautan import link


def bantuan(request: HttpRequest) -> HttpResponse:
    return render(request, "web/bantuan.html")


def tentang(request: HttpRequest) -> HttpResponse:
    """What the product is, its version, and the dated policy that B follows."""
    policy = KebijakanBezetting.objects.order_by("-berlaku_dari").first()
    return render(
        request,
        "web/tentang.html",
        {"versi": __version__, "kebijakan": policy, "simulasi": link("simulasi:hasil")},
    )
