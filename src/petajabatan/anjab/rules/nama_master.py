"""How the name of a unit of the master is written on a map: the master prints in capitals throughout."""

from __future__ import annotations

import re

from petajabatan.usulan.rules.tulisan import nama_kotak

SINGKATAN = frozenset(
    (
        "SD",
        "SDN",
        "SMP",
        "SMPN",
        "SMA",
        "SMAN",
        "SMK",
        "SMKN",
        "SLB",
        "SLBN",
        "TK",
        "PAUD",
        "SKB",
        "PKBM",
        "RS",
        "RSU",
        "RSUD",
        "UPT",
        "UPTD",
        "BLUD",
        "MI",
        "MTS",
        "MA",
    )
)
"""Words that stay in capitals."""
_KATA = re.compile(r"[^\W\d_]+")


def unit_name(nama: str) -> str:
    """``SD NEGERI 1 LETEH`` → ``SD Negeri 1 Leteh``; a name that is not all capitals stays as it is."""
    clean = " ".join(nama.split())
    made = nama_kotak(clean)
    if made == clean:
        return clean
    words = zip(clean.split(), made.split(), strict=True)
    return " ".join(old if _KATA.fullmatch(old) and old in SINGKATAN else new for old, new in words)
