"""Writing a factor sheet and deciding on it; who may is said by ``usulan.services.hak``."""

from __future__ import annotations

from typing import Any

from petajabatan.inti.actor import Actor
from petajabatan.inti.temuan import refuse
from petajabatan.usulan.models import Usulan
from petajabatan.usulan.rules.operasi import PutuskanEvaluasi, TulisIsian
from petajabatan.usulan.services import add_operations
from petajabatan.usulan.services.draf import DAPAT_DIUBAH
from petajabatan.usulan.services.hak import rights_in
from petajabatan.usulan.services.penyunting import HasilEdit


def write_sheet(
    actor: Actor,
    usulan_id: int,
    infojab_id: int,
    isi: dict[str, Any] | None,
    *,
    kunci: str | None = None,
    revisi: int | None = None,
) -> HasilEdit:
    """The whole sheet as it is now. Raises PermissionDenied, Http404, Ditolak."""
    op = TulisIsian(infojab_id=infojab_id, bagian="evaluasi", isi=isi)
    return add_operations(actor, usulan_id, [op], kunci=kunci, revisi=revisi)


def decide_sheet(
    actor: Actor,
    usulan_id: int,
    infojab_id: int,
    putusan: str,
    catatan: str = "",
    *,
    kunci: str | None = None,
    revisi: int | None = None,
) -> HasilEdit:
    """Validate the sheet (the boxes it serves get its kelas in the same action) or return it with a reason.
    Raises PermissionDenied, Http404, Ditolak."""
    if putusan not in ("divalidasi", "dikembalikan"):
        refuse("putusan-tidak-dikenal", f"Putusan {putusan[:40]} tidak dikenal.",
               "Pilih validasi atau kembalikan.", kolom="putusan")  # fmt: skip
    if len(catatan) > 2000:
        refuse("teks-terlalu-panjang", "Alasan lebih dari 2.000 huruf.", "Persingkat.", kolom="catatan")
    op = PutuskanEvaluasi(infojab_id=infojab_id, putusan=putusan, catatan=catatan)  # type: ignore[arg-type]
    return add_operations(actor, usulan_id, [op], kunci=kunci, revisi=revisi)


def may_write_sheet(actor: Actor, usulan: Usulan) -> bool:
    """Whether the actor writes factor sheets of this usulan now."""
    return usulan.status in DAPAT_DIUBAH and bool(
        rights_in(actor, usulan) & {"unor", "infojab", "evajab"} or actor.memegang("sistem")
    )


def may_decide_sheet(actor: Actor, usulan: Usulan) -> bool:
    """Whether the actor decides on factor sheets of this usulan now."""
    return usulan.status in DAPAT_DIUBAH and "validasi-evajab" in rights_in(actor, usulan)
