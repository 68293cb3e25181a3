"""What the chart and the table load: parts of the map with B, each a fixed number of SQL statements.

All answers have one shape (``Dokumen``), made of short rows because the browser gets thousands of them.
Totals of B are kept by the database for the version in force and today; for any other version or day B comes
from the seats of that day (SQL function ``bezetting_pada``) and is rolled up here.
"""

from __future__ import annotations

from typing import Any, TypedDict

from django.db import connection

from petajabatan.inti.simpanan import kept
from petajabatan.web.peta.alamat import Keadaan
from petajabatan.web.peta.konteks import Konteks

BATAS_BAWAH = 6000
"""Units one request to open everything below may bring; a larger subtree opens as many levels as fit."""
JENIS = {"struktural": 0, "fungsional": 1, "pelaksana": 2}


class Dokumen(TypedDict):
    """``unor``: id, atasan, nama, nama jabatan, jenis, kode eselon, eselon, K, B, n posisi, n unor (subtree).
    ``kotak``: id, unor, nama, jenis (0 struktural 1 fungsional 2 pelaksana), jenjang, kelas, K, B,
    paruh waktu, kepala. ``lengkap``: units whose children are all in. ``terpotong``: there was more."""

    akar: int | None
    unor: list[list[Any]]
    kotak: list[list[Any]]
    lengkap: list[int]
    terpotong: bool


# The live row of a unit or box as of a version. For the last version this is the partial index' condition.
HIDUP_LAMA = "{0}.sejak <= %(versi)s AND {0}.hingga > %(versi)s"
HIDUP_KINI = "{0}.hingga = 2147483647"
B_KINI = "bezetting_posisi"
B_HARI = "(SELECT * FROM bezetting_pada(%(instansi)s, %(hari_b)s::date) h WHERE h.posisi_id IS NOT NULL)"

