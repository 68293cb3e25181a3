"""``petajabatan ekspor``: the map on paper, and map, bezetting and recap as workbooks."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from petajabatan.cli.keluaran import GagalPerintah, angka, emit, write_whole
from petajabatan.cli.lingkungan import database, find_instansi, find_unit, progress
from petajabatan.cli.penguraian import add_command, add_group, day
from petajabatan.cli.perintah import ekspor_infojab

HAL = {
    "peta": (
        "peta jabatan sebagai PDF (A3) atau XLSX",
        "Bagan peta jabatan seperti cetakan resmi: ikhtisar, lalu satu halaman per JPT pratama; atau"
        " tabel unit dan"
        " posisi dengan kelas, B, K dan selisihnya.",
        ("pdf", "xlsx"),
        [
            "petajabatan ekspor peta --instansi 6413 --unit 'Dinas Kesehatan' --keluaran dinkes.pdf",
            "petajabatan ekspor peta --instansi 6413 --tanggal 2026-01-01 --keluaran peta.xlsx",
        ],
    ),
    "bezetting": (
        "B per posisi menurut jenis pegawai, XLSX",
        "Jumlah orang per posisi, dan satu lembar nama. Berisi data pribadi; pembacaannya tercatat.",
        ("xlsx",),
        ["petajabatan ekspor bezetting --instansi 6413 --keluaran bezetting.xlsx"],
    ),
    "rekap": (
        "rekapitulasi menurut jenis, jenjang dan kelas, XLSX",
        "Jumlah B, K dan selisih menurut jenis, jenjang, kelas dan unit di bawah puncak.",
        ("xlsx",),
        ["petajabatan ekspor rekap --instansi 6413 --keluaran rekap.xlsx"],
    ),
}


def add_parser(sub: Any) -> None:
    parser = add_command(
        sub,
        "ekspor",
        "tulis peta, bezetting, rekap atau informasi jabatan ke berkas",
        "Menulis keadaan yang berlaku, atau versi atau tanggal yang disebut. Bentuknya menurut"
        " akhiran --keluaran.",
        [*(hal[3][0] for hal in HAL.values()), ekspor_infojab.CONTOH[0]],
    )
    group = add_group(parser)
    for name, (ringkas, uraian, bentuk, contoh) in HAL.items():
        command = add_command(group, name, ringkas, uraian, contoh, run)
        command.add_argument(
            "--instansi", required=True, metavar="KODE", help="kode BKN, id SIASN atau nama instansi"
        )
        endings = " atau ".join(f".{b}" for b in bentuk)
        command.add_argument("--keluaran", required=True, type=Path, metavar="FILE", help=f"berkas {endings}")
        command.add_argument("--unit", metavar="UNIT", help="hanya unit ini dan bawahannya: id atau nama")
        when = command.add_mutually_exclusive_group()
        when.add_argument("--versi", type=int, metavar="N", help="versi peta")
        when.add_argument("--tanggal", type=day, metavar="TTTT-BB-HH", help="keadaan pada tanggal ini")
        if name == "peta":
            command.add_argument(
                "--kosong", action="store_true", help="cetak juga kotak yang K dan B-nya nol"
            )
    ekspor_infojab.add_parser(group)


def _exporter(hal: str, ending: str) -> Callable[..., bytes]:
    from petajabatan.pegawai.cetak.pdf import export_map_pdf
    from petajabatan.pegawai.cetak.xlsx import EKSPOR_XLSX

    return export_map_pdf if ending == "pdf" else EKSPOR_XLSX[hal]


def run(args: argparse.Namespace) -> int:
    ending = args.keluaran.suffix.lower().lstrip(".")
    allowed = HAL[args.hal][2]
    if ending not in allowed:
        wanted = " atau ".join(f".{b}" for b in allowed)
        raise GagalPerintah(f"--keluaran harus berakhiran {wanted}.", kode=2)
    if not args.keluaran.absolute().parent.is_dir():
        raise GagalPerintah(f"Folder {args.keluaran.absolute().parent} tidak ada.", kode=2)
    with database(args), progress() as kemajuan:
        from django.http import Http404

        from petajabatan.inti.actor import sistem
        from petajabatan.inti.dinding import scope_of

        actor = sistem("ekspor")
        options: dict[str, Any] = {"versi": args.versi, "tanggal": args.tanggal}
        if getattr(args, "kosong", False):
            options["kosong"] = True
        with scope_of(actor):
            instansi = find_instansi(args.instansi)
            unit = find_unit(instansi.pk, args.unit) if args.unit else None
            try:
                isi = _exporter(args.hal, ending)(
                    actor, instansi.pk, unor_id=unit, kemajuan=kemajuan, **options
                )
            except Http404 as missing:
                raise GagalPerintah(str(missing)) from missing
        write_whole(args.keluaran, isi)
    emit(
        args,
        {"ok": True, "instansi": instansi.nama, "unor_id": unit, "berkas": args.keluaran, "byte": len(isi)},
        f"{args.keluaran} ditulis ({angka(len(isi) // 1024)} KB).",
    )
    return 0
