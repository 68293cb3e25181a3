"""Running the deferred checks of a transaction before its end."""

from __future__ import annotations

from django.db import connection

# Constraint triggers named z_… number and seal: they take short locks that others wait for, and therefore run
# at commit and never before.
_CHECKS = """SELECT string_agg(DISTINCT quote_ident(conname), ', ') FROM pg_constraint
WHERE condeferrable AND connamespace = 'public'::regnamespace AND conname NOT LIKE 'z\\_%'"""


def run_deferred_checks() -> None:
    """Check now what is deferred to commit (foreign keys, trees, totals), so that a refusal names what was
    just written and whatever follows reads computed tables; later rows are deferred again.

    Raises IntegrityError like the commit would. Two statements.
    """
    with connection.cursor() as cursor:
        cursor.execute(_CHECKS)
        (names,) = cursor.fetchone()
        cursor.execute(f"SET CONSTRAINTS {names} IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
