"""The reference lists as people see them: title, what is shown, what can be filtered, which files fill them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models as orm
from django.utils.functional import Promise

from petajabatan.referensi import models as m
from petajabatan.referensi.importers import dataset, siasn
from petajabatan.referensi.kata import JENIS_INSTANSI


@dataclass(frozen=True)
class Kolom:
    """A column of the list: heading, attribute path (dots follow relations), how it is shown."""

    judul: str
    jalur: str
    bentuk: str = "teks"
    """teks, angka, rupiah, ya-tidak."""


@dataclass(frozen=True)
class Saringan:
    """A filter: parameter, label, ORM lookup, and its choices (fixed, or the rows of a list)."""

    nama: str
    judul: str
    cari: str
    pilihan: tuple[tuple[str, str | Promise], ...] = ()
    dari: str = ""
    """``jenjang``, ``tingkat``, ``provinsi``, ``kabupaten``: choices read from the table."""


@dataclass(frozen=True)
class Daftar:
    kode: str
    judul: str
    kelompok: str
    model: type[orm.Model]
    kunci: str
    kolom: tuple[Kolom, ...]
    nama: str = "nama"
    saring: Mapping[str, Any] = field(default_factory=dict)
    saringan: tuple[Saringan, ...] = ()
    urut: tuple[str, ...] = ()
    """Order when it is not by name."""
    acuan: tuple[str, ...] = ()
    """Relations to fetch along."""
    impor: tuple[str, ...] = ()
    """Codes under which imports and findings of this list are kept; its own code when empty."""
    uraian: str = ""
    besar: bool = False
    """Tens of thousands of names: mistyped words are looked up in ``kata_referensi``."""
    dicari: bool = True
    """Part of the search over all lists."""

    @property
    def kode_impor(self) -> tuple[str, ...]:
        return self.impor or (self.kode,)

    def rows(self) -> orm.QuerySet[Any]:
        """All rows of the list, also those no longer in the official file."""
        return self.model._default_manager.filter(**self.saring).select_related(*self.acuan)


def _k(*pairs: tuple[str, ...]) -> tuple[Kolom, ...]:
    return tuple(Kolom(*pair) for pair in pairs)


_STATUS = Saringan("aktif", "Keadaan", "aktif", (("ya", "Berlaku"), ("tidak", "Tidak lagi dalam daftar")))
_JENJANG = Saringan("jenjang", "Jenjang", "jenjang_id", dari="jenjang")
_WILAYAH = (
    Saringan("provinsi", "Provinsi", "wilayah__kode__startswith", dari="provinsi"),
    Saringan("kabupaten", "Kabupaten/kota", "wilayah_id", dari="kabupaten"),
)
POKOK, JABATAN, ORANG, ATURAN, UNIT = (
    "Instansi dan wilayah",
    "Jabatan",
    "Pendidikan dan diklat",
    "Aturan",
    "Unit spesifik",
)
LAIN = "Daftar kode lain"


def _unit(kode: str, judul: str, kunci: str, uraian: str, **lain: Any) -> Daftar:
    return Daftar(
        kode, judul, UNIT, m.MasterUnor, "kunci",
        _k(("Nama", "nama"), (kunci, "kunci"), *lain.pop("kolom", ()), ("Wilayah", "wilayah.nama")),
        saring={"jenis": kode}, saringan=(*lain.pop("saringan", ()), *_WILAYAH, _STATUS), acuan=("wilayah",),
        uraian=uraian, besar=True, **lain,
    )  # fmt: skip


def _kode(spec_daftar: str, judul: str) -> Daftar:
    return Daftar(
        spec_daftar, judul, LAIN, m.DaftarSiasn, "kode", _k(("Nama", "nama"), ("Kode", "kode")),
        saring={"daftar": spec_daftar}, saringan=(_STATUS,), impor=(spec_daftar, f"{spec_daftar}-csv"), dicari=False,
    )  # fmt: skip


_JUDUL_KODE = {
    "alasan-hukuman-disiplin": "Alasan hukuman disiplin", "cltn": "Cuti di luar tanggungan negara",
    "dokumen": "Jenis dokumen riwayat", "jenis-id-dokumen": "Jenis identitas", "kawin": "Status kawin",
    "kpkn": "KPPN/KPKN", "kuadran-nilai": "Kuadran nilai kinerja", "perilaku-dan-kinerja": "Perilaku dan hasil kerja",
    "taspen": "Kantor Taspen", "akun-belanja": "Akun belanja pegawai", "kelas-jabatan-contoh": "Contoh kelas jabatan",
}  # fmt: skip
_KODE = [s.daftar for s in (*siasn.KODE, *dataset.SPEK) if s.tabel == "daftar_siasn" and s.cara == "isi"]

DAFTAR: dict[str, Daftar] = {
    d.kode: d
    for d in (
        Daftar("instansi", "Instansi", POKOK, m.Instansi, "id_siasn",
               _k(("Nama", "nama"), ("Kode BKN", "kode_cepat"), ("Jenis", "jenis_instansi"), ("Wilayah", "wilayah.nama")),
               saringan=(Saringan("jenis", "Jenis", "jenis", (("P", "Pusat"), ("D", "Daerah"))),
                         Saringan("jenis_instansi", "Bentuk", "jenis_instansi", tuple(JENIS_INSTANSI.items())),
                         _STATUS),
               acuan=("wilayah",), impor=("instansi", "padanan-instansi"),
               uraian="Instansi pemerintah menurut BKN, dengan wilayah Kemendagri-nya."),
        Daftar("wilayah", "Wilayah", POKOK, m.Wilayah, "kode",
               _k(("Nama", "nama"), ("Kode Kemendagri", "kode"), ("Bagian dari", "induk.nama")),
               saringan=(Saringan("tingkat", "Tingkat", "tingkat", (
                   ("1", "Provinsi"), ("2", "Kabupaten/kota"), ("3", "Kecamatan"))), _STATUS),
               acuan=("induk",), impor=("wilayah-1", "wilayah-2", "wilayah-3"),
               uraian="Provinsi, kabupaten/kota, dan kecamatan menurut kode Kemendagri."),
        Daftar("lokasi", "Lokasi SIASN", POKOK, m.Lokasi, "id_siasn", _k(("Nama", "nama"), ("Jenis", "jenis")),
               saringan=(Saringan("jenis", "Jenis", "jenis", (
                   ("NG", "Negara"), ("P", "Provinsi"), ("KB", "Kota"), ("KA", "Kabupaten"), ("KC", "Kecamatan"),
                   ("DE", "Desa"))), _STATUS),
               uraian="Daftar lokasi BKN sendiri, semua tingkat; berbeda dari kode Kemendagri."),
        Daftar("padanan-wilayah", "Padanan kode wilayah", POKOK, m.PadananWilayah, "kode_asal",
               _k(("Nama asal", "nama_asal"), ("Skema", "skema"), ("Kode asal", "kode_asal"),
                  ("Kode Kemendagri", "wilayah_kode")),
               nama="nama_asal", impor=("padanan-dapodik", "padanan-kemkes"),
               saringan=(Saringan("skema", "Skema", "skema", (("dapodik", "Dapodik"), ("kemkes", "Kemkes"))), _STATUS),
               uraian="Kode wilayah Dapodik dan Kemkes dan padanannya pada kode Kemendagri.", dicari=False),
        Daftar("satuan-kerja", "Satuan kerja", POKOK, m.SatuanKerja, "id_siasn",
               _k(("Nama", "nama"), ("Instansi", "instansi.nama")), saringan=(_STATUS,), acuan=("instansi",),
               uraian="Satuan kerja menurut SIASN."),
        Daftar("urusan-pemerintahan", "Urusan pemerintahan", POKOK, m.UrusanPemerintahan, "kode",
               _k(("Urusan", "nama"), ("Kode", "kode"), ("Kelompok", "kelompok")), urut=("urutan",),
               saringan=(Saringan("kelompok", "Kelompok", "kelompok", tuple((k, k) for k in (
                   "wajib-dasar", "wajib-nondasar", "pilihan", "dukungan", "penunjang", "pengawas", "kewilayahan",
                   "umum"))),),
               uraian="Urusan konkuren UU 23/2014 (6 wajib pelayanan dasar, 18 wajib lain, 8 pilihan) dan unsurnya."),
        Daftar("jabatan-fungsional", "Jabatan fungsional", JABATAN, m.Jabatan, "id_siasn",
               _k(("Nama", "nama"), ("Jenjang", "jenjang.nama"), ("Kelompok", "kelompok.nama"), ("BUP", "bup", "angka"),
                  ("Kode", "kode_cepat")),
               saring={"jenis": "fungsional"}, acuan=("jenjang", "kelompok"), besar=True, impor=(
                   "jabatan-fungsional", "bup-jf"),
               saringan=(_JENJANG, Saringan("status", "Status", "status", (("N", "Baru (N)"), ("O", "Lama (O)"))),
                         _STATUS),
               uraian="Jabatan fungsional per jenjang, dengan batas usia pensiun menurut SIASN."),
        Daftar("jabatan-pelaksana", "Jabatan pelaksana", JABATAN, m.Jabatan, "id_siasn",
               _k(("Nama", "nama"), ("Kode", "kode_cepat"), ("Id SIASN", "id_siasn")),
               saring={"jenis": "pelaksana"}, saringan=(_STATUS,), besar=True,
               uraian="Nama jabatan pelaksana yang pernah dipakai di SIASN."),
        Daftar("nomenklatur-pelaksana", "Nomenklatur pelaksana", JABATAN, m.NomenklaturPelaksana, "nomor",
               _k(("Nomenklatur", "nama"), ("Klasifikasi", "klasifikasi"), ("Pendidikan minimal", "kualifikasi"),
                  ("PNS", "untuk_pns", "ya-tidak"), ("PPPK", "untuk_pppk", "ya-tidak")),
               saringan=(Saringan("klasifikasi", "Klasifikasi", "klasifikasi", tuple(
                   (k, k) for k in ("Klerek", "Operator", "Teknisi"))), _STATUS),
               uraian="Nomenklatur, kualifikasi, dan tugas jabatan pelaksana menurut KepmenPANRB 11/2024."),
        Daftar("kamus-jf", "Kamus jabatan fungsional", JABATAN, m.KamusJabatanFungsional, "nama",
               _k(("Nama", "nama"), ("Kategori", "kategori"), ("Dari", "jenjang_awal"), ("Sampai", "jenjang_puncak"),
                  ("Pembina", "instansi_pembina")),
               saringan=(Saringan("kategori", "Kategori", "kategori", (
                   ("Keahlian", "Keahlian"), ("Keterampilan", "Keterampilan"))), _STATUS),
               uraian="Kualifikasi, jenjang, rumpun, dan pembina tiap jabatan fungsional, menurut teks sumbernya."),
        Daftar("kelompok-jabatan", "Kelompok jabatan", JABATAN, m.KelompokJabatan, "id_siasn",
               _k(("Nama", "nama"), ("Rumpun", "rumpun.nama"), ("Pembina", "pembina.nama")),
               acuan=("rumpun", "pembina"),
               saringan=(Saringan("jenis", "Bidang", "jenis_umum", (
                   ("1", "Guru"), ("2", "Tenaga kesehatan"), ("3", "Teknis"))), _STATUS),
               uraian="Kelompok jabatan fungsional dan instansi pembinanya."),
        Daftar("rumpun-jabatan", "Rumpun jabatan", JABATAN, m.RumpunJabatan, "id_siasn",
               _k(("Nama", "nama"), ("Kode", "kode_cepat")), saringan=(_STATUS,)),
        Daftar("sub-jabatan", "Sub jabatan", JABATAN, m.SubJabatan, "id_siasn",
               _k(("Nama", "nama"), ("Kelompok", "kelompok.nama"), ("Status", "status")), acuan=("kelompok",),
               saringan=(_STATUS,), uraian="Rincian jabatan fungsional, misalnya mata pelajaran guru."),
        Daftar("jenjang", "Jenjang jabatan", JABATAN, m.Jenjang, "kode",
               _k(("Jenjang", "nama"), ("Kode", "kode"), ("Kategori", "kategori"),
                  ("Angka kredit/tahun", "koefisien_ak", "angka")),
               urut=("urutan",), impor=("jenjang", "koefisien-ak")),
        Daftar("eselon", "Eselon", JABATAN, m.Eselon, "kode",
               _k(("Eselon", "nama"), ("Kode", "kode"), ("Jabatan ASN", "jabatan_asn")), urut=("kode",), dicari=False),
        Daftar("golongan", "Golongan", JABATAN, m.Golongan, "kode",
               _k(("Golongan", "nama"), ("Kode", "kode"), ("Pangkat", "pangkat"), ("Jenis", "jenis")),
               urut=("-jenis", "urutan"), dicari=False,
               saringan=(Saringan("jenis", "Jenis", "jenis", (("PNS", "PNS"), ("PPPK", "PPPK"))),)),
        Daftar("pendidikan", "Pendidikan", ORANG, m.Pendidikan, "id_siasn",
               _k(("Nama", "nama"), ("Tingkat", "tingkat.nama"), ("Status", "status")), acuan=("tingkat",), besar=True,
               saringan=(Saringan("tingkat", "Tingkat", "tingkat_id", dari="tingkat"),
                         Saringan("status", "Status", "status", (("1", "Dipakai (1)"), ("0", "Tidak dipakai (0)"))),
                         _STATUS),
               uraian="Program pendidikan menurut SIASN."),
        Daftar("tingkat-pendidikan", "Tingkat pendidikan", ORANG, m.TingkatPendidikan, "kode",
               _k(("Tingkat", "nama"), ("Kode", "kode")), urut=("urutan",), dicari=False),
        Daftar("diklat", "Diklat dan kursus", ORANG, m.Diklat, "kunci",
               _k(("Nama", "nama"), ("Jenis", "jenis"), ("Kode", "kode_cepat")),
               saringan=(Saringan("jenis", "Jenis", "jenis", (
                   ("jenis-diklat", "Jenis diklat"), ("kursus", "Kursus"), ("struktural", "Latihan struktural"))),
                   _STATUS),
               impor=("diklat-jenis-diklat", "diklat-kursus", "diklat-struktural", "diklat-kursus-csv")),
        Daftar("sertifikasi", "Sertifikasi", ORANG, m.Sertifikasi, "kode",
               _k(("Nama", "nama"), ("Kode", "kode"), ("Bidang", "bidang"), ("Penerbit", "lembaga"),
                  ("Masa berlaku (bulan)", "masa_berlaku_bulan", "angka")), saringan=(_STATUS,),
               uraian="Sertifikat kompetensi, penerbit, dan masa berlakunya; diisi dari sertifikasi.csv."),
        Daftar("kompetensi", "Kompetensi", ORANG, m.Kompetensi, "kode", _k(("Nama", "nama"), ("Kode", "kode")),
               saringan=(_STATUS,), impor=("kompetensi", "kompetensi-csv")),
        Daftar("bup", "Batas usia pensiun", ATURAN, m.AturanBUP, "id",
               _k(("Jabatan", "kelompok_nama"), ("Jenjang", "jenjang.nama"), ("Usia", "usia", "angka"),
                  ("Sumber", "sumber")), nama="", acuan=("jenjang",), urut=("kelompok_nama", "jenjang__urutan"),
               impor=("aturan-bup",), dicari=False,
               uraian="Ketentuan yang paling khusus berlaku: nama jabatan mendahului jenjang."),
        Daftar("rentang-kelas", "Rentang kelas jabatan", ATURAN, m.RentangKelas, "id",
               _k(("Jenjang", "jenjang.nama"), ("Tingkat", "tingkat_instansi"), ("Kelas dari", "kelas_min", "angka"),
                  ("sampai", "kelas_maks", "angka"), ("Sumber", "sumber")), nama="", acuan=("jenjang",),
               urut=("jenjang__urutan", "tingkat_instansi"), dicari=False,
               uraian="Kelas yang lazim per jenjang; kebiasaan, bukan ketentuan, sebagaimana disebut pada sumbernya."),
        Daftar("nilai-kelas", "Nilai dan kelas jabatan", ATURAN, m.NilaiKelas, "kelas",
               _k(("Kelas", "kelas", "angka"), ("Nilai dari", "nilai_min", "angka"), ("sampai", "nilai_maks", "angka")),
               nama="", urut=("kelas",), dicari=False),
        Daftar("kelas-nasional", "Kelas jabatan nasional", ATURAN, m.KelasNasional, "id",
               _k(("Jabatan", "jabatan.nama"), ("Jenjang", "jenjang.nama"), ("Eselon", "eselon.nama"),
                  ("Jenis instansi", "jenis_instansi"), ("Kelas", "kelas", "angka"), ("Dasar", "sumber"),
                  ("Berlaku dari", "berlaku_dari"), ("sampai", "berlaku_sampai")), nama="",
               acuan=("jabatan", "jenjang", "eselon"), urut=("jabatan__nama", "jenjang__urutan", "eselon", "id"),
               saringan=(_STATUS,), dicari=False,
               uraian="Kelas yang ditetapkan secara nasional; mengunci kelas jabatan pada peta. Diisi dari"
               " kelas_nasional.csv; produk tidak membawa isi."),
        Daftar("kamus-kompetensi", "Kamus kompetensi", ATURAN, m.KamusKompetensi, "kode",
               _k(("Nama", "nama"), ("Jenis", "jenis"), ("Kode", "kode"), ("Sumber", "sumber")),
               urut=("jenis", "urutan", "nama"), saringan=(Saringan("jenis", "Jenis", "jenis", tuple(
                   (k, k.capitalize()) for k in ("manajerial", "sosio-kultural", "teknis"))), _STATUS),
               uraian="Kompetensi yang dirujuk standar kompetensi jabatan; uraian levelnya pada halaman kamus."),
        Daftar("faktor-kelas", "Faktor evaluasi jabatan", ATURAN, m.FaktorKelas, "id",
               _k(("Faktor", "nama"), ("Kode", "faktor"), ("Jenis", "jenis"), ("Tingkat", "level", "angka"),
                  ("Nilai", "nilai", "angka")), urut=("-jenis", "faktor", "level"), dicari=False,
               saringan=(Saringan("jenis", "Jenis", "jenis", (
                   ("struktural", "Struktural"), ("fungsional", "Fungsional dan pelaksana"))),)),
        Daftar("gaji-pokok", "Gaji pokok", ATURAN, m.GajiPokok, "id",
               _k(("Golongan", "golongan"), ("Jenis", "jenis"), ("Masa kerja (tahun)", "mkg", "angka"),
                  ("Rupiah/bulan", "rupiah", "rupiah"), ("Sumber", "sumber")), nama="", urut=("-jenis", "id"),
               saringan=(Saringan("jenis", "Jenis", "jenis", (("PNS", "PNS"), ("PPPK", "PPPK"))),),
               impor=("gaji-pokok", "gaji-pokok-pns", "gaji-pokok-pppk"), dicari=False),
        Daftar("tunjangan", "Tunjangan", ATURAN, m.Tunjangan, "id",
               _k(("Untuk", "kunci"), ("Jenis", "jenis"), ("Rupiah/bulan", "rupiah", "rupiah"), ("Ketepatan", "ketepatan"),
                  ("Sumber", "sumber")), nama="kunci", urut=("jenis", "id"), dicari=False,
               saringan=(Saringan("jenis", "Jenis", "jenis", tuple(
                   (k, k.capitalize()) for k in ("struktural", "umum", "fungsional", "tukin"))),),
               impor=("tunjangan", *(f"tunjangan-{k}" for k in ("struktural", "umum", "fungsional", "tukin")))),
        Daftar("kode-syarat", "Kode syarat jabatan", ATURAN, m.KodeSyarat, "id",
               _k(("Nama", "nama"), ("Kelompok", "kelompok"), ("Kode", "kode"), ("Uraian", "deskripsi")),
               urut=("kelompok", "id"), dicari=False,
               saringan=(Saringan("kelompok", "Kelompok", "kelompok", (
                   ("bakat", "Bakat"), ("temperamen", "Temperamen"), ("minat", "Minat"), ("upaya_fisik", "Upaya fisik"),
                   ("fungsi_pekerjaan", "Fungsi pekerjaan"))),)),
        _unit("sekolah", "Sekolah", "NPSN", "Sekolah menurut Dapodik (keadaan 2019), dikenali dengan NPSN.",
              kolom=(("Bentuk", "bentuk"), ("Status", "status"), ("Kecamatan", "kecamatan")),
              saringan=(Saringan("bentuk", "Bentuk", "bentuk", tuple(
                  (k, k) for k in ("SD", "SMP", "SMA", "SMK", "SLB", "SDLB", "SMPLB", "SMLB"))),
                  Saringan("status", "Status", "status", (("N", "Negeri"), ("S", "Swasta"))))),
        _unit("puskesmas", "Puskesmas", "Kode puskesmas", "Puskesmas menurut Kemkes."),
        _unit("rumah-sakit", "Rumah sakit", "Kode RS", "Rumah sakit menurut SIRS Kemkes."),
        _unit("dinas-kesehatan", "Dinas kesehatan", "Kode", "Dinas kesehatan provinsi dan kabupaten/kota."),
        *(_kode(k, _JUDUL_KODE.get(k, k.replace("-", " ").capitalize())) for k in _KODE),
        _kode("akun-belanja", _JUDUL_KODE["akun-belanja"]),
        _kode("kelas-jabatan-contoh", _JUDUL_KODE["kelas-jabatan-contoh"]),
    )
}  # fmt: skip
