"""How checks compare and name things: names without their spelling, levels of eselon."""

from __future__ import annotations

import re

from petajabatan.jabatan.rules.beda import IsiUnor
from petajabatan.usulan.rules.pandangan import Acuan
from petajabatan.usulan.rules.terapkan import ESELON_TANPA

_KATA = re.compile(r"\w+")
_HURUF = {"0": "a", "1": "a", "2": "b"}
_ROMAWI = ("", "I", "II", "III", "IV", "V")
JENJANG_ESELON = {2: "JPT-PRATAMA", 3: "ADM", 4: "PENGAWAS"}
"""Level of eselon → jenjang of the jabatan manajerial (eselon list of SIASN, column jabatan ASN)."""
JENIS_UPT = frozenset({"upt", "faskes", "sekolah", "perwakilan"})
"""Kinds of unit that stand outside the ladder of the office they report to."""


def baku(nama: str) -> str:
    """The words alone: case, marks and blanks do not count."""
    return " ".join(_KATA.findall(nama.casefold()))


def pangkat(acuan: Acuan, unit: IsiUnor) -> int | None:
    """Rank of the unit's eselon (smaller = higher); None without one or with an unknown one."""
    code = unit.eselon or ""
    return None if code in ESELON_TANPA else acuan.eselon.get(code)


def tingkat_eselon(acuan: Acuan, unit: IsiUnor) -> int | None:
    """I–V as 1–5; None without an eselon."""
    rank = pangkat(acuan, unit)
    return None if rank is None else rank // 10


def tulis_eselon(kode: str | None) -> str:
    """``22`` as ``II.b``; codes that are none stay as they are."""
    code = kode or ""
    if len(code) == 2 and code[0] in "12345" and code[1] in _HURUF:
        return f"{_ROMAWI[int(code[0])]}.{_HURUF[code[1]]}"
    return code or "tanpa eselon"


def jenjang_pimpinan(acuan: Acuan, unit: IsiUnor) -> str | None:
    """Jenjang of the jabatan manajerial that heads the unit, from its eselon."""
    return jenjang_eselon(acuan, unit.eselon)


def jenjang_eselon(acuan: Acuan, kode: str | None) -> str | None:
    """Jenjang of the jabatan manajerial that heads units of this eselon."""
    rank = None if (kode or "") in ESELON_TANPA else acuan.eselon.get(kode or "")
    if rank is None:
        return None
    if rank // 10 == 1:
        return "JPT-UTAMA" if rank == 10 else "JPT-MADYA"
    return JENJANG_ESELON.get(rank // 10)


def sebut(nama: list[str], paling: int = 3) -> str:
    """``A, B, C, dan 4 lainnya``."""
    shown, rest = nama[:paling], len(nama) - paling
    return ", ".join(shown) + (f", dan {rest} lainnya" if rest > 0 else "")
