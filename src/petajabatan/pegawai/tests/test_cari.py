"""Finding people: by words with typing errors, by NIP, never outside the scope."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection

from petajabatan.akun.models import Pengguna, Peran
from petajabatan.akun.queries import actor_of
from petajabatan.inti.dinding import scope_of
from petajabatan.inti.models import Audit
from petajabatan.organisasi.models import UnorRiwayat
from petajabatan.pegawai.models import Pegawai, RiwayatJabatan
from petajabatan.pegawai.queries import daftar, list_people, pending_moves, search_people
from petajabatan.pegawai.tests.test_queries_peta import recount, settle, statements
from petajabatan.testing import factories as make
from petajabatan.testing.personas import make_persona


@pytest.fixture
def people(peta_a, peta_b):
    make.make_pegawai(peta_a.instansi, "Muhammad Hidayatullah", peta_a.staf, nip="198001012005011001")
    make.make_pegawai(peta_b.instansi, "Muhammad Hidayat", peta_b.staf, nip="198001012005011002")
    settle()
    recount(peta_a.instansi)
    return peta_a


def found(actor, text, **options) -> list[str]:
    with scope_of(actor):
        return [row.nama for row in search_people(actor, text, **options)]


@pytest.mark.parametrize(
    "text", ["muhammad hidayatullah", "Muhamad", "hidayatulah", "HIDAYAT muham", "1980 0101 2005", "19800101"]
)
def test_typing_errors_and_parts_still_find(people, text):
    operator = actor_of(make_persona("operator", instansi_id=people.instansi.id))
    assert found(operator, text) == ["Muhammad Hidayatullah"]


def test_a_verifier_finds_both_and_may_narrow_to_one_instansi(people):
    verifier = actor_of(make_persona("verifikator"))
    assert len(found(verifier, "muhamad hidayat")) == 2
    assert found(verifier, "muhamad", instansi_id=people.instansi.id) == ["Muhammad Hidayatullah"]


@pytest.mark.parametrize("name", ["monitor", "pembina", "pemantau"])
def test_roles_that_see_counts_find_nobody(people, name):
    actor = actor_of(make_persona(name, instansi_id=people.instansi.id))
    assert found(actor, "muhammad") == []
    with scope_of(actor), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM cari_pegawai('muhammad', NULL, 10)")
        assert cursor.fetchall() == []


def test_a_civil_servant_finds_only_herself(people):
    person = people.orang[1]
    actor = actor_of(make_persona("pegawai", pegawai_id=person.id))
    assert found(actor, "budi") == [person.nama]
    assert found(actor, "muhammad") == []


def test_the_words_of_names_are_read_by_no_web_role(people):
    verifier = actor_of(make_persona("verifikator"))
    with scope_of(verifier), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM kata_orang")
        assert cursor.fetchone() == (0,)


@pytest.mark.parametrize("text", ["", " ", "a", "'", "%", "_", "\\", "#1", "☃", "' OR 1=1 --", "x" * 500])
def test_odd_texts_find_nobody_and_break_nothing(people, text):
    operator = actor_of(make_persona("operator", instansi_id=people.instansi.id))
    assert found(operator, text) == []


def test_the_list_filters_and_pages(people):
    operator = actor_of(make_persona("operator", instansi_id=people.instansi.id))
    with scope_of(operator):
        everybody = list_people(operator, people.instansi.id)
        assert everybody.n == 4
        assert [r.nama for r in everybody.baris] == sorted(r.nama for r in everybody.baris)
        assert list_people(operator, people.instansi.id, saring={"jenis": "PPPK"}).n == 1
        assert list_people(operator, people.instansi.id, saring={"unor": str(people.bidang.id)}).n == 3
        assert list_people(operator, people.instansi.id, saring={"penempatan": "tanpa-kotak"}).n == 0
        assert list_people(operator, people.instansi.id, q="muhamad").n == 1
        assert len(list_people(operator, people.instansi.id, per=3, hal=2).baris) == 1
        assert statements(lambda: list_people(operator, people.instansi.id)) == 7
        # clock, planner, count, page, planner, seats, audit
        assert pending_moves(operator, people.instansi.id) == []


@pytest.mark.parametrize("peran", ["operator", "verifikator"])
@pytest.mark.parametrize("cara", ["daftar", "satu-satu", "semua"])
def test_filters_by_seat_find_whom_a_look_at_every_seat_finds(people, peran, cara, monkeypatch):
    """However it is looked: the people of the unit listed, one person after the other, all seats at once."""
    monkeypatch.setattr(daftar, "BANYAK", 4_000 if cara == "daftar" else 0)
    monkeypatch.setattr(daftar, "SATU_SATU_MAKS", -1 if cara == "semua" else 12_000)
    here = people.instansi
    moved = make.make_pegawai(here, "Tanpa Kotak", people.staf)
    adrift = make.make_pegawai(here, "Tanpa Unor", people.staf)
    past = make.make_pegawai(here, "Kursi Lama", people.staf)
    make.make_pegawai(here, "Belum Duduk")
    others = [
        make.make_pegawai(here, "Paruh Waktu", people.staf, jenis="PPPK-PW"),
        make.make_pegawai(here, "Cuti Lama", people.staf),
    ]
    Pegawai.objects.filter(nama="Cuti Lama").update(kedudukan_hukum="03")
    seats = RiwayatJabatan.objects
    seats.filter(pegawai__in=[moved, *others]).update(posisi=None, nama_jabatan="Analis Lama")
    seats.filter(pegawai=adrift).update(posisi=None, unor=None, nama_unor="Bidang Lama")
    seats.filter(pegawai=past).update(masa=(dt.date(2020, 1, 1), dt.date(2021, 1, 1)))
    settle()
    today = dt.date.today()
    held = {
        seat.pegawai_id: seat
        for seat in seats.filter(jenis="D", instansi=here)
        if seat.masa.lower <= today and (seat.masa.upper is None or today < seat.masa.upper)
    }
    everybody = list(Pegawai.objects.filter(instansi=here))
    below = set(UnorRiwayat.objects.filter(unor=people.bidang).values_list("unor_id", flat=True))
    outside = {person.id for person in others}

    def boxless(seat):
        return seat is not None and seat.posisi_id is None and seat.unor_id is not None

    wanted = {
        "tanpa-kotak": lambda seat: boxless(seat) and seat.pegawai_id not in outside,
        "tanpa-kotak-luar": lambda seat: boxless(seat) and seat.pegawai_id in outside,
        "tanpa-unor": lambda seat: seat is not None and seat.posisi_id is None and seat.unor_id is None,
        "tanpa-kursi": lambda seat: seat is None,
        "berkotak": lambda seat: seat is not None and seat.posisi_id is not None,
    }
    own = {"instansi_id": here.id} if peran == "operator" else {}
    actor = actor_of(make_persona(peran, **own))
    with scope_of(actor):
        for code, fits in wanted.items():
            for unit in (None, people.bidang.id):
                saring = {"penempatan": code} | ({"unor": str(unit)} if unit else {})
                expected = [
                    p.nama for p in everybody
                    if fits(seat := held.get(p.id))
                    and (unit is None or (seat is not None and seat.unor_id in below))
                ]  # fmt: skip
                found = list_people(actor, here.id, saring=saring)
                assert sorted(r.nama for r in found.baris) == sorted(expected), saring
                assert found.n == len(expected)
        expected = [p.nama for p in everybody if p.id in held and held[p.id].unor_id in below]
        found = list_people(actor, here.id, saring={"unor": str(people.bidang.id)})
        assert sorted(r.nama for r in found.baris) == sorted(expected)


def test_a_kept_count_goes_with_the_people_and_is_kept_for_nobody_who_sees_a_branch(people, monkeypatch):
    monkeypatch.setattr(daftar, "BANYAK", 0)
    here, operator = people.instansi, actor_of(make_persona("operator", instansi_id=people.instansi.id))
    user = Pengguna.objects.create_user("cabang")
    Peran.objects.create(
        pengguna=user, peran="instansi-operator-sotk", lingkup="unor", instansi_id=here.id,
        sasaran_id=people.bidang.id, berlaku_dari=dt.date(2020, 1, 1),
    )  # fmt: skip
    branch = actor_of(user)

    def counted(actor, **saring):
        with scope_of(actor):
            return list_people(actor, here.id, saring=saring).n

    asked = {"penempatan": "berkotak"}
    before = counted(operator, **asked)
    assert counted(operator, **asked) == before
    assert counted(branch, **asked) < before
    make.make_pegawai(here, "Baru Duduk", people.staf)
    settle()
    recount(here)
    assert counted(operator, **asked) == before + 1


def test_looking_at_people_is_recorded_once_per_request(people):
    operator = actor_of(make_persona("operator", instansi_id=people.instansi.id))
    before = Audit.objects.filter(objek="pegawai", aktor=str(operator.id)).count()
    with scope_of(operator):
        list_people(operator, people.instansi.id)
    rows = Audit.objects.filter(objek="pegawai", aktor=str(operator.id))
    assert rows.count() == before + 1
    last = rows.latest("id")
    assert (last.aksi, last.jumlah, last.instansi_id) == ("baca", 4, people.instansi.id)
    assert "Muhammad" not in str(last.rincian)
