"""What the pages of copying, master and templates share: ids and choices out of a request."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from petajabatan.usulan.models import Usulan
from petajabatan.usulan.services.draf import DAPAT_DIUBAH

ID_MAKS = 2**63 - 1


def number(raw: Any) -> int | None:
    """A positive id as typed or sent; None for anything else."""
    text = str(raw or "")
    return int(text) if text.isdecimal() and len(text) < 19 and int(text) > 0 else None


def numbers(values: Iterable[Any], maks: int = 10_000) -> list[int]:
    """The ids among these, each once, in order."""
    found = (number(value) for value in values)
    return list(dict.fromkeys(key for key in found if key is not None))[:maks]


def ticked(data: QueryDict, nama: str, bawaan: bool = True) -> bool:
    """A checkbox of a form that was sent; of one that was not, its first state."""
    return data.get(nama) == "1" if "dikirim" in data else bawaan


def pairs_of(values: Iterable[str]) -> tuple[tuple[int, int], ...]:
    """``source:target`` as the selects of pairs send them."""
    found = []
    for value in values:
        one, _sep, two = value.partition(":")
        pair = (number(one), number(two))
        if pair[0] is not None and pair[1] is not None:
            found.append((pair[0], pair[1]))
    return tuple(dict.fromkeys(found))


def usulan_context(usulan: Usulan, kini: str) -> dict[str, Any]:
    """What the frame of these pages shows: the usulan, whether it may change, and the three ways not to
    type."""
    ways = (
        ("replikasi", _("Salin dari OTK lain")),
        ("master", _("Ambil unit dari master")),
        ("templat-terap", _("Templat pembina")),
    )
    return {
        "usulan": usulan,
        "terbuka": usulan.status in DAPAT_DIUBAH,
        "cara": [(f"anjab:{code}", name, code == kini) for code, name in ways],
    }
