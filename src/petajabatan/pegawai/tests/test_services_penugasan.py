"""Seating people: no two definitive seats at once, one definitive head, acting posts beside B."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from petajabatan.akun.queries import actor_of
from petajabatan.inti.actor import sistem
from petajabatan.inti.dinding import scope_of
from petajabatan.inti.temuan import Ditolak
from petajabatan.pegawai.models import KebijakanBezetting, RiwayatJabatan
from petajabatan.pegawai.queries import bezetting_of, people_on, person_history
from petajabatan.pegawai.services import assign, end_assignment, load_shipped
from petajabatan.pegawai.tests.test_queries_peta import recount
from petajabatan.testing import factories as make
from petajabatan.testing.personas import make_persona

SISTEM = sistem("uji")
DAY = dt.date(2026, 6, 1)


@pytest.fixture
def peta(peta_a):
    recount(peta_a.instansi)
    return peta_a


def refusal(*args, **options) -> list[str]:
    with pytest.raises(Ditolak) as refused:
        assign(SISTEM, *args, **options)
    assert all(t.perbaikan for t in refused.value.temuan)
    return [t.kode for t in refused.value.temuan]


def test_a_second_definitive_seat_is_refused_unless_the_old_one_ends(peta):
    budi = peta.orang[1]
    with pytest.raises(Ditolak) as refused:
        assign(SISTEM, budi.id, peta.kepala.id, "D", DAY)
    assert {t.kode for t in refused.value.temuan} == {"kursi-definitif-bertumpuk", "kursi-pimpinan-terisi"}
    end_assignment(SISTEM, RiwayatJabatan.objects.get(pegawai=peta.orang[0]).pk, DAY)
    done = assign(SISTEM, budi.id, peta.kepala.id, "D", DAY, akhiri_lama=True)
    assert done.temuan == []
    old, new = RiwayatJabatan.objects.filter(pegawai=budi).order_by("masa")
    assert (old.masa.upper, new.masa.lower, new.nama_jabatan) == (DAY, DAY, "Kepala Dinas")
    assert new.nama_unor == "Dinas Pendidikan Kabupaten Alfa"


def test_acting_posts_stay_outside_b_and_are_marked(peta):
    budi = peta.orang[1]
    done = assign(SISTEM, budi.id, peta.kepala.id, "PLT", dt.date(2026, 1, 1))
    assert [t.kode for t in done.temuan] == ["plt-bersama-definitif"]
    assert bezetting_of(posisi_id=peta.kepala.id).b == 1
    actor = actor_of(make_persona("operator", instansi_id=peta.instansi.id))
    with scope_of(actor):
        there = people_on(actor, posisi_id=peta.kepala.id)
        history = person_history(actor, budi.id)
    assert [(o.penugasan, o.dihitung) for o in there.orang] == [("D", True), ("PLT", False)]
    assert {r.jenis for r in history.riwayat} == {"D", "PLT"}


def test_an_acting_post_needs_a_head_box(peta):
    assert refusal(peta.orang[0].id, peta.staf.id, "PLH", DAY) == ["pelaksana-tugas-bukan-pimpinan"]


def test_dates_and_boxes_must_make_sense(peta, peta_b):
    assert refusal(peta.orang[0].id, peta.staf.id, "TT", DAY, DAY) == ["masa-terbalik"]
    assert refusal(peta.orang[0].id, peta_b.staf.id, "TT", DAY) == ["posisi-instansi-lain"]
    assert refusal(peta.orang[0].id, 999_999_999, "TT", DAY) == ["posisi-tidak-aktif"]
    with pytest.raises(ValueError, match="XYZ"):
        assign(SISTEM, peta.orang[0].id, peta.staf.id, "XYZ", DAY)


def test_a_new_seat_counts_at_once(peta):
    somebody = make.make_pegawai(peta.instansi, "Baru")
    done = assign(SISTEM, somebody.id, peta.staf.id, "D", dt.date(2026, 1, 1), sementara=True)
    assert done.riwayat.sementara
    staf = bezetting_of(posisi_id=peta.staf.id)
    assert (staf.b, staf.sementara) == (3, 1)


@pytest.mark.parametrize("name", ["penyetuju", "monitor", "verifikator", "pemantau", "orang_luar"])
def test_others_may_not_seat_people(peta, peta_b, name):
    home = peta_b if name == "orang_luar" else peta
    actor = actor_of(make_persona(name, instansi_id=home.instansi.id))
    with pytest.raises(PermissionDenied):
        assign(actor, peta.orang[0].id, peta.staf.id, "TT", DAY)


def test_shipped_policies_load_once_and_leave_changed_ones_alone(db):
    KebijakanBezetting.objects.all().delete()
    assert load_shipped(SISTEM) == 4
    newest = KebijakanBezetting.objects.order_by("-berlaku_dari").first()
    assert newest.jenis_dihitung == ["PNS", "CPNS", "PPPK"]
    assert newest.jenis_terpisah == ["PPPK-PW"]
    assert "01" in newest.kedudukan_aktif
    assert all(policy.sumber for policy in KebijakanBezetting.objects.all())
    KebijakanBezetting.objects.filter(pk=newest.pk).update(kedudukan_aktif=["01"])
    assert load_shipped(SISTEM) == 0
    newest.refresh_from_db()
    assert newest.kedudukan_aktif == ["01"]
    with pytest.raises(PermissionDenied):
        load_shipped(actor_of(make_persona("monitor", instansi_id=1)))
