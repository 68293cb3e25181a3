"""Reference lists that only the importer, the reference pages and formulas use."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from petajabatan.referensi.models.pokok import (
    Acuan,
    Eselon,
    Instansi,
    Jabatan,
    Jenjang,
    KelompokJabatan,
    by_name,
    trigram,
)

__all__ = [
    "AturanBUP",
    "DaftarSiasn",
    "Diklat",
    "FaktorKelas",
    "GajiPokok",
    "KamusJabatanFungsional",
    "KamusKompetensi",
    "KelasNasional",
    "KodeSyarat",
    "Kompetensi",
    "LevelKompetensi",
    "Lokasi",
    "NilaiKelas",
    "NomenklaturPelaksana",
    "PadananWilayah",
    "RentangKelas",
    "SatuanKerja",
    "Sertifikasi",
    "SubJabatan",
    "Tunjangan",
]


class Lokasi(Acuan):
    """SIASN's own region list (file ``kabupaten``), all levels; apart from Kemendagri's ``Wilayah``."""

    id = models.AutoField(primary_key=True)
    id_siasn = models.CharField(max_length=42, unique=True)
    induk_siasn = models.CharField(max_length=42, null=True)
    nama = models.CharField(max_length=160, null=True)
    jenis = models.CharField(max_length=2, help_text="NG, P, KA, KB, KC, DE")

    class Meta:
        db_table = "lokasi"
        indexes = [*trigram("lokasi"), by_name("lokasi_urut")]


class SubJabatan(Acuan):
    id = models.AutoField(primary_key=True)
    id_siasn = models.CharField(max_length=42, unique=True)
    kelompok = models.ForeignKey(KelompokJabatan, models.PROTECT, null=True, related_name="+")
    nama = models.CharField(max_length=250)
    status = models.CharField(max_length=4, null=True)

    class Meta:
        db_table = "sub_jabatan"
        indexes = [*trigram("sub_jabatan"), by_name("sub_jabatan_urut")]


class SatuanKerja(Acuan):
    id = models.AutoField(primary_key=True)
    id_siasn = models.CharField(max_length=42, unique=True)
    nama = models.CharField(max_length=250)
    instansi = models.ForeignKey(Instansi, models.PROTECT, null=True, related_name="+")
    instansi_siasn = models.CharField(max_length=42, null=True, help_text="id asal, juga bila tak dikenal")

    class Meta:
        db_table = "satuan_kerja"
        indexes = trigram("satuan_kerja")


class Diklat(Acuan):
    """Training: jenis diklat, kursus and latihan struktural of SIASN in one list, told apart by ``jenis``."""

    id = models.AutoField(primary_key=True)
    jenis = models.CharField(max_length=20, help_text="jenis-diklat, kursus, struktural")
    kunci = models.CharField(max_length=42)
    nama = models.CharField(max_length=300)
    kode_cepat = models.CharField(max_length=30, null=True)
    golongan = models.CharField(max_length=4, null=True, help_text="T teknis, P penjenjangan, F fungsional")

    class Meta:
        db_table = "diklat"
        constraints = [models.UniqueConstraint(name="diklat_kunci", fields=["jenis", "kunci"])]
        indexes = trigram("diklat")


class Sertifikasi(Acuan):
    """A certificate of competence: who issues it and how long it holds."""

    id = models.AutoField(primary_key=True)
    kode = models.CharField(max_length=40, unique=True)
    nama = models.CharField(max_length=250)
    bidang = models.CharField(max_length=80, blank=True, default="")
    lembaga = models.CharField(
        max_length=200, null=True, help_text="lembaga penerbit; null = belum diketahui"
    )
    masa_berlaku_bulan = models.SmallIntegerField(null=True, help_text="null = belum diketahui")

    class Meta:
        db_table = "sertifikasi"
        indexes = trigram("sertifikasi")


class Kompetensi(Acuan):
    id = models.AutoField(primary_key=True)
    kode = models.CharField(max_length=42, unique=True)
    nama = models.CharField(max_length=200)
    jenis = models.CharField(max_length=20, blank=True, default="", help_text="manajerial, sosio-kultural, …")

    class Meta:
        db_table = "kompetensi"


class KamusKompetensi(Acuan):
    """The dictionary of competencies that standards of jabatan refer to: 8 manajerial and 1 sosio-kultural
    (PermenPANRB 38/2017), and any number of teknis ones. ``Kompetensi`` is SIASN's older list of names."""

    id = models.AutoField(primary_key=True)
    kode = models.CharField(max_length=42, unique=True)
    jenis = models.CharField(
        max_length=16,
        choices=[(k, k) for k in ("manajerial", "sosio-kultural", "teknis")],
        help_text="manajerial, sosio-kultural, teknis",
    )
    nama = models.CharField(max_length=200)
    definisi = models.TextField(null=True, help_text="null = belum ada sumber")
    urutan = models.SmallIntegerField(default=0)

    class Meta:
        db_table = "kamus_kompetensi"
        constraints = [
            models.CheckConstraint(
                name="kamus_kompetensi_jenis",
                condition=Q(jenis__in=["manajerial", "sosio-kultural", "teknis"]),
            )
        ]


