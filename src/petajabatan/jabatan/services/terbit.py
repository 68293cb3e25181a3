"""Publishing a load as the next version of an instansi's map."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from petajabatan.akun.rules import roles_that_may
from petajabatan.inti.actor import Actor
from petajabatan.inti.izin import require
from petajabatan.inti.pekerjaan import Kemajuan
from petajabatan.inti.temuan import Ditolak, Temuan, refuse
from petajabatan.inti.tunda import run_deferred_checks
from petajabatan.jabatan.queries.kanonik import map_hash
from petajabatan.jabatan.queries.versi import last_version
from petajabatan.jabatan.services.siapkan import stage
from petajabatan.organisasi.models import PetaVersi
from petajabatan.organisasi.rules.muatan import KOLOM_UNOR, Muatan

LOCK_CLASS = 0x50455441
"""First key of the advisory locks that serialise writers of one map; the second is the instansi."""

MUATAN_BESAR = 5000
"""Rows written from which the planner's statistics are refreshed in the same transaction."""

_FILE = Path(__file__).resolve().parent.parent / "sql" / "terbit.sql"
SQL: dict[str, str] = {
    name: body.strip()
    for name, body in re.findall(r"^-- name: (\w+)\n(.*?)(?=^-- name: |\Z)", _FILE.read_text(), re.M | re.S)
}
_COLUMN = {"eselon": "eselon_id", "wilayah": "wilayah_id"}


@dataclass(frozen=True)
class Perubahan:
    """How many rows of one kind a load adds, changes and ends."""

    ditambah: int = 0
    diubah: int = 0
    dihapus: int = 0

    @property
    def ada(self) -> bool:
        return bool(self.ditambah or self.diubah or self.dihapus)


@dataclass(frozen=True)
class Terbitan:
    """What came of a load. ``versi`` is the new version, or the last one when nothing differed (``baru``
    False); None only when a check-only run met an instansi without a map."""

    versi: PetaVersi | None
    baru: bool
    unor: Perubahan
    posisi: Perubahan
    temuan: tuple[Temuan, ...] = ()


