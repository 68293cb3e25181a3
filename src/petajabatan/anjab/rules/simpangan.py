"""How a unit deviates from a template, and the operations that bring it in line. Pure.

Missing and different things can be mended; posts that the template does not have are removed only where a
person asks for it, and units it does not have never: what becomes of their people is a decision of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rapidfuzz import fuzz

from petajabatan.anjab.rules.templat import PosisiTemplat, Templat, UnitTemplat
from petajabatan.jabatan.rules.abk.angka import write_number as angka
from petajabatan.jabatan.rules.beda import IsiPosisi, IsiUnor
from petajabatan.usulan.rules import operasi as op

NAMA_SAMA = 88
"""Likeness (0–100) from which a unit below is the template's unit of that name."""
JENIS = {
    "unit-kurang": "Unit belum ada",
    "unit-lebih": "Unit di luar templat",
    "jabatan-kurang": "Jabatan belum ada",
    "jabatan-lebih": "Jabatan di luar templat",
    "pimpinan-beda": "Pimpinan berbeda",
    "kelas-beda": "Kelas berbeda",
    "k-beda": "K berbeda",
    "isian-kurang": "Bagian informasi jabatan belum ada",
}
DILENGKAPI = ("unit-kurang", "jabatan-kurang", "isian-kurang")
"""Kinds that applying a template mends unasked: what is missing comes."""
DIMINTA = ("kelas-beda", "k-beda", "jabatan-lebih")
"""Kinds that change or remove what the unit has: only where a person asks for them."""


@dataclass(frozen=True, slots=True)
class Simpangan:
    """One deviation: what the template says and what there is. ``unor_id`` None: the unit is missing too."""

    jenis: str
    unor_id: int | None
    unit: str
    nama: str
    seharusnya: str = ""
    adanya: str = ""
    u: UnitTemplat | None = None
    p: PosisiTemplat | None = None
    posisi_id: int | None = None
    infojab_id: int | None = None
    bagian: tuple[op.Bagian, ...] = ()
    dk: int = 0
    """What mending it adds to the sum of K."""


@dataclass(frozen=True)
class Keadaan:
    """A branch of a map: units root first, their boxes, the sections of their informasi jabatan."""

    unor: Sequence[IsiUnor]
    kotak: Mapping[int, Sequence[IsiPosisi]] = field(default_factory=dict)
    isian: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)


def compare(templat: Templat, ada: Keadaan) -> list[Simpangan]:
    """Every deviation, in the order of the template, then what is beyond it."""
    found: list[Simpangan] = []
    at: dict[str, IsiUnor | None] = {templat.akar.kunci: ada.unor[0]}
    taken = {ada.unor[0].id}
    for unit in templat.unit[1:]:
        above = at.get(unit.atasan)
        held = None if above is None else _named(unit.nama, ada.unor, above.id, taken)
        at[unit.kunci] = held
        if held is not None:
            taken.add(held.id)
    for unit in templat.unit:
        held = at[unit.kunci]
        if held is None:
            above = at.get(unit.atasan)
            found.append(
                Simpangan(
                    "unit-kurang",
                    above.id if above else None,
                    unit.nama,
                    unit.nama,
                    u=unit,
                    seharusnya=f"{angka(len(unit.posisi))} jabatan",
                    dk=sum(p.k or 0 for p in unit.posisi),
                )
            )
        else:
            found += _posts(unit, held, ada)
    found += [
        Simpangan("unit-lebih", u.id, u.nama, u.nama, adanya=f"{angka(len(ada.kotak.get(u.id, ())))} jabatan")
        for u in ada.unor
        if u.id not in taken
    ]
    return found


def _named(nama: str, units: Sequence[IsiUnor], above: int, taken: set[int]) -> IsiUnor | None:
    best, score = None, NAMA_SAMA - 1.0
    for unit in units:
        if unit.atasan_id == above and unit.id not in taken:
            alike = fuzz.token_sort_ratio(nama.lower(), unit.nama.lower())
            if alike > score:
                best, score = unit, alike
    return best


