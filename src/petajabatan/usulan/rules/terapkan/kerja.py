"""Steps and findings while an operation is worked out, and where things go among their siblings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from petajabatan.inti.temuan import Temuan
from petajabatan.jabatan.rules.beda import IsiPosisi, IsiUnor
from petajabatan.usulan.rules.objek import TIADA, Keadaan, Objek, Perubahan
from petajabatan.usulan.rules.pandangan import Pandangan, posisi_of, unor_of

ESELON_TANPA = frozenset({"", "00", "99"})
"""SIASN codes that mean 'no eselon' (organisasi.rules.muatan)."""
URUTAN_MAKS = 2_147_483_647
T = TypeVar("T", IsiUnor, IsiPosisi)


@dataclass(frozen=True)
class HasilTerap:
    """Steps to take and findings to show. With a finding of severity galat there are no steps."""

    perubahan: tuple[Perubahan, ...] = ()
    temuan: tuple[Temuan, ...] = ()

    @property
    def ditolak(self) -> bool:
        return any(t.tingkat == "galat" for t in self.temuan)


@dataclass
class Kerja:
    """Steps and findings while they are collected."""

    steps: list[Perubahan] = field(default_factory=list)
    found: list[Temuan] = field(default_factory=list)

    def ubah(self, objek: Objek, before: Any, after: Any, penerus: Sequence[int] = ()) -> None:
        if before == after and not penerus:
            return
        row = before if before is not None else after
        old = TIADA if before is None else Keadaan(before)
        self.steps.append(Perubahan(objek, row.id, old, Keadaan(after, tuple(penerus))))

    def tolak(self, kode: str, kalimat: str, perbaikan: str, **more: Any) -> None:
        self.found.append(Temuan(kode, "galat", kalimat, perbaikan, **more))

    def ingatkan(self, kode: str, kalimat: str, perbaikan: str, **more: Any) -> None:
        self.found.append(Temuan(kode, "peringatan", kalimat, perbaikan, **more))

    def hasil(self) -> HasilTerap:
        if any(t.tingkat == "galat" for t in self.found):
            return HasilTerap((), tuple(self.found))
        return HasilTerap(tuple(self.steps), tuple(self.found))


def unor_atau_tolak(view: Pandangan, key: int, work: Kerja) -> IsiUnor | None:
    unit = unor_of(view, key)
    if unit is None:
        work.tolak(
            "unor-tidak-ada",
            f"Unit {key} tidak ada pada peta usulan ini (mungkin sudah dihapus).",
            "Pilih unit yang masih ada, atau urungkan penghapusannya.",
            nilai=str(key),
        )
    return unit


def posisi_atau_tolak(view: Pandangan, key: int, work: Kerja) -> IsiPosisi | None:
    box = posisi_of(view, key)
    if box is None:
        work.tolak(
            "posisi-tidak-ada",
            f"Jabatan {key} tidak ada pada peta usulan ini (mungkin sudah dihapus).",
            "Pilih jabatan yang masih ada, atau urungkan penghapusannya.",
            nilai=str(key),
        )
    return box


def sisipkan(siblings: Sequence[T], moved: T, sesudah: int | None) -> tuple[T, list[tuple[T, T]]]:
    """``moved`` with its place after the sibling ``sesudah`` (0: first, None: last), and the siblings that
    must make room as (before, after). Siblings come in order and without ``moved``.

    The order is that of ``urutan``, then of id: where that alone puts ``moved`` behind its predecessor, it
    takes the same ``urutan`` and nobody makes room. A new bidang moves none of five hundred schools.
    """
    if sesudah is None:
        last = siblings[-1].urutan if siblings else 0
        return moved._replace(urutan=min(last + 1, URUTAN_MAKS)), []
    at = 0
    if sesudah:
        places = {row.id: n for n, row in enumerate(siblings, 1)}
        at = places.get(sesudah, len(siblings))
    place = (siblings[at - 1].urutan + 1) if at else min(1, (siblings[0].urutan - 1) if siblings else 1)
    if at == 0:
        place = max(place, -URUTAN_MAKS)
    if at and at < len(siblings) and siblings[at].urutan == place:
        level = [row.id for row in siblings[:at] if row.urutan == place - 1]
        if all(key < moved.id for key in level):
            return moved._replace(urutan=place - 1), []
    placed = moved._replace(urutan=place)
    shifted: list[tuple[T, T]] = []
    floor = place
    for row in siblings[at:]:
        if row.urutan > floor:
            break
        floor += 1
        shifted.append((row, row._replace(urutan=floor)))
    return placed, shifted
