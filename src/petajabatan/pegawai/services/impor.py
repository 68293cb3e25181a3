"""Importing people: file → allowed columns → TEMP staging → set-based matching → one write per table."""

from __future__ import annotations

import csv
import io
import re
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from petajabatan.akun.rules import roles_that_may
from petajabatan.inti.actor import Actor
from petajabatan.inti.audit import record
from petajabatan.inti.izin import require
from petajabatan.inti.jam import today
from petajabatan.inti.pekerjaan import Kemajuan
from petajabatan.inti.temuan import Ditolak
from petajabatan.inti.tunda import run_deferred_checks
from petajabatan.pegawai.importers import Sumber, open_export, write_rejects
from petajabatan.pegawai.rules.baris import read_row
from petajabatan.pegawai.rules.temuan_impor import make
from petajabatan.pegawai.services.kunci import share_maps
from petajabatan.pegawai.services.laporan import CONTOH, LaporanPegawai

LOCK_CLASS = 0x50454741
"""First key of the advisory locks that serialise imports of people into one instansi."""
_BLOK = 2000
_FILE = Path(__file__).resolve().parent.parent / "sql" / "impor.sql"
SQL: dict[str, str] = {
    name: body.strip()
    for name, body in re.findall(r"^-- name: (\w+)\n(.*?)(?=^-- name: |\Z)", _FILE.read_text(), re.M | re.S)
}

# Column of pegawai → (column of the file, value); an empty cell never erases what is known, except in titles.
_UBAH: tuple[tuple[str, str, str], ...] = (
    ("nip", "nip_baru", "c.nip"),
    ("id_siasn", "pns_id", "coalesce(c.id_siasn, p.id_siasn)"),
    # SIASN writes names in capitals in one export and not in another: that alone changes nobody.
    ("nama", "nama", "CASE WHEN upper(c.nama) = upper(p.nama) THEN p.nama ELSE c.nama END"),
    ("gelar_depan", "gelar_depan", "c.gelar_depan"),
    ("gelar_belakang", "gelar_belakang", "c.gelar_belakang"),
    ("tanggal_lahir", "tanggal_lahir", "coalesce(c.tanggal_lahir, p.tanggal_lahir)"),
    ("jenis_kelamin", "jenis_kelamin", "coalesce(c.jenis_kelamin, p.jenis_kelamin)"),
    ("jenis", "nip_baru", "c.jenis"),
    ("kedudukan_hukum", "kedudukan_hukum_id", "coalesce(nullif(c.kedudukan, ''), p.kedudukan_hukum)"),
    ("golongan", "gol_akhir_nama", "coalesce(nullif(c.golongan, ''), p.golongan)"),
    ("tmt_golongan", "tmt_golongan", "coalesce(c.tmt_golongan, p.tmt_golongan)"),
    ("mk_tahun", "mk_tahun", "coalesce(c.mk_tahun, p.mk_tahun)"),
    ("mk_bulan", "mk_bulan", "coalesce(c.mk_bulan, p.mk_bulan)"),
    ("tmt_cpns", "tmt_cpns", "coalesce(c.tmt_cpns, p.tmt_cpns)"),
    ("tmt_pns", "tmt_pns", "coalesce(c.tmt_pns, p.tmt_pns)"),
    ("tingkat_pendidikan_id", "tingkat_pendidikan_id", "coalesce(c.tingkat_id, p.tingkat_pendidikan_id)"),
    ("pendidikan_id", "pendidikan_nama", "coalesce(c.pendidikan_id, p.pendidikan_id)"),
    ("tahun_lulus", "tahun_lulus", "coalesce(c.tahun_lulus, p.tahun_lulus)"),
)


class _Periksa(Exception):
    """Ends a check-only run by rolling its transaction back."""


