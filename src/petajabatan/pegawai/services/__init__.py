"""Commands about people. Each takes one Actor, checks its role, and is one transaction."""

from petajabatan.pegawai.services.impor import import_pegawai
from petajabatan.pegawai.services.kebijakan import load_shipped
from petajabatan.pegawai.services.laporan import LaporanPegawai

__all__ = ["LaporanPegawai", "import_pegawai", "load_shipped"]
