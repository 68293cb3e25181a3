"""A central agency shaped like Badan Kepegawaian Negara: secretariat, deputies, fourteen regional offices.

Only the kind of structure follows the real agency (general knowledge); it is not its official SOTK. Pure.
"""

from __future__ import annotations

import functools

from petajabatan.demo import sumber
from petajabatan.demo.bentuk import Susunan
from petajabatan.demo.susunan import susun_unit, unit_dari_berkas

INSTANSI = "A5EB03E23B00F6A0E040640A040252AD"
"""Badan Kepegawaian Negara in SIASN's list of instansi (kode cepat 4011)."""

BIDANG_KANREG = (
    ("mutasi", "Bidang Mutasi dan Status Kepegawaian", ""),
    ("pensiun", "Bidang Pengangkatan dan Pensiun", ""),
    ("inka", "Bidang Informasi Kepegawaian", "inka-kanreg"),
    ("supervisi", "Bidang Pengembangan dan Supervisi Kepegawaian", "wasdal-kanreg"),
)


@functools.cache
def susun_pusat() -> Susunan:
    """The agency as of version 1."""
    susunan = Susunan(INSTANSI, {})
    unit_dari_berkas("unit_pusat", susunan, None, "perbkn")
    for kunci in ("bkn", "waka", "sestama"):
        susunan.unit[kunci].kotak[0].isi = 1
    for row in sumber.baris("kanreg"):
        kunci = f"kanreg-{row['nomor'].lower()}"
        nama = f"Kantor Regional {row['nomor']} BKN {row['kedudukan']}"
        wilayah = row["wilayah"] or None
        kantor = susun_unit(kunci, "bkn", "kanreg", nama, wilayah=wilayah, dasar="perbkn")
        susunan.unit[kunci] = kantor
        bagian = susun_unit(f"{kunci}-umum", kunci, "bagian-kanreg", "Bagian Umum", wilayah=wilayah,
                            dasar="perbkn", jabatan=f"Kepala Bagian Umum {nama}")  # fmt: skip
        susunan.unit[bagian.kunci] = bagian
        for akhiran, bidang, pola in BIDANG_KANREG:
            unit = susun_unit(f"{kunci}-{akhiran}", kunci, "bidang-kanreg", bidang, wilayah=wilayah,
                              pola=pola, dasar="perbkn", jabatan=f"Kepala {bidang} {nama}")  # fmt: skip
            susunan.unit[unit.kunci] = unit
        upt = susun_unit(f"{kunci}-upt", kunci, "upt-pusat", f"UPT Penilaian Kompetensi {row['kedudukan']}",
                         wilayah=wilayah, pola="asesor-upt", dasar="perbkn")  # fmt: skip
        susunan.unit[upt.kunci] = upt
    for nomor, unit in enumerate(susunan.unit.values(), 2):
        unit.pasal = f"Pasal {nomor}"
    return susunan
