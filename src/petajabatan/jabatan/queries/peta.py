"""The whole map of an instansi in memory."""

from __future__ import annotations

import datetime as dt
from itertools import starmap
from typing import Any

from django.db import connection

from petajabatan.jabatan.queries.versi import version_of
from petajabatan.jabatan.rules.peta import Kotak, Peta, Simpul, build_peta

# Columns stand in the order of the dataclasses' fields, so that a row becomes an object without renaming.
# Plan: index (instansi_id, hingga, sejak); the rows come unsorted, the tree sorts siblings.
UNITS_AS_OF = """
SELECT r.unor_id, r.atasan_id, r.nama, r.nama_jabatan, r.jenis, e.nama, r.urutan, u.id_siasn
FROM unor_riwayat r JOIN unor u ON u.id = r.unor_id LEFT JOIN eselon e ON e.kode = r.eselon_id
WHERE r.instansi_id = %(instansi)s AND r.sejak <= %(versi)s AND r.hingga > %(versi)s
"""
BOXES_AS_OF = """
SELECT posisi_id, unor_id, nama, jenis, jenjang_id, kelas, k, kepala, urutan, jabatan_id
FROM posisi_riwayat
WHERE instansi_id = %(instansi)s AND sejak <= %(versi)s AND hingga > %(versi)s
"""


def peta_of(instansi_id: int, versi: int | None = None, tanggal: dt.date | None = None) -> Peta:
    """The map as of a version or date, with K only (``b`` is 0 everywhere; see ``pegawai.queries``).

    Three SQL statements besides the clock's, whatever the size. Raises PetaTidakAda.
    """
    version = version_of(instansi_id, versi, tanggal)
    params = {"instansi": instansi_id, "versi": version.nomor}
    units = starmap(Simpul, fetch(UNITS_AS_OF, params))
    boxes = starmap(Kotak, fetch(BOXES_AS_OF, params))
    return build_peta(instansi_id, version.nomor, version.berlaku, units, boxes)


def fetch(sql: str, params: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()
