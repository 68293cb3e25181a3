"""Earlier posts of a synthetic person: one to four, without a gap, each fitting the one after it. Pure."""

from __future__ import annotations

import datetime as dt
import random

from petajabatan.demo import sumber
from petajabatan.demo.bentuk import KotakDemo, Susunan, UnitDemo
from petajabatan.demo.orang import HARI_ACUAN, OrangDemo, TugasDemo

TANGGA = {"MH": "TR", "PY": "MH", "MU": "PT", "MA": "MU", "UT": "MA", "TR": "PM"}
"""The jenjang before a jenjang."""
JABATAN_LAMA = ("Staf", "Pengadministrasi Umum", "Pengelola Kepegawaian", "Bendahara", "Pengelola Keuangan")
"""Names of posts from before the present nomenclature; they match no jabatan of the reference list."""


class Latar:
    """Where earlier posts may have been: units of one organisation by level and by the JF they hold."""

    def __init__(self, susunan: Susunan) -> None:
        self.eselon: dict[str, list[UnitDemo]] = {}
        for unit in susunan.unit.values():
            if unit.eselon and unit.kepala:
                self.eselon.setdefault(unit.eselon, []).append(unit)
        self.rumpun: dict[str, list[UnitDemo]] = {}
        for unit in susunan.unit.values():
            for kelompok in {rumpun_jf(k.jabatan) for k in unit.kotak} - {""}:
                self.rumpun.setdefault(kelompok, []).append(unit)
        self.kantor = [u for u in susunan.unit.values() if u.eselon in ("31", "32", "41")]

    def satu_tingkat_di_bawah(self, eselon: str) -> list[UnitDemo]:
        urutan = ["42", "41", "32", "31", "22", "21", "11", "10"]
        for kode in urutan[urutan.index(eselon) - 1 :: -1] if eselon != "42" else ():
            if self.eselon.get(kode):
                return self.eselon[kode]
        return []


def susun_riwayat(
    orang: OrangDemo, unit: UnitDemo, kotak: KotakDemo, latar: Latar, rnd: random.Random
) -> list[TugasDemo]:
    """The assignments of a career ending on the box: earlier ones closed, the present one open."""
    mulai = orang.tmt_cpns
    tahun = (HARI_ACUAN - mulai).days / 365.25
    sebelumnya = 0 if tahun < 2.5 or orang.jenis.startswith("PPPK") else min(4, max(1, round(tahun / 6)))
    batas = _tanggal(mulai, sebelumnya, rnd)
    tugas = [
        TugasDemo(unit.kunci, kotak.jabatan, unit.nama, kotak.nama, batas[-1], kotak=kotak.nama),
    ]
    acuan: tuple[UnitDemo, KotakDemo | None, str | None] = (unit, kotak, kotak.jabatan)
    for dari, sampai in zip(batas[-2::-1], batas[:0:-1], strict=False):
        acuan = _sebelum(acuan, latar, rnd)
        asal, kotak_asal, jabatan = acuan
        nama = kotak_asal.nama if kotak_asal else jabatan or rnd.choice(JABATAN_LAMA)
        tugas.append(TugasDemo(asal.kunci, jabatan, asal.nama, nama, dari, sampai))
    return tugas[::-1]


def _tanggal(mulai: dt.date, sebelumnya: int, rnd: random.Random) -> list[dt.date]:
    """Starts of the posts, ascending: the first on appointment, the others on first days of months."""
    bulan = (HARI_ACUAN.year - mulai.year) * 12 + HARI_ACUAN.month - mulai.month
    if bulan < 2 or not sebelumnya:
        return [mulai]
    titik = sorted(rnd.sample(range(1, bulan), min(sebelumnya, bulan - 1)))
    hasil = [mulai]
    for t in titik:
        tahun, sisa = divmod(mulai.month - 1 + t, 12)
        hasil.append(dt.date(mulai.year + tahun, sisa + 1, 1))
    return hasil


def _sebelum(
    acuan: tuple[UnitDemo, KotakDemo | None, str | None], latar: Latar, rnd: random.Random
) -> tuple[UnitDemo, KotakDemo | None, str | None]:
    """The post before a post: lower level for a manager, lower jenjang for a JF, another office else."""
    unit, kotak, jabatan = acuan
    if kotak is not None and kotak.jabatan is None:
        bawah = latar.satu_tingkat_di_bawah(unit.eselon or "42")
        if bawah:
            asal = rnd.choice(bawah)
            return asal, asal.kepala, None
        return rnd.choice(latar.kantor), None, None
    row = sumber.jabatan().get((jabatan or "").lower())
    if row and row["jenis"] == "fungsional":
        sejenis = latar.rumpun.get(rumpun_jf(jabatan)) or [unit]
        asal = rnd.choice(sejenis) if rnd.random() < 0.5 else unit
        lebih_rendah = jenjang_di_bawah(row)
        return asal, None, lebih_rendah or row["nama"]
    asal = rnd.choice(latar.kantor) if rnd.random() < 0.6 else unit
    return asal, None, jabatan if rnd.random() < 0.4 else None


def rumpun_jf(jabatan: str | None) -> str:
    """Group of a JF (SIASN id), or its own name where the list gives none; empty for other posts."""
    row = sumber.jabatan().get((jabatan or "").lower())
    return (row["kelompok"] or row["nama"]) if row and row["jenis"] == "fungsional" else ""


def jenjang_di_bawah(row: dict[str, str]) -> str | None:
    """Name of the same JF one jenjang lower, where the demonstration knows it."""
    sebelum = TANGGA.get(row["jenjang"])
    for lain in sumber.jabatan().values():
        if lain["kelompok"] and lain["kelompok"] == row["kelompok"] and lain["jenjang"] == sebelum:
            return lain["nama"]
    return None
