"""Closing a fill: indexes, trees, totals, hashes, B, foreign keys, statistics; and what came of it."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

from psycopg import Connection

_SQL = Path(__file__).resolve().parent.parent / "sql" / "ringkas.sql"
RINGKAS: dict[str, str] = {
    nama: isi.strip()
    for nama, isi in re.findall(r"^-- name: (\w+)\n(.*?)(?=^-- name: |\Z)", _SQL.read_text(), re.M | re.S)
}
"""Queries about a filled database, by name."""
SEKUENS = ("unor", "posisi", "kode_unor", "pegawai", "riwayat_jabatan", "dasar_hukum")


def tutup_instansi(
    conn: Connection[Any], simulasi_id: int, instansi_id: int, hari: dt.date, sidik: str
) -> None:
    """Tree, totals, hash and B of one instansi, by the product's own functions, in one transaction.

    ``sidik``: the statement that computes the canonical hash of a map.
    """
    with conn.transaction():
        conn.execute("SELECT bangun_pohon(%s)", [instansi_id])
        conn.execute("SELECT bangun_total(%s, 1)", [instansi_id])
        row = conn.execute(sidik.encode(), {"instansi": instansi_id, "versi": 1}).fetchone()
        assert row is not None
        conn.execute(
            "UPDATE peta_versi SET hash = %s WHERE instansi_id = %s AND nomor = 1", [row[0], instansi_id]
        )
        conn.execute("SELECT hitung_bezetting(%s, %s)", [instansi_id, hari])
        conn.execute(
            "UPDATE simulasi_instansi SET ditutup = now() WHERE simulasi_id = %s AND instansi_id = %s",
            [simulasi_id, instansi_id],
        )


def sekuens(conn: Connection[Any]) -> None:
    """Let the next id of every table follow the largest one."""
    for tabel in SEKUENS:
        conn.execute(
            f"SELECT setval(pg_get_serial_sequence('{tabel}', 'id'), greatest((SELECT max(id) FROM"
            f" {tabel}), 1))".encode()
        )


def ringkasan(conn: Connection[Any]) -> dict[str, Any]:
    """Distributions of what was generated, counted in the database itself."""
    hasil: dict[str, Any] = {}
    for nama, query in RINGKAS.items():
        rows = conn.execute(query.encode()).fetchall()
        hasil[nama] = (
            rows[0][0]
            if nama.startswith("n_")
            else [[int(x) if isinstance(x, Decimal) else x for x in row] for row in rows]
        )
    return hasil
