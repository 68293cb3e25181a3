"""Synthetic people: shapes, and what a seat asks of the person on it. Pure and reproducible by seed.

Nobody here exists. Names are drawn from lists of common parts, dates and numbers at random.
"""

from __future__ import annotations

import datetime as dt
import functools
import random
from dataclasses import dataclass, field

from petajabatan.demo import sumber
from petajabatan.demo.bentuk import KotakDemo, UnitDemo

HARI_ACUAN = dt.date(2026, 11, 1)
"""The day the people are composed for: ages, service and present posts are true on this day."""

GOLONGAN = (
    "I/a", "I/b", "I/c", "I/d", "II/a", "II/b", "II/c", "II/d", "III/a", "III/b", "III/c", "III/d",
    "IV/a", "IV/b", "IV/c", "IV/d", "IV/e",
)  # fmt: skip


@dataclass(slots=True)
class TugasDemo:
    """One assignment: on a box of the map (``kotak`` names it), or only on a unit, or on neither."""

    unit: str | None
    jabatan: str | None
    nama_unor: str
    nama_jabatan: str
    dari: dt.date
    sampai: dt.date | None = None
    jenis: str = "D"
    kotak: str | None = None
    sementara: bool = False


@dataclass(slots=True)
class OrangDemo:
    """A synthetic person with the assignments of a whole career, the present one last."""

    nip: str
    nama: str
    gelar_depan: str
    gelar_belakang: str
    lahir: dt.date
    kelamin: str
    jenis: str
    golongan: str
    tmt_golongan: dt.date
    mk_tahun: int
    mk_bulan: int
    tmt_cpns: dt.date
    tmt_pns: dt.date | None
    pendidikan: str
    tahun_lulus: int
    kedudukan: str = "01"
    tugas: list[TugasDemo] = field(default_factory=list)


@dataclass(frozen=True)
class Syarat:
    """What a seat asks: kind of post, range of golongan (index into GOLONGAN), age limit, education."""

    kelompok: str
    gol_min: int
    gol_maks: int
    bup: int
    pendidikan: tuple[str, ...]
    perempuan: float


_JF = {"PM": (4, 5), "TR": (6, 7), "MH": (8, 9), "PY": (10, 11), "PT": (8, 9), "MU": (10, 11), "MA": (12, 14),
       "UT": (15, 16)}  # fmt: skip
"""Range of golongan by jenjang (PermenPANRB 1/2023, general knowledge)."""
_ESELON = {"10": (16, 16), "11": (15, 16), "21": (13, 15), "22": (13, 14), "31": (12, 13), "32": (11, 12),
           "41": (10, 11), "42": (9, 10)}  # fmt: skip
"""Range of golongan usual for an eselon (general knowledge)."""
_PELAKSANA = {7: ("pelaksana-s1", 8, 11), 6: ("pelaksana-d3", 6, 10), 5: ("pelaksana-slta", 4, 9),
              3: ("pelaksana-dasar", 0, 5)}  # fmt: skip

MASUK = {"05": 0, "10": 2, "15": 4, "17": 4, "30": 6, "35": 8, "40": 8, "42": 8, "45": 9, "50": 9}
"""Golongan on appointment by level of education (index into GOLONGAN; general knowledge)."""


def syarat(unit: UnitDemo, kotak: KotakDemo) -> Syarat:
    """What the seats of a box ask for."""
    if kotak.jabatan is None:
        rendah, tinggi = _ESELON[unit.eselon or "41"]
        puncak = (unit.eselon or "41") in ("10", "11", "21", "22")
        kelompok = "manajerial-puncak" if puncak else "manajerial"
        return Syarat(kelompok, rendah, tinggi, 60 if puncak else 58, *kualifikasi("", kelompok))
    row = sumber.jabatan()[kotak.jabatan.lower()]
    if row["jenis"] == "fungsional":
        rendah, tinggi = _JF[row["jenjang"]]
        kelompok = "keterampilan" if row["jenjang"] in ("PM", "TR", "MH", "PY") else "keahlian"
        nama = kotak.jabatan
        if nama.startswith("Guru"):
            nama = f"Guru {'SMP' if unit.nama.startswith('SMP') else 'SD'}"
        pendidikan, perempuan = kualifikasi(nama, kelompok)
        if pendidikan[0].startswith(("SLTA", "SMA")):
            rendah = min(rendah, 5)
        return Syarat(kelompok, rendah, tinggi, int(row["bup"]), pendidikan, perempuan)
    kelompok, rendah, tinggi = _PELAKSANA[kotak.kelas or 5]
    return Syarat(kelompok, rendah, tinggi, 58, *kualifikasi(kotak.jabatan, kelompok))


@functools.cache
def kualifikasi(nama: str, kelompok: str) -> tuple[tuple[str, ...], float]:
    """Educations (repeated by weight) and share of women for a jabatan; the longest beginning wins."""
    cocok = [
        row
        for row in sumber.baris("kualifikasi")
        if row["kelompok"] == kelompok and nama.startswith(row["awalan"])
    ]
    row = max(cocok, key=lambda r: len(r["awalan"]))
    pilihan: list[str] = []
    for bagian in row["pendidikan"].split(";"):
        nama_pendidikan, _, berat = bagian.partition("*")
        pilihan += [nama_pendidikan] * int(berat or 1)
    return tuple(pilihan), float(row["perempuan"])


@functools.cache
def pendidikan() -> dict[str, dict[str, str]]:
    return {row["nama"]: row for row in sumber.baris("pendidikan")}


@functools.cache
def bagian_nama() -> dict[str, tuple[str, ...]]:
    return {row["jenis"]: tuple(row["nama"].split()) for row in sumber.baris("nama_orang")}


def nama_orang(kelamin: str, rnd: random.Random) -> str:
    """A full name from common Javanese and Indonesian parts."""
    depan, belakang = bagian_nama()[kelamin], bagian_nama()[f"belakang-{kelamin}"]
    kata = [rnd.choice(depan)]
    if rnd.random() < 0.3:
        kata.append(rnd.choice([n for n in depan if n != kata[0]]))
    if len(kata) == 1 or rnd.random() < 0.35:
        kata.append(rnd.choice(belakang))
    if kelamin == "L" and rnd.random() < 0.05:
        kata.insert(0, "Muhammad")
    return " ".join(kata)
