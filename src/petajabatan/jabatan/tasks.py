"""Background jobs of the map."""

from __future__ import annotations

import datetime as dt

from petajabatan.inti.berkas import stored_path
from petajabatan.inti.pekerjaan import Hasil, Konteks, pekerjaan
from petajabatan.jabatan.services import import_unor


@pekerjaan("impor-unor")
def run_import_unor(konteks: Konteks) -> Hasil:
    """Import a unit file. ``masukan``: instansi_id, periksa, format, berlaku (ISO date); the file is the
    job's input document."""
    masukan = konteks.masukan
    berkas = konteks.pekerjaan.berkas_masukan
    assert berkas is not None
    berlaku = masukan.get("berlaku")
    with stored_path(konteks.actor, berkas) as path:
        report = import_unor(
            konteks.actor,
            int(masukan["instansi_id"]),
            path,
            format=masukan.get("format") or None,
            periksa=bool(masukan.get("periksa")),
            berlaku=dt.date.fromisoformat(berlaku) if berlaku else None,
            kemajuan=konteks.kemajuan,
            nama=berkas.nama,
        )
    result = report.as_dict()
    del result["temuan"]
    return Hasil(result, tuple(report.temuan), ditolak=not report.ok)
