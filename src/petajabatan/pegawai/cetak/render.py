"""A composed document as PDF: typeset in batches, join."""

from __future__ import annotations

import itertools
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pypdf import PdfWriter

from petajabatan.pegawai.cetak.dokumen import Dokumen, Lapor, silent
from petajabatan.pegawai.cetak.ukur_huruf import FONTS

HALAMAN_PER_KUMPULAN = 25
"""Pages per typst run: 25 dense ones take about 240 MB; 250 in one run took 912 MB."""
BATAS_DETIK = 300
_TEMPLATE = Path(__file__).with_name("peta.typ")
_SCRIPT = Path(__file__).with_name("susun_pdf.py")


class GagalCetak(RuntimeError):
    """typst could not set the pages; carries its message."""


def render_pdf(doc: Dokumen, *, kemajuan: Lapor | None = None) -> bytes:
    """Typeset a composed document. Raises GagalCetak."""
    report = kemajuan or silent
    total = doc.jumlah_halaman
    with tempfile.TemporaryDirectory(prefix="petajabatan-cetak-") as name:
        folder = Path(name)
        shutil.copyfile(_TEMPLATE, folder / "peta.typ")
        parts: list[Path] = []
        done = 0
        for batch in _batches(doc.pages(), HALAMAN_PER_KUMPULAN):
            report(done, total, "menyusun halaman")
            parts.append(_typeset(folder, len(parts), doc.common() | {"halaman": batch}))
            done += len(batch)
        report(total, total, "menggabungkan")
        return _join(doc, parts, folder)


def _batches(pages: Iterator[dict[str, Any]], size: int) -> Iterator[list[dict[str, Any]]]:
    while batch := list(itertools.islice(pages, size)):
        yield batch


def _typeset(folder: Path, n: int, data: dict[str, Any]) -> Path:
    source = f"{n}.json"
    (folder / source).write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    made = typeset(folder, source, f"{n}.pdf", _TEMPLATE.name)
    (folder / source).unlink()
    return made


def typeset(folder: Path, source: str, target: str, template: str) -> Path:
    """One typst run in a process of its own; names are of files in ``folder``. Raises GagalCetak."""
    try:
        done = subprocess.run(  # noqa: S603 – fixed program, arguments are our own paths
            [sys.executable, str(_SCRIPT), str(folder), str(FONTS), source, target, template],
            capture_output=True,
            text=True,
            timeout=BATAS_DETIK,
        )
    except subprocess.TimeoutExpired as error:
        raise GagalCetak(f"Penyusunan halaman melewati {BATAS_DETIK} detik.") from error
    if done.returncode:
        raise GagalCetak(done.stderr[-2000:])
    return folder / target


def _join(doc: Dokumen, parts: list[Path], folder: Path) -> bytes:
    """One file with bookmarks from the batches."""
    writer = PdfWriter()
    for part in parts:
        writer.append(str(part), import_outline=False)
    parents: dict[int, Any] = {}
    for level, title, page, _ in doc.contents():
        parent = next((parents[up] for up in range(level - 1, -1, -1) if up in parents), None)
        parents[level] = writer.add_outline_item(title=title, page_number=page - 1, parent=parent)
        for deeper in [key for key in parents if key > level]:
            del parents[deeper]
    writer.add_metadata({"/Title": doc.common()["judul"], "/Author": doc.identitas.instansi})
    writer.page_mode = "/UseOutlines"
    target = folder / "peta.pdf"
    with target.open("wb") as stream:
        writer.write(stream)
    return target.read_bytes()
