"""Tables every app shares. Protected by row-level security in migration 0001."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class JamBisnis(models.Model):
    """Offset of the business date in demo and tests; one row."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    geser_hari = models.IntegerField(default=0)

    class Meta:
        db_table = "jam_bisnis"


class Berkas(models.Model):
    """A stored file: the content lies in the data folder under its hash, never in the web root."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    nama = models.CharField(max_length=255)
    jenis_isi = models.CharField(max_length=120)
    ukuran = models.BigIntegerField(help_text="byte")
    sha256 = models.CharField(max_length=64)
    tujuan = models.CharField(max_length=40, help_text="impor, hasil, dasar-hukum, …")
    pemilik_id = models.BigIntegerField(null=True, db_index=True)
    instansi_id = models.IntegerField(null=True, db_index=True)
    dibuat = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "berkas"


class Pekerjaan(models.Model):
    """A piece of long work and its progress: an import, an export, a print."""

    class Status(models.TextChoices):
        ANTRE = "antre", "Menunggu giliran"
        BERJALAN = "berjalan", "Berjalan"
        SELESAI = "selesai", "Selesai"
        DITOLAK = "ditolak", "Ditolak"
        GAGAL = "gagal", "Gagal"
        BATAL = "batal", "Dibatalkan"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    jenis = models.CharField(max_length=60)
    judul = models.CharField(max_length=255)
    pemilik_id = models.BigIntegerField(null=True, db_index=True)
    instansi_id = models.IntegerField(null=True, db_index=True)
    status = models.CharField(max_length=12, choices=Status, default=Status.ANTRE)
    tahap = models.CharField(max_length=120, blank=True, default="")
    selesai_n = models.BigIntegerField(default=0)
    total_n = models.BigIntegerField(null=True)
    masukan = models.JSONField(default=dict, help_text="ids dan pilihan, tanpa data pribadi")
    hasil = models.JSONField(default=dict)
    galat = models.TextField(blank=True, default="")
    berkas_masukan = models.ForeignKey(Berkas, models.PROTECT, null=True, related_name="+")
    berkas_hasil = models.ForeignKey(Berkas, models.PROTECT, null=True, related_name="+")
    batal_diminta = models.BooleanField(default=False)
    percobaan = models.SmallIntegerField(default=0, help_text="berapa kali mulai dijalankan")
    permintaan = models.CharField(max_length=64, blank=True, default="", help_text="id permintaan asal")
    cakupan_token = models.JSONField(null=True, help_text="cakupan token bila diminta oleh aplikasi")
    dibuat = models.DateTimeField(auto_now_add=True)
    mulai = models.DateTimeField(null=True)
    detak = models.DateTimeField(null=True)
    akhir = models.DateTimeField(null=True)

    class Meta:
        db_table = "pekerjaan"
        ordering = ["-dibuat"]
        constraints = [
            models.CheckConstraint(
                name="pekerjaan_status_dikenal",
                condition=Q(status__in=["antre", "berjalan", "selesai", "ditolak", "gagal", "batal"]),
            )
        ]


class TemuanPekerjaan(models.Model):
    """A finding of a job, kept so that it can be read, filtered and downloaded later."""

    id = models.BigAutoField(primary_key=True)
    pekerjaan = models.ForeignKey(Pekerjaan, models.CASCADE, related_name="temuan")
    kode = models.CharField(max_length=60)
    tingkat = models.CharField(max_length=12)
    kalimat = models.TextField()
    perbaikan = models.TextField()
    tempat = models.CharField(max_length=400, blank=True, default="")
    baris = models.IntegerField(null=True)
    kolom = models.CharField(max_length=80, blank=True, default="")
    nilai = models.CharField(max_length=400, blank=True, default="")
    tautan = models.CharField(max_length=400, blank=True, default="")

    class Meta:
        db_table = "temuan_pekerjaan"
        indexes = [models.Index(fields=["pekerjaan", "tingkat", "id"])]


class Audit(models.Model):
    """Append-only: who did what, when, to which rows. Written by statement triggers and by services."""

    id = models.BigAutoField(primary_key=True)
    pada = models.DateTimeField(db_default=Now())
    aktor = models.CharField(max_length=80, blank=True, default="")
    permintaan = models.CharField(max_length=64, blank=True, default="")
    instansi_id = models.IntegerField(null=True)
    aksi = models.CharField(max_length=80)
    objek = models.CharField(max_length=80)
    jumlah = models.BigIntegerField(default=1)
    rincian = models.JSONField(null=True)

    class Meta:
        db_table = "audit"
        indexes = [models.Index(fields=["instansi_id", "pada"])]


class Notifikasi(models.Model):
    """A message to one account. Read by its recipient only (row-level security); written by
    ``inti.kabar.notify`` through a function of the database."""

    class Surel(models.TextChoices):
        TIDAK = "", "Tanpa surel"
        ANTRE = "antre", "Menunggu dikirim"
        TERKIRIM = "terkirim", "Terkirim"
        GAGAL = "gagal", "Gagal dikirim"

    id = models.BigAutoField(primary_key=True)
    penerima_id = models.BigIntegerField()
    judul = models.CharField(max_length=200)
    isi = models.TextField(blank=True, default="", db_default="")
    tautan = models.CharField(max_length=400, blank=True, default="", db_default="")
    kunci = models.CharField(
        max_length=160, blank=True, default="", db_default="", help_text="peristiwa asal; sekali per penerima"
    )
    surel = models.CharField(max_length=10, choices=Surel, blank=True, default="", db_default="")
    dibuat = models.DateTimeField(db_default=Now())
    dibaca = models.DateTimeField(null=True)

    class Meta:
        db_table = "notifikasi"
        constraints = [
            models.UniqueConstraint(
                name="notifikasi_sekali", fields=["penerima_id", "kunci"], condition=~Q(kunci="")
            ),
            models.CheckConstraint(
                name="notifikasi_tautan_sendiri",
                condition=Q(tautan="") | (Q(tautan__startswith="/") & ~Q(tautan__startswith="//")),
            ),
        ]
        indexes = [
            models.Index(name="notifikasi_penerima", fields=["penerima_id", "-id"]),
            models.Index(name="notifikasi_belum", fields=["penerima_id"], condition=Q(dibaca=None)),
        ]


class AuditRantai(models.Model):
    """The seal of one audit record: its place in the chain of its instansi (0: of none) and the hash over the
    seal before it and the record's canonical bytes. Written by the database only."""

    pk = models.CompositePrimaryKey("rantai", "nomor")
    rantai = models.IntegerField()
    nomor = models.BigIntegerField()
    audit_id = models.BigIntegerField(unique=True)
    hash = models.BinaryField()

    class Meta:
        db_table = "audit_rantai"


class AuditKepala(models.Model):
    """Where each chain ends, so that cutting off its end is seen."""

    rantai = models.IntegerField(primary_key=True)
    nomor = models.BigIntegerField()
    hash = models.BinaryField()
    pada = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "audit_kepala"


class AuditTertunda(models.Model):
    """Records whose chain was busy when they were committed; whoever seals next takes them along."""

    audit_id = models.BigIntegerField(primary_key=True)
    rantai = models.IntegerField(db_index=True)
    sejak = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "audit_tertunda"
