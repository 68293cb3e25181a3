"""Classes of a whole map, published or in a draft: boxes with K and B, factor sheets, national provisions."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from petajabatan.anjab.rules.banding_kelas import BarisBanding, KotakKelas, LembarKelas, compare
from petajabatan.inti.jam import today
from petajabatan.jabatan.queries.isian import decoded
from petajabatan.jabatan.queries.kelas import class_tables, provisions
from petajabatan.jabatan.queries.peta import fetch
from petajabatan.jabatan.rules.evaluasi import TabelKelas
from petajabatan.jabatan.rules.isian import isian_of
from petajabatan.jabatan.rules.kelas_nasional import national_class
from petajabatan.jabatan.rules.lembar_evaluasi import evaluate_stored
from petajabatan.referensi.models import Instansi
from petajabatan.usulan.models import Usulan
from petajabatan.usulan.queries.pandangan import isi_of_json

_LIVE = "r.instansi_id = %(instansi)s AND r.sejak <= %(versi)s AND r.hingga > %(versi)s"
_BOXES = f"""SELECT r.posisi_id, r.unor_id, r.nama, r.jenis, r.jabatan_id, r.jenjang_id, r.kelas, r.k,
  coalesce(b.b, 0), r.infojab_id
FROM posisi_riwayat r LEFT JOIN bezetting_posisi b ON b.posisi_id = r.posisi_id WHERE {_LIVE}
ORDER BY r.posisi_id"""
_DRAFT_BOXES = """SELECT p.posisi_id, p.sesudah, coalesce(b.b, 0) FROM usulan_posisi p
LEFT JOIN bezetting_posisi b ON b.posisi_id = p.posisi_id WHERE p.usulan_id = %(usulan)s"""
_SHEETS = f"SELECT r.infojab_id, r.isi FROM isian_riwayat r WHERE r.bagian = 'evaluasi' AND {_LIVE}"
_DRAFT_SHEETS = """SELECT isian_id, sesudah->'isi' FROM usulan_isian
WHERE usulan_id = %(usulan)s AND isian_id %% 64 = 20"""


@dataclass(frozen=True)
class PetaKelas:
    """The classes of a map."""

    kotak: list[KotakKelas]
    banding: list[BarisBanding]
    tabel: TabelKelas


def classes_of(instansi: Instansi, versi: int, usulan: Usulan | None = None) -> PetaKelas:
    """As of a version, or of a draft laid over its base. At most eight statements, whatever the map."""
    params: dict[str, Any] = {
        "instansi": instansi.pk, "versi": versi, "usulan": usulan.pk if usulan else 0
    }  # fmt: skip
    boxes = {row[0]: KotakKelas(*row) for row in fetch(_BOXES, params)}
    sheets: dict[int, Any] = {key: decoded(isi) for key, isi in fetch(_SHEETS, params)}
    if usulan is not None:
        _lay_over(params, boxes, sheets)
    day = today()
    tables = class_tables(day)
    kinds = {box.infojab_id: box.jenis for box in boxes.values() if box.infojab_id is not None}
    read = {key: _sheet(key, isi, kinds[key], tables) for key, isi in sheets.items() if isi and key in kinds}
    rows = compare(boxes.values(), read)
    _add_provisions(instansi, rows, day)
    return PetaKelas(list(boxes.values()), rows, tables)


def _lay_over(params: dict[str, Any], boxes: dict[int, KotakKelas], sheets: dict[int, Any]) -> None:
    for key, after, b in fetch(_DRAFT_BOXES, params):
        box: Any = isi_of_json("posisi", after)
        if box is None:
            boxes.pop(key, None)
        else:
            boxes[key] = KotakKelas(
                key, box.unor_id, box.nama, box.jenis, box.jabatan_id, box.jenjang, box.kelas, box.k, b,
                box.infojab_id,
            )  # fmt: skip
    for key, isi in fetch(_DRAFT_SHEETS, params):
        sheets[isian_of(key)[0]] = decoded(isi)


def _sheet(key: int, isi: dict[str, Any], jenis: str, tables: TabelKelas) -> LembarKelas:
    status = isi.get("status", "diisi")
    if status == "divalidasi":
        return LembarKelas(key, status, isi.get("total"), isi.get("kelas"), bool(isi.get("pengecualian")))
    result = evaluate_stored(isi, jenis, tables)
    return LembarKelas(key, status, result.total, result.kelas, bool(isi.get("pengecualian")))


def _add_provisions(instansi: Instansi, rows: list[BarisBanding], day: dt.date) -> None:
    """What is set nationally for a jabatan or its jenjang; eselon rows concern single heads, not names."""
    ids = [row.jabatan_id for row in rows if row.jabatan_id is not None]
    rules = provisions(ids, day, tingkat=instansi.jenis, jenis=instansi.jenis_instansi)
    if not rules:
        return
    by_jabatan = {rule.jabatan_id: rule for rule in reversed(rules) if rule.jabatan_id is not None}
    others = [rule for rule in rules if rule.jabatan_id is None]
    for row in rows:
        own = by_jabatan.get(row.jabatan_id) if row.jabatan_id is not None else None
        row.nasional = national_class(
            [own] if own else others, jabatan_id=row.jabatan_id, jenjang=row.jenjang, eselon=None
        )


def unit_names(instansi_id: int, versi: int, ids: list[int]) -> dict[int, str]:
    """Names of units as of a version. One statement."""
    sql = f"SELECT r.unor_id, r.nama FROM unor_riwayat r WHERE r.unor_id = ANY(%(ids)s) AND {_LIVE}"
    return dict(fetch(sql, {"instansi": instansi_id, "versi": versi, "ids": ids}))
