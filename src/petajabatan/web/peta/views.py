"""The page and the data its chart loads. Thin: parse, ask one read, answer."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from petajabatan.inti.api import etag_of, not_modified
from petajabatan.jabatan.kata_beda import present
from petajabatan.jabatan.queries import PetaTidakAda, difference, search_posisi, search_unor
from petajabatan.referensi.models import Instansi
from petajabatan.web.context import chosen_instansi
from petajabatan.web.peta import queries, rekap
from petajabatan.web.peta.alamat import read_state
from petajabatan.web.peta.konteks import Konteks, code_of, instansi_of, konteks_of
from petajabatan.web.peta.teks import words

HASIL_CARI = 12


@login_required
@require_safe
def mulai(request: HttpRequest) -> HttpResponse:
    """The map of the instansi one works on, else the list of instansi to choose from."""
    instansi_id = chosen_instansi(request)
    if instansi_id is not None:
        return menurut_instansi(request, instansi_id)
    try:
        return redirect("web:instansi")
    except NoReverseMatch:
        return redirect("web:beranda")


@login_required
@require_safe
def menurut_instansi(request: HttpRequest, instansi_id: int) -> HttpResponse:
    """The map's address for those who know the instansi by its id; ``?unor=`` or ``?posisi=`` selects."""
    instansi = get_object_or_404(Instansi, pk=instansi_id)
    target = reverse("peta:peta", args=[code_of(instansi)])
    query = request.GET.copy()
    unor, posisi = query.pop("unor", [""])[0], query.pop("posisi", [""])[0]
    if posisi or unor:
        query["pilih"] = f"p{posisi}" if posisi else f"u{unor}"
    return redirect(f"{target}?{query.urlencode()}" if query else target)


@login_required
@require_safe
def halaman(request: HttpRequest, kode: str) -> HttpResponse:
    """The page: chart and table from one document, or recap, or difference, at the version asked for."""
    state = read_state(request.GET)
    try:
        konteks = konteks_of(request, kode)
    except PetaTidakAda as error:
        return render(
            request,
            "web/peta/kosong.html",
            {"instansi": instansi_of(kode), "pesan": str(error), "kode": kode},
            status=404 if request.GET.get("versi") or request.GET.get("tanggal") else 200,
        )
    page = {"konteks": konteks, "keadaan": state, "ringkasan": _summary(konteks)}
    if state.lihat == "rekap":
        return render(request, "web/peta/rekap.html", page | _recap(request, konteks))
    if state.lihat == "beda":
        return render(request, "web/peta/beda.html", page | _difference(request, konteks))
    document = queries.start_document(konteks, state)
    return render(
        request,
        "web/peta/peta.html",
        page | {"dokumen": document, "teks": words(), "akar": document["akar"]},
    )


def _summary(konteks: Konteks) -> dict[str, Any]:
    """Totals of the root, in one statement; of another day than today B is rolled up."""
    row = queries.root_totals(konteks)
    if row is None:
        return {}
    akar, k, n_posisi, n_unor, b = row
    return {"akar": akar, "k": k, "b": b, "selisih": b - k, "n_posisi": n_posisi, "n_unor": n_unor}


def _recap(request: HttpRequest, konteks: Konteks) -> dict[str, Any]:
    kelompok = request.GET.get("kelompok", "jenis")
    if kelompok not in rekap.KELOMPOK:
        kelompok = "jenis"
    unor = request.GET.get("unor", "")
    unor_id = int(unor) if unor.isdigit() and len(unor) < 19 else None
    return {
        "kelompok": kelompok,
        "rekap": rekap.recap_of(konteks, kelompok, unor_id),
        "unor_id": unor_id,
        "unor": queries.unit_name(konteks, unor_id) if unor_id is not None else None,
        "cabang": queries.branches(konteks),
    }


def _difference(request: HttpRequest, konteks: Konteks) -> dict[str, Any]:
    numbers = {v.nomor for v in konteks.semua}

    def chosen(name: str, standard: int) -> int:
        text = request.GET.get(name, "")
        return int(text) if text.isdigit() and len(text) < 10 and int(text) in numbers | {0} else standard

    ke = chosen("ke", konteks.versi)
    dari = chosen("dari", max(0, ke - 1))
    return {
        "beda": present(difference(konteks.instansi.pk, dari, ke)),
        "dari": dari,
        "ke": ke,
        "dasar": konteks.dasar,
    }


def data(view: Callable[..., Any]) -> Callable[..., HttpResponseBase]:
    """A JSON answer about one map, with an ETag of version and B stamp; 401 instead of a login page."""

    @require_safe
    def answer(request: HttpRequest, kode: str, **args: Any) -> HttpResponse:
        if not request.actor.dikenal:  # type: ignore[attr-defined]
            return HttpResponse(status=401)
        konteks = konteks_of(request, kode)
        etag = etag_of(
            konteks.instansi.pk, konteks.versi, konteks.hari_b, konteks.stempel, get_language(),
            request.get_full_path(),
        )  # fmt: skip
        known = not_modified(request, etag)
        if known is not None:
            return known
        body = json.dumps(view(request, konteks, **args), ensure_ascii=False, separators=(",", ":"))
        response = HttpResponse(body, content_type="application/json")
        response["ETag"] = etag
        response["Cache-Control"] = "private, no-cache"
        return response

    return answer


@data
def awal(request: HttpRequest, konteks: Konteks) -> queries.Dokumen:
    return queries.start_document(konteks, read_state(request.GET))


@data
def anak(request: HttpRequest, konteks: Konteks, unor_id: int) -> queries.Dokumen:
    return queries.children_document(konteks, unor_id, read_state(request.GET).kosong)


@data
def bawah(request: HttpRequest, konteks: Konteks, unor_id: int) -> queries.Dokumen:
    return queries.below_document(konteks, unor_id, read_state(request.GET).kosong)


@data
def jalur(request: HttpRequest, konteks: Konteks, unor_id: int) -> queries.Dokumen:
    document = queries.path_document(konteks, unor_id, read_state(request.GET).kosong)
    if not document["unor"]:
        raise Http404
    return document


@data
def cari(request: HttpRequest, konteks: Konteks) -> dict[str, Any]:
    """Units and boxes whose names match, units first."""
    text = request.GET.get("q", "")
    units = search_unor(konteks.instansi.pk, text, HASIL_CARI, konteks.versi)
    boxes = search_posisi(konteks.instansi.pk, text, HASIL_CARI, konteks.versi)
    found = [
        {"jenis": "unor", "id": u.id, "unor": u.id, "nama": u.nama, "jalur": " › ".join(u.jejak[1:])}
        for u in units
    ]
    found += [
        {"jenis": "posisi", "id": b.id, "unor": b.unor_id, "nama": b.nama, "jalur": b.unor_nama}
        for b in boxes
    ]
    return {"hasil": found}
