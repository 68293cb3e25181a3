"""The recap of ABK as a workbook: boxes, units, jabatan, hints. Text is always text, never a formula."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

import xlsxwriter

from petajabatan.anjab.queries.abk_rekap import RekapInstansi, hints
from petajabatan.inti.pekerjaan import Kemajuan
from petajabatan.jabatan.rules.abk.angka import quantize
from petajabatan.jabatan.rules.abk.efisiensi import RekapAbk

_REKAP = (
    ("Nama", 44), ("Kotak", 8), ("Σ", 11), ("K", 8), ("B", 8), ("B − K", 8), ("Efisiensi", 10),
    ("Prestasi", 9), ("Tanpa ABK", 10), ("Tanpa K", 9), ("B tanpa ABK", 11),
)  # fmt: skip
_KOTAK = (
    ("Id posisi", 12), ("Unit", 40), ("Jabatan", 40), ("Jenis", 12), ("Baris", 7), ("Σ", 11), ("K", 8),
    ("B", 8), ("B − K", 8), ("EJ", 8), ("PEJ", 6), ("K dari", 12), ("Kebijakan", 16), ("Waktu kerja", 12),
)  # fmt: skip


def recap_xlsx(rekap: RekapInstansi, instansi: str, asal: str, kemajuan: Kemajuan | None = None) -> bytes:
    """The whole recap; sums at four decimals, empty where nothing is known (never 0)."""
    report = kemajuan or Kemajuan()
    out = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
               "strings_to_numbers": False}  # fmt: skip
    book = xlsxwriter.Workbook(out, options)
    bold = book.add_format({"bold": True})
    formats = {
        "empat": book.add_format({"num_format": "#,##0.0000"}),
        "dua": book.add_format({"num_format": "0.00"}),
    }
    head = f"{instansi} · {asal} · B per {rekap.hari_b.isoformat()}"

    def sheet(name: str, columns: Sequence[tuple[str, int]], rows: Iterable[Sequence[Any]]) -> None:
        page = book.add_worksheet(name)
        page.write_string(0, 0, head, bold)
        for i, (title, width) in enumerate(columns):
            page.set_column(i, i, width)
            page.write_string(2, i, title, bold)
        last = 2
        for last, row in enumerate(rows, 3):
            for i, value in enumerate(row):
                if isinstance(value, Decimal):
                    style = "dua" if columns[i][0] in ("EJ", "Efisiensi") else "empat"
                    page.write_number(last, i, float(value), formats[style])
                elif isinstance(value, int):
                    page.write_number(last, i, value)
                elif value:
                    page.write_string(last, i, str(value)[:32767])
        page.autofilter(2, 0, last, len(columns) - 1)
        page.freeze_panes(3, 0)

    report(0, 4, "jabatan pada peta")
    sheet("Kotak", _KOTAK, (_box(rekap, box) for box in rekap.kotak))
    report(1, 4, "unit")
    whole = rekap.total(rekap.kotak, instansi)
    sheet("Unit (EU, PU)", _REKAP, (_row(row) for row in (*rekap.per_unit(rekap.kotak), whole)))
    report(2, 4, "jabatan")
    names = sorted(rekap.per_jabatan(rekap.kotak), key=lambda row: row.nama.casefold())
    sheet("Jabatan (EJ, PEJ)", _REKAP, (_row(row) for row in (*names, whole)))
    report(3, 4, "petunjuk verifikator")
    columns = (("Unit", 40), ("Jabatan", 40), ("Petunjuk", 80), ("Yang dapat dilakukan", 60))
    found = hints(rekap.acuan, rekap.kotak)
    sheet(
        "Petunjuk",
        columns,
        ((h.kotak.unit, h.kotak.jabatan, h.temuan.kalimat, h.temuan.perbaikan) for h in found),
    )
    book.close()
    report(4, 4, "selesai")
    return out.getvalue()


def _row(row: RekapAbk) -> list[Any]:
    counted = row.kotak > row.tanpa_abk
    return [
        row.nama, row.kotak, quantize(row.jumlah) if counted else None, row.k, row.b, row.selisih,
        row.efisiensi.tampil, row.efisiensi.prestasi, row.tanpa_abk, row.tanpa_k, row.b_tanpa_abk,
    ]  # fmt: skip


def _box(rekap: RekapInstansi, box: Any) -> list[Any]:
    one = rekap.total([box], box.jabatan)
    sheet = box.lembar
    return [
        box.posisi_id, box.unit, box.jabatan, "pimpinan" if box.kepala else box.jenis,
        None if sheet is None else sheet.baris, None if box.jumlah is None else quantize(box.jumlah), box.k,
        box.b, None if box.k is None else box.b - box.k, one.efisiensi.tampil, one.efisiensi.prestasi,
        None if sheet is None else sheet.dari, None if sheet is None else sheet.kebijakan,
        None if sheet is None else sheet.waktu,
    ]  # fmt: skip
