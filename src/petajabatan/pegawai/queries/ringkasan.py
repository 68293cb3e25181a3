"""The list of instansi with their figures, and the nation's totals."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import starmap
from typing import Any

from django.core.paginator import Paginator
from django.db import connection

URUT = {
    "nama": "i.nama, i.id",
    "-nama": "i.nama DESC, i.id DESC",
    "k": "r.k NULLS FIRST, i.id",
    "-k": "r.k DESC NULLS LAST, i.id",
    "b": "r.b NULLS FIRST, i.id",
    "-b": "r.b DESC NULLS LAST, i.id",
    "selisih": "r.b - r.k NULLS LAST, i.id",
    "-selisih": "r.b - r.k DESC NULLS LAST, i.id",
    "-n_unor": "r.n_unor DESC NULLS LAST, i.id",
}
"""Orders a page may ask for; ``selisih`` puts the greatest shortage first."""
MIRIP = 0.5
"""Word similarity from which a name is a hit: one letter wrong in a word of six is found."""


@dataclass(frozen=True, slots=True)
class BarisInstansi:
    """An instansi in the list; figures are None where it has no map yet, which is not zero."""

    id: int
    kode: str
    nama: str
    jenis: str
    jenis_instansi: str | None
    versi: int | None
    n_unor: int | None
    n_posisi: int | None
    k: int | None
    b: int | None
    n_pegawai: int | None

    @property
    def selisih(self) -> int | None:
        """B − K in persons; negative = kekurangan."""
        return None if self.k is None or self.b is None else self.b - self.k


@dataclass(frozen=True, slots=True)
class TotalNasional:
    """Sums over the instansi that match the filter: persons, units, boxes."""

    n_instansi: int = 0
    n_berpeta: int = 0
    n_unor: int = 0
    n_posisi: int = 0
    k: int = 0
    b: int = 0
    n_pegawai: int = 0

    @property
    def selisih(self) -> int:
        return self.b - self.k


@dataclass(frozen=True, slots=True)
class DaftarInstansi:
    """One page of the list. ``halaman`` fits the pagination component."""

    baris: list[BarisInstansi]
    total: TotalNasional
    halaman: Any


_SUMBER = """FROM instansi i LEFT JOIN ringkasan_instansi r ON r.instansi_id = i.id
WHERE (i.aktif OR r.instansi_id IS NOT NULL) AND (%(jenis)s = '' OR i.jenis = %(jenis)s)
  AND (%(jenis_instansi)s = '' OR i.jenis_instansi = %(jenis_instansi)s)
  AND (%(wilayah)s = '' OR i.wilayah_id = %(wilayah)s OR i.wilayah_id LIKE %(wilayah)s || '.%%')
  AND (%(peta)s = '' OR (r.instansi_id IS NOT NULL) = (%(peta)s = 'ada'))
  AND (%(q)s = '' OR i.nama ILIKE %(pola)s OR i.kode_cepat = %(q)s
    OR word_similarity(%(q)s, i.nama) >= %(mirip)s)"""
_TOTAL = f"""SELECT count(*)::int, count(r.instansi_id)::int, coalesce(sum(r.n_unor), 0)::int,
  coalesce(sum(r.n_posisi), 0)::int, coalesce(sum(r.k), 0)::int, coalesce(sum(r.b), 0)::int,
  coalesce(sum(r.n_pegawai), 0)::int {_SUMBER}"""
_BARIS = f"""SELECT i.id, coalesce(i.kode_cepat, ''), i.nama, i.jenis, i.jenis_instansi, r.versi, r.n_unor,
  r.n_posisi, r.k, r.b, r.n_pegawai {_SUMBER}"""


def _params(
    q: str, jenis: str = "", jenis_instansi: str = "", wilayah: str = "", peta: str = ""
) -> dict[str, Any]:
    q = " ".join(q.split())[:100]
    escaped = q.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return {
        "q": q, "pola": f"%{escaped}%", "mirip": MIRIP, "jenis": jenis, "jenis_instansi": jenis_instansi,
        "wilayah": wilayah, "peta": peta,
    }  # fmt: skip


def search_instansi(q: str, batas: int = 20) -> list[BarisInstansi]:
    """Instansi by part of the name (typos tolerated) or BKN's code, with a map or without; those with the
    most units first. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(f"{_BARIS} ORDER BY {URUT['-n_unor']} LIMIT %(batas)s", _params(q) | {"batas": batas})
        return list(starmap(BarisInstansi, cursor.fetchall()))


def b_stamp(instansi_id: int) -> int:
    """Grows whenever B of the instansi is counted anew; what follows from B may be kept by it. One
    statement."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT stempel FROM ringkasan_instansi WHERE instansi_id = %s", [instansi_id])
        found = cursor.fetchone()
    return int(found[0]) if found else 0


def instansi_list(
    *,
    q: str = "",
    jenis: str = "",
    jenis_instansi: str = "",
    wilayah: str = "",
    peta: str = "ada",
    urut: str = "nama",
    hal: int = 1,
    per: int = 25,
) -> DaftarInstansi:
    """The instansi that match, one page of them, and the totals of all that match. Two statements.

    ``q``: part of the name (typos tolerated) or BKN's code; ``jenis`` P or D; ``jenis_instansi`` KEMENT,
    PROV, …; ``wilayah`` a region code, everything below it included; ``peta`` ``ada``, ``belum`` or empty
    for both; ``urut`` a key of ``URUT``.
    """
    params = _params(q, jenis, jenis_instansi, wilayah, peta if peta in ("ada", "belum") else "")
    with connection.cursor() as cursor:
        cursor.execute(_TOTAL, params)
        total = TotalNasional(*cursor.fetchone())
        page = Paginator(range(total.n_instansi), max(1, min(per, 200))).get_page(hal)
        cursor.execute(
            f"{_BARIS} ORDER BY {URUT.get(urut, URUT['nama'])} LIMIT %(batas)s OFFSET %(lewat)s",
            params | {"batas": page.paginator.per_page, "lewat": max(0, page.start_index() - 1)},
        )
        rows = list(starmap(BarisInstansi, cursor.fetchall()))
    return DaftarInstansi(rows, total, page)
