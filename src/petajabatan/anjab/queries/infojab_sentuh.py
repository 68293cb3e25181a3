"""Which boxes the draft describes anew: their section, sheet or reference is touched."""

from __future__ import annotations

from petajabatan.anjab.queries.infojab_peta import Kotak, Sudut, boxes, users_of
from petajabatan.jabatan.queries.peta import fetch
from petajabatan.jabatan.rules.isian import isian_of

_TOUCHED = """SELECT isian_id FROM usulan_isian WHERE usulan_id = %(usulan)s"""
_REFERENCES = """SELECT posisi_id FROM usulan_posisi WHERE usulan_id = %(usulan)s AND sesudah IS NOT NULL
AND (sesudah->>'infojab_id') IS DISTINCT FROM (sebelum->>'infojab_id')"""


def touched_boxes(sudut: Sudut) -> list[Kotak]:
    """Boxes that count (``Kotak.dihitung``), in order of the map. Four statements."""
    infojab: set[int] = set()
    posisi: set[int] = {row[0] for row in fetch(_REFERENCES, sudut.params)}
    for (key,) in fetch(_TOUCHED, sudut.params):
        owner, code = isian_of(key)
        (posisi if code == "abk" else infojab).add(owner)
    found = {box.id: box for box in users_of(sudut, infojab)} | boxes(sudut, posisi)
    return [box for box in found.values() if box.dihitung]
