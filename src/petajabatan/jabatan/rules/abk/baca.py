"""Reading one figure as people paste it: ``1.250,5``, ``1,250.5``, ``1 jam 30 menit``, ``=A1*B1``.

Nothing is guessed silently: what can be read two ways, was converted or cannot be read is a finding with
row, column and remedy.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from petajabatan.inti.temuan import Temuan, Tingkat
from petajabatan.jabatan.rules.abk.ambang import AmbangAbk
from petajabatan.jabatan.rules.abk.angka import quantize, write_number

Gaya = Literal["id", "en", "campur"]
"""Which sign stands before decimals: comma (id), point (en), or both in one column (campur)."""
SatuanWaktu = Literal["menit", "jam"]

_PANJANG = 60
_KOSONG = frozenset({"", "-", "–", "—"})
_ANGKA = re.compile(r"(?P<tanda>[+\-]?)(?P<inti>\d[\d.,' ]*|[.,]\d+)(?P<ekor>.*)", re.DOTALL | re.ASCII)
_ILMIAH = re.compile(r"([+\-]?\d+(?:[.,]\d+)?)[eE]([+\-]?\d{1,4})", re.ASCII)
_RIBUAN = {sep: re.compile(rf"\d{{1,3}}(?:{re.escape(sep)}\d{{3}})+", re.ASCII) for sep in ".,"}
_SPASI = re.compile(r"(?<=\d)[ '](?=\d{3}(?!\d))", re.ASCII)
_RUMUS = re.compile(r"[=@]|[+\-]\s*[A-Za-z(]")
_GALAT = re.compile(r"#(?:REF|DIV/0|VALUE|NAME|N/A|NUM|NULL|NILAI)[!?]?", re.IGNORECASE)
_WAKTU = re.compile(
    r"(?:(?P<jam>\d[\d.,]*)\s*(?:jam|j|hours?|h)\b\.?)?\s*(?:(?P<menit>\d[\d.,]*)\s*(?:menit|mnt|minutes?|min|m)\b\.?)?",
    re.IGNORECASE | re.ASCII,
)
_JAM_MENIT = re.compile(r"(\d{1,4}):([0-5]\d)(?::00)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Sel:
    """Where a figure stood: row as the spreadsheet counts (header = 1) and the name of its column."""

    baris: int
    kolom: str

    def finding(self, kode: str, tingkat: Tingkat, kalimat: str, perbaikan: str, nilai: object) -> Temuan:
        at = f"Baris {self.baris}, kolom {self.kolom}"
        return Temuan(
            kode, tingkat, f"{at}: {kalimat}", perbaikan, at, self.baris, self.kolom, str(nilai)[:40]
        )


@dataclass(frozen=True, slots=True)
class Bacaan:
    """What was read: the figure (None when there is none), a unit written behind it, and findings."""

    nilai: Decimal | None
    temuan: tuple[Temuan, ...] = ()
    satuan: str = ""


def column_style(nilai: Iterable[object]) -> Gaya | None:
    """The decimal sign of a column, by its unambiguous texts; None when none of them tells."""
    seen: set[Gaya] = set()
    for cell in nilai:
        match = _ANGKA.fullmatch(_plain(cell)) if isinstance(cell, str) and len(cell) <= _PANJANG else None
        style = _split(_join(match["inti"]))[1] if match else None
        if style in ("id", "en"):
            seen.add(style)
    return "campur" if len(seen) > 1 else next(iter(seen), None)


def read_number(nilai: object, sel: Sel, ambang: AmbangAbk, *, gaya: Gaya | None = None) -> Bacaan:
    """A figure from a cell: text, a number of the spreadsheet, or nothing (None, without finding).

    ``gaya`` is the style of the column (``column_style``). More than ``ambang.desimal_maks`` decimals are
    rounded half up and said so. Negative figures and figures beyond ``ambang.angka_maks`` are refused.
    """
    if nilai is None:
        return Bacaan(None)
    if isinstance(nilai, dt.date | dt.time | dt.timedelta):
        return _refuse(sel, "abk-tanggal", "berisi tanggal atau jam, bukan angka.",
                       "Ubah format selnya menjadi angka, lalu isi lagi.", nilai)  # fmt: skip
    if isinstance(nilai, bool) or not isinstance(nilai, str | int | float | Decimal):
        return _refuse(sel, "abk-bukan-angka", "bukan angka.", "Tulis angka saja.", nilai)
    if not isinstance(nilai, str):
        number = Decimal(repr(nilai)) if isinstance(nilai, float) else Decimal(nilai)
        if not number.is_finite():
            return _refuse(sel, "abk-bukan-angka", "bukan angka.", "Tulis angka saja.", nilai)
        return _bounded(number, sel, ambang, nilai)
    if len(nilai) > _PANJANG:
        return _refuse(sel, "abk-bukan-angka", f"berisi teks {write_number(len(nilai))} huruf, bukan angka.",
                       "Tulis angka saja.", nilai)  # fmt: skip
    return _read_text(nilai, sel, ambang, gaya)


def read_minutes(
    nilai: object, sel: Sel, ambang: AmbangAbk, *, satuan: SatuanWaktu = "menit", gaya: Gaya | None = None
) -> Bacaan:
    """A norm time in minutes. ``satuan`` is the unit of the column; a unit written in the cell wins
    (``1 jam 30 menit``, ``90 menit``, ``1:30``) and is told when it differs."""
    if isinstance(nilai, dt.timedelta | dt.time):
        minutes = (
            Decimal(nilai.hour * 3600 + nilai.minute * 60 + nilai.second) / 60
            if isinstance(nilai, dt.time)
            else Decimal(nilai.days * 86400 + nilai.seconds) / 60
        )
        return _told(_bounded(minutes, sel, ambang, nilai), sel, nilai)
    text = _plain(nilai) if isinstance(nilai, str) and len(nilai) <= _PANJANG else ""
    if clock := _JAM_MENIT.fullmatch(text):
        minutes = Decimal(int(clock[1]) * 60 + int(clock[2]))
        return _told(_bounded(minutes, sel, ambang, nilai), sel, nilai)
    parts = _WAKTU.fullmatch(text)
    if text and parts and (parts["jam"] or parts["menit"]):
        hours = read_number(parts["jam"], sel, ambang, gaya=gaya)
        mins = read_number(parts["menit"], sel, ambang, gaya=gaya)
        found = hours.temuan + mins.temuan
        if any(t.tingkat == "galat" for t in found):
            return Bacaan(None, found)
        total = _bounded((hours.nilai or 0) * Decimal(60) + (mins.nilai or 0), sel, ambang, nilai)
        read = Bacaan(total.nilai, found + total.temuan)
        return read if parts["jam"] is None and satuan == "menit" else _told(read, sel, nilai)
    read = read_number(nilai, sel, ambang, gaya=gaya)
    if read.satuan:
        return _refuse(sel, "abk-satuan-waktu", f"satuan “{read.satuan}” bukan jam atau menit.",
                       "Tulis waktu dalam menit.", nilai)  # fmt: skip
    if read.nilai is None or satuan == "menit":
        return read
    converted = _bounded(read.nilai * 60, sel, ambang, nilai)
    return Bacaan(converted.nilai, read.temuan + converted.temuan)


def _read_text(nilai: str, sel: Sel, ambang: AmbangAbk, gaya: Gaya | None) -> Bacaan:
    text = _plain(nilai)
    if text in _KOSONG:
        return Bacaan(None)
    if _GALAT.match(text):
        return _refuse(sel, "abk-galat-lembar", f"berisi galat lembar sebar {text[:12]}.",
                       "Perbaiki rumusnya di lembar sebar, lalu salin nilainya.", nilai)  # fmt: skip
    if _RUMUS.match(text):
        return _refuse(sel, "abk-rumus", "berisi rumus, bukan nilainya.",
                       "Salin lalu tempel sebagai nilai, bukan rumus.", nilai)  # fmt: skip
    if power := _ILMIAH.fullmatch(text):
        if abs(int(power[2])) > 30:
            return _too_large(sel, ambang, nilai)
        return _bounded(Decimal(power[1].replace(",", ".")).scaleb(int(power[2])), sel, ambang, nilai)
    match = _ANGKA.fullmatch(text)
    number, style = _split(_join(match["inti"]), gaya) if match else (None, None)
    tail = match["ekor"].strip() if match else ""
    if match is None or number is None or (tail and not tail[0].isalpha()):
        return _refuse(sel, "abk-bukan-angka", "bukan angka.", "Tulis angka saja.", nilai)
    if style == "ragu" and gaya == "campur":
        return _refuse(sel, "abk-tanda-desimal", "koma dan titik dipakai bergantian dalam kolom ini; "
                       "angka ini dapat dibaca dua macam.",
                       "Samakan: titik untuk ribuan dan koma untuk desimal (1.250,5).", nilai)  # fmt: skip
    read = _bounded(number.copy_negate() if match["tanda"] == "-" else number, sel, ambang, nilai)
    found = list(read.temuan)
    if style == "ragu" and gaya is None and read.nilai is not None:
        found.append(
            sel.finding("abk-tanda-desimal", "peringatan",
                        f"“{text[:20]}” dibaca {write_number(read.nilai)}; dapat pula berarti lain.",
                        "Titik dibaca ribuan dan koma desimal; tulis ulang bila maksudnya lain.", nilai)
        )  # fmt: skip
    if tail and read.nilai is not None:
        found.append(
            sel.finding("abk-satuan", "catatan", f"satuan “{tail[:20]}” dipisahkan dari angkanya.",
                        "Tulis satuan pada kolom satuan.", nilai)
        )  # fmt: skip
    return Bacaan(read.nilai, tuple(found), tail)


def _split(inti: str, gaya: Gaya | None = None) -> tuple[Decimal | None, Gaya | Literal["ragu"] | None]:
    """The figure of digits, points and commas, and what its signs tell: a style, nothing, or ``ragu``."""
    if " " in inti or "'" in inti:
        return None, None
    signs = [c for c in inti if c in ".,"]
    if not signs:
        return Decimal(inti), None
    last = signs[-1]
    if len(set(signs)) == 2:
        whole, rest = inti.rsplit(last, 1)
        other = "," if last == "." else "."
        if not _RIBUAN[other].fullmatch(whole) or not rest.isdigit():
            return None, None
        return Decimal(f"{whole.replace(other, '')}.{rest}"), "id" if last == "," else "en"
    if len(signs) > 1:
        if not _RIBUAN[last].fullmatch(inti):
            return None, None
        return Decimal(inti.replace(last, "")), "id" if last == "." else "en"
    if _RIBUAN[last].fullmatch(inti) and not inti.startswith("0"):
        thousands = last == ("," if gaya == "en" else ".")
        return Decimal(inti.replace(last, "" if thousands else ".")), "ragu"
    whole, rest = inti.split(last)
    if not rest:
        return None, None
    return Decimal(f"{whole or '0'}.{rest}"), "id" if last == "," else "en"


def _join(inti: str) -> str:
    """Blanks and apostrophes between groups of three are thousands."""
    return _SPASI.sub("", inti).strip()


def _plain(nilai: object) -> str:
    text = unicodedata.normalize("NFKC", str(nilai)).replace("−", "-")
    return " ".join(text.split())


def _bounded(number: Decimal, sel: Sel, ambang: AmbangAbk, nilai: object) -> Bacaan:
    if number < 0:
        return _refuse(sel, "abk-negatif", "bernilai negatif.", "Tulis angka nol atau lebih.", nilai)
    if number > ambang.angka_maks:
        return _too_large(sel, ambang, nilai)
    rounded = quantize(number, int(ambang.desimal_maks))
    if rounded == number:
        return Bacaan(number)
    return Bacaan(
        rounded,
        (
            sel.finding("abk-desimal", "peringatan",
                        f"lebih dari {ambang.desimal_maks} desimal; disimpan {write_number(rounded)}.",
                        "Tulis paling banyak empat desimal, atau ganti satuannya.", nilai),
        ),
    )  # fmt: skip


def _too_large(sel: Sel, ambang: AmbangAbk, nilai: object) -> Bacaan:
    return _refuse(sel, "abk-terlalu-besar", f"melebihi {write_number(ambang.angka_maks)}.",
                   "Periksa angka dan satuannya.", nilai)  # fmt: skip


def _refuse(sel: Sel, kode: str, kalimat: str, perbaikan: str, nilai: object) -> Bacaan:
    return Bacaan(None, (sel.finding(kode, "galat", kalimat, perbaikan, nilai),))


def _told(read: Bacaan, sel: Sel, nilai: object) -> Bacaan:
    """The same reading, saying which minutes were made of it."""
    if read.nilai is None:
        return read
    finding = sel.finding("abk-satuan-waktu", "catatan", f"dibaca {write_number(read.nilai)} menit.",
                          "Tulis waktu dalam menit.", nilai)  # fmt: skip
    return Bacaan(read.nilai, (*read.temuan, finding))
