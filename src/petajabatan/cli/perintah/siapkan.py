"""``petajabatan siapkan``: install or update the database."""

from __future__ import annotations

import argparse
from typing import Any

from petajabatan.cli.keluaran import emit
from petajabatan.cli.lingkungan import server
from petajabatan.cli.penguraian import add_command


def add_parser(sub: Any) -> None:
    add_command(
        sub,
        "siapkan",
        "pasang atau perbarui basis data",
        "Membuat peran, tabel, pemicu dan hak pada basis data, atau membawanya ke versi program ini."
        " Aman diulang;\n"
        "data tidak hilang. Dijalankan sebagai pemilik basis data; 'serve' memanggilnya sendiri pada"
        " setiap mulai.",
        [
            "petajabatan siapkan",
            "DATABASE_URL=postgresql://admin:…@db.instansi.go.id/peta petajabatan siapkan",
        ],
        run,
    )


def run(args: argparse.Namespace) -> int:
    from petajabatan.runtime.install import install

    with server(args) as folder:
        applied = install(folder)
    text = f"Basis data diperbarui: {len(applied)} migrasi." if applied else "Basis data sudah mutakhir."
    emit(args, {"ok": True, "migrasi": applied}, text)
    return 0
