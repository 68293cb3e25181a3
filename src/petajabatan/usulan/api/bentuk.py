"""What the routes of usulan take and give."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import ConfigDict, Field

from petajabatan.inti.api import PAGE_DEFAULT, PAGE_MAX, Halaman
from petajabatan.jabatan.api import BarisBeda, JumlahKeluar
from petajabatan.referensi.kunci import InstansiDicari
from petajabatan.usulan.models import Usulan
from petajabatan.usulan.rules.operasi import SemuaOperasi

OPERASI_MAKS = 5_000
"""Operations in one request."""
TEMUAN_MAKS = 200
"""Findings an edit answers with; the rest is under ``temuan``."""
Id = Annotated[int, Field(ge=1, le=2**63 - 1)]
Revisi = Annotated[int, Field(ge=0, le=2**31 - 1)]


class Masuk(Schema):
    """A body; fields it does not know are refused."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class Lembaran(Schema):
    kursor: str | None = Field(None, max_length=200)
    batas: int = Field(PAGE_DEFAULT, ge=1, le=PAGE_MAX)


class TemuanUsulanKeluar(Schema):
    """A finding: what is wrong or worth knowing, where, and what to do about it."""

    kode: str
    tingkat: str = Field(description="galat, peringatan, catatan")
    kalimat: str
    perbaikan: str
    tempat: str = ""
    baris: int | None = Field(None, description="operasi ke berapa dalam permintaan")
    kolom: str = Field("", description="nama kolom bagi pembaca")
    nilai: str = ""
    tautan: str = Field("", description="halaman tempatnya pada peta usulan")
    bantuan: str = Field("", description="halaman penjelasan pemeriksaannya")
    objek: str | None = Field(None, description="unor atau posisi")
    objek_id: int | None = None
    bawaan: bool = Field(False, description="peta terbit juga mempunyainya; tidak menahan pengajuan")


class UsulanKeluar(Schema):
    """An usulan; its content is under ``operasi``, ``beda``, ``peta``."""

    id: int
    nomor: str
    instansi_id: int
    instansi: str
    layanan: str
    jenis: str
    judul: str
    keterangan: str
    status: str
    revisi: int = Field(description="bertambah pada setiap perubahan isi")
    dasar_versi: int = Field(description="versi peta terbit yang menjadi dasarnya")
    cabang_id: int | None = Field(description="unit yang membatasinya; null: seluruh peta")
    lintas_id: int | None
    dasar_hukum_id: int | None
    berlaku_diminta: dt.date | None
    kabari_pegawai: bool
    tenggat: dt.date | None = Field(description="batas waktu tahap sekarang")
    status_sejak: dt.datetime
    dibuat: dt.datetime
    dibuat_oleh: str
    diubah: dt.datetime
    versi_terbit: int | None
    berlaku: dt.date | None = Field(description="tanggal berlaku versi yang diterbitkan")

    @staticmethod
    def resolve_instansi(obj: Any) -> str:
        instansi = obj["instansi"] if isinstance(obj, dict) else obj.instansi
        return instansi if isinstance(instansi, str) else instansi.nama


class DaftarUsulan(Halaman):
    isi: list[UsulanKeluar]


class SaringUsulan(Lembaran):
    instansi: InstansiDicari | None = None
    status: Usulan.Status | None = None
    jenis: Usulan.Jenis | None = None
    lintas: Id | None = Field(None, description="hanya bagian usulan lintas ini")
    sejak: dt.datetime | None = Field(None, description="hanya yang berubah pada atau sesudah saat ini")


class UsulanBaru(Masuk):
    instansi: InstansiDicari
    judul: str = Field(min_length=1, max_length=200)
    jenis: Literal["menyeluruh", "sebagian"] = "sebagian"
    layanan: Usulan.Layanan = Usulan.Layanan.SOTK
    keterangan: str = Field("", max_length=20_000)
    cabang_id: Id | None = Field(None, description="batasi pada unit ini dan bawahannya")
    dasar_hukum_id: Id | None = Field(None, description="dasar hukum baku bagi operasinya")


class UsulanUbah(Masuk):
    """Left out: stays as it is."""

    judul: str | None = Field(None, min_length=1, max_length=200)
    keterangan: str | None = Field(None, max_length=20_000)
    berlaku_diminta: dt.date | None = Field(None, description="null menghapusnya")
    kabari_pegawai: bool | None = Field(None, description="kabari pegawai yang kursinya tersentuh")


class RingkasanUsulan(Schema):
    """The draft in figures; ``k`` and ``orang`` in persons."""

    revisi: int
    tertinggal: int = Field(description="berapa versi peta terbit lebih baru dari dasar usulan")
    operasi: int
    galat: int
    peringatan: int
    catatan: int
    bawaan: int = Field(description="temuan yang juga ada pada peta terbit")
    konflik: int
    permintaan: int = Field(description="permintaan perbaikan yang belum dijawab")
    unit: int
    posisi: int
    orang: int
    unit_baru: int
    unit_hapus: int
    posisi_baru: int
    posisi_hapus: int
    k_sebelum: int = Field(description="K posisi yang disentuh")
    k_sesudah: int
    isian: int = 0
    ukuran: int = Field(
        0,
        description="tindakan pada peta, ditambah satu per informasi jabatan atau lembar ABK yang tersentuh",
    )
    k: int = Field(description="selisih K")
    besar: list[str] = Field(description="mengapa perlu pemeriksa kedua; kosong: tidak perlu")


