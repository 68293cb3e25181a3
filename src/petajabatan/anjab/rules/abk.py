"""The cells of an ABK grid: read, pasted, tried with other volumes or norms, compared with the tasks.

A row as the page sends it and as it is stored has one shape: texts, neutral figures (``"1250.5"``), and in
``mentah`` what somebody typed for a figure and has not been read. Typed cells are read one by one, so that
what one cell says never changes how another was read; a pasted block is read as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from petajabatan.inti.temuan import Temuan
from petajabatan.jabatan.rules.abk.ambang import AmbangAbk
from petajabatan.jabatan.rules.abk.angka import quantize, write_number
from petajabatan.jabatan.rules.abk.baca import Bacaan, SatuanWaktu, Sel, read_minutes, read_number
from petajabatan.jabatan.rules.abk.hitung import Pendekatan
from petajabatan.jabatan.rules.abk.tabel import check_time_unit, read_table, read_text
from petajabatan.jabatan.rules.isian import BARIS_MAKS, MENTAH_MAKS, PENDEKATAN_ABK

Baris = dict[str, Any]
ANGKA = ("volume", "norma")
ORANG = ("pegawai", "giliran")
KOLOM = ("uraian", "satuan", *ANGKA)
"""Columns of a pasted block, in the order of the grid."""
FAKTOR_MAKS = 1000
TUGAS_MAKS = 1_000_000
_NETRAL = re.compile(r"\d{1,20}(?:\.\d{1,20})?", re.ASCII)
_FAKTOR = re.compile(r"(?P<tanda>[+\-])?(?P<angka>\d{1,6}(?:[.,]\d{1,4})?)\s*(?P<persen>%)?", re.ASCII)
_KURUNG = re.compile(r"(?P<nama>[^(]*?)\s*(?:\((?P<isi>[^()]*)\))?[:.\s]*")
_JUDUL = {
    "uraian": ("uraian", "uraian tugas", "tugas", "kegiatan", "butir kegiatan", "rincian tugas"),
    "satuan": ("satuan", "satuan hasil", "hasil kerja", "output", "hasil"),
    "volume": ("volume", "beban kerja", "jumlah hasil", "jumlah beban", "jumlah", "volume kerja"),
    "norma": ("norma", "norma waktu", "waktu", "waktu penyelesaian", "norma waktu kerja",
              "standar kemampuan", "standar kemampuan rata-rata", "menit", "jam"),
}  # fmt: skip


class Terbaca(NamedTuple):
    """Rows as they can be stored, and what there was to say about their cells."""

    baris: list[Baris]
    temuan: list[Temuan]


class Tugas(NamedTuple):
    """A task of the informasi jabatan; ``id`` is its number for life."""

    id: int
    uraian: str
    satuan: str = ""


def read_rows(raw: Sequence[Any], ambang: AmbangAbk, satuan_waktu: SatuanWaktu = "menit") -> Terbaca:
    """Rows from the cells of the grid, numbered from 1; rows without any content are left out.

    ``satuan_waktu`` is the unit of norms just typed. A figure that cannot be read stays in ``mentah``.
    """
    rows: list[Baris] = []
    found: list[Temuan] = []
    for cells in raw:
        if not isinstance(cells, Mapping) or not _filled(cells):
            continue
        number = len(rows) + 1
        row: Baris = {"pendekatan": _approach(cells)}
        for name in ("uraian", "satuan"):
            row[name], said = read_text(cells.get(name), Sel(number, name), ambang)
            found += said
        if not row["uraian"] and not any(t.baris == number and t.kolom == "uraian" for t in found):
            found.append(
                Sel(number, "uraian").finding("abk-uraian-kosong", "peringatan", "uraian tugas kosong.",
                                              "Tulis uraian tugasnya.", "")
            )  # fmt: skip
        unread: dict[str, str] = {}
        for name in ANGKA:
            read = _figure(cells, name, Sel(number, name), ambang, row["pendekatan"], satuan_waktu)
            row[name] = None if read.nilai is None else neutral_text(read.nilai)
            found += read.temuan
            text = _raw(cells, name)
            if read.nilai is None and text.strip():
                unread[name] = text[:MENTAH_MAKS]
        for name in ORANG:
            row[name] = _persons(cells.get(name), Sel(number, name), found, row["pendekatan"])
        if unread:
            row["mentah"] = unread
        task = cells.get("tugas")
        if isinstance(task, int) and not isinstance(task, bool) and 0 < task <= TUGAS_MAKS:
            row["tugas"] = task
        rows.append(row)
    if len(rows) > BARIS_MAKS:
        found.append(Temuan("baris-terlalu-banyak", "galat", f"Lembar ABK paling banyak {BARIS_MAKS} baris; "
                            f"ini {len(rows)}.", "Gabungkan barisnya.", kolom="baris"))  # fmt: skip
    norms = [Decimal(row["norma"]) for row in rows if row["norma"] and row["pendekatan"] == "tugas"]
    if (hint := check_time_unit(norms, "menit", ambang)) is not None:
        found.append(hint)
    return Terbaca(rows, found)


def _filled(cells: Mapping[str, Any]) -> bool:
    values = [cells.get(name) for name in KOLOM] + [_raw(cells, name) for name in ANGKA]
    return any(value is not None and str(value).strip() for value in values)


def _approach(cells: Mapping[str, Any]) -> str:
    kind = cells.get("pendekatan")
    return kind if kind in PENDEKATAN_ABK else "tugas"


def _raw(cells: Mapping[str, Any], name: str) -> str:
    """What was typed for a figure; a figure that is not neutral counts as typed."""
    raw = cells.get("mentah")
    typed = raw.get(name) if isinstance(raw, Mapping) else None
    if isinstance(typed, str) and typed.strip():
        return typed
    value = cells.get(name)
    return "" if value is None or _neutral(value) else str(value)


def neutral_text(value: Decimal) -> str:
    """A figure as it is stored: digits and a point, without trailing zeros."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _neutral(value: Any) -> bool:
    return not isinstance(value, bool) and (
        isinstance(value, int | Decimal)
        or (isinstance(value, str) and bool(_NETRAL.fullmatch(value.strip())))
    )


