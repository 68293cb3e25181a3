"""Who waits for whom when seats and the map change at once.

Order in every transaction: maps (ascending instansi), then people of an instansi, then the count of B.
Whoever seats people shares the map; whoever publishes has it alone, so that nobody is seated on a box that is
just ending.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection

from petajabatan.jabatan.services.terbit import LOCK_CLASS, lock_map


def share_maps(instansi_ids: Iterable[int]) -> None:
    """Wait for a writer of these maps and keep writers out until the transaction ends."""
    with connection.cursor() as cursor:
        for instansi_id in sorted(set(instansi_ids)):
            cursor.execute("SELECT pg_advisory_xact_lock_shared(%s, %s)", [LOCK_CLASS, instansi_id])


def lock_maps(instansi_ids: Iterable[int]) -> None:
    """Have these maps alone; free of charge for the publisher, who has them already."""
    for instansi_id in sorted(set(instansi_ids)):
        lock_map(instansi_id)
