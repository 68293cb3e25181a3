"""Figures of ABK in templates."""

from __future__ import annotations

from fractions import Fraction

from django import template

from petajabatan.jabatan.rules.abk.angka import write_number

register = template.Library()


@register.filter
def desimal(value: Fraction | None, places: int = 4) -> str:
    """An exact sum at a number of decimals, as offices write it; – for none."""
    return "–" if value is None else write_number(value, places)
