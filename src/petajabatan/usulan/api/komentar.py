"""Remarks on an usulan, on operations and on objects."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Query, Router

from petajabatan.inti.actor import Actor
from petajabatan.inti.api import cut_page, decode_cursor
from petajabatan.usulan.api.bentuk import Lembaran
from petajabatan.usulan.api.bentuk_alur import DaftarKomentar, KomentarKeluar, KomentarMasuk
from petajabatan.usulan.api.bersama import TULIS, KunciIdempotensi, ObjekId, UsulanId, read, reader
from petajabatan.usulan.api.sekali import Hasil, once
from petajabatan.usulan.models import Komentar
from petajabatan.usulan.queries.terlihat import usulan_for
from petajabatan.usulan.services.komentar import add_comment, reopen_comment, resolve_comment

router = Router()


@router.get("/usulan/{usulan_id}/komentar", response=DaftarKomentar, summary="Komentar")
def list_comments(request: HttpRequest, usulan_id: UsulanId, saring: Query[Lembaran]) -> dict[str, Any]:
    """Oldest first; answers name what they answer."""
    _, usulan = read(request, usulan_id)
    rows = Komentar.objects.filter(usulan=usulan).order_by("id")
    after = decode_cursor(saring.kursor, int)
    if after:
        rows = rows.filter(pk__gt=max(0, min(after[0], 2**63 - 1)))
    page, following = cut_page(list(rows[: saring.batas + 1]), saring.batas, lambda row: (row.pk,))
    return {"isi": [_comment(row) for row in page], "berikutnya": following}


def _comment(row: Komentar) -> KomentarKeluar:
    return KomentarKeluar(
        id=row.pk,
        isi=row.isi,
        operasi=row.operasi_nomor,
        objek=row.objek or None,
        objek_id=row.objek_id,
        bagian=row.bagian,
        balasan_untuk=row.balasan_untuk_id,
        minta_perbaikan=row.minta_perbaikan,
        oleh=row.oleh,
        pihak=row.pihak,
        pada=row.pada,
        selesai_pada=row.selesai_pada,
        selesai_oleh=row.selesai_oleh,
    )


@router.post("/usulan/{usulan_id}/komentar", response={201: KomentarKeluar}, summary="Tulis komentar")
def post_comment(
    request: HttpRequest, usulan_id: UsulanId, isi: KomentarMasuk, kunci: KunciIdempotensi = None
) -> HttpResponse:
    actor = reader(request, TULIS)
    usulan_for(actor, usulan_id)

    def work() -> Hasil:
        made = add_comment(
            actor,
            usulan_id,
            isi.isi,
            operasi_nomor=isi.operasi,
            objek=isi.objek or "",
            objek_id=isi.objek_id,
            bagian=isi.bagian,
            balasan_untuk=isi.balasan_untuk,
            minta_perbaikan=isi.minta_perbaikan,
        )
        return Hasil(_comment(made), 201)

    return once(request, actor, kunci, work)


@router.post(
    "/usulan/{usulan_id}/komentar/{komentar_id}/selesai", response=KomentarKeluar, summary="Tutup komentar"
)
def post_resolved(
    request: HttpRequest, usulan_id: UsulanId, komentar_id: ObjekId, kunci: KunciIdempotensi = None
) -> HttpResponse:
    """The thread of this remark; closing it again changes nothing."""
    return _thread(request, usulan_id, komentar_id, kunci, resolve_comment)


@router.post(
    "/usulan/{usulan_id}/komentar/{komentar_id}/buka", response=KomentarKeluar, summary="Buka lagi komentar"
)
def post_reopened(
    request: HttpRequest, usulan_id: UsulanId, komentar_id: ObjekId, kunci: KunciIdempotensi = None
) -> HttpResponse:
    return _thread(request, usulan_id, komentar_id, kunci, reopen_comment)


def _thread(
    request: HttpRequest,
    usulan_id: int,
    komentar_id: int,
    kunci: str | None,
    verb: Callable[[Actor, int], Komentar],
) -> HttpResponse:
    actor = reader(request, TULIS)
    usulan = usulan_for(actor, usulan_id)
    if not Komentar.objects.filter(pk=komentar_id, usulan=usulan).exists():
        raise Http404("Komentar itu tidak ada pada usulan ini.")
    return once(request, actor, kunci, lambda: Hasil(_comment(verb(actor, komentar_id))))
