"""How complete the informasi jabatan of a box is: per section for lists of thousands, per field for editors.

A box is judged, not an informasi jabatan alone: unit kerja (3) and kelas (17) come from the map, volume and
time of the tasks (6) from the ABK sheet of the box. Both ways count the same fields
(``jabatan.rules.kelengkapan``); the short one keeps only numbers, so that they can be added up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from petajabatan.jabatan.rules.isian import BAGIAN, DICETAK, fields_of
from petajabatan.jabatan.rules.kelengkapan import KELAS, Isian, Kelengkapan, check_completeness

DARI_LEMBAR = ("volume", "waktu")
"""Columns of the tasks that come from the ABK sheet."""
DIHITUNG = (*DICETAK, "unit_kerja", "kelas")
"""Everything that counts: the sections people write and the two derived from the map."""


class Tugas(NamedTuple):
    """A task as an ABK row may name it: its number for life, or its words."""

    id: int
    uraian: str


class NilaiBagian(NamedTuple):
    """A section: required fields, those filled, and (tugas_pokok) the tasks."""

    wajib: int
    terisi: int
    tugas: tuple[Tugas, ...] = ()


class NilaiLembar(NamedTuple):
    """An ABK sheet: tasks (by number and by words) that have volume and time. ``cukup``: K comes from the
    recommendation of a pembina, so that no row has to be there."""

    id: frozenset[int] = frozenset()
    uraian: frozenset[str] = frozenset()
    cukup: bool = False


@dataclass(frozen=True, slots=True)
class NilaiKotak:
    """A box: required and filled fields, and the sections in which nothing is missing."""

    wajib: int
    terisi: int
    lengkap: frozenset[str]

    @property
    def persen(self) -> int:
        """Rounded down: 100 means that nothing is missing."""
        return 100 if not self.wajib else self.terisi * 100 // self.wajib

    @property
    def penuh(self) -> bool:
        return self.terisi == self.wajib


def words(teks: object) -> str:
    """A text as it is compared: small letters, single spaces."""
    return " ".join(str(teks or "").casefold().split())


def section_fields(bagian: str, isian: Sequence[Isian]) -> list[Isian]:
    """The fields of a section as people fill them there: without what the ABK sheet brings."""
    return [
        replace(field, kolom=tuple(k for k in field.kolom if k not in DARI_LEMBAR))
        for field in fields_of(bagian, isian)
    ]


def score_section(bagian: str, isi: Mapping[str, Any] | None, isian: Sequence[Isian]) -> NilaiBagian:
    """Count the required fields of one section and those filled; a table counts when all its rows are."""
    result = check_completeness(isi or {}, section_fields(bagian, isian))
    tasks = tuple(Tugas(row.get("id") or 0, words(row.get("uraian"))) for row in tasks_of(isi))
    return NilaiBagian(
        sum(part.wajib for part in result.bagian),
        sum(part.terisi for part in result.bagian),
        tasks if bagian == "tugas_pokok" else (),
    )


def tasks_of(isi: Mapping[str, Any] | None) -> list[dict[str, Any]]:
    return list((isi or {}).get("tugas_pokok") or ())


def score_sheet(isi: Mapping[str, Any] | None) -> NilaiLembar:
    """Which tasks an ABK sheet gives volume and time."""
    if not isi:
        return NilaiLembar()
    rows = [r for r in isi.get("baris") or () if r.get("volume") is not None and r.get("norma") is not None]
    return NilaiLembar(
        frozenset(r["tugas"] for r in rows if r.get("tugas")),
        frozenset(words(r.get("uraian")) for r in rows),
        isi.get("dari") == "rekomendasi",
    )


def _measured(task: Tugas, sheet: NilaiLembar) -> bool:
    return (task.id > 0 and task.id in sheet.id) or task.uraian in sheet.uraian


def score_box(
    bagian: Mapping[str, NilaiBagian],
    lembar: NilaiLembar,
    kosong: Mapping[str, NilaiBagian],
    *,
    kelas: int | None,
    kepala: bool,
) -> NilaiKotak:
    """Add the sections of one box up. ``kosong``: what a section that nobody wrote counts (``empty_scores``).

    The one seat of a head needs no figures of work beside its tasks.
    """
    need = filled = 0
    whole = {"unit_kerja"}
    for code in DICETAK:
        part = bagian.get(code) or kosong[code]
        done = part.terisi
        if code == "tugas_pokok" and done and not (kepala or lembar.cukup):
            done = int(all(_measured(task, lembar) for task in part.tugas))
        need += part.wajib
        filled += done
        if done == part.wajib:
            whole.add(code)
    if kelas in KELAS:
        whole.add("kelas")
    # Unit kerja is always there, because the box hangs on the tree.
    return NilaiKotak(need + 2, filled + 1 + ("kelas" in whole), frozenset(whole))


def empty_scores(isian: Sequence[Isian]) -> dict[str, NilaiBagian]:
    """What each section counts while nothing is written."""
    return {code: score_section(code, None, isian) for code in DICETAK}


def values_of(
    isi: Mapping[str, Any],
    *,
    unit_kerja: Sequence[Mapping[str, str]],
    kelas: int | None,
    lembar: Mapping[str, Any] | None,
    kepala: bool,
) -> dict[str, Any]:
    """All fields of the form for one box, by code. ``isi``: section → content."""
    values: dict[str, Any] = {}
    for code in DICETAK:
        values |= isi.get(code) or {}
    sheet = score_sheet(lembar)
    rows = []
    for row in values.get("tugas_pokok") or ():
        task = Tugas(row.get("id") or 0, words(row.get("uraian")))
        told = kepala or sheet.cukup or _measured(task, sheet)
        rows.append(row | dict.fromkeys(DARI_LEMBAR, "lihat ABK" if told else ""))
    return values | {"tugas_pokok": rows, "unit_kerja": list(unit_kerja), "kelas": kelas}


def completeness_of(values: Mapping[str, Any], isian: Sequence[Isian]) -> Kelengkapan:
    """Per section and field, for the editor. Same counts as ``score_box``."""
    return check_completeness(values, isian)


@dataclass(slots=True)
class Rekap:
    """Boxes of a unit (with everything below) added up. ``ada``: with an informasi jabatan; ``lengkap``: with
    one that lacks nothing; ``persen`` is over all required fields, a box without one counting none filled."""

    kotak: int = 0
    ada: int = 0
    lengkap: int = 0
    wajib: int = 0
    terisi: int = 0

    @property
    def persen(self) -> int:
        return 100 if not self.wajib else self.terisi * 100 // self.wajib

    @property
    def tanpa(self) -> int:
        return self.kotak - self.ada

    @property
    def keadaan(self) -> str:
        """``kosong`` (nothing to write), ``belum`` (not begun), ``berjalan``, ``lengkap``."""
        if not self.kotak:
            return "kosong"
        if self.lengkap == self.kotak:
            return "lengkap"
        return "berjalan" if self.ada else "belum"

    def add(self, nilai: NilaiKotak | None, wajib_kosong: int) -> None:
        self.kotak += 1
        if nilai is None:
            self.wajib += wajib_kosong
            return
        self.ada += 1
        self.lengkap += nilai.penuh
        self.wajib += nilai.wajib
        self.terisi += nilai.terisi

    def take(self, other: Rekap) -> None:
        for name in ("kotak", "ada", "lengkap", "wajib", "terisi"):
            setattr(self, name, getattr(self, name) + getattr(other, name))


def sections_complete(kotak: Iterable[NilaiKotak]) -> dict[str, int]:
    """Section → boxes in which it lacks nothing."""
    found = dict.fromkeys(DIHITUNG, 0)
    for one in kotak:
        for code in one.lengkap:
            found[code] += 1
    return found


def name_of(bagian: str) -> str:
    return {"unit_kerja": "Unit kerja", "kelas": "Kelas jabatan"}.get(bagian) or BAGIAN[bagian][1]
