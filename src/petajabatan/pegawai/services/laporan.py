"""What an import of people found and did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from petajabatan.inti.temuan import Temuan

CONTOH = 200
"""Findings kept per kind; the rest is only counted."""


@dataclass
class LaporanPegawai:
    """Figures are persons, except where named otherwise. ``ok``: the file (or, when asked to skip, its good
    rows) was taken, or a check found no error."""

    ok: bool = False
    disimpan: bool = False
    dibaca: int = 0
    baru: int = 0
    diubah: int = 0
    tetap: int = 0
    ditolak: int = 0
    berposisi: int = 0
    berunor: int = 0
    kursi_baru: int = 0
    kursi_ditutup: int = 0
    kursi_dilengkapi: int = 0
    pindah_tertunda: int = 0
    tidak_ada_di_berkas: int = 0
    kolom_dibaca: list[str] = field(default_factory=list)
    kolom_dibuang: list[str] = field(default_factory=list)
    jumlah_temuan: Counter[str] = field(default_factory=Counter)
    temuan: list[Temuan] = field(default_factory=list)
    berkas_salah: Path | None = None
    """CSV of the rows not taken, with the reasons; the caller moves or removes it."""

    def add(self, temuan: Temuan, n: int = 1) -> None:
        """Count a finding for ``n`` people and keep it while there are fewer than ``CONTOH`` of its kind."""
        seen = self._kept.get(temuan.kode, 0)
        self.jumlah_temuan[temuan.kode] += n
        if seen < CONTOH:
            self._kept[temuan.kode] = seen + 1
            self.temuan.append(temuan)

    def extend(self, temuan: Iterable[Temuan]) -> None:
        for t in temuan:
            self.add(t)

    def __post_init__(self) -> None:
        self._kept: dict[str, int] = {}

    def as_dict(self) -> dict[str, Any]:
        return {
            "ok": self.ok,
            "disimpan": self.disimpan,
            "dibaca": self.dibaca,
            "baru": self.baru,
            "diubah": self.diubah,
            "tetap": self.tetap,
            "ditolak": self.ditolak,
            "berposisi": self.berposisi,
            "berunor": self.berunor,
            "kursi_baru": self.kursi_baru,
            "kursi_ditutup": self.kursi_ditutup,
            "kursi_dilengkapi": self.kursi_dilengkapi,
            "pindah_tertunda": self.pindah_tertunda,
            "tidak_ada_di_berkas": self.tidak_ada_di_berkas,
            "kolom_dibaca": self.kolom_dibaca,
            "kolom_dibuang": self.kolom_dibuang,
            "jumlah_temuan": dict(self.jumlah_temuan.most_common()),
            "temuan": [t.as_dict() for t in self.temuan],
        }
