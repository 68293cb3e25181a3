"""Taking indexes, constraints and triggers off the tables a bulk fill writes, and putting them back.

What is taken off comes from the catalogue, so tables and rules added later are covered. The definitions
are kept in
the run's row, written in the same transaction: a fill that was killed can always be closed.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from psycopg import Connection, sql

BESAR = (
    "unor", "unor_riwayat", "kode_unor", "posisi", "posisi_riwayat", "infojab", "isian_riwayat", "pegawai",
    "riwayat_jabatan",
)  # fmt: skip
"""Tables filled by COPY: everything comes off."""
HITUNGAN = (
    "unor_kini", "unor_total_riwayat", "bezetting_posisi", "bezetting_unor", "ringkasan_instansi",
    "nama_posisi",
)  # fmt: skip
"""Tables the database computes: their keys serve the computation and stay."""
CARI = ("unor_kini", "nama_posisi")
"""Those of them that are searched by name: the indexes that serve only this come off."""
LAIN = ("peta_versi", "dasar_hukum")
"""Small tables of the fill: triggers off only."""
TABEL = BESAR + HITUNGAN + LAIN

_ASING = """
SELECT conname, conrelid::regclass::text, pg_get_constraintdef(oid) FROM pg_constraint
WHERE contype = 'f' AND conparentid = 0
  AND (conrelid = ANY (%(tabel)s::regclass[]) OR confrelid = ANY (%(besar)s::regclass[]))
ORDER BY 2, 1"""
_KUNCI = """
SELECT c.conname, c.conrelid::regclass::text, c.contype::text, pg_get_constraintdef(c.oid),
pg_get_indexdef(c.conindid)
FROM pg_constraint c WHERE c.contype IN ('p', 'u', 'x') AND c.conrelid = ANY (%(besar)s::regclass[])
ORDER BY 2, c.contype, 1"""
_INDEKS = """
SELECT i.indexrelid::regclass::text, i.indrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i
WHERE NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid AND c.contype IN ('p', 'u',
'x'))
  AND (i.indrelid = ANY (%(besar)s::regclass[])
    OR (i.indrelid = ANY (%(cari)s::regclass[]) AND pg_get_indexdef(i.indexrelid) ~ '(gin|jalur|nama_urut)'))
ORDER BY 2, 1"""
_PEMICU = """
SELECT tgrelid::regclass::text, tgname FROM pg_trigger
WHERE tgrelid = ANY (%(tabel)s::regclass[]) AND NOT tgisinternal AND tgenabled = 'O' ORDER BY 1, 2"""


def kumpulkan(conn: Connection[Any]) -> dict[str, list[list[str]]]:
    """What stands on the tables now: foreign keys, keys and exclusions, other indexes, enabled triggers."""
    params = {"tabel": list(TABEL), "besar": list(BESAR), "cari": list(CARI)}
    return {
        nama: [list(row) for row in conn.execute(query, params)]
        for nama, query in (("asing", _ASING), ("kunci", _KUNCI), ("indeks", _INDEKS), ("pemicu", _PEMICU))
    }


def lepaskan(conn: Connection[Any], tunda: dict[str, list[list[str]]]) -> None:
    """Take everything of ``tunda`` off, inside the caller's transaction."""
    for tabel, pemicu in tunda["pemicu"]:
        conn.execute(_ddl("ALTER TABLE {} DISABLE TRIGGER {}", tabel, pemicu))
    for nama, tabel, _ in tunda["asing"]:
        conn.execute(_ddl("ALTER TABLE {} DROP CONSTRAINT {}", tabel, nama))
    for nama, tabel, *_ in tunda["kunci"]:
        conn.execute(_ddl("ALTER TABLE {} DROP CONSTRAINT {}", tabel, nama))
    for nama, *_ in tunda["indeks"]:
        conn.execute(_ddl("DROP INDEX {}", nama))


