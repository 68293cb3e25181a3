"""A workbook that the draft has moved on from: what others did since it was written is not undone by it.

Pure. The workbook says how far the draft had come (the number of its last operation). A row may then differ
from the draft for two reasons: somebody edited the row, or somebody edited the draft. Where the draft was
edited since, the difference is refused, whoever did it; where it was not, the row was edited.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from petajabatan.inti.temuan import Temuan
from petajabatan.jabatan.rules.beda import IsiPosisi
from petajabatan.usulan.rules import operasi as op
from petajabatan.usulan.rules.objek import Kunci, Perubahan
from petajabatan.usulan.rules.pandangan import PetaDraf, cabang


@dataclass(frozen=True)
class Sentuhan:
    """The last operation on an object since the workbook was written."""

    nomor: int
    oleh: str
    perubahan: Perubahan


def touched_since(operasi: Iterable[tuple[int, str, list[Perubahan]]]) -> dict[Kunci, Sentuhan]:
    """By object, from operations in order: (number, by whom, steps)."""
    return {p.kunci: Sentuhan(nomor, oleh, p) for nomor, oleh, steps in operasi for p in steps}


def stale(view: PetaDraf, operasi: Any, sejak: Mapping[Kunci, Sentuhan]) -> Sentuhan | None:
    """What this operation would undo, if anything."""
    if not sejak:
        return None
    found = [sejak[key] for key in _touches(view, operasi) if key in sejak]
    if isinstance(operasi, op.TambahPosisi):
        found += [s for s in sejak.values() if _brings_back(operasi, s.perubahan)]
    return max(found, key=lambda s: s.nomor) if found else None


def _touches(view: PetaDraf, operasi: Any) -> set[Kunci]:
    if isinstance(operasi, op.HapusUnor):
        units = [unit.id for unit in cabang(view, operasi.unor_id)]
        boxes = [box.id for rows in view.kotak(units).values() for box in rows]
        return {("unor", key) for key in units} | {("posisi", key) for key in boxes}
    if isinstance(operasi, op.TambahPosisi):
        return set()
    box = getattr(operasi, "posisi_id", None)
    if box is not None:
        return {("posisi", box)}
    unit = getattr(operasi, "unor_id", None)
    return {("unor", unit)} if unit is not None else set()


def _brings_back(operasi: op.TambahPosisi, step: Perubahan) -> bool:
    """Whether the new box is one that was removed since."""
    old = step.sebelum.isi
    if step.sesudah.isi is not None or not isinstance(old, IsiPosisi) or old.unor_id != operasi.unor_id:
        return False
    if operasi.kepala or old.kepala:
        return operasi.kepala and old.kepala
    return old.jenis == operasi.jenis_posisi and old.jabatan_id == operasi.jabatan_id


def stale_finding(sentuhan: Sentuhan, nama: str, lembar: str, baris: int | None) -> Temuan:
    """``nama``: the object as people know it."""
    return Temuan(
        "lembar-tertinggal",
        "galat",
        f"{nama} diubah {sentuhan.oleh or 'orang lain'} (operasi {sentuhan.nomor}) sesudah lembar kerja ini"
        " diunduh; berkas ini akan mengembalikannya.",
        "Unduh lembar kerja yang baru, lalu ulangi suntingan Anda di sana; atau lewati baris ini.",
        lembar,
        baris,
    )
