"""People, their post history and the counts computed from them.

Only what the product needs is stored: no NIK, religion, phone or address.
"""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from petajabatan.jabatan.models import Posisi
from petajabatan.organisasi.models import Unor
from petajabatan.referensi.models import (
    Diklat,
    Instansi,
    Jabatan,
    Pendidikan,
    Sertifikasi,
    TingkatPendidikan,
)


class JenisPegawai(models.TextChoices):
    PNS = "PNS", "PNS"
    CPNS = "CPNS", "CPNS"
    PPPK = "PPPK", "PPPK"
    PPPK_PW = "PPPK-PW", "PPPK paruh waktu"
    LAIN = "LAIN", "Lainnya"


class Pegawai(models.Model):
    id = models.BigAutoField(primary_key=True)
    instansi = models.ForeignKey(Instansi, models.PROTECT, related_name="+")
    nip = models.CharField(max_length=18, unique=True)
    id_siasn = models.CharField(max_length=42, null=True, unique=True)
    nama = models.CharField(max_length=200)
    gelar_depan = models.CharField(max_length=40, blank=True, default="")
    gelar_belakang = models.CharField(max_length=80, blank=True, default="")
    tanggal_lahir = models.DateField(null=True)
    jenis_kelamin = models.CharField(max_length=1, null=True, help_text="L atau P")
    jenis = models.CharField(max_length=8, choices=JenisPegawai)
    kedudukan_hukum = models.CharField(max_length=4, help_text="kode SIASN; 01 aktif")
    golongan = models.CharField(max_length=6, blank=True, default="", help_text="III/a atau IX")
    tmt_golongan = models.DateField(null=True)
    mk_tahun = models.SmallIntegerField(null=True)
    mk_bulan = models.SmallIntegerField(null=True)
    tmt_cpns = models.DateField(null=True)
    tmt_pns = models.DateField(null=True)
    tingkat_pendidikan = models.ForeignKey(TingkatPendidikan, models.PROTECT, null=True, related_name="+")
    pendidikan = models.ForeignKey(Pendidikan, models.PROTECT, null=True, related_name="+")
    tahun_lulus = models.SmallIntegerField(null=True)
    sintetis = models.BooleanField(default=False, help_text="orang buatan untuk demo dan simulasi")
    diperbarui = models.DateTimeField(auto_now=True)

    class Meta:
        db_table = "pegawai"
        constraints = [
            models.CheckConstraint(name="pegawai_nip_18_angka", condition=Q(nip__regex=r"^[0-9]{18}$")),
            models.CheckConstraint(
                name="pegawai_jenis", condition=Q(jenis__in=["PNS", "CPNS", "PPPK", "PPPK-PW", "LAIN"])
            ),
        ]
        # Search by name: generated column "kata" with its own index, sql/0005_cari.sql.
        indexes = [models.Index(fields=["instansi"])]


