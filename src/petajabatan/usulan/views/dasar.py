"""What the pages of usulan share: the actor, the usulan in scope, telling refusals."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from petajabatan.inti.actor import ANONIM, Actor
from petajabatan.inti.jam import JAKARTA
from petajabatan.inti.temuan import Ditolak
from petajabatan.usulan.models import Usulan

ID_MAKS = 2**63 - 1


def actor_of_request(request: HttpRequest) -> Actor:
    actor: Actor = getattr(request, "actor", ANONIM)
    return actor


def require_reader(actor: Actor) -> None:
    """Only who reads drafts somewhere has use for these pages; which ones, the wall decides."""
    if not (actor.cakupan_draf or actor.cakupan_nasional or actor.cakupan_unor):
        raise PermissionDenied(_("Usulan dibaca oleh instansi yang mengusulkan dan BKN."))


def usulan_or_404(usulan_id: int) -> Usulan:
    row = Usulan.objects.select_related("instansi", "lintas").filter(pk=min(usulan_id, ID_MAKS)).first()
    if row is None:
        raise Http404(_("Usulan itu tidak ada, atau berada di luar cakupan akun Anda."))
    return row


def tell_refusal(request: HttpRequest, refused: Ditolak) -> None:
    for finding in refused.temuan:
        messages.error(request, f"{finding.kalimat} {finding.perbaikan}")


def page_number(request: HttpRequest, name: str = "hal") -> int:
    raw = request.GET.get(name, "1")
    return int(raw) if raw.isdecimal() and len(raw) < 8 and int(raw) > 0 else 1


def age_in_days(usulan: Usulan, hari: dt.date) -> int:
    """Calendar days since it came into its state."""
    return max((hari - usulan.status_sejak.astimezone(JAKARTA).date()).days, 0)
