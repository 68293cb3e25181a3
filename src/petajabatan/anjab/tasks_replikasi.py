"""The job that replicates posts."""

from __future__ import annotations

from petajabatan.anjab.services.replikasi import Permintaan, replicate
from petajabatan.inti.pekerjaan import Hasil, Konteks, pekerjaan


@pekerjaan("anjab-replikasi")
def run_replication(konteks: Konteks) -> Hasil:
    """Replicate posts into a draft. ``masukan``: usulan_id and ``Permintaan.as_dict``."""
    usulan_id = int(konteks.masukan["usulan_id"])
    made = replicate(
        konteks.actor,
        usulan_id,
        Permintaan.of_dict(konteks.masukan),
        kunci=f"pekerjaan-{konteks.pekerjaan.pk}",
        kemajuan=konteks.kemajuan,
    )
    return Hasil(made.describe() | {"usulan_id": usulan_id}, made.rencana.temuan)
