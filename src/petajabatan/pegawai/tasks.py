"""Background jobs of this app."""

from __future__ import annotations

from petajabatan.inti.berkas import store_file, stored_path
from petajabatan.inti.models import Berkas
from petajabatan.inti.pekerjaan import Hasil, Konteks, pekerjaan
from petajabatan.pegawai.cetak import tasks as cetak_tasks
from petajabatan.pegawai.services.impor import import_pegawai
from petajabatan.pegawai.services.laporan import LaporanPegawai

__all__ = ["cetak_tasks", "impor_pegawai"]


@pekerjaan("impor-pegawai")
def impor_pegawai(konteks: Konteks) -> Hasil:
    """Import or check an uploaded export. Input: ``instansi_id`` (null: many), ``periksa``, ``lewati_salah``.

    The file of rows not taken becomes the job's result; it belongs to the job's owner alone. A check ends
    as done whatever it found; an import that took nothing ends as refused.
    """
    masukan, job = konteks.masukan, konteks.pekerjaan
    if job.berkas_masukan is None:
        raise ValueError("impor-pegawai needs a file")
    periksa = bool(masukan.get("periksa"))
    with stored_path(konteks.actor, job.berkas_masukan) as path:
        report = import_pegawai(
            konteks.actor,
            masukan.get("instansi_id"),
            path,
            periksa=periksa,
            lewati_salah=bool(masukan.get("lewati_salah")),
            kemajuan=konteks.kemajuan,
            pekerjaan_id=job.pk,
            sumber=f"impor {job.berkas_masukan.nama}",
        )
    return Hasil(
        {key: value for key, value in report.as_dict().items() if key != "temuan"},
        tuple(report.temuan),
        _rejects(konteks, report),
        ditolak=not periksa and not report.ok,
    )


def _rejects(konteks: Konteks, report: LaporanPegawai) -> Berkas | None:
    """The rows not taken as a stored file; a refused import keeps nothing."""
    if report.berkas_salah is None:
        return None
    try:
        if not report.ok:
            return None
        with report.berkas_salah.open("rb") as content:
            return store_file(konteks.actor, content, "baris-salah.csv", "hasil", None)
    finally:
        report.berkas_salah.unlink(missing_ok=True)
