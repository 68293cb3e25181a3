"""Reading an export of people: CSV in any usual dialect, or XLSX. Only allowed columns leave here."""

from __future__ import annotations

import codecs
import contextlib
import csv
import gzip
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from operator import itemgetter
from pathlib import Path
from typing import IO, Any

from petajabatan.inti.actor import Actor
from petajabatan.inti.berkas import check_gzip, check_zip, store_file
from petajabatan.inti.models import Berkas
from petajabatan.inti.temuan import Ditolak, Temuan, refuse
from petajabatan.pegawai.rules.kolom import KOLOM, WAJIB, locate

TUJUAN = "impor-pegawai"
_PEMISAH = ",;\t|"
_CHUNK = 1 << 20


@dataclass
class Sumber:
    """An opened export: its kept columns, what was dropped, and the rows (texts in the order of ``KOLOM``
    with the row number the spreadsheet shows)."""

    kolom: dict[str, int]
    dibuang: list[str]
    tak_dikenal: list[str]
    baris: Iterator[tuple[int, tuple[str, ...]]]
    temuan: list[Temuan] = field(default_factory=list)


def encoding_of(path: Path) -> str:
    """UTF-8 when the whole file is, UTF-16 by its mark, else Windows-1252 (Excel's "CSV")."""
    with path.open("rb") as file:
        head = file.read(4)
        if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16"
        file.seek(0)
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            while chunk := file.read(_CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8-sig"


def delimiter_of(line: str) -> str:
    """The separator of a header line: the one that gives the most known columns."""
    return max(_PEMISAH, key=lambda mark: (len(locate(next(csv.reader([line], delimiter=mark), []))[0]),
                                           line.count(mark)))  # fmt: skip


@contextlib.contextmanager
def open_export(path: Path) -> Iterator[Sumber]:
    """Open an export for reading, row by row.

    Raises Ditolak when it is no table of people: unreadable, no header, a required column missing.
    """
    with path.open("rb") as file:
        head = file.read(4)
    if head.startswith(b"\x1f\x8b"):
        check_gzip(path, path.name)
        with tempfile.NamedTemporaryFile(prefix="petajabatan-buka-") as unpacked:
            with gzip.open(path) as packed:
                shutil.copyfileobj(packed, unpacked, _CHUNK)
            unpacked.flush()
            with open_export(Path(unpacked.name)) as source:
                yield source
        return
    if head == b"PK\x03\x04":
        check_zip(path, path.name)
        rows = _xlsx_rows(path)
        yield _source(next(rows, []), rows)
        return
    encoding = encoding_of(path)
    with path.open(encoding=encoding, errors="replace", newline="") as text:
        first = text.readline()
        text.seek(0)
        csv.field_size_limit(1 << 20)
        reader = csv.reader(text, delimiter=delimiter_of(first))
        yield _source(next(reader, []), _csv_rows(reader))


def _csv_rows(reader: Any) -> Iterator[list[str]]:
    try:
        yield from reader
    except csv.Error as error:
        refuse(
            "berkas-tidak-terbaca",
            f"Berkas tidak terbaca sebagai CSV pada baris {reader.line_num}.",
            "Unduh ulang dari SIASN, atau simpan ulang sebagai CSV UTF-8.",
            nilai=str(error),
        )


def _xlsx_rows(path: Path) -> Iterator[list[str]]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_path(str(path))
        sheet = book.get_sheet_by_index(0)
    except (CalamineError, IndexError, zipfile.BadZipFile, OSError):
        refuse(
            "berkas-tidak-terbaca",
            "Berkas tidak terbaca sebagai XLSX.",
            "Simpan ulang dari pengolah lembar kerja sebagai .xlsx tanpa kata sandi.",
        )
    for row in sheet.iter_rows():
        yield [_cell(value) for value in row]


def _cell(value: Any) -> str:
    """A cell as text. A number of 16 digits or more is written with its exponent: a spreadsheet has already
    lost its last digits, and the rules say so."""
    if isinstance(value, float):
        if abs(value) >= 1e15:
            return f"{value:.14e}"
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= 10**15:
        return f"{value:.14e}"
    return "" if value is None else str(value)


def _source(titles: list[str], rows: Iterator[list[str]]) -> Sumber:
    found, dropped, unknown = locate([str(title) for title in titles])
    missing = [name for name in WAJIB if name not in found]
    if missing:
        refuse(
            "kolom-wajib-tidak-ada",
            "Kolom wajib tidak ada: " + ", ".join(missing) + ".",
            "Pakai berkas 'Export Data ASN' SIASN dengan judul kolom di baris pertama.",
            nilai=", ".join(str(title) for title in titles[:8])[:200],
        )
    source = Sumber(found, dropped, unknown, _pick(rows, found, len(titles)))
    if unknown:
        source.temuan.append(
            Temuan(
                "kolom-tak-dikenal",
                "catatan",
                f"{len(unknown)} kolom tidak dikenal dan tidak dibaca.",
                "Bila salah satunya diperlukan, samakan judulnya dengan tata letak SIASN.",
                baris=1,
                nilai=", ".join(unknown)[:200],
            )
        )
    return source


TERGESER = "(jumlah kolom tidak cocok)"
"""Stands for the NIP of a row with more cells than titles. Such a row has slipped sideways, an unquoted comma
mostly: what stands under an allowed title may be a dropped column's value, so nothing of it is kept."""


def _pick(
    rows: Iterator[list[str]], found: dict[str, int], n_titles: int
) -> Iterator[tuple[int, tuple[str, ...]]]:
    slipped = tuple(TERGESER if name == "nip_baru" else "" for name in KOLOM)
    width = max(found.values()) + 1
    empty = width  # an extra cell that is always ""
    pick = itemgetter(*(found.get(name, empty) for name in KOLOM))
    for number, row in enumerate(rows, 2):
        if len(row) > n_titles:
            yield number, slipped
            continue
        if len(row) > width:
            del row[width:]
        elif len(row) < width:
            row.extend([""] * (width - len(row)))
        row.append("")
        values = pick(row)
        if any(values):
            yield number, values


def reduce_export(path: Path, out: IO[str]) -> None:
    """Write the allowed columns of an export as CSV, row for row (empty rows stay, so that row numbers keep
    their meaning). Raises Ditolak like ``open_export``."""
    with open_export(path) as source:
        kept = [name for name in KOLOM if name in source.kolom]
        pick = itemgetter(*(KOLOM.index(name) for name in kept))
        write = csv.writer(out).writerow
        write(kept)
        expected = 2
        for number, values in source.baris:
            for _ in range(number - expected):
                write([""] * len(kept))
            write(pick(values))
            expected = number + 1


def store_upload(actor: Actor, stream: IO[bytes], nama: str) -> Berkas:
    """Keep an uploaded export reduced to the allowed columns; the original leaves no trace.

    The file belongs to its uploader alone (no instansi), because roles that see counts only may read other
    documents of the instansi. Raises Ditolak for what is no export.
    """
    with tempfile.TemporaryDirectory(prefix="petajabatan-unggah-") as folder:
        original = Path(folder) / "asli"
        with original.open("wb") as file:
            shutil.copyfileobj(stream, file, _CHUNK)
        reduced = Path(folder) / "susut.csv"
        with reduced.open("w", encoding="utf-8", newline="") as text:
            reduce_export(original, text)
        with reduced.open("rb") as content:
            return store_file(actor, content, Path(nama).stem + ".csv", TUJUAN, None)


def is_people_file(stream: IO[bytes]) -> bool:
    """Whether a file is an export of people, whatever its name says. The stream is read from its start and
    left there; nothing is kept."""
    with tempfile.NamedTemporaryFile(prefix="petajabatan-kenali-") as copy:
        stream.seek(0)
        shutil.copyfileobj(stream, copy, _CHUNK)
        stream.seek(0)
        copy.flush()
        try:
            with open_export(Path(copy.name)):
                return True
        except Ditolak:
            return False


def write_rejects(path: Path, reasons: dict[int, str], out: IO[str], limit: int | None = None) -> int:
    """Write the rows with these numbers, the reason in the last column, ready to be repaired and imported
    again. Cells that a spreadsheet would run as a formula are made harmless."""
    written = 0
    with open_export(path) as source:
        kept = [name for name in KOLOM if name in source.kolom]
        pick = itemgetter(*(KOLOM.index(name) for name in kept))
        write = csv.writer(out).writerow
        write([*kept, "baris_asal", "temuan"])
        for number, values in source.baris:
            reason = reasons.get(number)
            if reason is not None:
                write([*map(harmless, pick(values)), str(number), reason])
                written += 1
                if written == limit:
                    break
    return written


def harmless(value: str) -> str:
    """A cell that starts like a formula gets a leading apostrophe, which the import takes off again."""
    return f"'{value}" if value[:1] in "=+-@\t\r" and value else value
