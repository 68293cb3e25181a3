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
PEMBUKA = re.compile(
    r"^(?:\(?\d{1,3}[.)]\s*)?susunan\s+organisasi\s+(?P<nama>.+?)\s*,?\s+"
    r"(?:sebagaimana\s+dimaksud\b.*?\s)?(?:terdiri\s+(?:atas|dari)|meliputi|adalah\s+sebagai\s+berikut)\s*:?",
    re.I,
)
"""The sentence that opens a list of units and names the unit they belong to."""
PEMIMPIN = frozenset({"kepala", "sekretaris", "inspektur", "direktur", "camat", "lurah"})
"""A first item of one of these words (and the unit's) names the head of the unit whose list it opens."""


@dataclass(frozen=True)
class UnitTerbaca:
    """A unit read from a line. ``induk``: index of the unit above it (None: below the root); ``baris`` counts
    from 1 in the text."""

    nama: str
    induk: int | None
    baris: int
    kepala: bool = False
    """The line names the head of the unit above it ("Kepala Dinas"), not a unit of its own."""

    @property
    def jenis(self) -> str:
        """A group of functional or other posts is no structural unit: nobody heads it."""
        first = self.nama.casefold().split(maxsplit=1)[0]
        return "kelompok" if first == "kelompok" else "upt" if first in ("upt", "uptd") else "struktural"


def read_structure(teks: str) -> list[UnitTerbaca]:
    """The units listed in the text, each with the one above it. A sentence "Susunan organisasi X terdiri
    atas" gives X itself, with what is listed under it; an X read before is that one. Lines that list nothing
    are passed over."""
    units: list[UnitTerbaca] = []
    stack: list[tuple[str, int | None]] = []
    opened: int | None = None
    for number, raw in enumerate(teks.splitlines()[:BARIS_MAKS], 1):
        opening = PEMBUKA.match(" ".join(raw.split()))
        if opening is not None and _is_unit(name := _clean(opening["nama"])[0]):
            stack.clear()
            opened = _known(units, name)
            if opened is None:
                units.append(UnitTerbaca(name, None, number))
                opened = len(units) - 1
            continue
        mark = _mark(raw.strip())
        if mark is None:
            if re.match(r"^\s*pasal\s+\d+", raw, re.I):
                stack.clear()
                opened = None
            continue
        kind, text = mark
        name, _leads_on = _clean(text)
        if not _is_unit(name):
            continue
        kinds = [k for k, _ in stack]
        if kind in kinds:
            del stack[kinds.index(kind) :]
        above = next((at for _, at in reversed(stack) if at is not None), opened)
        head = not stack and _names_head(name, units[opened].nama if opened is not None else "")
        units.append(UnitTerbaca(name, above, number, head))
        stack.append((kind, None if head else len(units) - 1))
    return units


def _known(units: list[UnitTerbaca], name: str) -> int | None:
    """The unit read before under this name, if there was exactly one."""
    found = [n for n, u in enumerate(units) if not u.kepala and u.nama.casefold() == name.casefold()]
    return found[0] if len(found) == 1 else None


def _names_head(name: str, unit: str) -> bool:
    """Whether the first item of a list is the head: "Kepala …", or the title that goes with the unit."""
    first = name.casefold().split(maxsplit=1)[0]
    titled = sebutan_pimpinan(unit).casefold().split(maxsplit=1)[:1] if unit else []
    return first == "kepala" or (first in PEMIMPIN and [first] == titled)


SEBUTAN = (
    ("sekretariat", "Sekretaris"), ("inspektorat", "Inspektur"), ("direktorat", "Direktur"),
    ("kecamatan", "Camat"), ("kelurahan", "Lurah"), ("rumah sakit", "Direktur Rumah Sakit"),
)  # fmt: skip
SENDIRI = ("asisten", "deputi", "inspektur", "sekretaris", "staf ahli")
"""Units that are called as the one who holds them."""


def sebutan_pimpinan(nama: str) -> str:
    """What the head of a unit of this name is called; empty for groups, which nobody heads."""
    lower = nama.casefold()
    if lower.split(maxsplit=1)[:1] == ["kelompok"]:
        return ""
    if lower.startswith(SENDIRI):
        return nama
    for begin, title in SEBUTAN:
        if lower == begin or lower.startswith(begin + " "):
            return (title + nama[len(begin) :]).strip()
    return f"Kepala {nama}"


ESELON_BAWAH = {
    "11": {"": "21"},
    "21": {"": "31"},
    "22": {"sekretariat": "31", "": "32"},
    "31": {"": "41"},
    "32": {"": "41"},
}  # fmt: skip
"""SIASN code of the unit above → usual code of a structural unit right below it, by first word."""
BERESELON = (
    "bagian", "bidang", "biro", "seksi", "sekretariat", "subbagian", "subbidang", "subdirektorat", "sub",
)  # fmt: skip


def usul_eselon(nama: str, atasan: str | None) -> str:
    """The eselon to propose below a unit of the eselon ``atasan``; empty where none follows."""
    first = nama.casefold().split(maxsplit=1)[0]
    usual = ESELON_BAWAH.get(atasan or "", {})
    return usual.get(first, usual.get("", "")) if first in BERESELON else ""


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
