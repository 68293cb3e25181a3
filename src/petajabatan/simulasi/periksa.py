"""What must hold about simulations."""

from __future__ import annotations

from petajabatan.inti.periksa import Cek

CEK = [
    Cek(
        "simulasi-terputus",
        "Simulasi nasional belum ditutup; indeks, kunci dan penjaga basis data ini belum lengkap.",
        "Teruskan dengan petajabatan simulasi nasional --lanjut, atau mulai lagi dengan --ulang.",
        "SELECT 'simulasi ' || id, status FROM simulasi WHERE status <> 'selesai'",
    ),
]
