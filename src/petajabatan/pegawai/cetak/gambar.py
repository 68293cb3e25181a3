"""From laid-out charts to the plain data the template draws: boxes, tables, lines, labels in mm. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from petajabatan.jabatan.rules.tata_letak import Bagian, Butir, Kolom, preorder
from petajabatan.pegawai.cetak.angka import number
from petajabatan.pegawai.cetak.bagan import CELAH_Y, Bagan, HalamanBagan
from petajabatan.pegawai.cetak.kotak import INDENTASI, LEBAR_ANGKA, IsiKotak, IsiTabel
from petajabatan.pegawai.cetak.ukur_huruf import wrap

TENGAH = 250
"""How far below the top of a box the tick of a stack meets it."""


class Gambar:
    """Collects what one page shows. ``halaman`` gives the first page of each sheet by its number."""

    def __init__(self, skala: float, halaman: Mapping[int, int]) -> None:
        self.skala = skala
        self.halaman = halaman
        self.kotak: list[dict[str, Any]] = []
        self.tabel: list[dict[str, Any]] = []
        self.garis: list[list[float]] = []
        self.label: list[dict[str, Any]] = []
        self.dx = self.dy = 0
        self.judul: dict[int, str] = {}
        """Title of the box last drawn at each depth, for the line "lanjutan …"."""

    def as_data(self) -> dict[str, Any]:
        return {
            "skala": self.skala,
            "kotak": self.kotak,
            "tabel": self.tabel,
            "garis": self.garis,
            "label": self.label,
        }

    def _x(self, x: int) -> float:
        return round((self.dx + x * self.skala) / 100, 3)

    def _y(self, y: int) -> float:
        return round((self.dy + y * self.skala) / 100, 3)

    def _len(self, v: int) -> float:
        return round(v * self.skala / 100, 3)

    def line(self, x1: int, y1: int, x2: int, y2: int) -> None:
        if (x1, y1) != (x2, y2):
            self.garis.append([self._x(x1), self._y(y1), self._x(x2), self._y(y2)])

    def chart(self, bagan: Bagan, dx: int, dy: int, lanjutan: bool) -> None:
        """Draw one chart with its top left corner at (dx, dy) hundredths of a millimetre on the page."""
        self.dx, self.dy = dx, dy
        for butir in preorder(bagan.akar):
            self._column(butir, lanjutan and butir is bagan.akar)
            if butir.anak:
                self._branches(butir)

    def _branches(self, parent: Butir) -> None:
        """Lines from a box to the columns below it."""
        bottom = parent.y + _content(parent)
        bus = min(child.y for child in parent.anak) - CELAH_Y // 2
        ends = [_entry(child) for child in parent.anak]
        middle = parent.x + parent.lebar // 2
        self.line(middle, bottom, middle, bus)
        left, right = min([*ends, middle]), max([*ends, middle])
        self.line(left, bus, right, bus)
        for child, x in zip(parent.anak, ends, strict=True):
            self.line(x, bus, x, child.y)

    def _column(self, butir: Butir, lanjutan: bool) -> None:
        column = butir.isi
        if not isinstance(column, Kolom):
            return
        if column.lanjutan:
            self._continued(butir, column.bagian[0])
        spines: dict[int, int] = {}  # depth -> y from which its spine comes down
        if not _headed(column):
            spines[_least_depth(column)] = butir.y
        for part in column.bagian:
            y, depth = butir.y + part.y, part.susun.dalam
            x = butir.x + _indent(depth)
            if isinstance(part.susun.isi, IsiTabel):
                self._table(part, part.susun.isi, x, y)
                continue
            isi = part.susun.isi
            if not isinstance(isi, IsiKotak):
                continue
            self._box(isi, x, y, lanjutan)
            self.judul[depth] = " ".join(text for text, style in isi.baris if style == "t")
            if part.y or not _headed(column):
                start = spines.get(depth, butir.y)
                spine = x - INDENTASI // 2
                self.line(spine, start, spine, y + TENGAH)
                self.line(spine, y + TENGAH, x, y + TENGAH)
                spines[depth] = y + TENGAH
            spines[depth + 1] = y + isi.tinggi
            for deeper in [d for d in spines if d > depth + 1]:
                del spines[deeper]

    def _continued(self, butir: Butir, first: Bagian) -> None:
        """Say at the top of a column what it goes on with, in one line."""
        depth = first.susun.dalam - (0 if isinstance(first.susun.isi, IsiTabel) else 1)
        lines = wrap(f"lanjutan {self.judul.get(depth, '')}", butir.lebar - 700, 6.5)
        text = lines[0] if len(lines) == 1 else f"{lines[0]} …"
        x = butir.x + _indent(first.susun.dalam)
        self.label.append({"x": self._x(x), "y": self._y(butir.y), "teks": text})

    def _box(self, isi: IsiKotak, x: int, y: int, lanjutan: bool) -> None:
        lines = [[text, style] for text, style in isi.baris]
        if isi.rujukan is not None:
            page = self.halaman.get(isi.rujukan.nomor)
            text = " ".join(t for t, style in lines if style == "r").replace("0000", number(page))
            lines = [line for line in lines if line[1] != "r"]
            room = isi.lebar - 150
            lines += [[part, "r"] for part in wrap(text, room, 6.5)]
        self.kotak.append(
            {
                "x": self._x(x),
                "y": self._y(y),
                "w": self._len(isi.lebar),
                "h": self._len(isi.tinggi),
                "baris": lines,
                "sel": list(isi.sel),
                "rujukan": isi.rujukan is not None,
                "lanjutan": lanjutan,
            }
        )

    def _table(self, part: Bagian, isi: IsiTabel, x: int, y: int) -> None:
        first = LEBAR_ANGKA[0]
        widths = [first, isi.lebar - sum(LEBAR_ANGKA), *LEBAR_ANGKA[1:]]
        judul = isi.judul
        if part.mulai:
            judul = f"{isi.judul} (lanjutan)" if isi.judul else ""
        self.tabel.append(
            {
                "x": self._x(x),
                "y": self._y(y),
                "judul": judul,
                "kepala": self._len(part.susun.tinggi // (2 if isi.judul else 1)),
                "kolom": [self._len(w) for w in widths],
                "tinggi": [self._len(h) for h in part.susun.baris[part.mulai : part.hingga]],
                "baris": [isi.row(i) for i in range(part.mulai, part.hingga)],
            }
        )


def _indent(depth: int) -> int:
    return INDENTASI * min(depth, 4)


def _content(butir: Butir) -> int:
    """Height of what stands in a box of the tree (the head of a chart may be kept higher than its box)."""
    return butir.isi.tinggi if isinstance(butir.isi, Kolom) else butir.tinggi


def _headed(column: Kolom) -> bool:
    """Whether the column begins with the box the line from above leads to."""
    boxes = [p.susun.dalam for p in column.bagian if isinstance(p.susun.isi, IsiKotak)]
    first = column.bagian[0].susun
    return isinstance(first.isi, IsiKotak) and boxes.count(first.dalam) == 1 and first.dalam == min(boxes)


def _least_depth(column: Kolom) -> int:
    return min((p.susun.dalam for p in column.bagian if isinstance(p.susun.isi, IsiKotak)), default=0)


def _entry(child: Butir) -> int:
    """Where the line from above arrives: the middle of a head box, or the spine left of a stack."""
    column = child.isi
    if isinstance(column, Kolom) and not _headed(column):
        if not any(isinstance(p.susun.isi, IsiKotak) for p in column.bagian):
            return child.x + child.lebar // 2
        return child.x + _indent(_least_depth(column)) - INDENTASI // 2
    return child.x + child.lebar // 2


def page_data(
    page: HalamanBagan, halaman: Mapping[int, int], dx: int, dy: int, lanjutan: bool
) -> dict[str, Any]:
    """The charts of a page as data for the template; (dx, dy): corner of the chart area on the paper."""
    gambar = Gambar(page.skala, halaman)
    for bagan, x, y in page.bagan:
        gambar.chart(bagan, dx + x, dy + y, lanjutan)
    return gambar.as_data()
