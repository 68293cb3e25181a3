"""The gate: the whole check of a draft before it goes on."""

from __future__ import annotations

from petajabatan.inti.temuan import Temuan
from petajabatan.usulan.alamat import tab_address
from petajabatan.usulan.models import TemuanUsulan, Usulan
from petajabatan.usulan.queries.draf import net_changes
from petajabatan.usulan.queries.pandangan import PandanganDraf
from petajabatan.usulan.queries.temuan import findings_of, spread
from petajabatan.usulan.services.simpan import refresh_all_findings

TAMPIL = 20
"""Findings a refusal names; the rest is counted."""


def gate_findings(usulan: Usulan, *, deep: bool) -> list[Temuan]:
    """The findings of severity galat that stop a gate; those that the published map has too stop nothing.
    At most ``TAMPIL``, of every problem some; the rest is counted.

    ``deep``: check everything the draft affects again and keep what is found; otherwise the findings kept
    from the last edit count.
    """
    if deep:
        refresh_all_findings(usulan, PandanganDraf(usulan), net_changes(usulan))
    rows = TemuanUsulan.objects.filter(usulan=usulan, tingkat="galat", bawaan=False)
    found = findings_of(usulan, spread(rows)[:TAMPIL])
    rest = rows.count() - TAMPIL if len(found) == TAMPIL else 0
    if rest > 0:
        found.append(
            Temuan(
                "galat-lainnya",
                "galat",
                f"Ada {rest} galat lain pada usulan ini.",
                "Lihat semuanya pada tab Temuan.",
                nilai=str(rest),
                tautan=tab_address(usulan.pk, "temuan", tingkat="galat"),
            )
        )
    return found
