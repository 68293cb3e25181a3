"""REST routes of the map: versions, units, boxes, differences, as of any version or date."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Path, Query, Router, Schema
from pydantic import Field

from petajabatan.inti.api import PAGE_DEFAULT, PAGE_MAX, Halaman, Masalah, api_actor, cut_page, decode_cursor
from petajabatan.jabatan import queries
from petajabatan.jabatan.rules.beda import IsiPosisi, IsiUnor, Perbedaan
from petajabatan.organisasi.models import JenisUnor, PetaVersi
from petajabatan.referensi.kunci import InstansiDicari, KunciInstansi, instansi_of

router = Router(tags=["Peta jabatan"])
ObjekId = Annotated[int, Path(ge=1, le=2**63 - 1)]
ID_MAKS = 2**63 - 1


class Waktu(Schema):
    """Which state of the map is meant; neither: the one in force today."""

    versi: int | None = Field(None, ge=1, le=2**31 - 2, description="nomor versi")
    tanggal: dt.date | None = Field(None, description="hari; diabaikan bila versi diisi")


class Lembar(Waktu):
    kursor: str | None = Field(None, max_length=200)
    batas: int = Field(PAGE_DEFAULT, ge=1, le=PAGE_MAX)


class VersiKeluar(Schema):
    nomor: int
    berlaku: dt.date
    jenis: str = Field(description="muat-awal, impor, usulan")
    ditetapkan_pada: dt.datetime
    keterangan: str
    hash: str = Field(description="SHA-256 isi kanonik peta")


class DaftarVersi(Schema):
    isi: list[VersiKeluar]


class UnorKeluar(Schema):
    """A unit; ``k``, ``n_posisi``, ``n_unor`` include everything below it."""

    id: int
    instansi_id: int
    atasan_id: int | None
    id_siasn: str | None
    nama: str
    nama_jabatan: str
    jenis: str
    eselon: str | None
    urutan: int
    k: int = Field(description="kebutuhan, orang, seluruh subpohon")
    n_posisi: int
    n_unor: int
    n_anak: int = Field(description="unit tepat di bawahnya")
    kedalaman: int = Field(0, description="dihitung dari unit yang ditanyakan")


class KodeKeluar(Schema):
    jenis: str
    kode: str


class UnorRinciKeluar(UnorKeluar):
    eselon_id: str | None
    wilayah_id: str | None
    wilayah: str | None
    urusan: list[str]
    cepat_kode: str
    dasar_hukum_id: int | None
    dasar_hukum: str
    pasal: str
    halaman: str
    sejak: int = Field(description="versi yang memulai isi ini")
    hingga: int | None = Field(description="versi yang mengakhirinya; null bila masih berlaku")
    penerus: list[int]
    versi: int
    berlaku: dt.date
    kode: list[KodeKeluar]


class DaftarUnor(Halaman):
    versi: int
    berlaku: dt.date
    isi: list[UnorKeluar]


class PohonUnor(Schema):
    versi: int
    berlaku: dt.date
    isi: list[UnorKeluar]


class UnorTemuan(Schema):
    id: int
    instansi_id: int
    instansi: str
    nama: str
    jejak: list[str] = Field(description="nama unit dari akar")
    mirip: float


class HasilCariUnor(Schema):
    isi: list[UnorTemuan]


class PosisiKeluar(Schema):
    id: int
    instansi_id: int
    unor_id: int
    unor_nama: str
    nama: str
    jenis: str
    jenjang: str | None
    jenjang_nama: str | None
    jabatan_id: int | None
    kelas: int | None
    k: int | None = Field(description="kebutuhan, orang; null bila belum ditetapkan")
    kepala: bool
    urutan: int
    sejak: int
    hingga: int | None
    versi: int
    berlaku: dt.date
    penerus: list[int] = Field(description="posisi yang melanjutkannya; kosong selama ia ada")


class DaftarPosisi(Halaman):
    versi: int
    berlaku: dt.date
    isi: list[PosisiKeluar]


class BarisBeda(Schema):
    id: int
    perubahan: list[str] = Field(
        description="tambah, hapus, pindah, ganti-nama, ubah-k, ubah-kelas, ubah, urutan"
    )
    nama: str
    letak_id: int | None = Field(description="atasan (unit) atau unit (posisi)")
    letak: str | None
    kolom: dict[str, list[Any]] = Field(description="kolom: [sebelum, sesudah]")


class JumlahKeluar(Schema):
    k: int
    n_posisi: int
    n_unor: int
    k_kosong: int


class BedaKeluar(Schema):
    instansi_id: int
    dari: int
    ke: int
    sebelum: JumlahKeluar
    sesudah: JumlahKeluar
    selisih: JumlahKeluar
    ringkasan: dict[str, dict[str, int]]
    unor: list[BarisBeda]
    posisi: list[BarisBeda]


class SaringUnor(Lembar):
    instansi: InstansiDicari
    jenis: JenisUnor | None = None


class SaringCari(Schema):
    q: str = Field(min_length=1, max_length=120)
    instansi: InstansiDicari | None = Field(None, description="kosong: seluruh Indonesia")
    versi: int | None = Field(None, ge=1, le=2**31 - 2, description="hanya bersama instansi")
    batas: int = Field(20, ge=1, le=100)


class SaringPosisi(Lembar):
    instansi: InstansiDicari | None = None
    unor: int | None = Field(None, ge=1, le=ID_MAKS)
    jenis: str | None = Field(None, pattern="^(struktural|fungsional|pelaksana)$")


class Dalam(Waktu):
    kedalaman: int | None = Field(None, ge=0, le=100, description="paling banyak sekian tingkat ke bawah")


class SaringBeda(Schema):
    dari: int = Field(ge=0, le=2**31 - 2, description="0 berarti sebelum ada peta")
    ke: int = Field(ge=0, le=2**31 - 2)


@router.get("/instansi/{kode}/versi", response=DaftarVersi, summary="Versi peta suatu instansi")
def list_versions(request: HttpRequest, kode: KunciInstansi) -> dict[str, Any]:
    api_actor(request)
    return {"isi": queries.versions(instansi_of(kode).pk)}


@router.get("/instansi/{kode}/beda", response=BedaKeluar, summary="Beda dua versi peta")
def get_difference(request: HttpRequest, kode: KunciInstansi, saring: Query[SaringBeda]) -> dict[str, Any]:
    """What was added, removed, moved, renamed or changed; totals before and after. Seven SQL statements."""
    api_actor(request)
    instansi_id = instansi_of(kode).pk
    found = queries.difference(instansi_id, saring.dari, saring.ke)
    return {
        "instansi_id": instansi_id,
        "dari": found.dari,
        "ke": found.ke,
        "sebelum": asdict(found.sebelum),
        "sesudah": asdict(found.sesudah),
        "selisih": asdict(found.selisih),
        "ringkasan": found.count(),
        "unor": [_row(row, found.nama_unor) for row in found.unor],
        "posisi": [_row(row, found.nama_unor) for row in found.posisi],
    }


def _row(row: Perbedaan, names: dict[int, str]) -> dict[str, Any]:
    isi: IsiUnor | IsiPosisi = row.isi
    place = isi.unor_id if isinstance(isi, IsiPosisi) else isi.atasan_id
    return {
        "id": row.id,
        "perubahan": list(row.perubahan),
        "nama": isi.nama,
        "letak_id": place,
        "letak": names.get(place) if place is not None else None,
        "kolom": {name: list(pair) for name, pair in row.kolom.items()},
    }


def _version_of_unit(unor_id: int, waktu: Waktu) -> PetaVersi:
    return queries.version_for_unor(unor_id, waktu.versi, waktu.tanggal)


@router.get("/unor", response=DaftarUnor, summary="Daftar unit suatu instansi")
def list_units(request: HttpRequest, saring: Query[SaringUnor]) -> dict[str, Any]:
    """Units by id, page by page. Three SQL statements besides the clock's."""
    api_actor(request)
    version = queries.version_of(instansi_of(saring.instansi).pk, saring.versi, saring.tanggal)
    after = decode_cursor(saring.kursor, int)
    rows = queries.list_units(
        version.instansi_id,
        version.nomor,
        sesudah=_bounded(after),
        batas=saring.batas + 1,
        jenis=saring.jenis.value if saring.jenis else None,
    )
    page, following = cut_page(rows, saring.batas, lambda row: (row.id,))
    return {"versi": version.nomor, "berlaku": version.berlaku, "isi": page, "berikutnya": following}


