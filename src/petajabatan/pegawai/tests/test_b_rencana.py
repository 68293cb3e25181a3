"""The faster counts of B are the counts they replace, box by box and unit by unit."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections import Counter
from pathlib import Path

import pytest
from django.db import connection

from petajabatan.inti.jam import today
from petajabatan.pegawai.models import RiwayatJabatan
from petajabatan.pegawai.queries import outside_b
from petajabatan.pegawai.tests.reorganisasi import reorganise, settle
from petajabatan.testing import factories as make

SQL = Path(__file__).resolve().parent.parent / "sql"
STORED = (
    "SELECT posisi_id, b, pns, cpns, pppk, paruh_waktu, sementara FROM bezetting_posisi ORDER BY 1",
    "SELECT unor_id, b_sendiri, b, paruh_waktu, tanpa_posisi, tanpa_posisi_bawah FROM bezetting_unor"
    " ORDER BY 1",
    "SELECT instansi_id, versi, n_unor, n_posisi, k, b, n_pegawai FROM ringkasan_instansi ORDER BY 1",
)


def rows(sql: str, *params) -> list:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def as_before(name: str, file: str) -> None:
    """Install the former function beside the present one, as ``<name>_lama``."""
    text = (SQL / file).read_text()
    body = re.search(rf"CREATE (?:OR REPLACE )?FUNCTION {name}\(.*?\nEND \$\$;", text, re.S)
    with connection.cursor() as cursor:
        cursor.execute(
            re.sub(rf"FUNCTION {name}\(", f"FUNCTION {name}_lama(", body[0]).replace("%", "%%"), []
        )


@pytest.fixture
def crowd(peta_a, peta_b):
    """Every kind of person, seat and standing, on two versions of the map."""
    settle()
    plan = reorganise(peta_a)
    places = [peta_a.kepala, peta_a.staf, plan.staf_baru, None]
    kinds = ("PNS", "CPNS", "PPPK", "PPPK-PW", "LAIN")
    seats = ("D", "D", "PLT", "TT", "X")
    for n, (place, kind, seat) in enumerate(itertools.product(places, kinds, seats)):
        person = make.make_pegawai(peta_a.instansi, f"Orang {n}", jenis=kind)
        person.kedudukan_hukum = "99" if n % 7 == 3 else "01"
        person.save()
        RiwayatJabatan.objects.create(
            pegawai=person, instansi=peta_a.instansi, posisi=place, unor=peta_a.bidang if n % 3 else None,
            jenis=seat, sementara=n % 4 == 0, nama_jabatan="x",
            masa=(dt.date(2020, 1, 1), dt.date(2024, 1, 1) if n % 11 == 5 else None),
        )  # fmt: skip
    return plan


def test_stored_counts_are_the_same_on_every_day(crowd, peta_b):
    as_before("hitung_bezetting", "0007_b_hari.sql")
    for day in (today(), crowd.berlaku, dt.date(2023, 6, 1)):
        for instansi in (crowd.peta.instansi, peta_b.instansi):
            found = []
            for function in ("hitung_bezetting_lama", "hitung_bezetting"):
                rows(f"SELECT {function}(%s, %s)", instansi.pk, day)
                found.append([rows(sql) for sql in STORED])
            assert found[0] == found[1] and found[0][0]


def test_counts_read_for_a_day_are_the_same(crowd):
    as_before("bezetting_pada", "0003_bezetting_pada.sql")
    own = crowd.peta.instansi.pk
    for day in (today(), crowd.berlaku, dt.date(2023, 6, 1)):
        before, after = (
            sorted(rows(f"SELECT * FROM bezetting_pada{old}(%s, %s)", own, day), key=str)
            for old in ("_lama", "")
        )
        assert before == after and before


def test_who_is_left_out_of_b_is_told_by_reason(crowd):
    day, boxes = dt.date(2023, 6, 1), [crowd.peta.kepala.pk, crowd.peta.staf.pk, crowd.staf_baru.pk]
    found = outside_b(crowd.peta.instansi.pk, boxes, day)
    expected: Counter[str] = Counter()
    for seat in RiwayatJabatan.objects.filter(posisi__in=boxes, masa__contains=day).select_related("pegawai"):
        person = seat.pegawai
        if seat.jenis == "X" or seat.instansi_id != crowd.peta.instansi.pk:
            continue
        if seat.jenis != "D":
            expected[seat.jenis] += 1
        elif person.kedudukan_hukum != "01":
            expected["tidak-aktif"] += 1
        elif person.jenis in ("PPPK-PW", "LAIN"):
            expected["terpisah" if person.jenis == "PPPK-PW" else "jenis-lain"] += 1
    assert found == expected and set(found) >= {"PLT", "TT", "tidak-aktif", "terpisah", "jenis-lain"}


@pytest.mark.django_db
def test_the_policy_is_no_longer_asked_with_an_operator_the_planner_misjudges():
    bodies = rows("SELECT prosrc FROM pg_proc WHERE proname IN ('hitung_bezetting', 'bezetting_pada')")
    assert len(bodies) == 2 and not any(" ? " in body for (body,) in bodies)


def test_a_day_without_a_policy_is_refused(crowd):
    with pytest.raises(Exception, match="tidak ada kebijakan bezetting"):
        rows("SELECT hitung_bezetting(%s, %s)", crowd.peta.instansi.pk, dt.date(1999, 1, 1))
