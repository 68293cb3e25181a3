"""``petajabatan jam``: read or move the business date."""

from __future__ import annotations

import argparse
from typing import Any

from petajabatan.cli.keluaran import GagalPerintah, emit
from petajabatan.cli.lingkungan import database
from petajabatan.cli.penguraian import add_command, day


def add_parser(sub: Any) -> None:
    parser = add_command(
        sub,
        "jam",
        "lihat atau geser tanggal kerja (demo dan uji saja)",
        "Tanggal kerja menentukan versi peta yang berlaku, masa jabatan dan pensiun. Menggesernya"
        " berguna untuk\n"
        "mencoba keputusan yang berlaku nanti; ditolak dalam mode produksi.",
        ["petajabatan jam", "petajabatan jam --ke 2027-01-01", "petajabatan jam --kembali"],
        run,
    )
    pilihan = parser.add_mutually_exclusive_group()
    pilihan.add_argument("--ke", type=day, metavar="TTTT-BB-HH", help="geser ke tanggal ini")
    pilihan.add_argument("--kembali", action="store_true", help="kembali ke tanggal sebenarnya")


def run(args: argparse.Namespace) -> int:
    with database(args):
        from django.conf import settings
        from django.utils import timezone

        from petajabatan.inti.actor import sistem
        from petajabatan.inti.dinding import scope_of
        from petajabatan.inti.jam import JAKARTA, move_to, today
        from petajabatan.pegawai.services.hitung import recount_due

        real = timezone.now().astimezone(JAKARTA).date()
        with scope_of(sistem("jam")):
            if args.ke or args.kembali:
                if settings.PRODUCTION:
                    raise GagalPerintah("Tanggal kerja tidak dapat digeser dalam mode produksi.")
                move_to(args.ke or real)
            day = today()
        counted = recount_due() if args.ke or args.kembali else 0
    shifted = "" if day == real else f" (tanggal sebenarnya {real})"
    also = f"\nB dihitung ulang untuk {counted} instansi." if counted else ""
    emit(
        args,
        {"ok": True, "hari": day, "sebenarnya": real, "dihitung_ulang": counted},
        f"Tanggal kerja: {day}{shifted}{also}",
    )
    return 0
