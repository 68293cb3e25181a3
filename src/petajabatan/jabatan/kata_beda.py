"""The difference of two versions as sentences for the screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from petajabatan.jabatan.rules.abk.angka import write_number
from petajabatan.jabatan.rules.beda import (
    GANTI_NAMA,
    HAPUS,
    PINDAH,
    TAMBAH,
    UBAH,
    UBAH_K,
    UBAH_KELAS,
    URUTAN,
    Beda,
    IsiPosisi,
    IsiUnor,
    JumlahPeta,
    Perbedaan,
)
from petajabatan.organisasi.models import DasarHukum
from petajabatan.referensi.models import Wilayah

BATAS = 1000


@dataclass(frozen=True)
class Ubahan:
    """One column that differs, in words."""

    nama: str
    lama: str
    baru: str


@dataclass(frozen=True)
class BarisBeda:
    id: int
    nama: str
    letak: str
    unor: bool
    macam: list[str]
    ubahan: list[Ubahan]
    k_lama: int | None
    k_baru: int | None
    hapus: bool


@dataclass(frozen=True)
class BedaTampil:
    """``unor``, ``posisi``: the rows (at most BATAS each); ``n_*`` how many there are."""

    dari: int
    ke: int
    unor: list[BarisBeda]
    posisi: list[BarisBeda]
    n_unor: int
    n_posisi: int
    hitung: list[tuple[str, int, int]]
    sebelum: JumlahPeta
    sesudah: JumlahPeta
    selisih: JumlahPeta

    @property
    def sama(self) -> bool:
        return not self.n_unor and not self.n_posisi


def kinds() -> dict[str, str]:
    return {
        TAMBAH: _("ditambah"),
        HAPUS: _("dihapus"),
        PINDAH: _("pindah"),
        GANTI_NAMA: _("ganti nama"),
        UBAH_K: _("K berubah"),
        UBAH_KELAS: _("kelas berubah"),
        UBAH: _("keterangan berubah"),
        URUTAN: _("urutan berubah"),
    }


def columns() -> dict[str, str]:
    return {
        "atasan_id": _("Unit atasan"),
        "unor_id": _("Unit"),
        "nama": _("Nama"),
        "nama_jabatan": _("Jabatan pimpinan"),
        "jenis": _("Jenis"),
        "eselon": _("Eselon"),
        "jenjang": _("Jenjang"),
        "wilayah": _("Wilayah"),
        "urusan": _("Urusan"),
        "cepat_kode": _("Kode cepat"),
        "dasar_hukum_id": _("Dasar hukum"),
        "pasal": _("Pasal"),
        "halaman": _("Halaman"),
        "kelas": _("Kelas"),
        "k": "K",
        "kepala": _("Pimpinan"),
        "urutan": _("Urutan"),
    }


HIDDEN = {"jabatan_id", "infojab_id"}
"""Columns that only point somewhere; what they point at shows in other columns."""


@dataclass(frozen=True)
class Nama:
    """Names of what the rows point at."""

    unor: dict[int, str]
    dasar_hukum: dict[int, str]
    wilayah: dict[str, str]


def names_of(beda: Beda) -> Nama:
    """Two statements at most."""
    laws: set[int] = set()
    regions: set[str] = set()
    for change in beda.unor:
        laws.update(x for x in change.kolom.get("dasar_hukum_id", ()) if x is not None)
        regions.update(x for x in change.kolom.get("wilayah", ()) if x)
    return Nama(
        beda.nama_unor,
        {d.pk: str(d) for d in DasarHukum.objects.filter(pk__in=laws)} if laws else {},
        {w.kode: w.nama for w in Wilayah.objects.filter(kode__in=regions)} if regions else {},
    )


def text_of(name: str, value: Any, names: Nama) -> str:
    """The value of a column as people read it."""
    if value is None or value == "" or value == ():
        return "–"
    if name in ("atasan_id", "unor_id"):
        return names.unor.get(value, str(value))
    if name == "dasar_hukum_id":
        return names.dasar_hukum.get(value, str(value))
    if name == "wilayah":
        return names.wilayah.get(value, str(value))
    if isinstance(value, bool):
        return _("ya") if value else _("tidak")
    if isinstance(value, int):
        return write_number(value)
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _row(change: Perbedaan, names: Nama, kind: dict[str, str], label: dict[str, str]) -> BarisBeda:
    row = change.isi
    place = row.atasan_id if isinstance(row, IsiUnor) else row.unor_id
    before = change.sebelum.k if isinstance(change.sebelum, IsiPosisi) else None
    after = change.sesudah.k if isinstance(change.sesudah, IsiPosisi) else None
    return BarisBeda(
        id=change.id,
        nama=row.nama,
        letak=names.unor.get(place, "") if place is not None else "",
        unor=isinstance(row, IsiUnor),
        macam=[kind[x] for x in change.perubahan],
        ubahan=[
            Ubahan(label.get(name, name), text_of(name, old, names), text_of(name, new, names))
            for name, (old, new) in change.kolom.items()
            if name not in HIDDEN
        ],
        k_lama=before,
        k_baru=after,
        hapus=change.sesudah is None,
    )


def present(beda: Beda, batas: int = BATAS) -> BedaTampil:
    """Rows and totals ready for the template; at most ``batas`` rows of each kind."""
    kind, label, names = kinds(), columns(), names_of(beda)
    counts = beda.count()
    return BedaTampil(
        dari=beda.dari,
        ke=beda.ke,
        unor=[_row(x, names, kind, label) for x in beda.unor[:batas]],
        posisi=[_row(x, names, kind, label) for x in beda.posisi[:batas]],
        n_unor=len(beda.unor),
        n_posisi=len(beda.posisi),
        hitung=[
            (name, counts["unor"].get(key, 0), counts["posisi"].get(key, 0))
            for key, name in kind.items()
            if counts["unor"].get(key) or counts["posisi"].get(key)
        ],
        sebelum=beda.sebelum,
        sesudah=beda.sesudah,
        selisih=beda.selisih,
    )