class LevelKompetensi(models.Model):
    """What a level (1–5) of a competency means. A level without a row, or with an empty text, has no source
    yet; nothing is invented for it."""

    id = models.AutoField(primary_key=True)
    kompetensi = models.ForeignKey(KamusKompetensi, models.PROTECT, related_name="level")
    level = models.SmallIntegerField()
    uraian = models.TextField(null=True, help_text="null = belum ada sumber")
    indikator = models.TextField(null=True, help_text="perilaku, satu per baris; null = belum ada sumber")
    sumber = models.CharField(max_length=200, blank=True, default="")
    diubah_oleh = models.CharField(max_length=200, blank=True, default="")
    diubah_pada = models.DateTimeField(null=True)

    class Meta:
        db_table = "level_kompetensi"
        constraints = [
            models.UniqueConstraint(name="level_kompetensi_kunci", fields=["kompetensi", "level"]),
            models.CheckConstraint(name="level_kompetensi_1_5", condition=Q(level__gte=1, level__lte=5)),
        ]


class NomenklaturPelaksana(Acuan):
    """Names of jabatan pelaksana with qualification and task. Source: KepmenPANRB 11/2024."""

    id = models.AutoField(primary_key=True)
    klasifikasi = models.CharField(max_length=20, help_text="Klerek, Operator, Teknisi")
    nomor = models.SmallIntegerField()
    nama = models.CharField(max_length=200)
    instansi_teknis = models.CharField(max_length=200, blank=True, default="")
    kualifikasi = models.TextField(blank=True, default="")
    tugas = models.TextField(blank=True, default="")
    kedudukan = models.TextField(blank=True, default="")
    untuk_pns = models.BooleanField(null=True)
    untuk_pppk = models.BooleanField(null=True)

    class Meta:
        db_table = "nomenklatur_pelaksana"
        constraints = [models.UniqueConstraint(name="nomenklatur_nomor", fields=["klasifikasi", "nomor"])]


class KamusJabatanFungsional(Acuan):
    """Dictionary of JF: qualification, jenjang from–to, pembina, as text of the source."""

    id = models.AutoField(primary_key=True)
    nama = models.CharField(max_length=200)
    kategori = models.CharField(max_length=40)
    kualifikasi = models.TextField(blank=True, default="")
    jenjang_awal = models.CharField(max_length=40, blank=True, default="")
    jenjang_puncak = models.CharField(max_length=40, blank=True, default="")
    rumpun = models.CharField(max_length=200, blank=True, default="")
    kedudukan = models.TextField(blank=True, default="")
    pengisian = models.CharField(max_length=60, blank=True, default="")
    instansi_pembina = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        db_table = "kamus_jabatan_fungsional"
        constraints = [models.UniqueConstraint(name="kamus_jf_kunci", fields=["nama", "kategori"])]


class AturanBUP(Acuan):
    """Age limit by jenjang or by JF name; the most specific row in force applies. Unit: years."""

    id = models.AutoField(primary_key=True)
    jenjang = models.ForeignKey(Jenjang, models.PROTECT, null=True, related_name="+")
    kelompok_nama = models.CharField(max_length=120, blank=True, default="")
    usia = models.SmallIntegerField()

    class Meta:
        db_table = "aturan_bup"
        constraints = [
            models.UniqueConstraint(
                name="aturan_bup_kunci",
                fields=["jenjang", "kelompok_nama", "berlaku_dari"],
                nulls_distinct=False,
            )
        ]


class RentangKelas(Acuan):
    """Usual kelas range of a jenjang or eselon."""

    id = models.AutoField(primary_key=True)
    jenjang = models.ForeignKey(Jenjang, models.PROTECT, related_name="+")
    tingkat_instansi = models.CharField(
        max_length=10, blank=True, default="", help_text="pusat, daerah, kosong"
    )
    kelas_min = models.SmallIntegerField()
    kelas_maks = models.SmallIntegerField()

    class Meta:
        db_table = "rentang_kelas"
        constraints = [
            models.UniqueConstraint(
                name="rentang_kelas_kunci",
                fields=["jenjang", "tingkat_instansi", "berlaku_dari"],
                nulls_distinct=False,
            )
        ]


