"""Commands about people. Each takes one Actor, checks its role, and is one transaction."""

from petajabatan.pegawai.services.impor import import_pegawai, recount
from petajabatan.pegawai.services.kebijakan import load_shipped
from petajabatan.pegawai.services.laporan import LaporanPegawai
from petajabatan.pegawai.services.penugasan import Penempatan, assign, end_assignment

__all__ = [
    "LaporanPegawai",
    "Penempatan",
    "assign",
    "end_assignment",
    "import_pegawai",
    "load_shipped",
    "recount",
]
