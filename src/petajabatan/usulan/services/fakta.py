"""The facts that the guards of the workflow look at."""

from __future__ import annotations

from petajabatan.inti.actor import Actor
from petajabatan.usulan.alamat import rebase_address
from petajabatan.usulan.models import Persetujuan, Usulan
from petajabatan.usulan.queries.alur import (
    large_change,
    live_approvals,
    open_requests,
    status_lintas,
    summary_of,
)
from petajabatan.usulan.queries.selaras import pending_conflicts
from petajabatan.usulan.rules.alur import Fakta
from petajabatan.usulan.services.gerbang import gate_findings


def facts_of(
    actor: Actor, usulan: Usulan, *, gerbang: bool, deep: bool = True, selaras: bool = True
) -> Fakta:
    """What the guards look at. ``gerbang``: include the findings that stop a gate; ``deep``: check the whole
    draft again for them (otherwise the findings kept from the last edit count); ``selaras``: compare it with
    what was published meanwhile (not when it has just been)."""
    stopping = gate_findings(usulan, deep=deep) if gerbang else []
    ringkas = summary_of(usulan)
    approvals = live_approvals(usulan.pk)
    lintas: list[tuple[str, str]] = []
    if usulan.lintas_id:
        lintas = [(b.instansi, b.status) for b in status_lintas(usulan.lintas_id) if b.usulan_id != usulan.pk]
    return Fakta(
        status=usulan.status,
        revisi=usulan.revisi,
        layanan=usulan.layanan,
        jenis=usulan.jenis,
        aktor=actor.id,
        verifikator=usulan.verifikator_id,
        pemeriksa_kedua=frozenset(p.oleh_id for p in approvals if p.pihak == Persetujuan.Pihak.BKN_KEDUA),
        n_operasi=ringkas.operasi if ringkas.unit + ringkas.posisi + ringkas.isian else 0,
        besar=large_change(ringkas),
        temuan_gerbang=tuple(stopping),
        n_konflik=len(pending_conflicts(usulan)) if gerbang and selaras else 0,
        selaras=rebase_address(usulan.pk),
        n_permintaan=open_requests(usulan.pk).count(),
        setuju_instansi=any(p.pihak == Persetujuan.Pihak.INSTANSI for p in approvals),
        setuju_bkn=any(p.pihak == Persetujuan.Pihak.BKN for p in approvals),
        lintas=tuple(lintas),
    )
