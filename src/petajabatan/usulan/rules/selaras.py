"""Bringing a draft onto a newer published version.

Each touched object is compared three ways, column by column: base, ours, theirs. What only one side changed
is taken; what both changed to the same is fine; what both changed differently is a conflict that a person
decides. Nothing is overwritten silently.

A unit removed together with its branch and boxes is one decision (``Penghapusan``): it goes with all of them
or comes back with all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from petajabatan.usulan.rules.objek import TIADA, Isi, Keadaan, Kunci, Objek, Perubahan, isi_to_dict
from petajabatan.usulan.rules.pandangan import atas

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
    ikut: tuple[Kunci, ...] = ()
    """For a removal: what goes or stays along with the object."""
    sebab: tuple[Kunci, ...] = ()
    """For a removal: what the published version changed in it."""

    @property
    def kunci(self) -> tuple[Objek, int, str]:
        return (self.objek, self.id, self.kolom)


@dataclass
class HasilSelaras:
    """``perubahan``: the draft on the new base; ``konflik``: what is still to be decided (the draft's value
    stands in ``perubahan`` until then)."""

    perubahan: list[Perubahan] = field(default_factory=list)
    konflik: list[Konflik] = field(default_factory=list)
    dilepas: list[Penghapusan] = field(default_factory=list)
    """Removals given up: decided for the published version."""


def selaraskan(
    draf: Iterable[Perubahan],
    terbit: Mapping[Kunci, Keadaan],
    keputusan: Mapping[tuple[str, int, str], str] | None = None,
    *,
    tindakan: Mapping[Kunci, int] | None = None,
    penghuni: Iterable[tuple[Kunci, int]] = (),
) -> HasilSelaras:
    """The draft's net steps on a new base.

    ``terbit`` holds the published state of every touched object in the new version (``TIADA`` or removed with
    successors when it is gone); ``keputusan`` are decisions made before: they stay decided. ``tindakan`` and
    ``penghuni`` as in ``removals``.
    """
    decided = keputusan or {}
    result = HasilSelaras()
    rows = list(draf)
    before = {p.kunci: p for p in rows}
    gone: dict[Kunci, str | None] = {}
    back: set[Kunci] = set()
    for removal in removals(rows, terbit, tindakan, penghuni):
        choice = decided.get((*removal.puncak, SELURUHNYA))
        gone |= dict.fromkeys(removal.terhapus, choice)
        if choice == "terbit":
            back |= removal.dipindah
            result.dilepas.append(removal)
        elif choice is None:
            result.konflik.append(_whole(removal, before[removal.puncak], terbit))
    for p in rows:
        now = terbit.get(p.kunci, TIADA)
        if p.kunci in gone and now.isi is not None:
            merged = now if gone[p.kunci] == "terbit" else p.sesudah
        else:
            merged = _merge(_stay(p) if p.kunci in back else p, now, decided, result.konflik)
        base = Keadaan(now.isi)
        if merged != base and not (now.isi is None and merged.isi is None):
            result.perubahan.append(Perubahan(p.objek, p.id, base, merged))
    return result


@dataclass(frozen=True)
class Penghapusan:
    """One removal: what it removed, and what it took out of the removed units first. ``puncak`` stands for
    all of it; ``sebab`` is what the published version changed in it, so that it must be decided."""

    puncak: Kunci
    terhapus: frozenset[Kunci]
    dipindah: frozenset[Kunci]
    sebab: frozenset[Kunci]


def removals(
    draf: Iterable[Perubahan],
    terbit: Mapping[Kunci, Keadaan],
    tindakan: Mapping[Kunci, int] | None = None,
    penghuni: Iterable[tuple[Kunci, int]] = (),
) -> list[Penghapusan]:
    """The removals of the draft that the published version changed something in.

    ``tindakan``: the action that removed or moved an object; objects of one action that hang together are one
    removal (not given: all that hang together). ``penghuni``: what hangs on a removed unit in the published
    version without the draft knowing it, with that unit.
    """
    rows = {p.kunci: p for p in draf}
    acts = tindakan or {}
    removed = {k: p for k, p in rows.items() if p.sebelum.isi is not None and p.sesudah.isi is None}
    part = {k: k for k in removed}

    def find(key: Kunci) -> Kunci:
        while part[key] != key:
            key = part[key]
        return key

    for key, p in removed.items():
        above = _above(p.sebelum)
        if above in removed and acts.get(key) == acts.get(above):
            part[find(key)] = find(above)
    causes: dict[Kunci, Kunci] = {
        key: key for key, p in removed.items() if terbit.get(key, TIADA).isi not in (None, p.sebelum.isi)
    }
    causes |= {child: ("unor", unit) for child, unit in penghuni if ("unor", unit) in removed}
    together: dict[Kunci, list[Kunci]] = {}
    for key in removed:
        together.setdefault(find(key), []).append(key)
    todo, seen = list(causes.values()), set[Kunci]()
    while todo:
        key = todo.pop()
        if key in seen:
            continue
        seen.add(key)
        todo += together.pop(find(key), ())
        # What comes back needs the units above it, whoever removed them.
        for above in (_above(removed[key].sebelum), _above(terbit.get(key, TIADA))):
            if above in removed:
                todo += together.pop(find(above), ())
                part[find(key)] = find(above)
    members: dict[Kunci, set[Kunci]] = {}
    for key in seen:
        members.setdefault(find(key), set()).add(key)
    found = []
    for keys in members.values():
        moved = {
            k
            for k, p in rows.items()
            if p.sesudah.isi is not None
            and (above := _above(p.sebelum)) in keys
            and above != _above(p.sesudah)
            and acts.get(k) == acts.get(above)
        }
        why = {cause for cause, key in causes.items() if key in keys}
        found.append(Penghapusan(_top(keys, removed), frozenset(keys), frozenset(moved), frozenset(why)))
    return sorted(found, key=lambda r: (r.puncak[0], r.puncak[1]))


def _above(state: Keadaan) -> Kunci | None:
    above = atas(state.isi)
    return None if above is None else ("unor", above)


def _top(keys: set[Kunci], removed: Mapping[Kunci, Perubahan]) -> Kunci:
    """The object a removal is named by: its highest unit, else its first object."""
    tops = [k for k in keys if _above(removed[k].sebelum) not in keys] or list(keys)
    return min(tops, key=lambda k: (k[0] != "unor", k[1]))


def _whole(removal: Penghapusan, p: Perubahan, terbit: Mapping[Kunci, Keadaan]) -> Konflik:
    now = terbit.get(p.kunci, TIADA)
    return Konflik(
        p.objek,
        p.id,
        SELURUHNYA,
        isi_to_dict(p.sebelum.isi),
        None,
        isi_to_dict(now.isi),
        tuple(sorted((removal.terhapus | removal.dipindah) - {p.kunci})),
        tuple(sorted(removal.sebab)),
    )


def _stay(p: Perubahan) -> Perubahan:
    """The step without its move to another unit."""
    column: dict[str, Any] = {"atasan_id" if p.objek == "unor" else "unor_id": atas(p.sebelum.isi)}
    assert p.sesudah.isi is not None
    return Perubahan(p.objek, p.id, p.sebelum, Keadaan(p.sesudah.isi._replace(**column), p.sesudah.penerus))


def _merge(
    p: Perubahan,
    now: Keadaan,
    decided: Mapping[tuple[str, int, str], str],
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
