"""Two spellings of one word: how far apart, when slips of the hand weigh less than other changes.

Optimal string alignment (Damerau-Levenshtein in which no part is edited twice), weighted per kind of slip:
swapped neighbours, a doubled letter, a neighbouring key, one vowel for another, any other letter.
"""

from __future__ import annotations

from collections.abc import Mapping

_BARIS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
VOKAL = frozenset("aiueo")


def _tetangga() -> frozenset[tuple[str, str]]:
    """Pairs of keys that touch on a QWERTY keyboard."""
    place = {
        key: (x + 0.5 * y if y < 2 else x + 1.0, y)
        for y, row in enumerate(_BARIS)
        for x, key in enumerate(row)
    }
    return frozenset(
        (a, b)
        for a, (ax, ay) in place.items()
        for b, (bx, by) in place.items()
        if a != b and abs(ax - bx) <= 1 and abs(ay - by) <= 1
    )


TETANGGA = _tetangga()

SEBUTAN = {
    "tukar": "huruf “{0}” dan “{1}” tertukar",
    "ganda-lebih": "huruf “{0}” tertulis ganda",
    "ganda-kurang": "huruf ganda “{1}” tertulis tunggal",
    "lebih": "huruf “{0}” berlebih",
    "kurang": "huruf “{1}” tertinggal",
    "tetangga": "“{0}” tertekan untuk “{1}”, tombolnya bersebelahan",
    "vokal": "vokal “{0}” untuk “{1}”",
    "ganti": "huruf “{0}” untuk “{1}”",
}


def _ganti(a: str, b: str, bobot: Mapping[str, float]) -> tuple[float, str]:
    if (a, b) in TETANGGA:
        return bobot["bobot_tetangga"], "tetangga"
    if a in VOKAL and b in VOKAL:
        return bobot["bobot_vokal"], "vokal"
    return bobot["bobot_huruf"], "ganti"


def selisih_huruf(
    lama: str, baru: str, bobot: Mapping[str, float]
) -> tuple[float, tuple[tuple[str, str, str], ...]]:
    """Weighted distance in letters, and the slips as (kind, old letter, new letter), in order.

    The distance is the same both ways round.
    """
    rows, columns = len(lama), len(baru)
    cost = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    step: list[list[tuple[str, int, int]]] = [[("", 0, 0)] * (columns + 1) for _ in range(rows + 1)]
    for i in range(rows + 1):
        for j in range(columns + 1):
            if i == j == 0:
                continue
            options: list[tuple[float, str, int, int]] = []
            if i and j:
                if lama[i - 1] == baru[j - 1]:
                    options.append((cost[i - 1][j - 1], "", 1, 1))
                else:
                    weight, kind = _ganti(lama[i - 1], baru[j - 1], bobot)
                    options.append((cost[i - 1][j - 1] + weight, kind, 1, 1))
                if i > 1 and j > 1 and lama[i - 1] == baru[j - 2] != lama[i - 2] == baru[j - 1]:
                    options.append((cost[i - 2][j - 2] + bobot["bobot_tukar"], "tukar", 2, 2))
            if i:
                doubled = i > 1 and lama[i - 1] == lama[i - 2]
                weight = bobot["bobot_ganda" if doubled else "bobot_huruf"]
                options.append((cost[i - 1][j] + weight, "ganda-lebih" if doubled else "lebih", 1, 0))
            if j:
                doubled = j > 1 and baru[j - 1] == baru[j - 2]
                weight = bobot["bobot_ganda" if doubled else "bobot_huruf"]
                options.append((cost[i][j - 1] + weight, "ganda-kurang" if doubled else "kurang", 0, 1))
            cost[i][j], kind, di, dj = min(options)
            step[i][j] = (kind, di, dj)
    slips: list[tuple[str, str, str]] = []
    i, j = rows, columns
    while i or j:
        kind, di, dj = step[i][j]
        if kind == "tukar":
            slips.append((kind, lama[i - 2], lama[i - 1]))
        elif kind:
            slips.append((kind, lama[i - 1] if di else "", baru[j - 1] if dj else ""))
        i, j = i - di, j - dj
    return cost[rows][columns], tuple(reversed(slips))


def sebut_selisih(slips: tuple[tuple[str, str, str], ...]) -> str:
    """The slips in words: ``huruf “a” tertinggal dan huruf “n” dan “d” tertukar``."""
    return "; ".join(SEBUTAN[kind].format(old, new) for kind, old, new in slips)


_EJAAN_LAMA = (
    ("oe", "u"),
    ("tj", "c"),
    ("dj", "\0"),
    ("sj", "sy"),
    ("nj", "ny"),
    ("ch", "kh"),
    ("j", "y"),
    ("\0", "j"),
)
_BUNYI = (
    ("ph", "f"),
    ("th", "t"),
    ("dh", "d"),
    ("kh", "h"),
    ("sy", "s"),
    ("ks", "x"),
    ("kw", "ku"),
    ("q", "k"),
    ("v", "f"),
    ("z", "j"),
    ("y", "i"),
)


def ejaan_baru(word: str) -> str:
    """``koetohardjo`` as ``kutoharjo``: the spelling before 1972 in today's letters."""
    for old, new in _EJAAN_LAMA:
        word = word.replace(old, new)
    return word


def kunci_bunyi(word: str) -> str:
    """Words that sound alike share this key: ``aktifitas`` and ``aktivitas``, ``ijazah`` and ``izazah``."""
    for old, new in _BUNYI:
        word = word.replace(old, new)
    return word


def bunyi_sama(lama: str, baru: str) -> bool:
    """The same word in an older or in another spelling of the same sounds."""
    return ejaan_baru(lama) == baru or ejaan_baru(baru) == lama or kunci_bunyi(lama) == kunci_bunyi(baru)
