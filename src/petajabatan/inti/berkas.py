"""Documents: content under its hash in the data folder, description in ``berkas`` behind the wall.

The name a person gave is kept for showing and downloading only; no path is ever made from it. What a file
is, its content says, not its name. Packed files are unpacked once, counting, before they are accepted.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, NoReturn

from django.conf import settings

from petajabatan.inti.actor import Actor
from petajabatan.inti.audit import record
from petajabatan.inti.models import Berkas
from petajabatan.inti.temuan import refuse

CHUNK = 1 << 20
JENIS = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
    "json": "application/json",
    "gz": "application/gzip",
    "zip": "application/zip",
}
"""Kinds that are accepted, and the media type each is served as."""
KEMBANG_MAKS = 200
"""How many times its size a packed file may unpack to: Excel's XML packs 5–50 times, a bomb 1,000."""
KEMBANG_BEBAS = 64 << 20
"""Bytes any packed file may unpack to, whatever the ratio."""
ISI_MAKS = 10_000
"""Members a zip may have."""


def store_file(
    actor: Actor, stream: IO[bytes], nama: str, tujuan: str, instansi_id: int | None = None
) -> Berkas:
    """Keep a file and describe it; the caller has checked the permission and opened the actor's scope.

    Raises Ditolak for an empty, too large, unknown or damaged file, and for one that unpacks to too much.
    Writing the same content twice keeps one copy.
    """
    root: Path = settings.BERKAS_ROOT
    root.mkdir(parents=True, exist_ok=True)
    nama = clean_name(nama)
    handle, temporary = tempfile.mkstemp(dir=root, prefix=".unggah-")
    path = Path(temporary)
    try:
        with os.fdopen(handle, "wb") as out:
            size, digest = _copy(stream, out, nama)
        kind = recognise(path, nama)
        target = content_path(digest)
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            path.chmod(0o640)
            path.replace(target)
    finally:
        path.unlink(missing_ok=True)
    return Berkas.objects.create(
        nama=nama,
        jenis_isi=JENIS[kind],
        ukuran=size,
        sha256=digest,
        tujuan=tujuan,
        pemilik_id=actor.id,
        instansi_id=instansi_id,
    )


def open_file(actor: Actor, berkas: Berkas) -> IO[bytes]:
    """The content, for reading. Call inside the actor's scope: the row is looked up again through the wall,
    so that an id from elsewhere opens nothing. Raises Berkas.DoesNotExist or, when the content is gone,
    FileNotFoundError. Reading is recorded."""
    row = Berkas.objects.get(pk=berkas.pk)
    file = content_path(row.sha256).open("rb")
    record(actor, "baca", "berkas", {"id": str(row.pk)}, instansi_id=row.instansi_id)
    return file


def content_path(digest: str) -> Path:
    """Where content with this SHA-256 lies."""
    if not re.fullmatch(r"[0-9a-f]{64}", digest):
        raise ValueError("not a SHA-256 in hexadecimal")
    root: Path = settings.BERKAS_ROOT
    return root / digest[:2] / digest[2:4] / digest


def clean_name(nama: str) -> str:
    """The last part of a name, without control characters and marks that turn the reading direction."""
    last = re.split(r"[/\\]", nama)[-1]
    last = re.sub(r"[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", last).strip(" .")
    return last[-255:] or "tanpa-nama"


def _copy(stream: IO[bytes], out: IO[bytes], nama: str) -> tuple[int, str]:
    digest, size, limit = hashlib.sha256(), 0, settings.UPLOAD_MAX_BYTES
    while chunk := stream.read(CHUNK):
        size += len(chunk)
        if size > limit:
            refuse(
                "berkas-terlalu-besar",
                f"Berkas lebih besar dari {limit // (1 << 20)} MB.",
                "Bagi menjadi beberapa berkas, atau minta pengelola mengimpornya lewat baris perintah.",
                tempat=nama,
            )
        digest.update(chunk)
        out.write(chunk)
    out.flush()
    os.fsync(out.fileno())
    if size == 0:
        refuse(
            "berkas-kosong",
            "Berkas kosong (0 byte).",
            "Pilih berkas yang berisi, lalu unggah lagi.",
            tempat=nama,
        )
    return size, digest.hexdigest()


