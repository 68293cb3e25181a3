"""What is exported: the map with B, and what the paper has to say about it."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.http import Http404

from petajabatan.inti.actor import Actor
from petajabatan.inti.jam import today
from petajabatan.jabatan.rules.peta import Peta, rollup
from petajabatan.organisasi.models import PetaVersi
from petajabatan.pegawai.cetak.dokumen import Identitas
from petajabatan.pegawai.queries import day_of_b, peta_with_b
from petajabatan.referensi.models import Instansi


class UnitTidakAda(Http404):
    """The unit is not on the map of that version."""


def require_reader(actor: Actor) -> None:
    """The published map with counts is for everybody who has signed in. Raises PermissionDenied."""
    if not actor.dikenal:
        raise PermissionDenied("Masuk dahulu untuk mencetak atau mengekspor peta jabatan.")


def require_names(actor: Actor, instansi_id: int) -> None:
    """Lists of people are for roles that see names. Raises PermissionDenied."""
    if not (actor.cakupan_nasional or actor.cakupan_unor or instansi_id in actor.cakupan_instansi):
        raise PermissionDenied("Nama dan NIP hanya untuk peran kepegawaian instansi yang bersangkutan.")


def load(
    actor: Actor,
    instansi_id: int,
    versi: int | None = None,
    tanggal: dt.date | None = None,
    unor_id: int | None = None,
) -> tuple[Peta, Identitas]:
    """The map as of a version or date, totals computed, and its identity for head and foot.

    Raises PermissionDenied, PetaTidakAda (jabatan.queries), UnitTidakAda.
    """
    require_reader(actor)
    peta = peta_with_b(instansi_id, versi, tanggal)
    if unor_id is not None and unor_id not in peta.simpul:
        raise UnitTidakAda(f"Unit {unor_id} tidak ada pada peta jabatan versi {peta.versi}.")
    rollup(peta)
    nama = Instansi.objects.values_list("nama", flat=True).get(pk=instansi_id)
    sidik = (
        PetaVersi.objects.filter(instansi_id=instansi_id, nomor=peta.versi)
        .values_list("hash", flat=True)
        .first()
    )
    return peta, Identitas(
        instansi=nama,
        versi=peta.versi,
        berlaku=peta.berlaku,
        hash=sidik or "",
        dicetak=today(),
        b_per=day_of_b(instansi_id, peta.versi, tanggal),
    )
