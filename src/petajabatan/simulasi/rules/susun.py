"""The workbench structures are put together on: units with their heads, boxes by pattern, seats by place."""

from __future__ import annotations

import functools
import random

from petajabatan.demo import sumber
from petajabatan.demo.susunan import JENJANG_ESELON, sebutan_pimpinan
from petajabatan.simulasi.rules.bentuk import Bahan, Kotak, Unit
from petajabatan.simulasi.rules.data import ragam, sebaran
from petajabatan.simulasi.rules.rujukan import Rujukan, kelas_jabatan, syarat_jabatan, syarat_kepala

JAWA_BALI = frozenset({"31", "32", "33", "34", "35", "36", "51"})
JAUH = frozenset({"53", "81", "82", "91", "92", "93", "94", "95", "96"})
"""Provinces of NTT, Maluku and Papua."""


def generator(benih: int, *kunci: str) -> random.Random:
    """A generator of its own for everything that has a key: independent of order and of workers."""
    return random.Random("/".join((str(benih), *kunci)))  # noqa: S311 (invented people, not secrets)


@functools.cache
def daya_tarik(benih: int, wilayah: str | None) -> float:
    """How easily seats are filled there: > 1 in towns and busy kecamatan, < 1 in remote ones."""
    s = sebaran()
    if wilayah is None:
        return s["daya-jawa"]
    kab = wilayah[:5]
    if wilayah[:2] in JAUH:
        daya = s["daya-jauh"]
    elif len(kab) == 5 and int(kab[3:]) > 70:
        daya = s["daya-kota"]
    else:
        daya = s["daya-jawa"] if wilayah[:2] in JAWA_BALI else s["daya-luar-jawa"]
    if len(wilayah) > 5:
        nilai = generator(benih, "daya", wilayah).random()
        if nilai < s["kecamatan-terpencil"]:
            daya *= s["daya-terpencil"]
        elif nilai > 1 - s["kecamatan-pusat"]:
            daya *= s["daya-pusat"]
    return daya


