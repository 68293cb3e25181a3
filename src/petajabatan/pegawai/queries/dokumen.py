"""The whole map of an instansi as one JSON document, written by the database.

60,000 objects built and encoded in Python take longer than reading their rows; here each row arrives as the
text of its object and the lists are only joined.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import connection

from petajabatan.inti.jam import today
from petajabatan.pegawai.queries.bezetting import SEATS_ON, SEATS_TODAY
from petajabatan.pegawai.queries.peta import day_of_b

UNOR_FIELDS = {
    "id": "r.unor_id",
    "id_siasn": "to_json(u.id_siasn)",
    "atasan_id": "r.atasan_id",
    "urutan": "r.urutan",
    "nama": "to_json(r.nama)",
    "nama_jabatan": "to_json(r.nama_jabatan)",
    "jenis": "to_json(r.jenis)",
    "eselon": "to_json(e.nama)",
    "wilayah": "to_json(r.wilayah_id)",
}
POSISI_FIELDS = {
    "id": "p.posisi_id",
    "unor_id": "p.unor_id",
    "urutan": "p.urutan",
    "nama": "to_json(p.nama)",
    "jenis": "to_json(p.jenis)",
    "jenjang": "to_json(p.jenjang_id)",
    "jabatan_id": "p.jabatan_id",
    "kepala": "p.kepala",
    "kelas": "p.kelas",
    "k": "p.k",
    "b": "coalesce(b.b, 0)",
    "selisih": "coalesce(b.b, 0) - p.k",
    "paruh_waktu": "coalesce(b.paruh_waktu, 0)",
}


def object_sql(fields: dict[str, str]) -> str:
    """SQL that gives one row as the text of a JSON object; text columns come quoted by to_json."""
    parts = [f"""'{"," if n else "{"}"{name}":' || coalesce(({value})::text, 'null')"""
             for n, (name, value) in enumerate(fields.items())]  # fmt: skip
    return " || ".join(parts) + " || '}'"


UNOR = f"""SELECT {object_sql(UNOR_FIELDS)}
FROM unor_riwayat r JOIN unor u ON u.id = r.unor_id LEFT JOIN eselon e ON e.kode = r.eselon_id
WHERE r.instansi_id = %(instansi)s AND r.sejak <= %(versi)s AND r.hingga > %(versi)s ORDER BY r.unor_id"""
_KOTAK = f"""SELECT {object_sql(POSISI_FIELDS)} FROM posisi_riwayat p {{sumber}}
WHERE p.instansi_id = %(instansi)s AND p.sejak <= %(versi)s AND p.hingga > %(versi)s ORDER BY p.posisi_id"""
POSISI_KINI = _KOTAK.replace("{sumber}", f"LEFT JOIN {SEATS_TODAY} b ON b.posisi_id = p.posisi_id")
POSISI_PADA = _KOTAK.replace("{sumber}", f"LEFT JOIN {SEATS_ON} b ON b.posisi_id = p.posisi_id")


def map_json(instansi_id: int, versi: int, tanggal: dt.date | None = None) -> tuple[dt.date, str, str]:
    """The day B is counted for, and the units and boxes as of a version as JSON arrays, ordered by id.

    K and B in persons; ``selisih`` = B − K, null without K. Two statements besides those that find the day.
    Nothing is linked or totalled: the receiver has the tree in ``atasan_id`` and ``unor_id``.
    """
    day = day_of_b(instansi_id, versi, tanggal)
    params = {"instansi": instansi_id, "versi": versi, "hari": day}
    return day, _array(UNOR, params), _array(POSISI_KINI if day == today() else POSISI_PADA, params)


def _array(sql: str, params: dict[str, Any]) -> str:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return "[" + ",".join([row[0] for row in cursor.fetchall()]) + "]"
