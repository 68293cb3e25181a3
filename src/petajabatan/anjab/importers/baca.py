"""Reading the workbook of informasi jabatan: titles found by name, merged cells and alias titles understood.

What cannot be read is a finding with sheet, row, column and remedy, and its section is marked; nothing is
guessed. Figures of ABK rows are read by ``jabatan.rules.abk``.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import python_calamine as calamine

from petajabatan.anjab.importers.baris import (
    REKOMENDASI,
    content_of_list,
    content_of_wide,
    fields_by_title,
    neutral,
)
from petajabatan.anjab.importers.kolom import BARIS_JUDUL, PEMILIK, Lembar, sheets
from petajabatan.anjab.rules.tukar import KOSONGKAN, Bacaan, BagianBaca, JabatanBaca, Rujukan
from petajabatan.inti.pekerjaan import Kemajuan
from petajabatan.inti.temuan import Temuan
from petajabatan.jabatan.rules.abk.ambang import AmbangAbk
from petajabatan.jabatan.rules.abk.baca import Sel, column_style, read_minutes, read_number
from petajabatan.jabatan.rules.abk.tabel import check_time_unit
from petajabatan.jabatan.rules.isian import PENDEKATAN_ABK
from petajabatan.jabatan.rules.kelengkapan import Isian
from petajabatan.organisasi.importers.kolom_templat import places_of
from petajabatan.organisasi.importers.sel import title_key

_GALAT = re.compile(r"#(?:REF|DIV/0|VALUE|NAME|N/A|NUM|NULL|NILAI)[!?]?", re.IGNORECASE)
_META = ("status", "oleh", "pada", "catatan", "pengecualian", "rekomendasi", "berkas")
Baris = tuple[int, dict[str, Any]]


def cell_text(value: Any) -> str:
    """A cell as the text people see; line breaks stay."""
    if value is None or value == "":
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return value.isoformat()
    return str(value)


def named_sheets(names: Sequence[str], isian: Sequence[Isian]) -> dict[str, Lembar]:
    """Which sheets of a workbook are called like ours."""
    known = sheets(tuple(isian))
    found: dict[str, Lembar] = {}
    for name in names:
        key = title_key(re.sub(r"^\s*\d+\s*[.)]?\s*", "", name))
        sheet = next((s for s in known if key in s.alias), None)
        if sheet is not None and sheet not in found.values():
            found[name] = sheet
    return found


def titles_of(row: list[Any], sheet: Lembar) -> dict[str, int] | None:
    """Field → place, when this row holds the titles: somebody is named, and something is said."""
    places = places_of(row, sheet.dikenal)
    named = [c.isian for c in PEMILIK if c.isian in places]
    said = [c.isian for c in sheet.kolom if c.isian in places]
    if sheet.bentuk == "jabatan":
        return places if len(named) >= 2 else None
    return places if named and said else None


class Pembaca:
    """Reads a workbook sheet by sheet into a ``Bacaan``."""

    def __init__(self, nama: str, isian: Sequence[Isian], ambang: AmbangAbk) -> None:
        self.out = Bacaan("xlsx", nama)
        self.isian, self.ambang = tuple(isian), ambang
        self._abk: dict[Rujukan, tuple[Rujukan, BagianBaca]] = {}

    def read(self, book: calamine.CalamineWorkbook, kemajuan: Kemajuan) -> set[str]:
        """Read into ``out``; the names of the sheets that are ours: called so, and with a row of titles that
        says whom the rows below are about."""
        self.out.instansi = _instansi(book)
        named = named_sheets(book.sheet_names, self.isian)
        ours = set()
        for n, (name, sheet) in enumerate(named.items()):
            kemajuan(n, len(named), f"membaca lembar {name}")
            if self._sheet(name, sheet, book.get_sheet_by_name(name)):
                ours.add(name)
        self.out.bagian += list(self._abk.values())
        return ours

    # -- one sheet --------------------------------------------------------------------------------------

    def _sheet(self, name: str, sheet: Lembar, table: calamine.CalamineSheet) -> bool:
        places: dict[str, int] | None = None
        titles: dict[str, str] = {}
        groups: dict[Rujukan, tuple[Rujukan, list[Baris]]] = {}
        known: dict[tuple[Any, ...], Rujukan] = {}
        above: Rujukan | None = None
        for number, row in enumerate(table.iter_rows(), 1):
            if places is None:
                if number > BARIS_JUDUL:
                    return False
                places = titles_of(row, sheet)
                if places is not None:
                    titles = {field: cell_text(row[place]).strip() for field, place in places.items()}
                continue
            cells = {
                field: row[place]
                for field, place in places.items()
                if place < len(row) and row[place] is not None and row[place] != ""
            }
            if not cells:
                continue
            said = tuple(cells.pop(c.isian, "") for c in PEMILIK)
            owner = known.get(said) or known.setdefault(said, Rujukan(*map(_name, said)))
            if not any(owner):
                # Merged cells keep their value in the first row only; an empty owner is the one above.
                if above is None:
                    self._say("pemilik-kosong", f"Baris {number} lembar {name} tidak menyebut jabatannya.",
                              "Isi Id Infojab atau Id Posisi, atau Unit dan Jabatan.", name, number,
                              titles.get("_infojab") or titles.get("_posisi") or "")  # fmt: skip
                    continue
                owner = above
            elif above and owner.jabatan and not any(owner[:3]):
                owner = owner._replace(unit=above.unit)
            above = owner
            if sheet.bentuk == "jabatan":
                self.out.jabatan.append(JabatanBaca(owner, number, name))
            elif cells:
                groups.setdefault(_known_by(owner, sheet), (owner, []))[1].append((number, cells))
        if groups:
            self._groups(name, sheet, titles, list(groups.values()))
        return places is not None

    def _groups(
        self, name: str, sheet: Lembar, titles: dict[str, str], groups: list[tuple[Rujukan, list[Baris]]]
    ) -> None:
        if sheet.bentuk == "abk":
            self._work(name, titles, groups)
            return
        for owner, rows in groups:
            part = BagianBaca(sheet.bagian, {}, name, kolom=titles, awal=rows[0][0], akhir=rows[-1][0])
            if sheet.bentuk != "evaluasi" and self._emptied(sheet, rows):
                part.isi = None
            elif sheet.bentuk == "dasar-abk":
                self._basis(name, owner, rows, titles)
                continue
            else:
                self._fill(sheet, part, rows)
            self.out.bagian.append((owner, part))

    def _emptied(self, sheet: Lembar, rows: list[Baris]) -> bool:
        return len(rows) == 1 and any(
            isinstance(value, str) and value.strip().lower() == KOSONGKAN for value in rows[0][1].values()
        )

    def _fill(self, sheet: Lembar, part: BagianBaca, rows: list[Baris]) -> None:
        clean = [(number, self._texts(part, number, cells)) for number, cells in rows]
        if sheet.bentuk == "lebar":
            part.isi = content_of_wide(sheet, [cells for _, cells in clean])
            part.baris = {c.isian: [rows[-1][0]] for c in sheet.kolom}
        elif sheet.bentuk == "baris":
            part.isi, places = content_of_list(sheet, clean)
            part.baris = {sheet.isian[0].kode: places}
        elif sheet.bentuk == "evaluasi":
            part.isi = self._evaluation(clean)
        else:
            self._mixed(sheet, part, clean)

    def _texts(self, part: BagianBaca, number: int, cells: dict[str, Any]) -> dict[str, str]:
        made = {}
        for field, value in cells.items():
            text = cell_text(value)
            if _GALAT.fullmatch(text.strip()):
                part.ditolak = True
                self._say("sel-galat", f"Sel berisi galat lembar sebar {text.strip()}.",
                          "Perbaiki rumusnya, lalu tempel sebagai nilai.", part.tempat, number,
                          part.kolom.get(field, field), text)  # fmt: skip
            made[field] = text
        return made

    def _mixed(self, sheet: Lembar, part: BagianBaca, rows: list[tuple[int, dict[str, str]]]) -> None:
        known = fields_by_title(sheet)
        kinds = {f.kode: f.bentuk for f in sheet.isian}
        isi: dict[str, Any] = {}
        last = ""
        for number, cells in rows:
            said = cells.pop("_isian", "").strip()
            code = known.get(title_key(said)) if said else last
            if not code:
                part.ditolak = True
                names = ", ".join(f.nama for f in sheet.isian)
                self._say("isian-tidak-dikenal", f"Isian “{said[:60]}” tidak dikenal.", f"Pakai: {names}.",
                          part.tempat, number, part.kolom.get("_isian", "Isian"), said)  # fmt: skip
                continue
            last = code
            part.baris.setdefault(code, []).append(number)
            if kinds[code] == "teks":
                held = isi.get(code)
                isi[code] = f"{held}\n{cells.get('teks', '')}" if held else cells.get("teks", "")
            else:
                isi.setdefault(code, []).append(cells)
        part.isi = isi

    def _evaluation(self, rows: list[tuple[int, dict[str, str]]]) -> dict[str, Any]:
        made: dict[str, Any] = {"faktor": {}}
        for _, cells in rows:
            if cells.get("jenis"):
                made["jenis"] = cells["jenis"].strip().lower()
            code = cells.get("faktor", "").strip()
            if code:
                made["faktor"][code] = {"level": cells.get("level"), "alasan": cells.get("alasan", "")}
            made |= {name: cells[name] for name in _META if cells.get(name)}
        return made

    # -- ABK --------------------------------------------------------------------------------------------

    def _sheet_of(self, owner: Rujukan, name: str, titles: dict[str, str], row: int) -> BagianBaca:
        key = owner._replace(infojab="", unit="", jabatan="") if owner.posisi else owner
        held = self._abk.get(key)
        if held is None:
            columns = {f"baris.{field}": title for field, title in titles.items()} | titles
            held = owner, BagianBaca("abk", {"baris": []}, name, kolom=columns, awal=row)
            held[1].baris["baris"] = []
            self._abk[key] = held
        return held[1]

    def _work(self, name: str, titles: dict[str, str], groups: list[tuple[Rujukan, list[Baris]]]) -> None:
        in_hours = "jam" in titles.get("norma", "").lower()
        styles = {
            column: column_style(cells.get(column) for _, rows in groups for _, cells in rows)
            for column in ("volume", "norma")
        }
        # Who writes 0,5 in one column means the thousands by 1.200 in the other.
        told = next((style for style in styles.values() if style), None)
        styles = {column: style or told for column, style in styles.items()}
        norms: list[Decimal] = []
        for owner, rows in groups:
            part = self._sheet_of(owner, name, titles, rows[0][0])
            part.akhir = rows[-1][0]
            if self._emptied_sheet(rows):
                part.isi = None
                continue
            assert part.isi is not None
            for number, cells in rows:
                figures: dict[str, Any] = {}
                row = self._texts(part, number, {k: v for k, v in cells.items() if k not in styles})
                kind = row.get("pendekatan", "").strip().lower() or "tugas"
                for column in styles:
                    sel = Sel(number, titles.get(column, column))
                    if column == "norma" and kind == "tugas":
                        read = read_minutes(cells.get(column), sel, self.ambang, gaya=styles[column],
                                            satuan="jam" if in_hours else "menit")  # fmt: skip
                        if read.nilai is not None:
                            norms.append(read.nilai)
                    else:
                        read = read_number(cells.get(column), sel, self.ambang, gaya=styles[column])
                    part.ditolak |= any(t.tingkat == "galat" for t in read.temuan)
                    self.out.temuan += [replace(t, tempat=name) for t in read.temuan]
                    figures[column] = neutral(read.nilai)
                if kind not in PENDEKATAN_ABK:
                    kind = row["pendekatan"]  # refused with its place when the content is tidied
                part.isi["baris"].append({**row, "pendekatan": kind, **figures})
                part.baris["baris"].append(number)
        doubt = check_time_unit(norms, "jam" if in_hours else "menit", self.ambang)
        if doubt is not None:
            self.out.temuan.append(replace(doubt, tempat=name, kolom=titles.get("norma", "Norma")))

    def _emptied_sheet(self, rows: list[Baris]) -> bool:
        value = rows[0][1].get("uraian")
        return len(rows) == 1 and isinstance(value, str) and value.strip().lower() == KOSONGKAN

    def _basis(self, name: str, owner: Rujukan, rows: list[Baris], titles: dict[str, str]) -> None:
        part = self._sheet_of(owner, name, titles, rows[0][0])
        if part.isi is None:
            return
        cells = self._texts(part, *rows[-1])
        part.isi |= {column: cells[column].strip() for column in ("waktu", "kebijakan") if cells.get(column)}
        if "rekomendasi" in cells.get("dari", "").lower():
            part.isi["dari"] = "rekomendasi"
        advice = {column: cells[column] for column in REKOMENDASI if cells.get(column)}
        if advice:
            part.isi["rekomendasi"] = advice

    def _say(
        self, kode: str, kalimat: str, perbaikan: str, tempat: str, baris: int, kolom: str, nilai: str = ""
    ) -> None:
        self.out.temuan.append(
            Temuan(kode, "galat", kalimat, perbaikan, tempat, baris, kolom, nilai.strip()[:200])
        )


def _known_by(owner: Rujukan, sheet: Lembar) -> Rujukan:
    """What rows of one owner have in common: the id of the sheet's kind of owner, else what there is."""
    if sheet.bentuk in ("abk", "dasar-abk"):
        return Rujukan(posisi=owner.posisi) if owner.posisi else owner
    if owner.infojab:
        return Rujukan(infojab=owner.infojab)
    return Rujukan(posisi=owner.posisi) if owner.posisi else owner


def _name(value: Any) -> str:
    return " ".join(cell_text(value).split())


def _instansi(book: calamine.CalamineWorkbook) -> str:
    """The instansi a workbook was made for (sheet Petunjuk, beside 'Id Instansi')."""
    name = next((n for n in book.sheet_names if title_key(n) == "petunjuk"), None)
    if name is None:
        return ""
    for cells in _rows(book, name):
        for i, cell in enumerate(cells[:-1]):
            if title_key(cell) == "idinstansi":
                return _name(cells[i + 1])
    return ""


def _rows(book: calamine.CalamineWorkbook, name: str) -> Iterator[list[Any]]:
    yield from book.get_sheet_by_name(name).to_python(nrows=20)
