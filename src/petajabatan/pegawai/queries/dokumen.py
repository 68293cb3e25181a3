"""The whole map of an instansi as one document, straight from rows."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import connection

from petajabatan.inti.jam import today
from petajabatan.pegawai.queries.peta import day_of_b

# Names of the columns are the names of the fields in the document.
UNOR = """SELECT r.unor_id AS id, u.id_siasn, r.atasan_id, r.urutan, r.nama, r.nama_jabatan, r.jenis,
  e.nama AS eselon, r.wilayah_id AS wilayah
FROM unor_riwayat r JOIN unor u ON u.id = r.unor_id LEFT JOIN eselon e ON e.kode = r.eselon_id
WHERE r.instansi_id = %(instansi)s AND r.sejak <= %(versi)s AND r.hingga > %(versi)s
ORDER BY r.unor_id"""
_POSISI = """SELECT p.posisi_id AS id, p.unor_id, p.urutan, p.nama, p.jenis, p.jenjang_id AS jenjang,
  p.jabatan_id, p.kepala, p.kelas, p.k, coalesce(b.b, 0) AS b, b.b - p.k AS selisih,
  coalesce(b.paruh_waktu, 0) AS paruh_waktu
FROM posisi_riwayat p {sumber}
WHERE p.instansi_id = %(instansi)s AND p.sejak <= %(versi)s AND p.hingga > %(versi)s
ORDER BY p.posisi_id"""
POSISI_KINI = _POSISI.replace("b.b - p.k", "coalesce(b.b, 0) - p.k").format(
    sumber="LEFT JOIN bezetting_posisi b ON b.posisi_id = p.posisi_id"
)
POSISI_PADA = _POSISI.replace("b.b - p.k", "coalesce(b.b, 0) - p.k").format(
    sumber="LEFT JOIN bezetting_pada(%(instansi)s, %(hari)s) b ON b.posisi_id = p.posisi_id"
)


def map_rows(
    instansi_id: int, versi: int, tanggal: dt.date | None = None
) -> tuple[dt.date, list[dict[str, Any]], list[dict[str, Any]]]:
    """The day B is counted for, units and boxes as of a version. K and B in persons; ``selisih`` = B − K.

    Two statements besides those that find the day. Nothing is linked or totalled: the receiver has the tree
    in ``atasan_id`` and ``unor_id``.
    """
    day = day_of_b(instansi_id, versi, tanggal)
    params = {"instansi": instansi_id, "versi": versi, "hari": day}
    return day, _dicts(UNOR, params), _dicts(POSISI_KINI if day == today() else POSISI_PADA, params)


def _dicts(sql: str, params: dict[str, Any]) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor]
