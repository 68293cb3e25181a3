"""The map with people counted into its boxes."""

from __future__ import annotations

import datetime as dt

from django.db import connection

from petajabatan.inti.jam import today
from petajabatan.jabatan.queries import peta_of
from petajabatan.jabatan.rules.peta import Peta
from petajabatan.organisasi.models import PetaVersi

B_TODAY = "SELECT posisi_id, b, paruh_waktu FROM bezetting_posisi WHERE instansi_id = %s"
B_ON = "SELECT posisi_id, b, paruh_waktu FROM bezetting_pada(%s, %s) WHERE posisi_id IS NOT NULL"


def peta_with_b(instansi_id: int, versi: int | None = None, tanggal: dt.date | None = None) -> Peta:
    """The map as of a version or date, B (persons, definitive seats by policy) filled in.

    B holds for the day that ``day_of_b`` says: the date asked for, else today, or for a version that is no
    longer in force the last day it was. Seven SQL statements whatever the size, clock included. Raises
    PetaTidakAda (jabatan.queries).
    """
    peta = peta_of(instansi_id, versi, tanggal)
    now = today()
    day = tanggal or _last_day(instansi_id, peta.versi, now)
    seats = {posisi: (b, part_time) for posisi, b, part_time in _counts(instansi_id, day, now)}
    if seats:
        for simpul in peta.simpul.values():
            for kotak in simpul.kotak:
                found = seats.get(kotak.id)
                if found is not None:
                    kotak.b, kotak.paruh_waktu = found
    return peta


def day_of_b(instansi_id: int, versi: int, tanggal: dt.date | None = None) -> dt.date:
    """The day for which ``peta_with_b`` counts people on the map of this version."""
    return tanggal or _last_day(instansi_id, versi, today())


def _last_day(instansi_id: int, versi: int, now: dt.date) -> dt.date:
    """Today, or the day before the next version took over when that was earlier."""
    following = (
        PetaVersi.objects.filter(instansi_id=instansi_id, nomor__gt=versi, berlaku__lte=now)
        .order_by("nomor")
        .values_list("berlaku", flat=True)
        .first()
    )
    return now if following is None else min(now, following - dt.timedelta(days=1))


def _counts(instansi_id: int, day: dt.date, now: dt.date) -> list[tuple[int, int, int]]:
    with connection.cursor() as cursor:
        if day == now:
            cursor.execute(B_TODAY, [instansi_id])
        else:
            cursor.execute(B_ON, [instansi_id, day])
        return list(cursor.fetchall())
