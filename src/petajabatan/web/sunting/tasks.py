"""The difference a draft makes, as annex of a letter."""

from __future__ import annotations

import io

from petajabatan.inti.berkas import store_file
from petajabatan.inti.pekerjaan import Hasil, Konteks, pekerjaan
from petajabatan.web.sunting.konteks import draft_for
from petajabatan.web.sunting.lampiran import annex_pdf, annex_xlsx, content_of


@pekerjaan("lampiran-usulan")
def run_annex(konteks: Konteks) -> Hasil:
    """PDF or XLSX of the difference. ``masukan``: ``usulan_id``, ``bentuk``. Whoever may read the draft may
    print it; the file is seen by the one who asked only, as the draft stands behind a wall."""
    draf = draft_for(konteks.actor, int(konteks.masukan["usulan_id"]))
    bentuk = str(konteks.masukan["bentuk"])
    isi = content_of(draf)
    data = annex_pdf(isi, konteks.kemajuan) if bentuk == "pdf" else annex_xlsx(isi)
    name = f"lampiran-{draf.usulan.nomor}-revisi-{draf.usulan.revisi}.{bentuk}"
    berkas = store_file(konteks.actor, io.BytesIO(data), name, "hasil", None)
    return Hasil(
        {"usulan": draf.usulan.nomor, "revisi": draf.usulan.revisi, "ukuran_byte": len(data)}, berkas=berkas
    )
