"""Finding people and listing those of an instansi, inside the reader's scope; every reading is recorded."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import starmap
from typing import Any

from django.core.paginator import Paginator
from django.db import connection

from petajabatan.inti.actor import Actor
from petajabatan.inti.audit import record
from petajabatan.inti.jam import today
from petajabatan.inti.simpanan import kept
from petajabatan.pegawai.queries.orang import TEMPAT, fetch, full_name, may_see_people, sees_all_people

BANYAK = 4_000
"""Of a unit with more people below it no list of them is taken."""
SATU_SATU_MAKS = 12_000
"""People looked up one after the other for a page; for more, all seats are compared at once."""
KOLOM_SARING = ("jenis", "golongan", "unor", "penempatan", "kedudukan")


@dataclass(frozen=True, slots=True)
class BarisPegawai:
    """A person in a list, with the definitive seat of today (empty when there is none)."""

    id: int
    nip: str
    nama: str
    instansi_id: int
    jenis: str
    golongan: str
    kedudukan_hukum: str
    jabatan: str
    unor: str
    unor_id: int | None
    posisi_id: int | None
    dari: dt.date | None
    sintetis: bool
    sementara: bool


@dataclass(frozen=True, slots=True)
class DaftarPegawai:
    """One page of people and how many match; ``halaman`` fits the pagination component."""

    baris: list[BarisPegawai]
    n: int
    halaman: Any


_BARIS = """p.id, p.nip, p.gelar_depan, p.nama, p.gelar_belakang, p.instansi_id, p.jenis, p.golongan,
  p.kedudukan_hukum, coalesce(nullif(r.nama_jabatan, ''), q.nama, ''), coalesce(u.nama, r.nama_unor, ''),
  coalesce(q.unor_id, r.unor_id), r.posisi_id, lower(r.masa), p.sintetis, coalesce(r.sementara, false)"""
_KURSI = f"""LEFT JOIN riwayat_jabatan r ON r.pegawai_id = p.id AND r.jenis = 'D' AND r.masa @> %(hari)s
{TEMPAT}"""
# Looked up one by one (OFFSET 0), never by reading the whole instansi for a hash.
_DITEMUKAN = """FROM cari_pegawai(%(teks)s, %(instansi)s, {}) WITH ORDINALITY c (id, nilai, ke)
CROSS JOIN LATERAL (SELECT * FROM pegawai WHERE id = c.id OFFSET 0) p"""
_CARI = f"SELECT {_BARIS} {_DITEMUKAN.format('%(batas)s')} {_KURSI} ORDER BY c.ke"
_SYARAT = {
    "jenis": "p.jenis = %(jenis)s",
    "golongan": "p.golongan = %(golongan)s",
    "kedudukan": "p.kedudukan_hukum = %(kedudukan)s",
    # The unit of a seat is that of its box on the day; both ways in are indexed, each by itself.
    "unor": """p.id = ANY (ARRAY(WITH bawah AS MATERIALIZED (
      SELECT ARRAY(SELECT unor_bawah(ARRAY[%(unor)s::bigint], %(hari)s)) AS unor,
        versi_pada(%(instansi)s, %(hari)s) AS n
    ), kotak AS MATERIALIZED (
      SELECT q.posisi_id FROM posisi_riwayat q WHERE q.unor_id = ANY ((SELECT unor FROM bawah)::bigint[])
        AND q.sejak <= (SELECT n FROM bawah) AND q.hingga > (SELECT n FROM bawah)
    )
    SELECT r.pegawai_id FROM riwayat_jabatan r WHERE r.posisi_id = ANY (ARRAY(SELECT posisi_id FROM kotak))
      AND r.jenis = 'D' AND r.masa @> %(hari)s
    UNION ALL
    SELECT r.pegawai_id FROM riwayat_jabatan r WHERE r.unor_id = ANY ((SELECT unor FROM bawah)::bigint[])
      AND r.instansi_id = %(instansi)s AND r.jenis = 'D' AND r.masa @> %(hari)s AND NOT EXISTS (
        SELECT FROM posisi_riwayat q WHERE q.posisi_id = r.posisi_id
          AND q.sejak <= (SELECT n FROM bawah) AND q.hingga > (SELECT n FROM bawah))))""",
}
# What follows is looked up for one person after the other; without OFFSET 0, for all at once.
_SATU_SATU = "OFFSET 0"
# The same for a unit with many people below it, whose units are known.
_UNIT_BESAR = """EXISTS (SELECT FROM riwayat_jabatan r LEFT JOIN posisi_riwayat q ON q.posisi_id = r.posisi_id
    AND q.instansi_id = %(instansi)s AND q.sejak <= %(versi)s AND q.hingga > %(versi)s
  WHERE r.pegawai_id = p.id AND r.instansi_id = %(instansi)s AND r.jenis = 'D' AND r.masa @> %(hari)s
    AND coalesce(q.unor_id, r.unor_id) = ANY (%(bawah)s::bigint[]) OFFSET 0)"""
_DUDUK = """EXISTS (SELECT FROM riwayat_jabatan r WHERE r.pegawai_id = p.id AND r.instansi_id = %(instansi)s
  AND r.jenis = 'D' AND r.masa @> %(hari)s{} OFFSET 0)"""
_TANPA_KOTAK = _DUDUK.format(" AND r.posisi_id IS NULL AND r.unor_id IS NOT NULL")
# Whom the policy of the day counts, if only she had a box.
_DIHITUNG = """(p.jenis = ANY ((SELECT dihitung FROM kebijakan_b(%(hari)s))::text[])
  AND p.kedudukan_hukum = ANY ((SELECT aktif FROM kebijakan_b(%(hari)s))::text[])) IS TRUE"""
_PENEMPATAN = {
    "tanpa-kotak": f"{_TANPA_KOTAK} AND {_DIHITUNG}",
    "tanpa-kotak-luar": f"{_TANPA_KOTAK} AND NOT {_DIHITUNG}",
    "tanpa-unor": _DUDUK.format(" AND r.posisi_id IS NULL AND r.unor_id IS NULL"),
    "tanpa-kursi": f"NOT {_DUDUK.format('')}",
    "berkotak": _DUDUK.format(" AND r.posisi_id IS NOT NULL"),
}
"""``penempatan`` filter: people on a unit the map has no box for (whom B would count with one, and the
others), on no unit of the map, on no seat, or on a box. Each person is in one of them; the first are those
the home page and the map count."""


def _row(*r: Any) -> BarisPegawai:
    return BarisPegawai(r[0], r[1], full_name(r[2], r[3], r[4]), *r[5:])


def search_people(
    actor: Actor, teks: str, batas: int = 20, instansi_id: int | None = None
) -> list[BarisPegawai]:
    """People in scope by words of the name (typing errors tolerated) or the beginning of the NIP (four digits
    or more), best first. One statement and one audit record; ``[]`` for roles that see counts only."""
    text = teks.strip()
    if len(text) < 2 or not may_see_people(actor, instansi_id):
        return []
    params = {"teks": text, "instansi": instansi_id, "batas": max(1, min(batas, 400)), "hari": today()}
    rows = list(starmap(_row, fetch(_CARI, params)))
    if rows:
        record(actor, "cari", "pegawai", jumlah=len(rows), instansi_id=rows[0].instansi_id)
    return rows


def list_people(
    actor: Actor,
    instansi_id: int,
    *,
    q: str = "",
    saring: dict[str, str] | None = None,
    hal: int = 1,
    per: int = 50,
) -> DaftarPegawai:
    """One page of the people of an instansi by name, filtered. Three statements besides the planner's, one
    audit record; filters that take many people two or three more.

    ``saring``: ``jenis``, ``golongan``, ``kedudukan``, ``unor`` (id; its subtree), ``penempatan`` (a key of
    ``_PENEMPATAN``). Empty for roles that see counts only.
    """
    if not may_see_people(actor, instansi_id):
        return DaftarPegawai([], 0, Paginator([], per).get_page(1))
    params: dict[str, Any] = {"instansi": instansi_id, "hari": today(), "teks": q.strip()}
    condition = " AND ".join(["p.instansi_id = %(instansi)s", *_conditions(saring or {}, params)])
    order, source = "p.nama_urut, p.id", "FROM pegawai p"
    if params["teks"]:
        order, source = "c.ke", _DITEMUKAN.format(400)
    per = max(1, min(per, 200))

    def count(condition: str) -> int:
        return int(fetch(f"SELECT count(*) {source} WHERE {condition}", params)[0][0])

    def cut(n: int, condition: str) -> tuple[Any, list[int]]:
        page = Paginator(range(n), per).get_page(hal)
        there = {"batas": per, "lewat": max(0, page.start_index() - 1)}
        text = f"SELECT p.id {source} WHERE {condition} ORDER BY {order} LIMIT %(batas)s OFFSET %(lewat)s"
        return page, [row[0] for row in fetch(text, params | there)]

    # Count and cut the page on people alone, then look up the seats of those shown only.
    few = bool(params["teks"]) or ("unor" in params and "bawah" not in params)
    if few or _SATU_SATU not in condition:
        with _planned(None if few else "enable_sort"):
            n = count(condition)
            page, shown = cut(n, condition)
    else:
        at_once = condition.replace(_SATU_SATU, "")
        n, everybody = _kept_count(actor, condition, params, lambda: count(at_once))
        looked_at = max(1, min(hal, n // per + 1)) * per * everybody // max(n, 1)
        many = looked_at > SATU_SATU_MAKS
        with _planned("enable_nestloop" if many else "enable_sort"):
            page, shown = cut(n, at_once if many else condition)
    rows = fetch(
        f"SELECT {_BARIS} FROM unnest(%(shown)s::bigint[]) WITH ORDINALITY c (id, ke)"
        f" JOIN pegawai p ON p.id = c.id {_KURSI} ORDER BY c.ke",
        params | {"shown": shown},
    )
    record(actor, "baca", "pegawai", {"daftar": True}, instansi_id=instansi_id, jumlah=len(rows))
    return DaftarPegawai(list(starmap(_row, rows)), n, page)


def _conditions(saring: dict[str, str], params: dict[str, Any]) -> list[str]:
    """The filters as SQL; what they ask for goes into ``params``."""
    where = []
    for key, value in saring.items():
        if key == "penempatan" and value in _PENEMPATAN:
            where.append(_PENEMPATAN[value])
        elif key == "unor" and value.isdigit() and len(value) < 18:
            params["unor"] = int(value)
            many = not params["teks"] and _many_below(params)
            where.append(_UNIT_BESAR if many else _SYARAT[key])
        elif key in _SYARAT and key != "unor" and value:
            where.append(_SYARAT[key])
            params[key] = value
    return where


def _many_below(params: dict[str, Any]) -> bool:
    """Whether many people sit on the unit and below it, as counted for B; then ``params`` gets the version of
    the day and the units (``versi``, ``bawah``). One statement, and one more the first time."""
    found = fetch(
        "SELECT b + paruh_waktu + tanpa_posisi_bawah, versi_pada(instansi_id, %(hari)s) FROM bezetting_unor"
        " WHERE unor_id = %(unor)s AND instansi_id = %(instansi)s",
        params,
    )
    if not found or found[0][0] <= BANYAK:
        return False
    params["versi"] = found[0][1]
    params["bawah"] = kept(
        f"bawah:{params['unor']}:{params['versi']}",
        lambda: [row[0] for row in fetch("SELECT unor_bawah(ARRAY[%(unor)s::bigint], %(hari)s)", params)],
    )
    return True


def _kept_count(
    actor: Actor, condition: str, params: dict[str, Any], count: Callable[[], int]
) -> tuple[int, int]:
    """How many match, by comparing all seats of the instansi, and how many people it has. Kept by the B stamp
    for those who see all its people: the stamp moves with every change of people and seats."""
    instansi_id = params["instansi"]

    def take() -> int:
        with _planned("enable_nestloop"):
            return count()

    found = fetch(
        "SELECT n_pegawai, stempel FROM ringkasan_instansi WHERE instansi_id = %(instansi)s", params
    )
    if not found or not sees_all_people(actor, instansi_id):
        return take(), SATU_SATU_MAKS + 1
    n_pegawai, stamp = found[0]
    asked = repr((condition, sorted((key, str(value)) for key, value in params.items() if key != "bawah")))
    place = f"orang-n:{instansi_id}:{stamp}:{hashlib.sha256(asked.encode()).hexdigest()[:24]}"
    return kept(place, take), n_pegawai


@contextlib.contextmanager
def _planned(setting: str | None) -> Iterator[None]:
    """The wall names the instansi a second time, so the planner takes 200,000 people for a few thousand. With
    ``enable_sort`` off it takes people in the order of their names, with ``enable_nestloop`` off it compares
    them with all seats at once."""
    if setting is None:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, 'off', true)", [setting])
        yield
        cursor.execute("SELECT set_config(%s, 'on', true)", [setting])


@dataclass(frozen=True, slots=True)
class Pindah:
    """A pending move. Name and NIP are empty for the side that does not hold the person yet."""

    id: int
    pegawai_id: int
    nip: str
    nama: str
    asal_id: int
    asal: str
    tujuan_id: int
    tujuan: str
    dibuat: dt.datetime


_PINDAH = """SELECT t.id, t.pegawai_id, coalesce(p.nip, ''), coalesce(p.gelar_depan, ''),
  coalesce(p.nama, ''), coalesce(p.gelar_belakang, ''), a.id, a.nama, b.id, b.nama, t.dibuat
