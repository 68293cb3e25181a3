"""Bringing a database up to date: roles, tables, privileges, shipped references. Runs as the owner."""

from __future__ import annotations

import os
from pathlib import Path

from petajabatan.runtime.data_dir import DataDir
from petajabatan.runtime.database import OWNER, WEB, database_url


def setup_django(which: str) -> None:
    """Start Django in this process with the owner's (``pemilik``) or the web role's connection."""
    os.environ["PETAJABATAN_DB"] = which
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "petajabatan.config.settings")
    import django

    django.setup()


def migration_names() -> set[str]:
    """``app.migration`` of every migration the product itself ships, by looking at its files."""
    package = Path(__file__).resolve().parent.parent
    return {f"{path.parent.parent.name}.{path.stem}" for path in package.glob("*/migrations/[0-9]*.py")}


def install(data_dir: DataDir) -> list[str]:
    """Migrate and set the web role's password. Returns the migrations applied.

    Idempotent; call in a process of its own, because Django then holds the owner's connection.
    """
    setup_django(OWNER)
    import psycopg.sql
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = [f"{m.app_label}.{m.name}" for m, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]
    if plan:
        call_command("migrate", verbosity=0, interactive=False)
    else:
        from petajabatan.inti.dinding import grant_privileges

        grant_privileges()
    from petajabatan.inti.actor import sistem
    from petajabatan.pegawai.services.kebijakan import load_shipped as load_policies
    from petajabatan.referensi.services import load_shipped

    load_shipped(sistem("pemasangan"))
    load_policies(sistem("pemasangan"))
    if not os.environ.get("DATABASE_WEB_URL"):
        password = data_dir.secrets()["db_web"]
        with psycopg.connect(database_url(data_dir, OWNER), autocommit=True) as conn:
            # Only the salted hash travels, so that no statement log ever holds the password.
            hashed = conn.pgconn.encrypt_password(password.encode(), b"petajabatan_web", b"scram-sha-256")
            conn.execute(
                psycopg.sql.SQL("ALTER ROLE petajabatan_web PASSWORD {}").format(
                    psycopg.sql.Literal(hashed.decode())
                )
            )
    return plan


__all__ = ["OWNER", "WEB", "install", "migration_names", "setup_django"]
