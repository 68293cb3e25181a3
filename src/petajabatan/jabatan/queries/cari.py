"""Searching units and boxes by name, forgiving of typing mistakes (pg_trgm); in one instansi or in all."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import starmap
from typing import Any

from django.db import connection

from petajabatan.jabatan.queries.versi import last_version

AMBANG = "0.42"
"""Word similarity from which a name is a hit: one wrong letter in a word of five is found."""
CALON = 3000
"""How many hits of the index are ranked at most; a very common word has no better order than that."""


@dataclass(slots=True)
class HasilUnor:
    """A unit found. ``jejak``: names from the root down to its head unit; ``mirip`` 0–1."""

    id: int
    instansi_id: int
    instansi: str
    nama: str
    jejak: tuple[str, ...]
    mirip: float


@dataclass(slots=True)
class HasilPosisi:
    """A box found, with its unit; ``k`` in persons."""

    id: int
    instansi_id: int
    instansi: str
    nama: str
    jenis: str
    kelas: int | None
    k: int | None
    unor_id: int
    unor_nama: str
    mirip: float


# The index answers the operator; ranking happens on its hits. Exact parts of a name come first.
_PILIH_UNIT = """SELECT k.unor_id, k.instansi_id, k.nama, k.jalur, k.nama_urut,
    word_similarity(%(teks)s, k.nama) AS mirip FROM unor_kini k"""
UNITS = """WITH {calon}, pilihan AS (
  SELECT * FROM calon ORDER BY (nama ILIKE %(pola)s) DESC, mirip DESC, length(nama), nama_urut, unor_id
  LIMIT %(batas)s
) SELECT p.unor_id, p.instansi_id, i.nama, p.nama,
  ARRAY(SELECT a.nama FROM unor_kini a WHERE a.unor_id = ANY(string_to_array(p.jalur::text, '.')::bigint[])
        AND a.unor_id <> p.unor_id ORDER BY a.kedalaman), p.mirip
FROM pilihan p JOIN instansi i ON i.id = p.instansi_id
ORDER BY (p.nama ILIKE %(pola)s) DESC, p.mirip DESC, length(p.nama), p.nama_urut, p.unor_id"""
# As of an older version the names are in the history; one instansi's rows are few enough to be compared.
UNITS_AS_OF = """SELECT r.unor_id, r.instansi_id, i.nama, r.nama, ARRAY(
    WITH RECURSIVE naik AS (
      SELECT r.atasan_id AS id, 0 AS jarak
      UNION ALL
      SELECT a.atasan_id, n.jarak + 1 FROM naik n JOIN unor_riwayat a ON a.unor_id = n.id
        AND a.sejak <= %(versi)s AND a.hingga > %(versi)s
    ) SELECT a.nama FROM naik n JOIN unor_riwayat a ON a.unor_id = n.id AND a.sejak <= %(versi)s
      AND a.hingga > %(versi)s ORDER BY n.jarak DESC),
  word_similarity(%(teks)s, r.nama)
FROM unor_riwayat r JOIN instansi i ON i.id = r.instansi_id
WHERE r.instansi_id = %(instansi)s AND r.sejak <= %(versi)s AND r.hingga > %(versi)s
  AND (r.nama ILIKE %(pola)s OR %(teks)s <%% r.nama)
