"""Results worth keeping: in the memory of this process, and in the table that all processes share.

The name of a place says everything the result follows from (instansi, version, B stamp, revision of a
draft), so that a kept result is never out of date: what changes goes by another name. Kept only when the
transaction it was read in commits, so that what is rolled back leaves nothing behind. Nothing about single
persons is kept.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, TypeVar

from django.core.cache import cache
from django.db import transaction

from petajabatan import __version__

T = TypeVar("T")
DIINGAT = 64
"""Results in the memory of a process; the largest (192,570 boxes of a ministry in columns) takes 5 MB, most
some hundred kB."""
LAMA = 3600
"""Seconds a result stays in the shared table."""
_ingatan: OrderedDict[str, Any] = OrderedDict()
_kunci = threading.Lock()


def kept(tempat: str, make: Callable[[], T], *, bersama: bool = True) -> T:
    """What is kept at this place, else what ``make`` gives, which is kept from now on. At most one
    statement besides those of ``make``, none where this process remembers it. ``bersama`` False: in this
    process only."""
    with _kunci:
        if tempat in _ingatan:
            _ingatan.move_to_end(tempat)
            found: T = _ingatan[tempat]
            return found
    place = f"{__version__}:{tempat}"  # another version of the program may keep it in another shape
    known = cache.get(place) if bersama else None
    if known is None:
        known = make()
        if bersama:
            cache.set(place, known, LAMA)
    transaction.on_commit(lambda: _remember(tempat, known))
    return known


def _remember(tempat: str, value: Any) -> None:
    with _kunci:
        _ingatan[tempat] = value
        _ingatan.move_to_end(tempat)
        while len(_ingatan) > DIINGAT:
            _ingatan.popitem(last=False)


def forget() -> None:
    """Empty the memory of this process; for tests, whose databases begin anew."""
    with _kunci:
        _ingatan.clear()
