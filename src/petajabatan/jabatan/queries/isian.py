"""What published versions say in the sections of informasi jabatan and in ABK sheets."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from petajabatan.jabatan.queries.peta import fetch
from petajabatan.jabatan.rules.isian import ids_of_infojab, isian_id

_AS_OF = """SELECT coalesce(infojab_id, posisi_id), bagian, isi FROM isian_riwayat
WHERE isian_id = ANY(%(ids)s) AND instansi_id = %(instansi)s AND sejak <= %(versi)s AND hingga > %(versi)s"""

Bagian = dict[str, Any]
"""Section → its content."""


def sections_as_of(instansi_id: int, versi: int, infojab_ids: Iterable[int]) -> dict[int, Bagian]:
    """Every section of these informasi jabatan as of a version. One statement."""
    wanted = list(infojab_ids)
    found: dict[int, Bagian] = {key: {} for key in wanted}
    params = {"ids": ids_of_infojab(wanted), "instansi": instansi_id, "versi": versi}
    for owner, bagian, isi in fetch(_AS_OF, params):
        found[owner][bagian] = decoded(isi)
    return found


def sheets_as_of(instansi_id: int, versi: int, posisi_ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """The ABK sheets of these boxes as of a version; boxes without one are left out. One statement."""
    ids = [isian_id("abk", posisi_id=key) for key in posisi_ids]
    rows = fetch(_AS_OF, {"ids": ids, "instansi": instansi_id, "versi": versi})
    return {owner: decoded(isi) for owner, _bagian, isi in rows}


def decoded(isi: Any) -> Any:
    """A jsonb value; the driver below Django hands it over as text."""
    return json.loads(isi) if isinstance(isi, str) else isi
