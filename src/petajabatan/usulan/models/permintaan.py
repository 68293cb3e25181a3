"""Requests that carried an Idempotency-Key, with their answers."""

from __future__ import annotations

from django.db import models


class PermintaanUsulan(models.Model):
    """One answered request: asked again with the same key before ``kedaluwarsa``, it gets this answer.

    ``sidik`` is the hash of what was asked. Written in the transaction that did it, so that an answer is kept
    exactly when its effect is. Read by its own account only (row-level security).
    """

    id = models.BigAutoField(primary_key=True)
    akun_id = models.BigIntegerField()
    kunci = models.CharField(max_length=128)
    sidik = models.CharField(max_length=64, help_text="SHA-256 dari metode, alamat, dan isi")
    status = models.SmallIntegerField(null=True, help_text="status HTTP; kosong selama dikerjakan")
    isi = models.TextField(blank=True, default="")
    kepala = models.JSONField(default=dict)
    dibuat = models.DateTimeField()
    kedaluwarsa = models.DateTimeField()

    class Meta:
        db_table = "usulan_permintaan"
        constraints = [
            models.UniqueConstraint(name="usulan_permintaan_tunggal", fields=["akun_id", "kunci"]),
        ]
