"""The dictionary of competencies: reading it, and writing level texts where a source gives them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from petajabatan.anjab.queries.kompetensi import URUT_JENIS, dictionary
from petajabatan.anjab.services.kompetensi import add_competency, may_edit_dictionary, write_level
from petajabatan.anjab.views.kompetensi import entry_of
from petajabatan.inti.temuan import Ditolak, Temuan
from petajabatan.usulan.views.dasar import actor_of_request


@login_required
def daftar(request: HttpRequest) -> HttpResponse:
    """All competencies; a POST adds a teknis one."""
    actor = actor_of_request(request)
    refused: list[Temuan] = []
    names = ("kode", "nama", "definisi", "sumber")
    if request.method == "POST":
        try:
            made = add_competency(actor, **{name: request.POST.get(name, "") for name in names})
        except Ditolak as error:
            refused = error.temuan
        else:
            messages.success(request, _("Kompetensi ditambahkan; tulis uraian levelnya bila ada sumbernya."))
            return redirect("anjab:kamus-rinci", made.pk)
    q, jenis = request.GET.get("q", "")[:100], request.GET.get("jenis", "")
    return render(
        request,
        "anjab/kamus_daftar.html",
        {
            "isi": dictionary(q=q, jenis=jenis if jenis in URUT_JENIS else ""),
            "q": q,
            "jenis": jenis,
            "pilihan": URUT_JENIS,
            "boleh": may_edit_dictionary(actor),
            "ditolak": refused,
            "nilai": {name: request.POST.get(name, "") for name in names},
        },
        status=422 if refused else 200,
    )


@login_required
def rinci(request: HttpRequest, kompetensi_id: int) -> HttpResponse:
    """One competency with its five levels; a POST writes one of them."""
    actor, entry = actor_of_request(request), entry_of(min(kompetensi_id, 2**31 - 1))
    refused: list[Temuan] = []
    typed: dict[str, Any] = {}
    if request.method == "POST":
        raw = request.POST.get("level", "")
        typed = {name: request.POST.get(name, "") for name in ("uraian", "indikator", "sumber")}
        level = int(raw) if raw.isdecimal() and len(raw) < 3 else 0
        try:
            write_level(actor, entry.id, level, **typed)
        except Ditolak as error:
            refused, typed = error.temuan, typed | {"level": level}
        else:
            messages.success(request, _("Level %(n)s tersimpan.") % {"n": level})
            return redirect("anjab:kamus-rinci", entry.id)
    return render(
        request,
        "anjab/kamus_rinci.html",
        {"e": entry, "boleh": may_edit_dictionary(actor), "ditolak": refused, "ketik": typed},
        status=422 if refused else 200,
    )
