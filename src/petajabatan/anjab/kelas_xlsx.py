"""The comparison and the recap of classes as a workbook."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

import xlsxwriter

from petajabatan.anjab.rules.banding_kelas import TANDA, BarisBanding, BarisRekap, total
from petajabatan.jabatan.rules.lembar_evaluasi import STATUS

KEPALA_BANDING = (
    "Jabatan", "Jenis", "Jenjang", "Kotak", "K", "B", "B − K", "Kelas", "Lembar: nilai", "Lembar: kelas",
    "Lembar: status", "Kelas nasional", "Dasar nasional", "Tanda",
)  # fmt: skip
KEPALA_REKAP = ("Kelas", "Kotak", "K", "B", "B − K", "Struktural", "Fungsional", "Pelaksana")


def write_classes(judul: str, rekap: Sequence[BarisRekap], banding: Iterable[BarisBanding]) -> bytes:
    """Two sheets, ``Rekap`` and ``Perbandingan``. Text stays text, whatever it begins with."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E8E8E8"})
    quoted = book.add_format({"quote_prefix": True})
    rows = [
        [_kelas(r.kelas), r.kotak, r.k, r.b, r.selisih, r.struktural, r.fungsional, r.pelaksana]
        for r in rekap
    ]
    whole = total(rekap)
    rows.append(["Jumlah", whole.kotak, whole.k, whole.b, whole.selisih, *whole[4:]])
    _sheet(book, "Rekap", judul, KEPALA_REKAP, rows, bold, quoted)
    _sheet(book, "Perbandingan", judul, KEPALA_BANDING, [_row(r) for r in banding], bold, quoted)
    book.close()
    return stream.getvalue()


def _kelas(kelas: int | None) -> Any:
    return "belum ditetapkan" if kelas is None else kelas


def _row(r: BarisBanding) -> list[Any]:
    sheets = r.lembar
    return [
        r.nama, r.jenis, r.jenjang or "", r.kotak, r.k, r.b, r.b - r.k,
        ", ".join(f"{_kelas(kelas)} ({n} kotak)" for kelas, n in r.kelas),
        ", ".join("–" if s.total is None else str(s.total) for s in sheets),
        ", ".join("–" if s.kelas is None else str(s.kelas) for s in sheets),
        ", ".join(STATUS.get(s.status, s.status) for s in sheets),
        r.nasional.kelas if r.nasional else "", r.nasional.sumber if r.nasional else "",
        "; ".join(TANDA[mark] for mark in r.tanda),
    ]  # fmt: skip


def _sheet(
    book: Any, nama: str, judul: str, kepala: Sequence[str], rows: list[list[Any]], bold: Any, quoted: Any
) -> None:
    sheet = book.add_worksheet(nama)
    sheet.write_string(0, 0, judul[:32767], book.add_format({"bold": True, "font_size": 14}))
    for column, title in enumerate(kepala):
        sheet.write_string(2, column, title, bold)
        sheet.set_column(column, column, 44 if column == 0 and nama != "Rekap" else 16)
    for line, row in enumerate(rows, 3):
        for column, value in enumerate(row):
            if isinstance(value, int):
                sheet.write_number(line, column, value)
            elif value:
                text = str(value)[:32767]
                sheet.write_string(line, column, text, quoted if text[0] in "=+-@\t\r\n" else None)
    sheet.autofilter(2, 0, 2 + len(rows), len(kepala) - 1)
    sheet.freeze_panes(3, 1)
