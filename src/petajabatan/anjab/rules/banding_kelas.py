"""Classes across an instansi: the same jabatan side by side, and how many boxes stand in each kelas.

Everything is told from groups of boxes that are alike (``Kelompok``), whose counts add up: a draft takes away
the boxes it touches as they were and adds them as they are (``add_up``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

from petajabatan.jabatan.rules.evaluasi import KelasNasional
from petajabatan.jabatan.rules.kelas_nasional import Ketentuan, national_class

T = TypeVar("T", bound=Hashable)
Kunci = tuple[str, int | None, str | None, str]
"""What makes boxes one jabatan: jenis, jabatan and jenjang, or where no jabatan is named the folded name."""


class Kelompok(NamedTuple):
    """Boxes alike in all this; ``nama`` is theirs where they name no jabatan of the reference, else one of
    theirs. ``k`` and ``b`` in persons; all three counts are negative for boxes that are taken away."""

    jenis: str
    jabatan_id: int | None
    jenjang: str | None
    kelas: int | None
    infojab_id: int | None
    nama: str
    kotak: int
    k: int
    b: int

    @property
    def kunci(self) -> Kunci:
        return row_key(self.jenis, self.jabatan_id, self.jenjang, self.nama)


class KotakKelas(NamedTuple):
    """A box as it is listed; ``k`` and ``b`` in persons, None where nothing is determined."""

    id: int
    unor_id: int
    nama: str
    jenis: str
    jabatan_id: int | None
    jenjang: str | None
    kelas: int | None
    k: int | None
    b: int
    infojab_id: int | None


class LembarKelas(NamedTuple):
    """A factor sheet: how far it is, its total and the kelas that follows (None: cannot be told yet)."""

    infojab_id: int
    status: str
    total: int | None
    kelas: int | None
    pengecualian: bool = False


@dataclass
class BarisBanding:
    """One jabatan (a structural one by its name) with the count of its boxes and their sheets.

    ``kelas``: each kelas with its number of boxes, the lowest first, none last. ``berlembar``: boxes that a
    factor sheet serves. ``tanda``: what is worth looking at (``TANDA``).
    """

    nama: str
    jenis: str
    jabatan_id: int | None
    jenjang: str | None
    kotak: int
    k: int
    b: int
    kelas: list[tuple[int | None, int]]
    berlembar: int
    lembar: list[LembarKelas] = field(default_factory=list)
    nasional: KelasNasional | None = None
    tanda: tuple[str, ...] = ()


TANDA: Mapping[str, str] = {
    "beda-kelas": "Kelas berbeda antarkotak",
    "beda-lembar": "Kelas berbeda dari lembarnya",
    "beda-nasional": "Kelas berbeda dari ketetapan nasional",
    "tanpa-lembar": "Tanpa lembar evaluasi",
    "belum-divalidasi": "Lembar belum divalidasi",
}


class BarisRekap(NamedTuple):
    """One kelas (None: not determined): boxes, K and B in persons, and boxes by kind."""

    kelas: int | None
    kotak: int
    k: int
    b: int
    struktural: int
    fungsional: int
    pelaksana: int

    @property
    def selisih(self) -> int:
        return self.b - self.k


def row_key(jenis: str, jabatan_id: int | None, jenjang: str | None, nama: str) -> Kunci:
    """The jabatan that a box belongs to."""
    if jabatan_id is None:
        return jenis, None, None, " ".join(nama.lower().split())
    return jenis, jabatan_id, jenjang, ""


def add_up(*parts: Iterable[Kelompok]) -> list[Kelompok]:
    """Groups of all parts together, those without a box left out."""
    found: dict[tuple[object, ...], Kelompok] = {}
    for part in parts:
        for row in part:
            key = (*row[:5], row.nama if row.jabatan_id is None else "")
            held = found.get(key)
            if held is not None:
                row = held._replace(kotak=held.kotak + row.kotak, k=held.k + row.k, b=held.b + row.b)
            found[key] = row
    return [row for row in found.values() if row.kotak]


def compare(
    groups: Iterable[Kelompok],
    sheets: Mapping[int, LembarKelas],
    names: Mapping[int, str] | None = None,
    provisions: Sequence[Ketentuan] = (),
) -> list[BarisBanding]:
    """Boxes by jabatan and jenjang (structural ones by name), in the order of names. ``names``: those
    of the reference list by jabatan; ``provisions`` as ``jabatan.queries.kelas`` gives them."""
    found: dict[Kunci, list[Kelompok]] = {}
    for group in groups:
        found.setdefault(group.kunci, []).append(group)
    by_jabatan = {rule.jabatan_id: rule for rule in reversed(provisions) if rule.jabatan_id is not None}
    others = [rule for rule in provisions if rule.jabatan_id is None]
    rows = []
    for members in found.values():
        row = _row(members, sheets, names or {})
        own = by_jabatan.get(row.jabatan_id) if row.jabatan_id is not None else None
        if own or others:
            # Rows of an eselon concern single heads, not names.
            row.nasional = national_class(
                [own] if own else others, jabatan_id=row.jabatan_id, jenjang=row.jenjang, eselon=None
            )
        row.tanda = _marks(row, members)
        rows.append(row)
    return sorted(rows, key=lambda row: (row.nama.upper(), row.jenis, row.jenjang or ""))


def _row(
    members: Sequence[Kelompok], sheets: Mapping[int, LembarKelas], names: Mapping[int, str]
) -> BarisBanding:
    first = members[0]
    classes: Counter[int | None] = Counter()
    for group in members:
        classes[group.kelas] += group.kotak
    served = {group.infojab_id for group in members if group.infojab_id in sheets}
    return BarisBanding(
        _name(members, names),
        first.jenis,
        first.jabatan_id,
        _commonest((group.jenjang, group.kotak) for group in members),
        sum(group.kotak for group in members),
        sum(group.k for group in members),
        sum(group.b for group in members),
        sorted(classes.items(), key=lambda row: (row[0] is None, row[0] or 0)),
        sum(group.kotak for group in members if group.infojab_id in served),
        [sheets[key] for key in sorted(key for key in served if key is not None)],
    )


def _name(members: Sequence[Kelompok], names: Mapping[int, str]) -> str:
    """The name of the reference list, as the map spells it: a box of the jabatan may be called otherwise."""
    known = names.get(members[0].jabatan_id or 0)
    if known is None:
        return _commonest((group.nama, group.kotak) for group in members)
    return next((group.nama for group in members if group.nama.upper() == known.upper()), known)


def _commonest(counts: Iterable[tuple[T, int]]) -> T:
    """What most boxes have; of several the first in order."""
    found: Counter[T] = Counter()
    for value, n in counts:
        found[value] += n
    return min(found, key=lambda value: (-found[value], str(value)))


def _marks(row: BarisBanding, members: Sequence[Kelompok]) -> tuple[str, ...]:
    known = {kelas for kelas, _ in row.kelas if kelas is not None}
    by_sheet = {sheet.infojab_id: sheet.kelas for sheet in row.lembar}
    found = []
    if len(known) > 1:
        found.append("beda-kelas")
    if by_sheet and any(
        (kelas := by_sheet.get(group.infojab_id or 0)) is not None and kelas != group.kelas
        for group in members
    ):
        found.append("beda-lembar")
    if row.berlembar < row.kotak:
        found.append("tanpa-lembar")
    if any(sheet.status != "divalidasi" for sheet in row.lembar):
        found.append("belum-divalidasi")
    if row.nasional is not None and any(kelas != row.nasional.kelas for kelas in known):
        found.append("beda-nasional")
    return tuple(found)


def recap(groups: Iterable[Kelompok]) -> list[BarisRekap]:
    """Kelas 17 down to 1, each also without a box, and at the end the boxes without a kelas, if any."""
    rows: dict[int | None, list[Kelompok]] = {kelas: [] for kelas in range(17, 0, -1)}
    for group in groups:
        rows.setdefault(group.kelas, []).append(group)
    return [
        BarisRekap(
            kelas,
            sum(group.kotak for group in members),
            sum(group.k for group in members),
            sum(group.b for group in members),
            *(
                sum(group.kotak for group in members if group.jenis == jenis)
                for jenis in ("struktural", "fungsional", "pelaksana")
            ),
        )
        for kelas, members in rows.items()
    ]


def total(rows: Sequence[BarisRekap]) -> BarisRekap:
    """The sum of a recap."""
    return BarisRekap(
        None,
        sum(row.kotak for row in rows),
        sum(row.k for row in rows),
        sum(row.b for row in rows),
        sum(row.struktural for row in rows),
        sum(row.fungsional for row in rows),
        sum(row.pelaksana for row in rows),
    )


def matching(
    rows: Iterable[BarisBanding], nama: Container[str], *, jenis: str = "", tanda: str = ""
) -> list[BarisBanding]:
    """Rows with one of these names, of this kind, with this mark (``beda``: any difference)."""
    found = []
    for row in rows:
        if jenis and row.jenis != jenis:
            continue
        if row.nama not in nama:
            continue
        marks = row.tanda
        if tanda == "beda" and not any(mark.startswith("beda-") for mark in marks):
            continue
        if tanda and tanda != "beda" and tanda not in marks:
            continue
        found.append(row)
    return found
