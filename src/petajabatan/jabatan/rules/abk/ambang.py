"""The limits beyond which a number is questioned; values come from data/ambang_abk.csv."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class AmbangAbk:
    """Limits in force on a day; the unit and the source of each stand in the file."""

    angka_maks: Decimal
    desimal_maks: Decimal
    volume_wajar: Decimal
    orang_baris_wajar: Decimal
    jam_median_wajar: Decimal
    menit_maks_wajar: Decimal
    uraian_maks: Decimal
    sebaran_min: Decimal
    sebaran_pangkat: Decimal
    sebaran_rasio_min: Decimal
    tugas_serupa: Decimal
    tugas_kembar: Decimal
    jarak_bulat: Decimal
    jumlah_berulang: Decimal
    norma_lompat: Decimal
