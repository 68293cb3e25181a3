"""Norms of an ABK sheet that are far from what the same row said before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from petajabatan.inti.temuan import Temuan
from petajabatan.jabatan.rules.abk.ambang import AmbangAbk
from petajabatan.jabatan.rules.abk.angka import quantize, write_number
from petajabatan.jabatan.rules.abk.baca import Sel

Lembar = Mapping[str, Any] | None


def check_norms(
    semula: Iterable[Lembar], baris: Sequence[Mapping[str, Any]], ambang: AmbangAbk
) -> list[Temuan]:
    """Norms more than ``norma_lompat`` times larger or smaller than in one of the sheets before.

    A row is recognised by its task, or else by its words. Once per row, against the first sheet that differs.
    """
    before = [_norms(sheet) for sheet in semula if sheet]
    found = []
    for number, row in enumerate(baris, 1):
        norm = _figure(row.get("norma"))
        if norm is None:
            continue
        for known in before:
            old = next((known[key] for key in _keys(row) if key in known), None)
            if old is None or max(norm, old) <= min(norm, old) * ambang.norma_lompat:
                continue
            times = write_number(quantize(max(norm, old) / min(norm, old)).quantize(Decimal(1)))
            kind = "besar" if norm > old else "kecil"
            sentence = f"{write_number(norm)}, semula {write_number(old)}: {times} kali lebih {kind}."
            remedy = "Periksa satuannya, menit atau jam; biarkan bila memang berubah."
            found.append(
                Sel(number, "norma").finding(
                    "abk-norma-berubah-tajam", "peringatan", sentence, remedy, str(norm)
                )
            )
            break
    return found


def _norms(sheet: Mapping[str, Any]) -> dict[tuple[Any, ...], Decimal]:
    made: dict[tuple[Any, ...], Decimal] = {}
    for row in sheet.get("baris") or ():
        norm = _figure(row.get("norma"))
        if norm is not None:
            for key in _keys(row):
                made.setdefault(key, norm)
    return made


def _keys(row: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """What a row is recognised by: other approaches count other things, so the approach is part of it."""
    kind = row.get("pendekatan") or "tugas"
    words = " ".join(str(row.get("uraian") or "").casefold().split()).rstrip(".;, ")
    keys: list[tuple[Any, ...]] = [(kind, "kata", words)] if words else []
    return ([(kind, "tugas", row["tugas"])] if row.get("tugas") else []) + keys


def _figure(value: Any) -> Decimal | None:
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() and number > 0 else None
