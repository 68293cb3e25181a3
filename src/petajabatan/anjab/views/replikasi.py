"""Copying posts from another structure: choose a source, choose where to, look, carry out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from petajabatan.anjab.queries.replikasi import (
    AsalSalin,
    UnitPilihan,
    branches_of,
    named_units,
    names_above,
    search_source,
    search_target,
    source_of,
)
from petajabatan.anjab.rules.jodoh import Jodoh, inti_nama
from petajabatan.anjab.rules.replikasi import IKUT, Pilihan, Salin
from petajabatan.anjab.services.replikasi import (
    TUJUAN_MAKS,
    Permintaan,
    Pratinjau,
    explain_pairs,
    is_large,
    preview,
    propose,
    replicate,
    submit_replication,
)
from petajabatan.anjab.views.salin_dasar import number, numbers, pairs_of, ticked, usulan_context
from petajabatan.inti.temuan import Ditolak, refuse
from petajabatan.usulan.models import Usulan
from petajabatan.usulan.queries.pandangan import PandanganDraf
from petajabatan.usulan.queries.terlihat import usulan_for
from petajabatan.usulan.services.hak import may_draft
from petajabatan.usulan.views.dasar import actor_of_request

BARIS_PRATINJAU = 500
"""Rows of the preview shown; the figures above them count all."""
OPSI = ("infojab", "abk", "k", "kelas", "bersama")
"""What comes unless it is unticked; ``ubah_k`` is for the person to tick."""


@login_required
def replikasi(request: HttpRequest, usulan_id: int) -> HttpResponse:
    """The page. What is chosen stands in the address (``sumber``, ``tujuan``) until it is sent; a POST with
    ``pratinjau`` shows what would be done, one with ``salin`` does it."""
    actor = actor_of_request(request)
    usulan = usulan_for(actor, usulan_id)
    may_draft(actor, usulan.instansi_id, usulan.layanan, usulan.cabang_id)
    data = request.POST if request.method == "POST" else request.GET
    values = usulan_context(usulan, "replikasi") | _search(usulan, data)
    status = 200
    try:
        if (sumber := number(data.get("sumber"))) is not None:
            values |= _chosen(request, usulan, sumber, data)
        if request.method == "POST" and values.get("asal"):
            permintaan = _wanted(values["asal"], data)
            seen = preview(actor, usulan.pk, permintaan)
            if data.get("tindakan") == "salin":
                return _carry_out(request, usulan, permintaan, seen)
            values |= _preview(usulan, seen)
    except Ditolak as refused:
        values["temuan"], status = refused.temuan, 422
    return render(request, "anjab/replikasi/replikasi.html", values, status=status)


def _search(usulan: Usulan, data: QueryDict) -> dict[str, Any]:
    """The search for a source."""
    teks, semua = data.get("q", "").strip()[:120], data.get("semua") == "1"
    return {
        "q": teks,
        "semua": semua,
        "ketemu": search_source(usulan, teks, semua) if teks else None,
        "qt": data.get("qt", "").strip()[:120],
    }


def _chosen(request: HttpRequest, usulan: Usulan, sumber: int, data: QueryDict) -> dict[str, Any]:
    """The chosen source, possible targets, and the pairs of the chosen targets."""
    asal = source_of(usulan, sumber)
    if asal is None:
        refuse(
            "sumber-tidak-ada",
            _("Unit sumber itu tidak ada pada peta terbit maupun pada usulan ini."),
            _("Cari lagi unit sumbernya."),
        )
    chosen = numbers(data.getlist("tujuan"), TUJUAN_MAKS)
    teks = data.get("qt", "").strip()[:120] or inti_nama(asal.unit.nama, asal.atas)
    offered = [u for u in search_target(usulan, teks) if u.id != sumber]
    known = named_units(usulan, chosen)
    taken = {u.id for u in known}
    values: dict[str, Any] = {
        "asal": asal,
        "kotak": _boxes(asal, data),
        "opsi": _options(data),
        "tujuan": [*known, *(u for u in offered if u.id not in taken)],
        "dipilih": taken,
    }
    if taken:
        sent = dict.fromkeys(pairs_of(data.getlist("pasangan"))) if "dikirim" in data else None
        values["pasangan"] = _pairs(request, usulan, asal, known, sent)
    return values


def _boxes(asal: AsalSalin, data: QueryDict) -> list[dict[str, Any]]:
    chosen = set(numbers(data.getlist("posisi"))) if "dikirim" in data else None
    rows = []
    for unit in asal.isi.unor:
        for box in asal.isi.kotak.get(unit.id, ()):
            if box.kepala or box.jenis == "struktural":
                continue
            held = asal.isi.isian.get(box.infojab_id or 0, {})
            rows.append(
                {
                    "p": box,
                    "unit": unit.nama,
                    "bagian": sum(bool(held.get(code)) for code in IKUT),
                    "abk": len((asal.isi.abk.get(box.id) or {}).get("baris", ())),
                    "ikut": chosen is None or box.id in chosen,
                }
            )
    return rows


def _pairs(
    request: HttpRequest,
    usulan: Usulan,
    asal: AsalSalin,
    targets: Sequence[UnitPilihan],
    sent: Mapping[tuple[int, int], None] | None,
) -> list[dict[str, Any]]:
    """Per target branch: each source unit with boxes, the units it may go to, and the score of the choice."""
    actor = actor_of_request(request)
    view = PandanganDraf(usulan)
    branches = branches_of(view, [u.id for u in targets])
    if sent is None:
        _, found = propose(actor, usulan.pk, asal.unit.id, list(branches))
        scores = {(j.sumber, j.tujuan): j for j in found}
    else:
        scores = explain_pairs(actor, usulan.pk, asal.unit.id, sent)
    with_boxes = [u for u in asal.isi.unor if _countable(asal, u.id)]
    made = []
    for key, units in branches.items():
        inside = {u.id for u in units}
        rows = []
        for one in with_boxes:
            match: Jodoh | None = next(
                (j for (src, dst), j in scores.items() if src == one.id and dst in inside), None
            )
            rows.append(
                {"u": one, "n": _countable(asal, one.id), "jodoh": match, "kini": match and match.tujuan}
            )
        above = " › ".join(names_above(view, key)[1:])
        made.append({"unit": units[0], "tempat": above, "pilihan": units, "baris": rows})
    return made


def _countable(asal: AsalSalin, unor_id: int) -> int:
    return sum(not (b.kepala or b.jenis == "struktural") for b in asal.isi.kotak.get(unor_id, ()))


def _options(data: QueryDict) -> dict[str, bool]:
    return {name: ticked(data, name) for name in OPSI} | {"ubah_k": data.get("ubah_k") == "1"}


def _wanted(asal: AsalSalin, data: QueryDict) -> Permintaan:
    pairs = pairs_of(data.getlist("pasangan"))
    if not pairs:
        refuse(
            "pasangan-kosong",
            _("Belum ada unit tujuan yang dipasangkan."),
            _("Centang unit tujuan, cocokkan, lalu pilih pasangannya."),
            kolom="pasangan",
        )
    chosen = numbers(data.getlist("posisi"))
    pilihan = Pilihan(**_options(data))
    return Permintaan(asal.unit.id, pairs, tuple(chosen), pilihan)


def _preview(usulan: Usulan, seen: Pratinjau) -> dict[str, Any]:
    rows = seen.rencana.salin
    names = {u.id: u.nama for u in named_units(usulan, [s.unor_id for s in rows])}
    return {
        "pratinjau": seen,
        "angka": seen.rencana.ringkas(),
        "besar": is_large(seen),
        "k_beda": [
            {"nama": s.sumber.nama, "unit": names.get(s.unor_id, ""), "kini": s.kotak.k, "s": s}
            for s in rows
            if s.k_lembar is not None and s.kotak is not None
        ],
        "ada_isi": bool(seen.rencana.baru or seen.rencana.dilengkapi),
        "baris_pratinjau": [
            {
                "nama": s.sumber.nama,
                "unit": names.get(s.unor_id, ""),
                "keadaan": "baru" if s.kotak is None else "lengkap" if s.lengkap else "sebagian",
                "datang": _coming(s),
            }
            for s in rows[:BARIS_PRATINJAU]
        ],
        "baris_lain": max(0, len(rows) - BARIS_PRATINJAU),
    }


def _coming(s: Salin) -> str:
    """What comes for one box, in words."""
    words = []
    if s.kelas is not None:
        words.append(_("kelas %(n)s") % {"n": s.kelas})
    if s.k is not None:
        words.append(f"K {s.k}")
    if s.k_berubah and s.kotak is not None:
        words.append(_("K %(lama)s menjadi %(baru)s") % {"lama": s.kotak.k, "baru": s.k_lembar})
    if s.isian:
        words.append(_("%(n)s bagian informasi jabatan") % {"n": len(s.isian)})
    if s.abk:
        words.append(_("%(n)s baris ABK") % {"n": s.abk})
    return ", ".join(words)


def _carry_out(request: HttpRequest, usulan: Usulan, permintaan: Permintaan, seen: Pratinjau) -> HttpResponse:
    actor = actor_of_request(request)
    if is_large(seen):
        job = submit_replication(actor, usulan.pk, permintaan)
        return redirect("web:pekerjaan-rinci", job.pk)
    made = replicate(actor, usulan.pk, permintaan)
    new, done = made.rencana.baru, made.rencana.dilengkapi
    if made.edit is None:
        messages.info(request, _("Semuanya sudah ada pada unit tujuan; tidak ada yang disalin."))
    else:
        first = ngettext("%(n)s jabatan baru", "%(n)s jabatan baru", new) % {"n": new}
        second = ngettext("%(n)s dilengkapi", "%(n)s dilengkapi", done) % {"n": done}
        messages.success(
            request,
            _("%(baru)s, %(lengkap)s. Dapat diurungkan sekaligus.") % {"baru": first, "lengkap": second},
        )
    for finding in made.rencana.temuan:
        messages.info(request, finding.kalimat)
    return redirect("usulan:rinci", usulan.pk)
