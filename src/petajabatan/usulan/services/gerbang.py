"""The gate: the whole check of a draft before it goes on. The checks themselves are registered here by the
module that owns them, so that the workflow does not depend on how a draft is checked."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from petajabatan.inti.actor import Actor
from petajabatan.inti.temuan import Temuan
from petajabatan.usulan.models import TemuanUsulan, Usulan

PemeriksaMenyeluruh = Callable[[Actor, Usulan], Iterable[Temuan]]
_PEMERIKSA: list[PemeriksaMenyeluruh] = []
TAMPIL = 20
"""Findings a refusal names; the rest is counted."""


def set_whole_check(check: PemeriksaMenyeluruh | None) -> None:
    """Register what checks a whole draft: it stores its findings (``usulan_temuan``) and returns them.

    Findings that the published map has too (``bawaan``) stop nothing and are not to be returned.
    """
    _PEMERIKSA[:] = [] if check is None else [check]


def gate_findings(actor: Actor, usulan: Usulan, n_galat: int, *, deep: bool = True) -> list[Temuan]:
    """The findings of severity galat that stop a gate. ``n_galat`` is how many the draft is known to have."""
    if deep and _PEMERIKSA:
        found = [t for t in _PEMERIKSA[0](actor, usulan) if t.tingkat == "galat"]
    elif n_galat:
        rows = TemuanUsulan.objects.filter(usulan=usulan, tingkat="galat", bawaan=False).order_by("id")
        found = [
            Temuan(t.kode, "galat", t.kalimat, t.perbaikan, tempat=t.tempat, kolom=t.kolom, nilai=t.nilai)
            for t in rows[:TAMPIL]
        ]
        n_galat = max(n_galat, len(found))
        return found + _rest(n_galat - len(found))
    else:
        found = []
    return found[:TAMPIL] + _rest(len(found) - TAMPIL)


def _rest(n: int) -> list[Temuan]:
    if n <= 0:
        return []
    return [
        Temuan(
            "galat-lainnya",
            "galat",
            f"Ada {n} galat lain pada usulan ini.",
            "Lihat semuanya pada tab Temuan.",
            nilai=str(n),
        )
    ]
