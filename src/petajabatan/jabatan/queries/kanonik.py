"""The hash of a published map, computed by the database over the canonical bytes (docs/peta.md)."""

from __future__ import annotations

from pathlib import Path

from petajabatan.jabatan.queries.peta import fetch

HASH = (Path(__file__).resolve().parent.parent / "sql" / "hash.sql").read_text()


def map_hash(instansi_id: int, versi: int) -> str:
    """SHA-256, hexadecimal, of the map as of a version; equals ``peta_versi.hash`` on a sound database."""
    return str(fetch(HASH, {"instansi": instansi_id, "versi": versi})[0][0])
