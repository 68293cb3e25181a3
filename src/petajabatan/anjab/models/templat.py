"""Structures that a ministry defines for units of one kind (puskesmas, school, hospital), in versions, and
which unit follows which of them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from petajabatan.referensi.models import Instansi, MasterUnor


class TemplatPembina(models.Model):
    """A template and the ministry that publishes it. ``jenis_master`` and ``bentuk`` say for which units of
    the master it is meant ("": any)."""

    id = models.BigAutoField(primary_key=True)
    pembina = models.ForeignKey(Instansi, models.PROTECT, related_name="+")
    nama = models.CharField(max_length=200)
    keterangan = models.TextField(blank=True, default="")
    jenis_master = models.CharField(max_length=16, choices=MasterUnor.Jenis, blank=True, default="")
    bentuk = models.CharField(max_length=20, blank=True, default="")
    dibuat_oleh_id = models.BigIntegerField(null=True)
    dibuat_oleh = models.CharField(max_length=200, blank=True, default="")
    dibuat = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "templat_pembina"
        ordering = ["nama", "id"]
        constraints = [models.UniqueConstraint(name="templat_pembina_nama", fields=["pembina", "nama"])]

    def __str__(self) -> str:
        return self.nama


class TemplatVersi(models.Model):
    """One version. ``isi`` has the shape of ``rules.templat`` and never changes once published."""

    class Status(models.TextChoices):
        DRAF = "draf", "Draf"
        TERBIT = "terbit", "Terbit"

    id = models.BigAutoField(primary_key=True)
    templat = models.ForeignKey(TemplatPembina, models.PROTECT, related_name="versi")
    nomor = models.IntegerField()
    status = models.CharField(max_length=6, choices=Status, default=Status.DRAF)
    isi = models.JSONField()
    catatan = models.TextField(blank=True, default="", help_text="apa yang berubah, dan dasarnya")
    dibuat_oleh = models.CharField(max_length=200, blank=True, default="")
    diubah = models.DateTimeField(auto_now=True)
    terbit_pada = models.DateTimeField(null=True)
    terbit_oleh = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        db_table = "templat_versi"
        ordering = ["templat", "-nomor"]
        constraints = [
            models.UniqueConstraint(name="templat_versi_nomor", fields=["templat", "nomor"]),
            models.UniqueConstraint(
                name="templat_versi_satu_draf", fields=["templat"], condition=Q(status="draf")
            ),
            models.CheckConstraint(
                name="templat_versi_terbit",
                condition=Q(status="terbit", terbit_pada__isnull=False) | Q(status="draf", terbit_pada=None),
            ),
        ]

    @property
    def terbit(self) -> bool:
        return self.status == self.Status.TERBIT


class TemplatUnor(models.Model):
    """A unit was brought in line with a version by an usulan. ``kelompok``: the action that did it (None:
    there was nothing to do); while that action is undone, or the usulan not published, the map does not
    follow."""

    id = models.BigAutoField(primary_key=True)
    instansi_id = models.IntegerField()
    unor_id = models.BigIntegerField()
    versi = models.ForeignKey(TemplatVersi, models.PROTECT, related_name="unor")
    usulan_id = models.BigIntegerField()
    kelompok = models.IntegerField(null=True)
    oleh = models.CharField(max_length=200, blank=True, default="")
    pada = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "templat_unor"
        indexes = [
            models.Index(fields=["instansi_id", "unor_id"], name="templat_unor_unit"),
            models.Index(fields=["usulan_id"], name="templat_unor_usulan"),
        ]
