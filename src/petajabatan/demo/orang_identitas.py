"""NIP, dates, golongan and education of a synthetic person for one seat. Pure."""

from __future__ import annotations

import datetime as dt
import random

from petajabatan.demo.orang import GOLONGAN, HARI_ACUAN, MASUK, OrangDemo, Syarat, nama_orang, pendidikan

KODE_PPPK = "21"
"""Digits 13–14 of a PPPK's NIP, where a PNS has the month of appointment (general knowledge)."""

LULUS = {"05": 12, "10": 15, "15": 18, "17": 18, "30": 21, "35": 22, "40": 22, "42": 24, "45": 28, "50": 36}
"""Youngest age at graduation by level of education."""

GOLONGAN_PPPK = {"05": "I", "10": "IV", "15": "V", "17": "V", "30": "VII", "35": "IX", "40": "IX", "42": "X",
                 "45": "X", "50": "XI"}  # fmt: skip
"""Perpres 98/2020 by education (general knowledge)."""
GOLONGAN_PPPK_JF = {"keterampilan": "VII", "keahlian": "IX"}

GELOMBANG_PPPK = ((2021, 2), (2022, 3), (2022, 5), (2023, 6), (2024, 3), (2024, 5), (2025, 3), (2025, 6))
GELOMBANG_PW = ((2025, 10), (2026, 1))
PNS_TERAKHIR = dt.date(2025, 4, 1)
"""The last start of service that is a full PNS on the day of reference; later ones are CPNS."""


class PabrikNip:
    """Hands out NIP: birth date, start, sex, and a serial number counted within the three."""

    def __init__(self) -> None:
        self._urut: dict[str, int] = {}

    def nip(self, lahir: dt.date, mulai: dt.date, kelamin: str, *, pppk: bool) -> str:
        kode = KODE_PPPK if pppk else f"{mulai.month:02}"
        awal = f"{lahir:%Y%m%d}{mulai.year}{kode}{'1' if kelamin == 'L' else '2'}"
        self._urut[awal] = self._urut.get(awal, 0) + 1
        return f"{awal}{self._urut[awal]:03}"


def buat_orang(syarat: Syarat, jenis: str, rnd: random.Random, pabrik: PabrikNip) -> OrangDemo:
    """A person who fits a seat. ``jenis``: PNS, CPNS, PPPK or PPPK-PW."""
    kelamin = "P" if rnd.random() < syarat.perempuan else "L"
    pend = pendidikan()[rnd.choice(syarat.pendidikan)]
    tingkat = pend["tingkat"]
    umur_lulus = LULUS[tingkat] + rnd.randint(0, 2)
    if jenis in ("PPPK", "PPPK-PW"):
        mulai = dt.date(*rnd.choice(GELOMBANG_PPPK if jenis == "PPPK" else GELOMBANG_PW), 1)
        umur_masuk = rnd.uniform(max(umur_lulus + 2, 25), 46)
        gol = GOLONGAN_PPPK_JF.get(syarat.kelompok) or GOLONGAN_PPPK[tingkat]
        tmt_gol, tmt_pns = mulai, None
    elif jenis == "CPNS":
        mulai = rnd.choice((dt.date(2026, 1, 1), dt.date(2026, 3, 1), dt.date(2026, 4, 1)))
        umur_masuk = rnd.uniform(umur_lulus + 1, max(33, umur_lulus + 4))
        gol, tmt_gol, tmt_pns = GOLONGAN[MASUK[tingkat]], mulai, None
    else:
        mulai, indeks, umur_masuk = _karier(syarat, tingkat, umur_lulus, rnd)
        gol = GOLONGAN[indeks]
        tmt_gol = _tmt_golongan(mulai, indeks - MASUK[tingkat], rnd)
        tmt_pns = mulai.replace(year=mulai.year + 1)
    lahir = _lahir(mulai, umur_masuk, syarat.bup, rnd)
    mk = (HARI_ACUAN.year - mulai.year) * 12 + HARI_ACUAN.month - mulai.month
    return OrangDemo(
        nip=pabrik.nip(lahir, mulai, kelamin, pppk=jenis.startswith("PPPK")),
        nama=nama_orang(kelamin, rnd),
        gelar_depan=pend["gelar_depan"],
        gelar_belakang=pend["gelar_belakang"],
        lahir=lahir,
        kelamin=kelamin,
        jenis=jenis,
        golongan=gol,
        tmt_golongan=tmt_gol,
        mk_tahun=mk // 12,
        mk_bulan=mk % 12,
        tmt_cpns=mulai,
        tmt_pns=tmt_pns,
        pendidikan=pend["nama"],
        tahun_lulus=min(lahir.year + umur_lulus, HARI_ACUAN.year - 1),
    )


def _karier(syarat: Syarat, tingkat: str, umur_lulus: int, rnd: random.Random) -> tuple[dt.date, int, float]:
    """Start of service, golongan reached and age at the start, so that all three agree with the seat."""
    masuk = MASUK[tingkat]
    if syarat.kelompok.startswith("manajerial") or tingkat in ("45", "50"):
        masuk = min(masuk, 8)  # the higher degree came later in the career
        umur_lulus = min(umur_lulus, 24)
    rendah = max(syarat.gol_min, masuk)
    indeks = rnd.randint(rendah, max(rendah, syarat.gol_maks))
    tahun = (indeks - masuk) * (3.3 if syarat.kelompok == "manajerial-puncak" else 3.9) + rnd.uniform(1.2, 4)
    tahun += rnd.triangular(0, 10, 1)  # promotions come later than they could
    if indeks >= syarat.gol_maks and syarat.kelompok.startswith("pelaksana"):
        tahun += rnd.uniform(0, 9)  # the ceiling of the post
    umur_masuk = rnd.triangular(umur_lulus + 1, umur_lulus + 14, umur_lulus + 4)
    batas = syarat.bup - 0.1
    if umur_masuk + tahun > batas:
        umur_masuk = max(umur_lulus + 0.5, 19.0)
        tahun = min(tahun, batas - umur_masuk)
    mulai = HARI_ACUAN - dt.timedelta(days=int(tahun * 365.25))
    mulai = min(dt.date(mulai.year, rnd.choice((1, 3, 4, 12)), 1), PNS_TERAKHIR)
    return mulai, indeks, umur_masuk


def _tmt_golongan(mulai: dt.date, naik: int, rnd: random.Random) -> dt.date:
    """Last promotion: 1 April or 1 October of the last four years, never before the appointment."""
    if naik <= 0:
        return mulai
    tmt = dt.date(HARI_ACUAN.year - rnd.randint(0, 3), rnd.choice((4, 10)), 1)
    return max(tmt, mulai)


def _lahir(mulai: dt.date, umur_masuk: float, bup: int, rnd: random.Random) -> dt.date:
    """A birth date that gives the age at the start and lies before the age limit on the day of reference."""
    lahir = mulai - dt.timedelta(days=int(umur_masuk * 365.25) + rnd.randint(0, 27))
    batas = HARI_ACUAN.replace(year=HARI_ACUAN.year - bup) + dt.timedelta(days=3 + rnd.randint(0, 200))
    if lahir < batas:
        lahir = batas
    return min(lahir, mulai.replace(year=mulai.year - 18, day=1))
