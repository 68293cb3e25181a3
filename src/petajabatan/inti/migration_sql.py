"""Reading the SQL files that migrations run, and the audit triggers they share."""

from __future__ import annotations

from pathlib import Path

from django.db import migrations


def run_sql(app_file: str, name: str) -> migrations.RunSQL:
    """A migration step that runs ``<app>/sql/<name>``; not reversible, like every wall and trigger."""
    return migrations.RunSQL((Path(app_file).resolve().parent.parent / "sql" / name).read_text())


def audit_triggers(table: str, key: str = "id", instansi: str = "instansi_id") -> str:
    """SQL for the statement-level audit of one table."""
    parts = []
    for operation, transition in (
        ("INSERT", "NEW TABLE AS baru"),
        ("UPDATE", "NEW TABLE AS baru"),
        ("DELETE", "OLD TABLE AS lama"),
    ):
        parts.append(
            f"CREATE TRIGGER audit_{operation.lower()} AFTER {operation} ON {table}"
            f" REFERENCING {transition} FOR EACH STATEMENT"
            f" EXECUTE FUNCTION audit_pernyataan('{key}', '{instansi}');"
        )
    return "\n".join(parts)


def protect_from_delete(table: str) -> str:
    """SQL: rows of this table are never physically deleted."""
    return (
        f"CREATE TRIGGER tak_terhapus BEFORE DELETE OR TRUNCATE ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION tolak_hapus();"
    )
