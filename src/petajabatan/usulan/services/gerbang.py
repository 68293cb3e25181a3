"""The gate: the whole check of a draft before it goes on."""

from __future__ import annotations

from petajabatan.inti.temuan import Temuan
from petajabatan.usulan.models import TemuanUsulan, Usulan
from petajabatan.usulan.queries.draf import net_changes
from petajabatan.usulan.queries.pandangan import PandanganDraf
from petajabatan.usulan.services.simpan import refresh_all_findings

TAMPIL = 20
"""Findings a refusal names; the rest is counted."""


def gate_findings(usulan: Usulan, *, deep: bool) -> list[Temuan]:
    """The findings of severity galat that stop a gate; those that the published map has too stop nothing.

    ``deep``: check everything the draft affects again and keep what is found; otherwise the findings kept
    from the last edit count.
    """
    if deep:
        refresh_all_findings(usulan, PandanganDraf(usulan), net_changes(usulan))
    rows = TemuanUsulan.objects.filter(usulan=usulan, tingkat="galat", bawaan=False).order_by("id")
    found = [
        Temuan(t.kode, "galat", t.kalimat, t.perbaikan, tempat=t.tempat, kolom=t.kolom, nilai=t.nilai)
        for t in rows[:TAMPIL]
    ]
    rest = rows.count() - TAMPIL if len(found) == TAMPIL else 0
    if rest > 0:
        found.append(
            Temuan(
                "galat-lainnya",
                "galat",
                f"Ada {rest} galat lain pada usulan ini.",
                "Lihat semuanya pada tab Temuan.",
                nilai=str(rest),
            )
        )
    return found