class RiwayatJabatan(models.Model):
    """One assignment of a person: which post on which unit, from–to, of which kind.

    ``posisi`` is the box of the map (null when none fits, or for service before the map existed); unor and
    jabatan stay named even then, so that no reorganisation and no acting post loses a trace of service.
    ``jenis`` follows SIASN's jenisPenugasan: D definitif, TT tugas tambahan, PLT, PLH, PJ. A row of kind X
    was taken back before it began (or moved on as a whole): kept as a trace, shown and counted nowhere.
    """

    class Jenis(models.TextChoices):
        DEFINITIF = "D", "Definitif"
        TUGAS_TAMBAHAN = "TT", "Tugas tambahan"
        PLT = "PLT", "Pelaksana tugas"
        PLH = "PLH", "Pelaksana harian"
        PJ = "PJ", "Penjabat"
        BATAL = "X", "Dibatalkan"

    id = models.BigAutoField(primary_key=True)
    pegawai = models.ForeignKey(Pegawai, models.PROTECT, related_name="riwayat_jabatan")
    instansi = models.ForeignKey(Instansi, models.PROTECT, related_name="+")
    posisi = models.ForeignKey(Posisi, models.PROTECT, null=True, related_name="+")
    unor = models.ForeignKey(Unor, models.PROTECT, null=True, related_name="+")
    jabatan = models.ForeignKey(Jabatan, models.PROTECT, null=True, related_name="+")
    nama_unor = models.CharField(max_length=250, blank=True, default="")
    nama_jabatan = models.CharField(max_length=250, blank=True, default="")
    masa = DateRangeField(help_text="dari (termasuk) sampai (tidak termasuk)")
    jenis = models.CharField(max_length=3, choices=Jenis, default=Jenis.DEFINITIF)
    sementara = models.BooleanField(default=False, help_text="penempatan sementara menunggu pengukuhan")
    sumber = models.CharField(max_length=80, blank=True, default="")

    class Meta:
        db_table = "riwayat_jabatan"
        constraints = [
            ExclusionConstraint(
                name="satu_kursi_definitif_per_hari",
                expressions=[("pegawai", RangeOperators.EQUAL), ("masa", RangeOperators.OVERLAPS)],
                condition=Q(jenis="D"),
            ),
            models.CheckConstraint(
                name="riwayat_jenis", condition=Q(jenis__in=["D", "TT", "PLT", "PLH", "PJ", "X"])
            ),
            models.CheckConstraint(name="riwayat_masa_isi", condition=Q(masa__isempty=False)),
        ]
        indexes = [
            models.Index(fields=["posisi"]),
            models.Index(fields=["instansi", "unor"]),
        ]


class PegawaiDiklat(models.Model):
    """A training somebody has finished, as the record of SIASN names it (rw-diklat, rw-kursus).

    ``diklat`` is null where our list does not have it; ``instansi`` is that of the person and moves along.
    """

    id = models.BigAutoField(primary_key=True)
    pegawai = models.ForeignKey(Pegawai, models.PROTECT, related_name="riwayat_diklat")
    instansi = models.ForeignKey(Instansi, models.PROTECT, related_name="+")
    diklat = models.ForeignKey(Diklat, models.PROTECT, null=True, related_name="+", db_index=False)
    id_siasn = models.CharField(max_length=42, null=True, unique=True)
    nama = models.CharField(max_length=300)
    penyelenggara = models.CharField(max_length=200, blank=True, default="")
    tanggal = models.DateField(null=True, help_text="hari selesai")
    tahun = models.SmallIntegerField(null=True)
    jam = models.IntegerField(null=True, help_text="jam pelajaran")
    sumber = models.CharField(max_length=80, blank=True, default="")

    class Meta:
        db_table = "pegawai_diklat"


class PegawaiSertifikasi(models.Model):
    """A certificate somebody holds (SIASN's sertifikasi). Without ``berlaku_sampai`` it does not expire."""

    id = models.BigAutoField(primary_key=True)
    pegawai = models.ForeignKey(Pegawai, models.PROTECT, related_name="riwayat_sertifikasi")
    instansi = models.ForeignKey(Instansi, models.PROTECT, related_name="+")
    sertifikasi = models.ForeignKey(Sertifikasi, models.PROTECT, null=True, related_name="+", db_index=False)
    id_siasn = models.CharField(max_length=42, null=True, unique=True)
    nama = models.CharField(max_length=300)
    nomor = models.CharField(max_length=100, blank=True, default="")
    lembaga = models.CharField(max_length=200, blank=True, default="")
    tanggal = models.DateField(null=True)
    berlaku_sampai = models.DateField(null=True, help_text="hari terakhir berlaku")
    sumber = models.CharField(max_length=80, blank=True, default="")

    class Meta:
        db_table = "pegawai_sertifikasi"


