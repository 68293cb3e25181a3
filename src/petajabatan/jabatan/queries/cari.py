"""Searching units and boxes by name, forgiving of typing mistakes (pg_trgm); in one instansi or in all."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import starmap
from typing import Any

from django.db import connection

from petajabatan.jabatan.queries.versi import last_version

AMBANG = 0.42
"""Word similarity from which a name is a hit: one wrong letter in a word of five is found."""
CALON = 1500
"""How many names are ranked at most; a very common word has no better order than that."""


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


def _best(nama: str) -> str:
    """Order of names found: those with the text as it is, those with all its words; then the most similar."""
    return f"({nama} ILIKE %(pola)s) DESC, ({nama} ILIKE ALL(%(semua)s)) DESC"


# The database's calon_peta() gathers names; they are ranked here.
_CALON = (
    "calon_peta(%(objek)s, %(teks)s, %(instansi)s, %(batas)s, %(ambang)s::real, %(calon)s, %(kata)s::jsonb)"
)
UNITS = f"""WITH pilihan AS (
  SELECT kunci, sebutan, max(mirip) AS mirip, urut COLLATE "C" AS urut FROM {_CALON}
  GROUP BY kunci, sebutan, 4
  ORDER BY {_best("sebutan")}, mirip DESC, length(sebutan), urut, kunci LIMIT %(batas)s
) SELECT k.unor_id, k.instansi_id, i.nama, k.nama,
  ARRAY(SELECT a.nama FROM unor_kini a WHERE a.unor_id = ANY(string_to_array(k.jalur::text, '.')::bigint[])
        AND a.unor_id <> k.unor_id ORDER BY a.kedalaman), word_similarity(%(teks)s, k.nama)
FROM pilihan p JOIN unor_kini k ON k.unor_id = p.kunci JOIN instansi i ON i.id = k.instansi_id
ORDER BY {_best("k.nama")}, p.mirip DESC, length(k.nama), p.urut, k.unor_id"""
# As of an older version the names are in the history; one instansi's rows are few enough to be compared.
UNITS_AS_OF = f"""SELECT r.unor_id, r.instansi_id, i.nama, r.nama, ARRAY(
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
ORDER BY {_best("r.nama")}, word_similarity(%(teks)s, r.nama) DESC, length(r.nama), r.unor_id
LIMIT %(batas)s"""
# A name is borne by many boxes: the best names, then a page of boxes of each until the page is full.
BOXES = f"""WITH pilihan AS (
  SELECT instansi, sebutan, max(mirip) AS mirip FROM {_CALON} GROUP BY instansi, sebutan
  ORDER BY {_best("sebutan")}, mirip DESC, length(sebutan), sebutan, instansi LIMIT %(batas)s
), kotak AS (
  SELECT k.*, p.mirip FROM pilihan p CROSS JOIN LATERAL (
    SELECT * FROM posisi_riwayat r
    WHERE r.instansi_id = p.instansi AND r.nama = p.sebutan AND r.hingga = 2147483647 LIMIT %(batas)s) k
) SELECT k.posisi_id, k.instansi_id, i.nama, k.nama, k.jenis, k.kelas, k.k, k.unor_id, r.nama,
  word_similarity(%(teks)s, k.nama)
FROM kotak k JOIN instansi i ON i.id = k.instansi_id
JOIN unor_riwayat r ON r.unor_id = k.unor_id AND r.hingga = 2147483647
ORDER BY {_best("k.nama")}, k.mirip DESC, length(k.nama), k.posisi_id LIMIT %(batas)s"""
BOXES_AS_OF = f"""WITH kotak AS (
  SELECT p.*, word_similarity(%(teks)s, p.nama) AS mirip FROM posisi_riwayat p
  WHERE p.instansi_id = %(instansi)s AND p.sejak <= %(versi)s AND p.hingga > %(versi)s
    AND (p.nama ILIKE %(pola)s OR %(teks)s <%% p.nama)
  ORDER BY {_best("p.nama")}, mirip DESC, length(p.nama), p.posisi_id LIMIT %(batas)s
) SELECT k.posisi_id, k.instansi_id, i.nama, k.nama, k.jenis, k.kelas, k.k, k.unor_id, r.nama, k.mirip
FROM kotak k JOIN instansi i ON i.id = k.instansi_id
JOIN unor_riwayat r ON r.unor_id = k.unor_id AND r.sejak <= %(versi)s AND r.hingga > %(versi)s
ORDER BY {_best("k.nama")}, k.mirip DESC, length(k.nama), k.posisi_id"""


def _text(teks: str) -> str:
    return " ".join(teks.replace("\x00", " ").split())[:120]


def words_like(teks: str) -> str:
    """The words of a text with those like them in names on maps, for several searches of the same text. One
    statement."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT kata_cari(%s)", [_text(teks)])
        return str(cursor.fetchone()[0])


def _search(sql: str, teks: str, batas: int, **params: Any) -> list[tuple[Any, ...]]:
    text = _text(teks)
    if not text:
        return []
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    values: dict[str, Any] = {
        "teks": text, "pola": f"%{escaped}%", "semua": [f"%{word}%" for word in escaped.split()],
        "batas": batas, **params,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)", [str(AMBANG)])
        cursor.execute(sql, values | {"ambang": AMBANG, "calon": CALON})
        return cursor.fetchall()


def _units(rows: list[tuple[Any, ...]]) -> list[HasilUnor]:
    return [HasilUnor(key, instansi_id, instansi, nama, tuple(jejak), mirip)
            for key, instansi_id, instansi, nama, jejak, mirip in rows]  # fmt: skip


def _older(instansi_id: int | None, versi: int | None) -> bool:
    """Whether a version is asked for that is not the last one, whose names are looked up otherwise."""
    if instansi_id is None or versi is None:
        return False
    last = last_version(instansi_id)
    return last is None or last.nomor != versi


def search_unor(
    instansi_id: int | None,
    teks: str,
    limit: int = 20,
    versi: int | None = None,
    kata: str | None = None,
) -> list[HasilUnor]:
    """Units by name, best first; nationwide when ``instansi_id`` is None.

    Reads the last published maps; with ``versi`` (and an instansi) the map as of that version.
    ``kata``: what ``words_like`` said of the text. Three SQL statements at most.
    """
    sql = UNITS_AS_OF if _older(instansi_id, versi) else UNITS
    return _units(_search(sql, teks, limit, objek="unor", instansi=instansi_id, versi=versi, kata=kata))


def search_posisi(
    instansi_id: int | None,
    teks: str,
    limit: int = 20,
    versi: int | None = None,
    kata: str | None = None,
) -> list[HasilPosisi]:
    """Boxes by name, best first; as ``search_unor``."""
    sql = BOXES_AS_OF if _older(instansi_id, versi) else BOXES
    rows = _search(sql, teks, limit, objek="posisi", instansi=instansi_id, versi=versi, kata=kata)
    return list(starmap(HasilPosisi, rows))
