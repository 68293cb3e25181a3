"""Bringing a draft onto a newer published version.

Each touched object is compared three ways, column by column: base, ours, theirs. What only one side changed
is taken; what both changed to the same is fine; what both changed differently is a conflict that a person
decides. Nothing is overwritten silently.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from petajabatan.usulan.rules.objek import TIADA, Isi, Keadaan, Kunci, Objek, Perubahan, isi_to_dict
from petajabatan.usulan.rules.pandangan import atas

Keputusan = Literal["usulan", "terbit"]
"""Whose value stands: that of this draft, or that of the published version."""
SELURUHNYA = "*"
"""Column name of a conflict about the object as a whole (one side removed it, the other changed it)."""
_DIAM = frozenset({"urutan"})
"""Columns whose conflicts nobody wants to decide: the draft's order stands."""


@dataclass(frozen=True)
class Konflik:
    """One column that both sides changed. Values are JSON-ready; ``SELURUHNYA`` compares whole states."""

    objek: Objek
    id: int
    kolom: str
    dasar: Any
    usulan: Any
    terbit: Any

    @property
    def kunci(self) -> tuple[Objek, int, str]:
        return (self.objek, self.id, self.kolom)


@dataclass
class HasilSelaras:
    """``perubahan``: the draft on the new base; ``konflik``: what is still to be decided (the draft's value
    stands in ``perubahan`` until then)."""

    perubahan: list[Perubahan] = field(default_factory=list)
    konflik: list[Konflik] = field(default_factory=list)


def selaraskan(
    draf: Iterable[Perubahan],
    terbit: Mapping[Kunci, Keadaan],
    keputusan: Mapping[tuple[Objek, int, str], Keputusan] | None = None,
) -> HasilSelaras:
    """The draft's net steps on a new base.

    ``terbit`` holds the published state of every touched object in the new version (``TIADA`` or removed with
    successors when it is gone); ``keputusan`` are decisions made before: they stay decided.
    """
    decided = keputusan or {}
    result = HasilSelaras()
    for p in draf:
        now = terbit.get(p.kunci, TIADA)
        merged = _merge(p, now, decided, result.konflik)
        base = Keadaan(now.isi)
        if merged != base and not (now.isi is None and merged.isi is None):
            result.perubahan.append(Perubahan(p.objek, p.id, base, merged))
    return result


def _merge(
    p: Perubahan,
    now: Keadaan,
    decided: Mapping[tuple[Objek, int, str], Keputusan],
    conflicts: list[Konflik],
) -> Keadaan:
    base, ours = p.sebelum.isi, p.sesudah.isi
    if now.isi == base or (base is None and now.isi == ours):
        return p.sesudah
    if base is None or ours is None or now.isi is None:
        if ours is None and now.isi is None:
            return now
        choice = decided.get((p.objek, p.id, SELURUHNYA))
        if choice is None:
            conflicts.append(
                Konflik(p.objek, p.id, SELURUHNYA, isi_to_dict(base), isi_to_dict(ours), isi_to_dict(now.isi))
            )
        return now if choice == "terbit" else p.sesudah
    values: dict[str, Any] = {}
    for name, old, mine, theirs in zip(base._fields, base, ours, now.isi, strict=True):
        if mine == old:
            values[name] = theirs
        elif theirs in (old, mine) or name in _DIAM:
            values[name] = mine
        else:
            choice = decided.get((p.objek, p.id, name))
            if choice is None:
                conflicts.append(Konflik(p.objek, p.id, name, _plain(old), _plain(mine), _plain(theirs)))
            values[name] = theirs if choice == "terbit" else mine
    made: Isi = type(ours)(**values)
    return Keadaan(made)


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def parents_gone(draf: Iterable[Perubahan], hidup: Mapping[int, bool]) -> list[Perubahan]:
    """Steps whose object would hang on a unit that is not on the map. ``hidup`` says of every unit named as
    head unit or as owner of a box whether it is alive on the new base with the draft laid over it."""
    lost = []
    for p in draf:
        isi = p.sesudah.isi
        if isi is None:
            continue
        above = atas(isi)
        if above is not None and not hidup.get(above, False):
            lost.append(p)
    return lost
