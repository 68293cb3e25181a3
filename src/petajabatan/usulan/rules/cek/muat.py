"""Asking in batches for what the checks will ask one by one.

Every question below is one statement (or none, when it was asked before) whatever the number of objects; what
a check reads beyond it would cost statements per object, so a check that looks further is added here too.
"""

from __future__ import annotations

from collections.abc import Mapping

from petajabatan.jabatan.rules.beda import IsiPosisi, IsiUnor
from petajabatan.jabatan.rules.isian import isian_id
from petajabatan.usulan.rules.objek import Isi, Keadaan, Objek
from petajabatan.usulan.rules.pandangan import Pandangan, muat_jalur

BERKODE = frozenset({"sekolah", "faskes"})
"""Kinds of unit that others know by a code."""


def muat(view: Pandangan, objek: Objek, states: Mapping[int, Keadaan], base: Mapping[int, Isi]) -> None:
    """Read what the checks of these objects look at."""
    if objek == "unor":
        _units(view, states, base)
    else:
        _boxes(view, states, base)


def _units(view: Pandangan, states: Mapping[int, Keadaan], base: Mapping[int, Isi]) -> None:
    ids = list(states)
    living = [s.isi for s in states.values() if isinstance(s.isi, IsiUnor)]
    removed = [key for key in ids if key in base and not states[key].hidup]
    heirs = sorted({key for unit in removed for key in states[unit].penerus})
    below = view.anak(ids)
    boxes = view.kotak([*ids, *heirs])
    gone = view.dihapus_dari("posisi", ids)
    view.dihapus_dari("unor", [unit.id for unit in living])
    children = [unit for units in below.values() for unit in units]
    old = view.terbit("unor", [unit.id for unit in children])
    above = {unit.atasan_id for unit in living} | {
        row.atasan_id for row in old.values() if isinstance(row, IsiUnor)
    }
    view.keadaan("unor", sorted({key for key in above if key is not None} | set(heirs)))
    lost = [key for keys in gone.values() for key in keys]
    view.keadaan("posisi", lost)
    view.orang([*lost, *(box.id for rows in boxes.values() for box in rows)])
    view.orang_tanpa_kotak(ids)
    before = [row for row in base.values() if isinstance(row, IsiUnor)]
    rows = [*living, *before, *children, *(_rows(view, heirs))]
    view.acuan.dasar_hukum([row.dasar_hukum_id for row in rows if row.dasar_hukum_id is not None])
    view.kode([*removed, *(unit.id for unit in living if unit.jenis in BERKODE)])
    muat_jalur(view, [unit.id for unit in living if _moved(unit, base.get(unit.id))])


def _rows(view: Pandangan, ids: list[int]) -> list[IsiUnor]:
    return [s.isi for s in view.keadaan("unor", ids).values() if isinstance(s.isi, IsiUnor)]


def _moved(unit: IsiUnor, before: Isi | None) -> bool:
    return not isinstance(before, IsiUnor) or before.atasan_id != unit.atasan_id


def _boxes(view: Pandangan, states: Mapping[int, Keadaan], base: Mapping[int, Isi]) -> None:
    living = [s.isi for s in states.values() if isinstance(s.isi, IsiPosisi)]
    view.keadaan("unor", sorted({box.unor_id for box in living}))
    view.keadaan("posisi", sorted({key for s in states.values() for key in s.penerus}))
    described = sorted({box.infojab_id for box in living if box.infojab_id is not None})
    view.keadaan(
        "isian",
        [isian_id("abk", posisi_id=key) for key in states]
        + [isian_id("evaluasi", infojab_id=key) for key in described],
    )
    view.orang(list(states))
    known = [row for row in (*living, *base.values()) if isinstance(row, IsiPosisi)]
    jabatan = sorted({box.jabatan_id for box in known if box.jabatan_id is not None})
    view.acuan.jabatan(jabatan)
    view.acuan.kelas_nasional(jabatan)
