"""The map with B: today, on another day, on an older version; and how many statements it takes."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from petajabatan.jabatan.rules.peta import rollup
from petajabatan.pegawai.models import RiwayatJabatan
from petajabatan.pegawai.queries import (
    b_of_units,
    bezetting_of,
    bezetting_of_boxes,
    bezetting_of_units,
    instansi_list,
    peta_with_b,
)
from petajabatan.pegawai.queries.ringkasan import search_instansi
from petajabatan.testing import factories as make


def settle() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def recount(instansi) -> None:
    settle()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT hitung_bezetting(%s, (now() AT TIME ZONE 'Asia/Jakarta')::date)", [instansi.id]
        )


@pytest.fixture
def counted(peta_a):
    recount(peta_a.instansi)
    return peta_a


def test_b_and_k_meet_in_the_boxes(counted):
    peta = peta_with_b(counted.instansi.id)
    total = rollup(peta)
    assert (total.k, total.b, total.selisih) == (6, 3, -3)
    assert {k.nama: k.b for s in peta.simpul.values() for k in s.kotak}["Kepala Dinas"] == 1


def test_part_time_and_acting_and_inactive_people_are_not_in_b(peta_a):
    make.make_pegawai(peta_a.instansi, "Paruh", peta_a.staf, jenis="PPPK-PW")
    make.make_pegawai(peta_a.instansi, "Pensiun", peta_a.staf, kedudukan_hukum="99")
    RiwayatJabatan.objects.create(
        pegawai=peta_a.orang[1],
        instansi=peta_a.instansi,
        posisi=peta_a.kepala,
        unor=peta_a.dinas,
        masa=(dt.date(2026, 1, 1), None),
        jenis="PLT",
    )
    recount(peta_a.instansi)
    staf = bezetting_of(posisi_id=peta_a.staf.id)
    assert (staf.b, staf.pns, staf.pppk, staf.paruh_waktu) == (2, 1, 1, 1)
    assert bezetting_of(posisi_id=peta_a.kepala.id).b == 1
    assert bezetting_of(unor_id=peta_a.akar.id).b == 3
    assert b_of_units([peta_a.bidang.id, peta_a.akar.id]) == {peta_a.bidang.id: 2, peta_a.akar.id: 3}


@pytest.mark.parametrize("day", [None, dt.date(2026, 3, 1)])
def test_counts_of_today_and_of_another_day_agree(counted, day):
    boxes = bezetting_of_boxes([counted.kepala.id, counted.staf.id], day)
    assert {key: value.b for key, value in boxes.items()} == {counted.kepala.id: 1, counted.staf.id: 2}
    units = bezetting_of_units([counted.akar.id, counted.bidang.id], day)
    assert (units[counted.akar.id].b, units[counted.akar.id].pns, units[counted.akar.id].pppk) == (3, 2, 1)
    assert (units[counted.bidang.id].b, units[counted.bidang.id].pns) == (2, 1)


def test_on_an_earlier_day_only_those_who_sat_then_are_counted(counted):
    seat = RiwayatJabatan.objects.get(pegawai=counted.orang[1])
    seat.masa = (dt.date(2026, 2, 1), None)
    seat.save(update_fields=["masa"])
    assert bezetting_of(posisi_id=counted.staf.id, tanggal=dt.date(2026, 1, 15)).b == 1
    peta = peta_with_b(counted.instansi.id, tanggal=dt.date(2026, 1, 15))
    assert rollup(peta).b == 2


def test_people_without_a_box_stand_apart(counted):
    somebody = make.make_pegawai(counted.instansi, "Tanpa Kotak")
    RiwayatJabatan.objects.create(
        pegawai=somebody, instansi=counted.instansi, unor=counted.bidang, masa=(dt.date(2020, 1, 1), None)
    )
    recount(counted.instansi)
    for day in (None, dt.date(2026, 3, 1)):
        unit = bezetting_of(unor_id=counted.akar.id, tanggal=day)
        assert (unit.b, unit.tanpa_posisi) == (3, 1)


def test_an_older_version_shows_the_people_of_its_last_day(counted):
    with transaction.atomic():
        make.make_version(counted.instansi, dt.date(2026, 6, 1))
    settle()
    seat = RiwayatJabatan.objects.get(pegawai=counted.orang[2])
    seat.masa = (dt.date(2026, 6, 1), None)
    seat.save(update_fields=["masa"])
    recount(counted.instansi)
    assert rollup(peta_with_b(counted.instansi.id, versi=1)).b == 2
    assert rollup(peta_with_b(counted.instansi.id, versi=2)).b == 3


def statements(function) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        function()
    return len(captured)


def test_the_number_of_statements_does_not_depend_on_size(counted):
    small = statements(lambda: peta_with_b(counted.instansi.id))
    with transaction.atomic():
        nomor = make.make_version(counted.instansi, dt.date(2026, 2, 1))
        for n in range(30):
            unor = make.make_unor(counted.instansi, f"Seksi {n}", counted.bidang, sejak=nomor)
            box = make.make_posisi(unor, f"Kepala Seksi {n}", sejak=nomor, kepala=True, k=1)
            make.make_pegawai(counted.instansi, f"Orang {n}", box)
    recount(counted.instansi)
    assert statements(lambda: peta_with_b(counted.instansi.id)) == small == 7
    assert rollup(peta_with_b(counted.instansi.id)).b == 33


def test_the_instansi_list_sums_the_nation(counted, peta_b):
    recount(peta_b.instansi)
    make.make_instansi("Kementerian Tanpa Peta", jenis="P")
    found = instansi_list()
    assert [row.nama for row in found.baris] == ["Kabupaten Alfa", "Kabupaten Beta"]
    assert (found.total.k, found.total.b, found.total.selisih, found.total.n_berpeta) == (12, 6, -6, 2)
    assert statements(lambda: instansi_list(q="alfa")) == 2
    assert [row.nama for row in instansi_list(q="Kabupatn Alfa").baris][:1] == ["Kabupaten Alfa"]
    assert instansi_list(q="100%").baris == []
    bare = instansi_list(peta="belum", jenis="P").baris
    assert [(row.nama, row.k, row.selisih) for row in bare] == [("Kementerian Tanpa Peta", None, None)]
    assert instansi_list(urut="-b", per=1, hal=2).halaman.number == 2
    assert instansi_list(hal=99).halaman.number == 1


@pytest.mark.parametrize("before", ["0.1", "0.95"])
def test_what_a_connection_searched_before_does_not_decide_what_instansi_are_found(counted, before):
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)", [before])
    assert [row.nama for row in search_instansi("Kabupatn Alfa")] == ["Kabupaten Alfa"]
    assert search_instansi("Kementerian Apa Saja") == []
    assert statements(lambda: search_instansi("alfa")) == 1
