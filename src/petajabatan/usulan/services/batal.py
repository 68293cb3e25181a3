"""Taking a scheduled version back before its day."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from petajabatan.akun.rules import roles_that_may
from petajabatan.inti.actor import Actor
from petajabatan.inti.izin import require
from petajabatan.inti.jam import today
from petajabatan.inti.temuan import refuse
from petajabatan.inti.tunda import run_deferred_checks
from petajabatan.jabatan.queries.kanonik import map_hash
from petajabatan.jabatan.queries.versi import last_version, version_of
from petajabatan.jabatan.services.terbit import lock_map
from petajabatan.organisasi.models import PetaVersi
from petajabatan.pegawai.services.penempatan import cancel_placement
from petajabatan.usulan.models import Keputusan, RiwayatUsulan, Usulan
from petajabatan.usulan.services.kabar import tell
from petajabatan.usulan.services.kabar_selaras import tell_overtaken

_FILE = Path(__file__).resolve().parent.parent / "sql" / "batal.sql"
SQL: dict[str, str] = {
    name: body.strip()
    for name, body in re.findall(r"^-- name: (\w+)\n(.*?)(?=^-- name: |\Z)", _FILE.read_text(), re.M | re.S)
}


_STEPS = (
    "akhiri_isian", "akhiri_posisi", "akhiri_unor", "pulihkan_unor", "pulihkan_posisi", "pulihkan_isian",
    "lepas_kode", "pulihkan_kode",
)  # fmt: skip


def cancel_version(actor: Actor, instansi_id: int, versi: int, alasan: str) -> PetaVersi:
    """Cancel the last version of a map before it comes into force: the next version, of the same day, says
    what the map said before it. Seats it had moved go back; its decision is marked as cancelled,
    and those concerned are told.

    A second call gives the version that cancelled it. Raises PermissionDenied, PetaTidakAda; Ditolak for a
    version that is in force, that is not the last, that came by no usulan, or that is part of a bundle.
    """
    require(actor, *roles_that_may("tetapkan"), instansi_id=instansi_id)
    with transaction.atomic():
        lock_map(instansi_id)
        row = version_of(instansi_id, versi)
        decision = Keputusan.objects.filter(instansi_id=instansi_id, versi=versi).first()
        if decision is not None and decision.dibatalkan_versi is not None:
            return version_of(instansi_id, decision.dibatalkan_versi)
        _check(row, decision, alasan)
        assert decision is not None
        made = _write(actor, row, alasan)
        cancel_placement(actor, instansi_id, versi)
        decision.dibatalkan_versi = made.nomor
        decision.save(update_fields=["dibatalkan_versi"])
        _record(actor, decision.usulan, made, alasan)
        tell_overtaken(actor, instansi_id, made.nomor)
        return made


def _check(row: PetaVersi, decision: Keputusan | None, alasan: str) -> None:
    last = last_version(row.instansi_id)
    if decision is None:
        refuse(
            "bukan-dari-usulan",
            f"Versi {row.nomor} tidak ditetapkan dari usulan.",
            "Perbaiki dengan usulan baru.",
        )
    if row.berlaku <= today():
        refuse(
            "versi-sudah-berlaku",
            f"Versi {row.nomor} sudah berlaku sejak {row.berlaku}.",
            "Buat usulan perbaikan; versi yang sudah berlaku tidak dibatalkan.",
        )
    if last is not None and last.nomor != row.nomor:
        refuse(
            "bukan-versi-terakhir",
            f"Sesudah versi {row.nomor} sudah ditetapkan versi {last.nomor}.",
            f"Batalkan dahulu versi {last.nomor}, atau buat usulan perbaikan.",
        )
    if row.lintas_id is not None:
        refuse(
            "versi-lintas",
            "Versi ini bagian dari penetapan lintas instansi.",
            "Perbaiki dengan usulan lintas instansi yang baru.",
        )
    if not alasan.strip():
        refuse("alasan-kosong", "Alasan pembatalan kosong.", "Isi alasannya.", kolom="alasan")


def _write(actor: Actor, row: PetaVersi, alasan: str) -> PetaVersi:
    made = PetaVersi.objects.create(
        instansi_id=row.instansi_id,
        nomor=row.nomor + 1,
        jenis=PetaVersi.Jenis.USULAN,
        berlaku=row.berlaku,
        ditetapkan_pada=timezone.now(),
        ditetapkan_oleh=actor.nama[:200],
        keterangan=f"Pembatalan versi {row.nomor}: {alasan.strip()}",
        usulan_id=row.usulan_id,
    )
    params: dict[str, Any] = {"instansi": row.instansi_id, "versi": row.nomor, "batal": made.nomor}
    params["kode"] = _codes_ended(row)
    with connection.cursor() as cursor:
        for step in _STEPS:
            cursor.execute(SQL[step], params)
        made.hash = map_hash(row.instansi_id, made.nomor)
        PetaVersi.objects.filter(instansi_id=row.instansi_id, nomor=made.nomor).update(hash=made.hash)
    run_deferred_checks()
    return made


def _codes_ended(row: PetaVersi) -> list[int]:
    """External codes that the version ended, as its publication recorded them."""
    found = (
        RiwayatUsulan.objects.filter(usulan_id=row.usulan_id or 0, tindakan="akhiri-kode")
        .order_by("-id")
        .values_list("ringkas", flat=True)
        .first()
    )
    return list((found or {}).get("kode", []))


def _record(actor: Actor, usulan: Usulan, made: PetaVersi, alasan: str) -> None:
    row = RiwayatUsulan.objects.create(
        usulan=usulan,
        instansi_id=usulan.instansi_id,
        tindakan="batalkan-versi",
        dari=usulan.status,
        ke=usulan.status,
        revisi=usulan.revisi,
        oleh_id=actor.id,
        oleh=actor.nama[:200],
        alasan=alasan.strip(),
        ringkas={"versi": usulan.versi_terbit, "dibatalkan_versi": made.nomor},
    )
    tell(actor, usulan, "batalkan-versi", row.pk, alasan.strip())
