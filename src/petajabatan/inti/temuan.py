"""Findings: what is wrong, where, how bad, and how to repair it. Never an exception, never a bare string."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Literal, NoReturn

Tingkat = Literal["galat", "peringatan", "catatan"]
"""``galat`` stops the operation, ``peringatan`` wants a decision, ``catatan`` only informs."""


@dataclass(frozen=True)
class Temuan:
    """One finding.

    ``tempat`` names the thing for people (a unit path, a file and row); ``baris`` counts from 1 as the
    spreadsheet shows it (header = row 1); ``perbaikan`` is the remedy; ``tautan`` an optional page where it
    is repaired, ``bantuan`` one that explains the rule.
    """

    kode: str
    tingkat: Tingkat
    kalimat: str
    perbaikan: str
    tempat: str = ""
    baris: int | None = None
    kolom: str = ""
    nilai: str = ""
    tautan: str = ""
    bantuan: str = ""

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def has_errors(temuan: Iterable[Temuan]) -> bool:
    return any(t.tingkat == "galat" for t in temuan)


def count_by_code(temuan: Iterable[Temuan]) -> dict[str, int]:
    return dict(Counter(t.kode for t in temuan).most_common())


class Ditolak(Exception):
    """A command was refused for reasons the person can act on; carries the findings."""

    def __init__(self, temuan: list[Temuan]) -> None:
        super().__init__("; ".join(t.kalimat for t in temuan[:3]))
        self.temuan = temuan


def refuse(
    kode: str, kalimat: str, perbaikan: str, kolom: str = "", nilai: str = "", **tempat: Any
) -> NoReturn:
    """Raise Ditolak with one finding; ``tempat``: its other fields that name the place."""
    raise Ditolak([Temuan(kode, "galat", kalimat, perbaikan, kolom=kolom, nilai=nilai, **tempat)])
