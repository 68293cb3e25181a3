"""Writing ABK sheets in a draft: stored as an operation, taken back by the draft's own undo."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.db import transaction

from petajabatan.anjab.queries.abk import LembarDraf, draft_sheet
from petajabatan.anjab.rules.abk_hitung import Hitungan, calculate
from petajabatan.inti.actor import Actor
from petajabatan.inti.temuan import Ditolak, refuse
from petajabatan.jabatan.rules.isian import isian_id
from petajabatan.usulan.models import Operasi
from petajabatan.usulan.queries.isian import sheets_of
from petajabatan.usulan.rules.operasi import TulisIsian
from petajabatan.usulan.services.draf import add_operations, undo
from petajabatan.usulan.services.hak import may_draft
from petajabatan.usulan.services.penyunting import HasilEdit
from petajabatan.usulan.services.simpan import lock


class Tersimpan(NamedTuple):
    """What storing a sheet did: the sheet calculated, and the revision of the draft. ``edit`` None: the sheet
    says already what was sent."""

    lembar: LembarDraf
    hitungan: Hitungan
    revisi: int
    edit: HasilEdit | None


def save_sheet(
    actor: Actor,
    usulan_id: int,
    posisi_id: int,
    masukan: Mapping[str, Any],
    *,
    kunci: str | None = None,
    revisi: int | None = None,
) -> Tersimpan:
    """Store a sheet as the page sends it (``rules.abk_hitung.calculate``); K of the box follows.

    The sheet keeps the norm of working time and the policy it was calculated with, so that a later choice of
    the instansi does not change what was explained. Figures that could not be read stay empty, with what was
    typed beside them. ``kunci``, ``revisi``: as ``usulan.services.add_operations``. Raises PermissionDenied,
    Http404; Ditolak when something of what was sent could not be kept.
    """
    sheet = draft_sheet(actor, usulan_id, posisi_id)
    may_draft(actor, sheet.usulan.instansi_id, sheet.usulan.layanan, sheet.usulan.cabang_id)
    done = calculate(masukan, sheet.kotak, sheet.acuan, sheet.tugas, sheet.semula)
    if not done.dapat_disimpan:
        raise Ditolak([t for t in done.temuan if t.tingkat == "galat"])
    isi = _complete(done, sheet)
    with transaction.atomic():
        lock(usulan_id)
        held = sheets_of(sheet.usulan, [posisi_id]).get(posisi_id)
        if (held.isi if held else None) == isi:
            return Tersimpan(sheet, done, sheet.usulan.revisi, None)
        operation = TulisIsian(posisi_id=posisi_id, bagian="abk", isi=isi)
        edit = add_operations(actor, usulan_id, [operation], kunci=kunci, revisi=revisi)
    return Tersimpan(sheet, done, edit.revisi, edit)


def _complete(done: Hitungan, sheet: LembarDraf) -> dict[str, Any] | None:
    isi = dict(done.isi)
    if not isi["baris"] and "rekomendasi" not in isi:
        return None
    isi["waktu"] = done.lembar.hasil.waktu.kode
    if sheet.kotak.jenis != "struktural":
        isi["kebijakan"] = done.lembar.hasil.kebijakan.kode
    return isi


def undo_sheet(
    actor: Actor, usulan_id: int, posisi_id: int, *, kunci: str | None = None, revisi: int | None = None
) -> HasilEdit:
    """Take the last action of the draft back, when it was one on this sheet.

    Raises Ditolak when the last action changed something else: that is undone where it can be seen.
    """
    with transaction.atomic():
        usulan = lock(usulan_id)
        may_draft(actor, usulan.instansi_id, usulan.layanan, usulan.cabang_id)
        if kunci and Operasi.objects.filter(usulan=usulan, kunci=kunci).exists():
            return undo(actor, usulan_id, kunci=kunci)  # the same request again: answered as before
        last = (
            Operasi.objects.filter(usulan=usulan, aktif=True, membatalkan=None)
            .exclude(jenis="selaras")
            .order_by("-kelompok", "nomor")
            .first()
        )
        if last is None:
            refuse("tanpa-urungan", "Tidak ada yang dapat diurungkan.", "Lanjutkan.")
        rows = Operasi.objects.filter(usulan=usulan, kelompok=last.kelompok)
        key = isian_id("abk", posisi_id=posisi_id)
        touched = {(p[0], p[1]) for row in rows for p in row.perubahan}
        if ("isian", key) not in touched:
            refuse(
                "urungan-lain",
                f"Tindakan terakhir usulan ini bukan pada lembar ini: {last.ringkas[:200]}.",
                "Urungkan dari halaman peta usulan, atau betulkan barisnya langsung.",
                nilai=str(last.nomor),
            )
        return undo(actor, usulan_id, kunci=kunci, revisi=revisi)
