"""Two people at the same moment, on connections of their own: one step is taken, and nothing is lost."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from petajabatan.inti.dinding import scope_of
from petajabatan.inti.temuan import Ditolak
from petajabatan.usulan.models import Persetujuan, RiwayatUsulan, Usulan
from petajabatan.usulan.services import undo
from petajabatan.usulan.services.transisi import move
from petajabatan.usulan.tests.pembuat import Orang, do, letter, make_usulan, submitted, taken

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.BERKAS_ROOT = tmp_path / "berkas"


@pytest.fixture
def orang(peta_a):
    return Orang(peta_a.instansi.pk)


def together(*calls: Callable[[], object]) -> list[object]:
    """What each call gave (or the codes it was refused with); they start at the same moment."""
    start = threading.Barrier(len(calls))

    def run(call: Callable[[], object]) -> object:
        try:
            start.wait(10)
            return call()
        except Ditolak as refused:
            return [t.kode for t in refused.temuan]
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def step(actor, usulan: Usulan, tindakan: str, **values) -> Callable[[], str]:
    def call() -> str:
        with scope_of(actor):
            return move(actor, usulan.pk, tindakan, **values).status

    return call


def test_two_verifiers_take_at_once_and_one_holds_it(orang, peta_a):
    usulan = submitted(orang, peta_a.instansi)
    one, two = orang["verifikator"], orang["verifikator_dua"]
    results = together(step(one, usulan, "ambil"), step(two, usulan, "ambil"))
    assert sorted(map(str, results)) == ["['sudah-diambil']", "diverifikasi"]
    holder = (one, two)[results.index("diverifikasi")]
    usulan.refresh_from_db()
    assert usulan.verifikator_id == holder.id
    assert RiwayatUsulan.objects.filter(usulan=usulan, tindakan="ambil").count() == 1


def test_a_recall_and_a_take_at_once_leave_one_of_the_two(orang, peta_a):
    usulan = submitted(orang, peta_a.instansi)
    results = together(step(orang["operator"], usulan, "tarik"), step(orang["verifikator"], usulan, "ambil"))
    usulan.refresh_from_db()
    assert usulan.status in ("draf", "diverifikasi")
    assert usulan.status in results
    assert [r for r in results if isinstance(r, list)] in ([["sudah-diambil"]], [["tindakan-tidak-berlaku"]])


def test_a_signature_pressed_twice_at_once_stands_once(orang, peta_a):
    usulan = do(orang["operator"], make_usulan(peta_a.instansi), "ajukan-ke-penyetuju")
    actor = orang["penyetuju"]
    surat = letter(actor, usulan)
    press = step(actor, usulan, "tanda-tangani", surat=surat, revisi=usulan.revisi)
    assert together(press, press) == ["diajukan", "diajukan"]
    assert Persetujuan.objects.filter(usulan=usulan).count() == 1


def test_an_edit_and_a_signature_at_once_never_leave_a_signature_under_an_edited_draft(orang, peta_a):
    usulan = do(orang["operator"], make_usulan(peta_a.instansi, operasi=2), "ajukan-ke-penyetuju")
    surat = letter(orang["penyetuju"], usulan)

    def edit() -> str:
        with scope_of(orang["operator"]):
            return str(undo(orang["operator"], usulan.pk).revisi)

    press = step(orang["penyetuju"], usulan, "tanda-tangani", surat=surat, revisi=usulan.revisi)
    together(edit, press)
    usulan.refresh_from_db()
    live = Persetujuan.objects.filter(usulan=usulan, gugur_pada=None)
    if usulan.status == "diajukan":
        assert [p.revisi for p in live] == [usulan.revisi]
    else:
        assert (usulan.status, live.count()) == ("draf", 0)


def test_an_approval_pressed_twice_at_once_stands_once(orang, peta_a):
    usulan = taken(orang, peta_a.instansi)
    press = step(orang["verifikator"], usulan, "setujui", revisi=usulan.revisi)
    assert together(press, press) == ["disetujui", "disetujui"]
    assert Persetujuan.objects.filter(usulan=usulan, pihak="bkn").count() == 1
