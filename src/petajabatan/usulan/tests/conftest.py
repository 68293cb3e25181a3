"""A small map with people, and a draft on it."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.db import transaction

from petajabatan.akun.queries import actor_of
from petajabatan.inti.actor import Actor
from petajabatan.jabatan.models import Posisi
from petajabatan.organisasi.models import DasarHukum, Unor
from petajabatan.pegawai.models import Pegawai
from petajabatan.referensi.models import Eselon, Instansi, Jabatan
from petajabatan.testing.factories import (
    make_instansi,
    make_jabatan,
    make_pegawai,
    make_policy,
    make_posisi,
    make_unor,
    make_version,
)
from petajabatan.testing.personas import make_persona


@dataclass
class Peta:
    """Dinas (root) > two bidang > one seksi under the first; heads, boxes and people on them."""

    instansi: Instansi
    dinas: Unor
    bidang: Unor
    bidang_lain: Unor
    seksi: Unor
    kepala: Posisi
    kotak: Posisi
    kotak_lain: Posisi
    jabatan: Jabatan
    jabatan_lain: Jabatan
    dasar: DasarHukum
    orang: Pegawai
    operator: Actor
    penyetuju: Actor
    verifikator: Actor


@pytest.fixture
def peta(db: None) -> Peta:
    return make_peta()


@transaction.atomic
def make_peta() -> Peta:
    make_policy()
    for kode, nama in (("21", "II.a"), ("31", "III.a"), ("41", "IV.a")):
        Eselon.objects.get_or_create(kode=kode, defaults={"nama": nama})
    instansi = make_instansi()
    jabatan, lain = make_jabatan("Pengadministrasi Perkantoran"), make_jabatan("Pengelola Data")
    dasar = DasarHukum.objects.create(
        instansi=instansi, jenis="Perbup", nomor="1", tahun=2020, tentang="Susunan organisasi"
    )
    make_version(instansi)
    dinas = make_unor(instansi, "Dinas Uji", nama_jabatan="Kepala Dinas", eselon_id="21", dasar_hukum=dasar)
    bidang = make_unor(
        instansi, "Bidang Anggaran", dinas, urutan=1, nama_jabatan="Kepala Bidang Anggaran", eselon_id="31",
        dasar_hukum=dasar,
    )  # fmt: skip
    other = make_unor(
        instansi, "Bidang Aset", dinas, urutan=2, nama_jabatan="Kepala Bidang Aset", eselon_id="31",
        dasar_hukum=dasar,
    )  # fmt: skip
    seksi = make_unor(
        instansi, "Seksi Pendataan", bidang, urutan=1, nama_jabatan="Kepala Seksi Pendataan", eselon_id="41",
        dasar_hukum=dasar,
    )  # fmt: skip
    make_posisi(dinas, "Kepala Dinas", kepala=True, k=1, kelas=14)
    kepala = make_posisi(bidang, "Kepala Bidang Anggaran", kepala=True, k=1, kelas=11)
    make_posisi(other, "Kepala Bidang Aset", kepala=True, k=1, kelas=11)
    make_posisi(seksi, "Kepala Seksi Pendataan", kepala=True, k=1, kelas=9)
    kotak = make_posisi(
        bidang, jabatan.nama or "", jenis="pelaksana", jabatan=jabatan, k=3, kelas=6, urutan=1
    )
    kotak_lain = make_posisi(
        other, jabatan.nama or "", jenis="pelaksana", jabatan=jabatan, k=2, kelas=6, urutan=1
    )
    orang = make_pegawai(instansi, "Siti Uji", kotak)
    make_pegawai(instansi, "Budi Uji", kepala)
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    actors = {
        name: actor_of(make_persona(name, instansi_id=instansi.pk))
        for name in ("operator", "penyetuju", "verifikator")
    }
    return Peta(
        instansi,
        dinas,
        bidang,
        other,
        seksi,
        kepala,
        kotak,
        kotak_lain,
        jabatan,
        lain,
        dasar,
        orang,
        **actors,
    )
