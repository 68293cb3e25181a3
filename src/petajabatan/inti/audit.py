"""Writing an audit record from a service, for actions that no trigger sees."""

from __future__ import annotations

import json
from typing import Any

from django.db import connection

from petajabatan.inti.actor import Actor


def record(
    actor: Actor,
    aksi: str,
    objek: str,
    rincian: dict[str, Any] | None = None,
    *,
    instansi_id: int | None = None,
    jumlah: int = 1,
) -> None:
    """Append one record. ``rincian`` holds ids and options, never images of personal data.

    Plain SQL, because an INSERT of the ORM asks for the new id back, and whoever writes audit need not be
    allowed to read it.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit (aktor, permintaan, instansi_id, aksi, objek, jumlah, rincian)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s::jsonb)",
            [
                str(actor.id or actor.nama),
                actor.request_id[:64],
                instansi_id,
                aksi,
                objek,
                jumlah,
                None if rincian is None else json.dumps(rincian),
            ],
        )
