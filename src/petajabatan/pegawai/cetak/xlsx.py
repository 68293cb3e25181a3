"""The map, its bezetting and its recaps as spreadsheets. Call inside the actor's scope."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from petajabatan.inti.actor import Actor
from petajabatan.pegawai.cetak.dokumen import Lapor, silent
from petajabatan.pegawai.cetak.ikhtisar import notes_of
from petajabatan.pegawai.cetak.lembar import shown
from petajabatan.pegawai.cetak.orang import people_of, seats_of
from petajabatan.pegawai.cetak.sumber import load
from petajabatan.pegawai.cetak.xlsx_dasar import Buku
from petajabatan.pegawai.cetak.xlsx_peta import (
    NAMA_JENIS,
    SETIAP,
    map_workbook,
    recap_workbook,
    totals,
    unit_name,
)
from petajabatan.referensi.models import Jenjang

KOLOM_BEZETTING = (
    ("ID unor", 10), ("Unit", 45), ("ID posisi", 10), ("Jabatan", 45), ("Jenis", 18), ("Kelas", 7),
    ("PNS", 8), ("CPNS", 8), ("PPPK", 8), ("B", 9), ("K", 9), ("+/−", 9), ("PPPK paruh waktu", 10),
    ("Sementara (dalam B)", 11),
)  # fmt: skip
KOLOM_PEGAWAI = (
    ("NIP", 21), ("Nama", 40), ("Jenis pegawai", 12), ("Golongan", 10), ("Penugasan", 11),
    ("Jabatan", 45), ("Unit", 45), ("ID unor", 10), ("ID posisi", 10), ("Sejak", 11),
    ("Dihitung dalam B", 10), ("Sintetis", 9), ("Sementara", 10),
)  # fmt: skip


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
    total = totals(peta, unor_id)
    sums = [0] * 6
    with Buku("Bezetting", identitas, unit=unit_name(peta, unor_id)) as buku:
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


Ekspor = Callable[..., bytes]
EKSPOR_XLSX: dict[str, Ekspor] = {
    "peta": export_map_xlsx,
    "bezetting": export_bezetting_xlsx,
    "rekap": export_rekap_xlsx,
}
"""What can be asked for as a spreadsheet."""
