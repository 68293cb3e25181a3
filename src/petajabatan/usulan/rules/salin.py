"""Doing the operations of one usulan again in another: what was new there has other ids here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from petajabatan.usulan.rules.objek import Perubahan

BARU = {"tambah-unor": "unor", "tambah-posisi": "posisi", "buat-infojab": "infojab"}
"""Parts that bring a new object in, and its kind."""
_BIDANG = {
    "unor_id": "unor",
    "atasan_id": "unor",
    "posisi_id": "posisi",
    "penerus_posisi": "posisi",
    "infojab_id": "infojab",
}
_SEJENIS = ("sesudah", "penerus")
"""Fields that point at objects of the kind the operation is about."""


def terjemah(isi: Mapping[str, Any], id_baru: Mapping[tuple[str, int], int]) -> dict[str, Any]:
    """An operation as it was kept, in a form that can be carried out again: ``id_baru`` gives for kind and id
    of an object that was new there its id here; its own new object is called by the negative of its id.

    Its head box is an operation of its own by now, so a new unit does not bring one along again.
    """
    jenis = str(isi["jenis"])
    made = {name: value for name, value in isi.items() if not name.startswith("_")}
    for name, value in made.items():
        kind = jenis.rpartition("-")[2] if name in _SEJENIS else _BIDANG.get(name)
        if kind is not None:
            made[name] = _other(value, kind, id_baru)
    if jenis in BARU:
        made["id"] = -int(made["id"])
    if jenis == "tambah-unor":
        made["kepala"] = False
    return made


def _other(value: Any, kind: str, id_baru: Mapping[tuple[str, int], int]) -> Any:
    if isinstance(value, Mapping):
        return {_other(int(k), kind, id_baru): _other(v, kind, id_baru) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_other(item, kind, id_baru) for item in value]
    return id_baru.get((kind, value), value) if isinstance(value, int) else value


def bergeser(dulu: list[Perubahan], kini: list[Perubahan]) -> list[str]:
    """Columns that an operation changed from another value then than it changes them from now."""
    found: dict[str, None] = {}
    for old, new in zip(dulu, kini, strict=False):
        before, after, now = old.sebelum.isi, old.sesudah.isi, new.sebelum.isi
        if old.objek != new.objek or before is None or after is None or now is None:
            continue
        for name in before._fields:
            was = getattr(before, name)
            if name != "urutan" and was != getattr(after, name) and was != getattr(now, name):
                found[name] = None
    return list(found)
