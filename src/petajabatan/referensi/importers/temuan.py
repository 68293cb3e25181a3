"""Keeping what is wrong with a file: refused rows whole with their reason, defects of the accepted ones."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection

from petajabatan.inti.temuan import Temuan
from petajabatan.referensi.importers.laporan import LaporanBerkas
from petajabatan.referensi.importers.spek import Periksa, Spek
from petajabatan.referensi.models import TemuanReferensi, TolakanReferensi

RINCI_MAKS = 500
"""Findings of one kind and file kept one by one; beyond it one summary says how many there are."""

GANDA = Periksa(
    "kunci-ganda",
    "peringatan",
    "Baris pertama dipakai; laporkan kepada penerbit daftar agar salah satunya dibetulkan.",
    "",
)
HILANG = Periksa(
    "hilang-dari-daftar",
    "catatan",
    "Pastikan berkas baru lengkap. Baris yang masih dipakai tetap aktif sampai peta disesuaikan.",
    "",
)


def store_rejects(name: str, laporan: LaporanBerkas) -> None:
    """Move refused rows of ``masuk`` to tolakan_referensi; the same row of the same file is kept once."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM masuk WHERE _alasan <> ''")
        laporan.ditolak = cursor.fetchone()[0]
        cursor.execute(
            """
            WITH buruk AS (
              SELECT DISTINCT ON (sidik) * FROM (
                SELECT m._baris, m._alasan, to_jsonb(s) - '_baris' - '_cacat' AS isi,
                  encode(sha256(convert_to((to_jsonb(s) - '_baris')::text, 'UTF8')), 'hex') AS sidik
                FROM masuk m JOIN mentah s USING (_baris) WHERE m._alasan <> '') x
              ORDER BY sidik, _baris),
            simpan AS (
              INSERT INTO tolakan_referensi (berkas, sidik, baris, isi, alasan, aktif)
              SELECT %(berkas)s, sidik, _baris, isi, _alasan, true FROM buruk
              ON CONFLICT (berkas, sidik) DO UPDATE SET baris = excluded.baris, alasan = excluded.alasan, aktif = true
              WHERE (tolakan_referensi.baris, tolakan_referensi.alasan, tolakan_referensi.aktif)
                IS DISTINCT FROM (excluded.baris, excluded.alasan, true))
            UPDATE tolakan_referensi t SET aktif = false
            WHERE berkas = %(berkas)s AND aktif AND NOT EXISTS (SELECT 1 FROM buruk b WHERE b.sidik = t.sidik)
            """,
            {"berkas": name},
        )


