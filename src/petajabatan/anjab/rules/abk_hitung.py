"""An ABK sheet calculated for the page and the API: rows with their formulas, Σ, K, what-if, findings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from petajabatan.anjab.rules.abk import (
    Baris,
    Tugas,
    compare_tasks,
    figure_text,
    link_tasks,
    read_factor,
    read_rows,
    with_factors,
)
from petajabatan.anjab.rules.abk_lompat import Lembar, check_norms
from petajabatan.inti.temuan import Temuan
from petajabatan.jabatan.rules.abk.angka import quantize, write_number
from petajabatan.jabatan.rules.abk.awas import near_rounding
from petajabatan.jabatan.rules.abk.baca import SatuanWaktu
from petajabatan.jabatan.rules.abk.bulat import KebijakanPembulatan
from petajabatan.jabatan.rules.abk.lembar import AcuanAbk, HasilLembar, compute_sheet
from petajabatan.jabatan.rules.abk.sebab import explain
from petajabatan.jabatan.rules.abk.waktu import WaktuKerja
from petajabatan.jabatan.rules.isian import BARIS_MAKS, tidy_abk


@dataclass(frozen=True, slots=True)
class Kotak:
    """What a sheet is calculated for: the kind of the box, whether it leads its unit (one seat), its B."""

    jenis: str
    kepala: bool = False
    b: int | None = None


@dataclass(frozen=True, slots=True)
class Hitungan:
    """A sheet as it can be stored (``isi``), calculated, with the findings of its cells."""

    isi: dict[str, Any]
    lembar: HasilLembar
    temuan: list[Temuan]

    @property
    def dapat_disimpan(self) -> bool:
        """Whether nothing of what was sent would be lost by storing it."""
        return not any(t.tingkat == "galat" and t.kode in MENAHAN for t in self.temuan)


MENAHAN = frozenset({"abk-teks-panjang", "baris-terlalu-banyak", "teks-terlalu-panjang", "bukan-bilangan"})
"""Findings about content that cannot be kept as it is: the sheet is not stored until it is mended."""


def calculate(
    masukan: Mapping[str, Any],
    kotak: Kotak,
    acuan: AcuanAbk,
    tugas: Sequence[Tugas] = (),
    semula: Sequence[Lembar] = (),
) -> Hitungan:
    """Calculate what the page sends: ``baris``, ``waktu``, ``kebijakan``, ``dari``, ``rekomendasi``, and
    ``satuan_waktu`` of norms just typed. ``semula``: sheets of the box before this one (as published, as
    stored last); norms that jump against them are pointed out."""
    raw = masukan.get("baris")
    unit: SatuanWaktu = "jam" if masukan.get("satuan_waktu") == "jam" else "menit"
    read = read_rows(raw if isinstance(raw, list) else [], acuan.ambang, unit)
    rows = link_tasks(tugas, read.baris)
    names = {
        name: masukan[name] for name in ("waktu", "kebijakan", "dari", "rekomendasi") if masukan.get(name)
    }
    if kotak.jenis == "struktural":
        names.pop("kebijakan", None)  # one seat per unit, whatever is chosen
    tidied = tidy_abk({"baris": rows[:BARIS_MAKS]} | names)
    isi = tidied.isi or {"baris": []} | {k: v for k, v in names.items() if k in ("waktu", "kebijakan")}
    sheet = compute_sheet(isi, kotak.jenis, acuan)
    unread = {(i, name) for i, row in enumerate(read.baris, 1) for name in row.get("mentah", ())}
    found = [t for t in sheet.temuan if not (t.kode == "abk-kosong" and (t.baris, t.kolom) in unread)]
    found = [*read.temuan, *(t for t in tidied.temuan if t.tingkat == "galat"), *found]
    if (near := near_rounding(sheet.hasil, acuan.ambang)) is not None:
        found.append(near)
    found += check_norms(semula, rows, acuan.ambang)
    return Hitungan(isi, sheet, [*found, *compare_tasks(tugas, rows)])


def document(
    hitungan: Hitungan, kotak: Kotak, acuan: AcuanAbk, andai: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """The answer of *hitung*: canonical rows, exact sums at four decimals, K, findings; ``andai`` what K
    would be with other volumes or norms (nothing is stored)."""
    result, rows = hitungan.lembar.hasil, hitungan.isi["baris"]
    steps = explain(result).langkah
    found = list(hitungan.temuan)
    body: dict[str, Any] = {
        "baris": [
            row
            | {
                "tampil": {name: figure_text(row[name]) for name in ("volume", "norma")},
                "rumus": steps[i].hitungan,
                "kebutuhan": None if (need := result.baris[i].tampil) is None else write_number(need, 4),
            }
            for i, row in enumerate(rows)
        ],
        "jumlah": None if result.jumlah is None else format(quantize(result.jumlah), "f"),
        "jumlah_tampil": "–" if result.jumlah is None else write_number(result.jumlah, 4),
        "jumlah_sementara": write_number(result.jumlah_sementara, 4),
        "waktu": time_document(result.waktu),
        "kebijakan": policy_document(result.kebijakan),
    } | _need(hitungan.lembar, kotak)
    if andai:
        body["andai"] = _what_if(hitungan, kotak, acuan, andai, found)
    body["temuan"] = [t.as_dict() for t in found]
    return body


def _need(sheet: HasilLembar, kotak: Kotak) -> dict[str, Any]:
    """K of the sheet and of the box (a head keeps its one seat), B beside it."""
    k = 1 if kotak.kepala else sheet.k
    return {
        "k_lembar": sheet.k,
        "k": k,
        "dari": "pimpinan" if kotak.kepala else sheet.dari,
        "b": kotak.b,
        "selisih": None if k is None or kotak.b is None else kotak.b - k,
    }


def _what_if(
    hitungan: Hitungan, kotak: Kotak, acuan: AcuanAbk, andai: Mapping[str, Any], found: list[Temuan]
) -> dict[str, Any] | None:
    volume, wrong_volume = read_factor(andai.get("volume"), "andai.volume")
    norm, wrong_norm = read_factor(andai.get("norma"), "andai.norma")
    found += [t for t in (wrong_volume, wrong_norm) if t is not None]
    if volume is None or norm is None:
        return None
    rows: list[Baris] = with_factors(hitungan.isi["baris"], volume, norm)
    sheet = compute_sheet(hitungan.isi | {"baris": rows, "dari": "abk"}, kotak.jenis, acuan)
    return {
        "volume": format(volume, "f"),
        "norma": format(norm, "f"),
        "jumlah_tampil": "–" if sheet.hasil.jumlah is None else write_number(sheet.hasil.jumlah, 4),
        "baris": [{"volume": row["volume"], "norma": row["norma"]} for row in rows],
        "kebutuhan": [
            None if row.tampil is None else write_number(row.tampil, 4) for row in sheet.hasil.baris
        ],
    } | _need(sheet, kotak)


def time_document(waktu: WaktuKerja) -> dict[str, Any]:
    """A norm of working time as the page shows it."""
    return {
        "kode": waktu.kode, "nama": waktu.nama, "menit": format(waktu.menit_setahun, "f"),
        "tampil": f"{write_number(waktu.menit_setahun)} menit", "sumber": waktu.sumber,
        "hingga": None if waktu.hingga is None else waktu.hingga.isoformat(),
    }  # fmt: skip


def policy_document(kebijakan: KebijakanPembulatan) -> dict[str, Any]:
    """A rounding policy as the page shows it: named, with its source or marked as a recommendation."""
    return {
        "kode": kebijakan.kode, "nama": kebijakan.nama, "sifat": kebijakan.sifat, "sumber": kebijakan.sumber,
        "tetap": kebijakan.tetap,
    }  # fmt: skip
