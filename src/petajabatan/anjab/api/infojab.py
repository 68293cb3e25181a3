"""Informasi jabatan: the form, published ones as of any version, those of a draft with suggestions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Path, Query, Router, Schema
from pydantic import Field

from petajabatan.anjab.queries.infojab_komentar import open_counts
from petajabatan.anjab.queries.infojab_nilai import fields_today, scores_of
from petajabatan.anjab.queries.infojab_papan import board_of
from petajabatan.anjab.queries.infojab_peta import (
    Kotak,
    Sudut,
    page_of_infojab,
    units_of,
    user_of,
    users_of,
    view_of,
)
from petajabatan.anjab.queries.infojab_rinci import RinciInfojab, code_lists, detail_as_of, detail_of_draft
from petajabatan.anjab.queries.infojab_saran import suggestions
from petajabatan.anjab.rules.infojab_bentuk import form_of
from petajabatan.anjab.rules.infojab_lengkap import Rekap
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
from petajabatan.inti.jam import today
from petajabatan.jabatan.models import Infojab
from petajabatan.jabatan.queries import version_of
from petajabatan.jabatan.rules.isian import DICETAK, isian_id
from petajabatan.referensi.kunci import KunciInstansi, instansi_of
from petajabatan.usulan.api.bersama import UsulanId, read
from petajabatan.usulan.queries.isian import sections_of

router = Router()
InfojabId = Annotated[int, Path(ge=1, le=2**57, description="id informasi jabatan")]
Posisi = Annotated[
    int | None, Query(ge=1, le=2**63 - 1, description="kotak yang dilihat; bawaan: yang pertama")
]


class WaktuInfojab(Schema):
    versi: int | None = Field(None, ge=1, le=2**31 - 2, description="nomor versi")
    tanggal: dt.date | None = Field(None, description="hari; diabaikan bila versi diisi")


class LembarInfojab(WaktuInfojab):
    kursor: str | None = Field(None, max_length=200)
    batas: int = Field(PAGE_DEFAULT, ge=1, le=PAGE_MAX)


class KolomKeluar(Schema):
    kode: str
    nama: str
    dari_abk: bool = Field(description="diisi dari lembar ABK, bukan ditulis di bagian ini")


class IsianKeluar(Schema):
    kode: str
    nomor: int = Field(description="nomor bagian tercetak")
    nama: str
    bentuk: str = Field(description="teks: string; daftar: [{teks, …}]; tabel: [{kolom: teks}]")
    wajib: bool
    boleh_strip: bool = Field(description="“-” berarti memang tidak ada")
    kolom: list[KolomKeluar]
    tambahan: list[str] = Field(description="kunci lain pada satu butir, misalnya id rujukan")
    daftar_kode: str | None
    acuan: str | None = Field(description="daftar referensi yang idnya boleh dirujuk")


class BagianBentuk(Schema):
    kode: str
    nomor: str
    nama: str
    isian: list[IsianKeluar]


class KodeSyaratKeluar(Schema):
    kode: str
    nama: str
    deskripsi: str


class BentukKeluar(Schema):
    bagian: list[BagianBentuk]
    kode: dict[str, list[KodeSyaratKeluar]]


class BagianLengkapKeluar(Schema):
    nomor: int
    kode: str
    nama: str
    wajib: int
    terisi: int


class PemakaiKeluar(Schema):
    posisi_id: int
    nama: str
    unor_id: int
    unor: str


class InfojabKeluar(Schema):
    """One informasi jabatan, seen from one of its boxes. ``isi``: section → fields (``/infojab/bentuk``)."""

    id: int
    instansi_id: int
    versi: int
    posisi_id: int
    nama: str
    kelas: int | None
    unit_kerja: list[dict[str, str]] = Field(description="dari pucuk sampai unit jabatan ini")
    isi: dict[str, dict[str, Any]]
    persen: int = Field(description="isian wajib yang terisi, dibulatkan ke bawah")
    kelengkapan: list[BagianLengkapKeluar]
    pemakai: list[PemakaiKeluar]


class InfojabRingkas(Schema):
    id: int
    nama: str
    jabatan_id: int | None
    posisi: list[int]
    persen: int = Field(description="kotak yang paling lengkap")


class DaftarInfojab(Halaman):
    versi: int
    berlaku: dt.date
    isi: list[InfojabRingkas]


class BagianDrafKeluar(Schema):
    isian_id: int = Field(description="untuk komentar dengan objek isian")
    isi: dict[str, Any] | None
    terbit: dict[str, Any] | None = Field(description="menurut versi dasar")
    berubah: bool
    revisi: int
    oleh: str
    komentar_terbuka: int


class InfojabDraf(InfojabKeluar):
    usulan_id: int
    revisi: int = Field(description="sertakan saat menulis, supaya perubahan orang lain tidak tertimpa")
    bagian: dict[str, BagianDrafKeluar]


class SaranKeluar(Schema):
    isian: str
    isi: Any
    teks: str
    skor: int = Field(description="0–100 dari kemiripan jabatan (60 %) dan unit (40 %)")
    mirip_jabatan: int
    mirip_unit: int
    banyak: int = Field(description="informasi jabatan yang memuatnya")
    infojab_id: int
    instansi_id: int
    instansi: str
    jabatan: str
    unit: str
    versi: int = Field(description="0: draf usulan ini")


class DaftarSaran(Schema):
    isi: list[SaranKeluar]


class RekapKelengkapanKeluar(Schema):
    kotak: int
    ada: int
    lengkap: int
    wajib: int
    terisi: int
    persen: int
    keadaan: str = Field(description="kosong, belum, berjalan, lengkap")


class RekapUnit(RekapKelengkapanKeluar):
    unor_id: int
    nama: str


class PapanKeluar(RekapUnit):
    bawahan: list[RekapUnit]
    per_bagian: dict[str, int] = Field(description="jabatan yang bagiannya lengkap")


@router.get(
    "/infojab/bentuk", response=BentukKeluar, summary="Bentuk informasi jabatan", url_name="infojab-bentuk"
)
def get_form(request: HttpRequest) -> Any:
    """Sections, fields and code lists in force today; what ``tulis-isian`` takes."""
    api_actor(request)
    return {"bagian": form_of(fields_today()), "kode": code_lists()}


@router.get("/instansi/{kode}/infojab", response=DaftarInfojab, summary="Informasi jabatan suatu instansi")
def list_infojab(request: HttpRequest, kode: KunciInstansi, saring: Query[LembarInfojab]) -> Any:
    """By id, with the boxes that refer to each."""
    api_actor(request)
    version = version_of(instansi_of(kode).pk, saring.versi, saring.tanggal)
    sudut = Sudut(version.instansi_id, version.nomor)
    after = decode_cursor(saring.kursor, int)
    start = max(0, min(after[0], 2**57)) if after else 0
    page, following = cut_page(
        page_of_infojab(sudut, start, saring.batas + 1), saring.batas, lambda key: (key,)
    )
    users = users_of(sudut, page)
    scores = scores_of(sudut, users)
    rows = [
        {
            "id": key,
            "nama": boxes[0].nama,
            "jabatan_id": boxes[0].jabatan_id,
            "posisi": [box.id for box in boxes],
            "persen": max(scores[box.id].persen for box in boxes),
        }
        for key in page
        if (boxes := [box for box in users if box.infojab_id == key])
    ]
    return {"versi": version.nomor, "berlaku": version.berlaku, "isi": rows, "berikutnya": following}


@router.get("/instansi/{kode}/infojab/kelengkapan", response=PapanKeluar, summary="Kelengkapan per unit")
def get_board(
    request: HttpRequest,
    kode: KunciInstansi,
    waktu: Query[WaktuInfojab],
    unor: int | None = Query(None, ge=1, le=2**63 - 1, description="bawaan: unit pucuk"),
) -> Any:
    api_actor(request)
    version = version_of(instansi_of(kode).pk, waktu.versi, waktu.tanggal)
    return _board(Sudut(version.instansi_id, version.nomor), unor)


@router.get("/infojab/{int:infojab_id}", response=InfojabKeluar, summary="Satu informasi jabatan")
def get_infojab(
    request: HttpRequest,
    response: HttpResponse,
    infojab_id: InfojabId,
    waktu: Query[WaktuInfojab],
    posisi: Posisi = None,
) -> Any:
    api_actor(request)
    row = Infojab.objects.filter(pk=infojab_id).first()
    if row is None:
        raise Http404("Informasi jabatan itu tidak ada.")
    version = version_of(row.instansi_id, waktu.versi, waktu.tanggal)
    etag = etag_of("infojab", infojab_id, version.nomor, posisi, today())
    if (known := not_modified(request, etag)) is not None:
        return known
    response["ETag"] = etag
    sudut = Sudut(row.instansi_id, version.nomor)
    rinci = detail_as_of(sudut, infojab_id, posisi)
    _looked_at(rinci.kotak, posisi)
    return _one(sudut, rinci)


@router.get(
    "/usulan/{usulan_id}/infojab/kelengkapan",
    response=PapanKeluar,
    summary="Kelengkapan per unit dalam usulan",
)
def get_draft_board(
    request: HttpRequest, usulan_id: UsulanId, unor: int | None = Query(None, ge=1, le=2**63 - 1)
) -> Any:
    _actor, usulan = read(request, usulan_id)
    return _board(view_of(usulan), unor)


@router.get(
    "/usulan/{usulan_id}/infojab/{int:infojab_id}",
    response=InfojabDraf,
    summary="Informasi jabatan dalam usulan",
)
def get_draft(request: HttpRequest, usulan_id: UsulanId, infojab_id: InfojabId, posisi: Posisi = None) -> Any:
    """Sections as the draft says them, beside what the base version says. Write with ``tulis-isian``."""
    _actor, usulan = read(request, usulan_id)
    sudut = view_of(usulan)
    rinci = detail_of_draft(sudut, infojab_id, posisi)
    _looked_at(rinci.kotak, posisi)
    remarks = open_counts(usulan.pk, infojab_id)
    parts = {
        code: {
            "isian_id": isian_id(code, infojab_id=infojab_id),
            "isi": part.isi if part else None,
            "terbit": part.terbit if part else None,
            "berubah": part.berubah if part else False,
            "revisi": part.revisi if part else 0,
            "oleh": part.oleh if part else "",
            "komentar_terbuka": remarks.get(code, 0),
        }
        for code in DICETAK
        for part in [rinci.draf.get(code)]
    }
    return _one(sudut, rinci) | {"usulan_id": usulan.pk, "revisi": usulan.revisi, "bagian": parts}


@router.get(
    "/usulan/{usulan_id}/infojab/{int:infojab_id}/saran/{bagian}",
    response=DaftarSaran,
    summary="Saran isian satu bagian",
)
def get_suggestions(
    request: HttpRequest, usulan_id: UsulanId, infojab_id: InfojabId, bagian: str, posisi: Posisi = None
) -> Any:
    """From published informasi jabatan of the same or a similar jabatan, best first."""
    _actor, usulan = read(request, usulan_id)
    if bagian not in DICETAK:
        raise Http404("Bagian itu tidak ada.")
    sudut = view_of(usulan)
    box = user_of(sudut, infojab_id, posisi)
    _looked_at(box, posisi)
    held = sections_of(usulan, [infojab_id])[infojab_id].get(bagian)
    found = suggestions(sudut, box, bagian, held.isi if held else None, infojab_id)
    return {
        "isi": [
            {
                "isian": s.isian, "isi": s.isi, "teks": s.teks, "skor": s.skor, "banyak": s.banyak,
                "mirip_jabatan": s.terbaik.mirip_jabatan, "mirip_unit": s.terbaik.mirip_unit,
                "infojab_id": s.terbaik.sumber.infojab_id, "instansi_id": s.terbaik.sumber.instansi_id,
                "instansi": s.terbaik.sumber.instansi, "jabatan": s.terbaik.sumber.jabatan,
                "unit": s.terbaik.sumber.unit, "versi": s.terbaik.sumber.versi,
            }
            for s in found
        ]
    }  # fmt: skip


def _looked_at(box: Kotak, posisi: int | None) -> None:
    """Raises Http404 when the box asked for is another one than the detail is of."""
    if posisi not in (None, box.id):
        raise Http404(f"Jabatan {posisi} tidak memakai informasi jabatan ini pada peta ini.")


def _one(sudut: Sudut, rinci: RinciInfojab) -> dict[str, Any]:
    box, users = rinci.kotak, users_of(sudut, [rinci.infojab_id])
    units = units_of(sudut, {user.unor_id for user in users})
    isi: Mapping[str, Any] = rinci.isi
    return {
        "id": rinci.infojab_id,
        "instansi_id": sudut.instansi_id,
        "versi": sudut.versi,
        "posisi_id": box.id,
        "nama": box.nama,
        "kelas": box.kelas,
        "unit_kerja": rinci.unit_kerja,
        "isi": {code: isi[code] for code in DICETAK if code in isi},
        "persen": rinci.kelengkapan.persen,
        "kelengkapan": list(rinci.kelengkapan.bagian),
        "pemakai": [
            {"posisi_id": b.id, "nama": b.nama, "unor_id": b.unor_id, "unor": units[b.unor_id].nama}
            for b in users
        ],
    }


def _recap(rekap: Rekap) -> dict[str, Any]:
    names = ("kotak", "ada", "lengkap", "wajib", "terisi", "persen", "keadaan")
    return {name: getattr(rekap, name) for name in names}


def _board(sudut: Sudut, unor: int | None) -> dict[str, Any]:
    papan = board_of(sudut, unor)
    return _recap(papan.rekap) | {
        "unor_id": papan.unit.id,
        "nama": papan.unit.nama,
        "bawahan": [_recap(r) | {"unor_id": u.id, "nama": u.nama} for u, r in papan.anak],
        "per_bagian": dict(papan.bagian),
    }
