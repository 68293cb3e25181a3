"""A ZIP with each post as files of its own, in folders by unit."""

from __future__ import annotations

import io
import re
import zipfile
from typing import IO

from petajabatan.anjab.cetak.docx import write_docx
from petajabatan.anjab.cetak.pdf import post_pdfs
from petajabatan.anjab.cetak.sumber import Cetak
from petajabatan.anjab.cetak.susunan import Cetakan
from petajabatan.inti.pekerjaan import Kemajuan

_TERLARANG = re.compile(r'[\x00-\x1f<>:"/\\|?*]')
PANJANG = 80


def write_archive(
    cetak: Cetak,
    target: IO[bytes],
    isi: tuple[str, ...] = ("pdf", "docx"),
    *,
    kemajuan: Kemajuan | None = None,
) -> None:
    """``isi``: pdf, docx, or both for each post. Raises GagalCetak."""
    report = kemajuan or Kemajuan()
    total = len(cetak.cetakan) * len(isi)
    names = _Nama()
    stems = [names.of(post) for post in cetak.cetakan]
    done = 0
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        if "pdf" in isi:
            for stem, (_, data) in zip(stems, post_pdfs(cetak), strict=True):
                report(done, total, "menyusun PDF")
                archive.writestr(f"{stem}.pdf", data, zipfile.ZIP_STORED)
                done += 1
        if "docx" in isi:
            for stem, post in zip(stems, cetak.cetakan, strict=True):
                report(done, total, "menyusun DOCX")
                out = io.BytesIO()
                write_docx(Cetak(post.nama, cetak.instansi, cetak.kaki, [post], 0), out)
                archive.writestr(f"{stem}.docx", out.getvalue(), zipfile.ZIP_STORED)
                done += 1


class _Nama:
    """Paths inside the archive: no two alike, nothing a file system refuses."""

    def __init__(self) -> None:
        self._units: dict[int, str] = {}
        self._taken: set[str] = set()

    def of(self, post: Cetakan) -> str:
        unit = post.kotak.unor_id
        if unit not in self._units:
            self._units[unit] = f"{len(self._units) + 1:03} {_safe(post.kotak.unit)}"
        stem = f"{self._units[unit]}/{_safe(post.nama)}"
        name, n = stem, 1
        while name.casefold() in self._taken:
            n += 1
            name = f"{stem} {n}"
        self._taken.add(name.casefold())
        return name


def _safe(text: str) -> str:
    return " ".join(_TERLARANG.sub(" ", text).split())[:PANJANG].strip(". ") or "tanpa nama"
