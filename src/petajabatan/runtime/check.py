"""What must hold before anything starts, each with a sentence for the person who has to repair it."""

from __future__ import annotations

import errno
import os
import shutil
from urllib.parse import urlsplit

from petajabatan.runtime.data_dir import DataDir

ROOM_NEW = 600 << 20
"""Free bytes a first start needs: cluster, write-ahead log, demo."""
ROOM = 100 << 20
"""Free bytes below which a later start is refused: the database would stop in the middle of a write."""
OLDEST = 150000


class StartError(RuntimeError):
    """The installation cannot start; the text says why and what to do."""


def check_data_dir(data_dir: DataDir) -> None:
    """The data folder exists or can be made, can be written, and has room. Raises StartError."""
    hint = "Pilih folder lain dengan --data-dir atau PETAJABATAN_DATA."
    try:
        data_dir.prepare()
        probe = data_dir.root / ".uji-tulis"
        probe.write_bytes(b"x" * 4096)
        probe.unlink()
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise StartError(
                f"Disk penuh: folder data {data_dir.root} tidak dapat ditulis.\n{hint}"
            ) from error
        raise StartError(
            f"Folder data {data_dir.root} tidak dapat ditulis: {error.strerror or error}.\n{hint}"
        ) from error
    if os.environ.get("DATABASE_URL"):
        return
    closed = [p for p in data_dir.root.parents if not p.stat().st_mode & 0o001]
    if os.geteuid() == 0 and closed:
        # Modes outside the data folder are not ours to change.
        raise StartError(
            f"Folder data {data_dir.root} berada di dalam {closed[-1]}, yang tertutup bagi pengguna lain;"
            f" PostgreSQL tertanam tidak berjalan sebagai root dan tidak dapat mencapainya.\n{hint}"
        )
    free = shutil.disk_usage(data_dir.root).free
    need = ROOM if (data_dir.pgdata / "PG_VERSION").exists() else ROOM_NEW
    if free < need:
        raise StartError(
            f"Disk hampir penuh: tersisa {free >> 20} MB pada {data_dir.root}, perlu {need >> 20} MB."
            f"\nKosongkan ruang. {hint}"
        )


def check_database_url() -> None:
    """The PostgreSQL of the user's own, if named, answers and is new enough. Raises StartError.

    The text names the server, never the password.
    """
    url = os.environ.get("DATABASE_URL")
    if not url:
        return
    import psycopg

    parts = urlsplit(url)
    if parts.scheme not in ("postgresql", "postgres"):
        raise StartError("DATABASE_URL harus berbentuk postgresql://pengguna:sandi@server:5432/basisdata.")
    host = parts.hostname or "soket lokal"
    where = f"{host}{f':{parts.port}' if parts.port else ''}, basis data {parts.path[1:]}"
    try:
        with psycopg.connect(url, connect_timeout=10) as conn:
            version = conn.info.server_version
            row = conn.execute(
                "SELECT has_database_privilege(current_database(), 'CREATE'),"
                " (SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user),"
                " EXISTS (SELECT FROM pg_roles WHERE rolname = 'petajabatan_web')"
            ).fetchone()
    except psycopg.Error as error:
        reason = str(error).strip().splitlines()[-1] if str(error).strip() else type(error).__name__
        if parts.password:
            reason = reason.replace(parts.password, "***")
        raise StartError(
            f"DATABASE_URL tidak dapat dipakai ({where}): {reason}"
            "\nPeriksa server, nama, sandi dan pg_hba.conf; cobalah sambungan yang sama dengan psql."
        ) from error
    if version < OLDEST:
        raise StartError(f"PostgreSQL di {where} versi {version // 10000}; perlu versi 15 atau lebih baru.")
    may_create, may_role, has_role = row or (False, False, False)
    if not may_create or not (may_role or has_role):
        raise StartError(
            f"Hak pengguna DATABASE_URL ({where}) belum cukup: perlu CREATE pada basis data dan CREATEROLE."
            "\nJalankan sebagai admin server: lihat docs/deployment.md, bagian 'PostgreSQL sendiri'."
        )
