"""Matching the units of one structure with those of another: a score out of 100, every point explained.

What two units are called is compared without the words of the units above them ("Sekretariat Dinas Kesehatan"
and "Sekretariat Dinas Pendidikan" are both a Sekretariat), then their kind, their level, and whether the
units above them were matched with each other. Weights are a choice of the product; no regulation knows them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from petajabatan.jabatan.rules.beda import IsiUnor

BOBOT = {"nama": 60, "jenis": 15, "eselon": 15, "tempat": 10}
AMBANG = 75
"""Points from which a match is proposed; below it the person is asked."""
KATA_JENIS = frozenset(
    ("dinas", "badan", "bidang", "bagian", "subbagian", "subbidang", "seksi", "sub", "kantor", "upt", "uptd")
)
"""What only says which kind of unit it is; the kind and level are compared by themselves."""
KATA_ATAS = frozenset(
    ("dinas", "badan", "kantor", "kecamatan", "kelurahan", "inspektorat", "sekretariat", "puskesmas", "rsud",
     "upt", "uptd", "satuan", "kementerian", "direktorat", "biro", "bagian", "bidang")
)  # fmt: skip
"""A name of one of these within a search is that of a unit above the one looked for."""
KATA_SAMA = 80
_TINGKAT = re.compile(r"\d")
_KATA = re.compile(r"[^\W_]+")
_HAMPA = frozenset({"00", "99"})


@dataclass(frozen=True, slots=True)
class Alasan:
    """One part of a score: ``nilai`` of at most ``maks`` points, and why."""

    kriteria: str
    nilai: int
    maks: int
    sebab: str


@dataclass(frozen=True, slots=True)
class Jodoh:
    """A source unit and the target unit it would go to."""

    sumber: int
    tujuan: int
    skor: int
    alasan: tuple[Alasan, ...]


def inti_nama(nama: str, di_atas: Iterable[str]) -> str:
    """The words of a name that the names above it do not have, without the kind of unit. Where none is left
    ("Bidang Penanaman Modal" of a Dinas Penanaman Modal) all its words but the kind; a bare kind stays."""
    words = _KATA.findall(nama.lower())
    above = {word for name in di_atas for word in _KATA.findall(name.lower())}
    told = [word for word in words if word not in KATA_JENIS]
    return " ".join([word for word in told if word not in above] or told or words)


def split_wish(teks: str) -> str:
    """Of what somebody looks for, the words before those of a unit above: *bidang aset* of *bidang aset dinas
    kesehatan*; everything where no such unit is named."""
    words = _KATA.findall(teks.lower())
    at = next((n for n, word in enumerate(words) if n and word in KATA_ATAS), len(words))
    return " ".join(words[:at])


def covers(teks: str, nama: str, atas: Iterable[str]) -> float:
    """How many words of what is looked for a unit has: in its name, or (a little less) in the names above.
    Typing errors are forgiven."""
    own = _KATA.findall(nama.lower())
    above = [word for name in atas for word in _KATA.findall(name.lower())]
    total = 0.0
    for word in _KATA.findall(teks.lower()):
        if any(fuzz.ratio(word, other) >= KATA_SAMA for other in own):
            total += 1
        elif any(fuzz.ratio(word, other) >= KATA_SAMA for other in above):
            total += 0.8
    return total


def score(
    sumber: IsiUnor,
    tujuan: IsiUnor,
    atas_sumber: Sequence[str] = (),
    atas_tujuan: Sequence[str] = (),
    *,
    tempat: bool | None = None,
) -> Jodoh:
    """How well a target suits a source unit. ``atas_*``: names of the units above each; ``tempat``: whether
    the units right above them were matched with each other (None: not known, half the points)."""
    one, two = inti_nama(sumber.nama, atas_sumber), inti_nama(tujuan.nama, atas_tujuan)
    alike = fuzz.token_sort_ratio(one, two) / 100
    reasons = [
        Alasan("nama", round(BOBOT["nama"] * alike), BOBOT["nama"], f"“{one}” dan “{two}” mirip {alike:.0%}"),
        _kind(sumber, tujuan),
        _level(sumber, tujuan),
        _place(tempat),
    ]
    return Jodoh(sumber.id, tujuan.id, sum(r.nilai for r in reasons), tuple(reasons))


def _kind(sumber: IsiUnor, tujuan: IsiUnor) -> Alasan:
    full, same = BOBOT["jenis"], sumber.jenis == tujuan.jenis
    why = f"jenis sama: {sumber.jenis}" if same else f"jenis {sumber.jenis} dan {tujuan.jenis}"
    return Alasan("jenis", full if same else 0, full, why)


def _level(sumber: IsiUnor, tujuan: IsiUnor) -> Alasan:
    full = BOBOT["eselon"]
    one, two = (None if e in _HAMPA else e for e in (sumber.eselon, tujuan.eselon))
    if one == two:
        return Alasan("eselon", full, full, f"eselon sama: {one or 'tanpa eselon'}")
    near = bool(one and two and _TINGKAT.match(one) and one[0] == (two or " ")[0])
    why = f"eselon {one or 'tanpa'} dan {two or 'tanpa'}" + (", setingkat" if near else "")
    return Alasan("eselon", full // 2 if near else 0, full, why)


def _place(tempat: bool | None) -> Alasan:
    full = BOBOT["tempat"]
    if tempat is None:
        return Alasan("tempat", full // 2, full, "atasannya tidak dibandingkan")
    why = "atasannya juga berpasangan" if tempat else "atasannya tidak berpasangan"
    return Alasan("tempat", full if tempat else 0, full, why)


def match_trees(
    sumber: Sequence[IsiUnor],
    tujuan: Sequence[IsiUnor],
    atas_sumber: Sequence[str] = (),
    atas_tujuan: Sequence[str] = (),
) -> list[Jodoh]:
    """Which unit of one branch goes to which of another. Both come root first, every unit after the one above
    it; ``atas_*`` are the names above the roots. The roots belong together (the person chose them); every
    other target is used once at most; best scores first, ties by order. Source units without a match are left
    out."""
    if not sumber or not tujuan:
        return []
    names = [_names_above(sumber, atas_sumber), _names_above(tujuan, atas_tujuan)]
    root = score(sumber[0], tujuan[0], names[0][sumber[0].id], names[1][tujuan[0].id])
    found = {root.sumber: root}
    taken = {root.tujuan}
    at = {u.id: n for n, u in enumerate(sumber)} | {u.id: n for n, u in enumerate(tujuan)}
    level: list[IsiUnor] = [u for u in sumber[1:] if u.atasan_id == sumber[0].id]
    while level:
        pairs = []
        for one in level:
            above = found.get(one.atasan_id or 0)
            for two in tujuan[1:]:
                if two.id in taken:
                    continue
                place = above is not None and two.atasan_id == above.tujuan
                pairs.append(score(one, two, names[0][one.id], names[1][two.id], tempat=place))
        for pair in sorted(pairs, key=lambda p: (-p.skor, at[p.sumber], at[p.tujuan])):
            if pair.skor >= AMBANG and pair.sumber not in found and pair.tujuan not in taken:
                found[pair.sumber] = pair
                taken.add(pair.tujuan)
        keys = {u.id for u in level}
        level = [u for u in sumber if u.atasan_id in keys]
    return sorted(found.values(), key=lambda p: at[p.sumber])


def _names_above(units: Sequence[IsiUnor], above: Sequence[str]) -> Mapping[int, tuple[str, ...]]:
    names = {u.id: u.nama for u in units}
    found: dict[int, tuple[str, ...]] = {}
    for unit in units:
        parent = unit.atasan_id
        if parent is not None and parent in found:
            found[unit.id] = (*found[parent], names[parent])
        else:
            found[unit.id] = tuple(above)
    return found
