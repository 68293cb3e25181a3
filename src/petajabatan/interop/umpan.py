"""Reading the change feed.

Why nobody misses a change, and nobody gets one twice:

- Events are numbered when their version is committed, under one lock that is held to the end of the commit
  (``sql/0001_umpan.sql``). Whoever gets the lock next sees everything numbered before. So numbers have no
  gaps, and an event can only be seen once all events with smaller numbers can be seen: ``nomor > cursor``
  never skips a late commit, as it would with numbers from a sequence (drawn early, visible late).
- A transaction that is rolled back takes its numbers with it; they are given to the next one.
- The cursor is the last number handed out. With a filter it moves on to the last number looked at, which is
  read *before* the rows: what is committed in between has a larger number and comes with the next page.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

RINGKASAN = ("muat-awal", "versi-besar")
"""Events that stand for a whole version: its changes are read from the map document instead."""


@dataclass(frozen=True)
class Peristiwa:
    """One published change; ``objek_id`` is a unit's or box's id, for ``peta`` the version's number."""

    nomor: int
    instansi_id: int
    versi: int
    jenis: str
    objek: str
    objek_id: int
    ringkas: dict[str, Any]
    pada: dt.datetime
    dokumen: str | None = None


@dataclass(frozen=True)
class Potongan:
    """A page of the feed. ``berikutnya`` is the cursor to go on with, always; ``lagi``: more is there now."""

    isi: list[Peristiwa]
    berikutnya: int
    lagi: bool


def last_number() -> int:
    """The number of the newest event; 0 for an empty feed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(nomor), 0) FROM umpan")
        return int(cursor.fetchone()[0])


def read_feed(sejak: int, batas: int, *, akhir: int, instansi: Sequence[int] = ()) -> Potongan:
    """Events after number ``sejak`` up to ``akhir`` (from ``last_number``, read before), at most ``batas``;
    only those of some ``instansi`` when given. One statement."""
    where = " AND u.instansi_id = ANY(%(instansi)s)" if instansi else ""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT u.nomor, u.instansi_id, u.versi, u.jenis, u.objek, u.objek_id, u.ringkas::text, u.pada,"
            " i.kode_cepat FROM umpan u JOIN instansi i ON i.id = u.instansi_id"
            f" WHERE u.nomor > %(sejak)s AND u.nomor <= %(akhir)s{where} ORDER BY u.nomor LIMIT %(batas)s",
            {"sejak": sejak, "akhir": akhir, "instansi": list(instansi), "batas": batas + 1},
        )
        rows = cursor.fetchall()
    page = [_event(row) for row in rows[:batas]]
    more = len(rows) > batas
    return Potongan(page, page[-1].nomor if more else max(sejak, akhir), more)


def _event(row: tuple[Any, ...]) -> Peristiwa:
    nomor, instansi_id, versi, jenis, objek, objek_id, ringkas, pada, kode = row
    whole = jenis in RINGKASAN and kode
    dokumen = f"/api/v1/instansi/{kode}/peta?versi={versi}" if whole else None
    return Peristiwa(nomor, instansi_id, versi, jenis, objek, objek_id, json.loads(ringkas), pada, dokumen)
