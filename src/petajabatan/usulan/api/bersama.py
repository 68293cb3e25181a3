"""What routes of usulan share: scopes, one usulan, its ETag and If-Match, refusals that are conflicts."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Annotated

from django.http import HttpRequest
from ninja import Header, Path

from petajabatan.inti.actor import Actor
from petajabatan.inti.api import Masalah, api_actor
from petajabatan.inti.temuan import Ditolak
from petajabatan.usulan.models import Usulan
from petajabatan.usulan.queries.terlihat import usulan_for
from petajabatan.usulan.services.simpan import lock

BACA, TULIS, TETAPKAN, ORANG = "usulan:baca", "usulan:tulis", "usulan:tetapkan", "pegawai:baca"
UsulanId = Annotated[int, Path(ge=1, le=2**63 - 1, description="id usulan")]
ObjekId = Annotated[int, Path(ge=1, le=2**63 - 1)]
KunciIdempotensi = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=128,
        description="Dipilih pemanggil (misalnya UUID). Kunci dan isi yang sama dijawab sama tanpa dikerjakan"
        " dua kali. Wajib bagi aplikasi.",
    ),
]
BilaCocok = Annotated[
    str | None,
    Header(
        alias="If-Match",
        max_length=400,
        description="ETag usulan yang terakhir dilihat, atau `*`. Wajib bagi aplikasi yang mengubah draf.",
    ),
]
BENTROK = frozenset(
    {
        "bagian-belum-disetujui",
        "belum-disetujui",
        "dokumen-dipakai",
        "dokumen-terkunci",
        "komentar-pihak-lain",
        "konflik-terbuka",
        "lintas-belum-lengkap",
        "objek-sudah-berubah",
        "persetujuan-gugur",
        "peta-bergeser",
        "sudah-diambil",
        "sudah-diperiksa-kedua",
        "sudah-diputus",
        "terbit-bersama",
        "tidak-dapat-diurungkan",
        "tindakan-tidak-berlaku",
        "usulan-berakhir",
        "usulan-sudah-berakhir",
        "usulan-sudah-berubah",
        "usulan-terkunci",
    }
)
"""Findings that say: not in this state, or no longer. They are answered 409, all others 422."""


def reader(request: HttpRequest, *more: str) -> Actor:
    """Who asks; a token needs ``usulan:baca`` and the further scopes. Raises Masalah 401 or 403."""
    return api_actor(request, BACA, *more)


def read(request: HttpRequest, usulan_id: int) -> tuple[Actor, Usulan]:
    """Who asks and the usulan, for reading. Raises Masalah, Http404."""
    actor = reader(request)
    return actor, usulan_for(actor, usulan_id)


def etag_of_usulan(usulan: Usulan) -> str:
    """Changes with the revision, the state and every attribute; strong, because If-Match compares it."""
    stamp = int(usulan.diubah.timestamp() * 1_000_000)
    return f'"{usulan.revisi}-{usulan.status}-{stamp:x}"'


def locked(actor: Actor, usulan_id: int, bila_cocok: str | None, *, wajib: bool) -> Usulan:
    """The usulan, locked, as the caller last saw it.

    ``wajib``: a machine must say what it saw. Raises Http404; Masalah 428 without ``If-Match``, 412 when
    the usulan has changed since.
    """
    usulan = lock(usulan_id)
    if bila_cocok is None:
        if wajib and actor.scopes is not None:
            raise Masalah(
                428,
                "If-Match belum ada",
                "Sertakan If-Match dengan ETag usulan yang terakhir Anda lihat, atau * bila tidak penting.",
                kode="if-match-diperlukan",
            )
        return usulan
    now = etag_of_usulan(usulan)
    seen = [tag.strip().removeprefix("W/") for tag in bila_cocok.split(",")]
    if "*" not in seen and now not in seen:
        raise Masalah(
            412,
            "Usulan sudah berubah",
            f"Usulan ini berubah sejak Anda membacanya (kini revisi {usulan.revisi}, {usulan.status})."
            " Baca lagi, lalu ulangi bila masih perlu.",
            kode="usulan-sudah-berubah",
            revisi=usulan.revisi,
            etag=now,
        )
    return usulan


@contextlib.contextmanager
def conflicts() -> Iterator[None]:
    """Refusals because of the state things are in become 409; the others go on as they are (422)."""
    try:
        yield
    except Ditolak as refused:
        if any(t.kode in BENTROK for t in refused.temuan):
            raise Masalah(
                409,
                "Bentrok dengan keadaan sekarang",
                str(refused),
                kode=refused.temuan[0].kode,
                temuan=[t.as_dict() for t in refused.temuan],
            ) from refused
        raise
