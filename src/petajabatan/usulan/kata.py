"""Words of the workflow that pages show from data, marked for translation (templates translate them)."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_noop as _

STATUS: Mapping[str, str] = {
    "draf": _("Draf"),
    "menunggu_persetujuan": _("Menunggu persetujuan instansi"),
    "diajukan": _("Diajukan ke BKN"),
    "diverifikasi": _("Sedang diverifikasi"),
    "perbaikan": _("Perlu perbaikan"),
    "disetujui": _("Disetujui BKN"),
    "ditetapkan": _("Ditetapkan"),
    "ditolak": _("Ditolak"),
    "dibatalkan": _("Dibatalkan"),
}
WARNA: Mapping[str, str] = {
    "draf": "netral",
    "menunggu_persetujuan": "peringatan",
    "diajukan": "utama",
    "diverifikasi": "utama",
    "perbaikan": "peringatan",
    "disetujui": "baik",
    "ditetapkan": "baik",
    "ditolak": "galat",
    "dibatalkan": "netral",
}
"""Kind of the label (``c-lencana``) a state is shown with."""
JENIS: Mapping[str, str] = {
    "menyeluruh": _("Perubahan menyeluruh"),
    "sebagian": _("Perubahan sebagian"),
    "injeksi": _("Injeksi OTK"),
    "lintas": _("Lintas instansi"),
    "pembatalan": _("Pembatalan versi terjadwal"),
}
LAYANAN: Mapping[str, str] = {"sotk": _("SOTK dan peta jabatan"), "infojab": _("Informasi jabatan")}
JENIS_DOKUMEN: Mapping[str, str] = {
    "naskah": _("Naskah peraturan"),
    "surat": _("Surat pengantar bertanda tangan"),
    "bukti": _("Bukti pendukung"),
    "lampiran": _("Lampiran"),
}
PIHAK: Mapping[str, str] = {
    "instansi": _("Penetapan SOTK instansi"),
    "bkn": _("Verifikator BKN"),
    "bkn-kedua": _("Pemeriksa kedua BKN"),
}
SISI: Mapping[str, str] = {"instansi": _("instansi"), "bkn": _("BKN")}
TINDAKAN: Mapping[str, str] = {
    "ajukan-ke-penyetuju": _("Ajukan ke penyetuju"),
    "kembalikan": _("Kembalikan"),
    "tanda-tangani": _("Tanda tangani dan ajukan"),
    "tarik": _("Tarik kembali"),
    "ambil": _("Ambil"),
    "lepas": _("Lepas"),
    "minta-perbaikan": _("Minta perbaikan"),
    "periksa-kedua": _("Setujui sebagai pemeriksa kedua"),
    "setujui": _("Setujui"),
    "tolak": _("Tolak"),
    "tetapkan": _("Tetapkan"),
    "batalkan": _("Batalkan usulan"),
}
PENJELASAN: Mapping[str, str] = {
    "ajukan-ke-penyetuju": _("Penyetuju instansi mendapat kabar dan menandatanganinya. Selama ia belum"
                             " menandatangani, usulan dapat Anda tarik kembali."),
    "kembalikan": _("Usulan kembali kepada operator dengan alasan Anda."),
    "tanda-tangani": _("Surat pengantar yang sudah ditandatangani diunggah, lalu usulan masuk daftar kerja"
                       " verifikator BKN. Tanda tangan gugur bila isinya kemudian berubah."),
    "tarik": _("Usulan menjadi draf lagi dan tanda tangannya gugur."),
    "ambil": _("Anda menjadi pemeriksanya; instansi tidak dapat menariknya lagi."),
    "lepas": _("Usulan kembali ke daftar kerja dan dapat diambil verifikator lain."),
    "minta-perbaikan": _("Operator memperbaiki isi usulan, lalu instansi menandatanganinya lagi."),
    "periksa-kedua": _("Perubahan besar diperiksa dua orang. Verifikator pemegangnya yang memutuskan."),
    "setujui": _("Instansi dapat menetapkannya menjadi versi peta berikutnya."),
    "tolak": _("Usulan berakhir dan tidak dapat dibuka lagi."),
    "tetapkan": _("Perubahan ditulis sebagai versi peta berikutnya, berlaku sejak tanggal yang Anda isi, dan"
                  " dokumen keputusannya dibuat."),
    "batalkan": _("Usulan berakhir; isinya tetap dapat dibaca."),
}  # fmt: skip
LEPAS_LAIN = (
    _("Lepas dari pemegangnya"),
    _("Usulan ini dipegang verifikator lain. Bila ia berhalangan, lepaskan dengan alasan: usulan kembali ke"
      " daftar kerja dan dapat Anda ambil."),
)  # fmt: skip
"""How ``lepas`` is called and explained to whom the usulan does not belong."""
BATALKAN_VERSI = _("Batalkan versi terjadwal")
PENJELASAN_BATALKAN_VERSI = _(
    "Versi ini belum berlaku. Versi berikutnya mengembalikan peta seperti sebelumnya, pegawai yang sudah"
    " dipindahkan kembali ke kursinya, dan keputusannya ditandai dibatalkan."
)
VERSI_BATAL = _("Versi dibatalkan")
"""State of an usulan whose version was cancelled before its day, in place of ditetapkan."""
MENUNGGU_VERSI_BATAL = _(
    "Versinya dibatalkan sebelum berlaku. Salin menjadi usulan baru bila perubahannya masih diperlukan."
)
MENUNGGU_TERJADWAL = _("Sudah ditetapkan menjadi versi peta berikutnya, tetapi belum berlaku.")
"""What an usulan says whose version is decided for a later day."""
RIWAYAT: Mapping[str, str] = {
    "ajukan-ke-penyetuju": _("Diserahkan kepada penyetuju"),
    "kembalikan": _("Dikembalikan"),
    "tanda-tangani": _("Ditandatangani dan diajukan ke BKN"),
    "tarik": _("Ditarik kembali"),
    "ambil": _("Diambil verifikator"),
    "lepas": _("Dilepas verifikator"),
    "minta-perbaikan": _("Perbaikan diminta"),
    "periksa-kedua": _("Disetujui pemeriksa kedua"),
    "setujui": _("Disetujui BKN"),
    "tolak": _("Ditolak BKN"),
    "tetapkan": _("Ditetapkan"),
    "batalkan": _("Dibatalkan"),
    "batalkan-versi": _("Versi terjadwal dibatalkan"),
    "disunting": _("Disunting lagi; kembali menjadi draf"),
}
MENUNGGU: Mapping[str, str] = {
    "draf": _("Lengkapi isinya, periksa temuannya, lalu ajukan ke penyetuju instansi."),
    "menunggu_persetujuan": _("Menunggu penyetuju instansi menandatangani dan mengajukannya ke BKN."),
    "diajukan": _("Menunggu diambil verifikator BKN. Sampai saat itu instansi masih dapat menariknya."),
    "diverifikasi": _("Sedang diperiksa verifikator BKN."),
    "perbaikan": _("Jawab permintaan perbaikan, perbaiki isinya, lalu ajukan lagi."),
    "disetujui": _("Menunggu ditetapkan menjadi versi peta berikutnya."),
    "ditetapkan": _("Sudah menjadi versi peta yang berlaku."),
    "ditolak": _("Usulan ini berakhir ditolak. Salin menjadi usulan baru bila masih diperlukan."),
    "dibatalkan": _("Usulan ini dibatalkan."),
}
"""What an usulan in this state waits for."""
KEADAAN_KEPUTUSAN: Mapping[str, str] = {
    "berlaku": _("Berlaku"),
    "terjadwal": _("Akan berlaku"),
    "digantikan": _("Sudah digantikan versi berikutnya"),
    "dibatalkan": _("Dibatalkan sebelum berlaku"),
}
TAHAP_OTK = (
    _("Peraturan diunggah"),
    _("Berkas struktur disiapkan dan diperiksa"),
    _("Verifikasi BKN"),
    _("Injeksi sebagai draf usulan"),
    _("Operator melengkapi informasi jabatan"),
    _("Naskah peraturan OTK diunggah dan terbaca lengkap"),
    _("Nomor, tahun, dan tentang sama dengan naskah"),
    _("Lampiran bagan organisasi ikut diunggah"),
    _("Semua unit dalam naskah ada pada berkas struktur"),
    _("Nama unit dan jabatan pimpinan sama huruf demi huruf dengan naskah"),
    _("Eselon tiap unit terisi sesuai peraturan"),
    _("Peraturan berwenang membentuk organisasi itu dan masih berlaku"),
    _("Berkas struktur dicocokkan dengan naskah"),
    _("Unit lama yang digantikan sudah dibahas dengan instansi"),
    _("Hasil pemeriksaan berkas tanpa galat"),
    _("Jabatan fungsional dan pelaksana tiap unit dilengkapi"),
    _("Unit lama dihapus dengan menyebut penerusnya"),
    _("Informasi jabatan dan kebutuhan dilengkapi"),
    _("Berjalan"),
    _("Selesai"),
    _("Dibatalkan"),
)
"""Stages of a request, their checklists and states, as their data has them."""
OPERASI = (
    _("Tambah unit"),
    _("Hapus unit"),
    _("Koreksi nama"),
    _("Pindah unit"),
    _("Ubah unit"),
    _("Perbarui dasar hukum"),
    _("Tambah jabatan"),
    _("Hapus jabatan"),
    _("Pindah jabatan"),
    _("Ubah kebutuhan"),
    _("Ubah kelas"),
    _("Ubah informasi jabatan"),
    _("Gabung unit"),
    _("Pecah unit"),
    _("Ganti nama (unit baru menggantikan unit lama)"),
    _("Urungkan"),
    _("Penyelarasan dengan peta terbit"),
    _("Impor lembar kerja"),
)
"""Kinds of operations (rules.operasi.JUDUL)."""
JENIS_UNIT = (
    _("Unit struktural"),
    _("UPT"),
    _("Fasilitas kesehatan"),
    _("Sekolah"),
    _("Kecamatan"),
    _("Kelurahan"),
    _("Kantor vertikal atau perwakilan"),
    _("Kelompok atau tim kerja"),
)
"""Kinds of units (organisasi.models.JenisUnor)."""
