"""Informasi jabatan that a box without one could use: those of other boxes of its jabatan.

How many there are for each jabatan is kept for a version; a draft changes few of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from petajabatan.anjab.queries.infojab_nilai import scores_of
from petajabatan.anjab.queries.infojab_peta import BOX, Kotak, Sudut, boxes, units_of
from petajabatan.anjab.queries.infojab_sentuh import touched_ids
from petajabatan.anjab.queries.urutan import order_of, place_of
from petajabatan.inti.simpanan import kept
from petajabatan.jabatan.queries.peta import fetch

TAMPIL = 4
"""Boxes named for each informasi jabatan that is offered."""
Jabatan = int | str
"""Id of a jabatan; the name of the box where it has none."""
_USES = """SELECT jabatan_id, CASE WHEN jabatan_id IS NULL THEN nama END, infojab_id, count(*)
FROM ({boxes}) s GROUP BY 1, 2, 3"""
_ALL = _USES.format(boxes=BOX.format(base="r.infojab_id IS NOT NULL", draf="o.infojab_baru IS NOT NULL"))
_SOME = _USES.format(
    boxes=BOX.format(
        base="r.infojab_id IS NOT NULL AND r.posisi_id = ANY(%(posisi)s)",
        draf="o.infojab_baru IS NOT NULL AND o.posisi_id = ANY(%(posisi)s)",
    )
)

# Boxes of the same jabatan (without one: of the same name), by informasi jabatan; of each the nearest few.
_OFFERS = f"""SELECT s.infojab_id, count(*), bool_or(s.unor_id = ANY(%(dekat)s)),
  (array_agg(s.posisi_id ORDER BY s.unor_id = ANY(%(dekat)s) DESC, s.unor_id, s.posisi_id))[1:{TAMPIL}]
FROM ({
    BOX.format(
        base="r.infojab_id IS NOT NULL"
        " AND (r.jabatan_id = %(jabatan)s OR %(jabatan)s::bigint IS NULL AND r.nama = %(nama)s)",
        draf="o.infojab_baru IS NOT NULL"
        " AND (s.jabatan_id = %(jabatan)s OR %(jabatan)s::bigint IS NULL AND s.nama = %(nama)s)",
    )
}) s GROUP BY 1"""


@dataclass(frozen=True)
class Tawaran:
    """An informasi jabatan in use. ``unit``: names of the units of the nearest boxes (at most ``TAMPIL``) of
    the ``banyak`` that use it; ``persen``: how complete the most complete of those is; ``dekat``: whether a
    unit beside the box's own uses it."""

    id: int
    nama: str
    unit: list[str]
    banyak: int
    persen: int
    dekat: bool


def offers_for(sudut: Sudut, kotak: Kotak) -> list[Tawaran]:
    """What a box could use, the best first: of units beside its own, then the most complete. A fixed number
    of statements."""
    order = order_of(sudut)
    place = order.tempat(kotak.unor_id)
    above = order.induk[place] if place is not None else -1
    beside = order.anak(above) if above >= 0 else order.akar()
    params = sudut.params | {
        "dekat": [order.ids[n] for n in beside], "jabatan": kotak.jabatan_id, "nama": kotak.nama,
    }  # fmt: skip
    rows = fetch(_OFFERS, params)
    near = boxes(sudut, [key for row in rows for key in row[3]])
    scores, units = scores_of(sudut, list(near.values())), units_of(sudut, {b.unor_id for b in near.values()})
    found = [
        Tawaran(
            infojab_id,
            near[keys[0]].nama,
            [units[near[key].unor_id].nama for key in keys],
            n,
            max(scores[key].persen for key in keys),
            beside_it,
        )
        for infojab_id, n, beside_it, keys in rows
    ]
    return sorted(found, key=lambda one: (-one.dekat, -one.persen, one.id))


def choices_for(sudut: Sudut, kotak: Iterable[Kotak]) -> dict[int, int]:
    """Box → how many informasi jabatan other boxes of its jabatan use. No statement where it is kept."""
    base = Sudut(sudut.instansi_id, sudut.versi)
    uses = kept(f"pilihan:{place_of(base)}", lambda: _uses(base))
    changed: dict[Jabatan, int] = {}
    if sudut.usulan is not None:
        changed = kept(f"pilihan:{place_of(sudut)}", lambda: _changed(uses, base, sudut), bersama=False)
    found = {}
    for box in kotak:
        key = box.jabatan_id or box.nama
        found[box.id] = changed[key] if key in changed else len(uses.get(key, ()))
    return found


def _changed(uses: dict[Jabatan, Counter[int]], base: Sudut, draf: Sudut) -> dict[Jabatan, int]:
    """The jabatan whose boxes the draft touches, counted anew."""
    posisi, _infojab = touched_ids(draf)
    found: dict[Jabatan, Counter[int]] = {}
    for sign, view in ((-1, base), (1, draf)):
        for key, counts in _uses(view, posisi).items():
            held = found.setdefault(key, Counter(uses.get(key)))
            for infojab_id, n in counts.items():
                held[infojab_id] += sign * n
    return {key: sum(n > 0 for n in held.values()) for key, held in found.items()}


def _uses(sudut: Sudut, posisi: Collection[int] | None = None) -> dict[Jabatan, Counter[int]]:
    """Jabatan → its informasi jabatan and how many boxes use each, of all boxes or of these. One
    statement."""
    found: dict[Jabatan, Counter[int]] = {}
    params = sudut.params | {"posisi": list(posisi or ())}
    for jabatan_id, nama, infojab_id, n in fetch(_ALL if posisi is None else _SOME, params):
        found.setdefault(jabatan_id or nama, Counter())[infojab_id] += n
    return found
