"""Background jobs of ABK."""

from __future__ import annotations

import io

from petajabatan.anjab.abk_xlsx import recap_xlsx
from petajabatan.anjab.queries.abk_rekap import draft_recap, published_recap
from petajabatan.inti.berkas import store_file
from petajabatan.inti.pekerjaan import Hasil, Konteks, pekerjaan
from petajabatan.referensi.models import Instansi
from petajabatan.usulan.queries.terlihat import usulan_for


@pekerjaan("rekap-abk")
def run_recap(konteks: Konteks) -> Hasil:
    """The recap as a workbook. ``masukan``: ``instansi_id``, ``versi``, or ``usulan_id`` for a draft, whose
    file is seen by the one who asked only."""
    asked = konteks.masukan
    if asked.get("usulan_id"):
        usulan = usulan_for(konteks.actor, int(asked["usulan_id"]))
        rekap, origin, owner = draft_recap(usulan), usulan.nomor, None
    else:
        rekap = published_recap(int(asked["instansi_id"]), int(asked["versi"]))
        origin, owner = f"versi-{rekap.versi}", int(asked["instansi_id"])
    name = Instansi.objects.values_list("nama", flat=True).get(pk=int(asked["instansi_id"]))
    data = recap_xlsx(rekap, name, origin, konteks.kemajuan)
    berkas = store_file(konteks.actor, io.BytesIO(data), f"rekap-abk-{origin}.xlsx", "hasil", owner)
    return Hasil({"kotak": len(rekap.kotak), "ukuran_byte": len(data)}, berkas=berkas)
