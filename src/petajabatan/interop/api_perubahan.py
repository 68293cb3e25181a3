"""Route of the change feed."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from petajabatan.interop.umpan import last_number, read_feed
from petajabatan.inti.api import Masalah, api_actor, etag_of, not_modified

router = Router(tags=["Perubahan"])
BATAS, BATAS_MAKS = 200, 1000
NOMOR_MAKS = 2**63 - 1
InstansiId = Annotated[int, Field(ge=1, le=2**31 - 1)]


class SaringPerubahan(Schema):
    sejak: int = Field(0, ge=0, le=NOMOR_MAKS, description="nomor terakhir yang sudah diterima; 0 dari awal")
    batas: int = Field(BATAS, ge=1, le=BATAS_MAKS)
    instansi: list[InstansiId] = Field(
        default_factory=list, max_length=100, description="hanya instansi ini; boleh diulang"
    )


class PerubahanKeluar(Schema):
    """One published change. Facts of the map only, never people."""

    nomor: int = Field(description="nomor urut nasional, tanpa celah")
    instansi_id: int
    versi: int = Field(description="versi peta yang membawanya")
    jenis: str = Field(
        description="versi, muat-awal, versi-besar; unor-tambah, unor-ubah, unor-hapus; posisi-tambah,"
        " posisi-ubah, posisi-hapus, isian-tambah, isian-ubah, isian-hapus"
    )
    objek: str = Field(description="peta, unor, posisi, isian")
    objek_id: int = Field(description="id unor atau posisi; pada peta: nomor versi")
    ringkas: dict[str, Any] = Field(
        description="tambah: isinya; ubah: kolom → [lama, baru]; hapus: nama dan penerus; peta: berlaku,"
        " hash, jumlah"
    )
    pada: dt.datetime
    dokumen: str | None = Field(None, description="muat-awal dan versi-besar: alamat peta lengkapnya")


class DaftarPerubahan(Schema):
    isi: list[PerubahanKeluar]
    berikutnya: int = Field(description="isi `sejak` permintaan berikutnya; selalu ada")
    lagi: bool = Field(description="masih ada perubahan sesudah halaman ini")


LEWAT = {
    "responses": {
        410: {
            "description": "Kursor melampaui umpan",
            "content": {
                "application/problem+json": {"schema": {"$ref": "#/components/schemas/DokumenMasalah"}}
            },
        }
    }
}


@router.get("/perubahan", response=DaftarPerubahan, summary="Umpan perubahan peta", openapi_extra=LEWAT)
def list_changes(request: HttpRequest, saring: Query[SaringPerubahan]) -> Any:
    """Every published change of every instansi in order, exactly once per cursor.

    Keep `berikutnya` and send it as `sejak` next time. The ETag changes only when there is something new:
    ask with `If-None-Match` as often as you like. 410: the cursor is ahead of this feed (it comes from
    another installation, or the database was restored); read the maps again and start from `sejak=0`.
    """
    api_actor(request, "peta:baca")
    akhir = last_number()
    if saring.sejak > akhir:
        raise Masalah(
            410,
            "Kursor melampaui umpan",
            f"Umpan ini baru sampai nomor {akhir}; baca ulang peta lalu mulai dari sejak={akhir}.",
            akhir=akhir,
        )
    etag = etag_of("perubahan", saring.sejak, saring.batas, *saring.instansi, akhir)
    unchanged = not_modified(request, etag)
    if unchanged is not None:
        return unchanged
    page = read_feed(saring.sejak, saring.batas, akhir=akhir, instansi=saring.instansi)
    body = DaftarPerubahan(
        isi=[PerubahanKeluar(**vars(event)) for event in page.isi],
        berikutnya=page.berikutnya,
        lagi=page.lagi,
    )
    response = HttpResponse(body.model_dump_json(), content_type="application/json; charset=utf-8")
    response["ETag"] = etag
    return response
