"""Classes set nationally: which provision applies to a post, and what a post of another class needs.

A provision names a jabatan, a jenjang or an eselon (exactly one), for one kind of instansi or for all. The
rows come in already narrowed to one instansi and one day, the more specific kind of instansi and the newer
row first (``jabatan.queries.kelas``).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from petajabatan.jabatan.rules.evaluasi import KelasNasional


class Ketentuan(NamedTuple):
    """One provision; of ``jabatan_id``, ``jenjang`` and ``eselon`` exactly one is given."""

    jabatan_id: int | None
    jenjang: str | None
    eselon: str | None
    kelas: int
    sumber: str
    nama: str
    """What it is about, for people: the jabatan, the jenjang or the eselon."""


def national_class(
    rows: Iterable[Ketentuan], *, jabatan_id: int | None, jenjang: str | None, eselon: str | None
) -> KelasNasional | None:
    """The provision for a post: one that names its jabatan, else its jenjang, else its eselon (``eselon`` of
    the unit for a structural head, None otherwise). None when none applies."""
    wanted = (("jabatan_id", jabatan_id), ("jenjang", jenjang), ("eselon", eselon))
    held = list(rows)
    for name, value in wanted:
        if value is None:
            continue
        for row in held:
            if getattr(row, name) == value:
                return KelasNasional(row.nama, row.kelas, row.sumber)
    return None


def rank(
    jenis_instansi: str, berlaku_dari_ordinal: int, *, tingkat: str, jenis: str | None
) -> tuple[int, int] | None:
    """How well a row fits an instansi of this ``tingkat`` (P, D) and ``jenis`` (KEMENT, …), the best highest:
    its very kind before pusat or daerah before all; among those the newest. None: another kind."""
    if jenis_instansi and jenis_instansi not in (tingkat, jenis):
        return None
    place = 2 if jenis_instansi and jenis_instansi == jenis else 1 if jenis_instansi else 0
    return place, berlaku_dari_ordinal
