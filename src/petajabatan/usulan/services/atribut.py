"""What an usulan is called and asks for, apart from its content."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from petajabatan.inti.actor import Actor
from petajabatan.inti.temuan import refuse
from petajabatan.usulan.models import Usulan
from petajabatan.usulan.rules.alur import AKHIR, HAK
from petajabatan.usulan.services.draf import require_editable
from petajabatan.usulan.services.hak import may_draft
from petajabatan.usulan.services.izin import lock_usulan, require_right
from petajabatan.usulan.services.persetujuan import back_to_draft_on_edit

TETAP: Any = object()
"""Leave it as it is."""
KETERANGAN_MAKS = 20_000
"""Characters of an usulan's description."""


@dataclass(frozen=True)
class Atribut:
    """What to change; ``TETAP`` leaves a value alone. ``berlaku_diminta`` None: no wish."""

    judul: str = TETAP
    keterangan: str = TETAP
    berlaku_diminta: dt.date | None = TETAP
    kabari_pegawai: bool = TETAP


def stamp_of(usulan: Usulan) -> str:
    """Changes with the title, the description and the wished date."""
    text = "\x1f".join((usulan.judul, usulan.keterangan, str(usulan.berlaku_diminta or "")))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@transaction.atomic
def change_attributes(
    actor: Actor, usulan_id: int, atribut: Atribut, *, dilihat: str | None = None
) -> Usulan:
    """Change title, description or wished date (while the content may change: what waits for a signature
    becomes a draft again), or whether the people touched are told (until the end, by whoever drafts, signs or
    verifies). Nothing that differs: nothing happens. ``dilihat``: the stamp the person saw; what somebody
    else wrote since is not overwritten unseen.

    Raises Http404, PermissionDenied, Ditolak.
    """
    usulan = lock_usulan(usulan_id)
    values = _differing(usulan, atribut)
    switch = values.pop("kabari_pegawai", None)
    if switch is not None or not values:
        require_right(actor, (HAK["susun"][usulan.layanan], "tetapkan", "verifikasi"), usulan)
    if values:
        may_draft(actor, usulan.instansi_id, usulan.layanan, usulan.cabang_id)
        require_editable(usulan)
        if dilihat is not None and dilihat != stamp_of(usulan):
            wish = f"{usulan.berlaku_diminta:%d-%m-%Y}" if usulan.berlaku_diminta else "–"
            refuse(
                "keterangan-sudah-berubah",
                "Keterangan usulan ini diubah orang lain sejak Anda membukanya. Kini: judul"
                f" “{usulan.judul}”; keterangan “{usulan.keterangan or '–'}”; diminta berlaku {wish}.",
                "Gabungkan dengan isian Anda di bawah, lalu simpan lagi.",
            )
        back_to_draft_on_edit(actor, usulan)
    if switch is not None:
        if usulan.status in AKHIR:
            refuse("usulan-berakhir", "Usulan ini sudah berakhir.", "Tidak ada yang perlu diubah.")
        values["kabari_pegawai"] = switch
    if values:
        for name, value in values.items():
            setattr(usulan, name, value)
        usulan.save(update_fields=[*values, "diubah"])
    return usulan


def _differing(usulan: Usulan, atribut: Atribut) -> dict[str, Any]:
    given = {name: value for name, value in vars(atribut).items() if value is not TETAP}
    if "judul" in given:
        given["judul"] = " ".join(given["judul"].split())
        if not given["judul"]:
            refuse("judul-kosong", "Judul usulan kosong.", "Isi judulnya.", kolom="judul")
        if len(given["judul"]) > 200:
            refuse("judul-terlalu-panjang", "Judul lebih dari 200 huruf.", "Persingkat.", kolom="judul")
    if "keterangan" in given:
        given["keterangan"] = given["keterangan"].strip()
        if len(given["keterangan"]) > KETERANGAN_MAKS:
            refuse(
                "keterangan-terlalu-panjang",
                f"Keterangan lebih dari {KETERANGAN_MAKS} huruf.",
                "Persingkat, atau lampirkan sebagai dokumen.",
                kolom="keterangan",
            )
    return {name: value for name, value in given.items() if getattr(usulan, name) != value}
