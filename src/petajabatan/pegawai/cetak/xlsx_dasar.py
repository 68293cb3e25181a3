"""What every exported workbook shares: head, frozen panes, filters, formats, text that stays text."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Sequence
from types import TracebackType
from typing import Any

import xlsxwriter

from petajabatan.pegawai.cetak.angka import long_date
from petajabatan.pegawai.cetak.dokumen import Identitas

BERBAHAYA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""First characters that make a spreadsheet take typed text for a formula."""
BARIS_KEPALA = 5
"""Row of the column headings (from 0): title, instansi, version and dates, hash, an empty row above."""


class Buku:
    """A workbook being written. Text is always stored as text; where it begins like a formula it also
    carries the quote prefix, so that it stays text when somebody edits the cell."""

    def __init__(self, judul: str, identitas: Identitas, *, unit: str = "") -> None:
        self.stream = io.BytesIO()
        self.book = xlsxwriter.Workbook(
            self.stream,
            {
                "constant_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
            },
        )
        self.book.set_properties({"title": judul, "author": identitas.instansi, "created": _noon(identitas)})
        self.judul, self.identitas, self.unit = judul, identitas, unit
        make = self.book.add_format
        self.gaya: dict[str, Any] = {
            "judul": make({"bold": True, "font_size": 14}),
            "kepala": make(
                {"bold": True, "bg_color": "#E8E8E8", "border": 1, "text_wrap": True, "valign": "top"}
            ),
            "teks": make({}),
            "kutip": make({"quote_prefix": True}),
            "tebal": make({"bold": True}),
            "tebal_kutip": make({"bold": True, "quote_prefix": True}),
            "angka": make({"num_format": "#,##0"}),
            "tebal_angka": make({"num_format": "#,##0", "bold": True}),
            "selisih": make({"num_format": "+#,##0;−#,##0;0"}),
            "tebal_selisih": make({"num_format": "+#,##0;−#,##0;0", "bold": True}),
            "id": make({"num_format": "0"}),
            "tebal_id": make({"num_format": "0", "bold": True}),
            "tanggal": make({"num_format": "dd/mm/yyyy"}),
        }
        self._indents: dict[tuple[str, int], Any] = {}

    def __enter__(self) -> Buku:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.book.close()

    def indented(self, gaya: str, level: int) -> Any:
        """The same format, shifted by the depth in the tree (15 steps at most, Excel's own limit)."""
        key = (gaya, min(level, 15))
        if key not in self._indents:
            bold = gaya.startswith("tebal")
            self._indents[key] = self.book.add_format(
                {"indent": key[1], "bold": bold, "quote_prefix": gaya.endswith("kutip")}
            )
        return self._indents[key]

    def sheet(self, nama: str, kolom: Sequence[tuple[str, int]], catatan: Iterable[str] = ()) -> Lembaran:
        return Lembaran(self, nama, kolom, " · ".join(catatan))


class Lembaran:
    """A worksheet written from top to bottom."""

    def __init__(self, buku: Buku, nama: str, kolom: Sequence[tuple[str, int]], catatan: str) -> None:
        self.buku, self.kolom = buku, kolom
        self.ws = buku.book.add_worksheet(nama)
        who = buku.identitas
        self.ws.set_landscape()
        self.ws.set_paper(8)  # A3
        self.ws.fit_to_pages(1, 0)
        self.ws.repeat_rows(BARIS_KEPALA)
        self.ws.freeze_panes(BARIS_KEPALA + 1, 0)
        for i, (_, width) in enumerate(kolom):
            self.ws.set_column(i, i, width)
        bezetting = f" · bezetting per {long_date(who.b_per)}" if who.b_per else ""
        head = [
            f"{buku.judul} – {nama}",
            who.instansi + (f" · {buku.unit}" if buku.unit else ""),
            f"Peta jabatan {who.keterangan_versi}{bezetting} · dicetak {long_date(who.dicetak)}",
            f"Sidik versi {who.hash or '–'}" + (f" · {catatan}" if catatan else ""),
        ]
        for row, text in enumerate(head):
            self.ws.write_string(row, 0, text, buku.gaya["judul" if row == 0 else "teks"])
        for i, (name, _) in enumerate(kolom):
            self.ws.write_string(BARIS_KEPALA, i, name, buku.gaya["kepala"])
        self.baris = BARIS_KEPALA

    def row(
        self, values: Sequence[Any], *, tebal: bool = False, geser: tuple[int, int] | None = None
    ) -> None:
        """One row. ``geser``: (column, depth) of the cell to be indented. Columns called +/− get a sign,
        columns called ID, NIP or ID … no separators; None leaves the cell empty."""
        self.baris += 1
        bold = "tebal_" if tebal else ""
        for i, value in enumerate(values):
            name = self.kolom[i][0]
            if value is None or value == "":
                continue
            if isinstance(value, dt.date):
                self.ws.write_datetime(
                    self.baris, i, dt.datetime(value.year, value.month, value.day), self.buku.gaya["tanggal"]
                )
            elif isinstance(value, int):
                kind = "selisih" if name == "+/−" else "id" if name.startswith("ID") else "angka"
                self.ws.write_number(self.baris, i, value, self.buku.gaya[bold + kind])
            else:
                text = str(value)
                gaya = (
                    ("tebal" if tebal else "teks")
                    if not text.startswith(BERBAHAYA)
                    else ("tebal_kutip" if tebal else "kutip")
                )
                style = (
                    self.buku.indented(gaya, geser[1]) if geser and geser[0] == i else self.buku.gaya[gaya]
                )
                self.ws.write_string(self.baris, i, text, style)

    def finish(self, jumlah: Sequence[Any] | None = None) -> None:
        """Switch the filter on for the rows so far and write the totals row below it, outside the filter."""
        self.ws.autofilter(BARIS_KEPALA, 0, max(self.baris, BARIS_KEPALA), len(self.kolom) - 1)
        if jumlah is not None:
            self.row(jumlah, tebal=True)


def _noon(identitas: Identitas) -> dt.datetime:
    """The business date, so that the same export has the same bytes."""
    return dt.datetime.combine(identitas.dicetak, dt.time(12))
