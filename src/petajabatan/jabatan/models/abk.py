"""What an instansi has decided for all its ABK sheets."""

from __future__ import annotations

from django.db import models

from petajabatan.referensi.models import Instansi


class PilihanPembulatan(models.Model):
    """The rounding policy an instansi has chosen from a day on ("": the default of each kind of post).

    Append-only: a later row takes over from its day; of the same day the one made last. Structural posts
    keep one seat whatever is chosen.
    """

    id = models.BigAutoField(primary_key=True)
    instansi = models.ForeignKey(Instansi, models.PROTECT, related_name="+", db_index=False)
    berlaku = models.DateField(help_text="hari pertama berlaku")
    kebijakan = models.CharField(max_length=40, blank=True, default="", help_text="kode; kosong: bawaan")
    alasan = models.CharField(max_length=400)
    oleh_id = models.BigIntegerField(null=True)
    oleh = models.CharField(max_length=200, blank=True, default="")
    pada = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "pilihan_pembulatan"
        indexes = [models.Index(fields=["instansi", "-berlaku", "-id"], name="pilihan_pembulatan_hari")]
        constraints = [
            models.CheckConstraint(name="pilihan_beralasan", condition=~models.Q(alasan="")),
        ]
