"""What the writing help has to say of a section as it stands. Hints only; nothing is refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from petajabatan.anjab.rules.infojab_lengkap import tasks_of
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
