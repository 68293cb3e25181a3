"""Standar kompetensi jabatan: which competencies a jabatan asks for, on which level, since when."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from petajabatan.referensi.models import Instansi, Jabatan, KamusKompetensi


class StandarKompetensi(models.Model):
    """One edition of the standard of a jabatan in an instansi.

    ``kunci`` says which jabatan: ``j<id>`` of the reference list, or ``n<name in lower case>`` for a
    structural one, which has no reference. Validated editions of one jabatan never overlap in time (exclusion
    constraint); a validated edition is not changed any more, only ended (trigger).
    """

    class Status(models.TextChoices):
        DRAF = "draf", "Draf"
        DIVALIDASI = "divalidasi", "Divalidasi"
        DIBUANG = "dibuang", "Dibuang"

    id = models.BigAutoField(primary_key=True)
    instansi = models.ForeignKey(Instansi, models.PROTECT, related_name="+")
    jabatan = models.ForeignKey(Jabatan, models.PROTECT, null=True, related_name="+")
    nama = models.CharField(max_length=250)
    kunci = models.CharField(max_length=260)
    status = models.CharField(max_length=12, choices=Status, default=Status.DRAF)
    berlaku_dari = models.DateField()
    berlaku_hingga = models.DateField(null=True, help_text="hari terakhir; null = sampai diganti")
    dasar_hukum = models.CharField(max_length=400, blank=True, default="")
    catatan = models.TextField(blank=True, default="", help_text="alasan pengembalian terakhir")
    revisi = models.IntegerField(default=1)
    dibuat_oleh_id = models.BigIntegerField(null=True)
    diubah_oleh = models.CharField(max_length=200, blank=True, default="")
    diubah_pada = models.DateTimeField(auto_now=True)
    diputus_oleh_id = models.BigIntegerField(null=True)
    diputus_oleh = models.CharField(max_length=200, blank=True, default="")
    diputus_pada = models.DateTimeField(null=True)

    class Meta:
        db_table = "standar_kompetensi"
        constraints = [
            models.CheckConstraint(
                name="standar_kompetensi_masa",
                condition=Q(berlaku_hingga=None) | Q(berlaku_dari__lte=F("berlaku_hingga")),
            ),
        ]
        indexes = [models.Index(fields=["instansi", "kunci"], name="standar_kompetensi_jabatan")]


class BarisStandar(models.Model):
    """A competency of a standard: the level asked for (null: no longer asked for) and how it shows."""

    id = models.BigAutoField(primary_key=True)
    standar = models.ForeignKey(StandarKompetensi, models.PROTECT, related_name="baris")
    instansi = models.ForeignKey(Instansi, models.PROTECT, related_name="+", db_index=False)
    kompetensi = models.ForeignKey(KamusKompetensi, models.PROTECT, related_name="+", db_index=False)
    level = models.SmallIntegerField(null=True)
    indikator = models.TextField(blank=True, default="")

    class Meta:
        db_table = "standar_kompetensi_baris"
        constraints = [
            models.UniqueConstraint(name="standar_baris_kunci", fields=["standar", "kompetensi"]),
            models.CheckConstraint(
                name="standar_baris_level", condition=Q(level=None) | Q(level__gte=1, level__lte=5)
            ),
        ]
