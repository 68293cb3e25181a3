"""Commands: import the official reference files, load what the product ships."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from petajabatan.akun.rules import roles_that_may
from petajabatan.inti.actor import Actor
from petajabatan.inti.dinding import scope_of
from petajabatan.inti.izin import require
from petajabatan.inti.models import Berkas, Pekerjaan
from petajabatan.inti.pekerjaan import Kemajuan, submit_job
from petajabatan.inti.temuan import Ditolak, Temuan, Tingkat
from petajabatan.referensi.importers import aturan, bawaan, dataset, siasn, unit, wilayah
from petajabatan.referensi.importers.berkas import BerkasTakTerbaca, bare_name, files_in
from petajabatan.referensi.importers.laporan import LaporanReferensi
from petajabatan.referensi.importers.mesin import KolomKurang, run
from petajabatan.referensi.importers.spek import Spek, kata_sql, quote
from petajabatan.referensi.importers.temuan import findings_of
from petajabatan.referensi.katalog import DAFTAR

URUTAN: tuple[Spek, ...] = (*siasn.SPEK, *dataset.SPEK, *wilayah.SPEK, *aturan.SPEK, *unit.SPEK)
"""Every file the importer knows, in the order in which lists refer to each other."""
_LAIN = ("readme", "license", "licence", "changelog")


def import_referensi(
    actor: Actor, folder: Path, *, kemajuan: Kemajuan | None = None, paksa: bool = False
) -> LaporanReferensi:
    """Take in the official lists found in ``folder`` (any depth) or one file; returns the report.

    One transaction per file: what is done stays done when the rest is interrupted, and is passed over
    next time because its content is known. ``paksa`` reads known files again and retires missing rows however
    many. Called inside a transaction (a job), the whole import is one. Raises PermissionDenied, and Ditolak
    when there is nothing to import.
    """
    require(actor, *roles_that_may("referensi"))
    report = kemajuan or Kemajuan()
    laporan = LaporanReferensi()
    paths = _known_files(folder, laporan)
    plan = [(spek, paths[spek.berkas]) for spek in URUTAN if spek.berkas in paths]
    for done, (spek, path) in enumerate(plan):
        name = path.name
        report(done, len(plan), name)
        try:
            with scope_of(actor):
                row = run(spek, path, name, actor, report, (done, len(plan)), paksa=paksa)
        except (BerkasTakTerbaca, KolomKurang) as error:
            laporan.gagal.append(name)
            laporan.temuan.append(_unreadable(name, error))
            continue
        laporan.berkas.append(row)
        laporan.temuan += [_note(name, text) for text in row.catatan]
    report(len(plan), len(plan), "menyusun laporan")
    with scope_of(actor):
        laporan.temuan += findings_of(row.berkas for row in laporan.berkas)
    return laporan


def count_words(actor: Actor) -> None:
    """Count the words of the large lists anew, for the search of mistyped names.

    Imports do so by themselves; this is for rows that came in otherwise. Raises PermissionDenied.
    """
    require(actor, *roles_that_may("referensi"))
    with connection.cursor() as cursor:
        for entry in DAFTAR.values():
            if entry.besar:
                kept = " AND ".join(f"t.{name} = {quote(value)}" for name, value in entry.saring.items())
                cursor.execute(kata_sql(entry.kode, entry.model._meta.db_table, kept or "true"))


def load_shipped(actor: Actor) -> LaporanReferensi:
    """Load the references shipped inside the package; changes nothing when they are in already.

    Run after each migration, as the owner of the database. Rows that an import has corrected stay corrected.
    Raises RuntimeError when a data file of the product is broken.
    """
    require(actor, *roles_that_may("referensi"))
    laporan = LaporanReferensi()
    for done, spek in enumerate(bawaan.SPEK):
        with transaction.atomic():
            row = run(
                spek,
                bawaan.FOLDER / spek.berkas,
                f"bawaan/{spek.berkas}",
                actor,
                Kemajuan(),
                (done, len(bawaan.SPEK)),
                paksa=False,
            )
        if row.ditolak:
            raise RuntimeError(f"{spek.berkas}: {row.ditolak} baris bawaan ditolak; lihat tolakan_referensi")
        laporan.berkas.append(row)
    return laporan


def _known_files(folder: Path, laporan: LaporanReferensi) -> dict[str, Path]:
    """Files by bare name; what is not known is said, never silently passed over."""
    if not folder.exists():
        raise Ditolak([_nothing(f"{folder} tidak ada.")])
    known = {spek.berkas for spek in URUTAN}
    found: dict[str, Path] = {}
    for path in files_in(folder):
        name = bare_name(path)
        if name in found:
            laporan.temuan.append(
                _note(
                    path.name, f"Berkas {name} ditemukan dua kali; yang dipakai {found[name]}.", "peringatan"
                )
            )
        elif name in known:
            found[name] = path
        elif name in aturan.BUKAN_REFERENSI:
            laporan.temuan.append(
                _note(path.name, f"Bukan daftar referensi ({aturan.BUKAN_REFERENSI[name]}); dilewati.")
            )
        elif not name.startswith(_LAIN):
            laporan.temuan.append(_note(path.name, "Berkas ini tidak dikenal; dilewati.", "peringatan"))
    if not found:
        raise Ditolak([_nothing(f"Tidak ada berkas referensi yang dikenal di {folder.name}.")])
    return found


def server_folder() -> Path | None:
    """The one folder of the server an administrator may import from in the browser: ``referensi`` inside the
    data folder, or the one named by PETAJABATAN_REFERENSI. None when there is none."""
    named = os.environ.get("PETAJABATAN_REFERENSI")
    folder = Path(named) if named else settings.DATA_DIR.root / "referensi"
    return folder if folder.is_dir() else None


def submit_import(actor: Actor, berkas: Berkas | None, *, paksa: bool = False) -> Pekerjaan:
    """Queue an import of an uploaded file, or of the server's folder when there is none.

    Raises PermissionDenied."""
    require(actor, *roles_that_may("referensi"))
    judul = f"Impor referensi: {berkas.nama if berkas else 'folder server'}"[:255]
    return submit_job(
        actor, "impor-referensi", judul, {"folder": berkas is None, "paksa": paksa}, berkas=berkas
    )


def known_file_names() -> Iterable[str]:
    return (spek.berkas for spek in URUTAN)


def _nothing(kalimat: str) -> Temuan:
    return Temuan(
        kode="tidak-ada-berkas",
        tingkat="galat",
        kalimat=kalimat,
        perbaikan="Tunjuk folder yang berisi siasn-referensi, siasn-dataset, wilayah, aturan, faskes,"
        " sekolah, atau crosswalk, dengan nama berkas aslinya.",
    )


def _note(name: str, kalimat: str, tingkat: Tingkat = "catatan") -> Temuan:
    return Temuan(
        kode="berkas",
        tingkat=tingkat,
        kalimat=kalimat,
        perbaikan="Pastikan nama dan isi berkasnya; daftar berkas yang dikenal ada di docs/referensi.md.",
        tempat=name,
    )


def _unreadable(name: str, error: Exception) -> Temuan:
    return Temuan(
        kode="berkas-tak-terbaca" if isinstance(error, BerkasTakTerbaca) else "kolom-kurang",
        tingkat="galat",
        kalimat=f"{name} tidak dapat diimpor: {error}.",
        perbaikan="Unduh ulang berkasnya dari sumber, lalu impor lagi; berkas lain tidak terpengaruh.",
        tempat=name,
    )
