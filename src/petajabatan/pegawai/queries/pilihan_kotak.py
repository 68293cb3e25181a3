"""Boxes to choose a seat from: those of a unit, and those a search found, with K and B."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from petajabatan.pegawai.queries.orang import fetch


@dataclass(frozen=True, slots=True)
class PilihanKotak:
    """A box of the last map. ``b`` as stored for today; ``terisi``: a head box with a definitive holder."""

    id: int
    nama: str
    unor: str
    kelas: int | None
    k: int | None
    b: int
    kepala: bool

    @property
    def terisi(self) -> bool:
        return self.kepala and self.b > 0


_KOTAK = """SELECT p.posisi_id, p.nama, u.nama, p.kelas, p.k, coalesce(b.b, 0), p.kepala
FROM posisi_riwayat p
JOIN unor_riwayat u ON u.unor_id = p.unor_id AND u.hingga = 2147483647
LEFT JOIN bezetting_posisi b ON b.posisi_id = p.posisi_id
WHERE p.hingga = 2147483647 AND p.instansi_id = %(instansi)s
  AND (p.unor_id = %(unor)s OR p.posisi_id = ANY(%(posisi)s))
ORDER BY p.unor_id <> %(unor)s, NOT p.kepala, p.urutan, p.posisi_id LIMIT 200"""


def boxes_to_choose(instansi_id: int, unor_id: int | None, posisi_ids: Iterable[int]) -> list[PilihanKotak]:
    """Boxes of a unit first, then the others. One statement."""
    params = {"instansi": instansi_id, "unor": unor_id or 0, "posisi": list(posisi_ids)}
    return [PilihanKotak(*row) for row in fetch(_KOTAK, params)]