def lock_map(instansi_id: int) -> None:
    """One writer at a time per instansi, until the transaction ends. Several instansi: ascending ids."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK_CLASS, instansi_id])


def publish_map(
    actor: Actor,
    instansi_id: int,
    muatan: Muatan,
    *,
    berlaku: dt.date,
    jenis: str,
    keterangan: str = "",
    kemajuan: Kemajuan | None = None,
) -> PetaVersi:
    """Write a load as version n+1 (or 1), only its differences from the last version.

    The same content gives no new version: the last one is returned. ``jenis`` is a ``PetaVersi.Jenis``.
    Raises PermissionDenied; Ditolak when the load would end units or boxes people sit on, gives a code to two
    units, or ``berlaku`` lies before the last version's; IntegrityError for a load that is not one tree.
    """
    require(actor, *roles_that_may("unor"), *roles_that_may("tetapkan"), instansi_id=instansi_id)
    result = publish(
        actor, instansi_id, muatan, berlaku=berlaku, jenis=jenis, keterangan=keterangan, kemajuan=kemajuan
    )
    if result.versi is None:  # an empty load on an empty map
        refuse("muatan-kosong", "Muatan tidak berisi unit.", "Isi sedikitnya satu unit.")
    return result.versi


def publish(
    actor: Actor,
    instansi_id: int,
    muatan: Muatan,
    *,
    berlaku: dt.date,
    jenis: str,
    keterangan: str = "",
    kemajuan: Kemajuan | None = None,
    known: dict[str, int] | None = None,
    periksa: bool = False,
) -> Terbitan:
    """``publish_map`` without the permission check, with all it found out. ``known``: ids of the load's units
    where the caller has looked them up already. ``periksa``: compare only; findings are then returned."""
    report = kemajuan or Kemajuan()
    with transaction.atomic():
        lock_map(instansi_id)
        last = last_version(instansi_id)
        params: dict[str, Any] = {
            "instansi": instansi_id,
            "versi": (last.nomor if last else 0) + 1,
            "berlaku": berlaku,
            "lengkap": muatan.lengkap,
            "posisi_lengkap": muatan.posisi is not None,
        }
        stage(instansi_id, muatan, report, known)
        report(0, len(muatan.unor), "membandingkan dengan peta")
        units, boxes = _compare(muatan, params, first=last is None)
        findings = _findings(params, last)
        if findings and not periksa:
            raise Ditolak(findings)
        changed = units.ada or boxes.ada
        if periksa:
            return Terbitan(last, changed, units, boxes, tuple(findings))
        if not changed:
            _run("tulis_kode", params)
            return Terbitan(last, False, units, boxes)
        version = PetaVersi.objects.create(
            instansi_id=instansi_id,
            nomor=params["versi"],
            jenis=jenis,
            berlaku=berlaku,
            ditetapkan_pada=timezone.now(),
            ditetapkan_oleh=actor.nama,
            keterangan=keterangan,
        )
        _write(params, report, len(muatan.unor))
        if units.ditambah + units.diubah + boxes.ditambah + boxes.diubah >= MUATAN_BESAR:
            _refresh_statistics()
        version.hash = map_hash(instansi_id, version.nomor)
        PetaVersi.objects.filter(instansi_id=instansi_id, nomor=version.nomor).update(hash=version.hash)
        report(len(muatan.unor), len(muatan.unor), "memeriksa pohon dan menghitung jumlah")
        # The checks and totals of a version run at commit; here they run at once, so that a refusal names
        # this load and whatever follows in the same transaction reads the new tree.
        run_deferred_checks()
        return Terbitan(version, True, units, boxes)


def _refresh_statistics() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT segarkan_statistik(%s)", [["unor", "unor_riwayat", "posisi", "posisi_riwayat"]]
        )


def _run(name: str, params: dict[str, Any], **parts: str) -> None:
    sql = SQL[name]
    for key, value in parts.items():
        sql = sql.replace("{" + key + "}", value)
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


def _rows(name: str, params: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(SQL[name], params)
        return cursor.fetchall()


def _compare(muatan: Muatan, params: dict[str, Any], *, first: bool) -> tuple[Perubahan, Perubahan]:
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS ubah_unor, ubah_posisi")
        cursor.execute("ANALYZE muat_unor; ANALYZE muat_posisi")
    if not first:
        kept = [_COLUMN.get(name, name) for name in KOLOM_UNOR if name not in muatan.kolom]
        _run("lengkapi_unor", params, simpan="".join(f", {column} = r.{column}" for column in kept))
        _run("kenali_posisi", params)
        _run("ubah_turunan", params)
    _run("jenjang_kepala", params)
    _run("nomori_posisi", params)
    _run("beda_unor", params)
    _run("beda_posisi", params)
    units, boxes = _rows("hitung", params)
    return Perubahan(*units), Perubahan(*boxes)


def _write(params: dict[str, Any], report: Kemajuan, total: int) -> None:
    for step in ("akhiri_unor", "akhiri_posisi", "tulis_identitas", "tulis_unor", "tulis_identitas_posisi"):
        _run(step, params)
        report(0, total, "menulis versi")
    _run("tulis_posisi", params)
    _run("akhiri_isian", params)
    report(total, total, "menulis versi")
    _run("tulis_kode", params)


def _findings(params: dict[str, Any], last: PetaVersi | None) -> list[Temuan]:
    found: list[Temuan] = []
    if last is not None and params["berlaku"] < last.berlaku:
        found.append(
            Temuan(
                "berlaku-mundur",
                "galat",
                f"Tanggal berlaku {params['berlaku']} mendahului versi {last.nomor} ({last.berlaku}).",
                f"Pilih tanggal {last.berlaku} atau sesudahnya.",
                kolom="berlaku",
                nilai=str(params["berlaku"]),
            )
        )
    for jenis, kode, _, _, nama in _rows("kode_ganda", params):
        found.append(
            Temuan(
                "kode-dipakai",
                "galat",
                f"Kode {jenis} {kode} sudah menunjuk unit lain: {nama or 'unit yang telah berakhir'}.",
                "Lepaskan kode itu dari unit lamanya, atau perbaiki kode dalam berkas.",
                kolom=jenis,
                nilai=kode,
            )
        )
    if last is not None:
        for unor, posisi, people, unor_id, _ in _rows("masih_diduduki", params):
            thing = f"Posisi {posisi} pada {unor}" if posisi else f"Unit {unor}"
            found.append(
                Temuan(
                    "masih-diduduki",
                    "galat",
                    f"{thing} tidak ada lagi dalam berkas, padahal {people} pegawai masih tercatat di sana.",
                    "Pindahkan pegawainya lebih dahulu, atau kembalikan baris itu ke dalam berkas.",
                    tempat=unor,
                    nilai=str(unor_id),
                )
            )
    return found
