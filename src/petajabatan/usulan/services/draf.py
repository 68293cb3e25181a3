"""Making a draft and editing it: operations in, undone and redone. Each command is one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction

from petajabatan.inti.actor import Actor
from petajabatan.inti.pekerjaan import Kemajuan
from petajabatan.inti.temuan import refuse
from petajabatan.jabatan.queries.versi import last_version
from petajabatan.usulan.models import Operasi, Usulan
from petajabatan.usulan.queries.pandangan import PandanganDraf
from petajabatan.usulan.rules.objek import perubahan_from_json
from petajabatan.usulan.services.hak import may_draft, may_edit, require_documents, require_operations
from petajabatan.usulan.services.penyunting import HasilEdit, Penyunting, fit
from petajabatan.usulan.services.simpan import lock

DAPAT_DIUBAH = ("draf", "menunggu_persetujuan", "perbaikan")
"""States in which the content may change; an edit of the second takes it back to draf."""
BANYAK = 100
"""Operations in one request from which the whole map is read once instead of piece by piece."""


LAPOR = 100
"""Operations between two reports of progress."""


def create_usulan(
    actor: Actor,
    instansi_id: int,
    *,
    judul: str,
    jenis: str = Usulan.Jenis.SEBAGIAN,
    layanan: str = Usulan.Layanan.SOTK,
    keterangan: str = "",
    cabang_id: int | None = None,
    dasar_hukum_id: int | None = None,
    lintas_id: int | None = None,
    kunci: str | None = None,
) -> Usulan:
    """A new draft on the last published version (scheduled ones included).

    ``kunci`` makes it idempotent: the same account and key give the same usulan. An operator with a subtree
    scope names that unit as ``cabang_id``. Raises PermissionDenied; Ditolak when there is no map yet or the
    branch is not on it.
    """
    may_draft(actor, instansi_id, layanan, cabang_id)
    judul = " ".join(judul.split())
    if not judul:
        refuse("judul-kosong", "Judul usulan kosong.", "Isi judulnya.", kolom="judul")
    if len(judul) > 200:
        refuse("judul-terlalu-panjang", "Judul lebih dari 200 huruf.", "Persingkat judulnya.", kolom="judul")
    if jenis not in Usulan.Jenis.values or layanan not in Usulan.Layanan.values:
        refuse("jenis-tidak-dikenal", f"Jenis usulan {jenis} tidak dikenal.", "Pilih dari daftar.")
    if kunci:
        held = Usulan.objects.filter(dibuat_oleh_id=actor.id, kunci=kunci).first()
        if held is not None:
            return held
    last = last_version(instansi_id)
    if last is None:
        refuse(
            "peta-belum-ada",
            "Instansi ini belum mempunyai peta jabatan.",
            "Muat dahulu unitnya lewat halaman Impor; perubahan sesudahnya lewat usulan.",
        )
    made = Usulan(
        instansi_id=instansi_id,
        layanan=layanan,
        jenis=jenis,
        judul=judul,
        keterangan=keterangan.strip(),
        cabang_id=cabang_id,
        dasar_versi=last.nomor,
        dasar_hukum_id=dasar_hukum_id,
        lintas_id=lintas_id,
        dibuat_oleh_id=actor.id,
        dibuat_oleh=actor.nama,
        kunci=kunci or None,
    )
    if cabang_id is not None:
        view = PandanganDraf(made, draf=False)
        if not view.keadaan("unor", [cabang_id])[cabang_id].hidup:
            refuse("cabang-tidak-ada", "Unit itu tidak ada pada peta.", "Pilih unit lain.", kolom="cabang_id")
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        held = Usulan.objects.filter(dibuat_oleh_id=actor.id, kunci=kunci).first() if kunci else None
        if held is None:
            raise
        return held
    return made


def add_operations(
    actor: Actor,
    usulan_id: int,
    operasi: Sequence[Any],
    *,
    dasar_hukum_id: int | None = None,
    pasal: str = "",
    alasan: str = "",
    bukti_id: str | None = None,
    kunci: str | None = None,
    revisi: int | None = None,
    kemajuan: Kemajuan | None = None,
) -> HasilEdit:
    """Carry out operations on a draft, all or none; they are one action and are undone together.

    ``operasi``: values of ``rules.operasi`` or their JSON form. ``kunci``: the same key again changes nothing
    and gives the same answer. ``revisi``: what the editor had seen; objects that somebody else changed since
    are refused by name (``objek-sudah-berubah``), everything else goes through. ``kemajuan`` is told how many
    are done. Raises PermissionDenied, Http404, Ditolak.
    """
    report = kemajuan or Kemajuan()
    with transaction.atomic():
        usulan = _open(actor, usulan_id)
        held = _done_before(usulan, kunci)
        if held is not None:
            return held
        require_editable(usulan)
        basis = dasar_hukum_id or usulan.dasar_hukum_id
        edit = Penyunting(actor, usulan, penuh=len(operasi) > BANYAK, dasar_hukum_id=basis, pasal=pasal)
        for number, raw in enumerate(operasi, 1):
            edit.carry_out(raw, number)
            if not number % LAPOR:
                report(number, len(operasi), "menerapkan operasi")
        report(len(operasi), len(operasi), "memeriksa dan menyimpan")
        require_operations(actor, usulan, edit.rows)
        require_documents(usulan, edit.rows)
        edit.check_seen(revisi)
        return edit.store(
            dasar_hukum_id=basis,
            pasal=pasal,
            alasan=alasan,
            bukti_id=bukti_id,
            kunci=kunci,
        )


def _open(actor: Actor, usulan_id: int) -> Usulan:
    usulan = lock(usulan_id)
    may_edit(actor, usulan)
    return usulan


def require_editable(usulan: Usulan) -> None:
    """Raise Ditolak unless the content may change now."""
    if usulan.status not in DAPAT_DIUBAH:
        refuse(
            "usulan-terkunci",
            f"Usulan ini {usulan.get_status_display().lower()}; isinya tidak dapat diubah.",
            "Tarik dahulu usulannya (selama belum diambil verifikator), atau tunggu permintaan perbaikan.",
        )


def _done_before(usulan: Usulan, kunci: str | None) -> HasilEdit | None:
    if not kunci:
        return None
    rows = list(Operasi.objects.filter(usulan=usulan, kunci=kunci).order_by("nomor"))
    if not rows:
        return None
    ids = {int(k): v for row in rows for k, v in (row.isi.get("_id_baru") or {}).items()}
    return HasilEdit(usulan, usulan.revisi, [row.nomor for row in rows], ids, diulang=True)


def undo(actor: Actor, usulan_id: int, *, kunci: str | None = None, revisi: int | None = None) -> HasilEdit:
    """Take the last action back by its inverse, whoever made it. Nothing to undo: the draft as it is.

    ``revisi``: what the person had seen; an action made since is not taken back (``objek-sudah-berubah``).
    Raises Ditolak also when what it changed has changed again otherwise (after the draft was brought onto a
    newer version).
    """
    with transaction.atomic():
        usulan = _open(actor, usulan_id)
        held = _done_before(usulan, kunci)
        if held is not None:
            return held
        require_editable(usulan)
        group = (
            Operasi.objects.filter(usulan=usulan, aktif=True, membatalkan=None)
            .exclude(jenis="selaras")
            .order_by("-kelompok")
            .values_list("kelompok", flat=True)
            .first()
        )
        if group is None:
            return HasilEdit(usulan, usulan.revisi)
        rows = list(Operasi.objects.filter(usulan=usulan, kelompok=group, aktif=True).order_by("-nomor"))
        require_operations(actor, usulan, rows)
        edit = Penyunting(actor, usulan, penuh=len(rows) > BANYAK)
        for row in rows:
            steps = [p.balik() for p in reversed(perubahan_from_json(row.perubahan))]
            steps = [fit(edit.view, p, row) for p in steps]
            edit.take(steps)
            edit.record("batal", "", {"operasi": row.nomor}, steps, f"Urungkan: {row.ringkas}", group)
        edit.check_seen(revisi)
        Operasi.objects.filter(pk__in=[row.pk for row in rows]).update(aktif=False)
        return edit.store(kunci=kunci, ulang=[*usulan.tumpukan_ulang, group])


def redo(actor: Actor, usulan_id: int, *, kunci: str | None = None, revisi: int | None = None) -> HasilEdit:
    """Do the action undone last again. Nothing to redo: the draft as it is. Raises Ditolak as ``undo``."""
    with transaction.atomic():
        usulan = _open(actor, usulan_id)
        held = _done_before(usulan, kunci)
        if held is not None:
            return held
        require_editable(usulan)
        if not usulan.tumpukan_ulang:
            return HasilEdit(usulan, usulan.revisi)
        *rest, group = usulan.tumpukan_ulang
        rows = list(
            Operasi.objects.filter(usulan=usulan, kelompok=group)
            .exclude(nomor__in=given_up(usulan))
            .order_by("nomor")
        )
        require_operations(actor, usulan, rows)
        edit = Penyunting(actor, usulan, penuh=len(rows) > BANYAK)
        for row in rows:
            steps = [fit(edit.view, p, row) for p in perubahan_from_json(row.perubahan)]
            edit.take(steps)
            edit.record("ulang", row.aturan, {"operasi": row.nomor}, steps, f"Ulangi: {row.ringkas}", group)
        edit.check_seen(revisi)
        Operasi.objects.filter(pk__in=[row.pk for row in rows]).update(aktif=True)
        return edit.store(kunci=kunci, ulang=rest)


def given_up(usulan: Usulan) -> list[int]:
    """Numbers of the operations that a rebase decided not to carry out after all."""
    rows = Operasi.objects.filter(usulan=usulan, jenis="selaras").values_list("isi", flat=True)
    return [int(number) for isi in rows for number in isi.get("gugur", ())]
