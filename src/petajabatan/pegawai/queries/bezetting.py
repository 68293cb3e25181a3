"""Counts of people on boxes and units; no names, so everybody who has signed in may read them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

from petajabatan.inti.jam import today
from petajabatan.pegawai.models import KebijakanBezetting


@dataclass(frozen=True, slots=True)
class Bezetting:
    """Persons on a box, or on the boxes of a whole subtree. ``b`` is what the map shows; the others say what
    it is made of (``sementara`` is part of it) and what stands beside it (``paruh_waktu``, ``tanpa_posisi``:
    people on the unit, or below it, for whom the map has no box)."""

    b: int = 0
    pns: int = 0
    cpns: int = 0
    pppk: int = 0
    paruh_waktu: int = 0
    sementara: int = 0
    tanpa_posisi: int = 0


KOSONG = Bezetting()
# Stored counts are read while they hold; where a seat or version has begun since (b_basi), they are counted.
BOXES_TODAY = """WITH basi AS MATERIALIZED (
  SELECT i.instansi_id FROM (SELECT DISTINCT instansi_id FROM posisi WHERE id = ANY(%(id)s)) i
  WHERE b_basi(i.instansi_id, %(hari)s)
)
SELECT posisi_id, b, pns, cpns, pppk, paruh_waktu, sementara, 0 FROM bezetting_posisi
WHERE posisi_id = ANY(%(id)s) AND instansi_id NOT IN (SELECT instansi_id FROM basi)
UNION ALL
SELECT h.posisi_id, h.b, h.pns, h.cpns, h.pppk, h.paruh_waktu, h.sementara, 0
FROM basi i, bezetting_pada(i.instansi_id, %(hari)s) h WHERE h.posisi_id = ANY(%(id)s)"""
BOXES_ON = """SELECT h.posisi_id, h.b, h.pns, h.cpns, h.pppk, h.paruh_waktu, h.sementara, 0
FROM (SELECT DISTINCT instansi_id FROM posisi WHERE id = ANY(%(id)s)) i,
  bezetting_pada(i.instansi_id, %(hari)s) h WHERE h.posisi_id = ANY(%(id)s)"""
# On another day: the tree of the version then in force, from the unit downwards. {pilih}: which units.
_UNITS_ON = """milik AS (
  SELECT u.id AS akar, u.id AS unor_id, u.instansi_id, versi_pada(u.instansi_id, %(hari)s) AS versi
  FROM unor u WHERE {pilih}
), turun AS (
  SELECT * FROM milik
  UNION ALL
  SELECT t.akar, r.unor_id, t.instansi_id, t.versi FROM turun t
  JOIN unor_riwayat r ON r.instansi_id = t.instansi_id AND r.atasan_id = t.unor_id
    AND r.sejak <= t.versi AND r.hingga > t.versi
), hitung AS (
  SELECT h.* FROM (SELECT DISTINCT instansi_id FROM milik) i, bezetting_pada(i.instansi_id, %(hari)s) h
), kotak AS (
  SELECT t.akar, q.posisi_id FROM turun t JOIN posisi_riwayat q ON q.unor_id = t.unor_id
    AND q.sejak <= t.versi AND q.hingga > t.versi
) SELECT akar, sum(b) FILTER (WHERE berkotak)::int, sum(pns)::int, sum(cpns)::int, sum(pppk)::int,
  sum(paruh_waktu)::int, sum(sementara)::int, sum(b) FILTER (WHERE NOT berkotak)::int
FROM (
  SELECT k.akar, true AS berkotak, h.b, h.pns, h.cpns, h.pppk, h.paruh_waktu, h.sementara
  FROM kotak k JOIN hitung h ON h.posisi_id = k.posisi_id
  UNION ALL
  SELECT t.akar, false, h.b, 0, 0, 0, h.paruh_waktu, 0
  FROM turun t JOIN hitung h ON h.unor_id = t.unor_id
) s GROUP BY akar"""
UNITS_ON = "WITH RECURSIVE " + _UNITS_ON.format(pilih="u.id = ANY(%(id)s)")
# Composition of subtrees from what is stored: the boxes below, found by the path's prefix in one index range
# per unit. The paths are those of the last version: with a scheduled one, and where counts do not hold, as
# above.
UNITS_TODAY = (
    """WITH RECURSIVE lain AS MATERIALIZED (
  SELECT i.instansi_id FROM (SELECT DISTINCT instansi_id FROM unor WHERE id = ANY(%(id)s)) i
  WHERE b_basi(i.instansi_id, %(hari)s) OR EXISTS (SELECT FROM peta_versi v
    WHERE v.instansi_id = i.instansi_id AND v.nomor > versi_pada(i.instansi_id, %(hari)s))
), """
    + _UNITS_ON.format(pilih="u.id = ANY(%(id)s) AND u.instansi_id IN (SELECT instansi_id FROM lain)")
    + """
