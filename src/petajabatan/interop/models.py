"""The change feed, and those who are told about it (webhooks)."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class Umpan(models.Model):
    """One published change. Written by the database when a version is committed, never changed."""

    nomor = models.BigIntegerField(primary_key=True)
    instansi_id = models.IntegerField()
    versi = models.IntegerField()
    jenis = models.CharField(max_length=16)
    objek = models.CharField(max_length=8, help_text="peta, unor, posisi, isian")
    objek_id = models.BigIntegerField(help_text="unor.id, posisi.id, isian_id; pada peta: nomor versi")
    ringkas = models.JSONField()
    pada = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "umpan"
        indexes = [models.Index(name="umpan_instansi", fields=["instansi_id", "nomor"])]


class Webhook(models.Model):
    """A subscription to the feed. ``posisi`` is its cursor: everything up to it was taken by the receiver.

    Behind a wall: seen by ``pengelola`` (its owner, and whoever registered the owner's machine account) and
    nationwide administrators.
    """

    id = models.BigAutoField(primary_key=True)
    nama = models.CharField(max_length=80)
    url = models.CharField(max_length=500)
    rahasia = models.TextField(help_text="tersandi")
    pemilik_id = models.BigIntegerField(db_index=True)
    pengelola = ArrayField(models.BigIntegerField())
    instansi_ids = ArrayField(models.IntegerField(), default=list, help_text="kosong: semua")
    aktif = models.BooleanField(default=True)
    dihapus = models.DateTimeField(null=True)
    posisi = models.BigIntegerField(default=0)
    gagal_beruntun = models.IntegerField(default=0)
    coba_pada = models.DateTimeField(null=True, help_text="sesudah gagal: tidak lebih awal dari ini")
    dijeda = models.DateTimeField(null=True, help_text="berhenti sendiri setelah terlalu sering gagal")
    alasan_jeda = models.CharField(max_length=40, blank=True, default="")
    dipegang_sampai = models.DateTimeField(null=True, help_text="sedang dikirim oleh satu pekerja")
    diantre = models.DateTimeField(null=True)
    dibuat = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "webhook"
        indexes = [
            models.Index(
                name="webhook_hidup", fields=["id"], condition=Q(aktif=True, dijeda=None, dihapus=None)
            )
        ]


class WebhookKiriman(models.Model):
    """One attempt to deliver: which events, what was answered. Holds neither body nor secret."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    webhook = models.ForeignKey(Webhook, models.PROTECT, related_name="kiriman")
    nomor_dari = models.BigIntegerField()
    nomor_sampai = models.BigIntegerField()
    jumlah = models.IntegerField(help_text="peristiwa di dalamnya")
    percobaan = models.IntegerField(default=1)
    ulang = models.BooleanField(default=False, help_text="dikirim ulang dengan tangan")
    status = models.SmallIntegerField(null=True, help_text="status HTTP; kosong tanpa jawaban")
    galat = models.CharField(max_length=40, blank=True, default="")
    durasi_ms = models.IntegerField()
    coba_lagi = models.DateTimeField(null=True)
    pada = models.DateTimeField()

    class Meta:
        db_table = "webhook_kiriman"
        indexes = [models.Index(name="webhook_kiriman_urut", fields=["webhook", "-pada"])]

    @property
    def berhasil(self) -> bool:
        return self.galat == ""