def import_pegawai(
    actor: Actor,
    instansi_id: int | None,
    path: Path | str,
    *,
    periksa: bool = False,
    lewati_salah: bool = False,
    kemajuan: Kemajuan | None = None,
    pekerjaan_id: uuid.UUID | None = None,
    sumber: str = "",
    sintetis: bool = False,
) -> LaporanPegawai:
    """Import an "Export Data ASN" of one instansi, or (``instansi_id`` None) of many by instansi_kerja_id.

    One transaction. A row with an error refuses the whole file, unless ``lewati_salah``: then the good rows
    are taken and ``berkas_salah`` of the report holds the others. ``periksa`` only checks. Importing the same
    file again changes nothing. The caller has opened the actor's scope. Raises PermissionDenied, and Ditolak
    for a file that is no export of people.
    """
    _require(actor, instansi_id)
    report = LaporanPegawai()
    progress = kemajuan or Kemajuan()
    params: dict[str, Any] = {
        "instansi": instansi_id,
        "hari": today(),
        "sumber": (sumber or "impor SIASN")[:80],
        "sintetis": sintetis,
        "pekerjaan": pekerjaan_id,
        "contoh": CONTOH,
    }
    path = Path(path)
    try:
        with transaction.atomic():
            _import(actor, path, params, report, progress, periksa, lewati_salah)
            if periksa or not report.ok:
                raise _Periksa
    except _Periksa:
        report.disimpan = False
    return report


def _require(actor: Actor, instansi_id: int | None) -> None:
    roles = roles_that_may("pegawai")
    require(actor, *roles, instansi_id=instansi_id)
    if actor.cakupan_nasional:
        return
    if instansi_id is None or instansi_id not in actor.cakupan_instansi:
        raise PermissionDenied("Impor pegawai memerlukan cakupan seluruh instansi yang diimpor.")


def _import(
    actor: Actor,
    path: Path,
    params: dict[str, Any],
    report: LaporanPegawai,
    progress: Kemajuan,
    periksa: bool,
    lewati_salah: bool,
) -> None:
    _run("siapkan", params)
    if params["instansi"] is not None:
        share_maps([params["instansi"]])
        _execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK_CLASS, params["instansi"]])
    reasons: dict[int, str] = {}
    with open_export(path) as source:
        report.kolom_dibaca = sorted(source.kolom)
        report.kolom_dibuang = source.dibuang
        report.extend(source.temuan)
        _stage(source, report, reasons, progress)
    _copy_rejects(reasons)
    total = report.dibaca
    for step, stage in (
        ("ganda", "memeriksa kembaran"),
        ("salah_instansi", "memeriksa instansi"),
        ("kenali", "mengenali orang"),
        ("tempat", "mencocokkan unit dan jabatan"),
        ("cocokkan", "menyiapkan baris"),
        ("kursi", "membandingkan kursi"),
    ):
        progress(total, total, stage)
        _run(step, params)
        if step == "kenali" and params["instansi"] is None:
            share_maps(i for (i,) in _rows("SELECT DISTINCT instansi_id FROM impor_kenal") if i)
    _report_file(params, report, reasons)
    report.ditolak = len(reasons)
    report.ok = not reasons or lewati_salah
    if reasons and not periksa:
        report.berkas_salah = _reject_file(path, reasons)
    if periksa:
        _change_people(params, report, source.kolom)
    elif report.ok:
        _write(actor, params, report, source.kolom, progress)


def _stage(source: Sumber, report: LaporanPegawai, reasons: dict[int, str], progress: Kemajuan) -> None:
    """Stream the rows through the rules into the staging table."""

    def blocks() -> Iterator[str]:
        out = io.StringIO()
        write = csv.writer(out, lineterminator="\n").writerow
        n = 0
        for number, values in source.baris:
            row, found = read_row(values, number)
            for t in found:
                report.add(t)
                if t.tingkat == "galat":
                    reasons[number] = f"{reasons[number]} {t.kalimat}" if number in reasons else t.kalimat
            n += 1
            if row.nip:
                write(row)
            if n % _BLOK == 0:
                progress(n, None, "membaca berkas")
                yield out.getvalue()
                out.seek(0)
                out.truncate()
        report.dibaca = n
        yield out.getvalue()

    with connection.cursor() as cursor:
        with cursor.cursor.copy(SQL["salin"]) as copy:
            for block in blocks():
                copy.write(block)
        cursor.execute("ANALYZE impor_orang")


def _copy_rejects(reasons: dict[int, str]) -> None:
    if not reasons:
        return
    statement = "COPY impor_salah (baris, kode) FROM STDIN"
    with connection.cursor() as cursor, cursor.cursor.copy(statement) as copy:
        for number in reasons:
            copy.write_row((number, "baris"))


