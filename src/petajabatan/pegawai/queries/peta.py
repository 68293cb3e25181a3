"""The map with people counted into its boxes."""

from __future__ import annotations

import datetime as dt

from django.db import connection

from petajabatan.inti.jam import today
from petajabatan.jabatan.queries import peta_of
from petajabatan.jabatan.rules.peta import Peta
from petajabatan.organisasi.models import PetaVersi
from petajabatan.pegawai.queries.bezetting import SEATS_ON, SEATS_TODAY

B_TODAY = f"SELECT posisi_id, b, paruh_waktu FROM {SEATS_TODAY} s"
B_ON = f"SELECT posisi_id, b, paruh_waktu FROM {SEATS_ON} s"


def peta_with_b(instansi_id: int, versi: int | None = None, tanggal: dt.date | None = None) -> Peta:
    """The map as of a version or date, B (persons, definitive seats by policy) filled in.

    B holds for the day that ``day_of_b`` says: the date asked for, else today; for a version that is no
    longer in force the last day it was, for a scheduled one its first day. Seven SQL statements whatever the
    size, clock included. Raises PetaTidakAda (jabatan.queries).
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
    """Today; the day before the next version took over when that was earlier; the first day of a version
    that has not begun, when its provisional placements begin too."""
    ends = (
        PetaVersi.objects.filter(instansi_id=instansi_id, nomor__gte=versi)
        .order_by("nomor")
        .values_list("nomor", "berlaku")[:2]
    )
    begins = next((berlaku for nomor, berlaku in ends if nomor == versi), now)
    following = next((berlaku for nomor, berlaku in ends if nomor > versi and berlaku <= now), None)
    return max(now, begins) if following is None else min(now, following - dt.timedelta(days=1))


def _counts(instansi_id: int, day: dt.date, now: dt.date) -> list[tuple[int, int, int]]:
    with connection.cursor() as cursor:
        cursor.execute(B_TODAY if day == now else B_ON, {"instansi": instansi_id, "hari": day})
        return list(cursor.fetchall())
