"""``petajabatan worker``: the process that carries out background jobs."""

from __future__ import annotations

import argparse
from typing import Any

from petajabatan.cli.keluaran import GagalPerintah
from petajabatan.cli.lingkungan import data_dir
from petajabatan.cli.penguraian import add_command


def add_parser(sub: Any) -> None:
    parser = add_command(
        sub,
        "worker",
        "jalankan pekerja latar belakang",
        "Mengerjakan antrean (impor, ekspor, cetak) dengan hak akun yang memintanya. 'serve' sudah"
        " menjalankan satu;\n"
        "perintah ini untuk pemasangan dengan systemd atau pekerja tambahan di mesin lain.",
        ["petajabatan worker", "petajabatan worker --serentak 2"],
        run,
    )
    parser.add_argument("--serentak", type=int, default=1, metavar="N", help="pekerjaan bersamaan (bawaan 1)")


def run(args: argparse.Namespace) -> int:
    from petajabatan.runtime.worker import run_worker

    data_dir(args)
    if args.serentak < 1:
        raise GagalPerintah("--serentak sedikitnya 1.", kode=2)
    return run_worker(concurrency=args.serentak)
