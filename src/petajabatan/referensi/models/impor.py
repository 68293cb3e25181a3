"""What is known about the imports themselves: what was read, what was refused, which defects were found."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Now

__all__ = ["ImporReferensi", "KataReferensi", "TemuanReferensi", "TolakanReferensi"]


class ImporReferensi(models.Model):
    """One import of one file. ``sidik`` lets an interrupted or repeated import pass over what is done.

    Counts are rows of the file, except ``hilang``: rows of the list that this file no longer has.
    """

    id = models.BigAutoField(primary_key=True)
    daftar = models.CharField(max_length=60, db_index=True)
    berkas = models.CharField(max_length=120, db_index=True)
    sidik = models.CharField(max_length=64, help_text="sha256 isi berkas dan keadaan daftar yang diacunya")
    isi_sha256 = models.CharField(max_length=64)
    bawaan = models.BooleanField(default=False, help_text="berkas bawaan produk")
    aktor = models.CharField(max_length=80, blank=True, default="")
    pada = models.DateTimeField(db_default=Now())
    dibaca = models.IntegerField(default=0)
    ditambah = models.IntegerField(default=0)
    berubah = models.IntegerField(default=0)
    tetap = models.IntegerField(default=0)
    ditolak = models.IntegerField(default=0)
    dilewati = models.IntegerField(default=0, help_text="baris yang memang bukan bagian daftar ini")
    hilang = models.IntegerField(default=0)
    detik = models.FloatField(default=0)

    class Meta:
        db_table = "impor_referensi"


class TolakanReferensi(models.Model):
    """A row of an official file that could not be taken, kept whole with the reason."""

    id = models.BigAutoField(primary_key=True)
    berkas = models.CharField(max_length=120)
    sidik = models.CharField(max_length=64, help_text="sha256 isi baris, agar impor ulang tidak menggandakan")
    baris = models.IntegerField()
    isi = models.JSONField()
    alasan = models.TextField()
    aktif = models.BooleanField(default=True, help_text="masih tertolak pada impor terakhir berkas ini")
    pertama = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "tolakan_referensi"
        constraints = [models.UniqueConstraint(name="tolakan_unik", fields=["berkas", "sidik"])]


class TemuanReferensi(models.Model):
    """A defect of the official data that was taken as it is (null name, BUP 0, one name with several ids)."""

    id = models.BigAutoField(primary_key=True)
    daftar = models.CharField(max_length=60, db_index=True)
    kode = models.CharField(max_length=60)
    tingkat = models.CharField(max_length=12, default="peringatan")
    kunci = models.CharField(max_length=120)
    kalimat = models.TextField()
    perbaikan = models.TextField(blank=True, default="")
    isi = models.JSONField(default=dict)
    pertama = models.DateTimeField(db_default=Now())
    aktif = models.BooleanField(default=True)

    class Meta:
        db_table = "temuan_referensi"
        constraints = [models.UniqueConstraint(name="temuan_ref_unik", fields=["daftar", "kode", "kunci"])]


class KataReferensi(models.Model):
    """The words of a large list with the number of names they occur in: where mistyped words are looked up.

    A word no name has any more stays; it merely finds nothing.
    """

    id = models.AutoField(primary_key=True)
    daftar = models.CharField(max_length=60)
    kata = models.CharField(max_length=40)
    n = models.IntegerField()

    class Meta:
        db_table = "kata_referensi"
        constraints = [models.UniqueConstraint(name="kata_referensi_kunci", fields=["daftar", "kata"])]
        indexes = [GinIndex(name="kata_referensi_trgm", fields=["kata"], opclasses=["gin_trgm_ops"])]
