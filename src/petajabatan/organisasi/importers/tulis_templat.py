"""Writing our workbook: empty with instructions, or filled with the current map for editing and re-import."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import xlsxwriter

from petajabatan.organisasi.importers.kolom_templat import KODE, LEMBAR, POSISI, UNOR, Kolom

PETUNJUK = (
    "Isi lembar Unor: satu baris satu unit. Urutan baris menjadi urutan unit pada peta.",
    "Id Atasan menunjuk Id Unor unit di atasnya; hanya unit tertinggi yang dikosongkan.",
    "Isi lembar Posisi: satu baris satu jabatan pada satu unit. Kosongkan bila jabatan tidak diubah.",
    "Kepala unit dibuat dari Nama Jabatan Pimpinan dan Eselon; tidak perlu ditulis pada lembar Posisi.",
    "Kebutuhan (K) yang dikosongkan berarti belum ditetapkan; angka 0 berarti tidak membutuhkan.",
    "Jangan mengubah Id yang sudah terisi: dengan id itu unit dikenali kembali.",
    "Unit yang barisnya dihapus berakhir pada versi berikutnya; bila masih ada pegawainya, berkas ditolak."
    " Bila peta instansi ini berubah lewat usulan, berkasnya menjadi draf usulan.",
    "Periksa dahulu (tombol Periksa): tidak ada yang disimpan sebelum seluruh berkas benar.",
)
BARIS_VALIDASI = 200_000


@dataclass
class IsiTemplat:
    """What a template is made for: the instansi, the choices, and (optionally) the rows of its map.

    ``eselon`` and ``urusan`` are (code, name); rows stand in the order of ``UNOR``, ``POSISI``, ``KODE``.
    """

    instansi: str
    id_instansi: str
    jenis: Sequence[str]
    eselon: Sequence[tuple[str, str]] = ()
    urusan: Sequence[tuple[str, str]] = ()
    jenis_kode: Sequence[str] = ()
    unor: Iterable[Sequence[Any]] = field(default_factory=list)
    posisi: Iterable[Sequence[Any]] = field(default_factory=list)
    kode: Iterable[Sequence[Any]] = field(default_factory=list)
    judul: str = "Templat unit organisasi dan peta jabatan"
    keterangan: Sequence[tuple[str, str]] = ()
    """What the workbook says about itself, beside the instansi; read again on import."""
    petunjuk: Sequence[str] = PETUNJUK


def write_template(target: IO[bytes] | Path, isi: IsiTemplat) -> None:
    """Write the workbook. Texts are written as texts, never as formulas, whatever they begin with."""
    options = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(str(target) if isinstance(target, Path) else target, options)
    title = {"bold": True, "border": 1, "text_wrap": True, "valign": "top"}
    looks = {
        "judul": book.add_format(title | {"bg_color": "#E6ECF5"}),
        "wajib": book.add_format(title | {"bg_color": "#C9D8F0"}),
        "teks": book.add_format({"num_format": "@"}),
        "angka": book.add_format({"num_format": "0"}),
        "besar": book.add_format({"bold": True, "font_size": 14}),
        "tebal": book.add_format({"bold": True}),
        "lipat": book.add_format({"text_wrap": True, "valign": "top"}),
    }
    _guide(book, isi, looks)
    for kind, rows in (("unor", isi.unor), ("posisi", isi.posisi), ("kode", isi.kode)):
        name, columns, _ = LEMBAR[kind]
        _sheet(book.add_worksheet(name), columns, rows, looks)
    _lists(book, isi, looks)
    _validations(book, isi)
    book.get_worksheet_by_name("Unor").activate()
    book.close()


def _guide(book: Any, isi: IsiTemplat, looks: dict[str, Any]) -> None:
    sheet = book.add_worksheet("Petunjuk")
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 100, looks["lipat"])
    sheet.write_string(0, 0, isi.judul, looks["besar"])
    sheet.write_string(1, 0, "Instansi", looks["tebal"])
    sheet.write_string(1, 1, isi.instansi)
    sheet.write_string(2, 0, "Id Instansi", looks["tebal"])
    sheet.write_string(2, 1, isi.id_instansi)
    for place, (title, value) in enumerate(isi.keterangan, 3):
        sheet.write_string(place, 0, title, looks["tebal"])
        sheet.write_string(place, 1, value)
    row = 4 + len(isi.keterangan)
    for n, line in enumerate(isi.petunjuk, 1):
        sheet.write_string(row, 0, f"{n}.")
        sheet.write_string(row, 1, line)
        row += 1
    for title, columns in (("Lembar Unor", UNOR), ("Lembar Posisi", POSISI), ("Lembar Kode", KODE)):
        row += 1
        sheet.write_string(row, 0, title, looks["tebal"])
        for column in columns:
            row += 1
            sheet.write_string(row, 0, column.judul + (" (wajib)" if column.wajib else ""))
            sheet.write_string(row, 1, column.arti)
        row += 1


def _sheet(
    sheet: Any, columns: tuple[Kolom, ...], rows: Iterable[Sequence[Any]], looks: dict[str, Any]
) -> None:
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.lebar, looks["teks"] if column.teks else looks["angka"])
        sheet.write_string(0, place, column.judul, looks["wajib" if column.wajib else "judul"])
        sheet.write_comment(0, place, column.arti)
    sheet.freeze_panes(1, 0)
    last = 0
    for last, values in enumerate(rows, 1):
        for place, value in enumerate(values):
            if value is None or value == "":
                continue
            if columns[place].teks:
                sheet.write_string(last, place, str(value), looks["teks"])
            else:
                sheet.write_number(last, place, value, looks["angka"])
    sheet.autofilter(0, 0, max(last, 1), len(columns) - 1)


def _lists(book: Any, isi: IsiTemplat, looks: dict[str, Any]) -> None:
    sheet = book.add_worksheet("Acuan")
    blocks = (
        ("Jenis Unor", "", [(value, "") for value in isi.jenis]),
        ("Kode Eselon", "Eselon", isi.eselon),
        ("Kode Urusan", "Urusan", isi.urusan),
        ("Jenis Kode", "", [(value, "") for value in isi.jenis_kode]),
    )
    for block, (first, second, values) in enumerate(blocks):
        place = block * 3
        sheet.set_column(place, place, 14, looks["teks"])
        sheet.set_column(place + 1, place + 1, 40)
        sheet.write_string(0, place, first, looks["judul"])
        if second:
            sheet.write_string(0, place + 1, second, looks["judul"])
        for row, (code, name) in enumerate(values, 1):
            sheet.write_string(row, place, code, looks["teks"])
            sheet.write_string(row, place + 1, name or "")


def _validations(book: Any, isi: IsiTemplat) -> None:
    def rule(sheet: str, columns: tuple[Kolom, ...], field_name: str, options: dict[str, Any]) -> None:
        place = next(i for i, c in enumerate(columns) if c.isian == field_name)
        book.get_worksheet_by_name(sheet).data_validation(1, place, BARIS_VALIDASI, place, options)

    def choice(place: int, n: int) -> dict[str, Any]:
        column = xlsxwriter.utility.xl_col_to_name(place)
        return {
            "validate": "list",
            "source": f"=Acuan!${column}$2:${column}${max(n, 1) + 1}",
            "error_title": "Tidak dikenal",
            "error_message": "Pilih dari daftar (lembar Acuan).",
        }

    rule("Unor", UNOR, "jenis", choice(0, len(isi.jenis)))
    if isi.eselon:
        rule("Unor", UNOR, "eselon", choice(3, len(isi.eselon)) | {"error_type": "warning"})
    kinds = ["struktural", "fungsional", "pelaksana"]
    rule("Posisi", POSISI, "jenis", {"validate": "list", "source": kinds})
    rule("Posisi", POSISI, "kepala", {"validate": "list", "source": ["ya", "tidak"]})
    whole = {"validate": "integer", "criteria": "between"}
    kelas = {"minimum": 1, "maximum": 17, "error_message": "Kelas jabatan 1 sampai 17."}
    rule("Posisi", POSISI, "kelas", whole | kelas)
    need = {"minimum": 0, "maximum": 100_000, "error_message": "Jumlah orang: 0, 1, 2, …"}
    rule("Posisi", POSISI, "k", whole | need)
    if isi.jenis_kode:
        rule("Kode", KODE, "jenis", choice(9, len(isi.jenis_kode)))
