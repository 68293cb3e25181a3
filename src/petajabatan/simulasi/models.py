"""What was simulated: one row per run, one per instansi of it. Written by the owner only."""

from __future__ import annotations

from django.db import models

from petajabatan.referensi.models import Instansi


class Simulasi(models.Model):
    """A run of the national simulator."""

    class Status(models.TextChoices):
        MENGISI = "mengisi", "Sedang mengisi"
        MENUTUP = "menutup", "Sedang menutup"
        SELESAI = "selesai", "Selesai"

    id = models.AutoField(primary_key=True)
    benih = models.IntegerField()
    skala = models.FloatField()
    proses = models.SmallIntegerField()
    status = models.CharField(max_length=8, choices=Status, default=Status.MENGISI)
    mulai = models.DateTimeField(auto_now_add=True)
    selesai = models.DateTimeField(null=True)
    rencana = models.JSONField(default=list, help_text="instansi yang diisi, dengan blok id dan seri NIP-nya")
    tunda = models.JSONField(
        default=dict, help_text="indeks, aturan dan pemicu yang dipasang kembali di akhir"
    )
    isi = models.JSONField(default=dict, help_text="jumlah, waktu, sebaran dan pemeriksaan")

    class Meta:
        db_table = "simulasi"


class SimulasiInstansi(models.Model):
    """One instansi of a run: what it was given and what was made of it."""

    id = models.AutoField(primary_key=True)
    simulasi = models.ForeignKey(Simulasi, models.CASCADE, related_name="instansi")
    instansi = models.ForeignKey(Instansi, models.PROTECT, related_name="+")
    urutan = models.IntegerField()
    isi = models.JSONField(default=dict, help_text="jumlah unit, posisi, orang, cacat, detik")
    ditutup = models.DateTimeField(null=True, help_text="pohon, jumlah, sidik dan B sudah dihitung")

    class Meta:
        db_table = "simulasi_instansi"
        constraints = [
            models.UniqueConstraint(name="simulasi_instansi_tunggal", fields=["simulasi", "instansi"])
        ]
