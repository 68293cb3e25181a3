"""Never typing twice, for machines: replicate, master of the pembina, templates. All a page of it can do."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from petajabatan.anjab.api.bentuk_salin import (
    DaftarJodoh,
    DaftarMaster,
    DaftarSimpangan,
    DaftarSumber,
    DaftarTemplat,
    HasilSalin,
    MasterMasuk,
    PratinjauSalin,
    SalinMasuk,
    SaringMasterApi,
    TemplatRinci,
    TerapMasuk,
)
from petajabatan.anjab.queries.master import JENIS_KODE, SaringMaster, mapped, search_master
from petajabatan.anjab.queries.replikasi import search_source
from petajabatan.anjab.queries.templat import templates_for, version_for
from petajabatan.anjab.rules.nama_master import unit_name
from petajabatan.anjab.services.replikasi import preview, propose, replicate
from petajabatan.anjab.services.templat_terap import (
    UnitSimpang,
    add_from_master,
    apply_template,
    compare_units,
    deviations,
)
from petajabatan.inti.actor import Actor
from petajabatan.inti.api import api_actor
from petajabatan.inti.temuan import Temuan
from petajabatan.usulan.api.bersama import (
    TULIS,
    BilaCocok,
    KunciIdempotensi,
    UsulanId,
    locked,
    read,
    reader,
)
from petajabatan.usulan.api.sekali import Hasil, once
from petajabatan.usulan.models import Usulan
from petajabatan.usulan.queries.terlihat import usulan_for
from petajabatan.usulan.services.hak import may_draft
from petajabatan.usulan.services.penyunting import HasilEdit

router = Router()
UnitId = Annotated[int, Field(ge=1, le=2**63 - 1)]


def _drafter(request: HttpRequest, usulan_id: int) -> tuple[Actor, Usulan]:
    actor, usulan = read(request, usulan_id)
    may_draft(actor, usulan.instansi_id, usulan.layanan, usulan.cabang_id)
    return actor, usulan


class CariSumber(Schema):
    q: str = Field(min_length=1, max_length=120, description="nama unit; salah ketik dimaafkan")
    semua: bool = Field(False, description="peta terbit semua instansi")


@router.get("/usulan/{usulan_id}/replikasi/sumber", response=DaftarSumber, summary="Cari unit sumber")
def list_sources(request: HttpRequest, usulan_id: UsulanId, saring: Query[CariSumber]) -> dict[str, Any]:
    """Units to copy from: of this draft and its published map, or of any published map."""
    _, usulan = _drafter(request, usulan_id)
    rows = search_source(usulan, saring.q, saring.semua)
    names = ("id", "nama", "tempat", "instansi", "baru")
    return {"isi": [{name: getattr(u, name) for name in names} for u in rows]}


class CariJodoh(Schema):
    sumber: UnitId
    tujuan: list[UnitId] = Field(min_length=1, max_length=200)


@router.post("/usulan/{usulan_id}/replikasi/pasangan", response=DaftarJodoh, summary="Cocokkan unit")
def post_pairs(request: HttpRequest, usulan_id: UsulanId, isi: CariJodoh) -> dict[str, Any]:
    """Which unit of the source would go to which unit of each target branch, with the reasons of every score.
    Nothing is changed."""
    actor, _ = _drafter(request, usulan_id)
    asal, found = propose(actor, usulan_id, isi.sumber, isi.tujuan)
    return {
        "sumber": asal.unit.nama,
        "instansi": asal.instansi,
        "versi": asal.versi,
        "isi": [
            {
                "sumber": j.sumber,
                "tujuan": j.tujuan,
                "skor": j.skor,
                "alasan": [
                    {"kriteria": a.kriteria, "nilai": a.nilai, "maks": a.maks, "sebab": a.sebab}
                    for a in j.alasan
                ],
            }
            for j in found
        ],
    }


@router.post(
    "/usulan/{usulan_id}/replikasi/pratinjau", response=PratinjauSalin, summary="Pratinjau penyalinan"
)
def post_preview(request: HttpRequest, usulan_id: UsulanId, isi: SalinMasuk) -> dict[str, Any]:
    """What copying would do. Nothing is changed."""
    actor, _ = _drafter(request, usulan_id)
    seen = preview(actor, usulan_id, isi.permintaan())
    return seen.rencana.ringkas() | {
        "revisi": seen.revisi,
        "isi": [
            {
                "sumber": s.sumber.id,
                "jabatan": s.sumber.nama,
                "unor_id": s.unor_id,
                "posisi_id": s.kotak.id if s.kotak else None,
                "kelas": s.kelas,
                "k": s.k,
                "isian": list(s.isian),
                "baris_abk": s.abk,
                "k_lembar": s.k_lembar,
                "k_berubah": s.k_berubah,
                "sudah_lengkap": s.lengkap,
            }
            for s in seen.rencana.salin
        ],
        "temuan": _found(seen.rencana.temuan),
    }


@router.post("/usulan/{usulan_id}/replikasi", response={201: HasilSalin}, summary="Salin jabatan")
def post_replication(
    request: HttpRequest,
    usulan_id: UsulanId,
    isi: SalinMasuk,
    kunci: KunciIdempotensi = None,
    bila_cocok: BilaCocok = None,
) -> HttpResponse:
    """Copy as one action, undone together. What is there already is completed and never overwritten."""
    actor = reader(request, TULIS)
    usulan_for(actor, usulan_id)

    def work() -> Hasil:
        usulan = locked(actor, usulan_id, bila_cocok, wajib=True)
        made = replicate(actor, usulan.pk, isi.permintaan())
        return _done(usulan, made.edit, made.describe(), made.rencana.temuan)

    return once(request, actor, kunci, work)


@router.get("/usulan/{usulan_id}/master", response=DaftarMaster, summary="Unit menurut master pembina")
def list_masters(request: HttpRequest, usulan_id: UsulanId, saring: Query[SaringMasterApi]) -> dict[str, Any]:
    """Schools and health facilities of the region of the instansi, and which of them are mapped."""
    _, usulan = _drafter(request, usulan_id)
    wanted = SaringMaster(
        saring.q, saring.jenis, saring.kecamatan, saring.bentuk, saring.belum, saring.wilayah
    )
    rows = list(search_master(usulan, wanted)[saring.lewati : saring.lewati + saring.batas])
    held = mapped(usulan, rows)
    return {
        "isi": [
            {
                "id": m.pk,
                "jenis": m.jenis,
                "kode_jenis": JENIS_KODE[m.jenis],
                "kode": m.kunci,
                "nama": unit_name(m.nama),
                "bentuk": m.bentuk,
                "kecamatan": m.kecamatan,
                "wilayah": m.wilayah_id,
                "unor_id": held[m.pk].unor_id if m.pk in held else None,
                "dalam_usulan": m.pk in held and held[m.pk].draf,
            }
            for m in rows
        ]
    }


@router.post("/usulan/{usulan_id}/master", response={201: HasilSalin}, summary="Ambil unit dari master")
def post_masters(
    request: HttpRequest,
    usulan_id: UsulanId,
    isi: MasterMasuk,
    kunci: KunciIdempotensi = None,
    bila_cocok: BilaCocok = None,
) -> HttpResponse:
    """New units with their external codes, and the posts of a template where one is named."""
    actor = reader(request, TULIS)
    usulan_for(actor, usulan_id)

    def work() -> Hasil:
        usulan = locked(actor, usulan_id, bila_cocok, wajib=True)
        made = add_from_master(actor, usulan.pk, isi.master_id, isi.atasan_id, versi_id=isi.versi_id)
        return _done(usulan, made.edit, made.describe() | {"unor_id": made.unit}, made.temuan)

    return once(request, actor, kunci, work)


@router.get("/templat-pembina", response=DaftarTemplat, summary="Templat pembina")
def list_templates(request: HttpRequest) -> dict[str, Any]:
    """Templates with a published version."""
    actor = api_actor(request)
    return {
        "isi": [
            {
                "id": t.pk,
                "nama": t.nama,
                "pembina": t.pembina.nama,
                "jenis_master": t.jenis_master,
                "bentuk": t.bentuk,
                "versi": [
                    {"id": v.pk, "nomor": v.nomor, "terbit_pada": v.terbit_pada, "catatan": v.catatan}
                    for v in t.versi.all()
                    if v.terbit
                ],
            }
            for t in templates_for(actor)
            if any(v.terbit for v in t.versi.all())
        ]
    }


@router.get(
    "/templat-pembina/{templat_id}/versi/{nomor}", response=TemplatRinci, summary="Isi satu versi templat"
)
def get_template(request: HttpRequest, templat_id: int, nomor: int) -> dict[str, Any]:
    """Units and posts as the ministry published them."""
    row = version_for(api_actor(request), min(templat_id, 2**63 - 1), min(nomor, 2**31 - 1))
    return {
        "id": row.pk,
        "nama": row.templat.nama,
        "nomor": row.nomor,
        "status": row.status,
        "catatan": row.catatan,
        "isi": row.isi,
    }


class Banding(Schema):
    versi_id: UnitId
    unor_id: list[UnitId] = Field(min_length=1, max_length=300)


@router.get(
    "/usulan/{usulan_id}/templat/simpangan", response=DaftarSimpangan, summary="Simpangan dari templat"
)
def list_deviations(request: HttpRequest, usulan_id: UsulanId) -> dict[str, Any]:
    """Every unit of the draft that follows a template, against its last published version."""
    actor, _ = read(request, usulan_id)
    return _deviations(deviations(actor, usulan_id))


@router.post(
    "/usulan/{usulan_id}/templat/banding", response=DaftarSimpangan, summary="Bandingkan dengan templat"
)
def post_comparison(request: HttpRequest, usulan_id: UsulanId, isi: Banding) -> dict[str, Any]:
    """How these units differ from a version. Nothing is changed."""
    actor, _ = _drafter(request, usulan_id)
    return _deviations(compare_units(actor, usulan_id, isi.versi_id, isi.unor_id))


@router.post("/usulan/{usulan_id}/templat", response={201: HasilSalin}, summary="Terapkan templat")
def post_template(
    request: HttpRequest,
    usulan_id: UsulanId,
    isi: TerapMasuk,
    kunci: KunciIdempotensi = None,
    bila_cocok: BilaCocok = None,
) -> HttpResponse:
    """Bring units in line with a version as one action; they then follow it."""
    actor = reader(request, TULIS)
    usulan_for(actor, usulan_id)

    def work() -> Hasil:
        usulan = locked(actor, usulan_id, bila_cocok, wajib=True)
        made = apply_template(actor, usulan.pk, isi.versi_id, isi.unor_id, jenis=isi.jenis)
        return _done(usulan, made.edit, made.describe() | {"unor_id": made.unit}, made.temuan)

    return once(request, actor, kunci, work)


def _done(usulan: Usulan, edit: HasilEdit | None, isi: dict[str, Any], temuan: Any) -> Hasil:
    now = edit.usulan if edit is not None else usulan
    body = HasilSalin.model_validate(
        isi | {"usulan_id": usulan.pk, "revisi": now.revisi, "temuan": _found(temuan)}
    )
    return Hasil(body, 201, now)


def _found(temuan: Any) -> list[dict[str, Any]]:
    rows: list[Temuan] = list(temuan)
    return [t.as_dict() for t in rows]


def _deviations(rows: list[UnitSimpang]) -> dict[str, Any]:
    names = ("jenis", "unor_id", "unit", "nama", "seharusnya", "adanya", "posisi_id")
    return {
        "isi": [
            {
                "unor_id": row.unit.id,
                "nama": row.unit.nama,
                "templat": row.versi.templat_id,
                "versi": row.versi.nomor,
                "versi_id": row.versi.pk,
                "mengikuti": row.ikut.nomor if row.ikut is not None else None,
                "tertinggal": row.tertinggal,
                "simpangan": [{name: getattr(s, name) for name in names} for s in row.simpangan],
            }
            for row in rows
        ]
    }
