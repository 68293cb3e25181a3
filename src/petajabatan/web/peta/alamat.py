"""The state that lives in the page's URL, as far as the server needs it. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from django.http import QueryDict

LIHAT = ("bagan", "tabel", "rekap", "beda")
MAKS_BUKA = 4000
MAKS_ID = 2**62
_TOKEN = re.compile(r"^\*?[0-9a-z]{1,12}$")


@dataclass(frozen=True)
class Keadaan:
    """``buka``: units whose children are shown; ``seluruh``: units open down to their leaves (``*`` in the
    URL); ``pilih``: ``u12`` or ``p34``; ``fokus``: the unit the map is narrowed to."""

    lihat: str = "bagan"
    buka: list[int] = field(default_factory=list)
    seluruh: list[int] = field(default_factory=list)
    pilih: str | None = None
    fokus: int | None = None
    kosong: bool = False


def read_state(query: QueryDict) -> Keadaan:
    """What a URL asks for; anything unintelligible is left out, so that an old link still opens."""
    buka: list[int] = []
    seluruh: list[int] = []
    for token in query.get("buka", "").split(".")[:MAKS_BUKA]:
        if not _TOKEN.match(token):
            continue
        key = int(token.lstrip("*"), 36)
        if key < MAKS_ID:
            (seluruh if token.startswith("*") else buka).append(key)
    pilih = query.get("pilih", "")
    fokus = query.get("fokus", "")
    lihat = query.get("lihat", "bagan")
    return Keadaan(
        lihat=lihat if lihat in LIHAT else "bagan",
        buka=buka,
        seluruh=seluruh,
        pilih=pilih if re.match(r"^[up]\d{1,18}$", pilih) else None,
        fokus=int(fokus) if re.match(r"^\d{1,18}$", fokus) else None,
        kosong=query.get("kosong") == "1",
    )
