"""The jobs that bring units of the master in, and units in line with a template."""

from __future__ import annotations

from petajabatan.anjab.services.templat_terap import add_from_master, apply_template
from petajabatan.inti.pekerjaan import Hasil, Konteks, pekerjaan


@pekerjaan("anjab-templat")
def run_template(konteks: Konteks) -> Hasil:
    """``masukan``: usulan_id, versi_id, unor_id, jenis."""
    values = konteks.masukan
    made = apply_template(
        konteks.actor,
        int(values["usulan_id"]),
        int(values["versi_id"]),
        values["unor_id"],
        jenis=values["jenis"],
        kunci=f"pekerjaan-{konteks.pekerjaan.pk}",
        kemajuan=konteks.kemajuan,
    )
    return Hasil(made.describe() | {"usulan_id": int(values["usulan_id"])}, tuple(made.temuan))


@pekerjaan("anjab-master")
def run_master(konteks: Konteks) -> Hasil:
    """``masukan``: usulan_id, master_id, atasan_id, versi_id."""
    values = konteks.masukan
    made = add_from_master(
        konteks.actor,
        int(values["usulan_id"]),
        values["master_id"],
        int(values["atasan_id"]),
        versi_id=values.get("versi_id"),
        kunci=f"pekerjaan-{konteks.pekerjaan.pk}",
        kemajuan=konteks.kemajuan,
    )
    return Hasil(made.describe() | {"usulan_id": int(values["usulan_id"])}, tuple(made.temuan))
