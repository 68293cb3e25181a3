"""Words of the list pages that come from data (``katalog.py``, choices of models), marked for translation.

The templates translate them when shown. Titles of lists are names of official lists and stay as they are.
"""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as _

JENIS_INSTANSI: dict[str, str | Promise] = {
    "KEMENT": gettext_lazy("Kementerian"),
    "KO": gettext_lazy("Kementerian koordinator"),
    "LPNK": gettext_lazy("Lembaga pemerintah nonkementerian"),
    "LNS": gettext_lazy("Lembaga nonstruktural"),
    "PROV": gettext_lazy("Provinsi"),
    "KAB": gettext_lazy("Kabupaten"),
    "KOT": gettext_lazy("Kota"),
}
"""Codes of BKN's list of instansi and what they mean."""

KELOMPOK = (
    _("Instansi dan wilayah"),
    _("Jabatan"),
    _("Pendidikan dan diklat"),
    _("Aturan"),
    _("Unit spesifik"),
    _("Daftar kode lain"),
)
KOLOM = (
    _("Angka kredit/tahun"),
    _("BUP"),
    _("Bagian dari"),
    _("Bentuk"),
    _("Bidang"),
    _("Dari"),
    _("Dasar"),
    _("Eselon"),
    _("Faktor"),
    _("Golongan"),
    _("Id SIASN"),
    _("Instansi"),
    _("Jabatan ASN"),
    _("Jenis"),
    _("Jenis instansi"),
    _("Jenjang"),
    _("Kategori"),
    _("Kecamatan"),
    _("Kelas"),
    _("Kelas dari"),
    _("Kelompok"),
    _("Ketepatan"),
    _("Klasifikasi"),
    _("Kode"),
    _("Kode BKN"),
    _("Kode Kemendagri"),
    _("Kode RS"),
    _("Kode asal"),
    _("Kode puskesmas"),
    _("Masa berlaku (bulan)"),
    _("Masa kerja (tahun)"),
    _("NPSN"),
    _("Nama"),
    _("Nama asal"),
    _("Nilai"),
    _("Nilai dari"),
    _("Nomenklatur"),
    _("PNS"),
    _("PPPK"),
    _("Pangkat"),
    _("Pembina"),
    _("Pendidikan minimal"),
    _("Penerbit"),
    _("Rumpun"),
    _("Rupiah/bulan"),
    _("Sampai"),
    _("Skema"),
    _("Status"),
    _("Sumber"),
    _("Tingkat"),
    _("Untuk"),
    _("Uraian"),
    _("Urusan"),
    _("Usia"),
    _("Wilayah"),
    _("sampai"),
)
SARINGAN = (
    _("Kabupaten/kota"),
    _("Keadaan"),
    _("Provinsi"),
    _("Baru (N)"),
    _("Lama (O)"),
    _("Berlaku"),
    _("Tidak lagi dalam daftar"),
    _("Dipakai (1)"),
    _("Tidak dipakai (0)"),
)
URAIAN = (
    _("Daftar lokasi BKN sendiri, semua tingkat; berbeda dari kode Kemendagri."),
    _("Dinas kesehatan provinsi dan kabupaten/kota."),
    _("Instansi pemerintah menurut BKN, dengan wilayah Kemendagri-nya."),
    _("Jabatan fungsional per jenjang, dengan batas usia pensiun menurut SIASN."),
    _("Kelas yang lazim per jenjang; kebiasaan, bukan ketentuan, sebagaimana disebut pada sumbernya."),
    _("Kelompok jabatan fungsional dan instansi pembinanya."),
    _("Ketentuan yang paling khusus berlaku: nama jabatan mendahului jenjang."),
    _("Kode wilayah Dapodik dan Kemkes dan padanannya pada kode Kemendagri."),
    _("Kualifikasi, jenjang, rumpun, dan pembina tiap jabatan fungsional, menurut teks sumbernya."),
    _("Nama jabatan pelaksana yang pernah dipakai di SIASN."),
    _("Nomenklatur, kualifikasi, dan tugas jabatan pelaksana menurut KepmenPANRB 11/2024."),
    _("Program pendidikan menurut SIASN."),
    _("Provinsi, kabupaten/kota, dan kecamatan menurut kode Kemendagri."),
    _("Puskesmas menurut Kemkes."),
    _("Rincian jabatan fungsional, misalnya mata pelajaran guru."),
    _("Rumah sakit menurut SIRS Kemkes."),
    _("Satuan kerja menurut SIASN."),
    _("Sekolah menurut Dapodik (keadaan 2019), dikenali dengan NPSN."),
    _("Sertifikat kompetensi, penerbit, dan masa berlakunya; diisi dari sertifikasi.csv."),
    _(
        "Kelas yang ditetapkan secara nasional; mengunci kelas jabatan pada peta. Diisi dari"
        " kelas_nasional.csv; produk tidak membawa isi."
    ),
    _("Kompetensi yang dirujuk standar kompetensi jabatan; uraian levelnya pada halaman kamus."),
    _("Urusan konkuren UU 23/2014 (6 wajib pelayanan dasar, 18 wajib lain, 8 pilihan) dan unsurnya."),
)
STATUS = (_("Berlaku"), _("Diubah"), _("Dicabut"), _("Muat awal"), _("Impor ulang unor"), _("Usulan"))
"""States of regulations and kinds of versions, shown by the pages of organisasi and web."""
