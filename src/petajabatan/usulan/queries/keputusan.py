"""Decisions as the public page and the document show them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import connection

from petajabatan.inti.jam import today


@dataclass(frozen=True)
class KeputusanPublik:
    """What anybody who holds the code may know. ``keadaan``: berlaku, terjadwal, digantikan, dibatalkan."""

    instansi: str
    nomor: str
    tanggal: dt.date
    versi: int
    berlaku: dt.date
    hash: str
    keadaan: str


def public_decision(kode: str) -> KeputusanPublik | None:
    """The decision with this code; None when there is none. Needs no account: the database hands out these
    columns and nothing else (``keputusan_publik``)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM keputusan_publik(%s, %s)", [kode, today()])
        row = cursor.fetchone()
    return None if row is None else KeputusanPublik(*row)
