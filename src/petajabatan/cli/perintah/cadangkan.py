"""``petajabatan cadangkan`` and ``petajabatan pulihkan``: backup and restore."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from petajabatan.cli.keluaran import GagalPerintah, angka, emit, say
from petajabatan.cli.lingkungan import data_dir, run_siapkan, server
from petajabatan.cli.penguraian import add_command


def add_parser(sub: Any) -> None:
    back = add_command(
        sub,
        "cadangkan",
        "simpan basis data, berkas dan kunci ke satu berkas",
        "Pelayanan boleh tetap berjalan. Berkas cadangan berisi data pribadi dan kunci pemasangan:"
        " simpan di tempat"
        " yang terjaga. Berkas lama hanya diganti bila yang baru sudah lengkap.",
        ["petajabatan cadangkan /cadangan/peta-$(date +%F).tar"],
        run,
    )
    back.add_argument("file", type=Path, metavar="FILE.tar", help="berkas cadangan yang ditulis")
    restore = add_command(
        sub,
        "pulihkan",
        "mulai lagi dari berkas cadangan",
        "Mengisi folder data yang kosong (dan, dengan DATABASE_URL, basis data yang kosong) dari"
        " cadangan, lalu"
        " membawanya ke versi program ini. Ditolak bila tujuannya sudah berisi.",
        ["petajabatan pulihkan peta-2026-11-23.tar --data-dir /var/lib/petajabatan-baru"],
        run_restore,
    )
    restore.add_argument("file", type=Path, metavar="FILE.tar", help="berkas cadangan")


def run(args: argparse.Namespace) -> int:
    from petajabatan.runtime.cadangan import BackupError, back_up

    if not args.file.absolute().parent.is_dir():
        raise GagalPerintah(f"Folder {args.file.absolute().parent} tidak ada.", kode=2)
    try:
        with server(args) as folder:
            note = back_up(folder, args.file)
    except BackupError as error:
        raise GagalPerintah(str(error)) from error
    emit(
        args,
        {"ok": True, **note},
        f"{args.file} ditulis: {angka(note['byte'] >> 10)} KB, {angka(note['unor_riwayat'])} baris unit,"
        f" {angka(note['pegawai'])} pegawai, {angka(note['berkas'])} berkas.",
    )
    return 0


def run_restore(args: argparse.Namespace) -> int:
    from petajabatan.runtime.cadangan import BackupError, restore_database, unpack

    if not args.file.is_file():
        raise GagalPerintah(f"Berkas {args.file} tidak ada.", kode=2)
    try:
        dump = unpack(data_dir(args), args.file)
        with server(args) as folder:
            say("Memuat basis data …")
            counts = restore_database(folder, dump)
            run_siapkan()
    except BackupError as error:
        raise GagalPerintah(str(error)) from error
    lines = [f"Dipulihkan ke {folder.root}.", *(f"  {name}: {angka(n)}" for name, n in counts.items())]
    emit(args, {"ok": True, "jumlah": counts}, [*lines, "Buktikan isinya: petajabatan periksa --penuh"])
    return 0
