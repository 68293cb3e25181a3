"""Which words changed between two contents of a section: rows paired, words marked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any, Literal, NamedTuple

from petajabatan.anjab.rules.infojab_bentuk import level_of
from petajabatan.jabatan.rules.isian import fields_of
from petajabatan.jabatan.rules.kelengkapan import Isian

Tanda = Literal["sama", "hapus", "tambah"]
_KATA = re.compile(r"\s+|[^\s]+")
_KATA_MAKS = 3000
"""Words from which two texts are shown one after the other instead of compared word by word."""
_MIRIP = 0.4
"""Share of equal words from which two rows are one row that changed."""


class Baris(NamedTuple):
    """A row of a section as text."""

    isian: str
    teks: str


class BarisBanding(NamedTuple):
    """A row before and after: its field, its mark, and its words with theirs."""

    isian: str
    tanda: Literal["sama", "hapus", "tambah", "ubah"]
    kata: tuple[tuple[Tanda, str], ...]


def rows_as_text(bagian: str, isi: Mapping[str, Any] | None, isian: Sequence[Isian]) -> list[Baris]:
    """The content of a section, one text per field, item or row."""
    found = []
    for field in fields_of(bagian, isian):
        value = (isi or {}).get(field.kode)
        if isinstance(value, str):
            found += [Baris(field.kode, line) for line in value.split("\n") if line.strip()]
        for row in value if isinstance(value, list | tuple) else ():
            found.append(Baris(field.kode, row_as_text(row, field)))
    return found


def row_as_text(row: Any, field: Isian) -> str:
    """One item or row: its columns joined, steps of a task after it."""
    if not isinstance(row, Mapping):
        return str(row)
    names = field.kolom or ("kode", "tingkat", "teks", "tahun")
    cells = row if field.kolom else {**row, "tingkat": level_of(row)}
    parts = [str(cells[name]) for name in names if cells.get(name)]
    if row.get("satuan") and "satuan" not in names:
        parts.append(str(row["satuan"]))
    text = " · ".join(parts)
    steps = row.get("tahapan") or ()
    return text + "".join(f" – {step}" for step in steps)


def compare_sections(
    bagian: str, lama: Mapping[str, Any] | None, baru: Mapping[str, Any] | None, isian: Sequence[Isian]
) -> list[BarisBanding]:
    """Rows of both contents in reading order; a changed row appears once, with the words of both."""
    return compare_rows(rows_as_text(bagian, lama, isian), rows_as_text(bagian, baru, isian))


def compare_rows(old: Sequence[Baris], new: Sequence[Baris]) -> list[BarisBanding]:
    found: list[BarisBanding] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found += [BarisBanding(row.isian, "sama", (("sama", row.teks),)) for row in old[i1:i2]]
        else:
            found += _changed(old[i1:i2], new[j1:j2])
    return found


def _changed(old: Sequence[Baris], new: Sequence[Baris]) -> Iterator[BarisBanding]:
    for before, after in zip_longest(old, new):
        if before is not None and after is not None and before.isian == after.isian:
            words = compare_words(before.teks, after.teks)
            if words is not None:
                yield BarisBanding(after.isian, "ubah", words)
                continue
        if before is not None:
            yield BarisBanding(before.isian, "hapus", (("hapus", before.teks),))
        if after is not None:
            yield BarisBanding(after.isian, "tambah", (("tambah", after.teks),))


def compare_words(old: str, new: str) -> tuple[tuple[Tanda, str], ...] | None:
    """Words of both in order with their marks; None when they have too little in common to be one text."""
    a, b = _KATA.findall(old), _KATA.findall(new)
    if len(a) + len(b) > _KATA_MAKS * 2:
        return None
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    if matcher.ratio() < _MIRIP:
        return None
    found: list[tuple[Tanda, str]] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            found.append(("sama", "".join(a[i1:i2])))
            continue
        if i2 > i1:
            found.append(("hapus", "".join(a[i1:i2])))
        if j2 > j1:
            found.append(("tambah", "".join(b[j1:j2])))
    return tuple(found)
