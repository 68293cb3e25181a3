"""Classes of a whole map, published or in a draft: boxes with K and B, factor sheets, national provisions.

The largest map has 190,000 boxes and some thousand groups of boxes that are alike: the groups are counted by
the database once per version and B stamp, and a draft is added to them.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from petajabatan.anjab.queries.infojab_peta import Sudut
from petajabatan.anjab.queries.urutan import place_of
from petajabatan.anjab.rules.banding_kelas import (
    BarisBanding,
    Kelompok,
    KotakKelas,
    Kunci,
    LembarKelas,
    add_up,
    compare,
    row_key,
)
from petajabatan.inti.jam import today
from petajabatan.inti.simpanan import kept
from petajabatan.jabatan.queries.isian import decoded
from petajabatan.jabatan.queries.kelas import class_tables, provisions
from petajabatan.jabatan.queries.peta import collector_paused, fetch
from petajabatan.jabatan.rules.evaluasi import TabelKelas
from petajabatan.jabatan.rules.isian import isian_of
from petajabatan.jabatan.rules.lembar_evaluasi import evaluate_stored
from petajabatan.pegawai.queries.ringkasan import b_stamp
from petajabatan.referensi.models import Instansi, Jabatan
from petajabatan.referensi.queries import import_stamp

RINCIAN_MAKS = 300
"""Boxes that are listed behind a number."""
_LIVE = "r.instansi_id = %(instansi)s AND r.sejak <= %(versi)s AND r.hingga > %(versi)s"
_BASE = """r.posisi_id, r.unor_id, r.nama, r.jenis, r.jabatan_id, r.jenjang_id AS jenjang, r.kelas, r.k,
  r.infojab_id"""
_DRAFT = """o.posisi_id, s.unor_id, s.nama, s.jenis, s.jabatan_id, s.jenjang, s.kelas, s.k, s.infojab_id
FROM usulan_posisi o CROSS JOIN LATERAL jsonb_to_record(o.sesudah) AS s(unor_id bigint, nama text, jenis text,
  jabatan_id int, jenjang text, kelas smallint, k int, infojab_id bigint)
WHERE o.usulan_id = %(usulan)s AND o.sesudah IS NOT NULL"""
_GROUPS = """SELECT x.jenis, x.jabatan_id, x.jenjang, x.kelas, x.infojab_id, min(x.nama), sum(x.arah)::int,
  coalesce(sum(x.arah * x.k), 0)::int, coalesce(sum(x.arah * b.b), 0)::int
FROM ({boxes}) x LEFT JOIN bezetting_posisi b ON b.posisi_id = x.posisi_id AND b.instansi_id = %(instansi)s
GROUP BY 1, 2, 3, 4, 5, CASE WHEN x.jabatan_id IS NULL THEN x.nama END"""
# Plan: both tables by their index on instansi_id and one hash join; 150 ms for 190,000 boxes.
_MAP_GROUPS = _GROUPS.format(boxes=f"SELECT 1 AS arah, {_BASE} FROM posisi_riwayat r WHERE {_LIVE}")
_DRAFT_GROUPS = _GROUPS.format(
    boxes=f"""SELECT -1 AS arah, {_BASE} FROM usulan_posisi o
  JOIN posisi_riwayat r ON r.posisi_id = o.posisi_id WHERE o.usulan_id = %(usulan)s AND {_LIVE}
  UNION ALL SELECT 1, {_DRAFT}"""
)
_BOXES = f"""SELECT x.posisi_id, x.unor_id, x.nama, x.jenis, x.jabatan_id, x.jenjang, x.kelas, x.k,
  coalesce(b.b, 0), x.infojab_id
FROM (SELECT * FROM (
    SELECT {_BASE} FROM posisi_riwayat r WHERE {_LIVE} AND NOT EXISTS (
      SELECT FROM usulan_posisi o WHERE o.usulan_id = %(usulan)s AND o.posisi_id = r.posisi_id)
    UNION ALL SELECT {_DRAFT}
  ) x WHERE {{which}} ORDER BY x.posisi_id LIMIT {RINCIAN_MAKS}
) x LEFT JOIN bezetting_posisi b ON b.posisi_id = x.posisi_id ORDER BY x.posisi_id"""
_BOX = _BOXES.format(which="x.posisi_id = %(posisi)s")
_OF_CLASS = _BOXES.format(which="x.kelas IS NOT DISTINCT FROM %(kelas)s::smallint")
_OF_JABATAN = _BOXES.format(
    which="x.jenis = %(jenis)s AND x.jabatan_id = %(jabatan)s AND x.jenjang IS NOT DISTINCT FROM %(jenjang)s"
)
_OF_NAME = _BOXES.format(which="x.jenis = %(jenis)s AND x.jabatan_id IS NULL AND x.nama = ANY(%(nama)s)")
# Of a validated sheet only the decision is needed, not the reasons of every level.
_SHEETS = f"""SELECT r.infojab_id,
  CASE WHEN r.isi->>'status' = 'divalidasi' THEN r.isi - 'faktor' ELSE r.isi END
