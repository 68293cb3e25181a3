"""Commands about people. Each takes one Actor, checks its role, and is one transaction."""

from petajabatan.pegawai.services.impor import import_pegawai, recount
from petajabatan.pegawai.services.kebijakan import load_shipped
from petajabatan.pegawai.services.kompetensi import LaporanKompetensi, record_training
from petajabatan.pegawai.services.laporan import LaporanPegawai
from petajabatan.pegawai.services.penempatan import (
    HasilPenempatan,
    PindahKursi,
    cancel_placement,
    place_successors,
)
from petajabatan.pegawai.services.pengukuhan import HasilPengukuhan, confirm_placement, withdraw_confirmation
from petajabatan.pegawai.services.penugasan import Penempatan, assign, end_assignment

__all__ = [
    "HasilPenempatan",
    "HasilPengukuhan",
    "LaporanKompetensi",
    "LaporanPegawai",
    "Penempatan",
    "PindahKursi",
    "assign",
    "cancel_placement",
    "confirm_placement",
    "end_assignment",
    "import_pegawai",
    "load_shipped",
    "place_successors",
    "record_training",
    "recount",
    "withdraw_confirmation",
]