UNITS = """
SELECT r.unor_id, r.atasan_id, r.nama, r.nama_jabatan, r.jenis, coalesce(r.eselon_id, ''),
  coalesce(e.nama, ''),
  coalesce(t.k, 0), coalesce(b.b, 0), coalesce(t.n_posisi, 0), coalesce(t.n_unor, 1), p.lengkap
FROM pilihan p
JOIN unor_riwayat r ON r.unor_id = p.unor_id AND {hidup_r}
LEFT JOIN unor_total_riwayat t ON t.unor_id = r.unor_id AND {hidup_t}
LEFT JOIN bezetting_unor b ON b.unor_id = r.unor_id
LEFT JOIN eselon e ON e.kode = r.eselon_id
WHERE r.instansi_id = %(instansi)s
ORDER BY r.urutan, r.unor_id
"""
# Root and two levels, plus the children of units that the URL says are open, plus whole subtrees, plus the
# way down to the selected unit. Walks by the indexes on unor_id and atasan_id; never scans the instansi.
START = """
WITH RECURSIVE sasaran AS (
  SELECT unnest(%(sasaran)s::bigint[]) AS unor_id
  UNION SELECT p.unor_id FROM posisi_riwayat p
  WHERE p.posisi_id = ANY(%(posisi)s::bigint[]) AND {hidup_p} AND p.instansi_id = %(instansi)s
), naik AS (
  SELECT r.unor_id, r.atasan_id FROM sasaran s JOIN unor_riwayat r ON r.unor_id = s.unor_id AND {hidup_r}
  UNION
  SELECT r.unor_id, r.atasan_id FROM naik n JOIN unor_riwayat r ON r.unor_id = n.atasan_id AND {hidup_r}
), atas AS (
  SELECT r.unor_id, 0 AS dalam FROM unor_riwayat r
  WHERE r.instansi_id = %(instansi)s AND r.atasan_id IS NULL AND {hidup_r}
  UNION ALL
  SELECT r.unor_id, a.dalam + 1 FROM atas a JOIN unor_riwayat r ON r.atasan_id = a.unor_id AND {hidup_r}
  WHERE a.dalam < 2
), penuh AS (
  SELECT r.unor_id FROM unor_riwayat r
  WHERE r.unor_id = ANY(%(seluruh)s::bigint[]) AND r.instansi_id = %(instansi)s AND {hidup_r}
  UNION
  SELECT r.unor_id FROM penuh p JOIN unor_riwayat r ON r.atasan_id = p.unor_id AND {hidup_r}
), penuh_terbatas AS (SELECT unor_id FROM penuh LIMIT %(batas)s
), induk AS (
  SELECT unor_id FROM atas WHERE dalam < 2
  UNION SELECT unnest(%(buka)s::bigint[]) UNION SELECT unor_id FROM naik
  UNION SELECT unor_id FROM penuh_terbatas WHERE (SELECT count(*) FROM penuh) <= %(batas)s
), semua AS (
  SELECT unor_id FROM atas
  UNION SELECT r.unor_id FROM induk i JOIN unor_riwayat r ON r.atasan_id = i.unor_id AND {hidup_r}
  UNION SELECT unor_id FROM penuh_terbatas
), pilihan AS (
  SELECT s.unor_id, i.unor_id IS NOT NULL AS lengkap FROM semua s LEFT JOIN induk i USING (unor_id)
)
"""
CHILDREN = """
WITH pilihan AS (SELECT r.unor_id, false AS lengkap FROM unor_riwayat r
  WHERE r.atasan_id = %(unor)s AND {hidup_r})
"""
# Level by level; the first level that would go over the limit is left out as a whole, so that what is shown
# as open is complete.
BELOW = """
WITH RECURSIVE turun AS (
  SELECT r.unor_id, 0 AS dalam FROM unor_riwayat r WHERE r.unor_id = %(unor)s AND {hidup_r}
  UNION ALL
  SELECT r.unor_id, t.dalam + 1 FROM turun t JOIN unor_riwayat r ON r.atasan_id = t.unor_id AND {hidup_r}
), tingkat AS (
  SELECT dalam, sum(count(*)) OVER (ORDER BY dalam) AS sampai FROM turun GROUP BY dalam
), batas AS (
  SELECT greatest(1, coalesce(max(dalam) FILTER (WHERE sampai <= %(batas)s), 0)) AS boleh, max(dalam) AS ada
  FROM tingkat
), pilihan AS (
  SELECT t.unor_id, t.dalam < b.boleh OR b.boleh = b.ada AS lengkap
  FROM turun t, batas b WHERE t.dalam <= b.boleh
)
"""
# The way from the root to a unit, with the siblings at each step and the children of the unit itself.
PATH = """
WITH RECURSIVE naik AS (
  SELECT r.unor_id, r.atasan_id FROM unor_riwayat r WHERE r.unor_id = %(unor)s AND {hidup_r}
  UNION ALL
  SELECT r.unor_id, r.atasan_id FROM naik n JOIN unor_riwayat r ON r.unor_id = n.atasan_id AND {hidup_r}
), semua AS (
  SELECT unor_id FROM naik
  UNION SELECT r.unor_id FROM naik n JOIN unor_riwayat r ON r.atasan_id = n.unor_id AND {hidup_r}
), pilihan AS (
  SELECT s.unor_id, n.unor_id IS NOT NULL AS lengkap FROM semua s LEFT JOIN naik n USING (unor_id)
)
"""
BOXES = """
SELECT p.posisi_id, p.unor_id, p.nama, p.jenis, coalesce(j.nama, ''), p.kelas, p.k, coalesce(b.b, 0),
  coalesce(b.paruh_waktu, 0), p.kepala::int
FROM posisi_riwayat p
LEFT JOIN {bezetting} b ON b.posisi_id = p.posisi_id
LEFT JOIN jenjang j ON j.kode = p.jenjang_id
WHERE p.unor_id = ANY(%(unor)s) AND {hidup_p}
  AND (%(kosong)s OR p.kepala OR p.k > 0 OR b.b > 0 OR b.paruh_waktu > 0)
ORDER BY p.unor_id, NOT p.kepala, p.urutan, p.posisi_id
"""
B_OF_VERSION = """
SELECT r.unor_id, r.atasan_id, coalesce(s.b, 0)
FROM unor_riwayat r
LEFT JOIN (
  SELECT p.unor_id, sum(b.b) AS b FROM posisi_riwayat p JOIN {bezetting} b ON b.posisi_id = p.posisi_id
  WHERE p.instansi_id = %(instansi)s AND p.sejak <= %(versi)s AND p.hingga > %(versi)s GROUP BY p.unor_id
) s ON s.unor_id = r.unor_id
WHERE r.instansi_id = %(instansi)s AND r.sejak <= %(versi)s AND r.hingga > %(versi)s
"""


def sql_for(konteks: Konteks, template: str) -> str:
    """The statement with its conditions for 'live as of this version'."""
    hidup = HIDUP_KINI if konteks.terakhir else HIDUP_LAMA
    bezetting = B_KINI if konteks.tersimpan else B_HARI
    return template.format(
        bezetting=bezetting, **{f"hidup_{alias}": hidup.format(alias) for alias in ("r", "p", "t")}
    )


