"""How figures and dates are written on paper: Indonesian separators, a sign before every difference."""

from __future__ import annotations

import datetime as dt

BULAN = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
)
KOSONG = "–"
"""Printed where nothing has been determined; never 0."""


def number(value: int | None) -> str:
    return KOSONG if value is None else f"{value:,}".replace(",", ".")


def signed(value: int | None) -> str:
    """B − K with its sign, so that it is understood without colour: −3, 0, +2."""
    if value is None:
        return KOSONG
    sign = "+" if value > 0 else "−" if value < 0 else ""
    return sign + number(abs(value))


def long_date(day: dt.date | None) -> str:
    return KOSONG if day is None else f"{day.day} {BULAN[day.month - 1]} {day.year}"
