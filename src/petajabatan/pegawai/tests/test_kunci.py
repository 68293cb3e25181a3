"""Seats and the map changing at once: one waits for the other, and sees what it did."""

from __future__ import annotations

import threading
import time

import pytest
from django.db import connection, transaction

from petajabatan.inti.jam import today
from petajabatan.inti.temuan import Ditolak
from petajabatan.jabatan.services.terbit import lock_map
from petajabatan.pegawai.models import RiwayatJabatan
from petajabatan.pegawai.queries import bezetting_of
from petajabatan.pegawai.services import PindahKursi, assign, place_successors, recount
from petajabatan.pegawai.tests.reorganisasi import SISTEM, end_box, settle
from petajabatan.testing import factories as make

pytestmark = pytest.mark.django_db(transaction=True)


class Lain(threading.Thread):
    """Something done on a connection of its own; ``error`` is what it ended with."""

    def __init__(self, work):
        super().__init__(daemon=True)
        self.work, self.error = work, None
        self.start()

    def run(self):
        try:
            self.work()
        except BaseException as error:
            self.error = error
        finally:
            connection.close()

    def waits(self) -> bool:
        """Whether it stands before a lock by now."""
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline and self.is_alive():
            with connection.cursor() as cursor:
                cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
                if cursor.fetchone()[0]:
                    return True
        return False


def test_nobody_is_seated_on_a_box_that_is_just_ending(peta_a):
    somebody = make.make_pegawai(peta_a.instansi, "Baru")
    with transaction.atomic():
        lock_map(peta_a.instansi.id)
        versi = make.make_version(peta_a.instansi, today())
        box = make.make_posisi(peta_a.dinas, "Staf Dinas", sejak=versi)
        end_box(peta_a.staf, versi, [box.id])
        other = Lain(lambda: assign(SISTEM, somebody.id, peta_a.staf.id, "D", today()))
        assert other.waits()
        place_successors(
            SISTEM, peta_a.instansi.id, versi, today(),
            [PindahKursi(peta_a.staf.id, peta_a.bidang.id, box.id, peta_a.dinas.id)],
        )  # fmt: skip
        settle()
    other.join(20)
    assert isinstance(other.error, Ditolak)
    assert [t.kode for t in other.error.temuan] == ["posisi-tidak-aktif"]
    assert not RiwayatJabatan.objects.filter(pegawai=somebody).exists()


def test_two_counts_of_one_instansi_come_one_after_the_other(peta_a):
    with transaction.atomic():
        recount(peta_a.instansi.id, today())
        other = Lain(lambda: recount(peta_a.instansi.id, today()))
        assert other.waits()
    other.join(20)
    assert other.error is None
    assert bezetting_of(unor_id=peta_a.akar.id).b == 3
