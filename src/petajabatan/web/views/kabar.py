"""Notifications: the list, opening one, marking as read, and whether they also come by e-mail."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from petajabatan.akun.services import set_mail_wanted
from petajabatan.inti.kabar import mark_read, messages_of
from petajabatan.web.konteks_halaman import actor_of_request, page_number

PER_HALAMAN = 25


@login_required
def daftar(request: HttpRequest) -> HttpResponse:
    """The account's own messages; ``?belum=1`` only those not read yet."""
    belum = request.GET.get("belum") == "1"
    rows = messages_of(actor_of_request(request), belum=belum).defer("kunci")
    halaman = Paginator(rows, PER_HALAMAN).get_page(page_number(request))
    return render(request, "web/kabar.html", {"halaman": halaman, "belum": belum})


@login_required
@require_POST
def baca(request: HttpRequest, id: int) -> HttpResponse:
    """Mark one as read; with ``buka`` go on to what it tells about."""
    actor = actor_of_request(request)
    row = get_object_or_404(messages_of(actor), pk=id)
    mark_read(actor, id)
    if "buka" in request.POST and row.tautan:
        return redirect(row.tautan)
    return redirect("web:kabar")


@login_required
@require_POST
def baca_semua(request: HttpRequest) -> HttpResponse:
    mark_read(actor_of_request(request))
    messages.success(request, _("Semua kabar ditandai sudah dibaca."))
    return redirect("web:kabar")


@login_required
@require_POST
def surel(request: HttpRequest) -> HttpResponse:
    """Switch e-mail of one's own messages on or off."""
    wanted = request.POST.get("surel") == "1"
    set_mail_wanted(actor_of_request(request), wanted)
    messages.success(
        request,
        _("Kabar juga dikirim lewat surel.") if wanted else _("Kabar tidak lagi dikirim lewat surel."),
    )
    return redirect("web:akun-saya")
