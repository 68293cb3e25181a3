"""Carries one file through: staging, validation, upsert, missing rows, findings, record. One transaction.

Everything after reading is set-based SQL in two temporary tables: ``mentah`` holds the file's text, ``masuk``
the same rows as columns of the target table with the reason that refuses them, if any.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connection, models

from petajabatan.inti.actor import Actor
from petajabatan.inti.models import Audit
from petajabatan.inti.pekerjaan import Kemajuan
from petajabatan.referensi.importers import berkas as file_reader
from petajabatan.referensi.importers.laporan import LaporanBerkas
from petajabatan.referensi.importers.spek import Spek, quote
from petajabatan.referensi.importers.temuan import store_findings, store_rejects
from petajabatan.referensi.models import ImporReferensi

VERSI = "1"
"""Part of every fingerprint; raised when the reading of files changes, so that they are read again."""
BAGIAN_HILANG_MAKS = 0.2
"""A newer file that lacks a larger share of its list than this is taken as truncated: nothing is retired."""
HILANG_DIABAIKAN = 50
"""Up to this many missing rows are retired whatever their share."""


STATISTIK_MULAI = 500
"""Rows written after which the planner's statistics of the table are gathered at once."""


class KolomKurang(Exception):
    """The file lacks columns the list cannot do without."""


def _model(spek: Spek) -> type[models.Model]:
    for model in apps.get_app_config("referensi").get_models():
        if model._meta.db_table == spek.tabel:
            return model
    raise LookupError(spek.tabel)


def run(
    spek: Spek,
    path: Path,
    name: str,
    actor: Actor,
    kemajuan: Kemajuan,
    langkah: tuple[int, int],
    *,
    paksa: bool,
) -> LaporanBerkas:
    """Import one file in the open transaction. Raises BerkasTakTerbaca or KolomKurang.

    ``langkah`` is (done, total) in files, for the progress report; ``paksa`` reads a file again although it is
    known, and retires rows however many are missing.
    """
    begun = time.monotonic()
    _execute("SELECT pg_advisory_xact_lock(hashtext('impor-referensi'))")
    seen = file_reader.inspect(path)
    sidik = _fingerprint(spek, seen.sha256)
    last = ImporReferensi.objects.filter(daftar=spek.daftar, berkas=name).order_by("-id").first()
    if last is not None and last.sidik == sidik and not paksa:
        return _unchanged(spek, last)
    laporan = LaporanBerkas(spek.daftar, name)
    _drop()
    # The lists this file refers to may be empty or just filled; never let a stale guess of their size make
    # the planner join a nation of schools row by row.
    _execute("SET LOCAL enable_nestloop = off")
    columns = _stage(spek, path, seen.encoding, laporan, kemajuan, name, langkah)
    kemajuan(*langkah, tahap=f"{name} · memeriksa {laporan.dibaca:,} baris".replace(",", "."))
    _shape(spek, columns, laporan)
    store_rejects(name, laporan)
    if spek.cara != "banding":
        _upsert(spek, laporan)
    else:
        laporan.tetap = laporan.dibaca - laporan.ditolak - laporan.dilewati
    if spek.cara == "isi" and not spek.bawaan:
        _retire(spek, laporan, paksa=paksa)
    grown = laporan.ditambah + laporan.berubah > STATISTIK_MULAI
    if grown:
        _execute("SELECT segarkan_statistik_referensi(%s)", [spek.tabel])
    for statement in spek.sesudah:
        _execute(statement)
    if grown and spek.sesudah:
        _execute("SELECT segarkan_statistik_referensi('kata_referensi')")
    store_findings(spek, name, laporan)
    _drop()
    _execute("SET LOCAL enable_nestloop = on")
    laporan.detik = time.monotonic() - begun
    _record(spek, name, sidik, seen.sha256, actor, laporan)
    return laporan


def _execute(sql: str, params: list[Any] | None = None) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall() if cursor.description else []


def _drop() -> None:
    _execute("DROP TABLE IF EXISTS mentah, masuk, temuan_baru, hilang_baru")


