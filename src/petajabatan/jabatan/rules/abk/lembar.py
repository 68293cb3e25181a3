"""The ABK sheet of a box as it is stored (``rules.isian``): read into rows, calculated, and its K."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from petajabatan.inti.temuan import Temuan
from petajabatan.jabatan.rules.abk.ambang import AmbangAbk
from petajabatan.jabatan.rules.abk.bulat import KebijakanPembulatan, choose_policy
from petajabatan.jabatan.rules.abk.hitung import BarisAbk, HasilAbk, compute
from petajabatan.jabatan.rules.abk.waktu import WaktuKerja, choose_time


@dataclass(frozen=True, slots=True)
class AcuanAbk:
    """What sheets are calculated with on a day: norms of working time, rounding policies, limits, and the
    policy the instansi has chosen ("": the default of each kind of post)."""

    tanggal: dt.date
    waktu: Sequence[WaktuKerja]
    kebijakan: Sequence[KebijakanPembulatan]
    ambang: AmbangAbk
    pilihan: str = ""


@dataclass(frozen=True, slots=True)
class JumlahLembar:
    """The sum of one stored sheet: Σ in persons, exact (None while a row is incomplete or there is none), and
    what it names: working time, policy, where K comes from."""

    posisi_id: int
    jumlah: Fraction | None
    waktu: str
    kebijakan: str
    dari: str
    baris: int


@dataclass(frozen=True, slots=True)
class HasilLembar:
    """A sheet calculated: ``hasil`` by the rows, and ``k`` as it counts (None: not determined). ``dari`` says
    whether K comes from the rows or from the recommendation of a pembina."""

    hasil: HasilAbk
    k: int | None
    dari: str
    temuan: tuple[Temuan, ...]


def rows_of(isi: Mapping[str, Any]) -> list[BarisAbk]:
    """The rows of a stored sheet."""
    return [
        BarisAbk(
            row.get("uraian", ""),
            _decimal(row.get("volume")),
            _decimal(row.get("norma")),
            row.get("pendekatan", "tugas"),
            row.get("satuan", ""),
            int(row.get("pegawai") or 0),
            int(row.get("giliran") or 0),
        )
        for row in isi.get("baris", ())
    ]


def _decimal(value: Any) -> Decimal | None:
    return None if value in (None, "") else Decimal(str(value))


def compute_sheet(isi: Mapping[str, Any], jenis: str, acuan: AcuanAbk) -> HasilLembar:
    """Calculate a stored sheet for a box of this kind (struktural, fungsional, pelaksana).

    Norm and policy are those the sheet names, else those in force. A name nobody knows is a finding, and the
    one in force is used. A recommendation counts for JF only, with its pembina and document named.
    """
    found: list[Temuan] = []
    try:
        time = choose_time(acuan.waktu, acuan.tanggal, kode=isi.get("waktu") or None)
    except LookupError:
        found.append(_unknown("waktu", isi["waktu"]))
        time = choose_time(acuan.waktu, acuan.tanggal)
    try:
        policy = choose_policy(acuan.kebijakan, jenis, pilihan=isi.get("kebijakan") or acuan.pilihan or None)
    except LookupError:
        found.append(_unknown("kebijakan", isi.get("kebijakan") or acuan.pilihan))
        policy = choose_policy(acuan.kebijakan, jenis)
    result = compute(rows_of(isi), time, policy, acuan.ambang)
    k, source = (None if any(t.tingkat == "galat" for t in result.temuan) else result.k), "abk"
    advice = isi.get("rekomendasi")
    if isi.get("dari") == "rekomendasi":
        source = "rekomendasi"
        gaps = [name for name in ("pembina", "dokumen") if not (advice or {}).get(name)]
        if jenis != "fungsional":
            found.append(
                Temuan(
                    "rekomendasi-bukan-jf",
                    "galat",
                    "Rekomendasi pembina hanya untuk jabatan fungsional.",
                    "Hitung K dari baris beban kerjanya.",
                    kolom="dari",
                )
            )
            k, source = result.k, "abk"
        elif advice is None or advice.get("k") is None or gaps:
            found.append(
                Temuan(
                    "rekomendasi-belum-lengkap",
                    "galat",
                    f"Rekomendasi pembina belum berisi {', '.join(gaps or ['k'])}.",
                    "Isi K, instansi pembina, dan dokumennya.",
                    kolom="rekomendasi",
                )
            )
            k = None
        else:
            k = int(advice["k"])
    return HasilLembar(result, k, source, (*found, *result.temuan))


def _unknown(kolom: str, nilai: str) -> Temuan:
    return Temuan("abk-acuan-tidak-dikenal", "peringatan",
                  f"{kolom.capitalize()} “{nilai}” tidak dikenal; dipakai yang berlaku.",
                  "Pilih dari daftar.", kolom=kolom, nilai=nilai)  # fmt: skip
