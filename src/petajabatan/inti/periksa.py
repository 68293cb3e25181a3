"""Proving that a live database still holds what it promises: named checks, each one SQL statement.

A check selects the rows that break its rule, as ``tempat`` (which thing, for people) and ``nilai`` (what is
wrong with it). Every app lists its own in ``periksa.py``; this module runs them and owns those that are about
the walls, the triggers and the stored files.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from petajabatan.inti.berkas import content_path
from petajabatan.inti.dinding import COMPUTED, OWNED, ROLES
from petajabatan.inti.models import Berkas
from petajabatan.inti.temuan import Temuan

SELAMANYA = 2147483647


@dataclass(frozen=True)
class Cek:
    """One rule. ``sql`` selects (tempat text, nilai text) of the rows that break it; ``penuh``: only when all
    versions are looked at; ``params`` are its values."""

    kode: str
    kalimat: str
    perbaikan: str
    sql: str
    penuh: bool = False
    params: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Jaga:
    """What an app expects around its tables: triggers by table, tables behind row-level security."""

    pemicu: dict[str, tuple[str, ...]]
    tembok: tuple[str, ...] = ()


def run_check(cek: Cek, contoh: int) -> tuple[int, list[Temuan]]:
    """How many rows break the rule, and a finding for each of the first ``contoh``."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT tempat::text, nilai::text, count(*) OVER () FROM ({cek.sql}) AS q (tempat, nilai)"
            " LIMIT %(contoh)s",
            {**cek.params, "contoh": contoh},
        )
        rows = cursor.fetchall()
    found = [
        Temuan(cek.kode, "galat", cek.kalimat, cek.perbaikan, tempat=place or "", nilai=(value or "")[:400])
        for place, value, _ in rows
    ]
    return (rows[0][2] if rows else 0), found


def guard_checks(jaga: Iterable[Jaga]) -> list[Cek]:
    """Checks that triggers exist and are enabled, walls stand, and the web roles are as weak as"
    " they must be."""
    jaga = list(jaga)
    triggers = [[table, name] for j in jaga for table, names in j.pemicu.items() for name in names]
    walled = sorted({table for j in jaga for table in j.tembok})
    guarded = sorted({table for j in jaga for table, names in j.pemicu.items() if "tak_terhapus" in names})
    return [
        Cek(
            "pemicu-hilang",
            "Pemicu penjaga tidak ada atau dimatikan; perubahan sejak itu tidak terjaga dan tidak tercatat.",
            "Nyalakan: ALTER TABLE … ENABLE TRIGGER …; bila tidak ada, pulihkan dari cadangan.",
            "SELECT h.tabel || '.' || h.nama, CASE t.tgenabled WHEN 'D' THEN 'dimatikan' WHEN 'R' THEN"
            " 'hanya replika' ELSE 'tidak ada' END"
            " FROM unnest(%(tabel)s::text[], %(nama)s::text[]) AS h (tabel, nama)"
            " LEFT JOIN pg_trigger t ON t.tgrelid = to_regclass(h.tabel) AND t.tgname = h.nama"
            " WHERE t.oid IS NULL OR t.tgenabled NOT IN ('O', 'A')",
            params={"tabel": [t for t, _ in triggers], "nama": [n for _, n in triggers]},
        ),
        Cek(
            "tembok-hilang",
            "Tabel berisi orang, draf atau dokumen tidak dilindungi row-level security.",
            "Nyalakan: ALTER TABLE … ENABLE ROW LEVEL SECURITY, lalu periksa kebijakannya.",
            "SELECT h.tabel, CASE WHEN NOT c.relrowsecurity THEN 'dimatikan' ELSE 'tanpa kebijakan' END"
            " FROM unnest(%(tabel)s::text[]) AS h (tabel) JOIN pg_class c ON c.oid = to_regclass(h.tabel)"
            " WHERE NOT c.relrowsecurity OR NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid)",
            params={"tabel": walled},
        ),
        Cek(
            "peran-terlalu-kuat",
            "Peran basis data proses web dapat melewati tembok, atau memiliki objek.",
            "ALTER ROLE … NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB; pindahkan kepemilikan objeknya.",
            "SELECT h.nama, CASE WHEN r.oid IS NULL THEN 'tidak ada' WHEN r.rolsuper THEN 'superuser'"
            "  WHEN r.rolbypassrls THEN 'bypassrls' WHEN r.rolcreaterole OR r.rolcreatedb THEN"
            " 'boleh membuat'"
            "  WHEN c.relname IS NOT NULL THEN 'memiliki ' || c.relname ELSE 'anggota ' || g.rolname END"
            " FROM unnest(%(peran)s::text[]) AS h (nama) LEFT JOIN pg_roles r ON r.rolname = h.nama"
            " LEFT JOIN LATERAL (SELECT relname FROM pg_class WHERE relowner = r.oid"
            "   AND relpersistence <> 't' LIMIT 1) c ON true"
            " LEFT JOIN LATERAL (SELECT o.rolname FROM pg_auth_members m JOIN pg_roles o ON o.oid = m.roleid"
            "   WHERE m.member = r.oid AND o.rolname <> ALL (%(peran)s) LIMIT 1) g ON true"
            " WHERE r.oid IS NULL OR r.rolsuper OR r.rolbypassrls OR r.rolcreaterole OR r.rolcreatedb"
            "   OR c.relname IS NOT NULL OR g.rolname IS NOT NULL",
            params={"peran": list(ROLES)},
        ),
        Cek(
            "hak-terlalu-luas",
            "Peran web memegang hak yang tidak diperlukannya atas tabel yang dijaga.",
            "Jalankan petajabatan siapkan, yang menetapkan kembali semua hak.",
            "SELECT p.peran || ' atas ' || h.tabel, h.hak FROM unnest(%(peran)s::text[]) AS p (peran)"
            " CROSS JOIN unnest(%(tabel)s::text[], %(hak)s::text[]) AS h (tabel, hak)"
            " WHERE to_regclass(h.tabel) IS NOT NULL"
            "   AND EXISTS (SELECT FROM pg_roles WHERE rolname = p.peran)"
            "   AND has_table_privilege(p.peran, h.tabel, h.hak)",
            params={"peran": list(ROLES), **_forbidden(guarded)},
        ),
        Cek(
            "aturan-tidak-sah",
            "Aturan (constraint) basis data belum disahkan, jadi baris lama mungkin melanggarnya.",
            "ALTER TABLE … VALIDATE CONSTRAINT …; perbaiki baris yang disebutnya.",
            "SELECT conrelid::regclass || '.' || conname, 'belum disahkan' FROM pg_constraint"
            " WHERE connamespace = 'public'::regnamespace AND NOT convalidated",
        ),
        Cek(
            "pekerjaan-mati",
            "Pekerjaan tercatat berjalan tetapi sudah lama tidak berdetak.",
            "Pastikan pekerja berjalan (petajabatan worker); ia mengembalikannya ke antrean.",
            "SELECT jenis || ' ' || id, 'detak ' || coalesce(detak::text, '-') FROM pekerjaan"
            " WHERE status = 'berjalan' AND coalesce(detak, mulai, dibuat) < now() - interval '10 minutes'",
        ),
    ]


