"""What is wrong with a value that a request brings, in words. Pydantic tells it in English; here it is told
in Indonesian, and in pydantic's own words to whoever asks for English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language

_BULAT, _BILANGAN = "Harus bilangan bulat.", "Harus bilangan."
_TANGGAL, _WAKTU = "Harus tanggal berbentuk YYYY-MM-DD.", "Harus waktu berbentuk ISO 8601."
_BENAR = "Harus true atau false."
_DAFTAR, _OBJEK = "Harus daftar.", "Harus objek."
KALIMAT: Mapping[str, str] = {
    "missing": "Wajib diisi.",
    "extra_forbidden": "Isian ini tidak dikenal.",
    "none_required": "Harus kosong (null).",
    "string_type": "Harus teks.",
    "string_too_short": "Sedikitnya {min_length} huruf.",
    "string_too_long": "Paling banyak {max_length} huruf.",
    "string_pattern_mismatch": "Bentuknya harus sesuai pola {pattern}.",
    "too_short": "Sedikitnya {min_length} butir; ini berisi {actual_length}.",
    "too_long": "Paling banyak {max_length} butir; ini berisi {actual_length}.",
    "int_type": _BULAT,
    "int_parsing": _BULAT,
    "int_parsing_size": "Bilangan ini terlalu besar.",
    "int_from_float": _BULAT,
    "float_type": _BILANGAN,
    "float_parsing": _BILANGAN,
    "finite_number": _BILANGAN,
    "decimal_type": _BILANGAN,
    "decimal_parsing": _BILANGAN,
    "bool_type": _BENAR,
    "bool_parsing": _BENAR,
    "list_type": _DAFTAR,
    "tuple_type": _DAFTAR,
    "set_type": _DAFTAR,
    "dict_type": _OBJEK,
    "model_type": _OBJEK,
    "model_attributes_type": _OBJEK,
    "date_type": _TANGGAL,
    "date_parsing": _TANGGAL,
    "date_from_datetime_parsing": _TANGGAL,
    "date_from_datetime_inexact": _TANGGAL,
    "datetime_type": _WAKTU,
    "datetime_parsing": _WAKTU,
    "datetime_from_date_parsing": _WAKTU,
    "uuid_type": "Harus UUID.",
    "uuid_parsing": "Harus UUID.",
    "literal_error": "Harus salah satu dari {expected}.",
    "enum": "Harus salah satu dari {expected}.",
    "greater_than": "Harus lebih dari {gt}.",
    "greater_than_equal": "Harus {ge} atau lebih.",
    "less_than": "Harus kurang dari {lt}.",
    "less_than_equal": "Harus {le} atau kurang.",
    "multiple_of": "Harus kelipatan {multiple_of}.",
    "union_tag_invalid": "Jenis {tag} tidak dikenal; pilih {expected_tags}.",
    "union_tag_not_found": "Isian {discriminator} wajib diisi: ia menentukan isian lainnya.",
}
"""Type of error → sentence; what stands in braces is named by the error itself."""
LAIN = "Nilai ini tidak sah."
PERBAIKAN: Mapping[str, tuple[str, str]] = {
    "id": ("Nilai tidak sah", "Perbaiki nilainya."),
    "en": ("Invalid value", "Correct the value."),
}
"""Title and remedy by language."""


def language() -> str:
    """The language of the answer: ``en`` for who asks for it (``Accept-Language``), else ``id``."""
    return "en" if (get_language() or "").startswith("en") else "id"


def sentence_of(galat: Mapping[str, Any], bahasa: str) -> str:
    """One error of pydantic (``type``, ``msg``, ``ctx``) in words, for people and programs."""
    kind, told = str(galat.get("type", "")), str(galat.get("msg", ""))
    if kind in ("value_error", "assertion_error"):  # our own words, after pydantic's prefix
        return told.partition(", ")[2] or told
    if bahasa == "en":
        return told
    facts = {name: str(value).replace(" or ", " atau ") for name, value in (galat.get("ctx") or {}).items()}
    try:
        return KALIMAT.get(kind, LAIN).format_map(facts)
    except KeyError:
        return LAIN
