"""Invented informasi jabatan of ordinary size: 15 tasks with ABK rows, 105 rows of sections each."""

from __future__ import annotations

import random
from typing import Any

KATA = [
    "menyusun",
    "menelaah",
    "memeriksa",
    "mengolah",
    "menyiapkan",
    "mencatat",
    "melaporkan",
    "mengevaluasi",
    "merencanakan",
    "memantau",
    "data",
    "laporan",
    "berkas",
    "anggaran",
    "kegiatan",
    "program",
    "pegawai",
    "arsip",
    "surat",
    "jadwal",
    "bahan",
    "konsep",
    "rencana",
    "dokumen",
    "tahunan",
    "bulanan",
]
TUGAS = 15


def words(rnd: random.Random, n: int) -> str:
    return " ".join(rnd.choices(KATA, k=n)).capitalize()


def sections(seed: int) -> dict[str, Any]:
    """Section → content, as stored."""
    rnd = random.Random(seed)

    def items(n: int) -> list[dict[str, Any]]:
        return [{"teks": words(rnd, 9)} for _ in range(n)]

    def rows(n: int, *names: str) -> list[dict[str, Any]]:
        return [{name: words(rnd, 5) for name in names} for _ in range(n)]

    return {
        "identitas": {"nama_jabatan": f"Pengelola Urusan {seed}", "kode_jabatan": "---"},
        "ikhtisar": {"ikhtisar": words(rnd, 25)},
        "kualifikasi": {
            "pendidikan": [{"teks": "S-1 Administrasi Publik", "tingkat": "S1"}],
            "diklat_kepemimpinan": [{"teks": "-"}],
            "diklat_fungsional": [{"teks": "-"}],
            "diklat_teknis": items(3),
            "pengalaman": [{"teks": "2 tahun di bidangnya", "tahun": "2"}],
        },
        "tugas_pokok": {
            "tugas_pokok": [
                {"uraian": words(rnd, 14), "hasil": words(rnd, 3), "satuan": "dokumen", "id": n,
                 "tahapan": [words(rnd, 7) for _ in range(2)]}
                for n in range(1, TUGAS + 1)
            ]
        },
        "hasil_kerja": {"hasil_kerja": rows(TUGAS, "hasil", "satuan")},
        "bahan_kerja": {"bahan_kerja": rows(6, "bahan", "penggunaan")},
        "perangkat_kerja": {"perangkat_kerja": rows(6, "perangkat", "penggunaan")},
        "tanggung_jawab": {"tanggung_jawab": items(6)},
        "wewenang": {"wewenang": items(5)},
        "korelasi": {"korelasi": rows(4, "jabatan", "unit", "hal")},
        "lingkungan": dict.fromkeys(("lokasi", "suhu", "udara", "luas_ruangan", "letak", "penerangan", "suara", "keadaan_tempat", "getaran"), "Sejuk"),
        "risiko": {"risiko": rows(2, "risiko", "penyebab")},
        "syarat": {
            "keterampilan": items(2), "bakat": [{"teks": "Intelegensia", "kode": "G"}, {"teks": "Verbal", "kode": "V"}],
            "temperamen": [{"teks": "Dealing with people", "kode": "P"}], "minat": [{"teks": "Investigatif", "kode": "I"}],
            "upaya_fisik": [{"teks": "Duduk"}, {"teks": "Melihat"}], "jenis_kelamin": "Laki-laki/Perempuan",
            "umur": "Disesuaikan", "tinggi_badan": "-", "berat_badan": "-", "postur_badan": "-", "penampilan": "Rapi",
            "keadaan_fisik": "Sehat", "fungsi_pekerjaan": [{"teks": "Menganalisis data", "kode": "D2"}],
        },
        "prestasi": {"prestasi": "Sangat baik"},
    }  # fmt: skip


def sheet(seed: int) -> dict[str, Any]:
    """An ABK sheet of as many rows as there are tasks."""
    rnd = random.Random(seed)
    return {
        "baris": [
            {"uraian": "", "satuan": "dokumen", "pendekatan": "tugas", "volume": str(rnd.randint(1, 240)),
             "norma": str(rnd.randint(6, 80) * 10), "pegawai": 1, "giliran": 1, "tugas": n}
            for n in range(1, TUGAS + 1)
        ],
        "dari": "abk",
    }  # fmt: skip
