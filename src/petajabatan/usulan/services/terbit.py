"""Publishing an usulan: its touched objects become the next version of the map, in one transaction."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from petajabatan.akun.rules import roles_that_may
from petajabatan.inti.actor import Actor, Izin
from petajabatan.inti.izin import require
from petajabatan.inti.jam import today
from petajabatan.inti.temuan import Ditolak, Temuan, refuse
from petajabatan.inti.tunda import run_deferred_checks
from petajabatan.jabatan.queries.kanonik import map_hash
from petajabatan.jabatan.queries.versi import last_version
from petajabatan.jabatan.services.terbit import lock_map
from petajabatan.organisasi.models import PetaVersi
from petajabatan.pegawai.services.penempatan import PindahKursi, place_successors
from petajabatan.usulan.models import RiwayatUsulan, Usulan
from petajabatan.usulan.queries.alur import Ringkas, summary_of
from petajabatan.usulan.queries.draf import net_changes
from petajabatan.usulan.queries.pandangan import PandanganDraf
from petajabatan.usulan.rules.alur import PERBAIKAN_KONFLIK
from petajabatan.usulan.services.kabar_pindah import tell_receivers
from petajabatan.usulan.services.kabar_selaras import tell_overtaken
from petajabatan.usulan.services.keputusan import record_decision
from petajabatan.usulan.services.selaras import rebase_locked
from petajabatan.usulan.services.simpan import lock, stopping_findings
from petajabatan.usulan.services.transisi import mark_published, require_publishable

_FILE = Path(__file__).resolve().parent.parent / "sql" / "terbit.sql"
SQL: dict[str, str] = {
    name: body.strip()
    for name, body in re.findall(r"^-- name: (\w+)\n(.*?)(?=^-- name: |\Z)", _FILE.read_text(), re.M | re.S)
}


@dataclass(frozen=True)
class Penetapan:
    """How a version is decided: the decision's number and date, and the day it takes effect."""

    nomor: str
    tanggal: dt.date
    berlaku: dt.date


def publish_usulan(actor: Actor, usulan_id: int, penetapan: Penetapan) -> PetaVersi:
    """Publish an approved usulan as the next version, effective from ``penetapan.berlaku`` (today or later).

    Brought onto the last version first when another was published meanwhile; undecided conflicts refuse it.
    A second call for the same usulan gives the version it made. People whose seats it touches are placed
    provisionally. Raises PermissionDenied, Http404, Ditolak.
    """
    with transaction.atomic():
        usulan = lock(usulan_id)
        if usulan.status == Usulan.Status.DITETAPKAN:
            require(actor, *roles_that_may("tetapkan"), instansi_id=usulan.instansi_id)
            return PetaVersi.objects.get(instansi_id=usulan.instansi_id, nomor=usulan.versi_terbit or 0)
        if usulan.lintas_id is not None:
            refuse(
                "terbit-bersama",
                "Usulan lintas instansi ditetapkan bersama-sama oleh BKN.",
                "Tunggu sampai semua instansi selesai; BKN menetapkannya sekaligus.",
            )
        return _publish(actor, usulan, penetapan)


def publish_bundle(actor: Actor, lintas_id: int, penetapan: Penetapan) -> list[PetaVersi]:
    """Publish all usulan of a bundle, together or not at all; maps are locked in ascending instansi.

    Raises PermissionDenied; Ditolak when one of them is not approved.
    """
    require(actor, *roles_that_may("verifikasi"))
    with transaction.atomic():
        rows = list(
            Usulan.objects.select_for_update()
            .filter(lintas_id=lintas_id)
            .exclude(status="dibatalkan")
            .order_by("instansi_id", "pk")
        )
        if not rows:
            refuse("lintas-kosong", "Tidak ada usulan dalam ikatan itu.", "Periksa nomornya.")
        if all(row.status == Usulan.Status.DITETAPKAN for row in rows):
            return [PetaVersi.objects.get(instansi_id=r.instansi_id, nomor=r.versi_terbit or 0) for r in rows]
        waiting = [row for row in rows if row.status != Usulan.Status.DISETUJUI]
        if waiting:
            raise Ditolak(
                [
                    Temuan(
                        "lintas-belum-lengkap",
                        "galat",
                        f"{row.nomor} masih {row.get_status_display().lower()}.",
                        "Semua usulan dalam ikatan harus disetujui lebih dahulu.",
                        nilai=row.nomor,
                    )
                    for row in waiting
                ]
            )
        for row in rows:
            require_publishable(actor, row, deep=False, selaras=False)
            lock_map(row.instansi_id)
        acting = replace(actor, izin=(*actor.izin, Izin("sistem", "nasional")))
        # Identities and rows of all instansi come first: seats may go from one to the other.
        written = [(row, _write(acting, row, penetapan)) for row in rows]
        return [_finish(acting, row, version, angka, penetapan) for row, (version, angka) in written]


