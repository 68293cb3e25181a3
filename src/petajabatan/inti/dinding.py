"""The second wall: row-level security, and how a transaction opens its scope.

Three database roles own nothing. ``petajabatan_web`` logs in and sees no protected row by itself;
inside a transaction it becomes ``petajabatan_instansi``, ``petajabatan_nasional`` or
``petajabatan_terbatas``, whose policies ask the signed scope of that transaction. The scope is signed with
a key the database keeps in an owner-only table, so that SQL injected into a web request can neither widen it
nor forge one. The reasons and measurements are in ``docs/keamanan.md``.
"""

from __future__ import annotations

import contextlib
import hashlib
import time
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.http import HttpRequest

from petajabatan.inti.actor import Actor

ROLES = ("petajabatan_web", "petajabatan_instansi", "petajabatan_nasional", "petajabatan_terbatas")
SCOPED = ROLES[1:]
COMPUTED = (
    "unor_kini", "unor_total_riwayat", "bezetting_posisi", "bezetting_unor", "ringkasan_instansi",
    "audit_rantai", "audit_kepala", "audit_tertunda", "umpan", "nama_posisi", "kata_peta",
)  # fmt: skip
"""Tables only the database's own functions write."""
PASSING = ("django_session", "cache_bersama", "webhook_kiriman", "usulan_permintaan")
"""Tables that hold nothing worth keeping."""
DRAFTS = ("usulan_unor", "usulan_posisi", "usulan_isian", "usulan_total", "usulan_temuan")
"""What a draft says now; its history is in the operations, so rows that no longer apply may go."""
OWNED = ("simulasi", "simulasi_instansi")
"""Tables only the owner writes: what they hold is executed by the owner later."""
NARROWED = dict.fromkeys((*COMPUTED, *OWNED), "INSERT, UPDATE, DELETE") | {
    "audit": "UPDATE, DELETE",
    "notifikasi": "INSERT, DELETE",
}
SCOPE_LIFETIME = 6 * 3600
"""Seconds a signed scope stays valid; longer than the longest job, shorter than a working day."""


def sign(payload: str, key: str) -> str:
    """Keyed hash over the payload, the same as the database's ``cakupan_bagian()`` computes."""
    raw = key.encode()
    return hashlib.sha256(raw + hashlib.sha256(raw + payload.encode()).digest()).hexdigest()


def signed_scope(actor: Actor) -> tuple[str, str]:
    """The database role for this actor and its signed scope
    ``mode|aktor|instansi whose people|instansi whose drafts|unor|pegawai|expiry|mac``."""

    def joined(ids: frozenset[int]) -> str:
        return ",".join(map(str, sorted(ids)))

    if actor.cakupan_nasional:
        mode = "nasional"
    elif actor.cakupan_instansi or actor.cakupan_draf:
        mode = "instansi"
    else:
        mode = "terbatas"
    payload = "|".join(
        (
            mode,
            str(actor.id or 0),
            joined(actor.cakupan_instansi),
            joined(actor.cakupan_draf),
            joined(actor.cakupan_unor),
            str(actor.pegawai_id or 0),
            str(int(time.time()) + SCOPE_LIFETIME),
        )
    )
    return f"petajabatan_{mode}", f"{payload}|{sign(payload, settings.CAKUPAN_KEY)}"


def _set(role: str, scope: str, actor: str, request_id: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('role', %s, true), set_config('petajabatan.cakupan', %s, true),"
            " set_config('petajabatan.aktor', %s, true), set_config('petajabatan.permintaan', %s, true)",
            [role, scope, actor, request_id],
        )


@contextlib.contextmanager
def scope_of(actor: Actor) -> Iterator[None]:
    """One transaction in which the database sees only what ``actor`` may see.

    Nested use (tests, jobs inside a request) restores the outer scope at the end.
    """
    nested = connection.in_atomic_block
    before: tuple[Any, ...] = ()
    with transaction.atomic():
        if nested:
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT current_setting('role'),"
                    " coalesce(current_setting('petajabatan.cakupan', true), ''),"
                    " coalesce(current_setting('petajabatan.aktor', true), ''),"
                    " coalesce(current_setting('petajabatan.permintaan', true), '')"
                )
                before = cursor.fetchone() or ()
        role, scope = signed_scope(actor)
        _set(role, scope, str(actor.id or actor.nama), actor.request_id)
        yield
        if nested and not connection.needs_rollback:
            _set(*before)


