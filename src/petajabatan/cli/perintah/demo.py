"""``petajabatan demo``: load the believable example."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from petajabatan.cli.keluaran import GagalPerintah, emit
from petajabatan.cli.lingkungan import database, progress
from petajabatan.cli.penguraian import add_command


def add_parser(sub: Any) -> None:
    parser = add_command(
        sub,
        "demo",
        "muat data contoh: Kabupaten Rembang dan satu kementerian",
        "Memuat organisasi, peta jabatan, pegawai buatan dan akun contoh. Semua orang di dalamnya"
        " rekaan dan ditandai\n"
        "demikian. Ditolak dalam mode produksi. 'serve' memuatnya sendiri bila basis data masih kosong.",
        [
            "petajabatan demo",
            "petajabatan demo --bila-kosong --json",
            "petajabatan demo --contoh contoh-impor",
        ],
        run,
    )
    parser.add_argument("--bila-kosong", action="store_true", help="lewati bila sudah ada peta jabatan")
    parser.add_argument(
        "--contoh",
        type=Path,
        metavar="FOLDER",
        help="tulis berkas contoh untuk mencoba impor ke FOLDER; basis data tidak diubah",
    )


def run(args: argparse.Namespace) -> int:
    if args.contoh is not None:
        return _samples(args)
    with database(args):
        from django.conf import settings

        from petajabatan.inti.actor import sistem
        from petajabatan.inti.dinding import scope_of
        from petajabatan.organisasi.models import PetaVersi

        if settings.PRODUCTION:
            raise GagalPerintah(
                "Data contoh tidak dimuat dalam mode produksi.", "Hapus PETAJABATAN_MODE=produksi."
            )
        actor = sistem("demo")
        with scope_of(actor):
            if args.bila_kosong and PetaVersi.objects.exists():
                emit(args, {"ok": True, "dimuat": False}, "Sudah ada peta jabatan; data contoh dilewati.")
                return 0
        from petajabatan.demo.services import load_demo

        with progress() as kemajuan, scope_of(actor):
            isi = load_demo(actor, kemajuan=kemajuan)
    lines = [f"  {key}: {value}" for key, value in isi.items()]
    emit(args, {"ok": True, "dimuat": True, **isi}, ["Data contoh dimuat:", *lines])
    return 0


def _samples(args: argparse.Namespace) -> int:
    with database(args):
        from petajabatan.demo.contoh import write_samples

        files = write_samples(args.contoh)
    lines = [f"  {args.contoh / name}: {n} baris" for name, n in files.items()]
    emit(args, {"ok": True, "berkas": files}, ["Berkas contoh ditulis:", *lines])
    return 0
