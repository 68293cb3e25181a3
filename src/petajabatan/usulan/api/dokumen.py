"""Supporting documents of an usulan: list, add, withdraw, download."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from ninja import File, Form, Router
from ninja.files import UploadedFile

from petajabatan.usulan.api.bentuk_alur import DaftarDokumen, DokumenKeluar, DokumenMasuk
from petajabatan.usulan.api.bersama import TULIS, KunciIdempotensi, ObjekId, UsulanId, read, reader
from petajabatan.usulan.api.sekali import Hasil, once
from petajabatan.usulan.models import Dokumen, Usulan
from petajabatan.usulan.queries.terlihat import usulan_for
from petajabatan.usulan.services.dokumen import add_document, open_document, withdraw_document

router = Router()


def _document(row: Dokumen) -> DokumenKeluar:
    return DokumenKeluar(
        id=row.pk,
        nama=row.berkas.nama,
        jenis=row.jenis,
        jenis_isi=row.berkas.jenis_isi,
        ukuran=row.berkas.ukuran,
        sha256=row.berkas.sha256,
        keterangan=row.keterangan,
        oleh=row.oleh,
        pada=row.pada,
        ditarik_pada=row.ditarik_pada,
    )


@router.get("/usulan/{usulan_id}/dokumen", response=DaftarDokumen, summary="Dokumen pendukung")
def list_documents(request: HttpRequest, usulan_id: UsulanId) -> DaftarDokumen:
    """Withdrawn ones too, so that the history stays readable."""
    _, usulan = read(request, usulan_id)
    rows = Dokumen.objects.filter(usulan=usulan).select_related("berkas").order_by("id")
    return DaftarDokumen(isi=[_document(row) for row in rows])


@router.post("/usulan/{usulan_id}/dokumen", response={201: DokumenKeluar}, summary="Unggah dokumen")
def post_document(
    request: HttpRequest,
    usulan_id: UsulanId,
    berkas: UploadedFile = File(description="PDF, JPG, PNG, DOCX, atau XLSX; paling besar 20 MB"),  # noqa: B008
    isi: DokumenMasuk = Form(),  # noqa: B008
    kunci: KunciIdempotensi = None,
) -> HttpResponse:
    """What a file is, its content says. The signed letter (``jenis`` surat) only as PDF."""
    actor = reader(request, TULIS)
    usulan_for(actor, usulan_id)
    content: Any = berkas.file
    digest = hashlib.file_digest(content, "sha256").hexdigest()
    content.seek(0)
    name = berkas.name or "tanpa-nama"

    def work() -> Hasil:
        made = add_document(actor, usulan_id, content, name, jenis=isi.jenis.value, keterangan=isi.keterangan)
        return Hasil(_document(made), 201)

    asked = json.dumps([digest, name, isi.jenis.value, isi.keterangan])
    return once(request, actor, kunci, work, isi=asked)


def _of(usulan: Usulan, dokumen_id: int) -> None:
    if not Dokumen.objects.filter(pk=dokumen_id, usulan=usulan).exists():
        raise Http404("Dokumen itu tidak ada pada usulan ini.")


@router.post(
    "/usulan/{usulan_id}/dokumen/{dokumen_id}/tarik", response=DokumenKeluar, summary="Tarik dokumen"
)
def post_withdrawn(
    request: HttpRequest, usulan_id: UsulanId, dokumen_id: ObjekId, kunci: KunciIdempotensi = None
) -> HttpResponse:
    """It stays, marked as withdrawn."""
    actor = reader(request, TULIS)
    _of(usulan_for(actor, usulan_id), dokumen_id)
    return once(request, actor, kunci, lambda: Hasil(_document(withdraw_document(actor, dokumen_id))))


@router.get(
    "/usulan/{usulan_id}/dokumen/{dokumen_id}/isi",
    response={200: bytes},
    summary="Unduh dokumen",
    openapi_extra={
        "responses": {
            200: {
                "description": "Isi dokumen",
                "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
            }
        }
    },
)
def get_content(request: HttpRequest, usulan_id: UsulanId, dokumen_id: ObjekId) -> FileResponse:
    """The file as it was added; reading is recorded."""
    actor, usulan = read(request, usulan_id)
    _of(usulan, dokumen_id)
    row, content = open_document(actor, dokumen_id)
    response = FileResponse(
        content, as_attachment=True, filename=row.berkas.nama, content_type=row.berkas.jenis_isi
    )
    response["Cache-Control"] = "private, no-store"
    return response
