"""Figures of the boxes of each unit, kept for a version; a draft counts anew only what it touches.

A published version never changes, so its figures are counted once. A draft differs from its base in boxes it
changed, boxes whose sheet it changed, and boxes whose informasi jabatan it changed: as the base has them they
are taken away, as the draft has them they are added.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404

from petajabatan.anjab.queries.infojab_nilai import fields_today, needed_when_empty, parts_of
from petajabatan.anjab.queries.infojab_peta import BOX, Sudut
from petajabatan.anjab.queries.infojab_sentuh import described_anew, touched_ids
from petajabatan.anjab.queries.urutan import order_of, place_of
from petajabatan.anjab.rules.infojab_angka import DIAM, pack_box, recap_of
from petajabatan.anjab.rules.infojab_lengkap import NilaiLembar, Rekap, empty_scores, score_box
from petajabatan.anjab.rules.urutan import Urutan
from petajabatan.inti.simpanan import kept
from petajabatan.jabatan.queries.peta import collector_paused, fetch

Alike = tuple[Any, ...]
"""Unit, informasi jabatan, kelas, kepala, whether left out, box where its sheet matters, how many."""
# Boxes that count alike are one row; a box with an ABK sheet that matters is a row of its own.
_ALIKE = """SELECT s.unor_id, s.infojab_id, CASE WHEN s.infojab_id IS NOT NULL THEN s.kelas END, s.kepala,
  s.k = 0 AND s.infojab_id IS NULL AND NOT s.kepala,
  CASE WHEN s.infojab_id IS NOT NULL AND NOT s.kepala THEN l.posisi_id END, count(*)
FROM ({boxes}) s(posisi_id, unor_id, nama, jenis, kelas, k, kepala, urutan, jabatan_id, infojab_id)
LEFT JOIN (
  SELECT r.posisi_id FROM isian_riwayat r WHERE r.instansi_id = %(instansi)s AND r.sejak <= %(versi)s
    AND r.hingga > %(versi)s AND r.bagian = 'abk'
  UNION SELECT o.isian_id / 64 FROM usulan_isian o WHERE o.usulan_id = %(usulan)s AND o.isian_id %% 64 = 50
) l USING (posisi_id) GROUP BY 1, 2, 3, 4, 5, 6"""
_ALL = _ALIKE.format(boxes=BOX.format(base="TRUE", draf="TRUE"))
_SOME = _ALIKE.format(
    boxes=BOX.format(
        base="(r.posisi_id = ANY(%(posisi)s) OR r.infojab_id = ANY(%(infojab)s))"
        " AND r.posisi_id <> ALL(%(kecuali)s)",
        draf="(o.posisi_id = ANY(%(posisi)s) OR o.infojab_baru = ANY(%(infojab)s))"
        " AND o.posisi_id <> ALL(%(kecuali)s)",
    )
)


@dataclass(frozen=True)
class Angka:
    """``sendiri``: packed figures (``rules.infojab_angka``) of each unit's own boxes, in reading order."""

    urutan: Urutan
    sendiri: list[int]

    def tempat(self, unor_id: int | None) -> int:
        """The place of a unit (None: the root). Raises Http404 for one that is not on this map."""
        place = self.urutan.tempat(unor_id) if unor_id is not None else 0
        if place is None or not self.sendiri:
            raise Http404("Unit itu tidak ada pada peta ini.")
        return place

    def cabang(self, unor_id: int | None) -> range:
        """Places of a unit (None: the root) and everything below it. Raises as ``tempat``."""
        place = self.tempat(unor_id)
        return range(place, self.urutan.akhir[place])

    def jumlah(self, tempat: range) -> int:
        """Packed figures of a branch."""
        return sum(self.sendiri[tempat.start : tempat.stop])


