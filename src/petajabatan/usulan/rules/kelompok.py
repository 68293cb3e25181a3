"""Findings as people read them: one problem once, the worst first, with the places where it stands. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from petajabatan.inti.temuan import Temuan

URUTAN: Mapping[str, int] = {"galat": 0, "peringatan": 1, "catatan": 2}


@dataclass
class Kelompok:
    """One problem. ``judul`` names it; ``jumlah`` counts its places, of which ``tempat`` are those shown."""

    kode: str
    tingkat: str
    judul: str
    jumlah: int
    bantuan: str = ""
    tempat: list[Temuan] = field(default_factory=list)

    @property
    def tunggal(self) -> bool:
        return self.jumlah == 1

    @property
    def sisa(self) -> int:
        return self.jumlah - len(self.tempat)

    @property
    def perbaikan(self) -> str:
        """The remedy when it is the same everywhere; otherwise each place tells its own."""
        said = {t.perbaikan for t in self.tempat}
        return said.pop() if len(said) == 1 else ""


def group_findings(
    temuan: Iterable[Temuan], judul: Mapping[str, str], jumlah: Mapping[tuple[str, str], int] | None = None
) -> list[Kelompok]:
    """By severity and code; within a severity the order of first appearance is kept.

    ``judul``: what a code is called (else its first sentence); ``jumlah``: how many places there are in all,
    where more exist than are given, by (severity, code).
    """
    found: dict[tuple[str, str], Kelompok] = {}
    for t in temuan:
        key: tuple[str, str] = (t.tingkat, t.kode)
        if key not in found:
            found[key] = Kelompok(t.kode, t.tingkat, judul.get(t.kode, t.kalimat), 0, t.bantuan)
        found[key].tempat.append(t)
    for group in found.values():
        group.jumlah = max(len(group.tempat), (jumlah or {}).get((group.tingkat, group.kode), 0))
    return sorted(found.values(), key=lambda k: URUTAN.get(k.tingkat, len(URUTAN)))
