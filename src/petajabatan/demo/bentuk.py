"""Shapes of a composed organisation (plain values) and the deterministic noise they are filled with."""

from __future__ import annotations

import hashlib
import random
from dataclasses import dataclass, field

BENIH = 3317
"""Seed of the whole demonstration; another seed gives other people in the same organisation."""

PENANDA_ID = "DE30"
"""Prefix of every unit id of the demonstration, in the place where SIASN ids are 32 hexadecimal digits."""


@dataclass(slots=True)
class KotakDemo:
    """A box. ``k`` persons needed; ``isi`` persons to be seated; ``jabatan`` the name in ``jabatan.csv``."""

    nama: str
    jenis: str
    jabatan: str | None = None
    kelas: int | None = None
    k: int = 1
    isi: int = 0
    kepala: bool = False


@dataclass(slots=True)
class UnitDemo:
    """A unit with its boxes. ``wilayah`` is where it stands; ``kode`` (jenis, kode) how others know it."""

    kunci: str
    atasan: str | None
    nama: str
    nama_jabatan: str
    jenis: str
    ragam: str
    eselon: str | None = None
    wilayah: str | None = None
    urusan: tuple[str, ...] = ()
    kode: tuple[tuple[str, str], ...] = ()
    dasar: str = ""
    pasal: str = ""
    kotak: list[KotakDemo] = field(default_factory=list)

    @property
    def kepala(self) -> KotakDemo | None:
        return next((k for k in self.kotak if k.kepala), None)


@dataclass(slots=True)
class Susunan:
    """The organisation of one instansi, parents before children."""

    instansi: str
    """SIASN id of the instansi."""
    unit: dict[str, UnitDemo]

    def unit_id(self, kunci: str) -> str:
        """Stable id of a unit, shaped like a SIASN id and recognisable as one of the demonstration."""
        digest = hashlib.sha256(f"{self.instansi}/{kunci}".encode()).hexdigest()
        return (PENANDA_ID + digest[: 32 - len(PENANDA_ID)]).upper()

    @property
    def n_kotak(self) -> int:
        return sum(len(u.kotak) for u in self.unit.values())


def acak(*kunci: object, benih: int = BENIH) -> random.Random:
    """A generator of its own for everything that has a key, so that adding one unit changes nothing else."""
    return random.Random("/".join(map(str, (benih, *kunci))))  # noqa: S311 (a demonstration, not a secret)


def bulatkan(nilai: float, rnd: random.Random) -> int:
    """Round at random so that the mean is kept: 2.3 becomes 2 seven times in ten, else 3."""
    dasar = int(nilai)
    return dasar + (rnd.random() < nilai - dasar)
