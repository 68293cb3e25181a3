"""Legal basis, versions, units. Identity rows never change; every attribute lives in the history table with
the versions it holds for: ``sejak <= n < hingga``."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from petajabatan.inti.models import Berkas
from petajabatan.referensi.models import Eselon, Instansi, Wilayah

SELAMANYA = 2147483647
"""``hingga`` of a row that is still live (largest int4)."""


class JenisUnor(models.TextChoices):
    STRUKTURAL = "struktural", "Unit struktural"
    UPT = "upt", "UPT"
    FASKES = "faskes", "Fasilitas kesehatan"
    SEKOLAH = "sekolah", "Sekolah"
    KECAMATAN = "kecamatan", "Kecamatan"
    KELURAHAN = "kelurahan", "Kelurahan"
    PERWAKILAN = "perwakilan", "Kantor vertikal atau perwakilan"
    KELOMPOK = "kelompok", "Kelompok atau tim kerja"


KEPALA_FUNGSIONAL = frozenset({JenisUnor.FASKES, JenisUnor.SEKOLAH})
"""Kinds of unit that may be led by a JF with an additional task (puskesmas, school)."""


class DasarHukum(models.Model):
    """A regulation on which units stand."""

    class Status(models.TextChoices):
        BERLAKU = "berlaku", "Berlaku"
        DIUBAH = "diubah", "Diubah"
        DICABUT = "dicabut", "Dicabut"

    id = models.BigAutoField(primary_key=True)
    instansi = models.ForeignKey(Instansi, models.PROTECT, related_name="+")
    jenis = models.CharField(max_length=40, help_text="Perda, Perbup, Permen, …")
    nomor = models.CharField(max_length=60)
    tahun = models.SmallIntegerField()
    tentang = models.TextField()
    tanggal = models.DateField(null=True)
    berkas = models.ForeignKey(Berkas, models.PROTECT, null=True, related_name="+")
    status = models.CharField(max_length=8, choices=Status, default=Status.BERLAKU)
    diganti_oleh = models.ForeignKey("self", models.PROTECT, null=True, related_name="menggantikan")

    class Meta:
        db_table = "dasar_hukum"
        constraints = [
            models.UniqueConstraint(name="dasar_hukum_unik", fields=["instansi", "jenis", "nomor", "tahun"]),
            models.CheckConstraint(
                name="dasar_hukum_status", condition=Q(status__in=["berlaku", "diubah", "dicabut"])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.jenis} Nomor {self.nomor} Tahun {self.tahun}"


class PetaVersi(models.Model):
    """One published version of one instansi's map. ``berlaku`` never decreases with ``nomor``."""

    class Jenis(models.TextChoices):
        MUAT_AWAL = "muat-awal", "Muat awal"
        IMPOR = "impor", "Impor ulang unor"
        USULAN = "usulan", "Usulan"

    pk = models.CompositePrimaryKey("instansi", "nomor")
    instansi = models.ForeignKey(Instansi, models.PROTECT, related_name="+")
    nomor = models.IntegerField()
    jenis = models.CharField(max_length=12, choices=Jenis)
    berlaku = models.DateField()
    ditetapkan_pada = models.DateTimeField()
    ditetapkan_oleh = models.CharField(max_length=200, blank=True, default="")
    keterangan = models.TextField(blank=True, default="")
    usulan_id = models.BigIntegerField(null=True)
    lintas_id = models.BigIntegerField(null=True)
    hash = models.CharField(max_length=64, blank=True, default="")
    # Top-level transaction that wrote the version; only that transaction may write rows of the version.
    # The column "transaksi xid8 DEFAULT pg_current_xact_id()" is added in SQL and unknown to the ORM.

    class Meta:
        db_table = "peta_versi"
        constraints = [models.CheckConstraint(name="peta_versi_mulai_satu", condition=Q(nomor__gte=1))]


class Unor(models.Model):
    """Identity of a unit; never updated, never deleted."""

    id = models.BigAutoField(primary_key=True)
    instansi = models.ForeignKey(Instansi, models.PROTECT, related_name="+")
    id_siasn = models.CharField(max_length=42, unique=True, null=True)

    class Meta:
        db_table = "unor"