def _figure(
    cells: Mapping[str, Any], name: str, sel: Sel, ambang: AmbangAbk, pendekatan: str, satuan: SatuanWaktu
) -> Bacaan:
    typed = _raw(cells, name)
    if not typed:
        value = cells.get(name)
        stored = Decimal(str(value).strip()) if value is not None and _neutral(value) else None
        return read_number(stored, sel, ambang)
    if name == "norma" and pendekatan == "tugas":
        return read_minutes(typed, sel, ambang, satuan=satuan)
    return read_number(typed, sel, ambang)


def _persons(value: Any, sel: Sel, found: list[Temuan], pendekatan: str) -> int:
    text = "" if value is None else str(value).strip()
    if not text:
        return 1
    if text.isascii() and text.isdigit() and 1 <= int(text[:8]) <= 1_000_000 and len(text) < 8:
        return int(text)
    if pendekatan == "peralatan":
        found.append(sel.finding("abk-rasio", "galat", "bukan bilangan bulat mulai dari 1; dipakai 1.",
                                 "Tulis bilangan bulat mulai dari 1.", text))  # fmt: skip
    return 1


@dataclass(frozen=True, slots=True)
class Tempelan:
    """A pasted block as rows of its columns, those without any content left out. ``judul``: its first row
    named the columns."""

    kolom: tuple[str, ...]
    baris: list[Baris]
    temuan: list[Temuan]
    judul: bool