def _bounded(after: list[Any] | None) -> int:
    return max(0, min(after[0], ID_MAKS)) if after else 0


@router.get("/unor/cari", response=HasilCariUnor, summary="Cari unit menurut nama")
def search_units(request: HttpRequest, saring: Query[SaringCari]) -> dict[str, Any]:
    """Forgives typing mistakes; the best hits first."""
    api_actor(request)
    instansi_id = instansi_of(saring.instansi).pk if saring.instansi else None
    return {"isi": queries.search_unor(instansi_id, saring.q, saring.batas, saring.versi)}


@router.get("/unor/{unor_id}", response=UnorRinciKeluar, summary="Satu unit")
def get_unit(request: HttpRequest, unor_id: ObjekId, waktu: Query[Waktu]) -> dict[str, Any]:
    api_actor(request)
    row = asdict(queries.unor_detail(unor_id, waktu.versi, waktu.tanggal))
    row["kode"] = [{"jenis": jenis, "kode": kode} for jenis, kode in row["kode"]]
    return row


def _tree(request: HttpRequest, unor_id: int, waktu: Waktu, rows: Any) -> dict[str, Any]:
    api_actor(request)
    version = _version_of_unit(unor_id, waktu)
    return {"versi": version.nomor, "berlaku": version.berlaku, "isi": rows(version.nomor)}


