"""How complete is an informasi jabatan: per field, per printed section (17), per component of the law (15).

What has to be filled is data (data/komponen_infojab.csv). Counts of fields; nothing is weighted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from petajabatan.inti.temuan import Temuan

KELAS = range(1, 18)
_STRIP = frozenset({"-", "–", "—", "---"})


@dataclass(frozen=True, slots=True)
class Isian:
    """One field of the form. ``kolom`` are the columns each row of a ``tabel`` must have; where
    ``boleh_strip`` a dash is an answer ("none") and not a gap."""

    nomor: int
    komponen: int
    bagian: str
    nama_bagian: str
    kode: str
    nama: str
    bentuk: Literal["teks", "daftar", "tabel", "kelas"]
    kolom: tuple[str, ...]
    wajib: bool
    boleh_strip: bool


@dataclass(frozen=True, slots=True)
class BagianLengkap:
    """One printed section: how many of its required fields are filled, and what is missing."""

    nomor: int
    komponen: int
    kode: str
    nama: str
    wajib: int
    terisi: int
    temuan: tuple[Temuan, ...]

    @property
    def lengkap(self) -> bool:
        return self.terisi == self.wajib


@dataclass(frozen=True, slots=True)
class Kelengkapan:
    """An informasi jabatan as a whole. ``persen`` is rounded down: 100 means that nothing is missing."""

    bagian: tuple[BagianLengkap, ...]

    @property
    def persen(self) -> int:
        need = sum(part.wajib for part in self.bagian)
        return 100 if not need else sum(part.terisi for part in self.bagian) * 100 // need

    @property
    def lengkap(self) -> bool:
        return all(part.lengkap for part in self.bagian)

    @property
    def komponen_lengkap(self) -> int:
        """How many of the components of the law (15) have nothing missing."""
        whole = {part.komponen for part in self.bagian}
        return len(whole - {part.komponen for part in self.bagian if not part.lengkap})

    @property
    def temuan(self) -> tuple[Temuan, ...]:
        return tuple(t for part in self.bagian for t in part.temuan)


@dataclass(frozen=True, slots=True)
class RekapKelengkapan:
    """A unit or instansi: informasi jabatan, those complete, those complete in each section (by code)."""

    infojab: int
    lengkap: int
    per_bagian: Mapping[str, int]


def check_completeness(isi: Mapping[str, object], isian: Sequence[Isian]) -> Kelengkapan:
    """Check the content of one informasi jabatan, by field code: a text, a list of texts, a list of rows
    (mappings by column), or a class number."""
    sections: dict[str, list[Isian]] = {}
    for field in isian:
        sections.setdefault(field.bagian, []).append(field)
    parts = []
    for code, fields in sections.items():
        required = [field for field in fields if field.wajib]
        found = [t for field in required for t in _check(field, isi.get(field.kode))]
        missing = {t.kolom.partition(".")[0] for t in found}
        first = fields[0]
        parts.append(
            BagianLengkap(first.nomor, first.komponen, code, first.nama_bagian, len(required),
                          len(required) - len(missing), tuple(found))
        )  # fmt: skip
    return Kelengkapan(tuple(sorted(parts, key=lambda part: part.nomor)))


def recap_completeness(semua: Iterable[Kelengkapan]) -> RekapKelengkapan:
    """Add up the informasi jabatan of a unit or instansi."""
    total = whole = 0
    per_section: dict[str, int] = {}
    for one in semua:
        total += 1
        whole += one.lengkap
        for part in one.bagian:
            per_section[part.kode] = per_section.get(part.kode, 0) + part.lengkap
    return RekapKelengkapan(total, whole, per_section)


def _check(field: Isian, value: object) -> list[Temuan]:
    if field.bentuk == "kelas":
        sound = isinstance(value, int) and not isinstance(value, bool) and value in KELAS
        if value is None or value == "":
            return [_empty(field)]
        return [] if sound else [_finding(field, "kelas bukan bilangan 1 sampai 17.", "Pilih kelas 1–17.")]
    rows = [value] if isinstance(value, str | Mapping) else value if isinstance(value, list | tuple) else []
    told = [row for row in rows if _text(row)]
    answers = [row for row in told if _text(row) not in _STRIP]
    if not answers:
        if told and field.boleh_strip:
            return []
        return [_dash(field) if told else _empty(field)]
    if field.bentuk != "tabel":
        return []
    found = []
    for number, row in enumerate(answers, 1):
        cells = row if isinstance(row, Mapping) else {}
        gaps = [name for name in field.kolom if not _text(cells.get(name))]
        if gaps:
            found.append(_finding(field, f"baris {number} belum berisi {', '.join(gaps)}.",
                                  "Lengkapi atau hapus barisnya.", number, gaps[0]))  # fmt: skip
    return found


def _text(value: object) -> str:
    if isinstance(value, Mapping):
        return " ".join(filter(None, map(_text, value.values())))
    return "" if value is None else str(value).strip()


def _empty(field: Isian) -> Temuan:
    hint = " Tulis “-” bila memang tidak ada." if field.boleh_strip else ""
    return _finding(field, "belum diisi.", f"Isi {field.nama.lower()}.{hint}")


def _dash(field: Isian) -> Temuan:
    return _finding(field, "hanya berisi tanda “-”.", f"Isi {field.nama.lower()} yang sebenarnya.")


def _finding(field: Isian, kalimat: str, perbaikan: str, baris: int | None = None, kolom: str = "") -> Temuan:
    place = f"{field.kode}.{kolom}" if kolom else field.kode
    return Temuan("infojab-belum-lengkap", "peringatan", f"{field.nama}: {kalimat}", perbaikan,
                  f"{field.nomor}. {field.nama_bagian}", baris, place)  # fmt: skip
