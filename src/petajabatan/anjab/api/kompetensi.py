"""REST routes of competencies: the dictionary, and the standard of a jabatan."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from petajabatan.anjab.queries.kompetensi import URUT_JENIS, dictionary, standards_in_force
from petajabatan.anjab.rules.kompetensi import key_of
from petajabatan.inti.api import Masalah, api_actor
from petajabatan.inti.jam import today
from petajabatan.referensi.kunci import KunciInstansi, instansi_of

router = Router()


class LevelKeluar(Schema):
    """Texts are null where no source gives them."""

    level: int
    uraian: str | None
    indikator: str | None
    sumber: str


class KompetensiKeluar(Schema):
    id: int
    kode: str
    jenis: str
    nama: str
    definisi: str | None
    sumber: str
    level: list[LevelKeluar]


class KamusKeluar(Schema):
    isi: list[KompetensiKeluar]


class SaringKamus(Schema):
    jenis: str = Field("", max_length=20, description="manajerial, sosio-kultural, teknis")
    q: str = Field("", max_length=100)


@router.get("/kamus-kompetensi", response=KamusKeluar, summary="Kamus kompetensi")
def get_dictionary(request: HttpRequest, saring: Query[SaringKamus]) -> dict[str, Any]:
    """Every competency in use with its five levels."""
    api_actor(request)
    if saring.jenis and saring.jenis not in URUT_JENIS:
        raise Masalah(422, "Jenis kompetensi tidak dikenal", f"Pilih: {', '.join(URUT_JENIS)}.")
    return {"isi": dictionary(jenis=saring.jenis, q=saring.q)}


class BarisStandarKeluar(Schema):
    kompetensi_id: int
    kode: str
    jenis: str
    nama: str
    level: int
    uraian_level: str | None
    indikator: str


class StandarKeluar(Schema):
    id: int
    jabatan_id: int | None
    nama: str
    berlaku_dari: dt.date
    berlaku_hingga: dt.date | None
    dasar_hukum: str
    divalidasi_oleh: str
    divalidasi_pada: dt.datetime | None
    kompetensi: list[BarisStandarKeluar]


class SaringStandar(Schema):
    jabatan_id: int | None = Field(None, ge=1, le=2**31 - 1)
    nama: str = Field("", max_length=250, description="bagi jabatan struktural, yang tidak punya rujukan")
    tanggal: dt.date | None = Field(None, description="kosong: hari ini")


@router.get(
    "/instansi/{kode}/standar-kompetensi", response=StandarKeluar, summary="Standar kompetensi suatu jabatan"
)
def get_standard(request: HttpRequest, kode: KunciInstansi, saring: Query[SaringStandar]) -> dict[str, Any]:
    """The validated edition on a day. Name the jabatan by ``jabatan_id`` or by ``nama``."""
    api_actor(request)
    nama = saring.nama.strip()
    if saring.jabatan_id is None and not nama:
        raise Masalah(422, "Jabatan belum disebut", "Isi jabatan_id, atau nama bagi jabatan struktural.")
    instansi = instansi_of(kode)
    found = standards_in_force(instansi.pk, [key_of(saring.jabatan_id, nama)], saring.tanggal or today())
    if not found:
        raise Masalah(404, "Standar kompetensi tidak ada",
                      "Belum ada standar yang divalidasi bagi jabatan itu pada hari itu.")  # fmt: skip
    row = found[0].standar
    return {
        "id": row.pk,
        "jabatan_id": row.jabatan_id,
        "nama": row.nama,
        "berlaku_dari": row.berlaku_dari,
        "berlaku_hingga": row.berlaku_hingga,
        "dasar_hukum": row.dasar_hukum,
        "divalidasi_oleh": row.diputus_oleh,
        "divalidasi_pada": row.diputus_pada,
        "kompetensi": found[0].baris,
    }
