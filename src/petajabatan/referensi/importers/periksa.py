"""Checks several lists share. Each looks at accepted rows and reports; none changes a value."""

from __future__ import annotations

from petajabatan.inti.temuan import Tingkat
from petajabatan.referensi.importers.spek import Periksa, quote

TERIMA = "m._alasan = ''"


def nama_kosong(kunci: str) -> Periksa:
    return Periksa(
        "nama-kosong",
        "peringatan",
        "Minta nama resminya kepada penerbit daftar; sampai itu baris ini tampil tanpa nama.",
        f"SELECT m.{kunci}::text AS kunci, 'Baris dengan kunci ' || m.{kunci} || ' tidak bernama.' AS kalimat,"
        f" '{{}}'::jsonb AS isi, m._baris AS baris FROM masuk m WHERE {TERIMA} AND m.nama IS NULL",
    )


def nama_banyak_id(kunci: str, daftar: str) -> Periksa:
    """One name (case and outer spaces aside) under several ids: a file that names it cannot be matched by name."""
    return Periksa(
        "nama-banyak-id",
        "peringatan",
        "Rujuk dengan id, bukan nama; pencocokan menurut nama tidak memilih salah satunya.",
        f"SELECT upper(btrim(m.nama)) AS kunci, min(m.nama) || ' tercatat dengan ' || count(*) || ' id berbeda"
        f" pada daftar {daftar}.' AS kalimat, jsonb_build_object('jumlah', count(*), 'id',"
        f" (array_agg(m.{kunci} ORDER BY m._baris))[1:50]) AS isi, min(m._baris) AS baris"
        f" FROM masuk m WHERE {TERIMA} AND m.nama IS NOT NULL GROUP BY 1 HAVING count(*) > 1".replace(
            "\n", " "
        ),
    )


def acuan_tak_dikenal(kode: str, kolom: str, target: str, apa: str, kunci: str = "id_siasn") -> Periksa:
    """An id of another list that this installation does not have; grouped by that id."""
    return Periksa(
        kode,
        "peringatan",
        f"Impor daftar {apa} yang memuat id itu, lalu impor ulang berkas ini; tautannya kosong sampai saat itu.",
        f"SELECT s.\"{kolom}\" AS kunci, 'Id {apa} ' || s.\"{kolom}\" || ' tidak dikenal; dirujuk ' || count(*) ||"
        " ' baris, misalnya ' || coalesce(min(m.nama), '(tanpa nama)') || '.' AS kalimat,"
        f" jsonb_build_object('jumlah', count(*), 'kunci', (array_agg(m.{kunci} ORDER BY m._baris))[1:50]) AS isi,"
        " min(m._baris) AS baris FROM masuk m JOIN mentah s USING (_baris)"
        f' WHERE {TERIMA} AND s."{kolom}" IS NOT NULL AND m.{target} IS NULL GROUP BY s."{kolom}"',
    )


def kosong_ringkas(
    kode: str, syarat: str, kalimat: str, perbaikan: str, tingkat: Tingkat = "catatan"
) -> Periksa:
    """One summary finding with the number of rows for which ``syarat`` (over m and s) holds."""
    return Periksa(
        kode,
        tingkat,
        perbaikan,
        f"SELECT '(ringkasan)' AS kunci, count(*) || {quote(' ' + kalimat)} AS kalimat,"
        " jsonb_build_object('jumlah', count(*)) AS isi, min(m._baris) AS baris"
        f" FROM masuk m JOIN mentah s USING (_baris) WHERE {TERIMA} AND ({syarat}) HAVING count(*) > 0",
    )


def tiap_baris(kode: str, syarat: str, kalimat: str, perbaikan: str, kunci: str, tingkat: Tingkat = "peringatan",
               isi: str = "'{}'::jsonb") -> Periksa:  # fmt: skip
    """One finding per row for which ``syarat`` holds; ``kalimat`` is an SQL text expression."""
    return Periksa(
        kode,
        tingkat,
        perbaikan,
        f"SELECT m.{kunci}::text AS kunci, {kalimat} AS kalimat, {isi} AS isi, m._baris AS baris"
        f" FROM masuk m JOIN mentah s USING (_baris) WHERE {TERIMA} AND ({syarat})",
    )
