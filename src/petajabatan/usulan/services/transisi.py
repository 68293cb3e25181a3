"""Taking an usulan from state to state: each verb one transaction under the usulan's lock."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from petajabatan.inti.actor import Actor
from petajabatan.inti.jam import today
from petajabatan.inti.temuan import Ditolak, Temuan, refuse
from petajabatan.organisasi.models import PetaVersi
from petajabatan.usulan.models import Dokumen, Komentar, Persetujuan, RiwayatUsulan, Usulan
from petajabatan.usulan.queries.alur import Ringkas, open_requests
from petajabatan.usulan.rules.alur import HAK as HAK_AKUN
from petajabatan.usulan.rules.alur import (
    JUDUL,
    Isian,
    Transisi,
    guard,
    hak_of,
    refuse_state,
    rights_of,
    transition_of,
)
from petajabatan.usulan.services.fakta import facts_of
from petajabatan.usulan.services.izin import lock_usulan, require_right
from petajabatan.usulan.services.kabar import notify_touched, tell
from petajabatan.usulan.services.keadaan import enter, write_history
from petajabatan.usulan.services.persetujuan import add_approval, void_approvals

PIHAK = {
    "tanda-tangani": Persetujuan.Pihak.INSTANSI,
    "periksa-kedua": Persetujuan.Pihak.BKN_KEDUA,
    "setujui": Persetujuan.Pihak.BKN,
}
"""Actions that are an approval, and whose."""
GUGUR = {
    "tarik": "usulan ditarik kembali",
    "kembalikan": "usulan dikembalikan",
    "minta-perbaikan": "perbaikan diminta",
    "tolak": "usulan ditolak",
    "batalkan": "usulan dibatalkan",
}
"""Why approvals are void, by the action that made them so."""


@dataclass(frozen=True)
class Surat:
    """The signed letter: a document of the usulan (PDF, not withdrawn), its number and date."""

    dokumen_id: int | None = None
    nomor: str = ""
    tanggal: dt.date | None = None


def move(
    actor: Actor,
    usulan_id: int,
    tindakan: str,
    *,
    revisi: int | None = None,
    alasan: str = "",
    surat: Surat | None = None,
) -> Usulan:
    """Take one action of ``rules.alur.TABEL`` on an usulan; returns it as it then stands.

    ``revisi`` is the revision the person saw: another one is refused. ``alasan`` is kept in the history (for
    an approval as its note). Pressed twice by the same person it changes nothing the second time. ``surat``
    belongs to ``tanda-tangani``. ``tetapkan`` is not taken here but by publishing (``mark_published``).
    Raises Http404, PermissionDenied, Ditolak.
    """
    if tindakan not in JUDUL:
        refuse(
            "tindakan-tidak-dikenal",
            f"Tindakan {tindakan!r} tidak dikenal.",
            f"Pilih: {', '.join(JUDUL)}.",
            nilai=tindakan,
        )
    if tindakan == "tetapkan":
        raise ValueError("publishing, and nothing else, moves an usulan to ditetapkan")
    with transaction.atomic():
        usulan = lock_usulan(usulan_id)
        rights = rights_of(tindakan, usulan.layanan, usulan.jenis)
        role = require_right(actor, rights, usulan)
        if _already(actor, usulan, tindakan):
            return usulan
        step = transition_of(tindakan, usulan.status)
        if step is None:
            raise Ditolak([refuse_state(tindakan, facts_of(actor, usulan, gerbang=False))])
        role = require_right(actor, _rights(step, usulan), usulan)
        letter = _letter(usulan, surat)
        isian = Isian(
            alasan=alasan,
            revisi=revisi,
            surat=letter is not None,
            nomor=surat.nomor if surat else "",
            tanggal=surat.tanggal if surat else None,
            hari=today(),
        )
        _check(actor, usulan, step, isian)
        return _take(actor, usulan, step, role, alasan.strip(), surat, letter)


def findings_for(actor: Actor, usulan: Usulan, tindakan: str, *, deep: bool = False) -> list[Temuan]:
    """What would forbid the action now, apart from what its form still asks for. For pages: reads only."""
    step = transition_of(tindakan, usulan.status)
    facts = facts_of(actor, usulan, gerbang=step is not None and step.gerbang, deep=deep)
    if step is None:
        return [refuse_state(tindakan, facts)]
    filled = Isian(alasan="-", surat=True, nomor="-", tanggal=dt.date.min)
    return guard(step, facts, filled)


def require_publishable(
    actor: Actor, usulan: Usulan, *, revisi: int | None = None, deep: bool = True, selaras: bool = True
) -> str:
    """Whether this actor may publish this usulan now; the caller holds its lock. Returns the role.

    For a bundle every other part must be approved (or published in the same transaction). ``deep``: check
    the whole draft again; ``selaras``: compare it with what was published meanwhile. Raises PermissionDenied,
    Ditolak.
    """
    role = require_right(actor, rights_of("tetapkan", usulan.layanan, usulan.jenis), usulan)
    step = transition_of("tetapkan", usulan.status)
    if step is None:
        raise Ditolak([refuse_state("tetapkan", facts_of(actor, usulan, gerbang=False))])
    _check(actor, usulan, step, Isian(revisi=revisi), deep=deep, selaras=selaras)
    return role


def mark_published(actor: Actor, usulan: Usulan, versi: PetaVersi, angka: Ringkas | None = None) -> None:
    """The usulan has become a version; called in the transaction that wrote it, under the usulan's lock.
    ``angka``: the draft in figures before anybody was placed.

    Raises PermissionDenied; Ditolak when a signature is missing or void, or a part of its bundle is not
    approved: nothing of the version remains then.
    """
    role = require_publishable(actor, usulan, deep=False, selaras=False)
    before = usulan.status
    enter(usulan, Usulan.Status.DITETAPKAN, versi_terbit=versi.nomor, berlaku=versi.berlaku)
    published: dict[str, object] = {"versi": versi.nomor, "berlaku": versi.berlaku.isoformat()}
    published |= angka.as_json() if angka else {}
    row = write_history(actor, usulan, "tetapkan", before, peran=role, ringkas=published)
    tell(actor, usulan, "tetapkan", row.pk)


def _rights(step: Transisi, usulan: Usulan) -> tuple[str, ...]:
    return tuple(HAK_AKUN[hak][usulan.layanan] for hak in hak_of(step, usulan.jenis))


def _check(
    actor: Actor, usulan: Usulan, step: Transisi, isian: Isian, *, deep: bool = True, selaras: bool = True
) -> None:
    facts = facts_of(actor, usulan, gerbang=step.gerbang, deep=deep, selaras=selaras)
    if found := guard(step, facts, isian):
        raise Ditolak(found)


def _already(actor: Actor, usulan: Usulan, tindakan: str) -> bool:
    """Whether the same person has just done this: the last step is theirs, and nothing came after it."""
    last = RiwayatUsulan.objects.filter(usulan=usulan).order_by("-id").first()
    return (
        last is not None
        and last.tindakan == tindakan
        and last.oleh_id == actor.id
        and last.ke == usulan.status
        and last.revisi == usulan.revisi
    )


def _letter(usulan: Usulan, surat: Surat | None) -> Dokumen | None:
    """The document named as the signed letter, if it is one: of this usulan, in effect, a PDF."""
    if surat is None or surat.dokumen_id is None:
        return None
    return (
        Dokumen.objects.select_related("berkas")
        .filter(
            pk=surat.dokumen_id,
            usulan=usulan,
            jenis=Dokumen.Jenis.SURAT,
            ditarik_pada=None,
            berkas__jenis_isi="application/pdf",
        )
        .first()
    )


def _take(
    actor: Actor,
    usulan: Usulan,
    step: Transisi,
    role: str,
    alasan: str,
    surat: Surat | None,
    letter: Dokumen | None,
) -> Usulan:
    if step.gugur:
        void_approvals(usulan, f"{GUGUR[step.tindakan]} oleh {actor.nama}")
    if step.tindakan in PIHAK:
        add_approval(
            actor,
            usulan,
            PIHAK[step.tindakan],
            surat=letter.berkas if letter else None,
            nomor_surat=surat.nomor.strip() if surat else "",
            tanggal_surat=surat.tanggal if surat else None,
            catatan=alasan,
        )
    enter(usulan, step.ke, **_values(actor, step))
    row = write_history(actor, usulan, step.tindakan, step.dari, peran=role, alasan=alasan)
    if step.tindakan == "minta-perbaikan":
        _ask(actor, usulan, alasan)
    tell(actor, usulan, step.tindakan, row.pk, alasan)
    if step.tindakan == "setujui":
        notify_touched(actor, usulan.pk)
    return usulan


def _values(actor: Actor, step: Transisi) -> dict[str, object]:
    """Columns that change along with the state."""
    if step.tindakan == "ambil":
        return {"verifikator_id": actor.id}
    if step.tindakan == "lepas":
        return {"verifikator_id": None}
    if step.tindakan == "periksa-kedua":
        return {"pemeriksa_kedua_id": actor.id}
    return {}


def _ask(actor: Actor, usulan: Usulan, alasan: str) -> None:
    """What must be repaired stands as a request that can be answered; remarks that ask already are enough."""
    if open_requests(usulan.pk).filter(pihak="bkn").exists():
        return
    Komentar.objects.create(
        usulan=usulan,
        instansi_id=usulan.instansi_id,
        isi=alasan,
        minta_perbaikan=True,
        oleh_id=actor.id,
        oleh=actor.nama,
        pihak="bkn",
    )
