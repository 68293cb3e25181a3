"""Dated figures of the workflow that ship with the product: terms and thresholds (usulan/data/*.csv)."""

from __future__ import annotations

import csv
import datetime as dt
import functools
from pathlib import Path

from petajabatan.usulan.rules.alur import Tetapan

FOLDER = Path(__file__).resolve().parent.parent / "data"


def _read(name: str, key: str, value: str) -> tuple[Tetapan, ...]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return tuple(
            Tetapan(dt.date.fromisoformat(row["berlaku_dari"]), row[key], int(row[value]), row["sumber"])
            for row in csv.DictReader(file, delimiter=";")
        )


@functools.cache
def terms() -> tuple[Tetapan, ...]:
    """Calendar days a state may last, by state."""
    return _read("tenggat.csv", "status", "hari")


@functools.cache
def thresholds() -> tuple[Tetapan, ...]:
    """Above which ``operasi`` (``Ringkas.ukuran``), ``unit`` or ``orang`` touched a change is large."""
    return _read("perubahan_besar.csv", "ukuran", "batas")
