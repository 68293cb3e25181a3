"""Asking for files of informasi jabatan and handing files in: each a job that is watched on the jobs page."""

from __future__ import annotations

from typing import IO

from petajabatan.anjab.cetak.pilihan import BENTUK, Permintaan, nothing_to_print, source_of
from petajabatan.anjab.queries.tukar import Sumber, count_of_scope, describe_scope
from petajabatan.inti.actor import Actor
from petajabatan.inti.berkas import store_file
from petajabatan.inti.models import Berkas, Pekerjaan
from petajabatan.inti.pekerjaan import submit_job
from petajabatan.inti.temuan import Ditolak, refuse
from petajabatan.usulan.models import Usulan
from petajabatan.usulan.queries.terlihat import usulan_for
from petajabatan.usulan.services.draf import require_editable
from petajabatan.usulan.services.hak import may_draft

JENIS_IMPOR, JENIS_BERKAS = "infojab-impor", "infojab-berkas"


def request_file(actor: Actor, wanted: Permintaan, source: Sumber | None = None) -> Pekerjaan:
    """A job that makes the file. Raises Http404, PetaTidakAda; Ditolak when there is nothing to print."""
    source = source or source_of(actor, wanted)
    about = describe_scope(source, wanted.cakupan)
    if not count_of_scope(source, wanted.cakupan)[0]:
        raise Ditolak([nothing_to_print(about)])
    kind = "Data" if wanted.bentuk.startswith("data-") else "Cetak"
    title = f"{kind} informasi jabatan {about} ({BENTUK[wanted.bentuk][1].upper()})"
    return submit_job(actor, JENIS_BERKAS, title[:255], wanted.as_input(), instansi_id=source.instansi.pk)


def submit_import(
    actor: Actor, usulan_id: int, stream: IO[bytes], nama: str, *, periksa: bool, lewati_salah: bool = False
) -> Pekerjaan:
    """Keep the file and check it, or bring it in. Raises Http404, PermissionDenied; Ditolak for a file that
    is none, or a draft that may not change now."""
    usulan = _open(actor, usulan_id, periksa=periksa)
    berkas = store_file(actor, stream, nama, "impor", usulan.instansi_id)
    return _submit(actor, usulan, berkas, periksa=periksa, lewati_salah=lewati_salah)


def apply_checked(actor: Actor, checked: Pekerjaan, *, lewati_salah: bool) -> Pekerjaan:
    """Bring in the very file that a job has checked. Raises as ``submit_import``."""
    berkas = checked.berkas_masukan
    if checked.jenis != JENIS_IMPOR or berkas is None or checked.status != "selesai":
        refuse(
            "belum-diperiksa",
            "Berkas itu belum selesai diperiksa.",
            "Tunggu pemeriksaannya selesai, atau unggah lagi.",
        )
    usulan = _open(actor, int(checked.masukan["usulan_id"]), periksa=False)
    return _submit(actor, usulan, berkas, periksa=False, lewati_salah=lewati_salah)


def _open(actor: Actor, usulan_id: int, *, periksa: bool) -> Usulan:
    usulan = usulan_for(actor, usulan_id)
    may_draft(actor, usulan.instansi_id, usulan.layanan, usulan.cabang_id)
    if not periksa:
        require_editable(usulan)
    return usulan


def _submit(actor: Actor, usulan: Usulan, berkas: Berkas, *, periksa: bool, lewati_salah: bool) -> Pekerjaan:
    verb = "Periksa" if periksa else "Impor"
    return submit_job(
        actor,
        JENIS_IMPOR,
        f"{verb} informasi jabatan {berkas.nama}"[:255],
        {"usulan_id": usulan.pk, "periksa": periksa, "lewati_salah": lewati_salah},
        berkas=berkas,
        instansi_id=usulan.instansi_id,
    )
