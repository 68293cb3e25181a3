"""The workbooks of the map and of the recaps. Pure: a map with totals in, bytes out."""

from __future__ import annotations

from collections.abc import Iterable

from petajabatan.jabatan.rules.peta import KELAS_MAKS, Jumlah, Kotak, Peta, Simpul, recap
from petajabatan.pegawai.cetak.dokumen import Identitas, Lapor, silent
from petajabatan.pegawai.cetak.ikhtisar import notes_of, ordered_recap
from petajabatan.pegawai.cetak.lembar import shown
from petajabatan.pegawai.cetak.xlsx_dasar import Buku, Lembaran

SETIAP = 500
"""Units between two progress reports."""
NAMA_JENIS = {"struktural": "Struktural", "fungsional": "Jabatan fungsional", "pelaksana": "Pelaksana"}
KOLOM_PETA = (
    ("Baris", 9), ("Tingkat", 8), ("ID unor", 10), ("ID SIASN", 36), ("Unit / jabatan", 60), ("Eselon", 8),
    ("Jenis", 18), ("ID posisi", 10), ("Pimpinan", 10), ("Kelas", 7), ("B", 9), ("K", 9), ("+/−", 9),
    ("PPPK paruh waktu", 10), ("Jabatan tanpa K", 10),
)  # fmt: skip
KOLOM_REKAP = (
    ("Kelompok", 34),
    ("Jabatan", 10),
    ("B", 10),
    ("K", 10),
    ("+/−", 10),
    ("PPPK paruh waktu", 11),
    ("Jabatan tanpa K", 11),
)


def unit_name(peta: Peta, unor_id: int | None) -> str:
    return "" if unor_id is None else peta.simpul[unor_id].nama


def totals(peta: Peta, unor_id: int | None) -> Jumlah:
    start = peta.akar if unor_id is None else peta.simpul[unor_id]
    return start.total if start is not None and start.total is not None else Jumlah()


def map_workbook(
    peta: Peta,
    identitas: Identitas,
    *,
    unor_id: int | None = None,
    kosong: bool = False,
    kemajuan: Lapor | None = None,
) -> bytes:
    """The workbook of ``export_map_xlsx`` for a map whose totals have been computed."""
    report = kemajuan or silent
    total = totals(peta, unor_id)
    with Buku("Peta jabatan", identitas, unit=unit_name(peta, unor_id)) as buku:
        note = "kotak kosong ikut ditulis" if kosong else "kotak kosong (K = 0 dan B = 0) tidak ditulis"
        sheet = buku.sheet("Peta", KOLOM_PETA, [*notes_of(total), note])
        depth: dict[int, int] = {}
        for n, unit in enumerate(peta.walk(unor_id)):
            if n % SETIAP == 0:
                report(n, len(peta.simpul), "menulis unit")
            level = depth[unit.id] = depth.get(unit.atasan_id or 0, -1) + 1
            _unit_row(sheet, unit, level)
            for kotak in shown(unit.kotak, kosong):
                _box_row(sheet, unit, kotak, level + 1)
        sheet.finish(
            ["JUMLAH", None, None, None, f"{total.n_unor} unit, {total.n_posisi} jabatan", *[None] * 5,
             total.b, total.k, total.selisih, total.paruh_waktu, total.k_kosong]
        )  # fmt: skip
    return buku.stream.getvalue()


def _unit_row(sheet: Lembaran, unit: Simpul, level: int) -> None:
    total = unit.total or Jumlah()
    sheet.row(
        ["Unit", level + 1, unit.id, unit.id_siasn, unit.nama, unit.eselon, unit.jenis, None, None, None,
         total.b, total.k, total.selisih, total.paruh_waktu, total.k_kosong],
        tebal=True, geser=(4, level),
    )  # fmt: skip


def _box_row(sheet: Lembaran, unit: Simpul, kotak: Kotak, level: int) -> None:
    sheet.row(
        ["Posisi", level + 1, unit.id, None, kotak.nama, None, NAMA_JENIS.get(kotak.jenis, kotak.jenis),
         kotak.id, "ya" if kotak.kepala else None, kotak.kelas, kotak.b, kotak.k, kotak.selisih,
         kotak.paruh_waktu, None],
        geser=(4, level),
    )  # fmt: skip


def recap_workbook(
    peta: Peta, identitas: Identitas, jenjang: dict[str, str], *, unor_id: int | None = None
) -> bytes:
    """The workbook of ``export_rekap_xlsx``; ``jenjang``: code to name, in the order to be written."""
    units = list(peta.walk(unor_id))
    total = totals(peta, unor_id)

    def level(_: Simpul, kotak: Kotak) -> str:
        if kotak.jenis == "struktural":
            return "(struktural)"
        return kotak.jenjang or "(tanpa jenjang)"

    def kelas(_: Simpul, kotak: Kotak) -> str:
        return str(kotak.kelas or "tanpa kelas")

    with Buku("Rekapitulasi", identitas, unit=unit_name(peta, unor_id)) as buku:
        notes = notes_of(total)
        _recap_sheet(buku, "Jenis", ordered_recap(units), total, notes)
        by_level = recap(units, level)
        order = [*(c for c in jenjang if c in by_level), *(c for c in by_level if c not in jenjang)]
        _recap_sheet(buku, "Jenjang", [(jenjang.get(c, c), by_level[c]) for c in order], total, notes)
        by_kelas = recap(units, kelas)
        keys = [*map(str, range(KELAS_MAKS, 0, -1)), "tanpa kelas"]
        _recap_sheet(buku, "Kelas", [(k, by_kelas[k]) for k in keys if k in by_kelas], total, notes)
        _units_sheet(buku, peta, units, total, notes)
    return buku.stream.getvalue()


def _recap_row(total: Jumlah) -> list[int]:
    return [total.n_posisi, total.b, total.k, total.selisih, total.paruh_waktu, total.k_kosong]


def _recap_sheet(
    buku: Buku, nama: str, groups: Iterable[tuple[str, Jumlah]], total: Jumlah, notes: Iterable[str]
) -> None:
    sheet = buku.sheet(nama, KOLOM_REKAP, notes)
    for label, part in groups:
        sheet.row([label, *_recap_row(part)])
    sheet.finish(["JUMLAH", *_recap_row(total)])


def _units_sheet(buku: Buku, peta: Peta, units: list[Simpul], total: Jumlah, notes: Iterable[str]) -> None:
    """Units of the level below the top with everything below them, and the top's own posts: adds up."""
    top = units[0] if units else None
    rows: list[tuple[str, Jumlah]] = []
    if top is not None:
        own = Jumlah()
        for kotak in top.kotak:
            own.add_box(kotak)
        rows = [(f"{top.nama} (jabatan pada unit itu sendiri)", own)] if top.kotak else []
        rows += [(child.nama, child.total or Jumlah()) for child in top.anak]
    _recap_sheet(buku, "Unit", rows, total, notes)
