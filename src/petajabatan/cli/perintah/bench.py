"""``petajabatan bench``: the measurements, each one JSON line."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from petajabatan.cli.keluaran import GagalPerintah, emit, say
from petajabatan.cli.lingkungan import data_dir
from petajabatan.cli.penguraian import add_command

TERSENDIRI = ("skala",)
"""Measurements that take minutes and run only when they are named: a simulated nation."""
FOLDER = Path(__file__).resolve().parents[4] / "bench"


def add_parser(sub: Any) -> None:
    parser = add_command(
        sub,
        "bench",
        "jalankan pengukuran kinerja",
        "Menjalankan semua pengukuran (atau yang disebut) pada basis data sementara; data Anda tidak"
        " disentuh. Tiap\n"
        "angka satu baris JSON {name,value,unit,limit,limit_on,ratio,n,ok}, juga ditulis ke"
        " bench/out/. Gagal bila ada\n"
        "angka di luar batasnya. Hanya dari salinan sumber program.",
        ["petajabatan bench", "petajabatan bench peta cetak", "petajabatan bench --daftar"],
        run,
    )
    parser.add_argument("nama", nargs="*", metavar="NAMA", help="pengukuran (bawaan: semua selain skala)")
    parser.add_argument("--daftar", action="store_true", help="sebutkan pengukuran yang ada")


def _available() -> dict[str, Path]:
    return {
        p.stem.removeprefix("bench_"): p for p in sorted(FOLDER.glob("*.py")) if not p.stem.startswith("_")
    }


def run(args: argparse.Namespace) -> int:
    data_dir(args)
    known = _available()
    if not known:
        raise GagalPerintah("Pengukuran tidak ikut terpasang.", "Jalankan dari salinan sumber: make bench.")
    if args.daftar:
        emit(args, {"ok": True, "pengukuran": list(known)}, list(known))
        return 0
    unknown = [name for name in args.nama if name not in known]
    if unknown:
        raise GagalPerintah(
            f"Pengukuran tidak dikenal: {', '.join(unknown)}.", f"Ada: {', '.join(known)}.", 2
        )
    figures: list[dict[str, Any]] = []
    broken = []
    for name in args.nama or [name for name in known if name not in TERSENDIRI]:
        say(f"— {name}")
        env = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "DATABASE_WEB_URL")}
        with subprocess.Popen(  # noqa: S603
            [sys.executable, str(known[name])], stdout=subprocess.PIPE, text=True, env=env, cwd=FOLDER
        ) as process:
            assert process.stdout is not None
            for line in process.stdout:
                figure = _figure(line)
                if figure is None:
                    say(line.rstrip())
                    continue
                figures.append(figure)
                if not getattr(args, "json", False):
                    print(line.rstrip(), flush=True)
        if process.returncode != 0:
            broken.append(name)
    missed = [f["name"] for f in figures if not f["ok"]]
    ok = not broken and not missed
    if getattr(args, "json", False):
        emit(args, {"ok": ok, "angka": figures, "di_luar_batas": missed, "gagal": broken}, "")
    elif not ok:
        say(f"Di luar batas: {', '.join(missed) or '-'}; gagal berjalan: {', '.join(broken) or '-'}")
    return 0 if ok else 1


def _figure(line: str) -> dict[str, Any] | None:
    try:
        row = json.loads(line)
    except ValueError:
        return None
    return row if isinstance(row, dict) and {"name", "value", "ok"} <= row.keys() else None
