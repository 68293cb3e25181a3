"""Names on a map are found by a text with slips, but only where nothing is called as it was typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from petajabatan.anjab.rules.cari import _like, find_names, holding

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


SUKU = st.sampled_from(
    ["perawat", "Perwat", "ahli", "ahl1", "SD/MI", "a", "an", "analis", "STRASSE", "Straße", "(dr)"]
)
JUDUL = st.lists(SUKU, min_size=1, max_size=4).map(" ".join)


@given(st.lists(JUDUL, max_size=12), JUDUL)
def test_all_names_at_once_are_found_as_one_by_one(nama: list[str], cari: str) -> None:
    def words(text: str) -> list[str]:
        return text.casefold().replace("/", " ").split()

    held = {n for n in nama if all(word in n.casefold() for word in cari.casefold().split())}
    near = {n for n in nama if all(any(_like(w, x) for x in words(n)) for w in words(cari))}
    assert find_names(cari, nama) == ((held, False) if held else (near, bool(near)))
    assert holding(cari, nama) == held
