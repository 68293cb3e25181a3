"""A request that BKN extracts the structural units of a new OTK and injects them as a draft usulan."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from petajabatan.inti.models import Berkas
from petajabatan.organisasi.models import DasarHukum
from petajabatan.referensi.models import Instansi
from petajabatan.usulan.models.usulan import Usulan


class PermohonanOtk(models.Model):
    """The request as a whole; its stages are ``TahapOtk``."""

    class Status(models.TextChoices):
        BERJALAN = "berjalan", "Berjalan"
        SELESAI = "selesai", "Selesai"
        DIBATALKAN = "dibatalkan", "Dibatalkan"

    id = models.BigAutoField(primary_key=True)
    instansi = models.ForeignKey(Instansi, models.PROTECT, related_name="+")
    judul = models.CharField(max_length=200)
    dasar_hukum = models.ForeignKey(DasarHukum, models.PROTECT, null=True, related_name="+")
    status = models.CharField(max_length=12, choices=Status, default=Status.BERJALAN)
    berkas_struktur = models.ForeignKey(Berkas, models.PROTECT, null=True, related_name="+")
    usulan = models.OneToOneField(Usulan, models.PROTECT, null=True, related_name="permohonan")
    dibuat_oleh_id = models.BigIntegerField(null=True)
    dibuat_oleh = models.CharField(max_length=200, blank=True, default="")
    dibuat = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "permohonan_otk"
        ordering = ["-id"]


class TahapOtk(models.Model):
    """A stage: who owns it, what must be ticked off, by when, and how it ended. A stage sent back is ended
    and opened again as a new row, so that the rows are the history."""

    class Tahap(models.TextChoices):
        PERATURAN = "peraturan", "Peraturan diunggah"
        STRUKTUR = "struktur", "Berkas struktur disiapkan dan diperiksa"
        VERIFIKASI = "verifikasi", "Verifikasi BKN"
        INJEKSI = "injeksi", "Injeksi sebagai draf usulan"
        INFOJAB = "infojab", "Operator melengkapi informasi jabatan"

    id = models.BigAutoField(primary_key=True)
    permohonan = models.ForeignKey(PermohonanOtk, models.PROTECT, related_name="tahap")
    instansi_id = models.IntegerField()
    tahap = models.CharField(max_length=12, choices=Tahap)
    pemilik = models.CharField(max_length=10, help_text="instansi atau bkn")
    periksa = models.JSONField(default=list, help_text="butir yang harus dicentang: kode, teks, selesai")
    tenggat = models.DateField(null=True)
    mulai = models.DateTimeField(auto_now_add=True)
    selesai = models.DateTimeField(null=True)
    hasil = models.CharField(max_length=12, blank=True, default="", help_text="lanjut atau kembali")
    catatan = models.TextField(blank=True, default="")
    oleh_id = models.BigIntegerField(null=True)
    oleh = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        db_table = "permohonan_otk_tahap"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="tahap_otk_satu_berjalan", fields=["permohonan"], condition=Q(selesai=None)
            )
        ]
