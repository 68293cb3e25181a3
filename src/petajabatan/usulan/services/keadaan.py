"""The state an usulan is in, and the history of how it came there."""

from __future__ import annotations

from django.utils import timezone

from petajabatan.inti.actor import Actor
from petajabatan.inti.jam import today
from petajabatan.usulan.models import RiwayatUsulan, Usulan
from petajabatan.usulan.queries.alur import summary_of
from petajabatan.usulan.queries.tetapan import terms
from petajabatan.usulan.rules.alur import due_date


def enter(usulan: Usulan, status: str, **values: object) -> None:
    """Write the state with its date and due day, and other columns along with it. An usulan that stays in its
    state keeps both. For services that hold the usulan's lock."""
    changed = dict(values)
    if status != usulan.status:
        changed |= {
            "status": status,
            "status_sejak": timezone.now(),
            "tenggat": due_date(terms(), status, today()),
        }
    for name, value in changed.items():
        setattr(usulan, name, value)
    usulan.save(update_fields=["diubah", *changed])


def write_history(
    actor: Actor,
    usulan: Usulan,
    tindakan: str,
    dari: str,
    *,
    peran: str = "",
    alasan: str = "",
    ringkas: dict[str, object] | None = None,
) -> RiwayatUsulan:
    """Append a step to the history: who, when, why, and what they saw (revision and figures; ``ringkas``
    adds to the figures)."""
    return RiwayatUsulan.objects.create(
        usulan=usulan,
        instansi_id=usulan.instansi_id,
        tindakan=tindakan,
        dari=dari,
        ke=usulan.status,
        revisi=usulan.revisi,
        oleh_id=actor.id,
        oleh=actor.nama[:200],
        peran=peran,
        alasan=alasan,
        ringkas=summary_of(usulan).as_json() | (ringkas or {}),
    )
