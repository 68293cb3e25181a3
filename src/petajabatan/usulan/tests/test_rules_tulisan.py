"""Names of the reference lists on the map."""

from __future__ import annotations

import pytest

from petajabatan.usulan.rules.tulisan import nama_kotak


@pytest.mark.parametrize(
    ("daftar", "peta"),
    [
        ("PENGADMINISTRASI PERKANTORAN", "Pengadministrasi Perkantoran"),
        ("PENATA KELOLA SISTEM DAN TEKNOLOGI INFORMASI", "Penata Kelola Sistem dan Teknologi Informasi"),
        ("OPERATOR ALAT BERAT/RINGAN II", "Operator Alat Berat/Ringan II"),
        ("DAN LAIN-LAIN", "Dan Lain-Lain"),
        ("Pranata Komputer Ahli Pertama", "Pranata Komputer Ahli Pertama"),
        ("Penyuluh KB", "Penyuluh KB"),
        ("", ""),
    ],
)
def test_a_name_in_capitals_reads_like_its_neighbours(daftar, peta):
    assert nama_kotak(daftar) == peta


def test_writing_twice_changes_nothing_more():
    once = nama_kotak("PENGELOLA LAYANAN OPERASIONAL")
    assert nama_kotak(once) == once
