"""Shapes of the routes of ``api.salin``."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import Field

from petajabatan.anjab.rules.replikasi import Pilihan
from petajabatan.anjab.rules.simpangan import DILENGKAPI, DIMINTA
from petajabatan.anjab.services.replikasi import Permintaan

Kunci = Annotated[int, Field(ge=1, le=2**63 - 1)]
JENIS_DAPAT = (*DILENGKAPI, *DIMINTA)


class UnitSumber(Schema):
    id: int
    nama: str
    tempat: str
    instansi: str
    baru: bool


class DaftarSumber(Schema):
    isi: list[UnitSumber]


class AlasanApi(Schema):
    kriteria: str
    nilai: int
    maks: int
    sebab: str


class JodohApi(Schema):
    sumber: int
    tujuan: int
    skor: int = Field(description="0–100")
    alasan: list[AlasanApi]


class DaftarJodoh(Schema):
    sumber: str
    instansi: str
    versi: int | None = Field(description="null: menurut usulan ini")
    isi: list[JodohApi]


class PilihanApi(Schema):
    infojab: bool = True
    abk: bool = True
    k: bool = Field(True, description="K dan volume ABK")
    kelas: bool = True
    bersama: bool = Field(True, description="salinan jabatan yang sama memakai satu informasi jabatan")
    ubah_k: bool = Field(False, description="lembar ABK boleh mengubah K yang sudah ada pada jabatan tujuan")


class SalinMasuk(Schema):
    sumber: Kunci = Field(description="unit sumber")
    pasangan: list[tuple[Kunci, Kunci]] = Field(
        min_length=1, max_length=20_000, description="[unit sumber, tujuan]"
    )
    posisi: list[Kunci] | None = Field(None, max_length=10_000, description="hanya jabatan sumber ini")
    pilihan: PilihanApi = Field(default_factory=lambda: PilihanApi.model_validate({}))

    def permintaan(self) -> Permintaan:
        boxes = None if self.posisi is None else tuple(self.posisi)
        return Permintaan(self.sumber, tuple(self.pasangan), boxes, Pilihan(**self.pilihan.model_dump()))


class SalinApi(Schema):
    sumber: int = Field(description="jabatan sumber")
    jabatan: str
    unor_id: int
    posisi_id: int | None = Field(description="jabatan yang sudah ada; null: baru")
    kelas: int | None
    k: int | None
    isian: list[str]
    baris_abk: int
    k_lembar: int | None = Field(description="K menurut lembar sumber bila jabatan yang ada ber-K lain")
    k_berubah: bool = Field(description="K yang ada menjadi k_lembar")
    sudah_lengkap: bool


class PratinjauSalin(Schema):
    revisi: int
    jabatan_baru: int
    jabatan_dilengkapi: int
    jabatan_sudah_ada: int
    bagian_infojab: int
    baris_abk: int
    k_berubah: int = Field(description="jabatan yang sudah ada dan K-nya berubah")
    selisih_k: int
    isi: list[SalinApi]
    temuan: list[dict[str, Any]]


class HasilSalin(Schema):
    usulan_id: int
    revisi: int
    operasi: int
    jabatan_baru: int | None = None
    jabatan_dilengkapi: int | None = None
    jabatan_sudah_ada: int | None = None
    bagian_infojab: int | None = None
    baris_abk: int | None = None
    k_berubah: int | None = None
    selisih_k: int | None = None
    unit: int | None = None
    unor_id: list[int] = []
    temuan: list[dict[str, Any]] = []


class SaringMasterApi(Schema):
    q: str = Field("", max_length=120, description="nama atau kode; salah ketik dimaafkan")
    jenis: Literal["", "sekolah", "puskesmas", "rumah-sakit", "dinas-kesehatan"] = ""
    kecamatan: str = Field(
        "", max_length=120, description="nama kecamatan; “-”: unit yang masternya tidak menyebut kecamatan"
    )
    bentuk: str = Field("", max_length=20)
    belum: bool = Field(False, description="hanya yang belum dipetakan")
    wilayah: str = Field(
        "", max_length=13, description="kode wilayah, bagi instansi yang tidak terikat satu wilayah"
    )
    batas: int = Field(50, ge=1, le=500)
    lewati: int = Field(0, ge=0, le=100_000)


class MasterApi(Schema):
    id: int
    jenis: str
    kode_jenis: str
    kode: str
    nama: str
    bentuk: str
    kecamatan: str
    wilayah: str | None
    unor_id: int | None = Field(description="unit yang sudah memegang kodenya")
    dalam_usulan: bool


class DaftarMaster(Schema):
    isi: list[MasterApi]


class MasterMasuk(Schema):
    master_id: list[Kunci] = Field(min_length=1, max_length=300)
    atasan_id: Kunci
    versi_id: Kunci | None = Field(None, description="versi templat yang jabatannya ikut")


class VersiApi(Schema):
    id: int
    nomor: int
    terbit_pada: dt.datetime | None
    catatan: str


class TemplatApi(Schema):
    id: int
    nama: str
    pembina: str
    jenis_master: str
    bentuk: str
    versi: list[VersiApi]


class DaftarTemplat(Schema):
    isi: list[TemplatApi]


class TemplatRinci(Schema):
    id: int
    nama: str
    nomor: int
    status: str
    catatan: str
    isi: dict[str, Any]


class SimpanganApi(Schema):
    jenis: str
    unor_id: int | None
    unit: str
    nama: str
    seharusnya: str
    adanya: str
    posisi_id: int | None


class UnitSimpangApi(Schema):
    unor_id: int
    nama: str
    templat: int
    versi: int
    versi_id: int
    mengikuti: int | None
    tertinggal: bool
    simpangan: list[SimpanganApi]


class DaftarSimpangan(Schema):
    isi: list[UnitSimpangApi]


class TerapMasuk(Schema):
    versi_id: Kunci
    unor_id: list[Kunci] = Field(min_length=1, max_length=300)
    jenis: list[str] = Field(list(DILENGKAPI), description=f"yang diselaraskan: {', '.join(JENIS_DAPAT)}")
