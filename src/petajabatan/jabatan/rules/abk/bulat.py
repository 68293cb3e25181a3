"""From the exact sum to whole persons: rounding as a named policy with its source.

No known source settles the rule (docs/abk.md), so the policy is data, chosen per instansi and stored with
the sheet; most are recommendations and say so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

Sifat = Literal["bersumber", "rekomendasi"]


@dataclass(frozen=True, slots=True)
class KebijakanPembulatan:
    """One way of rounding.

    The sum is rounded up when its fraction reaches ``ambang`` (exceeds it where ``ketat``), else down.
    ``tetap`` (persons) replaces the sum altogether. ``arti_nol`` says what K = 0 means. ``metode`` is the
    method it belongs to ("" = any), ``bawaan_untuk`` the kinds of posts it is the default of.
    """

    kode: str
    nama: str
    metode: str
    bawaan_untuk: frozenset[str]
    ambang: Decimal
    ketat: bool
    tetap: int | None
    arti_nol: str
    sejak: dt.date
    hingga: dt.date | None
    sifat: Sifat
    sumber: str

    def holds_on(self, tanggal: dt.date) -> bool:
        return self.sejak <= tanggal and (self.hingga is None or tanggal <= self.hingga)


def round_need(jumlah: Fraction, kebijakan: KebijakanPembulatan) -> int:
    """K in persons from the exact sum; a negative sum is a broken contract (ValueError)."""
    if jumlah < 0:
        raise ValueError("Jumlah kebutuhan tidak mungkin negatif.")
    if kebijakan.tetap is not None:
        return kebijakan.tetap
    whole, rest = divmod(jumlah, 1)
    limit = Fraction(kebijakan.ambang)
    return int(whole) + (rest > limit if kebijakan.ketat else rest >= limit)


def choose_policy(
    kebijakan: Iterable[KebijakanPembulatan], jenis: str, *, metode: str = "abk", pilihan: str | None = None
) -> KebijakanPembulatan:
    """The policy of a post: the instansi's choice, else the default of its kind.

    ``jenis`` is struktural, fungsional or pelaksana. A choice never applies to structural posts: theirs is
    one per unit (PerBKN 9/2021). Raises LookupError for a choice that this method does not know.
    """
    rows = [row for row in kebijakan if row.metode in ("", metode)]
    if pilihan is not None and jenis != "struktural":
        found = [row for row in rows if row.kode == pilihan and row.tetap is None]
    else:
        found = [row for row in rows if jenis in row.bawaan_untuk]
    if not found:
        raise LookupError(f"Tidak ada kebijakan pembulatan {pilihan or jenis} untuk metode {metode}.")
    return max(found, key=lambda row: row.sejak)