FROM pindah_tertunda t JOIN instansi a ON a.id = t.instansi_asal_id
JOIN instansi b ON b.id = t.instansi_tujuan_id
LEFT JOIN pegawai p ON p.id = t.pegawai_id
WHERE t.selesai IS NULL AND (t.instansi_asal_id = %(instansi)s OR t.instansi_tujuan_id = %(instansi)s)
ORDER BY t.dibuat DESC, t.id DESC LIMIT 500"""


def pending_moves(actor: Actor, instansi_id: int) -> list[Pindah]:
    """Moves from or to an instansi that are not settled, newest first, at most 500."""
    if not may_see_people(actor, instansi_id):
        return []
    rows = fetch(_PINDAH, {"instansi": instansi_id})
    if rows:
        record(actor, "baca", "pindah_tertunda", instansi_id=instansi_id, jumlah=len(rows))
    return [Pindah(r[0], r[1], r[2], full_name(r[3], r[4], r[5]), *r[6:]) for r in rows]


_LEMBAR = f"""SELECT {_BARIS}, p.nama_urut FROM pegawai p {_KURSI}
WHERE p.instansi_id = %(instansi)s
  AND (%(nama)s::text IS NULL OR (p.nama_urut, p.id) > (%(nama)s::text COLLATE "C", %(id)s::bigint))
ORDER BY p.nama_urut, p.id LIMIT %(batas)s"""


def people_after(
    actor: Actor, instansi_id: int, sesudah: tuple[str, int] | None, batas: int
) -> list[tuple[BarisPegawai, str]]:
    """People of an instansi in name order after a place in it, each with its sort key; for API paging. One
    statement and one audit record besides the clock's."""
    if not may_see_people(actor, instansi_id):
        return []
    nama, key = sesudah or (None, None)
    params = {"instansi": instansi_id, "nama": nama, "id": key, "batas": batas, "hari": today()}
    rows = fetch(_LEMBAR, params)
    record(actor, "baca", "pegawai", {"daftar": True}, instansi_id=instansi_id, jumlah=len(rows))
    return [(_row(*row[:-1]), row[-1]) for row in rows]