def recognise(path: Path, nama: str = "") -> str:
    """The kind of a file (a key of ``JENIS``) by its content. Raises Ditolak for anything else."""
    with path.open("rb") as file:
        head = file.read(4096)
    if head.startswith(b"%PDF-"):
        return "pdf"
    if head.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head.startswith(b"\x1f\x8b"):
        check_gzip(path, nama)
        return "gz"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return check_zip(path, nama)
    kind = _text_kind(head)
    if kind is None:
        refuse(
            "jenis-berkas-ditolak",
            "Isi berkas bukan jenis yang diterima (PDF, JPG, PNG, DOCX, XLSX, CSV, JSON, GZ, ZIP).",
            "Simpan ulang sebagai salah satu jenis itu; mengganti akhiran nama saja tidak cukup.",
            tempat=nama,
        )
    return kind


def _text_kind(head: bytes) -> str | None:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):  # UTF-16, as Excel's "Unicode text"
        return "csv"
    text = head.removeprefix(b"\xef\xbb\xbf")
    if any(byte < 32 and byte not in b"\t\n\r\f" for byte in text):
        return None
    if text.lstrip()[:1] in (b"{", b"["):
        return "json"
    if text.lstrip()[:1] == b"<":  # HTML, SVG and XML can carry script
        return None
    return "csv"


def _limit(packed: int) -> int:
    return max(KEMBANG_BEBAS, packed * KEMBANG_MAKS)


def _bomb(nama: str) -> NoReturn:
    refuse(
        "berkas-mengembang",
        f"Berkas mengembang lebih dari {KEMBANG_MAKS} kali ukurannya saat dibuka, seperti berkas perusak.",
        "Kirim berkas aslinya tanpa dimampatkan.",
        tempat=nama,
    )


def check_gzip(path: Path, nama: str = "") -> int:
    """Unpacked size in bytes; refuses bombs and damaged files."""
    limit, total = _limit(path.stat().st_size), 0
    unpacker = zlib.decompressobj(wbits=31)
    with path.open("rb") as file:
        data = file.read(CHUNK)
        while data:
            try:
                piece = unpacker.decompress(data, CHUNK)
            except zlib.error:
                _damaged(nama)
            total += len(piece)
            if total > limit:
                _bomb(nama)
            if unpacker.eof:
                data = unpacker.unused_data or file.read(CHUNK)
                if not data.strip(b"\0"):
                    return total
                unpacker = zlib.decompressobj(wbits=31)
            else:
                data = unpacker.unconsumed_tail or file.read(CHUNK)
    if not unpacker.eof:
        _damaged(nama)
    return total


def _damaged(nama: str) -> NoReturn:
    refuse(
        "berkas-rusak",
        "Berkas mampat ini rusak atau terpotong.",
        "Buat ulang berkasnya, lalu unggah lagi.",
        tempat=nama,
    )


def check_zip(path: Path, nama: str = "") -> str:
    """``xlsx``, ``docx`` or ``zip`` after reading every member to its end; refuses bombs, damaged files and
    passwords."""
    limit, total = _limit(path.stat().st_size), 0
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            if len(members) > ISI_MAKS or sum(m.file_size for m in members) > limit:
                _bomb(nama)
            for member in members:
                with archive.open(member) as content:
                    while piece := content.read(CHUNK):
                        total += len(piece)
                        if total > limit:
                            _bomb(nama)
            names = {member.filename for member in members}
    except NotImplementedError:  # a way of compressing that nobody here unpacks; also a RuntimeError
        _damaged(nama)
    except RuntimeError:
        refuse(
            "berkas-bersandi",
            "Berkas ini dikunci dengan kata sandi.",
            "Simpan tanpa kata sandi, lalu unggah lagi.",
            tempat=nama,
        )
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError):
        _damaged(nama)
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        refuse(
            "berkas-bermakro",
            "Berkas ini berisi makro.",
            "Simpan sebagai .xlsx atau .docx biasa tanpa makro.",
            tempat=nama,
        )
    if "[Content_Types].xml" in names:
        if "xl/workbook.xml" in names:
            return "xlsx"
        if "word/document.xml" in names:
            return "docx"
    return "zip"


def file_path(berkas: Berkas) -> Path:
    """The content of a row that was read through the wall, for readers that want a path."""
    return content_path(berkas.sha256)


@contextlib.contextmanager
def stored_path(actor: Actor, berkas: Berkas) -> Iterator[Path]:
    """``open_file`` for readers that want a path: the same check and record."""
    with open_file(actor, berkas):
        yield content_path(berkas.sha256)
