"""Conditional and compressed answers of the API.

Routes that know a cheap version of their content set their own ETag before building the body
(``inti.api.not_modified``); for all others the tag comes from the body. Compression is gzip level 1: on the
large documents a higher level costs more time than the bytes are worth (figures in docs/performance.md).
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from petajabatan.inti.api import Masalah, not_modified, problem_response

COMPRESS_FROM = 1024
"""Bytes below which compression is not worth its header."""


class ApiMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "%00" in request.META.get("QUERY_STRING", ""):
            # PostgreSQL has no text with NUL; nobody means one.
            if not request.path.startswith("/api/"):
                raise SuspiciousOperation("NUL dalam alamat")
            return problem_response(
                request, Masalah(400, "Permintaan tidak dapat dibaca", "Alamat memuat karakter NUL.")
            )
        if request.path.startswith("/api/") and (too_large := self._too_large(request)) is not None:
            return too_large
        response = self.get_response(request)
        if not request.path.startswith("/api/") or response.streaming:
            return response
        patch_vary_headers(response, ("Accept", "Authorization", "Cookie"))
        response.setdefault("Cache-Control", "private, no-cache")
        if request.method in ("GET", "HEAD") and response.status_code == 200:
            etag = response.get("ETag") or f'W/"{hashlib.sha256(response.content).hexdigest()[:24]}"'
            response["ETag"] = etag
            unchanged = not_modified(request, etag)
            if unchanged is not None:
                return unchanged
        return self._compressed(request, response)

    @staticmethod
    def _too_large(request: HttpRequest) -> HttpResponse | None:
        """A 413 answer before anything of the body is read or kept."""
        length = request.META.get("CONTENT_LENGTH") or "0"
        form = request.content_type == "multipart/form-data"
        limit: int = settings.API_UNGGAH_MAKS if form else settings.API_JSON_MAKS
        if not length.isdigit() or int(length) <= limit:
            return None
        what = "Berkas beserta formulirnya" if form else "Isi permintaan"
        masalah = Masalah(
            413,
            "Permintaan terlalu besar",
            f"{what} paling besar {limit >> 20} MB; yang dikirim {int(length) / (1 << 20):.1f} MB."
            " Bagi menjadi beberapa permintaan.",
            kode="permintaan-terlalu-besar",
            batas=limit,
        )
        return problem_response(request, masalah)

    @staticmethod
    def _compressed(request: HttpRequest, response: HttpResponse) -> HttpResponse:
        patch_vary_headers(response, ("Accept-Encoding",))
        accepted = request.headers.get("Accept-Encoding", "")
        if (
            "gzip" in accepted
            and not response.has_header("Content-Encoding")
            and len(response.content) >= COMPRESS_FROM
        ):
            response.content = gzip.compress(response.content, compresslevel=1, mtime=0)
            response["Content-Encoding"] = "gzip"
            response["Content-Length"] = str(len(response.content))
        return response
