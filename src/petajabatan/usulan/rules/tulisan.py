"""How a name from the reference lists is written on the map."""

from __future__ import annotations

import re

KATA_SAMBUNG = frozenset(
    ("atau", "bagi", "dalam", "dan", "dari", "dengan", "di", "ke", "oleh", "pada", "serta", "untuk", "yang")
)
_ROMAWI = re.compile(r"[IVX]+")


def nama_kotak(nama: str) -> str:
    """The official list of pelaksana is printed in capitals throughout; on a map such a name reads like its
    neighbours: ``PENATA KELOLA SISTEM DAN DATA`` → ``Penata Kelola Sistem dan Data``. A name that is not all
    capitals stays as it is."""
    if not nama.isupper():
        return nama
    words = [_word(word, n == 0) for n, word in enumerate(nama.split())]
    return " ".join(words)


def _word(word: str, first: bool) -> str:
    if _ROMAWI.fullmatch(word):
        return word
    low = word.lower()
    if low in KATA_SAMBUNG and not first:
        return low
    return re.sub(r"[^\W\d_]+", lambda part: part[0].capitalize(), low)
