"""The list of usulan and BKN's work list."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from petajabatan.inti.jam import today
from petajabatan.usulan import kata
from petajabatan.usulan.models import Usulan
from petajabatan.usulan.queries.alur import large_change, summary_of
from petajabatan.usulan.queries.daftar import (
    URUT_KERJA,
    Saringan,
    cancelled_of,
    filtered,
    holds,
    instansi_with_usulan,
    names_of,
    totals_by_status,
    with_status,
    work_list,
)
from petajabatan.usulan.rules.alur import AKHIR
from petajabatan.usulan.views.dasar import actor_of_request, age_in_days, page_number, require_reader

PER_HALAMAN = 25
PENUGASAN = {
    "": gettext_noop("Semua"),
    "bebas": gettext_noop("Belum diambil"),
    "saya": gettext_noop("Saya pegang"),
    "orang-lain": gettext_noop("Dipegang orang lain"),
    "mata-kedua": gettext_noop("Menunggu mata kedua"),
}
UMUR = ((3, "3"), (7, "7"), (14, "14"), (30, "30"))


def _rows(usulan: list[Usulan], hari: dt.date) -> list[dict[str, Any]]:
    names = names_of({u.verifikator_id for u in usulan})
    batal = cancelled_of([u.pk for u in usulan if u.status == "ditetapkan"])
    return [
        {
            "usulan": u,
            "umur": age_in_days(u, hari),
            "lambat": u.tenggat is not None and u.tenggat < hari and u.status not in AKHIR,
            "pemegang": names.get(u.verifikator_id or 0, ""),
            "status": kata.VERSI_BATAL if u.pk in batal else kata.STATUS[u.status],
            "warna": kata.WARNA["dibatalkan" if u.pk in batal else u.status],
            "jenis": kata.JENIS[u.jenis],
        }
        for u in usulan
    ]


@login_required
def daftar(request: HttpRequest) -> HttpResponse:
    """All usulan in scope, with filters and totals per state. Seven statements at most."""
    actor, hari = actor_of_request(request), today()
    require_reader(actor)
    saringan = Saringan.of(request.GET)
    rows = filtered(actor, saringan, hari)
    totals = totals_by_status(rows)
    shown = with_status(rows, saringan.status).select_related("instansi").order_by("-diubah", "-pk")
    halaman = Paginator(shown, PER_HALAMAN).get_page(page_number(request))
    several = actor.cakupan_nasional or len(actor.cakupan_draf) > 1
    return render(
        request,
        "usulan/daftar.html",
        {
            "baris": _rows(list(halaman), hari),
            "halaman": halaman,
            "s": saringan,
            "total": [(kode, kata.STATUS[kode], n) for kode, n in totals.items()],
            "semua": sum(totals.values()),
            "terbuka": sum(n for kode, n in totals.items() if kode not in AKHIR),
            "pilihan_instansi": instansi_with_usulan() if several else [],
            "umur": UMUR,
            "boleh_buat": holds(actor, "usulan") or holds(actor, "infojab"),
            "boleh_lintas": holds(actor, "verifikasi"),
            "tersaring": saringan != Saringan(),
        },
    )


@login_required
def kerja(request: HttpRequest) -> HttpResponse:
    """BKN's work list: what has been submitted, the most urgent first."""
    actor, hari = actor_of_request(request), today()
    if not holds(actor, "verifikasi"):
        raise PermissionDenied(_("Daftar kerja ini untuk verifikator BKN."))
    saringan = Saringan.of(request.GET)
    penugasan = request.GET.get("penugasan", "")
    penugasan = penugasan if penugasan in PENUGASAN else ""
    ids = filtered(actor, saringan, hari)
    rows = work_list(actor, penugasan).filter(pk__in=ids.values("pk")).select_related("instansi")
    halaman = Paginator(rows.order_by(*URUT_KERJA), PER_HALAMAN).get_page(page_number(request))
    baris = _rows(list(halaman), hari)
    for row in baris:  # a page's worth of small statements; only a verifikator pays for them
        ringkas = summary_of(row["usulan"])
        row |= {
            "ringkas": ringkas,
            "besar": large_change(ringkas),
            "milik_saya": _mine(row["usulan"], actor.id),
        }
    return render(
        request,
        "usulan/kerja.html",
        {
            "baris": baris,
            "halaman": halaman,
            "s": saringan,
            "penugasan": penugasan,
            "tab": [(kode, nama, work_list(actor, kode).count()) for kode, nama in PENUGASAN.items()],
            "pilihan_instansi": instansi_with_usulan(),
            "umur": UMUR,
        },
    )


def _mine(usulan: Usulan, actor_id: int | None) -> bool:
    return usulan.status == "diverifikasi" and usulan.verifikator_id == actor_id
