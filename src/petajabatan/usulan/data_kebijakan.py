"""The limits of the checks: dated data with a source, shipped with the product."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

BERKAS = Path(__file__).resolve().parent / "data" / "kebijakan_cek.csv"


@lru_cache(maxsize=16)
def muat_kebijakan(tanggal: dt.date) -> Mapping[str, Decimal]:
    """The limits in force on a day, by name; the newest that holds wins."""
    values: dict[str, tuple[dt.date, Decimal]] = {}
    with BERKAS.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            begins = dt.date.fromisoformat(row["berlaku_dari"])
            held = values.get(row["kunci"])
            if begins <= tanggal and (held is None or begins >= held[0]):
                values[row["kunci"]] = (begins, Decimal(row["nilai"]))
    return {name: value for name, (_, value) in values.items()}
