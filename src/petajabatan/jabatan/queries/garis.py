"""The life line of a unit or box: made, renamed, moved, changed, removed; predecessors and successors."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any, Literal

from petajabatan.jabatan.queries.peta import fetch
from petajabatan.jabatan.rules.beda import HAPUS, TAMBAH, IsiPosisi, IsiUnor, compare

Objek = Literal["unor", "posisi"]


@dataclass(frozen=True, slots=True)
class Kerabat:
    """A unit or box related to another one: its id, the name it has or last had, its instansi."""

    id: int
    nama: str
    instansi_id: int


@dataclass(slots=True)
class Peristiwa:
    """What a version did to the object. ``perubahan``: kinds of ``rules.beda``; ``kolom``: column → (before,
    after); ``pendahulu`` are the objects it carries on from this version, ``penerus`` those that carry it on;
    ``usulan_id`` the usulan that published the version, if one did."""

    versi: int
    berlaku: dt.date
    keterangan: str
    usulan_id: int | None
    perubahan: tuple[str, ...]
    nama: str
    kolom: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    pendahulu: list[Kerabat] = field(default_factory=list)
    penerus: list[Kerabat] = field(default_factory=list)


_COLUMNS = {
    "unor": "r.unor_id, r.atasan_id, r.nama, r.nama_jabatan, r.jenis, r.eselon_id, r.urutan, r.wilayah_id,"
    " r.urusan, r.cepat_kode, r.dasar_hukum_id, r.pasal, r.halaman",
    "posisi": "r.posisi_id, r.unor_id, r.nama, r.jenis, r.jenjang_id, r.kelas, r.k, r.kepala, r.urutan,"
    " r.jabatan_id, r.infojab_id",
}
_ROWS = """SELECT r.sejak, nullif(r.hingga, 2147483647), r.penerus, v.berlaku, v.keterangan, v.usulan_id,
  a.berlaku, a.keterangan, a.usulan_id, {columns}
FROM {table}_riwayat r
JOIN peta_versi v ON v.instansi_id = r.instansi_id AND v.nomor = r.sejak
LEFT JOIN peta_versi a ON a.instansi_id = r.instansi_id AND a.nomor = r.hingga
WHERE r.{table}_id = %(id)s ORDER BY r.sejak"""
# By the partial index on penerus; few rows have any.
_BEFORE = """SELECT r.hingga, r.{table}_id, r.nama, r.instansi_id FROM {table}_riwayat r
WHERE r.penerus @> ARRAY[%(id)s]::bigint[] AND r.penerus <> '{{}}' ORDER BY r.{table}_id"""
_NAMES = """SELECT DISTINCT ON (r.{table}_id) r.{table}_id, r.nama, r.instansi_id FROM {table}_riwayat r
WHERE r.{table}_id = ANY(%(ids)s) ORDER BY r.{table}_id, r.sejak DESC"""


def life_line(objek: Objek, key: int) -> list[Peristiwa]:
    """Everything that happened to a unit or box, oldest first. Three statements. Empty for an unknown id."""
    rows = fetch(_ROWS.format(table=objek, columns=_COLUMNS[objek]), {"id": key})
    events: list[Peristiwa] = []
    before: IsiUnor | IsiPosisi | None = None
    ended: int | None = None
    for sejak, hingga, penerus, berlaku, note, usulan, until, until_note, until_usulan, *values in rows:
        isi = _row(objek, values)
        change = compare(before if ended == sejak else None, isi)
        if change is not None:
            kinds = change.perubahan if ended == sejak or not events else (TAMBAH,)
            events.append(Peristiwa(sejak, berlaku, note, usulan, kinds, isi.nama, change.kolom))
        if hingga is not None and not any(row[0] == hingga for row in rows):
            gone = Peristiwa(hingga, until, until_note, until_usulan, (HAPUS,), isi.nama)
            gone.penerus = [Kerabat(heir, "", 0) for heir in penerus]
            events.append(gone)
        before, ended = isi, hingga
    _name(objek, events)
    if events:
        for versi, other, nama, instansi_id in fetch(_BEFORE.format(table=objek), {"id": key}):
            at = next((e for e in events if e.versi == versi), events[0])
            at.pendahulu.append(Kerabat(other, nama, instansi_id))
    return events


def _row(objek: Objek, values: list[Any]) -> IsiUnor | IsiPosisi:
    if objek == "posisi":
        return IsiPosisi(*values)
    values[8] = tuple(values[8])
    return IsiUnor(*values)


def _name(objek: Objek, events: list[Peristiwa]) -> None:
    ids = [heir.id for event in events for heir in event.penerus]
    if not ids:
        return
    names = {row[0]: Kerabat(*row) for row in fetch(_NAMES.format(table=objek), {"ids": ids})}
    for event in events:
        event.penerus = [names.get(heir.id, heir) for heir in event.penerus]
