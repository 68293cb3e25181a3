"""Norm times that stand out from those of the same jabatan elsewhere.

Norms differ by ratio (an hour against a day), so the fence is Tukey's on the scale of ratios: with
r = Q3 ÷ Q1, below Q1 ÷ r^1.5 or above Q3 × r^1.5. The limits are data (data/ambang_abk.csv).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from rapidfuzz import fuzz, process

from petajabatan.inti.temuan import Temuan
from petajabatan.jabatan.rules.abk.ambang import AmbangAbk
from petajabatan.jabatan.rules.abk.angka import quantize, write_number
from petajabatan.jabatan.rules.abk.hitung import BarisAbk

_TUKAR = (Decimal(50), Decimal(70))
"""A norm 50 to 70 times off the median looks like hours and minutes exchanged (60)."""


@dataclass(frozen=True, slots=True)
class Sebaran:
    """The distribution of norms, in minutes per result: quartiles and the fence (two decimals)."""

    n: int
    q1: Decimal
    median: Decimal
    q3: Decimal
    batas_bawah: Decimal
    batas_atas: Decimal


@dataclass(frozen=True, slots=True)
class Pencilan:
    """A norm outside the fence. ``dasar`` says what it was compared with: the same task or the jabatan."""

    nomor: int
    norma: Decimal
    arah: Literal["di bawah", "di atas"]
    dasar: Literal["tugas serupa", "jabatan"]
    sebaran: Sebaran
    temuan: Temuan


def distribution(norma: Iterable[Decimal], ambang: AmbangAbk) -> Sebaran | None:
    """The distribution of norms (minutes); those not above zero are left out. None when there are too few."""
    values: list[Decimal] = sorted(value for value in norma if value > 0)
    if len(values) < max(Decimal(2), ambang.sebaran_min):
        return None
    q1, median, q3 = (_quantile(values, Fraction(part, 4)) for part in (1, 2, 3))
    spread = max(_decimal(q3 / q1), ambang.sebaran_rasio_min)
    factor = Fraction(spread**ambang.sebaran_pangkat)
    low, high = quantize(q1 / factor, 2), quantize(q3 * factor, 2)
    return Sebaran(len(values), quantize(q1, 2), quantize(median, 2), quantize(q3, 2), low, high)


def find_outliers(
    baris: Sequence[BarisAbk], acuan: Sequence[tuple[str, Decimal]], ambang: AmbangAbk
) -> list[Pencilan]:
    """The rows whose norm stands out from ``acuan``: (uraian, minutes) of the same jabatan elsewhere.

    Compared with similar tasks when there are enough of them, else with all tasks of the jabatan. Only rows
    of the approach tugas per tugas have a norm time.
    """
    whole = distribution((norm for _, norm in acuan), ambang)
    norms: dict[str, list[Decimal]] = defaultdict(list)
    for text, norm in acuan:
        norms[_words(text)].append(norm)
    texts, alike_by_words = list(norms), dict[str, Sebaran | None]()
    found = []
    for number, row in enumerate(baris, 1):
        if row.pendekatan != "tugas" or row.norma is None or row.norma <= 0:
            continue
        words = _words(row.uraian)
        if words not in alike_by_words:
            limit = float(ambang.tugas_serupa)
            near = process.extract(words, texts, scorer=fuzz.ratio, score_cutoff=limit, limit=None)
            alike_by_words[words] = distribution((n for text, _, _ in near for n in norms[text]), ambang)
        alike = alike_by_words[words]
        spread = alike or whole
        if spread is None or spread.batas_bawah <= row.norma <= spread.batas_atas:
            continue
        basis: Literal["tugas serupa", "jabatan"] = "tugas serupa" if alike else "jabatan"
        way: Literal["di bawah", "di atas"] = "di bawah" if row.norma < spread.batas_bawah else "di atas"
        finding = _finding(number, row.norma, way, basis, spread)
        found.append(Pencilan(number, row.norma, way, basis, spread, finding))
    return found


def _finding(nomor: int, norma: Decimal, arah: str, dasar: str, sebaran: Sebaran) -> Temuan:
    ratio = sebaran.median / norma if arah == "di bawah" else norma / sebaran.median
    if _TUKAR[0] <= ratio <= _TUKAR[1]:
        unit = "jam, bukan menit" if arah == "di bawah" else "menit pada kolom jam"
        remedy = f"Norma ini mungkin ditulis dalam {unit}; periksa satuannya."
    else:
        remedy = "Periksa norma waktunya, atau jelaskan mengapa pekerjaan ini berbeda."
    with_what = "tugas serupa" if dasar == "tugas serupa" else "tugas jabatan yang sama"
    return Temuan(
        "abk-norma-pencilan",
        "peringatan",
        f"Norma {write_number(norma)} menit {arah} yang biasa: {sebaran.n} {with_what} di unit lain "
        f"bernorma tengah {write_number(sebaran.median)} menit, lazimnya {write_number(sebaran.batas_bawah)} "
        f"sampai {write_number(sebaran.batas_atas)}.",
        remedy,
        f"Baris {nomor}",
        nomor,
        "norma",
        str(norma),
    )


def _quantile(values: Sequence[Decimal], part: Fraction) -> Fraction:
    """Linear interpolation between the two nearest values, exact."""
    place = part * (len(values) - 1)
    low = int(place)
    left, right = Fraction(values[low]), Fraction(values[min(low + 1, len(values) - 1)])
    return left + (right - left) * (place - low)


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


def _words(text: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in text.casefold()).split())
