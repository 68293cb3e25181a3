"""People follow their seats when a version ends them; a scheduled version gives them back."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from petajabatan.akun.queries import actor_of
from petajabatan.inti.dinding import scope_of
from petajabatan.inti.jam import move_to, today
from petajabatan.inti.temuan import Ditolak
from petajabatan.pegawai.models import Pengukuhan, RiwayatJabatan
from petajabatan.pegawai.queries import accounts_of, bezetting_of, people_affected
from petajabatan.pegawai.services import PindahKursi, assign, cancel_placement, place_successors
from petajabatan.pegawai.tests.reorganisasi import (
    SISTEM,
    boxes_on,
    end_box,
    end_unit,
    reorganise,
    settle,
    tomorrow,
)
from petajabatan.pegawai.tests.test_queries_peta import statements
from petajabatan.testing import factories as make
from petajabatan.testing.personas import make_persona


def seats(person) -> list[tuple]:
    rows = RiwayatJabatan.objects.filter(pegawai=person).order_by("id")
    return [(r.posisi_id, r.masa.lower, r.masa.upper, r.jenis, r.sementara) for r in rows]


def without_box(peta, unor, nama="Tanpa Kotak", **values):
    person = make.make_pegawai(peta.instansi, nama)
    RiwayatJabatan.objects.create(
        pegawai=person, instansi=peta.instansi, unor=unor, **{"masa": (dt.date(2020, 1, 1), None)} | values
    )
    return person


def test_people_of_an_ended_box_follow_provisionally_from_the_first_day(peta_a):
    r = reorganise(peta_a)
    budi = peta_a.orang[1]
    assert seats(budi) == [
        (peta_a.staf.id, dt.date(2020, 1, 1), r.berlaku, "D", False),
        (r.staf_baru.id, r.berlaku, None, "D", True),
    ]
    row = Pengukuhan.objects.get(pegawai=budi)
    assert (row.nama_unor_lama, row.nama_unor_baru) == ("Bidang SD Kabupaten Alfa", "Bidang Sekolah")
    assert (row.kelas_lama, row.kelas_baru, row.k_lama, row.k_baru) == (6, 7, 4, 2)
    assert (row.nip, row.nama, row.status, row.sebab) == (budi.nip, budi.nama, "menunggu", "")
    assert (r.hasil.n, r.hasil.orang, r.hasil.tanpa_kursi) == (2, 2, 0)
    assert seats(peta_a.orang[0]) == [(peta_a.kepala.id, dt.date(2020, 1, 1), None, "D", False)]
    assert "versi 2" in RiwayatJabatan.objects.get(pk=row.riwayat_baru_id).sumber


def test_placing_twice_changes_nothing(peta_a):
    r = reorganise(peta_a)
    before = seats(peta_a.orang[1])
    again = place_successors(SISTEM, peta_a.instansi.id, r.versi, r.berlaku, r.pindah)
    assert again.n == 0
    assert seats(peta_a.orang[1]) == before
    assert Pengukuhan.objects.count() == 2


def test_every_kind_of_assignment_follows_and_what_ended_before_stays(peta_a):
    budi = peta_a.orang[1]
    kepala_bidang = boxes_on(peta_a.bidang)[0]
    for jenis, masa in (
        ("PLT", (dt.date(2026, 1, 1), None)),
        ("PLH", (tomorrow(), tomorrow() + dt.timedelta(days=9))),
        ("PLH", (dt.date(2021, 1, 1), dt.date(2021, 2, 1))),
    ):
        RiwayatJabatan.objects.create(
            pegawai=budi, instansi=peta_a.instansi, posisi=kepala_bidang, unor=peta_a.bidang, masa=masa,
            jenis=jenis,
        )  # fmt: skip
    r = reorganise(peta_a)
    kinds = {(s[0], s[3]) for s in seats(budi) if s[0] in (r.kepala_baru.id, r.staf_baru.id)}
    assert kinds == {(r.staf_baru.id, "D"), (r.kepala_baru.id, "PLT"), (r.kepala_baru.id, "PLH")}
    # The one that would only have begun that day moved as a whole; its row stays as a trace.
    assert (kepala_bidang.id, tomorrow(), tomorrow() + dt.timedelta(days=9), "X", False) in seats(budi)
    assert (kepala_bidang.id, dt.date(2021, 1, 1), dt.date(2021, 2, 1), "PLH", False) in seats(budi)


def test_people_without_a_box_follow_the_unit_of_the_head(peta_a):
    person = without_box(peta_a, peta_a.bidang)
    r = reorganise(peta_a)
    row = Pengukuhan.objects.get(pegawai=person)
    assert (row.unor_baru_id, row.posisi_baru_id, row.sebab) == (r.unor_baru.id, None, "tanpa-kotak")
    assert r.hasil.tanpa_kursi == 1
    assert RiwayatJabatan.objects.get(pk=row.riwayat_baru_id).unor_id == r.unor_baru.id


def test_people_without_a_box_stay_where_only_a_box_ends(peta_a):
    person = without_box(peta_a, peta_a.bidang)
    with transaction.atomic():
        versi = make.make_version(peta_a.instansi, tomorrow())
        end_box(peta_a.staf, versi, [peta_a.kepala.id])
        target = make.make_posisi(peta_a.dinas, "Staf", sejak=versi, jenis="struktural")
        place_successors(
            SISTEM, peta_a.instansi.id, versi, tomorrow(),
            [PindahKursi(peta_a.staf.id, peta_a.bidang.id, target.id, peta_a.dinas.id)],
        )  # fmt: skip
        settle()
    assert not Pengukuhan.objects.filter(pegawai=person).exists()
    assert Pengukuhan.objects.count() == 2


def test_a_head_box_takes_one_and_the_others_stand_without_a_seat(peta_a):
    kepala_bidang = boxes_on(peta_a.bidang)[0]
    lama = make.make_pegawai(peta_a.instansi, "Kepala Bidang", kepala_bidang)
    with transaction.atomic():
        versi = make.make_version(peta_a.instansi, tomorrow())
        baru = make.make_unor(peta_a.instansi, "Bidang Gabungan", peta_a.dinas, sejak=versi)
        kepala = make.make_posisi(baru, "Kepala Bidang Gabungan", sejak=versi, kepala=True, k=1, kelas=11)
        for box in (kepala_bidang, peta_a.staf):
            end_box(box, versi, [kepala.id])
        end_unit(peta_a.bidang, versi, [baru.id])
        hasil = place_successors(
            SISTEM, peta_a.instansi.id, versi, tomorrow(),
            [PindahKursi(b.id, peta_a.bidang.id, kepala.id, baru.id) for b in (kepala_bidang, peta_a.staf)],
        )  # fmt: skip
        settle()
    assert (hasil.n, hasil.tanpa_kursi) == (3, 2)
    assert Pengukuhan.objects.get(pegawai=lama).posisi_baru_id == kepala.id
    for person in peta_a.orang[1:]:
        row = Pengukuhan.objects.get(pegawai=person)
        assert (row.posisi_baru_id, row.unor_baru_id, row.sebab) == (None, baru.id, "kursi-terisi")


def test_two_heads_in_turn_both_keep_the_seat(peta_a):
    kepala_bidang = boxes_on(peta_a.bidang)[0]
    change = tomorrow() + dt.timedelta(days=30)
    first, second = (make.make_pegawai(peta_a.instansi, name) for name in ("Pertama", "Kedua"))
    for person, masa in ((first, (dt.date(2020, 1, 1), change)), (second, (change, None))):
        RiwayatJabatan.objects.create(
            pegawai=person, instansi=peta_a.instansi, posisi=kepala_bidang, unor=peta_a.bidang, masa=masa
        )
    r = reorganise(peta_a)
    assert r.hasil.tanpa_kursi == 0
    assert seats(second) == [
        (kepala_bidang.id, change, None, "X", False),
        (r.kepala_baru.id, change, None, "D", True),
    ]


def test_who_stays_on_a_head_box_keeps_it(peta_a):
    with transaction.atomic():
        versi = make.make_version(peta_a.instansi, tomorrow())
        end_box(peta_a.staf, versi, [peta_a.kepala.id])
        hasil = place_successors(
            SISTEM, peta_a.instansi.id, versi, tomorrow(),
            [PindahKursi(peta_a.staf.id, peta_a.bidang.id, peta_a.kepala.id, peta_a.dinas.id)],
        )  # fmt: skip
        settle()
    assert (hasil.n, hasil.tanpa_kursi) == (2, 2)
    assert set(Pengukuhan.objects.values_list("sebab", "unor_baru_id")) == {("kursi-terisi", peta_a.dinas.id)}


def test_without_any_successor_the_assignment_just_ends(peta_a):
    with transaction.atomic():
        versi = make.make_version(peta_a.instansi, tomorrow())
        end_box(peta_a.staf, versi)
        place_successors(
            SISTEM, peta_a.instansi.id, versi, tomorrow(), [PindahKursi(peta_a.staf.id, peta_a.bidang.id)]
        )
        settle()
    assert seats(peta_a.orang[1]) == [(peta_a.staf.id, dt.date(2020, 1, 1), tomorrow(), "D", False)]
    row = Pengukuhan.objects.get(pegawai=peta_a.orang[1])
    assert (row.riwayat_baru_id, row.sebab) == (None, "tanpa-pengganti")
    cancel_placement(SISTEM, peta_a.instansi.id, versi)
    assert seats(peta_a.orang[1]) == [(peta_a.staf.id, dt.date(2020, 1, 1), None, "D", False)]


def test_people_left_behind_and_dead_successors_are_refused(peta_a):
    with pytest.raises(Ditolak) as refused, transaction.atomic():
        r = reorganise(peta_a, tempatkan=False)
        place_successors(SISTEM, peta_a.instansi.id, r.versi, r.berlaku, r.pindah[:1])
    assert [t.kode for t in refused.value.temuan] == ["masih-diduduki"]
    assert "2 pegawai" in refused.value.temuan[0].kalimat
    with pytest.raises(Ditolak) as refused, transaction.atomic():
        r = reorganise(peta_a, tempatkan=False)
        place_successors(
            SISTEM, peta_a.instansi.id, r.versi, r.berlaku,
            [PindahKursi(peta_a.staf.id, peta_a.bidang.id, peta_a.staf.id, peta_a.bidang.id)],
        )  # fmt: skip
    assert [t.kode for t in refused.value.temuan] == ["penerus-tidak-aktif"]
    with pytest.raises(ValueError, match="twice"):
        place_successors(SISTEM, peta_a.instansi.id, 1, tomorrow(), [r.pindah[1], r.pindah[1]])


def test_a_cancelled_version_gives_everybody_the_old_seat_back(peta_a):
    without_box(peta_a, peta_a.bidang)
    until = tomorrow() + dt.timedelta(days=40)
    RiwayatJabatan.objects.filter(pegawai=peta_a.orang[2]).update(masa=(dt.date(2020, 1, 1), until))
    before = [seats(person) for person in peta_a.orang]
    r = reorganise(peta_a)
    done = cancel_placement(SISTEM, peta_a.instansi.id, r.versi)
    assert (done.n, done.orang) == (3, 3)
    assert [[s for s in seats(person) if s[3] != "X"] for person in peta_a.orang] == before
    assert set(Pengukuhan.objects.values_list("status", flat=True)) == {"batal"}
    assert cancel_placement(SISTEM, peta_a.instansi.id, r.versi).n == 0


def test_an_end_given_meanwhile_survives_the_cancelling(peta_a):
    r = reorganise(peta_a)
    budi = peta_a.orang[1]
    day = r.berlaku + dt.timedelta(days=5)
    assign(SISTEM, budi.id, r.kepala_baru.id, "D", day, akhiri_lama=True)
    cancel_placement(SISTEM, peta_a.instansi.id, r.versi)
    live = [s for s in seats(budi) if s[3] == "D"]
    assert live == [
        (peta_a.staf.id, dt.date(2020, 1, 1), day, "D", False),
        (r.kepala_baru.id, day, None, "D", False),
    ]


def test_a_version_in_force_cannot_be_taken_back(peta_a):
    r = reorganise(peta_a)
    move_to(r.berlaku)
    with pytest.raises(Ditolak) as refused:
        cancel_placement(SISTEM, peta_a.instansi.id, r.versi)
    assert [t.kode for t in refused.value.temuan] == ["versi-sudah-berlaku"]


def test_a_second_reorganisation_on_the_same_day_replaces_the_first(peta_a):
    r = reorganise(peta_a)
    with transaction.atomic():
        versi = make.make_version(peta_a.instansi, r.berlaku)
        akhir = make.make_posisi(peta_a.dinas, "Staf Dinas", sejak=versi)
        end_box(r.staf_baru, versi, [akhir.id])
        place_successors(
            SISTEM, peta_a.instansi.id, versi, r.berlaku,
            [PindahKursi(r.staf_baru.id, r.unor_baru.id, akhir.id, peta_a.dinas.id)],
        )  # fmt: skip
        settle()
    budi = peta_a.orang[1]
    first, second = Pengukuhan.objects.filter(pegawai=budi).order_by("versi")
    assert (first.status, first.digantikan_id, second.status) == ("batal", second.id, "menunggu")
    assert (second.nama_unor_lama, second.posisi_lama_id) == ("Bidang SD Kabupaten Alfa", peta_a.staf.id)
    with pytest.raises(Ditolak) as refused:
        cancel_placement(SISTEM, peta_a.instansi.id, r.versi)
    assert [t.kode for t in refused.value.temuan] == ["versi-sudah-dilanjutkan"]
    cancel_placement(SISTEM, peta_a.instansi.id, versi)
    first.refresh_from_db()
    assert (first.status, first.digantikan_id) == ("menunggu", None)
    assert [s[0] for s in seats(budi) if s[3] == "D"] == [peta_a.staf.id, r.staf_baru.id]
    cancel_placement(SISTEM, peta_a.instansi.id, r.versi)
    live = [s for s in seats(budi) if s[3] == "D"]
    assert live == [(peta_a.staf.id, dt.date(2020, 1, 1), None, "D", False)]


@pytest.mark.parametrize("name", ["monitor", "verifikator", "pemantau", "pegawai", "orang_luar"])
def test_others_may_not_move_people(peta_a, peta_b, name):
    r = reorganise(peta_a)
    home = peta_b if name == "orang_luar" else peta_a
    actor = actor_of(make_persona(name, instansi_id=home.instansi.id, pegawai_id=peta_a.orang[1].id))
    with pytest.raises(PermissionDenied):
        place_successors(actor, peta_a.instansi.id, r.versi, r.berlaku, r.pindah)
    with pytest.raises(PermissionDenied):
        cancel_placement(actor, peta_a.instansi.id, r.versi)


def test_the_publisher_of_the_instansi_moves_people_inside_the_own_wall(peta_a):
    settle()
    actor = actor_of(make_persona("penyetuju", instansi_id=peta_a.instansi.id))
    with scope_of(actor):
        r = reorganise(peta_a, actor=actor)
        assert cancel_placement(actor, peta_a.instansi.id, r.versi).n == 2


def test_who_sits_on_what_a_removal_touches(peta_a):
    without_box(peta_a, peta_a.bidang)
    actor = actor_of(make_persona("operator", instansi_id=peta_a.instansi.id))
    with scope_of(actor):
        seen = people_affected(peta_a.instansi.id, [], [peta_a.bidang.id], actor=actor)
    assert (seen.n_orang, seen.per_posisi) == (3, {peta_a.staf.id: 2})
    assert seen.per_unor == {peta_a.bidang.id: 3}
    assert {o.nama for o in seen.orang} == {"Budi Kabupaten Alfa", "Ani Kabupaten Alfa", "Tanpa Kotak"}
    bare = people_affected(peta_a.instansi.id, [peta_a.kepala.id], [])
    assert (bare.n_orang, bare.terlihat, bare.orang) == (1, False, ())


def test_accounts_behind_people_are_found_for_notices(peta_a):
    user = make_persona("pegawai", pegawai_id=peta_a.orang[1].id)
    assert accounts_of([p.id for p in peta_a.orang]) == [user.id]


def test_cross_instansi_people_sit_over_there_and_both_sides_see_the_pending_move(peta_a, peta_b):
    from petajabatan.pegawai.queries import pending_moves

    settle()
    with transaction.atomic():
        versi = make.make_version(peta_a.instansi, today())
        make.make_version(peta_b.instansi, today())
        end_box(peta_a.staf, versi, [peta_b.staf.id])
        hasil = place_successors(
            SISTEM, peta_a.instansi.id, versi, today(),
            [PindahKursi(
                peta_a.staf.id, peta_a.bidang.id, peta_b.staf.id, peta_b.bidang.id, peta_b.instansi.id
            )],
        )  # fmt: skip
        settle()
    assert hasil.n == 2
    assert bezetting_of(posisi_id=peta_b.staf.id).b == 4
    assert bezetting_of(unor_id=peta_a.akar.id).b == 1
    for home in (peta_a, peta_b):
        name = "operator" if home is peta_a else "orang_luar"
        actor = actor_of(make_persona(name, instansi_id=home.instansi.id))
        with scope_of(actor):
            assert len(pending_moves(actor, home.instansi.id)) == 2


def test_the_number_of_statements_does_not_depend_on_the_people(peta_a, peta_b):
    counts = []
    for home, n in ((peta_a, 0), (peta_b, 40)):
        for i in range(n):
            make.make_pegawai(home.instansi, f"Orang {i}", home.staf)
        r = reorganise(home, tempatkan=False)
        done = []
        counts.append(
            statements(
                lambda home=home, r=r, done=done: done.append(
                    place_successors(SISTEM, home.instansi.id, r.versi, r.berlaku, r.pindah)
                )
            )
        )
        assert done[0].n == n + 2
        settle()
    assert counts[0] == counts[1]


def test_twenty_thousand_people_move_at_once(peta_a):
    n = 20_000
    make.make_policy()
    from petajabatan.pegawai.models import Pegawai

    people = Pegawai.objects.bulk_create(
        Pegawai(
            instansi=peta_a.instansi, nip=f"1{i:017}", nama=f"Orang {i}", jenis="PNS", kedudukan_hukum="01"
        )
        for i in range(n)
    )
    RiwayatJabatan.objects.bulk_create(
        RiwayatJabatan(
            pegawai=person, instansi=peta_a.instansi, posisi=peta_a.staf, unor=peta_a.bidang,
            masa=(dt.date(2020, 1, 1), None),
        )
        for person in people
    )  # fmt: skip
    r = reorganise(peta_a, tempatkan=False)
    with transaction.atomic():
        hasil = place_successors(SISTEM, peta_a.instansi.id, r.versi, r.berlaku, r.pindah)
    assert hasil.n == n + 2
