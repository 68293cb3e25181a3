"""Pages of people: only for roles that see names, only inside their scope."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from petajabatan.inti.actor import ANONIM, Actor
from petajabatan.organisasi.models import UnorKini
from petajabatan.pegawai import queries
from petajabatan.pegawai.models import JenisPegawai
from petajabatan.pegawai.queries.daftar import KOLOM_SARING
from petajabatan.pegawai.rules.baris import GOLONGAN_PNS, GOLONGAN_PPPK
from petajabatan.referensi.models import Instansi

PER_HALAMAN = 50
ID_MAKS = 2**31 - 1
PENUGASAN = {
    "TT": gettext_lazy("Tugas tambahan"),
    "PLT": gettext_lazy("Pelaksana tugas"),
    "PLH": gettext_lazy("Pelaksana harian"),
    "PJ": gettext_lazy("Penjabat"),
    "X": gettext_lazy("Dibatalkan"),
}
"""Kinds of assignments that are said; a definitive one goes without saying."""
PENEMPATAN = {
    "berkotak": gettext_lazy("Duduk pada kotak"),
    "tanpa-kotak": gettext_lazy("Tanpa kotak yang cocok"),
    "tanpa-kotak-luar": gettext_lazy("Tanpa kotak, di luar B"),
    "tanpa-unor": gettext_lazy("Tanpa unit yang cocok"),
    "tanpa-kursi": gettext_lazy("Tanpa kursi definitif"),
}
ROMAWI = [*sorted(GOLONGAN_PNS), *GOLONGAN_PPPK]


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = getattr(request, "actor", ANONIM)
    return actor


def own_instansi(request: HttpRequest, instansi_id: int) -> tuple[Actor, Instansi]:
    """The instansi, for actors whose roles show its people; refuses the others with the reason."""
    actor = _actor(request)
    instansi = get_object_or_404(Instansi, pk=min(instansi_id, ID_MAKS))
    if not queries.may_list_people(actor, instansi.pk):
        raise PermissionDenied(
            _("Nama dan NIP hanya ditampilkan untuk peran kepegawaian instansi yang bersangkutan.")
        )
    return actor, instansi


@login_required
def daftar(request: HttpRequest, instansi_id: int) -> HttpResponse:
    """People of an instansi: search, filters in the address, pages."""
    actor, instansi = own_instansi(request, instansi_id)
    text = request.GET.get("q", "").strip()[:100]
    saring = {key: request.GET.get(key, "").strip()[:40] for key in KOLOM_SARING}
    raw = request.GET.get("hal", "1")
    page = int(raw) if raw.isdecimal() and len(raw) < 8 else 1
    hasil = queries.list_people(
        actor, instansi.pk, q=text.replace("\x00", ""), saring=_clean(saring), hal=page, per=PER_HALAMAN
    )
    unor = None
    if saring["unor"].isdecimal() and len(saring["unor"]) < 18:
        unor = UnorKini.objects.filter(unor_id=int(saring["unor"]), instansi=instansi).first()
    return render(
        request,
        "pegawai/daftar.html",
        {
            "instansi": instansi,
            "hasil": hasil,
            "halaman": hasil.halaman,
            "q": text,
            "saring": saring,
            "unor": unor,
            "tersaring": bool(text or any(saring.values())),
            "pilihan_jenis": JenisPegawai.choices,
            "pilihan_golongan": ROMAWI,
            "pilihan_penempatan": PENEMPATAN,
        },
    )


def _clean(saring: dict[str, str]) -> dict[str, str]:
    return {key: value.replace("\x00", "") for key, value in saring.items() if value}


@login_required
def rinci(request: HttpRequest, pegawai_id: int) -> HttpResponse:
    """One person and her posts since the first known one. People outside the scope do not exist here."""
    orang = queries.history_of(_actor(request), min(pegawai_id, 2**63 - 1))
    return render(
        request,
        "pegawai/rinci.html",
        {
            "orang": orang,
            "saya": orang.id == _actor(request).pegawai_id,
            "penempatan": queries.placements_of(orang.id),
            "jenis_penugasan": PENUGASAN,
            "boleh_daftar": queries.may_list_people(_actor(request), orang.instansi_id),
        },
    )


@login_required
def saya(request: HttpRequest) -> HttpResponse:
    """The person behind the account; says what to do when there is none."""
    own = _actor(request).pegawai_id
    if own is not None:
        return redirect("pegawai:rinci", own)
    return render(request, "pegawai/belum_terhubung.html")


@login_required
def pindah(request: HttpRequest, instansi_id: int) -> HttpResponse:
    """Pending moves from and to an instansi."""
    actor, instansi = own_instansi(request, instansi_id)
    rows = queries.pending_moves(actor, instansi.pk)
    return render(
        request,
        "pegawai/pindah.html",
        {
            "instansi": instansi,
            "keluar": [row for row in rows if row.asal_id == instansi.pk],
            "masuk": [row for row in rows if row.tujuan_id == instansi.pk],
        },
    )
