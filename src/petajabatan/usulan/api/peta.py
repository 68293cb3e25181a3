"""The draft as a map: difference, document, level by level."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import Field

from petajabatan.inti.api import etag_of, not_modified
from petajabatan.inti.jam import today
from petajabatan.jabatan.rules.beda import IsiPosisi, Perbedaan
from petajabatan.pegawai.api import PosisiDokumen, UnorDokumen
from petajabatan.pegawai.models import RingkasanInstansi
from petajabatan.usulan.api.bentuk import BedaUsulanKeluar, TingkatUsulan
from petajabatan.usulan.api.bersama import ObjekId, UsulanId, read
from petajabatan.usulan.models import Usulan
from petajabatan.usulan.queries.anak import PosisiDraf, UnorDraf, level_of_draft, root_of_draft
from petajabatan.usulan.queries.draf import net_changes
from petajabatan.usulan.queries.perbedaan import draft_difference, successors_of
from petajabatan.usulan.queries.peta_draf import draft_json
from petajabatan.usulan.rules.objek import OBJEK_PETA, Objek

router = Router()


class UnorDrafDokumen(UnorDokumen):
    usul: str | None = Field(description="tambah, ubah; null: tidak disentuh")


class PosisiDrafDokumen(PosisiDokumen):
    usul: str | None = Field(description="tambah, ubah; null: tidak disentuh")


class ObjekDihapus(Schema):
    id: int
    nama: str
    penerus: list[int]


class PetaUsulanDokumen(Schema):
    """The whole draft: flat lists in no particular order, linked by ``atasan_id`` and ``unor_id``. B is of
    ``tanggal_b``; people of a removed box count on its first successor."""

    usulan_id: int
    revisi: int
    status: str
    instansi_id: int
    dasar_versi: int
    tanggal_b: dt.date
    unor: list[UnorDrafDokumen]
    posisi: list[PosisiDrafDokumen]
    unor_dihapus: list[ObjekDihapus]
    posisi_dihapus: list[ObjekDihapus]


@router.get("/usulan/{usulan_id}/beda", response=BedaUsulanKeluar, summary="Apa yang diubah usulan")
def get_draft_difference(request: HttpRequest, usulan_id: UsulanId) -> dict[str, Any]:
    """As ``/instansi/{kode}/beda``, from the base version to the draft. Six SQL statements."""
    _, usulan = read(request, usulan_id)
    steps = net_changes(usulan, OBJEK_PETA)
    found, successors = draft_difference(usulan, steps), successors_of(steps)

    def row(objek: Objek, one: Perbedaan) -> dict[str, Any]:
        isi = one.isi
        place = isi.unor_id if isinstance(isi, IsiPosisi) else isi.atasan_id
        return {
            "id": one.id,
            "perubahan": list(one.perubahan),
            "nama": isi.nama,
            "letak_id": place,
            "letak": None if place is None else found.nama_unor.get(place),
            "kolom": {name: list(pair) for name, pair in one.kolom.items()},
            "penerus": list(successors.get((objek, one.id), ())),
        }

    return {
        "usulan_id": usulan.pk,
        "revisi": usulan.revisi,
        "instansi_id": usulan.instansi_id,
        "dari": found.dari,
        "ke": usulan.versi_terbit,
        "sebelum": asdict(found.sebelum),
        "sesudah": asdict(found.sesudah),
        "selisih": asdict(found.selisih),
        "ringkasan": found.count(),
        "unor": [row("unor", one) for one in found.unor],
        "posisi": [row("posisi", one) for one in found.posisi],
    }


@router.get("/usulan/{usulan_id}/peta", response=PetaUsulanDokumen, summary="Draf peta sebagai satu dokumen")
def get_draft_map(request: HttpRequest, usulan_id: UsulanId) -> HttpResponse:
    """Written by the database, row by row. The ETag changes with the revision and with every count of B."""
    _, usulan = read(request, usulan_id)
    stamp = RingkasanInstansi.objects.filter(pk=usulan.instansi_id).values_list("stempel", flat=True).first()
    day = today()
    parts = (usulan.pk, usulan.revisi, usulan.status, usulan.dasar_versi, stamp, day)
    etag = etag_of("usulan-peta", *parts)
    unchanged = not_modified(request, etag)
    if unchanged is not None:
        return unchanged
    head = {
        "usulan_id": usulan.pk,
        "revisi": usulan.revisi,
        "status": usulan.status,
        "instansi_id": usulan.instansi_id,
        "dasar_versi": usulan.dasar_versi,
        "tanggal_b": day.isoformat(),
    }
    lists = ", ".join(f'"{name}": {rows}' for name, rows in draft_json(usulan).items())
    response = HttpResponse(
        f"{json.dumps(head)[:-1]}, {lists}}}", content_type="application/json; charset=utf-8"
    )
    response["ETag"] = etag
    return response


@router.get("/usulan/{usulan_id}/unor", response=TingkatUsulan, summary="Akar draf peta")
def get_root(request: HttpRequest, usulan_id: UsulanId) -> dict[str, Any]:
    """The root unit; go on with ``/unor/{unor_id}/anak``."""
    _, usulan = read(request, usulan_id)
    return _level(usulan, root_of_draft(usulan), [])


@router.get(
    "/usulan/{usulan_id}/unor/{unor_id}/anak", response=TingkatUsulan, summary="Satu tingkat draf peta"
)
def get_level(request: HttpRequest, usulan_id: UsulanId, unor_id: ObjekId) -> dict[str, Any]:
    """Units right below a unit and the boxes on it, removed ones last."""
    _, usulan = read(request, usulan_id)
    return _level(usulan, *level_of_draft(usulan, unor_id))


def _level(usulan: Usulan, units: list[UnorDraf], boxes: list[PosisiDraf]) -> dict[str, Any]:
    return {"usulan_id": usulan.pk, "revisi": usulan.revisi, "unor": units, "posisi": boxes}
