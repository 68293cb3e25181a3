"""Remarks on an usulan, an operation or an object; requests for repair; threads one level deep."""

from __future__ import annotations

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from petajabatan.inti.actor import Actor
from petajabatan.inti.kabar import notify
from petajabatan.inti.temuan import refuse
from petajabatan.jabatan.rules.isian import isian_of
from petajabatan.usulan.models import Komentar, Operasi, Usulan
from petajabatan.usulan.queries import penerima
from petajabatan.usulan.rules.alur import AKHIR
from petajabatan.usulan.services.izin import PENULIS, lock_usulan, require_right, side_of
from petajabatan.usulan.services.kabar import address_of

ISI_MAKS = 4000
"""Characters of one remark."""


@transaction.atomic
def add_comment(
    actor: Actor,
    usulan_id: int,
    isi: str,
    *,
    operasi_nomor: int | None = None,
    objek: str = "",
    objek_id: int | None = None,
    bagian: str = "",
    balasan_untuk: int | None = None,
    minta_perbaikan: bool = False,
) -> Komentar:
    """Write a remark on the usulan, on one of its operations, on an object (``unor``, ``posisi``, or
    ``isian``: a section of an informasi jabatan, whose name is then its ``bagian``), on a ``bagian``, or
    answer one. An answer to an answer joins the same thread.

    ``minta_perbaikan``: it must be resolved or answered before the usulan is handed over again; verifikator
    and penyetuju may ask. The same remark pressed twice stands once. Raises Http404, PermissionDenied,
    Ditolak.
    """
    usulan = lock_usulan(usulan_id)
    require_right(actor, (*PENULIS[usulan.layanan], "tetapkan", "verifikasi"), usulan)
    text = isi.strip()
    if not text:
        refuse("komentar-kosong", "Komentarnya masih kosong.", "Tulis komentarnya.", "isi")
    if len(text) > ISI_MAKS:
        refuse("komentar-terlalu-panjang", f"Komentar lebih dari {ISI_MAKS} huruf.",
                "Persingkat, atau lampirkan sebagai dokumen.", "isi")  # fmt: skip
    if usulan.status in AKHIR:
        refuse("usulan-berakhir", "Usulan ini sudah berakhir, jadi tidak dapat dikomentari lagi.",
                "Buat usulan baru bila masih ada yang perlu diubah.")  # fmt: skip
    if minta_perbaikan:
        require_right(actor, ("verifikasi", "tetapkan"), usulan)
    thread = _thread(usulan, balasan_untuk)
    if operasi_nomor is not None and not Operasi.objects.filter(usulan=usulan, nomor=operasi_nomor).exists():
        refuse(
            "operasi-tidak-ada", f"Operasi {operasi_nomor} tidak ada pada usulan ini.", "Muat ulang halaman."
        )
    if objek not in ("", "unor", "posisi", "isian") or bool(objek) != (objek_id is not None):
        refuse("objek-tidak-sah", "Objek komentar tidak dikenal.", "Pilih unit atau jabatan dari peta.")
    if objek == "isian":
        bagian = _section(objek_id or 0, bagian)
    values = {
        "isi": text,
        "operasi_nomor": operasi_nomor if thread is None else thread.operasi_nomor,
        "objek": objek if thread is None else thread.objek,
        "objek_id": objek_id if thread is None else thread.objek_id,
        "bagian": (bagian if thread is None else thread.bagian)[:40],
        "balasan_untuk": thread,
        "minta_perbaikan": minta_perbaikan and thread is None,
    }
    last = Komentar.objects.filter(usulan=usulan).order_by("-id").first()
    if (
        last is not None
        and last.oleh_id == actor.id
        and all(getattr(last, k) == v for k, v in values.items())
    ):
        return last
    made = Komentar.objects.create(
        usulan=usulan,
        instansi_id=usulan.instansi_id,
        oleh_id=actor.id,
        oleh=actor.nama[:200],
        pihak=side_of(actor, usulan),
        **values,
    )
    _tell(actor, usulan, made)
    return made


def _section(key: int, bagian: str) -> str:
    """The section an isian id names; another name beside it is refused."""
    try:
        code = isian_of(key)[1]
    except KeyError:
        code = ""
    if not code or bagian not in ("", code):
        refuse(
            "objek-tidak-sah", "Bagian informasi jabatan itu tidak dikenal.", "Muat ulang halaman.", "bagian"
        )
    return code


def _thread(usulan: Usulan, answered: int | None) -> Komentar | None:
    if answered is None:
        return None
    row = Komentar.objects.filter(pk=answered, usulan=usulan).select_related("balasan_untuk").first()
    if row is None:
        raise Http404("Komentar itu tidak ada pada usulan ini.")
    return row.balasan_untuk or row


def _tell(actor: Actor, usulan: Usulan, made: Komentar) -> None:
    """The other side, and who takes part in the thread."""
    people = penerima.drafters(usulan) if made.pihak == "bkn" else set()
    if made.pihak == "instansi" and usulan.verifikator_id:
        people.add(usulan.verifikator_id)
    if made.balasan_untuk_id:
        thread = Komentar.objects.filter(pk=made.balasan_untuk_id) | Komentar.objects.filter(
            balasan_untuk_id=made.balasan_untuk_id
        )
        people |= {oleh for oleh in thread.values_list("oleh_id", flat=True) if oleh}
    what = "Permintaan perbaikan" if made.minta_perbaikan else "Komentar baru"
    notify(
        actor,
        people - {actor.id or 0},
        f"{what} pada usulan {usulan.nomor}",
        made.isi[:500],
        f"{address_of(usulan.pk)}?tab=komentar#k{made.pk}",
        kunci=f"usulan:{usulan.pk}:komentar:{made.pk}",
    )


@transaction.atomic
def resolve_comment(actor: Actor, komentar_id: int) -> Komentar:
    """Close a thread. BKN closes what BKN asked; the instansi closes its own. Raises Http404,
    PermissionDenied, Ditolak."""
    row = _own_thread(actor, komentar_id)
    if row.selesai_pada is None:
        row.selesai_pada, row.selesai_oleh = timezone.now(), actor.nama[:200]
        row.save(update_fields=["selesai_pada", "selesai_oleh"])
    return row


@transaction.atomic
def reopen_comment(actor: Actor, komentar_id: int) -> Komentar:
    """Open a closed thread again. Raises as ``resolve_comment``."""
    row = _own_thread(actor, komentar_id)
    if row.selesai_pada is not None:
        row.selesai_pada, row.selesai_oleh = None, ""
        row.save(update_fields=["selesai_pada", "selesai_oleh"])
    return row


def _own_thread(actor: Actor, komentar_id: int) -> Komentar:
    row = Komentar.objects.filter(pk=komentar_id, balasan_untuk=None).first()
    if row is None:
        raise Http404("Komentar itu tidak ada, atau berada di luar cakupan akun Anda.")
    usulan = lock_usulan(row.usulan_id)
    require_right(actor, (*PENULIS[usulan.layanan], "tetapkan", "verifikasi"), usulan)
    if row.pihak != side_of(actor, usulan):
        refuse(
            "komentar-pihak-lain",
            "Komentar ini ditutup oleh pihak yang menulisnya.",
            "Jawab komentarnya; jawaban sudah cukup untuk mengajukan lagi.",
        )
    if usulan.status in AKHIR:
        refuse("usulan-berakhir", "Usulan ini sudah berakhir.", "Tidak ada yang perlu diubah.")
    row.refresh_from_db()
    return row