class UnorRiwayat(models.Model):
    """What a unit was from version ``sejak`` up to (not including) version ``hingga``."""

    pk = models.CompositePrimaryKey("unor", "sejak")
    # Indexes are chosen below: those of the keys alone would only slow bulk loads down.
    unor = models.ForeignKey(Unor, models.PROTECT, related_name="riwayat", db_index=False)
    instansi = models.ForeignKey(Instansi, models.PROTECT, related_name="+", db_index=False)
    sejak = models.IntegerField()
    hingga = models.IntegerField(default=SELAMANYA)
    atasan = models.ForeignKey(Unor, models.PROTECT, null=True, related_name="+")
    urutan = models.IntegerField(default=0)
    nama = models.CharField(max_length=250)
    nama_jabatan = models.CharField(max_length=250, blank=True, default="", help_text="jabatan pimpinan")
    jenis = models.CharField(max_length=12, choices=JenisUnor, default=JenisUnor.STRUKTURAL)
    eselon = models.ForeignKey(Eselon, models.PROTECT, null=True, related_name="+", db_index=False)
    wilayah = models.ForeignKey(Wilayah, models.PROTECT, null=True, related_name="+", db_index=False)
    urusan = ArrayField(models.CharField(max_length=12), default=list, help_text="kode urusan pemerintahan")
    cepat_kode = models.CharField(max_length=30, blank=True, default="")
    dasar_hukum = models.ForeignKey(DasarHukum, models.PROTECT, null=True, related_name="+", db_index=False)
    pasal = models.CharField(max_length=60, blank=True, default="")
    halaman = models.CharField(max_length=20, blank=True, default="")
    penerus = ArrayField(
        models.BigIntegerField(), default=list, help_text="pada baris terakhir: unor pengganti"
    )

    class Meta:
        db_table = "unor_riwayat"
        constraints = [
            models.CheckConstraint(name="unor_riwayat_masa", condition=Q(sejak__lt=F("hingga"))),
            models.CheckConstraint(name="unor_bukan_atasan_sendiri", condition=~Q(atasan=F("unor"))),
        ]
        indexes = [
            models.Index(fields=["instansi", "hingga", "sejak"]),
            models.Index(fields=["instansi", "sejak"]),
            models.Index(fields=["instansi", "unor"]),
            models.Index(
                fields=["dasar_hukum"], name="unor_riwayat_dasar", condition=Q(dasar_hukum__isnull=False)
            ),
        ]


class UnorKini(models.Model):
    """The latest published tree with its paths, rebuilt by the database when a version is written.

    ``jalur`` is an ltree of unor ids (column type set in SQL); ``nama_urut`` sorts names naturally.
    """

    unor = models.OneToOneField(Unor, models.PROTECT, primary_key=True, related_name="kini")
    instansi = models.ForeignKey(Instansi, models.PROTECT, related_name="+")
    atasan_id = models.BigIntegerField(null=True)
    jalur = models.TextField()
    kedalaman = models.SmallIntegerField()
    urutan = models.IntegerField()
    nama = models.CharField(max_length=250)

    class Meta:
        db_table = "unor_kini"
        indexes = [
            models.Index(fields=["instansi", "kedalaman"]),
            models.Index(fields=["atasan_id", "urutan"]),
            GinIndex(name="unor_kini_nama_trgm", fields=["nama"], opclasses=["gin_trgm_ops"]),
        ]


class KodeUnor(models.Model):
    """A code by which others know a unit: NPSN, kode satusehat, SISDMK, kode RS, …

    ``jenis`` + ``kode`` is unique among active links, so that one school never sits on two units.
    """

    id = models.BigAutoField(primary_key=True)
    unor = models.ForeignKey(Unor, models.PROTECT, related_name="kode")
    instansi = models.ForeignKey(Instansi, models.PROTECT, related_name="+")
    jenis = models.CharField(max_length=20, help_text="npsn, puskesmas, rs, satusehat, sisdmk, lokal")
    kode = models.CharField(max_length=40)
    aktif = models.BooleanField(default=True)

    class Meta:
        db_table = "kode_unor"
        constraints = [
            models.UniqueConstraint(
                name="kode_unor_tunggal", fields=["jenis", "kode"], condition=Q(aktif=True)
            )
        ]
