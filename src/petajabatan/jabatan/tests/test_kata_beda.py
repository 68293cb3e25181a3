"""Values of a difference as people read them."""

from __future__ import annotations

from typing import Any

import pytest

from petajabatan.jabatan.kata_beda import Nama, text_of


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [("k", 5000, "5.000"), ("k", 0, "0"), ("k", None, "–"), ("kelas", 9, "9"), ("kepala", True, "ya"),
     ("unor_id", 5000, "5000"), ("halaman", "1200", "1200"), ("urusan", ("1.01", "1.02"), "1.01, 1.02")],
)  # fmt: skip
def test_numbers_have_their_points_and_what_only_looks_like_one_has_not(
    name: str, value: Any, told: str
) -> None:
    assert text_of(name, value, Nama({}, {}, {})) == told
