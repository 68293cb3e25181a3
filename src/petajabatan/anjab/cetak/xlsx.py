"""XLSX of informasi jabatan in the printed form: a sheet per post, the 17 sections one below the other. What
offices pass around; the import understands it (``importers.setempat``)."""

from __future__ import annotations

import re
from math import ceil
from typing import IO, Any

import xlsxwriter

from petajabatan.anjab.cetak.sumber import Cetak
from petajabatan.anjab.cetak.susunan import JUDUL, BagianCetak, Blok, Cetakan
from petajabatan.anjab.importers.setempat import LEMBAR_ID
from petajabatan.anjab.importers.tulis import BERBAHAYA
from petajabatan.inti.pekerjaan import Kemajuan

LEBAR = (6, 52, 26, 11, 15, 13, 13)
"""Widths of the columns, characters: number, the six columns of the table of tasks."""
_TERLARANG = re.compile(r"[\[\]:*?/\\]")
TINGGI_BARIS = 14.5
"""Points of one line."""


def write_xlsx(cetak: Cetak, target: IO[bytes], *, kemajuan: Kemajuan | None = None) -> None:
    report = kemajuan or Kemajuan()
    book = xlsxwriter.Workbook(
        target, {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    book.set_properties({"title": cetak.judul[:250], "author": cetak.instansi[:250]})
    looks = _looks(book)
    names: set[str] = {LEMBAR_ID.casefold()}
    shown: list[tuple[str, str, str]] = []
    for n, post in enumerate(cetak.cetakan):
        report(n, len(cetak.cetakan), "menulis lembar")
        name = sheet_name(post.nama, names)
        shown.append((name, str(post.kotak.posisi_id), post.nama))
        _Lembar(book.add_worksheet(name), looks).post(post, cetak.kaki)
    if not cetak.cetakan:
        book.add_worksheet("Kosong").write_string(0, 0, "Belum ada informasi jabatan pada cakupan ini.")
    else:
        _write_ids(book.add_worksheet(LEMBAR_ID), cetak.id_siasn, shown)
    book.close()


def _write_ids(ws: Any, id_siasn: str, shown: list[tuple[str, str, str]]) -> None:
    """Which box each sheet shows, hidden: the way back finds it whatever units are called."""
    for number, row in enumerate([("instansi", id_siasn, ""), *shown]):
        for place, text in enumerate(row):
            ws.write_string(number, place, text)
    ws.hide()


def sheet_name(nama: str, taken: set[str]) -> str:
    """A name Excel accepts, not used yet (names differ in more than case)."""
    base = " ".join(_TERLARANG.sub(" ", nama).split()).strip("'")[:31] or "Jabatan"
    name, n = base, 1
    while name.casefold() in taken:
        n += 1
        name = f"{base[: 31 - len(str(n)) - 1]} {n}"
    taken.add(name.casefold())
    return name


def _looks(book: Any) -> dict[str, Any]:
    make = book.add_format
    text = {"text_wrap": True, "valign": "top"}
    return {
        "judul": make({"bold": True, "font_size": 14, "align": "center"}),
        "nama": make({"bold": True, "align": "center"}),
        "kecil": make({"font_size": 8, "font_color": "#555555"}),
        "bagian": make({"bold": True, "valign": "top"}),
        "teks": make(text), "kutip": make(text | {"quote_prefix": True}),
        "kepala": make(text | {"bold": True, "border": 1, "bg_color": "#E8E8E8", "align": "center"}),
        "sel": make(text | {"border": 1}), "sel_kutip": make(text | {"border": 1, "quote_prefix": True}),
        "angka": make(text | {"border": 1, "align": "right"}),
        "kaki": make({"bold": True, "border": 1, "bg_color": "#E8E8E8", "align": "right"}),
    }  # fmt: skip


class _Lembar:
    """A sheet written from top to bottom."""

    def __init__(self, ws: Any, looks: dict[str, Any]) -> None:
        self.ws, self.looks, self.row = ws, looks, 0
        ws.set_paper(9)
        ws.fit_to_pages(1, 0)
        ws.hide_gridlines(2)
        for place, width in enumerate(LEBAR):
            ws.set_column(place, place, width)

    def post(self, post: Cetakan, foot: str) -> None:
        last = len(LEBAR) - 1
        self.ws.merge_range(0, 0, 0, last, JUDUL, self.looks["judul"])
        self.ws.merge_range(1, 0, 1, last, "", self.looks["nama"])
        self.ws.write_string(1, 0, f"{post.nama} – {post.kotak.unit}", self.looks["nama"])
        self.row = 3
        for part in post.bagian:
            self._section(part)
        self.ws.write_string(self.row + 1, 0, foot, self.looks["kecil"])

    def _text(self, place: int, text: str, look: str, last: int | None = None) -> None:
        if look in ("teks", "sel") and text.startswith(BERBAHAYA):
            look = {"teks": "kutip", "sel": "sel_kutip"}[look]
        if last is not None and last > place:
            self.ws.merge_range(self.row, place, self.row, last, "", self.looks[look])
        self.ws.write_string(self.row, place, text, self.looks[look])

    def _height(self, *cells: tuple[str, int]) -> None:
        """Enough height for wrapped texts of these widths; merged cells do not grow by themselves."""
        lines = max(
            sum(ceil(max(len(line), 1) / width) for line in text.split("\n")) for text, width in cells
        )
        if lines > 1:
            self.ws.set_row(self.row, min(lines * TINGGI_BARIS, 400))

    def _section(self, part: BagianCetak) -> None:
        self.row += 1
        self._text(0, f"{part.nomor}.", "bagian")
        self._text(1, part.judul.upper(), "bagian")
        first = part.blok[0]
        if first.jenis == "teks" and len(first.teks) < 90 and "\n" not in first.teks:
            self._text(2, first.teks, "teks", len(LEBAR) - 1)
            self.row += 1
            return
        self.row += 1
        for block in part.blok:
            self._block(block)

    def _block(self, block: Blok) -> None:
        last = len(LEBAR) - 1
        wide = sum(LEBAR[1:])
        if block.jenis == "teks":
            self._text(1, block.teks, "teks", last)
            self._height((block.teks, wide))
            self.row += 1
        elif block.jenis == "daftar":
            for n, (text,) in enumerate(block.baris, 1):
                self._text(0, f"{n}.", "teks")
                self._text(1, text, "teks", last)
                self._height((text, wide))
                self.row += 1
        elif block.jenis == "pasangan":
            for label, value in block.baris:
                self._text(1, label, "teks")
                self._text(2, value, "teks", last)
                self._height((value, sum(LEBAR[2:])))
                self.row += 1
        else:
            self._table(block)

    def _table(self, block: Blok) -> None:
        """Columns take those of the table of tasks; the last one the rest of the width."""
        n = len(block.kolom)
        full = len(LEBAR) - 1
        self._text(0, "No.", "kepala")
        for i, (title, _) in enumerate(block.kolom, 1):
            self._text(i, title, "kepala", full if i == n else None)
        self._height(*((title, LEBAR[i]) for i, (title, _) in enumerate(block.kolom, 1)))
        self.row += 1
        for number, row in enumerate(block.baris, 1):
            self.ws.write_number(self.row, 0, number, self.looks["angka"])
            for i, text in enumerate(row, 1):
                look = "angka" if i > n - block.angka else "sel"
                self._text(i, text, look, full if i == n else None)
            widths = [*LEBAR[1:n], sum(LEBAR[n:])]
            self._height(*zip(row, widths, strict=True))
            self.row += 1
        for label, value in block.kaki:
            self._text(0, label, "kaki", full - 1)
            self._text(full, value, "kaki")
            self.row += 1
