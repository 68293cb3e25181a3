"""Fixtures every test may use: two small instansi with a map and people, and the personas."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from petajabatan.testing import factories as make


@dataclass
class SmallMap:
    """An instansi with a root, two units, three boxes and three people."""

    instansi: object
    akar: object
    dinas: object
    bidang: object
    kepala: object
    staf: object
    orang: list


def small_map(nama: str) -> SmallMap:
    from django.db import transaction

    make.make_policy()
    instansi = make.make_instansi(nama)
    pelaksana = make.make_jabatan(f"Pengolah Data {nama}")
    with transaction.atomic():
        make.make_version(instansi)
        akar = make.make_unor(instansi, nama)
        dinas = make.make_unor(instansi, f"Dinas Pendidikan {nama}", akar, nama_jabatan="Kepala Dinas")
        bidang = make.make_unor(instansi, f"Bidang SD {nama}", dinas)
        kepala = make.make_posisi(dinas, "Kepala Dinas", kepala=True, k=1, kelas=14)
        make.make_posisi(bidang, "Kepala Bidang", kepala=True, k=1, kelas=11)
        staf = make.make_posisi(bidang, pelaksana.nama, jenis="pelaksana", jabatan=pelaksana, k=4, kelas=6)
        orang = [
            make.make_pegawai(instansi, f"Sri {nama}", kepala),
            make.make_pegawai(instansi, f"Budi {nama}", staf),
            make.make_pegawai(instansi, f"Ani {nama}", staf, jenis="PPPK"),
        ]
    return SmallMap(instansi, akar, dinas, bidang, kepala, staf, orang)


@pytest.fixture
def peta_a(db) -> SmallMap:
    return small_map("Kabupaten Alfa")


@pytest.fixture
def peta_b(db) -> SmallMap:
    return small_map("Kabupaten Beta")
