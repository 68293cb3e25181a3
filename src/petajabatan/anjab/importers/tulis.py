"""Writing the workbook of informasi jabatan, ready to edit and import again. Text is written as text: what
begins like a formula also carries the quote prefix, so that it stays text when somebody edits the cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import IO, Any

import xlsxwriter

from petajabatan.anjab.importers.baris import rows_of
from petajabatan.anjab.importers.kolom import Lembar, sheets
from petajabatan.anjab.rules.tukar import KOSONGKAN, KotakTukar, Paket
from petajabatan.inti.pekerjaan import Kemajuan
from petajabatan.jabatan.rules.kelengkapan import Isian
from petajabatan.organisasi.importers.kolom_templat import Kolom

BERBAHAYA = ("=", "+", "-", "@", "\t", "\r", "\n")
OPSI = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
PETUNJUK = (
    "Satu lembar untuk setiap bagian informasi jabatan, satu baris untuk setiap butir.",
    "Id yang sudah terisi tetap; nama unit dan jabatan di sebelahnya hanya untuk dibaca.",
    "Informasi jabatan baru: kosongkan Id Infojab, lalu isi Unit dan Jabatan persis seperti pada peta.",
    "Satu informasi jabatan baru untuk beberapa kotak: beri kode yang sama (BARU-1) pada lembar Jabatan.",
    "Bagian yang tidak mempunyai baris tidak diubah. Bagian yang mempunyai baris diganti seluruhnya.",
    f"Mengosongkan satu bagian: tulis {KOSONGKAN} pada kolom isi pertamanya.",
    "Lembar Kualifikasi, Syarat, dan Identitas: kolom Isian menyebut isiannya; satu baris setiap butir.",
    "Lembar Tugas Pokok: tahapan kedua dan seterusnya pada baris sendiri dengan Id Tugas yang sama.",
    "Lembar ABK: volume setahun dan norma dalam menit; tulis (jam) pada judul kolom Norma bila angkanya jam.",
    "Kosong bukan nol: volume atau norma yang kosong membuat K tidak dihitung.",
    "Kelas dan K pada lembar Jabatan hanya keterangan; kelas lewat evaluasi, K lewat lembar ABK.",
)


class Penulis:
    """A workbook being written, sheet by sheet."""

    def __init__(self, target: IO[bytes] | Path) -> None:
        self.book = xlsxwriter.Workbook(str(target) if isinstance(target, Path) else target, OPSI)
        make = self.book.add_format
        self.head = make(
            {"bold": True, "bg_color": "#E8E8E8", "border": 1, "text_wrap": True, "valign": "top"}
        )
        self.bold = make({"bold": True})
        self.text = make({"text_wrap": True, "valign": "top"})
        self.quoted = make({"text_wrap": True, "valign": "top", "quote_prefix": True})
        self.number = make({"valign": "top"})

    def sheet(self, judul: str, kolom: Sequence[Kolom], rows: Iterable[Mapping[str, Any]]) -> int:
        """One sheet with titles in row 1; returns the number of rows."""
        ws = self.book.add_worksheet(judul)
        for place, column in enumerate(kolom):
            ws.set_column(place, place, column.lebar)
            ws.write_string(0, place, column.judul, self.head)
            if column.arti:
                ws.write_comment(0, place, column.arti)
        ws.freeze_panes(1, 0)
        names = [c.isian for c in kolom]
        last = 0
        for last, row in enumerate(rows, 1):
            for place, name in enumerate(names):
                value = row.get(name)
                if value is not None and value != "":
                    self.cell(ws, last, place, value)
        ws.autofilter(0, 0, max(last, 1), len(kolom) - 1)
        return last

    def cell(self, ws: Any, row: int, place: int, value: Any) -> None:
        """A number as number, everything else as text that stays text."""
        if isinstance(value, int | float) and not isinstance(value, bool):
            ws.write_number(row, place, value, self.number)
        else:
            text = str(value)
            ws.write_string(row, place, text, self.quoted if text.startswith(BERBAHAYA) else self.text)

    def close(self) -> None:
        self.book.close()


def write_workbook(
    target: IO[bytes] | Path, paket: Paket, isian: Sequence[Isian], kemajuan: Kemajuan | None = None
) -> None:
    """Everything of a paket: sheets Petunjuk, Jabatan, a sheet per section, Evaluasi, ABK, Dasar ABK."""
    report = kemajuan or Kemajuan()
    writer = Penulis(target)
    _guide(writer, paket, isian)
    users: dict[int, list[KotakTukar]] = {}
    for box in paket.kotak:
        if box.infojab_id is not None:
            users.setdefault(box.infojab_id, []).append(box)
    wanted = sheets(tuple(isian))
    for n, sheet in enumerate(wanted):
        report(n, len(wanted), f"menulis lembar {sheet.judul}")
        writer.sheet(sheet.judul, sheet.semua, _rows(sheet, paket, users))
    writer.close()


def _guide(writer: Penulis, paket: Paket, isian: Sequence[Isian]) -> None:
    ws = writer.book.add_worksheet("Petunjuk")
    ws.set_column(0, 0, 24)
    ws.set_column(1, 1, 110)
    rows: list[tuple[str, str]] = [
        ("Informasi jabatan", paket.instansi),
        ("Id Instansi", paket.id_siasn),
        ("Sumber", paket.sumber),
        ("", ""),
        *(("", line) for line in PETUNJUK),
        ("", ""),
        ("Isian", "pada lembar"),
    ]
    rows += [(f.nama, s.judul) for s in sheets(tuple(isian)) if s.bentuk == "campur" for f in s.isian]
    for row, (left, right) in enumerate(rows):
        if left:
            ws.write_string(row, 0, left, writer.bold)
        if right:
            writer.cell(ws, row, 1, right)


def _rows(sheet: Lembar, paket: Paket, users: Mapping[int, Sequence[KotakTukar]]) -> Iterable[dict[str, Any]]:
    if sheet.bentuk in ("jabatan", "abk", "dasar-abk"):
        for box in paket.kotak:
            at = {"_posisi": box.posisi_id, "_infojab": box.infojab_id, "_unit": box.unit,
                     "_jabatan": box.nama}  # fmt: skip
            if sheet.bentuk == "jabatan":
                yield at | {"jalur": box.jalur, "jenis": box.jenis, "kelas": box.kelas, "k": box.k}
            elif box.abk:
                for row in rows_of(sheet, box.abk):
                    yield at | row
        return
    for key, sections in paket.isi.items():
        isi = sections.get(sheet.bagian)
        if not isi:
            continue
        first = users.get(key) or ()
        owner: dict[str, Any] = {"_infojab": key}
        if first:
            owner |= {"_unit": first[0].unit, "_jabatan": first[0].nama}
        for row in rows_of(sheet, isi):
            yield owner | row