def _fingerprint(spek: Spek, sha256: str) -> str:
    """Content, reading rules, and the state of the lists whose ids this file refers to."""
    depends = _execute(
        "SELECT DISTINCT ON (daftar, berkas) berkas, isi_sha256 FROM impor_referensi WHERE daftar = ANY(%s)"
        " AND berkas <> %s ORDER BY daftar, berkas, id DESC",
        [list(spek.bergantung), spek.berkas],
    )
    parts = [VERSI, sha256, spek.sumber, *(f"{b}={h}" for b, h in sorted(depends))]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _unchanged(spek: Spek, last: ImporReferensi) -> LaporanBerkas:
    return LaporanBerkas(
        spek.daftar,
        last.berkas,
        dibaca=last.dibaca,
        tetap=last.ditambah + last.berubah + last.tetap,
        ditolak=last.ditolak,
        dilewati=last.dilewati,
        hilang=last.hilang,
        sudah=True,
    )


def _stage(
    spek: Spek,
    path: Path,
    encoding: str,
    laporan: LaporanBerkas,
    kemajuan: Kemajuan,
    name: str,
    langkah: tuple[int, int],
) -> list[str]:
    """COPY the columns we know into ``mentah``; returns their names."""
    header, rows = file_reader.read(path, encoding)
    by_name = {column.casefold(): index for index, column in reversed(list(enumerate(header)))}
    missing = [column for column in spek.wajib if column.casefold() not in by_name]
    if missing:
        raise KolomKurang(
            f"kolom yang wajib ada tidak ditemukan: {', '.join(missing)}; yang ada: {', '.join(header)[:200]}"
        )
    known = list(dict.fromkeys([*spek.wajib, *spek.pilihan]))
    expected = {column.casefold() for column in (*known, *spek.abaikan)}
    unknown = [column for column in header if column and column.casefold() not in expected]
    if unknown:
        laporan.catatan.append(f"Kolom yang tidak dikenal tidak disimpan: {', '.join(unknown)[:200]}.")
    if encoding == "cp1252":
        laporan.catatan.append("Berkas bukan UTF-8; dibaca sebagai Windows-1252. Periksa huruf khususnya.")
    # A column that may be absent is staged all the same, so that the expressions stay valid.
    positions = [by_name.get(column.casefold()) for column in known]
    columns = ", ".join(f'"{column}" text' for column in known)
    _execute(f"CREATE TEMP TABLE mentah (_baris int, _cacat text, {columns}) ON COMMIT DROP")
    with connection.cursor() as cursor:
        count = 0
        with cursor.copy("COPY mentah FROM STDIN") as copy:
            for number, flaw, values in _counted(rows, kemajuan, name, langkah):
                copy.write_row((number, flaw, *(None if p is None else values[p] for p in positions)))
                count += 1
    laporan.dibaca = count
    _execute("ANALYZE mentah")
    return known


def _counted(
    rows: Iterator[file_reader.Baris], kemajuan: Kemajuan, name: str, langkah: tuple[int, int]
) -> Iterator[file_reader.Baris]:
    for count, row in enumerate(rows):
        if count % 5000 == 0:
            kemajuan(*langkah, tahap=f"{name} · {count:,} baris".replace(",", "."))
        yield row


def _limits(spek: Spek) -> list[tuple[str, str]]:
    """What the target columns themselves cannot hold: (condition, reason)."""
    reasons = []
    for field in _model(spek)._meta.fields:
        column = spek.kolom.get(field.column or "")
        if column is None:
            continue
        if isinstance(field, models.CharField) and field.max_length:
            what = quote(f"{field.column} lebih dari {field.max_length} huruf")
            reasons.append((f"length(({column.sql})::text) > {field.max_length}", what))
        elif isinstance(field, models.SmallIntegerField):
            reasons.append((f"abs(({column.sql})::bigint) > 32767", quote(f"{field.column} terlalu besar")))
    return reasons


