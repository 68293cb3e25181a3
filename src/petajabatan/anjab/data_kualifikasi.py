"""The shell of the qualification rules: the dated table of equal levels of education (data)."""

from __future__ import annotations

import csv
import datetime as dt
from functools import lru_cache
from pathlib import Path

_TABEL = Path(__file__).resolve().parent / "data" / "setara_pendidikan.csv"


@lru_cache(maxsize=16)
def equal_levels(tanggal: dt.date) -> dict[str, int]:
    """Place of each level of education in force on a day; levels with one place count as equal. By code."""
    with _TABEL.open(encoding="utf-8", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: row["berlaku_dari"])
    return {row["tingkat"]: int(row["setara"]) for row in rows if row["berlaku_dari"] <= tanggal.isoformat()}
