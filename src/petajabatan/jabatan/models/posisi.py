"""Posisi (a box of the map), its history, and the versioned totals of K."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from petajabatan.organisasi.models import SELAMANYA, Unor
from petajabatan.referensi.models import Instansi, Jabatan, Jenjang


class JenisPosisi(models.TextChoices):
    STRUKTURAL = "struktural", "Struktural"
    FUNGSIONAL = "fungsional", "Jabatan fungsional"
    PELAKSANA = "pelaksana", "Pelaksana"


class Posisi(models.Model):
    """Identity of a box; never updated, never deleted."""

    id = models.BigAutoField(primary_key=True)
    instansi = models.ForeignKey(Instansi, models.PROTECT, related_name="+")

    class Meta:
        db_table = "posisi"


class PosisiRiwayat(models.Model):
    """What a box was from version ``sejak`` up to (not including) ``hingga``.

    ``k`` in persons; null means that no need has been determined, which is not zero. A head box
    (``kepala``) has exactly one seat. ``kelas`` 1–17.
    """

    pk = models.CompositePrimaryKey("posisi", "sejak")
    # Indexes are chosen below: those of the keys alone would only slow bulk loads down.
    posisi = models.ForeignKey(Posisi, models.PROTECT, related_name="riwayat", db_index=False)
    instansi = models.ForeignKey(Instansi, models.PROTECT, related_name="+", db_index=False)
    sejak = models.IntegerField()
    hingga = models.IntegerField(default=SELAMANYA)
    unor = models.ForeignKey(Unor, models.PROTECT, related_name="+")
    urutan = models.IntegerField(default=0)
    jenis = models.CharField(max_length=12, choices=JenisPosisi)
    jabatan = models.ForeignKey(Jabatan, models.PROTECT, null=True, related_name="+")
    nama = models.CharField(max_length=250)
    jenjang = models.ForeignKey(Jenjang, models.PROTECT, null=True, related_name="+", db_index=False)
    kepala = models.BooleanField(default=False)
    kelas = models.SmallIntegerField(null=True)
    k = models.IntegerField(null=True, help_text="kebutuhan, orang")
    infojab_id = models.BigIntegerField(null=True)
    penerus = ArrayField(
        models.BigIntegerField(), default=list, help_text="pada baris terakhir: posisi pengganti"
    )

    class Meta:
        db_table = "posisi_riwayat"
        constraints = [
            models.CheckConstraint(name="posisi_riwayat_masa", condition=Q(sejak__lt=F("hingga"))),
            models.CheckConstraint(name="posisi_k_tidak_negatif", condition=Q(k__gte=0) | Q(k=None)),
            models.CheckConstraint(
                name="posisi_kelas_1_17", condition=Q(kelas=None) | Q(kelas__gte=1, kelas__lte=17)
            ),
            models.CheckConstraint(name="posisi_kepala_satu_kursi", condition=Q(kepala=False) | Q(k=1)),
            models.CheckConstraint(
                name="posisi_jabatan_rujukan", condition=Q(jenis="struktural") | Q(jabatan__isnull=False)
            ),
        ]
        indexes = [
            models.Index(fields=["instansi", "hingga", "sejak"]),
            models.Index(fields=["instansi", "sejak"]),
            models.Index(fields=["instansi", "posisi"]),
            # Names are found in nama_posisi, which holds each once per instansi (sql/0020_kata_nama.sql).
            models.Index(
                name="posisi_riwayat_nama", fields=["instansi", "nama"], condition=Q(hingga=SELAMANYA)
            ),
        ]


class UnorTotalRiwayat(models.Model):
    """K and counts of a unit's whole subtree, per version (B is not versioned; it follows people)."""

    pk = models.CompositePrimaryKey("unor", "sejak")
    unor = models.ForeignKey(Unor, models.PROTECT, related_name="+", db_index=False)
    instansi = models.ForeignKey(Instansi, models.PROTECT, related_name="+", db_index=False)
    sejak = models.IntegerField()
    hingga = models.IntegerField(default=SELAMANYA)
    k = models.BigIntegerField()
    n_posisi = models.IntegerField()
    n_unor = models.IntegerField()

    class Meta:
        db_table = "unor_total_riwayat"
        indexes = [
            models.Index(fields=["instansi", "hingga", "sejak"]),
            models.Index(fields=["unor"], name="unor_total_kini", condition=Q(hingga=SELAMANYA)),
        ]
