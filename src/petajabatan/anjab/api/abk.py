"""Routes of ABK: sheets (published, in a draft), calculating without storing, why a K is what it is, recaps.

A sheet is stored by ``POST /usulan/{id}/operasi`` with the operation ``tulis-isian``.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from petajabatan.anjab.queries.abk import (
    Sebab,
    draft_sheet,
    explain_draft,
    explain_published,
    published_sheet,
)
from petajabatan.anjab.queries.abk_peta import PetaAbk, draft_map, published_map
from petajabatan.anjab.rules.abk_hitung import calculate, document
from petajabatan.inti.api import PAGE_DEFAULT, PAGE_MAX, Halaman, api_actor, cut_page, decode_cursor
from petajabatan.jabatan.api import ObjekId, Waktu
from petajabatan.jabatan.queries import posisi_detail
from petajabatan.jabatan.rules.abk.angka import quantize
from petajabatan.jabatan.rules.abk.efisiensi import RekapAbk
from petajabatan.referensi.kunci import KunciInstansi, instansi_of
from petajabatan.usulan.api.bersama import UsulanId, reader
from petajabatan.usulan.queries.isian import sheets_of
from petajabatan.usulan.queries.terlihat import usulan_for

router = Router()
Desimal = str
"""A decimal with a point, exact as stored (Σ at four decimals)."""


class TemuanAbk(Schema):
    kode: str
    tingkat: str
    kalimat: str
    perbaikan: str
    tempat: str
    baris: int | None
    kolom: str
    nilai: str


class BarisAbkKeluar(Schema):
    """A row; ``volume`` and ``norma`` are neutral decimals, null where nothing (readable) was given."""

    uraian: str
    satuan: str
    pendekatan: str = Field(description="tugas, hasil, objek, peralatan")
    volume: Desimal | None
    norma: Desimal | None = Field(description="menit per hasil (tugas), standar kemampuan (lainnya)")
    pegawai: int
    giliran: int
    tugas: int | None = Field(None, description="nomor uraian tugas pada informasi jabatan")
    mentah: dict[str, str] | None = Field(None, description="yang diketik tetapi tidak terbaca")
    rumus: str
    kebutuhan: str | None = Field(description="orang, empat desimal, sebagaimana ditulis")


class WaktuAbk(Schema):
    kode: str
    nama: str
    menit: Desimal
    sumber: str


class KebijakanAbk(Schema):
    kode: str
    nama: str
    sifat: str = Field(description="bersumber atau rekomendasi")
    sumber: str
    tetap: int | None


class AndaiKeluar(Schema):
    volume: Desimal
    norma: Desimal
    jumlah_tampil: str
    k: int | None
    selisih: int | None


class HitunganKeluar(Schema):
    """A sheet calculated. ``jumlah`` null: a row lacks a figure; a gap is not a zero."""

    baris: list[BarisAbkKeluar]
    jumlah: Desimal | None = Field(description="Σ, orang, dari jumlah persis")
    k_lembar: int | None = Field(description="K menurut lembar")
    k: int | None = Field(description="K jabatan: pimpinan selalu 1")
    dari: str = Field(description="abk, rekomendasi, pimpinan")
    b: int | None
    selisih: int | None = Field(description="B − K")
    waktu: WaktuAbk
    kebijakan: KebijakanAbk
    temuan: list[TemuanAbk]
    andai: AndaiKeluar | None = None


class LembarAbkKeluar(HitunganKeluar):
    posisi_id: int
    nama: str
    versi: int | None = Field(None, description="peta terbit")
    revisi: int | None = Field(None, description="usulan")
    ada: bool = Field(description="jabatan ini mempunyai lembar")


class LangkahAbk(Schema):
    judul: str
    hitungan: str
    hasil: str
    sumber: str


class SebabKeluar(Schema):
    """Why K is what it is: every row, the sum, the rounding, each with its source."""

    posisi_id: int
    nama: str
    k: int | None
    b: int
    langkah: list[LangkahAbk]
    catatan: list[str]
    asal: str


class BarisMasuk(Schema):
    """As stored; figures may also come as people write them (``1.250,5``), then they are read and told."""

    uraian: str = ""
    satuan: str = ""
    pendekatan: Literal["tugas", "hasil", "objek", "peralatan"] = "tugas"
    volume: str | None = Field(None, description="angka netral, misalnya 1250.5")
    norma: str | None = None
    pegawai: int = Field(1, ge=1, le=1_000_000)
    giliran: int = Field(1, ge=1, le=1_000_000)
    tugas: int | None = Field(None, ge=1, le=2**31 - 1)
    mentah: dict[Literal["volume", "norma"], str] | None = None


class AndaiMasuk(Schema):
    volume: str = Field("", max_length=40, description="faktor: 1,2 atau +20%")
    norma: str = Field("", max_length=40)


class HitungMasuk(Schema):
    baris: list[BarisMasuk] = Field(max_length=300)
    waktu: str = Field("", max_length=40)
    kebijakan: str = Field("", max_length=40)
    satuan_waktu: Literal["menit", "jam"] = "menit"
    andai: AndaiMasuk | None = None


class RekapBaris(Schema):
    nama: str
    kotak: int
    jumlah: Desimal | None = Field(description="Σ, orang; null bila tidak ada lembar")
    k: int
    b: int
    selisih: int
    efisiensi: Desimal | None
    prestasi: str | None
    tanpa_abk: int = Field(description="kotak tanpa lembar ABK yang lengkap, jadi tanpa Σ")
    tanpa_k: int
    b_tanpa_abk: int


class RekapAbkKeluar(Halaman):
    versi: int
    tanggal_b: dt.date
    total: RekapBaris
    isi: list[RekapBaris]


class SaringRekap(Schema):
    menurut: Literal["unit", "jabatan"] = "unit"
    unor: int | None = Field(None, ge=1, le=2**63 - 1, description="unit beserta bawahannya")
    kursor: str | None = Field(None, max_length=200)
    batas: int = Field(PAGE_DEFAULT, ge=1, le=PAGE_MAX)


class SaringRekapTerbit(SaringRekap):
    versi: int | None = Field(None, ge=1, le=2**31 - 2)


@router.get("/posisi/{posisi_id}/abk", response=LembarAbkKeluar, summary="Lembar ABK suatu posisi")
def get_sheet(request: HttpRequest, posisi_id: ObjekId, waktu: Query[Waktu]) -> dict[str, Any]:
    """As published. A box without a sheet answers with ``ada`` false."""
    api_actor(request)
    box = posisi_detail(posisi_id, waktu.versi, waktu.tanggal)
    found = published_sheet(box.instansi_id, posisi_id, box.versi)
    done = calculate(found.isi or {}, found.kotak, found.acuan, found.tugas)
    head = {"posisi_id": box.id, "nama": box.nama, "versi": box.versi, "ada": found.isi is not None}
    return document(done, found.kotak, found.acuan) | head


@router.get("/posisi/{posisi_id}/abk/sebab", response=SebabKeluar, summary="Mengapa K suatu posisi")
def get_reason(request: HttpRequest, posisi_id: ObjekId, waktu: Query[Waktu]) -> dict[str, Any]:
    api_actor(request)
    box = posisi_detail(posisi_id, waktu.versi, waktu.tanggal)
    return _reason(posisi_id, explain_published(box.instansi_id, posisi_id, box.versi))


@router.get(
    "/usulan/{usulan_id}/posisi/{posisi_id}/abk", response=LembarAbkKeluar, summary="Lembar ABK dalam usulan"
)
def get_draft_sheet(request: HttpRequest, usulan_id: UsulanId, posisi_id: ObjekId) -> dict[str, Any]:
    """As the draft has it; store one with the operation ``tulis-isian``, ``bagian`` abk."""
    sheet = draft_sheet(reader(request), usulan_id, posisi_id)
    held = sheets_of(sheet.usulan, [posisi_id]).get(posisi_id)
    isi = held.isi if held else None
    done = calculate(isi or {}, sheet.kotak, sheet.acuan, sheet.tugas, sheet.semula)
    head = {
        "posisi_id": posisi_id,
        "nama": sheet.posisi.nama,
        "revisi": sheet.usulan.revisi,
        "ada": isi is not None,
    }
    return document(done, sheet.kotak, sheet.acuan) | head


@router.get(
    "/usulan/{usulan_id}/posisi/{posisi_id}/abk/sebab",
    response=SebabKeluar,
    summary="Mengapa K suatu posisi dalam usulan",
)
def get_draft_reason(request: HttpRequest, usulan_id: UsulanId, posisi_id: ObjekId) -> dict[str, Any]:
    return _reason(posisi_id, explain_draft(reader(request), usulan_id, posisi_id))


@router.post(
    "/usulan/{usulan_id}/posisi/{posisi_id}/abk/hitung",
    response=HitunganKeluar,
    summary="Hitung lembar ABK tanpa menyimpan",
)
def post_calculation(
    request: HttpRequest, usulan_id: UsulanId, posisi_id: ObjekId, isi: HitungMasuk
) -> dict[str, Any]:
    """Rows in, canonical rows, Σ, K and findings out; nothing is stored."""
    sheet = draft_sheet(reader(request), usulan_id, posisi_id)
    body = isi.model_dump()
    what_if = body.pop("andai")
    done = calculate(body, sheet.kotak, sheet.acuan, sheet.tugas, sheet.semula)
    return document(done, sheet.kotak, sheet.acuan, what_if)


@router.get("/instansi/{kode}/abk/rekap", response=RekapAbkKeluar, summary="Rekap ABK suatu instansi")
def get_recap(request: HttpRequest, kode: KunciInstansi, saring: Query[SaringRekapTerbit]) -> dict[str, Any]:
    """Per unit or jabatan, as published: Σ, K, B, efficiency (EU/PU, EJ/PEJ)."""
    api_actor(request)
    return _recap(published_map(instansi_of(kode).pk, saring.versi), saring)


@router.get("/usulan/{usulan_id}/abk/rekap", response=RekapAbkKeluar, summary="Rekap ABK dalam usulan")
def get_draft_recap(request: HttpRequest, usulan_id: UsulanId, saring: Query[SaringRekap]) -> dict[str, Any]:
    """The same as the draft would have it."""
    return _recap(draft_map(usulan_for(reader(request), usulan_id)), saring)


def _reason(posisi_id: int, sebab: Sebab) -> dict[str, Any]:
    why = sebab.penjelasan
    return {
        "posisi_id": posisi_id,
        "nama": sebab.nama,
        "k": sebab.k_peta,
        "b": sebab.b,
        "langkah": why.langkah if why else [],
        "catatan": [*sebab.catatan, *(why.catatan if why else ())],
        "asal": sebab.asal,
    }


def _recap(rekap: PetaAbk, saring: SaringRekap) -> dict[str, Any]:
    isi, boxes = rekap.isi, rekap.isi.branch(saring.unor)
    names = list(isi.jabatan(boxes).items()) if saring.menurut == "jabatan" else []
    units = isi.units(boxes) if saring.menurut == "unit" else []
    after = decode_cursor(saring.kursor, int)
    count = len(names) + len(units)
    start = max(0, min(after[0], count)) if after else 0
    page, following = cut_page(
        range(start + 1, count + 1)[: saring.batas + 1], saring.batas, lambda number: (number,)
    )
    part = slice(start, start + len(page))
    rows = rekap.per_unit(boxes, units[part]) + rekap.per_jabatan(boxes, dict(names[part]))
    return {
        "versi": rekap.versi,
        "tanggal_b": rekap.hari_b,
        "total": _row(rekap.total(boxes, "Jumlah")),
        "isi": [_row(row) for row in rows],
        "berikutnya": following,
    }


def _row(row: RekapAbk) -> dict[str, Any]:
    names = ("nama", "kotak", "k", "b", "selisih", "tanpa_abk", "tanpa_k", "b_tanpa_abk")
    shown = row.efisiensi.tampil
    return {name: getattr(row, name) for name in names} | {
        "jumlah": format(quantize(row.jumlah), "f") if row.kotak > row.tanpa_abk else None,
        "efisiensi": None if shown is None else format(shown, "f"),
        "prestasi": row.efisiensi.prestasi,
    }
