"""A long list of which only the slice that is looked at is read; ``Paginator`` takes it like any other."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from typing import TypeVar, overload

T = TypeVar("T")


class Deret(Sequence[T]):
    """Its length is known without reading it; ``baca`` reads rows ``mulai .. mulai+banyak-1``."""

    @abstractmethod
    def baca(self, mulai: int, banyak: int) -> list[T]: ...

    @overload
    def __getitem__(self, key: int) -> T: ...
    @overload
    def __getitem__(self, key: slice) -> list[T]: ...
    def __getitem__(self, key: int | slice) -> T | list[T]:
        places = range(len(self))[key]
        if isinstance(places, int):
            return self.baca(places, 1)[0]
        return self.baca(places.start, len(places)) if places else []

    def __iter__(self) -> Iterator[T]:
        return iter(self[:])
