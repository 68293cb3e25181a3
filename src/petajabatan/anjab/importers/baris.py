"""Content of a section as rows of its sheet, and rows back as content. Pure; texts are not tidied here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from petajabatan.anjab.importers.kolom import Lembar
from petajabatan.organisasi.importers.sel import title_key

REKOMENDASI = ("k", "pembina", "metode", "dokumen", "tanggal", "berkas")
_META_EVALUASI = ("status", "oleh", "pada", "catatan", "pengecualian", "rekomendasi", "berkas")
Sel = Mapping[str, Any]
"""A row by column; empty cells may be left out."""


def rows_of(sheet: Lembar, isi: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The rows that say this content, in order."""
    yield from _WRITE[sheet.bentuk](sheet, isi)


def _wide(sheet: Lembar, isi: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    yield {c.isian: isi.get(c.isian) for c in sheet.kolom}


def _list(sheet: Lembar, isi: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """A step of a task stands beside it; further steps on rows of their own with the task's id."""
    field = sheet.isian[0]
    for item in isi.get(field.kode) or ():
        steps = list(item.get("tahapan") or ())
        yield {**item, "tahapan": steps[0] if steps else None}
        for step in steps[1:]:
            yield {"id": item.get("id"), "tahapan": step}


def _mixed(sheet: Lembar, isi: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for field in sheet.isian:
        value = isi.get(field.kode)
        if not value:
            continue
        for item in [{"teks": value}] if isinstance(value, str) else value:
            yield {"_isian": field.nama, **item}


def _sheet(sheet: Lembar, isi: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for row in isi.get("baris") or ():
        yield {**row, "volume": figure(row.get("volume")), "norma": figure(row.get("norma"))}


def _basis(sheet: Lembar, isi: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    advice = isi.get("rekomendasi") or {}
    row = {name: isi.get(name) for name in ("waktu", "kebijakan", "dari")}
    row |= {name: advice.get(name) for name in REKOMENDASI}
    if any(value not in (None, "") for name, value in row.items() if (name, value) != ("dari", "abk")):
        yield row


def _evaluation(sheet: Lembar, isi: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    kind = isi.get("jenis")
    yield {"jenis": kind} | {name: isi.get(name) for name in _META_EVALUASI}
    for code, cell in (isi.get("faktor") or {}).items():
        yield {"jenis": kind, "faktor": code, "level": cell.get("level"), "alasan": cell.get("alasan")}


_WRITE: Any = {
    "lebar": _wide, "baris": _list, "campur": _mixed, "abk": _sheet, "dasar-abk": _basis,
    "evaluasi": _evaluation,
}  # fmt: skip


def figure(text: Any) -> float | str | None:
    """A stored figure for a cell: a number where a spreadsheet keeps it exactly, else its text."""
    if text in (None, ""):
        return None
    number = Decimal(str(text))
    near = float(number)
    return near if Decimal(repr(near)) == number and abs(near) < 1e15 else str(text).replace(".", ",")


def neutral(number: Decimal | None) -> str | None:
    """A figure as it is stored: digits, a point before decimals, no trailing zeros."""
    if number is None:
        return None
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def fields_by_title(sheet: Lembar) -> dict[str, str]:
    """What the column *Isian* may say → the field."""
    found: dict[str, str] = {}
    for field in sheet.isian:
        for title in (field.kode, field.nama):
            found[title_key(title)] = field.kode
    return found


def content_of_wide(sheet: Lembar, rows: Sequence[Sel]) -> dict[str, Any]:
    """The last row that says something wins per text."""
    made: dict[str, Any] = {}
    for row in rows:
        made |= {c.isian: row[c.isian] for c in sheet.kolom if row.get(c.isian)}
    return made


def content_of_list(sheet: Lembar, rows: Sequence[tuple[int, Sel]]) -> tuple[dict[str, Any], list[int]]:
    """Items, and the row each stood on. A row that has nothing but a step continues the task above it, or the
    one whose id it names; with an id of its own it is a task without words."""
    field = sheet.isian[0]
    texts = [c.isian for c in sheet.kolom if c.isian not in ("id", "tahapan")]
    items: list[dict[str, Any]] = []
    places: list[int] = []
    for number, row in rows:
        step = row.get("tahapan")
        if step and items and not any(row.get(name) for name in texts):
            key = row.get("id")
            named = [item for item in items if item.get("id") == key] if key else items
            if named:
                named[-1].setdefault("tahapan", []).append(step)
                continue
        item = {name: row[name] for name in ("id", *texts) if row.get(name)}
        if step:
            item["tahapan"] = [step]
        items.append(item)
        places.append(number)
    return {field.kode: items}, places
