"""Efficiency (EJ, PEJ of a jabatan; EU, PU of a unit) and the recaps per jabatan, unit and instansi.

Content of forms D, E and F of Permendagri 12/2008 as far as known (general knowledge); not called an
official form. Signs as on the map: selisih = B − K.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from petajabatan.jabatan.rules.abk.angka import quantize


@dataclass(frozen=True, slots=True)
class Prestasi:
    """A letter of PEJ or PU and the efficiency it begins at (two decimals; exceeds it where ``ketat``)."""

    huruf: str
    batas_bawah: Decimal
    ketat: bool
    sumber: str


@dataclass(frozen=True, slots=True)
class Efisiensi:
    """Σ of work over the people there. ``nilai`` exact, None when nobody is there; ``tampil`` two decimals;
    ``prestasi`` the letter, judged on the shown value because the bands of the table have two decimals."""

    nilai: Fraction | None
    tampil: Decimal | None
    prestasi: str | None


@dataclass(frozen=True, slots=True)
class BarisRekap:
    """One box with its sheet: Σ and K in persons (None = not determined), B persons present."""

    unor_id: int
    unit: str
    jabatan: str
    jumlah: Fraction | None
    k: int | None
    b: int


@dataclass(frozen=True, slots=True)
class RekapAbk:
    """One line of a recap, in persons.

    ``jumlah``, ``k`` and ``b`` add up what is known; ``tanpa_abk`` and ``tanpa_k`` count boxes that have
    none, ``b_tanpa_abk`` their people, who stay out of the efficiency.
    """

    nama: str
    kotak: int
    jumlah: Fraction
    k: int
    b: int
    tanpa_abk: int
    tanpa_k: int
    b_tanpa_abk: int
    efisiensi: Efisiensi

    @property
    def selisih(self) -> int:
        """B − K; negative = kekurangan."""
        return self.b - self.k


def efficiency(jumlah: Fraction | None, pegawai: int, tabel: Sequence[Prestasi]) -> Efisiensi:
    """Σ beban kerja ÷ (pegawai × jam kerja efektif), which is Σ in persons ÷ pegawai. ``pegawai`` persons."""
    if jumlah is None or pegawai <= 0:
        return Efisiensi(None, None, None)
    value = jumlah / pegawai
    shown = quantize(value, 2)
    for row in sorted(tabel, key=lambda r: r.batas_bawah, reverse=True):
        if shown > row.batas_bawah or (shown == row.batas_bawah and not row.ketat):
            return Efisiensi(value, shown, row.huruf)
    return Efisiensi(value, shown, None)


def recap_units(baris: Iterable[BarisRekap], tabel: Sequence[Prestasi]) -> list[RekapAbk]:
    """One line per unit (by ``unor_id``) in the order met: EU and PU."""
    return _grouped(baris, lambda row: row.unor_id, lambda row: row.unit, tabel)


def recap_jabatan(baris: Iterable[BarisRekap], tabel: Sequence[Prestasi]) -> list[RekapAbk]:
    """One line per name of jabatan over all units, in the order met: EJ and PEJ."""
    return _grouped(baris, lambda row: jabatan_key(row.jabatan), lambda row: row.jabatan, tabel)


@lru_cache(maxsize=1 << 15)
def jabatan_key(nama: str) -> str:
    """What makes names of jabatan the same: upper case and spaces do not matter."""
    return " ".join(nama.casefold().split())


def recap_total(baris: Iterable[BarisRekap], tabel: Sequence[Prestasi], nama: str = "Jumlah") -> RekapAbk:
    """The whole instansi (or any set of boxes) as one line."""
    rows = list(baris)
    with_sheet = [row for row in rows if row.jumlah is not None]
    total = sum((row.jumlah for row in with_sheet if row.jumlah is not None), Fraction(0))
    present = sum(row.b for row in with_sheet)
    return RekapAbk(
        nama=nama,
        kotak=len(rows),
        jumlah=total,
        k=sum(row.k for row in rows if row.k is not None),
        b=sum(row.b for row in rows),
        tanpa_abk=len(rows) - len(with_sheet),
        tanpa_k=sum(row.k is None for row in rows),
        b_tanpa_abk=sum(row.b for row in rows) - present,
        efisiensi=efficiency(total if with_sheet else None, present, tabel),
    )


def _grouped(
    baris: Iterable[BarisRekap],
    key: Callable[[BarisRekap], Hashable],
    name: Callable[[BarisRekap], str],
    tabel: Sequence[Prestasi],
) -> list[RekapAbk]:
    groups: dict[Hashable, list[BarisRekap]] = {}
    for row in baris:
        groups.setdefault(key(row), []).append(row)
    return [recap_total(rows, tabel, name(rows[0])) for rows in groups.values()]
