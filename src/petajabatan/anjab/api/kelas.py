"""REST routes of classes: a factor sheet of a draft, and classes compared and counted across an instansi.

Writing and deciding go through ``POST /usulan/{id}/operasi`` (``tulis-isian``, ``putuskan-evaluasi``).
"""

from __future__ import annotations

import json
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router, Schema
from pydantic import Field

from petajabatan.anjab.queries.evaluasi import PetaKelas, classes_of
from petajabatan.anjab.queries.infojab_peta import Sudut
from petajabatan.anjab.queries.lembar_evaluasi import sheet_in_draft
from petajabatan.anjab.rules.banding_kelas import matching, recap
from petajabatan.anjab.rules.cari import holding
from petajabatan.inti.api import api_actor
from petajabatan.jabatan.queries.versi import version_of
from petajabatan.referensi.kunci import KunciInstansi, instansi_of
from petajabatan.usulan.api.bersama import UsulanId, read

router = Router()
KOTAK_API = 1000
"""Boxes that are listed with a factor sheet."""
TEKS = ("oleh", "pada", "catatan", "pengecualian", "rekomendasi")
InfojabId = Annotated[int, Path(ge=1, le=2**57, description="id informasi jabatan")]


class TemuanKeluar(Schema):
    kode: str
    tingkat: str
    kalimat: str
    perbaikan: str
    kolom: str


class FaktorKeluar(Schema):
    kode: str
    nama: str
    level: int | None
    nilai: int | None
    alasan: str
    pilihan: dict[int, int] = Field(description="level → nilai")


class LangkahKelas(Schema):
    judul: str
    hitungan: str
    hasil: str
    sumber: str


class KotakKelasKeluar(Schema):
    id: int
    nama: str
    kelas: int | None
    kelas_terbit: int | None
    kelas_nasional: int | None
    dasar_nasional: str | None


class LembarKelasKeluar(Schema):
    """A factor sheet as the draft has it. ``total`` and ``kelas`` are null while a factor has no level."""

    infojab_id: int
    nama: str
    jenis: str
    status: str = Field(description="kosong: belum diisi; diisi, divalidasi, dikembalikan")
    oleh: str
    pada: str
    catatan: str
    pengecualian: str
    rekomendasi: str
    total: int | None
    kelas: int | None
    faktor: list[FaktorKeluar]
    langkah: list[LangkahKelas] = Field(description="mengapa kelas ini")
    jabatan: list[KotakKelasKeluar] = Field(description="yang dilayani, menurut id; paling banyak 1.000")
    banyak_jabatan: int = Field(description="banyak jabatan yang dilayani")
    temuan: list[TemuanKeluar]
    revisi: int


@router.get(
    "/usulan/{usulan_id}/evaluasi/{infojab_id}",
    response=LembarKelasKeluar,
    summary="Lembar evaluasi dalam usulan",
)
def get_sheet(request: HttpRequest, usulan_id: UsulanId, infojab_id: InfojabId) -> dict[str, Any]:
    """With every factor and the points of its levels, the result and why, and what there is to say."""
    _, usulan = read(request, usulan_id)
    sheet = sheet_in_draft(usulan, infojab_id, KOTAK_API)
    isi = sheet.isi
    return {
        **{name: str(isi.get(name) or "") for name in TEKS},
        "infojab_id": sheet.infojab_id,
        "nama": sheet.nama,
        "jenis": sheet.hasil.lembar,
        "status": sheet.status,
        "total": sheet.hasil.total,
        "kelas": sheet.hasil.kelas,
        "faktor": [
            {
                "kode": row.faktor.kode, "nama": row.faktor.nama, "level": row.level, "nilai": row.nilai,
                "alasan": row.alasan, "pilihan": dict(row.faktor.nilai),
            }
            for row in sheet.hasil.faktor
        ],
        "langkah": sheet.langkah,
        "jabatan": [
            {
                "id": box.isi.id, "nama": box.isi.nama, "kelas": box.isi.kelas,
                "kelas_terbit": box.kelas_terbit,
                "kelas_nasional": box.nasional.kelas if box.nasional else None,
                "dasar_nasional": box.nasional.sumber if box.nasional else None,
            }
            for box in sheet.kotak
        ],
        "banyak_jabatan": sheet.banyak,
        "temuan": sheet.temuan,
        "revisi": usulan.revisi,
    }  # fmt: skip


