"""Accounts and grants."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q

from petajabatan.akun.rules import LINGKUP, PERAN


class Pengguna(AbstractUser):
    """An account. What it may do comes from its grants (``Peran``), never from Django's permission rows."""

    nama = models.CharField("nama lengkap", max_length=200, blank=True, default="")
    pegawai_id = models.BigIntegerField(
        null=True, blank=True, unique=True, help_text="orang di balik akun ini, bila ASN yang tercatat"
    )
    mesin = models.BooleanField(default=False, help_text="akun aplikasi (OAuth2 client credentials)")
    dibuat_oleh_id = models.BigIntegerField(null=True, blank=True, help_text="akun yang membuatnya")
    bahasa = models.CharField(max_length=5, default="id")
    tema = models.CharField(max_length=8, default="auto")
    kabar_surel = models.BooleanField(default=True, help_text="kabar juga dikirim lewat surel")

    class Meta:
        db_table = "pengguna"


class Peran(models.Model):
    """A grant: role × scope, for a period. Ids of instansi and unor carry no foreign key on purpose:
    this app stands below the ones that own those tables."""

    pengguna = models.ForeignKey(Pengguna, models.PROTECT, related_name="peran_set")
    peran = models.CharField(max_length=60, choices=[(p.kode, p.nama) for p in PERAN.values()])
    lingkup = models.CharField(max_length=10, choices=list(LINGKUP.items()))
    instansi_id = models.IntegerField(null=True, blank=True)
    sasaran_id = models.BigIntegerField(
        null=True, blank=True, help_text="unor atau kelompok jabatan, menurut lingkup"
    )
    berlaku_dari = models.DateField()
    berlaku_sampai = models.DateField(null=True, blank=True)
    diberikan_oleh_id = models.BigIntegerField(null=True)
    dibuat = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "peran"
        constraints = [
            models.CheckConstraint(
                name="peran_lingkup_lengkap",
                condition=Q(lingkup="nasional", instansi_id=None, sasaran_id=None)
                | Q(lingkup="diri", sasaran_id=None)
                | Q(lingkup="instansi", instansi_id__isnull=False, sasaran_id=None)
                | Q(lingkup="unor", instansi_id__isnull=False, sasaran_id__isnull=False)
                | Q(lingkup="kelompok", sasaran_id__isnull=False),
            ),
            models.CheckConstraint(
                name="peran_masa_wajar",
                condition=Q(berlaku_sampai=None) | Q(berlaku_sampai__gte=F("berlaku_dari")),
            ),
            models.UniqueConstraint(
                name="peran_tunggal",
                fields=["pengguna", "peran", "lingkup", "instansi_id", "sasaran_id", "berlaku_dari"],
                nulls_distinct=False,
            ),
        ]