class Pengukuhan(models.Model):
    """A row of the daftar pengukuhan: one assignment whose seat a published version ended.

    ``*_lama`` is where the person sat, in the words of that day; ``*_baru`` the provisional (later: final)
    place. Without ``posisi_baru`` she is left without a seat and ``sebab`` says why; without ``unor_baru``
    there is no new assignment either. ``sampai_lama`` is when the old assignment would have ended (null:
    open), for taking a scheduled version back. ``nip`` and ``nama`` are as at publishing, because the list is
    an annex of letters and its receiving side may not read the person yet.
    """

    class Status(models.TextChoices):
        MENUNGGU = "menunggu", "Menunggu pengukuhan"
        DIKUKUHKAN = "dikukuhkan", "Dikukuhkan"
        BATAL = "batal", "Dibatalkan"

    class Sebab(models.TextChoices):
        ADA_KURSI = "", "Mendapat kursi"
        TANPA_KOTAK = "tanpa-kotak", "Unit pengganti tidak mempunyai kotak yang ditunjuk"
        KURSI_TERISI = "kursi-terisi", "Kursi pimpinan pengganti sudah ada pemegangnya"
        TANPA_PENGGANTI = "tanpa-pengganti", "Tidak ada unit pengganti"

    id = models.BigAutoField(primary_key=True)
    instansi = models.ForeignKey(Instansi, models.PROTECT, related_name="+", db_index=False)
    versi = models.IntegerField(help_text="versi peta instansi yang mengakhiri kursi lama")
    usulan_id = models.BigIntegerField(null=True)
    berlaku = models.DateField()
    pegawai = models.ForeignKey(Pegawai, models.PROTECT, related_name="+")
    nip = models.CharField(max_length=18)
    nama = models.CharField(max_length=330)
    jenis = models.CharField(max_length=3, help_text="jenis penugasan yang dipindahkan")
    riwayat_lama = models.ForeignKey(RiwayatJabatan, models.PROTECT, related_name="+")
    riwayat_baru = models.ForeignKey(RiwayatJabatan, models.PROTECT, null=True, related_name="+")
    sampai_lama = models.DateField(null=True)
    unor_lama = models.ForeignKey(Unor, models.PROTECT, null=True, related_name="+", db_index=False)
    posisi_lama = models.ForeignKey(Posisi, models.PROTECT, null=True, related_name="+", db_index=False)
    nama_unor_lama = models.CharField(max_length=250, blank=True, default="")
    nama_jabatan_lama = models.CharField(max_length=250, blank=True, default="")
    kelas_lama = models.SmallIntegerField(null=True)
    k_lama = models.IntegerField(null=True, help_text="orang")
    instansi_baru = models.ForeignKey(Instansi, models.PROTECT, related_name="+", db_index=False)
    unor_baru = models.ForeignKey(Unor, models.PROTECT, null=True, related_name="+", db_index=False)
    posisi_baru = models.ForeignKey(Posisi, models.PROTECT, null=True, related_name="+", db_index=False)
    nama_unor_baru = models.CharField(max_length=250, blank=True, default="")
    nama_jabatan_baru = models.CharField(max_length=250, blank=True, default="")
    kelas_baru = models.SmallIntegerField(null=True)
    k_baru = models.IntegerField(null=True, help_text="orang")
    sebab = models.CharField(max_length=16, choices=Sebab, blank=True, default="")
    status = models.CharField(max_length=10, choices=Status, default=Status.MENUNGGU)
    nomor_sk = models.CharField(max_length=100, blank=True, default="")
    tanggal_sk = models.DateField(null=True)
    dikukuhkan_oleh = models.CharField(max_length=200, blank=True, default="")
    pada = models.DateTimeField(null=True, help_text="kapan pengukuhan dicatat")
    digantikan = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="+", help_text="baris versi berikut yang menggantikan"
    )

    class Meta:
        db_table = "pengukuhan"
        constraints = [
            models.CheckConstraint(
                name="pengukuhan_status", condition=Q(status__in=["menunggu", "dikukuhkan", "batal"])
            ),
            models.CheckConstraint(
                name="pengukuhan_bernomor",
                condition=~Q(status="dikukuhkan")
                | (~Q(nomor_sk="") & Q(tanggal_sk__isnull=False) & Q(riwayat_baru__isnull=False)),
            ),
            models.CheckConstraint(
                name="pengukuhan_tanpa_kursi", condition=Q(posisi_baru__isnull=False) | ~Q(sebab="")
            ),
            models.UniqueConstraint(
                name="pengukuhan_tunggal", fields=["riwayat_lama"], condition=~Q(status="batal")
            ),
        ]
        indexes = [
            models.Index(fields=["instansi", "versi"]),
            models.Index(fields=["instansi_baru"]),
        ]


