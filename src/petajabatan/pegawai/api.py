"""REST routes of people and B: the map as one document, counts for everybody, people inside the scope."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router, Schema
from pydantic import Field

from petajabatan.inti.actor import Actor
from petajabatan.inti.api import (
    PAGE_DEFAULT,
    PAGE_MAX,
    Halaman,
    Masalah,
    api_actor,
    cut_page,
    decode_cursor,
    etag_of,
    not_modified,
)
from petajabatan.inti.jam import today
from petajabatan.jabatan.queries import PetaTidakAda, version_of
from petajabatan.pegawai import queries
from petajabatan.pegawai.models import RingkasanInstansi
from petajabatan.pegawai.queries.daftar import BarisPegawai, people_after
from petajabatan.pegawai.queries.dokumen import map_json
from petajabatan.referensi.kunci import InstansiDicari, KunciInstansi, instansi_of

router = Router(tags=["Pegawai dan bezetting"])
ObjekId = Annotated[int, Path(ge=1, le=2**63 - 1)]
SCOPE = "pegawai:baca"


class WaktuPeta(Schema):
    """Which state of the map is meant; neither: the one in force today."""

    versi: int | None = Field(None, ge=1, le=2**31 - 2, description="nomor versi")
    tanggal: dt.date | None = Field(None, description="hari; diabaikan bila versi diisi")


class Hari(Schema):
    tanggal: dt.date | None = Field(None, description="hari; kosong: hari ini")


class BezettingKeluar(Schema):
    """Persons in definitive seats by the policy in force; part-time PPPK and people without a box apart."""

    b: int
    pns: int
    cpns: int
    pppk: int
    paruh_waktu: int
    sementara: int = Field(description="bagian dari b yang duduk sementara")
    tanpa_posisi: int = Field(description="di unit (dan bawahannya) tanpa kotak; tidak dihitung dalam b")


class BezettingInstansi(Schema):
    instansi_id: int
    nama: str
    versi: int
    n_unor: int
    n_posisi: int
    n_pegawai: int
    k: int
    b: int
    selisih: int = Field(description="B − K; negatif = kekurangan")
    dihitung_pada: dt.datetime | None


class UnorDokumen(Schema):
    id: int
    id_siasn: str | None
    atasan_id: int | None
    urutan: int
    nama: str
    nama_jabatan: str
    jenis: str
    eselon: str | None
    wilayah: str | None


class PosisiDokumen(Schema):
    id: int
    unor_id: int
    urutan: int
    nama: str
    jenis: str
    jenjang: str | None
    jabatan_id: int | None
    kepala: bool
    kelas: int | None
    k: int | None = Field(description="kebutuhan, orang; null = belum ditetapkan")
    b: int
    selisih: int | None = Field(description="B − K; null tanpa K")
    paruh_waktu: int


class PetaDokumen(Schema):
    """A whole map: flat lists, linked by ``atasan_id`` and ``unor_id``."""

    instansi_id: int
    kode: str | None
    nama: str
    versi: int
    berlaku: dt.date
    tanggal_b: dt.date = Field(description="hari B dihitung")
    unor: list[UnorDokumen]
    posisi: list[PosisiDokumen]


class PegawaiKeluar(Schema):
    id: int
    nip: str
    nama: str
    instansi_id: int
    jenis: str
    golongan: str
    kedudukan_hukum: str
    jabatan: str
    unor: str
    unor_id: int | None
    posisi_id: int | None
    dari: dt.date | None
    sintetis: bool
    sementara: bool


class DaftarPegawai(Halaman):
    isi: list[PegawaiKeluar]


class PenerusKeluar(Schema):
    posisi_id: int | None
    unor_id: int | None
    nama: str
    unor: str
    instansi_id: int
    instansi: str


class PenugasanKeluar(Schema):
    id: int
    jenis: str = Field(description="D definitif, TT, PLT, PLH, PJ")
    nama_jabatan: str
    nama_unor: str
    instansi_id: int
    instansi: str
    posisi_id: int | None
    unor_id: int | None
    dari: dt.date | None
    sampai: dt.date | None = Field(description="hari pertama sesudahnya; null = masih")
    sementara: bool
    sumber: str
    sekarang: list[PenerusKeluar] = Field(
        description="jabatan atau unit lama itu kini apa, melalui semua reorganisasi; kosong bila tetap"
    )


class OrangKeluar(Schema):
    id: int
    nip: str
    nama: str
    instansi_id: int
    instansi: str
    tanggal_lahir: dt.date | None
    jenis_kelamin: str | None
    jenis: str
    kedudukan_hukum: str
    golongan: str
    tmt_golongan: dt.date | None
    mk_tahun: int | None
    mk_bulan: int | None
    tmt_cpns: dt.date | None
    tmt_pns: dt.date | None
    tingkat_pendidikan: str | None
    pendidikan: str | None
    tahun_lulus: int | None
    sintetis: bool
    riwayat: list[PenugasanKeluar]


class SaringPegawai(Schema):
    instansi: InstansiDicari
    q: str | None = Field(
        None, min_length=2, max_length=100, description="nama (toleran salah ketik) atau awal NIP"
    )
    kursor: str | None = Field(None, max_length=600, description="diabaikan bersama q")
    batas: int = Field(PAGE_DEFAULT, ge=1, le=PAGE_MAX)


@router.get("/instansi/{kode}/peta", response=PetaDokumen, summary="Seluruh peta sebagai satu dokumen")
def get_map(request: HttpRequest, kode: KunciInstansi, waktu: Query[WaktuPeta]) -> HttpResponse:
    """All units and boxes with K and B. The ETag changes with the version and with every new count of B.

    Written by the database, row by row: no validation of 60,000 objects that it has just typed.
    """
    api_actor(request)
    instansi = instansi_of(kode)
    version = version_of(instansi.pk, waktu.versi, waktu.tanggal)
    stamp = RingkasanInstansi.objects.filter(pk=instansi.pk).values_list("stempel", flat=True).first()
    asked = None if waktu.versi else waktu.tanggal
    etag = etag_of("peta", instansi.pk, version.nomor, stamp, asked or today())
    unchanged = not_modified(request, etag)
    if unchanged is not None:
        return unchanged
    day, units, boxes = map_json(instansi.pk, version.nomor, asked)
    head = {
        "instansi_id": instansi.pk,
        "kode": instansi.kode_cepat,
        "nama": instansi.nama,
        "versi": version.nomor,
        "berlaku": version.berlaku.isoformat(),
        "tanggal_b": day.isoformat(),
    }
    start = json.dumps(head, ensure_ascii=False)[:-1]
    content = f'{start}, "unor": {units}, "posisi": {boxes}}}'
    response = HttpResponse(content, content_type="application/json; charset=utf-8")
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    return response


@router.get("/instansi/{kode}/bezetting", response=BezettingInstansi, summary="K dan B suatu instansi")
def get_instansi_counts(request: HttpRequest, kode: KunciInstansi) -> dict[str, Any]:
    api_actor(request)
    instansi = instansi_of(kode)
    row = RingkasanInstansi.objects.filter(pk=instansi.pk).first()
    if row is None:
        raise PetaTidakAda("Instansi ini belum mempunyai peta jabatan.")
    return {
        "instansi_id": instansi.pk,
        "nama": instansi.nama,
        "versi": row.versi,
        "n_unor": row.n_unor,
        "n_posisi": row.n_posisi,
        "n_pegawai": row.n_pegawai,
        "k": row.k,
        "b": row.b,
        "selisih": row.b - row.k,
        "dihitung_pada": row.dihitung_pada,
    }


@router.get("/unor/{unor_id}/bezetting", response=BezettingKeluar, summary="B suatu unit dan bawahannya")
def get_unit_counts(request: HttpRequest, unor_id: ObjekId, hari: Query[Hari]) -> dict[str, int]:
    api_actor(request)
    _exists("unor", unor_id)
    return asdict(queries.bezetting_of(unor_id=unor_id, tanggal=_known_day(hari.tanggal)))


@router.get("/posisi/{posisi_id}/bezetting", response=BezettingKeluar, summary="B suatu posisi")
def get_box_counts(request: HttpRequest, posisi_id: ObjekId, hari: Query[Hari]) -> dict[str, int]:
    api_actor(request)
    _exists("posisi", posisi_id)
    return asdict(queries.bezetting_of(posisi_id=posisi_id, tanggal=_known_day(hari.tanggal)))


def _known_day(day: dt.date | None) -> dt.date | None:
    if day is not None and not queries.policy_on(day):
        raise Masalah(422, "Nilai tidak sah", "Tidak ada kebijakan bezetting yang berlaku pada tanggal itu.")
    return day


def _exists(table: str, key: int) -> None:
    from petajabatan.jabatan.models import Posisi
    from petajabatan.organisasi.models import Unor

    model = Unor if table == "unor" else Posisi
    if not model.objects.filter(pk=key).exists():
        raise PetaTidakAda("Unit itu tidak ada." if table == "unor" else "Posisi itu tidak ada.")


def _reader(request: HttpRequest, instansi_id: int | None = None) -> Actor:
    actor = api_actor(request, SCOPE)
    if not queries.may_see_people(actor, instansi_id):
        raise Masalah(
            403, "Tidak berwenang", "Nama dan NIP hanya untuk peran kepegawaian instansi yang bersangkutan."
        )
    return actor


@router.get("/pegawai", response=DaftarPegawai, summary="Pegawai suatu instansi (cakupan pegawai:baca)")
def list_people(request: HttpRequest, saring: Query[SaringPegawai]) -> dict[str, Any]:
    """In name order; with ``q`` the best matches first, one page only. Every reading is recorded."""
    api_actor(request, SCOPE)
    instansi_id = instansi_of(saring.instansi).pk
    actor = _reader(request, instansi_id)
    if saring.q:
        found = queries.search_people(actor, saring.q, saring.batas, instansi_id)
        return {"isi": [asdict(row) for row in found], "berikutnya": None}
    after = decode_cursor(saring.kursor, str, int)
    place = (after[0], after[1]) if after else None
    if place and ("\x00" in place[0] or not 0 <= place[1] < 2**63):
        raise Masalah(400, "Kursor tidak dikenal", "Pakai nilai 'berikutnya' dari jawaban sebelumnya.")
    rows = people_after(actor, instansi_id, place, saring.batas + 1)

    def key(row: tuple[BarisPegawai, str]) -> tuple[Any, ...]:
        return row[1], row[0].id

    page, following = cut_page(rows, saring.batas, key)
    return {"isi": [asdict(row) for row, _ in page], "berikutnya": following}


@router.get("/pegawai/{pegawai_id}", response=OrangKeluar, summary="Satu pegawai dan riwayat jabatannya")
def get_person(request: HttpRequest, pegawai_id: ObjekId) -> dict[str, Any]:
    return asdict(queries.history_of(_reader(request), pegawai_id))
