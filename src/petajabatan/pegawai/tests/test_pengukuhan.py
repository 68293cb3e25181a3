"""Confirming placements: numbers and dates of decisions, other seats, who may, who sees."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.db.utils import DatabaseError

from petajabatan.akun.queries import actor_of
from petajabatan.inti.dinding import scope_of
from petajabatan.inti.jam import move_to, today
from petajabatan.inti.temuan import Ditolak
from petajabatan.pegawai.models import Pengukuhan, RiwayatJabatan
from petajabatan.pegawai.queries import bezetting_of
from petajabatan.pegawai.services import assign, cancel_placement, confirm_placement, withdraw_confirmation
from petajabatan.pegawai.tests.reorganisasi import SISTEM, reorganise, settle
from petajabatan.testing import factories as make
from petajabatan.testing.personas import PERSONAS, make_persona


@pytest.fixture
def jadwal(peta_a):
    """Version 2 begins tomorrow."""
    settle()
    person = make.make_pegawai(peta_a.instansi, "Tanpa Kotak")
    RiwayatJabatan.objects.create(
        pegawai=person, instansi=peta_a.instansi, unor=peta_a.bidang, masa=(dt.date(2020, 1, 1), None)
    )
    made = reorganise(peta_a)
    made.tanpa = person
    return made


@pytest.fixture
def r(jadwal):
    """The first day of version 2."""
    move_to(jadwal.berlaku)
    return jadwal


def row_of(person) -> Pengukuhan:
    return Pengukuhan.objects.get(pegawai=person)


def seats(person) -> list[tuple]:
    rows = RiwayatJabatan.objects.filter(pegawai=person).exclude(jenis="X").order_by("masa")
    return [(s.posisi_id, s.masa.lower, s.masa.upper, s.sementara) for s in rows]


def refused(*args, **options) -> list[str]:
    with pytest.raises(Ditolak) as error:
        confirm_placement(SISTEM, *args, **options)
    assert all(t.perbaikan for t in error.value.temuan)
    return [t.kode for t in error.value.temuan]


def test_many_at_once_get_one_decision_and_lose_the_provisional_mark(r):
    keys = [row_of(p).pk for p in r.peta.orang[1:]]
    done = confirm_placement(SISTEM, keys, "821/12/2026", today())
    assert (done.n, done.sudah) == (2, 0)
    row = row_of(r.peta.orang[1])
    assert (row.status, row.nomor_sk, row.tanggal_sk) == ("dikukuhkan", "821/12/2026", today())
    assert row.pada is not None and row.dikukuhkan_oleh == "sistem"
    assert seats(r.peta.orang[1])[-1] == (r.staf_baru.id, r.berlaku, None, False)
    again = confirm_placement(SISTEM, keys, " 821/12/2026 ", today())
    assert (again.n, again.sudah) == (0, 2)
    assert refused(keys, "999", today()) == ["sudah-dikukuhkan"] * 2


def test_somebody_without_a_seat_needs_one(r):
    key = row_of(r.tanpa).pk
    both = [key, row_of(r.peta.orang[1]).pk]
    assert refused(both, "1", today()) == ["tanpa-kursi"]
    assert row_of(r.peta.orang[1]).status == "menunggu"
    confirm_placement(SISTEM, [key], "1", today(), posisi_id=r.kepala_baru.id)
    row = row_of(r.tanpa)
    assert (row.posisi_baru_id, row.nama_jabatan_baru, row.kelas_baru, row.sebab) == (
        r.kepala_baru.id, "Kepala Bidang Sekolah", 11, "",
    )  # fmt: skip
    assert seats(r.tanpa)[-1] == (r.kepala_baru.id, r.berlaku, None, False)


def test_another_seat_than_the_provisional_one_follows_from_the_decision_on(r):
    move_to(r.berlaku + dt.timedelta(days=20))
    day = r.berlaku + dt.timedelta(days=10)
    budi = r.peta.orang[1]
    confirm_placement(SISTEM, [row_of(budi).pk], "2", day, posisi_id=r.kepala_baru.id)
    assert seats(budi)[1:] == [
        (r.staf_baru.id, r.berlaku, day, False),
        (r.kepala_baru.id, day, None, False),
    ]
    assert bezetting_of(posisi_id=r.kepala_baru.id).b == 1
    assert refused([row_of(r.tanpa).pk], "3", day, posisi_id=r.kepala_baru.id) == ["kursi-pimpinan-terisi"]


def test_somebody_nobody_followed_gets_a_first_seat(peta_a):
    from django.db import transaction

    from petajabatan.pegawai.services import PindahKursi, place_successors
    from petajabatan.pegawai.tests.reorganisasi import end_box, tomorrow

    settle()
    with transaction.atomic():
        versi = make.make_version(peta_a.instansi, tomorrow())
        end_box(peta_a.staf, versi)
        place_successors(
            SISTEM, peta_a.instansi.id, versi, tomorrow(), [PindahKursi(peta_a.staf.id, peta_a.bidang.id)]
        )
        baru = make.make_posisi(peta_a.dinas, "Staf Dinas", sejak=versi)
        settle()
    move_to(tomorrow())
    budi, ani = peta_a.orang[1:]
    confirm_placement(SISTEM, [row_of(budi).pk], "4", today(), posisi_id=baru.id)
    assert seats(budi)[-1] == (baru.id, today(), None, False)
    assign(SISTEM, ani.id, baru.id, "D", today())
    assert refused([row_of(ani).pk], "5", today(), posisi_id=baru.id) == ["kursi-definitif-bertumpuk"]


def test_decisions_and_boxes_must_make_sense(r, peta_b):
    key = [row_of(r.peta.orang[1]).pk]
    assert refused(key, " ", today()) == ["nomor-keputusan"]
    assert refused(key, "1", today() + dt.timedelta(days=1)) == ["tanggal-keputusan"]
    assert refused(key, "1", today() - dt.timedelta(days=1)) == ["keputusan-mendahului-versi"]
    assert refused([10**9], "1", today()) == ["pengukuhan-tidak-ada"]
    assert refused(key, "1", today(), posisi_id=10**9) == ["posisi-tidak-aktif"]
    assert refused(key, "1", today(), posisi_id=peta_b.staf.id) == ["posisi-instansi-lain"]


def test_nobody_is_confirmed_before_the_first_day_of_the_version(jadwal):
    key = [row_of(jadwal.peta.orang[1]).pk]
    with pytest.raises(Ditolak) as error:
        confirm_placement(SISTEM, key, "1", today())
    (found,) = error.value.temuan
    assert found.kode == "versi-belum-berlaku"
    assert f"Versi {jadwal.versi} baru berlaku {jadwal.berlaku.isoformat()}" in found.kalimat
    assert row_of(jadwal.peta.orang[1]).status == "menunggu"
    cancel_placement(SISTEM, jadwal.peta.instansi.id, jadwal.versi)
    assert refused(key, "1", today()) == ["pengukuhan-batal"]


def test_a_version_with_a_confirmed_row_is_not_taken_back(jadwal):
    """Such rows are from before confirming waited for the day."""
    row = row_of(jadwal.peta.orang[1])
    Pengukuhan.objects.filter(pk=row.pk).update(status="dikukuhkan", nomor_sk="1", tanggal_sk=today())
    with pytest.raises(Ditolak) as error:
        cancel_placement(SISTEM, jadwal.peta.instansi.id, jadwal.versi)
    assert [t.kode for t in error.value.temuan] == ["pengukuhan-sudah-ditetapkan"]


def test_a_confirmation_is_withdrawn_with_a_reason_and_can_be_given_again(r):
    from petajabatan.inti.models import Audit

    budi = r.peta.orang[1]
    key = row_of(budi).pk

    def not_withdrawn(alasan: str) -> list[str]:
        with pytest.raises(Ditolak) as error:
            withdraw_confirmation(SISTEM, key, alasan)
        return [t.kode for t in error.value.temuan]

    assert not_withdrawn("x") == ["belum-dikukuhkan"]
    confirm_placement(SISTEM, [key], "821/1", today())
    assert not_withdrawn(" ") == ["alasan-kosong"]
    assert withdraw_confirmation(SISTEM, key, "salah nomor").status == "menunggu"
    row = row_of(budi)
    assert (row.status, row.nomor_sk, row.tanggal_sk, row.pada) == ("menunggu", "", None, None)
    assert seats(budi)[-1] == (r.staf_baru.id, r.berlaku, None, True)
    noted = Audit.objects.get(aksi="cabut-pengukuhan")
    assert noted.rincian == {"id": key, "nomor": "821/1", "alasan": "salah nomor"}
    assert confirm_placement(SISTEM, [key], "821/2", today()).n == 1


@pytest.mark.parametrize("name", PERSONAS)
def test_who_may_withdraw(r, peta_b, name):
    key = row_of(r.peta.orang[1]).pk
    confirm_placement(SISTEM, [key], "1", today())
    home = peta_b if name == "orang_luar" else r.peta
    person = r.peta.orang[1].id if name == "pegawai" else None
    actor = actor_of(make_persona(name, instansi_id=home.instansi.id, pegawai_id=person))
    with scope_of(actor):
        if name in MAY:
            withdraw_confirmation(actor, key, "x")
        else:
            with pytest.raises((PermissionDenied, Ditolak)):
                withdraw_confirmation(actor, key, "x")
    assert row_of(r.peta.orang[1]).status == ("menunggu" if name in MAY else "dikukuhkan")


MAY = {"operator", "penyetuju", "admin"}


@pytest.mark.parametrize("name", PERSONAS)
def test_who_may_confirm(r, peta_b, name):
    home = peta_b if name == "orang_luar" else r.peta
    actor = actor_of(
        make_persona(
            name,
            instansi_id=home.instansi.id,
            pegawai_id=r.peta.orang[1].id if name == "pegawai" else None,
        )
    )
    key = row_of(r.peta.orang[1]).pk
    with scope_of(actor):
        if name in MAY:
            assert confirm_placement(actor, [key], "1", today()).n == 1
        else:
            with pytest.raises((PermissionDenied, Ditolak)):
                confirm_placement(actor, [key], "1", today())
    assert row_of(r.peta.orang[1]).status == ("dikukuhkan" if name in MAY else "menunggu")


SEES = {"operator": 3, "penyetuju": 3, "verifikator": 3, "admin": 3, "pegawai": 1}


@pytest.mark.parametrize("name", PERSONAS)
def test_the_wall_around_the_list(r, peta_b, name):
    """Raw SQL on each persona's own connection."""
    home = peta_b if name == "orang_luar" else r.peta
    person = r.peta.orang[1].id if name == "pegawai" else None
    actor = actor_of(make_persona(name, instansi_id=home.instansi.id, pegawai_id=person))
    with scope_of(actor), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pengukuhan")
        assert cursor.fetchone()[0] == SEES.get(name, 0)


