"""Content tidied and ABK sheets calculated once per view: one edit and the checks after it ask for the same
content several times, and a copy to many boxes brings the very same object many times."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from petajabatan.jabatan.rules.abk.lembar import HasilLembar, compute_sheet
from petajabatan.jabatan.rules.isian import Rapi, tidy
from petajabatan.usulan.rules.pandangan import Pandangan


def calculate(view: Pandangan, isi: Any, jenis: str) -> HasilLembar:
    """``compute_sheet`` with the references of the view."""
    made: HasilLembar = _once(view, isi, jenis, lambda: compute_sheet(isi, jenis, view.acuan.abk))
    return made


def tidied(view: Pandangan, bagian: str, isi: Any) -> Rapi:
    """``tidy`` with the fields of the view."""
    made: Rapi = _once(view, isi, f"rapi {bagian}", lambda: tidy(bagian, isi, view.acuan.isian))
    return made


def _once(view: Pandangan, isi: Any, what: str, make: Callable[[], Any]) -> Any:
    """Content is never changed in place, so the very same object has the very same result; the object is kept
    beside it, because an id alone may be used again."""
    held = view.hitungan.get((id(isi), what))
    if held is None or held[0] is not isi:
        held = view.hitungan[id(isi), what] = (isi, make())
    return held[1]