@router.get("/unor/{unor_id}/bawahan", response=PohonUnor, summary="Unit tepat di bawahnya")
def get_children(request: HttpRequest, unor_id: ObjekId, waktu: Query[Waktu]) -> dict[str, Any]:
    return _tree(request, unor_id, waktu, lambda versi: queries.children_of(unor_id, versi))


@router.get("/unor/{unor_id}/subpohon", response=PohonUnor, summary="Unit beserta seluruh bawahannya")
def get_subtree(request: HttpRequest, unor_id: ObjekId, waktu: Query[Dalam]) -> dict[str, Any]:
    """In reading order: each unit before those below it."""
    return _tree(request, unor_id, waktu, lambda versi: queries.subtree(unor_id, versi, waktu.kedalaman))


@router.get("/unor/{unor_id}/leluhur", response=PohonUnor, summary="Unit di atasnya, dari akar")
def get_ancestors(request: HttpRequest, unor_id: ObjekId, waktu: Query[Waktu]) -> dict[str, Any]:
    return _tree(request, unor_id, waktu, lambda versi: queries.ancestors(unor_id, versi))


@router.get("/posisi", response=DaftarPosisi, summary="Daftar posisi suatu instansi atau unit")
def list_boxes(request: HttpRequest, saring: Query[SaringPosisi]) -> dict[str, Any]:
    """Boxes by id, page by page; give ``instansi`` or ``unor``."""
    api_actor(request)
    if saring.unor is not None:
        version = _version_of_unit(saring.unor, saring)
    elif saring.instansi is not None:
        version = queries.version_of(instansi_of(saring.instansi).pk, saring.versi, saring.tanggal)
    else:
        raise Masalah(422, "Nilai tidak sah", "Sebutkan instansi= atau unor=.")
    rows = queries.list_boxes(
        version.instansi_id,
        version.nomor,
        sesudah=_bounded(decode_cursor(saring.kursor, int)),
        batas=saring.batas + 1,
        jenis=saring.jenis,
        unor_id=saring.unor,
    )
    page, following = cut_page(rows, saring.batas, lambda row: (row.id,))
    return {"versi": version.nomor, "berlaku": version.berlaku, "isi": page, "berikutnya": following}


@router.get("/posisi/{posisi_id}", response=PosisiKeluar, summary="Satu posisi")
def get_box(request: HttpRequest, posisi_id: ObjekId, waktu: Query[Waktu]) -> Any:
    api_actor(request)
    return queries.posisi_detail(posisi_id, waktu.versi, waktu.tanggal)
