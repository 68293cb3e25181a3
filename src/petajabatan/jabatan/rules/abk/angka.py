"""Exact numbers and how Indonesian offices write them.

Needs are fractions (1/75,000 has no finite decimal form), inputs are decimals. Nothing here goes through
binary floating point.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

Angka = Decimal | Fraction | int

DESIMAL_BARIS = 4
"""Decimals at which a row and Σ are shown (SGH manual, Setjen DPD export); K comes from the exact sum."""


@lru_cache(maxsize=256)
def exact(nilai: Decimal) -> Fraction:
    """A limit as a fraction; remembered, because thousands of sheets are held against the same few."""
    return Fraction(nilai)


def quantize(nilai: Angka, desimal: int = DESIMAL_BARIS) -> Decimal:
    """``nilai`` at a number of decimals, halves away from zero; exact for any size."""
    n, d = nilai.as_integer_ratio()
    units = (2 * abs(n) * 10**desimal + d) // (2 * d)
    return Decimal(f"{'-' if n < 0 and units else ''}{units}e-{desimal}")


def write_number(nilai: Angka, desimal: int | None = None) -> str:
    """``1.250,5``: dots between thousands, a comma before decimals.

    Without ``desimal`` a decimal is written in full without trailing zeros, a fraction that has no finite
    decimal form at four decimals.
    """
    number = quantize(nilai, _places(nilai) if desimal is None else desimal)
    sign, digits, exponent = number.as_tuple()
    places = -int(exponent)
    text = "".join(map(str, digits)).rjust(places + 1, "0")
    whole, rest = (text[:-places], text[-places:]) if places else (text, "")
    if desimal is None:
        rest = rest.rstrip("0")
    grouped = f"{int(whole):,}".replace(",", ".")
    return ("−" if sign else "") + grouped + ("," + rest if rest else "")


def _places(nilai: Angka) -> int:
    if isinstance(nilai, Decimal):
        return max(0, -int(nilai.as_tuple().exponent))
    rest, places = Fraction(nilai).denominator, 0
    while rest % 10 == 0 or rest % 5 == 0 or rest % 2 == 0:
        rest //= 10 if rest % 10 == 0 else 5 if rest % 5 == 0 else 2
        places += 1
    return places if rest == 1 else DESIMAL_BARIS
