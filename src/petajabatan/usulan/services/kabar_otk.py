"""Telling those concerned that a request for a new OTK has moved on."""

from __future__ import annotations

from petajabatan.inti.actor import Actor
from petajabatan.inti.kabar import notify
from petajabatan.usulan.models import PermohonanOtk, Usulan
from petajabatan.usulan.queries import penerima
from petajabatan.usulan.rules.otk import JUDUL


def tell_request(
    actor: Actor, permohonan: PermohonanOtk, tahap: str, peristiwa: int, catatan: str = ""
) -> int:
    """Tell the owner of the stage that begins, and who asked; returns how many accounts."""
    about = Usulan(instansi_id=permohonan.instansi_id)
    people = penerima.accounts_with("verifikasi", about) if tahap in ("verifikasi", "injeksi") else set()
    if permohonan.dibuat_oleh_id:
        people.add(permohonan.dibuat_oleh_id)
    what = JUDUL.get(tahap, tahap).lower()
    return notify(
        actor,
        people - {actor.id or 0},
        f"Permohonan OTK “{permohonan.judul}”: {what}"[:200],
        catatan,
        f"/usulan/otk/{permohonan.pk}/",
        kunci=f"otk:{permohonan.pk}:{tahap}:{peristiwa}",
    )
