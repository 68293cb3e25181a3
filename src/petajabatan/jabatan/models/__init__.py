"""Tables of the map's boxes and of what they say about the work in them."""

from petajabatan.jabatan.models.abk import PilihanPembulatan
from petajabatan.jabatan.models.isian import Infojab, IsianRiwayat
from petajabatan.jabatan.models.kompetensi import BarisStandar, StandarKompetensi
from petajabatan.jabatan.models.posisi import JenisPosisi, Posisi, PosisiRiwayat, UnorTotalRiwayat

__all__ = [
    "BarisStandar",
    "Infojab",
    "IsianRiwayat",
    "JenisPosisi",
    "PilihanPembulatan",
    "Posisi",
    "PosisiRiwayat",
    "StandarKompetensi",
    "UnorTotalRiwayat",
]
