"""Switches of an usulan that are no part of its content."""

from __future__ import annotations

from django.db import transaction

from petajabatan.inti.actor import Actor
from petajabatan.inti.temuan import refuse
from petajabatan.usulan.models import Usulan
from petajabatan.usulan.rules.alur import AKHIR, HAK
from petajabatan.usulan.services.izin import lock_usulan, require_right


@transaction.atomic
def set_notice(actor: Actor, usulan_id: int, kabari: bool) -> Usulan:
    """Whether people whose seat the draft touches are told before it is published. Approvals stay in effect:
    it is not part of what is approved. Raises Http404, PermissionDenied, Ditolak."""
    usulan = lock_usulan(usulan_id)
    require_right(actor, (HAK["susun"][usulan.layanan], "tetapkan"), usulan)
    if usulan.status in AKHIR:
        refuse("usulan-berakhir", "Usulan ini sudah berakhir.", "Tidak ada yang perlu diubah.")
    if usulan.kabari_pegawai != kabari:
        usulan.kabari_pegawai = kabari
        usulan.save(update_fields=["kabari_pegawai", "diubah"])
    return usulan
