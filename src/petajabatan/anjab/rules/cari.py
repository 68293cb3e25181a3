"""Finding names on a map by a text that may be misspelled: in memory, over the distinct names alone."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from string import punctuation
from typing import NamedTuple

from rapidfuzz.distance import OSA

KATA_MIRIP = 0.75
"""Share of a word that must be as typed: one slip in a word of four letters, two in one of eight. What the
database's search of maps (``jabatan.queries.search_posisi``) forgives within a word."""
KATA_MAKS = 5
"""Words of a text that are looked at, as there."""


class Cocok(NamedTuple):
    """The names a text finds. ``mirip``: none has it as typed, these have words like its words."""

    nama: frozenset[str]
    mirip: bool


def holding(cari: str, nama: Iterable[str]) -> frozenset[str]:
    """The names that hold every word of a text, in whatever case; all names for a text without words."""
    words = cari.casefold().split()
    return frozenset(name for name in nama if all(word in name.casefold() for word in words))


def find_names(cari: str, nama: Iterable[str]) -> Cocok:
    """The names that hold every word of a text; where none does, those with words like them."""
    names = set(nama)
    found = holding(cari, names)
    if found:
        return Cocok(found, False)
    near = _alike(cari, names)
    return Cocok(near, bool(near))


def _alike(cari: str, names: Iterable[str]) -> frozenset[str]:
    asked = _words(cari)[:KATA_MAKS]
    left = {name: _words(name) for name in names} if asked else {}
    known = set(chain.from_iterable(left.values()))
    for one in asked:
        like = {word for word in known if _like(one, word)}
        left = {name: words for name, words in left.items() if not like.isdisjoint(words)}
    return frozenset(left)


def _words(text: str) -> list[str]:
    return text.casefold().replace("/", " ").split()


def _like(asked: str, word: str) -> bool:
    return asked in word or OSA.normalized_similarity(asked, word.strip(punctuation)) >= KATA_MIRIP