def read_paste(
    sel: Sequence[Sequence[Any]],
    ambang: AmbangAbk,
    *,
    mulai: str = "uraian",
    baris_awal: int = 1,
    satuan_waktu: SatuanWaktu = "menit",
    pendekatan: Pendekatan = "tugas",
) -> Tempelan:
    """A block from a spreadsheet, pasted at column ``mulai`` and row ``baris_awal`` of the grid.

    A first row of column names says which column is which, and "(jam)" behind the norm that it holds hours;
    columns that it names otherwise are left out and told. Empty cells of the block stay as they are on the
    grid only where the whole column is missing; an unread figure stays as it was written.
    """
    rows = [list(row) for row in sel if isinstance(row, list | tuple)]
    named = _header(rows[0]) if rows else ()
    skipped: list[Temuan] = []
    if named:
        if "norma" in named and "jam" in _name(rows[0][named.index("norma")])[1]:
            satuan_waktu = "jam"
        skipped = _skipped(named, rows[0])
        rows = rows[1:]
    start = KOLOM.index(mulai) if mulai in KOLOM else 0
    width = max((len(row) for row in rows), default=0)
    columns = named or KOLOM[start : start + width]
    rows = [row for row in rows if any(_text(cell).strip() for cell in row)]
    if len(rows) > BARIS_MAKS:
        return Tempelan(tuple(columns), [], [Temuan(
            "baris-terlalu-banyak", "galat", f"Tempelan berisi {len(rows)} baris; paling banyak {BARIS_MAKS}."
            " Tidak ada yang ditempel.", "Gabungkan barisnya.", kolom="baris")], bool(named))  # fmt: skip
    read = read_table(
        [[_cell(cell) for cell in row] for row in rows],
        ambang,
        kolom=columns,
        satuan_waktu=satuan_waktu,
        pendekatan=pendekatan,
        baris_awal=baris_awal,
    )
    kept = [name for name in KOLOM if name in columns]
    made = []
    for source, line in zip(read.baris, rows, strict=True):
        row: Baris = {}
        unread: dict[str, str] = {}
        for name in kept:
            value = getattr(source, name)
            row[name] = neutral_text(value) if isinstance(value, Decimal) else value
            if name in ANGKA and value is None:
                at = columns.index(name)
                text = _text(line[at]) if at < len(line) else ""
                if text.strip():
                    unread[name] = text[:MENTAH_MAKS]
        if source.satuan and "satuan" not in kept:
            row["satuan"] = source.satuan
        row["mentah"] = unread
        made.append(row)
    found = skipped + [t for t in read.temuan if not t.kolom or t.kolom in kept]
    return Tempelan(tuple(kept), made, found, bool(named))


def _cell(value: Any) -> Any:
    return value if value is None or isinstance(value, str | int | float) else str(value)


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _name(cell: Any) -> tuple[str, str]:
    """A title as it is compared, and what stands in brackets behind it: "Norma Waktu (menit)"."""
    match = _KURUNG.fullmatch(" ".join(_text(cell).lower().split())[:200])
    name, note = (match["nama"], match["isi"] or "") if match else ("", "")
    return name.rstrip(":. "), "jam" if name == "jam" else note


def _skipped(columns: Sequence[str], titles: Sequence[Any]) -> list[Temuan]:
    """What the block has and the grid has no column for; numbers of rows need no word."""
    return [
        Temuan("abk-kolom-dilewati", "catatan", f"Kolom “{_text(title).strip()[:60]}” tidak dibaca.",
               "Bila isinya diperlukan, beri judul Uraian tugas, Satuan hasil, Volume, atau Norma waktu lalu"
               " tempel lagi.", nilai=_text(title).strip()[:60])
        for code, title in zip(columns, titles, strict=True)
        if code not in KOLOM and _name(title)[0] not in ("", "no", "nomor", "#")
    ]  # fmt: skip


def _header(row: Sequence[Any]) -> tuple[str, ...]:
    """The columns that a first row names; () when it is no row of names."""
    names = [_name(cell)[0] for cell in row]
    columns = tuple(
        next((code for code, known in _JUDUL.items() if name in known), f"lain{i}")
        for i, name in enumerate(names)
    )
    known = [code for code in columns if code in KOLOM]
    return columns if len(known) >= 2 and len(set(known)) == len(known) else ()