def _forbidden(guarded: list[str]) -> dict[str, list[str]]:
    """Rights no web role may hold: table and right, pairwise."""
    pairs = [(table, right) for table in guarded for right in ("DELETE", "TRUNCATE")]
    pairs += [
        (table, right)
        for table in (*COMPUTED, *OWNED)
        for right in ("INSERT", "UPDATE", "DELETE", "TRUNCATE")
    ]
    pairs += [("audit", right) for right in ("UPDATE", "DELETE", "TRUNCATE")]
    pairs += [("cakupan_kunci", right) for right in ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE")]
    return {"tabel": [table for table, _ in pairs], "hak": [right for _, right in pairs]}


def check_files(*, penuh: bool) -> Iterator[Temuan]:
    """Stored files that are gone, have another size, or (``penuh``) another content."""
    for row in Berkas.objects.only("id", "sha256", "ukuran", "nama").iterator(chunk_size=2000):
        path = content_path(row.sha256)
        if not path.is_file():
            yield _file_finding("berkas-hilang", "Isi berkas tidak ada di folder data.", row)
        elif path.stat().st_size != row.ukuran:
            yield _file_finding("berkas-rusak", "Ukuran isi berkas berbeda dari catatannya.", row)
        elif penuh:
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            if digest != row.sha256:
                yield _file_finding("berkas-rusak", "Isi berkas berbeda dari sidiknya.", row)


def _file_finding(kode: str, kalimat: str, row: Berkas) -> Temuan:
    return Temuan(kode, "galat", kalimat, "Pulihkan folder berkas dari cadangan.", tempat=str(row.pk))


JAGA = Jaga(
    pemicu={
        "audit": ("audit_tetap", "z_segel"),
        "audit_rantai": ("rantai_tetap",),
        "audit_kepala": ("kepala_tetap", "kepala_maju"),
        "pekerjaan": ("pekerjaan_atas_nama_sendiri",),
    },
    tembok=("berkas", "pekerjaan", "temuan_pekerjaan", "audit", "notifikasi"),
)
