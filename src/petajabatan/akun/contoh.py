"""The demo's accounts: names and what each can try. Made by the demo, shown by the login page in demo mode
only."""

from __future__ import annotations

SANDI_DEMO = "peta-jabatan-demo"
AKUN_DEMO: dict[str, str] = {
    "operator": "Operator SOTK kabupaten",
    "operator.dinkes": "Operator Dinas Kesehatan (satu cabang unit)",
    "penulis": "Operator informasi jabatan kabupaten",
    "evaluator": "Operator evaluasi jabatan dan standar kompetensi kabupaten",
    "penyetuju": "Penetapan SOTK kabupaten",
    "verifikator": "Verifikator BKN",
    "verifikator.dua": "Verifikator BKN, pemeriksa kedua",
    "pembina.kemenkes": "Pembina jabatan kesehatan",
    "pembina.kemendikbud": "Pembina jabatan pendidikan",
    "pemantau": "Pemantau nasional",
    "pegawai": "Seorang pegawai",
    "admin": "Admin pusat",
}
"""Account name → who that is."""