def figures_of(sudut: Sudut) -> Angka:
    """Figures of a version or a draft. Where they are kept, at most one statement (whether the draft moves
    units); else a fixed number."""
    base = Sudut(sudut.instansi_id, sudut.versi)
    edition = hashlib.blake2s(repr(fields_today()).encode(), digest_size=6).hexdigest()
    order = order_of(base)
    own = kept(f"papan:{edition}:{place_of(base)}", lambda: _first(order, base))
    if sudut.usulan is None:
        return Angka(order, own)
    return kept(
        f"papan:{edition}:{place_of(sudut)}", lambda: _over(Angka(order, own), base, sudut), bersama=False
    )


def summary_of_draft(sudut: Sudut) -> Rekap:
    """The boxes whose informasi jabatan the draft touches (a section, a sheet or the reference), added up;
    for the page of the usulan. A fixed number of statements."""
    return recap_of(sum(_count([(1, sudut)], _rows(sudut, *described_anew(sudut))).values()))


def _first(order: Urutan, base: Sudut) -> list[int]:
    with collector_paused():
        return _own_of(order, _count([(1, base)], fetch(_ALL, base.params)))


def _own_of(order: Urutan, figures: Counter[int]) -> list[int]:
    return [figures[key] for key in order.ids]


def _over(angka: Angka, base: Sudut, draf: Sudut) -> Angka:
    """The base's figures with what the draft touches counted anew."""
    order = order_of(draf)
    if order.ids == angka.urutan.ids:
        own = list(angka.sendiri)
    else:
        own = _own_of(order, Counter(dict(zip(angka.urutan.ids, angka.sendiri, strict=True))))
    posisi, infojab = touched_ids(draf)
    for changed in (
        _count([(-1, base)], _rows(base, posisi)),
        _count([(1, draf)], _rows(draf, posisi)),
        # Boxes that stay as they are and are only described anew.
        _count([(1, draf), (-1, base)], _rows(draf, infojab=infojab, kecuali=posisi)),
    ):
        for unor_id, packed in changed.items():
            place = order.tempat(unor_id)
            if place is not None:
                own[place] += packed
    return Angka(order, own)


def _rows(
    sudut: Sudut, posisi: Collection[int] = (), infojab: Collection[int] = (), kecuali: Collection[int] = ()
) -> list[Alike]:
    """These boxes and those that use these informasi jabatan, without ``kecuali``. One statement; none where
    nothing is asked for."""
    if not posisi and not infojab:
        return []
    params = {"posisi": list(posisi), "infojab": list(infojab), "kecuali": list(kecuali)}
    return fetch(_SOME, sudut.params | params)


def _count(views: Sequence[tuple[int, Sudut]], rows: list[Alike]) -> Counter[int]:
    """Unit → packed figures of these boxes as each view describes them, times the sign of the view. Sheets
    are those of the first. A fixed number of statements, more where contents are new to this process."""
    found: Counter[int] = Counter()
    if not rows:
        return found
    used = {row[1] for row in rows if row[1] is not None}
    sections = [(sign, parts_of(view, used, ())[0]) for sign, view in views]
    sheets = parts_of(views[0][1], (), [row[5] for row in rows if row[5] is not None])[1]
    empty, bare = empty_scores(fields_today()), NilaiLembar()
    whole = sum(sign for sign, _view in views)
    without, silence = whole * pack_box(None, needed_when_empty()), whole * DIAM
    known: dict[tuple[int, int | None, bool], int] = {}
    for unor_id, infojab_id, kelas, kepala, silent, posisi_id, n in rows:
        if infojab_id is None:
            found[unor_id] += n * (silence if silent else without)
            continue
        key = (infojab_id, kelas, kepala)
        packed = known.get(key) if posisi_id is None else None
        if packed is None:
            sheet = sheets.get(posisi_id, bare)
            packed = sum(
                sign
                * pack_box(score_box(parts.get(infojab_id, {}), sheet, empty, kelas=kelas, kepala=kepala))
                for sign, parts in sections
            )
            if posisi_id is None:
                known[key] = packed
        found[unor_id] += n * packed
    return found
