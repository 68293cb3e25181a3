"""The synthetic people: valid NIP, plausible ages and careers, the same for the same seed."""

from __future__ import annotations

import datetime as dt
import itertools
from collections import Counter

import pytest

from petajabatan.demo.orang import GOLONGAN, HARI_ACUAN, OrangDemo
from petajabatan.demo.orang_identitas import PabrikNip
from petajabatan.demo.services import compose
from petajabatan.pegawai.rules.nip import clean_nip, mismatches


@pytest.fixture(scope="module")
def terisi():
    return compose(PabrikNip())


@pytest.fixture(scope="module")
def orang(terisi) -> list[OrangDemo]:
    return [o for _, _, _, people in terisi for o in people]


def umur(o: OrangDemo, pada: dt.date = HARI_ACUAN) -> float:
    return (pada - o.lahir).days / 365.25


def test_every_nip_is_valid_agrees_with_the_person_and_occurs_once(orang):
    assert len({o.nip for o in orang}) == len(orang)
    for o in orang:
        assert clean_nip(o.nip) == (o.nip, ""), o
        assert mismatches(o.nip, o.lahir.isoformat(), o.tmt_cpns.isoformat(), o.kelamin, o.jenis) == ()


def test_the_same_seed_gives_the_same_people(terisi):
    again = compose(PabrikNip())
    assert [[o.nip for o in people] for *_, people in again] == [[o.nip for o in p] for *_, p in terisi]
    assert [o.nama for o in again[0][3][:50]] == [o.nama for o in terisi[0][3][:50]]


def test_there_are_a_few_thousand_in_rembang_and_several_hundred_in_the_agency(terisi):
    sizes = [len(people) for *_, people in terisi]
    assert 3_500 <= sizes[0] <= 5_500 and 500 <= sizes[1] <= 1_500


def test_all_kinds_of_employment_and_all_levels_occur(orang):
    kinds = Counter(o.jenis for o in orang)
    assert set(kinds) == {"PNS", "CPNS", "PPPK", "PPPK-PW"}
    assert kinds["PNS"] > kinds["PPPK"] > kinds["CPNS"] > 50
    assert {o.golongan for o in orang if o.jenis == "PNS"} == set(GOLONGAN)
    assert not [o for o in orang if o.jenis.startswith("PPPK") and "/" in o.golongan]


def test_ages_are_those_of_people_in_service_some_near_the_age_limit(orang):
    assert all((o.lahir.year + 18, o.lahir.month) <= (o.tmt_cpns.year, o.tmt_cpns.month) for o in orang)
    assert all(umur(o) < 65.1 for o in orang)
    assert 60 <= sum(57 <= umur(o) < 60 for o in orang) <= 600
    assert 39 <= sum(map(umur, orang)) / len(orang) <= 46


def test_nobody_graduates_before_school_age_or_after_today(orang):
    for o in orang:
        assert o.lahir.year + 12 <= o.tahun_lulus < HARI_ACUAN.year


def test_careers_have_no_gap_and_one_definitive_post_at_a_time(orang):
    for o in orang:
        posts = [t for t in o.tugas if t.jenis == "D"]
        assert 1 <= len(posts) <= 5
        assert posts[0].dari == o.tmt_cpns and posts[-1].sampai is None
        for before, after in itertools.pairwise(posts):
            assert before.dari < before.sampai == after.dari, o
    assert len([o for o in orang if len(o.tugas) >= 3]) > len(orang) / 3


def test_dates_of_a_career_stand_in_order(orang):
    for o in orang:
        assert o.tmt_cpns <= o.tmt_golongan <= HARI_ACUAN
        assert o.tmt_pns is None or o.tmt_cpns < o.tmt_pns <= HARI_ACUAN
        assert o.mk_tahun * 12 + o.mk_bulan == (HARI_ACUAN.year - o.tmt_cpns.year) * 12 + (
            HARI_ACUAN.month - o.tmt_cpns.month
        )


def test_a_few_posts_find_no_box_no_jabatan_or_no_unit(orang):
    present = [next(t for t in reversed(o.tugas) if t.jenis == "D") for o in orang]
    unplaced = [t for t in present if t.kotak is None]
    assert 0.01 < len(unplaced) / len(orang) < 0.04
    assert any(t.unit is None for t in unplaced)
    assert any(t.unit and t.jabatan is None for t in unplaced)
    assert any(t.unit and t.jabatan for t in unplaced)


def test_vacant_heads_mostly_have_an_acting_head(terisi):
    for _, _, susunan, people in terisi:
        acting = {t.unit for o in people for t in o.tugas if t.jenis == "PLT"}
        vacant = {u.kunci for u in susunan.unit.values() if u.kepala and not u.kepala.isi}
        assert acting <= vacant and len(acting) > len(vacant) / 2


def test_service_on_a_unit_that_was_closed_is_kept(terisi):
    _, _, kini, people = terisi[0]
    closed = [t for o in people for t in o.tugas if t.unit == "upt-rph"]
    assert closed and "upt-rph" not in kini.unit
    assert any(t.sampai == dt.date(2026, 7, 1) for t in closed)


def test_seats_are_filled_as_the_composition_says(terisi):
    for _, _, susunan, people in terisi:
        planned = sum(k.isi for u in susunan.unit.values() for k in u.kotak)
        assert sum(o.jenis != "PPPK-PW" for o in people) == planned