def store_findings(spek: Spek, name: str, laporan: LaporanBerkas) -> None:
    """Run the list's checks and keep their findings; those of this file that no longer hold are closed."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE temuan_baru (kode text, tingkat text, kunci text, kalimat text, perbaikan text,"
            " isi jsonb) ON COMMIT DROP"
        )
        for check in (*spek.periksa, *_general(spek)):
            body = check.sql.replace("%", "%%")
            cursor.execute(
                f"""
                WITH q AS MATERIALIZED ({body})
                INSERT INTO temuan_baru
                SELECT %(kode)s, %(tingkat)s,
                  CASE WHEN length(kunci) > 120 THEN left(kunci, 87) || '#' || md5(kunci) ELSE kunci END,
                  kalimat, %(perbaikan)s, isi || jsonb_build_object('berkas', %(berkas)s::text, 'baris', baris)
                FROM (SELECT DISTINCT ON (kunci) * FROM q ORDER BY kunci) d
                WHERE (SELECT count(*) FROM q) <= {RINCI_MAKS} OR %(semua)s
                UNION ALL
                SELECT %(kode)s, %(tingkat)s, '(ringkasan)', count(*) || ' hal serupa; contoh: ' || min(kalimat),
                  %(perbaikan)s, jsonb_build_object('berkas', %(berkas)s::text, 'jumlah', count(*))
                FROM q HAVING count(*) > {RINCI_MAKS} AND NOT %(semua)s
                """,
                {
                    "kode": check.kode,
                    "tingkat": check.tingkat,
                    "perbaikan": check.perbaikan,
                    "berkas": name,
                    "semua": check.kode in SATU_PER_SATU,
                },
            )
        cursor.execute(
            """
            INSERT INTO temuan_referensi (daftar, kode, tingkat, kunci, kalimat, perbaikan, isi, aktif)
            SELECT %(daftar)s, kode, tingkat, kunci, kalimat, perbaikan, isi, true FROM temuan_baru
            ON CONFLICT (daftar, kode, kunci) DO UPDATE SET kalimat = excluded.kalimat, isi = excluded.isi,
              tingkat = excluded.tingkat, perbaikan = excluded.perbaikan, aktif = true
            WHERE (temuan_referensi.kalimat, temuan_referensi.isi, temuan_referensi.perbaikan, temuan_referensi.aktif)
              IS DISTINCT FROM (excluded.kalimat, excluded.isi, excluded.perbaikan, true)
            """,
            {"daftar": spek.daftar},
        )
        cursor.execute(
            "UPDATE temuan_referensi t SET aktif = false WHERE daftar = %(daftar)s AND isi->>'berkas' = %(berkas)s"
            " AND aktif AND NOT EXISTS (SELECT 1 FROM temuan_baru b WHERE b.kode = t.kode AND b.kunci = t.kunci)",
            {"daftar": spek.daftar, "berkas": name},
        )
        cursor.execute("SELECT count(*) FROM temuan_baru")
        laporan.temuan = cursor.fetchone()[0]


SATU_PER_SATU = frozenset({"nama-banyak-id"})
"""Kinds kept one by one however many there are: each needs its own decision."""


def _general(spek: Spek) -> list[Periksa]:
    """Checks every list shares: keys used twice, rows gone from a newer file."""
    keys = " || ' / ' || ".join(f"coalesce(m.{key}::text, '')" for key in spek.kunci)
    this, first = ("m.nama", "a.nama") if "nama" in spek.kolom else ("NULL::text", "NULL::text")
    checks = [
        Periksa(
            GANDA.kode,
            GANDA.tingkat,
            GANDA.perbaikan,
            f"SELECT {keys} AS kunci, 'Kunci ' || {keys} || ' ada di baris ' || a._baris ||"
            f" coalesce(' (' || {first} || ')', '') || ' dan baris ' || m._baris ||"
            f" coalesce(' (' || {this} || ')', '') || '; baris ' || a._baris || ' yang dipakai.' AS kalimat,"
            f" jsonb_build_object('nama', {this}, 'nama_pertama', {first}) AS isi, m._baris AS baris"
            " FROM masuk m JOIN masuk a ON a._baris = m._pertama WHERE m._pertama <> m._baris",
        )
    ]
    if spek.cara == "isi" and not spek.bawaan:
        checks.append(
            Periksa(
                HILANG.kode,
                HILANG.tingkat,
                HILANG.perbaikan,
                "SELECT kunci, coalesce(nama, kunci) || ' (' || kunci || ') tidak ada lagi dalam berkas; ' ||"
                " CASE WHEN dipakai THEN 'tetap aktif karena masih dipakai.'"
                " WHEN aktif THEN 'belum dinonaktifkan karena terlalu banyak baris hilang sekaligus.'"
                " ELSE 'dinonaktifkan.' END AS kalimat,"
                " jsonb_build_object('dipakai', dipakai, 'aktif', aktif) AS isi, NULL::int AS baris FROM hilang_baru",
            )
        )
    return checks


def findings_of(names: Iterable[str]) -> list[Temuan]:
    """Open findings and refused rows of these files, gravest first."""
    names = list(names)
    order = {"galat": 0, "peringatan": 1, "catatan": 2}
    found = [
        Temuan(
            kode=row.kode,
            tingkat=row.tingkat,  # type: ignore[arg-type]
            kalimat=row.kalimat,
            perbaikan=row.perbaikan,
            tempat=f"{row.daftar} · {row.isi.get('berkas')}",
            baris=row.isi.get("baris"),
            nilai=row.kunci,
        )
        for row in TemuanReferensi.objects.filter(aktif=True, isi__berkas__in=names).order_by(
            "daftar", "kode", "id"
        )
    ]
    found += [
        Temuan(
            kode="baris-ditolak",
            tingkat="peringatan",
            kalimat=f"Baris {row.baris} tidak dimuat: {row.alasan}.",
            perbaikan="Perbaiki baris itu pada sumbernya, lalu impor ulang berkasnya.",
            tempat=row.berkas,
            baris=row.baris,
            nilai=str(row.isi)[:200],
        )
        for row in TolakanReferensi.objects.filter(aktif=True, berkas__in=names).order_by("berkas", "baris")[
            :1000
        ]
    ]
    return sorted(found, key=lambda t: order.get(t.tingkat, 3))
