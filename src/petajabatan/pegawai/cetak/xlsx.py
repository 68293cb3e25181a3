"""The map, its bezetting and its recaps as spreadsheets. Call inside the actor's scope."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

from petajabatan.inti.actor import Actor
from petajabatan.jabatan.rules.peta import KELAS_MAKS, Jumlah, Kotak, Peta, Simpul, recap
from petajabatan.pegawai.cetak.dokumen import Identitas, Lapor, silent
from petajabatan.pegawai.cetak.ikhtisar import notes_of, ordered_recap
from petajabatan.pegawai.cetak.lembar import shown
from petajabatan.pegawai.cetak.orang import people_of, seats_of
from petajabatan.pegawai.cetak.sumber import load
from petajabatan.pegawai.cetak.xlsx_dasar import Buku, Lembaran
from petajabatan.referensi.models import Jenjang

SETIAP = 500
"""Units between two progress reports."""
NAMA_JENIS = {"struktural": "Struktural", "fungsional": "Jabatan fungsional", "pelaksana": "Pelaksana"}
KOLOM_PETA = (
    ("Baris", 9), ("Tingkat", 8), ("ID unor", 10), ("ID SIASN", 36), ("Unit / jabatan", 60), ("Eselon", 8),
    ("Jenis", 18), ("ID posisi", 10), ("Pimpinan", 10), ("Kelas", 7), ("B", 9), ("K", 9), ("+/−", 9),
    ("PPPK paruh waktu", 10), ("Jabatan tanpa K", 10),
)  # fmt: skip
KOLOM_BEZETTING = (
    ("ID unor", 10), ("Unit", 45), ("ID posisi", 10), ("Jabatan", 45), ("Jenis", 18), ("Kelas", 7),
    ("PNS", 8), ("CPNS", 8), ("PPPK", 8), ("B", 9), ("K", 9), ("+/−", 9), ("PPPK paruh waktu", 10),
    ("Sementara (dalam B)", 11),
)  # fmt: skip
KOLOM_PEGAWAI = (
    ("NIP", 21), ("Nama", 40), ("Jenis pegawai", 12), ("Golongan", 10), ("Penugasan", 11),
    ("Jabatan", 45), ("Unit", 45), ("ID unor", 10), ("ID posisi", 10), ("Sejak", 11),
    ("Dihitung dalam B", 10), ("Sintetis", 9),
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


def _unit_name(peta: Peta, unor_id: int | None) -> str:
    return "" if unor_id is None else peta.simpul[unor_id].nama


def _totals(peta: Peta, unor_id: int | None) -> Jumlah:
    start = peta.akar if unor_id is None else peta.simpul[unor_id]
    return start.total if start is not None and start.total is not None else Jumlah()


def export_map_xlsx(
    actor: Actor,
    instansi_id: int,
    *,
    versi: int | None = None,
    tanggal: dt.date | None = None,
    unor_id: int | None = None,
    kosong: bool = False,
    kemajuan: Lapor | None = None,
) -> bytes:
    """The tree with its boxes: a row per unit (totals of everything below it) and a row per posisi.

    Raises PermissionDenied, PetaTidakAda, UnitTidakAda.
    """
    peta, identitas = load(actor, instansi_id, versi, tanggal, unor_id)
    return map_workbook(peta, identitas, unor_id=unor_id, kosong=kosong, kemajuan=kemajuan)


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
    total = _totals(peta, unor_id)
    with Buku("Peta jabatan", identitas, unit=_unit_name(peta, unor_id)) as buku:
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


def export_bezetting_xlsx(
    actor: Actor,
    instansi_id: int,
    *,
    versi: int | None = None,
    tanggal: dt.date | None = None,
    unor_id: int | None = None,
    kemajuan: Lapor | None = None,
) -> bytes:
    """Persons per posisi by jenis pegawai; and, only for an actor who may see people, a sheet with names
    and NIP (the reading is recorded). Raises PermissionDenied, PetaTidakAda, UnitTidakAda."""
    report = kemajuan or silent
    peta, identitas = load(actor, instansi_id, versi, tanggal, unor_id)
    units = list(peta.walk(unor_id))
    seats = seats_of(instansi_id, identitas.b_per)
    total = _totals(peta, unor_id)
    sums = [0] * 6
    with Buku("Bezetting", identitas, unit=_unit_name(peta, unor_id)) as buku:
        sheet = buku.sheet("Bezetting", KOLOM_BEZETTING, notes_of(total))
        for n, unit in enumerate(units):
            if n % SETIAP == 0:
                report(n, len(units), "menulis bezetting")
            for kotak in shown(unit.kotak, False):
                s = seats.get(kotak.id)
                counts = [s.pns, s.cpns, s.pppk, s.b, s.paruh_waktu, s.sementara] if s else [0] * 6
                sums = [a + b for a, b in zip(sums, counts, strict=True)]
                sheet.row(
                    [unit.id, unit.nama, kotak.id, kotak.nama, NAMA_JENIS.get(kotak.jenis, kotak.jenis),
                     kotak.kelas, *counts[:3], kotak.b, kotak.k, kotak.selisih, *counts[4:]]
                )  # fmt: skip
        sheet.finish(
            ["JUMLAH", None, None, None, None, None, *sums[:3], total.b, total.k, total.selisih, *sums[4:]]
        )
        people = people_of(actor, instansi_id, identitas.b_per, {u.id for u in units} if unor_id else None)
        if people is not None:
            report(0, None, "menulis pegawai")
            sheet = buku.sheet("Pegawai", KOLOM_PEGAWAI, ["berisi data pribadi; pembacaan ini tercatat"])
            for person in people:
                sheet.row(person)
            sheet.finish(["JUMLAH", f"{len(people)} penugasan"])
    return buku.stream.getvalue()


def export_rekap_xlsx(
    actor: Actor,
    instansi_id: int,
    *,
    versi: int | None = None,
    tanggal: dt.date | None = None,
    unor_id: int | None = None,
    kemajuan: Lapor | None = None,
) -> bytes:
    """Recaps by jenis, jenjang, kelas and JPT pratama unit. Raises PermissionDenied, PetaTidakAda,
    UnitTidakAda."""
    report = kemajuan or silent
    peta, identitas = load(actor, instansi_id, versi, tanggal, unor_id)
    report(0, None, "menghitung rekapitulasi")
    jenjang = dict(Jenjang.objects.order_by("urutan", "kode").values_list("kode", "nama"))
    return recap_workbook(peta, identitas, jenjang, unor_id=unor_id)


def recap_workbook(
    peta: Peta, identitas: Identitas, jenjang: dict[str, str], *, unor_id: int | None = None
) -> bytes:
    """The workbook of ``export_rekap_xlsx``; ``jenjang``: code to name, in the order to be written."""
    units = list(peta.walk(unor_id))
    total = _totals(peta, unor_id)

    def level(_: Simpul, kotak: Kotak) -> str:
        if kotak.jenis == "struktural":
            return "(struktural)"
        return kotak.jenjang or "(tanpa jenjang)"

    def kelas(_: Simpul, kotak: Kotak) -> str:
        return str(kotak.kelas or "tanpa kelas")

    with Buku("Rekapitulasi", identitas, unit=_unit_name(peta, unor_id)) as buku:
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


Ekspor = Callable[..., bytes]
EKSPOR_XLSX: dict[str, Ekspor] = {
    "peta": export_map_xlsx,
    "bezetting": export_bezetting_xlsx,
    "rekap": export_rekap_xlsx,
}
"""What can be asked for as a spreadsheet."""
