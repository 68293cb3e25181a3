"""A template as a file: JSON as it is stored, or a workbook of three sheets; both read back without loss."""

from __future__ import annotations

import io
import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, Any

import python_calamine as calamine
import xlsxwriter

from petajabatan.inti.berkas import clean_name, recognise
from petajabatan.inti.temuan import refuse
from petajabatan.organisasi.importers.sel import null, title_key

UKURAN_MAKS = 5 * 1024 * 1024
LEMBAR: dict[str, tuple[str, tuple[tuple[str, str], ...]]] = {
    "unit": (
        "Unit",
        (
            ("kunci", "Kunci Unit"),
            ("nama", "Nama Unit"),
            ("atasan", "Kunci Atasan"),
            ("jenis", "Jenis Unit"),
            ("eselon", "Eselon"),
            ("nama_jabatan", "Nama Jabatan Pimpinan"),
        ),
    ),
    "posisi": (
        "Jabatan",
        (
            ("unit", "Kunci Unit"),
            ("kunci", "Kunci Jabatan"),
            ("jabatan", "Nama Jabatan"),
            ("jenis", "Jenis Jabatan"),
            ("kelas", "Kelas"),
            ("k", "K"),
            ("kepala", "Pimpinan"),
        ),
    ),
    "isian": (
        "Informasi Jabatan",
        (
            ("unit", "Kunci Unit"),
            ("kunci", "Kunci Jabatan"),
            ("bagian", "Bagian"),
            ("isian", "Isian"),
            ("baris", "Baris"),
            ("kolom", "Kolom"),
            ("teks", "Teks"),
        ),
    ),
}
"""Sheet → its name, and its columns: name of the value, title."""


def write_json(isi: Mapping[str, Any]) -> bytes:
    return json.dumps(isi, ensure_ascii=False, indent=1).encode()


def write_xlsx(isi: Mapping[str, Any]) -> bytes:
    """The workbook. Texts are written as texts, never as formulas, whatever they begin with."""
    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    book = xlsxwriter.Workbook(out, options)
    bold, text = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
    for kind, (name, columns) in LEMBAR.items():
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for at, (_, title) in enumerate(columns):
            sheet.write_string(0, at, title, bold)
            sheet.set_column(at, at, 18 if title != "Teks" else 60)
        for n, row in enumerate(_rows_of(kind, isi), 1):
            for at, (key, _) in enumerate(columns):
                value = row.get(key)
                if isinstance(value, int) and not isinstance(value, bool) and kind == "posisi":
                    sheet.write_number(n, at, value)
                elif value not in (None, ""):
                    sheet.write_string(n, at, str(value), text)
    book.close()
    return out.getvalue()


