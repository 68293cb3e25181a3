"""What past posts and units are called today, through every reorganisation since."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from petajabatan.inti.jam import today
from petajabatan.pegawai.queries.orang import fetch
from petajabatan.pegawai.rules.penerus import successor_paths


@dataclass(frozen=True, slots=True)
class Penerus:
    """Something that lives on the map in force: a box (with its unit) or a unit. ``lewat``: names of what
    came in between; ``hidup`` False: it has ended too, and nobody followed."""

    posisi_id: int | None
    unor_id: int | None
    nama: str
    unor: str
    instansi_id: int
    instansi: str
    lewat: tuple[str, ...]
    hidup: bool


# Pairs (thing, where from): UNION keeps each once, so that a circle ends. A row is over when the version in
# force no longer has it; only then its successors count.
_JEJAK = """WITH RECURSIVE jejak AS (
  SELECT s.id, NULL::bigint AS dari FROM unnest(%(id)s::bigint[]) AS s (id)
  UNION
  SELECT p.id, j.id FROM jejak j JOIN {tabel} i ON i.id = j.id
  CROSS JOIN LATERAL (SELECT versi_pada(i.instansi_id, %(hari)s) AS n) v
  CROSS JOIN LATERAL (SELECT r.hingga, r.penerus FROM {tabel}_riwayat r WHERE r.{tabel}_id = j.id
    AND r.sejak <= v.n ORDER BY r.sejak DESC LIMIT 1) r
  CROSS JOIN LATERAL unnest(r.penerus) AS p (id)
  WHERE r.hingga <= v.n
)
SELECT j.id, j.dari, r.nama, {unor}, i.instansi_id, t.nama, r.hingga > v.n
FROM jejak j JOIN {tabel} i ON i.id = j.id JOIN instansi t ON t.id = i.instansi_id
CROSS JOIN LATERAL (SELECT versi_pada(i.instansi_id, %(hari)s) AS n) v
CROSS JOIN LATERAL (SELECT * FROM {tabel}_riwayat r WHERE r.{tabel}_id = j.id
  ORDER BY r.sejak > v.n, r.sejak DESC LIMIT 1) r
ORDER BY j.dari NULLS FIRST, j.id"""
_UNOR = _JEJAK.format(tabel="unor", unor="r.unor_id")
_POSISI = _JEJAK.format(tabel="posisi", unor="r.unor_id")
_NAMA_UNOR = """SELECT DISTINCT ON (unor_id) unor_id, nama FROM unor_riwayat WHERE unor_id = ANY(%(id)s)
ORDER BY unor_id, sejak DESC"""
BATAS = 20


def successors_of_units(unor_ids: Iterable[int]) -> dict[int, list[Penerus]]:
    """What each unit is today: itself while it lives, else its successors' successors … One statement besides
    the clock's. At most ``BATAS`` for each."""
    return _resolve(_UNOR, sorted(set(unor_ids)), boxes=False)


def successors_of_boxes(posisi_ids: Iterable[int]) -> dict[int, list[Penerus]]:
    """The same for boxes, with the names of their units. Two statements besides the clock's."""
    return _resolve(_POSISI, sorted(set(posisi_ids)), boxes=True)


def _resolve(sql: str, ids: list[int], *, boxes: bool) -> dict[int, list[Penerus]]:
    if not ids:
        return {}
    rows = fetch(sql, {"id": ids, "hari": today()})
    edges: dict[int, list[int]] = {}
    facts: dict[int, tuple[Any, ...]] = {}
    for key, dari, *rest in rows:
        facts[key] = tuple(rest)
        if dari is not None:
            edges.setdefault(dari, []).append(key)
    names: dict[int, str] = {}
    if boxes:
        names = dict(fetch(_NAMA_UNOR, {"id": sorted({fact[1] for fact in facts.values()})}))
    found: dict[int, list[Penerus]] = {}
    for start in ids:
        if start not in facts:
            continue
        paths = successor_paths(start, edges) or [(start,)]
        found[start] = [_successor(path, facts, names, boxes, start) for path in paths[:BATAS]]
    return found


def _successor(
    path: tuple[int, ...], facts: dict[int, tuple[Any, ...]], names: dict[int, str], boxes: bool, start: int
) -> Penerus:
    nama, unor_id, instansi_id, instansi, alive = facts[path[-1]]
    between = tuple(facts[key][0] for key in path[:-1] if key != start)
    return Penerus(
        posisi_id=path[-1] if boxes else None,
        unor_id=unor_id,
        nama=nama,
        unor=names.get(unor_id, "") if boxes else nama,
        instansi_id=instansi_id,
        instansi=instansi,
        lewat=between,
        hidup=alive,
    )
