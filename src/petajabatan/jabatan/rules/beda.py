"""The difference between two maps as data: what was added, removed, moved, renamed, changed.

Pure. Works on pairs of rows (before, after); ``beda`` makes the pairs from two maps in memory,
``jabatan.queries.difference`` lets the database make them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from petajabatan.jabatan.rules.peta import Kotak, Peta, Simpul

TAMBAH, HAPUS, PINDAH, GANTI_NAMA, UBAH_K, UBAH_KELAS, UBAH, URUTAN = (
    "tambah", "hapus", "pindah", "ganti-nama", "ubah-k", "ubah-kelas", "ubah", "urutan",
)  # fmt: skip
PERUBAHAN = (TAMBAH, HAPUS, PINDAH, GANTI_NAMA, UBAH_K, UBAH_KELAS, UBAH, URUTAN)
"""Kinds of change in the order they are shown; a row may have several of the last six."""


class IsiUnor(NamedTuple):
    """What a version says about a unit."""

    id: int
    atasan_id: int | None
    nama: str
    nama_jabatan: str = ""
    jenis: str = "struktural"
    eselon: str | None = None
    urutan: int = 0
    wilayah: str | None = None
    urusan: tuple[str, ...] = ()
    cepat_kode: str = ""
    dasar_hukum_id: int | None = None
    pasal: str = ""
    halaman: str = ""


class IsiPosisi(NamedTuple):
    """What a version says about a box; ``k`` in persons, None without a determined need."""

    id: int
    unor_id: int
    nama: str
    jenis: str
    jenjang: str | None = None
    kelas: int | None = None
    k: int | None = None
    kepala: bool = False
    urutan: int = 0
    jabatan_id: int | None = None
    infojab_id: int | None = None


_KIND = {
    "atasan_id": PINDAH,
    "unor_id": PINDAH,
    "nama": GANTI_NAMA,
    "jabatan_id": GANTI_NAMA,
    "k": UBAH_K,
    "kelas": UBAH_KELAS,
    "urutan": URUTAN,
}


@dataclass(frozen=True, slots=True)
class Perbedaan:
    """One unit or box that differs. ``kolom``: column → (before, after), for rows on both sides."""

    id: int
    sebelum: IsiUnor | IsiPosisi | None
    sesudah: IsiUnor | IsiPosisi | None
    perubahan: tuple[str, ...]
    kolom: dict[str, tuple[Any, Any]] = field(default_factory=dict)

    @property
    def isi(self) -> IsiUnor | IsiPosisi:
        """The row as it is now, or as it last was."""
        row = self.sesudah or self.sebelum
        assert row is not None
        return row


@dataclass(frozen=True, slots=True)
class JumlahPeta:
    """Totals of one side: persons needed, boxes, units, boxes without a determined K."""

    k: int = 0
    n_posisi: int = 0
    n_unor: int = 0
    k_kosong: int = 0

    def minus(self, other: JumlahPeta) -> JumlahPeta:
        return JumlahPeta(
            self.k - other.k,
            self.n_posisi - other.n_posisi,
            self.n_unor - other.n_unor,
            self.k_kosong - other.k_kosong,
        )


@dataclass(frozen=True, slots=True)
class Beda:
    """The difference from version ``dari`` to version ``ke`` of one map."""

    instansi_id: int
    dari: int
    ke: int
    unor: list[Perbedaan]
    posisi: list[Perbedaan]
    sebelum: JumlahPeta
    sesudah: JumlahPeta
    nama_unor: dict[int, str] = field(default_factory=dict)
    """Names of the units that the rows mention, as of ``ke`` (or ``dari`` where they are gone)."""

    @property
    def selisih(self) -> JumlahPeta:
        """Totals after minus totals before."""
        return self.sesudah.minus(self.sebelum)

    def count(self) -> dict[str, dict[str, int]]:
        """How many units and boxes have each kind of change."""
        return {"unor": _count(self.unor), "posisi": _count(self.posisi)}


def _count(rows: list[Perbedaan]) -> dict[str, int]:
    counts = dict.fromkeys(PERUBAHAN, 0)
    for row in rows:
        for kind in row.perubahan:
            counts[kind] += 1
    return {kind: n for kind, n in counts.items() if n}


def compare(before: IsiUnor | IsiPosisi | None, after: IsiUnor | IsiPosisi | None) -> Perbedaan | None:
    """The difference of one unit or box; None when there is none."""
    if before is None and after is None:
        return None
    if before is None or after is None:
        row = after or before
        assert row is not None
        return Perbedaan(row.id, before, after, (TAMBAH if before is None else HAPUS,))
    if before == after:
        return None
    columns = {
        name: (old, new) for name, old, new in zip(before._fields, before, after, strict=True) if old != new
    }
    kinds = {_KIND.get(name, UBAH) for name in columns}
    return Perbedaan(before.id, before, after, tuple(k for k in PERUBAHAN if k in kinds), columns)


def totals_of(units: Iterable[IsiUnor], boxes: Iterable[IsiPosisi]) -> JumlahPeta:
    rows = list(boxes)
    return JumlahPeta(
        sum(box.k or 0 for box in rows),
        len(rows),
        sum(1 for _ in units),
        sum(1 for box in rows if box.k is None),
    )


def totals_of_difference(unor: Iterable[Perbedaan], posisi: Iterable[Perbedaan]) -> JumlahPeta:
    """What the differing rows alone add to the totals; equals totals after minus totals before."""
    n_unor = k = n_posisi = k_kosong = 0
    for u in unor:
        n_unor += (u.sesudah is not None) - (u.sebelum is not None)
    for p in posisi:
        for row, sign in ((p.sesudah, 1), (p.sebelum, -1)):
            if isinstance(row, IsiPosisi):
                n_posisi += sign
                k += sign * (row.k or 0)
                k_kosong += sign * (row.k is None)
    return JumlahPeta(k, n_posisi, n_unor, k_kosong)


def unit_row(u: Simpul) -> IsiUnor:
    return IsiUnor(u.id, u.atasan_id, u.nama, u.nama_jabatan, u.jenis, u.eselon, u.urutan)


def box_row(k: Kotak) -> IsiPosisi:
    return IsiPosisi(
        k.id, k.unor_id, k.nama, k.jenis, k.jenjang, k.kelas, k.k, k.kepala, k.urutan, k.jabatan_id
    )


def beda(sebelum: Peta, sesudah: Peta) -> Beda:
    """The difference of two maps in memory, in the columns that ``Simpul`` and ``Kotak`` carry."""
    units = [{u.id: unit_row(u) for u in peta.walk()} for peta in (sebelum, sesudah)]
    boxes = [{k.id: box_row(k) for u in peta.walk() for k in u.kotak} for peta in (sebelum, sesudah)]
    names = {u.id: u.nama for side in units for u in side.values()}
    return Beda(
        sesudah.instansi_id,
        sebelum.versi,
        sesudah.versi,
        _pairs(units[0], units[1]),
        _pairs(boxes[0], boxes[1]),
        totals_of(units[0].values(), boxes[0].values()),
        totals_of(units[1].values(), boxes[1].values()),
        names,
    )


def _pairs(before: dict[int, Any], after: dict[int, Any]) -> list[Perbedaan]:
    found = (compare(before.get(key), after.get(key)) for key in sorted(before.keys() | after.keys()))
    return [row for row in found if row is not None]