def test_rows_of_the_list_are_never_deleted_and_every_change_is_audited(r):
    from django.db import transaction

    from petajabatan.inti.models import Audit

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM pengukuhan")
    before = Audit.objects.filter(objek="pengukuhan").count()
    confirm_placement(SISTEM, [row_of(r.peta.orang[1]).pk], "1", today())
    kinds = Audit.objects.filter(objek="pengukuhan").order_by("id").values_list("aksi", flat=True)
    assert set(kinds[before:]) == {"update", "kukuhkan"}


def test_a_box_found_meanwhile_is_the_seat_that_is_confirmed(r):
    """An import matched the jabatan of somebody without a box."""
    row = row_of(r.tanpa)
    RiwayatJabatan.objects.filter(pk=row.riwayat_baru_id).update(posisi=r.staf_baru)
    confirm_placement(SISTEM, [row.pk], "6", today())
    row = row_of(r.tanpa)
    assert (row.posisi_baru_id, row.sebab, row.kelas_baru) == (r.staf_baru.id, "", 7)


def test_a_provisional_time_that_is_over_needs_no_seat_any_more(r):
    assign(SISTEM, r.tanpa.id, r.staf_baru.id, "D", r.berlaku + dt.timedelta(days=1), akhiri_lama=True)
    move_to(r.berlaku + dt.timedelta(days=2))
    assert confirm_placement(SISTEM, [row_of(r.tanpa).pk], "7", today()).n == 1
