"""The shell of the ABK, class and ikhtisar rules: reads the dated figures shipped with the package.

Cached per day; every function names the file it reads. The tables of classes are the shipped references
(referensi/data); what stands in the database can be passed to the same rules.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator
from dataclasses import fields
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Literal

from petajabatan.jabatan.rules.abk.ambang import AmbangAbk
from petajabatan.jabatan.rules.abk.bulat import KebijakanPembulatan
from petajabatan.jabatan.rules.abk.efisiensi import Prestasi
from petajabatan.jabatan.rules.abk.lembar import AcuanAbk
from petajabatan.jabatan.rules.abk.waktu import WaktuKerja
from petajabatan.jabatan.rules.evaluasi import TabelKelas, build_tables
from petajabatan.jabatan.rules.ikhtisar import Penanda
from petajabatan.jabatan.rules.kelengkapan import Isian
from petajabatan.referensi.importers.bawaan import FOLDER as ACUAN

FOLDER = Path(__file__).resolve().parent / "data"


def _rows(name: str, folder: Path = FOLDER) -> Iterator[dict[str, str]]:
    with (folder / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _yes(text: str) -> bool:
    if text not in ("ya", "tidak"):
        raise ValueError(f"Tertulis “{text}”, seharusnya ya atau tidak.")
    return text == "ya"


@lru_cache(maxsize=1)
def working_times() -> tuple[WaktuKerja, ...]:
    """All norms of effective working time, old ones too (waktu_kerja.csv)."""
    return tuple(
        WaktuKerja(
            kode=row["kode"],
            nama=row["nama"],
            sejak=dt.date.fromisoformat(row["berlaku_dari"]),
            hingga=_day(row["berlaku_hingga"]),
            hari_seminggu=int(row["hari_seminggu"]),
            hari_setahun=int(row["hari_setahun"]),
            menit_sehari=int(row["menit_sehari"]),
            menit_setahun=Decimal(row["menit_setahun"]),
            sumber=row["sumber"],
            catatan=row["catatan"],
        )
        for row in _rows("waktu_kerja.csv")
    )


@lru_cache(maxsize=16)
def rounding_policies(tanggal: dt.date) -> tuple[KebijakanPembulatan, ...]:
    """The rounding policies in force on a day (kebijakan_pembulatan.csv)."""
    return tuple(policy for policy in _policies() if policy.holds_on(tanggal))


@lru_cache(maxsize=1)
def _policies() -> tuple[KebijakanPembulatan, ...]:
    return tuple(
        KebijakanPembulatan(
            kode=row["kode"],
            nama=row["nama"],
            metode=row["metode"],
            bawaan_untuk=frozenset(row["bawaan_untuk"].split()),
            ambang=Decimal(row["ambang"]),
            ketat=_yes(row["ketat"]),
            tetap=int(row["tetap"]) if row["tetap"] else None,
            arti_nol=row["arti_nol"],
            sejak=dt.date.fromisoformat(row["berlaku_dari"]),
            hingga=_day(row["berlaku_hingga"]),
            sifat="bersumber" if row["sifat"] == "bersumber" else "rekomendasi",
            sumber=row["sumber"],
        )
        for row in _rows("kebijakan_pembulatan.csv")
    )


@lru_cache(maxsize=16)
def performance_bands(tanggal: dt.date) -> tuple[Prestasi, ...]:
    """The letters of PEJ and PU in force on a day, best first (prestasi_abk.csv)."""
    newest: dict[str, tuple[str, Prestasi]] = {}
    for row in _rows("prestasi_abk.csv"):
        since = row["berlaku_dari"]
        if since <= tanggal.isoformat() and since >= newest.get(row["huruf"], ("",))[0]:
            band = Prestasi(row["huruf"], Decimal(row["batas_bawah"]), _yes(row["ketat"]), row["sumber"])
            newest[row["huruf"]] = (since, band)
    return tuple(sorted((band for _, band in newest.values()), key=lambda b: b.batas_bawah, reverse=True))


@lru_cache(maxsize=16)
def limits(tanggal: dt.date) -> AmbangAbk:
    """The limits in force on a day (ambang_abk.csv). Raises LookupError before its first date."""
    newest: dict[str, tuple[str, Decimal]] = {}
    for row in _rows("ambang_abk.csv"):
        since = row["berlaku_dari"]
        if since <= tanggal.isoformat() and since >= newest.get(row["kunci"], ("",))[0]:
            newest[row["kunci"]] = (since, Decimal(row["nilai"]))
    missing = {field.name for field in fields(AmbangAbk)} - newest.keys()
    if missing:
        raise LookupError(f"Ambang ABK belum ada pada {tanggal.isoformat()}: {', '.join(sorted(missing))}.")
    return AmbangAbk(**{key: value for key, (_, value) in newest.items()})


@lru_cache(maxsize=1)
def ikhtisar_markers() -> tuple[Penanda, ...]:
    """The words that open *bagaimana* and *mengapa* (penanda_ikhtisar.csv)."""
    return tuple(
        Penanda(
            "mengapa" if row["bagian"] == "mengapa" else "bagaimana",
            tuple(row["penanda"].split()),
            _yes(row["kuat"]),
        )
        for row in _rows("penanda_ikhtisar.csv")
    )


@lru_cache(maxsize=16)
def infojab_fields(tanggal: dt.date) -> tuple[Isian, ...]:
    """The fields of the form of an informasi jabatan on a day, in printed order (komponen_infojab.csv):
    the newest edition of the form that is not later. Empty before the first."""
    rows = [row for row in _rows("komponen_infojab.csv") if row["berlaku_dari"] <= tanggal.isoformat()]
    newest = max((row["berlaku_dari"] for row in rows), default="")
    return tuple(
        Isian(
            nomor=int(row["nomor"]),
            komponen=int(row["komponen"]),
            bagian=row["kode"],
            nama_bagian=row["nama"],
            kode=row["isian"],
            nama=row["nama_isian"],
            bentuk=_SHAPES[row["bentuk"]],
            kolom=tuple(row["kolom"].split()),
            wajib=_yes(row["wajib"]),
            boleh_strip=_yes(row["boleh_strip"]),
        )
        for row in rows
        if row["berlaku_dari"] == newest
    )


_SHAPES: dict[str, Literal["teks", "daftar", "tabel", "kelas"]] = {
    "teks": "teks", "daftar": "daftar", "tabel": "tabel", "kelas": "kelas",
}  # fmt: skip


@lru_cache(maxsize=1)
def class_tables() -> TabelKelas:
    """The FES tables as shipped (referensi/data: faktor_kelas, nilai_kelas, rentang_kelas)."""
    factors, classes = list(_rows("faktor_kelas.csv", ACUAN)), list(_rows("nilai_kelas.csv", ACUAN))
    return build_tables(
        [(r["jenis"], r["faktor"], r["nama"], int(r["level"]), int(r["nilai"])) for r in factors],
        [
            (int(r["kelas"]), int(r["nilai_min"]), int(r["nilai_maks"]) if r["nilai_maks"] else None)
            for r in classes
        ],
        [
            (r["jenjang"], r["tingkat_instansi"], int(r["kelas_min"]), int(r["kelas_maks"]), r["sumber"])
            for r in _rows("rentang_kelas.csv", ACUAN)
        ],
        sumber_faktor="; ".join(dict.fromkeys(r["sumber"] for r in factors)),
        sumber_kelas="; ".join(dict.fromkeys(r["sumber"] for r in classes)),
    )


def abk_reference(tanggal: dt.date, pilihan: str = "") -> AcuanAbk:
    """Everything sheets are calculated with on a day; ``pilihan`` is the rounding the instansi has chosen."""
    return AcuanAbk(tanggal, working_times(), rounding_policies(tanggal), limits(tanggal), pilihan)
