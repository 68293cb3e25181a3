"""Exchange and print of informasi jabatan over the API: data at once, files and imports as jobs."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import uuid
from typing import Annotated, Any, Literal

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from ninja import File, Form, Query, Router, Schema
from ninja.files import UploadedFile
from pydantic import Field

from petajabatan.anjab.cetak.pilihan import Permintaan, source_of
from petajabatan.anjab.importers.berkas_json import as_json
from petajabatan.anjab.queries.tukar import Sumber, count_of_scope, paket_of
from petajabatan.anjab.services.berkas import request_file, submit_import
from petajabatan.inti.actor import Actor
from petajabatan.inti.api import Masalah, api_actor
from petajabatan.inti.berkas import open_file
from petajabatan.inti.models import Pekerjaan
from petajabatan.referensi.kunci import KunciInstansi, instansi_of
from petajabatan.usulan.api.bersama import BACA, TULIS, KunciIdempotensi, UsulanId, reader
from petajabatan.usulan.api.sekali import Hasil, once
from petajabatan.usulan.queries.terlihat import usulan_for

router = Router()
PETA = "peta:baca"
LANGSUNG_MAKS = 200
"""Boxes one answer holds; more is a file."""
Id = Annotated[int, Field(ge=1, le=2**63 - 1)]


class CakupanMasuk(Schema):
    """What of the map; nothing given: everything."""

    unor_id: Id | None = Field(None, description="unit ini beserta bawahannya")
    posisi_id: list[Id] = Field([], max_length=500)
    infojab_id: list[Id] = Field([], max_length=500)


class BerkasMasuk(CakupanMasuk):
    bentuk: Literal["pdf", "docx", "xlsx", "zip", "data-xlsx", "data-json"]


class BerkasVersiMasuk(BerkasMasuk):
    versi: int | None = Field(None, ge=1, le=2**31 - 2, description="kosong: yang berlaku")


class CakupanVersi(CakupanMasuk):
    versi: int | None = Field(None, ge=1, le=2**31 - 2, description="kosong: yang berlaku")


class PekerjaanKeluar(Schema):
    """A piece of background work; ask again until ``status`` is neither antre nor berjalan."""

    id: uuid.UUID
    jenis: str
    judul: str
    status: str = Field(description="antre, berjalan, selesai, ditolak, gagal, batal")
    selesai: int
    total: int | None
    tahap: str
    hasil: dict[str, Any]
    jumlah_temuan: dict[str, int] = Field(description="menurut tingkat")
    temuan: list[dict[str, Any]] = Field(description="paling banyak 200")
    ada_berkas: bool = Field(description="unduh dari /pekerjaan/{id}/hasil")
    dibuat: dt.datetime


class DataInfojab(Schema):
    format: str
    versi_format: int
    instansi: dict[str, str]
    sumber: str
    infojab: list[dict[str, Any]]
    tanpa_infojab: list[dict[str, Any]]


class ImporMasuk(Schema):
    periksa: bool = Field(True, description="hanya periksa")
    lewati_salah: bool = Field(False, description="terapkan bagian yang benar, lewati yang salah")


def job_out(job: Pekerjaan) -> PekerjaanKeluar:
    counts: dict[str, int] = {}
    found = list(job.temuan.order_by("id")[:200])
    for level in job.temuan.order_by().values_list("tingkat", flat=True):
        counts[level] = counts.get(level, 0) + 1
    names = ("kode", "tingkat", "kalimat", "perbaikan", "tempat", "baris", "kolom", "nilai")
    return PekerjaanKeluar(
        id=job.pk,
        jenis=job.jenis,
        judul=job.judul,
        status=job.status,
        selesai=job.selesai_n,
        total=job.total_n,
        tahap=job.tahap,
        hasil=job.hasil,
        jumlah_temuan=counts,
        temuan=[{name: getattr(t, name) for name in names} for t in found],
        ada_berkas=job.berkas_hasil_id is not None,
        dibuat=job.dibuat,
    )


def _data(source: Sumber, wanted: Permintaan) -> dict[str, Any]:
    if count_of_scope(source, wanted.cakupan)[0] > LANGSUNG_MAKS:
        raise Masalah(
            422,
            "Terlalu banyak",
            f"Satu jawaban memuat paling banyak {LANGSUNG_MAKS} jabatan. Sempitkan, atau minta berkasnya.",
            kode="terlalu-banyak",
        )
    return as_json(paket_of(source, wanted.cakupan))


def _asked(isi: CakupanMasuk, **more: Any) -> Permintaan:
    return Permintaan(
        **{"bentuk": "data-json"} | more,
        unor_id=isi.unor_id,
        posisi_id=tuple(isi.posisi_id),
        infojab_id=tuple(isi.infojab_id),
    )


@router.get("/usulan/{usulan_id}/infojab/data", response=DataInfojab, summary="Informasi jabatan draf")
def get_draft_data(request: HttpRequest, usulan_id: UsulanId, isi: Query[CakupanMasuk]) -> dict[str, Any]:
    """Sections and ABK sheets as the draft says them; the document can be edited and imported again."""
    actor = reader(request)
    wanted = _asked(isi, usulan_id=usulan_for(actor, usulan_id).pk)
    return _data(source_of(actor, wanted), wanted)


@router.get("/instansi/{kode}/infojab/data", response=DataInfojab, summary="Informasi jabatan terbit")
def get_data(request: HttpRequest, kode: KunciInstansi, isi: Query[CakupanVersi]) -> dict[str, Any]:
    """Sections and ABK sheets of a published version."""
    actor = api_actor(request, PETA)
    wanted = _asked(isi, instansi_id=instansi_of(kode).pk, versi=isi.versi)
    return _data(source_of(actor, wanted), wanted)


@router.post(
    "/usulan/{usulan_id}/infojab/berkas", response={202: PekerjaanKeluar}, summary="Cetak atau ekspor draf"
)
def post_draft_file(
    request: HttpRequest, usulan_id: UsulanId, isi: BerkasMasuk, kunci: KunciIdempotensi = None
) -> HttpResponse:
    """A job that makes the file."""
    actor = reader(request)
    wanted = _asked(isi, usulan_id=usulan_for(actor, usulan_id).pk, bentuk=isi.bentuk)
    return once(request, actor, kunci, lambda: Hasil(job_out(request_file(actor, wanted)), 202))


@router.post(
    "/instansi/{kode}/infojab/berkas", response={202: PekerjaanKeluar}, summary="Cetak atau ekspor terbit"
)
def post_file(
    request: HttpRequest, kode: KunciInstansi, isi: BerkasVersiMasuk, kunci: KunciIdempotensi = None
) -> HttpResponse:
    """A job that makes the file of a published version."""
    actor = api_actor(request, PETA)
    wanted = _asked(isi, instansi_id=instansi_of(kode).pk, versi=isi.versi, bentuk=isi.bentuk)
    return once(request, actor, kunci, lambda: Hasil(job_out(request_file(actor, wanted)), 202))


@router.post("/usulan/{usulan_id}/infojab/impor", response={202: PekerjaanKeluar}, summary="Impor ke draf")
def post_import(
    request: HttpRequest,
    usulan_id: UsulanId,
    berkas: UploadedFile = File(description="XLSX atau JSON"),  # noqa: B008
    isi: ImporMasuk = Form(),  # noqa: B008
    kunci: KunciIdempotensi = None,
) -> HttpResponse:
    """A job that checks the file or brings it in; its findings name sheet, row, column and remedy."""
    actor = reader(request, TULIS)
    usulan_for(actor, usulan_id)
    content: Any = berkas.file
    digest = hashlib.file_digest(content, "sha256").hexdigest()
    content.seek(0)

    def work() -> Hasil:
        job = submit_import(
            actor, usulan_id, content, berkas.name or "infojab.xlsx", periksa=isi.periksa,
            lewati_salah=isi.lewati_salah,
        )  # fmt: skip
        return Hasil(job_out(job), 202)

    asked = json.dumps([digest, berkas.name, isi.periksa, isi.lewati_salah])
    return once(request, actor, kunci, work, isi=asked)


def _job(request: HttpRequest, id: uuid.UUID) -> tuple[Actor, Pekerjaan]:
    """A job inside the caller's scope, by the database's wall."""
    actor = api_actor(request)
    if actor.scopes is not None and not {PETA, BACA} & actor.scopes:
        api_actor(request, BACA)
    job = Pekerjaan.objects.select_related("berkas_hasil").filter(pk=id).first()
    if job is None:
        raise Http404("Pekerjaan itu tidak ada, atau berada di luar cakupan akun ini.")
    return actor, job


@router.get("/pekerjaan/{id}", response=PekerjaanKeluar, summary="Keadaan suatu pekerjaan")
def get_job(request: HttpRequest, id: uuid.UUID) -> PekerjaanKeluar:
    """Progress, result and findings."""
    return job_out(_job(request, id)[1])


@router.get("/pekerjaan/{id}/hasil", summary="Berkas hasil suatu pekerjaan")
def get_job_file(request: HttpRequest, id: uuid.UUID) -> FileResponse:
    """The file it made; reading it is recorded."""
    actor, job = _job(request, id)
    if job.berkas_hasil is None:
        raise Http404("Pekerjaan ini tidak (atau belum) menghasilkan berkas.")
    stream = open_file(actor, job.berkas_hasil)
    return FileResponse(
        stream, as_attachment=True, filename=job.berkas_hasil.nama, content_type=job.berkas_hasil.jenis_isi
    )