def _publish(actor: Actor, usulan: Usulan, penetapan: Penetapan) -> PetaVersi:
    require_publishable(actor, usulan, deep=False, selaras=False)  # told apart under the map's lock
    lock_map(usulan.instansi_id)
    version, angka = _write(actor, usulan, penetapan)
    return _finish(actor, usulan, version, angka, penetapan)


def _write(actor: Actor, usulan: Usulan, penetapan: Penetapan) -> tuple[PetaVersi, Ringkas]:
    """The rows of the new version; and the draft in figures, before anybody is placed."""
    rebased = rebase_locked(actor, usulan)
    if not rebased.selaras:
        refuse(
            "peta-bergeser",
            f"Versi {rebased.ke} yang terbit lebih dahulu mengubah hal yang sama:"
            f" {len(rebased.konflik)} pertentangan belum diputus.",
            PERBAIKAN_KONFLIK["lintas" if usulan.lintas_id else "tetapkan"],
            nilai=str(len(rebased.konflik)),
        )
    _gate(usulan, penetapan)
    angka = summary_of(usulan)
    last = last_version(usulan.instansi_id)
    assert last is not None
    params = {
        "usulan": usulan.pk,
        "instansi": usulan.instansi_id,
        "versi": last.nomor + 1,
        "dasar": last.nomor,
    }
    version = PetaVersi.objects.create(
        instansi_id=usulan.instansi_id,
        nomor=last.nomor + 1,
        jenis=PetaVersi.Jenis.USULAN,
        berlaku=penetapan.berlaku,
        ditetapkan_pada=timezone.now(),
        ditetapkan_oleh=actor.nama[:200],
        keterangan=usulan.judul,
        usulan_id=usulan.pk,
        lintas_id=usulan.lintas_id,
    )
    for step in (
        "akhiri_posisi",
        "akhiri_unor",
        "identitas_unor",
        "tulis_unor",
        "identitas_posisi",
        "tulis_posisi",
        "akhiri_isian",
        "identitas_infojab",
        "tulis_isian",
    ):
        run(step, params)
    _end_codes(actor, usulan, params)
    _begin_codes(params)
    return version, angka


def _end_codes(actor: Actor, usulan: Usulan, params: dict[str, Any]) -> None:
    """External codes of removed units end; recorded, so that a cancelled version can give them back."""
    ended = [row[0] for row in rows("kode_berakhir", params)]
    if ended:
        RiwayatUsulan.objects.create(
            usulan=usulan,
            instansi_id=usulan.instansi_id,
            tindakan="akhiri-kode",
            dari=usulan.status,
            ke=usulan.status,
            revisi=usulan.revisi,
            oleh_id=actor.id,
            oleh=actor.nama[:200],
            ringkas={"kode": ended},
        )


def _begin_codes(params: dict[str, Any]) -> None:
    """External codes of new units are theirs from now on. Raises Ditolak when another unit took one
    meanwhile."""
    run("kode_mulai", params)
    missed = rows("kode_tak_sampai", params)
    if missed:
        raise Ditolak(
            [
                Temuan(
                    "kode-terpakai",
                    "galat",
                    f"Kode {jenis} {kode} bagi {nama} sudah dipakai {pemegang or 'unit lain'},"
                    f" {instansi or ''}.",
                    "Minta perbaikan: hapus unit itu dari usulan, atau tambahkan lagi tanpa kodenya.",
                    tempat=nama,
                    kolom="kode",
                    nilai=kode,
                )
                for jenis, kode, nama, instansi, pemegang in missed
            ]
        )


