"""The reference lists other apps point at. Rows are never deleted: what a newer official list no longer
has becomes ``aktif = false``."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Collate, Upper

__all__ = [
    "Acuan",
    "Eselon",
    "Golongan",
    "Instansi",
    "Jabatan",
    "Jenjang",
    "KelompokJabatan",
    "MasterUnor",
    "Pendidikan",
    "RumpunJabatan",
    "TingkatPendidikan",
    "UrusanPemerintahan",
    "Wilayah",
    "by_name",
    "trigram",
]


class Acuan(models.Model):
    """What every reference row carries: where it comes from and since when it holds."""

    sumber = models.CharField(max_length=200, blank=True, default="")
    berlaku_dari = models.DateField(null=True, blank=True)
    berlaku_sampai = models.DateField(null=True, blank=True)
    aktif = models.BooleanField(default=True)

    class Meta:
        abstract = True


def trigram(table: str) -> list[models.Index]:
    return [GinIndex(name=f"{table}_nama_trgm", fields=["nama"], opclasses=["gin_trgm_ops"])]


def by_name(name: str, *before: str, key: str = "id") -> models.Index:
    """Index of the order in which lists are shown and prefixes are found: upper case, byte order."""
    return models.Index(*before, Collate(Upper("nama"), "C"), key, name=name)


class Wilayah(Acuan):
    """A region by its Kemendagri code (``33``, ``33.17``, ``33.17.01``)."""

    kode = models.CharField(max_length=13, primary_key=True)
    nama = models.CharField(max_length=120)
    tingkat = models.SmallIntegerField(
        help_text="1 provinsi, 2 kabupaten/kota, 3 kecamatan, 4 desa/kelurahan"
    )
    induk = models.ForeignKey("self", models.PROTECT, null=True, related_name="bawahan")

    class Meta:
        db_table = "wilayah"
        indexes = [*trigram("wilayah"), by_name("wilayah_urut", key="kode")]


class Instansi(Acuan):
    """A government organisation as BKN lists it."""

    id = models.AutoField(primary_key=True)
    id_siasn = models.CharField(max_length=42, unique=True)
    nama = models.CharField(max_length=200)
    jenis = models.CharField(max_length=1, help_text="P pusat, D daerah", blank=True, default="")
    jenis_instansi = models.CharField(
        max_length=10,
        null=True,
        help_text="KEMENT, LPNK, LNS, KO, PROV, KAB, KOT; null bila daftar resmi kosong",
    )
    kode_cepat = models.CharField(max_length=10, null=True, db_index=True)
    wilayah = models.ForeignKey(Wilayah, models.PROTECT, null=True, related_name="+")

    class Meta:
        db_table = "instansi"
        indexes = trigram("instansi")


class Eselon(Acuan):
    kode = models.CharField(max_length=2, primary_key=True)
    nama = models.CharField(max_length=10, null=True)
    jabatan_asn = models.CharField(max_length=30, null=True, help_text="JPT UTAMA … PENGAWAS")

    class Meta:
        db_table = "eselon"

    @property
    def sebutan(self) -> str:
        """Name and level, as choices show it: I.a alone may be JPT Utama or JPT Madya."""
        level = " ".join(w if w == "JPT" else w.capitalize() for w in (self.jabatan_asn or "").split())
        return " · ".join(part for part in (self.nama or self.kode, level) if part)


class Golongan(Acuan):
    """PNS golongan by SIASN id (11…45); PPPK by roman numeral (I…XVII)."""

    kode = models.CharField(max_length=5, primary_key=True)
    nama = models.CharField(max_length=10)
    pangkat = models.CharField(max_length=60, blank=True, default="")
    jenis = models.CharField(max_length=4, help_text="PNS atau PPPK")
    urutan = models.SmallIntegerField(default=0)

    class Meta:
        db_table = "golongan"


class Jenjang(Acuan):
    """Level of a jabatan: JF (PM … UT) and managerial (JPT utama … pengawas), pelaksana."""

    kode = models.CharField(max_length=12, primary_key=True)
    nama = models.CharField(max_length=60)
    kategori = models.CharField(
        max_length=20, help_text="keterampilan, keahlian, manajerial, pelaksana, lain"
    )
    urutan = models.SmallIntegerField(default=0)
    koefisien_ak = models.DecimalField(
        max_digits=6, decimal_places=2, null=True, help_text="angka kredit/tahun"
    )

    class Meta:
        db_table = "jenjang"


class RumpunJabatan(Acuan):
    id = models.AutoField(primary_key=True)
    id_siasn = models.CharField(max_length=42, unique=True)
    nama = models.CharField(max_length=200)
    kode_cepat = models.CharField(max_length=20, null=True)

    class Meta:
        db_table = "rumpun_jabatan"


class KelompokJabatan(Acuan):
    """Group of JF (SIASN ``kel_jabatan``) with the ministry that stewards it."""

    id = models.AutoField(primary_key=True)
    id_siasn = models.CharField(max_length=42, unique=True)
    nama = models.CharField(max_length=200)
    jenis_umum = models.CharField(max_length=10, null=True, help_text="1 guru, 2 tenaga kesehatan, 3 teknis")
    rumpun = models.ForeignKey(RumpunJabatan, models.PROTECT, null=True, related_name="+")
    pembina = models.ForeignKey(Instansi, models.PROTECT, null=True, related_name="+")

    class Meta:
        db_table = "kelompok_jabatan"
        indexes = trigram("kelompok_jabatan")


class Jabatan(Acuan):
    """A jabatan fungsional (with its jenjang) or jabatan pelaksana. Structural posts are named per unit."""

    class Jenis(models.TextChoices):
        FUNGSIONAL = "fungsional", "Jabatan fungsional"
        PELAKSANA = "pelaksana", "Jabatan pelaksana"

    id = models.AutoField(primary_key=True)
    id_siasn = models.CharField(max_length=42, null=True, help_text="tunggal per jenis, bukan antarjenis")
    jenis = models.CharField(max_length=12, choices=Jenis)
    nama = models.CharField(max_length=250, null=True, help_text="null bila daftar resmi tidak memuat nama")
    jenjang = models.ForeignKey(Jenjang, models.PROTECT, null=True, related_name="+")
    kelompok = models.ForeignKey(KelompokJabatan, models.PROTECT, null=True, related_name="+")
    bup = models.SmallIntegerField(null=True, help_text="tahun; null = ikut ketentuan jenjang")
    kode_cepat = models.CharField(max_length=30, null=True)
    status = models.CharField(max_length=4, null=True, help_text="N baru, O lama (JF); 1 aktif (pelaksana)")

    class Meta:
        db_table = "jabatan"
        # One id of the official lists stands both for a JF and for a pelaksana, so the pair is the key.
        constraints = [models.UniqueConstraint(name="jabatan_kunci", fields=["jenis", "id_siasn"])]
        indexes = [
            *trigram("jabatan"),
            models.Index(fields=["jenis", "nama"]),
            by_name("jabatan_urut", "jenis"),
        ]


class TingkatPendidikan(Acuan):
    kode = models.CharField(max_length=2, primary_key=True)
    nama = models.CharField(max_length=30)
    urutan = models.SmallIntegerField(default=0)

    class Meta:
        db_table = "tingkat_pendidikan"


class Pendidikan(Acuan):
    id = models.AutoField(primary_key=True)
    id_siasn = models.CharField(max_length=42, unique=True)
    tingkat = models.ForeignKey(TingkatPendidikan, models.PROTECT, null=True, related_name="+")
    nama = models.CharField(max_length=250)
    status = models.CharField(max_length=4, null=True)

    class Meta:
        db_table = "pendidikan"
        indexes = [*trigram("pendidikan"), by_name("pendidikan_urut")]


class UrusanPemerintahan(Acuan):
    """Concurrent affairs of government and supporting functions. Source: UU 23/2014 Ps 12 and Lampiran."""

    kode = models.CharField(max_length=12, primary_key=True)
    nama = models.CharField(max_length=160)
    kelompok = models.CharField(
        max_length=30, help_text="wajib-dasar, wajib-nondasar, pilihan, penunjang, umum, dukungan, pengawas"
    )
    urutan = models.SmallIntegerField(default=0)

    class Meta:
        db_table = "urusan_pemerintahan"


class MasterUnor(Acuan):
    """A specific unit as its ministry publishes it (school, puskesmas, hospital, dinas kesehatan).

    Kept apart from unor; ``organisasi.KodeUnor`` links the two by (jenis, kunci).
    """

    class Jenis(models.TextChoices):
        SEKOLAH = "sekolah", "Sekolah (NPSN)"
        PUSKESMAS = "puskesmas", "Puskesmas"
        RUMAH_SAKIT = "rumah-sakit", "Rumah sakit"
        DINKES = "dinas-kesehatan", "Dinas kesehatan"

    id = models.AutoField(primary_key=True)
    jenis = models.CharField(max_length=16, choices=Jenis)
    kunci = models.CharField(max_length=20, help_text="NPSN, kode puskesmas, kode RS")
    nama = models.CharField(max_length=200)
    bentuk = models.CharField(max_length=20, blank=True, default="", help_text="SD, SMP, SMA, SMK, …")
    status = models.CharField(max_length=2, blank=True, default="", help_text="N negeri, S swasta")
    wilayah = models.ForeignKey(Wilayah, models.PROTECT, null=True, related_name="+")
    kode_wilayah_asal = models.CharField(max_length=10, blank=True, default="")
    kecamatan = models.CharField(max_length=120, blank=True, default="")
    alamat = models.CharField(max_length=300, blank=True, default="")
    lintang = models.DecimalField(max_digits=10, decimal_places=7, null=True)
    bujur = models.DecimalField(max_digits=10, decimal_places=7, null=True)

    class Meta:
        db_table = "master_unor"
        constraints = [models.UniqueConstraint(name="master_unor_kunci", fields=["jenis", "kunci"])]
        indexes = [
            *trigram("master_unor"),
            models.Index(fields=["wilayah", "jenis"]),
            by_name("master_unor_urut", "jenis"),
        ]
