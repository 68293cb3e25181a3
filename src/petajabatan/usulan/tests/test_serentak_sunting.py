"""Several people edit one draft at the same moment, the same objects and others: every edit that was accepted
is in the draft exactly once, and nobody overwrites what she had not seen."""

from __future__ import annotations

import random
from dataclasses import dataclass

import pytest

from petajabatan.inti.actor import Actor
from petajabatan.inti.dinding import scope_of
from petajabatan.inti.temuan import Ditolak
from petajabatan.usulan.models import Operasi, Usulan, UsulanPosisi
from petajabatan.usulan.queries.draf import net_changes
from petajabatan.usulan.rules.operasi import TambahUnor, UbahK
from petajabatan.usulan.services import add_operations, create_usulan, redo, undo
from petajabatan.usulan.tests.conftest import Peta
from petajabatan.usulan.tests.pembuat import account
from petajabatan.usulan.tests.test_serentak import together

pytestmark = pytest.mark.django_db(transaction=True)
ORANG, SUNTINGAN = 3, 8


@dataclass(frozen=True)
class Suntingan:
    """An accepted edit: what was set, the revision its author had before her, the revision it made."""

    posisi: int
    k: int
    dilihat: int
    revisi: int


@pytest.fixture
def editors(peta: Peta) -> list[Actor]:
    scope = {"instansi_id": peta.instansi.pk}
    more = [account(f"op{n}", "instansi-operator-sotk", "instansi", **scope) for n in range(1, ORANG)]
    return [peta.operator, *more]


def draft(peta: Peta) -> int:
    with scope_of(peta.operator):
        return int(create_usulan(peta.operator, peta.instansi.pk, judul="Bersama").pk)


def seen(actor: Actor, usulan: int) -> int:
    with scope_of(actor):
        return int(Usulan.objects.values_list("revisi", flat=True).get(pk=usulan))


def work(actor: Actor, n: int, usulan: int, boxes: list[int]) -> tuple[list[Suntingan], int]:
    """A person at her page: she edits, is told when somebody was faster, looks again, and goes on."""
    choose = random.Random(n)
    done: list[Suntingan] = []
    told = 0
    while len(done) < SUNTINGAN:
        before = seen(actor, usulan)
        box, k = choose.choice(boxes), 1000 * (n + 1) + len(done)
        try:
            with scope_of(actor):
                made = add_operations(
                    actor, usulan, [UbahK(posisi_id=box, k=k)], kunci=f"{n}-{k}", revisi=before
                )
                if choose.random() < 0.3:  # the answer was lost: the page sends it again
                    again = add_operations(
                        actor, usulan, [UbahK(posisi_id=box, k=k)], kunci=f"{n}-{k}", revisi=before
                    )
                    assert again.diulang
            done.append(Suntingan(box, k, before, made.revisi))
        except Ditolak as refused:
            assert [t.kode for t in refused.temuan] == ["objek-sudah-berubah"]
            told += 1
    return done, told


def test_no_edit_is_lost_silently_and_none_is_applied_twice(peta: Peta, editors: list[Actor]) -> None:
    usulan = draft(peta)
    boxes = [peta.kotak.pk, peta.kotak_lain.pk]
    calls = [lambda a=actor, n=n: work(a, n, usulan, boxes) for n, actor in enumerate(editors)]  # type: ignore[misc]
    edits = [edit for done, _told in together(*calls) for edit in done]  # type: ignore[attr-defined]
    assert len(edits) == ORANG * SUNTINGAN
    assert sorted(e.revisi for e in edits) == list(range(1, len(edits) + 1))
    stored = [
        o["k"]
        for o in Operasi.objects.filter(usulan_id=usulan).order_by("nomor").values_list("isi", flat=True)
    ]
    assert stored == [e.k for e in sorted(edits, key=lambda e: e.revisi)]
    for edit in edits:  # what she overwrote, she had seen
        assert not [
            other for other in edits
            if other.posisi == edit.posisi and edit.dilihat < other.revisi < edit.revisi
        ]  # fmt: skip
    last = {e.posisi: e.k for e in sorted(edits, key=lambda e: e.revisi)}
    assert {row.posisi_id: row.sesudah["k"] for row in UsulanPosisi.objects.filter(usulan_id=usulan)} == last


