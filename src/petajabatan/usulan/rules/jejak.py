"""Which objects an edit makes worth checking again.

Every check looks at one object and at what stands around it:

- a unit: itself, the unit above it, the units right below it, the boxes on it, and what the draft removed
  from under it; when it hangs elsewhere than in the base version also the way up to the root;
- a removed unit: besides those its successors and the boxes on them;
- a box: itself, its unit, and the removed boxes that name it as their successor;
- a removed box: itself and its successors;
- a factor sheet: the boxes it serves; the ABK sheet of a box: that box (``Objek`` isian has no checks of its
  own, and the other sections of an informasi jabatan are looked at by none).

The unit above is looked at only to see whether it is there; what compares a unit with the one above it
(levels, kinds, names) is a check of the upper one. Otherwise renaming an office would mean checking all units
below it. Turned around, this is ``affected``. The *place* that a finding names for people is the way to its
object as it was when it was checked; a gate checks everything anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from petajabatan.jabatan.rules.beda import IsiUnor
from petajabatan.jabatan.rules.isian import IsiIsian
from petajabatan.usulan.rules.objek import OBJEK_PETA, Kunci, Perubahan
from petajabatan.usulan.rules.pandangan import Pandangan, atas, jalur, muat_jalur


def affected(view: Pandangan, steps: Iterable[Perubahan]) -> set[Kunci]:
    """Objects whose findings the steps may change: the changed ones; the units they hang, hung or by the base
    version hang on; the boxes of changed units; the successors they name; the removed objects that name a
    changed one, or the unit of a changed box, as their successor; what hangs on a new unit; and the moved
    units on a way that leads, or led, round in a circle."""
    every = list(steps)
    rows = [p for p in every if p.objek != "isian"]
    found: set[Kunci] = {p.kunci for p in rows} | _described(view, every)
    ids = {kind: sorted({p.id for p in rows if p.objek == kind}) for kind in OBJEK_PETA}
    base = {kind: view.terbit(kind, ids[kind]) for kind in OBJEK_PETA}
    owners: set[int] = set()
    for p in rows:
        above = {atas(isi) for isi in (p.sebelum.isi, p.sesudah.isi, base[p.objek].get(p.id))}
        hung = {key for key in above if key is not None}
        found |= {("unor", key) for key in hung}
        found |= {(p.objek, heir) for state in (p.sebelum, p.sesudah) for heir in state.penerus}
        if p.objek == "posisi":
            owners |= hung
    for boxes in view.kotak(ids["unor"]).values():
        found |= {("posisi", box.id) for box in boxes}
    for gone in view.digantikan("unor", sorted(owners | set(ids["unor"]))).values():
        found |= {("unor", key) for key in gone}
    for gone in view.digantikan("posisi", ids["posisi"]).values():
        found |= {("posisi", key) for key in gone}
    units = [p for p in rows if p.objek == "unor"]
    made = [p.id for p in units if p.sebelum.hidup != p.sesudah.hidup and p.id not in base["unor"]]
    for below in view.anak(made).values():
        found |= {("unor", unit.id) for unit in below}
    return found | _circles(view, units)


def _described(view: Pandangan, steps: Iterable[Perubahan]) -> set[Kunci]:
    """The boxes of the changed ABK and factor sheets."""
    rows = [p.sesudah.isi or p.sebelum.isi for p in steps if p.objek == "isian"]
    sections = [row for row in rows if isinstance(row, IsiIsian)]
    found: set[Kunci] = {("posisi", row.posisi_id) for row in sections if row.posisi_id is not None}
    sheets = sorted({row.infojab_id or 0 for row in sections if row.bagian == "evaluasi"})
    if sheets:
        found |= {("posisi", key) for keys in view.pemakai(sheets).values() for key in keys}
    return found


def _circles(view: Pandangan, units: Sequence[Perubahan]) -> set[Kunci]:
    """Units on a circle that a step closed or opened, those whose place the draft changed: a circle always
    has one, as the base version has none."""
    found: set[Kunci] = set()
    muat_jalur(view, {key for p in units for key in map(atas, (p.sebelum.isi, p.sesudah.isi)) if key})
    for p in units:
        ends = {atas(state.isi) for state in (p.sebelum, p.sesudah)}
        if len(ends) < 2:
            continue
        for end in ends:
            way = jalur(view, end) if end is not None else []
            if end == p.id or any(atas(unit) == p.id or unit.id == p.id for unit in way):
                found |= _moved(view, way)
    return found


def _moved(view: Pandangan, units: Sequence[IsiUnor]) -> set[Kunci]:
    base = view.terbit("unor", [unit.id for unit in units])
    return {("unor", unit.id) for unit in units if atas(base.get(unit.id)) != unit.atasan_id}