class SaringKelas(Schema):
    versi: int | None = Field(None, ge=1, le=2**31 - 2, description="kosong: yang berlaku hari ini")
    q: str = Field("", max_length=100)
    jenis: str = Field("", max_length=12, description="struktural, fungsional, pelaksana")
    tanda: str = Field("", max_length=20, description="beda, beda-kelas, beda-lembar, beda-nasional, …")


class RekapKelas(Schema):
    """Boxes, K and B (persons) of one kelas; ``kelas`` null: not determined."""

    kelas: int | None
    kotak: int
    k: int
    b: int
    selisih: int
    struktural: int
    fungsional: int
    pelaksana: int


class LembarRingkas(Schema):
    infojab_id: int
    status: str
    total: int | None
    kelas: int | None
    pengecualian: bool


class BandingKeluar(Schema):
    nama: str
    jenis: str
    jabatan_id: int | None
    jenjang: str | None
    kotak: int
    k: int
    b: int
    kelas: list[tuple[int | None, int]] = Field(description="[kelas, banyak kotak]")
    lembar: list[LembarRingkas]
    kelas_nasional: int | None
    dasar_nasional: str | None
    tanda: list[str]


class KelasKeluar(Schema):
    instansi_id: int
    versi: int
    usulan_id: int | None
    rekap: list[RekapKelas]
    banding: list[BandingKeluar]


@router.get("/instansi/{kode}/kelas-jabatan", response=KelasKeluar, summary="Kelas jabatan suatu instansi")
def get_classes(request: HttpRequest, kode: KunciInstansi, saring: Query[SaringKelas]) -> HttpResponse:
    """The recap is of the whole map; the comparison follows the filters."""
    api_actor(request)
    instansi = instansi_of(kode)
    version = version_of(instansi.pk, saring.versi)
    return _classes(
        classes_of(Sudut(instansi.pk, version.nomor), instansi), instansi.pk, version.nomor, None, saring
    )


@router.get("/usulan/{usulan_id}/kelas-jabatan", response=KelasKeluar, summary="Kelas jabatan dalam usulan")
def get_draft_classes(request: HttpRequest, usulan_id: UsulanId, saring: Query[SaringKelas]) -> HttpResponse:
    """The same in a draft; ``versi`` does not count."""
    _, usulan = read(request, usulan_id)
    sudut = Sudut(usulan.instansi_id, usulan.dasar_versi, usulan)
    found = classes_of(sudut, usulan.instansi)
    return _classes(found, usulan.instansi_id, usulan.dasar_versi, usulan.pk, saring)


def _classes(
    found: PetaKelas, instansi_id: int, versi: int, usulan_id: int | None, saring: SaringKelas
) -> HttpResponse:
    """As ``KelasKeluar`` says; written at once, because a ministry has thousands of rows."""
    names = holding(saring.q, (row.nama for row in found.banding))
    rows = matching(found.banding, names, jenis=saring.jenis, tanda=saring.tanda)
    body = {
        "instansi_id": instansi_id,
        "versi": versi,
        "usulan_id": usulan_id,
        "rekap": [row._asdict() | {"selisih": row.selisih} for row in recap(found.kelompok)],
        "banding": [
            {
                "nama": row.nama, "jenis": row.jenis, "jabatan_id": row.jabatan_id, "jenjang": row.jenjang,
                "kotak": row.kotak, "k": row.k, "b": row.b, "kelas": row.kelas, "tanda": row.tanda,
                "lembar": [sheet._asdict() for sheet in row.lembar],
                "kelas_nasional": row.nasional.kelas if row.nasional else None,
                "dasar_nasional": row.nasional.sumber if row.nasional else None,
            }
            for row in rows
        ],
    }  # fmt: skip
    return HttpResponse(json.dumps(body, ensure_ascii=False), content_type="application/json; charset=utf-8")
