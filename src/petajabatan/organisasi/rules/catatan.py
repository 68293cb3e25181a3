"""Collecting findings of a file: every one is counted, the first of each code are kept for display."""

from __future__ import annotations

from collections import Counter

from petajabatan.inti.temuan import Temuan, Tingkat

TERSIMPAN = 300
"""Findings of one code that are kept; a file with 200,000 wrong rows is explained by its first hundreds."""


class Catatan:
    """Findings about one source. ``satuan`` is what a row is called in the sentences ("baris" or "unsur")."""

    def __init__(self, sumber: str = "berkas") -> None:
        self.sumber = sumber
        self.jumlah: Counter[str] = Counter()
        self._kept: list[Temuan] = []
        self._errors = 0

    def add(
        self,
        kode: str,
        kalimat: str,
        perbaikan: str,
        *,
        tingkat: Tingkat = "galat",
        tempat: str = "",
        baris: int | None = None,
        kolom: str = "",
        nilai: object = "",
    ) -> None:
        self.jumlah[kode] += 1
        self._errors += tingkat == "galat"
        if self.jumlah[kode] > TERSIMPAN:
            return
        text = "" if nilai is None else str(nilai)
        place = tempat or self.sumber
        self._kept.append(Temuan(kode, tingkat, kalimat, perbaikan, place, baris, kolom, text[:200]))

    @property
    def galat(self) -> int:
        """How many findings refuse the file."""
        return self._errors

    @property
    def temuan(self) -> list[Temuan]:
        """The kept findings by row, and one note per code of which more were found than kept."""
        rows = sorted(self._kept, key=lambda t: (t.tempat, t.baris or 0))
        for kode, n in self.jumlah.items():
            if n > TERSIMPAN:
                rows.append(
                    Temuan(
                        "temuan-diringkas",
                        "catatan",
                        f"Temuan {kode} ada {n}; {TERSIMPAN} yang pertama ditampilkan.",
                        "Perbaiki yang ditampilkan, lalu periksa berkas sekali lagi.",
                        self.sumber,
                        nilai=str(n),
                    )
                )
        return rows
