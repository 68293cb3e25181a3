"""REST API v1: every app's routes under one roof, with one way of signing in and one form of error."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.security import APIKeyCookie, HttpBearer

from petajabatan import __version__
from petajabatan.interop.pengurai import BadanTidakSah, Pengurai
from petajabatan.inti.actor import Actor
from petajabatan.inti.api import DokumenMasalah, Masalah, problem_response
from petajabatan.inti.kata_nilai import PERBAIKAN, language, sentence_of
from petajabatan.inti.temuan import Ditolak, Temuan
from petajabatan.jabatan.queries.berakhir import SudahBerakhir

ROUTERS = (
    ("", "petajabatan.organisasi.api.router"),
    ("", "petajabatan.jabatan.api.router"),
    ("", "petajabatan.pegawai.api.router"),
    ("/referensi", "petajabatan.referensi.api.router"),
    ("", "petajabatan.usulan.api.router"),
    ("", "petajabatan.anjab.api.router"),
    ("", "petajabatan.interop.api_perubahan.router"),
    ("", "petajabatan.interop.api_webhook.router"),
)

DESCRIPTION = """
Peta jabatan terverifikasi seluruh instansi: unit organisasi, posisi, kebutuhan (K), bezetting (B).

**Masuk**: token OAuth2 *client credentials* dari `POST /oauth2/token` (`Authorization: Bearer …`), atau sesi
peramban. **Daftar** memakai kursor: ulangi permintaan dengan `kursor=` dari `berikutnya`. **ETag**: kirim
`If-None-Match` untuk jawaban 304. **Galat** berbentuk dokumen masalah RFC 9457. **Waktu**: `versi=` atau
`tanggal=` membaca peta pada versi atau hari tertentu. **Usulan**: aplikasi menyertakan `Idempotency-Key` pada
setiap permintaan yang mengubah sesuatu, dan `If-Match` bila mengubah draf.
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
PROBLEMS_OF_READS = {"410": "Sudah berakhir; jawaban menyebut kapan dan penerusnya"}
PROBLEMS_OF_CHANGES = {
    "409": "Bentrok dengan keadaan sekarang",
    "412": "Sudah berubah sejak ETag itu",
    "413": "Permintaan terlalu besar",
    "428": "If-Match belum ada",
}
"""Further problem answers of operations that change something."""
GALAT_MAKS = 100
"""Invalid values one answer names."""


class PetaApi(NinjaAPI):
    def get_openapi_schema(self, **kwargs: Any) -> OpenAPISchema:
        """The generated document, with the problem answers every operation may give."""
        schema = super().get_openapi_schema(**kwargs)
        schema["components"].setdefault("schemas", {})["DokumenMasalah"] = DokumenMasalah.model_json_schema()
        reference = {"$ref": "#/components/schemas/DokumenMasalah"}
        for methods in schema["paths"].values():
            for method, operation in methods.items():
                problems = PROBLEMS | (PROBLEMS_OF_READS if method == "get" else PROBLEMS_OF_CHANGES)
                for status, meaning in problems.items():
                    operation["responses"].setdefault(
                        status,
                        {
                            "description": meaning,
                            "content": {"application/problem+json": {"schema": reference}},
                        },
                    )
                for status, answer in operation["responses"].items():
                    if str(status) >= "400":  # whatever a route declares, its refusals are problem documents
                        answer["content"] = {"application/problem+json": {"schema": reference}}
                if method == "get":
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
    parser=Pengurai(),
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


@api.exception_handler(SudahBerakhir)
def _ended(request: HttpRequest, exc: SudahBerakhir) -> HttpResponse:
    """A unit or box that had ended by the version asked for: when, where it last stood, its successors."""
    here = f"/api/v1/{exc.objek}"
    return problem_response(
        request,
        Masalah(
            410,
            "Sudah berakhir",
            str(exc),
            kode="sudah-berakhir",
            berakhir={"versi": exc.berakhir_versi, "tanggal": exc.berakhir},
            terakhir={"versi": exc.versi, "tautan": f"{here}/{exc.id}?versi={exc.versi}"},
            penerus=[{"id": p.id, "nama": p.nama, "tautan": f"{here}/{p.id}"} for p in exc.penerus],
        ),
    )


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, exc: ValidationError) -> HttpResponse:
    bahasa = language()
    title, remedy = PERBAIKAN[bahasa]
    errors = [
        {"tempat": "/".join(map(str, e["loc"])), "kalimat": sentence_of(e, bahasa)} for e in exc.errors
    ][:GALAT_MAKS]
    found = [
        Temuan("nilai-tidak-sah", "galat", e["kalimat"], remedy, kolom=e["tempat"]).as_dict() for e in errors
    ]
    detail = "; ".join(f"{e['tempat'].rpartition('/')[2]}: {e['kalimat']}" for e in errors[:3])
    return problem_response(request, Masalah(422, title, detail, galat=errors, temuan=found))


@api.exception_handler(HttpError)
def _http_error(request: HttpRequest, exc: HttpError) -> HttpResponse:
    detail = str(exc)
    if exc.status_code == 400 and exc.__cause__ is not None:  # raised where the body was parsed
        detail = (
            str(exc.__cause__) if isinstance(exc.__cause__, BadanTidakSah) else "Isi bukan JSON yang sah."
        )
    return problem_response(
        request, Masalah(exc.status_code, PROBLEMS.get(str(exc.status_code), "Galat"), detail)
    )


@api.exception_handler(SuspiciousOperation)
def _suspicious(request: HttpRequest, exc: SuspiciousOperation) -> HttpResponse:
    """What Django itself refuses to read."""
    if isinstance(exc, RequestDataTooBig):
        return problem_response(
            request, Masalah(413, "Permintaan terlalu besar", "Bagi menjadi beberapa permintaan.")
        )
    return problem_response(
        request, Masalah(400, PROBLEMS["400"], "Permintaan ini tidak dapat dibaca; periksa bentuknya.")
    )


@api.exception_handler(MultiPartParserError)
def _no_form(request: HttpRequest, exc: MultiPartParserError) -> HttpResponse:
    return problem_response(request, Masalah(400, PROBLEMS["400"], "Isi bukan formulir multipart yang sah."))


@api.exception_handler(Ditolak)
def _refused(request: HttpRequest, exc: Ditolak) -> HttpResponse:
    return problem_response(
        request, Masalah(422, "Ditolak", str(exc), temuan=[t.as_dict() for t in exc.temuan])
    )
