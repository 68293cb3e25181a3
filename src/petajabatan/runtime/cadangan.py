"""Backup and restore: database, documents and secrets together in one file.

The database is dumped first and the documents are copied afterwards: documents are stored under their hash
and never change, so whatever the dump mentions is there, and what came later does no harm.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tarfile
import tempfile
import time
from pathlib import Path
from typing import Any

import psycopg

from petajabatan import __version__
from petajabatan.runtime import postgres
from petajabatan.runtime.data_dir import DataDir
from petajabatan.runtime.database import OWNER, database_url

DUMP, NOTE, SECRETS, FILES = "basis-data.dump", "catatan.json", "rahasia.json", "berkas"
PERAN_SQL = Path(__file__).resolve().parent.parent / "inti" / "sql" / "0000_peran.sql"


class BackupError(RuntimeError):
    """A backup or restore that cannot be done; the text says why and what to do."""


def _tool(data_dir: DataDir, name: str) -> str:
    """pg_dump or pg_restore, at least as new as the server: the embedded ones, else those on the PATH."""
    if not os.environ.get("DATABASE_URL"):
        return str(postgres.binaries(data_dir) / name)
    found = os.environ.get("PETAJABATAN_PG_BIN")
    tool = shutil.which(name, path=found) if found else shutil.which(name)
    if tool is None:
        raise BackupError(
            f"{name} tidak ditemukan. Pasang postgresql-client, atau sebut foldernya di PETAJABATAN_PG_BIN."
        )
    return tool


def _run(command: list[str], url: str) -> None:
    """Run a PostgreSQL tool; the password goes through the environment, not the command line."""
    info = psycopg.conninfo.conninfo_to_dict(url)
    password = str(info.pop("password", "") or "")
    env = {k: v for k, v in os.environ.items() if not k.startswith("PG")} | {"PGPASSWORD": password}
    target = psycopg.conninfo.make_conninfo(**{k: str(v) for k, v in info.items() if v is not None})
    done = subprocess.run([*command, "--dbname", target], env=env, capture_output=True, text=True)  # noqa: S603
    if done.returncode != 0:
        lines = done.stderr.strip().splitlines()
        raise BackupError(f"{Path(command[0]).name} gagal: {lines[-1] if lines else done.returncode}")


def back_up(data_dir: DataDir, target: Path) -> dict[str, Any]:
    """Write everything needed to start again elsewhere into ``target`` (a tar file, mode 600).

    The server goes on serving meanwhile. Call with a running database. Raises BackupError.
    """
    url = database_url(data_dir, OWNER)
    partial = target.with_name(target.name + ".sementara")
    try:
        with tempfile.TemporaryDirectory(dir=target.absolute().parent) as name:
            folder = Path(name)
            _run(
                [_tool(data_dir, "pg_dump"), "--format=custom", "--no-owner", f"--file={folder / DUMP}"], url
            )
            note = {"versi": __version__, "dibuat": time.strftime("%Y-%m-%dT%H:%M:%S%z"), **_count(url)}
            (folder / NOTE).write_text(json.dumps(note))
            data_dir.secrets()
            descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "wb") as file, tarfile.open(fileobj=file, mode="w") as tar:
                for part in (folder / NOTE, folder / DUMP):
                    tar.add(part, part.name)
                tar.add(data_dir.secrets_file, SECRETS)
                n = 0
                for path in sorted(data_dir.berkas.glob("??/??/*")):
                    tar.add(path, f"{FILES}/{path.relative_to(data_dir.berkas)}")
                    n += 1
                file.flush()
                os.fsync(file.fileno())
        partial.replace(target)
    except OSError as error:
        raise BackupError(f"{target} tidak dapat ditulis: {error.strerror or error}") from error
    finally:
        partial.unlink(missing_ok=True)
    return note | {"berkas": n, "byte": target.stat().st_size}


def _count(url: str) -> dict[str, int]:
    with psycopg.connect(url) as conn:
        counts = {}
        for table in ("instansi", "peta_versi", "unor_riwayat", "posisi_riwayat", "pegawai", "audit"):
            row = conn.execute(f"SELECT count(*) FROM {table}").fetchone()
            counts[table] = int(row[0]) if row else 0
    return counts


def unpack(data_dir: DataDir, source: Path) -> Path:
    """Put secrets and documents of a backup into an empty data folder; returns the dump inside it.

    Raises BackupError when the folder is in use or the file is not a backup.
    """
    if data_dir.pgdata.exists() or data_dir.secrets_file.exists():
        raise BackupError(f"Folder data {data_dir.root} sudah terisi; pulihkan ke folder yang kosong.")
    data_dir.prepare()
    try:
        with tarfile.open(source) as tar:
            names = set(tar.getnames())
            if not {DUMP, NOTE, SECRETS} <= names:
                raise BackupError(f"{source} bukan berkas cadangan Peta Jabatan.")
            tar.extractall(data_dir.root, filter="data")
    except (tarfile.TarError, OSError) as error:
        raise BackupError(f"{source} tidak dapat dibaca: {error}") from error
    data_dir.secrets_file.chmod(0o600)
    return data_dir.root / DUMP


def _silence(conn: psycopg.Connection) -> None:
    """A restored copy tells nobody anything by itself: receivers may be ahead of it, or it is a trial."""
    paused = "UPDATE webhook SET dijeda = now(), alasan_jeda = 'dipulihkan' WHERE aktif AND dijeda IS NULL"
    unsent = "UPDATE notifikasi SET surel = '' WHERE surel = 'antre'"
    for table, statement in (("webhook", paused), ("notifikasi", unsent)):
        if conn.execute("SELECT to_regclass(%s)", [table]).fetchone() != (None,):
            conn.execute(statement)


def restore_database(data_dir: DataDir, dump: Path) -> dict[str, int]:
    """Load the dump into an empty database in one transaction; returns row counts. Raises BackupError.

    Call with a running server; run ``install`` afterwards for privileges and password.
    """
    url = database_url(data_dir, OWNER)
    with psycopg.connect(url) as conn:
        if conn.execute("SELECT 1 FROM pg_tables WHERE schemaname = 'public'").fetchone():
            raise BackupError("Basis data tujuan tidak kosong; pulihkan ke basis data baru.")
        # Roles belong to the server, not to the database; the policies in the dump name them.
        conn.execute(PERAN_SQL.read_text().split("REVOKE CREATE", 1)[0])
    command = [
        _tool(data_dir, "pg_restore"),
        "--no-owner",
        "--single-transaction",
        "--exit-on-error",
        str(dump),
    ]
    _run(command, url)
    with psycopg.connect(url) as conn:
        # Transaction numbers of the old server mean nothing here; one of them may even come round again and
        # would then pass for the transaction that wrote an old version.
        conn.execute("ALTER TABLE peta_versi DISABLE TRIGGER USER")
        conn.execute("UPDATE peta_versi SET transaksi = '0'")
        conn.execute("ALTER TABLE peta_versi ENABLE TRIGGER USER")
        conn.execute("DELETE FROM procrastinate_workers")
        _silence(conn)
    dump.unlink()
    (data_dir.root / NOTE).unlink(missing_ok=True)
    return _count(url)
