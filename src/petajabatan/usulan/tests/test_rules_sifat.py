"""Properties that hold for any map and any operations."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from petajabatan.jabatan.rules.beda import IsiPosisi, IsiUnor, compare, totals_of, totals_of_difference
from petajabatan.jabatan.rules.peta import Kotak, Simpul, build_peta
from petajabatan.usulan.rules import operasi as op
from petajabatan.usulan.rules.cek import TemuanObjek, jalankan
from petajabatan.usulan.rules.jejak import affected
from petajabatan.usulan.rules.objek import (
    Keadaan,
    Kunci,
    Perubahan,
    perubahan_from_json,
    perubahan_to_json,
    rangkum,
)
from petajabatan.usulan.rules.pandangan import PetaDraf, atas
from petajabatan.usulan.rules.selaras import SELURUHNYA, removals, selaraskan
from petajabatan.usulan.rules.terapkan import terapkan
from petajabatan.usulan.rules.total import (
    NOL,
    Selisih,
    carried_people,
    contributions,
    deltas,
    moved_units,
    rollup_of,
)
from petajabatan.usulan.tests.peta_acak import ACUAN, jalankan_acak, langkah_kasar, operasi_acak, peta


def content(view: PetaDraf) -> tuple[dict[int, IsiUnor], dict[int, IsiPosisi]]:
    return {u.id: u for u in view.units()}, {p.id: p for p in view.boxes()}


@given(st.data(), peta())
def test_undoing_every_step_backwards_gives_the_map_back(data: st.DataObject, view: PetaDraf) -> None:
    before = content(view)
    steps = [p for part in data.draw(st.composite(jalankan_acak)(view, 5)) for p in part]
    view.take([p.balik() for p in reversed(steps)])
    assert content(view) == before
    assert view.disentuh() == []


@given(st.data(), peta())
def test_a_draft_is_always_a_sound_tree(data: st.DataObject, view: PetaDraf) -> None:
    data.draw(st.composite(jalankan_acak)(view, 6))
    units = [Simpul(u.id, u.atasan_id, u.nama, urutan=u.urutan) for u in view.units()]
    boxes = [Kotak(p.id, p.unor_id, p.nama, p.jenis, kepala=p.kepala) for p in view.boxes()]
    built = build_peta(1, 1, dt.date(2026, 1, 1), units, boxes)  # raises for anything unsound
    for unit in built.walk():
        assert sum(box.kepala for box in unit.kotak) <= 1
    for _objek, _key, state in ((*k, view.keadaan(k[0], [k[1]])[k[1]]) for k in view.disentuh()):
        assert state.hidup or all(view.keadaan(_objek, [h])[h] != Keadaan(None) for h in state.penerus)


@given(st.data(), peta())
def test_steps_kept_as_json_come_back_the_same(data: st.DataObject, view: PetaDraf) -> None:
    steps = [p for part in data.draw(st.composite(jalankan_acak)(view, 4)) for p in part]
    assert perubahan_from_json(perubahan_to_json(steps)) == steps


@given(st.data(), peta())
def test_net_changes_say_the_same_as_all_steps(data: st.DataObject, view: PetaDraf) -> None:
    fresh = view.dasar()
    steps = [p for part in data.draw(st.composite(jalankan_acak)(view, 5)) for p in part]
    fresh.take(rangkum(steps))
    assert content(fresh) == content(view)
    assert fresh.perubahan() == view.perubahan()


@given(st.data(), peta())
def test_totals_brought_along_equal_totals_from_scratch(data: st.DataObject, view: PetaDraf) -> None:
    base = view.dasar()
    b = base.orang([p.id for p in base.boxes()])
    old = rollup_of(base.units(), base.boxes(), b)
    sums: dict[int, Selisih] = {}
    ids = iter(range(20_000, 30_000))
    for _ in range(5):
        parts = data.draw(st.composite(_one)(view, next(ids)))
        for steps in parts:
            now = {k: old.get(k, NOL).plus(sums.get(k, NOL)) for k in moved_units(steps)}
            before = contributions(view, steps, "sebelum", b, now)
            view.take(steps)
            after = contributions(view, steps, "sesudah", b, now)
            for key, amount in deltas(before, after).items():
                sums[key] = sums.get(key, NOL).plus(amount)
    new = rollup_of(view.units(), view.boxes(), b)
    for key in old.keys() | new.keys():
        got = old.get(key, NOL).plus(sums.get(key, NOL))
        want = new.get(key, NOL)
        assert (got.k, got.n_posisi, got.n_unor) == (want.k, want.n_posisi, want.n_unor)
    moved = carried_people(view.perubahan(), b)
    assert sum(moved.values()) <= sum(b.values())


def _one(draw: st.DrawFn, view: PetaDraf, new: int) -> list:
    from petajabatan.usulan.rules.majemuk import urai
    from petajabatan.usulan.rules.terapkan import terapkan

    made, copy = [], view.dasar()
    copy.take(view.perubahan())
    ids = iter(range(new * 100, new * 100 + 100))
    whole = operasi_acak(draw, copy, new)
    for part in urai(copy, whole, lambda _kind: next(ids)):
        result = terapkan(copy, part)
        if result.ditolak:
            break
        copy.take(result.perubahan)
        made.append(result.perubahan)
    return made


def _plain(rows: Iterable[TemuanObjek]) -> list[TemuanObjek]:
    """Findings in one order, without their place: that is the way to the object when it was checked."""
    bare = [replace(row, temuan=replace(row.temuan, tempat="")) for row in rows]
    return sorted(bare, key=lambda t: (t.objek, t.id, t.temuan.kode, t.temuan.nilai, t.temuan.kalimat))


class _Terjaga:
    """Findings kept up to date step by step, as a draft does."""

    def __init__(self, view: PetaDraf) -> None:
        self.view, self.base = view, view.dasar()
        self.kept: dict[Kunci, list[TemuanObjek]] = {}

    def take(self, steps: Sequence[Perubahan]) -> None:
        self.view.take(steps)
        keys = affected(self.view, steps)
        for key in keys:
            self.kept.pop(key, None)
        for found in jalankan(self.view, keys & affected(self.view, self.view.perubahan()), self.base):
            self.kept.setdefault((found.objek, found.id), []).append(found)

    def check(self) -> None:
        whole = jalankan(self.view, affected(self.view, self.view.perubahan()), self.base)
        assert _plain(f for rows in self.kept.values() for f in rows) == _plain(whole)


@given(st.data(), peta())
def test_findings_kept_up_to_date_equal_findings_from_scratch(data: st.DataObject, view: PetaDraf) -> None:
    kept = _Terjaga(view)
    ids = iter(range(40_000, 50_000))
    for _ in range(5):
        for steps in data.draw(st.composite(_one)(view, next(ids))):
            kept.take(steps)
    kept.check()


@given(st.data(), peta())
def test_findings_stay_up_to_date_through_undo(data: st.DataObject, view: PetaDraf) -> None:
    kept = _Terjaga(view)
    ids = iter(range(40_000, 50_000))
    done: list[Sequence[Perubahan]] = []
    for _ in range(4):
        for steps in data.draw(st.composite(_one)(view, next(ids))):
            kept.take(steps)
            done.append(steps)
    for steps in reversed(done[data.draw(st.integers(0, len(done))) :]):
        kept.take([p.balik() for p in reversed(steps)])
        kept.check()


@given(st.data(), peta())
def test_findings_stay_up_to_date_on_an_unsound_draft(data: st.DataObject, view: PetaDraf) -> None:
    kept = _Terjaga(view)
    for number in range(8):
        kept.take(data.draw(st.composite(langkah_kasar)(view, 60_000 + number)))
        kept.check()


@given(st.data(), peta())
def test_totals_of_the_difference_are_the_difference_of_totals(data: st.DataObject, view: PetaDraf) -> None:
    base = view.dasar()
    data.draw(st.composite(jalankan_acak)(view, 5))
    units, boxes = [], []
    for p in view.perubahan():
        pair = compare(p.sebelum.isi, p.sesudah.isi)
        if pair is not None:
            (units if p.objek == "unor" else boxes).append(pair)
    whole = totals_of(view.units(), view.boxes()).minus(totals_of(base.units(), base.boxes()))
    assert totals_of_difference(units, boxes) == whole


@given(st.data(), peta())
def test_independent_drafts_may_be_published_in_any_order(data: st.DataObject, view: PetaDraf) -> None:
    """Two drafts that touch different objects: A then B rebased gives the same map as B then A rebased."""
    one, other = view.dasar(), view.dasar()
    data.draw(st.composite(jalankan_acak)(one, 3, 60_000))
    data.draw(st.composite(jalankan_acak)(other, 3, 70_000))
    a, b = one.perubahan(), other.perubahan()
    if {p.kunci for p in a} & {p.kunci for p in b}:
        return
    results = []
    for first, second in ((a, b), (b, a)):
        base = view.dasar()
        base.take(first)
        state = {p.kunci: base.keadaan(p.objek, [p.id])[p.id] for p in second}
        rebased = selaraskan(second, state)
        assert rebased.konflik == []
        base.take(rebased.perubahan)
        results.append(content(base))
    assert results[0] == results[1]


@given(st.data(), peta())
def test_a_rebase_never_overwrites_silently(data: st.DataObject, view: PetaDraf) -> None:
    """What both changed differently is a conflict; what stands afterwards is one of the two."""
    one, other = view.dasar(), view.dasar()
    data.draw(st.composite(jalankan_acak)(one, 3, 60_000))
    data.draw(st.composite(jalankan_acak)(other, 3, 70_000))
    state = {p.kunci: one.keadaan(p.objek, [p.id])[p.id] for p in other.perubahan()}
    result = selaraskan(other.perubahan(), state)
    conflicts = {(c.objek, c.id, c.kolom) for c in result.konflik}
    merged = {p.kunci: p.sesudah.isi for p in result.perubahan}
    for p in other.perubahan():
        now = state[p.kunci].isi
        if p.sebelum.isi is None or now is None or p.sesudah.isi is None:
            continue
        for name in p.sebelum.isi._fields:
            base, ours, theirs = (getattr(x, name) for x in (p.sebelum.isi, p.sesudah.isi, now))
            got = getattr(merged.get(p.kunci, now), name)
            assert got in (ours, theirs)
            if base not in (ours, theirs) and ours != theirs and name != "urutan":
                assert (p.objek, p.id, name) in conflicts


@given(st.data(), peta())
def test_a_removal_is_decided_whole_and_leaves_nothing_half_removed(
    data: st.DataObject, view: PetaDraf
) -> None:
    """Whatever is chosen for each removal: what one action removed goes together or stays together, and what
    stays has a unit to stand on."""
    published, draft = view.dasar(), view.dasar()
    data.draw(st.composite(jalankan_acak)(published, 4, 60_000))
    unit = st.sampled_from(sorted(u.id for u in draft.units()))
    for _ in range(2):
        result = terapkan(
            draft, op.HapusUnor(unor_id=data.draw(unit), penerus=(data.draw(unit),), cabang=True)
        )
        if not result.ditolak:
            draft.take(result.perubahan)
            unit = st.sampled_from(sorted(u.id for u in draft.units()))
    rows = draft.perubahan()
    removed = {p.kunci for p in rows if not p.sesudah.hidup}
    state = {p.kunci: published.keadaan(p.objek, [p.id])[p.id] for p in rows}
    new = [
        ((objek, row.id), above)
        for objek, found in (("unor", published.units()), ("posisi", published.boxes()))
        for row in found
        if (above := atas(row)) is not None and ("unor", above) in removed and (objek, row.id) not in state
    ]
    whole = removals(rows, state, penghuni=new)
    choices = {
        (*r.puncak, SELURUHNYA): data.draw(st.sampled_from(("usulan", "terbit")), label=str(r.puncak))
        for r in whole
    }
    asked = selaraskan(rows, state, penghuni=new)
    assert {c.kunci for c in asked.konflik if (c.objek, c.id) in removed} == choices.keys()
    result = selaraskan(rows, state, choices, penghuni=new)
    assert not any((c.objek, c.id) in removed for c in result.konflik)
    published.take(result.perubahan)
    units, boxes = content(published)
    for r in whole:
        stays = {key for key in r.terhapus if key[1] in (units if key[0] == "unor" else boxes)}
        if choices[*r.puncak, SELURUHNYA] == "usulan":
            assert not stays
            continue
        assert stays == {key for key in r.terhapus if state[key].hidup}
        for kind, key in stays:
            above = atas(units[key] if kind == "unor" else boxes[key])
            assert above is None or above in units


def test_the_reference_of_the_tests_is_sound() -> None:
    assert ACUAN.jabatan([1, 99]) == {1: ACUAN.daftar_jabatan[1]}