def _report_file(params: dict[str, Any], report: LaporanPegawai, reasons: dict[int, str]) -> None:
    """Findings that only the whole file shows."""
    for number, kode, kolom, nilai in _rows(
        "SELECT baris, kode, kolom, nilai FROM impor_salah WHERE kode <> 'baris' ORDER BY baris"
    ):
        t = make(kode, baris=number, kolom=kolom, nilai=nilai or "")
        report.add(t)
        reasons[number] = f"{reasons[number]} {t.kalimat}" if number in reasons else t.kalimat
    for number, nip in _rows(
        "SELECT g.baris, s.nip FROM impor_pindah g JOIN impor_orang s USING (baris) ORDER BY 1"
    ):
        report.pindah_tertunda += 1
        report.add(make("pindah-tertunda", baris=number, kolom="nip_baru", nilai=nip))
    for kode, n, number, kolom, nilai, people in _rows(SQL["catatan"], params):
        report.add(make(kode, baris=number, kolom=kolom, nilai=nilai or "", n=n), n)
        report.jumlah_temuan[kode] = people
    for _, nip, nama, n in _rows(SQL["hilang"], params):
        report.tidak_ada_di_berkas = n
        report.add(make("tidak-ada-di-berkas", kolom="nip_baru", nilai=f"{nip} {nama}"))
    if report.tidak_ada_di_berkas:
        report.jumlah_temuan["tidak-ada-di-berkas"] = report.tidak_ada_di_berkas
    taken, fresh, boxed, placed = _rows(SQL["hitung_orang"])[0]
    report.baru, report.tetap, report.berposisi, report.berunor = fresh, taken - fresh, boxed, placed
    report.kursi_baru, report.kursi_ditutup, report.kursi_dilengkapi = _rows(SQL["hitung_kursi"])[0]


def _change_people(params: dict[str, Any], report: LaporanPegawai, kolom: dict[str, int]) -> None:
    """Bring known people up to date; a check does it too, to say how many, and is rolled back as a whole."""
    changed = [(column, value) for column, source, value in _UBAH if source in kolom]
    report.diubah = _run(
        "ubah_orang",
        params,
        kolom=", ".join(f"{column} = {value}" for column, value in changed),
        lama=", ".join(f"p.{column}" for column, _ in changed),
        baru=", ".join(value for _, value in changed),
    )
    report.tetap -= report.diubah


def _write(
    actor: Actor, params: dict[str, Any], report: LaporanPegawai, kolom: dict[str, int], progress: Kemajuan
) -> None:
    total = report.dibaca
    progress(total, total, "menyimpan orang")
    _change_people(params, report, kolom)
    _run("tambah_orang", params)
    progress(total, total, "menyimpan riwayat jabatan")
    _run("tulis_kursi", params)
    _run("tunda_pindah", params)
    progress(total, total, "menghitung bezetting")
    if report.baru or report.diubah or report.kursi_baru or report.kursi_dilengkapi:
        for (instansi_id,) in _rows("SELECT DISTINCT instansi_id FROM impor_cocok ORDER BY 1"):
            recount(instansi_id, params["hari"])
    # Foreign keys are checked now, so that a refusal belongs to this import.
    run_deferred_checks()
    report.disimpan = True
    record(
        actor,
        "impor",
        "pegawai",
        {
            "dibaca": report.dibaca,
            "baru": report.baru,
            "diubah": report.diubah,
            "kursi_baru": report.kursi_baru,
            "ditolak": report.ditolak,
            "pekerjaan": str(params["pekerjaan"] or ""),
        },
        instansi_id=params["instansi"],
        jumlah=report.dibaca,
    )


def recount(instansi_id: int, hari: Any) -> None:
    """Count B of an instansi anew; without a published map there is nothing to count on."""
    _execute(
        "SELECT hitung_bezetting(%(i)s, %(hari)s)"
        " WHERE EXISTS (SELECT FROM peta_versi WHERE instansi_id = %(i)s)",
        {"i": instansi_id, "hari": hari},
    )


def _reject_file(path: Path, reasons: dict[int, str]) -> Path:
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8-sig", newline="", prefix="petajabatan-salah-", suffix=".csv", delete=False
    ) as out:
        write_rejects(path, reasons, out)
    return Path(out.name)


def _run(name: str, params: dict[str, Any], **parts: str) -> int:
    sql = SQL[name]
    for key, value in parts.items():
        sql = sql.replace("{" + key + "}", value)
    return _execute(sql, params)


def _execute(sql: str, params: Any = None) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return int(cursor.rowcount)


def _rows(sql: str, params: Any = None) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


__all__ = ["Ditolak", "import_pegawai", "recount"]
