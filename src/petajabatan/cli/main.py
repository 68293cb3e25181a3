"""Entry point of ``petajabatan``: runs one command, turns trouble into sentences and exit codes."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence

from petajabatan import __version__
from petajabatan.cli.keluaran import GagalPerintah, emit, finding_lines, say
from petajabatan.cli.lingkungan import data_dir
from petajabatan.cli.penguraian import Pengurai, common

PERINTAH = (
    "serve", "worker", "siapkan", "demo", "impor", "ekspor", "periksa", "cadangkan", "akun", "jam", "bench",
    "simulasi",
)  # fmt: skip

URAIAN = """\
Peta Jabatan: satu tempat untuk organisasi (unor), jabatan, kebutuhan (K) dan bezetting (B) pemerintah
yang sudah diverifikasi.

Mulai dari nol:
  petajabatan serve                 siapkan semuanya, muat data contoh, layani http://localhost:8000

Dengan data sendiri:
  petajabatan impor referensi DIR   daftar resmi: instansi, jabatan, pendidikan, wilayah, …
  petajabatan impor unor FILE       pohon organisasi dan peta jabatan satu instansi
  petajabatan impor pegawai FILE    pegawai dan jabatan yang didudukinya
  petajabatan ekspor peta …         peta jabatan sebagai PDF atau XLSX
  petajabatan periksa               buktikan bahwa isi basis data masih utuh

Setiap perintah menerima --json, dan keluar dengan kode bukan nol bila yang diminta tidak terpenuhi:
1 ditolak atau gagal, 2 salah pakai, 130 dihentikan dengan Ctrl-C.
"""
LINGKUNGAN = """\
lingkungan:
  PETAJABATAN_DATA      folder data (bawaan: /var/lib/petajabatan untuk root, selainnya
                        ~/.local/share/petajabatan)
  PETAJABATAN_MODE      demo (bawaan) atau produksi
  DATABASE_URL          PostgreSQL 15+ milik sendiri, sebagai pemilik basis data; kosong: yang tertanam
  DATABASE_WEB_URL      sambungan peran petajabatan_web pada server itu, bila tidak memakai sandi buatan

contoh:
  petajabatan serve --port 8080
  petajabatan impor referensi ../shared/data --json
  petajabatan periksa --penuh
"""


def build_parser() -> Pengurai:
    parser = Pengurai(prog="petajabatan", description=URAIAN, epilog=LINGKUNGAN)
    parser.add_argument(
        "--version", action="version", version=f"petajabatan {__version__}", help="versi program"
    )
    common(parser)
    sub = parser.add_subparsers(
        title="perintah", metavar="PERINTAH", required=True, dest="perintah", parser_class=Pengurai
    )
    for name in PERINTAH:
        importlib.import_module(f"petajabatan.cli.perintah.{name}").add_parser(sub)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    args = build_parser().parse_args(argv)
    data_dir(args)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "petajabatan.config.settings")
    try:
        return int(args.run(args))
    except GagalPerintah as failure:
        if getattr(args, "json", False):
            emit(args, {"ok": False, "galat": failure.kalimat, "perbaikan": failure.perbaikan}, "")
        say(f"Galat: {failure.kalimat}" + (f"\n{failure.perbaikan}" if failure.perbaikan else ""))
        return failure.kode
    except KeyboardInterrupt:
        say("\nDihentikan.")
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except Exception as error:
        return _refusal(args, error)


def _refusal(args: object, error: Exception) -> int:
    """Refusals and lost databases as sentences; anything else is a bug and keeps its traceback."""
    import argparse

    from django.core.exceptions import PermissionDenied
    from django.db import OperationalError

    from petajabatan.inti.temuan import Ditolak

    assert isinstance(args, argparse.Namespace)
    if isinstance(error, Ditolak):
        found = {"ok": False, "temuan": [t.as_dict() for t in error.temuan]}
        emit(args, found, ["Ditolak; tidak ada yang disimpan.", *finding_lines(error.temuan)])
        return 1
    if isinstance(error, PermissionDenied):
        say(f"Galat: {error}")
        return 1
    if isinstance(error, OperationalError):
        say("Galat: sambungan ke basis data terputus; perubahan yang belum selesai dibatalkan seluruhnya.")
        return 1
    raise error
