"""One edit: operations in, what changed on screen out. Refusals are findings, never sentences alone."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from petajabatan.inti.dinding import roll_back
from petajabatan.inti.temuan import Ditolak, Temuan, refuse
from petajabatan.jabatan.rules.beda import IsiPosisi, IsiUnor
from petajabatan.usulan.services import HasilEdit, add_operations, redo, undo
from petajabatan.web.sunting import queries, ringkasan
from petajabatan.web.sunting.konteks import KonteksDraf, draft_of

OPERASI_MAKS = 2000
"""Operations one request may bring; more goes through the import of a spreadsheet."""
LAYAR_MAKS = 300
"""Touched objects from which the page loads what it shows anew instead of taking the rows one by one."""
BENTROK = ("objek-sudah-berubah",)


def _refusal(temuan: list[Temuan], status: int = 422) -> JsonResponse:
    return JsonResponse(
        {"temuan": [t.as_dict() for t in temuan]}, status=status, json_dumps_params={"ensure_ascii": False}
    )


def _unreadable(sentence: str) -> JsonResponse:
    return _refusal([Temuan("permintaan-tidak-sah", "galat", sentence, _("Muat ulang halaman."))], 400)


def edit(view: Callable[..., HasilEdit]) -> Callable[..., HttpResponse]:
    """A POST of JSON that edits the draft; answers with what changed, or with findings."""

    @require_POST
    @wraps(view)
    def answer(request: HttpRequest, usulan_id: int) -> HttpResponse:
        if not request.actor.dikenal:  # type: ignore[attr-defined]
            return HttpResponse(status=401)
        try:
            body = json.loads(request.body or b"{}")
        except ValueError:
            return _unreadable(_("Permintaan bukan JSON."))
        if not isinstance(body, dict) or not isinstance(body.get("kunci", ""), str | None):
            return _unreadable(_("Permintaan tidak dikenal bentuknya."))
        try:
            done = view(request, usulan_id, body)
        except Ditolak as refused:
            clash = any(t.kode in BENTROK for t in refused.temuan)
            return _refusal(refused.temuan, 409 if clash else 422)
        except (PermissionDenied, Http404) as error:
            roll_back(request)
            code = "tidak-berwenang" if isinstance(error, PermissionDenied) else "usulan-tidak-ada"
            found = Temuan(code, "galat", str(error), _("Buka kembali daftar usulan."))
            return _refusal([found], 403 if isinstance(error, PermissionDenied) else 404)
        konteks = draft_of(request, usulan_id)
        kosong = body.get("kosong") is True
        return JsonResponse(outcome(konteks, done, kosong=kosong), json_dumps_params={"ensure_ascii": False})

    return answer


@edit
def operasi(request: HttpRequest, usulan_id: int, body: dict[str, Any]) -> HasilEdit:
    """``operasi``: list; ``kunci``: idempotency key; ``revisi``: what the page had seen; ``dasar_hukum_id``,
    ``pasal``, ``alasan``: of the whole action."""
    rows = body.get("operasi")
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        refuse("operasi-kosong", _("Tidak ada operasi di dalam permintaan."), _("Ulangi."))
    if len(rows) > OPERASI_MAKS:
        refuse(
            "terlalu-banyak",
            _("Satu permintaan memuat paling banyak %(n)s operasi.") % {"n": OPERASI_MAKS},
            _("Bagi menjadi beberapa kali, atau pakai impor lembar kerja."),
        )
    return add_operations(
        request.actor,  # type: ignore[attr-defined]
        usulan_id,
        rows,
        dasar_hukum_id=_int(body.get("dasar_hukum_id")),
        pasal=str(body.get("pasal") or ""),
        alasan=str(body.get("alasan") or ""),
        kunci=_key(body),
        revisi=_int(body.get("revisi")),
    )


@edit
def urung(request: HttpRequest, usulan_id: int, body: dict[str, Any]) -> HasilEdit:
    seen = _int(body.get("revisi"))
    return undo(request.actor, usulan_id, kunci=_key(body), revisi=seen)  # type: ignore[attr-defined]


@edit
def ulang(request: HttpRequest, usulan_id: int, body: dict[str, Any]) -> HasilEdit:
    seen = _int(body.get("revisi"))
    return redo(request.actor, usulan_id, kunci=_key(body), revisi=seen)  # type: ignore[attr-defined]


def _int(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**62 else None


def _key(body: dict[str, Any]) -> str | None:
    return (body.get("kunci") or "")[:80] or None


def outcome(konteks: KonteksDraf, done: HasilEdit, *, kosong: bool = False) -> dict[str, Any]:
    """What the page needs to show the draft after an edit.

    ``dokumen``: the touched units (with all their boxes) and the units that boxes were touched on;
    ``disentuh``: [objek, id] of everything touched (what the document lacks is gone); ``anak``: children in
    order where they changed; ``total``: totals of every unit whose totals changed. An edit carried out before
    (a repeated request) or one of very many objects answers with ``muat_ulang`` instead.
    """
    akar = ringkasan.root_of(konteks)
    answer: dict[str, Any] = {
        **ringkasan.state_of(konteks),
        "id_baru": {str(key): value for key, value in done.id_baru.items()},
        "ringkasan": ringkasan.totals(konteks, akar),
        "hitung": ringkasan.finding_counts(konteks),
        "pesan": [t.as_dict() for t in done.temuan[:20]],
        "muat_ulang": done.diulang or len(done.perubahan) > LAYAR_MAKS,
    }
    if answer["muat_ulang"]:
        return answer
    units: set[int] = set()
    parents: set[int] = set()
    for p in done.perubahan:
        for row in (p.sebelum.isi, p.sesudah.isi):
            if isinstance(row, IsiUnor):
                units.add(row.id)
                if row.atasan_id is not None:
                    parents.add(row.atasan_id)
            elif isinstance(row, IsiPosisi):
                units.add(row.unor_id)
    below = queries.ordered_children(konteks, parents)
    shown = queries.these_units(konteks, units | parents, kosong)
    near = {key for _, children in below for key in children}
    return answer | {
        "dokumen": shown,
        "disentuh": [[p.objek, p.id] for p in done.perubahan],
        "anak": below,
        "temuan": shown["temuan"] + queries.findings_of(konteks, near - units - parents),
        "total": queries.totals_of(konteks, done.total.keys() - units - parents),
    }
