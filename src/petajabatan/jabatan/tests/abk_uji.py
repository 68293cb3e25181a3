"""What the tests of ABK share: the shipped figures of one day, and the official examples."""

from __future__ import annotations

import csv
import datetime as dt
import os
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest

from petajabatan.jabatan import data_abk
from petajabatan.jabatan.rules.abk.bulat import KebijakanPembulatan, choose_policy
from petajabatan.jabatan.rules.abk.hitung import BarisAbk, HasilAbk, compute
from petajabatan.jabatan.rules.abk.waktu import choose_time

HARI = dt.date(2026, 11, 1)
WAKTU = choose_time(data_abk.working_times(), HARI)
LAMA = choose_time(data_abk.working_times(), HARI, kode="2004")
AMBANG = data_abk.limits(HARI)
KEBIJAKAN = data_abk.rounding_policies(HARI)

HERE = Path(__file__).resolve().parents[4]
SHARED = Path(os.environ.get("PETAJABATAN_SHARED", str(HERE.parent / "shared")))
ATURAN = (SHARED / "data" if (SHARED / "data").is_dir() else SHARED) / "aturan"
perlu_contoh = pytest.mark.skipif(
    not ATURAN.is_dir(), reason=f"official examples not found in {ATURAN}; set PETAJABATAN_SHARED to try this"
)


def kebijakan(kode: str) -> KebijakanPembulatan:
    return next(policy for policy in KEBIJAKAN if policy.kode == kode)


def lembar(
    rows: list[tuple[object, object]], jenis: str = "pelaksana", pilihan: str | None = None
) -> HasilAbk:
    """A sheet of (volume, minutes) under the shipped policies."""
    baris = [
        BarisAbk(
            f"Tugas {i}",
            None if volume is None else Decimal(str(volume)),
            None if norm is None else Decimal(str(norm)),
        )
        for i, (volume, norm) in enumerate(rows, 1)
    ]
    return compute(baris, WAKTU, choose_policy(KEBIJAKAN, jenis, pilihan=pilihan), AMBANG)


def contoh_setjen() -> dict[str, list[dict[str, str]]]:
    """Rows of contoh_abk_setjen_dpd.csv by case."""
    cases: dict[str, list[dict[str, str]]] = defaultdict(list)
    with (ATURAN / "contoh_abk_setjen_dpd.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            cases[row["kasus"]].append(row)
    return cases
