"""Which box of the successors looks like the heir of a box that goes: a proposal, never a decision."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from petajabatan.jabatan.rules.beda import IsiPosisi
from petajabatan.usulan.rules.terapkan.kerja import ESELON_TANPA

MIRIP = 0.6
"""Share of words two names must have in common to be taken for the same work."""


@dataclass(frozen=True)
class Kursi:
    """A box with the eselon of its unit and how many people are on it or already on their way to it."""

    isi: IsiPosisi
    eselon: str | None = None
    orang: int = 0


def usulkan_penerus(pergi: Iterable[Kursi], ada: Iterable[Kursi]) -> dict[int, int]:
    """For boxes that go, by id, the box to propose; those without a likely one are left out.

    Heads go to heads of the same eselon level whose single seat is free, each seat to one of them only.
    Others go to the same jabatan, else to a like-named one of the same kind and jenjang that needs somebody.
    """
    candidates, taken = list(ada), set[int]()
    found: dict[int, int] = {}
    for old in pergi:
        ranked = [(score, c) for c in candidates if (score := _fit(old, c)) and c.isi.id not in taken]
        if not ranked:
            continue
        best = max(ranked, key=lambda pair: pair[0])[1]
        found[old.isi.id] = best.isi.id
        if best.isi.kepala:
            taken.add(best.isi.id)
    return found


def _fit(old: Kursi, new: Kursi) -> tuple[float, ...] | None:
    """How well the box takes the place, higher is better; None: not at all."""
    a, b = old.isi, new.isi
    if a.kepala != b.kepala or a.jenis != b.jenis:
        return None
    same = a.jabatan_id is not None and a.jabatan_id == b.jabatan_id
    likeness = _likeness(a.nama, b.nama)
    if a.kepala:
        if new.orang or _level(old.eselon) != _level(new.eselon):
            return None
        return (old.eselon == new.eselon, same, likeness)
    if same:
        return (1, a.jenjang == b.jenjang, _room(new), likeness)
    if a.jenjang != b.jenjang or likeness < MIRIP or not b.k:
        return None
    return (0, 1, _room(new), likeness)


def _room(seat: Kursi) -> bool:
    return seat.isi.k is None or seat.orang < seat.isi.k


def _level(eselon: str | None) -> str:
    """III.a and III.b are one level; SIASN codes begin with it."""
    return "" if eselon is None or eselon in ESELON_TANPA else eselon[:1]


def _likeness(one: str, other: str) -> float:
    words, others = set(one.casefold().split()), set(other.casefold().split())
    return len(words & others) / max(len(words | others), 1)
