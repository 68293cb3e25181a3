"""The ABK grid of a box in a draft: the page, what it asks while one types, storing, undo, the drawer."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from petajabatan.anjab.queries.abk import (
    LembarDraf,
    Sebab,
    compare_norms,
    draft_sheet,
    explain_draft,
    explain_published,
)
from petajabatan.anjab.rules.abk import KOLOM, read_paste
from petajabatan.anjab.rules.abk_hitung import calculate, document, policy_document, time_document
from petajabatan.anjab.services.abk import save_sheet, undo_sheet
from petajabatan.anjab.views.abk_kata import approach_names, grid_words
from petajabatan.inti.actor import ANONIM, Actor
from petajabatan.inti.dinding import roll_back
from petajabatan.inti.temuan import Ditolak, Temuan, refuse
from petajabatan.jabatan.rules.abk.hitung import PENDEKATAN
from petajabatan.jabatan.rules.isian import PENDEKATAN_ABK
from petajabatan.jabatan.services.abk import policies_to_choose
from petajabatan.usulan.models import Dokumen, Usulan
from petajabatan.usulan.queries.isian import sheets_of
from petajabatan.usulan.queries.pandangan import PandanganDraf
from petajabatan.usulan.rules.pandangan import jalur
from petajabatan.usulan.services.dokumen import add_document
from petajabatan.usulan.services.draf import DAPAT_DIUBAH
from petajabatan.usulan.services.hak import may_draft, rights_for, rights_in

BENTROK = frozenset({"objek-sudah-berubah", "urungan-lain"})
SEL_MAKS = 2_000_000
"""Characters one pasted block may have."""


def actor_of(request: HttpRequest) -> Actor:
    actor: Actor = getattr(request, "actor", ANONIM)
    return actor


def why_read_only(actor: Actor, usulan: Usulan) -> str:
    """Why this person cannot write in the draft now; "" when they can."""
    try:
        may_draft(actor, usulan.instansi_id, usulan.layanan, usulan.cabang_id)
    except PermissionDenied:
        return _("Peran Anda membaca usulan ini, tidak mengubahnya.")
    if rights_in(actor, usulan).isdisjoint(rights_for("tulis-isian", {"bagian": "abk"})):
        return _("Peran Anda menulis evaluasi jabatan; lembar ABK ditulis operator lain.")
    if usulan.status not in DAPAT_DIUBAH:
        return _("Usulan berstatus “%(status)s” tidak dapat diubah.") % {
            "status": _(usulan.get_status_display())
        }
    return ""


@login_required
@require_safe
def kisi(request: HttpRequest, usulan_id: int, posisi_id: int) -> HttpResponse:
    """The grid with the sheet as the draft has it."""
    actor = actor_of(request)
    sheet = draft_sheet(actor, usulan_id, posisi_id)
    held = sheets_of(sheet.usulan, [posisi_id]).get(posisi_id)
    view = PandanganDraf(sheet.usulan)
    reason = why_read_only(actor, sheet.usulan)
    return render(
        request,
        "anjab/abk_kisi.html",
        {
            "usulan": sheet.usulan,
            "posisi": sheet.posisi,
            "jalur": list(reversed(jalur(view, sheet.posisi.unor_id))),
            "sebab_baca": reason,
            "boleh_ubah": not reason,
            "data": _page_data(sheet, (held and held.isi) or {"baris": []}, bool(held and held.berubah))
            | {"ubah": not reason},
            "teks": grid_words(),
            "oleh": held.oleh if held else "",
        },
    )


def _page_data(sheet: LembarDraf, isi: dict[str, Any], berubah: bool) -> dict[str, Any]:
    advice = isi.get("rekomendasi") or {}
    names = approach_names()
    return {
        "revisi": sheet.usulan.revisi,
        "berubah": berubah,
        "posisi": sheet.posisi.id,
        "usulan": sheet.usulan.pk,
        "jenis": sheet.kotak.jenis,
        "kepala": sheet.kotak.kepala,
        "kPeta": sheet.posisi.k,
        "jabatan": sheet.posisi.jabatan_id,
        "isi": isi,
        "hasil": _computed(sheet, isi),
        "tugas": [task._asdict() for task in sheet.tugas],
        "waktu": [time_document(row) for row in sheet.acuan.waktu],
        "kebijakan": [policy_document(row) for row in policies_to_choose(sheet.acuan.tanggal)],
        "pilihan": sheet.acuan.pilihan,
        "pendekatan": {
            kode: {"nama": names[kode], "rumus": row.rumus, "volume": row.volume, "norma": row.norma}
            for kode, row in sorted(PENDEKATAN.items(), key=lambda item: PENDEKATAN_ABK.index(item[0]))
        },
        "teksMaks": int(sheet.acuan.ambang.uraian_maks),
        "dokumen": _documents(sheet.usulan, advice.get("berkas")),
    }


def _documents(usulan: Usulan, berkas: Any) -> dict[str, str] | None:
    if not str(berkas or "").isdigit():
        return None
    row = Dokumen.objects.filter(usulan=usulan, pk=int(berkas)).select_related("berkas").first()
    return None if row is None else _document(row)


def _document(row: Dokumen) -> dict[str, str]:
    return {"id": str(row.pk), "nama": row.berkas.nama, "url": reverse("usulan:dokumen", args=[row.pk])}


def _computed(sheet: LembarDraf, body: dict[str, Any]) -> dict[str, Any]:
    done = calculate(body, sheet.kotak, sheet.acuan, sheet.tugas, sheet.semula)
    what_if = body.get("andai")
    return document(done, sheet.kotak, sheet.acuan, what_if if isinstance(what_if, dict) else None)


def refusal(temuan: list[Temuan], status: int) -> JsonResponse:
    return JsonResponse({"temuan": [t.as_dict() for t in temuan]}, status=status)


def answers(view: Callable[..., dict[str, Any]]) -> Callable[..., HttpResponse]:
    """A POST of JSON about one sheet; what is wrong comes back as findings, never as a page."""

    @require_POST
    @wraps(view)
    def answer(request: HttpRequest, usulan_id: int, posisi_id: int) -> HttpResponse:
        if not actor_of(request).dikenal:
            return HttpResponse(status=401)
        try:
            body = json.loads(request.body or b"{}")
        except (ValueError, RecursionError):
            body = None
        if not isinstance(body, dict):
            return refusal([Temuan("permintaan-tidak-sah", "galat", _("Permintaan bukan JSON yang dikenal."),
                                   _("Muat ulang halaman."))], 400)  # fmt: skip
        try:
            return JsonResponse(view(request, usulan_id, posisi_id, body))
        except Ditolak as refused:
            roll_back(request)
            return refusal(refused.temuan, 409 if any(t.kode in BENTROK for t in refused.temuan) else 422)
        except (PermissionDenied, Http404) as error:
            roll_back(request)
            denied = isinstance(error, PermissionDenied)
            found = Temuan("tidak-berwenang" if denied else "tidak-ada", "galat", str(error),
                           _("Buka kembali daftar usulan."))  # fmt: skip
            return refusal([found], 403 if denied else 404)

    return answer


@answers
def hitung(request: HttpRequest, usulan_id: int, posisi_id: int, body: dict[str, Any]) -> dict[str, Any]:
    """Raw cells in, canonical rows, Σ, K and findings out. Nothing is written."""
    return _computed(draft_sheet(actor_of(request), usulan_id, posisi_id), body)


@answers
def baca(request: HttpRequest, usulan_id: int, posisi_id: int, body: dict[str, Any]) -> dict[str, Any]:
    """A pasted block, read as a whole: ``sel`` rows of cells; ``mulai`` column and ``baris_awal`` row of the
    grid; ``satuan_waktu``, ``pendekatan`` of the rows. Nothing is written."""
    sheet = draft_sheet(actor_of(request), usulan_id, posisi_id)
    cells = body.get("sel")
    if not isinstance(cells, list) or len(request.body) > SEL_MAKS:
        sentence = _("Tempelan ini terlalu besar atau tidak dikenal.")
        remedy = _("Tempel paling banyak 300 baris sekaligus.")
        refuse("tempelan-terlalu-besar", sentence, remedy)
    approach, start, first = body.get("pendekatan"), body.get("mulai"), body.get("baris_awal")
    read = read_paste(
        cells,
        sheet.acuan.ambang,
        mulai=start if start in KOLOM else "uraian",
        baris_awal=first if isinstance(first, int) and 0 < first < 10_000 else 1,
        satuan_waktu="jam" if body.get("satuan_waktu") == "jam" else "menit",
        pendekatan=approach if approach in PENDEKATAN_ABK else "tugas",
    )
    return {
        "kolom": read.kolom,
        "baris": read.baris,
        "judul": read.judul,
        "temuan": [t.as_dict() for t in read.temuan],
    }


@answers
def sebaran(request: HttpRequest, usulan_id: int, posisi_id: int, body: dict[str, Any]) -> dict[str, Any]:
    """The rows against the same jabatan elsewhere."""
    sheet = draft_sheet(actor_of(request), usulan_id, posisi_id)
    done = calculate(body, sheet.kotak, sheet.acuan)
    found = compare_norms(sheet.acuan, sheet.posisi.jabatan_id, posisi_id, done.isi)
    return {
        "n": found.n,
        "instansi": found.instansi,
        "sebaran": found.sebaran,
        "temuan": [t.as_dict() for t in found.temuan],
    }


def _int(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**31 else None


def _key(body: dict[str, Any]) -> str | None:
    value = body.get("kunci")
    return (value[:80] or None) if isinstance(value, str) else None


@answers
def simpan(request: HttpRequest, usulan_id: int, posisi_id: int, body: dict[str, Any]) -> dict[str, Any]:
    """Store the sheet; ``revisi`` is what the page had seen, ``kunci`` makes a repeated request harmless."""
    done = save_sheet(
        actor_of(request), usulan_id, posisi_id, body, kunci=_key(body), revisi=_int(body.get("revisi"))
    )
    return {
        "revisi": done.revisi,
        "berubah": done.edit is not None,
        "hasil": document(done.hitungan, done.lembar.kotak, done.lembar.acuan),
    }


@answers
def urung(request: HttpRequest, usulan_id: int, posisi_id: int, body: dict[str, Any]) -> dict[str, Any]:
    """Take back the last action of the draft when it was one on this sheet; the sheet as it is then."""
    actor = actor_of(request)
    done = undo_sheet(actor, usulan_id, posisi_id, kunci=_key(body), revisi=_int(body.get("revisi")))
    sheet = draft_sheet(actor, usulan_id, posisi_id)
    held = sheets_of(sheet.usulan, [posisi_id]).get(posisi_id)
    isi = (held and held.isi) or {"baris": []}
    return {"revisi": done.revisi, "isi": isi, "hasil": _computed(sheet, isi)}


@answers
def keadaan(request: HttpRequest, usulan_id: int, posisi_id: int, body: dict[str, Any]) -> dict[str, Any]:
    """The sheet as the draft has it now: after somebody else wrote it."""
    sheet = draft_sheet(actor_of(request), usulan_id, posisi_id)
    held = sheets_of(sheet.usulan, [posisi_id]).get(posisi_id)
    isi = (held and held.isi) or {"baris": []}
    return {"revisi": sheet.usulan.revisi, "isi": isi, "hasil": _computed(sheet, isi)}


@require_POST
def dokumen(request: HttpRequest, usulan_id: int, posisi_id: int) -> HttpResponse:
    """The recommendation of a pembina as a file: a document of the draft like every other."""
    actor = actor_of(request)
    if not actor.dikenal:
        return HttpResponse(status=401)
    sheet = draft_sheet(actor, usulan_id, posisi_id)
    upload = request.FILES.get("berkas")
    try:
        if upload is None or upload.file is None:
            refuse("berkas-kosong", _("Belum ada berkas."), _("Pilih berkasnya."), kolom="berkas")
        note = _("Rekomendasi pembina: %(nama)s") % {"nama": sheet.posisi.nama}
        row = add_document(actor, usulan_id, upload.file, upload.name or "berkas", keterangan=note[:200])
    except Ditolak as refused:
        roll_back(request)
        return refusal(refused.temuan, 422)
    except PermissionDenied as error:
        roll_back(request)
        found = Temuan("tidak-berwenang", "galat", str(error), _("Minta operator mengunggahnya."))
        return refusal([found], 403)
    return JsonResponse(_document(row))


@login_required
@require_safe
def sebab_draf(request: HttpRequest, usulan_id: int, posisi_id: int) -> HttpResponse:
    """Why K is what it is in the draft, for the drawer."""
    found = explain_draft(actor_of(request), usulan_id, posisi_id)
    return _why(request, found, reverse("anjab:abk", args=[usulan_id, posisi_id]))


@login_required
@require_safe
def sebab_terbit(request: HttpRequest, instansi_id: int, posisi_id: int) -> HttpResponse:
    """Why K is what it is on the published map, for the drawer."""
    raw = request.GET.get("versi", "")
    versi = int(raw) if raw.isdigit() and len(raw) < 10 else None
    return _why(request, explain_published(instansi_id, posisi_id, versi), "")


def _why(request: HttpRequest, sebab: Sebab, kisi: str) -> HttpResponse:
    in_drawer = bool(request.headers.get("HX-Request"))
    template = "anjab/_abk_sebab.html" if in_drawer else "anjab/abk_sebab.html"
    return render(request, template, {"sebab": sebab, "kisi": kisi})
