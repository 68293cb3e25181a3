"""B follows the date without anybody's hand: a scheduled version changes nothing before its first day."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection

from petajabatan.akun.queries import actor_of
from petajabatan.inti.dinding import scope_of
from petajabatan.inti.jam import move_to, today
from petajabatan.inti.temuan import Ditolak
from petajabatan.jabatan.rules.peta import rollup
from petajabatan.pegawai.models import Pengukuhan, RingkasanInstansi, RiwayatJabatan
from petajabatan.pegawai.queries import (
    b_of_units,
    bezetting_of,
    list_people,
    people_on,
    peta_with_b,
    stored_b_holds,
)
from petajabatan.pegawai.services import assign, confirm_placement, import_pegawai
from petajabatan.pegawai.services.hitung import recount_due
from petajabatan.pegawai.tests.ekspor import orang, write_csv
from petajabatan.pegawai.tests.reorganisasi import SISTEM, reorganise, settle
from petajabatan.testing import factories as make
from petajabatan.testing.personas import make_persona


@pytest.fixture
def jadwal(peta_a):
    """Version 2, effective tomorrow: Bidang SD with two people gives way to Bidang Sekolah."""
    settle()
    return reorganise(peta_a)


def boxes(peta) -> dict[str, int]:
    return {k.nama: k.b for s in peta.simpul.values() for k in s.kotak if k.b}


def read(r) -> tuple:
    instansi = r.peta.instansi.id
    return (
        bezetting_of(posisi_id=r.peta.staf.id).b,
        bezetting_of(posisi_id=r.staf_baru.id).b,
        bezetting_of(unor_id=r.peta.bidang.id).b,
        bezetting_of(unor_id=r.unor_baru.id).b,
        bezetting_of(unor_id=r.peta.akar.id).b,
        rollup(peta_with_b(instansi)).b,
    )


def test_todays_map_keeps_its_people_while_a_later_version_is_scheduled(jadwal):
    assert read(jadwal) == (2, 0, 2, 0, 3, 3)
    assert b_of_units([jadwal.peta.bidang.id, jadwal.unor_baru.id]) == {jadwal.peta.bidang.id: 2}
    row = RingkasanInstansi.objects.get(pk=jadwal.peta.instansi.id)
    assert (row.versi, row.n_unor, row.k, row.b, row.b_hari) == (1, 3, 6, 3, today())


def test_a_scheduled_map_shows_the_people_of_its_first_day(jadwal):
    planned = peta_with_b(jadwal.peta.instansi.id, versi=2)
    assert (rollup(planned).b, rollup(planned).k) == (3, 4)
    assert jadwal.unor_baru.id in planned.simpul
    assert boxes(planned)["Pengolah Data Kabupaten Alfa"] == 2


def test_on_the_first_day_pages_are_right_before_anything_has_run(jadwal):
    move_to(jadwal.berlaku)
    assert not stored_b_holds(jadwal.peta.instansi.id, today())
    assert read(jadwal) == (0, 2, 0, 2, 3, 3)
    assert bezetting_of(posisi_id=jadwal.staf_baru.id).sementara == 2


def test_the_recount_of_the_day_brings_the_stored_counts_along(jadwal):
    move_to(jadwal.berlaku)
    assert recount_due() == 1
    assert recount_due() == 0
    assert stored_b_holds(jadwal.peta.instansi.id, today())
    assert read(jadwal) == (0, 2, 0, 2, 3, 3)
    row = RingkasanInstansi.objects.get(pk=jadwal.peta.instansi.id)
    assert (row.versi, row.k, row.b, row.b_hari) == (2, 4, 3, jadwal.berlaku)


def test_moving_the_clock_back_brings_the_old_counts_back(jadwal):
    before = today()
    move_to(jadwal.berlaku)
    recount_due()
    move_to(before)
    assert read(jadwal) == (2, 0, 2, 0, 3, 3)
    assert recount_due() == 1
    assert RingkasanInstansi.objects.get(pk=jadwal.peta.instansi.id).versi == 1


def test_a_day_on_which_nothing_begins_needs_no_count(peta_a):
    settle()
    stamp = RingkasanInstansi.objects.get(pk=peta_a.instansi.id).stempel
    move_to(today() + dt.timedelta(days=3))
    assert stored_b_holds(peta_a.instansi.id, today())
    assert recount_due() == 0
    row = RingkasanInstansi.objects.get(pk=peta_a.instansi.id)
    assert (row.stempel, row.b_hari) == (stamp, today())


def test_a_policy_that_begins_is_due_too(peta_a):
    from petajabatan.pegawai.models import KebijakanBezetting

    settle()
    day = today() + dt.timedelta(days=3)
    KebijakanBezetting.objects.create(
        berlaku_dari=day, jenis_dihitung=["PNS"], jenis_terpisah=[], kedudukan_aktif=["01"], sumber="uji"
    )
    move_to(day)
    assert bezetting_of(unor_id=peta_a.akar.id).b == 2
    assert recount_due() == 1
    assert RingkasanInstansi.objects.get(pk=peta_a.instansi.id).b == 2


def test_the_database_takes_the_business_date(peta_a):
    move_to(dt.date(2030, 5, 17))
    with connection.cursor() as cursor:
        cursor.execute("SELECT hari_bisnis()")
        assert cursor.fetchone() == (dt.date(2030, 5, 17),)


def test_lists_of_people_name_the_unit_of_today_and_mark_what_is_provisional(jadwal):
    actor = actor_of(make_persona("operator", instansi_id=jadwal.peta.instansi.id))
    instansi = jadwal.peta.instansi.id

    def seen() -> list[tuple]:
        with scope_of(actor):
            there = people_on(actor, unor_id=jadwal.peta.bidang.id).orang
            then = people_on(actor, unor_id=jadwal.unor_baru.id).orang
            rows = list_people(actor, instansi, saring={"unor": str(jadwal.peta.dinas.id)}).baris
        return [len(there), len(then), {(b.unor, b.sementara) for b in rows if b.nama.startswith("Budi")}]

    assert seen() == [2, 0, {("Bidang SD Kabupaten Alfa", False)}]
    move_to(jadwal.berlaku)
    assert seen() == [0, 2, {("Bidang Sekolah", True)}]


def test_a_unit_operator_sees_the_people_of_today(jadwal):
    """Scope of a subtree: the old unit until the day, whoever sits in it."""
    from petajabatan.akun.models import Pengguna, Peran

    user = Pengguna.objects.create_user("unit", password="x")
    Peran.objects.create(
        pengguna=user, peran="instansi-operator-sotk", lingkup="unor", instansi_id=jadwal.peta.instansi.id,
        sasaran_id=jadwal.peta.bidang.id, berlaku_dari=dt.date(2020, 1, 1),
    )  # fmt: skip

    def seen() -> int:
        with scope_of(actor_of(user)), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pegawai")
            return cursor.fetchone()[0]

    assert seen() == 2
    move_to(jadwal.berlaku)
    assert seen() == 0


def test_a_box_of_a_scheduled_version_cannot_be_filled_before_its_day(jadwal):
    somebody = make.make_pegawai(jadwal.peta.instansi, "Baru")
    with pytest.raises(Ditolak) as refused:
        assign(SISTEM, somebody.id, jadwal.staf_baru.id, "D", today())
    assert [t.kode for t in refused.value.temuan] == ["posisi-belum-berlaku"]
    assign(SISTEM, somebody.id, jadwal.staf_baru.id, "D", jadwal.berlaku)
    assert bezetting_of(posisi_id=jadwal.staf_baru.id).b == 0


def test_a_file_that_still_names_the_old_unit_moves_nobody_back(jadwal, tmp_path):
    """SIASN learns of the reorganisation only with the decision letters."""
    peta, budi = jadwal.peta, jadwal.peta.orang[1]
    budi.nip = "198001012005011001"
    budi.save(update_fields=["nip"])
    row = orang(
        budi.nip, budi.nama, unor_id=peta.bidang.id_siasn, unor_nama="Bidang SD", jabatan_nama="Pengolah",
        instansi_kerja_id=peta.instansi.id_siasn, tmt_jabatan="01-01-2020",
    )  # fmt: skip
    before = list(RiwayatJabatan.objects.filter(pegawai=budi).order_by("id").values())
    path = write_csv(tmp_path / "asn.csv", [row])
    for day in (today(), jadwal.berlaku):
        move_to(day)
        assert import_pegawai(SISTEM, peta.instansi.id, path).ok
        assert list(RiwayatJabatan.objects.filter(pegawai=budi).order_by("id").values()) == before
    # The letter is there, the export is still the old one; then it knows, with the TMT of the letter.
    confirm_placement(SISTEM, [Pengukuhan.objects.get(pegawai=budi).pk], "SK 1", today())
    before = list(RiwayatJabatan.objects.filter(pegawai=budi).order_by("id").values())
    assert import_pegawai(SISTEM, peta.instansi.id, path).ok
    row |= {"unor_id": jadwal.unor_baru.id_siasn, "unor_nama": "Bidang Sekolah"}
    row |= {"jabatan_nama": "Pengolah Data Kabupaten Alfa", "tmt_jabatan": "15-12-2026"}
    assert import_pegawai(SISTEM, peta.instansi.id, write_csv(tmp_path / "asn.csv", [row])).ok
    assert list(RiwayatJabatan.objects.filter(pegawai=budi).order_by("id").values()) == before


def test_people_of_another_instansi_change_over_once_the_day_has_come_and_they_are_confirmed(peta_a, peta_b):
    from django.db import transaction

    from petajabatan.pegawai.services import PindahKursi, place_successors
    from petajabatan.pegawai.tests.reorganisasi import end_box, tomorrow

    settle()
    with transaction.atomic():
        versi = make.make_version(peta_a.instansi, tomorrow())
        make.make_version(peta_b.instansi, tomorrow())
        end_box(peta_a.staf, versi, [peta_b.staf.id])
        place_successors(
            SISTEM, peta_a.instansi.id, versi, tomorrow(),
            [PindahKursi(
                peta_a.staf.id, peta_a.bidang.id, peta_b.staf.id, peta_b.bidang.id, peta_b.instansi.id
            )],
        )  # fmt: skip
        settle()
    budi = peta_a.orang[1]
    receiving = actor_of(make_persona("orang_luar", instansi_id=peta_b.instansi.id))
    with scope_of(receiving):
        row = Pengukuhan.objects.get(pegawai=budi.id)
        assert (row.nama, row.nip) == (budi.nama, budi.nip)
        with pytest.raises(Ditolak):
            confirm_placement(receiving, [row.pk], "SK 1", today())
    move_to(tomorrow())
    recount_due()
    budi.refresh_from_db()
    assert budi.instansi_id == peta_a.instansi.id
    with scope_of(receiving):
        confirm_placement(receiving, [row.pk], "SK 1", today())
    budi.refresh_from_db()
    assert budi.instansi_id == peta_b.instansi.id
    with scope_of(receiving):
        assert people_on(receiving, posisi_id=peta_b.staf.id).orang
