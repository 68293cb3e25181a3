"""Names of people who do not exist: parts common in a part of the country, combined at random. Pure."""

from __future__ import annotations

import functools
import random

from petajabatan.demo.orang import bagian_nama
from petajabatan.simulasi.rules.data import baris

_DAERAH = {
    "1": "sumatera", "2": "sumatera", "31": "jawa", "32": "sunda", "36": "sunda", "33": "jawa", "34": "jawa",
    "35": "jawa", "51": "bali", "52": "timur", "53": "timur", "6": "kalimantan", "7": "sulawesi",
    "8": "timur",
    "9": "timur",
}  # fmt: skip
CAMPUR = 0.25
"""Share of people whose names come from another part of the country than the one they serve in
(assumption)."""


@functools.cache
def _bagian() -> dict[str, dict[str, tuple[str, ...]]]:
    hasil: dict[str, dict[str, tuple[str, ...]]] = {
        "jawa": {k: bagian_nama()[k] for k in ("L", "P", "belakang-L", "belakang-P")}
    }  # fmt: skip
    for row in baris("nama"):
        hasil.setdefault(row["daerah"], {})[row["jenis"]] = tuple(row["nama"].split())
    return hasil


@functools.cache
def _rangkai(kelamin: str) -> tuple[str, ...]:
    """Single words put together of a beginning and an ending ("Sulastri", "Haryanto"): some thousands."""
    gabung = _bagian()["gabung"]
    return tuple(a + z for a in gabung["awal"] for z in gabung[f"akhir-{kelamin}"])


def daerah_nama(wilayah: str | None) -> str:
    """Which part of the country's names prevail in a region."""
    if not wilayah:
        return "jawa"
    return _DAERAH.get(wilayah[:2]) or _DAERAH.get(wilayah[:1], "jawa")


class Penamaan:
    """Hands out names as they are usual in one region."""

    def __init__(self, wilayah: str | None) -> None:
        bagian = _bagian()
        self._rumah = bagian[daerah_nama(wilayah)]
        self._semua = [v for k, v in bagian.items() if k != "gabung"]

    def nama(self, kelamin: str, rnd: random.Random) -> str:
        """A full name of one to three words."""
        acak = rnd.random
        asal = self._rumah if acak() > CAMPUR else self._semua[int(acak() * len(self._semua))]
        depan, belakang, rangkai = (
            asal[kelamin],
            asal.get(f"belakang-{kelamin}") or asal["belakang"],
            _rangkai(kelamin),
        )
        nilai = acak()
        satu = depan[int(acak() * len(depan))]
        dua = belakang[int(acak() * len(belakang))]
        if nilai < 0.45:
            return f"{satu} {dua}"
        tengah = rangkai[int(acak() * len(rangkai))]
        if nilai < 0.6:
            return tengah
        if nilai < 0.8:
            return f"{satu} {tengah}"
        return f"{satu} {tengah} {dua}"
