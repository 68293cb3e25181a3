"""The change feed, and those who are told about it (webhooks)."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now


class Umpan(models.Model):
    """One published change. Written by the database when a version is committed, never changed."""

    nomor = models.BigIntegerField(primary_key=True)
    instansi_id = models.IntegerField()
    versi = models.IntegerField()
    jenis = models.CharField(max_length=16)
    objek = models.CharField(max_length=8, help_text="peta, unor, posisi")
    objek_id = models.BigIntegerField(help_text="unor.id, posisi.id; pada peta: nomor versi")
    ringkas = models.JSONField()
    pada = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "umpan"
        indexes = [models.Index(name="umpan_instansi", fields=["instansi_id", "nomor"])]
