"""Maps for the tests of the peta page: a small one with people and totals, and large ones of any size."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection, transaction

from petajabatan.inti.jam import today
from petajabatan.organisasi.models import Unor, UnorRiwayat
from petajabatan.testing import factories as make


def close_version() -> None:
    """Run what the database does at commit: paths, totals."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def count_people(instansi_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT hitung_bezetting(%s, %s)", [instansi_id, today()])


@pytest.fixture
def peta(peta_a):
    """peta_a with its totals computed: one root, Dinas, Bidang; K 6, B 3."""
    close_version()
    count_people(peta_a.instansi.id)
    return peta_a


@pytest.fixture
def second_version(peta):
    """Version 2, in force today: a renamed unit, K from 4 to 2, a new unit with an empty box."""
    from petajabatan.jabatan.models import PosisiRiwayat

    with transaction.atomic():
        nomor = make.make_version(peta.instansi, today())
        UnorRiwayat.objects.filter(unor=peta.bidang).update(hingga=nomor)
        UnorRiwayat.objects.create(
            unor=peta.bidang,
            instansi=peta.instansi,
            sejak=nomor,
            atasan=peta.dinas,
            nama="Bidang Sekolah Dasar",
        )
        old = PosisiRiwayat.objects.get(posisi=peta.staf)
        PosisiRiwayat.objects.filter(posisi=peta.staf).update(hingga=nomor)
        PosisiRiwayat.objects.create(
            posisi=peta.staf, instansi=peta.instansi, sejak=nomor, unor=peta.bidang, jenis="pelaksana",
            jabatan=old.jabatan, nama=old.nama, kelas=6, k=2,
        )  # fmt: skip
        baru = make.make_unor(peta.instansi, "Seksi Baru", peta.bidang, sejak=nomor)
        jabatan = make.make_jabatan("Arsiparis Ahli Pertama", jenis="fungsional")
        make.make_posisi(baru, jabatan.nama, sejak=nomor, jenis="fungsional", jabatan=jabatan, k=0, kelas=8)
        close_version()
    count_people(peta.instansi.id)
    peta.seksi = baru
    return peta


def wide_map(n: int):
    """An instansi of n + 1 units, ten below each, one box each; returns instansi and unit ids."""
    instansi = make.make_instansi(f"Instansi {n}")
    make.make_policy()
    with transaction.atomic():
        make.make_version(instansi, dt.date(2026, 1, 1))
        units = Unor.objects.bulk_create(
            [Unor(instansi=instansi, id_siasn=f"W{n}-{i}") for i in range(n + 1)]
        )
        UnorRiwayat.objects.bulk_create(
            UnorRiwayat(
                unor=unit, instansi=instansi, sejak=1, nama=f"Unit {i}", urutan=i,
                atasan=units[(i - 1) // 10] if i else None,
            )
            for i, unit in enumerate(units)
        )  # fmt: skip
        from petajabatan.jabatan.models import Posisi, PosisiRiwayat

        boxes = Posisi.objects.bulk_create([Posisi(instansi=instansi) for _ in units])
        PosisiRiwayat.objects.bulk_create(
            PosisiRiwayat(
                posisi=box, instansi=instansi, unor=unit, sejak=1, jenis="struktural", nama=f"Kepala {i}",
                kepala=True, k=1, kelas=9,
            )
            for i, (box, unit) in enumerate(zip(boxes, units, strict=True))
        )  # fmt: skip
        close_version()
    count_people(instansi.id)
    return instansi, [unit.id for unit in units]
