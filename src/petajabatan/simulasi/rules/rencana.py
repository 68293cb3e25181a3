"""Which instansi a run fills, in which order, and with which ranges of ids and serial numbers. Pure.

Scale below 1 takes a sample of whole instansi, drawn per kind (central, province, kabupaten, kota) until the
expected number of people reaches that share of the kind; above 1 every instansi grows (`susun.Penyusun`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from petajabatan.simulasi.rules.susun import generator

BLOK = 2_000_000
"""Ids per instansi and table; the largest instansi at scale 2 has about half a million people."""
SERI = 999
PER_SEKOLAH = {"SD": 8.4, "SMP": 18.0, "SMA": 30.0, "SMK": 34.0}
PER_PUSKESMAS, PER_RS, PER_KECAMATAN, PER_KOTA = 36.0, 210.0, 34.0, 900.0
KANTOR = {"PROV": 3600.0, "KAB": 1600.0, "KOT": 1600.0}
"""Expected people by unit and of the offices of a kind of instansi; they only weigh the sample and the
order."""


@dataclass(frozen=True)
class Calon:
    """An instansi that may be filled. ``perkiraan``: expected people at scale 1."""

    instansi_id: int
    id_siasn: str
    kelompok: str
    """pusat, PROV, KAB or KOT."""
    perkiraan: float


@dataclass(frozen=True)
class Tugas:
    """An instansi to fill: its place in the plan, the first id of its block, its serial numbers of NIP."""

    instansi_id: int
    urutan: int
    perkiraan: float
    blok: int
    seri: int
    n_seri: int


def pilih(calon: Sequence[Calon], skala: float, benih: int) -> list[Calon]:
    """The instansi of a run. At scale 1 and above all; below, of each kind at random until its share is full.

    An instansi that would overshoot its kind's share by more than half of itself is passed over; each kind
    keeps at least one (its smallest).
    """
    if skala >= 1:
        return list(calon)
    hasil: list[Calon] = []
    for kelompok in sorted({c.kelompok for c in calon}):
        isi = sorted((c for c in calon if c.kelompok == kelompok), key=lambda c: c.id_siasn)
        generator(benih, "sampel", kelompok).shuffle(isi)
        anggaran = skala * sum(c.perkiraan for c in isi)
        terpilih, jumlah = [], 0.0
        for c in isi:
            if jumlah + c.perkiraan / 2 <= anggaran:
                terpilih.append(c)
                jumlah += c.perkiraan
        hasil += terpilih or [min(isi, key=lambda c: c.perkiraan)]
    return hasil


def rencanakan(calon: Sequence[Calon], skala: float, benih: int) -> list[Tugas]:
    """The plan of a run, largest instansi first (so that workers end together). Ids and serials depend on the
    instansi chosen only, never on the number of workers."""
    terpilih = sorted(pilih(calon, skala, benih), key=lambda c: (-c.perkiraan, c.id_siasn))
    if len(terpilih) > SERI:
        raise ValueError(f"at most {SERI} instansi have serial numbers of their own")
    sisa = SERI - len(terpilih)
    jumlah = sum(c.perkiraan for c in terpilih) or 1.0
    tugas, seri = [], 1
    for urutan, c in enumerate(terpilih):
        n = 1 + int(sisa * c.perkiraan / jumlah)
        tugas.append(
            Tugas(c.instansi_id, urutan, c.perkiraan * max(1.0, skala), (urutan + 1) * BLOK, seri, n)
        )
        seri += n
    return tugas


def perkiraan_pemda(kelompok: str, sekolah: dict[str, int], puskesmas: int, rs: int, kecamatan: int) -> float:
    """Expected people of a province, kabupaten or kota at scale 1, from what it runs."""
    guru = sum(PER_SEKOLAH.get(bentuk, 12.0) * n for bentuk, n in sekolah.items())
    kota = PER_KOTA if kelompok == "KOT" else 0.0
    return (
        guru + PER_PUSKESMAS * puskesmas + PER_RS * rs + PER_KECAMATAN * kecamatan + KANTOR[kelompok] + kota
    )