FROM isian_riwayat r WHERE r.bagian = 'evaluasi' AND {_LIVE}"""
_DRAFT_SHEETS = """SELECT isian_id, sesudah->'isi' FROM usulan_isian
WHERE usulan_id = %(usulan)s AND isian_id %% 64 = 20"""


@dataclass(frozen=True)
class PetaKelas:
    """The classes of a map."""

    kelompok: list[Kelompok]
    banding: list[BarisBanding]


@dataclass(frozen=True)
class RincianKelas:
    """The boxes behind a number: how many, and the first of them by id."""

    banyak: int
    kotak: list[KotakKelas]


def groups_of(sudut: Sudut) -> list[Kelompok]:
    """The boxes of a map, those alike together. One statement where it is kept."""
    return _groups(sudut, b_stamp(sudut.instansi_id))


def _groups(sudut: Sudut, stamp: int) -> list[Kelompok]:
    base = kept(
        f"kelas:{sudut.instansi_id}:{sudut.versi}:{stamp}",
        lambda: [Kelompok(*row) for row in fetch(_MAP_GROUPS, sudut.params)],
    )
    if sudut.usulan is None:
        return base
    return kept(
        f"kelas:{place_of(sudut)}:{stamp}",
        lambda: add_up(base, (Kelompok(*row) for row in fetch(_DRAFT_GROUPS, sudut.params))),
        bersama=False,
    )


def classes_of(sudut: Sudut, instansi: Instansi) -> PetaKelas:
    """As of a version, or of a draft laid over its base, with the references of today. Three statements where
    it is kept, else at most nine more besides those of keeping."""
    stamp, day = b_stamp(sudut.instansi_id), today()
    return kept(
        f"kelas-banding:{place_of(sudut)}:{stamp}:{import_stamp()}:{day}",
        lambda: _compared(sudut, instansi, _groups(sudut, stamp), day),
        bersama=False,
    )


def _compared(sudut: Sudut, instansi: Instansi, groups: list[Kelompok], day: dt.date) -> PetaKelas:
    sheets: dict[int, Any] = {key: decoded(isi) for key, isi in fetch(_SHEETS, sudut.params)}
    if sudut.usulan is not None:
        for key, isi in fetch(_DRAFT_SHEETS, sudut.params):
            sheets[isian_of(key)[0]] = decoded(isi)
    tables = class_tables(day)
    kinds = {group.infojab_id: group.jenis for group in groups if group.infojab_id is not None}
    read = {key: _sheet(key, isi, kinds[key], tables) for key, isi in sheets.items() if isi and key in kinds}
    ids = {group.jabatan_id for group in groups if group.jabatan_id is not None}
    rules = provisions(ids, day, tingkat=instansi.jenis, jenis=instansi.jenis_instansi)
    with collector_paused():
        return PetaKelas(groups, compare(groups, read, jabatan_names(ids), rules))


def jabatan_names(ids: set[int]) -> dict[int, str]:
    """What the reference list calls these jabatan; those without a name are left out. One statement."""
    rows = Jabatan.objects.filter(pk__in=ids, nama__isnull=False).values_list("pk", "nama")
    return {key: name for key, name in rows if name}


def boxes_of_class(sudut: Sudut, kelas: int | None) -> RincianKelas:
    """The boxes of a kelas (None: of none). Three statements where the groups are kept."""
    n = sum(group.kotak for group in groups_of(sudut) if group.kelas == kelas)
    return RincianKelas(n, _boxes(_OF_CLASS, sudut, kelas=kelas))


def boxes_of_row(sudut: Sudut, key: Kunci) -> tuple[str, RincianKelas]:
    """The name and the boxes of one jabatan of the comparison. Four statements where the groups are kept."""
    groups = [group for group in groups_of(sudut) if group.kunci == key]
    if not groups:
        return "", RincianKelas(0, [])
    jenis, jabatan_id, jenjang, _name = key
    ids = set() if jabatan_id is None else {jabatan_id}
    (row,) = compare(groups, {}, jabatan_names(ids))
    params = {"jenis": jenis, "jabatan": jabatan_id, "jenjang": jenjang, "nama": [g.nama for g in groups]}
    boxes = _boxes(_OF_NAME if jabatan_id is None else _OF_JABATAN, sudut, **params)
    return row.nama, RincianKelas(row.kotak, boxes)


def row_of_box(sudut: Sudut, posisi_id: int) -> Kunci | None:
    """The jabatan that a box belongs to, None when it is not on the map. One statement."""
    for box in _boxes(_BOX, sudut, posisi=posisi_id):
        return row_key(box.jenis, box.jabatan_id, box.jenjang, box.nama)
    return None


def _boxes(sql: str, sudut: Sudut, **params: Any) -> list[KotakKelas]:
    return [KotakKelas(*row) for row in fetch(sql, sudut.params | params)]


def _sheet(key: int, isi: dict[str, Any], jenis: str, tables: TabelKelas) -> LembarKelas:
    status = isi.get("status", "diisi")
    if status == "divalidasi":
        return LembarKelas(key, status, isi.get("total"), isi.get("kelas"), bool(isi.get("pengecualian")))
    result = evaluate_stored(isi, jenis, tables)
    return LembarKelas(key, status, result.total, result.kelas, bool(isi.get("pengecualian")))
