"""A file of informasi jabatan of any understood form, read. Refuses as a whole what cannot be read at all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import python_calamine as calamine

from petajabatan.anjab.importers.baca import Pembaca
from petajabatan.anjab.importers.berkas_json import read_json
from petajabatan.anjab.importers.setempat import read_local
from petajabatan.anjab.rules.tukar import Bacaan
from petajabatan.inti.pekerjaan import Kemajuan
from petajabatan.inti.temuan import Ditolak, Temuan
from petajabatan.jabatan.rules.abk.ambang import AmbangAbk
from petajabatan.jabatan.rules.kelengkapan import Isian
from petajabatan.organisasi.importers.deteksi import detect, refuse
from petajabatan.organisasi.importers.templat import error_cells, formula_gaps


def read_infojab(
    path: Path, nama: str, isian: Sequence[Isian], ambang: AmbangAbk, kemajuan: Kemajuan | None = None
) -> Bacaan:
    """Read a workbook (ours or a local layout) or JSON. Raises Ditolak for a file that is no such thing:
    empty, truncated, locked, a bomb, a web page, another format."""
    report = kemajuan or Kemajuan()
    if path.is_file():
        with path.open("rb") as stream:
            head = stream.read(256).lstrip(b"\xef\xbb\xbf \t\r\n")
        if head[:1] == b"<":
            raise refuse(
                "bukan-berkas-infojab", f"Berkas {nama} berisi halaman web atau XML.",
                "Simpan sebagai XLSX dari aplikasi lembar kerja.", nama,
            )  # fmt: skip
    kind = detect(path, nama)
    if kind == "siasn-json":
        return read_json(path, nama)
    if kind != "xlsx":
        raise refuse(
            "format-tak-cocok", f"Berkas {nama} bukan XLSX atau JSON informasi jabatan.",
            "Unduh buku kerjanya dari halaman Tukar berkas, isi, lalu unggah.", nama,
        )  # fmt: skip
    return _workbook(path, nama, isian, ambang, report)


def _workbook(path: Path, nama: str, isian: Sequence[Isian], ambang: AmbangAbk, kemajuan: Kemajuan) -> Bacaan:
    try:
        book = calamine.load_workbook(str(path))
    except calamine.PasswordError:
        raise refuse("berkas-berkata-sandi", f"Berkas {nama} dilindungi kata sandi.",
                     "Hapus kata sandinya, lalu unggah lagi.", nama) from None  # fmt: skip
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise refuse("tak-terbaca", f"Buku kerja {nama} tidak dapat dibaca: {error}.",
                     "Simpan ulang sebagai .xlsx dari aplikasi lembar kerja.", nama) from None  # fmt: skip
    try:
        reader = Pembaca(nama, isian, ambang)
        ours = reader.read(book, kemajuan)
        reading = reader.out
        if not ours:
            reading = read_local(book, nama, isian, ambang, kemajuan)
    except (calamine.CalamineError, OSError) as error:
        raise refuse("tak-terbaca", f"Lembar pada {nama} tidak dapat dibaca: {error}.",
                     "Simpan ulang berkasnya.", nama) from None  # fmt: skip
    _formulas(reading, path, ours or set(book.sheet_names))
    if not reading.jabatan and not reading.bagian and not reading.temuan:
        raise refuse(
            "bukan-berkas-infojab",
            f"Berkas {nama} tidak berisi informasi jabatan; lembarnya: {', '.join(book.sheet_names[:8])}.",
            "Pakai buku kerja dari halaman Tukar berkas, atau satu lembar per jabatan dengan judul bagian"
            " (NAMA JABATAN, IKHTISAR JABATAN, TUGAS POKOK, …).",
            nama,
        )
    return reading


def _formulas(reading: Bacaan, path: Path, ours: set[str]) -> None:
    """Formulas without a result, and errors, look empty to a reader; their sections are not taken."""
    spoilt = [("rumus-tanpa-hasil", "rumus tanpa hasil tersimpan", at) for at in formula_gaps(path)]
    spoilt += [("sel-galat", "galat lembar sebar (#REF!, #N/A, …)", at) for at in error_cells(path)]
    for kode, what, (sheet, cell) in spoilt:
        if sheet not in ours:
            continue
        row = int(re.sub(r"\D", "", cell) or 0) or None
        reading.temuan.append(
            Temuan(
                kode,
                "galat",
                f"Sel {cell} pada lembar {sheet} berisi {what}.",
                "Buka berkas di aplikasi lembar kerja, perbaiki rumusnya, lalu simpan atau tempel nilainya.",
                sheet,
                row,
                re.sub(r"\d", "", cell),
            )
        )
        for _, part in reading.bagian:
            rows = [n for numbers in part.baris.values() for n in numbers]
            inside = row in rows or (part.awal is not None and row is not None
                                     and part.awal <= row <= (part.akhir or part.awal))  # fmt: skip
            if part.tempat == sheet and inside:
                part.ditolak = True


__all__ = ["Ditolak", "read_infojab"]
