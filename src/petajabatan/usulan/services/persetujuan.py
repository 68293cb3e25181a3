"""Approvals of a draft: what an edit does to them."""

from __future__ import annotations

from django.utils import timezone

from petajabatan.inti.actor import Actor
from petajabatan.usulan.models import Persetujuan, RiwayatUsulan, Usulan


def void_approvals(usulan: Usulan, sebab: str) -> int:
    """Signatures under an earlier revision count no more; returns how many."""
    return Persetujuan.objects.filter(usulan=usulan, gugur_pada=None).update(
        gugur_pada=timezone.now(), gugur_karena=sebab[:200]
    )


def back_to_draft_on_edit(actor: Actor, usulan: Usulan) -> None:
    """An usulan that waits for the signature of the instansi becomes a draft again when it is edited."""
    if usulan.status != Usulan.Status.MENUNGGU:
        return
    usulan.status, usulan.status_sejak = Usulan.Status.DRAF, timezone.now()
    usulan.save(update_fields=["status", "status_sejak"])
    RiwayatUsulan.objects.create(
        usulan=usulan,
        instansi_id=usulan.instansi_id,
        tindakan="disunting",
        dari=Usulan.Status.MENUNGGU,
        ke=Usulan.Status.DRAF,
        revisi=usulan.revisi,
        oleh_id=actor.id,
        oleh=actor.nama[:200],
        alasan="isi usulan diubah sebelum ditandatangani",
    )
