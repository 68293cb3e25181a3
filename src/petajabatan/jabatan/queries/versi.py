"""Which version of a map is meant."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.http import Http404

from petajabatan.inti.jam import today
from petajabatan.organisasi.models import PetaVersi

LAYAK = 2147483646
"""Largest version number a query parameter can carry."""


class PetaTidakAda(Http404):
    """No such instansi, version, unit or box; the text says what was asked for and what there is."""


def version_of(instansi_id: int, versi: int | None = None, tanggal: dt.date | None = None) -> PetaVersi:
    """The version asked for by number, or the one in force on a date (default: the business date).

    In force is the highest version with ``berlaku`` ≤ date. When a map exists but starts only later and no
    date was asked for, its first version is given, so that a map scheduled for tomorrow can be looked at.
    Two SQL statements at most besides the clock's. Raises PetaTidakAda.
    """
    rows = PetaVersi.objects.filter(instansi_id=instansi_id)
    if versi is not None:
        found = rows.filter(nomor=versi).first() if 0 < versi <= LAYAK else None
        if found is None:
            last = last_version(instansi_id)
            known = f"versi terakhir {last.nomor}" if last else "belum ada versi"
            raise PetaTidakAda(f"Peta jabatan instansi ini tidak mempunyai versi {versi} ({known}).")
        return found
    found = rows.filter(berlaku__lte=tanggal or today()).order_by("-nomor").first()
    if found is not None:
        return found
    first = rows.order_by("nomor").first()
    if first is None:
        raise PetaTidakAda("Instansi ini belum mempunyai peta jabatan.")
    if tanggal is not None:
        raise PetaTidakAda(
            f"Belum ada peta jabatan pada {tanggal.isoformat()}; versi pertama berlaku"
            f" {first.berlaku.isoformat()}."
        )
    return first


def last_version(instansi_id: int) -> PetaVersi | None:
    """The last published version, scheduled ones included."""
    return PetaVersi.objects.filter(instansi_id=instansi_id).order_by("-nomor").first()


def cancelled(semua: Sequence[PetaVersi]) -> dict[int, int]:
    """Versions taken back before their day, each with the version that took it back: the next one, which
    bears the same usulan. ``semua``: all versions of one instansi; any reader of the map may know."""
    by_number = {row.nomor: row for row in semua}
    return {
        row.nomor - 1: row.nomor
        for row in semua
        if row.usulan_id is not None
        and (before := by_number.get(row.nomor - 1)) is not None
        and before.usulan_id == row.usulan_id
    }


def versions(instansi_id: int) -> list[PetaVersi]:
    """All versions, newest first."""
    return list(PetaVersi.objects.filter(instansi_id=instansi_id).order_by("-nomor"))