class KebijakanBezetting(models.Model):
    """Who counts for B, as dated data; sources in docs/bezetting.md."""

    id = models.AutoField(primary_key=True)
    berlaku_dari = models.DateField(unique=True)
    jenis_dihitung = models.JSONField(help_text="jenis pegawai yang masuk B")
    jenis_terpisah = models.JSONField(help_text="jenis pegawai yang dicatat terpisah")
    kedudukan_aktif = models.JSONField(help_text="kode kedudukan hukum yang dianggap aktif")
    sumber = models.CharField(max_length=200)

    class Meta:
        db_table = "kebijakan_bezetting"


class BezettingPosisi(models.Model):
    """B of a box today. Counts only, so that the map can be read by everyone without personal data."""

    posisi = models.OneToOneField(Posisi, models.PROTECT, primary_key=True, related_name="+")
    instansi = models.ForeignKey(Instansi, models.PROTECT, related_name="+")
    b = models.IntegerField(default=0)
    pns = models.IntegerField(default=0)
    cpns = models.IntegerField(default=0)
    pppk = models.IntegerField(default=0)
    paruh_waktu = models.IntegerField(default=0)
    sementara = models.IntegerField(default=0)

    class Meta:
        db_table = "bezetting_posisi"


class BezettingUnor(models.Model):
    """B of a unit today: its own boxes (``b_sendiri``), its whole subtree (``b``) and people on the unit
    without a box (``tanpa_posisi``, own unit; ``tanpa_posisi_bawah`` subtree)."""

    unor = models.OneToOneField(Unor, models.PROTECT, primary_key=True, related_name="+")
    instansi = models.ForeignKey(Instansi, models.PROTECT, related_name="+")
    b_sendiri = models.IntegerField(default=0)
    b = models.IntegerField(default=0)
    paruh_waktu = models.IntegerField(default=0)
    tanpa_posisi = models.IntegerField(default=0)
    tanpa_posisi_bawah = models.IntegerField(default=0)

    class Meta:
        db_table = "bezetting_unor"


class RingkasanInstansi(models.Model):
    """One row per instansi with a map: the figures of the instansi list, and the B stamp for ETags."""

    instansi = models.OneToOneField(Instansi, models.PROTECT, primary_key=True, related_name="ringkasan")
    versi = models.IntegerField()
    n_unor = models.IntegerField(default=0)
    n_posisi = models.IntegerField(default=0)
    k = models.BigIntegerField(default=0)
    b = models.BigIntegerField(default=0)
    n_pegawai = models.IntegerField(default=0)
    stempel = models.BigIntegerField(default=0, help_text="naik setiap kali B dihitung ulang")
    dihitung_pada = models.DateTimeField(null=True)
    b_hari = models.DateField(null=True, help_text="hari yang B-nya tersimpan")

    class Meta:
        db_table = "ringkasan_instansi"


class PindahTertunda(models.Model):
    """Somebody in the file of one instansi who sits in another: reported to both, never taken over
    silently."""

    id = models.BigAutoField(primary_key=True)
    pegawai = models.ForeignKey(Pegawai, models.PROTECT, related_name="+")
    instansi_asal = models.ForeignKey(Instansi, models.PROTECT, related_name="+")
    instansi_tujuan = models.ForeignKey(Instansi, models.PROTECT, related_name="+")
    pekerjaan_id = models.UUIDField(null=True)
    dibuat = models.DateTimeField(auto_now_add=True)
    selesai = models.DateTimeField(null=True)

    class Meta:
        db_table = "pindah_tertunda"
        constraints = [
            models.UniqueConstraint(
                name="pindah_tertunda_tunggal",
                fields=["pegawai", "instansi_tujuan"],
                condition=Q(selesai=None),
            )
        ]
