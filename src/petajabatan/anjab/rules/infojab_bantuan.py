"""What the writing help has to say of a section as it stands. Hints only; nothing is refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from petajabatan.anjab.rules.infojab_lengkap import DARI_LEMBAR, tasks_of
from petajabatan.inti.temuan import Temuan
from petajabatan.jabatan.rules.ikhtisar import Penanda, PenilaianIkhtisar, check_ikhtisar, near_duplicates

KEMBAR_MAKS = 12
"""Pairs of like tasks told at once."""


def judge_ikhtisar(isi: Mapping[str, Any] | None, penanda: Sequence[Penanda]) -> PenilaianIkhtisar | None:
    """What, how and why as found; None while nothing is written."""
    text = (isi or {}).get("ikhtisar")
    return check_ikhtisar(text, penanda) if isinstance(text, str) and text.strip() else None


def hints_of(
    bagian: str, isi: Mapping[str, Any] | None, penanda: Sequence[Penanda], ambang: Decimal
) -> list[Temuan]:
    """Hints for one section: the pattern of the ikhtisar, tasks told twice (``ambang`` percent alike)."""
    if bagian == "ikhtisar":
        judged = judge_ikhtisar(isi, penanda)
        return list(judged.temuan) if judged else []
    if bagian == "tugas_pokok":
        texts = [str(row.get("uraian") or "") for row in tasks_of(isi)]
        return [pair.temuan for pair in near_duplicates(texts, ambang)[:KEMBAR_MAKS]]
    return []


def gather_gaps(temuan: Iterable[Temuan]) -> list[Temuan]:
    """What a section lacks, in as few sentences as it takes: the fields nobody filled as one, tasks without
    figures as one, rows with gaps one by one."""
    empty: list[Temuan] = []
    unmeasured: list[Temuan] = []
    found: list[Temuan] = []
    for t in temuan:
        field, _, column = t.kolom.partition(".")
        if t.baris is None and t.kalimat.endswith("belum diisi."):
            empty.append(t)
        elif field == "tugas_pokok" and column in DARI_LEMBAR:
            unmeasured.append(t)
        else:
            found.append(t)
    if len(empty) > 1:
        names = ", ".join(t.kalimat.rpartition(":")[0] for t in empty)
        dash = " Tulis “-” bila memang tidak ada." if any("“-”" in t.perbaikan for t in empty) else ""
        empty = [replace(empty[0], kalimat=f"Belum diisi: {names}.", perbaikan=dash.strip(), kolom="")]
    if unmeasured:
        rows = ", ".join(str(t.baris) for t in unmeasured)
        unmeasured = [
            replace(
                unmeasured[0],
                kalimat=f"Tugas {rows} belum mempunyai volume dan waktu.",
                perbaikan="Isi di lembar ABK jabatan ini.",
                baris=None,
                kolom="",
            )
        ]
    return [*empty, *found, *unmeasured]
