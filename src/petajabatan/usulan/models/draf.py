"""The content of an usulan: its operations (append-only) and, for every touched object, before and after."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from petajabatan.inti.models import Berkas
from petajabatan.usulan.models.usulan import Usulan


class Operasi(models.Model):
    """One operation as it was made. ``kelompok`` binds the parts of one action (undone together);
    ``membatalkan`` is the group that an undo or redo concerns; ``aktif`` is false while it is undone.
    ``perubahan`` are its steps (rules.objek.perubahan_to_json)."""

    id = models.BigAutoField(primary_key=True)
    usulan = models.ForeignKey(Usulan, models.PROTECT, related_name="operasi")
    instansi_id = models.IntegerField()
    nomor = models.IntegerField(help_text="urutan dalam usulan")
    kelompok = models.IntegerField()
    jenis = models.CharField(max_length=20)
    aturan = models.CharField(max_length=1, blank=True, default="")
    isi = models.JSONField()
    perubahan = models.JSONField()
    ringkas = models.CharField(max_length=400, blank=True, default="")
    dasar_hukum_id = models.BigIntegerField(null=True)
    pasal = models.CharField(max_length=60, blank=True, default="")
    alasan = models.TextField(blank=True, default="")
    bukti = models.ForeignKey(Berkas, models.PROTECT, null=True, related_name="+")
    membatalkan = models.IntegerField(null=True)
    aktif = models.BooleanField(default=True)
    oleh_id = models.BigIntegerField(null=True)
    oleh = models.CharField(max_length=200, blank=True, default="")
    pada = models.DateTimeField(auto_now_add=True)
    kunci = models.CharField(max_length=80, null=True, help_text="kunci idempotensi permintaannya")

    class Meta:
        db_table = "usulan_operasi"
        constraints = [
            models.UniqueConstraint(name="operasi_nomor_tunggal", fields=["usulan", "nomor"]),
        ]
        indexes = [
            models.Index(
                fields=["usulan", "kelompok"], name="operasi_aktif", condition=Q(aktif=True, membatalkan=None)
            ),
            models.Index(fields=["usulan", "kunci"], name="operasi_kunci", condition=Q(kunci__isnull=False)),
        ]


class _Sentuhan(models.Model):
    """A touched object: ``sebelum`` is what the base version says (null: nothing), ``sesudah`` what the
    draft says (null: removed), ``penerus`` the successors of a removed one, ``revisi`` and ``oleh`` its last
    change."""

    id = models.BigAutoField(primary_key=True)
    instansi_id = models.IntegerField()
    sebelum = models.JSONField(null=True)
    sesudah = models.JSONField(null=True)
    penerus = ArrayField(models.BigIntegerField(), default=list)
    revisi = models.IntegerField()
    oleh = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        abstract = True


class UsulanUnor(_Sentuhan):
    """A touched unit. Generated columns ``atasan_lama`` and ``atasan_baru`` are added in SQL."""

    usulan = models.ForeignKey(Usulan, models.PROTECT, related_name="+", db_index=False)
    unor_id = models.BigIntegerField()

    class Meta:
        db_table = "usulan_unor"
        constraints = [models.UniqueConstraint(name="usulan_unor_tunggal", fields=["usulan", "unor_id"])]


class UsulanPosisi(_Sentuhan):
    """A touched box. Generated columns ``unor_lama`` and ``unor_baru`` are added in SQL."""

    usulan = models.ForeignKey(Usulan, models.PROTECT, related_name="+", db_index=False)
    posisi_id = models.BigIntegerField()

    class Meta:
        db_table = "usulan_posisi"
        constraints = [models.UniqueConstraint(name="usulan_posisi_tunggal", fields=["usulan", "posisi_id"])]


class UsulanIsian(_Sentuhan):
    """A touched section of an informasi jabatan, or ABK sheet of a box; ``penerus`` stays empty."""

    usulan = models.ForeignKey(Usulan, models.PROTECT, related_name="+", db_index=False)
    isian_id = models.BigIntegerField()

    class Meta:
        db_table = "usulan_isian"
        constraints = [models.UniqueConstraint(name="usulan_isian_tunggal", fields=["usulan", "isian_id"])]


class UsulanTotal(models.Model):
    """What the draft adds to the totals of a unit's subtree."""

    id = models.BigAutoField(primary_key=True)
    usulan = models.ForeignKey(Usulan, models.PROTECT, related_name="+", db_index=False)
    instansi_id = models.IntegerField()
    unor_id = models.BigIntegerField()
    k = models.BigIntegerField(default=0)
    b = models.BigIntegerField(default=0)
    n_posisi = models.IntegerField(default=0)
    n_unor = models.IntegerField(default=0)

    class Meta:
        db_table = "usulan_total"
        constraints = [models.UniqueConstraint(name="usulan_total_tunggal", fields=["usulan", "unor_id"])]


class TemuanUsulan(models.Model):
    """A finding of the draft as it stands. ``bawaan``: the published map has it too."""

    id = models.BigAutoField(primary_key=True)
    usulan = models.ForeignKey(Usulan, models.PROTECT, related_name="temuan", db_index=False)
    instansi_id = models.IntegerField()
    objek = models.CharField(max_length=8)
    objek_id = models.BigIntegerField()
    kode = models.CharField(max_length=60)
    tingkat = models.CharField(max_length=12)
    kalimat = models.TextField()
    perbaikan = models.TextField()
    tempat = models.CharField(max_length=600, blank=True, default="")
    kolom = models.CharField(max_length=80, blank=True, default="")
    nilai = models.CharField(max_length=400, blank=True, default="")
    bawaan = models.BooleanField(default=False)

    class Meta:
        db_table = "usulan_temuan"
        indexes = [
            models.Index(fields=["usulan", "objek", "objek_id"]),
            models.Index(fields=["usulan", "tingkat"]),
        ]


class KonflikUsulan(models.Model):
    """A column that this draft and a version published meanwhile both changed. Once decided it stays so."""

    id = models.BigAutoField(primary_key=True)
    usulan = models.ForeignKey(Usulan, models.PROTECT, related_name="konflik", db_index=False)
    instansi_id = models.IntegerField()
    objek = models.CharField(max_length=8)
    objek_id = models.BigIntegerField()
    kolom = models.CharField(max_length=30)
    versi = models.IntegerField(help_text="versi terbit yang membawa nilainya")
    dasar = models.JSONField(null=True)
    milik_usulan = models.JSONField(null=True)
    milik_terbit = models.JSONField(null=True)
    keputusan = models.CharField(max_length=8, blank=True, default="", help_text="usulan atau terbit")
    diputus_oleh = models.CharField(max_length=200, blank=True, default="")
    diputus_pada = models.DateTimeField(null=True)

    class Meta:
        db_table = "usulan_konflik"
        constraints = [
            models.UniqueConstraint(
                name="usulan_konflik_tunggal", fields=["usulan", "objek", "objek_id", "kolom", "versi"]
            ),
            models.CheckConstraint(
                name="usulan_konflik_keputusan", condition=Q(keputusan__in=["", "usulan", "terbit"])
            ),
        ]
