"""Pages of the shell, and people of every kind to open them."""

from __future__ import annotations

import pytest

from petajabatan.inti.models import Pekerjaan, TemuanPekerjaan
from petajabatan.testing.personas import PERSONAS, make_persona


@pytest.fixture
def orang(db, peta_a, peta_b):
    """Accounts by persona name: all of instansi A, ``orang_luar`` of B, ``pegawai`` is a person of A."""
    return {
        name: make_persona(
            name,
            instansi_id=(peta_b if name == "orang_luar" else peta_a).instansi.id,
            pegawai_id=peta_a.orang[0].id if name == "pegawai" else None,
        )
        for name in PERSONAS
    }


@pytest.fixture
def pekerjaan(orang, peta_a):
    """A finished check of an import by the operator of A, with findings of all severities."""
    job = Pekerjaan.objects.create(
        jenis="impor-pegawai",
        judul="Periksa pegawai.csv",
        status="selesai",
        pemilik_id=orang["operator"].pk,
        instansi_id=peta_a.instansi.id,
        masukan={"instansi_id": peta_a.instansi.id, "periksa": True},
        hasil={"dibaca": 1250, "baik": 1200},
    )
    TemuanPekerjaan.objects.bulk_create(
        TemuanPekerjaan(
            pekerjaan=job,
            kode=kode,
            tingkat=tingkat,
            kalimat="NIP tidak sah",
            perbaikan="Periksa NIP-nya",
            baris=n,
            kolom="nip_baru",
            nilai=nilai,
        )
        for n, (tingkat, kode, nilai) in enumerate(
            [
                ("galat", "nip-salah", "=1+1"),
                ("peringatan", "unor-tak-cocok", "@SUM(A1)"),
                *[("catatan", "kolom-lain", "x")] * 60,
            ],
            start=2,
        )
    )
    return job
