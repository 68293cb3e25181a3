"""PDF of informasi jabatan: typeset in batches, each in a process of its own, and joined."""

from __future__ import annotations

import io
import json
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import Destination

from petajabatan.anjab.cetak.sumber import Cetak
from petajabatan.anjab.cetak.susunan import JUDUL, Cetakan
from petajabatan.inti.pekerjaan import Kemajuan
from petajabatan.pegawai.cetak.render import typeset

PER_KUMPULAN = 10
"""Posts per typst run (about 50 pages, 180 MB; 25 posts took 260 MB and were no faster)."""
_TEMPLATE = "infojab.typ"


def write_pdf(cetak: Cetak, target: IO[bytes], *, kemajuan: Kemajuan | None = None) -> int:
    """One file with a bookmark per post; returns the number of pages. Raises GagalCetak."""
    report = kemajuan or Kemajuan()
    total = len(cetak.cetakan)
    writer = PdfWriter()
    with tempfile.TemporaryDirectory(prefix="petajabatan-infojab-") as name:
        folder = Path(name)
        for done, _, part in _parts(folder, cetak):
            report(done, total, "menyusun halaman")
            writer.append(PdfReader(str(part)), import_outline=True)
            part.unlink()
        report(total, total, "menggabungkan")
        writer.add_metadata({"/Title": cetak.judul, "/Author": cetak.instansi})
        writer.page_mode = "/UseOutlines"
        pages = len(writer.pages)
        writer.write(target)
    return pages


def post_pdfs(cetak: Cetak) -> Iterator[tuple[Cetakan, bytes]]:
    """A PDF for each post by itself, in order; one batch is held at a time. Raises GagalCetak."""
    with tempfile.TemporaryDirectory(prefix="petajabatan-infojab-") as name:
        for _, posts, part in _parts(Path(name), cetak):
            reader = PdfReader(str(part))
            marks = [mark for mark in reader.outline if isinstance(mark, Destination)]
            starts = [reader.get_destination_page_number(mark) or 0 for mark in marks]
            for post, first, last in zip(posts, starts, [*starts[1:], len(reader.pages)], strict=True):
                writer = PdfWriter()
                for page in reader.pages[first:last]:
                    writer.add_page(page)
                writer.add_metadata({"/Title": post.nama, "/Author": cetak.instansi})
                out = io.BytesIO()
                writer.write(out)
                yield post, out.getvalue()
            part.unlink()


def _parts(folder: Path, cetak: Cetak) -> Iterator[tuple[int, Sequence[Cetakan], Path]]:
    """How many posts came before, the posts of a batch, and their PDF."""
    shutil.copyfile(Path(__file__).with_name(_TEMPLATE), folder / _TEMPLATE)
    for done, batch in _batches(cetak.cetakan):
        yield done, batch, typeset_posts(folder, cetak, batch, f"{done}")


def typeset_posts(folder: Path, cetak: Cetak, posts: Sequence[Cetakan], stem: str) -> Path:
    """A PDF of some posts in ``folder``, which holds the template."""
    (folder / f"{stem}.json").write_text(
        json.dumps(document(cetak, posts), ensure_ascii=False), encoding="utf-8"
    )
    made = typeset(folder, f"{stem}.json", f"{stem}.pdf", _TEMPLATE)
    (folder / f"{stem}.json").unlink()
    return made


def document(cetak: Cetak, posts: Sequence[Cetakan]) -> dict[str, Any]:
    """What the template reads."""
    return {
        "judul": cetak.judul,
        "instansi": cetak.instansi,
        "kepala": JUDUL,
        "kaki": cetak.kaki,
        "dokumen": [
            {
                "nama": post.nama,
                "unit": post.kotak.unit,
                "penanda": f"{post.nama} – {post.kotak.unit}",
                "bagian": [asdict(part) for part in post.bagian],
            }
            for post in posts
        ],
    }


def _batches(posts: Sequence[Cetakan]) -> Iterator[tuple[int, Sequence[Cetakan]]]:
    for start in range(0, len(posts), PER_KUMPULAN):
        yield start, posts[start : start + PER_KUMPULAN]
