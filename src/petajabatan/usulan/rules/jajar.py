"""Which words of one name stand for which words of the other: an alignment that also finds moved spaces,
joined words and initials."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rapidfuzz.distance import OSA

from petajabatan.usulan.rules.aturan_nama import AturanNama
from petajabatan.usulan.rules.singkatan import Kata

# Prices only order the alignments; the measured distance is computed afterwards from the dated weights.
_SISIP = 0.6
_SISIP_SAMBUNG = 0.15
_GANTI_JAUH = 1.0
_GANTI_SEJENIS = 0.8
_GANTI_SAMBUNG = 1.4
_RAPAT = 0.05
_RAPAT_HAMPIR = 0.2
_INISIAL = 0.1
_GABUNG = ((1, 2), (2, 1), (2, 2), (1, 3), (3, 1))
_HURUF_INISIAL = range(3, 9)


class Pasangan(NamedTuple):
    """Words ``lama[i0:i1]`` stand for ``baru[j0:j1]``; ``cara`` is ``kata``, ``rapat`` (only spaces differ),
    ``rapat-hampir`` (spaces and one slip) or ``inisial``."""

    i0: int
    i1: int
    j0: int
    j1: int
    cara: str = "kata"

    def balik(self) -> Pasangan:
        return Pasangan(self.j0, self.j1, self.i0, self.i1, self.cara)


def kependekan(short: Kata, long: Kata) -> bool:
    """``Pengemb.`` for ``Pengembangan``: a full stop, the same first letter, letters in the same order."""
    if not short.titik or short.cara or len(short.kata) < 3 or len(short.kata) >= len(long.kata):
        return False
    letters = iter(long.kata)
    return short.kata[0] == long.kata[0] and all(letter in letters for letter in short.kata)


def salah_sambung(a: Kata, b: Kata, aturan: AturanNama) -> bool:
    """``dn`` for ``dan``: a joining word and an unknown one, one slip apart."""
    known = [aturan.adalah(word.kata, "sambung") for word in (a, b)]
    if known[0] == known[1]:
        return False
    odd = b if known[0] else a
    return not aturan.kenal(odd.kata) and OSA.distance(a.kata, b.kata, score_cutoff=1) <= 1


def _inisial(word: Kata, others: Sequence[Kata], aturan: AturanNama) -> bool:
    """``PPPA`` for Pemberdayaan Perempuan (dan) Perlindungan Anak; never for a word we know."""
    if word.cara or len(word.kata) not in _HURUF_INISIAL or aturan.kenal(word.kata):
        return False
    content = [other.kata[0] for other in others if not aturan.adalah(other.kata, "sambung")]
    return "".join(content) == word.kata


def _ganti(a: Kata, b: Kata, aturan: AturanNama) -> float:
    if a.kata == b.kata:
        return 0.0
    if salah_sambung(a, b, aturan):
        return _RAPAT_HAMPIR
    joining = aturan.adalah(a.kata, "sambung") + aturan.adalah(b.kata, "sambung")
    if joining:
        return _SISIP_SAMBUNG if joining == 2 else _GANTI_SAMBUNG
    if kependekan(a, b) or kependekan(b, a):
        return _INISIAL
    distance = float(OSA.normalized_distance(a.kata, b.kata))
    if distance <= 0.5:
        return distance
    return _GANTI_SEJENIS if _sejenis(a.kata, b.kata, aturan) else _GANTI_JAUH


def _sejenis(a: str, b: str, aturan: AturanNama) -> bool:
    """Do both name, say, a kind of unit? Then one took the place of the other."""
    return bool((aturan.kata.get(a, frozenset()) & aturan.kata.get(b, frozenset())) - {"bidang kerja"})


def _sisip(word: Kata, aturan: AturanNama) -> float:
    return _SISIP_SAMBUNG if aturan.adalah(word.kata, "sambung") else _SISIP


def _rapat(left: Sequence[Kata], right: Sequence[Kata]) -> str:
    a, b = "".join(w.kata for w in left), "".join(w.kata for w in right)
    if a == b:
        return "rapat"
    if abs(len(a) - len(b)) > 1 or min(len(w.kata) for w in (*left, *right)) < 3:
        return ""
    return "rapat-hampir" if OSA.distance(a, b, score_cutoff=1) <= 1 else ""


def jajarkan(lama: Sequence[Kata], baru: Sequence[Kata], aturan: AturanNama) -> list[Pasangan]:
    """The cheapest alignment, only its pairs that differ, in order."""
    head = 0
    while head < min(len(lama), len(baru)) and lama[head].kata == baru[head].kata:
        head += 1
    tail = 0
    while tail < min(len(lama), len(baru)) - head and lama[-1 - tail].kata == baru[-1 - tail].kata:
        tail += 1
    old, new = lama[head : len(lama) - tail], baru[head : len(baru) - tail]
    best: dict[tuple[int, int], tuple[float, int, int, str]] = {(0, 0): (0.0, 0, 0, "")}
    for i in range(len(old) + 1):
        for j in range(len(new) + 1):
            if i or j:
                best[i, j] = min(_langkah(old, new, i, j, best, aturan))
    pairs: list[Pasangan] = []
    i, j = len(old), len(new)
    while i or j:
        _, di, dj, manner = best[i, j]
        if not (di == dj == 1 and old[i - 1].kata == new[j - 1].kata):
            pairs.append(Pasangan(head + i - di, head + i, head + j - dj, head + j, manner))
        i, j = i - di, j - dj
    return pairs[::-1]


def _langkah(
    old: Sequence[Kata],
    new: Sequence[Kata],
    i: int,
    j: int,
    best: dict[tuple[int, int], tuple[float, int, int, str]],
    aturan: AturanNama,
) -> list[tuple[float, int, int, str]]:
    """The ways to reach cell (i, j), each with its total price."""
    ways: list[tuple[float, int, int, str]] = []
    if i and j:
        ways.append((best[i - 1, j - 1][0] + _ganti(old[i - 1], new[j - 1], aturan), 1, 1, "kata"))
    if i:
        ways.append((best[i - 1, j][0] + _sisip(old[i - 1], aturan), 1, 0, "kata"))
    if j:
        ways.append((best[i, j - 1][0] + _sisip(new[j - 1], aturan), 0, 1, "kata"))
    for di, dj in _GABUNG:
        if i >= di and j >= dj:
            manner = _rapat(old[i - di : i], new[j - dj : j])
            if manner:
                price = _RAPAT if manner == "rapat" else _RAPAT_HAMPIR
                ways.append((best[i - di, j - dj][0] + price, di, dj, manner))
    for n in range(3, 12):
        if i and j >= n and _inisial(old[i - 1], new[j - n : j], aturan):
            ways.append((best[i - 1, j - n][0] + _INISIAL, 1, n, "inisial"))
        if j and i >= n and _inisial(new[j - 1], old[i - n : i], aturan):
            ways.append((best[i - n, j - 1][0] + _INISIAL, n, 1, "inisial"))
    return ways
