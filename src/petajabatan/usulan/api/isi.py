"""The content of a draft: operations in, undone and done again; the check and what it found."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from petajabatan.inti.actor import Actor
from petajabatan.inti.api import cut_page, decode_cursor
from petajabatan.inti.temuan import refuse
from petajabatan.usulan.api.bentuk import (
    TEMUAN_MAKS,
    DaftarOperasi,
    DaftarTemuanUsulan,
    HasilOperasi,
    Lembaran,
    OperasiMasuk,
    SaringTemuan,
)
from petajabatan.usulan.api.bersama import (
    TULIS,
    BilaCocok,
    KunciIdempotensi,
    UsulanId,
    conflicts,
    locked,
    read,
    reader,
)
from petajabatan.usulan.api.contoh import OPENAPI_OPERASI
from petajabatan.usulan.api.pokok import known_basis
from petajabatan.usulan.api.sekali import Hasil, once
from petajabatan.usulan.models import Dokumen, Operasi, TemuanUsulan, Usulan
from petajabatan.usulan.queries.temuan import column_words, finding_of
from petajabatan.usulan.queries.terlihat import usulan_for
from petajabatan.usulan.rules.operasi import JUDUL
from petajabatan.usulan.services import add_operations, redo, undo
from petajabatan.usulan.services.pemeriksaan import check_all
from petajabatan.usulan.services.penyunting import HasilEdit

router = Router()
INT_MAKS = 2**31 - 1


@router.get("/usulan/{usulan_id}/operasi", response=DaftarOperasi, summary="Operasi usulan")
def list_operations(request: HttpRequest, usulan_id: UsulanId, saring: Query[Lembaran]) -> dict[str, Any]:
    """As they were made, undone ones too."""
    _, usulan = read(request, usulan_id)
    after = decode_cursor(saring.kursor, int)
    rows = Operasi.objects.filter(usulan=usulan).order_by("nomor").defer("perubahan")
    if after:
        rows = rows.filter(nomor__gt=max(0, min(after[0], INT_MAKS)))
    page, following = cut_page(list(rows[: saring.batas + 1]), saring.batas, lambda row: (row.nomor,))
    files = {row.bukti_id for row in page if row.bukti_id}
    evidence = dict(Dokumen.objects.filter(usulan=usulan, berkas_id__in=files).values_list("berkas_id", "pk"))
    return {
        "isi": [_operation(row, evidence.get(row.bukti_id) if row.bukti_id else None) for row in page],
        "berikutnya": following,
    }


def _operation(row: Operasi, bukti: int | None) -> dict[str, Any]:
    return {
        "nomor": row.nomor,
        "kelompok": row.kelompok,
        "jenis": row.jenis,
        "judul": JUDUL.get(row.jenis, row.jenis),
        "aturan": row.aturan,
        "isi": {name: value for name, value in row.isi.items() if not name.startswith("_")},
        "ringkas": row.ringkas,
        "diurungkan": not row.aktif,
        "membatalkan": row.membatalkan,
        "dasar_hukum_id": row.dasar_hukum_id,
        "pasal": row.pasal,
        "alasan": row.alasan,
        "bukti": bukti,
        "oleh": row.oleh,
        "pada": row.pada,
    }


@router.post(
    "/usulan/{usulan_id}/operasi",
    response={201: HasilOperasi},
    summary="Tambahkan operasi",
    openapi_extra=OPENAPI_OPERASI,
)
def post_operations(
    request: HttpRequest,
    usulan_id: UsulanId,
    isi: OperasiMasuk,
    kunci: KunciIdempotensi = None,
    bila_cocok: BilaCocok = None,
) -> HttpResponse:
    """All or none, as one action. Ids below zero are placeholders: a new unit called −1 can be named by other
    operations of the same request; ``id_baru`` of the answer tells the ids they were given."""
    actor = reader(request, TULIS)

    def edit(usulan: Usulan) -> HasilEdit:
        return add_operations(
            actor,
            usulan.pk,
            isi.operasi,
            dasar_hukum_id=known_basis(usulan.instansi_id, isi.dasar_hukum_id),
            pasal=isi.pasal,
            alasan=isi.alasan,
            bukti_id=_evidence(usulan, isi.bukti),
            revisi=isi.revisi,
        )

    return _edited(request, actor, usulan_id, kunci, bila_cocok, edit, 201)


def _evidence(usulan: Usulan, dokumen_id: int | None) -> str | None:
    if dokumen_id is None:
        return None
    found = Dokumen.objects.filter(pk=dokumen_id, usulan=usulan, ditarik_pada=None).first()
    if found is None:
        refuse(
            "bukti-tidak-ada",
            f"Dokumen {dokumen_id} tidak ada pada usulan ini, atau sudah ditarik.",
            "Unggah dahulu lewat POST …/dokumen, lalu sebut id-nya.",
            kolom="bukti",
            nilai=str(dokumen_id),
        )
    return str(found.berkas_id)


@router.post("/usulan/{usulan_id}/urungkan", response=HasilOperasi, summary="Urungkan tindakan terakhir")
def post_undo(
    request: HttpRequest,
    usulan_id: UsulanId,
    kunci: KunciIdempotensi = None,
    bila_cocok: BilaCocok = None,
) -> HttpResponse:
    """Nothing to undo: the draft as it is, ``nomor`` empty."""
    actor = reader(request, TULIS)
    return _edited(request, actor, usulan_id, kunci, bila_cocok, lambda u: undo(actor, u.pk), 200)


@router.post("/usulan/{usulan_id}/ulangi", response=HasilOperasi, summary="Ulangi yang baru diurungkan")
def post_redo(
    request: HttpRequest,
    usulan_id: UsulanId,
    kunci: KunciIdempotensi = None,
    bila_cocok: BilaCocok = None,
) -> HttpResponse:
    actor = reader(request, TULIS)
    return _edited(request, actor, usulan_id, kunci, bila_cocok, lambda u: redo(actor, u.pk), 200)


def _edited(
    request: HttpRequest,
    actor: Actor,
    usulan_id: int,
    kunci: str | None,
    bila_cocok: str | None,
    edit: Callable[[Usulan], HasilEdit],
    status: int,
) -> HttpResponse:
    usulan_for(actor, usulan_id)

    def work() -> Hasil:
        done = edit(locked(actor, usulan_id, bila_cocok, wajib=True))
        return Hasil(_result(done), status, done.usulan)

    return once(request, actor, kunci, work)


def _result(done: HasilEdit) -> HasilOperasi:
    touched = [p.kunci for p in done.perubahan]
    found, words = [t.as_dict() for t in done.temuan], column_words()
    for objek in ("unor", "posisi"):
        ids = [key for kind, key in touched if kind == objek]
        if ids and len(found) < TEMUAN_MAKS:
            rows = TemuanUsulan.objects.filter(usulan=done.usulan, objek=objek, objek_id__in=ids).order_by(
                "id"
            )
            found += [finding(done.usulan, row, words) for row in rows[: TEMUAN_MAKS - len(found)]]
    return HasilOperasi.model_validate(
        {
            "usulan_id": done.usulan.pk,
            "status": done.usulan.status,
            "revisi": done.revisi,
            "nomor": done.nomor,
            "id_baru": {str(key): value for key, value in done.id_baru.items()},
            "disentuh": touched,
            "temuan": found,
        }
    )


def finding(usulan: Usulan, row: TemuanUsulan, kolom: dict[str, str]) -> dict[str, Any]:
    """As the pages show it, and which object it is about."""
    return finding_of(usulan, row, kolom).as_dict() | {
        "objek": row.objek,
        "objek_id": row.objek_id,
        "bawaan": row.bawaan,
    }


@router.post("/usulan/{usulan_id}/periksa", response=DaftarTemuanUsulan, summary="Periksa seluruhnya")
def post_check(request: HttpRequest, usulan_id: UsulanId, saring: Query[SaringTemuan]) -> dict[str, Any]:
    """The whole check, as at the gates; the findings then stand under ``temuan``. It may be asked again."""
    actor = reader(request, TULIS)
    usulan_for(actor, usulan_id)
    with conflicts():
        check_all(actor, usulan_id)
    return _findings(usulan_for(actor, usulan_id), saring)


@router.get("/usulan/{usulan_id}/temuan", response=DaftarTemuanUsulan, summary="Temuan usulan")
def list_findings(request: HttpRequest, usulan_id: UsulanId, saring: Query[SaringTemuan]) -> dict[str, Any]:
    """Findings of the last check; every edit checks what it affects."""
    _, usulan = read(request, usulan_id)
    return _findings(usulan, saring)


def _findings(usulan: Usulan, saring: SaringTemuan) -> dict[str, Any]:
    rows = TemuanUsulan.objects.filter(usulan=usulan).order_by("id")
    counts = dict.fromkeys(("galat", "peringatan", "catatan", "bawaan"), 0)
    for tingkat, bawaan, n in rows.order_by().values_list("tingkat", "bawaan").annotate(n=Count("id")):
        counts["bawaan" if bawaan else tingkat] += n
    if saring.tingkat is not None:
        rows = rows.filter(tingkat=saring.tingkat)
    if saring.bawaan is not None:
        rows = rows.filter(bawaan=saring.bawaan)
    after = decode_cursor(saring.kursor, int)
    if after:
        rows = rows.filter(pk__gt=max(0, min(after[0], 2**63 - 1)))
    page, following = cut_page(list(rows[: saring.batas + 1]), saring.batas, lambda row: (row.pk,))
    words = column_words()
    return {
        "revisi": usulan.revisi,
        "jumlah": counts,
        "isi": [finding(usulan, row, words) for row in page],
        "berikutnya": following,
    }
