"""The structure of an organisation read from the text of its regulation.

Regulations list units in lettered and numbered lists ("a. Sekretariat, membawahi: 1. Subbagian Umum; …"). The
kind of the mark tells the level: a kind seen first inside another one stands below it. What is read is a
proposal for the structure file; people check it against the text before it goes anywhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

KATA_UNIT = (
    "asisten", "badan", "bagian", "balai", "bidang", "biro", "cabang", "deputi", "dinas", "direktorat",
    "inspektorat", "inspektur", "kantor", "kecamatan", "kelompok", "kelurahan", "kepala", "laboratorium",
    "museum", "pusat", "puskesmas", "rumah sakit", "satuan", "seksi", "sekretariat", "sekretaris",
    "staf ahli",
    "sub", "subbagian", "subbidang", "subdirektorat", "unit", "upt", "uptd",
)  # fmt: skip
"""First words by which a listed line is taken for a unit or its head."""
MEMBAWAHI = re.compile(
    r"[,;]?\s*(?:yang\s+)?(?:membawahi|membawahkan|terdiri\s+(?:atas|dari)|meliputi)\s*:?\s*$", re.I
)
TANDA = (
    ("huruf", re.compile(r"^([a-z]{1,2})\.\s+(.*)$")),
    ("angka", re.compile(r"^(\d{1,3})\.\s+(.*)$")),
    ("huruf)", re.compile(r"^([a-z]{1,2})\)\s*(.*)$")),
    ("angka)", re.compile(r"^(\d{1,3})\)\s*(.*)$")),
    ("(huruf)", re.compile(r"^\(([a-z]{1,2})\)\s*(.*)$")),
    ("(angka)", re.compile(r"^\((\d{1,3})\)\s*(.*)$")),
)
ROMAWI = re.compile(r"^([IVXL]{1,6})\.\s+(.*)$")
BARIS_MAKS = 20_000


@dataclass(frozen=True)
class UnitTerbaca:
    """A unit read from a line. ``induk``: index of the unit above it (None: below the root); ``baris`` counts
    from 1 in the text."""

    nama: str
    induk: int | None
    baris: int
    kepala: bool = False
    """The line names the head of the unit above it ("Kepala Dinas"), not a unit of its own."""


def read_structure(teks: str) -> list[UnitTerbaca]:
    """The units listed in the text, each with the one above it. Lines that list nothing are passed over."""
    units: list[UnitTerbaca] = []
    stack: list[tuple[str, int | None]] = []
    for number, raw in enumerate(teks.splitlines()[:BARIS_MAKS], 1):
        mark = _mark(raw.strip())
        if mark is None:
            if re.match(r"^\s*pasal\s+\d+", raw, re.I):
                stack.clear()
            continue
        kind, text = mark
        name, _leads_on = _clean(text)
        if not _is_unit(name):
            continue
        kinds = [k for k, _ in stack]
        if kind in kinds:
            del stack[kinds.index(kind) :]
        above = next((at for _, at in reversed(stack) if at is not None), None)
        head = name.lower().startswith("kepala ") and not stack
        units.append(UnitTerbaca(name, above, number, head))
        stack.append((kind, None if head else len(units) - 1))
    return units


def _mark(line: str) -> tuple[str, str] | None:
    match = ROMAWI.match(line)
    if match:
        return "romawi", match.group(2)
    for kind, pattern in TANDA:
        match = pattern.match(line)
        if match:
            return kind, match.group(2)
    return None


def _clean(text: str) -> tuple[str, bool]:
    """The name alone, and whether a list of what is below it follows."""
    leads_on = bool(MEMBAWAHI.search(text))
    name = MEMBAWAHI.sub("", text)
    name = re.sub(r"[\s;,.:]+(?:dan|serta)?\s*$", "", name)
    return " ".join(name.split()), leads_on


def _is_unit(name: str) -> bool:
    lower = name.lower()
    return any(lower == word or lower.startswith(word + " ") for word in KATA_UNIT) and len(name) <= 250
