"""Informasi jabatan: sections with a history of their own, so that two people may write two at once."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from petajabatan.organisasi.models import SELAMANYA
from petajabatan.referensi.models import Instansi


class Infojab(models.Model):
    """Identity of an informasi jabatan; boxes point at it. What it says is in its sections."""

    id = models.BigAutoField(primary_key=True)
    instansi = models.ForeignKey(Instansi, models.PROTECT, related_name="+")

    class Meta:
        db_table = "infojab"


class IsianRiwayat(models.Model):
    """A section from version ``sejak`` up to (not including) ``hingga``.

    A section belongs to an informasi jabatan, or (the ABK sheet) to a box; ``isian_id`` says to which and
    which section it is (``rules.isian.isian_id``). ``isi`` has the shape of ``rules.isian``.
    """

    pk = models.CompositePrimaryKey("isian_id", "sejak")
    isian_id = models.BigIntegerField()
    instansi = models.ForeignKey(Instansi, models.PROTECT, related_name="+", db_index=False)
    sejak = models.IntegerField()
    hingga = models.IntegerField(default=SELAMANYA)
    infojab_id = models.BigIntegerField(null=True)
    posisi_id = models.BigIntegerField(null=True)
    bagian = models.CharField(max_length=20)
    isi = models.JSONField()

    class Meta:
        db_table = "isian_riwayat"
        constraints = [
            models.CheckConstraint(name="isian_masa", condition=Q(sejak__lt=F("hingga"))),
            models.CheckConstraint(
                name="isian_satu_pemilik",
                condition=Q(infojab_id__isnull=False, posisi_id__isnull=True)
                | Q(infojab_id__isnull=True, posisi_id__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["instansi", "hingga", "sejak"], name="isian_hidup"),
            models.Index(fields=["instansi", "sejak"], name="isian_sejak"),
        ]
