"""Names on a map are found by a text with slips, but only where nothing is called as it was typed."""

from __future__ import annotations

import pytest

from petajabatan.anjab.rules.cari import find_names, holding

NAMA = (
    "Perawat Ahli Pertama",
    "Perawat Terampil",
    "Analis Kebijakan Ahli Muda",
    "Analis SDM Aparatur",
    "Guru TK/PAUD",
    "Dinas Kesehatan",
)


def test_a_name_as_typed_keeps_those_like_it_out() -> None:
    found = find_names("ahli  PERAWAT", [*NAMA, "Perawal Ahli"])
    assert found.nama == {"Perawat Ahli Pertama"} == holding("ahli perawat", NAMA) and not found.mirip


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("perwat", {"Perawat Ahli Pertama", "Perawat Terampil"}),
        ("analis kebijkan", {"Analis Kebijakan Ahli Muda"}),
        ("kebijkaan anlis", {"Analis Kebijakan Ahli Muda"}),
        ("dians kesehtan", {"Dinas Kesehatan"}),
        ("gru paud", {"Guru TK/PAUD"}),
        ("perwat ahli", {"Perawat Ahli Pertama"}),
    ],
)
def test_a_slip_in_a_word_is_forgiven_and_every_word_counts(typed: str, meant: set[str]) -> None:
    assert find_names(typed, NAMA) == (meant, True)


@pytest.mark.parametrize("typed", ["pengawas", "xyz", "??", "sdn", "perwat gigi"])
def test_what_is_like_nothing_finds_nothing(typed: str) -> None:
    assert find_names(typed, NAMA) == (set(), False)


def test_a_text_without_words_finds_all() -> None:
    assert find_names("  ", NAMA) == (set(NAMA), False)
