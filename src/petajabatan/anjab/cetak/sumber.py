"""What is to be printed: every box of a scope that an informasi jabatan describes, composed."""

from __future__ import annotations

from dataclasses import dataclass

from petajabatan.anjab.cetak.susunan import Cetakan, compose
from petajabatan.anjab.queries.tukar import Cakupan, Sumber, boxes_of_scope
from petajabatan.inti.jam import today
from petajabatan.jabatan.rules.beda import IsiUnor
from petajabatan.pegawai.cetak.angka import long_date
from petajabatan.usulan.rules.pandangan import jalur


@dataclass
class Cetak:
    """A print: its posts in the order of the map, what the foot of every page says, and how many boxes of the
    scope nobody has described."""

    judul: str
    instansi: str
    kaki: str
    cetakan: list[Cetakan]
    tanpa_infojab: int
    id_siasn: str = ""


def load_print(source: Sumber, cakupan: Cakupan, judul: str) -> Cetak:
    """Compose everything. Raises Http404 for a unit that is not on the map."""
    boxes = boxes_of_scope(source, cakupan)
    described = [box for box in boxes if box.infojab_id is not None]
    sheets = source.sheets([box.posisi_id for box in described])
    sections = source.sections(sorted({box.infojab_id for box in described if box.infojab_id is not None}))
    lines: dict[int, list[tuple[str, str]]] = {}
    made = []
    for box in described:
        box.abk = sheets.get(box.posisi_id)
        if box.unor_id not in lines:
            lines[box.unor_id] = _line(source, box.unor_id)
        made.append(compose(Cetakan(box, lines[box.unor_id], sections[box.infojab_id or 0]), source.acuan))
    mark = f" · sidik versi {source.hash[:16]}" if source.hash else ""
    foot = f"{source.instansi.nama} · {source.sebutan} · dicetak {long_date(today())}{mark}"
    return Cetak(judul, source.instansi.nama, foot, made, len(boxes) - len(described),
                 source.instansi.id_siasn)  # fmt: skip


def _line(source: Sumber, unor_id: int) -> list[tuple[str, str]]:
    """Code of eselon and name of each unit from the top down; the root without eselon is the instansi itself
    and not told."""
    units: list[IsiUnor] = list(reversed(jalur(source.view, unor_id)))
    if len(units) > 1 and not units[0].eselon:
        units = units[1:]
    return [(unit.eselon or "", unit.nama) for unit in units]
