"""Which objects an edit makes worth checking again.

Every check looks at one object and at what stands around it: the unit above it, the units and boxes below it,
the removed ones that name it as successor. Turned around, a changed object asks for the checks of itself, of
the unit it hangs on (before and after), and of its successors.
"""

from __future__ import annotations

from collections.abc import Iterable

from petajabatan.jabatan.rules.beda import IsiPosisi, IsiUnor
from petajabatan.usulan.rules.objek import Kunci, Perubahan
from petajabatan.usulan.rules.pandangan import Pandangan


def affected(view: Pandangan, steps: Iterable[Perubahan]) -> set[Kunci]:
    """Objects whose findings the steps may change: the changed ones, the units they hang or hung on, the
    boxes of changed units, and removed objects that name a changed one as their successor."""
    found: set[Kunci] = set()
    units: set[int] = set()
    boxes: set[int] = set()
    for p in steps:
        found.add(p.kunci)
        (units if p.objek == "unor" else boxes).add(p.id)
        for state in (p.sebelum, p.sesudah):
            if isinstance(state.isi, IsiUnor) and state.isi.atasan_id is not None:
                found.add(("unor", state.isi.atasan_id))
            elif isinstance(state.isi, IsiPosisi):
                found.add(("unor", state.isi.unor_id))
    for rows in view.kotak(sorted(units)).values():
        found |= {("posisi", box.id) for box in rows}
    for gone in view.digantikan("unor", sorted(units)).values():
        found |= {("unor", key) for key in gone}
    for gone in view.digantikan("posisi", sorted(boxes)).values():
        found |= {("posisi", key) for key in gone}
    return found
