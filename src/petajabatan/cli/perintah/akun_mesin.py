"""``petajabatan akun mesin``: credentials for an application that reads the API."""

from __future__ import annotations

import argparse
from typing import Any

from petajabatan.cli.keluaran import emit
from petajabatan.cli.lingkungan import database, find_instansi, find_user
from petajabatan.cli.penguraian import add_command


def add_parser(hal: Any) -> None:
    parser = add_command(
        hal,
        "mesin",
        "daftarkan aplikasi yang membaca API",
        "Membuat akun mesin dengan client_id dan client_secret (OAuth2 client credentials). Rahasianya hanya"
        " tampil sekali.\nDengan --ganti rahasia lama dan semua tokennya berhenti berlaku.",
        [
            "petajabatan akun mesin simpeg-rembang --peran pemantau",
            "petajabatan akun mesin simpeg-rembang --peran instansi-operator-sotk --instansi 6413",
            "petajabatan akun mesin simpeg-rembang --ganti",
        ],
        run,
    )
    parser.add_argument("username", help="nama aplikasi, menjadi client_id")
    parser.add_argument("--nama", default="", metavar="NAMA")
    parser.add_argument(
        "--peran", default="pemantau", metavar="PERAN", help="peran pertama (bawaan: pemantau)"
    )
    parser.add_argument("--instansi", metavar="KODE", help="kode BKN, id SIASN atau nama instansi")
    parser.add_argument("--ganti", action="store_true", help="rahasia baru untuk mesin yang sudah ada")


def run(args: argparse.Namespace) -> int:
    with database(args):
        from petajabatan.akun.mesin import register_machine, renew_secret
        from petajabatan.akun.services import grant_role
        from petajabatan.inti.actor import sistem
        from petajabatan.inti.dinding import scope_of

        actor = sistem("akun mesin")
        with scope_of(actor):
            if args.ganti:
                key = renew_secret(actor, find_user(args.username))
            else:
                key = register_machine(actor, args.username, nama=args.nama)
                instansi = find_instansi(args.instansi).pk if args.instansi else None
                grant_role(actor, key.pengguna, args.peran, instansi_id=instansi)
    emit(
        args,
        {"ok": True, "client_id": key.client_id, "client_secret": key.client_secret},
        [
            f"client_id      {key.client_id}",
            f"client_secret  {key.client_secret}",
            "Simpan rahasia ini sekarang; ia tidak ditampilkan lagi.",
        ],
    )
    return 0
