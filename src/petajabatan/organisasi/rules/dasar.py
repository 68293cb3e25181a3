"""Checks of a regulation and of what replaced it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from petajabatan.inti.temuan import Temuan

TAHUN_AWAL = 1945
JENIS = (
    "Perda", "Perbup", "Perwali", "Pergub", "Permen", "Perpres", "Peraturan Badan", "Peraturan Lembaga",
    "Keputusan Bupati", "Keputusan Wali Kota", "Keputusan Gubernur", "Keputusan Menteri",
)  # fmt: skip
"""Offered kinds; others may be written."""


@dataclass(frozen=True)
class Peraturan:
    jenis: str
    nomor: str
    tahun: int
    tentang: str
    tanggal: dt.date | None = None


def check_regulation(rule: Peraturan, hari_ini: dt.date) -> list[Temuan]:
    """What is wrong with a regulation as typed."""
    found = []

    def say(kode: str, kolom: str, nilai: object, kalimat: str, perbaikan: str) -> None:
        found.append(Temuan(kode, "galat", kalimat, perbaikan, kolom=kolom, nilai=str(nilai)))

    limits = (("jenis", rule.jenis, 40), ("nomor", rule.nomor, 60), ("tentang", rule.tentang, 2000))
    for name, value, limit in limits:
        if not value:
            say("kosong", name, value, f"Kolom {name} kosong.", "Isi sesuai naskah peraturan.")
        elif len(value) > limit:
            say("terlalu-panjang", name, value[:80], f"Kolom {name} lebih dari {limit} huruf.", "Persingkat.")
    last = hari_ini.year + 1
    if not TAHUN_AWAL <= rule.tahun <= last:
        sentence = f"Tahun {rule.tahun} di luar {TAHUN_AWAL}–{last}."
        say("tahun-tak-wajar", "tahun", rule.tahun, sentence, "Periksa tahun peraturannya.")
    elif rule.tanggal is not None and rule.tanggal.year != rule.tahun:
        sentence = f"Tanggal {rule.tanggal} tidak dalam tahun {rule.tahun}."
        say("tanggal-tak-cocok", "tanggal", rule.tanggal, sentence, "Periksa tahun atau tanggalnya.")
    return found


def check_replacement(
    dasar_id: int, status: str, pengganti: int | None, peraturan: Mapping[int, tuple[int, int | None]]
) -> list[Temuan]:
    """What is wrong with a change of status. ``peraturan``: id → (year, id of what replaced it), all of the
    instansi."""

    def say(kode: str, kalimat: str, perbaikan: str) -> list[Temuan]:
        return [Temuan(kode, "galat", kalimat, perbaikan, kolom="diganti_oleh", nilai=str(pengganti or ""))]

    if status not in ("berlaku", "diubah", "dicabut"):
        return say(
            "status-tak-dikenal", f"Status {status} tidak dikenal.", "Pilih berlaku, diubah, atau dicabut."
        )
    if status == "berlaku":
        return []
    if pengganti is None:
        return say("tanpa-pengganti", "Belum disebut peraturan yang mengubah atau mencabut.",
                   "Catat peraturan itu lebih dahulu, lalu pilih di sini.")  # fmt: skip
    if pengganti not in peraturan:
        return say("pengganti-lain-instansi", "Peraturan pengganti bukan milik instansi ini.",
                   "Pilih peraturan dari daftar instansi ini.")  # fmt: skip
    if peraturan[pengganti][0] < peraturan[dasar_id][0]:
        return say("pengganti-lebih-lama", "Peraturan pengganti lebih lama daripada yang diganti.",
                   "Periksa tahun kedua peraturan.")  # fmt: skip
    at: int | None = pengganti
    seen: set[int] = set()
    while at is not None and at not in seen:
        if at == dasar_id:
            return say("pengganti-melingkar", "Peraturan pengganti berujung pada peraturan ini sendiri.",
                       "Pilih peraturan yang benar-benar menggantikannya.")  # fmt: skip
        seen.add(at)
        at = peraturan[at][1] if at in peraturan else None
    return []
