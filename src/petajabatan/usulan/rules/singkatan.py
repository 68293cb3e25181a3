"""A name as words: letters folded, abbreviations read, numbers as digits; each knows how it was written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from rapidfuzz.distance import OSA

from petajabatan.usulan.rules.aturan_nama import AturanNama, Frasa

_HURUF = re.compile(r"[0-9a-z]+", re.IGNORECASE)
_DAN = re.compile(r"\s*[&+]\s*")
_TERPISAH = re.compile(r"\b(?:[a-z]\.){2,}(?:[a-z]\b)?", re.IGNORECASE)
_NOMOR = re.compile(r"([a-z]{2,})(\d+)", re.IGNORECASE)
_ROMAWI = re.compile(r"(x{0,3})(ix|iv|v?i{0,3})$")
_NILAI = {"i": 1, "v": 5, "x": 10}


_UTUH_SEJAK = 5
"""Shorter abbreviations are too near to everything."""
_KECIL = frozenset(("dan", "serta", "di", "pada", "untuk", "yang", "atau", "bagi", "oleh", "dengan"))


def kapital(word: str) -> str:
    """As names are written: capitalised, but not the words that join."""
    return word if word in _KECIL else word.capitalize()


class Kata(NamedTuple):
    """One word: ``kata`` as compared, ``tulis`` as written, ``titik`` when a full stop followed it,
    ``cara`` how it was read (``singkatan``, ``ejaan``, ``bilangan``, ``romawi``, or nothing)."""

    kata: str
    tulis: str
    titik: bool = False
    cara: str = ""

    @property
    def angka(self) -> bool:
        return self.kata.isdigit()

    @property
    def bentuk(self) -> tuple[str, ...]:
        """The forms it may be compared in: as read, and as written when only the spelling was mended."""
        written = self.tulis.lower()
        return (self.kata, written) if self.cara == "ejaan" and written.isalpha() else (self.kata,)

    @property
    def tampil(self) -> str:
        """As shown to people: a read abbreviation shows the word it stands for."""
        return kapital(self.kata) if self.cara == "singkatan" else self.tulis


def romawi(word: str) -> int | None:
    """``iv`` → 4, up to 39; None when it is no Roman number in its regular writing."""
    if not word or not _ROMAWI.match(word):
        return None
    values = [_NILAI[letter] for letter in word]
    return sum(-v if v < w else v for v, w in zip(values, [*values[1:], 0], strict=True))


def _angka(word: Kata) -> Kata:
    """Digits without leading zeros; Roman numbers as digits, a small L or a one in them read as I."""
    if word.kata.isdigit():
        return word._replace(kata=str(int(word.kata)))
    upright = re.fullmatch(r"[IVXl]+", word.tulis) and "l" in word.tulis
    value = romawi(word.tulis.replace("l", "i").lower() if upright else word.kata)
    return word if value is None else word._replace(kata=str(value), cara="romawi")


def pecah(nama: str) -> list[Kata]:
    """The written words, folded but not yet read. ``S.D.N.`` is one word, ``SDN1`` two, ``&`` is ``dan``."""
    text = unicodedata.normalize("NFKD", nama)
    text = "".join(letter for letter in text if not unicodedata.combining(letter) and letter not in "'’`")
    text = _DAN.sub(" dan ", text)
    text = _TERPISAH.sub(lambda found: found.group().replace(".", "") + " ", text)
    words = []
    for found in _HURUF.finditer(text):
        written = found.group()
        dotted = text[found.end() : found.end() + 1] == "."
        parts = _NOMOR.fullmatch(written)
        for part in parts.groups() if parts else (written,):
            words.append(Kata(part.lower(), part, dotted))
    return words


def _cocok(words: list[Kata], at: int, aturan: AturanNama) -> tuple[int, str, tuple[Frasa, ...]] | None:
    """The longest entry that begins here: how many words, how it is read, the possible readings."""
    for length in range(min(aturan.singkatan_terpanjang, len(words) - at), 0, -1):
        key = tuple(word.kata for word in words[at : at + length])
        if key in aturan.singkatan:
            return length, "singkatan", aturan.singkatan[key]
        if key in aturan.ejaan:
            return length, "ejaan", (aturan.ejaan[key],)
        if key in aturan.bilangan:
            return length, "bilangan", (aturan.bilangan[key],)
    return None


def panjangkan(teks: str, aturan: AturanNama) -> str:
    """The text with its abbreviations written out, each as it is usually read: what is searched for besides
    the text itself. Without any it comes back as it is."""
    words, out, at, read = pecah(teks), list[str](), 0, False
    while at < len(words):
        found = _cocok(words, at, aturan)
        if found is not None and found[1] == "singkatan":
            out += found[2][0]
            at, read = at + found[0], True
        else:
            out.append(words[at].kata)
            at += 1
    return " ".join(out) if read else teks


def kemungkinan(words: list[Kata], aturan: AturanNama) -> frozenset[str]:
    """Every word the name may contain, whichever way its abbreviations are read."""
    every = {word.kata for word in words}
    for at in range(len(words)):
        found = _cocok(words, at, aturan)
        if found:
            every.update(part for reading in found[2] for part in reading)
    return frozenset(every)


def baca(
    words: list[Kata], aturan: AturanNama, konteks: Iterable[str], utuh: frozenset[str] = frozenset()
) -> list[Kata]:
    """The words as compared; those in ``utuh`` stay as they are.

    An abbreviation with several readings takes the one that shares most words with ``konteks`` (the other
    name), else its usual one: ``Kel. Berencana`` is Keluarga Berencana.
    """
    other = frozenset(konteks)
    out: list[Kata] = []
    at = 0
    while at < len(words):
        found = None if words[at].kata in utuh else _cocok(words, at, aturan)
        if found is None:
            out.append(_angka(words[at]))
            at += 1
            continue
        length, manner, readings = found
        reading = max(readings, key=lambda r: sum(part in other for part in r) / len(r))
        written = " ".join(word.tulis + "." * word.titik for word in words[at : at + length])
        for part in reading:
            spelled = aturan.ejaan.get((part,), (part,))
            out.extend(_angka(Kata(w, written, words[at + length - 1].titik, manner)) for w in spelled)
        at += length
    return out


def _utuh(words: list[Kata], others: list[Kata], aturan: AturanNama) -> frozenset[str]:
    """Abbreviations left as written because the other name seems to misspell them (Puskesmas, Puskemas)."""
    odd = [word.kata for word in others if not aturan.kenal(word.kata)]
    return frozenset(
        word.kata
        for word in words
        if (
            (word.kata,) in aturan.bilangan
            or ((word.kata,) in aturan.singkatan and len(word.kata) >= _UTUH_SEJAK)
        )
        and any(OSA.distance(word.kata, other, score_cutoff=1) <= 1 for other in odd)
    )


def baca_pasangan(lama: str, baru: str, aturan: AturanNama) -> tuple[list[Kata], list[Kata]]:
    """Both names as words, each abbreviation read in the light of the other name."""
    old, new = pecah(lama), pecah(baru)
    whole = _utuh(old, new, aturan) | _utuh(new, old, aturan)
    return (
        baca(old, aturan, kemungkinan(new, aturan), whole),
        baca(new, aturan, kemungkinan(old, aturan), whole),
    )
