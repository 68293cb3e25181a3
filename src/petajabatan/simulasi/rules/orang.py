"""People by the hundred thousand: careers composed once per kind of seat, then varied in birth day, NIP,
name.

A career (``Teladan``) comes from the same rules as the demonstration's
(`demo.orang_identitas.buat_orang`), so
that golongan, service, education and age agree; a person is a career with another birth day.
"""

from __future__ import annotations

import datetime as dt
import functools
import random
from dataclasses import dataclass

from petajabatan.demo.orang import HARI_ACUAN, Syarat, pendidikan
from petajabatan.demo.orang_identitas import PabrikNip, buat_orang
from petajabatan.simulasi.rules.bentuk import Kotak
from petajabatan.simulasi.rules.data import sebaran
from petajabatan.simulasi.rules.rujukan import is_nakes
from petajabatan.simulasi.rules.susun import generator

BANYAK_TELADAN = 96
"""Careers per kind of seat and kind of employment."""
GESER = 330
"""Days by which the birth day of a career is moved at most."""
AWAL_BULAN = 1970
"""First year of the table of months."""
BULAN = tuple(f"{1970 + i // 12}-{i % 12 + 1:02}-01" for i in range(12 * 60))
BULAN_ACUAN = (HARI_ACUAN.year - AWAL_BULAN) * 12 + HARI_ACUAN.month - 1


@dataclass(frozen=True, slots=True)
class Teladan:
    """A career as the columns of table ``pegawai``, without name, NIP, id and birth day."""

    lahir: int
    """Earliest birth day, ordinal; a person's lies 0 … ``geser`` days later."""
    geser: int
    tengah: str
    """Digits 9–15 of the NIP."""
    kelamin: str
    jenis: str
    gelar_depan: str
    gelar_belakang: str
    ekor: str
    """The columns golongan … tahun_lulus, tab-separated for COPY."""
    mulai: int
    """Month of the start of service, index into ``BULAN``."""
    bup: int


def _kosong(nilai: object) -> str:
    return "\\N" if nilai is None else str(nilai)


def _teladan(syarat: Syarat, jenis: str, rnd: random.Random, pendidikan_id: dict[str, int]) -> Teladan:
    o = buat_orang(syarat, jenis, rnd, PabrikNip())
    pend = pendidikan()[o.pendidikan]
    batas = dt.date(o.tmt_cpns.year - 18, 1, 1).toordinal() - o.lahir.toordinal()
    ekor = "\t".join(
        map(
            _kosong,
            (
                o.golongan, o.tmt_golongan, o.mk_tahun, o.mk_bulan, o.tmt_cpns, o.tmt_pns, pend["tingkat"],
                pendidikan_id.get(pend["id_siasn"]), o.tahun_lulus,
            ),
        )
    )  # fmt: skip
    return Teladan(
        o.lahir.toordinal(), max(0, min(GESER, batas)), o.nip[8:15], o.kelamin, o.jenis, o.gelar_depan,
        o.gelar_belakang, ekor, (o.tmt_cpns.year - AWAL_BULAN) * 12 + o.tmt_cpns.month - 1, syarat.bup,
    )  # fmt: skip


class Kumpulan:
    """The careers of one run: the same for the same seed, whoever asks first."""

    def __init__(self, benih: int, pendidikan_id: dict[str, int]) -> None:
        self.benih = benih
        self._pendidikan_id = pendidikan_id
        self._isi: dict[tuple[Syarat, str], tuple[Teladan, ...]] = {}

    def __call__(self, syarat: Syarat, jenis: str) -> tuple[Teladan, ...]:
        """Careers that fit a seat, for one kind of employment (PNS, CPNS, PPPK, PPPK-PW)."""
        kunci = (syarat, jenis)
        if kunci not in self._isi:
            rnd = generator(self.benih, "teladan", repr(syarat), jenis)
            self._isi[kunci] = tuple(
                _teladan(syarat, jenis, rnd, self._pendidikan_id) for _ in range(BANYAK_TELADAN)
            )
        return self._isi[kunci]


@functools.cache
def pangsa(nama: str, jenis: str, jenjang: str | None, kelompok: str, *, kepala: bool) -> tuple[float, float]:
    """Shares of PPPK and CPNS among the people of a box; managers are always PNS."""
    s = sebaran()
    if jenis == "struktural" or kepala:
        return 0.0, 0.0
    if jenis == "pelaksana":
        return s["pppk-pelaksana"], s["cpns-awal"]
    if jenjang not in ("PM", "TR", "PT"):
        return 0.0, 0.0
    if nama.startswith("Guru"):
        return s["pppk-guru-pertama"], s["cpns-awal"]
    return s["pppk-nakes-awal" if is_nakes(nama) else "pppk-jf-awal"], s["cpns-awal"]


def pangsa_kotak(kotak: Kotak) -> tuple[float, float]:
    """``pangsa`` of a box."""
    return pangsa(kotak.nama, kotak.jenis, kotak.jenjang, kotak.syarat.kelompok, kepala=kotak.kepala)


class Nip:
    """NIP that no other instansi of the run hands out: each has serial numbers of its own.

    ``awal``, ``banyak``: the serials of this instansi among 001–999. A birth day, start and sex that are
    used up
    are refused; the caller draws another birth day.
    """

    def __init__(self, awal: int, banyak: int) -> None:
        if not (awal >= 1 and awal + banyak - 1 <= 999):
            raise ValueError("serials lie between 001 and 999")
        self._awal, self._banyak = awal, banyak
        self._terpakai: dict[str, int] = {}

    def nip(self, lahir: int, tengah: str) -> str | None:
        """The next free NIP for a birth day (ordinal) and digits 9–15; None when there is none left."""
        awalan = hari_nip(lahir) + tengah
        n = self._terpakai.get(awalan, 0)
        if n >= self._banyak:
            return None
        self._terpakai[awalan] = n + 1
        return f"{awalan}{self._awal + n:03}"


@functools.cache
def hari_nip(ordinal: int) -> str:
    """A day as YYYYMMDD."""
    return dt.date.fromordinal(ordinal).strftime("%Y%m%d")


@functools.cache
def hari(ordinal: int) -> str:
    """A day as YYYY-MM-DD."""
    return dt.date.fromordinal(ordinal).isoformat()
