"""All people of one instansi on its boxes, as lines for COPY: seats, former posts, acting heads, defects.
Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from petajabatan.demo.orang import HARI_ACUAN
from petajabatan.simulasi.rules.bentuk import Kotak, Unit
from petajabatan.simulasi.rules.data import sebaran
from petajabatan.simulasi.rules.nama import Penamaan
from petajabatan.simulasi.rules.orang import (
    BULAN,
    BULAN_ACUAN,
    Kumpulan,
    Nip,
    Teladan,
    hari,
    hari_nip,
    pangsa_kotak,
)
from petajabatan.simulasi.rules.susun import generator

SUMBER = "simulasi (orang buatan)"
DIPERBARUI = f"{HARI_ACUAN} 00:00:00+07"
JABATAN_TAK_DIKENAL = ("Pengadministrasi Umum Lama", "Staf Teknis", "Caraka", "Pengelola Barang Milik Daerah")
NIHIL = "\\N"
ACUAN = HARI_ACUAN.toordinal()


@dataclass
class Hitungan:
    """What was composed, counted while composing; checked against the database afterwards."""

    orang: int = 0
    riwayat: int = 0
    jenis: Counter[str] = field(default_factory=Counter)
    cacat: Counter[str] = field(default_factory=Counter)


class Penduduk:
    """Composes the people of one instansi. ``blok``: first id of its range; ids of units and boxes are given.

    ``tulis_orang`` and ``tulis_riwayat`` take lines of COPY in the column order of ``services.muat``.
    """

    def __init__(
        self,
        instansi_id: int,
        id_siasn: str,
        wilayah: str | None,
        blok: int,
        benih: int,
        teladan: Kumpulan,
        nip: Nip,
        tulis_orang: Callable[[str], object],
        tulis_riwayat: Callable[[str], object],
    ) -> None:
        self.rnd = generator(benih, id_siasn, "orang")
        self.hitung = Hitungan()
        self._instansi, self._blok = instansi_id, blok
        self._awalan = f"51{benih % 0x10000:04X}{instansi_id % 0x1000000:06X}"
        self._teladan, self._nip, self._nama = teladan, nip, Penamaan(wilayah)
        self._orang, self._riwayat = tulis_orang, tulis_riwayat
        self._s = sebaran()
        self._kepala_terakhir = 0

    def isi(
        self, unit: Sequence[Unit], unor_id: Sequence[int], posisi_id: Sequence[Sequence[int]]
    ) -> Hitungan:
        """Seat people on every box of every unit; the counts of what was written."""
        nama_aman = [u.nama for u in unit]
        for i, u in enumerate(unit):
            for kotak, posisi in zip(u.kotak, posisi_id[i], strict=True):
                if kotak.kepala:
                    self._kepala(kotak, posisi, unor_id[i], u.nama)
                elif kotak.isi:
                    self._staf(kotak, posisi, unor_id[i], u, unor_id, nama_aman)
        return self.hitung

    def _kepala(self, kotak: Kotak, posisi: int, unor: int, nama_unor: str) -> None:
        if kotak.isi:
            t = self._pilih(kotak, "PNS")
            self._kepala_terakhir = self._tulis_orang(t, kotak)
            self._kursi(
                self._kepala_terakhir, posisi, unor, kotak.jabatan_id, nama_unor, kotak.nama, self._sejak(t)
            )
        elif self._kepala_terakhir and self.rnd.random() < self._s["plt"]:
            dari = BULAN[BULAN_ACUAN - 1 - int(self.rnd.random() * 10)]
            self._kursi(
                self._kepala_terakhir,
                posisi,
                unor,
                kotak.jabatan_id,
                nama_unor,
                kotak.nama,
                dari,
                jenis="PLT",
            )

    def _staf(
        self, kotak: Kotak, posisi: int, unor: int, u: Unit, unor_id: Sequence[int], nama_unor: Sequence[str]
    ) -> None:
        pppk, cpns = pangsa_kotak(kotak)
        s, acak = self._s, self.rnd.random
        batas_cacat = s["cacat-unit-hilang"] + s["cacat-jabatan-tak-dikenal"] + s["cacat-tanpa-kotak"]
        for _ in range(kotak.isi):
            nilai = acak()
            jenis = "PPPK" if nilai < pppk else "CPNS" if nilai < pppk + cpns else "PNS"
            t = self._pilih(kotak, jenis)
            nilai = acak()
            kedudukan, lewat = "01", False
            if nilai < s["tidak-aktif"]:
                kedudukan = "03" if nilai < 0.7 * s["tidak-aktif"] else "02"
            elif jenis == "PNS" and nilai > 1 - s["cacat-lewat-bup"]:
                lewat = True
                self.hitung.cacat["lewat-bup"] += 1
            elif jenis == "PNS" and nilai > 1 - s["cacat-lewat-bup"] - s["cacat-pensiun-duduk"]:
                kedudukan = "99"
                self.hitung.cacat["pensiun-duduk"] += 1
            orang = self._tulis_orang(t, kotak, kedudukan, lewat=lewat)
            sejak = self._sejak(t)
            if jenis == "PNS" and acak() < s["riwayat-lama"] and BULAN[t.mulai] < sejak:
                lain = int(acak() * len(unor_id))
                self._kursi(
                    orang,
                    None,
                    unor_id[lain],
                    kotak.jabatan_id,
                    nama_unor[lain],
                    kotak.nama,
                    BULAN[t.mulai],
                    sejak,
                )
            nilai = acak()
            if nilai >= batas_cacat:
                self._kursi(orang, posisi, unor, kotak.jabatan_id, u.nama, kotak.nama, sejak)
            else:
                self._cacat(orang, unor, kotak, u.nama, sejak, nilai)
        if kotak.jenis == "pelaksana" and acak() < s["paruh-waktu"] * kotak.isi:
            t = self._pilih(kotak, "PPPK-PW")
            self._kursi(
                self._tulis_orang(t, kotak),
                posisi,
                unor,
                kotak.jabatan_id,
                u.nama,
                kotak.nama,
                BULAN[t.mulai],
            )

    def _cacat(self, orang: int, unor: int, kotak: Kotak, nama_unor: str, sejak: str, nilai: float) -> None:
        """A present post the map cannot place: unit gone, name unknown, or no box for it."""
        s = self._s
        if nilai < s["cacat-unit-hilang"]:
            self.hitung.cacat["unit-hilang"] += 1
            self._kursi(
                orang, None, None, kotak.jabatan_id, f"{nama_unor} (susunan lama)"[:250], kotak.nama, sejak
            )
        elif nilai < s["cacat-unit-hilang"] + s["cacat-jabatan-tak-dikenal"]:
            self.hitung.cacat["jabatan-tak-dikenal"] += 1
            nama = JABATAN_TAK_DIKENAL[orang % len(JABATAN_TAK_DIKENAL)]
            self._kursi(orang, None, unor, None, nama_unor, nama, sejak)
        else:
            self.hitung.cacat["tanpa-kotak"] += 1
            self._kursi(orang, None, unor, kotak.jabatan_id, nama_unor, kotak.nama, sejak)

    def _pilih(self, kotak: Kotak, jenis: str) -> Teladan:
        daftar = self._teladan(kotak.syarat, jenis)
        return daftar[int(self.rnd.random() * len(daftar))]

    def _sejak(self, t: Teladan) -> str:
        """Since when somebody sits there: more likely lately than long ago."""
        nilai = self.rnd.random()
        return BULAN[max(t.mulai, BULAN_ACUAN - 1 - int(nilai * nilai * min(180, BULAN_ACUAN - t.mulai)))]

    def _tulis_orang(self, t: Teladan, kotak: Kotak, kedudukan: str = "01", *, lewat: bool = False) -> int:
        acak, h = self.rnd.random, self.hitung
        nip = None
        while nip is None:
            if lewat:
                lahir = ACUAN - int(t.bup * 365.25) - 40 - int(acak() * 900)
            else:
                lahir = t.lahir + int(acak() * (t.geser + 1))
            nip = self._nip.nip(lahir, t.tengah)
            if nip is None and acak() < 0.2:  # this career is crowded: take another one
                t = self._pilih(kotak, t.jenis)
        h.orang += 1
        h.jenis[t.jenis] += 1
        orang = self._blok + h.orang
        nama = self._nama.nama(t.kelamin, self.rnd)
        self._orang(
            f"{orang}\t{self._instansi}\t{nip}\t{self._awalan}{h.orang:020X}\t{nama}\t{t.gelar_depan}"
            f"\t{t.gelar_belakang}\t{hari(lahir)}\t{t.kelamin}\t{t.jenis}\t{kedudukan}\t{t.ekor}"
            f"\tt\t{DIPERBARUI}\n"
        )
        return orang

    def _kursi(
        self,
        orang: int,
        posisi: int | None,
        unor: int | None,
        jabatan: int | None,
        nama_unor: str,
        nama_jabatan: str,
        dari: str,
        sampai: str = "",
        *,
        jenis: str = "D",
    ) -> None:
        self.hitung.riwayat += 1
        self._riwayat(
            f"{self._blok + self.hitung.riwayat}\t{orang}\t{self._instansi}\t{posisi or NIHIL}"
            f"\t{unor or NIHIL}\t{jabatan or NIHIL}\t{nama_unor}"
            f"\t{nama_jabatan}\t[{dari},{sampai})\t{jenis}\tf\t{SUMBER}\n"
        )


__all__ = ["Hitungan", "Penduduk", "hari_nip"]
