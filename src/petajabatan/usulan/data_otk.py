"""Owners, days and checklists of the stages of a request: data shipped with the product."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from petajabatan.usulan.rules.otk import URUTAN, AturanTahap

BERKAS = Path(__file__).resolve().parent / "data" / "tahap_otk.csv"


@cache
def stage_rules() -> Mapping[str, AturanTahap]:
    """The stages by code, in order."""
    rows: dict[str, list[dict[str, str]]] = {}
    with BERKAS.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            rows.setdefault(row["tahap"], []).append(row)
    return {
        tahap: AturanTahap(
            tahap,
            rows[tahap][0]["pemilik"],
            int(rows[tahap][0]["hari"]),
            tuple((row["kode"], row["butir"]) for row in rows[tahap]),
        )
        for tahap in URUTAN
    }
