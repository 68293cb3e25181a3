"""What a rebase must know of the removals of a draft: which action made them, and who moved in meanwhile."""

from __future__ import annotations

from collections.abc import Iterable

from petajabatan.jabatan.queries.peta import fetch
from petajabatan.usulan.models import Usulan
from petajabatan.usulan.rules.objek import Kunci, Perubahan

# The action that last took an object off the map, or from one unit to another.
_ACTIONS = """SELECT DISTINCT ON (p->>0, (p->>1)::bigint) p->>0, (p->>1)::bigint, o.kelompok
FROM usulan_operasi o, jsonb_array_elements(o.perubahan) p
WHERE o.usulan_id = %(usulan)s AND o.aktif AND o.membatalkan IS NULL AND p->>0 IN ('unor', 'posisi')
  AND jsonb_typeof(p->2) = 'object' AND (jsonb_typeof(p->4) = 'null'
    OR coalesce(p->2->>'unor_id', p->2->>'atasan_id')
      IS DISTINCT FROM coalesce(p->4->>'unor_id', p->4->>'atasan_id'))
ORDER BY p->>0, (p->>1)::bigint, o.nomor DESC"""
_NEWCOMERS = """SELECT 'unor', r.unor_id, r.atasan_id FROM unor_riwayat r
WHERE r.instansi_id = %(instansi)s AND r.hingga = 2147483647 AND r.atasan_id = ANY(%(unor)s)
  AND NOT r.unor_id = ANY(%(unor_draf)s)
UNION ALL SELECT 'posisi', r.posisi_id, r.unor_id FROM posisi_riwayat r
WHERE r.instansi_id = %(instansi)s AND r.hingga = 2147483647 AND r.unor_id = ANY(%(unor)s)
  AND NOT r.posisi_id = ANY(%(posisi_draf)s)"""


def last_actions(usulan: Usulan) -> dict[Kunci, int]:
    """For every object an action in effect removed or moved: the last such action. One statement."""
    return {(objek, key): group for objek, key, group in fetch(_ACTIONS, {"usulan": usulan.pk})}


def newcomers(usulan: Usulan, draf: Iterable[Perubahan]) -> list[tuple[Kunci, int]]:
    """What the last version has under units the draft removes although the draft never touched it, with that
    unit. One statement where the draft removes a unit."""
    rows = list(draf)
    gone = [p.id for p in rows if p.objek == "unor" and p.sebelum.hidup and not p.sesudah.hidup]
    if not gone:
        return []
    params = {
        "instansi": usulan.instansi_id,
        "unor": gone,
        "unor_draf": [p.id for p in rows if p.objek == "unor"],
        "posisi_draf": [p.id for p in rows if p.objek == "posisi"],
    }
    return [((objek, key), unit) for objek, key, unit in fetch(_NEWCOMERS, params)]
