"""Commands that change the map. Every one of them writes a whole version in one transaction."""

from petajabatan.jabatan.services.impor import LaporanUnor, import_unor
from petajabatan.jabatan.services.templat import write_map_template
from petajabatan.jabatan.services.terbit import publish_map

__all__ = ["LaporanUnor", "import_unor", "publish_map", "write_map_template"]