def _gate(usulan: Usulan, penetapan: Penetapan) -> None:
    """Everything that must hold before a version is written."""
    found: list[Temuan] = []
    last = last_version(usulan.instansi_id)
    if last is not None and penetapan.berlaku < last.berlaku:
        found.append(
            Temuan(
                "berlaku-mundur",
                "galat",
                f"Tanggal berlaku {penetapan.berlaku} mendahului versi {last.nomor} ({last.berlaku}).",
                f"Pilih tanggal {last.berlaku} atau sesudahnya.",
                kolom="berlaku",
                nilai=str(penetapan.berlaku),
            )
        )
    if penetapan.berlaku < today():
        found.append(
            Temuan(
                "berlaku-lampau",
                "galat",
                f"Tanggal berlaku {penetapan.berlaku} sudah lewat; versi tidak berlaku surut.",
                f"Pilih {today()} atau sesudahnya.",
                kolom="berlaku",
                nilai=str(penetapan.berlaku),
            )
        )
    found += _decision_findings(penetapan)
    steps = net_changes(usulan)
    if not steps:
        found.append(
            Temuan("usulan-kosong", "galat", "Usulan ini tidak mengubah apa pun.", "Batalkan usulannya.")
        )
    found += [row.temuan for row in stopping_findings(PandanganDraf(usulan), steps)[:50]]
    if found:
        raise Ditolak(found)


def _decision_findings(penetapan: Penetapan) -> list[Temuan]:
    """A decision is one already made, and nothing takes effect before it is made."""
    found = []
    remedy, value = "Isi tanggal yang tertulis pada keputusan.", str(penetapan.tanggal)
    if penetapan.tanggal > today():
        sentence = f"Tanggal keputusan {penetapan.tanggal} belum tiba."
        found.append(Temuan("keputusan-mendatang", "galat", sentence, remedy, kolom="tanggal", nilai=value))
    if penetapan.tanggal > penetapan.berlaku:
        sentence = f"Keputusan tertanggal {penetapan.tanggal} sesudah tanggal berlakunya {penetapan.berlaku}."
        found.append(
            Temuan("keputusan-sesudah-berlaku", "galat", sentence, remedy, kolom="tanggal", nilai=value)
        )
    return found


def _finish(
    actor: Actor, usulan: Usulan, version: PetaVersi, angka: Ringkas, penetapan: Penetapan
) -> PetaVersi:
    """Close the version: hash, tree and totals, seats, state of the usulan, decision, word to others."""
    version.hash = map_hash(usulan.instansi_id, version.nomor)
    PetaVersi.objects.filter(instansi_id=usulan.instansi_id, nomor=version.nomor).update(hash=version.hash)
    run_deferred_checks()
    place_successors(
        actor,
        usulan.instansi_id,
        version.nomor,
        penetapan.berlaku,
        seats_of(usulan),
        usulan_id=usulan.pk,
    )
    mark_published(actor, usulan, version, angka)
    record_decision(actor, usulan, version, penetapan.nomor, penetapan.tanggal)
    tell_receivers(actor, usulan, version.nomor)
    tell_overtaken(actor, usulan.instansi_id, version.nomor)
    return version


def seats_of(usulan: Usulan) -> list[PindahKursi]:
    """Which seats go where when the usulan is published. One statement; read after its rows are written."""
    found = rows("kursi", {"usulan": usulan.pk})
    homes = _homes([row[3] for row in found if row[3] is not None])
    return [
        PindahKursi(
            posisi_lama,
            unor_lama,
            posisi_baru,
            unor_baru,
            homes.get(unor_baru) if homes.get(unor_baru) != usulan.instansi_id else None,
        )
        for posisi_lama, unor_lama, posisi_baru, unor_baru in found
    ]


def _homes(unor_ids: Sequence[int]) -> dict[int, int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, instansi_id FROM unor WHERE id = ANY(%s)", [list(unor_ids)])
        return dict(cursor.fetchall())


def run(name: str, params: dict[str, Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(SQL[name], params)


def rows(name: str, params: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(SQL[name], params)
        return cursor.fetchall()