def wall_sql(
    table: str, *, draf: bool = False, instansi: str = "instansi_id", terbatas: str = "false", extra: str = ""
) -> str:
    """SQL that puts the wall around one table.

    ``draf``: the table holds drafts or documents rather than people; ``instansi`` is the column compared
    with the scope; ``terbatas`` a condition for subtree and self scopes; ``extra`` a further condition
    OR-ed for the instansi and terbatas roles on small tables.
    """
    scope = "cakupan_draf" if draf else "cakupan"
    inside = f"{instansi} = ANY((SELECT {scope}())::int[])" + (f" OR ({extra})" if extra else "")
    limited = f"({terbatas})" + (f" OR ({extra})" if extra else "")
    return f"""
    ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
    CREATE POLICY nasional ON {table} TO petajabatan_nasional
      USING ((SELECT cakupan_nasional())) WITH CHECK ((SELECT cakupan_nasional()));
    CREATE POLICY instansi ON {table} TO petajabatan_instansi USING ({inside}) WITH CHECK ({inside});
    CREATE POLICY terbatas ON {table} TO petajabatan_terbatas USING ({limited}) WITH CHECK ({limited});
    """


def grant_privileges(**_: Any) -> None:
    """Give the web roles what they need on every table and no more (runs after each migrate).

    No TRUNCATE and no DELETE except on tables that hold nothing worth keeping; audit is insert-only;
    the scope key stays with the owner.
    """
    if connection.vendor != "postgresql" or settings.DATABASES["default"]["USER"] == "petajabatan_web":
        return
    roles = ", ".join(ROLES)
    with connection.cursor() as cursor:
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {roles}")
        cursor.execute(f"GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA public TO {roles}")
        cursor.execute(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {roles}")
        cursor.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND (tablename = ANY(%s)"
            " OR tablename LIKE 'procrastinate%%' OR tablename LIKE 'mfa_%%' OR tablename LIKE 'account_%%'"
            " OR tablename LIKE 'socialaccount_%%' OR tablename LIKE 'oauth2_provider_%%')",
            [[*PASSING, *DRAFTS]],
        )
        for (table,) in cursor.fetchall():
            cursor.execute(f'GRANT DELETE ON "{table}" TO {roles}')
        for table, rights in NARROWED.items():
            cursor.execute("SELECT to_regclass(%s)", [table])
            if cursor.fetchone()[0]:
                cursor.execute(f"REVOKE {rights} ON {table} FROM {roles}")
        cursor.execute(f"REVOKE ALL ON cakupan_kunci FROM {roles}")
        cursor.execute(f"REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {roles}")
        cursor.execute(
            "INSERT INTO cakupan_kunci (id, kunci) VALUES (true, %s)"
            " ON CONFLICT (id) DO UPDATE SET kunci = excluded.kunci",
            [settings.CAKUPAN_KEY.encode()],
        )


def write_wall_sql(table: str, *, instansi: str = "instansi_id") -> str:
    """SQL for a table that everybody reads and only the instansi in scope (or the nation) writes."""
    inside = f"{instansi} = ANY((SELECT cakupan_draf())::int[])"
    return f"""
    ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
    CREATE POLICY baca ON {table} FOR SELECT USING (true);
    CREATE POLICY tulis_nasional ON {table} FOR INSERT TO petajabatan_nasional
      WITH CHECK ((SELECT cakupan_nasional()));
    CREATE POLICY ubah_nasional ON {table} FOR UPDATE TO petajabatan_nasional
      USING ((SELECT cakupan_nasional()));
    CREATE POLICY tulis_instansi ON {table} FOR INSERT TO petajabatan_instansi WITH CHECK ({inside});
    CREATE POLICY ubah_instansi ON {table} FOR UPDATE TO petajabatan_instansi USING ({inside});
    """


def roll_back(request: HttpRequest) -> None:
    """Whatever this request has begun is undone when it has been answered (``akun.middleware``), also where
    the answer itself is in order: a refusal."""
    request.gagal = True  # type: ignore[attr-defined]
