"""Why this number? The steps behind a K as values, for a drawer, a print or an API."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction

from petajabatan.inti.temuan import Temuan
from petajabatan.jabatan.rules.abk.angka import quantize, write_number
from petajabatan.jabatan.rules.abk.bulat import KebijakanPembulatan, round_need
from petajabatan.jabatan.rules.abk.hitung import PENDEKATAN, BarisHitung, HasilAbk


@dataclass(frozen=True, slots=True)
class Langkah:
    """One step: what it is, how it is calculated with the figures put in, its result, its source."""

    judul: str
    hitungan: str
    hasil: str
    sumber: str


@dataclass(frozen=True, slots=True)
class Penjelasan:
    """The whole reason of a K (persons), in the order it is calculated; ``catatan`` for what may surprise."""

    k: int | None
    langkah: tuple[Langkah, ...]
    catatan: tuple[str, ...]
    temuan: tuple[Temuan, ...] = ()


@dataclass(frozen=True, slots=True)
class RekomendasiJF:
    """K of a JF by its own method: what the instansi pembina recommended (persons), and the document."""

    k: int
    pembina: str
    metode: str
    dokumen: str
    tanggal: dt.date | None = None


def explain(hasil: HasilAbk) -> Penjelasan:
    """The steps of a calculated sheet: rows, Σ, rounding."""
    steps = [_row(row, hasil) for row in hasil.baris]
    time, policy = hasil.waktu, hasil.kebijakan
    if hasil.jumlah is None:
        steps.append(
            Langkah("Jumlah", "ada baris yang belum lengkap" if hasil.baris else "belum ada baris", "–", "")
        )
    else:
        shown = " + ".join(write_number(row.tampil, 4) for row in hasil.baris if row.tampil is not None)
        steps.append(
            Langkah(
                "Jumlah kebutuhan",
                shown,
                f"{write_number(hasil.jumlah, 4)} orang",
                f"{time.sumber}: {write_number(time.menit_setahun)} menit ({time.nama.lower()})",
            )
        )
    steps.append(Langkah(f"Pembulatan: {policy.nama}", _rounding(hasil), _persons(hasil.k), policy.sumber))
    return Penjelasan(hasil.k, tuple(steps), tuple(_notes(hasil)), hasil.temuan)


def explain_recommendation(
    rekomendasi: RekomendasiJF, jenis: str, hasil: HasilAbk | None = None
) -> Penjelasan:
    """K of a JF taken from the recommendation of its pembina; the calculated sheet is shown beside it.

    Refused (k None, findings of level galat) for other kinds of posts, without the document, or below zero.
    """
    found: list[Temuan] = []
    if jenis != "fungsional":
        found.append(
            Temuan("abk-rekomendasi-jenis", "galat", "Rekomendasi pembina hanya untuk jabatan fungsional.",
                   "Hitung kebutuhan jabatan ini dengan ABK.", kolom="jenis", nilai=jenis)
        )  # fmt: skip
    for kolom, nilai in (("pembina", rekomendasi.pembina), ("dokumen", rekomendasi.dokumen)):
        if not nilai.strip():
            found.append(
                Temuan("abk-rekomendasi-kosong", "galat", f"Rekomendasi pembina tanpa {kolom}.",
                       "Sebutkan instansi pembina dan lampirkan dokumen rekomendasinya.", kolom=kolom)
            )  # fmt: skip
    if rekomendasi.k < 0:
        found.append(
            Temuan("abk-negatif", "galat", "Kebutuhan pada rekomendasi negatif.", "Tulis nol atau lebih.",
                   kolom="k", nilai=str(rekomendasi.k))
        )  # fmt: skip
    day = f", {rekomendasi.tanggal.isoformat()}" if rekomendasi.tanggal else ""
    step = Langkah(
        f"Rekomendasi {rekomendasi.pembina}",
        rekomendasi.metode or "metode tidak disebut",
        _persons(rekomendasi.k),
        f"{rekomendasi.dokumen}{day}",
    )
    notes = []
    if hasil is not None and hasil.k is not None and hasil.k != rekomendasi.k:
        notes.append(f"Lembar ABK menghasilkan {_persons(hasil.k)}; rekomendasi pembina yang dipakai.")
    return Penjelasan(None if found else rekomendasi.k, (step,), tuple(notes), tuple(found))


def _persons(k: int | None) -> str:
    return "belum ditetapkan" if k is None else f"{write_number(k)} orang"


def _row(row: BarisHitung, hasil: HasilAbk) -> Langkah:
    source = row.baris
    approach = PENDEKATAN[source.pendekatan]
    volume = "?" if source.volume is None else write_number(source.volume)
    norm = "?" if source.norma is None else write_number(source.norma)
    if source.pendekatan == "tugas":
        sum_ = f"{volume} × {norm} menit ÷ {write_number(hasil.waktu.menit_setahun)} menit"
    elif source.pendekatan == "peralatan":
        sum_ = f"{volume} ÷ {norm} × {source.pegawai} × {source.giliran}"
    else:
        sum_ = f"{volume} ÷ {norm}"
    result = "tidak dapat dihitung" if row.tampil is None else write_number(row.tampil, 4)
    return Langkah(f"{row.nomor}. {source.uraian}", sum_, result, approach.sumber)


def _rounding(hasil: HasilAbk) -> str:
    policy = hasil.kebijakan
    if policy.tetap is not None:
        return f"tetap {write_number(policy.tetap)}, berapa pun jumlahnya"
    rule = _rule(policy)
    return rule if hasil.jumlah is None else f"{write_number(hasil.jumlah, 4)}; {rule}"


def _rule(policy: KebijakanPembulatan) -> str:
    limit = write_number(policy.ambang, 2)
    return f"pecahan {'lebih dari' if policy.ketat else 'mulai'} {limit} dibulatkan ke atas"


def _notes(hasil: HasilAbk) -> list[str]:
    policy, notes = hasil.kebijakan, []
    if policy.sifat == "rekomendasi":
        notes.append("Cara pembulatan ini rekomendasi, bukan bunyi peraturan.")
    if hasil.jumlah is None:
        return notes
    rows = sum(row.tampil for row in hasil.baris if row.tampil is not None)
    shown = quantize(hasil.jumlah)
    if rows != shown:
        notes.append(
            f"Jumlah baris yang tampil {write_number(rows, 4)}; jumlah persisnya {write_number(shown, 4)}. "
            "Yang dipakai adalah jumlah persis."
        )
    if policy.tetap is None:
        if round_need(Fraction(shown), policy) != hasil.k:
            notes.append(
                f"Jumlah persis {write_number(hasil.jumlah, 12)} dibulatkan sebelum ditulis empat desimal."
            )
        if hasil.k == 0 and policy.arti_nol:
            notes.append(f"K = 0 berarti {policy.arti_nol}.")
    return notes
