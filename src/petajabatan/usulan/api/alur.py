"""The way through the offices: actions, history, the decision."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Path, Query, Router

from petajabatan.inti.actor import Actor
from petajabatan.inti.api import cut_page, decode_cursor
from petajabatan.inti.temuan import Ditolak, Temuan, refuse
from petajabatan.usulan.api.bentuk import Lembaran, TemuanUsulanKeluar, UsulanKeluar
from petajabatan.usulan.api.bentuk_alur import (
    DaftarRiwayat,
    DaftarTindakan,
    HasilTindakan,
    KeputusanKeluar,
    KeputusanTerbuka,
    PembatalanMasuk,
    TindakanMasuk,
    VersiLintas,
)
from petajabatan.usulan.api.bersama import (
    ORANG,
    TETAPKAN,
    TULIS,
    BilaCocok,
    KunciIdempotensi,
    UsulanId,
    locked,
    read,
    reader,
)
from petajabatan.usulan.api.sekali import Hasil, once
from petajabatan.usulan.models import Keputusan, RiwayatUsulan, Usulan
from petajabatan.usulan.queries.keputusan import public_decision
from petajabatan.usulan.queries.terlihat import usulan_for
from petajabatan.usulan.rules.alur import JUDUL, rights_of, transition_of
from petajabatan.usulan.services.batal import cancel_version
from petajabatan.usulan.services.izin import role_for
from petajabatan.usulan.services.keputusan import clean_code
from petajabatan.usulan.services.terbit import Penetapan, publish_usulan
from petajabatan.usulan.services.transisi import Surat, findings_for, move

router = Router()
MENGIKAT = frozenset({"tanda-tangani", "periksa-kedua", "setujui", "tolak", "tetapkan"})
"""Actions by which an office decides: a token needs ``usulan:tetapkan`` for them."""
MENYENTUH_ORANG = frozenset({"setujui", "tetapkan"})
"""Actions that tell or place people: a token needs ``pegawai:baca``, else they would find nobody."""
Tindakan = Annotated[str, Path(max_length=40, description="lihat GET …/tindakan")]


def scopes_for(tindakan: str) -> tuple[str, ...]:
    """Scopes a token needs for an action, besides ``usulan:baca``."""
    people = (ORANG,) if tindakan in MENYENTUH_ORANG else ()
    return (TETAPKAN if tindakan in MENGIKAT else TULIS, *people)


@router.get("/usulan/{usulan_id}/tindakan", response=DaftarTindakan, summary="Tindakan yang mungkin")
def list_actions(request: HttpRequest, usulan_id: UsulanId) -> dict[str, Any]:
    """Actions that the account's roles take in this state, and what forbids them for now (by the findings
    of the last check; the action itself checks anew)."""
    actor, usulan = read(request, usulan_id)
    found = []
    for name, title in JUDUL.items():
        step = transition_of(name, usulan.status)
        rights = rights_of(name, usulan.layanan, usulan.jenis, usulan.status)
        if step is None or role_for(actor, rights, usulan) is None:
            continue
        against = findings_for(actor, usulan, name)
        needs = ["alasan"] if step.alasan else []
        needs += ["surat", "nomor", "tanggal"] if step.surat else []
        needs += ["nomor", "tanggal", "berlaku"] if name == "tetapkan" else []
        found.append(
            {
                "tindakan": name,
                "judul": title,
                "ke": step.ke,
                "boleh": not against,
                "perlu": needs,
                "temuan": [TemuanUsulanKeluar.model_validate(t.as_dict()) for t in against],
            }
        )
    return {"status": usulan.status, "revisi": usulan.revisi, "isi": found}


@router.post(
    "/usulan/{usulan_id}/tindakan/{tindakan}", response=HasilTindakan, summary="Jalankan tindakan alur"
)
def post_action(
    request: HttpRequest,
    usulan_id: UsulanId,
    tindakan: Tindakan,
    isi: TindakanMasuk,
    kunci: KunciIdempotensi = None,
    bila_cocok: BilaCocok = None,
) -> HttpResponse:
    """Every transition, publishing (``tetapkan``) included: checked, recorded, told, as on the pages."""
    actor = reader(request, *scopes_for(tindakan))
    usulan_for(actor, usulan_id)

    def work() -> Hasil:
        usulan = locked(actor, usulan_id, bila_cocok, wajib=False)
        if tindakan == "tetapkan":
            _publish(actor, usulan, isi)
        else:
            letter = Surat(isi.surat, isi.nomor, isi.tanggal) if tindakan == "tanda-tangani" else None
            move(actor, usulan_id, tindakan, revisi=isi.revisi, alasan=isi.alasan, surat=letter)
        usulan = usulan_for(actor, usulan_id)
        decision = Keputusan.objects.filter(usulan=usulan).first() if tindakan == "tetapkan" else None
        body = HasilTindakan(
            usulan=UsulanKeluar.from_orm(usulan), keputusan=_decision(decision) if decision else None
        )
        return Hasil(body, usulan=usulan)

    return once(request, actor, kunci, work)


def _publish(actor: Actor, usulan: Usulan, isi: TindakanMasuk) -> None:
    missing = [name for name in ("nomor", "tanggal", "berlaku") if not getattr(isi, name)]
    if missing:
        raise Ditolak(
            [
                Temuan(
                    "penetapan-belum-lengkap", "galat", f"{name} keputusan belum diisi.", "Isi.", kolom=name
                )
                for name in missing
            ]
        )
    if isi.revisi is not None and isi.revisi != usulan.revisi:
        refuse(
            "usulan-sudah-berubah",
            f"Usulan ini berubah sejak Anda membacanya (revisi {isi.revisi}, kini {usulan.revisi}).",
            "Baca lagi, lihat perubahannya, lalu putuskan lagi.",
            nilai=str(usulan.revisi),
        )
    assert isi.tanggal is not None and isi.berlaku is not None
    publish_usulan(actor, usulan.pk, Penetapan(isi.nomor, isi.tanggal, isi.berlaku))


@router.post(
    "/usulan/{usulan_id}/batalkan-versi", response=VersiLintas, summary="Batalkan versi sebelum berlaku"
)
def post_cancel_version(
    request: HttpRequest, usulan_id: UsulanId, isi: PembatalanMasuk, kunci: KunciIdempotensi = None
) -> HttpResponse:
    """Takes a scheduled version back before its day; the answer is the version that does so."""
    actor = reader(request, TETAPKAN, ORANG)
    usulan = usulan_for(actor, usulan_id)

    def work() -> Hasil:
        if usulan.versi_terbit is None:
            refuse("belum-ditetapkan", "Usulan ini belum ditetapkan.", "Batalkan usulannya saja.")
        made = cancel_version(actor, usulan.instansi_id, usulan.versi_terbit, isi.alasan)
        return Hasil(VersiLintas(instansi_id=made.instansi_id, versi=made.nomor, berlaku=made.berlaku))

    return once(request, actor, kunci, work)


@router.get("/usulan/{usulan_id}/riwayat", response=DaftarRiwayat, summary="Riwayat usulan")
def list_history(request: HttpRequest, usulan_id: UsulanId, saring: Query[Lembaran]) -> dict[str, Any]:
    """Every transition: who, when, why, and what they saw; oldest first."""
    _, usulan = read(request, usulan_id)
    rows = RiwayatUsulan.objects.filter(usulan=usulan).order_by("id")
    after = decode_cursor(saring.kursor, int)
    if after:
        rows = rows.filter(pk__gt=max(0, min(after[0], 2**63 - 1)))
    page, following = cut_page(list(rows[: saring.batas + 1]), saring.batas, lambda row: (row.pk,))
    return {"isi": page, "berikutnya": following}


@router.get("/usulan/{usulan_id}/keputusan", response=KeputusanKeluar, summary="Keputusan usulan")
def get_decision(request: HttpRequest, usulan_id: UsulanId) -> KeputusanKeluar:
    _, usulan = read(request, usulan_id)
    row = Keputusan.objects.filter(usulan=usulan).first()
    if row is None:
        raise Http404("Usulan ini belum ditetapkan.")
    return _decision(row)


def _decision(row: Keputusan) -> KeputusanKeluar:
    values = {name: getattr(row, name) for name in KeputusanKeluar.model_fields if name != "dokumen_tersedia"}
    return KeputusanKeluar(**values, dokumen_tersedia=row.berkas_id is not None)


@router.get(
    "/keputusan/{kode}", response=KeputusanTerbuka, auth=None, summary="Verifikasi keputusan (publik)"
)
def verify_decision(request: HttpRequest, kode: Annotated[str, Path(max_length=64)]) -> Any:
    """What anybody who holds the code may know; no account is needed. Spaces and hyphens do not matter."""
    found = public_decision(clean_code(kode))
    if found is None:
        raise Http404("Tidak ada keputusan dengan kode itu.")
    return found
