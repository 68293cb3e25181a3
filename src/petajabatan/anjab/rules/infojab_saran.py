"""Suggestions for the rows of a section, taken from published informasi jabatan: ranked, explained, the same
for the same input.

A source is the better the liker its jabatan and its unit are to one's own; a row is the better the better its
best source, then the more informasi jabatan hold it. Nothing is weighted by anything that is not shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from rapidfuzz import fuzz

from petajabatan.anjab.rules.infojab_banding import row_as_text
from petajabatan.anjab.rules.infojab_lengkap import words
from petajabatan.jabatan.rules.isian import fields_of
from petajabatan.jabatan.rules.kelengkapan import Isian

BOBOT_JABATAN, BOBOT_UNIT = 60, 40
"""Share of the likeness of jabatan and of unit in the score of a source (of 100)."""
SUDAH_ADA = 88
"""Likeness in percent from which a suggestion says what is there already."""
PER_ISIAN = 12
"""Suggestions shown per field."""


class Sumber(NamedTuple):
    """Where a suggestion comes from: a published informasi jabatan, on one of its boxes."""

    infojab_id: int
    instansi_id: int
    instansi: str
    jabatan: str
    unit: str
    versi: int
    jabatan_sama: bool


class SumberDinilai(NamedTuple):
    sumber: Sumber
    skor: int
    mirip_jabatan: int
    mirip_unit: int


@dataclass
class Saran:
    """A row to take over: its field, its content, its best source, how many hold it, and why it is shown."""

    isian: str
    isi: Any
    teks: str
    terbaik: SumberDinilai
    pemakai: set[int] = field(default_factory=set)

    @property
    def skor(self) -> int:
        return self.terbaik.skor

    @property
    def banyak(self) -> int:
        return len(self.pemakai)


def score_source(sumber: Sumber, jabatan: str, unit: str) -> SumberDinilai:
    """0–100 from the likeness of jabatan (the same id: 100) and of the unit's name."""
    post = 100 if sumber.jabatan_sama else int(fuzz.token_sort_ratio(words(sumber.jabatan), words(jabatan)))
    place = int(fuzz.token_set_ratio(words(sumber.unit), words(unit)))
    return SumberDinilai(sumber, (post * BOBOT_JABATAN + place * BOBOT_UNIT) // 100, post, place)


def suggest(
    bagian: str,
    calon: Iterable[tuple[Sumber, Mapping[str, Any] | None]],
    ada: Mapping[str, Any] | None,
    isian: Sequence[Isian],
    *,
    jabatan: str,
    unit: str,
) -> list[Saran]:
    """Rows of one section that others have published and that are not there yet, best first per field."""
    found: dict[tuple[str, str], Saran] = {}
    fields = fields_of(bagian, isian)
    for source, content in calon:
        scored = score_source(source, jabatan, unit)
        for one in fields:
            for row in _rows(content, one.kode):
                _note(found, one, row, scored)
    held = {one.kode: [words(_said(row, one)) for row in _rows(ada, one.kode)] for one in fields}
    order = [one.kode for one in fields]
    kept: dict[str, list[Saran]] = {code: [] for code in order}
    for saran in sorted(found.values(), key=lambda s: (-s.skor, -s.banyak, s.teks)):
        rows = kept[saran.isian]
        if len(rows) < PER_ISIAN and not _told(words(saran.teks), held[saran.isian]):
            rows.append(saran)
            held[saran.isian].append(words(saran.teks))
    return [saran for code in order for saran in kept[code]]


def _rows(content: Mapping[str, Any] | None, code: str) -> list[Any]:
    value = (content or {}).get(code)
    if isinstance(value, str):
        return [value]
    return list(value) if isinstance(value, list | tuple) else []


def _said(row: Any, one: Isian) -> str:
    """What the row says: its first column, or its words."""
    if isinstance(row, Mapping):
        return str(row.get(one.kolom[0] if one.kolom else "teks") or "")
    return str(row)


def _note(found: dict[tuple[str, str], Saran], one: Isian, row: Any, scored: SumberDinilai) -> None:
    text = _said(row, one)
    if not text.strip(" -–—"):
        return
    key = (one.kode, words(text))
    if isinstance(row, Mapping) and one.kode == "tugas_pokok":
        row = {name: value for name, value in row.items() if name != "id"}
    held = found.get(key)
    if held is None:
        held = found[key] = Saran(one.kode, row, text, scored)
    elif (-scored.skor, scored.sumber.infojab_id) < (-held.terbaik.skor, held.terbaik.sumber.infojab_id):
        held.isi, held.teks, held.terbaik = row, text, scored
    held.pemakai.add(scored.sumber.infojab_id)


def _told(text: str, held: Iterable[str]) -> bool:
    return any(
        text == other
        or fuzz.ratio(text, other, score_cutoff=SUDAH_ADA)
        or fuzz.token_sort_ratio(text, other, score_cutoff=SUDAH_ADA)
        for other in held
    )


def shown(saran: Saran, one: Isian) -> str:
    """The whole row as text."""
    return row_as_text(saran.isi, one)
