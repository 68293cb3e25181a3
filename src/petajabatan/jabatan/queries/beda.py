"""The difference between two versions, found by the database."""

from __future__ import annotations

from typing import Any

from petajabatan.jabatan.queries.peta import fetch
from petajabatan.jabatan.queries.versi import version_of
from petajabatan.jabatan.rules.beda import Beda, IsiPosisi, IsiUnor, JumlahPeta, Perbedaan, compare

# Before: live at N and ended by M. After: begun after N and live at M. Joined on the id, a row on both sides
# has changed (perhaps back to what it was: compare() drops it). Plan: two index scans on (instansi_id, sejak)
# and (instansi_id, hingga, sejak) and one hash join; never the whole map.
_PAIRS = """WITH lama AS (
  SELECT * FROM {table} WHERE instansi_id = %(instansi)s AND sejak <= %(dari)s AND hingga > %(dari)s
    AND hingga <= %(ke)s
), baru AS (
  SELECT * FROM {table} WHERE instansi_id = %(instansi)s AND sejak > %(dari)s AND sejak <= %(ke)s
    AND hingga > %(ke)s
) SELECT {before}, {after} FROM lama l FULL JOIN baru b ON b.{key} = l.{key}
ORDER BY coalesce(b.{key}, l.{key})"""
_UNIT = (
    "unor_id", "atasan_id", "nama", "nama_jabatan", "jenis", "eselon_id", "urutan", "wilayah_id", "urusan",
    "cepat_kode", "dasar_hukum_id", "pasal", "halaman",
)  # fmt: skip
_BOX = (
    "posisi_id", "unor_id", "nama", "jenis", "jenjang_id", "kelas", "k", "kepala", "urutan", "jabatan_id",
    "infojab_id",
)  # fmt: skip


def _pairs_sql(table: str, columns: tuple[str, ...]) -> str:
    return _PAIRS.format(
        table=table,
        key=columns[0],
        before=", ".join(f"l.{c}" for c in columns),
        after=", ".join(f"b.{c}" for c in columns),
    )


UNIT_PAIRS = _pairs_sql("unor_riwayat", _UNIT)
BOX_PAIRS = _pairs_sql("posisi_riwayat", _BOX)
TOTALS = """SELECT s.n, coalesce(sum(p.k), 0), count(p.posisi_id),
  (SELECT count(*) FROM unor_riwayat u
   WHERE u.instansi_id = %(instansi)s AND u.sejak <= s.n AND u.hingga > s.n),
  count(p.posisi_id) FILTER (WHERE p.k IS NULL)
FROM (SELECT %(dari)s::int UNION SELECT %(ke)s::int) s(n)
LEFT JOIN posisi_riwayat p ON p.instansi_id = %(instansi)s AND p.sejak <= s.n AND p.hingga > s.n
GROUP BY s.n"""
NAMES = """SELECT DISTINCT ON (unor_id) unor_id, nama FROM unor_riwayat
WHERE unor_id = ANY(%(unor)s) AND sejak <= %(ke)s ORDER BY unor_id, sejak DESC"""


def difference(instansi_id: int, dari: int, ke: int) -> Beda:
    """What changed from version ``dari`` to version ``ke`` (0 is the empty map before version 1).

    Either may be the later one; the difference then runs backwards. At most six SQL statements.
    Raises PetaTidakAda for versions the map does not have.
    """
    for versi in {dari, ke} - {0}:
        version_of(instansi_id, versi)
    low, high = sorted((dari, ke))
    params = {"instansi": instansi_id, "dari": low, "ke": high}
    units = _differences(UNIT_PAIRS, params, IsiUnor, dari > ke)
    boxes = _differences(BOX_PAIRS, params, IsiPosisi, dari > ke)
    totals = {row[0]: JumlahPeta(int(row[1]), *row[2:]) for row in fetch(TOTALS, params)}
    mentioned: set[int] = set()
    for row in (*units, *boxes):
        for side in (row.sebelum, row.sesudah):
            if isinstance(side, IsiPosisi):
                mentioned.add(side.unor_id)
            elif side is not None and side.atasan_id is not None:
                mentioned.add(side.atasan_id)
    names = dict(fetch(NAMES, {"unor": list(mentioned), "ke": high})) if mentioned else {}
    return Beda(instansi_id, dari, ke, units, boxes, totals[dari], totals[ke], names)


def _differences(
    sql: str, params: dict[str, Any], kind: type[IsiUnor] | type[IsiPosisi], backwards: bool
) -> list[Perbedaan]:
    n = len(kind._fields)
    found = []
    for row in fetch(sql, params):
        before, after = (_side(kind, row[:n]), _side(kind, row[n:]))
        pair = compare(after, before) if backwards else compare(before, after)
        if pair is not None:
            found.append(pair)
    return found


def _side(kind: Any, values: tuple[Any, ...]) -> IsiUnor | IsiPosisi | None:
    if values[0] is None:
        return None
    row: IsiUnor | IsiPosisi = kind._make(tuple(v) if isinstance(v, list) else v for v in values)
    return row
