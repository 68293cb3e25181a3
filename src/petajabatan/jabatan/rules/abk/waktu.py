"""Jam kerja efektif: the minutes of work one person has in a year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class WaktuKerja:
    """A norm of effective working time. The norm, not the product of days and minutes, is the divisor.

    ``hari_setahun`` days, ``menit_sehari`` and ``menit_setahun`` minutes. An allowance of about 30 % is
    already inside (PermenPANRB 1/2020). ``hingga`` is the last day in force, None while it is.
    """

    kode: str
    nama: str
    sejak: dt.date
    hingga: dt.date | None
    hari_seminggu: int
    hari_setahun: int
    menit_sehari: int
    menit_setahun: Decimal
    sumber: str
    catatan: str = ""

    def holds_on(self, tanggal: dt.date) -> bool:
        return self.sejak <= tanggal and (self.hingga is None or tanggal <= self.hingga)

    @property
    def jam_setahun(self) -> Decimal:
        """Hours a year (1,250 or, in old documents, 1,200)."""
        return self.menit_setahun / 60


def choose_time(
    norma: Iterable[WaktuKerja], tanggal: dt.date, *, hari_seminggu: int = 5, kode: str | None = None
) -> WaktuKerja:
    """The norm of a sheet: by ``kode`` as the document names it, whatever its date, else the one in force.

    Raises LookupError when there is none: a sheet without working time has no K.
    """
    rows = list(norma)
    if kode is not None:
        found = [row for row in rows if row.kode == kode]
    else:
        found = [row for row in rows if row.holds_on(tanggal) and row.hari_seminggu == hari_seminggu]
    if not found:
        raise LookupError(
            f"Tidak ada waktu kerja efektif {kode or hari_seminggu} pada {tanggal.isoformat()}."
        )
    return max(found, key=lambda row: row.sejak)
