"""Requests to extract and inject a new OTK: walked stage by stage, ending in a draft."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace
from typing import IO

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from petajabatan.akun.rules import roles_that_may
from petajabatan.inti.actor import Actor, Izin
from petajabatan.inti.berkas import store_file, stored_path
from petajabatan.inti.izin import require
from petajabatan.inti.jam import today
from petajabatan.inti.models import Berkas
from petajabatan.inti.temuan import Ditolak, Temuan, refuse
from petajabatan.jabatan.services.templat import template_of
from petajabatan.organisasi.importers.templat import write_template
from petajabatan.organisasi.models import DasarHukum
from petajabatan.usulan.data_otk import stage_rules
from petajabatan.usulan.models import PermohonanOtk, TahapOtk, Usulan
from petajabatan.usulan.queries.lembar import proposed_rows
from petajabatan.usulan.queries.otk import draft_facts
from petajabatan.usulan.rules.ekstrak import read_structure
from petajabatan.usulan.rules.otk import FaktaDraf, KeadaanOtk, may_advance, may_return, next_stage
from petajabatan.usulan.services.draf import create_usulan
from petajabatan.usulan.services.kabar_otk import tell_request
from petajabatan.usulan.services.lembar import HasilLembar, check_file, import_sheet


def require_owner(actor: Actor, permohonan: PermohonanOtk, pemilik: str) -> None:
    """Raise PermissionDenied unless the actor stands on the side that owns the stage."""
    if pemilik == "bkn":
        require(actor, *roles_that_may("verifikasi"))
    else:
        require(actor, *roles_that_may("unor"), instansi_id=permohonan.instansi_id)


@transaction.atomic
def open_request(
    actor: Actor, instansi_id: int, *, judul: str, dasar_hukum_id: int | None = None
) -> PermohonanOtk:
    """A new request; its first stage begins. The same title while one is running gives that one.

    Raises PermissionDenied, Ditolak.
    """
    require(actor, *roles_that_may("unor"), instansi_id=instansi_id)
    judul = " ".join(judul.split())
    if not judul or len(judul) > 200:
        refuse("judul-tidak-sah", "Judul kosong atau lebih dari 200 huruf.", "Isi judulnya.", kolom="judul")
    _basis(instansi_id, dasar_hukum_id)
    held = PermohonanOtk.objects.filter(instansi_id=instansi_id, judul=judul, status="berjalan").first()
    if held is not None:
        return held
    made = PermohonanOtk.objects.create(
        instansi_id=instansi_id,
        judul=judul,
        dasar_hukum_id=dasar_hukum_id,
        dibuat_oleh_id=actor.id,
        dibuat_oleh=actor.nama[:200],
    )
    _begin(made, "peraturan")
    return made


def _basis(instansi_id: int, dasar_hukum_id: int | None) -> DasarHukum | None:
    if dasar_hukum_id is None:
        return None
    row = DasarHukum.objects.filter(pk=dasar_hukum_id, instansi_id=instansi_id).first()
    if row is None or row.status == DasarHukum.Status.DICABUT:
        refuse(
            "dasar-tidak-berlaku",
            "Dasar hukum itu tidak ada pada instansi ini atau sudah dicabut.",
            "Catat peraturannya pada halaman Dasar hukum, lalu pilih di sini.",
            kolom="dasar_hukum",
        )
    return row


def _begin(permohonan: PermohonanOtk, tahap: str) -> TahapOtk:
    rule = stage_rules()[tahap]
    return TahapOtk.objects.create(
        permohonan=permohonan,
        instansi_id=permohonan.instansi_id,
        tahap=tahap,
        pemilik=rule.pemilik,
        periksa=rule.lembar_periksa(),
        tenggat=today() + dt.timedelta(days=rule.hari),
    )


def _locked(permohonan_id: int) -> tuple[PermohonanOtk, TahapOtk]:
    row = PermohonanOtk.objects.select_for_update(of=("self",)).filter(pk=permohonan_id).first()
    if row is None:
        raise Http404("Permohonan itu tidak ada, atau berada di luar cakupan akun Anda.")
    stage = TahapOtk.objects.filter(permohonan=row, selesai=None).first()
    if row.status != PermohonanOtk.Status.BERJALAN or stage is None:
        refuse(
            "permohonan-berakhir",
            f"Permohonan ini {row.get_status_display().lower()}.",
            "Buat permohonan baru.",
        )
    return row, stage


@transaction.atomic
def tick(actor: Actor, permohonan_id: int, kode: str, selesai: bool) -> TahapOtk:
    """Tick an entry of the running stage's checklist, or take it back. Raises Http404, PermissionDenied."""
    row, stage = _locked(permohonan_id)
    require_owner(actor, row, stage.pemilik)
    if all(entry["kode"] != kode for entry in stage.periksa):
        raise Http404("Butir itu tidak ada pada tahap ini.")
    stage.periksa = [
        entry | {"selesai": selesai, "oleh": actor.nama} if entry["kode"] == kode else entry
        for entry in stage.periksa
    ]
    stage.save(update_fields=["periksa"])
    return stage


