"""REST API v1: every app's routes under one roof, with one way of signing in and one form of error."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.security import APIKeyCookie, HttpBearer

from petajabatan import __version__
from petajabatan.inti.actor import Actor
from petajabatan.inti.api import DokumenMasalah, Masalah, problem_response
from petajabatan.inti.temuan import Ditolak

ROUTERS = (
    ("", "petajabatan.organisasi.api.router"),
    ("", "petajabatan.jabatan.api.router"),
    ("", "petajabatan.pegawai.api.router"),
    ("/referensi", "petajabatan.referensi.api.router"),
    ("", "petajabatan.interop.api_perubahan.router"),
)

DESCRIPTION = """
Peta jabatan terverifikasi seluruh instansi: unit organisasi, posisi, kebutuhan (K), bezetting (B).

**Masuk**: token OAuth2 *client credentials* dari `POST /oauth2/token` (`Authorization: Bearer …`), atau sesi
peramban. **Daftar** memakai kursor: ulangi permintaan dengan `kursor=` dari `berikutnya`. **ETag**: kirim
`If-None-Match` untuk jawaban 304. **Galat** berbentuk dokumen masalah RFC 9457. **Waktu**: `versi=` atau
`tanggal=` membaca peta pada versi atau hari tertentu.
"""


class TokenAuth(HttpBearer):
    """OAuth2 token of a machine; the token itself was verified by ``akun.middleware``."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        actor: Actor = request.actor  # type: ignore[attr-defined]
        return actor if actor.dikenal and actor.scopes is not None else None


class SessionAuth(APIKeyCookie):
    """The session of somebody signed in to the pages; unsafe methods also need the CSRF token."""

    param_name = "sessionid"

    def authenticate(self, request: HttpRequest, key: str | None) -> Actor | None:
        actor: Actor = request.actor  # type: ignore[attr-defined]
        return actor if actor.dikenal and actor.scopes is None else None


PROBLEMS = {
    "400": "Permintaan tidak dapat dibaca",
    "401": "Belum masuk",
    "403": "Tidak berwenang",
    "404": "Tidak ada",
    "422": "Nilai tidak sah",
}


class PetaApi(NinjaAPI):
    def get_openapi_schema(self, **kwargs: Any) -> OpenAPISchema:
        """The generated document, with the problem answers every operation may give."""
        schema = super().get_openapi_schema(**kwargs)
        schema["components"].setdefault("schemas", {})["DokumenMasalah"] = DokumenMasalah.model_json_schema()
        reference = {"$ref": "#/components/schemas/DokumenMasalah"}
        for methods in schema["paths"].values():
            for operation in methods.values():
                for status, meaning in PROBLEMS.items():
                    operation["responses"].setdefault(
                        status,
                        {
                            "description": meaning,
                            "content": {"application/problem+json": {"schema": reference}},
                        },
                    )
                if "200" in operation["responses"]:
                    operation["responses"].setdefault("304", {"description": "Tidak berubah sejak ETag itu"})
        return schema


api = PetaApi(
    title="Peta Jabatan",
    version=__version__,
    description=DESCRIPTION,
    urls_namespace="api",
    auth=[TokenAuth(), SessionAuth()],
    openapi_url="/openapi.json",
    docs_url="/docs",
)
for prefix, router in ROUTERS:
    api.add_router(prefix, router)


@api.exception_handler(Masalah)
def _masalah(request: HttpRequest, exc: Masalah) -> HttpResponse:
    return problem_response(request, exc)


@api.exception_handler(AuthenticationError)
def _not_signed_in(request: HttpRequest, exc: AuthenticationError) -> HttpResponse:
    return problem_response(
        request,
        Masalah(401, "Belum masuk", "Sertakan token dari POST /oauth2/token, atau masuk lebih dahulu."),
    )


@api.exception_handler(PermissionDenied)
def _denied(request: HttpRequest, exc: PermissionDenied) -> HttpResponse:
    return problem_response(request, Masalah(403, "Tidak berwenang", str(exc) or "Di luar cakupan akun ini."))


@api.exception_handler(Http404)
def _missing(request: HttpRequest, exc: Http404) -> HttpResponse:
    return problem_response(
        request, Masalah(404, "Tidak ada", str(exc) or "Tidak ada data dengan kunci itu.")
    )


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, exc: ValidationError) -> HttpResponse:
    errors = [{"tempat": "/".join(map(str, e["loc"])), "kalimat": e["msg"]} for e in exc.errors]
    return problem_response(
        request, Masalah(422, "Nilai tidak sah", "; ".join(e["kalimat"] for e in errors), galat=errors)
    )


@api.exception_handler(HttpError)
def _http_error(request: HttpRequest, exc: HttpError) -> HttpResponse:
    return problem_response(
        request, Masalah(exc.status_code, PROBLEMS.get(str(exc.status_code), "Galat"), str(exc))
    )


@api.exception_handler(Ditolak)
def _refused(request: HttpRequest, exc: Ditolak) -> HttpResponse:
    return problem_response(
        request, Masalah(422, "Ditolak", str(exc), temuan=[t.as_dict() for t in exc.temuan])
    )
