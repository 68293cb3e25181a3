"""Widths of text in the shipped font, so that lines are broken here and boxes get their true height.

Reads ``cmap`` and ``hmtx`` of the TrueType files directly: a few lines, instead of a font library.
"""

from __future__ import annotations

import functools
import struct
from pathlib import Path

FONTS = Path(__file__).with_name("fonts")
TEBAL = {False: "IBMPlexSansCondensed-Regular.ttf", True: "IBMPlexSansCondensed-SemiBold.ttf"}
PT_100MM = 2540 / 72
"""Hundredths of a millimetre in one typographic point."""


@functools.cache
def _advances(tebal: bool) -> tuple[dict[int, int], int, int]:
    """Advance width per code point, that of unknown characters, and units per em."""
    data = (FONTS / TEBAL[tebal]).read_bytes()
    tables = {}
    for i in range(struct.unpack_from(">H", data, 4)[0]):
        tag, _, offset, _ = struct.unpack_from(">4sIII", data, 12 + 16 * i)
        tables[tag] = offset
    em = struct.unpack_from(">H", data, tables[b"head"] + 18)[0]
    n_metrics = struct.unpack_from(">H", data, tables[b"hhea"] + 34)[0]
    hmtx = [struct.unpack_from(">H", data, tables[b"hmtx"] + 4 * i)[0] for i in range(n_metrics)]
    widths = {
        code: hmtx[min(glyph, n_metrics - 1)] for code, glyph in _characters(data, tables[b"cmap"]).items()
    }
    return widths, max(hmtx[0], em // 2), em


def _characters(data: bytes, cmap: int) -> dict[int, int]:
    """Code point to glyph, from the Unicode table in format 4."""
    for i in range(struct.unpack_from(">H", data, cmap + 2)[0]):
        offset = cmap + struct.unpack_from(">HHI", data, cmap + 4 + 8 * i)[2]
        if struct.unpack_from(">H", data, offset)[0] == 4:
            break
    else:
        raise ValueError("the font has no cmap of format 4")
    n = struct.unpack_from(">H", data, offset + 6)[0] // 2
    ends, starts, deltas, ranges = (
        offset + 14,
        offset + 16 + 2 * n,
        offset + 16 + 4 * n,
        offset + 16 + 6 * n,
    )
    glyphs: dict[int, int] = {}
    for i in range(n):
        end, start = (struct.unpack_from(">H", data, base + 2 * i)[0] for base in (ends, starts))
        delta = struct.unpack_from(">h", data, deltas + 2 * i)[0]
        span = struct.unpack_from(">H", data, ranges + 2 * i)[0]
        for code in range(start, min(end, 0xFFFE) + 1):
            if span == 0:
                glyph = (code + delta) & 0xFFFF
            else:
                glyph = struct.unpack_from(">H", data, ranges + 2 * i + span + 2 * (code - start))[0]
                glyph = (glyph + delta) & 0xFFFF if glyph else 0
            if glyph:
                glyphs[code] = glyph
    return glyphs


def text_width(text: str, pt: float, tebal: bool = False) -> float:
    """Width in hundredths of a millimetre, without kerning."""
    widths, unknown, em = _advances(tebal)
    return sum(widths.get(ord(c), unknown) for c in text) * pt * PT_100MM / em


@functools.lru_cache(20_000)  # the same few thousand names stand on every unit
def wrap(text: str, lebar: float, pt: float, tebal: bool = False) -> tuple[str, ...]:
    """Lines no wider than ``lebar`` (1/100 mm). Words that are wider alone are cut between characters."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        attempt = f"{line} {word}" if line else word
        if text_width(attempt, pt, tebal) <= lebar:
            line = attempt
            continue
        if line:
            lines.append(line)
        while text_width(word, pt, tebal) > lebar and len(word) > 1:
            cut = next(
                (n for n in range(len(word) - 1, 1, -1) if text_width(word[:n], pt, tebal) <= lebar), 1
            )
            lines.append(word[:cut])
            word = word[cut:]
        line = word
    return (*lines, line) if line or not lines else tuple(lines)
