"""A list read by slices is like any other list."""

from __future__ import annotations

from django.core.paginator import Paginator

from petajabatan.inti.deret import Deret


class Angka(Deret[int]):
    def __init__(self) -> None:
        self.dibaca: list[tuple[int, int]] = []

    def __len__(self) -> int:
        return 10

    def baca(self, mulai: int, banyak: int) -> list[int]:
        self.dibaca.append((mulai, banyak))
        return list(range(mulai, mulai + banyak))


def test_only_what_is_taken_is_read() -> None:
    rows = Angka()
    assert list(Paginator(rows, 4).page(3)) == [8, 9] and rows.dibaca == [(8, 2)]
    assert rows[3] == 3 and rows[-1] == 9 and rows[20:] == [] and len(rows.dibaca) == 3


def test_all_of_it_is_read_at_once() -> None:
    rows = Angka()
    assert list(rows) == list(range(10)) and rows.dibaca == [(0, 10)]
