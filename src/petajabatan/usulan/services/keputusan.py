"""The decision by which an usulan is published."""

from __future__ import annotations

import datetime as dt
import secrets

from petajabatan.inti.actor import Actor
from petajabatan.organisasi.models import PetaVersi
from petajabatan.usulan.models import Keputusan, Usulan


def record_decision(
    actor: Actor, usulan: Usulan, versi: PetaVersi, nomor: str, tanggal: dt.date
) -> Keputusan:
    """Record the decision of a version that was just written; its code opens the public page."""
    return Keputusan.objects.create(
        usulan=usulan,
        instansi_id=usulan.instansi_id,
        nomor=nomor[:100],
        tanggal=tanggal,
        versi=versi.nomor,
        berlaku=versi.berlaku,
        kode=secrets.token_urlsafe(18),
        hash_peta=versi.hash,
        ditetapkan_oleh_id=actor.id,
        ditetapkan_oleh=actor.nama[:200],
    )
