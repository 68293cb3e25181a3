"""Which usulan an actor may read: the first wall for pages and API; the database asks the same again."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.http import Http404

from petajabatan.inti.actor import Actor
from petajabatan.usulan.models import Usulan


def visible_usulan(actor: Actor) -> QuerySet[Usulan]:
    """The usulan inside the actor's scope of drafts, with their instansi."""
    rows = Usulan.objects.select_related("instansi")
    if actor.cakupan_nasional:
        return rows
    return rows.filter(Q(instansi_id__in=actor.cakupan_draf) | Q(cabang_id__in=actor.cakupan_unor))


def usulan_for(actor: Actor, usulan_id: int) -> Usulan:
    """One usulan. One statement. Raises Http404 for one that is not there or not in scope."""
    found = visible_usulan(actor).filter(pk=usulan_id).first()
    if found is None:
        raise Http404("Usulan itu tidak ada, atau berada di luar cakupan akun ini.")
    return found