@transaction.atomic
def choose_basis(actor: Actor, permohonan_id: int, dasar_hukum_id: int) -> PermohonanOtk:
    """Say which regulation it is about (stage peraturan). Raises Http404, PermissionDenied, Ditolak."""
    row, stage = _locked(permohonan_id)
    require_owner(actor, row, "instansi")
    if stage.tahap != "peraturan":
        refuse("bukan-tahapnya", "Peraturan dipilih pada tahap pertama.", "Minta permohonan dikembalikan.")
    row.dasar_hukum = _basis(row.instansi_id, dasar_hukum_id)
    row.save(update_fields=["dasar_hukum"])
    return row


@transaction.atomic
def attach_structure(actor: Actor, permohonan_id: int, stream: IO[bytes], nama: str) -> HasilLembar:
    """Keep a structure file once it has been checked against the published map; a file that does not hold
    together is refused with its findings and nothing is kept. Raises Http404, PermissionDenied."""
    row, stage = _locked(permohonan_id)
    if stage.tahap not in ("struktur", "verifikasi"):
        refuse("bukan-tahapnya", "Berkas struktur diunggah pada tahap kedua.", "Selesaikan dahulu tahap ini.")
    require_owner(actor, row, stage.pemilik)
    berkas = store_file(actor, stream, nama, "otk", row.instansi_id)
    with stored_path(actor, berkas) as path:
        result = check_file(row.instansi_id, path, nama)
    if not result.terbaca:
        raise Ditolak(result.temuan)
    row.berkas_struktur = berkas
    row.save(update_fields=["berkas_struktur"])
    return result


def structure_of(actor: Actor, permohonan_id: int) -> tuple[PermohonanOtk, Berkas]:
    """The request and its structure file, for both sides. Raises Http404, PermissionDenied."""
    row = PermohonanOtk.objects.select_related("berkas_struktur").filter(pk=permohonan_id).first()
    if row is None or row.berkas_struktur is None:
        raise Http404("Berkas struktur permohonan itu tidak ada, atau berada di luar cakupan akun Anda.")
    if not actor.memegang("sistem", *roles_that_may("verifikasi")):
        require(actor, *roles_that_may("unor"), instansi_id=row.instansi_id)
    return row, row.berkas_struktur


def coming_operations(actor: Actor, permohonan_id: int) -> HasilLembar:
    """What injecting the structure file would do now, operation by operation; nothing is stored. Raises
    Http404, PermissionDenied."""
    row, berkas = structure_of(actor, permohonan_id)
    with stored_path(actor, berkas) as path:
        return check_file(row.instansi_id, path, berkas.nama)


def extract(actor: Actor, permohonan_id: int, teks: str) -> bytes:
    """The structure that the text of the regulation lists, as our template (XLSX): a proposal to check and
    upload. Raises Http404, PermissionDenied; Ditolak when the text lists no unit."""
    row = PermohonanOtk.objects.filter(pk=permohonan_id).first()
    if row is None:
        raise Http404("Permohonan itu tidak ada, atau berada di luar cakupan akun Anda.")
    if not actor.memegang("sistem", *roles_that_may("verifikasi")):
        require(actor, *roles_that_may("unor"), instansi_id=row.instansi_id)
    units = read_structure(teks)
    if not any(not u.kepala for u in units):
        refuse(
            "naskah-tanpa-unit",
            "Dari teks itu tidak terbaca satu unit pun.",
            "Tempelkan pasal susunan organisasi beserta huruf dan angkanya (a., 1., a), 1)).",
            kolom="teks",
        )
    template = template_of(row.instansi_id)
    made = proposed_rows(row.instansi_id, units, str(row.dasar_hukum) if row.dasar_hukum else "")
    template.unor = made.baris
    template.petunjuk = (*template.petunjuk, *_proposals(made.eselon))
    out = io.BytesIO()
    write_template(out, template)
    return out.getvalue()


def _proposals(eselon: list[tuple[str, str]]) -> list[str]:
    """What the sheet Petunjuk says about eselon that nobody has given yet."""
    if not eselon:
        return []
    return [
        "USULAN PROGRAM, cocokkan dengan naskah: eselon unit berikut diturunkan dari eselon atasannya.",
        *(f"{nama}: {kode} (usulan)" for nama, kode in eselon),
    ]


