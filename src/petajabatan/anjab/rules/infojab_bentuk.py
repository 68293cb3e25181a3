"""The form of an informasi jabatan as pages and programs draw it: sections, fields, columns, code lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from petajabatan.jabatan.rules.isian import BAGIAN, DICETAK, TAMBAHAN, fields_of
from petajabatan.jabatan.rules.kelengkapan import Isian

DAFTAR_KODE = ("bakat", "temperamen", "minat", "upaya_fisik", "fungsi_pekerjaan")
"""Fields with a code list (PermenPANRB 1/2020) beside free text; the list has the same name."""
ACUAN: Mapping[str, str] = {
    "pendidikan": "pendidikan",
    "diklat_kepemimpinan": "diklat",
    "diklat_fungsional": "diklat",
    "diklat_teknis": "diklat",
    "sertifikasi": "sertifikasi",
    "dasar_hukum": "dasar-hukum",
}
"""Fields whose items may be bound to a reference, so that people can be compared with them."""
KOLOM: Mapping[str, str] = {
    "uraian": "Uraian tugas",
    "hasil": "Hasil kerja",
    "satuan": "Satuan",
    "volume": "Volume",
    "waktu": "Waktu (menit)",
    "bahan": "Bahan kerja",
    "perangkat": "Perangkat kerja",
    "penggunaan": "Penggunaan dalam tugas",
    "jabatan": "Jabatan",
    "unit": "Unit kerja/instansi",
    "hal": "Dalam hal",
    "risiko": "Risiko bahaya",
    "penyebab": "Penyebab",
    "tingkat": "Tingkat",
    "nama": "Nama unit",
}
DARI_ABK = frozenset({"volume", "waktu"})
TANPA_SARAN = frozenset({"identitas"})
"""Sections in which what others wrote is no help."""


def numbers_of(bagian: str, isian: Sequence[Isian]) -> str:
    """The printed numbers of a section: "4", or "1–2" where it holds two."""
    found = sorted({field.nomor for field in fields_of(bagian, isian)})
    if not found:
        return ""
    return str(found[0]) if len(found) == 1 else f"{found[0]}–{found[-1]}"


def level_of(row: Mapping[str, Any]) -> str:
    """The level of education that an item names, in words: rows may also hold the code of the reference list
    beside words that say it."""
    level = str(row.get("tingkat") or "")
    return "" if level.isdigit() else level


def form_of(isian: Sequence[Isian]) -> list[dict[str, Any]]:
    """The sections people write, in printed order, each with its fields."""
    return [
        {
            "kode": code,
            "nomor": numbers_of(code, isian),
            "nama": BAGIAN[code][1],
            "saran": code not in TANPA_SARAN,
            "isian": [_field(field) for field in fields_of(code, isian)],
        }
        for code in DICETAK
    ]


def _field(field: Isian) -> dict[str, Any]:
    return {
        "kode": field.kode,
        "nomor": field.nomor,
        "nama": field.nama,
        "bentuk": field.bentuk,
        "wajib": field.wajib,
        "boleh_strip": field.boleh_strip,
        "kolom": [
            {"kode": name, "nama": KOLOM.get(name, name.capitalize()), "dari_abk": name in DARI_ABK}
            for name in field.kolom
        ],
        "tambahan": list(TAMBAHAN.get(field.kode, ())),
        "daftar_kode": field.kode if field.kode in DAFTAR_KODE else None,
        "acuan": ACUAN.get(field.kode),
    }
