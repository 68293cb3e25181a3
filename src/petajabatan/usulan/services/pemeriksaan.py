"""The whole check of a draft on request."""

from __future__ import annotations

from django.db import transaction

from petajabatan.inti.actor import Actor
from petajabatan.inti.temuan import refuse
from petajabatan.usulan.models import Usulan
from petajabatan.usulan.queries.draf import net_changes
from petajabatan.usulan.queries.pandangan import PandanganDraf
from petajabatan.usulan.rules.alur import AKHIR, HAK
from petajabatan.usulan.services.izin import lock_usulan, require_right
from petajabatan.usulan.services.simpan import refresh_all_findings


@transaction.atomic
def check_all(actor: Actor, usulan_id: int) -> Usulan:
    """Check everything the draft affects anew and keep the findings. By whoever drafts, signs or verifies.

    Raises Http404, PermissionDenied; Ditolak for an usulan that has ended.
    """
    usulan = lock_usulan(usulan_id)
    require_right(actor, (HAK["susun"][usulan.layanan], "tetapkan", "verifikasi"), usulan)
    if usulan.status in AKHIR:
        refuse("usulan-berakhir", "Usulan ini sudah berakhir.", "Temuannya tetap seperti saat itu.")
    refresh_all_findings(usulan, PandanganDraf(usulan), net_changes(usulan))
    return usulan
