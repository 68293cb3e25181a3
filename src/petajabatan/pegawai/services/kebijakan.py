"""The shipped policy of who counts for B."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

from petajabatan.inti.actor import Actor
from petajabatan.inti.izin import require
from petajabatan.pegawai.models import KebijakanBezetting

BERKAS = Path(__file__).resolve().parent.parent / "data" / "kebijakan_bezetting.csv"


def load_shipped(actor: Actor) -> int:
    """Add the policies of ``data/kebijakan_bezetting.csv`` that are not there yet; returns how many.

    A policy already stored for a date is left alone: an administrator may have changed it. Raises
    PermissionDenied. Runs after each migration.
    """
    require(actor, "admin-pusat")
    known = set(KebijakanBezetting.objects.values_list("berlaku_dari", flat=True))
    with BERKAS.open(encoding="utf-8", newline="") as file:
        rows = [
            KebijakanBezetting(
                berlaku_dari=dt.date.fromisoformat(row["berlaku_dari"]),
                jenis_dihitung=_codes(row["jenis_dihitung"]),
                jenis_terpisah=_codes(row["jenis_terpisah"]),
                kedudukan_aktif=_codes(row["kedudukan_aktif"]),
                sumber=row["sumber"],
            )
            for row in csv.DictReader(file, delimiter=";")
        ]
    fresh = [row for row in rows if row.berlaku_dari not in known]
    KebijakanBezetting.objects.bulk_create(fresh)
    return len(fresh)


def _codes(text: str) -> list[str]:
    return [code for code in text.split(",") if code]
