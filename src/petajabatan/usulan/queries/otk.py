"""What the draft of a request still lacks: facts, whatever has been ticked."""

from __future__ import annotations

from petajabatan.jabatan.queries.peta import fetch
from petajabatan.usulan.models import TemuanUsulan
from petajabatan.usulan.rules.otk import FaktaDraf

_BOXES = """SELECT count(*), count(*) FILTER (WHERE p.sesudah->>'infojab_id' IS NULL)
FROM usulan_posisi p WHERE p.usulan_id = %(usulan)s AND p.sesudah IS NOT NULL"""
_UNITS = """SELECT count(*) FROM usulan_unor u
WHERE u.usulan_id = %(usulan)s AND u.sebelum IS NULL AND u.sesudah IS NOT NULL AND NOT EXISTS (
  SELECT FROM usulan_posisi p WHERE p.usulan_id = u.usulan_id AND p.unor_baru = u.unor_id
    AND NOT (p.sesudah->>'kepala')::boolean)"""


def draft_facts(usulan_id: int | None) -> FaktaDraf:
    """Boxes of the draft, those without informasi jabatan, new units with nobody below their head, and open
    warnings. Three statements."""
    if usulan_id is None:
        return FaktaDraf()
    params = {"usulan": usulan_id}
    boxes, bare = fetch(_BOXES, params)[0]
    empty = fetch(_UNITS, params)[0][0]
    warnings = TemuanUsulan.objects.filter(usulan_id=usulan_id, tingkat="peringatan", bawaan=False).count()
    return FaktaDraf(boxes, bare, empty, warnings)
