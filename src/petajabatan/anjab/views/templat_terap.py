"""Templates onto units of a draft, and how units deviate from what they follow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from petajabatan.anjab.queries.replikasi import named_units, search_target
from petajabatan.anjab.queries.templat import published_versions
from petajabatan.anjab.rules.ringkas_simpangan import Dampak
from petajabatan.anjab.rules.simpangan import DILENGKAPI, DIMINTA, JENIS
from petajabatan.anjab.services.templat_terap import (
    LANGSUNG,
    UnitSimpang,
    apply_template,
    compare_units,
    deviations,
    impact_of,
    submit_templat,
)
from petajabatan.anjab.views.salin_dasar import number, numbers, usulan_context
from petajabatan.inti.temuan import Ditolak
from petajabatan.usulan.models import Usulan
from petajabatan.usulan.queries.terlihat import usulan_for
from petajabatan.usulan.services.hak import may_draft
from petajabatan.usulan.views.dasar import actor_of_request

KATA = {
    "unit-kurang": gettext_noop("Unit belum ada"),
    "unit-lebih": gettext_noop("Unit di luar templat"),
    "jabatan-kurang": gettext_noop("Jabatan belum ada"),
    "jabatan-lebih": gettext_noop("Jabatan di luar templat"),
    "pimpinan-beda": gettext_noop("Pimpinan berbeda"),
    "kelas-beda": gettext_noop("Kelas berbeda"),
    "k-beda": gettext_noop("K berbeda"),
    "isian-kurang": gettext_noop("Bagian informasi jabatan belum ada"),
}
DAPAT = (*DILENGKAPI, *DIMINTA)
"""Kinds that a person may ask to be mended; the second group changes what there is and is not ticked at
first."""


@login_required
def terap(request: HttpRequest, usulan_id: int) -> HttpResponse:
    """Choose a template and units, see how they differ, bring them in line."""
    actor = actor_of_request(request)
    usulan = usulan_for(actor, usulan_id)
    may_draft(actor, usulan.instansi_id, usulan.layanan, usulan.cabang_id)
    data = request.POST if request.method == "POST" else request.GET
    versi, chosen = number(data.get("versi")), numbers(data.getlist("unor"), 300)
    teks = data.get("q", "").strip()[:120]
    known = named_units(usulan, chosen)
    taken = {u.id for u in known}
    values: dict[str, Any] = usulan_context(usulan, "templat-terap") | {
        "templat": published_versions(),
        "versi": versi,
        "q": teks,
        "unit": [
            *known,
            *(u for u in (search_target(usulan, teks) if teks else ()) if u.id not in taken),
        ],
        "dipilih": taken,
    }
    status = 200
    try:
        if versi is not None and taken:
            if request.method == "POST" and data.get("tindakan") == "terapkan":
                return _apply(request, usulan, versi, sorted(taken), "anjab:templat-terap")
            rows = compare_units(actor, usulan.pk, versi, sorted(taken))
            values |= {"hasil": _shown(rows)} | _kinds(request, rows)
    except Ditolak as refused:
        values["temuan"], status = refused.temuan, 422
    return render(request, "anjab/templat/terap.html", values, status=status)


@login_required
def simpangan(request: HttpRequest, usulan_id: int) -> HttpResponse:
    """Every unit that follows a template, against its last version; a POST updates the ticked ones."""
    actor = actor_of_request(request)
    usulan = usulan_for(actor, usulan_id)
    may_draft(actor, usulan.instansi_id, usulan.layanan, usulan.cabang_id)
    rows = deviations(actor, usulan.pk)
    values = usulan_context(usulan, "templat-terap") | _kinds(request, rows)
    status = 200
    if request.method == "POST":
        chosen = set(numbers(request.POST.getlist("unor"), 300))
        per_version: dict[int, list[int]] = {}
        for row in rows:
            if row.unit.id in chosen:
                per_version.setdefault(row.versi.pk, []).append(row.unit.id)
        try:
            if len(per_version) > 1:
                messages.info(request, _("Unit dari beberapa templat diperbarui satu templat sekali."))
            for versi, units in list(per_version.items())[:1]:
                return _apply(request, usulan, versi, units, "anjab:templat-simpangan")
            messages.info(request, _("Belum ada unit yang dicentang."))
        except Ditolak as refused:
            values["temuan"], status = refused.temuan, 422
    values |= {
        "hasil": _shown(rows),
        "n_menyimpang": sum(bool(row.simpangan) for row in rows),
        "n_tertinggal": sum(row.tertinggal for row in rows),
    }
    return render(request, "anjab/templat/simpangan.html", values, status=status)


def _kinds(request: HttpRequest, rows: Sequence[UnitSimpang]) -> dict[str, Any]:
    """The kinds to tick, with what each would come to on these units; a POST keeps what was ticked."""
    chosen = request.POST.getlist("jenis") if request.method == "POST" else list(DILENGKAPI)
    per_kind, total = impact_of(rows)
    return {
        "jenis": [(code, _(KATA[code]), code in chosen, per_kind.get(code, Dampak())) for code in DAPAT],
        "dampak": total,
    }


def _shown(rows: Sequence[UnitSimpang]) -> list[dict[str, Any]]:
    return [
        {"r": row, "simpangan": [(s, _(KATA[s.jenis]), s.jenis in DAPAT) for s in row.simpangan]}
        for row in rows
    ]


def _apply(request: HttpRequest, usulan: Usulan, versi: int, units: Sequence[int], back: str) -> HttpResponse:
    actor = actor_of_request(request)
    kinds = [code for code in request.POST.getlist("jenis") if code in JENIS]
    if len(units) > LANGSUNG:
        masukan = {"versi_id": versi, "unor_id": list(units), "jenis": kinds}
        title = _("Terapkan templat pada %(n)s unit") % {"n": len(units)}
        return redirect(
            "web:pekerjaan-rinci", submit_templat(actor, usulan.pk, "anjab-templat", masukan, title).pk
        )
    made = apply_template(actor, usulan.pk, versi, units, jenis=kinds)
    n = len(made.unit)
    if made.edit is None:
        messages.info(request, _("Tidak ada yang perlu diubah; unitnya tercatat mengikuti templat."))
    else:
        text = ngettext(
            "Templat diterapkan pada %(n)s unit; dapat diurungkan sekaligus.",
            "Templat diterapkan pada %(n)s unit; dapat diurungkan sekaligus.",
            n,
        )
        messages.success(request, text % {"n": n})
    return redirect(back, usulan.pk)