def test_units_added_at_the_same_place_at_once_all_stand_there(peta: Peta, editors: list[Actor]) -> None:
    usulan = draft(peta)

    def add(actor: Actor, n: int) -> list[int]:
        made = []
        for i in range(4):
            with scope_of(actor):
                row = TambahUnor(atasan_id=peta.dinas.pk, nama=f"Bidang {n}{i}", dasar_hukum_id=peta.dasar.pk)
                made += add_operations(actor, usulan, [row], kunci=f"{n}-{i}").id_baru.values()
        return made

    ids = together(*[lambda a=a, n=n: add(a, n) for n, a in enumerate(editors)])  # type: ignore[misc]
    new = {key for part in ids for key in part}  # type: ignore[attr-defined]
    rows = [p.sesudah.isi for p in net_changes(Usulan.objects.get(pk=usulan)) if p.objek == "unor"]
    added = [row for row in rows if row is not None and row.id in new]
    assert len(added) == ORANG * 4
    assert len({row.urutan for row in added}) == len(added)


def test_nobody_takes_back_by_undo_what_she_had_not_seen(peta: Peta, editors: list[Actor]) -> None:
    usulan = draft(peta)
    one, two = editors[:2]
    for actor, k in ((one, 50), (two, 60)):
        with scope_of(actor):
            add_operations(actor, usulan, [UbahK(posisi_id=peta.kotak.pk, k=k)])
    with scope_of(one), pytest.raises(Ditolak) as refused:
        undo(one, usulan, revisi=1)
    assert [t.kode for t in refused.value.temuan] == ["objek-sudah-berubah"]
    assert two.nama in refused.value.temuan[0].kalimat
    with scope_of(one):
        assert undo(one, usulan, revisi=2).revisi == 3
        assert UsulanPosisi.objects.get(usulan_id=usulan).sesudah["k"] == 50
    with scope_of(two), pytest.raises(Ditolak):
        redo(two, usulan, revisi=2)
    with scope_of(two):
        redo(two, usulan, revisi=3)
        assert UsulanPosisi.objects.get(usulan_id=usulan).sesudah["k"] == 60


def test_an_edit_over_an_undo_one_had_not_seen_is_refused(peta: Peta, editors: list[Actor]) -> None:
    usulan = draft(peta)
    one, two = editors[:2]
    with scope_of(one):
        add_operations(one, usulan, [UbahK(posisi_id=peta.kotak.pk, k=50)])
    with scope_of(two):
        undo(two, usulan, revisi=1)
    with scope_of(one), pytest.raises(Ditolak) as refused:
        add_operations(one, usulan, [UbahK(posisi_id=peta.kotak.pk, k=51)], revisi=1)
    assert [t.kode for t in refused.value.temuan] == ["objek-sudah-berubah"]
    assert two.nama in refused.value.temuan[0].kalimat
    with scope_of(one):
        add_operations(one, usulan, [UbahK(posisi_id=peta.kotak_lain.pk, k=51)], revisi=1)
        add_operations(one, usulan, [UbahK(posisi_id=peta.kotak.pk, k=52)], revisi=3)


def test_an_undo_and_an_edit_at_once_never_take_back_the_edit(peta: Peta, editors: list[Actor]) -> None:
    usulan = draft(peta)
    one, two = editors[:2]
    with scope_of(one):
        add_operations(one, usulan, [UbahK(posisi_id=peta.kotak.pk, k=50)])

    def back() -> str:
        with scope_of(one):
            undo(one, usulan, revisi=1)
        return "urung"

    def edit() -> str:
        with scope_of(two):
            add_operations(two, usulan, [UbahK(posisi_id=peta.kotak_lain.pk, k=60)], revisi=1)
        return "sunting"

    results = together(back, edit)
    assert results[1] == "sunting"
    held = {row.posisi_id: row.sesudah["k"] for row in UsulanPosisi.objects.filter(usulan_id=usulan)}
    if results[0] == "urung":  # it came first
        assert held == {peta.kotak_lain.pk: 60}
    else:
        assert results[0] == ["objek-sudah-berubah"]
        assert held == {peta.kotak.pk: 50, peta.kotak_lain.pk: 60}
