"""One row of an export: texts in, clean values and findings out. Pure, and fast: it runs once per person.

Dates become ISO texts; an empty value is "". What cannot be read is left out and reported, never guessed.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from petajabatan.inti.temuan import Temuan, Tingkat
from petajabatan.pegawai.rules.kolom import KOLOM
from petajabatan.pegawai.rules.nip import BEDA, SALAH, clean_nip, mismatches

TAHUN_WAJAR = (1900, 2100)
GOLONGAN_PNS = {f"{r}/{h}" for r in ("I", "II", "III", "IV") for h in "abcd"} | {"IV/e"}
GOLONGAN_PPPK = (
    "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI",
    "XVII",
)  # fmt: skip
_JENIS_JABATAN = {"1": "struktural", "2": "fungsional", "3": "struktural", "4": "pelaksana"}
"""SIASN jenisJabatan: 1 struktural, 2 JF, 3 rangkap (sits in the structural box), 4 pelaksana."""
_KELAMIN = {
    "l": "L", "laki-laki": "L", "laki laki": "L", "pria": "L", "m": "L", "1": "L",
    "p": "P", "perempuan": "P", "wanita": "P", "f": "P", "2": "P",
}  # fmt: skip
_STATUS = {"p": "PNS", "pns": "PNS", "c": "CPNS", "cpns": "CPNS", "pppk": "PPPK", "p3k": "PPPK"}
_ISO = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ].*)?$")
_DMY = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:[T ].*)?$")


class Baris(NamedTuple):
    """The clean values of one person, in the order of the staging table."""

    baris: int
    nip: str
    id_siasn: str
    nama: str
    gelar_depan: str
    gelar_belakang: str
    tanggal_lahir: str
    jenis_kelamin: str
    jenis: str
    kedudukan_hukum: str
    golongan: str
    tmt_golongan: str
    mk_tahun: str
    mk_bulan: str
    tmt_cpns: str
    tmt_pns: str
    tingkat: str
    pendidikan_siasn: str
    pendidikan_nama: str
    tahun_lulus: str
    jenis_jabatan: str
    jabatan_siasn: str
    jabatan_nama: str
    tmt_jabatan: str
    unor_siasn: str
    unor_nama: str
    instansi_siasn: str


def clean(value: str) -> str:
    """A cell without the marks exports add: a leading ``'``, the word ``null``, needless blanks."""
    if not value:
        return ""
    text = value.strip()
    if text[:1] == "'":
        text = text[1:].lstrip()
    if text in ("null", "NULL", "-"):
        return ""
    return text if "  " not in text and text.isprintable() else " ".join(text.split())


@lru_cache(maxsize=65536)
def iso_date(text: str) -> str | None:
    """``17-08-1990``, ``17/08/1990``, ``1990-08-17`` (with or without a time) as ISO text; None otherwise.

    Two-digit years are not read: 05 may be 1905 or 2005.
    """
    found = _DMY.match(text)
    if found:
        day, month, year = found.groups()
    else:
        found = _ISO.match(text)
        if not found:
            return None
        year, month, day = found.groups()
    try:
        date = dt.date(int(year), int(month), int(day))
    except ValueError:
        return None
    return date.isoformat() if TAHUN_WAJAR[0] <= date.year <= TAHUN_WAJAR[1] else None


@lru_cache(maxsize=4096)
def golongan_of(text: str) -> str | None:
    """``III/a`` or ``IX`` in the product's writing; None for anything else (``""`` stays)."""
    if not text:
        return ""
    room, _, letter = text.replace(" ", "").replace(".", "/").partition("/")
    value = room.upper() + (f"/{letter.lower()}" if letter else "")
    return value if value in GOLONGAN_PNS or value in GOLONGAN_PPPK else None


@lru_cache(maxsize=4096)
def jenis_of(status: str, jenis_nama: str, kedudukan: str, golongan: str, kode_nip: str) -> str:
    """PNS, CPNS, PPPK or PPPK-PW; "" when nothing says it.

    Part-time is named in words only (jenis pegawai or kedudukan). Then the status column, then the
    golongan's writing (PPPK has no letter), at last the appointment code in the NIP.
    """
    words = f"{status} {jenis_nama} {kedudukan}".lower()
    if "paruh waktu" in words:
        return "PPPK-PW"
    if "pppk" in words or "p3k" in words or "perjanjian kerja" in words:
        return "PPPK"
    known = _STATUS.get(status.lower())
    if known:
        return known
    if golongan and golongan != "I" and "/" not in golongan:
        return "PPPK"
    if "/" in golongan or "pns" in words:
        return "CPNS" if "cpns" in words else "PNS"
    if kode_nip == "21":
        return "PPPK"
    return "PNS" if "01" <= kode_nip <= "12" else ""


@lru_cache(maxsize=1024)
def kedudukan_of(kode: str, nama: str) -> str:
    """Two-digit code of the kedudukan hukum. A code the official list does not have but whose name says
    "Aktif" (PPPK) counts as 01."""
    name = " ".join(nama.lower().replace("pppk", "").replace("paruh waktu", "").split())
    if name == "aktif":
        return "01"
    return kode.zfill(2) if kode.isdigit() and len(kode) <= 4 else ""


def _small(text: str, low: int, high: int) -> str | None:
    """A whole number in range as text; "" stays; None for anything else. ``3.0`` comes from number cells."""
    if not text:
        return ""
    if text.endswith((".0", ",0")):
        text = text[:-2]
    return str(int(text)) if text.isascii() and text.isdigit() and low <= int(text) <= high else None


def temuan_baris(kode: str, tingkat: Tingkat, baris: int, kolom: str, nilai: str = "") -> Temuan:
    kalimat, perbaikan = TEKS[kode]
    return Temuan(kode, tingkat, kalimat, perbaikan, baris=baris, kolom=kolom, nilai=nilai[:80])


