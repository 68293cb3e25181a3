"""Who may carry out which operations in a draft.

An usulan of the service *sotk* is written by operators of SOTK alone. In one of *informasi jabatan* four
roles work side by side, each on its own part; what an operation needs says ``rights_for``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied

from petajabatan.akun.rules import roles_that_may
from petajabatan.inti.actor import Actor
from petajabatan.inti.izin import require
from petajabatan.inti.temuan import refuse
from petajabatan.usulan.models import Dokumen, Operasi, Usulan
from petajabatan.usulan.rules.operasi import ISIAN, JUDUL

MENYUSUN: Mapping[str, tuple[str, ...]] = {"sotk": ("unor",), "infojab": ("unor", "infojab", "evajab")}
"""By service: the rights (``akun.rules``) with which one drafts."""
MENYUNTING: Mapping[str, tuple[str, ...]] = {
    "sotk": MENYUSUN["sotk"],
    "infojab": (*MENYUSUN["infojab"], "validasi-evajab"),
}
"""The same and those who only decide on what others wrote."""


def may_draft(actor: Actor, instansi_id: int, layanan: str = "sotk", cabang_id: int | None = None) -> None:
    """Raise PermissionDenied unless the actor drafts for this instansi (or for this subtree of it)."""
    _require(actor, MENYUSUN.get(layanan, MENYUSUN["sotk"]), instansi_id, cabang_id)


def may_edit(actor: Actor, usulan: Usulan) -> None:
    """Raise PermissionDenied unless the actor may carry out some operation in this usulan."""
    _require(actor, MENYUNTING[usulan.layanan], usulan.instansi_id, usulan.cabang_id)


def may_settle(actor: Actor, usulan: Usulan) -> None:
    """Raise PermissionDenied unless the actor decides conflicts, which may be about any part."""
    rights = tuple(r for r in MENYUSUN[usulan.layanan] if r != "evajab")
    _require(actor, rights, usulan.instansi_id, usulan.cabang_id)


def rights_in(actor: Actor, usulan: Usulan) -> frozenset[str]:
    """The rights that the actor has over the content of this usulan."""
    return frozenset(
        right
        for right in MENYUNTING[usulan.layanan]
        if _holds(actor, (right,), usulan.instansi_id, usulan.cabang_id)
    )


def rights_for(jenis: str, isi: Mapping[str, Any]) -> tuple[str, ...]:
    """The rights one of which an operation in an usulan of informasi jabatan needs."""
    if jenis == "putuskan-evaluasi":
        return ("validasi-evajab",)
    if jenis == "ubah-kelas" or (jenis == "tulis-isian" and isi.get("bagian") == "evaluasi"):
        return ("unor", "infojab", "evajab")
    return ("unor", "infojab") if jenis in ISIAN else ("unor",)


def require_operations(actor: Actor, usulan: Usulan, rows: Iterable[Operasi]) -> None:
    """Refuse operations that are not the actor's to make or take back. Raises Ditolak with their place."""
    rights = rights_in(actor, usulan)
    for number, row in enumerate(rows, 1):
        if usulan.layanan == Usulan.Layanan.SOTK and row.jenis != "putuskan-evaluasi":
            continue
        if rights.isdisjoint(rights_for(row.jenis, row.isi)) and not actor.memegang("sistem"):
            kode, kalimat, perbaikan = _refusal(row, rights)
            refuse(kode, kalimat, perbaikan, baris=number)


def require_documents(usulan: Usulan, rows: Iterable[Operasi]) -> None:
    """Refuse factor sheets that name a recommendation nobody has uploaded. One statement, and only where a
    sheet names one. Raises Ditolak."""
    named = {
        number: str((row.isi.get("isi") or {}).get("berkas") or "")
        for number, row in enumerate(rows, 1)
        if row.jenis == "tulis-isian" and row.isi.get("bagian") == "evaluasi"
    }
    wanted = {key for key in named.values() if key.isdecimal() and len(key) < 19}
    held = Dokumen.objects.filter(
        instansi_id=usulan.instansi_id, pk__in=[int(key) for key in wanted], ditarik_pada=None
    )
    known = {str(pk) for pk in held.values_list("pk", flat=True)} if wanted else set()
    for number, key in named.items():
        if key and key not in known:
            refuse("rekomendasi-tidak-ada",
                   f"Dokumen {key[:20]} tidak ada pada usulan instansi ini, atau ditarik.",
                   "Unggah rekomendasi pembinanya sebagai dokumen usulan, lalu pilih.", baris=number,
                   kolom="berkas", nilai=key[:20])  # fmt: skip


def _refusal(row: Operasi, rights: frozenset[str]) -> tuple[str, str, str]:
    title = JUDUL.get(row.jenis, row.jenis)
    if row.jenis == "putuskan-evaluasi":
        return (
            "bukan-validator-evaluasi",
            "Evaluasi jabatan divalidasi penetapan SOTK instansi, dalam usulan layanan informasi jabatan.",
            "Minta validatornya memutuskan.",
        )
    if "infojab" in rights:
        return (
            "bukan-informasi-jabatan",
            f"{title} mengubah peta; peran Anda menulis informasi jabatan, ABK, dan kelas.",
            "Minta operator SOTK mengubah petanya.",
        )
    part = "menulis evaluasi jabatan dan kelas" if "evajab" in rights else "memutuskan evaluasi jabatan"
    return ("bukan-evaluasi-jabatan", f"{title} bukan bagian Anda; peran Anda {part}.",
            "Minta operator yang berwenang mengerjakannya.")  # fmt: skip


def _holds(actor: Actor, rights: tuple[str, ...], instansi_id: int, cabang_id: int | None) -> bool:
    roles = ("sistem", *(role for right in rights for role in roles_that_may(right)))
    return any(
        izin.peran in roles
        and (
            izin.lingkup == "nasional"
            or (izin.lingkup == "instansi" and izin.instansi_id == instansi_id)
            or (izin.lingkup == "unor" and izin.instansi_id == instansi_id and izin.sasaran == cabang_id)
        )
        for izin in actor.izin
    )


def _require(actor: Actor, rights: tuple[str, ...], instansi_id: int, cabang_id: int | None) -> None:
    if _holds(actor, rights, instansi_id, cabang_id):
        return
    roles = [role for right in rights for role in roles_that_may(right)]
    if any(i.lingkup == "unor" and i.instansi_id == instansi_id and i.peran in roles for i in actor.izin):
        raise PermissionDenied("Usulan Anda harus dibatasi pada unit yang menjadi cakupan Anda.")
    require(actor, instansi_id=instansi_id)
