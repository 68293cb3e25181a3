"""Choices of the frame: theme, language, instansi."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from petajabatan.akun.models import Pengguna
from petajabatan.referensi.models import Instansi
from petajabatan.web.context import TEMA, choose_instansi, own_instansi
from petajabatan.web.templatetags.format import aset

SETAHUN = 365 * 24 * 3600


def back(request: HttpRequest, fallback: str = "/") -> str:
    """Where the person came from, if that is one of our own pages."""
    target = request.POST.get("kembali", "")
    ours = url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure())
    return target if ours else fallback


@require_safe
@cache_control(max_age=24 * 3600)
def ikon(request: HttpRequest) -> HttpResponse:
    """The icon for whoever asks without reading a page: bookmarks, crawlers, tabs of files."""
    return HttpResponseRedirect(aset("merek.svg"))


@require_POST
def setelan(request: HttpRequest) -> HttpResponse:
    """Theme and language, kept in the account and in cookies (which serve before login)."""
    response = HttpResponseRedirect(back(request))
    tema, bahasa = request.POST.get("tema"), request.POST.get("bahasa")
    values: dict[str, str] = {}
    if tema in TEMA:
        values["tema"] = tema
        response.set_cookie("tema", tema, SETAHUN, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
    if bahasa in dict(settings.LANGUAGES):
        values["bahasa"] = bahasa
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            bahasa,
            SETAHUN,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
    if values and request.user.is_authenticated:
        Pengguna.objects.filter(pk=request.user.pk).update(**values)
    return response


@require_POST
def pilih_instansi(request: HttpRequest) -> HttpResponse:
    """Switch the instansi one works on; only inside one's own grants."""
    raw = request.POST.get("instansi", "")
    instansi = get_object_or_404(Instansi.objects.only("id"), pk=int(raw) if raw.isdecimal() else -1)
    own = own_instansi(request.actor)  # type: ignore[attr-defined]
    if own is not None and instansi.id not in own:
        raise PermissionDenied("Instansi ini di luar cakupan peran Anda.")
    choose_instansi(request, instansi.id)
    return HttpResponseRedirect(back(request))
