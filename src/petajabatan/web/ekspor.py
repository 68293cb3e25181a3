"""Findings as spreadsheets. Cells that a spreadsheet would run as a formula are neutralised."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterable
from typing import IO, Any

import xlsxwriter

from petajabatan.inti.models import TemuanPekerjaan

KOLOM = ("tingkat", "kode", "baris", "kolom", "nilai", "tempat", "kalimat", "perbaikan")
BERBAHAYA = ("=", "+", "-", "@", "\t", "\r", "\n")
SPOOL = 8 << 20
"""Bytes kept in memory before a download is written to a temporary file."""


def neutral(value: Any) -> Any:
    """Text that starts like a formula gets a leading apostrophe, as spreadsheets mark plain text."""
    return f"'{value}" if isinstance(value, str) and value.startswith(BERBAHAYA) else value


def _values(finding: TemuanPekerjaan) -> list[Any]:
    return [getattr(finding, column) for column in KOLOM]


def findings_csv(rows: Iterable[TemuanPekerjaan]) -> IO[bytes]:
    """UTF-8 with a byte order mark and semicolons, as Indonesian spreadsheets expect."""
    out = tempfile.SpooledTemporaryFile(max_size=SPOOL)  # noqa: SIM115 - the response closes it
    text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="")
    writer = csv.writer(text, delimiter=";")
    writer.writerow(KOLOM)
    writer.writerows([neutral(v) for v in _values(row)] for row in rows)
    text.flush()
    text.detach()
    out.seek(0)
    return out


def findings_xlsx(rows: Iterable[TemuanPekerjaan]) -> IO[bytes]:
    """One sheet with a header that filters. Text is written as text, never as a formula."""
    out = tempfile.SpooledTemporaryFile(max_size=SPOOL)  # noqa: SIM115 - the response closes it
    book = xlsxwriter.Workbook(
        out, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet = book.add_worksheet("Temuan")
    bold = book.add_format({"bold": True})
    for column, (name, width) in enumerate(zip(KOLOM, (12, 24, 8, 18, 24, 40, 60, 60), strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, name, bold)
    last = 0
    for last, row in enumerate(rows, start=1):
        for column, value in enumerate(_values(row)):
            if isinstance(value, int):
                sheet.write_number(last, column, value)
            elif value:
                sheet.write_string(last, column, str(value)[:32767])
    sheet.autofilter(0, 0, last, len(KOLOM) - 1)
    sheet.freeze_panes(1, 0)
    book.close()
    out.seek(0)
    return out