def read_factor(teks: Any, kolom: str) -> tuple[Decimal | None, Temuan | None]:
    """A factor as people write it: ``1,2``, ``120%``, ``+20%``, ``-10%``. Nothing typed: 1."""
    text = "" if teks is None else str(teks).strip().replace("−", "-")
    if not text:
        return Decimal(1), None
    match = _FAKTOR.fullmatch(text[:40])
    if match is not None:
        value = Decimal(match["angka"].replace(",", "."))
        if match["persen"]:
            value /= 100
            value = 1 + value if match["tanda"] == "+" else 1 - value if match["tanda"] == "-" else value
        if (match["persen"] or not match["tanda"]) and 0 < value <= FAKTOR_MAKS:
            return value, None
    sentence = f"“{text[:40]}” bukan faktor di atas 0 sampai {FAKTOR_MAKS}."
    remedy = "Tulis misalnya 1,2 atau +20% atau -10%."
    return None, Temuan("andai-faktor", "galat", sentence, remedy, kolom=kolom, nilai=text[:40])


def with_factors(baris: Iterable[Baris], volume: Decimal, norma: Decimal) -> list[Baris]:
    """The rows with other volumes, and other norms where a row has a norm time; at four decimals."""
    made = []
    for row in baris:
        other = dict(row)
        for name, factor in (("volume", volume), ("norma", norma)):
            if row[name] is not None and factor != 1 and (name == "volume" or row["pendekatan"] == "tugas"):
                other[name] = neutral_text(quantize(Decimal(row[name]) * factor))
        made.append(other)
    return made


def link_tasks(tugas: Sequence[Tugas], baris: Sequence[Baris]) -> list[Baris]:
    """The rows, those without a task of their own linked to the task that says the same words.

    Of tasks with the same words the first that no row has yet is taken. Rows keep their place and texts.
    """
    known = {task.id for task in tugas}
    same: dict[str, list[int]] = {}
    for task in tugas:
        same.setdefault(_words(task.uraian), []).append(task.id)
    used = {row.get("tugas") for row in baris}
    made = []
    for row in baris:
        found = same.get(_words(row.get("uraian") or ""), [])
        if row.get("tugas") not in known and found:
            key = next((key for key in found if key not in used), found[0])
            used.add(key)
            row = row | {"tugas": key}
        made.append(row)
    return made


def compare_tasks(tugas: Sequence[Tugas], baris: Sequence[Baris]) -> list[Temuan]:
    """Differences between the tasks of the informasi jabatan and the rows that name them, by their number or
    by their words."""
    known = {task.id: task for task in tugas}
    by_words = {_words(task.uraian): task.id for task in reversed(tugas)}
    used: set[int] = set()
    found = []
    for number, row in enumerate(baris, 1):
        key = row.get("tugas") or by_words.get(_words(row["uraian"]))
        if not key:
            continue
        used.add(key)
        task = known.get(key)
        at = f"Baris {number}"
        if task is None:
            found.append(Temuan("abk-baris-tanpa-tugas", "peringatan",
                                f"{at}: uraian tugas asalnya sudah tidak ada pada informasi jabatan.",
                                "Hapus barisnya, atau lepaskan dari uraian tugas.", at, number,
                                "uraian"))  # fmt: skip
        elif _words(task.uraian) != _words(row["uraian"]):
            found.append(Temuan("abk-tugas-berbeda", "catatan",
                                f"{at}: informasi jabatan kini menulis “{task.uraian[:120]}”.",
                                "Samakan teksnya, atau biarkan bila memang berbeda.", at, number, "uraian",
                                str(key)))  # fmt: skip
    for task in tugas:
        if task.id not in used:
            sentence = f"Tugas “{task.uraian[:120]}” belum mempunyai baris beban kerja."
            found.append(
                Temuan("abk-tugas-tanpa-baris", "catatan", sentence, "Tambahkan barisnya.", kolom="uraian",
                       nilai=str(task.id))
            )  # fmt: skip
    return found


def _words(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(".;, ")


def figure_text(value: str | None) -> str:
    """A neutral figure as offices write it: ``1250.5`` → ``1.250,5``; nothing for none."""
    return "" if value is None else write_number(Decimal(value))
