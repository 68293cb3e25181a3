"""What a draft touches of the boxes of its map and of what describes them."""

from __future__ import annotations

from petajabatan.anjab.queries.infojab_peta import Sudut
from petajabatan.jabatan.queries.peta import fetch
from petajabatan.jabatan.rules.isian import isian_of

_SECTIONS = "SELECT isian_id FROM usulan_isian WHERE usulan_id = %(usulan)s"
_BOXES = "SELECT posisi_id FROM usulan_posisi WHERE usulan_id = %(usulan)s"
_REFERENCES = f"""{_BOXES} AND sesudah IS NOT NULL
AND (sesudah->>'infojab_id') IS DISTINCT FROM (sebelum->>'infojab_id')"""


def touched_ids(sudut: Sudut) -> tuple[set[int], set[int]]:
    """Boxes that the draft changes itself or by their sheet, and informasi jabatan it changes. Two
    statements."""
    return _touched(sudut, _BOXES)


def described_anew(sudut: Sudut) -> tuple[set[int], set[int]]:
    """Boxes whose reference or sheet the draft changes, and informasi jabatan it changes. Two statements."""
    return _touched(sudut, _REFERENCES)


def _touched(sudut: Sudut, which: str) -> tuple[set[int], set[int]]:
    posisi: set[int] = {row[0] for row in fetch(which, sudut.params)}
    infojab: set[int] = set()
    for (key,) in fetch(_SECTIONS, sudut.params):
        owner, code = isian_of(key)
        (posisi if code == "abk" else infojab).add(owner)
    return posisi, infojab