def pekerjaan_indeks(tunda: dict[str, list[list[str]]]) -> dict[str, list[tuple[str, str]]]:
    """Statements that rebuild keys and indexes, by table: (name of what comes into being, statement).

    Keys are built as unique indexes first; exclusion constraints come last, on a table that has its indexes.
    """
    hasil: dict[str, list[tuple[str, str]]] = {}
    akhir: list[tuple[str, str, str]] = []
    for nama, tabel, jenis, definisi, indeks in tunda["kunci"]:
        if jenis == "x":
            akhir.append((tabel, nama, f'ALTER TABLE {tabel} ADD CONSTRAINT "{nama}" {definisi}'))
            continue
        kata = "PRIMARY KEY" if jenis == "p" else "UNIQUE"
        hasil.setdefault(tabel, []).append((nama, indeks))
        hasil[tabel].append(("", f'ALTER TABLE {tabel} ADD CONSTRAINT "{nama}" {kata} USING INDEX "{nama}"'))
    for nama, tabel, definisi in tunda["indeks"]:
        hasil.setdefault(tabel, []).append((nama, definisi))
    for tabel, nama, ddl in akhir:
        hasil.setdefault(tabel, []).append((nama, ddl))
    return hasil


def bangun(conn: Connection[Any], tabel: str, pekerjaan: Iterable[tuple[str, str]]) -> None:
    """Run the statements of one table that have not been run yet (autocommit connection)."""
    for nama, ddl in pekerjaan:
        if nama and conn.execute("SELECT to_regclass(%s)", [_kutip(nama)]).fetchone() != (None,):
            continue
        if not nama:
            kunci = ddl.rsplit('"', 2)[1]
            ada = conn.execute(
                "SELECT FROM pg_constraint WHERE conname = %s AND conrelid = %s::regclass", [kunci, tabel]
            ).fetchone()
            if ada is not None:
                continue
        conn.execute(ddl.encode())


def pasang_asing(conn: Connection[Any], tunda: dict[str, list[list[str]]]) -> None:
    """Declare the foreign keys anew without looking at the rows; ``sahkan_asing`` looks."""
    for nama, tabel, definisi in tunda["asing"]:
        ada = conn.execute(
            "SELECT FROM pg_constraint WHERE conname = %s AND conrelid = %s::regclass", [nama, tabel]
        ).fetchone()
        if ada is None:
            conn.execute(f'ALTER TABLE {tabel} ADD CONSTRAINT "{nama}" {definisi} NOT VALID'.encode())


def sahkan_asing(conn: Connection[Any], tabel: str, nama: str) -> None:
    """Look whether every row obeys a foreign key; raises IntegrityError when one does not."""
    conn.execute(_ddl("ALTER TABLE {} VALIDATE CONSTRAINT {}", tabel, nama))


def nyalakan(conn: Connection[Any], tunda: dict[str, list[list[str]]]) -> None:
    """Enable the triggers again, inside the caller's transaction."""
    for tabel, pemicu in tunda["pemicu"]:
        conn.execute(_ddl("ALTER TABLE {} ENABLE TRIGGER {}", tabel, pemicu))


def kosongkan(conn: Connection[Any]) -> None:
    """Empty the tables of a fill that was killed, to begin anew. Only while its triggers are off."""
    conn.execute(
        sql.SQL("TRUNCATE {}").format(sql.SQL(", ").join(sql.Identifier(t) for t in BESAR + HITUNGAN))
    )
    conn.execute("DELETE FROM peta_versi")
    conn.execute("DELETE FROM dasar_hukum WHERE nomor LIKE 'SIM-%'")
    # Foreign keys that are checked at commit would forbid the ALTER TABLE that follows.
    conn.execute("SET CONSTRAINTS ALL IMMEDIATE")


def _ddl(pola: str, *nama: str) -> sql.Composed:
    return sql.SQL(pola).format(*(sql.Identifier(n.strip('"')) for n in nama))


def _kutip(nama: str) -> str:
    return '"' + nama.strip('"') + '"'
