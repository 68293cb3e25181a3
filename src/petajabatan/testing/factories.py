"""Makers of rows for tests: small, explicit, no randomness."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

from django.utils import timezone

from petajabatan.jabatan.models import Posisi, PosisiRiwayat
from petajabatan.organisasi.models import PetaVersi, Unor, UnorRiwayat
from petajabatan.pegawai.models import KebijakanBezetting, Pegawai, RiwayatJabatan
from petajabatan.referensi.models import Instansi, Jabatan

_n = itertools.count(1)


def make_instansi(nama: str = "Pemerintah Kab. Uji", **values: Any) -> Instansi:
    n = next(_n)
    return Instansi.objects.create(
        **{"id_siasn": f"UJI{n:06}", "nama": nama, "jenis": "D", "kode_cepat": f"9{n:04}"} | values
    )


def make_jabatan(nama: str, jenis: str = "pelaksana", **values: Any) -> Jabatan:
    return Jabatan.objects.create(nama=nama, jenis=jenis, id_siasn=f"JAB{next(_n):06}", **values)


def make_version(instansi: Instansi, berlaku: dt.date = dt.date(2026, 1, 1)) -> int:
    """Open the next version; rows of the map are then written in the same transaction."""
    last = PetaVersi.objects.filter(instansi=instansi).order_by("-nomor").first()
    nomor = (last.nomor if last else 0) + 1
    PetaVersi.objects.create(
        instansi=instansi,
        nomor=nomor,
        jenis="muat-awal" if nomor == 1 else "usulan",
        berlaku=berlaku,
        ditetapkan_pada=timezone.now(),
    )
    return nomor


def make_unor(
    instansi: Instansi, nama: str, atasan: Unor | None = None, sejak: int = 1, **values: Any
) -> Unor:
    unor = Unor.objects.create(instansi=instansi, id_siasn=f"UNOR{next(_n):06}")
    UnorRiwayat.objects.create(unor=unor, instansi=instansi, sejak=sejak, atasan=atasan, nama=nama, **values)
    return unor


def make_posisi(unor: Unor, nama: str, *, sejak: int = 1, **values: Any) -> Posisi:
    posisi = Posisi.objects.create(instansi=unor.instansi)
    jenis = values.pop("jenis", "struktural")
    PosisiRiwayat.objects.create(
        posisi=posisi, instansi=unor.instansi, unor=unor, sejak=sejak, nama=nama, jenis=jenis, **values
    )
    return posisi


def make_pegawai(
    instansi: Instansi, nama: str, posisi: Posisi | None = None, *, jenis: str = "PNS", **values: Any
) -> Pegawai:
    n = next(_n)
    pegawai = Pegawai.objects.create(
        **{
            "instansi": instansi,
            "nip": f"1990{n // 15000 % 12 + 1:02}01{2010 + n // 1000 % 15}011{n % 1000:03}",
            "nama": nama,
            "jenis": jenis,
            "kedudukan_hukum": "01",
            "sintetis": True,
        }
        | values
    )
    if posisi is not None:
        row = PosisiRiwayat.objects.get(posisi=posisi, hingga=2147483647)
        RiwayatJabatan.objects.create(
            pegawai=pegawai,
            instansi=instansi,
            posisi=posisi,
            unor=row.unor,
            jabatan=row.jabatan,
            nama_jabatan=row.nama,
            masa=(dt.date(2020, 1, 1), None),
        )
    return pegawai


def make_policy() -> KebijakanBezetting:
    policy, _ = KebijakanBezetting.objects.get_or_create(
        berlaku_dari=dt.date(2020, 1, 1),
        defaults={
            "jenis_dihitung": ["PNS", "CPNS", "PPPK"],
            "jenis_terpisah": ["PPPK-PW"],
            "kedudukan_aktif": ["01"],
            "sumber": "uji",
        },
    )
    return policy
