"""A new draft that does again what an usulan that came to nothing had done."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby

from django.db import transaction

from petajabatan.inti.actor import Actor
from petajabatan.inti.temuan import Ditolak, Temuan, refuse
from petajabatan.usulan.alamat import tab_address
from petajabatan.usulan.models import Keputusan, Operasi, Usulan
from petajabatan.usulan.rules.objek import perubahan_from_json
from petajabatan.usulan.rules.salin import BARU, bergeser, terjemah
from petajabatan.usulan.services.draf import BANYAK, create_usulan
from petajabatan.usulan.services.hak import require_documents, require_operations
from petajabatan.usulan.services.izin import lock_usulan
from petajabatan.usulan.services.penyunting import Penyunting

_PROGRAM = ("selaras", "batal", "ulang")
KETERANGAN_SISA = 40
"""Operations not copied that the new draft's description names; the rest is counted."""


@dataclass
class HasilSalin:
    """``usulan``: the new draft, ``disalin`` how many operations it has; ``temuan``: what no longer fits, and
    what fits but had another value then."""

    usulan: Usulan
    disalin: int = 0
    temuan: list[Temuan] = field(default_factory=list)


def may_be_copied(usulan: Usulan) -> bool:
    """Whether it came to nothing: given up, refused, or its version cancelled before its day."""
    if usulan.status in (Usulan.Status.DIBATALKAN, Usulan.Status.DITOLAK):
        return True
    return (
        usulan.status == Usulan.Status.DITETAPKAN
        and Keputusan.objects.filter(usulan=usulan).exclude(dibatalkan_versi=None).exists()
    )


@transaction.atomic
def copy_usulan(actor: Actor, usulan_id: int, *, kunci: str | None = None) -> HasilSalin:
    """A new draft on the last version with the operations of this one that still fit, action by action.

    ``kunci``: the same again gives the draft made before. Raises Http404, PermissionDenied; Ditolak for an
    usulan that has not come to nothing.
    """
    old = lock_usulan(usulan_id)
    if kunci and (held := Usulan.objects.filter(dibuat_oleh_id=actor.id, kunci=kunci).first()):
        return HasilSalin(held, Operasi.objects.filter(usulan=held).count())
    if not may_be_copied(old):
        refuse(
            "belum-dapat-disalin",
            f"Usulan {old.nomor} {old.get_status_display().lower()}; yang disalin usulan yang dibatalkan,"
            " ditolak, atau versinya dibatalkan.",
            "Lanjutkan usulan itu sendiri.",
        )
    made = create_usulan(
        actor,
        old.instansi_id,
        judul=old.judul,
        jenis=old.jenis if old.jenis in (Usulan.Jenis.MENYELURUH, Usulan.Jenis.SEBAGIAN) else "sebagian",
        layanan=old.layanan,
        cabang_id=old.cabang_id,
        dasar_hukum_id=old.dasar_hukum_id,
        kunci=kunci,
    )
    rows = Operasi.objects.filter(usulan=old, aktif=True, membatalkan=None).exclude(jenis__in=_PROGRAM)
    result = HasilSalin(made)
    ids: dict[tuple[str, int], int] = {}
    for _group, part in groupby(rows.order_by("nomor"), key=lambda row: row.kelompok):
        _action(actor, made, list(part), ids, result)
    made.refresh_from_db()
    made.keterangan = _description(old, result)
    made.save(update_fields=["keterangan"])
    return result


def _action(
    actor: Actor, made: Usulan, rows: list[Operasi], ids: dict[tuple[str, int], int], result: HasilSalin
) -> None:
    """One action again: undone together in the new draft too."""
    edit = Penyunting(actor, made, penuh=len(rows) > BANYAK)
    for row in rows:
        before = len(edit.rows)
        try:
            values = terjemah(row.isi, ids)
            again = [Operasi(jenis=row.jenis, isi=values)]
            require_operations(actor, made, again)
            require_documents(made, again)
            edit.carry_out(values, row.nomor)
        except Ditolak as refused:
            result.temuan += [_left_out(row, t) for t in refused.temuan[:1]]
            continue
        if (kind := BARU.get(row.jenis)) is not None:
            ids[kind, int(row.isi["id"])] = edit.ids[-int(row.isi["id"])]
        for fresh in edit.rows[before:]:
            fresh.isi = fresh.isi | ({"kepala": row.isi["kepala"]} if "kepala" in row.isi else {})
            shifted = bergeser(perubahan_from_json(row.perubahan), perubahan_from_json(fresh.perubahan))
            if shifted:
                result.temuan.append(_shifted(made, row))
        result.disalin += 1
    if edit.rows:
        first = rows[0]
        edit.store(
            dasar_hukum_id=first.dasar_hukum_id,
            pasal=first.pasal,
            alasan=first.alasan,
            bukti_id=str(first.bukti_id) if first.bukti_id else None,
        )


def _left_out(row: Operasi, t: Temuan) -> Temuan:
    return Temuan(
        "operasi-tidak-disalin",
        "galat",
        f"{row.ringkas}: {t.kalimat}",
        t.perbaikan,
        tempat=f"operasi {row.nomor}",
        baris=row.nomor,
        nilai=t.kode,
        tautan=tab_address(row.usulan_id, "operasi", operasi=str(row.nomor)),
    )


def _shifted(made: Usulan, row: Operasi) -> Temuan:
    return Temuan(
        "operasi-bergeser",
        "peringatan",
        f"{row.ringkas}: nilai semulanya pada peta kini lain dari saat usulan lama dibuat.",
        "Periksa apakah perubahan ini masih dimaksud; urungkan atau ubah bila tidak.",
        tempat=f"operasi {row.nomor}",
        baris=row.nomor,
        tautan=tab_address(made.pk, "operasi"),
    )


def _description(old: Usulan, result: HasilSalin) -> str:
    lost = [t for t in result.temuan if t.kode == "operasi-tidak-disalin"]
    lines = [f"Salinan usulan {old.nomor}.", *([old.keterangan] if old.keterangan else [])]
    if lost:
        lines.append(f"Tidak ikut disalin ({len(lost)} operasi):")
        lines += [f"- {t.tempat}: {t.kalimat}" for t in lost[:KETERANGAN_SISA]]
    if len(lost) > KETERANGAN_SISA:
        lines.append(f"- dan {len(lost) - KETERANGAN_SISA} lainnya")
    return "\n".join(lines)[:20_000]
