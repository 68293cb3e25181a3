"""Reading a pasted or imported table of work rows, and units that look exchanged over a whole column."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from petajabatan.inti.temuan import Temuan
from petajabatan.jabatan.rules.abk.ambang import AmbangAbk
from petajabatan.jabatan.rules.abk.angka import write_number
from petajabatan.jabatan.rules.abk.baca import (
    Bacaan,
    Gaya,
    SatuanWaktu,
    Sel,
    column_style,
    read_minutes,
    read_number,
)
from petajabatan.jabatan.rules.abk.hitung import BarisAbk, Pendekatan

_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!--(?:(?!<!--).)*?-->", re.DOTALL)
_GAYA_HTML = re.compile(r"<(style|script)\b(?:(?!<\1\b).)*?</\1\s*>", re.DOTALL | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class HasilBaca:
    """Rows as read, in order; a figure that could not be read is None and has its finding."""

    baris: tuple[BarisAbk, ...]
    temuan: tuple[Temuan, ...]


def read_text(nilai: object, sel: Sel, ambang: AmbangAbk) -> tuple[str, tuple[Temuan, ...]]:
    """A text cell in one line; markup of a word processor is taken out and said so. Text beyond
    ``ambang.uraian_maks`` letters is refused ("" and a galat), not cut: what the person has stays theirs."""
    text = "" if nilai is None else str(nilai)
    if len(text) > ambang.uraian_maks * 20:
        return "", (_too_long(sel, len(text), ambang, text),)
    found: list[Temuan] = []
    bare = _TAG.sub(" ", _GAYA_HTML.sub(" ", text))
    if bare != text:
        found.append(
            sel.finding("abk-html", "catatan", "tanda HTML dibuang.", "Tempel sebagai teks biasa.", text)
        )  # fmt: skip
        bare = html.unescape(bare)
    bare = " ".join("".join(c if c.isprintable() else " " for c in bare).split())
    if len(bare) > ambang.uraian_maks:
        return "", (*found, _too_long(sel, len(bare), ambang, bare))
    return bare, tuple(found)


def read_table(
    sel: Sequence[Sequence[object]],
    ambang: AmbangAbk,
    *,
    kolom: Sequence[str] = ("uraian", "volume", "norma"),
    satuan_waktu: SatuanWaktu = "menit",
    pendekatan: Pendekatan = "tugas",
    baris_awal: int = 1,
) -> HasilBaca:
    """Rows of work from cells. ``kolom`` names the columns (uraian, satuan, volume, norma; others are
    skipped); ``satuan_waktu`` is the unit of the norm column, results are minutes; ``baris_awal`` is the
    number of the first row as the spreadsheet shows it. Rows without any content are skipped."""
    at = {name: i for i, name in enumerate(kolom)}

    def cell(row: Sequence[object], name: str) -> object:
        place = at.get(name)
        return row[place] if place is not None and place < len(row) else None

    styles = {name: column_style(cell(row, name) for row in sel) for name in ("volume", "norma")}
    rows: list[BarisAbk] = []
    found: list[Temuan] = []
    plain_norms: list[Decimal] = []
    for number, row in enumerate(sel, baris_awal):
        if all(value is None or (isinstance(value, str) and not value.strip()) for value in row):
            continue
        text, said = read_text(cell(row, "uraian"), Sel(number, "uraian"), ambang)
        unit, said_unit = read_text(cell(row, "satuan"), Sel(number, "satuan"), ambang)
        volume = read_number(cell(row, "volume"), Sel(number, "volume"), ambang, gaya=styles["volume"])
        norm = _norm(cell(row, "norma"), Sel(number, "norma"), ambang, pendekatan, satuan_waktu, styles)
        found += [*said, *said_unit, *volume.temuan, *norm.temuan]
        if not text and not any(t.tingkat == "galat" for t in said):
            found.append(
                Sel(number, "uraian").finding("abk-uraian-kosong", "galat", "uraian tugas kosong.",
                                              "Tulis uraian tugasnya.", "")
            )  # fmt: skip
        for name, read in (("volume", volume), ("norma", norm)):
            if read.nilai is None and not read.temuan:
                found.append(
                    Sel(number, name).finding("abk-kosong", "galat", "belum diisi; kosong bukan nol.",
                                              "Isi angkanya, atau hapus barisnya.", "")
                )  # fmt: skip
        if norm.nilai is not None and not any(t.kode == "abk-satuan-waktu" for t in norm.temuan):
            plain_norms.append(norm.nilai)
        rows.append(BarisAbk(text, volume.nilai, norm.nilai, pendekatan, unit or volume.satuan))
    if pendekatan == "tugas" and (unit_finding := check_time_unit(plain_norms, satuan_waktu, ambang)):
        found.append(unit_finding)
    return HasilBaca(tuple(rows), tuple(found))


def check_time_unit(menit: Sequence[Decimal], satuan: SatuanWaktu, ambang: AmbangAbk) -> Temuan | None:
    """Does a column of norms look like the other unit? ``menit`` are the norms in minutes as read from a
    column of unit ``satuan``; a hint, because an office may well have such norms."""
    if len(menit) < 3:
        return None
    middle = median(menit)
    if satuan == "jam" and middle / 60 > ambang.jam_median_wajar:
        sentence = (
            f"norma tengahnya {write_number(middle / 60, 2)} jam untuk satu hasil; mungkin angkanya menit."
        )
        remedy = "Bila angkanya menit, pilih satuan menit lalu tempel lagi."
    elif satuan == "menit" and max(menit) <= ambang.menit_maks_wajar:
        sentence = f"tidak ada norma di atas {write_number(max(menit))} menit; mungkin angkanya jam."
        remedy = "Bila angkanya jam, pilih satuan jam lalu tempel lagi."
    else:
        return None
    return Temuan("abk-satuan-tertukar", "peringatan", f"Kolom norma: {sentence}", remedy, kolom="norma")


def _norm(
    nilai: object,
    sel: Sel,
    ambang: AmbangAbk,
    pendekatan: Pendekatan,
    satuan: SatuanWaktu,
    styles: Mapping[str, Gaya | None],
) -> Bacaan:
    if pendekatan == "tugas":
        return read_minutes(nilai, sel, ambang, satuan=satuan, gaya=styles["norma"])
    return read_number(nilai, sel, ambang, gaya=styles["norma"])


def _too_long(sel: Sel, panjang: int, ambang: AmbangAbk, nilai: str) -> Temuan:
    return sel.finding("abk-teks-panjang", "galat",
                       f"teks {write_number(panjang)} huruf, batasnya {write_number(ambang.uraian_maks)}.",
                       "Ringkas teksnya.", nilai)  # fmt: skip
