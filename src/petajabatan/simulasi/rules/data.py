"""The simulator's own data files, each read once. Every row names its source or says that it is assumed."""

from __future__ import annotations

import csv
import functools
from pathlib import Path

from petajabatan.demo import sumber

FOLDER = Path(__file__).resolve().parent.parent / "data"


@functools.cache
def baris(nama: str) -> tuple[dict[str, str], ...]:
    """Rows of ``data/<nama>.csv`` by column name."""
    with (FOLDER / f"{nama}.csv").open(newline="", encoding="utf-8") as file:
        return tuple(csv.DictReader(file))


@functools.cache
def sebaran() -> dict[str, float]:
    """Shares and factors by key; meaning and source of each stand in ``data/sebaran.csv``."""
    return {row["kunci"]: float(row["nilai"]) for row in baris("sebaran")}


@functools.cache
def ragam() -> dict[str, dict[str, str]]:
    """Kinds of unit: those of the demonstration and the simulator's own."""
    return sumber.ragam() | {row["ragam"]: row for row in baris("ragam")}


@functools.cache
def padanan(jenis: str) -> dict[str, str]:
    """Kemendagri codes that the crosswalks leave blank, by Dapodik code or BKN code."""
    return {row["kode"]: row["wilayah"] for row in baris("padanan_wilayah") if row["jenis"] == jenis}


@functools.cache
def tingkat() -> dict[str, str]:
    """Names of the levels of education by code, from the shipped references."""
    file = FOLDER.parents[1] / "referensi" / "data" / "tingkat_pendidikan.csv"
    with file.open(newline="", encoding="utf-8") as rows:
        return {row["kode"]: row["nama"] for row in csv.DictReader(rows)}
