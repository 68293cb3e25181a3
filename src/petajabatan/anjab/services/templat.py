"""A pembina's commands: begin a template, write its next version, publish it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from petajabatan.akun.rules import roles_that_may
from petajabatan.anjab.models import TemplatPembina, TemplatVersi
from petajabatan.anjab.queries.templat import jabatan_lookup, publishes_for
from petajabatan.anjab.rules.templat import read
from petajabatan.inti.actor import Actor
from petajabatan.inti.jam import today
from petajabatan.inti.temuan import Ditolak, Temuan, refuse
from petajabatan.jabatan.data_abk import infojab_fields
from petajabatan.referensi.models import MasterUnor


def require_publisher(actor: Actor, pembina_id: int | None = None) -> None:
    """Raise PermissionDenied unless the actor publishes templates (for this ministry)."""
    holds = actor.memegang("sistem", *roles_that_may("templat"))
    if not holds or (pembina_id is not None and not publishes_for(actor, pembina_id)):
        raise PermissionDenied("Templat diterbitkan oleh instansi pembina jabatannya.")


@transaction.atomic
def create_template(
    actor: Actor,
    pembina_id: int,
    *,
    nama: str,
    keterangan: str = "",
    jenis_master: str = "",
    bentuk: str = "",
) -> TemplatPembina:
    """A new template without a version. Raises PermissionDenied, Ditolak."""
    require_publisher(actor, pembina_id)
    nama = " ".join(nama.split())
    if not nama or len(nama) > 200:
        refuse("nama-templat", "Nama templat kosong atau lebih dari 200 huruf.", "Isi namanya.", kolom="nama")
    if jenis_master and jenis_master not in MasterUnor.Jenis.values:
        refuse(
            "jenis-tidak-dikenal",
            f"Jenis {jenis_master[:40]} tidak dikenal.",
            "Pilih dari daftar.",
            kolom="jenis_master",
        )
    try:
        with transaction.atomic():
            return TemplatPembina.objects.create(
                pembina_id=pembina_id,
                nama=nama,
                keterangan=keterangan.strip()[:5000],
                jenis_master=jenis_master,
                bentuk=bentuk.strip()[:20],
                dibuat_oleh_id=actor.id,
                dibuat_oleh=actor.nama[:200],
            )
    except IntegrityError:
        refuse(
            "nama-dipakai",
            f"Pembina ini sudah mempunyai templat {nama}.",
            "Pakai nama lain.",
            kolom="nama",
            nilai=nama,
        )


@transaction.atomic
def save_version(
    actor: Actor, templat_id: int, raw: Any, *, catatan: str = ""
) -> tuple[TemplatVersi, list[Temuan]]:
    """Write the next version as a draft, or the draft there is anew; the structure and what there was to say
    about it. Raises PermissionDenied; Ditolak with every finding when it cannot be taken."""
    templat = _locked(actor, templat_id)
    made, found = read(raw, jabatan_lookup(raw), infojab_fields(today()))
    if made is None:
        raise Ditolak(found)
    last = templat.versi.order_by("-nomor").first()
    if last is not None and last.status == TemplatVersi.Status.DRAF:
        row = last
    else:
        row = TemplatVersi(templat=templat, nomor=(last.nomor if last else 0) + 1)
    row.isi, row.catatan, row.dibuat_oleh = made.as_dict(), catatan.strip()[:5000], actor.nama[:200]
    row.save()
    return row, found


@transaction.atomic
def publish_version(actor: Actor, templat_id: int, nomor: int) -> TemplatVersi:
    """Publish a draft version: from now on everybody may apply it, and it never changes. A second call gives
    the published one. Raises PermissionDenied, Ditolak."""
    templat = _locked(actor, templat_id)
    row = templat.versi.filter(nomor=nomor).first()
    if row is None:
        refuse("versi-tidak-ada", f"Versi {nomor} tidak ada.", "Simpan dahulu versinya.", nilai=str(nomor))
    if row.terbit:
        return row
    _made, found = read(row.isi, jabatan_lookup(row.isi), infojab_fields(today()))
    errors = [t for t in found if t.tingkat == "galat"]
    if errors:
        raise Ditolak(errors)
    row.status, row.terbit_pada, row.terbit_oleh = (
        TemplatVersi.Status.TERBIT,
        timezone.now(),
        actor.nama[:200],
    )
    row.save()
    return row


def _locked(actor: Actor, templat_id: int) -> TemplatPembina:
    require_publisher(actor)
    row = TemplatPembina.objects.select_for_update().filter(pk=templat_id).first()
    if row is None:
        raise PermissionDenied("Templat itu tidak ada, atau milik pembina lain.")
    require_publisher(actor, row.pembina_id)
    return row
