"""A reorganisation for tests: what version 2 of the small map ends, and who follows where."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction

from petajabatan.inti.actor import Actor, sistem
from petajabatan.inti.jam import today
from petajabatan.jabatan.models import Posisi, PosisiRiwayat
from petajabatan.organisasi.models import SELAMANYA, Unor, UnorRiwayat
from petajabatan.pegawai.services import HasilPenempatan, PindahKursi, place_successors
from petajabatan.testing import factories as make

SISTEM = sistem("uji")


def settle() -> None:
    """What the database does at commit: tree, totals, B."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def tomorrow() -> dt.date:
    return today() + dt.timedelta(days=1)


def end_unit(unor: Unor, versi: int, penerus: list[int] | None = None) -> None:
    UnorRiwayat.objects.filter(unor=unor, hingga=SELAMANYA).update(hingga=versi, penerus=penerus or [])


def end_box(posisi: Posisi, versi: int, penerus: list[int] | None = None) -> None:
    PosisiRiwayat.objects.filter(posisi=posisi, hingga=SELAMANYA).update(hingga=versi, penerus=penerus or [])


def boxes_on(unor: Unor) -> list[Posisi]:
    rows = PosisiRiwayat.objects.filter(unor=unor, hingga=SELAMANYA).order_by("posisi_id")
    return [row.posisi for row in rows.select_related("posisi")]


@dataclass
class Reorganisasi:
    """The small map before and after: Bidang SD ends, "Bidang Sekolah" (a head, a staff box) follows."""

    peta: Any
    versi: int
    berlaku: dt.date
    unor_baru: Unor
    kepala_baru: Posisi
    staf_baru: Posisi
    pindah: list[PindahKursi] = field(default_factory=list)
    hasil: HasilPenempatan = field(default_factory=HasilPenempatan)


def reorganise(
    peta: Any, berlaku: dt.date | None = None, *, actor: Actor = SISTEM, tempatkan: bool = True
) -> Reorganisasi:
    """Publish version 2 as a publisher does: rows of the map first, then the people."""
    berlaku = berlaku or tomorrow()
    with transaction.atomic():
        versi = make.make_version(peta.instansi, berlaku)
        kepala_lama = next(b for b in boxes_on(peta.bidang) if b != peta.staf)
        lama = PosisiRiwayat.objects.get(posisi=peta.staf, hingga=SELAMANYA)
        baru = make.make_unor(peta.instansi, "Bidang Sekolah", peta.dinas, sejak=versi)
        kepala = make.make_posisi(baru, "Kepala Bidang Sekolah", sejak=versi, kepala=True, k=1, kelas=11)
        staf = make.make_posisi(
            baru, lama.nama, sejak=versi, jenis="pelaksana", jabatan=lama.jabatan, k=2, kelas=7
        )
        end_box(kepala_lama, versi, [kepala.id])
        end_box(peta.staf, versi, [staf.id])
        end_unit(peta.bidang, versi, [baru.id])
        made = Reorganisasi(peta, versi, berlaku, baru, kepala, staf)
        made.pindah = [
            PindahKursi(kepala_lama.id, peta.bidang.id, kepala.id, baru.id),
            PindahKursi(peta.staf.id, peta.bidang.id, staf.id, baru.id),
        ]
        if tempatkan:
            made.hasil = place_successors(actor, peta.instansi.id, versi, berlaku, made.pindah)
        settle()
    return made