UNION ALL
SELECT t.unor_id, coalesce(t.b, 0), coalesce(s.pns, 0), coalesce(s.cpns, 0),
  coalesce(s.pppk, 0), t.paruh_waktu, coalesce(s.sementara, 0), t.tanpa_posisi_bawah
FROM bezetting_unor t LEFT JOIN LATERAL (
  SELECT sum(p.pns)::int AS pns, sum(p.cpns)::int AS cpns, sum(p.pppk)::int AS pppk,
    sum(p.sementara)::int AS sementara
  FROM unor_kini atas
  JOIN unor_kini bawah ON bawah.instansi_id = atas.instansi_id AND bawah.jalur <@ atas.jalur
  JOIN posisi_riwayat q ON q.unor_id = bawah.unor_id AND q.hingga = 2147483647
  JOIN bezetting_posisi p ON p.posisi_id = q.posisi_id
  WHERE atas.unor_id = t.unor_id) s ON true
WHERE t.unor_id = ANY(%(id)s) AND t.instansi_id NOT IN (SELECT instansi_id FROM lain)"""
)
OUTSIDE = "SELECT sebab, n FROM bezetting_di_luar(%(instansi)s, %(posisi)s::bigint[], %(hari)s)"
# Counts per box of a whole instansi today, stored or counted; a source of rows for other statements.
SEATS_TODAY = """(SELECT posisi_id, b, pns, cpns, pppk, paruh_waktu, sementara FROM bezetting_posisi
  WHERE instansi_id = %(instansi)s AND NOT (SELECT b_basi(%(instansi)s, %(hari)s))
  UNION ALL
  SELECT posisi_id, b, pns, cpns, pppk, paruh_waktu, sementara
  FROM bezetting_pada(%(instansi)s, %(hari)s)
  WHERE (SELECT b_basi(%(instansi)s, %(hari)s)) AND posisi_id IS NOT NULL)"""
SEATS_ON = """(SELECT posisi_id, b, pns, cpns, pppk, paruh_waktu, sementara
  FROM bezetting_pada(%(instansi)s, %(hari)s) WHERE posisi_id IS NOT NULL)"""


def _read(sql: str, ids: Iterable[int], day: dt.date) -> dict[int, Bezetting]:
    with connection.cursor() as cursor:
        cursor.execute(sql, {"id": list(ids), "hari": day})
        return {key: Bezetting(*(value or 0 for value in rest)) for key, *rest in cursor.fetchall()}


def bezetting_of_boxes(posisi_ids: Iterable[int], tanggal: dt.date | None = None) -> dict[int, Bezetting]:
    """Counts per box; a box where nobody sits is missing. One statement besides the clock's."""
    now = today()
    return _read(BOXES_TODAY if tanggal in (None, now) else BOXES_ON, posisi_ids, tanggal or now)


def bezetting_of_units(unor_ids: Iterable[int], tanggal: dt.date | None = None) -> dict[int, Bezetting]:
    """Counts per unit, everything below it included; a unit without people is missing. One statement
    besides the clock's. On another day than today the tree of the version then in force is meant."""
    now = today()
    return _read(UNITS_TODAY if tanggal in (None, now) else UNITS_ON, unor_ids, tanggal or now)


def outside_b(instansi_id: int, posisi_ids: Iterable[int], tanggal: dt.date | None = None) -> dict[str, int]:
    """Assignments on these boxes of an instansi that B does not count, by reason: ``PLT``, ``PLH``, ``PJ``,
    ``TT``, ``tidak-aktif`` (kedudukan hukum), ``terpisah`` (a kind the policy counts apart), ``jenis-lain``.
    One statement besides the clock's."""
    day = tanggal or today()
    with connection.cursor() as cursor:
        cursor.execute(OUTSIDE, {"instansi": instansi_id, "posisi": list(posisi_ids), "hari": day})
        return dict(cursor.fetchall())


def b_of_units(unor_ids: Iterable[int]) -> dict[int, int]:
    """B of today of whole subtrees, by unit. One statement besides the clock's."""
    return {key: counts.b for key, counts in bezetting_of_units(unor_ids).items()}


def stored_b_holds(instansi_id: int, day: dt.date) -> bool:
    """Whether the stored counts of an instansi are right for a day: nothing has begun or ended since."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT NOT b_basi(%s, %s)", [instansi_id, day])
        return bool(cursor.fetchone()[0])


def bezetting_of(
    *, posisi_id: int | None = None, unor_id: int | None = None, tanggal: dt.date | None = None
) -> Bezetting:
    """Counts of one box, or of one unit with everything below it; zeros where nobody sits."""
    if posisi_id is not None:
        return bezetting_of_boxes([posisi_id], tanggal).get(posisi_id, KOSONG)
    if unor_id is not None:
        return bezetting_of_units([unor_id], tanggal).get(unor_id, KOSONG)
    raise ValueError("posisi_id or unor_id")


def policy_on(day: dt.date) -> KebijakanBezetting | None:
    """The policy of who counts for B in force on a day; None before the first one."""
    return KebijakanBezetting.objects.filter(berlaku_dari__lte=day).order_by("-berlaku_dari").first()
