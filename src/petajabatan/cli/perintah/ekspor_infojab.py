"""``petajabatan ekspor infojab``: informasi jabatan as data to edit, or on paper."""

from __future__ import annotations

import argparse
import io
from pathlib import Path
from typing import Any

from petajabatan.cli.keluaran import GagalPerintah, angka, emit, write_whole
from petajabatan.cli.lingkungan import database, find_instansi, find_unit, progress
from petajabatan.cli.penguraian import add_command

CONTOH = [
    "petajabatan ekspor infojab --instansi 6413 --unit 'Dinas Kesehatan' --keluaran infojab.xlsx",
    "petajabatan ekspor infojab --usulan 12 --keluaran infojab.json",
    "petajabatan ekspor infojab --instansi 6413 --keluaran infojab.pdf",
    "petajabatan ekspor infojab --usulan 12 --unit 'Bidang Anggaran' --cetak --keluaran infojab.xlsx",
]
AKHIRAN = ("xlsx", "json", "pdf", "docx", "zip")


def add_parser(group: Any) -> None:
    command = add_command(
        group,
        "infojab",
        "informasi jabatan: XLSX atau JSON untuk disunting, PDF, DOCX atau ZIP untuk dicetak",
        "Menulis informasi jabatan dan lembar ABK dari versi peta atau dari sebuah usulan. XLSX dan JSON"
        " dapat disunting lalu\ndiimpor lagi; dengan --cetak XLSX berbentuk cetakan resmi.",
        CONTOH,
        run,
    )
    source = command.add_mutually_exclusive_group(required=True)
    source.add_argument("--instansi", metavar="KODE", help="kode BKN, id SIASN atau nama instansi")
    source.add_argument("--usulan", type=int, metavar="N", help="nomor usulan: isinya sebagai draf")
    command.add_argument("--versi", type=int, metavar="N", help="versi peta (bawaan: yang berlaku)")
    command.add_argument("--unit", metavar="UNIT", help="hanya unit ini dan bawahannya: id atau nama")
    command.add_argument(
        "--cetak", action="store_true", help="XLSX dalam bentuk cetak, satu lembar setiap jabatan"
    )
    endings = ", ".join(f".{e}" for e in AKHIRAN)
    command.add_argument("--keluaran", required=True, type=Path, metavar="FILE", help=f"berkas {endings}")


def run(args: argparse.Namespace) -> int:

    ending = args.keluaran.suffix.lower().lstrip(".")
    if ending not in AKHIRAN:
        raise GagalPerintah(f"--keluaran harus berakhiran {', '.join(AKHIRAN)}.", kode=2)
    if not args.keluaran.absolute().parent.is_dir():
        raise GagalPerintah(f"Folder {args.keluaran.absolute().parent} tidak ada.", kode=2)
    bentuk = f"data-{ending}" if ending == "json" or (ending == "xlsx" and not args.cetak) else ending
    with database(args), progress() as kemajuan:
        from django.http import Http404

        from petajabatan.anjab.cetak.pilihan import Permintaan, write_file
        from petajabatan.inti.actor import sistem
        from petajabatan.inti.dinding import scope_of
        from petajabatan.usulan.models import Usulan

        actor = sistem("ekspor informasi jabatan")
        out = io.BytesIO()
        with scope_of(actor):
            if args.usulan is not None:
                instansi_id = (
                    Usulan.objects.filter(pk=args.usulan).values_list("instansi_id", flat=True).first()
                )
                if instansi_id is None:
                    raise GagalPerintah(f"Usulan {args.usulan} tidak ada.")
            else:
                instansi_id = find_instansi(args.instansi).pk
            unit = find_unit(instansi_id, args.unit) if args.unit else None
            wanted = Permintaan(
                bentuk, args.usulan, None if args.usulan else instansi_id, args.versi, unor_id=unit
            )
            try:
                _name, figures = write_file(actor, wanted, out, kemajuan)
            except Http404 as missing:
                raise GagalPerintah(str(missing)) from missing
        write_whole(args.keluaran, out.getvalue())
    emit(
        args,
        {"ok": True, "berkas": args.keluaran, "byte": len(out.getvalue()), "unor_id": unit, **figures},
        f"{args.keluaran} ditulis ({angka(figures['jabatan'])} jabatan,"
        f" {angka(len(out.getvalue()) // 1024)} KB).",
    )
    return 0
