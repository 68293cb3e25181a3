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
KATA = (
    "INSERT INTO kata_orang SELECT DISTINCT k FROM pegawai, unnest(kata) k"
    " WHERE k <> '' AND left(k, 1) <> '#' ON CONFLICT DO NOTHING",
    "INSERT INTO kata_peta SELECT DISTINCT k FROM (SELECT kata FROM unor_kini UNION ALL SELECT kata FROM"
    " nama_posisi) n, unnest(n.kata) k WHERE k <> '' AND left(k, 1) <> '#' ON CONFLICT DO NOTHING",
)
"""Words of all names at once, which their triggers gather statement by statement."""
KECIL = (
    "peta_versi", "dasar_hukum", "audit", "audit_rantai", "audit_kepala", "umpan", "simulasi_instansi",
)  # fmt: skip
SEKUENS = ("unor", "posisi", "infojab", "kode_unor", "pegawai", "riwayat_jabatan", "dasar_hukum")


def tutup_instansi(
    conn: Connection[Any], simulasi_id: int, instansi_id: int, hari: dt.date, sidik: str
) -> None:
    """Tree, totals, names, hash and B of one instansi, by the product's own functions, in one transaction.

    ``sidik``: the statement that computes the canonical hash of a map.
    """
    with conn.transaction():
        conn.execute("SELECT bangun_pohon(%s)", [instansi_id])
        conn.execute("SELECT bangun_total(%s, 1)", [instansi_id])
        conn.execute("SELECT catat_nama_posisi(%s, NULL)", [instansi_id])
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


def umpan(conn: Connection[Any], simulasi_id: int) -> None:
    """Announce the first version of every instansi in the change feed, as the trigger of its table would.

    In the order of the plan: the feed depends on the seed and not on which worker was done first.

    Inside the caller's transaction, which holds the feed's lock to its end: about a millisecond per instansi.
    """
    conn.execute(
        "SELECT tulis_umpan(instansi_id, 1) FROM (SELECT instansi_id FROM simulasi_instansi"
        " WHERE simulasi_id = %s ORDER BY urutan) AS urut",
        [simulasi_id],
    )


def statistik(conn: Connection[Any]) -> None:
    """Fresh statistics of the small tables the run wrote row by row (autocommit connection)."""
    for tabel in KECIL:
        conn.execute(f"VACUUM (ANALYZE) {tabel}".encode())


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
