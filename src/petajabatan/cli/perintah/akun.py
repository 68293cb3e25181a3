"""``petajabatan akun``: accounts and grants, above all the first administrator outside the demo."""

from __future__ import annotations

import argparse
import datetime as dt
import getpass
import sys
from typing import TYPE_CHECKING, Any

from petajabatan.cli.keluaran import GagalPerintah, emit
from petajabatan.cli.lingkungan import database, find_instansi, find_user
from petajabatan.cli.penguraian import add_command, add_group, day
from petajabatan.cli.perintah import akun_mesin

if TYPE_CHECKING:
    from petajabatan.akun.models import Pengguna


def add_parser(sub: Any) -> None:
    parser = add_command(
        sub,
        "akun",
        "buat akun, beri peran, nonaktifkan",
        "Akun dan peran dari baris perintah; di luar demo, begitulah admin pertama dibuat. Peran ="
        " tugas × lingkup\n"
        "(nasional, instansi, unor, kelompok, diri) untuk suatu masa.",
        [
            "petajabatan akun buat siti --nama 'Siti Rahma' --peran admin-pusat",
            "petajabatan akun peran budi instansi-operator-sotk --instansi 6413",
            "petajabatan akun mesin simpeg-rembang --peran pemantau",
            "petajabatan akun daftar",
            "petajabatan akun nonaktif budi",
        ],
    )
    hal = add_group(parser)
    _buat(hal)
    _peran(hal)
    akun_mesin.add_parser(hal)
    nonaktif = add_command(
        hal,
        "nonaktif",
        "tutup sebuah akun",
        "Sesi dan tokennya berhenti berlaku seketika; riwayatnya tetap ada."
        " Admin pusat terakhir tidak dapat ditutup.",
        ["petajabatan akun nonaktif budi"],
        run_nonaktif,
    )
    nonaktif.add_argument("username")
    add_command(
        hal,
        "daftar",
        "semua akun dan perannya",
        "Nama akun, keadaan, dan peran yang berlaku.",
        (),
        run_daftar,
    )


def _grant_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--lingkup", metavar="L", help="lingkup (bawaan: lingkup pertama peran itu)")
    parser.add_argument("--instansi", metavar="KODE", help="kode BKN, id SIASN atau nama instansi")
    parser.add_argument("--sasaran", type=int, metavar="ID", help="id unor atau kelompok jabatan")
    parser.add_argument("--sampai", type=day, metavar="TTTT-BB-HH", help="hari terakhir berlaku")


def _buat(hal: Any) -> None:
    parser = add_command(
        hal,
        "buat",
        "akun baru, boleh langsung dengan satu peran",
        "Sandi ditanyakan di terminal, atau dibaca dari masukan baku dengan --sandi-baku. Dengan"
        " --sso akun hanya\n"
        "dapat masuk lewat OIDC. Gagal bila nama sudah dipakai atau sandi lemah.",
        [
            "petajabatan akun buat siti --nama 'Siti Rahma' --peran admin-pusat",
            "petajabatan akun buat 198001012005011001 --sso --peran verifikator-bkn",
            "printf '%%s' \"$SANDI\" | petajabatan akun buat siti --sandi-baku".replace("%%", "%"),
        ],
        run_buat,
    )
    parser.add_argument("username")
    parser.add_argument("--nama", default="", metavar="NAMA", help="nama lengkap")
    parser.add_argument("--email", default="", metavar="ALAMAT")
    sandi = parser.add_mutually_exclusive_group()
    sandi.add_argument("--sandi-baku", action="store_true", help="baca sandi dari masukan baku")
    sandi.add_argument("--sso", action="store_true", help="tanpa sandi; masuk lewat OIDC saja")
    parser.add_argument("--peran", metavar="PERAN", help="peran pertama")
    _grant_options(parser)


def _peran(hal: Any) -> None:
    parser = add_command(
        hal,
        "peran",
        "beri (atau akhiri) peran",
        "Memberi peran kepada akun mulai hari ini. --akhiri mengakhirinya; baris lamanya tetap"
        " sebagai riwayat.",
        [
            "petajabatan akun peran budi instansi-operator-sotk --instansi 6413",
            "petajabatan akun peran budi instansi-operator-sotk --instansi 6413 --akhiri",
        ],
        run_peran,
    )
    parser.add_argument("username")
    parser.add_argument("peran")
    _grant_options(parser)
    parser.add_argument("--akhiri", action="store_true", help="akhiri peran itu")


