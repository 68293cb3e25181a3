"""Import of 1,000 informasi jabatan from a workbook into a draft, on an instansi of 5,000 boxes.

    python bench/bench_infojab_tukar.py            # all
    python bench/bench_infojab_tukar.py --kecil    # a tenth of the size, for trying out

Each stage runs in a process of its own, so that its peak memory is its own; the workbook is written before. The
first figure is what the issue asks for: the file read, matched, checked and compared; the second carries it out as
operations of the draft, checked by its own rules; the third brings the same file in again.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

from _data import make_map
from _infojab import sections, sheet
from _lari import report, throwaway_server

BATAS_DETIK, BATAS_MB = 20.0, 500.0
BANYAK = 1_000


def prepare(folder: Path, n: int) -> dict[str, Any]:
    """A map, an operator, a draft, and the workbook of ``n`` new informasi jabatan; ids for the stages."""
    from bench_usulan import account

    from petajabatan.anjab.importers.tulis import write_workbook
    from petajabatan.anjab.queries.tukar import Cakupan, boxes_of_scope, published_source
    from petajabatan.anjab.rules.tukar import Paket
    from petajabatan.inti.actor import sistem
    from petajabatan.inti.dinding import scope_of
    from petajabatan.usulan.services import create_usulan

    instansi_id = make_map("8803", n, 5 * n)
    with scope_of(sistem("bench")):
        operator = account("ukur.tukar", "instansi-operator-sotk", instansi_id)
        source = published_source(instansi_id)
        boxes = [box for box in boxes_of_scope(source, Cakupan()) if not box.kepala][:n]
    for number, box in enumerate(boxes, 1):
        box.infojab_id, box.abk = 10_000_000 + number, sheet(number)
    isi = {10_000_000 + number: sections(number) for number in range(1, len(boxes) + 1)}
    paket = Paket(instansi_id, source.instansi.nama, source.instansi.id_siasn, "bench", isi, boxes)
    path = folder / "infojab.xlsx"
    start = time.perf_counter()
    write_workbook(path, paket, source.isian)
    seconds = time.perf_counter() - start
    with scope_of(operator):
        usulan = create_usulan(operator, instansi_id, judul="Ukur impor", layanan="infojab")
    return {"usulan": usulan.pk, "path": str(path), "pengguna": operator.id, "tulis": seconds}


def stage(task: dict[str, Any], periksa: bool) -> dict[str, float]:
    """Bring the file in once, in this process, as the web role behind the wall."""
    from petajabatan.runtime import install

    install.setup_django("web")
    from petajabatan.akun.models import Pengguna
    from petajabatan.akun.queries import actor_of
    from petajabatan.anjab.services.tukar import import_infojab
    from petajabatan.inti.actor import sistem
    from petajabatan.inti.dinding import scope_of

    with scope_of(sistem("bench")):
        operator = actor_of(Pengguna.objects.get(pk=task["pengguna"]))
    start = time.perf_counter()
    with scope_of(operator):
        result = import_infojab(operator, task["usulan"], Path(task["path"]), periksa=periksa)
    seconds = time.perf_counter() - start
    if not result.ok:
        raise RuntimeError(str(result.temuan[:3]))
    return {
        "detik": seconds,
        "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "infojab": result.infojab,
        "operasi": result.operasi,
    }


def in_process(task: dict[str, Any], periksa: bool) -> dict[str, float]:
    arguments = [sys.executable, __file__, "--tahap", json.dumps(task)] + (["--periksa"] if periksa else [])
    out = subprocess.run(
        arguments, check=True, capture_output=True, text=True, env=os.environ | {"PETAJABATAN_DB": "web"}
    )
    return json.loads(out.stdout)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kecil", action="store_true", help="sepersepuluh ukurannya")
    parser.add_argument("--tahap")
    parser.add_argument("--periksa", action="store_true")
    args = parser.parse_args()
    if args.tahap:
        print(json.dumps(stage(json.loads(args.tahap), args.periksa)))
        return 0
    with throwaway_server() as folder:
        from petajabatan.runtime import install

        install.setup_django("web")
        task = prepare(folder, BANYAK // 10 if args.kecil else BANYAK)
        checked = in_process(task, True)
        stored = in_process(task, False)
        again = in_process(task, False)
    n = int(checked["infojab"])
    ok = [
        report("infojab-impor-periksa-detik", checked["detik"], "s", BATAS_DETIK, n=n),
        report("infojab-impor-periksa-memori", checked["mb"], "MB", BATAS_MB, n=n),
        report("infojab-impor-simpan-detik", stored["detik"], "s", BATAS_DETIK, n=int(stored["operasi"])),
        report("infojab-impor-simpan-memori", stored["mb"], "MB", BATAS_MB, n=n),
        report("infojab-impor-ulang-detik", again["detik"], "s", BATAS_DETIK, n=n),
        report("infojab-impor-ulang-operasi", again["operasi"], "operasi", 0, n=n),
        report("infojab-ekspor-xlsx-detik", task["tulis"], "s", n=n),
    ]
    return 0 if all(ok) else 1


if __name__ == "__main__":
    raise SystemExit(main())
