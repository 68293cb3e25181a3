"""Telling those concerned that a version published meanwhile contradicts their usulan."""

from __future__ import annotations

from petajabatan.inti.actor import Actor
from petajabatan.inti.kabar import notify
from petajabatan.usulan.alamat import rebase_address
from petajabatan.usulan.models import Usulan
from petajabatan.usulan.queries import penerima
from petajabatan.usulan.queries.selaras import pending_conflicts
from petajabatan.usulan.rules.alur import AKHIR, DAPAT_DISUNTING
from petajabatan.usulan.services.kabar import address_of


def tell_overtaken(actor: Actor, instansi_id: int, versi: int) -> int:
    """Tell those of every open usulan of this instansi that the new version ``versi`` contradicts: who
    drafts, once it was handed over who signs, and the verifikator who holds it. Returns how many."""
    told = 0
    for usulan in Usulan.objects.filter(instansi_id=instansi_id).exclude(status__in=AKHIR).order_by("pk"):
        conflicts = len(pending_conflicts(usulan))
        if not conflicts:
            continue
        people = penerima.drafters(usulan)
        if usulan.status not in DAPAT_DISUNTING:
            people |= penerima.signers(usulan)
            people |= {usulan.verifikator_id} if usulan.verifikator_id else set()
        told += notify(
            actor,
            people - {actor.id or 0},
            f"Usulan {usulan.nomor} bertentangan dengan peta versi {versi} yang baru ditetapkan",
            f"{conflicts} pertentangan perlu diputus lewat Selaraskan sebelum usulan ini dapat dilanjutkan.",
            rebase_address(usulan.pk) or address_of(usulan.pk),
            kunci=f"usulan:{usulan.pk}:bertentangan:{versi}",
        )
    return told
