"""What the judgement of a rename is given: thresholds, weights and word lists, all of them dated data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from rapidfuzz import process
from rapidfuzz.distance import OSA

Frasa = tuple[str, ...]
"""Words of an abbreviation or of its reading, lower case."""

ANGKA = (
    "ambang",
    "batas_kata",
    "batas_kata_asing",
    "bobot_huruf",
    "bobot_tukar",
    "bobot_ganda",
    "bobot_tetangga",
    "bobot_vokal",
    "bobot_ejaan",
    "bobot_spasi",
    "bobot_singkatan",
    "bobot_akhiran",
    "bobot_sambung",
    "bobot_ulang",
    "bobot_letak_nomor",
    "bobot_wilayah",
)
"""Keys every set of figures must have. Weights are counted in letters; ``batas_*`` are shares of a word."""


@dataclass(frozen=True)
class AturanNama:
    """The rules of one day.

    ``angka`` holds the figures of ``ANGKA``; ``singkatan`` maps the words of an abbreviation to its possible
    readings, the usual one first; ``ejaan`` maps a non-standard spelling to the standard one; ``bilangan``
    number words to digits; ``kata`` every known word to its classes (golongan).
    """

    angka: Mapping[str, Decimal]
    singkatan: Mapping[Frasa, tuple[Frasa, ...]]
    ejaan: Mapping[Frasa, Frasa]
    bilangan: Mapping[Frasa, Frasa]
    kata: Mapping[str, frozenset[str]]

    def __post_init__(self) -> None:
        missing = [key for key in ANGKA if key not in self.angka]
        if missing:
            raise ValueError(f"Aturan nama tanpa {', '.join(missing)}.")

    @property
    def ambang(self) -> Decimal:
        """The largest measured distance (0..1) that still is a correction."""
        return self.angka["ambang"]

    @cached_property
    def bobot(self) -> dict[str, float]:
        """The figures as floats, for the inner loops."""
        return {key: float(value) for key, value in self.angka.items()}

    @cached_property
    def singkatan_terpanjang(self) -> int:
        return max(map(len, (*self.singkatan, *self.ejaan, *self.bilangan)), default=1)

    @cached_property
    def _menurut_panjang(self) -> dict[int, list[str]]:
        by_length: dict[int, list[str]] = {}
        for word in sorted(self.kata):
            by_length.setdefault(len(word), []).append(word)
        return by_length

    def dengan_kata(self, kata: Iterable[str], golongan: str) -> AturanNama:
        """The same rules knowing more words, such as the place names an instansi has imported."""
        more = dict(self.kata)
        for word in kata:
            for part in word.lower().split():
                more[part] = more.get(part, frozenset()) | {golongan}
        return replace(self, kata=more)

    def kenal(self, word: str) -> bool:
        """Is it a word of the field, an abbreviation or a usual other spelling of one?"""
        key = (word,)
        return word in self.kata or any(key in t for t in (self.singkatan, self.ejaan, self.bilangan))

    def adalah(self, word: str, golongan: str) -> bool:
        return golongan in self.kata.get(word, ())

    def unsur_tempat(self, word: str) -> tuple[str, str] | None:
        """``sidomulyo`` as (``sido``, ``mulyo``) when both halves are usual parts of village names.

        Halves may share a letter: ``sumberejo`` is (``sumber``, ``rejo``).
        """
        for cut in range(2, len(word) - 1):
            for start in (cut, cut - 1):
                if self.adalah(word[:cut], "unsur tempat awal") and self.adalah(
                    word[start:], "unsur tempat akhir"
                ):
                    return word[:cut], word[start:]
        return None

    def tempat(self, word: str) -> bool:
        """Is it the name of a place, known or plainly composed?"""
        return self.adalah(word, "tempat") or self.unsur_tempat(word) is not None

    def terdekat(self, word: str, selisih: int) -> tuple[str, int] | None:
        """The known word nearest to ``word`` and its distance in letters (OSA), at most ``selisih``."""
        best: tuple[str, int] | None = None
        limit = selisih
        for length in sorted(self._menurut_panjang, key=lambda n: (abs(n - len(word)), n)):
            if abs(length - len(word)) > limit:
                break
            found = process.extractOne(
                word, self._menurut_panjang[length], scorer=OSA.distance, score_cutoff=limit
            )
            if found is not None and (best is None or found[1] < best[1]):
                best = (found[0], int(found[1]))
                limit = best[1]
        return best
