"""What opens beside a section: the published text with changed words marked, suggestions, remarks, history;
and the search in references."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from petajabatan.anjab.queries.infojab_acuan import search_reference
from petajabatan.anjab.queries.infojab_komentar import threads_on
from petajabatan.anjab.queries.infojab_nilai import fields_today
from petajabatan.anjab.queries.infojab_peta import Sudut, is_used, user_of
from petajabatan.anjab.queries.infojab_riwayat import history_of
from petajabatan.anjab.queries.infojab_saran import suggestions
from petajabatan.anjab.rules.infojab_banding import compare_sections
from petajabatan.anjab.rules.infojab_saran import shown
from petajabatan.anjab.services.infojab import section_name
from petajabatan.anjab.views.infojab_dasar import actor_of, draft_view, number
from petajabatan.inti.temuan import Ditolak, Temuan
from petajabatan.jabatan.rules.isian import DICETAK, fields_of, isian_id
from petajabatan.usulan.models import Usulan
from petajabatan.usulan.queries.isian import BagianDraf, sections_of
from petajabatan.usulan.rules.alur import AKHIR
from petajabatan.usulan.services.izin import role_for, side_of
from petajabatan.usulan.services.komentar import add_comment, reopen_comment, resolve_comment


def section_of(request: HttpRequest, usulan_id: int, infojab_id: int, bagian: str) -> tuple[Usulan, Sudut]:
    """The draft and its map. Raises Http404 for anything unknown, an informasi jabatan without a box too."""
    if bagian not in DICETAK:
        raise Http404("Bagian itu tidak ada.")
    usulan, sudut = draft_view(request, usulan_id)
    if not is_used(sudut, infojab_id):
        raise Http404("Informasi jabatan itu tidak dirujuk jabatan mana pun pada peta usulan ini.")
    return usulan, sudut


def _held(usulan: Usulan, infojab_id: int, bagian: str) -> BagianDraf:
    return sections_of(usulan, [infojab_id])[infojab_id].get(bagian) or BagianDraf(None, None)


@login_required
@require_safe
def banding(request: HttpRequest, usulan_id: int, infojab_id: int, bagian: str) -> HttpResponse:
    """The published text of the section beside the draft's, changed words marked."""
    usulan, _sudut = section_of(request, usulan_id, infojab_id, bagian)
    part = _held(usulan, infojab_id, bagian)
    fields = fields_today()
    names = {field.kode: field.nama for field in fields_of(bagian, fields)}
    rows = compare_sections(bagian, part.terbit, part.isi, fields)
    return render(
        request,
        "anjab/_infojab_banding.html",
        {
            "baris": [(names.get(row.isian, row.isian), row) for row in rows],
            "satu_isian": len(names) == 1,
            "berubah": any(row.tanda != "sama" for row in rows),
            "ada_terbit": part.terbit is not None,
            "usulan": usulan,
        },
    )


@login_required
@require_safe
def saran(request: HttpRequest, usulan_id: int, infojab_id: int, bagian: str) -> HttpResponse:
    """Suggestions with their sources, best first."""
    usulan, sudut = section_of(request, usulan_id, infojab_id, bagian)
    box = user_of(sudut, infojab_id, number(request.GET.get("posisi")))
    found = suggestions(sudut, box, bagian, _held(usulan, infojab_id, bagian).isi, infojab_id)
    fields = {field.kode: field for field in fields_of(bagian, fields_today())}
    groups: dict[str, list[dict[str, Any]]] = {}
    for n, one in enumerate(found):
        row = {"saran": one, "n": n, "teks": shown(one, fields[one.isian]), "s": one.terbaik.sumber}
        groups.setdefault(fields[one.isian].nama, []).append(row)
    return render(
        request,
        "anjab/_infojab_saran.html",
        {
            "kelompok": list(groups.items()),
            "data": [{"isian": one.isian, "isi": one.isi} for one in found],
            "satu_isian": len(fields) == 1,
            "kode": bagian,
            "kotak": box,
            "usulan": usulan,
        },
    )


@login_required
@require_safe
def riwayat(request: HttpRequest, usulan_id: int, infojab_id: int, bagian: str) -> HttpResponse:
    """Published versions of the section and what this draft did to it."""
    usulan, sudut = section_of(request, usulan_id, infojab_id, bagian)
    return render(
        request,
        "anjab/_infojab_riwayat.html",
        {"peristiwa": history_of(sudut, infojab_id, bagian), "usulan": usulan},
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def komentar(request: HttpRequest, usulan_id: int, infojab_id: int, bagian: str) -> HttpResponse:
    """The remarks on the section; a POST writes one, answers one, or closes and opens a thread."""
    usulan, _sudut = section_of(request, usulan_id, infojab_id, bagian)
    actor = actor_of(request)
    found: list[Temuan] = []
    typed = ""
    if request.method == "POST":
        typed = request.POST.get("isi", "")
        thread = number(request.POST.get("komentar"))
        try:
            if thread is not None and request.POST.get("keadaan"):
                verb = reopen_comment if request.POST["keadaan"] == "buka" else resolve_comment
                verb(actor, thread)
            else:
                add_comment(
                    actor,
                    usulan.pk,
                    typed,
                    objek="isian",
                    objek_id=isian_id(bagian, infojab_id=infojab_id),
                    bagian=bagian,
                    balasan_untuk=number(request.POST.get("balasan")),
                    minta_perbaikan=request.POST.get("minta") == "1",
                )
            typed = ""
        except Ditolak as refused:
            found = refused.temuan
    rows = threads_on(usulan.pk, infojab_id, bagian)
    return render(
        request,
        "anjab/_infojab_komentar.html",
        {
            "utas": rows,
            "terbuka": sum(u.terbuka for u in rows),
            "usulan": usulan,
            "kode": bagian,
            "nama": section_name(bagian),
            "url": reverse("anjab:infojab-komentar", args=[usulan.pk, infojab_id, bagian]),
            "sisi": side_of(actor, usulan),
            "boleh_komentar": usulan.status not in AKHIR and bool(side_of(actor, usulan)),
            "boleh_minta": role_for(actor, ("verifikasi", "tetapkan"), usulan) is not None,
            "temuan": found,
            "ketikan": typed,
        },
        status=422 if found and not request.headers.get("HX-Request") else 200,
    )


@login_required
@require_safe
def acuan(request: HttpRequest, usulan_id: int) -> JsonResponse:
    """Candidates of a reference list for one field (``isian``) by name (``q``), typing errors forgiven."""
    usulan, _sudut = draft_view(request, usulan_id)
    hits = search_reference(request.GET.get("isian", ""), request.GET.get("q", ""), usulan.instansi_id)
    return JsonResponse({"hasil": hits}, json_dumps_params={"ensure_ascii": False})