TEKS = (
    SALAH
    | BEDA
    | {
        "nama-kosong": ("Nama kosong.", "Isi nama sesuai surat keputusan."),
        "tanggal-tidak-terbaca": (
            "Tanggal tidak terbaca; kolom ini dikosongkan.",
            "Tulis hari-bulan-tahun dengan tahun empat angka, misalnya 17-08-1990.",
        ),
        "angka-tidak-terbaca": (
            "Bilangan tidak wajar; kolom ini dikosongkan.",
            "Isi bilangan bulat: masa kerja 0–60 tahun dan 0–11 bulan, tahun lulus 1940–2100.",
        ),
        "golongan-tidak-dikenal": (
            "Golongan tidak dikenal; dikosongkan.",
            "Isi seperti III/a (PNS) atau IX (PPPK).",
        ),
        "jenis-kelamin-tidak-dikenal": ("Jenis kelamin tidak dikenal; dikosongkan.", "Isi L atau P."),
        "jenis-pegawai-tidak-jelas": (
            "Jenis pegawai (PNS, CPNS, PPPK) tidak dapat ditentukan dari baris ini.",
            "Isi kolom status_cpns_pns, atau gol_akhir_nama.",
        ),
        "kedudukan-hukum-kosong": (
            "Kedudukan hukum kosong atau bukan kode; orang ini tidak dihitung dalam B.",
            "Isi kolom kedudukan_hukum_id dengan kode SIASN (01 = aktif).",
        ),
        "teks-terlalu-panjang": ("Isi sel lebih panjang dari yang dapat disimpan.", "Ringkas isinya."),
    }
)


def read_row(values: Sequence[str], baris: int) -> tuple[Baris, list[Temuan]]:
    """The clean row and its findings. ``values`` in the order of ``KOLOM``, "" where a column is missing;
    ``baris`` as the spreadsheet counts. A finding of level ``galat`` means the row cannot be taken."""
    (
        pns_id, raw_nip, nama, depan, belakang, lahir, kelamin, jenis_nama, kedudukan_id, kedudukan_nama,
        status, tmt_cpns, tmt_pns, gol, tmt_gol, mk_tahun, mk_bulan, jenis_jab, jabatan_id, jabatan_nama,
        tmt_jab, tingkat, pendidikan_id, pendidikan_nama, lulus, unor_id, unor_nama, instansi,
    ) = map(clean, values)  # fmt: skip
    found: list[Temuan] = []
    nip, wrong = clean_nip(raw_nip)
    if wrong:
        found.append(temuan_baris(wrong, "galat", baris, "nip_baru", raw_nip))
    if not nama:
        found.append(temuan_baris("nama-kosong", "galat", baris, "nama"))

    def date(text: str, kolom: str) -> str:
        if not text:
            return ""
        iso = iso_date(text)
        if iso is None:
            found.append(temuan_baris("tanggal-tidak-terbaca", "peringatan", baris, kolom, text))
        return iso or ""

    def number(text: str, low: int, high: int, kolom: str) -> str:
        value = _small(text, low, high)
        if value is None:
            found.append(temuan_baris("angka-tidak-terbaca", "peringatan", baris, kolom, text))
        return value or ""

    lahir, tmt_cpns, tmt_pns = (
        date(lahir, "tanggal_lahir"), date(tmt_cpns, "tmt_cpns"), date(tmt_pns, "tmt_pns"),
    )  # fmt: skip
    golongan = golongan_of(gol)
    if golongan is None:
        found.append(temuan_baris("golongan-tidak-dikenal", "peringatan", baris, "gol_akhir_nama", gol))
    sex = _KELAMIN.get(kelamin.lower(), "") if kelamin else ""
    if kelamin and not sex:
        found.append(
            temuan_baris("jenis-kelamin-tidak-dikenal", "peringatan", baris, "jenis_kelamin", kelamin)
        )
    jenis = jenis_of(status, jenis_nama, kedudukan_nama, golongan or "", nip[12:14])
    if not jenis:
        found.append(temuan_baris("jenis-pegawai-tidak-jelas", "galat", baris, "status_cpns_pns", status))
    kedudukan = kedudukan_of(kedudukan_id, kedudukan_nama)
    if not kedudukan:
        found.append(
            temuan_baris("kedudukan-hukum-kosong", "peringatan", baris, "kedudukan_hukum_id", kedudukan_id)
        )
    if nip:
        for kode in mismatches(nip, lahir, tmt_cpns, sex, jenis):
            found.append(temuan_baris(kode, "peringatan", baris, "nip_baru", nip))
    if len(nama) > 200 or len(depan) > 40 or len(belakang) > 80 or len(pns_id) > 42:
        found.append(temuan_baris("teks-terlalu-panjang", "galat", baris, "nama"))
    return (
        Baris(
            baris, nip, pns_id, nama, depan, belakang, lahir, sex, jenis, kedudukan, golongan or "",
            date(tmt_gol, "tmt_golongan"), number(mk_tahun, 0, 60, "mk_tahun"),
            number(mk_bulan, 0, 11, "mk_bulan"), tmt_cpns, tmt_pns, tingkat[:2], pendidikan_id,
            pendidikan_nama, number(lulus, 1940, 2100, "tahun_lulus"),
            _JENIS_JABATAN.get(jenis_jab, ""), jabatan_id, jabatan_nama[:250], date(tmt_jab, "tmt_jabatan"),
            unor_id, unor_nama[:250], instansi,
        ),
        found,
    )  # fmt: skip


assert len(KOLOM) == 28  # read_row unpacks them in order
