"""Supporting documents of an usulan: added, withdrawn (never deleted), read by those in scope only."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path
from typing import IO

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from petajabatan.inti.actor import Actor
from petajabatan.inti.berkas import CHUNK, clean_name, open_file, recognise, store_file
from petajabatan.inti.models import Berkas
from petajabatan.inti.temuan import refuse
from petajabatan.usulan.models import Dokumen, Operasi, Persetujuan, Usulan
from petajabatan.usulan.rules.alur import AKHIR, HAK, STATUS
from petajabatan.usulan.services.izin import PENULIS, lock_usulan, require_right, role_for, side_of

JENIS_DITERIMA = ("pdf", "jpg", "png", "docx", "xlsx")
UKURAN_MAKS = 20 << 20
"""Bytes one supporting document may have."""
JENDELA = {
    "susun": frozenset({"draf", "perbaikan"}),
    "tetapkan": frozenset({"draf", "menunggu_persetujuan", "perbaikan"}),
    "verifikasi": frozenset({"diverifikasi", "disetujui"}),
}
"""In which states each kind of actor adds and withdraws documents."""


def may_attach(actor: Actor, usulan: Usulan) -> bool:
    """Whether the actor may add documents to the usulan as it stands."""
    return any(
        usulan.status in states
        and role_for(
            actor, PENULIS[usulan.layanan] if hak == "susun" else (HAK[hak][usulan.layanan],), usulan
        )
        for hak, states in JENDELA.items()
    )


@transaction.atomic
def add_document(
    actor: Actor,
    usulan_id: int,
    stream: IO[bytes],
    nama: str,
    *,
    jenis: str = Dokumen.Jenis.BUKTI,
    keterangan: str = "",
) -> Dokumen:
    """Attach a document: PDF, JPG, PNG, DOCX or XLSX by content, at most ``UKURAN_MAKS`` bytes; the signed
    letter (``jenis`` surat) only as PDF. The same content of the same kind again returns the one there is.

    Raises Http404, PermissionDenied, Ditolak.
    """
    usulan = lock_usulan(usulan_id)
    require_right(actor, (*PENULIS[usulan.layanan], "tetapkan", "verifikasi"), usulan)
    if jenis not in Dokumen.Jenis.values:
        refuse(
            "jenis-dokumen-tak-dikenal",
            f"Jenis dokumen {jenis!r} tidak dikenal.",
            f"Pilih: {', '.join(Dokumen.Jenis.values)}.",
            "jenis",
            jenis,
        )
    with tempfile.TemporaryDirectory(prefix="petajabatan-dokumen-") as folder:
        path = Path(folder) / "isi"
        _receive(stream, path)
        _require_kind(path, clean_name(nama), jenis)
        if (same := _same(usulan, path, jenis)) is not None:
            return same
        if not may_attach(actor, usulan):
            refuse(
                "dokumen-terkunci",
                f"Usulan ini “{STATUS[usulan.status]}”; dokumennya tidak dapat ditambah oleh peran Anda.",
                "Tambahkan dokumen selagi usulan berupa draf atau diperbaiki.",
                kolom="berkas",
                nilai=usulan.status,
            )
        with path.open("rb") as content:
            berkas = store_file(actor, content, nama, "usulan", usulan.instansi_id)
    return Dokumen.objects.create(
        usulan=usulan,
        instansi_id=usulan.instansi_id,
        berkas=berkas,
        jenis=jenis,
        keterangan=" ".join(keterangan.split())[:200],
        oleh_id=actor.id,
        oleh=actor.nama,
    )


def _same(usulan: Usulan, path: Path, jenis: str) -> Dokumen | None:
    with path.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    return Dokumen.objects.filter(
        usulan=usulan, jenis=jenis, ditarik_pada=None, berkas__sha256=digest
    ).first()


def _receive(stream: IO[bytes], path: Path) -> None:
    size = 0
    with path.open("wb") as out:
        while chunk := stream.read(CHUNK):
            size += len(chunk)
            if size > UKURAN_MAKS:
                refuse(
                    "dokumen-terlalu-besar",
                    f"Dokumen lebih besar dari {UKURAN_MAKS >> 20} MB.",
                    "Perkecil resolusi pindaian, atau bagi menjadi beberapa dokumen.",
                    kolom="berkas",
                )
            out.write(chunk)
    if not size:
        refuse("berkas-kosong", "Berkas ini kosong.", "Pilih berkas yang berisi.", kolom="berkas")


def _require_kind(path: Path, nama: str, jenis: str) -> None:
    """The content is of a kind that is accepted, and its name does not claim another one."""
    kind = recognise(path, nama)
    accepted = ("pdf",) if jenis == Dokumen.Jenis.SURAT else JENIS_DITERIMA
    if kind not in accepted:
        refuse(
            "jenis-dokumen-ditolak",
            f"Isi berkas ini {kind.upper()}; yang diterima {', '.join(accepted).upper()}.",
            "Simpan ulang sebagai salah satu jenis itu; mengganti akhiran nama saja tidak cukup.",
            kolom="berkas",
            nilai=nama,
        )


@transaction.atomic
def withdraw_document(actor: Actor, dokumen_id: int) -> Dokumen:
    """Take a document back: it stays, marked as withdrawn. Only the side that added it, while it may add; not
    one that a signature in effect or an operation stands on. Raises Http404, PermissionDenied, Ditolak."""
    dokumen = _document(dokumen_id)
    usulan = lock_usulan(dokumen.usulan_id)
    require_right(actor, (*PENULIS[usulan.layanan], "tetapkan", "verifikasi"), usulan)
    dokumen.refresh_from_db()
    if dokumen.ditarik_pada is not None:
        return dokumen
    if usulan.status in AKHIR or not may_attach(actor, usulan) or not _own_side(actor, usulan, dokumen):
        refuse(
            "dokumen-terkunci",
            "Dokumen ini tidak dapat ditarik pada keadaan usulan sekarang, atau milik pihak lain.",
            "Dokumen ditarik oleh pihak yang menambahkannya, selagi usulan berada padanya.",
            kolom="berkas",
        )
    used = Persetujuan.objects.filter(usulan=usulan, surat=dokumen.berkas, gugur_pada=None).exists()
    if used or Operasi.objects.filter(usulan=usulan, bukti=dokumen.berkas, aktif=True).exists():
        refuse(
            "dokumen-dipakai",
            "Dokumen ini dipakai oleh persetujuan atau operasi yang masih berlaku.",
            "Urungkan operasinya atau kembalikan usulannya lebih dahulu.",
            kolom="berkas",
        )
    dokumen.ditarik_pada = timezone.now()
    dokumen.save(update_fields=["ditarik_pada"])
    return dokumen


def _own_side(actor: Actor, usulan: Usulan, dokumen: Dokumen) -> bool:
    """BKN's documents are those of a verifikator; everybody else's are the instansi's."""
    from petajabatan.usulan.queries.penerima import accounts_with

    by_bkn = dokumen.oleh_id in accounts_with("verifikasi", usulan)
    return (side_of(actor, usulan) == "bkn") == by_bkn


def open_document(actor: Actor, dokumen_id: int) -> tuple[Dokumen, IO[bytes]]:
    """A document and its content, withdrawn ones too. Call inside the actor's scope; reading is recorded.
    Raises Http404 for one behind the wall."""
    dokumen = _document(dokumen_id)
    try:
        return dokumen, open_file(actor, dokumen.berkas)
    except (FileNotFoundError, Berkas.DoesNotExist):
        raise Http404("Isi dokumen itu tidak tersedia.") from None


def _document(dokumen_id: int) -> Dokumen:
    dokumen = Dokumen.objects.select_related("berkas", "usulan").filter(pk=dokumen_id).first()
    if dokumen is None:
        raise Http404("Dokumen itu tidak ada, atau berada di luar cakupan akun Anda.")
    return dokumen
