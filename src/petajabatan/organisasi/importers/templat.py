"""Our own workbook: sheets Unor, Posisi, Kode. Read with python-calamine (xlsx, xls, ods), written by
``tulis_templat``. Rows and columns in findings are those the spreadsheet shows."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

import python_calamine as calamine

from petajabatan.inti.temuan import Ditolak, Temuan
from petajabatan.organisasi.importers.kolom_templat import LEMBAR, Kolom, places_of
from petajabatan.organisasi.importers.sel import clean, null, title_key
from petajabatan.organisasi.importers.tulis_templat import IsiTemplat, write_template
from petajabatan.organisasi.rules.baris import Bacaan, BarisKode, BarisPosisi, BarisUnor
from petajabatan.organisasi.rules.catatan import Catatan

__all__ = ["IsiTemplat", "read", "write_template"]

BARIS_JUDUL = 15
"""Rows searched for the titles; people put headings above them."""
Baris = tuple[int, list[Any]]
T = TypeVar("T")


def read(path: Path, nama: str) -> Bacaan:
    """Rows of the workbook. Raises Ditolak with findings that name sheet, row and column."""
    book = _open(path, nama)
    notes = Catatan(nama)
    sheets = _sheets(book, nama)
    for sheet, cell in _formula_gaps(path):
        notes.add(
            "rumus-tanpa-hasil",
            f"Sel {cell} pada lembar {sheet} berisi rumus tanpa hasil tersimpan.",
            "Buka berkas di aplikasi lembar kerja lalu simpan, atau tempel sebagai nilai.",
            tempat=sheet,
            baris=int(re.sub(r"\D", "", cell) or 0) or None,
            kolom=re.sub(r"\d", "", cell),
        )
    tables: dict[str, tuple[dict[str, int], list[Baris]]] = {}
    for kind, table in sheets.items():
        found = _table(table, LEMBAR[kind][1], notes)
        if found is not None:
            tables[kind] = found
    if notes.galat:
        raise Ditolak(notes.temuan)
    places, rows = tables["unor"]
    units = [_fill(BarisUnor(n, "", "", ""), cells, places) for n, cells in rows]
    if "atasan" not in places:
        _parents_from_numbers(units)
    guide = _guide(book)
    last = guide.get("operasiterakhir", "")
    reading = Bacaan(
        "xlsx",
        units,
        frozenset(places) - {"id", "atasan", "nama"},
        instansi=guide.get("idinstansi", ""),
        usulan=guide.get("usulan", ""),
        operasi=int(last) if last.isdecimal() and len(last) < 10 else None,
        kunci_siasn=False,
        lembar=tuple(sheets[k].name if k in sheets else LEMBAR[k][0] for k in ("unor", "posisi", "kode")),  # type: ignore[arg-type]
    )
    if "posisi" in tables:
        places, rows = tables["posisi"]
        reading.posisi = [_fill(BarisPosisi(n, "", ""), cells, places) for n, cells in rows]
        if not reading.posisi:
            reading.posisi = None
    if "kode" in tables:
        places, rows = tables["kode"]
        reading.kode = [_fill(BarisKode(n, "", "", ""), cells, places) for n, cells in rows]
    return reading


def _open(path: Path, nama: str) -> calamine.CalamineWorkbook:
    try:
        return calamine.load_workbook(str(path))
    except calamine.PasswordError:
        finding = Temuan("berkas-berkata-sandi", "galat", f"Berkas {nama} dilindungi kata sandi.",
                         "Hapus kata sandinya, lalu unggah lagi.", nama)  # fmt: skip
    except (calamine.CalamineError, OSError, ValueError) as error:
        finding = Temuan("tak-terbaca", "galat", f"Buku kerja {nama} tidak dapat dibaca: {error}.",
                         "Simpan ulang sebagai .xlsx dari aplikasi lembar kerja.", nama)  # fmt: skip
    raise Ditolak([finding])


def _sheets(book: calamine.CalamineWorkbook, nama: str) -> dict[str, calamine.CalamineSheet]:
    """The sheets by kind; a workbook of one sheet is taken as the units whatever it is called."""
    names = book.sheet_names
    found = {}
    for kind, (_, _, known) in LEMBAR.items():
        match = next((name for name in names if title_key(name) in known), None)
        if match is not None:
            found[kind] = match
    if "unor" not in found and len(names) == 1:
        found = {"unor": names[0]}
    if "unor" not in found:
        raise Ditolak(
            [
                Temuan(
                    "lembar-hilang",
                    "galat",
                    f"Lembar Unor tidak ada; yang ada: {', '.join(names[:8])}.",
                    "Pakai templat dari halaman impor.",
                    nama,
                )
            ]
        )
    try:
        return {kind: book.get_sheet_by_name(name) for kind, name in found.items()}
    except (calamine.CalamineError, ValueError) as error:
        raise Ditolak(
            [
                Temuan(
                    "tak-terbaca",
                    "galat",
                    f"Lembar tidak dapat dibaca: {error}.",
                    "Simpan ulang berkasnya.",
                    nama,
                )
            ]
        ) from None


def _numbered(sheet: calamine.CalamineSheet) -> Iterator[Baris]:
    """Rows with the numbers that the spreadsheet shows; the reader gives empty ones above the first, too."""
    yield from enumerate(sheet.iter_rows(), 1)


def _table(
    sheet: calamine.CalamineSheet, columns: tuple[Kolom, ...], notes: Catatan
) -> tuple[dict[str, int], list[Baris]] | None:
    """Places of the fields and the rows below the titles that are not empty."""
    required = [c for c in columns if c.wajib]
    places: dict[str, int] | None = None
    rows: list[Baris] = []
    best: list[object] = []
    for n, cells in _numbered(sheet):
        if places is None:
            trial = places_of(cells, columns)
            if all(c.isian in trial for c in required):
                places = trial
            elif n > BARIS_JUDUL:
                break
            elif len(trial) > 0 or not best:
                best = [c for c in cells if clean(c)]
            continue
        if any(value != "" and value is not None for value in cells):
            rows.append((n, cells))
    if places is None:
        missing = ", ".join(c.judul for c in required)
        if columns is not LEMBAR["unor"][1] and not best:
            return None  # an empty optional sheet
        notes.add(
            "kolom-hilang",
            f"Lembar {sheet.name} tidak memuat judul kolom {missing};"
            f" yang terbaca: {', '.join(map(clean, best[:10])) or '(kosong)'}.",
            "Jangan menghapus baris judul templat.",
            tempat=sheet.name,
            baris=1,
            kolom=required[0].judul,
        )
    return (places, rows) if places is not None else None


def _fill(row: T, cells: list[Any], places: dict[str, int]) -> T:
    width = len(cells)
    for field, place in places.items():
        if place < width:
            setattr(row, field, null(cells[place]))
    return row


def _parents_from_numbers(rows: list[BarisUnor]) -> None:
    """Without a column of head units, dotted numbers say it: 1.2.3 stands below 1.2."""
    for row in rows:
        row.atasan = row.id.rstrip(".").rpartition(".")[0]
        row.id = row.id.rstrip(".")


def _guide(book: calamine.CalamineWorkbook) -> dict[str, str]:
    """What a filled workbook says about itself on the sheet Petunjuk: title → value of the cell beside it."""
    name = next((n for n in book.sheet_names if title_key(n) == "petunjuk"), None)
    if name is None:
        return {}
    found: dict[str, str] = {}
    for _, cells in _numbered(book.get_sheet_by_name(name)):
        if len(cells) > 1 and title_key(cells[0]):
            found.setdefault(title_key(cells[0]), null(cells[1]))
    return found


_GAP = re.compile(rb'<c r="([A-Z]+\d+)"[^>]*>\s*<f[^>]*(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>')
_SHEET = re.compile(r'<sheet [^>]*?name="([^"]*)"[^>]*?r:id="([^"]*)"')
_REL = re.compile(r"<Relationship [^>]*?>")


def _formula_gaps(path: Path) -> list[tuple[str, str]]:
    """Cells with a formula and no stored result: programs that write workbooks without computing leave them,
    and a reader sees an empty cell."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            if "xl/workbook.xml" not in names:
                return []
            relations = {}
            for tag in _REL.findall(archive.read("xl/_rels/workbook.xml.rels").decode()):
                parts = dict(re.findall(r'(\w+)="([^"]*)"', tag))
                relations[parts.get("Id", "")] = "xl/" + parts.get("Target", "").removeprefix("/xl/")
            gaps = []
            for name, relation in _SHEET.findall(archive.read("xl/workbook.xml").decode()):
                part = relations.get(relation, "")
                if title_key(name) in ("petunjuk", "acuan"):
                    continue
                data = archive.read(part) if part in names else b""
                if b"<f" in data:
                    gaps += [(name, match.decode()) for match in _GAP.findall(data)]
            return gaps
    except (zipfile.BadZipFile, KeyError, UnicodeDecodeError):
        return []
