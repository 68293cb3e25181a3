"""Who may do what with one usulan: the action's roles, in the usulan's instansi, and for a subtree grant only
where the usulan is bound to that subtree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.core.exceptions import PermissionDenied
from django.http import Http404

from petajabatan.akun.rules import PERAN, roles_that_may
from petajabatan.inti.actor import Actor
from petajabatan.usulan.models import Usulan

PENULIS: Mapping[str, tuple[str, ...]] = {"sotk": ("usulan",), "infojab": ("infojab", "evajab", "usulan")}
"""Rights by which people write in a draft, by service (``services.hak``): they also answer remarks. Handing
it over is another matter (``rules.alur.HAK``)."""
NASIONAL_SAJA = frozenset({"verifikasi"})


def role_for(actor: Actor, hak: Iterable[str], usulan: Usulan) -> str | None:
    """The role by which the actor holds one of the action rights over this usulan; None: it does not."""
    for right in hak:
        roles = ("sistem", *roles_that_may(right))
        for izin in actor.izin:
            if izin.peran not in roles:
                continue
            if izin.lingkup == "nasional":
                return izin.peran
            if right in NASIONAL_SAJA or izin.instansi_id != usulan.instansi_id:
                continue
            if izin.lingkup == "instansi" or (izin.lingkup == "unor" and izin.sasaran == usulan.cabang_id):
                return izin.peran
    return None


def require_right(actor: Actor, hak: Iterable[str], usulan: Usulan) -> str:
    """The role by which the actor may; raises PermissionDenied."""
    rights = tuple(hak)
    role = role_for(actor, rights, usulan)
    if role is None:
        names = [PERAN[r].nama for right in rights for r in roles_that_may(right)]
        raise PermissionDenied(
            "Tindakan ini memerlukan peran "
            + " atau ".join(dict.fromkeys(names))
            + " dalam cakupan yang sesuai."
        )
    return role


def side_of(actor: Actor, usulan: Usulan) -> str:
    """On whose side the actor stands: ``bkn``, ``instansi``, or '' (may look only)."""
    if role_for(actor, ("verifikasi",), usulan) is not None:
        return "bkn"
    rights = (*PENULIS[usulan.layanan], "tetapkan")
    return "instansi" if role_for(actor, rights, usulan) is not None else ""


def lock_usulan(usulan_id: int) -> Usulan:
    """The usulan, locked until the transaction ends. Raises Http404 also for one behind the wall."""
    usulan = Usulan.objects.select_for_update(of=("self",)).filter(pk=usulan_id).first()
    if usulan is None:
        raise Http404("Usulan itu tidak ada, atau berada di luar cakupan akun Anda.")
    return usulan
