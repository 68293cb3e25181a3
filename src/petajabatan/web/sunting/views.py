"""The page of a draft and the data its chart loads. Thin: parse, ask one read, answer."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from petajabatan.web.peta.alamat import Keadaan, read_state
from petajabatan.web.sunting import cari as pencarian
from petajabatan.web.sunting import jejak, queries, rinci, ringkasan
from petajabatan.web.sunting.formulir import laws
from petajabatan.web.sunting.konteks import KonteksDraf, draft_of
from petajabatan.web.sunting.teks import page_words


@login_required
@require_safe
def halaman(request: HttpRequest, usulan_id: int) -> HttpResponse:
    """The draft as chart or table, from one document."""
    state = read_state(request.GET)
    konteks = draft_of(request, usulan_id)
    document = _start(konteks, state, request.GET.get("hanya") == "1")
    return render(
        request,
        "web/sunting/peta.html",
        {
            "draf": konteks,
            "usulan": konteks.usulan,
            "konteks": konteks.peta,
            "keadaan": state,
            "lihat": state.lihat if state.lihat in ("bagan", "tabel") else "bagan",
            "hanya": request.GET.get("hanya") == "1",
            "cabang": rinci.branch_of(konteks),
            "dokumen": document,
            "dasar_hukum": json.dumps(laws(konteks)) if konteks.boleh_ubah else "[]",
            "teks": page_words(),
            "mula": ringkasan.state_of(konteks)
            | {
                "ringkasan": ringkasan.totals(konteks, document["akar"]),
                "hitung": ringkasan.finding_counts(konteks),
                "akar": document["akar"],
            },
        },
    )


def _start(konteks: KonteksDraf, state: Keadaan, hanya: bool) -> queries.DokumenDraf:
    if hanya:
        return queries.changed_document(konteks)
    return queries.start_document(konteks, state)


def data(view: Callable[..., Any]) -> Callable[..., HttpResponseBase]:
    """A JSON answer about one draft; 401 instead of a login page. Never kept by caches: drafts change."""

    @require_safe
    def answer(request: HttpRequest, usulan_id: int, **args: Any) -> HttpResponse:
        if not request.actor.dikenal:  # type: ignore[attr-defined]
            return HttpResponse(status=401)
        konteks = draft_of(request, usulan_id)
        body = json.dumps(view(request, konteks, **args), ensure_ascii=False, separators=(",", ":"))
        response = HttpResponse(body, content_type="application/json")
        response["Cache-Control"] = "private, no-store"
        return response

    return answer


@data
def awal(request: HttpRequest, konteks: KonteksDraf) -> queries.DokumenDraf:
    return _start(konteks, read_state(request.GET), request.GET.get("hanya") == "1")


@data
def anak(request: HttpRequest, konteks: KonteksDraf, unor_id: int) -> queries.DokumenDraf:
    return queries.children_document(konteks, unor_id, read_state(request.GET).kosong)


@data
def bawah(request: HttpRequest, konteks: KonteksDraf, unor_id: int) -> queries.DokumenDraf:
    return queries.below_document(konteks, unor_id, read_state(request.GET).kosong)


@data
def jalur(request: HttpRequest, konteks: KonteksDraf, unor_id: int) -> queries.DokumenDraf:
    document = queries.path_document(konteks, unor_id, read_state(request.GET).kosong)
    if not document["unor"]:
        raise Http404
    return document


@data
def cari(request: HttpRequest, konteks: KonteksDraf) -> dict[str, Any]:
    """Units and boxes of the draft, units something may be put under (``apa=unor-tujuan``), units of its
    bundle (``apa=unor-lintas``), or jabatan of the reference lists (``apa=jabatan``)."""
    text, what = request.GET.get("q", ""), request.GET.get("apa", "")
    if what == "jabatan":
        return {"hasil": pencarian.jabatan(text, request.GET.get("jenis", ""))}
    if what == "unor-tujuan":
        return {"hasil": pencarian.targets(konteks, text)}
    if what == "unor-lintas":
        return {"hasil": pencarian.units_of_bundle(konteks, text)}
    return {"hasil": pencarian.in_draft(konteks, text, what)}


@data
def kabar(request: HttpRequest, konteks: KonteksDraf) -> dict[str, Any]:
    """What others did since; asked every few seconds by open pages."""
    nomor = request.GET.get("nomor", "")
    since = int(nomor) if nomor.isdigit() and len(nomor) < 10 else 0
    return ringkasan.news_since(konteks, since, request.actor.id)  # type: ignore[attr-defined]


@data
def perubahan(request: HttpRequest, konteks: KonteksDraf) -> dict[str, Any]:
    """How much changed inside each unit, for the marks of units that are closed."""
    return {"revisi": konteks.usulan.revisi, "di_dalam": list(map(list, jejak.inside(konteks).items()))}


@data
def keadaan(request: HttpRequest, konteks: KonteksDraf) -> dict[str, Any]:
    """Where the draft stands: for a page that loads everything anew."""
    akar = ringkasan.root_of(konteks)
    return ringkasan.state_of(konteks) | {
        "ringkasan": ringkasan.totals(konteks, akar),
        "hitung": ringkasan.finding_counts(konteks),
    }
