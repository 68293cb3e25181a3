"""What an import of references says at its end."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from petajabatan.inti.temuan import Temuan, count_by_code


@dataclass
class LaporanBerkas:
    """Counts of one file. All are rows of the file, except ``hilang``: rows of the list it no longer has.

    ``dibaca = ditambah + berubah + tetap + ditolak + dilewati``.
    """

    daftar: str
    berkas: str
    dibaca: int = 0
    ditambah: int = 0
    berubah: int = 0
    tetap: int = 0
    ditolak: int = 0
    dilewati: int = 0
    hilang: int = 0
    temuan: int = 0
    detik: float = 0.0
    catatan: list[str] = field(default_factory=list)
    """About the file itself: columns nobody knows, an encoding other than UTF-8."""
    sudah: bool = False
    """The same content was imported before and nothing it depends on has changed: not read again."""


@dataclass
class LaporanReferensi:
    """Result of ``import_referensi``: a report per file, all findings, and whether every file was taken."""

    berkas: list[LaporanBerkas] = field(default_factory=list)
    temuan: list[Temuan] = field(default_factory=list)
    gagal: list[str] = field(default_factory=list)
    """Files that could not be taken at all; the findings say why."""

    @property
    def ok(self) -> bool:
        return not self.gagal

    def total(self) -> dict[str, int]:
        names = ("dibaca", "ditambah", "berubah", "tetap", "ditolak", "dilewati", "hilang")
        return {name: sum(getattr(b, name) for b in self.berkas) for name in names}

    def of(self, berkas: str) -> LaporanBerkas:
        """The report of one file by its name. Raises KeyError when it was not part of the import."""
        for row in self.berkas:
            if row.berkas == berkas:
                return row
        raise KeyError(berkas)

    def as_dict(self) -> dict[str, Any]:
        return {
            "ok": self.ok,
            "total": self.total(),
            "berkas": [asdict(b) | {"detik": round(b.detik, 2)} for b in self.berkas],
            "gagal": self.gagal,
            "temuan_menurut_kode": count_by_code(self.temuan),
            "temuan": [t.as_dict() for t in self.temuan],
        }
