"""SIASN's unit export as CSV: ``Id``, ``NamaUnor`` with ``--`` per level of depth, mostly ``DiatasanId``.

Where ``DiatasanId`` is missing, the head unit is the nearest row above with one level less (the export is in
reading order). Where both are there, ``DiatasanId`` counts and a prefix that disagrees is reported.
Delimiter and encoding are found out.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

from petajabatan.inti.temuan import Ditolak
from petajabatan.organisasi.importers.sel import decode, null, title_key
from petajabatan.organisasi.rules.baris import Bacaan, BarisUnor
from petajabatan.organisasi.rules.catatan import Catatan

KOLOM = {
    "id": ("id", "unorid", "idunor", "idsiasn"),
    "nama": ("namaunor", "nama", "unornama", "namaunitorganisasi", "unor"),
    "atasan": ("diatasanid", "atasanid", "idatasan", "parentid", "indukid"),
    "instansi": ("instansiid", "idinstansi"),
    "eselon": ("eselonid", "eselon"),
    "nama_jabatan": ("namajabatan", "jabatanpimpinan", "namajabatanpimpinan"),
    "cepat_kode": ("cepatkode", "kodecepat"),
    "jenis": ("jenisunorid", "jenisunor"),
}
JUDUL_BAKU = {
    "id": "Id",
    "nama": "NamaUnor",
    "atasan": "DiatasanId",
    "instansi": "InstansiId",
    "eselon": "EselonId",
    "nama_jabatan": "NamaJabatan",
    "cepat_kode": "CepatKode",
    "jenis": "JenisUnorId",
}
_PREFIX = re.compile(r"^((?:-\s?-\s?)*)(.*)$", re.S)
PEMISAH = ",;\t|"


def delimiter_of(line: str) -> str:
    """The separator that splits the title line into most columns."""
    return max(PEMISAH, key=lambda d: len(next(csv.reader([line], delimiter=d), [])))


def read(path: Path, nama: str) -> Bacaan:
    """Rows of the file, ``baris`` as a spreadsheet counts them (title = 1). Raises Ditolak."""
    text, encoding = decode(path)
    notes = Catatan(nama)
    line = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(line))
    try:
        titles = next(reader, [])
        columns = _columns(titles, notes)
        if notes.galat:
            raise Ditolak(notes.temuan)
        rows = _rows(reader, titles, columns, notes)
    except csv.Error as error:
        notes.add(
            "berkas-terpotong", f"CSV tidak dapat dibaca pada baris {reader.line_num}: {error}.",
            "Periksa tanda petik pada baris itu; unduh ulang bila terpotong.", baris=reader.line_num,
        )  # fmt: skip
    if notes.galat:
        raise Ditolak(notes.temuan)
    if encoding == "cp1252":
        broken = next((r for r in rows if "\ufffd" in r.nama), None)
        if broken is not None:
            notes.add("huruf-rusak", "Ada huruf yang tidak terbaca.", "Simpan ulang sebagai CSV UTF-8.",
                      baris=broken.baris, kolom="NamaUnor", nilai=broken.nama)  # fmt: skip
            raise Ditolak(notes.temuan)
    if "atasan" not in columns:
        _parents_from_depth(rows, notes)
        if notes.galat:
            raise Ditolak(notes.temuan)
    carried = frozenset(columns) & {"nama_jabatan", "eselon", "cepat_kode"}
    return Bacaan("siasn-csv", rows, carried, lembar=(nama, "", ""))


def _columns(titles: list[str], notes: Catatan) -> dict[str, int]:
    places = {title_key(title): i for i, title in reversed(list(enumerate(titles)))}
    columns = {
        name: places[alias] for name, names in KOLOM.items() for alias in reversed(names) if alias in places
    }
    for name in ("id", "nama"):
        if name not in columns:
            notes.add(
                "kolom-hilang",
                f"Kolom {JUDUL_BAKU[name]} tidak ada; yang terbaca: {', '.join(titles[:12]) or '(kosong)'}.",
                "Baris pertama harus berisi judul kolom: Id, NamaUnor, DiatasanId.",
                baris=1,
                kolom=JUDUL_BAKU[name],
            )
    return columns


def _rows(
    reader: Iterator[list[str]],
    titles: list[str],
    columns: dict[str, int],
    notes: Catatan,
) -> list[BarisUnor]:
    rows = []
    width = len(titles)
    fields = [(name, place) for name, place in columns.items() if name != "nama"]
    for n, cells in enumerate(reader, 2):
        if not any(cells):
            continue
        if len(cells) != width:
            notes.add(
                "jumlah-kolom",
                f"Baris ini berisi {len(cells)} kolom, seharusnya {width}.",
                "Periksa pemisah dan tanda petik pada baris itu.",
                baris=n,
                nilai=" | ".join(cells)[:120],
            )
            continue
        prefix, name = _PREFIX.match(cells[columns["nama"]].strip()).groups()  # type: ignore[union-attr]
        row = BarisUnor(n, "", "", null(name), dalam=prefix.count("-") // 2)
        for field, place in fields:
            setattr(row, field, null(cells[place]))
        rows.append(row)
    return rows


def _parents_from_depth(rows: list[BarisUnor], notes: Catatan) -> None:
    path: list[str] = []
    for row in rows:
        depth = row.dalam or 0
        if depth > len(path):
            notes.add(
                "awalan-melompat",
                f"{row.nama} berada pada tingkat {depth}, padahal baris di atasnya tingkat {len(path) - 1}.",
                "Satu tingkat ke bawah menambah satu pasang '--'; kembalikan urutan baris ekspor asli.",
                baris=row.baris,
                kolom="NamaUnor",
                nilai=row.nama,
            )
            depth = len(path)
        row.atasan = path[depth - 1] if depth else ""
        path[depth:] = [row.id]


def check_prefixes(rows: list[BarisUnor], notes: Catatan) -> None:
    """Where names carry depths and ids of head units too: say where the two disagree (a warning)."""
    depth = {row.id: row.dalam for row in rows}
    if not any(depth.values()):
        return
    for row in rows:
        above = depth.get(row.atasan)
        if row.atasan and above is not None and row.dalam != above + 1:
            notes.add(
                "awalan-tak-sesuai",
                f"Awalan '--' {row.nama} menunjukkan tingkat {row.dalam},"
                f" menurut DiatasanId tingkat {above + 1}.",
                "DiatasanId yang dipakai; perbaiki awalan bila susunannya memang berbeda.",
                tingkat="peringatan",
                baris=row.baris,
                kolom="NamaUnor",
                nilai=row.nama,
            )
