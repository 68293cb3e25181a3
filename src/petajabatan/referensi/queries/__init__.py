"""Reads of the references: search, one row with its uses, the state of the lists."""

from petajabatan.referensi.queries.pencarian import HasilReferensi, search_rows
from petajabatan.referensi.queries.ringkasan import (
    IkhtisarDaftar,
    Pemakaian,
    choices_of,
    filtered_rows,
    import_stamp,
    overview,
    usage_of,
)
from petajabatan.referensi.queries.semua import search_referensi

__all__ = [
    "HasilReferensi",
    "IkhtisarDaftar",
    "Pemakaian",
    "choices_of",
    "filtered_rows",
    "import_stamp",
    "overview",
    "search_referensi",
    "search_rows",
    "usage_of",
]
