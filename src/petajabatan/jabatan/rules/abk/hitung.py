"""Rows of work to K, by the four approaches (PermenPANRB 1/2020; PerBKN 9/2022). Exact throughout.

A missing volume or norm is an error, never a zero: a sheet with one has no sum and no K (a source
application that stored 0 instead lost 0.648 persons of one post, docs/abk.md).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal, NamedTuple

from petajabatan.inti.temuan import Temuan
from petajabatan.jabatan.rules.abk.ambang import AmbangAbk
from petajabatan.jabatan.rules.abk.angka import quantize, write_number
from petajabatan.jabatan.rules.abk.bulat import KebijakanPembulatan, round_need
from petajabatan.jabatan.rules.abk.waktu import WaktuKerja

Pendekatan = Literal["hasil", "objek", "peralatan", "tugas"]


class Rumus(NamedTuple):
    """An approach as people read it: name, formula, what its two figures mean, where it comes from."""

    nama: str
    rumus: str
    volume: str
    norma: str
    sumber: str


PENDEKATAN: Mapping[Pendekatan, Rumus] = {
    "hasil": Rumus(
        "Hasil kerja",
        "beban kerja ÷ standar kemampuan rata-rata",
        "beban kerja (hasil per satuan waktu)",
        "standar kemampuan rata-rata (hasil per orang, satuan waktu yang sama)",
        "PermenPANRB 1/2020; KepmenPAN 75/2004",
    ),
    "objek": Rumus(
        "Objek kerja",
        "objek kerja ÷ standar kemampuan rata-rata",
        "objek kerja yang dilayani",
        "standar kemampuan rata-rata (objek per orang)",
        "PermenPANRB 1/2020; KepmenPAN 75/2004",
    ),
    "peralatan": Rumus(
        "Peralatan kerja",
        "jumlah alat ÷ alat per kelompok × pegawai per kelompok × giliran",
        "jumlah alat",
        "alat yang ditangani satu kelompok pegawai",
        "PermenPANRB 1/2020; KepmenPAN 75/2004",
    ),
    "tugas": Rumus(
        "Tugas per tugas jabatan",
        "volume × norma waktu ÷ jam kerja efektif",
        "volume (hasil per tahun)",
        "norma waktu (menit per hasil)",
        "PermenPANRB 1/2020; PerBKN 9/2022",
    ),
}


@dataclass(frozen=True, slots=True)
class BarisAbk:
    """One row of work; what ``volume`` and ``norma`` count is told by ``PENDEKATAN[pendekatan]``.

    For ``tugas``: results per year and minutes per result. ``pegawai`` (persons per group of ``norma``
    machines) and ``giliran`` (shifts a day) matter to ``peralatan`` only. None means not filled in.
    """

    uraian: str
    volume: Decimal | None
    norma: Decimal | None
    pendekatan: Pendekatan = "tugas"
    satuan: str = ""
    pegawai: int = 1
    giliran: int = 1


@dataclass(frozen=True, slots=True)
class BarisHitung:
    """A row with its exact need in persons (None when a figure is missing or impossible)."""

    nomor: int
    baris: BarisAbk
    kebutuhan: Fraction | None

    @property
    def tampil(self) -> Decimal | None:
        """Persons at four decimals, for showing only."""
        return None if self.kebutuhan is None else quantize(self.kebutuhan)


@dataclass(frozen=True, slots=True)
class HasilAbk:
    """A sheet: rows, exact Σ (persons), K (whole persons), what it stands on, and findings.

    ``jumlah`` and ``k`` are None while a row lacks a figure or there is no row; a fixed policy gives K
    whatever Σ is. ``jumlah_sementara`` adds up the complete rows only.
    """

    baris: tuple[BarisHitung, ...]
    jumlah: Fraction | None
    jumlah_sementara: Fraction
    k: int | None
    waktu: WaktuKerja
    kebijakan: KebijakanPembulatan
    temuan: tuple[Temuan, ...] = ()

    @property
    def jumlah_tampil(self) -> Decimal | None:
        """Σ in persons at four decimals: of the exact sum, not the sum of shown rows."""
        return None if self.jumlah is None else quantize(self.jumlah)

    @property
    def beban_menit(self) -> Fraction | None:
        """The work in minutes a year."""
        return None if self.jumlah is None else self.jumlah * Fraction(self.waktu.menit_setahun)


def need_of(baris: BarisAbk, waktu: WaktuKerja) -> Fraction | None:
    """The exact need of one row in persons; None when a figure is missing or impossible."""
    if baris.volume is None or baris.norma is None or baris.volume < 0 or baris.norma <= 0:
        return None
    volume, norma = Fraction(baris.volume), Fraction(baris.norma)
    match baris.pendekatan:
        case "tugas":
            return volume * norma / Fraction(waktu.menit_setahun)
        case "hasil" | "objek":
            return volume / norma
        case "peralatan":
            if baris.pegawai < 1 or baris.giliran < 1:
                return None
            return volume / norma * baris.pegawai * baris.giliran


def check_row(nomor: int, baris: BarisAbk, waktu: WaktuKerja, ambang: AmbangAbk) -> list[Temuan]:
    """What is wrong with one row. ``nomor`` counts from 1; the finding's ``kolom`` is volume, norma, …"""
    rumus = PENDEKATAN[baris.pendekatan]
    at = f"Baris {nomor}"
    found: list[Temuan] = []

    def add(kode: str, tingkat: Literal["galat", "peringatan"], kalimat: str, perbaikan: str, kolom: str,
            nilai: object = "") -> None:  # fmt: skip
        found.append(Temuan(kode, tingkat, kalimat, perbaikan, at, nomor, kolom, str(nilai)[:40]))

    for kolom, nilai, arti in (("volume", baris.volume, rumus.volume), ("norma", baris.norma, rumus.norma)):
        if nilai is None:
            add("abk-kosong", "galat", f"{at}: {arti} belum diisi; kosong tidak dihitung sebagai nol.",
                f"Isi {arti}, atau hapus barisnya.", kolom)  # fmt: skip
        elif nilai < 0:
            add("abk-negatif", "galat", f"{at}: {arti} bernilai negatif.", "Tulis angka nol atau lebih.",
                kolom, nilai)  # fmt: skip
        elif nilai > ambang.angka_maks:
            add("abk-terlalu-besar", "galat",
                f"{at}: {arti} {write_number(nilai)} melebihi {write_number(ambang.angka_maks)}.",
                "Periksa angka dan satuannya.", kolom, nilai)  # fmt: skip
    if baris.norma == 0:
        add("abk-norma-nol", "galat", f"{at}: {rumus.norma} nol.",
            "Isi norma yang sebenarnya; pekerjaan tanpa waktu tidak dihitung.", "norma", 0)  # fmt: skip
    if baris.pendekatan == "peralatan" and (baris.pegawai < 1 or baris.giliran < 1):
        add("abk-rasio", "galat", f"{at}: pegawai per kelompok dan giliran paling sedikit satu.",
            "Tulis bilangan bulat mulai dari 1.", "pegawai", baris.pegawai)  # fmt: skip
    need = need_of(baris, waktu)
    if found or need is None:
        return found
    if baris.pendekatan == "tugas":
        assert baris.volume is not None and baris.norma is not None
        if baris.volume > ambang.volume_wajar:
            add("abk-volume-besar", "peringatan",
                f"{at}: volume {write_number(baris.volume)} setahun di atas yang wajar.",
                "Periksa volume dan satuan hasilnya.", "volume", baris.volume)  # fmt: skip
        if baris.norma > waktu.menit_setahun:
            add("abk-norma-setahun", "peringatan",
                f"{at}: satu hasil {write_number(baris.norma)} menit, melebihi waktu kerja setahun.",
                "Periksa apakah normanya benar dalam menit.", "norma", baris.norma)  # fmt: skip
    if need > Fraction(ambang.orang_baris_wajar):
        add("abk-orang-baris", "peringatan", f"{at}: satu baris memerlukan {write_number(need, 4)} orang.",
            "Periksa volume, norma, dan satuannya (menit, bukan jam).", "volume", baris.volume)  # fmt: skip
    return found


def compute(
    baris: Sequence[BarisAbk], waktu: WaktuKerja, kebijakan: KebijakanPembulatan, ambang: AmbangAbk
) -> HasilAbk:
    """The sheet of one jabatan: every row, exact Σ, K by the policy, and the findings of all rows."""
    rows = tuple(BarisHitung(i, row, need_of(row, waktu)) for i, row in enumerate(baris, 1))
    found = [t for i, row in enumerate(baris, 1) for t in check_row(i, row, waktu, ambang)]
    if not rows:
        found.append(
            Temuan("abk-tanpa-baris", "peringatan", "Belum ada baris beban kerja.", "Isi minimal satu tugas.")
        )
    partial = sum((row.kebutuhan for row in rows if row.kebutuhan is not None), Fraction(0))
    whole = bool(rows) and all(row.kebutuhan is not None for row in rows)
    total = partial if whole else None
    k = kebijakan.tetap if total is None else round_need(total, kebijakan)
    return HasilAbk(rows, total, partial, k, waktu, kebijakan, tuple(found))
