"""Writing informasi jabatan: beginning one for a box, using one that exists, a section at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from petajabatan.anjab.queries.infojab_nilai import fields_today
from petajabatan.anjab.queries.infojab_papan import missing_boxes
from petajabatan.anjab.queries.infojab_peta import is_used, view_of
from petajabatan.anjab.rules.infojab_kelompok import groups_of
from petajabatan.inti.actor import Actor
from petajabatan.inti.temuan import Ditolak, refuse
from petajabatan.jabatan.rules.isian import BAGIAN, DICETAK, tidy
from petajabatan.usulan.models import Usulan
from petajabatan.usulan.queries.isian import sections_of
from petajabatan.usulan.queries.terlihat import usulan_for
from petajabatan.usulan.rules.operasi import BuatInfojab, TulisIsian, UbahInfojab
from petajabatan.usulan.services import HasilEdit, add_operations
from petajabatan.usulan.services.draf import require_editable
from petajabatan.usulan.services.hak import may_draft, rights_for, rights_in

KOTAK_MAKS = 500
"""Boxes one command may begin or connect."""


def may_write(actor: Actor, usulan: Usulan) -> str:
    """Why the actor may not write informasi jabatan in this draft now; empty where they may. Who drafts
    another part of it (evaluasi jabatan) reads."""
    try:
        may_draft(actor, usulan.instansi_id, usulan.layanan, usulan.cabang_id)
        if rights_in(actor, usulan).isdisjoint(rights_for("tulis-isian", {})):
            return _("Peran Anda menulis evaluasi jabatan; informasi jabatan ditulis operator lain.")
        require_editable(usulan)
    except PermissionDenied:
        return "Peran Anda membaca usulan ini, tidak mengubahnya."
    except Ditolak as refused:
        return str(refused)
    return ""


def begin_infojab(
    actor: Actor, usulan_id: int, posisi_ids: Sequence[int], *, kunci: str | None = None
) -> tuple[HasilEdit, int | None]:
    """A new informasi jabatan, one for all of these boxes; its id (None when the same key had done it).

    Raises PermissionDenied, Http404, Ditolak.
    """
    _some(len(posisi_ids))
    result = add_operations(actor, usulan_id, [BuatInfojab(id=-1, posisi_id=tuple(posisi_ids))], kunci=kunci)
    return result, result.id_baru.get(-1)


def begin_missing(
    actor: Actor, usulan_id: int, unor_id: int | None, *, per_nama: bool, kunci: str | None = None
) -> tuple[HasilEdit, int, int]:
    """Informasi jabatan for every box of a unit (None: the root) and below that has none: one for all
    boxes of a name, or one for each box. Also how many informasi jabatan and boxes.

    Raises as ``begin_infojab``; Ditolak where there is none, or more than ``KOTAK_MAKS``.
    """
    usulan = usulan_for(actor, usulan_id)
    n, boxes = missing_boxes(view_of(usulan), unor_id, paling=KOTAK_MAKS)
    _some(n)
    groups = groups_of(boxes, per_nama=per_nama)
    steps = [BuatInfojab(id=-n, posisi_id=group) for n, group in enumerate(groups, 1)]
    return add_operations(actor, usulan_id, steps, kunci=kunci), len(groups), n


def use_infojab(
    actor: Actor, usulan_id: int, posisi_ids: Sequence[int], infojab_id: int, *, kunci: str | None = None
) -> HasilEdit:
    """Let these boxes refer to an informasi jabatan of the same draft. Raises as ``begin_infojab``."""
    _some(len(posisi_ids))
    usulan = usulan_for(actor, usulan_id)
    if not is_used(view_of(usulan), infojab_id):
        refuse(
            "infojab-tidak-ada",
            "Informasi jabatan itu tidak ada pada peta usulan ini.",
            "Pilih informasi jabatan lain, atau buat yang baru.",
            kolom="infojab_id",
        )
    steps = [UbahInfojab(posisi_id=key, infojab_id=infojab_id) for key in posisi_ids]
    return add_operations(actor, usulan_id, steps, kunci=kunci)


def write_section(
    actor: Actor,
    usulan_id: int,
    infojab_id: int,
    bagian: str,
    isi: Any,
    *,
    kunci: str | None = None,
    revisi: int | None = None,
) -> HasilEdit:
    """Write one section as a whole. What is there already changes nothing, and leaves no operation.

    ``kunci``: the same key again changes nothing. ``revisi``: the revision in which the writer saw the
    section; refused (``objek-sudah-berubah``) when somebody else wrote it since. Raises PermissionDenied,
    Http404, Ditolak.
    """
    if bagian not in DICETAK:
        refuse(
            "bagian-tidak-dikenal",
            f"Bagian {bagian[:40]} tidak ditulis di sini.",
            f"Pilih: {', '.join(DICETAK)}.",
            kolom="bagian",
        )
    with transaction.atomic():
        usulan = usulan_for(actor, usulan_id)
        result = tidy(bagian, isi, fields_today())
        may_draft(actor, usulan.instansi_id, usulan.layanan, usulan.cabang_id)
        require_editable(usulan)
        if result.ditolak:
            raise Ditolak(list(result.temuan))
        held = sections_of(usulan, [infojab_id])[infojab_id].get(bagian)
        if (held.isi if held else None) == result.isi:
            return HasilEdit(usulan, usulan.revisi, temuan=list(result.temuan))
        step = TulisIsian.model_validate({"infojab_id": infojab_id, "bagian": bagian, "isi": isi})
        return add_operations(actor, usulan_id, [step], kunci=kunci, revisi=revisi)


def _some(banyak: int) -> None:
    if not 0 < banyak <= KOTAK_MAKS:
        refuse(
            "jabatan-belum-dipilih",
            f"Pilih 1 sampai {KOTAK_MAKS} jabatan.",
            "Centang jabatannya, lalu ulangi.",
            kolom="posisi_id",
        )


def section_name(bagian: str) -> str:
    return BAGIAN[bagian][1]
