"""Reading the official files as they are: JSON or CSV, gzipped or not, any delimiter, UTF-8 or Windows-1252."""

from __future__ import annotations

import codecs
import csv
import gzip
import hashlib
import io
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

MAKS_ISI = 1_500_000_000
"""Bytes a file may unpack to; the largest known list is 40 MB."""
DELIMITERS = ",;\t|"

Baris = tuple[int, str | None, list[str | None]]
"""Row number, what is wrong with its form (None: nothing), values in the order of the header."""


class BerkasTakTerbaca(Exception):
    """The file as a whole cannot be read; the text says why, in Indonesian, for the findings list."""


@dataclass(frozen=True)
class Pemeriksaan:
    """What one pass over the bytes tells."""

    sha256: str
    encoding: str
    ukuran: int


def bare_name(path: Path) -> str:
    """``instansi.json.gz`` → ``instansi.json``, lower case."""
    name = path.name.lower()
    return name.removesuffix(".gz")


def files_in(folder: Path) -> list[Path]:
    """The files of a folder at any depth, or the one file; hidden ones are left out."""
    files = [folder] if folder.is_file() else sorted(p for p in folder.rglob("*") if p.is_file())
    return [p for p in files if not any(part.startswith(".") for part in p.relative_to(folder.parent).parts)]


def _open(path: Path) -> IO[bytes]:
    if path.name.lower().endswith(".gz"):
        return cast(IO[bytes], gzip.open(path, "rb"))
    return path.open("rb")


def inspect(path: Path) -> Pemeriksaan:
    """Hash and encoding in one streaming pass. Raises BerkasTakTerbaca."""
    digest, size = hashlib.sha256(), 0
    decoder = codecs.getincrementaldecoder("utf-8")()
    encoding = "utf-8-sig"
    try:
        with _open(path) as file:
            while chunk := file.read(1 << 18):
                digest.update(chunk)
                size += len(chunk)
                if size > MAKS_ISI:
                    raise BerkasTakTerbaca(f"isinya lebih besar dari {MAKS_ISI // 10**6} MB setelah dibuka")
                if encoding == "utf-8-sig":
                    try:
                        decoder.decode(chunk)
                    except UnicodeDecodeError:
                        encoding = "cp1252"
    except (OSError, EOFError, zlib.error) as error:
        raise BerkasTakTerbaca(
            f"tidak dapat dibuka ({type(error).__name__}): arsip rusak atau terpotong"
        ) from error
    if encoding == "utf-8-sig":
        try:
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            encoding = "cp1252"
    if size == 0:
        raise BerkasTakTerbaca("berkas kosong")
    return Pemeriksaan(digest.hexdigest(), encoding, size)


def read(path: Path, encoding: str) -> tuple[list[str], Iterator[Baris]]:
    """Header and rows. Row numbers are those of the file: the first row under a CSV header is 2, the first
    object of a JSON list is 1. Values are trimmed; empty is None. Raises BerkasTakTerbaca, also while iterating.
    """
    return _read_json(path, encoding) if bare_name(path).endswith(".json") else _read_csv(path, encoding)


def _clean(value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str):
        value = json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else str(value)
    return value.strip() or None


def _read_json(path: Path, encoding: str) -> tuple[list[str], Iterator[Baris]]:
    try:
        with _open(path) as file:
            rows = json.loads(file.read().decode(encoding, errors="replace"))
    except (ValueError, RecursionError) as error:
        raise BerkasTakTerbaca(f"bukan JSON yang sah: {error}") from error
    if isinstance(rows, dict) and isinstance(rows.get("data"), list):
        rows = rows["data"]  # the answer of the web service, as it is
    if not isinstance(rows, list) or not rows:
        raise BerkasTakTerbaca("bukan larik objek JSON, atau kosong")
    header = list(dict.fromkeys(key for row in rows[:50] if isinstance(row, dict) for key in row))

    def each() -> Iterator[Baris]:
        for number, row in enumerate(rows, 1):
            if isinstance(row, dict):
                yield _checked(number, [_clean(row.get(key)) for key in header], None)
            else:
                yield _checked(number, [_clean(row), *[None] * (len(header) - 1)], "bukan objek JSON")

    return header, each()


def _checked(number: int, values: list[str | None], flaw: str | None) -> Baris:
    if any(v is not None and "\x00" in v for v in values):
        values = [v and v.replace("\x00", "") for v in values]
        flaw = flaw or "memuat karakter NUL"
    return number, flaw, values


def _read_csv(path: Path, encoding: str) -> tuple[list[str], Iterator[Baris]]:
    file = io.TextIOWrapper(_open(path), encoding=encoding, errors="replace", newline="")
    first = file.readline(65536)
    delimiter = max(DELIMITERS, key=first.count)
    header = [name.strip() for name in next(csv.reader([first], delimiter=delimiter), [])]
    if not any(header):
        file.close()
        raise BerkasTakTerbaca("baris pertama bukan judul kolom")

    def each() -> Iterator[Baris]:
        with file:
            reader = csv.reader(file, delimiter=delimiter)
            try:
                for row in reader:
                    if not row:
                        continue
                    flaw = None
                    if len(row) != len(header):
                        flaw = f"{len(row)} kolom, seharusnya {len(header)}"
                    values = [_clean(v) for v in row[: len(header)]]
                    values += [None] * (len(header) - len(values))
                    yield _checked(reader.line_num + 1, values, flaw)
            except csv.Error as error:
                raise BerkasTakTerbaca(
                    f"CSV rusak di sekitar baris {reader.line_num + 1}: {error}"
                ) from error

    return header, each()
