"""A whole informasi jabatan with an ABK sheet (case ABK1 of docs/abk.md)."""

from __future__ import annotations

from petajabatan.anjab.cetak.sumber import Cetak
from petajabatan.anjab.cetak.susunan import Cetakan, compose
from petajabatan.anjab.rules.tukar import KotakTukar
from petajabatan.anjab.tests.contoh_infojab import HARI
from petajabatan.jabatan.data_abk import abk_reference

ISI = {
    "identitas": {"nama_jabatan": "Penelaah Teknis Kebijakan", "kode_jabatan": "---"},
    "ikhtisar": {
        "ikhtisar": "Menelaah kebijakan organisasi dengan cara memeriksa naskah sesuai ketentuan agar"
        " penataan organisasi berjalan tertib dan tepat waktu."
    },
    "kualifikasi": {
        "pendidikan": [{"teks": "S-1 Administrasi Publik"}, {"teks": "S-1 Hukum"}],
        "diklat_kepemimpinan": [{"teks": "-"}],
        "diklat_fungsional": [{"teks": "-"}],
        "diklat_teknis": [{"teks": "Analisis jabatan"}],
        "sertifikasi": [{"teks": "-"}],
        "pengalaman": [{"teks": "2 tahun di bidang organisasi"}, {"teks": "Tata laksana", "tahun": "3"}],
    },
    "tugas_pokok": {
        "tugas_pokok": [
            {"id": 1, "uraian": "Menyusun rencana kerja", "hasil": "Rencana",
             "tahapan": ["Mengumpulkan bahan", "Menyusun konsep"]},
            {"id": 2, "uraian": "Menelaah usulan organisasi", "hasil": "Telaahan"},
            {"id": 3, "uraian": "Menyusun laporan", "hasil": "Laporan"},
        ]
    },
    "hasil_kerja": {"hasil_kerja": [{"hasil": "Rencana kerja", "satuan": "Dokumen"},
                                    {"hasil": "Telaahan", "satuan": "Naskah"}]},
    "bahan_kerja": {"bahan_kerja": [{"bahan": "Peraturan", "penggunaan": "Acuan telaahan"}]},
    "perangkat_kerja": {"perangkat_kerja": [{"perangkat": "Komputer", "penggunaan": "Menyusun naskah"}]},
    "tanggung_jawab": {"tanggung_jawab": [{"teks": "Kebenaran telaahan"}, {"teks": "Kerahasiaan data"}]},
    "wewenang": {"wewenang": [{"teks": "Meminta data"}]},
    "korelasi": {"korelasi": [{"jabatan": "Kepala Biro", "unit": "Biro Umum", "hal": "Pelaporan"}]},
    "lingkungan": {"lokasi": "Di dalam ruangan", "suhu": "Sejuk", "getaran": "Tidak ada"},
    "risiko": {"risiko": [{"risiko": "Mata lelah", "penyebab": "Menatap layar"}]},
    "syarat": {
        "keterampilan": [{"teks": "Mengoperasikan komputer"}],
        "bakat": [{"kode": "G", "teks": "Intelegensia"}, {"kode": "V", "teks": "Verbal"}],
        "temperamen": [{"kode": "P", "teks": "Dealing with people"}],
        "minat": [{"kode": "I", "teks": "Investigatif"}],
        "upaya_fisik": [{"teks": "Duduk"}, {"teks": "Melihat"}],
        "jenis_kelamin": "Laki-laki/Perempuan",
        "umur": "Disesuaikan",
        "fungsi_pekerjaan": [{"kode": "D2", "teks": "Menganalisis"}],
    },
    "prestasi": {"prestasi": "Sangat baik"},
}  # fmt: skip
ABK = {
    "baris": [
        {"uraian": "", "volume": "12", "norma": "1080", "tugas": 1},
        {"uraian": "", "volume": "4", "norma": "3600", "tugas": 2},
        {"uraian": "", "volume": "24", "norma": "4800", "tugas": 3},
        {"uraian": "Menyiapkan rapat", "volume": "24", "norma": "4800"},
        {"uraian": "Memantau", "volume": "12", "norma": "3300"},
        {"uraian": "Mengarsip", "volume": "2", "norma": "300"},
        {"uraian": "Tugas lain", "volume": "2", "norma": "300"},
    ],
    "dari": "abk",
}
GARIS = [("21", "Biro Umum"), ("31", "Bagian Organisasi"), ("41", "Subbagian Organisasi")]


def cetakan(nama: str = "Penelaah Teknis Kebijakan", n: int = 1) -> Cetakan:
    at = "Biro Umum › Bagian Organisasi › Subbagian Organisasi"
    box = KotakTukar(n, 10, "Subbagian Organisasi", at, nama, "pelaksana",
                     kelas=7, k=4, infojab_id=n, abk=ABK)  # fmt: skip
    isi = ISI | {"identitas": {"nama_jabatan": nama}}
    return compose(Cetakan(box, GARIS, isi), abk_reference(HARI))


def cetak(n: int = 1) -> Cetak:
    posts = [cetakan(f"Penelaah Teknis Kebijakan {i}" if n > 1 else "Penelaah Teknis Kebijakan", i)
             for i in range(1, n + 1)]  # fmt: skip
    return Cetak("Informasi jabatan", "Setjen Uji", "Setjen Uji · peta jabatan versi 1", posts, 0)
