"""Boxes and tables of a printed map, measured: what stands in them and how high they are. Pure.

Lengths in hundredths of a millimetre at scale 1. Drawing convention: docs/cetak.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from petajabatan.jabatan.rules.peta import Jumlah, Kotak, Simpul
from petajabatan.jabatan.rules.tata_letak import Susun
from petajabatan.pegawai.cetak.angka import number, signed
from petajabatan.pegawai.cetak.lembar import Lembar, shown
from petajabatan.pegawai.cetak.ukur_huruf import wrap

KOLOM = 6600
"""Width of a column of boxes."""
INDENTASI = 300
DALAM_MAKS = 4
"""Units deeper than this keep the indentation of this depth."""
CELAH_TUMPUK = 260
PT_JUDUL, PT_ISI, PT_CATATAN = 7.5, 7.0, 6.5
BARIS_JUDUL, BARIS_ISI, BARIS_CATATAN = 300, 272, 255
BANTALAN = 90
SEL = 390
KEPALA_TABEL = 350
LEBAR_ANGKA = (480, 580, 640, 640, 720)
"""Table columns No, KLS, B, K, +/−; the name takes the rest."""
KELOMPOK_JF = "KELOMPOK JABATAN FUNGSIONAL"
JUDUL_TABEL = {
    "fungsional": KELOMPOK_JF,
    "pelaksana": "JABATAN PELAKSANA",
    "struktural": "JABATAN STRUKTURAL LAIN",
}


@dataclass(frozen=True, slots=True)
class IsiKotak:
    """A structural box: lines of text (text, style) and the four cells."""

    baris: tuple[tuple[str, str], ...]
    sel: tuple[str, ...]
    lebar: int
    tinggi: int
    rujukan: Lembar | None = None


@dataclass(frozen=True, slots=True)
class IsiTabel:
    """A table No | Nama jabatan | KLS | B | K | +/−; ``nama`` holds the broken lines of each row."""

    judul: str
    kotak: tuple[Kotak, ...]
    nama: tuple[tuple[str, ...], ...]
    lebar: int

    def row(self, i: int) -> list[Any]:
        kotak = self.kotak[i]
        return [
            str(i + 1),
            "\n".join(self.nama[i]),
            number(kotak.kelas),
            number(kotak.b),
            number(kotak.k),
            signed(kotak.selisih),
        ]


def cells(kelas: int | None, b: int | None, k: int | None, selisih: int | None) -> tuple[str, ...]:
    return (f"Kelas {number(kelas)}", f"B {number(b)}", f"K {number(k)}", f"+/− {signed(selisih)}")


def _box(
    lines: list[tuple[str, str]], sel: tuple[str, ...], lebar: int, rujukan: Lembar | None = None
) -> IsiKotak:
    """Break the lines to the width; styles: ``t`` title, ``n`` name of the unit, ``r`` reference."""
    broken: list[tuple[str, str]] = []
    height = 2 * BANTALAN + (SEL if sel else 0)
    for text, style in lines:
        pt, step = (PT_JUDUL, BARIS_JUDUL) if style == "t" else (PT_CATATAN, BARIS_CATATAN)
        parts = wrap(text, lebar - 2 * BANTALAN, pt, style == "t")
        broken += [(part, style) for part in parts]
        height += step * len(parts)
    return IsiKotak(tuple(broken), sel, lebar, height, rujukan)


def _says(title: str, nama: str) -> bool:
    """Whether the title of the post already names the unit (KEPALA BIDANG SD – Bidang SD)."""
    return " ".join(nama.split()).casefold() in " ".join(title.split()).casefold()


def unit_box(simpul: Simpul, lebar: int, rujukan: Lembar | None = None) -> IsiKotak:
    """The box of a unit's head, with the unit's name where the post does not say it.

    With ``rujukan`` the unit is drawn on a sheet of its own: its totals and the page are given instead.
    """
    head = simpul.kepala
    title = simpul.nama_jabatan or (head.nama if head else "")
    lines = [(title.upper(), "t")] if title else []
    if not title or not _says(title, simpul.nama):
        lines.append((simpul.nama, "n") if title else (simpul.nama.upper(), "t"))
    if head and not _says(title, head.nama):
        lines.append((head.nama, "n"))
    if head is None and simpul.kotak:
        lines.append(("tanpa jabatan pimpinan", "n"))
    if rujukan is not None and simpul.total is not None:
        lines.append(_reference(simpul.total))
    sel = cells(head.kelas, head.b, head.k, head.selisih) if head else ()
    return _box(lines, sel, lebar, rujukan)


def _reference(total: Jumlah) -> tuple[str, str]:
    """Totals of a unit drawn elsewhere; the page number is put in when all pages are known."""
    text = f"Seluruh unit: B {number(total.b)} · K {number(total.k)} · +/− {signed(total.selisih)}"
    return (f"{text} → hal. 0000", "r")


def group_box(group: Lembar, lebar: int) -> IsiKotak:
    """Stands for the units gathered on a group sheet."""
    lines = [(group.judul.upper(), "t"), (f"{len(group.anggota)} unit", "n"), _reference(group.total)]
    return _box(lines, (), lebar, group)


def kelompok_box(judul: str, boxes: Sequence[Kotak], lebar: int) -> IsiKotak:
    """The synthetic box above the JF (or pelaksana) directly under the head of a sheet."""
    total = Jumlah()
    for kotak in boxes:
        total.add_box(kotak)
    sel = (
        f"{len(boxes)} jabatan",
        f"B {number(total.b)}",
        f"K {number(total.k)}",
        f"+/− {signed(total.selisih)}",
    )
    return _box([(judul, "t")], sel, lebar)


def table(boxes: Sequence[Kotak], judul: str, lebar: int, dalam: int) -> Susun:
    """A table as a piece of a stack; ``judul`` empty: without a caption."""
    room = lebar - sum(LEBAR_ANGKA) - 120
    nama = tuple(wrap(kotak.nama, room, PT_ISI) for kotak in boxes)
    rows = tuple(BARIS_ISI * len(lines) + 78 for lines in nama)
    heading = KEPALA_TABEL * (2 if judul else 1)
    return Susun(heading, rows, dalam, 0, False, IsiTabel(judul, tuple(boxes), nama, lebar))


def tables_of(simpul: Simpul, kosong: bool) -> list[tuple[str, list[Kotak]]]:
    """Boxes other than the head, by kind in the order JF, pelaksana, others."""
    boxes = [k for k in shown(simpul.kotak, kosong) if k is not simpul.kepala]
    groups = ((jenis, [k for k in boxes if k.jenis == jenis]) for jenis in JUDUL_TABEL)
    return [(jenis, group) for jenis, group in groups if group]


def stack_of(box: IsiKotak, groups: Sequence[tuple[str, list[Kotak]]], dalam: int) -> list[Susun]:
    """A box and its tables under it."""
    pieces = [Susun(box.tinggi, (), dalam, CELAH_TUMPUK, bool(groups), box)]
    pieces += [table(boxes, JUDUL_TABEL[jenis], box.lebar, dalam) for jenis, boxes in groups]
    return pieces
