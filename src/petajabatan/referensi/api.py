"""Routes of /api/v1/referensi: the lists, search over one or all, one row."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from petajabatan.inti.api import (
    PAGE_DEFAULT,
    PAGE_MAX,
    Halaman,
    api_actor,
    cut_page,
    decode_cursor,
    etag_of,
    not_modified,
)
from petajabatan.referensi.katalog import DAFTAR, Daftar
from petajabatan.referensi.models import ImporReferensi
from petajabatan.referensi.queries import overview, search_referensi, usage_of

router = Router(tags=["referensi"])
CAKUPAN = "referensi:baca"


class DaftarRingkas(Schema):
    """One list and its state."""

    kode: str
    judul: str
    kelompok: str
    jumlah: int = Field(description="baris yang berlaku")
    sumber: str
    terakhir_diimpor: dt.datetime | None
    temuan: int = Field(description="temuan yang masih terbuka")


class KatalogReferensi(Schema):
    isi: list[DaftarRingkas]


class BarisReferensi(Schema):
    """One row: our id, the official key, the name, and every field of the list in ``isi``."""

    id: str
    kunci: str
    nama: str | None
    aktif: bool
    sumber: str
    berlaku_dari: dt.date | None
    berlaku_sampai: dt.date | None
    isi: dict[str, Any]


class HalamanReferensi(Halaman):
    isi: list[BarisReferensi]


class PemakaianReferensi(Schema):
    apa: str
    jumlah: int | None = Field(description="null: lebih dari 1.000")


class RincianReferensi(BarisReferensi):
    dipakai: list[PemakaianReferensi]


class HasilCari(Schema):
    daftar: str
    id: str
    kunci: str
    nama: str
    skor: float = Field(description="1 = kode atau nama yang sama persis")


class HalamanCari(Halaman):
    isi: list[HasilCari]


_SENDIRI = {"id", "sumber", "berlaku_dari", "berlaku_sampai", "aktif", "nama"}


def _row(entry: Daftar, row: models.Model) -> dict[str, Any]:
    values = {
        field.attname.removesuffix("_id") if field.is_relation else field.attname: _plain(
            getattr(row, field.attname)
        )
        for field in row._meta.concrete_fields
        if field.attname not in _SENDIRI
    }
    base: Any = row
    return {
        "id": str(row.pk),
        "kunci": str(getattr(row, entry.kunci) or ""),
        "nama": getattr(row, entry.nama) if entry.nama else None,
        "aktif": base.aktif,
        "sumber": base.sumber,
        "berlaku_dari": base.berlaku_dari,
        "berlaku_sampai": base.berlaku_sampai,
        "isi": values,
    }


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, Decimal) else value


def _entry(daftar: str) -> Daftar:
    if daftar not in DAFTAR:
        raise Http404(f"Tidak ada daftar {daftar[:60]!r}; lihat GET /api/v1/referensi.")
    return DAFTAR[daftar]


def _stamp() -> int:
    """Changes with every import."""
    return ImporReferensi.objects.order_by("-id").values_list("id", flat=True).first() or 0


@router.get("", response=KatalogReferensi, summary="Daftar referensi yang ada", url_name="referensi-katalog")
def list_lists(request: HttpRequest, response: HttpResponse) -> Any:
    api_actor(request, CAKUPAN)
    etag = etag_of("katalog", _stamp())
    if (known := not_modified(request, etag)) is not None:
        return known
    response["ETag"] = etag
    return {
        "isi": [
            {
                "kode": i.daftar.kode,
                "judul": i.daftar.judul,
                "kelompok": i.daftar.kelompok,
                "jumlah": i.jumlah,
                "sumber": i.sumber,
                "terakhir_diimpor": i.terakhir,
                "temuan": i.temuan,
            }
            for i in overview()
        ]
    }


@router.get("/cari", response=HalamanCari, summary="Cari di semua daftar", url_name="referensi-cari")
def search_all(
    request: HttpRequest,
    q: str = Query(..., min_length=1, max_length=100, description="nama atau kode, boleh salah ketik"),
    daftar: str = Query("semua", max_length=60, description="kode daftar, atau semua"),
    batas: int = Query(20, ge=1, le=100),
    kursor: str | None = Query(None, max_length=200),
) -> Any:
    api_actor(request, CAKUPAN)
    if daftar != "semua":
        _entry(daftar)
    hits, following = search_referensi(daftar, q, batas, kursor)
    return {"isi": hits, "berikutnya": following}


@router.get("/{daftar}", response=HalamanReferensi, summary="Isi satu daftar", url_name="referensi-isi")
def list_rows(
    request: HttpRequest,
    response: HttpResponse,
    daftar: str,
    kunci: str | None = Query(None, max_length=200, description="kode resmi yang persis"),
    aktif: bool | None = Query(True, description="false: yang tidak lagi ada dalam daftar resmi"),
    batas: int = Query(PAGE_DEFAULT, ge=1, le=PAGE_MAX),
    kursor: str | None = Query(None, max_length=400),
) -> Any:
    """Rows in the order of their keys in our database."""
    api_actor(request, CAKUPAN)
    entry = _entry(daftar)
    position = decode_cursor(kursor, str)
    etag = etag_of(daftar, _stamp(), kunci, aktif, batas, kursor)
    if (known := not_modified(request, etag)) is not None:
        return known
    rows = entry.rows().select_related(None).order_by("pk")
    if aktif is not None:
        rows = rows.filter(aktif=aktif)
    if kunci is not None:
        rows = rows.filter(**{entry.kunci: _key(entry, kunci)})
    if position:
        rows = rows.filter(pk__gt=_key_of_pk(entry, position[0]))
    page, following = cut_page(list(rows[: batas + 1]), batas, lambda row: (str(row.pk),))
    response["ETag"] = etag
    return {"isi": [_row(entry, row) for row in page], "berikutnya": following}


def _key(entry: Daftar, value: str) -> Any:
    return _typed(entry.model._meta.get_field(entry.kunci), value)


def _key_of_pk(entry: Daftar, value: str) -> Any:
    return _typed(entry.model._meta.pk, value)


def _typed(field: Any, value: str) -> Any:
    """The value as the column's type; 404 for a text where the list has numbers."""
    value = value.replace("\x00", "")
    if not isinstance(field, models.IntegerField | models.AutoField):
        return value
    if (
        not value.isdecimal()
        or not value.isascii()
        or int(value) > (32767 if "Small" in type(field).__name__ else 2**31 - 1)
    ):
        raise Http404("Kunci daftar ini berupa bilangan.")
    return int(value)


@router.get(
    "/{daftar}/{id}",
    response=RincianReferensi,
    summary="Satu baris dan pemakaiannya",
    url_name="referensi-baris",
)
def one_row(request: HttpRequest, daftar: str, id: str) -> Any:
    """``id`` is ours, as lists and search give it; look an official code up with ``kunci=``."""
    api_actor(request, CAKUPAN)
    entry = _entry(daftar)
    row = entry.rows().filter(pk=_key_of_pk(entry, id)).first()
    if row is None:
        raise Http404("Tidak ada baris dengan id itu dalam daftar ini.")
    return _row(entry, row) | {"dipakai": usage_of(row)}
