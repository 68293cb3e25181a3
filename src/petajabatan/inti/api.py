"""What every route of API v1 shares: problem documents (RFC 9457), cursor pages, ETags, the acting party."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse
from ninja import Schema
from pydantic import Field

from petajabatan.inti.actor import Actor
from petajabatan.inti.dinding import roll_back

T = TypeVar("T")
PAGE_DEFAULT, PAGE_MAX = 50, 500


class Masalah(Exception):
    """An answer that is a problem document: HTTP status, short title, and what to do about it."""

    def __init__(self, status: int, judul: str, rincian: str, **isi: Any) -> None:
        super().__init__(rincian)
        self.status, self.judul, self.rincian, self.isi = status, judul, rincian, isi


class DokumenMasalah(Schema):
    """RFC 9457 problem document."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str = ""
    instance: str = ""


def problem_response(request: HttpRequest, masalah: Masalah) -> HttpResponse:
    roll_back(request)
    body = {
        "type": f"/api/v1/masalah/{masalah.status}",
        "title": masalah.judul,
        "status": masalah.status,
        "detail": masalah.rincian,
        "instance": request.path,
        "permintaan": getattr(request, "request_id", ""),
        **masalah.isi,
    }
    response = HttpResponse(
        json.dumps(body, ensure_ascii=False, default=str),
        status=masalah.status,
        content_type="application/problem+json",
    )
    if masalah.status == 401:
        response["WWW-Authenticate"] = 'Bearer realm="petajabatan"'
    return response


def api_actor(request: HttpRequest, *scopes: str) -> Actor:
    """The actor of an API request; 401 for nobody, 403 for a token without the scopes."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not actor.dikenal:
        raise Masalah(401, "Perlu masuk", "Sertakan token OAuth2 (POST /oauth2/token) atau sesi masuk.")
    missing = [s for s in scopes if actor.scopes is not None and s not in actor.scopes]
    if missing:
        raise Masalah(403, "Cakupan token kurang", "Token tidak memuat: " + ", ".join(missing))
    return actor


def encode_cursor(*values: Any) -> str:
    raw = json.dumps(values, default=str, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def decode_cursor(cursor: str | None, *types: Callable[[Any], Any]) -> list[Any] | None:
    """The values a cursor was made of, each through its type; None for the first page.

    Raises Masalah 400 for anything this API did not hand out.
    """
    if not cursor:
        return None
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        values = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        if not isinstance(values, list) or len(values) != len(types):
            raise ValueError
        return [kind(value) for kind, value in zip(types, values, strict=True)]
    except (ValueError, TypeError, binascii.Error, UnicodeDecodeError, RecursionError, OverflowError):
        raise Masalah(
            400, "Kursor tidak dikenal", "Pakai nilai 'berikutnya' dari jawaban sebelumnya, tanpa diubah."
        ) from None


class Halaman(Schema):
    """Paging part of every list answer; ``berikutnya`` is null on the last page."""

    berikutnya: str | None = Field(None, description="kursor halaman berikutnya")


def cut_page(
    rows: Sequence[T], batas: int, key: Callable[[T], tuple[Any, ...]]
) -> tuple[list[T], str | None]:
    """Rows were fetched with ``batas + 1``: the page, and the cursor of the next one if there is more."""
    page = list(rows[:batas])
    return page, encode_cursor(*key(page[-1])) if len(rows) > batas and page else None


def etag_of(*parts: Any) -> str:
    digest = hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:24]
    return f'W/"{digest}"'


def not_modified(request: HttpRequest, etag: str) -> HttpResponse | None:
    """A 304 answer when the client already holds this representation."""
    known = [tag.strip() for tag in request.headers.get("If-None-Match", "").split(",")]
    if etag in known or etag.removeprefix("W/") in known or "*" in known:
        response = HttpResponse(status=304)
        response["ETag"] = etag
        return response
    return None
