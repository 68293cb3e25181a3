"""The overview pages: index of sheets with totals and page numbers, recap by eselon/JF/pelaksana and by
kelas. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from petajabatan.jabatan.rules.peta import KELAS_MAKS, Jumlah, Peta, Simpul, group_of, recap
from petajabatan.pegawai.cetak.angka import number, signed
from petajabatan.pegawai.cetak.lembar import Lembar, Rencana
from petajabatan.pegawai.cetak.ukur_huruf import wrap

PT = 8.0
BARIS = 330
BANTALAN = 110
TINGGI_PERTAMA = 22500
"""Room for index rows on the first page (beside the recaps) and on the others, 1/100 mm."""
TINGGI_LANJUT = 24000
KOLOM_PERTAMA, KOLOM_LANJUT = 2, 3
LEBAR_NAMA = 6900
TETAP = ("Eselon I", "Eselon II", "Eselon III", "Eselon IV")
URUT = (*TETAP, "Eselon V", "Struktural tanpa eselon", "JF", "Pelaksana")


@dataclass(frozen=True, slots=True)
class BarisIndeks:
    """A line of the index: a sheet or a member of a group sheet."""

    nama: tuple[str, ...]
    tingkat: int
    eselon: str
    total: Jumlah
    lembar: int
    tebal: bool
    nomor: str = ""
    unit: int | None = None

    @property
    def tinggi(self) -> int:
        return len(self.nama) * BARIS + BANTALAN


def ordered_recap(units: Iterable[Simpul]) -> list[tuple[str, Jumlah]]:
    """Eselon I–IV, JF, Pelaksana, always in this order; other groups where they occur."""
    groups = recap(units, group_of)
    names = [n for n in URUT if n in groups or n in (*TETAP, "JF", "Pelaksana")]
    names += [n for n in groups if n not in URUT]
    return [(name, groups.get(name, Jumlah())) for name in names]


def recap_rows(units: Iterable[Simpul]) -> tuple[list[list[str]], Jumlah]:
    """The recap as printed: name, B, K, +/−, and TOTAL."""
    total = Jumlah()
    rows = []
    for name, part in ordered_recap(units):
        total.add(part)
        rows.append([name, *figures(part)])
    return [*rows, ["TOTAL", *figures(total)]], total


def figures(total: Jumlah) -> list[str]:
    return [number(total.b), number(total.k), signed(total.selisih)]


def kelas_rows(total: Jumlah) -> list[list[str]]:
    """B, K, +/− per kelas 17–1, then what has no kelas, then TOTAL."""
    order = [*range(KELAS_MAKS, 0, -1), 0]
    rows = [
        [
            str(kelas) if kelas else "tanpa kelas",
            number(total.b_kelas[kelas]),
            number(total.k_kelas[kelas]),
            signed(total.b_kelas[kelas] - total.k_kelas[kelas]),
        ]
        for kelas in order
        if kelas or total.b_kelas[0] or total.k_kelas[0]
    ]
    return [*rows, ["TOTAL", *figures(total)]]


def notes_of(total: Jumlah) -> list[str]:
    """What the reader must know about the totals; empty when there is nothing."""
    notes = []
    if total.k_kosong:
        notes.append(f"{number(total.k_kosong)} jabatan belum ber-K; tidak dihitung sebagai nol")
    if total.paruh_waktu:
        notes.append(f"PPPK paruh waktu di luar B: {number(total.paruh_waktu)} orang")
    return notes


def index_rows(plan: Rencana) -> list[BarisIndeks]:
    rows: list[BarisIndeks] = []
    for nomor, sheet in enumerate(plan.lembar, start=1):
        level = max(0, sheet.tingkat - 1)
        judul = sheet.judul
        if sheet.jenis == "kelompok":
            judul = f"{judul} ({len(sheet.anggota)} unit) – {sheet.kepala.nama}"
        eselon = (sheet.kepala.eselon or "") if sheet.jenis == "unit" else ""
        rows.append(_row(judul, level, eselon, sheet.total, sheet, True, str(nomor)))
        for unit in sheet.anggota:
            total = unit.total or Jumlah()
            rows.append(_row(unit.nama, level + 1, unit.eselon or "", total, sheet, False, "", unit.id))
    return rows


def _row(
    nama: str,
    level: int,
    eselon: str,
    total: Jumlah,
    sheet: Lembar,
    tebal: bool,
    nomor: str,
    unit: int | None = None,
) -> BarisIndeks:
    lines = wrap(nama, LEBAR_NAMA - 250 * level, PT, tebal)
    return BarisIndeks(lines, level, eselon, total, sheet.nomor, tebal, nomor, unit)


def index_pages(rows: list[BarisIndeks]) -> list[list[list[BarisIndeks]]]:
    """Rows in columns in pages."""
    pages: list[list[list[BarisIndeks]]] = [[[]]]
    room = TINGGI_PERTAMA
    for row in rows:
        if row.tinggi > room:
            first = len(pages) == 1
            if len(pages[-1]) == (KOLOM_PERTAMA if first else KOLOM_LANJUT):
                pages.append([[]])
                first = False
            else:
                pages[-1].append([])
            room = TINGGI_PERTAMA if first else TINGGI_LANJUT
        pages[-1][-1].append(row)
        room -= row.tinggi
    return pages


def index_data(row: BarisIndeks, halaman: Mapping[int, int], unit_page: Mapping[int, int]) -> dict[str, Any]:
    page = unit_page.get(row.unit) if row.unit is not None else None
    return {
        "sel": [
            row.nomor,
            "\n".join(row.nama),
            row.eselon,
            *figures(row.total),
            number(page or halaman.get(row.lembar)),
        ],
        "tinggi": row.tinggi / 100,
        "geser": row.tingkat * 2.5,
        "tebal": row.tebal,
    }


def overview_recaps(peta: Peta, akar: int | None) -> dict[str, Any]:
    units = list(peta.walk(akar))
    rows, total = recap_rows(units)
    return {"rekap": rows, "kelas": kelas_rows(total), "catatan": notes_of(total), "jumlah": total}
