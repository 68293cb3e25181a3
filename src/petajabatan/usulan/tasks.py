"""Background jobs of drafts."""

from __future__ import annotations

import io
import re
import tempfile
from pathlib import Path

from petajabatan.inti.berkas import store_file, stored_path
from petajabatan.inti.pekerjaan import Hasil, Konteks, pekerjaan
from petajabatan.usulan.cetak.keputusan import decision_pdf
from petajabatan.usulan.models import Keputusan
from petajabatan.usulan.services.lembar import describe, import_sheet
from petajabatan.usulan.services.lembar_keluar import export_draft


@pekerjaan("cetak-keputusan")
def run_decision_document(konteks: Konteks) -> Hasil:
    """Make the PDF of a decision and hang it on the decision. ``masukan``: ``keputusan_id``.

    A decision that has one keeps it: the paper people hold must not change under them.
    """
    keputusan = Keputusan.objects.select_related("usulan__instansi", "berkas").get(
        pk=konteks.masukan["keputusan_id"]
    )
    if keputusan.berkas is not None:
        return Hasil({"kode": keputusan.kode}, berkas=keputusan.berkas)
    konteks.kemajuan(0, None, "menyusun dokumen")
    data = decision_pdf(keputusan)
    name = re.sub(r"[^A-Za-z0-9]+", "-", f"keputusan {keputusan.nomor}").strip("-").lower()
    berkas = store_file(konteks.actor, io.BytesIO(data), f"{name}.pdf", "keputusan", keputusan.instansi_id)
    Keputusan.objects.filter(pk=keputusan.pk).update(berkas=berkas)
    return Hasil({"kode": keputusan.kode, "ukuran_byte": len(data)}, berkas=berkas)


@pekerjaan("usulan-impor-lembar")
def run_import_sheet(konteks: Konteks) -> Hasil:
    """Import a workbook into a draft. ``masukan``: usulan_id, periksa, lewati_ditolak."""
    masukan, berkas = konteks.masukan, konteks.pekerjaan.berkas_masukan
    assert berkas is not None
    with stored_path(konteks.actor, berkas) as path:
        result = import_sheet(
            konteks.actor,
            int(masukan["usulan_id"]),
            path,
            nama=berkas.nama,
            periksa=bool(masukan.get("periksa")),
            lewati_ditolak=bool(masukan.get("lewati_ditolak")),
            kunci=f"pekerjaan-{konteks.pekerjaan.pk}",
            kemajuan=konteks.kemajuan,
        )
    stored = bool(masukan.get("periksa")) or result.edit is not None or result.ok
    return Hasil(
        describe(result) | {"usulan_id": int(masukan["usulan_id"])}, tuple(result.temuan), ditolak=not stored
    )


@pekerjaan("usulan-ekspor-lembar")
def run_export_draft(konteks: Konteks) -> Hasil:
    """Write a draft as a workbook. ``masukan``: usulan_id."""
    usulan_id = int(konteks.masukan["usulan_id"])
    konteks.kemajuan(0, None, "menulis lembar kerja")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"usulan-{usulan_id}.xlsx"
        export_draft(konteks.actor, usulan_id, path)
        with path.open("rb") as stream:
            berkas = store_file(konteks.actor, stream, path.name, "hasil", konteks.pekerjaan.instansi_id)
    return Hasil({"usulan_id": usulan_id}, berkas=berkas)
