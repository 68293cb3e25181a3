"""A person's past posts resolve through any number of reorganisations."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from petajabatan.inti.jam import move_to, today
from petajabatan.organisasi.models import UnorRiwayat
from petajabatan.pegawai.models import RiwayatJabatan
from petajabatan.pegawai.queries import history_of, successors_of_boxes, successors_of_units
from petajabatan.pegawai.rules.penerus import successor_paths
from petajabatan.pegawai.tests.reorganisasi import SISTEM, end_box, end_unit, reorganise, settle
from petajabatan.testing import factories as make

GRAPH = st.dictionaries(st.integers(0, 12), st.lists(st.integers(0, 12), max_size=4), max_size=13)


def reachable(start: int, edges: dict[int, list[int]]) -> set[int]:
    found, stack = {start}, [start]
    while stack:
        for one in edges.get(stack.pop(), ()):
            if one not in found:
                found.add(one)
                stack.append(one)
    return found


@given(GRAPH, st.integers(0, 12))
def test_every_end_is_found_once_whatever_the_shape_circles_included(edges, start):
    paths = successor_paths(start, edges)
    ends = [path[-1] for path in paths]
    expected = {node for node in reachable(start, edges) if not edges.get(node) and node != start}
    assert len(ends) == len(set(ends))
    assert set(ends) == expected
    for path in paths:
        steps = zip((start, *path), path, strict=False)
        assert all(b in edges[a] for a, b in steps)
        assert len(set(path)) == len(path)


@given(st.lists(st.integers(1, 3), min_size=1, max_size=8))
def test_a_chain_of_reorganisations_leads_from_the_first_to_the_last(widths):
    """Each step splits what there is into ``width`` parts; those of the last step are found, none before."""
    edges: dict[int, list[int]] = {}
    level, fresh = [0], 1
    for width in widths:
        parts = list(range(fresh, fresh + width))
        fresh += width
        for node in level:
            edges[node] = parts
        level = parts
    assert [path[-1] for path in successor_paths(0, edges)] == level
    assert all(len(path) == len(widths) for path in successor_paths(0, edges))


def step(peta, berlaku, ended, names):
    """One reorganisation: ``ended`` units give way to new ones of these names."""
    with transaction.atomic():
        versi = make.make_version(peta.instansi, berlaku)
        new = [make.make_unor(peta.instansi, name, peta.dinas, sejak=versi) for name in names]
        for unor in ended:
            end_unit(unor, versi, [u.id for u in new])
        settle()
    return new


def test_units_split_and_merge_over_four_versions(peta_a):
    settle()
    day = dt.date(2026, 2, 1)
    start = make.make_version(peta_a.instansi, day)
    with transaction.atomic():
        satu = make.make_unor(peta_a.instansi, "Seksi Satu", peta_a.dinas, sejak=start)
        settle()
    a, b = step(peta_a, dt.date(2026, 3, 1), [satu], ["Seksi A", "Seksi B"])
    (c,) = step(peta_a, dt.date(2026, 4, 1), [a], ["Seksi C"])
    (d,) = step(peta_a, dt.date(2026, 5, 1), [b, c], ["Seksi D"])
    found = successors_of_units([satu.id, c.id, d.id, peta_a.dinas.id])
    assert [(p.unor_id, p.nama, p.lewat, p.hidup) for p in found[satu.id]] == [
        (d.id, "Seksi D", ("Seksi B",), True)
    ]
    assert [(p.unor_id, p.lewat) for p in found[c.id]] == [(d.id, ())]
    assert [p.unor_id for p in found[d.id]] == [d.id]
    assert [p.nama for p in found[peta_a.dinas.id]] == ["Dinas Pendidikan Kabupaten Alfa"]


def test_a_circle_of_successors_ends(peta_a):
    """It should not be; should it be all the same, nobody waits for ever."""
    settle()
    start = make.make_version(peta_a.instansi, dt.date(2026, 2, 1))
    with transaction.atomic():
        satu = make.make_unor(peta_a.instansi, "Satu", peta_a.dinas, sejak=start)
        dua = make.make_unor(peta_a.instansi, "Dua", peta_a.dinas, sejak=start)
        settle()
    with transaction.atomic():
        versi = make.make_version(peta_a.instansi, dt.date(2026, 3, 1))
        end_unit(satu, versi, [dua.id])
        end_unit(dua, versi, [satu.id])
        settle()
    (only,) = successors_of_units([satu.id])[satu.id]
    assert (only.unor_id, only.hidup) == (satu.id, False)


@pytest.fixture
def past(peta_a):
    """Budi once sat in Bidang SD; version 2 of tomorrow ends it."""
    settle()
    budi = peta_a.orang[0]
    RiwayatJabatan.objects.create(
        pegawai=budi, instansi=peta_a.instansi, posisi=peta_a.staf, unor=peta_a.bidang,
        nama_jabatan="Pengolah Data", nama_unor="Bidang SD", masa=(dt.date(2010, 1, 1), dt.date(2015, 1, 1)),
    )  # fmt: skip
    return reorganise(peta_a)


def test_a_past_post_is_named_as_it_was_then_and_says_what_it_is_now(past):
    budi = past.peta.orang[0]

    def old():
        return next(p for p in history_of(SISTEM, budi.id).riwayat if p.sampai == dt.date(2015, 1, 1))

    before = old()
    assert (before.nama_jabatan, before.nama_unor) == ("Pengolah Data", "Bidang SD")
    assert [(s.posisi_id, s.unor) for s in before.sekarang] == [
        (past.peta.staf.id, "Bidang SD Kabupaten Alfa")
    ]
    move_to(past.berlaku)
    after = old()
    assert (after.nama_jabatan, after.nama_unor) == ("Pengolah Data", "Bidang SD")
    assert [(s.posisi_id, s.unor) for s in after.sekarang] == [(past.staf_baru.id, "Bidang Sekolah")]
    with transaction.atomic():
        versi = make.make_version(past.peta.instansi, today())
        end_box(past.staf_baru, versi)
        UnorRiwayat.objects.filter(unor=past.unor_baru, hingga=2147483647).update(hingga=versi)
        UnorRiwayat.objects.create(
            unor=past.unor_baru, instansi=past.peta.instansi, sejak=versi, atasan=past.peta.dinas,
            nama="Bidang Pendidikan Dasar",
        )  # fmt: skip
        settle()
    # No box followed the last one, so that the unit answers, under the name it has now.
    assert [(s.posisi_id, s.nama) for s in old().sekarang] == [(None, "Bidang Pendidikan Dasar")]
    assert [p.hidup for p in successors_of_boxes([past.peta.staf.id])[past.peta.staf.id]] == [False]


def test_cancelled_assignments_are_not_shown(past):
    from petajabatan.pegawai.services import cancel_placement

    cancel_placement(SISTEM, past.peta.instansi.id, past.versi)
    history = history_of(SISTEM, past.peta.orang[1].id).riwayat
    assert [(p.jenis, p.posisi_id, p.sampai) for p in history] == [("D", past.peta.staf.id, None)]
