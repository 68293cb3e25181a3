"""The whole print as data: which pages there are, in order, and what stands on each. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from petajabatan.jabatan.rules.peta import Jumlah, Peta, Simpul, rollup
from petajabatan.pegawai.cetak.angka import long_date, number
from petajabatan.pegawai.cetak.bagan import Bidang, HalamanBagan, sheet_pages
from petajabatan.pegawai.cetak.gambar import page_data
from petajabatan.pegawai.cetak.ikhtisar import (
    BarisIndeks,
    index_data,
    index_pages,
    index_rows,
    notes_of,
    overview_recaps,
    recap_rows,
)
from petajabatan.pegawai.cetak.lembar import Lembar, Rencana, plan_sheets

KIRI, ATAS, BAWAH = 1000, 2500, 27950
LEBAR = 40000
"""Chart area of the paper (A3 landscape), 1/100 mm."""
Lapor = Callable[[int, int | None, str], None]
"""How progress is told: done, total, stage (``inti.pekerjaan.Kemajuan`` is one)."""


def silent(selesai: int, total: int | None, tahap: str) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Identitas:
    """What the head and foot of every page say."""

    instansi: str
    versi: int
    berlaku: dt.date | None
    hash: str
    dicetak: dt.date
    b_per: dt.date | None = None
    """Day of the bezetting."""

    @property
    def keterangan_versi(self) -> str:
        return f"versi {self.versi}, berlaku {long_date(self.berlaku)}"


@dataclass(slots=True)
class Dokumen:
    """A print: plan, laid-out pages, and the first page of each sheet."""

    peta: Peta
    identitas: Identitas
    rencana: Rencana
    akar: int | None
    kosong: bool
    indeks: list[list[list[BarisIndeks]]] = field(default_factory=list)
    bagan: list[tuple[Lembar, list[HalamanBagan]]] = field(default_factory=list)
    halaman: dict[int, int] = field(default_factory=dict)
    """First page of each sheet, from 1."""
    halaman_unit: dict[int, int] = field(default_factory=dict)
    """Page of each member of a group sheet."""

    @property
    def jumlah_halaman(self) -> int:
        return len(self.indeks) + sum(len(pages) for _, pages in self.bagan)

    @property
    def satu_unit(self) -> bool:
        return self.akar is not None

    def contents(self) -> list[tuple[int, str, int, int]]:
        """Page list for the dialog and the outline: (level, title, first page, number of pages)."""
        out = []
        if self.indeks:
            out.append((0, "Ikhtisar dan indeks", 1, len(self.indeks)))
        for sheet, pages in self.bagan:
            judul = sheet.judul
            if sheet.jenis == "kelompok":
                judul = f"{judul} ({len(sheet.anggota)} unit) – {sheet.kepala.nama}"
            out.append((sheet.tingkat, judul, self.halaman[sheet.nomor], len(pages)))
        return out

    def pages(self) -> Iterator[dict[str, Any]]:
        """Pages as data for the template, in order; made one by one so that memory stays small."""
        nomor = 0
        for page in self.indeks:
            nomor += 1
            yield self._overview(page, nomor)
        for sheet, pages in self.bagan:
            for i, chart in enumerate(pages):
                nomor += 1
                yield self._chart(sheet, chart, nomor, i, len(pages))

    def common(self) -> dict[str, Any]:
        """What every page shares."""
        who = self.identitas
        bezetting = f" · bezetting per {long_date(who.b_per)}" if who.b_per else ""
        return {
            "judul": f"Peta jabatan {who.instansi}, {who.keterangan_versi}",
            "instansi": who.instansi,
            "kaki_kiri": f"{who.instansi} · peta jabatan {who.keterangan_versi}{bezetting}",
            "kaki_tengah": f"dicetak {long_date(who.dicetak)} · sidik versi {who.hash[:16] or '–'}",
            "jumlah_halaman": number(self.jumlah_halaman),
            "keterangan_kosong": (
                "Kotak kosong (K = 0 dan B = 0) ikut dicetak."
                if self.kosong
                else "Kotak kosong (K = 0 dan B = 0) tidak dicetak."
            ),
        }

    def _overview(self, columns: list[list[BarisIndeks]], nomor: int) -> dict[str, Any]:
        first = nomor == 1
        recaps = overview_recaps(self.peta, self.akar) if first else {"rekap": [], "kelas": [], "catatan": []}
        kepala = self.rencana.lembar[0].kepala if self.rencana.lembar else None
        nama = kepala.nama if self.satu_unit and kepala else self.identitas.instansi
        return {
            "bentuk": "ikhtisar",
            "jenis": "IKHTISAR PETA JABATAN" if first else "IKHTISAR PETA JABATAN (LANJUTAN)",
            "judul": nama.upper(),
            "subjudul": self.identitas.keterangan_versi,
            "nomor": number(nomor),
            "kolom": [[index_data(r, self.halaman, self.halaman_unit) for r in rows] for rows in columns],
            "rekap": recaps["rekap"],
            "kelas": recaps["kelas"],
            "catatan": recaps["catatan"],
        }

    def _chart(self, sheet: Lembar, chart: HalamanBagan, nomor: int, i: int, n: int) -> dict[str, Any]:
        rows: list[list[str]] = []
        notes: list[str] = []
        if i == 0:
            rows, total = recap_rows(self._all_units(sheet))
            notes = notes_of(total)
        lanjutan = i > 0
        judul = sheet.judul
        if sheet.jenis == "kelompok":
            judul = f"{judul} – {sheet.kepala.nama}"
        return {
            "bentuk": "bagan",
            "jenis": "PETA JABATAN (LANJUTAN)" if lanjutan else "PETA JABATAN",
            "judul": judul.upper(),
            "subjudul": self._subtitle(sheet),
            "nomor": number(nomor),
            "rekap": rows,
            "catatan": notes,
            "dari": number(nomor - 1) if lanjutan else None,
            "ke": number(nomor + 1) if i < n - 1 else None,
            "bagan": page_data(chart, self.halaman, KIRI, ATAS, lanjutan and sheet.jenis == "unit"),
        }

    def _subtitle(self, sheet: Lembar) -> str:
        """The units above, from the instansi down."""
        names = [a.nama for a in self.peta.ancestors(sheet.kepala.id)]
        if sheet.jenis == "kelompok" and not names:
            names = [self.identitas.instansi]
        text = " › ".join(names[-3:]) or self.identitas.keterangan_versi
        if sheet.jenis == "kelompok":
            text = f"{text} · {len(sheet.anggota)} unit"
        return text

    def _all_units(self, sheet: Lembar) -> list[Simpul]:
        """Units of the recap of a sheet: all below, wherever they are drawn."""
        heads = sheet.anggota or [sheet.kepala]
        return [unit for head in heads for unit in self.peta.walk(head.id)]


def compose(
    peta: Peta,
    identitas: Identitas,
    *,
    dari: int | None = None,
    kosong: bool = False,
    kemajuan: Lapor | None = None,
) -> Dokumen:
    """Plan and lay out the whole print. Raises KeyError for a unit that is not on the map."""
    report = kemajuan or silent
    rollup(peta)
    plan = plan_sheets(peta, dari, kosong=kosong)
    doc = Dokumen(peta, identitas, plan, dari, kosong)
    if dari is None or len(plan.lembar) > 1:
        doc.indeks = index_pages(index_rows(plan))
    page = len(doc.indeks) + 1
    for n, sheet in enumerate(plan.lembar):
        report(n, len(plan.lembar), "menata letak")
        pages = sheet_pages(plan, sheet, kosong, _first_area(sheet), Bidang(LEBAR, BAWAH - ATAS))
        doc.bagan.append((sheet, pages))
        doc.halaman[sheet.nomor] = page
        for i, chart in enumerate(pages):
            doc.halaman_unit.update(_members_on(chart, page + i) if sheet.anggota else {})
        page += len(pages)
    return doc


def _first_area(sheet: Lembar) -> Bidang:
    """The first page keeps the recap (top right) free: rows of 3.4 mm from 8 mm, notes below."""
    total: Jumlah = sheet.total
    height = 800 + 340 * 10 + 300 * len(notes_of(total)) - ATAS + 200
    return Bidang(LEBAR, BAWAH - ATAS, max(0, height))


def _members_on(chart: HalamanBagan, page: int) -> dict[int, int]:
    return {bagan.unit: page for bagan, _, _ in chart.bagan if bagan.unit is not None}
