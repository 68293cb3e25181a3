"""Commands on the legal basis and on external codes. Units change only with a version of the map."""

from __future__ import annotations

import datetime as dt
from typing import IO

from django.db import transaction
from django.http import Http404

from petajabatan.akun.rules import roles_that_may
from petajabatan.inti.actor import Actor
from petajabatan.inti.berkas import store_file
from petajabatan.inti.izin import require
from petajabatan.inti.jam import today
from petajabatan.inti.temuan import Ditolak, Temuan, refuse
from petajabatan.organisasi.models import DasarHukum, KodeUnor, Unor
from petajabatan.organisasi.rules.dasar import Peraturan, check_regulation, check_replacement
from petajabatan.organisasi.rules.periksa_posisi import JENIS_KODE

JENIS_BERKAS = ("application/pdf", "image/jpeg", "image/png")
"""Kinds of document that may stand for a regulation."""


def _may_write(actor: Actor, instansi_id: int) -> None:
    require(actor, *roles_that_may("unor"), *roles_that_may("tetapkan"), instansi_id=instansi_id)


def _basis(actor: Actor, dasar_id: int) -> DasarHukum:
    """The regulation, locked, for somebody who may change it (the wall hides locked rows from others)."""
    row = DasarHukum.objects.filter(pk=dasar_id).first()
    if row is None:
        raise Http404("Dasar hukum itu tidak ada.")
    _may_write(actor, row.instansi_id)
    return DasarHukum.objects.select_for_update().get(pk=dasar_id)


@transaction.atomic
def add_legal_basis(
    actor: Actor,
    instansi_id: int,
    *,
    jenis: str,
    nomor: str,
    tahun: int,
    tentang: str,
    tanggal: dt.date | None = None,
) -> DasarHukum:
    """Record a regulation of an instansi. Raises Ditolak with findings, PermissionDenied."""
    _may_write(actor, instansi_id)
    rule = Peraturan(
        " ".join(jenis.split()), " ".join(nomor.split()), tahun, " ".join(tentang.split()), tanggal
    )
    findings = check_regulation(rule, today())
    same = DasarHukum.objects.filter(
        instansi_id=instansi_id, jenis__iexact=rule.jenis, nomor__iexact=rule.nomor, tahun=tahun
    ).first()
    if same is not None:
        findings.append(
            Temuan(
                "dasar-hukum-ganda",
                "galat",
                f"{same} sudah tercatat.",
                "Buka catatan yang ada; jangan mencatat peraturan yang sama dua kali.",
                kolom="nomor",
                nilai=nomor,
            )
        )
    if findings:
        raise Ditolak(findings)
    return DasarHukum.objects.create(
        instansi_id=instansi_id,
        jenis=rule.jenis,
        nomor=rule.nomor,
        tahun=tahun,
        tentang=rule.tentang,
        tanggal=tanggal,
    )


@transaction.atomic
def mark_legal_basis(
    actor: Actor, dasar_id: int, status: str, diganti_oleh_id: int | None = None
) -> DasarHukum:
    """Say that a regulation holds, was changed or was repealed, and by which regulation.

    Raises Ditolak when the replacement is missing, of another instansi, older, or leads back to it.
    """
    row = _basis(actor, dasar_id)
    others = {
        d.pk: (d.tahun, d.diganti_oleh_id) for d in DasarHukum.objects.filter(instansi_id=row.instansi_id)
    }
    findings = check_replacement(row.pk, status, diganti_oleh_id, others)
    if findings:
        raise Ditolak(findings)
    row.status = status
    row.diganti_oleh_id = None if status == DasarHukum.Status.BERLAKU else diganti_oleh_id
    row.save(update_fields=["status", "diganti_oleh"])
    return row


@transaction.atomic
def attach_document(actor: Actor, dasar_id: int, stream: IO[bytes], nama: str) -> DasarHukum:
    """Keep the document of a regulation (PDF or scan); an earlier one stays stored, the new one is shown.

    Raises Ditolak for a file that is no document.
    """
    row = _basis(actor, dasar_id)
    berkas = store_file(actor, stream, nama, "dasar-hukum", row.instansi_id)
    if berkas.jenis_isi not in JENIS_BERKAS:
        refuse(
            "bukan-dokumen",
            f"{nama} bukan PDF atau gambar.",
            "Unggah naskah peraturan sebagai PDF, JPG, atau PNG.",
            nilai=berkas.jenis_isi,
        )
    row.berkas = berkas
    row.save(update_fields=["berkas"])
    return row


@transaction.atomic
def link_code(actor: Actor, unor_id: int, jenis: str, kode: str) -> KodeUnor:
    """Give a unit an external code. The same active code on another unit is refused; again on this one: kept.

    Raises Ditolak, Http404, PermissionDenied.
    """
    unor = Unor.objects.filter(pk=unor_id).first()
    if unor is None:
        raise Http404("Unit itu tidak ada.")
    _may_write(actor, unor.instansi_id)
    jenis, kode = jenis.strip().lower(), kode.strip()
    form = JENIS_KODE.get(jenis)
    if form is None or jenis == "lokal" or not form.match(kode):
        refuse(
            "kode-tak-sah",
            f"Kode {jenis} {kode} tidak sesuai bentuknya.",
            "Periksa kodenya pada daftar resmi.",
            kolom=jenis,
            nilai=kode,
        )
    held = KodeUnor.objects.filter(jenis=jenis, kode=kode, aktif=True).select_related("instansi").first()
    if held is not None and held.unor_id == unor_id:
        return held
    if held is not None:
        refuse(
            "kode-dipakai",
            f"Kode {jenis} {kode} sudah menunjuk unit milik {held.instansi.nama}.",
            "Lepaskan dari unit lamanya lebih dahulu.",
            kolom=jenis,
            nilai=kode,
        )
    return KodeUnor.objects.create(unor=unor, instansi_id=unor.instansi_id, jenis=jenis, kode=kode)


@transaction.atomic
def unlink_code(actor: Actor, kode_id: int) -> KodeUnor:
    """End a link between a unit and a code; the row stays as history. Raises Http404, PermissionDenied."""
    row = KodeUnor.objects.filter(pk=kode_id).first()
    if row is None:
        raise Http404("Tautan kode itu tidak ada.")
    _may_write(actor, row.instansi_id)
    row.aktif = False
    row.save(update_fields=["aktif"])
    return row
