"""Background job: the qualification map as a workbook."""

from __future__ import annotations

import io

from petajabatan.anjab.services.kualifikasi_xlsx import export_qualifications
from petajabatan.inti.berkas import store_file
from petajabatan.inti.pekerjaan import Hasil, Konteks, pekerjaan


@pekerjaan("ekspor-kualifikasi")
def run_qualifications(konteks: Konteks) -> Hasil:
    """``masukan``: ``instansi_id``, ``unor_id`` or None. The file belongs to the one who asked."""
    asked = konteks.masukan
    data = export_qualifications(konteks.actor, asked["instansi_id"], asked["unor_id"])
    name = f"peta-kualifikasi-{asked['instansi_id']}.xlsx"
    return Hasil(
        {"ukuran_byte": len(data)}, berkas=store_file(konteks.actor, io.BytesIO(data), name, "hasil", None)
    )