class Penyusun:
    """Collects the units of one instansi. ``skala`` > 1 repeats units of service and multiplies office
    staff."""

    def __init__(self, bahan: Bahan, rujukan: Rujukan, benih: int, skala: float = 1.0) -> None:
        self.bahan, self.rujukan, self.benih = bahan, rujukan, benih
        self.lipat = max(1.0, skala)
        self.rnd = generator(benih, bahan.id_siasn, "susunan")
        self.unit: list[Unit] = []
        self._sebaran = sebaran()

    def bulatkan(self, nilai: float) -> int:
        """Round at random so that the mean is kept."""
        dasar = int(nilai)
        return dasar + (self.rnd.random() < nilai - dasar)

    def salinan(self) -> int:
        """How many times a unit of service stands: once, at scale 1.5 every second one twice."""
        return self.bulatkan(self.lipat)

    def daya(self, wilayah: str | None) -> float:
        """See ``daya_tarik``."""
        return daya_tarik(self.benih, wilayah)

    def tambah(
        self,
        kind: str,
        nama: str,
        atasan: int | None,
        *,
        nama_jabatan: str = "",
        wilayah: str | None = None,
        urusan: tuple[str, ...] = (),
        pola: str = "",
        kode: tuple[tuple[str, str, bool], ...] = (),
    ) -> int:
        """Add a unit of a known kind (``ragam.csv``) with its head and the boxes of its patterns; its
        index."""
        bentuk = ragam()[kind]
        judul = nama_jabatan or sebutan_pimpinan(bentuk["jabatan"], nama)
        unit = Unit(
            nama[:250], judul[:250], bentuk["jenis"], kind, bentuk["eselon"] or None, wilayah, urusan, atasan,
            kode,
        )  # fmt: skip
        self.unit.append(unit)
        if bentuk["kelas"]:
            self.kepala(unit, int(bentuk["kelas"]))
        for satu in filter(None, [bentuk["pola"], *pola.split(";")]):
            self.isi_pola(unit, satu)
        return len(self.unit) - 1

    def kepala(self, unit: Unit, kelas: int) -> None:
        """The managerial head box of a unit, vacant at times."""
        terisi = int(self.rnd.random() >= self._sebaran["kepala-kosong"])
        unit.kotak.append(
            Kotak(
                unit.nama_jabatan, "struktural", None, JENJANG_ESELON.get(unit.eselon or "", "JPT-MADYA"),
                kelas,
                1, terisi, syarat_kepala(unit.eselon or "41"), True,
            )
        )  # fmt: skip

    def kepala_jf(self, unit: Unit, jabatan: str, syarat: str = "") -> None:
        """A head box held by a JF as an additional task: school, puskesmas, KUA."""
        acuan = self.rujukan.cari(jabatan)
        if acuan is None:
            return
        kelas = kelas_jabatan(acuan, jabatan)
        terisi = int(self.rnd.random() >= 1.5 * self._sebaran["kepala-kosong"])
        unit.kotak.append(
            Kotak(
                unit.nama_jabatan, acuan.jenis, acuan.id, acuan.jenjang, kelas, 1, terisi,
                syarat_jabatan(acuan, syarat or jabatan, kelas), True,
            )
        )  # fmt: skip

    def kotak(self, unit: Unit, jabatan: str, k: int, isi: int, syarat: str = "") -> None:
        """A box of a jabatan of the references; left out when they do not have it."""
        acuan = self.rujukan.cari(jabatan)
        if acuan is None:
            return
        kelas = kelas_jabatan(acuan, jabatan)
        unit.kotak.append(
            Kotak(
                jabatan, acuan.jenis, acuan.id, acuan.jenjang or "PELAKSANA", kelas, k, isi,
                syarat_jabatan(acuan, syarat or jabatan, kelas),
            )
        )  # fmt: skip

    def isi_pola(self, unit: Unit, pola: str, lipat: float | None = None) -> None:
        """Add the boxes of a pattern; a jabatan already there gets more seats, not a second box."""
        ada = {kotak.nama: kotak for kotak in unit.kotak}
        daya, lipat = self.daya(unit.wilayah), self.lipat if lipat is None else lipat
        for nama, dasar, rasio in _pola(pola):
            k = self.bulatkan(dasar * lipat) if lipat != 1 else dasar
            isi = self.terisi(k, rasio * daya)
            lama = ada.get(nama)
            if lama is not None and not lama.kepala:
                lama.k += k
                lama.isi += isi
            else:
                self.kotak(unit, nama, k, isi)

    def terisi(self, k: int, rasio: float) -> int:
        """Seats filled of ``k``; now and then somebody sits on a box without need."""
        if k == 0:
            return int(self.rnd.random() < self._sebaran["kosong-tertempati"])
        return self.bulatkan(k * min(rasio, 2.0))


@functools.cache
def _pola(kode: str) -> tuple[tuple[str, int, float], ...]:
    """Boxes of a pattern of the demonstration: jabatan, need, share filled."""
    return tuple((r["jabatan"], int(r["k"]), float(r["isi"])) for r in sumber.pola().get(kode, ()))


def bagi(total: int, bagian: tuple[tuple[str, float], ...]) -> list[tuple[str, int]]:
    """Split a whole number by shares; largest remainders get the rest. The parts add up to ``total``."""
    mentah = [(nama, total * porsi) for nama, porsi in bagian]
    hasil = [int(nilai) for _, nilai in mentah]
    sisa = total - sum(hasil)
    urut = sorted(range(len(mentah)), key=lambda i: hasil[i] - mentah[i][1])
    for i in urut[:sisa]:
        hasil[i] += 1
    return [(nama, n) for (nama, _), n in zip(mentah, hasil, strict=True)]
