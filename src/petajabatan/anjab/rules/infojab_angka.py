"""Figures of the board packed into one number, so that adding up boxes or units is adding numbers.

Each figure has 32 bits of its own, and no sum of an instansi comes near that. What a draft takes away may be
subtracted, because it is part of what is there.
"""

from __future__ import annotations

from petajabatan.anjab.rules.infojab_lengkap import DIHITUNG, NilaiKotak, Rekap

_BIT = 32
_ISI = (1 << _BIT) - 1
_TEMPAT = {
    name: n * _BIT
    for n, name in enumerate(("kotak", "tanpa", "belum", "lengkap", "wajib", "terisi", "diam", *DIHITUNG))
}
_SATU = {name: 1 << place for name, place in _TEMPAT.items()}
DIAM = _SATU["diam"]
"""A box left out, because nobody is needed for it."""


def pack_box(nilai: NilaiKotak | None, wajib_kosong: int = 0) -> int:
    """One box that counts. ``nilai`` None: without informasi jabatan, ``wajib_kosong`` fields all empty."""
    if nilai is None:
        return _SATU["kotak"] + _SATU["tanpa"] + _SATU["wajib"] * wajib_kosong
    return (
        _SATU["kotak"]
        + _SATU["lengkap" if nilai.penuh else "belum"]
        + _SATU["wajib"] * nilai.wajib
        + _SATU["terisi"] * nilai.terisi
        + sum(_SATU[code] for code in nilai.lengkap)
    )


def figure(angka: int, nama: str) -> int:
    """Boxes: ``kotak`` that count, by state ``tanpa``, ``belum``, ``lengkap``; ``diam``; by section of
    ``DIHITUNG`` those in which it lacks nothing. Fields: ``wajib``, ``terisi``."""
    return angka >> _TEMPAT[nama] & _ISI


def recap_of(angka: int) -> Rekap:
    """As it is shown."""
    boxes = figure(angka, "kotak")
    return Rekap(
        kotak=boxes,
        ada=boxes - figure(angka, "tanpa"),
        lengkap=figure(angka, "lengkap"),
        wajib=figure(angka, "wajib"),
        terisi=figure(angka, "terisi"),
    )
