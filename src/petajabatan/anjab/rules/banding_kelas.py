"""Classes across an instansi: the same jabatan side by side, and how many boxes stand in each kelas."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from petajabatan.jabatan.rules.evaluasi import KelasNasional


class KotakKelas(NamedTuple):
    """A box as the comparison needs it; ``k`` and ``b`` in persons, None where nothing is determined."""

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
    """One jabatan (a structural one by its name) with all its boxes and their sheets."""

    nama: str
    jenis: str
    jabatan_id: int | None
    jenjang: str | None
    kotak: list[KotakKelas] = field(default_factory=list)
    lembar: list[LembarKelas] = field(default_factory=list)
    nasional: KelasNasional | None = None

    @property
    def kelas(self) -> list[tuple[int | None, int]]:
        """Each kelas with its number of boxes, the lowest first, none last."""
        counts: dict[int | None, int] = {}
        for box in self.kotak:
            counts[box.kelas] = counts.get(box.kelas, 0) + 1
        return sorted(counts.items(), key=lambda row: (row[0] is None, row[0] or 0))

    @property
    def k(self) -> int:
        return sum(box.k or 0 for box in self.kotak)

    @property
    def b(self) -> int:
        return sum(box.b for box in self.kotak)

    @property
    def berlembar(self) -> int:
        """Boxes that a factor sheet serves."""
        served = {row.infojab_id for row in self.lembar}
        return sum(box.infojab_id in served for box in self.kotak)

    @property
    def tanda(self) -> tuple[str, ...]:
        """What is worth looking at (``TANDA``)."""
        known = {box.kelas for box in self.kotak if box.kelas is not None}
        by_sheet = {row.infojab_id: row for row in self.lembar}
        found = []
        if len(known) > 1:
            found.append("beda-kelas")
        if any(
            (sheet := by_sheet.get(box.infojab_id or 0)) is not None
            and sheet.kelas is not None
            and sheet.kelas != box.kelas
            for box in self.kotak
        ):
            found.append("beda-lembar")
        if any(box.infojab_id not in by_sheet for box in self.kotak):
            found.append("tanpa-lembar")
        if any(row.status != "divalidasi" for row in self.lembar):
            found.append("belum-divalidasi")
        if self.nasional is not None and any(kelas != self.nasional.kelas for kelas in known):
            found.append("beda-nasional")
        return tuple(found)


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


def compare(boxes: Iterable[KotakKelas], sheets: Mapping[int, LembarKelas]) -> list[BarisBanding]:
    """Boxes by jabatan and jenjang (structural ones by name), in the order of names."""
    found: dict[tuple[str, int | None, str | None, str], BarisBanding] = {}
    for box in boxes:
        by_name = "" if box.jabatan_id is not None else " ".join(box.nama.lower().split())
        key = (box.jenis, box.jabatan_id, box.jenjang if box.jabatan_id is not None else None, by_name)
        row = found.setdefault(key, BarisBanding(box.nama, box.jenis, box.jabatan_id, box.jenjang))
        row.kotak.append(box)
    for row in found.values():
        ids = dict.fromkeys(box.infojab_id for box in row.kotak if box.infojab_id is not None)
        row.lembar = [sheets[key] for key in ids if key in sheets]
    return sorted(found.values(), key=lambda row: (row.nama.upper(), row.jenis, row.jenjang or ""))


def recap(boxes: Iterable[KotakKelas]) -> list[BarisRekap]:
    """Kelas 17 down to 1, each also without a box, and at the end the boxes without a kelas, if any."""
    rows: dict[int | None, list[KotakKelas]] = {kelas: [] for kelas in range(17, 0, -1)}
    for box in boxes:
        rows.setdefault(box.kelas, []).append(box)
    return [
        BarisRekap(
            kelas,
            len(group),
            sum(box.k or 0 for box in group),
            sum(box.b for box in group),
            *(
                sum(box.jenis == jenis for box in group)
                for jenis in ("struktural", "fungsional", "pelaksana")
            ),
        )
        for kelas, group in rows.items()
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
    rows: Iterable[BarisBanding], *, q: str = "", jenis: str = "", tanda: str = ""
) -> list[BarisBanding]:
    """Rows whose name holds all words of ``q``, of this kind, with this mark (``beda``: any difference)."""
    words = q.lower().split()
    found = []
    for row in rows:
        if jenis and row.jenis != jenis:
            continue
        if not all(word in row.nama.lower() for word in words):
            continue
        marks = row.tanda
        if tanda == "beda" and not any(mark.startswith("beda-") for mark in marks):
            continue
        if tanda and tanda != "beda" and tanda not in marks:
            continue
        found.append(row)
    return found
