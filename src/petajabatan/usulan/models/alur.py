"""The way of an usulan through the offices: transitions, approvals, comments, documents, the decision."""

from __future__ import annotations

from django.db import models

from petajabatan.inti.models import Berkas
from petajabatan.usulan.models.usulan import Usulan


class RiwayatUsulan(models.Model):
    """One transition: who, when, why, and which revision of the draft they saw."""

    id = models.BigAutoField(primary_key=True)
    usulan = models.ForeignKey(Usulan, models.PROTECT, related_name="riwayat")
    instansi_id = models.IntegerField()
    tindakan = models.CharField(max_length=30)
    dari = models.CharField(max_length=24, blank=True, default="")
    ke = models.CharField(max_length=24)
    revisi = models.IntegerField()
    oleh_id = models.BigIntegerField(null=True)
    oleh = models.CharField(max_length=200, blank=True, default="")
    peran = models.CharField(max_length=60, blank=True, default="")
    alasan = models.TextField(blank=True, default="")
    ringkas = models.JSONField(
        default=dict, help_text="jumlah operasi, temuan, selisih yang terlihat saat itu"
    )
    pada = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "usulan_riwayat"
        ordering = ["id"]


class Persetujuan(models.Model):
    """A signature under one revision: instansi (penetapan SOTK) or BKN (verifikator, second pair of eyes).
    Void as soon as the draft changes."""

    class Pihak(models.TextChoices):
        INSTANSI = "instansi", "Penetapan SOTK instansi"
        BKN = "bkn", "Verifikator BKN"
        BKN_KEDUA = "bkn-kedua", "Pemeriksa kedua BKN"

    id = models.BigAutoField(primary_key=True)
    usulan = models.ForeignKey(Usulan, models.PROTECT, related_name="persetujuan")
    instansi_id = models.IntegerField()
    pihak = models.CharField(max_length=10, choices=Pihak)
    revisi = models.IntegerField()
    oleh_id = models.BigIntegerField(null=True)
    oleh = models.CharField(max_length=200, blank=True, default="")
    surat = models.ForeignKey(Berkas, models.PROTECT, null=True, related_name="+")
    nomor_surat = models.CharField(max_length=100, blank=True, default="")
    tanggal_surat = models.DateField(null=True)
    catatan = models.TextField(blank=True, default="")
    pada = models.DateTimeField(auto_now_add=True)
    gugur_pada = models.DateTimeField(null=True)
    gugur_karena = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        db_table = "usulan_persetujuan"


class Komentar(models.Model):
    """A remark on the usulan, on one operation, or on one object; ``minta_perbaikan`` must be answered."""

    id = models.BigAutoField(primary_key=True)
    usulan = models.ForeignKey(Usulan, models.PROTECT, related_name="komentar")
    instansi_id = models.IntegerField()
    operasi_nomor = models.IntegerField(null=True)
    objek = models.CharField(max_length=8, blank=True, default="")
    objek_id = models.BigIntegerField(null=True)
    bagian = models.CharField(max_length=40, blank=True, default="")
    balasan_untuk = models.ForeignKey("self", models.PROTECT, null=True, related_name="balasan")
    isi = models.TextField()
    minta_perbaikan = models.BooleanField(default=False)
    oleh_id = models.BigIntegerField(null=True)
    oleh = models.CharField(max_length=200, blank=True, default="")
    pihak = models.CharField(max_length=10, blank=True, default="", help_text="instansi atau bkn")
    pada = models.DateTimeField(auto_now_add=True)
    selesai_pada = models.DateTimeField(null=True)
    selesai_oleh = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        db_table = "usulan_komentar"
        ordering = ["id"]


class Dokumen(models.Model):
    """A supporting document of an usulan."""

    class Jenis(models.TextChoices):
        NASKAH = "naskah", "Naskah peraturan"
        SURAT = "surat", "Surat pengantar bertanda tangan"
        BUKTI = "bukti", "Bukti pendukung"
        LAMPIRAN = "lampiran", "Lampiran"

    id = models.BigAutoField(primary_key=True)
    usulan = models.ForeignKey(Usulan, models.PROTECT, related_name="dokumen")
    instansi_id = models.IntegerField()
    berkas = models.ForeignKey(Berkas, models.PROTECT, related_name="+")
    jenis = models.CharField(max_length=10, choices=Jenis, default=Jenis.BUKTI)
    keterangan = models.CharField(max_length=200, blank=True, default="")
    oleh_id = models.BigIntegerField(null=True)
    oleh = models.CharField(max_length=200, blank=True, default="")
    pada = models.DateTimeField(auto_now_add=True)
    ditarik_pada = models.DateTimeField(null=True)

    class Meta:
        db_table = "usulan_dokumen"
        ordering = ["id"]


class Keputusan(models.Model):
    """The decision by which an usulan was published. ``kode`` opens its public verification page."""

    id = models.BigAutoField(primary_key=True)
    usulan = models.OneToOneField(Usulan, models.PROTECT, related_name="keputusan")
    instansi_id = models.IntegerField()
    nomor = models.CharField(max_length=100)
    tanggal = models.DateField()
    versi = models.IntegerField()
    berlaku = models.DateField()
    kode = models.CharField(max_length=32, unique=True)
    hash_peta = models.CharField(max_length=64)
    berkas = models.ForeignKey(Berkas, models.PROTECT, null=True, related_name="+")
    ditetapkan_oleh_id = models.BigIntegerField(null=True)
    ditetapkan_oleh = models.CharField(max_length=200, blank=True, default="")
    pada = models.DateTimeField(auto_now_add=True)
    dibatalkan_versi = models.IntegerField(null=True, help_text="versi yang membatalkannya sebelum berlaku")

    class Meta:
        db_table = "usulan_keputusan"
