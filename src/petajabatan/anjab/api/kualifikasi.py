"""REST routes of the qualification map: counts for everybody, people inside the scope ``pegawai:baca``."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Path, Query, Router, Schema
from pydantic import Field

from petajabatan.anjab.queries import kualifikasi as queries
from petajabatan.anjab.rules.kualifikasi import Syarat
from petajabatan.inti.api import Masalah, api_actor
from petajabatan.pegawai.queries import may_see_people
from petajabatan.referensi.kunci import KunciInstansi, instansi_of

router = Router(tags=["Kualifikasi"])
ObjekId = Annotated[int, Path(ge=1, le=2**63 - 1)]


class JumlahStatus(Schema):
    memenuhi: int
    tidak: int
    belum_ada_data: int = Field(description="bukan tidak memenuhi: datanya belum tercatat")
    tanpa_syarat: int


class Jumlah(Schema):
    """People counted in B by status. ``tertutup``: too few to be told to this reader."""

    orang: int
    tertutup: bool
    semua: JumlahStatus
    pendidikan: JumlahStatus
    diklat: JumlahStatus
    sertifikasi: JumlahStatus
    pengalaman: JumlahStatus


class UnitKeluar(Jumlah):
    unor_id: int
    nama: str


class SyaratKeluar(Schema):
    pendidikan: list[str] = Field(description="salah satu")
    diklat: list[str]
    sertifikasi: list[str]
    pengalaman: list[str]
    tahun: int | None


class KotakKualifikasiKeluar(Jumlah):
    posisi_id: int
    nama: str
    syarat: SyaratKeluar | None


class PetaKeluar(Schema):
    instansi_id: int
    versi: int
    unit: UnitKeluar = Field(description="unit yang ditanya, beserta semua bawahannya")
    bawahan: list[UnitKeluar]
    jabatan: list[KotakKualifikasiKeluar] = Field(description="jabatan pada unit itu sendiri")


class NilaiKeluar(Schema):
    status: str
    alasan: str


class OrangKualifikasi(Schema):
    pegawai_id: int
    nip: str
    nama: str
    semua: str
    nilai: dict[str, NilaiKeluar]


class Unit(Schema):
    unor: int | None = Field(None, ge=1, le=2**63 - 1, description="unit; kosong: seluruh instansi")


def _counts(row: queries.Baris) -> dict[str, Any]:
    found: dict[str, Any] = {"orang": row.hitung.n, "tertutup": row.tertutup, "nama": row.nama}
    for name, counts in row.hitung.komponen.items():
        found[name] = {status.replace("-", "_"): n for status, n in counts.items()}
    return found


def _requirement(syarat: Syarat | None) -> dict[str, Any] | None:
    if syarat is None:
        return None
    return {
        "pendidikan": [b.teks for b in syarat.pendidikan],
        "diklat": [b.teks for b in syarat.diklat],
        "sertifikasi": [b.teks for b in syarat.sertifikasi],
        "pengalaman": list(syarat.pengalaman),
        "tahun": syarat.tahun,
    }


@router.get("/instansi/{kode}/kualifikasi", response=PetaKeluar, summary="Peta kualifikasi suatu unit")
def get_qualifications(request: HttpRequest, kode: KunciInstansi, unit: Query[Unit]) -> dict[str, Any]:
    actor = api_actor(request)
    instansi = instansi_of(kode)
    found = queries.map_of(actor, instansi.pk, unit.unor)
    return {
        "instansi_id": instansi.pk,
        "versi": found.versi.nomor,
        "unit": _counts(found.total) | {"unor_id": found.unor_id},
        "bawahan": [_counts(row) | {"unor_id": row.id} for row in found.unit],
        "jabatan": [
            _counts(row) | {"posisi_id": row.id, "syarat": _requirement(row.syarat)} for row in found.kotak
        ],
    }


@router.get("/instansi/{kode}/kualifikasi/{posisi_id}/pegawai", response=list[OrangKualifikasi],
            summary="Pemangku suatu jabatan terhadap syaratnya (cakupan pegawai:baca)")  # fmt: skip
def get_people(request: HttpRequest, kode: KunciInstansi, posisi_id: ObjekId) -> list[dict[str, Any]]:
    """Every reading is recorded."""
    actor = api_actor(request, "pegawai:baca")
    instansi = instansi_of(kode)
    if not may_see_people(actor, instansi.pk):
        raise Masalah(
            403, "Tidak berwenang", "Nama dan NIP hanya untuk peran kepegawaian instansi yang bersangkutan."
        )
    _version, box, acuan = queries.box_of(actor, instansi.pk, posisi_id)
    people = queries.people_on_boxes(actor, instansi.pk, [box], acuan)
    return [
        {"pegawai_id": p.pegawai_id, "nip": p.nip, "nama": p.nama, "semua": p.semua,
         "nilai": {name: n._asdict() for name, n in p.nilai.items()}}
        for p in people or ()
    ]  # fmt: skip
