"""Telling an instansi that people of another one are coming."""

from __future__ import annotations

from django.db.models import Count
from django.urls import reverse

from petajabatan.inti.actor import Actor
from petajabatan.inti.kabar import notify
from petajabatan.pegawai.models import Pengukuhan
from petajabatan.usulan.models import Usulan
from petajabatan.usulan.queries import penerima


def tell_receivers(actor: Actor, usulan: Usulan, versi: int) -> int:
    """Tell those who confirm people in every other instansi that the version places people in; returns how
    many were told. One statement where there are none."""
    rows = Pengukuhan.objects.filter(instansi_id=usulan.instansi_id, versi=versi).exclude(status="batal")
    rows = rows.exclude(instansi_baru_id=usulan.instansi_id)
    told = 0
    for instansi_id, n in rows.values_list("instansi_baru_id").annotate(n=Count("pegawai", distinct=True)):
        told += notify(
            actor,
            penerima.accounts_of(("pegawai", "tetapkan"), instansi_id) - {actor.id or 0},
            f"{n} pegawai dari {usulan.instansi.nama} menunggu pengukuhan di instansi Anda"[:200],
            "Penempatannya sementara sampai Anda mencatat keputusan pengukuhannya.",
            f"{reverse('pegawai:pengukuhan', args=[instansi_id])}?masuk=1",
            kunci=f"pengukuhan:{usulan.instansi_id}:{versi}:{instansi_id}",
        )
    return told