def _posts(unit: UnitTemplat, held: IsiUnor, ada: Keadaan) -> list[Simpangan]:
    found: list[Simpangan] = []
    boxes = list(ada.kotak.get(held.id, ()))
    head = next((b for b in boxes if b.kepala), None)
    rest: dict[tuple[str, int | None], list[IsiPosisi]] = {}
    for box in boxes:
        if not box.kepala:
            rest.setdefault((box.jenis, box.jabatan_id), []).append(box)
    for post in unit.posisi:
        if post.kepala and head is not None:
            if head.jabatan_id != post.jabatan_id:
                found.append(
                    Simpangan("pimpinan-beda", held.id, held.nama, head.nama, post.nama, head.nama, p=post)
                )
            else:
                found += _differences(held, post, head, ada)
            continue
        same = None if post.kepala else rest.get((post.jenis, post.jabatan_id))
        if not same:
            need = "–" if post.k is None else angka(post.k)
            found.append(
                Simpangan(
                    "jabatan-kurang",
                    held.id,
                    held.nama,
                    post.nama,
                    f"K {need}",
                    "tidak ada",
                    u=unit,
                    p=post,
                    dk=post.k or 0,
                )
            )
            continue
        found += _differences(held, post, same.pop(0), ada)
    structural = [b for group in rest.values() for b in group if b.jenis == "struktural"]
    beyond = [b for group in rest.values() for b in group if b.jenis != "struktural"]
    found += [
        Simpangan(
            "jabatan-lebih",
            held.id,
            held.nama,
            b.nama,
            "tidak ada",
            f"K {'–' if b.k is None else angka(b.k)}",
            posisi_id=b.id,
            dk=-(b.k or 0),
        )
        for b in [*beyond, *structural]
    ]
    return found


def _differences(held: IsiUnor, post: PosisiTemplat, box: IsiPosisi, ada: Keadaan) -> list[Simpangan]:
    found = []
    where: dict[str, Any] = {"p": post, "posisi_id": box.id, "infojab_id": box.infojab_id}
    for jenis, wanted, there in (("kelas-beda", post.kelas, box.kelas), ("k-beda", post.k, box.k)):
        if wanted is not None and wanted != there and not (jenis == "k-beda" and box.kepala):
            found.append(
                Simpangan(
                    jenis,
                    held.id,
                    held.nama,
                    box.nama,
                    str(wanted),
                    "–" if there is None else str(there),
                    dk=wanted - (there or 0) if jenis == "k-beda" else 0,
                    **where,
                )
            )
    has = ada.isian.get(box.infojab_id or 0, {})
    missing = tuple(code for code in post.isian if not has.get(code))
    if missing:
        found.append(
            Simpangan(
                "isian-kurang",
                held.id,
                held.nama,
                box.nama,
                f"{len(post.isian)} bagian",
                f"{len(post.isian) - len(missing)} bagian",
                bagian=missing,
                **where,
            )
        )
    return found


def operations(templat: Templat, per_unit: Sequence[Sequence[Simpangan]], jenis: Iterable[str]) -> list[Any]:
    """The operations that mend these kinds of deviation on several units (the deviations of each). New
    objects have placeholders below zero; posts of the same template post share one new informasi jabatan."""
    work = _Susun()
    wanted = set(jenis)
    for found in per_unit:
        work.mend(templat, [s for s in found if s.jenis in wanted])
    return work.finish()


@dataclass(frozen=True, slots=True)
class UnitBaru:
    """A unit to be made: named and coded as its ministry knows it."""

    nama: str
    kode: op.KodeLuar | None = None
    wilayah: str | None = None


def build(atasan_id: int, units: Sequence[tuple[Templat, UnitBaru]]) -> tuple[list[Any], list[int]]:
    """The operations that make new units under one unit, each by its template, and the placeholder of
    each."""
    work = _Susun()
    roots = [work.new_unit(templat, templat.akar, atasan_id, unit) for templat, unit in units]
    return work.finish(), roots


