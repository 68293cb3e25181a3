"""The decision by which an usulan is published: its record, its public code, its document."""

from __future__ import annotations

import datetime as dt
import secrets

from django.db import transaction

from petajabatan.inti.actor import Actor
from petajabatan.inti.pekerjaan import submit_job
from petajabatan.organisasi.models import PetaVersi
from petajabatan.usulan.models import Keputusan, Usulan

HURUF = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Letters of a code: none that are mistaken for another on paper (0 O, 1 I). 32 of them, 5 bits each."""
PANJANG = 16
"""80 bits: not guessed, and short enough to be typed from paper."""


def new_code() -> str:
    return "".join(secrets.choice(HURUF) for _ in range(PANJANG))


def clean_code(text: str) -> str:
    """A code as somebody typed it: without spaces and hyphens, in capitals."""
    return "".join(c for c in text.upper() if c.isalnum())[:32]


@transaction.atomic
def record_decision(
    actor: Actor, usulan: Usulan, versi: PetaVersi, nomor: str, tanggal: dt.date
) -> Keputusan:
    """Record the decision of a version that was just written, and have its document made in the background.
    Its code opens the public page. Once per usulan: again it returns the one there is."""
    held = Keputusan.objects.filter(usulan=usulan).first()
    if held is not None:
        return held
    made = Keputusan.objects.create(
        usulan=usulan,
        instansi_id=usulan.instansi_id,
        nomor=" ".join(nomor.split())[:100],
        tanggal=tanggal,
        versi=versi.nomor,
        berlaku=versi.berlaku,
        kode=new_code(),
        hash_peta=versi.hash,
        ditetapkan_oleh_id=actor.id,
        ditetapkan_oleh=actor.nama[:200],
    )
    request_document(actor, made)
    return made


def request_document(actor: Actor, keputusan: Keputusan) -> None:
    """Queue the making of the decision's PDF (again); the caller has checked the permission."""
    submit_job(
        actor,
        "cetak-keputusan",
        f"Dokumen keputusan {keputusan.nomor}"[:255],
        {"keputusan_id": keputusan.pk},
        instansi_id=keputusan.instansi_id,
    )
