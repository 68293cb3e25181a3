"""Print of 250 informasi jabatan as PDF (and, beside it, DOCX and XLSX): seconds and peak memory.

Each figure is taken in a process of its own, so that memory is that of the print alone; children (typst runs in them)
are counted with the parent, as both exist at the same time.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

from _infojab import sections, sheet
from _lari import report

BANYAK, DOCX = 250, 100
"""Posts; a DOCX holds at most 100."""
BATAS_DETIK, BATAS_MB = 20.0, 400.0


def measure(bentuk: str) -> dict[str, float]:
    """Compose and write once, in this process."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "petajabatan.config.settings")
    os.environ.setdefault("PETAJABATAN_MODE", "uji")
    import django

    django.setup()
    import datetime as dt

    from petajabatan.anjab.cetak.docx import write_docx
    from petajabatan.anjab.cetak.pdf import write_pdf
    from petajabatan.anjab.cetak.sumber import Cetak
    from petajabatan.anjab.cetak.susunan import Cetakan, compose
    from petajabatan.anjab.cetak.xlsx import write_xlsx
    from petajabatan.anjab.rules.tukar import KotakTukar
    from petajabatan.jabatan.data_abk import abk_reference

    acuan = abk_reference(dt.date(2026, 1, 1))
    line = [("21", "Dinas Ukur"), ("31", "Bidang Ukur"), ("41", "Seksi Ukur")]
    start = time.perf_counter()
    posts = [
        compose(
            Cetakan(
                KotakTukar(n, 1, "Seksi Ukur", "Dinas Ukur › Seksi Ukur", f"Pengelola Urusan {n}", "pelaksana", kelas=7,
                           infojab_id=n, abk=sheet(n)),
                line,
                sections(n),
            ),
            acuan,
        )
        for n in range(DOCX if bentuk == "docx" else BANYAK)
    ]  # fmt: skip
    cetak = Cetak(
        "Informasi jabatan", "Pemerintah Kabupaten Ukur", "Pemerintah Kabupaten Ukur · versi 1", posts, 0
    )
    out = io.BytesIO()
    pages = 0
    if bentuk == "pdf":
        pages = write_pdf(cetak, out)
    else:
        (write_docx if bentuk == "docx" else write_xlsx)(cetak, out)
    return {
        "detik": time.perf_counter() - start,
        "mb": (
            resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            + resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        )
        / 1024,
        "cpu": sum(
            usage.ru_utime + usage.ru_stime
            for usage in (
                resource.getrusage(resource.RUSAGE_SELF),
                resource.getrusage(resource.RUSAGE_CHILDREN),
            )
        ),
        "halaman": pages,
        "kb": len(out.getvalue()) / 1024,
    }


def in_process(bentuk: str) -> dict[str, float]:
    out = subprocess.run(
        [sys.executable, __file__, "--ukur", bentuk], check=True, capture_output=True, text=True
    )
    return json.loads(out.stdout)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ukur", choices=("pdf", "docx", "xlsx"))
    bentuk = parser.parse_args().ukur
    if bentuk:
        print(json.dumps(measure(bentuk)))
        return 0
    pdf, docx, xlsx = (in_process(bentuk) for bentuk in ("pdf", "docx", "xlsx"))
    ok = [
        report("infojab-cetak-pdf-detik", pdf["detik"], "s", BATAS_DETIK, n=BANYAK),
        report("infojab-cetak-pdf-memori", pdf["mb"], "MB", BATAS_MB, n=BANYAK),
        report("infojab-cetak-pdf-cpu", pdf["cpu"], "s", n=BANYAK),
        report("infojab-cetak-pdf-halaman", pdf["halaman"], "halaman", n=BANYAK),
        report("infojab-cetak-pdf-ukuran", pdf["kb"], "KB", n=BANYAK),
        report("infojab-cetak-docx-detik", docx["detik"], "s", BATAS_DETIK, n=DOCX),
        report("infojab-cetak-docx-memori", docx["mb"], "MB", BATAS_MB, n=DOCX),
        report("infojab-cetak-xlsx-detik", xlsx["detik"], "s", BATAS_DETIK, n=BANYAK),
        report("infojab-cetak-xlsx-memori", xlsx["mb"], "MB", BATAS_MB, n=BANYAK),
    ]
    return 0 if all(ok) else 1


if __name__ == "__main__":
    raise SystemExit(main())
