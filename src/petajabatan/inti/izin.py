"""The first wall: the check every service makes before anything else."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from petajabatan.inti.actor import Actor


def require(actor: Actor, *peran: str, instansi_id: int | None = None) -> None:
    """Raise PermissionDenied unless the actor holds one of the roles in the given scope."""
    if actor.memegang("sistem", *peran, instansi_id=instansi_id):
        return
    raise PermissionDenied(
        "Tindakan ini memerlukan peran " + " atau ".join(peran) + " dalam cakupan yang sesuai."
    )
