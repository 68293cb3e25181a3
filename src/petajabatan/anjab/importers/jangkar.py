"""Where the sections of a sheet begin, by their titles: the layouts offices use for one post on one sheet.

Pure, on rows of texts. A title counts when it stands first in its row and is numbered or in capitals; what
only looks like one (the heading of a table column) does not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from petajabatan.organisasi.importers.sel import title_key

Baris = tuple[int, list[str]]
"""Row number as the spreadsheet shows it, and its cells as texts."""
_JUDUL = {
    "nama_jabatan": ("nama jabatan",),
    "kode_jabatan": ("kode jabatan",),
    "unit_kerja": ("unit kerja", "unit organisasi", "unit kerja unit organisasi", "kedudukan unit kerja"),
    "ikhtisar": ("ikhtisar jabatan", "iktisar jabatan", "ikhtisar"),
    "kualifikasi": ("kualifikasi jabatan", "syarat kualifikasi jabatan", "kualifikasi"),
    "tugas_pokok": ("tugas pokok", "uraian tugas", "rincian tugas", "uraian tugas pokok",
                    "tugas pokok dan beban kerja", "rincian tugas pokok"),
    "hasil_kerja": ("hasil kerja",),
    "bahan_kerja": ("bahan kerja",),
    "perangkat_kerja": ("perangkat kerja", "perangkat alat kerja", "perangkat atau alat kerja",
                        "peralatan kerja", "alat kerja"),
    "tanggung_jawab": ("tanggung jawab", "tanggungjawab"),
    "wewenang": ("wewenang",),
    "korelasi": ("korelasi jabatan",),
    "lingkungan": ("kondisi lingkungan kerja", "lingkungan kerja", "keadaan lingkungan kerja"),
    "risiko": ("risiko bahaya", "resiko bahaya", "kemungkinan risiko bahaya", "resiko kerja"),
    "syarat": ("syarat jabatan", "syarat jabatan lain", "syarat jabatan lainnya"),
    "prestasi": ("prestasi kerja yang diharapkan", "prestasi kerja", "prestasi yang diharapkan"),
    "kelas": ("kelas jabatan",),
}  # fmt: skip
JANGKAR = {title_key(title): code for code, titles in _JUDUL.items() for title in titles}
_BERNILAI = frozenset({"nama_jabatan", "kode_jabatan", "unit_kerja", "ikhtisar", "prestasi", "kelas"})
"""Titles whose value may stand in the same row."""
_AWAL = frozenset({"nama_jabatan", "kode_jabatan", "unit_kerja"})
_NOMOR = re.compile(r"\(?(?:\d{1,2}|[IVX]{1,5}|[A-Z])[.)]?\s*", re.ASCII)
BUTIR = re.compile(r"\s*(?:\(?(?:\d{1,3}|[A-Za-z]|[ivx]{1,5})[.)]|[-–•*])\s+(?=\S)")
"""The mark in front of an item: 1. a. (a) - •"""
_HANYA_BUTIR = re.compile(r"\(?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,5})?[.)]?|[-–•*]")


@dataclass(slots=True)
class Wilayah:
    """The rows of one section: below its title, and what stood beside it."""

    kode: str
    baris: list[Baris] = field(default_factory=list)

    @property
    def awal(self) -> int:
        return self.baris[0][0] if self.baris else 0


def texts(cells: Sequence[str]) -> list[str]:
    """The cells of a row that say something."""
    return [cell for cell in (c.strip() for c in cells) if cell and cell != ":"]


def is_mark(text: str) -> bool:
    """Whether a cell is only a number or letter in front of an item."""
    return bool(_HANYA_BUTIR.fullmatch(text.strip()))


def without_mark(text: str) -> str:
    return BUTIR.sub("", text, count=1).strip()


def _title(cells: Sequence[str]) -> tuple[str, list[str]] | None:
    """Section and what stands beside its title, when this row opens one."""
    places = [i for i, cell in enumerate(cells) if cell.strip()]
    if not places:
        return None
    at = 0
    numbered = bool(_NOMOR.fullmatch(cells[places[0]].strip())) and len(places) > 1
    if numbered:
        at = 1
    first = cells[places[at]].strip()
    head, colon, rest = first.partition(":")
    bare = head.strip()
    mark = _NOMOR.match(bare)
    code = JANGKAR.get(title_key(bare))
    if code is None and mark and mark.end():
        bare = bare[mark.end() :]
        code = JANGKAR.get(title_key(bare))
        numbered = numbered or code is not None
    if code is None:
        return None
    beside = ([rest.strip()] if colon and rest.strip() else []) + [cells[i] for i in places[at + 1 :]]
    said = texts(beside)
    if not numbered and (bare.upper() != bare or (said and code not in _BERNILAI)):
        return None
    return code, [cell.lstrip(": ") for cell in said]


def regions(rows: Sequence[Baris]) -> dict[str, Wilayah]:
    """Section → its rows. A title that was there before is no title again; those of the head of the form are
    none once the text has begun (a table of related posts has a column *Nama jabatan*)."""
    found: dict[str, Wilayah] = {}
    current: Wilayah | None = None
    for number, cells in rows:
        opened = _title(cells)
        if opened is not None and opened[0] not in found and not (opened[0] in _AWAL and "ikhtisar" in found):
            current = found[opened[0]] = Wilayah(opened[0])
            if opened[1]:
                current.baris.append((number, opened[1]))
            continue
        if current is not None and texts(cells):
            current.baris.append((number, list(cells)))
    return found