def _shape(spek: Spek, columns: list[str], laporan: LaporanBerkas) -> None:
    """Turn text into target columns and say what refuses each row."""
    tests = [pair for column in spek.kolom.values() for pair in column.tolak] + _limits(spek)
    reasons = ", ".join(f"CASE WHEN {condition} THEN {reason} END" for condition, reason in tests) or "NULL"
    values = ", ".join(f"{column.sql} AS {name}" for name, column in spek.kolom.items())
    keys = ", ".join(spek.kunci)
    _execute(f"""
      CREATE TEMP TABLE masuk ON COMMIT DROP AS
      SELECT x.*, CASE WHEN _alasan = '' THEN
               first_value(_baris) OVER (PARTITION BY {keys}, _alasan = '' ORDER BY _baris) END AS _pertama
      FROM (SELECT s._baris, concat_ws('; ', s._cacat, {reasons}) AS _alasan, {values}
            FROM mentah s {spek.gabung} WHERE s._cacat IS NOT NULL OR ({spek.saring})) x""")
    _execute(
        "UPDATE masuk SET _alasan = 'kunci yang sama sudah dipakai baris ' || _pertama"
        " WHERE _alasan = '' AND _pertama <> _baris"
    )
    (total,) = _execute("SELECT count(*) FROM masuk")[0]
    laporan.dilewati = laporan.dibaca - total
    _execute("ANALYZE masuk")


def _match(spek: Spek, left: str, right: str) -> str:
    """Equality of the keys; IS NOT DISTINCT FROM only where a key may be empty (it cannot use an index)."""
    return " AND ".join(
        f"{left}.{key} IS NOT DISTINCT FROM {right}.{key}"
        if spek.kolom[key].boleh_kosong
        else f"{left}.{key} = {right}.{key}"
        for key in spek.kunci
    )


def _upsert(spek: Spek, laporan: LaporanBerkas) -> None:
    """One statement: new rows go in, differing rows are corrected, equal rows are not touched."""
    names = list(spek.kolom)
    extra = {}
    if "sumber" not in spek.kolom:
        extra["sumber"] = quote(spek.sumber)
    if "berlaku_dari" not in spek.kolom:
        extra["berlaku_dari"] = f"{quote(spek.berlaku_dari)}::date" if spek.berlaku_dari else "NULL::date"
    content = [n for n, c in spek.kolom.items() if not (c.kunci or c.hanya_baru or c.ikut)]
    if spek.bawaan:
        content = [n for n in content if n not in ("sumber", "berlaku_dari")]
    written = [n for n in names if not (spek.kolom[n].kunci or spek.kolom[n].hanya_baru)]
    primary = _model(spek)._meta.pk.column
    changed = []
    if content:
        left, right = (", ".join(f"{alias}.{n}" for n in content) for alias in ("t", "m"))
        changed.append(f"ROW({left}) IS DISTINCT FROM ROW({right})")
    if spek.cara == "isi":
        changed.append("NOT t.aktif")
        written += [*extra, "aktif"]
    differs = " OR ".join(changed) or "false"
    if spek.bawaan:  # what an import has corrected stays corrected
        differs = f"({differs}) AND (t.sumber = '' OR t.sumber IN (SELECT sumber FROM masuk))"
    assignments = ", ".join(f"{n} = excluded.{n}" for n in written)
    action = f"DO UPDATE SET {assignments}" if assignments else "DO NOTHING"
    fixed = {k: v for k, v in _defaults(spek).items() if k != "sumber"} | extra
    columns = [*names, *fixed, "aktif"]
    selected = ", ".join([*(f"m.{n}" for n in names), *fixed.values(), "true"])
    ((added, altered, accepted),) = _execute(f"""
      WITH tulis AS (
        INSERT INTO {spek.tabel} ({", ".join(columns)})
        SELECT {selected} FROM masuk m LEFT JOIN {spek.tabel} t ON {_match(spek, "t", "m")}
        WHERE m._alasan = '' AND (t.{primary} IS NULL OR ({differs}))
        ORDER BY m._baris
        ON CONFLICT ({", ".join(spek.kunci)}) {action}
        RETURNING (xmax = 0) AS baru)
      SELECT count(*) FILTER (WHERE baru), count(*) FILTER (WHERE NOT baru),
        (SELECT count(*) FROM masuk WHERE _alasan = '') FROM tulis""")
    laporan.ditambah, laporan.berubah = added, altered
    laporan.tetap = accepted - added - altered


