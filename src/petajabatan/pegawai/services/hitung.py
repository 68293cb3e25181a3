"""B follows the date without anybody's hand: what has begun or ended since it was counted is counted anew."""

from __future__ import annotations

from django.db import connection, transaction

from petajabatan.inti.actor import sistem
from petajabatan.inti.dinding import scope_of
from petajabatan.inti.jam import today

_DUE = """SELECT instansi_id FROM ringkasan_instansi
WHERE b_hari IS DISTINCT FROM %(hari)s AND b_basi(instansi_id, %(hari)s) ORDER BY 1"""


def recount_due() -> int:
    """Count B anew wherever a seat, a version or a policy has begun or ended between the day it was counted
    for and the business date; returns how many instansi.

    Also lets confirmed moves between instansi whose day has come take effect. One transaction per instansi,
    as the installation itself; calling it again the same day finds nothing. The worker does so every quarter
    of an hour and when it starts, ``petajabatan jam`` when it moves the clock.
    """
    day = today()
    with scope_of(sistem("tanggal kerja")), connection.cursor() as cursor:
        cursor.execute("SELECT tuntaskan_pindah()")
        cursor.execute(_DUE, {"hari": day})
        due = [row[0] for row in cursor.fetchall()]
    for instansi_id in due:
        with scope_of(sistem("tanggal kerja")), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT hitung_bezetting(%s, %s)", [instansi_id, day])
    with scope_of(sistem("tanggal kerja")), connection.cursor() as cursor:
        cursor.execute("SELECT teruskan_b(%s)", [day])
    return len(due)
