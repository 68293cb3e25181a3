"""The page of a factor sheet: choosing levels, saving by itself, deciding."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST

from petajabatan.anjab.queries.lembar_evaluasi import (
    LembarDraf,
    history_of,
    published_history,
    recommendations,
    sheet_in_draft,
)
from petajabatan.anjab.services.evaluasi import (
    decide_sheet,
    may_decide_sheet,
    may_write_sheet,
    write_sheet,
)
from petajabatan.inti.dinding import roll_back
from petajabatan.inti.temuan import Ditolak, Temuan
from petajabatan.jabatan.rules.abk.angka import write_number
from petajabatan.jabatan.rules.lembar_evaluasi import STATUS
from petajabatan.usulan.queries.terlihat import usulan_for
from petajabatan.usulan.services.dokumen import may_attach
from petajabatan.usulan.views.dasar import ID_MAKS, actor_of_request

BELUM = gettext_noop("Belum lengkap")
WARNA = {"diisi": "peringatan", "divalidasi": "baik", "dikembalikan": "galat"}


@login_required
def lembar(request: HttpRequest, usulan_id: int, infojab_id: int) -> HttpResponse:
    """The sheet; a POST is the whole form sent without script."""
    actor = actor_of_request(request)
    usulan = usulan_for(actor, min(usulan_id, ID_MAKS))
    if request.method == "POST":
        try:
            write_sheet(
                actor, usulan.pk, infojab_id, content_of(request.POST), revisi=_revision(request.POST)
            )
        except Ditolak as refused:
            typed = content_of(request.POST)
            return _page(request, usulan, infojab_id, refused=refused.temuan, typed=typed)
        messages.success(request, _("Lembar evaluasi tersimpan."))
        return redirect(request.path)
    return _page(request, usulan, infojab_id)


def _page(
    request: HttpRequest,
    usulan: Any,
    infojab_id: int,
    *,
    refused: list[Temuan] | None = None,
    typed: dict[str, Any] | None = None,
) -> HttpResponse:
    """``refused``: why what was sent is not stored; ``typed``: the sheet as it was sent, not lost."""
    actor = actor_of_request(request)
    sheet = sheet_in_draft(usulan, min(infojab_id, ID_MAKS))
    return render(
        request,
        "anjab/evaluasi_lembar.html",
        _shown(sheet)
        | _history(sheet)
        | {
            "faktor": _rows(sheet, typed),
            "boleh_tulis": may_write_sheet(actor, usulan),
            "boleh_putus": may_decide_sheet(actor, usulan),
            "boleh_lampir": may_attach(actor, usulan),
            "ditolak": refused or [],
            "isi": typed or sheet.isi,
            "dokumen": recommendations(usulan),
            "catatan_putusan": request.POST.get("catatan", ""),
        },
        status=422 if refused else 200,
    )


def _shown(sheet: LembarDraf) -> dict[str, Any]:
    """What the result shows; the same after every saving."""
    return {
        "l": sheet,
        "usulan": sheet.usulan,
        "status": _status(sheet),
        "warna": WARNA.get(sheet.status, ""),
        "siap": bool(sheet.isi) and sheet.hasil.siap,
        "pada": _moment(sheet.isi.get("pada")),
        "ringkas": _short(sheet),
    }


def _status(sheet: LembarDraf) -> str:
    """Nobody can validate a sheet that lacks a level or a reason: it does not wait for that yet."""
    if sheet.status == "diisi" and not sheet.hasil.siap:
        return BELUM
    return STATUS.get(sheet.status, "")


def _history(sheet: LembarDraf) -> dict[str, Any]:
    return {
        "riwayat": history_of(sheet.usulan, sheet.infojab_id),
        "terbit": published_history(sheet.usulan.instansi_id, sheet.infojab_id),
    }


def _parts(request: HttpRequest, sheet: LembarDraf, revisi: int) -> dict[str, Any]:
    """What stands beside the sheet, as it is now, for the page to show without being loaded again."""
    return {
        "revisi": revisi,
        "ringkas": _short(sheet),
        "hasil": render_to_string("anjab/_evaluasi_hasil.html", _shown(sheet), request=request),
        "riwayat": render_to_string("anjab/_evaluasi_riwayat.html", _history(sheet), request=request),
    }


def _moment(raw: Any) -> dt.datetime | None:
    try:
        return dt.datetime.fromisoformat(str(raw or ""))
    except ValueError:
        return None


def _short(sheet: LembarDraf) -> str:
    """The result in a few letters, for the bar that is always seen."""
    if sheet.hasil.total is None:
        return ""
    total = write_number(sheet.hasil.total)
    return _("%(nilai)s, kelas %(kelas)s") % {"nilai": total, "kelas": sheet.hasil.kelas or "–"}


def _rows(sheet: LembarDraf, typed: dict[str, Any] | None) -> list[dict[str, Any]]:
    chosen = (typed or sheet.isi).get("faktor") or {}
    before = ((sheet.bagian.terbit if sheet.bagian else None) or {}).get("faktor") or {}
    return [
        {
            "kode": row.faktor.kode,
            "nama": row.faktor.nama,
            "level": [(level, nilai) for level, nilai in sorted(row.faktor.nilai.items())],
            "pilih": _level((chosen.get(row.faktor.kode) or {}).get("level")),
            "alasan": (chosen.get(row.faktor.kode) or {}).get("alasan") or "",
            "terbit": (before.get(row.faktor.kode) or {}).get("level"),
        }
        for row in sheet.hasil.faktor
    ]


def _level(value: Any) -> int | None:
    return int(value) if str(value).isdecimal() and len(str(value)) < 4 else None


def content_of(form: QueryDict) -> dict[str, Any]:
    """The sheet as the form has it: ``level.F1``, ``alasan.F1`` and the exception."""
    codes = dict.fromkeys(name.split(".", 1)[1] for name in form if name.startswith(("level.", "alasan.")))
    return {
        "faktor": {
            code: {
                "level": form.get(f"level.{code}", "").strip() or None,
                "alasan": form.get(f"alasan.{code}", ""),
            }
            for code in codes
        },
        **{name: form.get(name, "") for name in ("pengecualian", "rekomendasi", "berkas")},
    }


def _revision(form: QueryDict) -> int | None:
    raw = form.get("revisi", "")
    return int(raw) if raw.isdecimal() and len(raw) < 10 else None


@require_POST
def simpan(request: HttpRequest, usulan_id: int, infojab_id: int) -> HttpResponse:
    """Autosave: JSON with ``operasi`` of one element that holds ``isi``, ``kunci`` and ``revisi``; answers
    with the revision, the result and the history as HTML, or with findings; where somebody else was there
    first with both."""
    actor = actor_of_request(request)
    if not actor.dikenal:
        return HttpResponse(status=401)
    try:
        body = json.loads(request.body or b"{}")
        isi = body["operasi"][0]["isi"]
        kunci, revisi = body.get("kunci"), body.get("revisi")
        if not isinstance(isi, dict | None) or not isinstance(kunci, str | None):
            raise TypeError
        if isinstance(revisi, bool) or not isinstance(revisi, int | None):
            raise TypeError
    except (ValueError, KeyError, IndexError, TypeError, RecursionError, AttributeError):
        found = Temuan("permintaan-tidak-sah", "galat", _("Permintaan tidak dikenal bentuknya."),
                       _("Muat ulang halaman."))  # fmt: skip
        return _findings([found], 400)
    try:
        usulan = usulan_for(actor, min(usulan_id, ID_MAKS))
        done = write_sheet(
            actor, usulan.pk, min(infojab_id, ID_MAKS), isi, kunci=kunci and kunci[:128], revisi=revisi
        )
        sheet = sheet_in_draft(done.usulan, min(infojab_id, ID_MAKS))
    except Ditolak as refused:
        if not any(t.kode == "objek-sudah-berubah" for t in refused.temuan):
            return _findings(refused.temuan, 422)
        usulan.refresh_from_db()
        now = sheet_in_draft(usulan, min(infojab_id, ID_MAKS))
        return _findings(refused.temuan, 409, _parts(request, now, usulan.revisi))
    except (PermissionDenied, Http404) as error:
        roll_back(request)
        code = "tidak-berwenang" if isinstance(error, PermissionDenied) else "tidak-ada"
        found = Temuan(code, "galat", str(error), _("Buka kembali daftar usulan."))
        return _findings([found], 403 if isinstance(error, PermissionDenied) else 404)
    return JsonResponse(_parts(request, sheet, done.revisi), json_dumps_params={"ensure_ascii": False})


def _findings(temuan: list[Temuan], status: int, more: dict[str, Any] | None = None) -> JsonResponse:
    body = {"temuan": [t.as_dict() for t in temuan]} | (more or {})
    return JsonResponse(body, status=status, json_dumps_params={"ensure_ascii": False})


@login_required
@require_POST
def putuskan(request: HttpRequest, usulan_id: int, infojab_id: int) -> HttpResponse:
    """Validate or return; a refusal shows the sheet with what stands against it."""
    actor = actor_of_request(request)
    usulan = usulan_for(actor, min(usulan_id, ID_MAKS))
    verdict = request.POST.get("putusan", "")
    note = request.POST.get("catatan", "").strip()
    try:
        decide_sheet(
            actor, usulan.pk, min(infojab_id, ID_MAKS), verdict, note, revisi=_revision(request.POST)
        )
    except Ditolak as refused:
        return _page(request, usulan, infojab_id, refused=refused.temuan)
    if verdict == "divalidasi":
        messages.success(request, _("Lembar divalidasi; kelas semua jabatan yang dilayaninya mengikuti."))
    else:
        messages.success(request, _("Lembar dikembalikan kepada penulisnya."))
    return redirect("anjab:evaluasi-lembar", usulan_id, infojab_id)