def _defaults(spek: Spek) -> dict[str, str]:
    """Values of new rows for columns this file says nothing about."""
    values = {}
    for field in _model(spek)._meta.fields:
        if field.column in spek.kolom or field.null or not field.has_default() or field.column == "aktif":
            continue
        default = field.get_default()
        values[field.column or ""] = "'{}'::jsonb" if default == {} else quote(str(default))
    return values


def _retire(spek: Spek, laporan: LaporanBerkas, *, paksa: bool) -> None:
    """Rows this list brought earlier and no longer has: ``aktif = false``, unless a map or a person uses them."""
    # The part of the key that comes from the file; the rest is the same for the whole list.
    own_key = [name for name in spek.kunci if 's."' in spek.kolom[name].sql] or list(spek.kunci)
    key = f"t.{own_key[-1]}::text"
    label = "t.nama" if "nama" in spek.kolom else key
    primary = _model(spek)._meta.pk.column
    owned = f"t.sumber = {quote(spek.sumber)} AND ({spek.lingkup})"
    _execute(f"""
      CREATE TEMP TABLE hilang_baru ON COMMIT DROP AS
      SELECT t.{primary} AS pk, {key} AS kunci, {label} AS nama, t.aktif, false AS dipakai FROM {spek.tabel} t
      WHERE {owned} AND NOT EXISTS (SELECT 1 FROM masuk m WHERE m._alasan = '' AND {_match(spek, "m", "t")})""")
    ((missing, total),) = _execute(
        f"SELECT (SELECT count(*) FROM hilang_baru), (SELECT count(*) FROM {spek.tabel} t WHERE {owned})"
    )
    laporan.hilang = missing
    if not missing:
        return
    for table, column, target in _references(spek):
        _execute(
            f"UPDATE hilang_baru h SET dipakai = true FROM {spek.tabel} t WHERE t.{primary} = h.pk"
            f" AND EXISTS (SELECT 1 FROM {table} r WHERE r.{column} = t.{target})"
        )
    if paksa or missing <= HILANG_DIABAIKAN or missing <= total * BAGIAN_HILANG_MAKS:
        _execute(
            f"UPDATE {spek.tabel} t SET aktif = false FROM hilang_baru h"
            f" WHERE h.pk = t.{primary} AND t.aktif AND NOT h.dipakai"
        )
        _execute("UPDATE hilang_baru SET aktif = aktif AND dipakai")


def _references(spek: Spek) -> list[tuple[Any, ...]]:
    """Tables of other apps that point at this list: (table, column, our column)."""
    own = [model._meta.db_table for model in apps.get_app_config("referensi").get_models()]
    return _execute(
        "SELECT k.relname, a.attname, b.attname FROM pg_constraint c JOIN pg_class k ON k.oid = c.conrelid"
        " JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]"
        " JOIN pg_attribute b ON b.attrelid = c.confrelid AND b.attnum = c.confkey[1]"
        " WHERE c.contype = 'f' AND c.confrelid = %s::regclass AND NOT k.relname = ANY(%s)",
        [spek.tabel, own],
    )


def _record(spek: Spek, name: str, sidik: str, sha256: str, actor: Actor, laporan: LaporanBerkas) -> None:
    counts = {
        field: getattr(laporan, field)
        for field in ("dibaca", "ditambah", "berubah", "tetap", "ditolak", "dilewati", "hilang")
    }
    ImporReferensi.objects.create(
        daftar=spek.daftar,
        berkas=name,
        sidik=sidik,
        isi_sha256=sha256,
        bawaan=spek.bawaan,
        aktor=actor.nama[:80],
        detik=laporan.detik,
        **counts,
    )
    Audit.objects.create(
        aktor=str(actor.id or actor.nama)[:80],
        permintaan=actor.request_id[:64],
        aksi="muat-bawaan" if spek.bawaan else "impor",
        objek=f"referensi:{spek.daftar}"[:80],
        jumlah=laporan.ditambah + laporan.berubah,
        rincian={"berkas": name, "sha256": sha256, **counts},
    )