ORDER BY (r.nama ILIKE %(pola)s) DESC, word_similarity(%(teks)s, r.nama) DESC, length(r.nama), r.unor_id
LIMIT %(batas)s"""
_PILIH_KOTAK = """SELECT p.posisi_id, p.instansi_id, p.nama, p.jenis, p.kelas, p.k, p.unor_id,
    word_similarity(%(teks)s, p.nama) AS mirip FROM posisi_riwayat p"""
BOXES = """WITH {calon}, pilihan AS (
  SELECT * FROM calon ORDER BY (nama ILIKE %(pola)s) DESC, mirip DESC, length(nama), posisi_id LIMIT %(batas)s
) SELECT p.posisi_id, p.instansi_id, i.nama, p.nama, p.jenis, p.kelas, p.k, p.unor_id, r.nama, p.mirip
FROM pilihan p JOIN instansi i ON i.id = p.instansi_id
JOIN unor_riwayat r ON r.unor_id = p.unor_id AND r.sejak <= %(versi)s AND r.hingga > %(versi)s
ORDER BY (p.nama ILIKE %(pola)s) DESC, p.mirip DESC, length(p.nama), p.posisi_id"""
_KINI = 2147483646


def _search(sql: str, teks: str, batas: int, **params: Any) -> list[tuple[Any, ...]]:
    text = " ".join(teks.replace("\x00", " ").split())[:120]
    if not text:
        return []
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    values: dict[str, Any] = {"teks": text, "pola": f"%{escaped}%", "batas": batas, "calon": CALON} | params
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.word_similarity_threshold', %s, false)", [AMBANG])
        cursor.execute(sql, values)
        return cursor.fetchall()


def _candidates(select: str, column: str, teks: str, more: str) -> str:
    """The names to rank: those that contain the words, which come first in any case and which the index
    answers many times faster, and only when they are too few also names like them. Below three letters a
    trigram says nothing."""
    exact = f"{select} WHERE {column} ILIKE %(pola)s{more} LIMIT %(calon)s"
    if len(teks.strip()) < 3:
        return f"calon AS ({exact})"
    return f"""tepat AS MATERIALIZED ({exact}), serupa AS (
  {select} WHERE (SELECT count(*) FROM tepat) < %(batas)s AND %(teks)s <%% {column}{more} LIMIT %(calon)s
), calon AS (SELECT * FROM tepat UNION SELECT * FROM serupa)"""


def _units(rows: list[tuple[Any, ...]]) -> list[HasilUnor]:
    return [HasilUnor(key, instansi_id, instansi, nama, tuple(jejak), mirip)
            for key, instansi_id, instansi, nama, jejak, mirip in rows]  # fmt: skip


def search_unor(
    instansi_id: int | None, teks: str, limit: int = 20, versi: int | None = None
) -> list[HasilUnor]:
    """Units by name, best first; nationwide when ``instansi_id`` is None.

    Reads the last published maps; with ``versi`` (and an instansi) the map as of that version.
    Four SQL statements at most.
    """
    if instansi_id is not None and versi is not None:
        last = last_version(instansi_id)
        if last is None or last.nomor != versi:
            rows = _search(UNITS_AS_OF, teks, limit, instansi=instansi_id, versi=versi)
            return _units(rows)
    more = "" if instansi_id is None else " AND k.instansi_id = %(instansi)s"
    calon = _candidates(_PILIH_UNIT, "k.nama", teks, more)
    return _units(_search(UNITS.replace("{calon}", calon), teks, limit, instansi=instansi_id))


def search_posisi(
    instansi_id: int | None, teks: str, limit: int = 20, versi: int | None = None
) -> list[HasilPosisi]:
    """Boxes by name, best first; as ``search_unor``."""
    if versi is not None and instansi_id is not None:
        last = last_version(instansi_id)
        if last is not None and last.nomor == versi:
            versi = None  # the live rows have an index of their own
    as_of = _KINI if versi is None or instansi_id is None else versi
    if as_of == _KINI:
        more = " AND p.hingga = 2147483647"
    else:
        more = " AND p.sejak <= %(versi)s AND p.hingga > %(versi)s"
    if instansi_id is not None:
        more += " AND p.instansi_id = %(instansi)s"
    sql = BOXES.replace("{calon}", _candidates(_PILIH_KOTAK, "p.nama", teks, more))
    rows = _search(sql, teks, limit, instansi=instansi_id, versi=as_of)
    return list(starmap(HasilPosisi, rows))
