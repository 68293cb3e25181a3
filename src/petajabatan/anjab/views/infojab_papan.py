"""The board of completeness, of a draft and of a published map; beginning an informasi jabatan from it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST, require_safe

from petajabatan.anjab.queries.infojab_angka import summary_of_draft
from petajabatan.anjab.queries.infojab_papan import SARINGAN, board_of, missing_boxes, with_choices
from petajabatan.anjab.queries.infojab_peta import Sudut, boxes, path_of
from petajabatan.anjab.queries.infojab_pilihan import offers_for
from petajabatan.anjab.rules.infojab_kelompok import groups_of
from petajabatan.anjab.services.infojab import (
    KOTAK_MAKS,
    begin_infojab,
    begin_missing,
    may_write,
    use_infojab,
)
from petajabatan.anjab.views.infojab_dasar import actor_of, draft_view, number, published_view
from petajabatan.inti.temuan import Ditolak

PER_HALAMAN = 60
KATA_SARINGAN = {
    "semua": gettext_noop("Semua"),
    "tanpa": gettext_noop("Belum ada"),
    "belum": gettext_noop("Belum lengkap"),
    "lengkap": gettext_noop("Lengkap"),
}


def _board(request: HttpRequest, sudut: Sudut, *, cabang: int | None = None) -> dict[str, Any]:
    unit = number(request.GET.get("unit")) or cabang
    saring = request.GET.get("saring", "semua")
    saring = saring if saring in SARINGAN else "semua"
    below = request.GET.get("bawah") == "1"
    papan = board_of(sudut, unit, saring, bawah=below)
    halaman = Paginator(papan.kotak, PER_HALAMAN).get_page(request.GET.get("hal", "1"))
    return {
        "papan": papan,
        "saring": saring,
        "bawah": below,
        "halaman": halaman,
        "saringan": [(kode, KATA_SARINGAN[kode], papan.hitung[kode]) for kode in SARINGAN],
        "kotak": list(halaman),
    }


@login_required
@require_safe
def draf(request: HttpRequest, usulan_id: int) -> HttpResponse:
    """The board of a draft."""
    usulan, sudut = draft_view(request, usulan_id)
    sebab = may_write(actor_of(request), usulan)
    values = _board(request, sudut, cabang=usulan.cabang_id)
    if not sebab:
        n_kotak, tanpa = missing_boxes(sudut, values["papan"].unit.id, paling=KOTAK_MAKS)
        values |= {
            "kotak": with_choices(sudut, values["kotak"]),
            "n_nama": len(groups_of(tanpa, per_nama=True)),
            "n_kotak": n_kotak,
            "kotak_maks": KOTAK_MAKS,
        }
    return render(
        request,
        "anjab/infojab_papan.html",
        values | {"usulan": usulan, "sebab_baca": sebab, "boleh_ubah": not sebab, "terbit": None},
    )


@login_required
@require_safe
def terbit(request: HttpRequest, instansi_id: int) -> HttpResponse:
    """The board of a published map."""
    instansi, version, sudut = published_view(request, instansi_id)
    return render(
        request,
        "anjab/infojab_papan.html",
        _board(request, sudut)
        | {"instansi": instansi, "versi": version, "usulan": None, "boleh_ubah": False, "terbit": version},
    )


@login_required
@require_safe
def ringkas(request: HttpRequest, usulan_id: int) -> HttpResponse:
    """For the page of the usulan: how many of the posts it describes are complete."""
    usulan, sudut = draft_view(request, usulan_id)
    values = {"usulan": usulan, "rekap": summary_of_draft(sudut)}
    return render(request, "anjab/_infojab_ringkas.html", values)


@login_required
@require_safe
def pilih(request: HttpRequest, usulan_id: int) -> HttpResponse:
    """For a box without informasi jabatan: those of the same jabatan, to be used as they are."""
    usulan, sudut = draft_view(request, usulan_id)
    box = boxes(sudut, [number(request.GET.get("posisi")) or 0])
    if not box:
        raise Http404(_("Jabatan itu tidak ada pada peta usulan ini."))
    kotak = next(iter(box.values()))
    sebab = may_write(actor_of(request), usulan)
    return render(
        request,
        "anjab/infojab_pilih.html",
        {
            "usulan": usulan,
            "kotak": kotak,
            "jalur": path_of(sudut, kotak.unor_id),
            "daftar": offers_for(sudut, kotak),
            "sebab_baca": sebab,
            "boleh_ubah": not sebab,
        },
    )


@login_required
@require_POST
def mulai(request: HttpRequest, usulan_id: int) -> HttpResponse:
    """Begin an informasi jabatan for these boxes, or let them use one that exists; then to the editor."""
    usulan, _sudut = draft_view(request, usulan_id)
    ids = [key for raw in request.POST.getlist("posisi") if (key := number(raw))]
    pakai, kunci = number(request.POST.get("infojab")), request.POST.get("kunci", "")[:80] or None
    try:
        if pakai is not None:
            use_infojab(actor_of(request), usulan.pk, ids, pakai, kunci=kunci)
            made: int | None = pakai
        else:
            _result, made = begin_infojab(actor_of(request), usulan.pk, ids, kunci=kunci)
    except Ditolak as refused:
        for finding in refused.temuan:
            messages.error(request, f"{finding.kalimat} {finding.perbaikan}")
        return redirect("anjab:infojab-papan", usulan.pk)
    if made is None:
        return redirect("anjab:infojab-papan", usulan.pk)
    address = reverse("anjab:infojab-sunting", args=[usulan.pk, made])
    return redirect(f"{address}?posisi={ids[0]}")


@login_required
@require_POST
def mulai_semua(request: HttpRequest, usulan_id: int) -> HttpResponse:
    """Begin every informasi jabatan that is missing in a unit and below it; back to the board."""
    usulan, _sudut = draft_view(request, usulan_id)
    unit, per_name = number(request.POST.get("unit")), request.POST.get("cara") != "kotak"
    kunci = request.POST.get("kunci", "")[:80] or None
    try:
        _result, made, boxes_ = begin_missing(
            actor_of(request), usulan.pk, unit, per_nama=per_name, kunci=kunci
        )
    except Ditolak as refused:
        for finding in refused.temuan:
            messages.error(request, f"{finding.kalimat} {finding.perbaikan}")
    else:
        said = _("%(n)s informasi jabatan dibuat untuk %(m)s jabatan.")
        messages.success(request, said % {"n": made, "m": boxes_})
    address = reverse("anjab:infojab-papan", args=[usulan.pk])
    return redirect(f"{address}?unit={unit}&bawah=1" if unit is not None else address)
