"""Standar kompetensi jabatan: what an edition must have, which one holds on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from petajabatan.inti.temuan import Temuan

WAJIB = ("manajerial", "sosio-kultural")
"""Kinds whose competencies every standard names, all of them (PermenPANRB 38/2017)."""
LEVEL = range(1, 6)


class KompetensiKamus(NamedTuple):
    """A competency of the dictionary."""

    id: int
    kode: str
    jenis: str
    nama: str


class BarisKompetensi(NamedTuple):
    """A competency asked for on a level; ``indikator`` says how it shows in this jabatan."""

    kompetensi_id: int
    level: int | None
    indikator: str = ""


def key_of(jabatan_id: int | None, nama: str) -> str:
    """Which jabatan a standard is for: its reference, or (structural posts) its name whatever its case."""
    return f"j{jabatan_id}" if jabatan_id is not None else f"n{' '.join(nama.lower().split())}"[:260]


def check_rows(baris: Sequence[BarisKompetensi], kamus: Mapping[int, KompetensiKamus]) -> list[Temuan]:
    """What stands against validating an edition (galat) or is to be looked at (peringatan)."""
    found: list[Temuan] = []
    asked = {row.kompetensi_id for row in baris if row.level is not None}
    if not asked:
        return [
            Temuan("standar-kosong", "galat", "Standar ini belum memuat kompetensi.",
                   "Isi level kompetensinya.", kolom="level")
        ]  # fmt: skip
    for row in baris:
        known = kamus.get(row.kompetensi_id)
        if known is None:
            found.append(Temuan("kompetensi-tidak-dikenal", "galat",
                                f"Kompetensi {row.kompetensi_id} tidak ada dalam kamus.",
                                "Pilih dari kamus kompetensi.", kolom="kompetensi"))  # fmt: skip
        elif row.level is not None and row.level not in LEVEL:
            found.append(Temuan("level-tidak-dikenal", "galat", f"{known.nama}: level {row.level} tidak ada.",
                                "Pilih level 1 sampai 5.", kolom="level", nilai=str(row.level)))  # fmt: skip
        elif row.level is not None and not row.indikator.strip():
            found.append(Temuan("indikator-kosong", "peringatan", f"{known.nama} belum mempunyai indikator.",
                                "Tulis bagaimana level itu tampak pada jabatan ini.",
                                kolom="indikator"))  # fmt: skip
    for known in kamus.values():
        if known.jenis in WAJIB and known.id not in asked:
            found.append(Temuan("kompetensi-wajib-kosong", "galat", f"{known.nama} belum berlevel.",
                                "Pilih levelnya; kompetensi manajerial dan sosio-kultural diisi semua.",
                                kolom="level"))  # fmt: skip
    if not any(kamus[key].jenis == "teknis" for key in asked if key in kamus):
        found.append(Temuan("tanpa-kompetensi-teknis", "peringatan", "Standar ini tanpa kompetensi teknis.",
                            "Tambahkan kompetensi teknis jabatan ini dari kamus."))  # fmt: skip
    return found


def holds_on(dari: dt.date, hingga: dt.date | None, day: dt.date) -> bool:
    """Whether an edition holds on the day (``hingga`` is its last day)."""
    return dari <= day and (hingga is None or day <= hingga)
