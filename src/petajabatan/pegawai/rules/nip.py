"""What the 18 digits of a NIP say, and how spreadsheets spoil them.

Digits 1–8: date of birth. PNS: 9–14 year and month of appointment as CPNS. PPPK: 9–12 year, 13–14 the code
21. Digit 15: sex (1 man, 2 woman). 16–18: serial, from 001. Source: Peraturan Kepala BKN 22/2007 and 43/2007
(PNS); the code of PPPK is general knowledge, therefore a mismatch there is only worth a look.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache

KODE_PPPK = "21"
_SCIENTIFIC = re.compile(r"^\d([.,]\d+)?[eE]\+?\d+$")
_FLOAT = re.compile(r"^\d{15,20}[.,]0+$")
_SEPARATED = re.compile(r"[\s.\-\u00a0]")

SALAH = {
    "nip-kosong": (
        "NIP kosong.",
        "Isi NIP 18 angka; untuk orang tanpa NIP, hapus barisnya.",
    ),
    "nip-notasi-ilmiah": (
        "NIP berubah menjadi bilangan bernotasi ilmiah; angka belakangnya sudah hilang.",
        "Jangan perbaiki di tempat: unduh ulang dari SIASN, lalu impor kolom NIP sebagai Teks.",
    ),
    "nip-angka-hilang": (
        "Tiga angka terakhir NIP menjadi 000: lembar kerja hanya menyimpan 15 angka.",
        "Unduh ulang dari SIASN; buka berkas dengan kolom NIP berjenis Teks.",
    ),
    "nip-kurang-angka": (
        "NIP kurang dari 18 angka; biasanya nol yang hilang di lembar kerja.",
        "Unduh ulang dari SIASN, atau lengkapi dari surat keputusan; jangan menebak nolnya.",
    ),
    "nip-lama": (
        "Ini NIP lama (9 angka).",
        "Pakai NIP baru 18 angka (kolom nip_baru).",
    ),
    "nip-kelebihan-angka": (
        "NIP lebih dari 18 angka.",
        "Periksa apakah dua nilai tergabung dalam satu sel.",
    ),
    "nip-bukan-angka": (
        "NIP berisi selain angka.",
        "Isi 18 angka tanpa huruf.",
    ),
    "nip-tanggal-mustahil": (
        "Delapan angka pertama NIP bukan tanggal lahir yang mungkin.",
        "Cocokkan dengan surat keputusan pengangkatan.",
    ),
    "nip-jenis-kelamin-mustahil": (
        "Angka ke-15 NIP harus 1 (laki-laki) atau 2 (perempuan).",
        "Cocokkan dengan surat keputusan pengangkatan.",
    ),
}
"""Why a value cannot be a NIP: code → (what is wrong, remedy). A row with one of these is refused."""

BEDA = {
    "nip-beda-tanggal-lahir": (
        "Tanggal lahir di NIP berbeda dari kolom tanggal_lahir.",
        "Perbaiki melalui peremajaan data, atau laporkan NIP yang keliru; baris tetap dapat dimuat.",
    ),
    "nip-beda-tmt-cpns": (
        "Tahun dan bulan pengangkatan di NIP berbeda dari kolom tmt_cpns.",
        "Periksa TMT CPNS pada surat keputusan; baris tetap dapat dimuat.",
    ),
    "nip-beda-jenis-kelamin": (
        "Jenis kelamin di NIP berbeda dari kolom jenis_kelamin.",
        "Perbaiki melalui peremajaan data; baris tetap dapat dimuat.",
    ),
    "nip-kode-pengangkatan": (
        "Angka 13–14 NIP tidak sesuai dengan jenis pegawai (PNS: bulan 01–12; PPPK: umumnya 21).",
        "Periksa jenis pegawai dan NIP; baris tetap dapat dimuat.",
    ),
}
"""Where a NIP and the other columns disagree: findings, never a refusal."""


@dataclass(frozen=True, slots=True)
class IsiNip:
    """The parts of a possible NIP. ``bulan_angkat`` None when digits 13–14 are no month (PPPK)."""

    tanggal_lahir: dt.date
    tahun_angkat: int
    bulan_angkat: int | None
    kode_angkat: str
    jenis_kelamin: str
    urut: int

    @property
    def pppk(self) -> bool:
        return self.kode_angkat == KODE_PPPK


@lru_cache(maxsize=65536)
def _birth(digits: str) -> dt.date | None:
    try:
        return dt.date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return None


def clean_nip(raw: str) -> tuple[str, str]:
    """The 18 digits and no code, or "" and the code (a key of ``SALAH``) of what is wrong.

    Separators people write for reading (``19800101 200501 1 001``) are taken out; nothing is ever filled in.
    """
    if len(raw) == 18 and raw.isdigit() and raw.isascii():
        return _possible(raw)
    text = raw.strip().lstrip("'`’")
    if not text:
        return "", "nip-kosong"
    if _SCIENTIFIC.match(text):
        return "", "nip-notasi-ilmiah"
    if _FLOAT.match(text):  # a number cell: beyond 15 digits a float is not what was typed
        return "", "nip-angka-hilang"
    digits = _SEPARATED.sub("", text)
    if not (digits.isascii() and digits.isdigit()):
        return "", "nip-bukan-angka"
    if len(digits) == 18:
        return _possible(digits)
    if len(digits) == 9:
        return "", "nip-lama"
    return "", "nip-kurang-angka" if len(digits) < 18 else "nip-kelebihan-angka"


def _possible(digits: str) -> tuple[str, str]:
    if digits[15:] == "000":
        return "", "nip-angka-hilang"
    if _birth(digits[:8]) is None:
        return "", "nip-tanggal-mustahil"
    if digits[14] not in "12":
        return "", "nip-jenis-kelamin-mustahil"
    return digits, ""


def parse_nip(nip: str) -> IsiNip | None:
    """The parts of a NIP that ``clean_nip`` let through; None for anything else."""
    digits, wrong = clean_nip(nip)
    if wrong:
        return None
    birth = _birth(digits[:8])
    if birth is None:
        return None
    code = digits[12:14]
    month = int(code) if "01" <= code <= "12" else None
    return IsiNip(birth, int(digits[8:12]), month, code, "L" if digits[14] == "1" else "P", int(digits[15:]))


def mismatches(nip: str, lahir: str, tmt_cpns: str, jenis_kelamin: str, jenis: str) -> tuple[str, ...]:
    """Codes (keys of ``BEDA``) where a clean NIP and the other columns disagree; () when they agree.

    Dates are ISO texts, ``""`` where the column is empty: what is not known cannot disagree. Written on
    texts because it runs once per row of a national file.
    """
    found: list[str] = []
    if lahir and (nip[:4] != lahir[:4] or nip[4:6] != lahir[5:7] or nip[6:8] != lahir[8:]):
        found.append("nip-beda-tanggal-lahir")
    code = nip[12:14]
    if jenis in ("PPPK", "PPPK-PW"):
        if tmt_cpns and nip[8:12] != tmt_cpns[:4]:
            found.append("nip-beda-tmt-cpns")
        if jenis == "PPPK" and code != KODE_PPPK:
            found.append("nip-kode-pengangkatan")
    elif jenis in ("PNS", "CPNS"):
        if not "01" <= code <= "12":
            found.append("nip-kode-pengangkatan")
        elif tmt_cpns and (nip[8:12] != tmt_cpns[:4] or code != tmt_cpns[5:7]):
            found.append("nip-beda-tmt-cpns")
    if jenis_kelamin and (nip[14] == "1") != (jenis_kelamin == "L"):
        found.append("nip-beda-jenis-kelamin")
    return tuple(found)
