"""What mending each kind of deviation would come to, before anybody does it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from petajabatan.anjab.rules.simpangan import Simpangan


@dataclass(frozen=True, slots=True)
class Dampak:
    """``kotak``: boxes that appear, change or go; ``dk``: what is added to the sum of K (boxes whose K is not
    known yet add the whole of it); ``orang``: people who hold these boxes today."""

    kotak: int = 0
    dk: int = 0
    orang: int = 0


def impact(found: Iterable[Simpangan], orang: Mapping[int, int]) -> tuple[dict[str, Dampak], Dampak]:
    """Per kind, and all kinds together (a box touched by two kinds counts once there). ``orang``: people per
    box."""
    kinds: dict[str, Dampak] = {}
    held: dict[str, set[int]] = {}
    new = dk = 0
    for s in found:
        row = kinds.get(s.jenis, Dampak())
        boxes = held.setdefault(s.jenis, set())
        if s.posisi_id is not None:
            fresh = s.posisi_id not in boxes
            boxes.add(s.posisi_id)
            count, people = int(fresh), orang.get(s.posisi_id, 0) if fresh else 0
        else:
            count, people = _new_boxes(s), 0
            new += count
        dk += s.dk
        kinds[s.jenis] = Dampak(row.kotak + count, row.dk + s.dk, row.orang + people)
    every = set().union(*held.values())
    return kinds, Dampak(len(every) + new, dk, sum(orang.get(key, 0) for key in every))


def _new_boxes(s: Simpangan) -> int:
    if s.jenis == "jabatan-kurang":
        return 1
    if s.jenis == "unit-kurang" and s.u is not None:
        return len(s.u.posisi) + (not any(p.kepala for p in s.u.posisi))
    return 0


__all__ = ["Dampak", "impact"]
