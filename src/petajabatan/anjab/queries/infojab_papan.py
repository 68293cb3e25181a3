"""The board of completeness: a unit, the units below it added up, its own boxes one by one."""

from __future__ import annotations

from dataclasses import dataclass, replace

from petajabatan.anjab.queries.infojab_angka import Angka, figures_of
from petajabatan.anjab.queries.infojab_nilai import scores_of
from petajabatan.anjab.queries.infojab_peta import Kotak, Sudut, Unit, boxes_of_units, units_of
from petajabatan.anjab.queries.infojab_pilihan import choices_for
from petajabatan.anjab.rules.infojab_angka import figure, recap_of
from petajabatan.anjab.rules.infojab_lengkap import DIHITUNG, NilaiKotak, Rekap, name_of
from petajabatan.anjab.rules.urutan import page_of, running
from petajabatan.inti.deret import Deret

SARINGAN = ("semua", "tanpa", "belum", "lengkap")
_KEADAAN = {"semua": "kotak", "tanpa": "tanpa", "belum": "belum", "lengkap": "lengkap"}
"""Filter → the figure that counts the boxes it shows."""


@dataclass(frozen=True)
class BarisKotak:
    """A box on the board. ``sama``: informasi jabatan of the same jabatan that it could use."""

    kotak: Kotak
    nilai: NilaiKotak | None
    unit: str
    sama: int = 0

    @property
    def keadaan(self) -> str:
        if self.nilai is None:
            return "belum"
        return "lengkap" if self.nilai.penuh else "berjalan"

    @property
    def saringan(self) -> str:
        """The filter that shows it."""
        return {"belum": "tanpa", "berjalan": "belum"}.get(self.keadaan, self.keadaan)

    @property
    def kurang(self) -> list[str]:
        """Names of the sections that lack something."""
        if self.nilai is None:
            return []
        return [name_of(code) for code in DIHITUNG if code not in self.nilai.lengkap]


@dataclass(frozen=True)
class DaftarKotak(Deret[BarisKotak]):
    """The boxes of units that follow each other, by unit in reading order; only those taken are read and
    judged: three or four statements for each slice."""

    sudut: Sudut
    angka: Angka
    tempat: range
    saring: str

    def __len__(self) -> int:
        return figure(self.angka.jumlah(self.tempat), _KEADAAN[self.saring])

    def baca(self, mulai: int, banyak: int) -> list[BarisKotak]:
        own = self.angka.sendiri[self.tempat.start : self.tempat.stop]
        counts = [figure(packed, _KEADAAN[self.saring]) for packed in own]
        found, before = page_of(running(counts), range(len(own)), mulai, banyak)
        order = {self.angka.urutan.ids[self.tempat[n]]: n for n in found if counts[n]}
        boxes = [box for box in boxes_of_units(self.sudut, order) if box.dihitung]
        scores, units = scores_of(self.sudut, boxes), units_of(self.sudut, order)
        rows = [BarisKotak(box, scores.get(box.id), units[box.unor_id].nama) for box in boxes]
        rows = [row for row in rows if self.saring in ("semua", row.saringan)]
        rows.sort(key=lambda row: order[row.kotak.unor_id])
        return rows[before : before + banyak]


@dataclass
class Papan:
    """``unit`` with everything below it (``rekap``), its children, boxes of itself (or of all below)
    filtered, and how many boxes have each section complete. ``diam``: boxes left out, where nobody is
    needed."""

    unit: Unit
    jalur: list[Unit]
    rekap: Rekap
    sendiri: Rekap
    anak: list[tuple[Unit, Rekap]]
    kotak: DaftarKotak
    bagian: list[tuple[str, int]]
    hitung: dict[str, int]
    diam: int


def board_of(sudut: Sudut, unor_id: int | None, saring: str = "semua", *, bawah: bool = False) -> Papan:
    """The board of one unit (None: the root). Two statements where figures are kept, whatever the size of
    the map.

    ``bawah``: list the boxes of all units below too. Raises Http404 for a unit that is not on this map.
    """
    angka = figures_of(sudut)
    order = angka.urutan
    place = angka.tempat(unor_id)
    path, children = order.jalur(place), list(order.anak(place))
    units = units_of(sudut, [order.ids[n] for n in (*path, *children)])
    below = range(place, order.akhir[place])
    branch, own = angka.jumlah(below), angka.sendiri[place]
    return Papan(
        unit=units[order.ids[place]],
        jalur=[units[order.ids[n]] for n in path[:-1]],
        rekap=recap_of(branch),
        sendiri=recap_of(own),
        anak=[(units[order.ids[n]], recap_of(angka.jumlah(range(n, order.akhir[n])))) for n in children],
        kotak=DaftarKotak(sudut, angka, below if bawah else range(place, place + 1), saring),
        bagian=[(name_of(code), figure(branch, code)) for code in DIHITUNG if code != "unit_kerja"],
        hitung={name: figure(branch if bawah else own, _KEADAAN[name]) for name in SARINGAN},
        diam=figure(branch, "diam"),
    )


def missing_boxes(sudut: Sudut, unor_id: int | None, *, paling: int) -> tuple[int, list[Kotak]]:
    """Boxes of a unit (None: the root) and of those below that need an informasi jabatan and have none: how
    many, and themselves unless they are more than ``paling``. Raises Http404 for a unit that is not on this
    map."""
    angka = figures_of(sudut)
    branch = angka.cabang(unor_id)
    n = figure(angka.jumlah(branch), "tanpa")
    if not 0 < n <= paling:
        return n, []
    units = [angka.urutan.ids[p] for p in branch if figure(angka.sendiri[p], "tanpa")]
    boxes = boxes_of_units(sudut, units, tanpa_infojab=True)
    return n, [box for box in boxes if box.dihitung]


def with_choices(sudut: Sudut, rows: list[BarisKotak]) -> list[BarisKotak]:
    """The rows of a page; those without an informasi jabatan told how many others they could use."""
    bare = [row.kotak for row in rows if row.nilai is None]
    found = choices_for(sudut, bare) if bare else {}
    return [replace(row, sama=found.get(row.kotak.id, 0)) for row in rows]
