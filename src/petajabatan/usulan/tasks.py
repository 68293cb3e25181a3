"""Background jobs of drafts."""

from __future__ import annotations

import tempfile
from pathlib import Path

from petajabatan.inti.berkas import store_file, stored_path
from petajabatan.inti.pekerjaan import Hasil, Konteks, pekerjaan
from petajabatan.usulan.services.lembar import describe, export_draft, import_as_draft, import_sheet


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


@pekerjaan("impor-unor-draf")
def run_import_as_draft(konteks: Konteks) -> Hasil:
    """A unit file as a new draft of kind injeksi. ``masukan``: instansi_id."""
    berkas = konteks.pekerjaan.berkas_masukan
    assert berkas is not None
    with stored_path(konteks.actor, berkas) as path:
        usulan, result = import_as_draft(
            konteks.actor,
            int(konteks.masukan["instansi_id"]),
            path,
            nama=berkas.nama,
            kemajuan=konteks.kemajuan,
        )
    made = {"usulan_id": usulan.pk if usulan else None}
    return Hasil(describe(result) | made, tuple(result.temuan), ditolak=usulan is None and not result.ok)