class OperasiMasuk(Masuk):
    """Operations, all or none; one action, undone together."""

    operasi: list[SemuaOperasi] = Field(min_length=1, max_length=OPERASI_MAKS)
    dasar_hukum_id: Id | None = Field(None, description="kosong: dasar hukum baku usulan")
    pasal: str = Field("", max_length=60)
    alasan: str = Field("", max_length=4_000)
    bukti: Id | None = Field(None, description="id dokumen usulan ini")
    revisi: Revisi | None = Field(
        None,
        description="revisi yang dilihat penyunting; objek yang diubah orang lain sesudahnya ditolak (409)",
    )


class HasilOperasi(Schema):
    """What an edit did. ``id_baru``: the id given for each placeholder of the request."""

    usulan_id: int
    status: str
    revisi: int
    nomor: list[int] = Field(description="nomor operasi yang tercatat")
    id_baru: dict[str, int]
    disentuh: list[tuple[str, int]] = Field(description="[unor atau posisi, id]")
    temuan: list[TemuanUsulanKeluar]


class OperasiKeluar(Schema):
    nomor: int
    kelompok: int = Field(description="operasi sekelompok diurungkan bersama")
    jenis: str
    judul: str
    aturan: str = Field(description="aturan perubahan: A, B, C, D, atau kosong")
    isi: dict[str, Any]
    ringkas: str
    diurungkan: bool
    membatalkan: int | None = Field(description="kelompok yang diurungkan atau diulangi olehnya")
    dasar_hukum_id: int | None
    pasal: str
    alasan: str
    bukti: int | None = Field(description="id dokumen")
    oleh: str
    pada: dt.datetime


class DaftarOperasi(Halaman):
    isi: list[OperasiKeluar]


class SaringTemuan(Lembaran):
    tingkat: Literal["galat", "peringatan", "catatan"] | None = None
    bawaan: bool | None = Field(None, description="kosong: semua")


class DaftarTemuanUsulan(Halaman):
    revisi: int
    jumlah: dict[str, int] = Field(description="galat, peringatan, catatan milik usulan; bawaan tersendiri")
    isi: list[TemuanUsulanKeluar]


class BarisBedaUsulan(BarisBeda):
    penerus: list[int] = Field(description="penerus objek yang dihapus")


class BedaUsulanKeluar(Schema):
    """As the difference of two versions; ``ke`` is null until the usulan is published."""

    usulan_id: int
    revisi: int
    instansi_id: int
    dari: int
    ke: int | None
    sebelum: JumlahKeluar
    sesudah: JumlahKeluar
    selisih: JumlahKeluar
    ringkasan: dict[str, dict[str, int]]
    unor: list[BarisBedaUsulan]
    posisi: list[BarisBedaUsulan]


class UnorUsulan(Schema):
    id: int
    atasan_id: int | None
    nama: str
    nama_jabatan: str
    jenis: str
    eselon_id: str | None
    urutan: int
    usul: str | None = Field(description="tambah, ubah, hapus; null: tidak disentuh")
    penerus: list[int]
    k: int = Field(description="kebutuhan, orang, seluruh subpohon")
    b: int
    n_posisi: int
    n_unor: int
    n_anak: int


class PosisiUsulan(Schema):
    id: int
    unor_id: int
    nama: str
    jenis: str
    jenjang: str | None
    kelas: int | None
    k: int | None = Field(description="kebutuhan, orang; null bila belum ditetapkan")
    b: int = Field(description="orang yang duduk hari ini")
    kepala: bool
    urutan: int
    jabatan_id: int | None
    usul: str | None = Field(description="tambah, ubah, hapus; null: tidak disentuh")
    penerus: list[int]


class TingkatUsulan(Schema):
    usulan_id: int
    revisi: int
    unor: list[UnorUsulan]
    posisi: list[PosisiUsulan]


class KonflikKeluar(Schema):
    """A column that the draft and a version published meanwhile both changed."""

    id: int
    objek: str
    objek_id: int
    kolom: str
    versi: int
    dasar: Any = None
    milik_usulan: Any = None
    milik_terbit: Any = None
    keputusan: str = Field(description="usulan, terbit, atau kosong")
    diputus_oleh: str
    diputus_pada: dt.datetime | None


class DaftarKonflik(Schema):
    terbuka: int
    isi: list[KonflikKeluar]


class KeputusanKonflik(Masuk):
    keputusan: Literal["usulan", "terbit"]


class HasilSelaras(Schema):
    """``selaras`` true: the draft stands on the last version (``ke``)."""

    usulan_id: int
    revisi: int
    dari: int
    ke: int
    selaras: bool
    konflik: list[KonflikKeluar]
