"""What the drawer shows of one unit: totals, its boxes, the totals of the units below. One statement each."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import starmap
from typing import Any

from petajabatan.pegawai.queries import Bezetting, bezetting_of_units
from petajabatan.web.peta.konteks import Konteks
from petajabatan.web.peta.queries import b_of_version, fetch, sql_for

UNIT_COUNTS = """
SELECT coalesce(t.k, 0), coalesce(t.n_posisi, 0), coalesce(t.n_unor, 1), coalesce(b.b_sendiri, 0),
  coalesce(b.b, 0), coalesce(b.paruh_waktu, 0), coalesce(b.tanpa_posisi, 0), coalesce(b.tanpa_posisi_bawah, 0)
FROM (SELECT %(unor)s::bigint AS unor_id) u
LEFT JOIN unor_total_riwayat t ON t.unor_id = u.unor_id AND {hidup_t}
LEFT JOIN bezetting_unor b ON b.unor_id = u.unor_id
"""
# The unit itself on another day: its boxes of that version, and people on it without one.
UNIT_ON = """
SELECT coalesce(sum(h.b) FILTER (WHERE p.posisi_id IS NOT NULL), 0),
  coalesce(sum(h.b) FILTER (WHERE h.unor_id IS NOT NULL), 0)
FROM bezetting_pada(%(instansi)s, %(hari_b)s::date) h
LEFT JOIN posisi_riwayat p ON p.posisi_id = h.posisi_id AND {hidup_p} AND p.unor_id = %(unor)s
WHERE h.unor_id = %(unor)s OR p.posisi_id IS NOT NULL
"""
BOXES_OF_UNIT = """
SELECT p.posisi_id, p.nama, p.jenis, coalesce(j.nama, ''), p.kelas, p.k, coalesce(b.b, 0),
  coalesce(b.paruh_waktu, 0), p.kepala
FROM posisi_riwayat p
LEFT JOIN {bezetting} b ON b.posisi_id = p.posisi_id
LEFT JOIN jenjang j ON j.kode = p.jenjang_id
WHERE p.unor_id = %(unor)s AND {hidup_p} ORDER BY NOT p.kepala, p.jenis, p.urutan, p.posisi_id
"""
CHILD_TOTALS = """
SELECT r.unor_id, r.nama, coalesce(t.k, 0), coalesce(b.b, 0)
FROM unor_riwayat r
LEFT JOIN unor_total_riwayat t ON t.unor_id = r.unor_id AND {hidup_t}
LEFT JOIN bezetting_unor b ON b.unor_id = r.unor_id
WHERE r.atasan_id = %(unor)s AND {hidup_r} ORDER BY r.urutan, r.unor_id
"""


@dataclass(frozen=True)
class JumlahUnor:
    """Persons, boxes and units of a unit's subtree; ``b_sendiri`` only of its own boxes; ``tanpa_posisi``
    people on the unit who have no box and therefore do not count for B."""

    k: int
    n_posisi: int
    n_unor: int
    b_sendiri: int
    b: int
    paruh_waktu: int
    tanpa_posisi: int
    tanpa_posisi_bawah: int

    @property
    def selisih(self) -> int:
        return self.b - self.k


@dataclass(frozen=True)
class KotakUnor:
    id: int
    nama: str
    jenis: str
    jenjang: str
    kelas: int | None
    k: int | None
    b: int
    paruh_waktu: int
    kepala: bool

    @property
    def selisih(self) -> int | None:
        return None if self.k is None else self.b - self.k

    @property
    def kosong(self) -> bool:
        return not self.kepala and not self.k and self.b == 0 and self.paruh_waktu == 0


@dataclass(frozen=True)
class AnakUnor:
    id: int
    nama: str
    k: int
    b: int

    @property
    def selisih(self) -> int:
        return self.b - self.k


def unit_counts(konteks: Konteks, unor: int) -> JumlahUnor:
    """Totals of a unit; of another version or day, as its units and people stood then."""
    params = konteks.params | {"unor": unor}
    row = list(fetch(sql_for(konteks, UNIT_COUNTS), params)[0])
    if not konteks.cepat:
        below = bezetting_of_units([unor], konteks.hari_b).get(unor, Bezetting())
        row[3], row[6] = fetch(sql_for(konteks, UNIT_ON), params)[0]
        row[4], row[5], row[7] = b_of_version(konteks).get(unor, 0), below.paruh_waktu, below.tanpa_posisi
    return JumlahUnor(*map(int, row))


def boxes_of_unit(konteks: Konteks, unor: int) -> list[KotakUnor]:
    """Every box of a unit, empty ones too, head first. One statement."""
    return list(starmap(KotakUnor, fetch(sql_for(konteks, BOXES_OF_UNIT), konteks.params | {"unor": unor})))


def child_totals(konteks: Konteks, unor: int) -> list[AnakUnor]:
    """Subtree totals of the units right below."""
    rows: list[tuple[Any, ...]] = fetch(sql_for(konteks, CHILD_TOTALS), konteks.params | {"unor": unor})
    totals = None if konteks.cepat else b_of_version(konteks)
    return [
        AnakUnor(i, nama, int(k), int(b) if totals is None else totals.get(i, 0)) for i, nama, k, b in rows
    ]
