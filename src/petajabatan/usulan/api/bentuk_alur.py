"""What the routes of the workflow take and give: actions, history, remarks, documents, decisions, bundles."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from ninja import Schema
from pydantic import Field

from petajabatan.inti.api import Halaman
from petajabatan.referensi.kunci import InstansiDicari
from petajabatan.usulan.api.bentuk import Id, Masuk, Revisi, TemuanUsulanKeluar, UsulanKeluar
from petajabatan.usulan.models import Dokumen


class TindakanMasuk(Masuk):
    """What an action needs: a reason for some, the letter for ``tanda-tangani``, the decision for
    ``tetapkan``."""

    alasan: str = Field("", max_length=4_000)
    revisi: Revisi | None = Field(None, description="revisi yang dilihat; bila sudah lain, ditolak (409)")
    surat: Id | None = Field(None, description="tanda-tangani: id dokumen surat bertanda tangan (PDF)")
    nomor: str = Field(
        "", max_length=100, description="nomor surat (tanda-tangani) atau keputusan (tetapkan)"
    )
    tanggal: dt.date | None = Field(None, description="tanggal surat atau keputusan")
    berlaku: dt.date | None = Field(
        None, description="tetapkan: tanggal mulai berlaku, hari ini atau sesudahnya"
    )


class TindakanMungkin(Schema):
    """An action the account's role takes in this state; ``temuan`` forbid it for now."""

    tindakan: str
    judul: str
    ke: str = Field(description="status sesudahnya")
    boleh: bool
    perlu: list[str] = Field(description="isian wajib: alasan, surat, nomor, tanggal, berlaku")
    temuan: list[TemuanUsulanKeluar]


class DaftarTindakan(Schema):
    status: str
    revisi: int
    isi: list[TindakanMungkin]


class KeputusanKeluar(Schema):
    nomor: str
    tanggal: dt.date
    versi: int
    berlaku: dt.date
    kode: str = Field(description="membuka halaman verifikasi publik")
    hash_peta: str = Field(description="SHA-256 isi kanonik peta")
    ditetapkan_oleh: str
    pada: dt.datetime
    dibatalkan_versi: int | None
    dokumen_tersedia: bool


class KeputusanTerbuka(Schema):
    """What anybody who holds the code may know."""

    instansi: str
    nomor: str
    tanggal: dt.date
    versi: int
    berlaku: dt.date
    hash: str
    keadaan: str = Field(description="berlaku, terjadwal, digantikan, dibatalkan")


class HasilTindakan(Schema):
    usulan: UsulanKeluar
    keputusan: KeputusanKeluar | None = Field(None, description="hanya sesudah tetapkan")


class RiwayatKeluar(Schema):
    """A step: who, when, why, and what they saw."""

    id: int
    tindakan: str
    dari: str
    ke: str
    revisi: int
    oleh: str
    peran: str
    alasan: str
    ringkas: dict[str, int | str | None] = Field(description="angka yang terlihat saat itu")
    pada: dt.datetime


class DaftarRiwayat(Halaman):
    isi: list[RiwayatKeluar]


class KomentarMasuk(Masuk):
    isi: str = Field(min_length=1, max_length=4_000)
    operasi: int | None = Field(None, ge=1, le=2**31 - 1, description="nomor operasi")
    objek: Literal["unor", "posisi", "isian"] | None = Field(
        None,
        description="isian: bagian informasi jabatan atau lembar ABK; id dan namanya dari GET"
        " /usulan/{id}/infojab/{infojab_id}",
    )
    objek_id: Id | None = None
    bagian: str = Field("", max_length=40)
    balasan_untuk: Id | None = None
    minta_perbaikan: bool = Field(False, description="harus dijawab sebelum diajukan lagi")


class KomentarKeluar(Schema):
    id: int
    isi: str
    operasi: int | None
    objek: str | None
    objek_id: int | None
    bagian: str
    balasan_untuk: int | None
    minta_perbaikan: bool
    oleh: str
    pihak: str = Field(description="instansi, bkn, atau kosong")
    pada: dt.datetime
    selesai_pada: dt.datetime | None
    selesai_oleh: str


class DaftarKomentar(Halaman):
    isi: list[KomentarKeluar]


class DokumenKeluar(Schema):
    id: int
    nama: str
    jenis: str
    jenis_isi: str
    ukuran: int = Field(description="byte")
    sha256: str
    keterangan: str
    oleh: str
    pada: dt.datetime
    ditarik_pada: dt.datetime | None


class DaftarDokumen(Schema):
    isi: list[DokumenKeluar]


class DokumenMasuk(Schema):
    jenis: Dokumen.Jenis = Dokumen.Jenis.BUKTI
    keterangan: str = Field("", max_length=200)


class LintasMasuk(Masuk):
    judul: str = Field(min_length=1, max_length=200)
    instansi: list[InstansiDicari] = Field(min_length=2, max_length=40)
    keterangan: str = Field("", max_length=20_000)


class BagianLintasKeluar(Schema):
    usulan_id: int
    nomor: str
    instansi_id: int
    instansi: str
    status: str


class LintasKeluar(Schema):
    """A bundle: its usulan are published together or not at all."""

    id: int
    judul: str
    dibuat: dt.datetime
    bagian: list[BagianLintasKeluar]


class DaftarLintas(Halaman):
    isi: list[LintasKeluar]


class PenetapanMasuk(Masuk):
    nomor: str = Field(min_length=1, max_length=100)
    tanggal: dt.date
    berlaku: dt.date = Field(description="tanggal mulai berlaku, hari ini atau sesudahnya")


class VersiLintas(Schema):
    instansi_id: int
    versi: int
    berlaku: dt.date


class HasilLintas(Schema):
    lintas_id: int
    versi: list[VersiLintas]


class PembatalanMasuk(Masuk):
    alasan: str = Field(min_length=1, max_length=4_000)
