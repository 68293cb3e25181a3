"""Moving an usulan from one state to the next."""

from __future__ import annotations

from django.utils import timezone

from petajabatan.inti.actor import Actor
from petajabatan.organisasi.models import PetaVersi
from petajabatan.usulan.models import RiwayatUsulan, Usulan


def mark_published(actor: Actor, usulan: Usulan, versi: PetaVersi) -> None:
    """The usulan has become a version; called in the transaction that wrote it."""
    before = usulan.status
    usulan.status, usulan.status_sejak = Usulan.Status.DITETAPKAN, timezone.now()
    usulan.versi_terbit, usulan.berlaku, usulan.tenggat = versi.nomor, versi.berlaku, None
    usulan.save(update_fields=["status", "status_sejak", "versi_terbit", "berlaku", "tenggat"])
    RiwayatUsulan.objects.create(
        usulan=usulan,
        instansi_id=usulan.instansi_id,
        tindakan="tetapkan",
        dari=before,
        ke=usulan.status,
        revisi=usulan.revisi,
        oleh_id=actor.id,
        oleh=actor.nama[:200],
        ringkas={"versi": versi.nomor, "berlaku": versi.berlaku.isoformat()},
    )
