"""What changed between version 1 and 2 of the demonstration: a few differences of every kind. Pure."""

from __future__ import annotations

import copy

from petajabatan.demo.bentuk import Susunan
from petajabatan.demo.susunan import kotak_jf, susun_unit
from petajabatan.demo.susunan_rembang import IBU_KOTA


def rembang_versi_2(awal: Susunan) -> Susunan:
    """Version 2 of Rembang: a unit renamed, one added, one moved, one closed, needs changed, boxes added."""
    susunan = copy.deepcopy(awal)
    unit = susunan.unit
    aplikasi = unit["dinkominfo-2"]
    aplikasi.nama = "Bidang Aplikasi Informatika dan Pemerintahan Digital"
    aplikasi.nama_jabatan = f"Kepala {aplikasi.nama}"
    aplikasi.kotak[0].nama = aplikasi.nama_jabatan
    aplikasi.dasar = "perbup-ubah"
    riset = susun_unit(
        "bappeda-5", "bappeda", "bidang", "Bidang Riset dan Inovasi Daerah", urusan=("5.05",),
        pola="perencana", wilayah=IBU_KOTA, dasar="perbup-ubah", isi_kepala=0,
    )  # fmt: skip
    riset.pasal = "Pasal 7A"
    for kotak in riset.kotak:
        kotak.isi = min(kotak.isi, 1)
    unit[riset.kunci] = riset
    unit["upt-lablh"].atasan = "dlh-1"
    # Closed: its tasks and people went to the bidang above it before anybody is seated (see orang.py).
    for kunci in [k for k, u in unit.items() if k == "upt-rph" or u.atasan == "upt-rph"]:
        del unit[kunci]
    for u in unit.values():
        if u.ragam == "puskesmas" and u.wilayah in ("33.17.03", "33.17.04"):
            for kotak in u.kotak:
                if kotak.nama in ("Dokter Ahli Pertama", "Dokter Gigi Ahli Pertama"):
                    kotak.k += 1
    unit["dinkominfo-3"].kotak.append(kotak_jf("Sandiman Ahli Muda", 1, 0))
    return susunan


def pusat_versi_2(awal: Susunan) -> Susunan:
    """Version 2 of the central agency: one directorate renamed, more assessors needed."""
    susunan = copy.deepcopy(awal)
    kaji = susunan.unit["pus-kaji"]
    kaji.nama = "Pusat Kajian dan Inovasi Manajemen ASN"
    kaji.nama_jabatan = f"Kepala {kaji.nama}"
    kaji.kotak[0].nama = kaji.nama_jabatan
    for kotak in susunan.unit["pus-nilai"].kotak:
        if kotak.jenis == "fungsional" and kotak.k:
            kotak.k += 2
    return susunan