def _password(args: argparse.Namespace) -> str | None:
    if args.sso:
        return None
    if args.sandi_baku:
        return sys.stdin.readline().rstrip("\n")
    if not sys.stdin.isatty():
        raise GagalPerintah("Sandi tidak dapat ditanyakan di sini.", "Pakai --sandi-baku atau --sso.", 2)
    first = getpass.getpass("Sandi: ")
    if first != getpass.getpass("Ulangi sandi: "):
        raise GagalPerintah("Kedua sandi tidak sama.", kode=2)
    return first


def run_buat(args: argparse.Namespace) -> int:
    password = _password(args)
    with database(args):
        from petajabatan.akun.services import create_account, grant_role
        from petajabatan.inti.actor import sistem
        from petajabatan.inti.dinding import scope_of

        actor = sistem("akun buat")
        with scope_of(actor):
            user = create_account(actor, args.username, nama=args.nama, email=args.email, password=password)
            if args.peran:
                instansi = find_instansi(args.instansi).pk if args.instansi else None
                grant_role(
                    actor, user, args.peran,
                    lingkup=args.lingkup, instansi_id=instansi, sasaran_id=args.sasaran, sampai=args.sampai,
                )  # fmt: skip
    given = f" dengan peran {args.peran}" if args.peran else ""
    emit(args, {"ok": True, "id": user.pk, "username": user.username}, f"Akun {user.username} dibuat{given}.")
    return 0


def run_peran(args: argparse.Namespace) -> int:
    with database(args):
        from petajabatan.akun.models import Peran
        from petajabatan.akun.services import end_role, grant_role
        from petajabatan.inti.actor import sistem
        from petajabatan.inti.dinding import scope_of

        actor = sistem("akun peran")
        user = find_user(args.username)
        instansi = find_instansi(args.instansi).pk if args.instansi else None
        with scope_of(actor):
            if args.akhiri:
                grants = Peran.objects.filter(pengguna=user, peran=args.peran, instansi_id=instansi)
                ended = [end_role(actor, grant, args.sampai).pk for grant in grants]
                if not ended:
                    raise GagalPerintah(f"{user.username} tidak memegang peran {args.peran} itu.")
                emit(
                    args,
                    {"ok": True, "diakhiri": ended},
                    f"Peran {args.peran} pada {user.username} diakhiri.",
                )
                return 0
            grant = grant_role(
                actor, user, args.peran,
                lingkup=args.lingkup, instansi_id=instansi, sasaran_id=args.sasaran, sampai=args.sampai,
            )  # fmt: skip
    emit(
        args, {"ok": True, "id": grant.pk}, f"{user.username} memegang peran {args.peran} ({grant.lingkup})."
    )
    return 0


def run_nonaktif(args: argparse.Namespace) -> int:
    with database(args):
        from petajabatan.akun.services import deactivate
        from petajabatan.inti.actor import sistem
        from petajabatan.inti.dinding import scope_of

        actor = sistem("akun nonaktif")
        user = find_user(args.username)
        with scope_of(actor):
            deactivate(actor, user)
    emit(args, {"ok": True, "username": user.username}, f"Akun {user.username} ditutup.")
    return 0


def _describe(user: Pengguna, day: dt.date) -> dict[str, Any]:
    held = [
        {"peran": p.peran, "lingkup": p.lingkup, "instansi_id": p.instansi_id, "sampai": p.berlaku_sampai}
        for p in user.peran_set.all()
        if p.berlaku_dari <= day and (p.berlaku_sampai is None or p.berlaku_sampai >= day)
    ]
    return {
        "username": user.username,
        "nama": user.nama,
        "aktif": user.is_active,
        "mesin": user.mesin,
        "peran": held,
    }


def run_daftar(args: argparse.Namespace) -> int:
    with database(args):
        from petajabatan.akun.models import Pengguna
        from petajabatan.inti.jam import today

        day = today()
        users = list(Pengguna.objects.prefetch_related("peran_set").order_by("username"))
        rows: list[dict[str, Any]] = [_describe(user, day) for user in users]
    lines = [
        f"{row['username']:<24} {'aktif' if row['aktif'] else 'ditutup':<8} "
        + ", ".join(
            f"{p['peran']}@{p['lingkup']}" + (f":{p['instansi_id']}" if p["instansi_id"] else "")
            for p in row["peran"]
        )
        for row in rows
    ]
    emit(
        args,
        {"ok": True, "akun": rows},
        lines or "Belum ada akun. Buat admin: petajabatan akun buat NAMA --peran admin-pusat",
    )
    return 0
