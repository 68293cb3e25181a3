"""Approvals: signatures under one revision of a draft, void as soon as the draft changes."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from petajabatan.inti.actor import Actor
from petajabatan.inti.models import Berkas
from petajabatan.inti.temuan import refuse
from petajabatan.usulan.models import Persetujuan, Usulan
from petajabatan.usulan.rules.alur import DAPAT_DISUNTING, STATUS
from petajabatan.usulan.services.kabar import tell
from petajabatan.usulan.services.keadaan import enter, write_history


def add_approval(
    actor: Actor,
    usulan: Usulan,
    pihak: str,
    *,
    surat: Berkas | None = None,
    nomor_surat: str = "",
    tanggal_surat: dt.date | None = None,
    catatan: str = "",
) -> Persetujuan:
    """Record a signature under the revision as it stands. One per side is in effect at a time; the caller has
    locked the usulan and checked the right."""
    Persetujuan.objects.filter(usulan=usulan, pihak=pihak, gugur_pada=None).update(
        gugur_pada=timezone.now(), gugur_karena="diganti persetujuan baru"
    )
    return Persetujuan.objects.create(
        usulan=usulan,
        instansi_id=usulan.instansi_id,
        pihak=pihak,
        revisi=usulan.revisi,
        oleh_id=actor.id,
        oleh=actor.nama[:200],
        surat=surat,
        nomor_surat=nomor_surat[:100],
        tanggal_surat=tanggal_surat,
        catatan=catatan,
    )


def void_approvals(usulan: Usulan, sebab: str) -> int:
    """All approvals of the usulan lose effect; returns how many. ``sebab`` in words (200 characters)."""
    return Persetujuan.objects.filter(usulan=usulan, gugur_pada=None).update(
        gugur_pada=timezone.now(), gugur_karena=sebab[:200]
    )


@transaction.atomic
def back_to_draft_on_edit(actor: Actor, usulan: Usulan) -> Usulan:
    """Make an usulan editable before an edit is stored: one that waits for its instansi's signature becomes a
    draft again and its approvals are void. The caller has locked the row and checked the right to edit.

    Drafts and usulan in repair stay as they are. Raises Ditolak (``usulan-terkunci``) from submission on.
    """
    if usulan.status in DAPAT_DISUNTING:
        void_approvals(usulan, "draf disunting")
        return usulan
    if usulan.status != Usulan.Status.MENUNGGU:
        refuse(
            "usulan-terkunci",
            f"Usulan ini “{STATUS[usulan.status]}”, jadi isinya tidak dapat disunting.",
            "Tarik kembali selama belum diambil verifikator, atau tunggu permintaan perbaikan.",
            nilai=usulan.status,
        )
    void_approvals(usulan, "draf disunting")
    before = usulan.status
    enter(usulan, Usulan.Status.DRAF)
    row = write_history(actor, usulan, "disunting", before)
    tell(actor, usulan, "disunting", row.pk)
    return usulan
