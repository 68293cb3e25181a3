"""Bringing the draft onto the newest published version: both values side by side, the person decides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from petajabatan.inti.temuan import Ditolak
from petajabatan.jabatan.kata_beda import columns
from petajabatan.organisasi.models import DasarHukum, UnorRiwayat
from petajabatan.usulan.models import KonflikUsulan
from petajabatan.usulan.rules.alur import AKHIR
from petajabatan.usulan.rules.selaras import SELURUHNYA
from petajabatan.usulan.services.selaras import GANTUNG, IKUT, decide, rebase
from petajabatan.web.sunting import rinci
from petajabatan.web.sunting.konteks import KonteksDraf, draft_of


@dataclass(frozen=True)
class BarisKonflik:
    """One conflict in words. ``tanpa_usulan``: the draft's side cannot be kept (nothing to hang on)."""

    konflik: KonflikUsulan
    nama: str
    letak: str
    kolom: str
    dasar: str
    usulan: str
    terbit: str
    tanpa_usulan: bool


@login_required
def halaman(request: HttpRequest, usulan_id: int) -> HttpResponse:
    """The conflicts; POST brings the draft up to date or decides one of them."""
    konteks = draft_of(request, usulan_id)
    if request.method == "POST":
        return _act(request, konteks)
    rows = list(
        KonflikUsulan.objects.filter(usulan=konteks.usulan).order_by("-versi", "objek", "objek_id", "kolom")
    )
    shown = _present(konteks, rows)
    return render(
        request,
        "web/sunting/selaras.html",
        {
            "draf": konteks,
            "usulan": konteks.usulan,
            "konteks": konteks.peta,
            "lihat": "selaras",
            "berakhir": konteks.usulan.status in AKHIR,
            "terbuka": [row for row in shown if not row.konflik.keputusan],
            "diputus": [row for row in shown if row.konflik.keputusan],
        },
    )  # fmt: skip


def _act(request: HttpRequest, konteks: KonteksDraf) -> HttpResponse:
    actor: Any = request.actor  # type: ignore[attr-defined]
    usulan_id = konteks.usulan.pk
    chosen, key = request.POST.get("keputusan", ""), request.POST.get("konflik", "")
    try:
        if key.isdigit() and len(key) < 19:
            done = decide(actor, usulan_id, int(key), chosen)
        else:
            done = rebase(actor, usulan_id)
    except Ditolak as refused:
        for t in refused.temuan:
            messages.error(request, f"{t.kalimat} {t.perbaikan}")
        return redirect("sunting:selaras", usulan_id)
    except PermissionDenied as denied:
        messages.error(request, str(denied))
        return redirect("sunting:selaras", usulan_id)
    if done.selaras:
        messages.success(request, _("Usulan kini di atas peta versi %(n)s.") % {"n": done.ke})
        return redirect("sunting:peta", usulan_id)
    messages.warning(
        request,
        _("%(n)s pertentangan perlu diputus; sampai itu usulan tetap di atas versi %(v)s.")
        % {"n": len(done.konflik), "v": done.dari},
    )
    return redirect("sunting:selaras", usulan_id)


def _present(konteks: KonteksDraf, rows: list[KonflikUsulan]) -> list[BarisKonflik]:
    """In words; a fixed number of statements."""
    label = columns() | {SELURUHNYA: _("dihapus di satu pihak"), GANTUNG: _("unit atasannya sudah dihapus")}
    boxes = {row.objek_id for row in rows if row.objek == "posisi"}
    names = {
        "unor": {u.id: u.nama for u in rinci.names_of(konteks, "unor", _unit_ids(rows))},
        "posisi": {p.id: p.nama for p in rinci.names_of(konteks, "posisi", boxes)},
    }
    missing = _unit_ids(rows) - names["unor"].keys()  # units that only the published version has
    latest = UnorRiwayat.objects.filter(unor_id__in=missing).order_by("sejak")
    names["unor"] |= dict(latest.values_list("unor_id", "nama"))
    sides = [
        x for r in rows if r.kolom == "dasar_hukum_id" for x in (r.dasar, r.milik_usulan, r.milik_terbit)
    ]
    laws = {x for x in sides if isinstance(x, int)}
    law_names = {d.pk: str(d) for d in DasarHukum.objects.filter(pk__in=laws)} if laws else {}

    def word(row: KonflikUsulan, value: Any) -> str:
        if value is None or value in ("", []):
            return _("dihapus") if row.kolom in (SELURUHNYA, GANTUNG) else "–"
        if row.kolom in ("atasan_id", "unor_id", GANTUNG) and isinstance(value, int):
            return names["unor"].get(value, str(value))
        if row.kolom == "dasar_hukum_id":
            return law_names.get(value, str(value))
        if isinstance(value, dict):
            base = row.dasar if isinstance(row.dasar, dict) else {}
            changed = [
                f"{label.get(x, x)} {base.get(x)} → {v}"
                for x, v in value.items()
                if base and base.get(x) != v and x != IKUT
            ]
            return "; ".join([str(value.get("nama", "")), *changed])
        if isinstance(value, bool):
            return _("ya") if value else _("tidak")
        return ", ".join(map(str, value)) if isinstance(value, list) else str(value)

    return [
        BarisKonflik(
            row,
            names[row.objek].get(row.objek_id, str(row.objek_id)),
            _("Unit") if row.objek == "unor" else _("Jabatan"),
            label.get(row.kolom, row.kolom),
            word(row, row.dasar),
            word(row, row.milik_usulan),
            word(row, row.milik_terbit),
            row.kolom == GANTUNG and row.milik_terbit is None,
        )
        for row in rows
    ]


def _unit_ids(rows: list[KonflikUsulan]) -> set[int]:
    ids = {row.objek_id for row in rows if row.objek == "unor"}
    for row in rows:
        if row.kolom in ("atasan_id", "unor_id", GANTUNG):
            ids |= {x for x in (row.dasar, row.milik_usulan, row.milik_terbit) if isinstance(x, int)}
    return ids
