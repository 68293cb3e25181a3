"""Usulan themselves: list, create, read, change what they are called."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from petajabatan.inti.api import Masalah, cut_page, decode_cursor
from petajabatan.inti.temuan import refuse
from petajabatan.organisasi.models import DasarHukum
from petajabatan.referensi.kunci import instansi_of
from petajabatan.usulan.api.bentuk import (
    DaftarUsulan,
    RingkasanUsulan,
    SaringUsulan,
    UsulanBaru,
    UsulanKeluar,
    UsulanUbah,
)
from petajabatan.usulan.api.bersama import (
    TULIS,
    BilaCocok,
    KunciIdempotensi,
    UsulanId,
    conflicts,
    etag_of_usulan,
    locked,
    read,
    reader,
)
from petajabatan.usulan.api.sekali import Hasil, once
from petajabatan.usulan.models import Usulan
from petajabatan.usulan.queries.alur import figures_of, open_requests
from petajabatan.usulan.queries.selaras import behind
from petajabatan.usulan.queries.terlihat import usulan_for, visible_usulan
from petajabatan.usulan.services import create_usulan
from petajabatan.usulan.services.atribut import TETAP, Atribut, change_attributes
from petajabatan.usulan.services.hak import may_draft

router = Router()
ID_MAKS = 2**63 - 1


def known_basis(usulan_instansi: int, dasar_hukum_id: int | None) -> int | None:
    """The id, if it is a regulation of this instansi. Raises Ditolak."""
    if dasar_hukum_id is None:
        return None
    if not DasarHukum.objects.filter(pk=dasar_hukum_id, instansi_id=usulan_instansi).exists():
        refuse(
            "dasar-hukum-tidak-dikenal",
            f"Dasar hukum {dasar_hukum_id} tidak ada pada instansi ini.",
            "Pilih dari GET /api/v1/instansi/{kode}/dasar-hukum.",
            kolom="dasar_hukum_id",
            nilai=str(dasar_hukum_id),
        )
    return dasar_hukum_id


@router.get("/usulan", response=DaftarUsulan, summary="Daftar usulan dalam cakupan akun")
def list_usulan(request: HttpRequest, saring: Query[SaringUsulan]) -> dict[str, Any]:
    """Newest first."""
    actor = reader(request)
    rows = visible_usulan(actor).order_by("-id")
    if saring.instansi is not None:
        rows = rows.filter(instansi=instansi_of(saring.instansi))
    for name in ("status", "jenis"):
        if (value := getattr(saring, name)) is not None:
            rows = rows.filter(**{name: value.value})
    if saring.lintas is not None:
        rows = rows.filter(lintas_id=saring.lintas)
    if saring.sejak is not None:
        rows = rows.filter(diubah__gte=saring.sejak)
    before = decode_cursor(saring.kursor, int)
    if before:
        rows = rows.filter(pk__lt=max(0, min(before[0], ID_MAKS)))
    page, following = cut_page(list(rows[: saring.batas + 1]), saring.batas, lambda row: (row.pk,))
    return {"isi": page, "berikutnya": following}


@router.post("/usulan", response={201: UsulanKeluar}, summary="Usulan baru (draf)")
def create(request: HttpRequest, isi: UsulanBaru, kunci: KunciIdempotensi = None) -> HttpResponse:
    """A draft on the last published version. A bundle across instansi begins at ``/usulan-lintas``."""
    actor = reader(request, TULIS)

    def work() -> Hasil:
        instansi_id = instansi_of(isi.instansi).pk
        may_draft(actor, instansi_id, isi.layanan.value, isi.cabang_id)
        made = create_usulan(
            actor,
            instansi_id,
            judul=isi.judul,
            jenis=isi.jenis,
            layanan=isi.layanan.value,
            keterangan=isi.keterangan,
            cabang_id=isi.cabang_id,
            dasar_hukum_id=known_basis(instansi_id, isi.dasar_hukum_id),
        )
        return Hasil(UsulanKeluar.from_orm(made), 201, made, {"Location": f"/api/v1/usulan/{made.pk}"})

    return once(request, actor, kunci, work)


@router.get("/usulan/{usulan_id}", response=UsulanKeluar, summary="Satu usulan")
def get_usulan(request: HttpRequest, usulan_id: UsulanId, response: HttpResponse) -> Usulan:
    """The ETag is what ``If-Match`` of every change compares."""
    _, usulan = read(request, usulan_id)
    response["ETag"] = etag_of_usulan(usulan)
    return usulan


@router.patch("/usulan/{usulan_id}", response=UsulanKeluar, summary="Ubah judul, keterangan, permintaan")
def patch_usulan(
    request: HttpRequest,
    usulan_id: UsulanId,
    isi: UsulanUbah,
    response: HttpResponse,
    bila_cocok: BilaCocok = None,
) -> Usulan:
    """Doing it again changes nothing, so no idempotency key is asked for."""
    actor = reader(request, TULIS)
    usulan_for(actor, usulan_id)
    locked(actor, usulan_id, bila_cocok, wajib=True)
    given = {name: getattr(isi, name) for name in isi.model_fields_set}
    empty = [name for name, value in given.items() if value is None and name != "berlaku_diminta"]
    if empty:
        raise Masalah(
            422, "Nilai tidak sah", f"{', '.join(empty)} tidak dapat dikosongkan.", kode="nilai-kosong"
        )
    with conflicts():
        change_attributes(
            actor,
            usulan_id,
            Atribut(**{name: given.get(name, TETAP) for name in Atribut.__dataclass_fields__}),
        )
    usulan = usulan_for(actor, usulan_id)
    response["ETag"] = etag_of_usulan(usulan)
    return usulan


@router.get("/usulan/{usulan_id}/ringkasan", response=RingkasanUsulan, summary="Usulan dalam angka")
def get_summary(request: HttpRequest, usulan_id: UsulanId) -> dict[str, Any]:
    _, usulan = read(request, usulan_id)
    angka = figures_of(usulan)
    return angka.ringkas.as_json() | {
        "revisi": usulan.revisi,
        "tertinggal": behind(usulan),
        "permintaan": open_requests(usulan.pk).count(),
        "besar": list(angka.besar),
    }
