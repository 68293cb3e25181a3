"""Background jobs of this app."""

from __future__ import annotations

import io
import re

from petajabatan.inti.berkas import store_file
from petajabatan.inti.pekerjaan import Hasil, Konteks, pekerjaan
from petajabatan.usulan.cetak.keputusan import decision_pdf
from petajabatan.usulan.models import Keputusan


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