class _Susun:
    """Operations while they are put together: units and boxes first, then what the posts' work is."""

    def __init__(self) -> None:
        self.made: list[Any] = []
        self.texts: dict[int, tuple[PosisiTemplat, list[int]]] = {}
        self.more: list[Any] = []
        self.next_id = -1

    def id(self) -> int:
        key = self.next_id
        self.next_id -= 1
        return key

    def new_unit(self, templat: Templat, unit: UnitTemplat, above: int, baru: UnitBaru | None = None) -> int:
        made = baru or UnitBaru(unit.nama)
        key = self.id()
        own_head = any(p.kepala for p in unit.posisi)
        self.made.append(
            op.TambahUnor(
                id=key,
                atasan_id=above,
                nama=made.nama,
                nama_jabatan=unit.nama_jabatan,
                eselon=unit.eselon,
                jenis_unor=unit.jenis,
                kepala=not own_head,
                kode=made.kode,
                wilayah=made.wilayah,
            )
        )
        for post in unit.posisi:
            self.new_post(unit, post, key)
        for below in templat.unit:
            if below.atasan == unit.kunci and below is not unit:
                self.new_unit(templat, below, key)
        return key

    def new_post(self, unit: UnitTemplat, post: PosisiTemplat, unor_id: int) -> None:
        key = self.id()
        self.made.append(
            op.TambahPosisi(
                id=key,
                unor_id=unor_id,
                jenis_posisi=post.jenis,
                jabatan_id=post.jabatan_id,
                jenjang=post.jenjang,
                kelas=post.kelas,
                k=post.k,
                kepala=post.kepala,
                nama=unit.nama_jabatan if post.kepala else "",
            )
        )
        if post.isian:
            self._describe(post, key)

    def _describe(self, post: PosisiTemplat, posisi_id: int) -> None:
        self.texts.setdefault(id(post), (post, []))[1].append(posisi_id)

    def mend(self, templat: Templat, found: Sequence[Simpangan]) -> None:
        for s in found:
            if s.jenis == "unit-kurang" and s.unor_id is not None and s.u is not None:
                self.new_unit(templat, s.u, s.unor_id)
            elif (
                s.jenis == "jabatan-kurang" and s.u is not None and s.p is not None and s.unor_id is not None
            ):
                self.new_post(s.u, s.p, s.unor_id)
            elif s.jenis == "kelas-beda" and s.p is not None and s.posisi_id is not None:
                self.more.append(op.UbahKelas(posisi_id=s.posisi_id, kelas=s.p.kelas))
            elif s.jenis == "k-beda" and s.p is not None and s.posisi_id is not None:
                self.more.append(op.UbahK(posisi_id=s.posisi_id, k=s.p.k, sumber="penetapan"))
            elif s.jenis == "isian-kurang" and s.p is not None and s.posisi_id is not None:
                self._fill(s)
            elif s.jenis == "jabatan-lebih" and s.posisi_id is not None:
                self.more.append(op.HapusPosisi(posisi_id=s.posisi_id))

    def _fill(self, s: Simpangan) -> None:
        assert s.p is not None and s.posisi_id is not None
        if s.infojab_id is None:
            self._describe(s.p, s.posisi_id)
            return
        self.more += [
            op.TulisIsian(infojab_id=s.infojab_id, bagian=code, isi=s.p.isian[code]) for code in s.bagian
        ]

    def finish(self) -> list[Any]:
        for post, boxes in self.texts.values():
            for begin in range(0, len(boxes), 500):
                key = self.id()
                self.made.append(op.BuatInfojab(id=key, posisi_id=tuple(boxes[begin : begin + 500])))
                self.made += [
                    op.TulisIsian(infojab_id=key, bagian=code, isi=isi) for code, isi in post.isian.items()
                ]
        return [*self.made, *self.more]