def _rows_of(kind: str, isi: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for unit in isi.get("unit", ()):
        if kind == "unit":
            yield unit
            continue
        for post in unit["posisi"]:
            if kind == "posisi":
                yield post | {"unit": unit["kunci"], "kepala": "ya" if post["kepala"] else ""}
                continue
            for bagian, held in post["isian"].items():
                for row in _cells(held):
                    yield {"unit": unit["kunci"], "kunci": post["kunci"], "bagian": bagian} | row


def _cells(held: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for isian, value in held.items():
        if isinstance(value, str):
            yield {"isian": isian, "teks": value}
            continue
        for n, row in enumerate(value, 1):
            for kolom, cell in row.items():
                text = "\n".join(cell) if isinstance(cell, list) else str(cell)
                yield {"isian": isian, "baris": str(n), "kolom": kolom, "teks": text}


def read_upload(stream: IO[bytes], nama: str) -> Any:
    """The structure in an uploaded file, for ``rules.templat.read``. Raises Ditolak with one finding for a
    file that is too large, damaged, locked, or none of the two."""
    name = clean_name(nama)
    data = stream.read(UKURAN_MAKS + 1)
    if not data:
        refuse("berkas-kosong", f"Berkas {name} kosong.", "Pilih berkas lain.")
    if len(data) > UKURAN_MAKS:
        refuse("berkas-terlalu-besar", f"Berkas {name} lebih dari 5 MB.", "Templat tidak sebesar itu.")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "templat"
        path.write_bytes(data)
        if data.lstrip()[:1] in (b"{", b"["):
            try:
                return json.loads(data)
            except (ValueError, RecursionError):
                refuse("json-rusak", f"Berkas {name} bukan JSON yang utuh.", "Unduh ulang.")
        if recognise(path, name) != "xlsx":
            refuse("bukan-templat", f"Berkas {name} bukan XLSX atau JSON.", "Pakai bentuk yang diunduh.")
        return _read_xlsx(path, name)


def _read_xlsx(path: Path, nama: str) -> dict[str, Any]:
    try:
        book = calamine.load_workbook(str(path))
        names = {title_key(name): name for name in book.sheet_names}
        tables = {
            kind: _table(book.get_sheet_by_name(names[title_key(name)]).to_python(), columns)
            for kind, (name, columns) in LEMBAR.items()
            if title_key(name) in names
        }
    except calamine.PasswordError:
        refuse(
            "berkas-berkata-sandi",
            f"Berkas {nama} dilindungi kata sandi.",
            "Hapus kata sandinya, lalu unggah lagi.",
        )
    except (calamine.CalamineError, OSError, ValueError) as error:
        refuse("tak-terbaca", f"Buku kerja {nama} tidak dapat dibaca: {error}.", "Simpan ulang.")
    missing = [LEMBAR[kind][0] for kind in ("unit", "posisi") if kind not in tables]
    if missing:
        refuse("lembar-hilang", f"Lembar {' dan '.join(missing)} tidak ada.", "Pakai bentuk yang diunduh.")
    return _together(tables)


def _table(rows: Sequence[Sequence[Any]], columns: Sequence[tuple[str, str]]) -> list[dict[str, str]]:
    if not rows:
        return []
    titles = [title_key(cell) for cell in rows[0]]
    places = {key: titles.index(title_key(title)) for key, title in columns if title_key(title) in titles}
    made = []
    for row in rows[1:]:
        values = {
            key: str(row[at]).strip() if key == "teks" else null(row[at])
            for key, at in places.items()
            if at < len(row)
        }
        if any(values.values()):
            made.append(values)
    return made


def _together(tables: Mapping[str, Sequence[Mapping[str, str]]]) -> dict[str, Any]:
    texts: dict[tuple[str, str], dict[str, Any]] = {}
    for row in tables.get("isian", ()):
        held = texts.setdefault((row.get("unit", ""), row.get("kunci", "")), {}).setdefault(
            row.get("bagian", ""), {}
        )
        isian, number = row.get("isian", ""), row.get("baris", "")
        if not number.isdecimal():
            held[isian] = row.get("teks", "")
            continue
        items = held.setdefault(isian, {})
        if isinstance(items, dict):
            items.setdefault(int(number), {})[row.get("kolom", "")] = row.get("teks", "")
    for sections in texts.values():
        for held in sections.values():
            for isian, items in held.items():
                if isinstance(items, dict):
                    held[isian] = [items[n] for n in sorted(items)]
    units: list[dict[str, Any]] = [dict(row) | {"posisi": []} for row in tables["unit"]]
    by_key = {unit.get("kunci", ""): unit for unit in reversed(units)}
    for row in tables["posisi"]:
        unit = by_key.get(row.get("unit", "")) or (units[0] if units and not row.get("unit") else None)
        if unit is None:
            # Told by the rules as a unit nobody knows, with the row of its post.
            unit = {"kunci": row.get("unit", ""), "nama": "", "posisi": []}
            units.append(unit)
            by_key[unit["kunci"]] = unit
        post: dict[str, Any] = dict(row)
        post["isian"] = texts.get((row.get("unit", ""), row.get("kunci", ""))) or {}
        unit["posisi"].append(post)
    return {"unit": units}
