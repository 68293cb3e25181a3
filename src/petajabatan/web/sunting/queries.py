"""The draft as the chart and table load it: the documents of ``web.peta.queries`` with a mark per row.

Every document is three statements (units, boxes, findings), a fourth where B of another version is rolled up.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, TypedDict

from petajabatan.web.peta.alamat import Keadaan
from petajabatan.web.peta.queries import BATAS_BAWAH, JENIS, b_of_version, fetch, start_params
from petajabatan.web.sunting import sql
from petajabatan.web.sunting.konteks import KonteksDraf

TANDA = ("", "tambah", "hapus", "ubah", "pindah")
_UNIT_SHOWN = ("nama", "nama_jabatan", "jenis", "eselon", "atasan_id")
_BOX_SHOWN = ("nama", "kelas", "k", "unor_id")


class DokumenDraf(TypedDict):
    """As ``web.peta.queries.Dokumen``, with three more columns of ``unor`` (1 while something is shown below,
    mark, columns before) and two more of ``kotak`` (mark, columns before). ``temuan``: objek, id, errors,
    other findings. Marks are those of ``TANDA``; a row that only made room for another has none."""

    akar: int | None
    unor: list[list[Any]]
    kotak: list[list[Any]]
    lengkap: list[int]
    terpotong: bool
    temuan: list[list[Any]]
    revisi: int


def isi(value: Any) -> dict[str, Any] | None:
    """A stored state; the driver below Django hands jsonb over as text."""
    result: dict[str, Any] | None = json.loads(value) if isinstance(value, str) else value
    return result


def mark_of(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None, above: str) -> str:
    """The mark of a touched row. ``above``: the column that says what it hangs on."""
    if before is None:
        return "tambah"
    if after is None:
        return "hapus"
    changed = {name for name in after if name != "urutan" and before.get(name) != after[name]}
    if above in changed:
        return "pindah"
    return "ubah" if changed else ""


def _before(
    shown: Iterable[str], before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
) -> dict[str, Any] | None:
    if before is None or after is None:
        return None
    return {name: before.get(name) for name in shown if before.get(name) != after.get(name)} or None


def _unit(row: tuple[Any, ...], totals: Mapping[int, int] | None) -> list[Any]:
    unit = list(row[:11])
    before, after = isi(row[13]), isi(row[14])
    unit[8] = (int(row[8]) if totals is None else totals.get(row[0], 0)) + row[12]
    live = unit[10] > 1
    mark, old = "", None
    if row[15]:
        now = after or before or {}
        unit[1:6] = [now.get("atasan_id"), now.get("nama", ""), now.get("nama_jabatan", ""),
                     now.get("jenis", ""), now.get("eselon") or ""]  # fmt: skip
        mark, old = mark_of(before, after, "atasan_id"), _before(_UNIT_SHOWN, before, after)
    return [*unit, int(live or row[11]), mark, old]


def _box(row: tuple[Any, ...]) -> list[Any]:
    before, after = isi(row[10]), isi(row[11])
    touched = before is not None or after is not None
    box = list(row[:10])
    box[3] = JENIS.get(box[3], 2)
    mark = mark_of(before, after, "unor_id") if touched else ""
    return [*box, mark, _before(_BOX_SHOWN, before, after)]


def document(
    konteks: KonteksDraf, choice: str, params: dict[str, Any], *, kosong: bool = False, hanya: bool = False
) -> DokumenDraf:
    """What ``choice`` selects. ``hanya``: of the boxes only touched ones and heads."""
    asked = konteks.params | params
    rows = fetch(sql.sql_for(konteks.peta, choice + sql.UNITS), asked)
    ids = [row[0] for row in rows]
    flags = {"unor": ids, "kosong": kosong, "hanya": hanya}
    boxes = fetch(sql.sql_for(konteks.peta, sql.BOXES), konteks.params | flags)
    found = fetch(sql.FINDINGS, konteks.params | {"unor": ids, "posisi": [row[0] for row in boxes]})
    totals = None if konteks.peta.cepat else b_of_version(konteks.peta)
    units = [_unit(row, totals) for row in rows]
    return {
        "akar": next((unit[0] for unit in units if unit[1] is None and unit[12] != "hapus"), None),
        "unor": units,
        "kotak": [_box(row) for row in boxes],
        "lengkap": [row[0] for row in rows if row[-1]],
        "terpotong": False,
        "temuan": [list(row) for row in found],
        "revisi": konteks.usulan.revisi,
    }


def start_document(konteks: KonteksDraf, state: Keadaan) -> DokumenDraf:
    """First paint, as ``web.peta.queries.start_document``."""
    return document(konteks, sql.START, start_params(state), kosong=state.kosong)


def changed_document(konteks: KonteksDraf) -> DokumenDraf:
    """Only what the draft changes, and the way to it; at most BATAS_BAWAH units."""
    found = document(konteks, sql.CHANGED, {"batas": BATAS_BAWAH}, hanya=True)
    found["terpotong"] = len(found["unor"]) >= BATAS_BAWAH
    return found


def children_document(konteks: KonteksDraf, unor: int, kosong: bool = False) -> DokumenDraf:
    """The units shown right below one unit."""
    found = document(konteks, sql.CHILDREN, {"unor": unor}, kosong=kosong)
    found["lengkap"] = [unor]
    return found


def below_document(konteks: KonteksDraf, unor: int, kosong: bool = False) -> DokumenDraf:
    """The unit and everything below it, or as many whole levels as BATAS_BAWAH units allow."""
    found = document(konteks, sql.BELOW, {"unor": unor, "batas": BATAS_BAWAH}, kosong=kosong)
    complete = set(found["lengkap"])
    found["terpotong"] = any(unit[11] and unit[0] not in complete for unit in found["unor"])
    return found


def path_document(konteks: KonteksDraf, unor: int, kosong: bool = False) -> DokumenDraf:
    """The way from the root to a unit, with the siblings at each step."""
    return document(konteks, sql.PATH, {"unor": unor}, kosong=kosong)


def these_units(konteks: KonteksDraf, ids: Iterable[int], kosong: bool = False) -> DokumenDraf:
    """Units by id with all their boxes."""
    return document(konteks, sql.THESE, {"unor": list(ids)}, kosong=kosong)


def findings_of(konteks: KonteksDraf, units: Iterable[int]) -> list[list[Any]]:
    """[objek, id, errors, other findings] of units that have some. One statement."""
    return [list(row) for row in fetch(sql.FINDINGS, konteks.params | {"unor": list(units), "posisi": []})]


def ordered_children(konteks: KonteksDraf, ids: Iterable[int]) -> list[list[Any]]:
    """[unit, [ids shown right below it, in order]] for each unit. One statement."""
    wanted = list(ids)
    below: dict[int, list[int]] = {key: [] for key in wanted}
    statement = sql.sql_for(konteks.peta, sql.ORDERED_CHILDREN)
    for parent, child in fetch(statement, konteks.params | {"unor": wanted}):
        below[parent].append(child)
    return [[key, children] for key, children in below.items()]


def totals_of(konteks: KonteksDraf, ids: Iterable[int]) -> list[list[int]]:
    """Unit, K, B, boxes, units (subtree, draft), then K, B, boxes, units of the base. One statement."""
    rows = fetch(sql.sql_for(konteks.peta, sql.TOTALS), konteks.params | {"unor": list(ids)})
    totals = None if konteks.peta.cepat else b_of_version(konteks.peta)
    found = []
    for key, k, b, b_delta, n_posisi, n_unor, k0, np0, nu0 in rows:
        base = int(b) if totals is None else totals.get(key, 0)
        found.append(
            [key, int(k), base + int(b_delta), int(n_posisi), int(n_unor), int(k0), base, int(np0), int(nu0)]
        )
    return found
