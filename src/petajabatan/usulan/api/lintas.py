"""Bundles: usulan of several instansi, published together or not at all."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Query, Router

from petajabatan.inti.api import cut_page, decode_cursor
from petajabatan.referensi.kunci import instansi_of
from petajabatan.usulan.api.bentuk import Lembaran
from petajabatan.usulan.api.bentuk_alur import (
    BagianLintasKeluar,
    DaftarLintas,
    HasilLintas,
    LintasKeluar,
    LintasMasuk,
    PenetapanMasuk,
    VersiLintas,
)
from petajabatan.usulan.api.bersama import ORANG, TETAPKAN, TULIS, KunciIdempotensi, ObjekId, reader
from petajabatan.usulan.api.sekali import Hasil, once
from petajabatan.usulan.models import Lintas
from petajabatan.usulan.queries.alur import status_lintas
from petajabatan.usulan.queries.terlihat import visible_usulan
from petajabatan.usulan.services.lintas import create_bundle
from petajabatan.usulan.services.terbit import Penetapan, publish_bundle

router = Router()


def _bundle(row: Lintas) -> LintasKeluar:
    parts = [
        BagianLintasKeluar(
            usulan_id=b.usulan_id,
            nomor=b.nomor,
            instansi_id=b.instansi_id,
            instansi=b.instansi,
            status=b.status,
        )
        for b in status_lintas(row.pk)
    ]
    return LintasKeluar(id=row.pk, judul=row.judul, dibuat=row.dibuat, bagian=parts)


@router.get("/usulan-lintas", response=DaftarLintas, summary="Usulan lintas instansi")
def list_bundles(request: HttpRequest, saring: Query[Lembaran]) -> dict[str, Any]:
    """Those with a part in the account's scope, newest first."""
    actor = reader(request)
    mine = visible_usulan(actor).filter(lintas__isnull=False).values("lintas_id")
    rows = Lintas.objects.filter(pk__in=mine).order_by("-id")
    before = decode_cursor(saring.kursor, int)
    if before:
        rows = rows.filter(pk__lt=max(0, min(before[0], 2**63 - 1)))
    page, following = cut_page(list(rows[: saring.batas + 1]), saring.batas, lambda row: (row.pk,))
    return {"isi": [_bundle(row) for row in page], "berikutnya": following}


@router.post("/usulan-lintas", response={201: LintasKeluar}, summary="Buka usulan lintas instansi")
def post_bundle(request: HttpRequest, isi: LintasMasuk, kunci: KunciIdempotensi = None) -> HttpResponse:
    """BKN opens one draft per instansi; each side works on its own."""
    actor = reader(request, TULIS)

    def work() -> Hasil:
        ids = [instansi_of(key).pk for key in isi.instansi]
        made = create_bundle(actor, isi.judul, ids, keterangan=isi.keterangan)
        return Hasil(_bundle(made), 201, kepala={"Location": f"/api/v1/usulan-lintas/{made.pk}"})

    return once(request, actor, kunci, work)


@router.get("/usulan-lintas/{lintas_id}", response=LintasKeluar, summary="Satu usulan lintas instansi")
def get_bundle(request: HttpRequest, lintas_id: ObjekId) -> LintasKeluar:
    """Every side sees the others' instansi, number and state, nothing else."""
    actor = reader(request)
    row = Lintas.objects.filter(pk=lintas_id).first()
    if row is None or not visible_usulan(actor).filter(lintas=row).exists():
        raise Http404("Usulan lintas itu tidak ada, atau berada di luar cakupan akun ini.")
    return _bundle(row)


@router.post(
    "/usulan-lintas/{lintas_id}/tetapkan", response=HasilLintas, summary="Tetapkan semua bagian sekaligus"
)
def publish(
    request: HttpRequest, lintas_id: ObjekId, isi: PenetapanMasuk, kunci: KunciIdempotensi = None
) -> HttpResponse:
    """All parts become versions in one transaction, or none does."""
    actor = reader(request, TETAPKAN, ORANG)
    if not visible_usulan(actor).filter(lintas_id=lintas_id).exists():
        raise Http404("Usulan lintas itu tidak ada, atau berada di luar cakupan akun ini.")

    def work() -> Hasil:
        made = publish_bundle(actor, lintas_id, Penetapan(isi.nomor, isi.tanggal, isi.berlaku))
        versions = [VersiLintas(instansi_id=v.instansi_id, versi=v.nomor, berlaku=v.berlaku) for v in made]
        return Hasil(HasilLintas(lintas_id=lintas_id, versi=versions))

    return once(request, actor, kunci, work)