class KelasNasional(Acuan):
    """A kelas set nationally for a jabatan, or for every jabatan of a jenjang or eselon, in one kind of
    instansi or in all. ``sumber`` is the regulation that sets it."""

    id = models.AutoField(primary_key=True)
    jabatan = models.ForeignKey(Jabatan, models.PROTECT, null=True, related_name="+")
    jenjang = models.ForeignKey(Jenjang, models.PROTECT, null=True, related_name="+")
    eselon = models.ForeignKey(Eselon, models.PROTECT, null=True, related_name="+")
    jenis_instansi = models.CharField(
        max_length=10,
        blank=True,
        default="",
        help_text="KEMENT, LPNK, LNS, KO, PROV, KAB, KOT; P pusat, D daerah; kosong: semua",
    )
    kelas = models.SmallIntegerField()

    class Meta:
        db_table = "kelas_nasional"
        constraints = [
            models.UniqueConstraint(
                name="kelas_nasional_kunci",
                fields=["jabatan", "jenjang", "eselon", "jenis_instansi", "berlaku_dari"],
                nulls_distinct=False,
            ),
            models.CheckConstraint(name="kelas_nasional_1_17", condition=Q(kelas__gte=1, kelas__lte=17)),
            models.CheckConstraint(
                name="kelas_nasional_satu_kunci",
                condition=Q(jabatan__isnull=False, jenjang__isnull=True, eselon__isnull=True)
                | Q(jabatan__isnull=True, jenjang__isnull=False, eselon__isnull=True)
                | Q(jabatan__isnull=True, jenjang__isnull=True, eselon__isnull=False),
            ),
        ]


class NilaiKelas(Acuan):
    """Total FES score → kelas."""

    kelas = models.SmallIntegerField(primary_key=True)
    nilai_min = models.IntegerField()
    nilai_maks = models.IntegerField(null=True)

    class Meta:
        db_table = "nilai_kelas"


class FaktorKelas(Acuan):
    """FES factor levels and their points."""

    id = models.AutoField(primary_key=True)
    jenis = models.CharField(max_length=12, help_text="struktural, fungsional")
    faktor = models.CharField(max_length=4)
    nama = models.CharField(max_length=120)
    level = models.SmallIntegerField()
    nilai = models.IntegerField()

    class Meta:
        db_table = "faktor_kelas"
        constraints = [
            models.UniqueConstraint(name="faktor_kelas_kunci", fields=["jenis", "faktor", "level"])
        ]


class GajiPokok(Acuan):
    """Base pay, rupiah a month; only the MKG years of the law are listed."""

    id = models.AutoField(primary_key=True)
    jenis = models.CharField(max_length=4, help_text="PNS, PPPK")
    golongan = models.CharField(max_length=6, help_text="I/a … IV/e; I … XVII")
    mkg = models.SmallIntegerField(help_text="tahun")
    rupiah = models.BigIntegerField()

    class Meta:
        db_table = "gaji_pokok"
        constraints = [
            models.UniqueConstraint(
                name="gaji_pokok_kunci", fields=["jenis", "golongan", "mkg", "berlaku_dari"]
            )
        ]


class Tunjangan(Acuan):
    """Allowances, rupiah a month: structural by eselon, umum by golongan, JF by name and jenjang, tukin by
    instansi and kelas."""

    id = models.AutoField(primary_key=True)
    jenis = models.CharField(max_length=20, help_text="struktural, umum, fungsional, tukin")
    kunci = models.CharField(max_length=200)
    rupiah = models.BigIntegerField()
    ketepatan = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        db_table = "tunjangan"
        constraints = [
            models.UniqueConstraint(
                name="tunjangan_kunci",
                fields=["jenis", "kunci", "sumber", "berlaku_dari"],
                nulls_distinct=False,
            )
        ]


class KodeSyarat(Acuan):
    """Code lists of syarat jabatan: bakat, temperamen, minat, upaya fisik, fungsi pekerjaan."""

    id = models.AutoField(primary_key=True)
    kelompok = models.CharField(max_length=20)
    kode = models.CharField(max_length=6, blank=True, default="")
    nama = models.CharField(max_length=120)
    deskripsi = models.TextField(blank=True, default="")

    class Meta:
        db_table = "kode_syarat"
        constraints = [models.UniqueConstraint(name="kode_syarat_kunci", fields=["kelompok", "kode", "nama"])]


class DaftarSiasn(Acuan):
    """The remaining small SIASN lists (agama, kawin, jenis pegawai, …), as they are."""

    id = models.AutoField(primary_key=True)
    daftar = models.CharField(max_length=40, db_index=True)
    kode = models.CharField(max_length=42)
    nama = models.CharField(max_length=400, null=True)
    isi = models.JSONField(default=dict)

    class Meta:
        db_table = "daftar_siasn"
        constraints = [models.UniqueConstraint(name="daftar_siasn_kunci", fields=["daftar", "kode"])]


class PadananWilayah(Acuan):
    """Crosswalk of a foreign region code to Kemendagri's."""

    id = models.AutoField(primary_key=True)
    skema = models.CharField(max_length=20, help_text="dapodik, kemkes")
    kode_asal = models.CharField(max_length=10)
    nama_asal = models.CharField(max_length=120, blank=True, default="")
    wilayah_kode = models.CharField(max_length=13, null=True)

    class Meta:
        db_table = "padanan_wilayah"
        constraints = [models.UniqueConstraint(name="padanan_wilayah_kunci", fields=["skema", "kode_asal"])]