@transaction.atomic
def advance(actor: Actor, permohonan_id: int, catatan: str = "") -> PermohonanOtk:
    """End the running stage and begin the next; after the last the request is done.

    Raises Http404, PermissionDenied, Ditolak with what is still missing.
    """
    row, stage = _locked(permohonan_id)
    require_owner(actor, row, stage.pemilik)
    found = may_advance(_state(row, stage, catatan))
    if found:
        raise Ditolak(found)
    _end(actor, stage, "lanjut", catatan)
    after = next_stage(stage.tahap)
    if after is None:
        row.status = PermohonanOtk.Status.SELESAI
        row.save(update_fields=["status"])
    else:
        _begin(row, after)
    tell_request(actor, row, after or "selesai", stage.pk)
    return row


def _state(row: PermohonanOtk, stage: TahapOtk, catatan: str) -> KeadaanOtk:
    return KeadaanOtk(
        stage.tahap,
        stage.periksa,
        ada_naskah=row.dasar_hukum is not None and row.dasar_hukum.berkas_id is not None,
        ada_struktur=row.berkas_struktur_id is not None,
        ada_usulan=row.usulan_id is not None,
        fakta=draft_facts(row.usulan_id) if stage.tahap == "infojab" else FaktaDraf(),
        catatan=catatan,
    )


def _end(actor: Actor, stage: TahapOtk, hasil: str, catatan: str) -> None:
    stage.selesai, stage.hasil, stage.catatan = timezone.now(), hasil, catatan.strip()
    stage.oleh_id, stage.oleh = actor.id, actor.nama[:200]
    stage.save(update_fields=["selesai", "hasil", "catatan", "oleh_id", "oleh"])


@transaction.atomic
def send_back(actor: Actor, permohonan_id: int, ke: str, catatan: str) -> PermohonanOtk:
    """Send the request back to an earlier stage, saying why. Raises Http404, PermissionDenied, Ditolak."""
    row, stage = _locked(permohonan_id)
    require_owner(actor, row, stage.pemilik)
    found = may_return(stage.tahap, ke, catatan)
    if found:
        raise Ditolak(found)
    _end(actor, stage, "kembali", catatan)
    _begin(row, ke)
    tell_request(actor, row, ke, stage.pk, catatan)
    return row


@transaction.atomic
def inject(actor: Actor, permohonan_id: int) -> HasilLembar:
    """Make the draft from the structure file (stage injeksi) and go on to the last stage.

    Differences the rules refuse are left out and told. Raises Http404, PermissionDenied, Ditolak."""
    row, stage = _locked(permohonan_id)
    require_owner(actor, row, "bkn")
    if stage.tahap != "injeksi" or row.berkas_struktur is None:
        refuse("bukan-tahapnya", "Injeksi dilakukan sesudah verifikasi BKN.", "Selesaikan dahulu tahap ini.")
    acting = replace(actor, izin=(*actor.izin, Izin("sistem", "nasional")))
    draft = create_usulan(
        acting,
        row.instansi_id,
        judul=row.judul,
        jenis=Usulan.Jenis.INJEKSI,
        dasar_hukum_id=row.dasar_hukum_id,
        kunci=f"otk-{row.pk}",
    )
    with stored_path(actor, row.berkas_struktur) as path:
        result = import_sheet(
            acting,
            draft.pk,
            path,
            nama=row.berkas_struktur.nama,
            lewati_ditolak=True,
            lengkap=False,
            kunci=f"otk-{row.pk}",
        )
    if result.edit is None:
        raise Ditolak(
            result.temuan
            or [
                Temuan(
                    "struktur-tanpa-perbedaan",
                    "galat",
                    "Berkas struktur tidak berbeda dari peta yang terbit.",
                    "Kembalikan ke tahap berkas struktur.",
                )
            ]
        )
    row.usulan = draft
    row.save(update_fields=["usulan"])
    stage.periksa = [entry | {"selesai": True, "oleh": actor.nama} for entry in stage.periksa]
    stage.save(update_fields=["periksa"])
    advance(actor, permohonan_id, f"draf {draft.nomor}: {result.operasi} operasi, {result.ditolak} ditolak")
    return result


@transaction.atomic
def cancel_request(actor: Actor, permohonan_id: int, catatan: str) -> PermohonanOtk:
    """The instansi gives the request up; a draft it made stays. Raises Http404, PermissionDenied, Ditolak."""
    row, stage = _locked(permohonan_id)
    require_owner(actor, row, "instansi")
    if not catatan.strip():
        refuse("catatan-kosong", "Alasan pembatalan kosong.", "Isi alasannya.", kolom="catatan")
    _end(actor, stage, "batal", catatan)
    row.status = PermohonanOtk.Status.DIBATALKAN
    row.save(update_fields=["status"])
    tell_request(actor, row, "dibatalkan", stage.pk, catatan)
    return row
