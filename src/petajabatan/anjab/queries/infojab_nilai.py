"""How complete the informasi jabatan of many boxes are.

What a section counts depends on its content alone, and a stored content never changes under its key; so the
count is kept in memory and only contents that this process has not seen are read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from petajabatan.anjab.queries.infojab_peta import Kotak, Sudut, as_json
from petajabatan.anjab.rules.infojab_lengkap import (
    NilaiBagian,
    NilaiKotak,
    NilaiLembar,
    empty_scores,
    score_box,
    score_section,
    score_sheet,
)
from petajabatan.inti.jam import today
from petajabatan.jabatan.data_abk import infojab_fields
from petajabatan.jabatan.queries.peta import fetch
from petajabatan.jabatan.rules.isian import DICETAK, isian_id, isian_of
from petajabatan.jabatan.rules.kelengkapan import Isian

INGAT_MAKS = 600_000
"""Counts kept per process (about 100 bytes each); at that number it begins anew."""
_ingat: dict[tuple[int, ...], NilaiBagian | NilaiLembar] = {}
_edisi: tuple[Isian, ...] = ()
# A key is the place of a content: (usulan or 0, section, version or revision, transaction that wrote it).
_KEYS = """SELECT 0, r.isian_id, r.sejak, r.xmin::text::bigint
FROM unnest(%(infojab)s::bigint[]) AS i(id)
JOIN isian_riwayat r ON r.isian_id BETWEEN i.id * 64 AND i.id * 64 + 19
WHERE r.instansi_id = %(instansi)s AND r.sejak <= %(versi)s AND r.hingga > %(versi)s
UNION ALL
SELECT 0, r.isian_id, r.sejak, r.xmin::text::bigint FROM isian_riwayat r
WHERE r.isian_id = ANY(%(lembar)s) AND r.instansi_id = %(instansi)s
  AND r.sejak <= %(versi)s AND r.hingga > %(versi)s"""
_DRAFT_KEYS = """SELECT o.usulan_id, o.isian_id, CASE WHEN o.sesudah IS NULL THEN -1 ELSE o.revisi END,
  o.xmin::text::bigint FROM usulan_isian o WHERE o.usulan_id = %(usulan)s AND (o.isian_id = ANY(%(lembar)s)
  OR o.isian_id %% 64 < 20 AND o.isian_id / 64 = ANY(%(infojab)s))"""
_CONTENTS = """SELECT 0, r.isian_id, r.sejak, r.xmin::text::bigint, r.isi FROM isian_riwayat r
JOIN unnest(%(id)s::bigint[], %(nomor)s::int[], %(asal)s::bigint[]) AS k(id, nomor, asal)
  ON r.isian_id = k.id AND r.sejak = k.nomor AND k.asal = 0
UNION ALL
SELECT o.usulan_id, o.isian_id, o.revisi, o.xmin::text::bigint, o.sesudah->'isi' FROM usulan_isian o
JOIN unnest(%(id)s::bigint[], %(asal)s::bigint[]) AS k(id, asal)
  ON o.isian_id = k.id AND o.usulan_id = k.asal WHERE o.sesudah IS NOT NULL"""


def fields_today() -> tuple[Isian, ...]:
    """The form in force."""
    return infojab_fields(today())


def needed_when_empty() -> int:
    """Required fields of a box without an informasi jabatan: those of the form, unit kerja and kelas."""
    return sum(part.wajib for part in empty_scores(fields_today()).values()) + 2


def scores_of(sudut: Sudut, kotak: Sequence[Kotak]) -> dict[int, NilaiKotak]:
    """Box → its counts; boxes without an informasi jabatan are left out. Two statements, a third where
    contents are new to this process or where nothing is there (none)."""
    with_one = [box for box in kotak if box.infojab_id is not None]
    if not with_one:
        return {}
    sections, sheets = parts_of(
        sudut, {box.infojab_id for box in with_one if box.infojab_id}, [box.id for box in with_one]
    )
    empty = empty_scores(fields_today())
    return {
        box.id: score_box(
            sections.get(box.infojab_id or 0, {}),
            sheets.get(box.id, NilaiLembar()),
            empty,
            kelas=box.kelas,
            kepala=box.kepala,
        )
        for box in with_one
    }


def _edition() -> tuple[Isian, ...]:
    """The form in force; what was counted by another edition is forgotten."""
    global _edisi
    fields = fields_today()
    if fields != _edisi or len(_ingat) > INGAT_MAKS:
        _ingat.clear()
        _edisi = fields
    return fields


def parts_of(
    sudut: Sudut, infojab_ids: Collection[int], posisi_ids: Iterable[int]
) -> tuple[dict[int, dict[str, NilaiBagian]], dict[int, NilaiLembar]]:
    """Counts of the sections of these informasi jabatan, and of the sheets of these boxes. Statements as
    ``scores_of``; none for nothing."""
    fields = _edition()
    params = sudut.params | {
        "infojab": list(infojab_ids),
        "lembar": [isian_id("abk", posisi_id=key) for key in posisi_ids],
    }
    if not params["infojab"] and not params["lembar"]:
        return {}, {}
    keys: dict[int, tuple[int, ...]] = {row[1]: row for row in fetch(_KEYS, params)}
    if sudut.usulan is not None:
        keys |= {row[1]: row for row in fetch(_DRAFT_KEYS, params)}
    keys = {key: place for key, place in keys.items() if place[2] != -1}
    _learn([place for place in keys.values() if place not in _ingat], fields)
    sections: dict[int, dict[str, NilaiBagian]] = {}
    sheets: dict[int, NilaiLembar] = {}
    for key, place in keys.items():
        owner, code = isian_of(key)
        value = _ingat.get(place)
        if isinstance(value, NilaiLembar):
            sheets[owner] = value
        elif value is not None and code in DICETAK:
            sections.setdefault(owner, {})[code] = value
    return sections, sheets


def _learn(places: Sequence[tuple[int, ...]], fields: tuple[Isian, ...]) -> None:
    if not places:
        return
    params: dict[str, Any] = {
        "id": [place[1] for place in places],
        "nomor": [place[2] for place in places],
        "asal": [place[0] for place in places],
    }
    for *place, isi in fetch(_CONTENTS, params):
        _owner, code = isian_of(place[1])
        content = as_json(isi)
        known = score_sheet(content) if code == "abk" else score_section(code, content, fields)
        _ingat[tuple(place)] = known if code in (*DICETAK, "abk") else NilaiBagian(0, 0)
