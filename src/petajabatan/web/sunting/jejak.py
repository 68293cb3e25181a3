"""What changed inside a unit: what a closed one hides."""

from __future__ import annotations

from collections.abc import Iterable

from petajabatan.web.peta.queries import fetch
from petajabatan.web.sunting import sql
from petajabatan.web.sunting.konteks import KonteksDraf

# Units on which something changed and the way up from them; what only made room for another did not change.
_UP = f"""
WITH RECURSIVE ubah AS (
  SELECT o.unor_id, 1 AS unit, 0 AS kotak FROM usulan_unor o WHERE o.usulan_id = %(usulan)s
    AND (o.sebelum IS NULL OR o.sesudah IS NULL OR o.sebelum - 'urutan' <> o.sesudah - 'urutan')
    AND (o.sebelum IS NOT NULL OR o.sesudah IS NOT NULL)
  UNION ALL
  SELECT CASE WHEN o.sesudah IS NULL THEN o.unor_lama ELSE o.unor_baru END, 0, 1 FROM usulan_posisi o
  WHERE o.usulan_id = %(usulan)s
    AND (o.sebelum IS NULL OR o.sesudah IS NULL OR o.sebelum - 'urutan' <> o.sesudah - 'urutan')
    AND (o.sebelum IS NOT NULL OR o.sesudah IS NOT NULL)
), jumlah AS (
  SELECT unor_id, sum(unit)::int AS unit, sum(kotak)::int AS kotak FROM ubah GROUP BY 1
), naik AS (
  SELECT i.unor_id, i.atasan_id FROM jumlah s CROSS JOIN LATERAL {sql.INDUK.format("s.unor_id")} i
  UNION
  SELECT i.unor_id, i.atasan_id FROM naik n CROSS JOIN LATERAL {sql.INDUK.format("n.atasan_id")} i
)
SELECT n.unor_id, n.atasan_id, coalesce(j.unit, 0), coalesce(j.kotak, 0)
FROM naik n LEFT JOIN jumlah j USING (unor_id)
"""


def inside(konteks: KonteksDraf) -> dict[int, int]:
    """For each unit the units below it and the boxes on it and below that this draft changes (0 left out).
    One statement; the cost follows what is changed, not the map."""
    return count_inside(fetch(sql.sql_for(konteks.peta, _UP), konteks.params))


def count_inside(rows: Iterable[tuple[int, int | None, int, int]]) -> dict[int, int]:
    """From (unit, unit above, changes of the unit itself, changed boxes on it) to what changed inside each
    unit: its boxes and everything below."""
    known = list(rows)
    above = {key: up for key, up, _, _ in known}
    found: dict[int, int] = {}
    for key, up, unit, boxes in known:
        at: int | None = key if boxes else up
        seen: set[int] = set()
        while at is not None and at not in seen:
            seen.add(at)
            found[at] = found.get(at, 0) + boxes + (unit if at != key else 0)
            at = above.get(at)
    return {key: n for key, n in found.items() if n}
