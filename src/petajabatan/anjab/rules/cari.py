"""Finding names on a map by a text that may be misspelled: in memory, over the distinct names alone."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import compress
from operator import or_
from string import punctuation
from typing import NamedTuple

from rapidfuzz.distance import OSA

KATA_MIRIP = 0.75
"""Share of a word that must be as typed: one slip in a word of four letters, two in one of eight. What the
database's search of maps (``jabatan.queries.search_posisi``) forgives within a word."""
KATA_MAKS = 5
"""Words of a text that are looked at, as there."""
SEDIKIT = 8
"""So few words are looked for in a name as it is."""

Kosakata = Callable[[Sequence[str]], Collection[str]]
"""Tells the words of names."""


class Cocok(NamedTuple):
    """The names a text finds. ``mirip``: none has it as typed, these have words like its words."""

    nama: frozenset[str]
    mirip: bool


def holding(cari: str, nama: Iterable[str]) -> frozenset[str]:
    """The names that hold every word of a text, in whatever case; all names for a text without words."""
    names = list(nama)
    return frozenset(_holding(cari.casefold().split(), names, _folded(names)))


def vocabulary(names: Iterable[str]) -> frozenset[str]:
    """The words of names that are in small letters. Most of what a search with slips costs."""
    return frozenset(_words(" ".join(names)))


def find_names(cari: str, nama: Iterable[str], kosakata: Kosakata = vocabulary) -> Cocok:
    """The names that hold every word of a text; where none does, those with words like them. ``kosakata``
    tells the words of all these names."""
    names = list(set(nama))
    lines = _folded(names)
    found = _holding(cari.casefold().split(), names, lines)
    if found:
        return Cocok(frozenset(found), False)
    near = _alike(_words(cari.casefold())[:KATA_MAKS], names, lines, kosakata)
    return Cocok(frozenset(near), bool(near))


def _folded(names: list[str]) -> list[str]:
    """The names in small letters: all at once, ten times as fast as one by one. No name holds a NUL."""
    return "\0".join(names).casefold().split("\0")


def _holding(asked: list[str], names: list[str], lines: list[str]) -> list[str]:
    for word in asked:
        hits = [word in line for line in lines]
        names, lines = list(compress(names, hits)), list(compress(lines, hits))
    return names


def _alike(asked: list[str], names: list[str], lines: list[str], kosakata: Kosakata) -> list[str]:
    if not asked:
        return []
    known = kosakata(lines)
    for one in asked:
        like = {word for word in known if _like(one, word)}
        if len(like) <= SEDIKIT:  # most names are passed over without being taken apart
            hits = [False] * len(lines)
            for word in like:
                hits = list(map(or_, hits, [word in line for line in lines]))
            names, lines = list(compress(names, hits)), list(compress(lines, hits))
        hits = [not like.isdisjoint(_words(line)) for line in lines]
        names, lines = list(compress(names, hits)), list(compress(lines, hits))
    return names


def _words(text: str) -> list[str]:
    return text.replace("/", " ").split()


def _like(asked: str, word: str) -> bool:
    return asked in word or OSA.normalized_similarity(asked, word.strip(punctuation)) >= KATA_MIRIP
