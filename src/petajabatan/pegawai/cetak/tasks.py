"""Background jobs: print a map, export workbooks."""

from __future__ import annotations

import io
from typing import Any

from petajabatan.inti.berkas import store_file
from petajabatan.inti.pekerjaan import Hasil, Konteks, pekerjaan
from petajabatan.jabatan.queries import version_of
from petajabatan.organisasi.models import UnorRiwayat
from petajabatan.pegawai.cetak.pengukuhan import export_confirmations_pdf, export_confirmations_xlsx
from petajabatan.pegawai.cetak.pilihan import Permintaan, carry_out, file_name
from petajabatan.pegawai.queries import Saring
from petajabatan.referensi.models import Instansi


@pekerjaan("cetak-peta")
def run_print(konteks: Konteks) -> Hasil:
    """PDF of a map. ``masukan``: the fields of Permintaan."""
    return _run(konteks)


@pekerjaan("ekspor-xlsx")
def run_export(konteks: Konteks) -> Hasil:
    """Workbook of map, bezetting or recap. ``masukan``: the fields of Permintaan."""
    return _run(konteks)


@pekerjaan("ekspor-pengukuhan")
def run_confirmations(konteks: Konteks) -> Hasil:
    """The daftar pengukuhan. ``masukan``: ``bentuk`` pdf or xlsx, ``instansi_id``, and the fields of Saring
    (never its search text, which may be a name). The file belongs to the one who asked."""
    asked = dict(konteks.masukan)
    bentuk, instansi_id = asked.pop("bentuk"), asked.pop("instansi_id")
    make = export_confirmations_pdf if bentuk == "pdf" else export_confirmations_xlsx
    saring = Saring(**asked)
    data = make(konteks.actor, instansi_id, saring, kemajuan=konteks.kemajuan)
    version = f"-v{saring.versi}" if saring.versi else ""
    name = f"daftar-pengukuhan-{instansi_id}{version}.{'pdf' if bentuk == 'pdf' else 'xlsx'}"
    berkas = store_file(konteks.actor, io.BytesIO(data), name, "hasil", None)
    return Hasil({"versi": saring.versi, "ukuran_byte": len(data)}, berkas=berkas)


def _run(konteks: Konteks) -> Hasil:
    wanted = Permintaan(**konteks.masukan)
    data = carry_out(konteks.actor, wanted, konteks.kemajuan)
    name, versi = describe(wanted)
    berkas = store_file(
        konteks.actor,
        io.BytesIO(data),
        name,
        "hasil",
        # A file with names is seen by the one who asked for it only, not by the whole instansi.
        None if wanted.berisi_orang else wanted.instansi_id,
    )
    figures: dict[str, Any] = {"versi": versi, "ukuran_byte": len(data)}
    return Hasil(figures, berkas=berkas)


def describe(wanted: Permintaan) -> tuple[str, int]:
    """File name and version of what is asked for."""
    versi = version_of(wanted.instansi_id, wanted.versi, wanted.date).nomor
    instansi = Instansi.objects.values_list("nama", flat=True).get(pk=wanted.instansi_id)
    unit = ""
    if wanted.unor_id is not None:
        unit = (
            UnorRiwayat.objects.filter(unor_id=wanted.unor_id, sejak__lte=versi, hingga__gt=versi)
            .values_list("nama", flat=True)
            .first()
            or ""
        )
    return file_name(wanted, instansi, unit, versi), versi
