"""REST routes of the organisation: instansi and the regulations their units stand on."""

from __future__ import annotations

import datetime as dt

from django.db import connection
from django.db.models import Q
from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from petajabatan.inti.api import PAGE_DEFAULT, PAGE_MAX, Halaman, api_actor, cut_page, decode_cursor
from petajabatan.organisasi.queries import legal_bases
from petajabatan.referensi.kunci import KunciInstansi, instansi_of
from petajabatan.referensi.models import Instansi

router = Router(tags=["Organisasi"])
ID_MAKS = 2**31 - 1


class InstansiKeluar(Schema):
    """A government organisation as BKN lists it."""

    id: int
    id_siasn: str
    nama: str
    jenis: str = Field(description="P pusat, D daerah; kosong bila daftar resmi kosong")
    jenis_instansi: str | None
    kode_cepat: str | None
    wilayah: str | None = Field(None, description="kode Kemendagri")
    versi: int | None = Field(None, description="versi peta terakhir; null bila belum ada peta")
    berlaku: dt.date | None = None


class DaftarInstansi(Halaman):
    isi: list[InstansiKeluar]


class SaringInstansi(Schema):
    q: str | None = Field(None, max_length=120, description="bagian nama")
    jenis: str | None = Field(None, pattern="^[PD]$", description="P pusat, D daerah")
    berpeta: bool | None = Field(None, description="true: hanya yang mempunyai peta")
    kursor: str | None = Field(None, max_length=400)
    batas: int = Field(PAGE_DEFAULT, ge=1, le=PAGE_MAX)


_LAST = """SELECT DISTINCT ON (instansi_id) instansi_id, nomor, berlaku FROM peta_versi
WHERE instansi_id = ANY(%s) ORDER BY instansi_id, nomor DESC"""


def _out(rows: list[Instansi]) -> list[InstansiKeluar]:
    with connection.cursor() as cursor:
        cursor.execute(_LAST, [[row.pk for row in rows]])
        last = {key: (nomor, berlaku) for key, nomor, berlaku in cursor.fetchall()}
    return [
        InstansiKeluar(
            id=row.pk,
            id_siasn=row.id_siasn,
            nama=row.nama,
            jenis=row.jenis,
            jenis_instansi=row.jenis_instansi,
            kode_cepat=row.kode_cepat,
            wilayah=row.wilayah_id,
            versi=last.get(row.pk, (None, None))[0],
            berlaku=last.get(row.pk, (None, None))[1],
        )
        for row in rows
    ]


@router.get("/instansi", response=DaftarInstansi, summary="Daftar instansi")
def list_instansi(request: HttpRequest, saring: Query[SaringInstansi]) -> DaftarInstansi:
    """Instansi in order of name. Two SQL statements."""
    api_actor(request)
    rows = Instansi.objects.order_by("nama", "id")
    if saring.q:
        rows = rows.filter(nama__icontains=saring.q.replace("\x00", ""))
    if saring.jenis:
        rows = rows.filter(jenis=saring.jenis)
    if saring.berpeta is not None:
        exists = "EXISTS (SELECT FROM peta_versi v WHERE v.instansi_id = instansi.id)"
        rows = rows.extra(where=[exists if saring.berpeta else f"NOT {exists}"])  # noqa: S610
    after = decode_cursor(saring.kursor, str, int)
    if after:
        after[0] = after[0].replace("\x00", "")
        after[1] = max(0, min(after[1], ID_MAKS))
        rows = rows.filter(Q(nama__gt=after[0]) | Q(nama=after[0], id__gt=after[1]))
    page, following = cut_page(list(rows[: saring.batas + 1]), saring.batas, lambda row: (row.nama, row.pk))
    return DaftarInstansi(isi=_out(page), berikutnya=following)


@router.get("/instansi/{kode}", response=InstansiKeluar, summary="Satu instansi")
def get_instansi(request: HttpRequest, kode: KunciInstansi) -> InstansiKeluar:
    api_actor(request)
    return _out([instansi_of(kode)])[0]


class DasarHukumKeluar(Schema):
    id: int
    jenis: str
    nomor: str
    tahun: int
    tentang: str
    tanggal: dt.date | None
    status: str = Field(description="berlaku, diubah, dicabut")
    diganti_oleh: int | None = None
    jumlah_unor: int = Field(description="unit yang berdiri di atasnya pada peta terakhir")


class DaftarDasarHukum(Schema):
    isi: list[DasarHukumKeluar]


@router.get("/instansi/{kode}/dasar-hukum", response=DaftarDasarHukum, summary="Dasar hukum suatu instansi")
def list_legal_bases(request: HttpRequest, kode: KunciInstansi) -> DaftarDasarHukum:
    api_actor(request)
    return DaftarDasarHukum(
        isi=[
            DasarHukumKeluar(
                id=row.dasar.pk,
                jenis=row.dasar.jenis,
                nomor=row.dasar.nomor,
                tahun=row.dasar.tahun,
                tentang=row.dasar.tentang,
                tanggal=row.dasar.tanggal,
                status=row.dasar.status,
                diganti_oleh=row.dasar.diganti_oleh_id,
                jumlah_unor=row.n_unor,
            )
            for row in legal_bases(instansi_of(kode).pk)
        ]
    )
