"""Makers for tests of informasi jabatan."""

from __future__ import annotations

import datetime as dt
from typing import Any

from petajabatan.inti import jam
from petajabatan.usulan.models import Usulan
from petajabatan.usulan.rules.operasi import BuatInfojab, TulisIsian
from petajabatan.usulan.services import add_operations, create_usulan
from petajabatan.usulan.services.terbit import Penetapan, publish_usulan
from petajabatan.usulan.tests.conftest import Peta
from petajabatan.usulan.tests.test_services_draf import approve

LENGKAP: dict[str, dict[str, Any]] = {
    "identitas": {"nama_jabatan": "Pengadministrasi Perkantoran"},
    "ikhtisar": {"ikhtisar": "Mengolah surat dengan cara memeriksa berkas agar arsip selalu tertib."},
    "kualifikasi": {
        "pendidikan": [{"teks": "SLTA"}], "diklat_kepemimpinan": ["-"], "diklat_fungsional": ["-"],
        "diklat_teknis": [{"teks": "Kearsipan"}], "pengalaman": [{"teks": "Administrasi", "tahun": "1"}],
    },
    "tugas_pokok": {
        "tugas_pokok": [
            {"id": 1, "uraian": "Menerima surat masuk", "hasil": "Surat tercatat", "satuan": "surat"},
            {"id": 2, "uraian": "Menyusun arsip dinamis", "hasil": "Arsip tersusun", "satuan": "berkas"},
        ]
    },
    "hasil_kerja": {"hasil_kerja": [{"hasil": "Surat tercatat", "satuan": "surat"}]},
    "bahan_kerja": {"bahan_kerja": [{"bahan": "Surat", "penggunaan": "Bahan pencatatan"}]},
    "perangkat_kerja": {"perangkat_kerja": [{"perangkat": "Komputer", "penggunaan": "Mencatat surat"}]},
    "tanggung_jawab": {"tanggung_jawab": ["Kebenaran catatan surat"]},
    "wewenang": {"wewenang": ["Meminta kelengkapan surat"]},
    "korelasi": {"korelasi": [{"jabatan": "Kepala Bidang", "unit": "Bidang Anggaran", "hal": "Arahan"}]},
    "lingkungan": dict.fromkeys(
        ("lokasi", "suhu", "udara", "luas_ruangan", "letak", "penerangan", "suara", "keadaan_tempat",
         "getaran"), "-",
    ),
    "risiko": {"risiko": [{"risiko": "-", "penyebab": "-"}]},
    "syarat": {
        "keterampilan": ["Mengetik"], "bakat": [{"kode": "G", "teks": "Intelegensia"}],
        "temperamen": [{"kode": "R", "teks": "REPCON"}], "minat": [{"kode": "C", "teks": "Konvensional"}],
        "upaya_fisik": ["Duduk"], "fungsi_pekerjaan": [{"kode": "D3", "teks": "Menyusun"}],
        "jenis_kelamin": "-", "umur": "-", "tinggi_badan": "-", "berat_badan": "-", "postur_badan": "-",
        "penampilan": "-", "keadaan_fisik": "-",
    },
    "prestasi": {"prestasi": "Baik"},
}  # fmt: skip
LEMBAR = {
    "baris": [
        {"uraian": "Menerima surat masuk", "tugas": 1, "volume": "4800", "norma": "10"},
        {"uraian": "Menyusun arsip dinamis", "tugas": 2, "volume": "1200", "norma": "60"},
    ]
}


def draft(peta: Peta, judul: str = "Informasi jabatan") -> Usulan:
    return create_usulan(peta.operator, peta.instansi.pk, judul=judul, layanan="infojab")


def write(peta: Peta, usulan: Usulan, *, posisi: int | None = None, lembar: bool = True, **isi: Any) -> int:
    """A new informasi jabatan for the box with these sections (none given: all of them); its id."""
    box = posisi or peta.kotak.pk
    steps: list[Any] = [BuatInfojab(id=-1, posisi_id=(box,))]
    steps += [
        TulisIsian(infojab_id=-1, bagian=code, isi=content) for code, content in (isi or LENGKAP).items()
    ]
    if lembar and not isi:
        steps.append(TulisIsian(posisi_id=box, bagian="abk", isi=LEMBAR))
    return add_operations(peta.operator, usulan.pk, steps).id_baru[-1]


def publish(peta: Peta, usulan: Usulan) -> None:
    approve(usulan)
    publish_usulan(peta.penyetuju, usulan.pk, Penetapan("800/1", jam.today(), jam.today() + dt.timedelta()))