def fetch(sql: str, params: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def b_of_version(konteks: Konteks) -> dict[int, int]:
    """B of every subtree as units and people stood then. One statement, kept per B stamp."""
    key = f"peta-b:{konteks.instansi.pk}:{konteks.versi}:{konteks.hari_b}:{konteks.stempel}"
    return kept(key, lambda: _b_of_version(konteks))


def _b_of_version(konteks: Konteks) -> dict[int, int]:
    rows = fetch(sql_for(konteks, B_OF_VERSION), konteks.params)
    above = {unor: atasan for unor, atasan, _ in rows}
    totals = dict.fromkeys(above, 0)
    for unor, _, b in rows:
        at: int | None = unor if b else None
        while at is not None:
            totals[at] += int(b)
            at = above[at]
    return totals


def _document(konteks: Konteks, choice: str, kosong: bool, params: dict[str, Any]) -> Dokumen:
    """Two statements: units, then their boxes (a third for totals of B of another version or day)."""
    rows = fetch(sql_for(konteks, choice + UNITS), konteks.params | params)
    units = [list(row[:-1]) for row in rows]
    ids = [unit[0] for unit in units]
    boxes = fetch(sql_for(konteks, BOXES), konteks.params | {"unor": ids, "kosong": kosong})
    if not konteks.cepat:
        totals = b_of_version(konteks)
        for unit in units:
            unit[8] = totals.get(unit[0], 0)
    kotak = []
    for row in boxes:
        box = list(row)
        box[3] = JENIS.get(box[3], 2)
        kotak.append(box)
    return {
        "akar": next((unit[0] for unit in units if unit[1] is None), None),
        "unor": units,
        "kotak": kotak,
        "lengkap": [row[0] for row in rows if row[-1]],
        "terpotong": False,
    }


def start_params(state: Keadaan) -> dict[str, Any]:
    """What ``START`` takes: besides root and two levels, what the URL says was open, selected or in focus."""
    pilih = state.pilih or "u0"
    kind, key = pilih[0], int(pilih[1:])
    return {
        "buka": state.buka,
        "seluruh": state.seluruh,
        "sasaran": [x for x in (state.fokus, key if kind == "u" else None) if x],
        "posisi": [key] if kind == "p" else [],
        "batas": BATAS_BAWAH,
    }


def start_document(konteks: Konteks, state: Keadaan) -> Dokumen:
    """First paint of what the URL asks for."""
    return _document(konteks, START, state.kosong, start_params(state))


def children_document(konteks: Konteks, unor: int, kosong: bool = False) -> Dokumen:
    """The units right below one unit."""
    document = _document(konteks, CHILDREN, kosong, {"unor": unor})
    document["lengkap"] = [unor]
    return document


def below_document(konteks: Konteks, unor: int, kosong: bool = False) -> Dokumen:
    """The unit and everything below it, or as many whole levels as BATAS_BAWAH units allow."""
    document = _document(konteks, BELOW, kosong, {"unor": unor, "batas": BATAS_BAWAH})
    complete = set(document["lengkap"])
    document["terpotong"] = any(unit[10] > 1 and unit[0] not in complete for unit in document["unor"])
    return document


def path_document(konteks: Konteks, unor: int, kosong: bool = False) -> Dokumen:
    """The way from the root to a unit, with the siblings at each step."""
    return _document(konteks, PATH, kosong, {"unor": unor})


ROOT_TOTALS = """
SELECT r.unor_id, coalesce(t.k, 0), coalesce(t.n_posisi, 0), coalesce(t.n_unor, 0), coalesce(b.b, 0)
FROM unor_riwayat r
LEFT JOIN unor_total_riwayat t ON t.unor_id = r.unor_id AND {hidup_t}
LEFT JOIN bezetting_unor b ON b.unor_id = r.unor_id
WHERE r.instansi_id = %(instansi)s AND r.atasan_id IS NULL AND {hidup_r}
"""
BRANCHES = """
SELECT r.unor_id, r.nama FROM unor_riwayat r
JOIN unor_riwayat a ON a.unor_id = r.atasan_id AND a.atasan_id IS NULL
  AND a.sejak <= %(versi)s AND a.hingga > %(versi)s
WHERE r.instansi_id = %(instansi)s AND {hidup_r} ORDER BY r.urutan, r.unor_id
"""
UNIT_NAME = """
SELECT r.nama FROM unor_riwayat r
WHERE r.unor_id = %(unor)s AND r.instansi_id = %(instansi)s AND {hidup_r}
"""


def root_totals(konteks: Konteks) -> tuple[int, int, int, int, int] | None:
    """Root unit, and K, boxes, units and B of the whole map. One statement."""
    rows = fetch(sql_for(konteks, ROOT_TOTALS), konteks.params)
    if not rows:
        return None
    root, k, n_posisi, n_unor, b = map(int, rows[0])
    return root, k, n_posisi, n_unor, b if konteks.cepat else b_of_version(konteks).get(root, 0)


def branches(konteks: Konteks) -> list[tuple[int, str]]:
    """The units right below the root, to narrow a recap to one of them. One statement."""
    return [(int(i), nama) for i, nama in fetch(sql_for(konteks, BRANCHES), konteks.params)]


def unit_name(konteks: Konteks, unor: int) -> str | None:
    """Name of a unit of this map, or None."""
    rows = fetch(sql_for(konteks, UNIT_NAME), konteks.params | {"unor": unor})
    return rows[0][0] if rows else None
