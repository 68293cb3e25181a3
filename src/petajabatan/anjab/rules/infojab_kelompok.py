"""Which boxes share an informasi jabatan when many are begun at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol


class Bernama(Protocol):
    """A box with its name and kind."""

    @property
    def id(self) -> int: ...
    @property
    def nama(self) -> str: ...
    @property
    def jenis(self) -> str: ...


def groups_of(kotak: Iterable[Bernama], *, per_nama: bool) -> list[tuple[int, ...]]:
    """Ids of boxes, one group for each informasi jabatan to begin: boxes of the same name and kind together,
    or every box by itself. In the order of the boxes."""
    found: dict[object, list[int]] = {}
    for box in kotak:
        name = (" ".join(box.nama.casefold().split()), box.jenis)
        found.setdefault(name if per_nama else box.id, []).append(box.id)
    return [tuple(group) for group in found.values()]
