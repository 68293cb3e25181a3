"""``petajabatan serve``: everything in one terminal."""

from __future__ import annotations

import argparse
import os
from typing import Any

from petajabatan.cli.keluaran import GagalPerintah
from petajabatan.cli.lingkungan import data_dir
from petajabatan.cli.penguraian import add_command


def add_parser(sub: Any) -> None:
    parser = add_command(
        sub,
        "serve",
        "siapkan dan layani: web, pekerja, dan PostgreSQL tertanam",
        "Menyalakan PostgreSQL tertanam (atau memakai DATABASE_URL), memperbarui basis data, memuat"
        " data contoh bila\n"
        "masih kosong (mode demo), lalu melayani halaman dan mengerjakan antrean. Proses yang mati"
        " dinyalakan lagi.\n"
        "Ctrl-C menghentikan semuanya dengan rapi. Gagal bila port terpakai, folder data tidak dapat"
        " ditulis, atau\n"
        "folder itu sedang dilayani proses lain.",
        [
            "petajabatan serve",
            "petajabatan serve --port 8080 --data-dir ~/peta-uji --tanpa-demo",
            "PETAJABATAN_MODE=produksi petajabatan serve --host 0.0.0.0 --workers 4",
        ],
        run,
    )
    parser.add_argument(
        "--port", type=int, default=int(os.environ.get("PORT") or 8000), metavar="PORT",
        help="port (bawaan PORT atau 8000)",
    )  # fmt: skip
    parser.add_argument(
        "--host",
        default="127.0.0.1",
        metavar="ALAMAT",
        help="alamat jaringan (bawaan 127.0.0.1: mesin ini saja)",
    )
    parser.add_argument(
        "--workers",
        type=int,
        default=os.cpu_count() or 2,
        metavar="N",
        help="proses web (bawaan: jumlah inti)",
    )
    parser.add_argument("--tanpa-demo", action="store_true", help="jangan memuat data contoh")


def run(args: argparse.Namespace) -> int:
    from petajabatan.runtime.check import StartError
    from petajabatan.runtime.postgres import PostgresError
    from petajabatan.runtime.supervisor import Supervisor

    if args.workers < 1:
        raise GagalPerintah("--workers sedikitnya 1.", kode=2)
    supervisor = Supervisor(
        data_dir(args), port=args.port, host=args.host, workers=args.workers, demo=not args.tanpa_demo,
        json_output=getattr(args, "json", False),
    )  # fmt: skip
    try:
        return supervisor.run()
    except (StartError, PostgresError) as error:
        raise GagalPerintah(str(error)) from error
