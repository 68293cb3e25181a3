"""Reads of the map for pages, print and API: as of any version or date, each a fixed number of statements.

B belongs to people: see ``pegawai.queries`` for the map with B.
"""

from petajabatan.jabatan.queries.beda import difference
from petajabatan.jabatan.queries.cari import HasilPosisi, HasilUnor, search_posisi, search_unor, words_like
from petajabatan.jabatan.queries.kanonik import map_hash
from petajabatan.jabatan.queries.peta import peta_of
from petajabatan.jabatan.queries.pohon import (
    PosisiRinci,
    UnorRinci,
    UnorRingkas,
    ancestors,
    boxes_of,
    children_of,
    list_boxes,
    list_units,
    posisi_detail,
    posisi_history,
    root_of,
    subtree,
    unor_detail,
    unor_history,
    version_for_unor,
)
from petajabatan.jabatan.queries.versi import PetaTidakAda, last_version, version_of, versions

__all__ = [
    "HasilPosisi",
    "HasilUnor",
    "PetaTidakAda",
    "PosisiRinci",
    "UnorRinci",
    "UnorRingkas",
    "ancestors",
    "boxes_of",
    "children_of",
    "difference",
    "last_version",
    "list_boxes",
    "list_units",
    "map_hash",
    "peta_of",
    "posisi_detail",
    "posisi_history",
    "root_of",
    "search_posisi",
    "search_unor",
    "subtree",
    "unor_detail",
    "unor_history",
    "version_for_unor",
    "version_of",
    "versions",
    "words_like",
]
