"""The objects of a draft and how they change.

A draft is the published map (its base version) and, for every unit or box it touches, the state before and
after. ``Keadaan`` is one such state, ``Perubahan`` one step between two of them; a step is undone by swapping
its sides.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal, NamedTuple

from petajabatan.jabatan.rules.beda import IsiPosisi, IsiUnor
from petajabatan.jabatan.rules.isian import IsiIsian

Objek = Literal["unor", "posisi", "isian"]
"""A unit, a box, or a section of an informasi jabatan (or the ABK sheet of a box)."""
OBJEK: tuple[Objek, ...] = ("unor", "posisi", "isian")
OBJEK_PETA: tuple[Objek, ...] = ("unor", "posisi")
"""What stands on the map itself."""
Isi = IsiUnor | IsiPosisi | IsiIsian
Kunci = tuple[Objek, int]
"""What an object is known by: its kind and its id."""
JENIS_ISI: Mapping[str, Any] = {"unor": IsiUnor, "posisi": IsiPosisi, "isian": IsiIsian}


class Keadaan(NamedTuple):
    """What an object is at one moment of a draft. ``isi`` None: it is not on the map (not yet, or removed);
    ``penerus``: ids of the objects of the same kind that carry on a removed one."""

    isi: Isi | None
    penerus: tuple[int, ...] = ()

    @property
    def hidup(self) -> bool:
        return self.isi is not None

    @property
    def di_peta(self) -> IsiUnor | IsiPosisi | None:
        """The unit or box, None for a section."""
        return None if isinstance(self.isi, IsiIsian) else self.isi


TIADA = Keadaan(None)


class Perubahan(NamedTuple):
    """One object before and after one operation."""

    objek: Objek
    id: int
    sebelum: Keadaan
    sesudah: Keadaan

    @property
    def kunci(self) -> Kunci:
        return (self.objek, self.id)

    def balik(self) -> Perubahan:
        """The inverse step."""
        return Perubahan(self.objek, self.id, self.sesudah, self.sebelum)


def isi_to_dict(isi: Isi | None) -> dict[str, Any] | None:
    """For storage as JSON: the fields of the row by name."""
    if isi is None:
        return None
    values = isi._asdict()
    if isinstance(isi, IsiUnor):
        values["urusan"] = list(isi.urusan)
    return values


def isi_from_dict(objek: str, values: Mapping[str, Any] | None) -> Isi | None:
    """The row that ``isi_to_dict`` was made of."""
    if values is None:
        return None
    made = dict(values)
    if objek == "unor":
        made["urusan"] = tuple(made.get("urusan") or ())
    result: Isi = JENIS_ISI[objek](**made)
    return result


def perubahan_to_json(rows: Iterable[Perubahan]) -> list[list[Any]]:
    """For storage: [objek, id, before, successors before, after, successors after]."""
    return [
        [
            p.objek,
            p.id,
            isi_to_dict(p.sebelum.isi),
            list(p.sebelum.penerus),
            isi_to_dict(p.sesudah.isi),
            list(p.sesudah.penerus),
        ]
        for p in rows
    ]


def perubahan_from_json(rows: Iterable[list[Any]]) -> list[Perubahan]:
    return [
        Perubahan(
            objek,
            key,
            Keadaan(isi_from_dict(objek, before), tuple(before_next)),
            Keadaan(isi_from_dict(objek, after), tuple(after_next)),
        )
        for objek, key, before, before_next, after, after_next in rows
    ]


def rangkum(rows: Iterable[Perubahan]) -> list[Perubahan]:
    """Several steps as one per object (first before, last after); steps that lead back are left out."""
    first: dict[Kunci, Perubahan] = {}
    for p in rows:
        held = first.get(p.kunci)
        first[p.kunci] = p if held is None else Perubahan(p.objek, p.id, held.sebelum, p.sesudah)
    return [p for p in first.values() if p.sebelum != p.sesudah]
