"""Print: a dinas, a whole regency of about 1,000 units, and its workbook: seconds and peak memory.

Each figure is taken in a process of its own, so that memory is that of the print alone; children (typst runs
in them) are counted with the parent, as both exist at the same time.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time

from _lari import report

UNITS = 1000
LIMIT_DINAS = 3.0
"""Seconds: "print of one dinas must take a few seconds"."""
LIMIT_MAP = 20.0
LIMIT_MB = 500.0
"""Peak memory of parent and one child together; 250 documents in one typst run took 912 MB."""


def measure(what: str) -> dict[str, float]:
    """Compose and render once, in this process."""
    from petajabatan.jabatan.rules.peta import rollup
    from petajabatan.pegawai.cetak.dokumen import compose
    from petajabatan.pegawai.cetak.render import render_pdf
    from petajabatan.pegawai.cetak.tests.contoh import IDENTITAS, kabupaten

    peta = kabupaten(1, 2, 17, 5) if what == "dinas" else kabupaten(30, 40, 40, 280)
    dari = next(u.id for u in peta.simpul.values() if u.nama == "Dinas 1") if what == "dinas" else None
    rollup(peta)
    start = time.perf_counter()
    doc = compose(peta, IDENTITAS, dari=dari)
    composed = time.perf_counter()
    data = render_pdf(doc)
    end = time.perf_counter()
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return {
        "detik": end - start,
        "menata": composed - start,
        "mb": own + child,
        "halaman": doc.jumlah_halaman,
        "unit": sum(1 for _ in peta.walk(dari)),
        "kb": len(data) / 1024,
    }


def workbook() -> dict[str, float]:
    """The XLSX of the large map."""
    from petajabatan.jabatan.rules.peta import rollup
    from petajabatan.pegawai.cetak.tests.contoh import IDENTITAS, kabupaten
    from petajabatan.pegawai.cetak.xlsx_peta import map_workbook

    peta = kabupaten(30, 40, 40, 280)
    total = rollup(peta)
    start = time.perf_counter()
    data = map_workbook(peta, IDENTITAS, kosong=True)
    return {
        "detik": time.perf_counter() - start,
        "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "baris": total.n_unor + total.n_posisi,
        "kb": len(data) / 1024,
    }


def in_process(what: str) -> dict[str, float]:
    out = subprocess.run(
        [sys.executable, __file__, "--ukur", what], check=True, capture_output=True, text=True
    ).stdout
    return json.loads(out)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ukur", choices=("dinas", "peta", "xlsx"))
    what = parser.parse_args().ukur
    if what:
        print(json.dumps(workbook() if what == "xlsx" else measure(what)))
        return 0
    dinas = min((in_process("dinas") for _ in range(3)), key=lambda r: r["detik"])
    whole = in_process("peta")
    sheet = in_process("xlsx")
    n = int(whole["unit"])
    ok = [
        report("cetak-dinas-detik", dinas["detik"], "s", LIMIT_DINAS, n=int(dinas["unit"])),
        report("cetak-dinas-memori", dinas["mb"], "MB", LIMIT_MB, n=int(dinas["unit"])),
        report(f"cetak-peta-{UNITS}-detik", whole["detik"], "s", LIMIT_MAP, n=n),
        report(f"cetak-peta-{UNITS}-menata-letak", whole["menata"], "s", n=n),
        report(f"cetak-peta-{UNITS}-memori", whole["mb"], "MB", LIMIT_MB, n=n),
        report(f"cetak-peta-{UNITS}-halaman", whole["halaman"], "halaman", n=n),
        report(f"ekspor-xlsx-{UNITS}-detik", sheet["detik"], "s", LIMIT_DINAS, n=int(sheet["baris"])),
    ]
    return 0 if all(ok) else 1


if __name__ == "__main__":
    raise SystemExit(main())
