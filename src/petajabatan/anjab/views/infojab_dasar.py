"""What the pages of informasi jabatan share: who asks, which map, which draft, how a refusal is answered."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from petajabatan.anjab.queries.infojab_peta import Sudut, boxes, view_of
from petajabatan.anjab.queries.infojab_rinci import DaftarPemakai, RinciInfojab
from petajabatan.inti.actor import ANONIM, Actor
from petajabatan.inti.dinding import roll_back
from petajabatan.inti.temuan import Ditolak, Temuan
from petajabatan.jabatan.queries import PetaTidakAda, version_of
from petajabatan.organisasi.models import PetaVersi
from petajabatan.referensi.models import Instansi
from petajabatan.usulan.models import Usulan
from petajabatan.usulan.queries.terlihat import usulan_for

BENTROK = frozenset({"objek-sudah-berubah", "usulan-terkunci"})
PEMAKAI_SEHALAMAN = 50
BADAN_MAKS = 12 * 1024 * 1024
"""Bytes of one save; what is too long inside is told with its place."""


def actor_of(request: HttpRequest) -> Actor:
    actor: Actor = getattr(request, "actor", ANONIM)
    return actor


def number(raw: str | None) -> int | None:
    return int(raw) if raw and raw.isdecimal() and raw.isascii() and len(raw) < 19 else None


def draft_view(request: HttpRequest, usulan_id: int) -> tuple[Usulan, Sudut]:
    """The draft in the actor's scope and the map it stands over. Raises Http404."""
    usulan = usulan_for(actor_of(request), min(usulan_id, 2**63 - 1))
    return usulan, view_of(usulan)


def published_view(request: HttpRequest, instansi_id: int) -> tuple[Instansi, PetaVersi, Sudut]:
    """The version asked for by ``versi=``, else the one in force. Raises Http404."""
    instansi = Instansi.objects.filter(pk=min(instansi_id, 2**31 - 1)).first()
    if instansi is None:
        raise Http404(_("Instansi itu tidak ada."))
    asked = request.GET.get("versi", "")
    if asked and not (asked.isdecimal() and len(asked) < 10):
        raise PetaTidakAda(_("Nomor versi berupa bilangan."))
    version = version_of(instansi.pk, int(asked) if asked else None)
    return instansi, version, Sudut(instansi.pk, version.nomor)


class PemakaiTampil:
    """The boxes that use an informasi jabatan, a page of them (``hal``)."""

    def __init__(self, request: HttpRequest, sudut: Sudut, infojab_id: int) -> None:
        """Three statements at most."""
        self._sudut, self._diminta = sudut, request.GET.get("posisi", "")
        self.semua = DaftarPemakai(sudut, infojab_id)
        self._halaman = Paginator(self.semua, PEMAKAI_SEHALAMAN).get_page(request.GET.get("hal", "1"))
        self._baris = list(self._halaman)
        first = self._baris[0][0].id if self._baris and self._halaman.number == 1 else None
        self.posisi = number(self._diminta) or first
        """The box it is looked at from, where it is known: the one asked for, else the first of all."""

    def konteks(self, rinci: RinciInfojab) -> dict[str, Any]:
        """For the page; the box it is looked at from is always among those shown.

        ``bukan_pemakai``: another was asked for; ``diminta``: that one, if it is on this map (one statement).
        """
        rows = self._baris
        if all(box.id != rinci.kotak.id for box, _unit in rows):
            rows = [(rinci.kotak, rinci.jalur[-1].nama), *rows]
        asked = number(self._diminta)
        other = bool(self._diminta) and asked != rinci.kotak.id
        return {
            "pemakai": rows,
            "n_pemakai": len(self.semua),
            "halaman_pemakai": self._halaman,
            "bukan_pemakai": other,
            "diminta": boxes(self._sudut, [asked]).get(asked) if other and asked is not None else None,
        }


def refusal(temuan: list[Temuan], status: int = 422, **more: Any) -> JsonResponse:
    return JsonResponse(
        {"temuan": [t.as_dict() for t in temuan], **more},
        status=status,
        json_dumps_params={"ensure_ascii": False},
    )


def json_command(view: Callable[..., dict[str, Any] | HttpResponse]) -> Callable[..., HttpResponse]:
    """A POST of JSON that changes the draft. Answers with JSON, findings when refused; 401 for nobody, so
    that the page can say that the session has ended and keep what was typed."""

    @wraps(view)
    def answer(request: HttpRequest, usulan_id: int, **args: Any) -> HttpResponse:
        if request.method != "POST":
            return HttpResponse(status=405)
        if not actor_of(request).dikenal:
            return HttpResponse(status=401)
        try:
            body = json.loads(request.body or b"{}")
            if not isinstance(body, dict):
                raise ValueError
        except (ValueError, RecursionError):
            found = Temuan(
                "permintaan-tidak-sah", "galat", _("Permintaan bukan JSON."), _("Muat ulang halaman.")
            )
            return refusal([found], 400)
        try:
            made = view(request, usulan_id, body, **args)
        except Ditolak as refused:
            clash = any(t.kode in BENTROK for t in refused.temuan)
            return refusal(refused.temuan, 409 if clash else 422)
        except (PermissionDenied, Http404) as error:
            roll_back(request)
            denied = isinstance(error, PermissionDenied)
            found = Temuan(
                "tidak-berwenang" if denied else "tidak-ada",
                "galat",
                str(error),
                _("Buka kembali daftar usulan."),
            )
            return refusal([found], 403 if denied else 404)
        if isinstance(made, HttpResponse):
            return made
        return JsonResponse(made, json_dumps_params={"ensure_ascii": False})

    return answer


def key_of(body: dict[str, Any]) -> str | None:
    kunci = body.get("kunci")
    return kunci[:80] if isinstance(kunci, str) and kunci else None


def whole(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**62 else None
