"""The sections of informasi jabatan and ABK sheets as a draft says them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from petajabatan.jabatan.queries.isian import Bagian, decoded, sections_as_of, sheets_as_of
from petajabatan.jabatan.queries.peta import fetch
from petajabatan.jabatan.rules.isian import ids_of_infojab, isian_id, isian_of
from petajabatan.usulan.models import Usulan

_OVER = """SELECT isian_id, sesudah->'isi', revisi, oleh FROM usulan_isian
WHERE usulan_id = %(usulan)s AND isian_id = ANY(%(ids)s)"""


@dataclass(frozen=True, slots=True)
class BagianDraf:
    """A section in a draft: what it says, what the base version says, the revision of its last change (0: not
    touched) and by whom."""

    isi: Any
    terbit: Any
    revisi: int = 0
    oleh: str = ""

    @property
    def berubah(self) -> bool:
        return bool(self.revisi)


def sections_of(usulan: Usulan, infojab_ids: Iterable[int]) -> dict[int, dict[str, BagianDraf]]:
    """Every section of these informasi jabatan, changed or not. Two statements."""
    wanted = list(infojab_ids)
    base = sections_as_of(usulan.instansi_id, usulan.dasar_versi, wanted)
    found = {
        key: {code: BagianDraf(isi, isi) for code, isi in sections.items()} for key, sections in base.items()
    }
    for key, after, revisi, oleh in _touched(usulan, ids_of_infojab(wanted)):
        owner, code = isian_of(key)
        found[owner][code] = BagianDraf(decoded(after), base[owner].get(code), revisi, oleh)
    return found


def contents_of(usulan: Usulan, infojab_ids: Iterable[int]) -> dict[int, Bagian]:
    """The same without what the base version says: section → content, empty ones left out. Two statements."""
    return {
        key: {code: part.isi for code, part in sections.items() if part.isi is not None}
        for key, sections in sections_of(usulan, infojab_ids).items()
    }


def sheets_of(usulan: Usulan, posisi_ids: Iterable[int]) -> dict[int, BagianDraf]:
    """The ABK sheets of these boxes; boxes without one (before and now) are left out. Two statements."""
    wanted = list(posisi_ids)
    base = sheets_as_of(usulan.instansi_id, usulan.dasar_versi, wanted)
    found = {key: BagianDraf(isi, isi) for key, isi in base.items()}
    for key, after, revisi, oleh in _touched(usulan, [isian_id("abk", posisi_id=k) for k in wanted]):
        owner, _ = isian_of(key)
        found[owner] = BagianDraf(decoded(after), base.get(owner), revisi, oleh)
    return found


def _touched(usulan: Usulan, ids: list[int]) -> list[tuple[Any, ...]]:
    return fetch(_OVER, {"usulan": usulan.pk, "ids": ids})
