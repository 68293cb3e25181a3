"""The whole map of an instansi in memory."""

from __future__ import annotations

import contextlib
import datetime as dt
import gc
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from django.db import connection
from psycopg.rows import args_row

from petajabatan.jabatan.queries.versi import version_of
from petajabatan.jabatan.rules.peta import Kotak, Peta, Simpul, build_peta, rollup

T = TypeVar("T")

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


def peta_of(
    instansi_id: int, versi: int | None = None, tanggal: dt.date | None = None, *, jumlah: bool = False
) -> Peta:
    """The map as of a version or date, with K only (``b`` is 0 everywhere; see ``pegawai.queries``).

    ``jumlah``: with the totals of every unit (``rollup``). Three SQL statements besides the clock's, whatever
    the size. Raises PetaTidakAda.
    """
    version = version_of(instansi_id, versi, tanggal)
    params = {"instansi": instansi_id, "versi": version.nomor}
    with collector_paused():
        units = fetch_as(Simpul, UNITS_AS_OF, params)
        boxes = fetch_as(Kotak, BOXES_AS_OF, params)
        peta = build_peta(instansi_id, version.nomor, version.berlaku, units, boxes)
        if jumlah:
            rollup(peta)
        return peta


@contextlib.contextmanager
def collector_paused() -> Iterator[None]:
    """Tens of thousands of objects that all stay alive: the garbage collector would walk the whole process
    again and again and find nothing. Reference counting goes on; another thread may resume it, which only
    costs time."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def fetch_as(make: Callable[..., T], sql: str, params: dict[str, Any]) -> list[T]:
    """Rows as objects, made by the driver while it reads: no list of tuples in between."""
    with connection.cursor() as cursor:
        cursor.cursor.row_factory = args_row(make)  # the driver's cursor below Django's
        cursor.execute(sql, params)
        return cursor.fetchall()


def fetch(sql: str, params: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()
