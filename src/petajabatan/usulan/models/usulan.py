"""An usulan, and the bundle that ties the usulan of several instansi together."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from petajabatan.referensi.models import Instansi


class Lintas(models.Model):
    """A change across instansi (a split or merge of ministries, an urusan that moves): its usulan are
    published together or not at all. Each side approves its own."""

    id = models.BigAutoField(primary_key=True)
    judul = models.CharField(max_length=200)
    dibuat_oleh_id = models.BigIntegerField(null=True)
    dibuat = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "usulan_lintas"


class Usulan(models.Model):
    """A proposed change of one instansi's map.

    ``revisi`` counts every change of the draft; ``dasar_versi`` is the published version it stands on;
    ``cabang_id`` narrows it to one unit and what is below (an operator with a subtree scope works there);
    ``tumpukan_ulang`` holds the groups of operations that can be redone, the next one last.
    """

    class Jenis(models.TextChoices):
        MENYELURUH = "menyeluruh", "Perubahan menyeluruh"
        SEBAGIAN = "sebagian", "Perubahan sebagian"
        INJEKSI = "injeksi", "Injeksi OTK"
        LINTAS = "lintas", "Lintas instansi"
        PEMBATALAN = "pembatalan", "Pembatalan versi terjadwal"

    class Layanan(models.TextChoices):
        SOTK = "sotk", "SOTK dan peta jabatan"
        INFOJAB = "infojab", "Informasi jabatan"

    class Status(models.TextChoices):
        DRAF = "draf", "Draf"
        MENUNGGU = "menunggu_persetujuan", "Menunggu persetujuan instansi"
        DIAJUKAN = "diajukan", "Diajukan ke BKN"
        DIVERIFIKASI = "diverifikasi", "Sedang diverifikasi"
        PERBAIKAN = "perbaikan", "Perlu perbaikan"
        DISETUJUI = "disetujui", "Disetujui BKN"
        DITETAPKAN = "ditetapkan", "Ditetapkan"
        DITOLAK = "ditolak", "Ditolak"
        DIBATALKAN = "dibatalkan", "Dibatalkan"

    id = models.BigAutoField(primary_key=True)
    instansi = models.ForeignKey(Instansi, models.PROTECT, related_name="+")
    layanan = models.CharField(max_length=10, choices=Layanan, default=Layanan.SOTK)
    jenis = models.CharField(max_length=12, choices=Jenis, default=Jenis.SEBAGIAN)
    judul = models.CharField(max_length=200)
    keterangan = models.TextField(blank=True, default="")
    status = models.CharField(max_length=24, choices=Status, default=Status.DRAF)
    cabang_id = models.BigIntegerField(null=True, help_text="unor yang membatasi usulan; kosong: seluruhnya")
    dasar_versi = models.IntegerField()
    revisi = models.IntegerField(default=0)
    tumpukan_ulang = models.JSONField(default=list)
    lintas = models.ForeignKey(Lintas, models.PROTECT, null=True, related_name="usulan")
    dasar_hukum_id = models.BigIntegerField(null=True, help_text="dasar hukum baku bagi operasinya")
    berlaku_diminta = models.DateField(null=True)
    kabari_pegawai = models.BooleanField(
        default=False, help_text="kabari pegawai yang kursinya tersentuh sebelum ditetapkan"
    )
    verifikator_id = models.BigIntegerField(null=True)
    pemeriksa_kedua_id = models.BigIntegerField(null=True, help_text="mata kedua bagi perubahan besar")
    tenggat = models.DateField(null=True, help_text="batas waktu tahap sekarang")
    status_sejak = models.DateTimeField(auto_now_add=True)
    dibuat_oleh_id = models.BigIntegerField(null=True)
    dibuat_oleh = models.CharField(max_length=200, blank=True, default="")
    dibuat = models.DateTimeField(auto_now_add=True)
    diubah = models.DateTimeField(auto_now=True)
    kunci = models.CharField(max_length=80, null=True, help_text="kunci idempotensi pembuatannya")
    versi_terbit = models.IntegerField(null=True)
    berlaku = models.DateField(null=True, help_text="tanggal berlaku versi yang diterbitkan")

    class Meta:
        db_table = "usulan"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="usulan_status_dikenal",
                condition=Q(
                    status__in=[
                        "draf", "menunggu_persetujuan", "diajukan", "diverifikasi", "perbaikan",
                        "disetujui", "ditetapkan", "ditolak", "dibatalkan",
                    ]
                ),
            ),
            models.CheckConstraint(
                name="usulan_terbit_bila_ditetapkan",
                condition=Q(status="ditetapkan", versi_terbit__isnull=False, berlaku__isnull=False)
                | (~Q(status="ditetapkan") & Q(versi_terbit=None)),
            ),
            models.UniqueConstraint(
                name="usulan_kunci_tunggal",
                fields=["dibuat_oleh_id", "kunci"],
                condition=Q(kunci__isnull=False),
            ),
            models.UniqueConstraint(
                name="usulan_satu_per_versi",
                fields=["instansi", "versi_terbit"],
                condition=Q(versi_terbit__isnull=False),
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["instansi", "status"]),
            models.Index(fields=["status", "status_sejak"]),
        ]

    def __str__(self) -> str:
        return f"{self.nomor} {self.judul}"

    @property
    def nomor(self) -> str:
        """How people call it."""
        return f"U-{self.pk:06d}"
