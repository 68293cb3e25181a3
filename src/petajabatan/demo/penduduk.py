"""All people of one organisation: seats filled, acting heads, part-timers and a few defects. Pure."""

from __future__ import annotations

import datetime as dt
import random

from petajabatan.demo.bentuk import BENIH, KotakDemo, Susunan, UnitDemo, acak
from petajabatan.demo.orang import HARI_ACUAN, OrangDemo, Syarat, TugasDemo, syarat
from petajabatan.demo.orang_identitas import PabrikNip, buat_orang
from petajabatan.demo.orang_karier import Latar, susun_riwayat

CACAT_TANPA_KOTAK = 0.012
CACAT_TANPA_JABATAN = 0.010
CACAT_TANPA_UNOR = 0.004
"""Shares of people whose present post finds no box, no jabatan, or no unit on the map."""

UNIT_LAMA = "UPT Rumah Potong Hewan"
JABATAN_TAK_DIKENAL = ("Pengadministrasi Umum", "Staf Teknis", "Pengelola Barang Milik Daerah", "Caraka")


def susun_penduduk(susunan: Susunan, pabrik: PabrikNip, *, benih: int = BENIH) -> list[OrangDemo]:
    """People on the boxes of an organisation as of its latest version."""
    latar = Latar(susunan)
    hasil: list[OrangDemo] = []
    kepala: dict[str, OrangDemo] = {}
    for unit in susunan.unit.values():
        for kotak in unit.kotak:
            minta = syarat(unit, kotak)
            rnd = acak(susunan.instansi, unit.kunci, kotak.nama, benih=benih)
            for _ in range(kotak.isi):
                orang = buat_orang(minta, _jenis(kotak, minta, rnd), rnd, pabrik)
                orang.tugas = susun_riwayat(orang, unit, kotak, latar, rnd)
                orang.kedudukan = _kedudukan(kotak, rnd)
                if not kotak.kepala:
                    _cacat(orang, unit, rnd)
                else:
                    kepala[unit.kunci] = orang
                hasil.append(orang)
            if kotak.jenis == "pelaksana" and kotak.k and rnd.random() < 0.1:
                orang = buat_orang(minta, "PPPK-PW", rnd, pabrik)
                orang.tugas = susun_riwayat(orang, unit, kotak, latar, rnd)
                hasil.append(orang)
    _pelaksana_tugas(susunan, kepala, benih)
    return hasil


def _jenis(kotak: KotakDemo, minta: Syarat, rnd: random.Random) -> str:
    """PNS, CPNS or PPPK: contract staff sit on entry posts only, managers are always PNS."""
    if kotak.jabatan is None or kotak.kepala:
        return "PNS"
    nama, nilai = kotak.nama, rnd.random()
    pemula = nama.endswith(("Ahli Pertama", "Terampil", "Pemula"))
    if pemula:
        if nama.startswith("Guru"):
            return "PPPK" if nilai < 0.62 else "CPNS" if nilai < 0.66 else "PNS"
        return "PPPK" if nilai < 0.3 else "CPNS" if nilai < 0.37 else "PNS"
    if minta.kelompok.startswith("pelaksana"):
        return "PPPK" if nilai < 0.14 else "CPNS" if nilai < 0.17 else "PNS"
    return "PNS"


def _kedudukan(kotak: KotakDemo, rnd: random.Random) -> str:
    """Kedudukan hukum of SIASN: 01 active, 03 study assignment, 02 unpaid leave."""
    nilai = rnd.random()
    if kotak.kepala or nilai >= 0.007:
        return "01"
    return "03" if nilai < 0.005 else "02"


def _cacat(orang: OrangDemo, unit: UnitDemo, rnd: random.Random) -> None:
    """Make the present post of a few people one that the map cannot place, as in real data."""
    kini, nilai = orang.tugas[-1], rnd.random()
    if nilai < CACAT_TANPA_KOTAK:
        nama = "Penelaah Teknis Kebijakan"
        if any(k.nama == nama for k in unit.kotak):
            nama = "Penata Layanan Operasional"
        if not any(k.nama == nama for k in unit.kotak):
            kini.kotak, kini.jabatan, kini.nama_jabatan = None, nama, nama
    elif nilai < CACAT_TANPA_KOTAK + CACAT_TANPA_JABATAN:
        kini.kotak, kini.jabatan = None, None
        kini.nama_jabatan = rnd.choice(JABATAN_TAK_DIKENAL)
    elif nilai < CACAT_TANPA_KOTAK + CACAT_TANPA_JABATAN + CACAT_TANPA_UNOR:
        kini.kotak, kini.unit = None, None
        kini.nama_unor = f"{unit.nama} (susunan lama)"


def _pelaksana_tugas(susunan: Susunan, kepala: dict[str, OrangDemo], benih: int) -> None:
    """An acting head (PLT) for most vacant heads, some daily acting heads (PLH) beside present ones."""
    anak: dict[str | None, list[str]] = {}
    for unit in susunan.unit.values():
        anak.setdefault(unit.atasan, []).append(unit.kunci)
    for unit in susunan.unit.values():
        rnd = acak(susunan.instansi, unit.kunci, "plt", benih=benih)
        kotak = unit.kepala
        if kotak is None:
            continue
        calon = [kepala[k] for k in anak.get(unit.kunci, []) if k in kepala]
        calon += [kepala[k] for k in anak.get(unit.atasan, []) if k in kepala and k != unit.kunci]
        calon = [o for o in calon if all(t.jenis == "D" for t in o.tugas)]
        if not calon:
            continue
        orang = rnd.choice(calon)
        dari = HARI_ACUAN - dt.timedelta(days=rnd.randint(20, 300))
        tugas = TugasDemo(
            unit.kunci, kotak.jabatan, unit.nama, kotak.nama, dari.replace(day=1), kotak=kotak.nama
        )
        if unit.kunci not in kepala:
            if rnd.random() < 0.8:
                tugas.jenis = "PLT"
                orang.tugas.append(tugas)
        elif rnd.random() < 0.04:
            tugas.jenis, tugas.sampai = "PLH", tugas.dari + dt.timedelta(days=rnd.randint(3, 14))
            orang.tugas.append(tugas)


def pindahan_unit_tutup(orang: list[OrangDemo], unit: str, tanggal: dt.date) -> None:
    """Give some people of the taking-over unit a last post on the unit that version 2 closed.

    The units of version 2 no longer hold it; the identity of version 1 still resolves their service.
    """
    pindah = [o for o in orang if o.tugas and o.tugas[-1].unit == unit and o.tmt_cpns < dt.date(2020, 1, 1)]
    for o in [x for x in pindah if not x.tugas[-1].nama_jabatan.startswith("Kepala")][:4]:
        kini = o.tugas[-1]
        o.tugas = [t for t in o.tugas[:-1] if t.sampai is not None and t.sampai <= dt.date(2024, 1, 1)]
        mulai = o.tugas[-1].sampai if o.tugas else o.tmt_cpns
        lama = TugasDemo("upt-rph", kini.jabatan, UNIT_LAMA, kini.nama_jabatan, mulai or o.tmt_cpns, tanggal)
        kini.dari, kini.sementara = tanggal, True
        o.tugas += [lama, kini]
