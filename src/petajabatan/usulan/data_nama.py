"""The shell of the rename rules: reads the dated figures and the word lists shipped with the package."""

from __future__ import annotations

import csv
import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from petajabatan.usulan.rules.aturan_nama import AturanNama, Frasa

FOLDER = Path(__file__).resolve().parent / "data"


class ContohNama(NamedTuple):
    """One labelled pair; ``bagian`` says whether thresholds were chosen on it (latih) or not (uji)."""

    lama: str
    baru: str
    label: str
    alasan: str
    bagian: str


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


@lru_cache(maxsize=1)
def _semua_angka() -> tuple[tuple[dt.date, str, Decimal], ...]:
    rows = (
        (dt.date.fromisoformat(row["berlaku_dari"]), row["kunci"], Decimal(row["nilai"]))
        for row in _rows("ambang_nama.csv")
    )
    return tuple(sorted(rows))


@lru_cache(maxsize=1)
def _singkatan() -> tuple[dict[Frasa, tuple[Frasa, ...]], dict[Frasa, Frasa], dict[Frasa, Frasa]]:
    readings: dict[Frasa, list[Frasa]] = defaultdict(list)
    single: dict[str, dict[Frasa, Frasa]] = {"ejaan": {}, "bilangan": {}}
    for row in _rows("singkatan.csv"):
        short, long = tuple(row["singkatan"].split()), tuple(row["kepanjangan"].split())
        if row["jenis"] == "singkatan":
            readings[short].append(long)
        else:
            single[row["jenis"]][short] = long
    return {key: tuple(value) for key, value in readings.items()}, single["ejaan"], single["bilangan"]


@lru_cache(maxsize=1)
def _nomenklatur() -> dict[str, frozenset[str]]:
    classes: dict[str, set[str]] = defaultdict(set)
    for row in _rows("nomenklatur.csv"):
        classes[row["kata"]].add(row["golongan"])
    return {word: frozenset(names) for word, names in classes.items()}


@lru_cache(maxsize=8)
def _aturan(berlaku: dt.date) -> AturanNama:
    figures = {key: value for since, key, value in _semua_angka() if since <= berlaku}
    readings, spellings, numbers = _singkatan()
    return AturanNama(figures, readings, spellings, numbers, _nomenklatur())


def muat_aturan_nama(tanggal: dt.date) -> AturanNama:
    """The rename rules in force on a day (the newest figure per key not later than it).

    Cached: every day between two dates of the table gets the same object. Raises LookupError before the
    first date of the table.
    """
    dates = [since for since, _, _ in _semua_angka() if since <= tanggal]
    if not dates:
        raise LookupError(f"Belum ada aturan nama yang berlaku pada {tanggal.isoformat()}.")
    return _aturan(max(dates))


@lru_cache(maxsize=1)
def contoh_nama() -> tuple[ContohNama, ...]:
    """The labelled pairs shipped with the product, in the order of the file."""
    return tuple(ContohNama(**row) for row in _rows("contoh_nama.csv"))
