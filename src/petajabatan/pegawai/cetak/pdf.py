"""The map as PDF."""

from __future__ import annotations

import datetime as dt

from petajabatan.inti.actor import Actor
from petajabatan.pegawai.cetak.dokumen import Lapor, compose
from petajabatan.pegawai.cetak.render import GagalCetak, render_pdf
from petajabatan.pegawai.cetak.sumber import load

__all__ = ["GagalCetak", "export_map_pdf"]


def export_map_pdf(
    actor: Actor,
    instansi_id: int,
    *,
    versi: int | None = None,
    tanggal: dt.date | None = None,
    unor_id: int | None = None,
    kosong: bool = False,
    kemajuan: Lapor | None = None,
) -> bytes:
    """The map of an instansi (or the subtree ``unor_id``) as an A3 PDF, as of a version or date.

    ``kosong``: print the placeholder boxes with K = 0 and B = 0 too. Call inside the actor's scope. Raises
    PermissionDenied, PetaTidakAda, UnitTidakAda, GagalCetak.
    """
    peta, identitas = load(actor, instansi_id, versi, tanggal, unor_id)
    doc = compose(peta, identitas, dari=unor_id, kosong=kosong, kemajuan=kemajuan)
    return render_pdf(doc, kemajuan=kemajuan)
