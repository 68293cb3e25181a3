"""The demonstration's own data files, each read once. Every file names the source of its rows."""

from __future__ import annotations

import csv
import functools
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "data"


@functools.cache
def baris(nama: str) -> tuple[dict[str, str], ...]:
    """Rows of ``data/<nama>.csv`` by column name."""
    with (FOLDER / f"{nama}.csv").open(newline="", encoding="utf-8") as file:
        return tuple(csv.DictReader(file))


@functools.cache
def jabatan() -> dict[str, dict[str, str]]:
    """Jabatan by name in lower case: official lists write names of pelaksana in capitals."""
    return {row["nama"].lower(): row for row in baris("jabatan")}


@functools.cache
def ragam() -> dict[str, dict[str, str]]:
    return {row["ragam"]: row for row in baris("ragam")}


@functools.cache
def pola() -> dict[str, tuple[dict[str, str], ...]]:
    """Boxes by pattern."""
    hasil: dict[str, list[dict[str, str]]] = {}
    for row in baris("pola"):
        hasil.setdefault(row["pola"], []).append(row)
    return {kode: tuple(rows) for kode, rows in hasil.items()}
