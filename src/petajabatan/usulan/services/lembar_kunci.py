"""New rows of a workbook that an earlier import of it has brought in already: known again by their key."""

from __future__ import annotations

from collections.abc import Mapping

from petajabatan.inti.actor import Actor
from petajabatan.organisasi.rules.muatan import Muatan
from petajabatan.usulan.models import Operasi, Usulan

BARIS = "baris-"
"""Beginning of the keys that rows without an id are given; they follow from the place in the sheet."""


def rows_brought_in(
    actor: Actor, usulan: Usulan, muatan: Muatan, known: Mapping[str, int], sejak: int | None
) -> dict[str, int]:
    """Units of the load that this draft got from a sheet after ``sejak`` (the last operation the workbook
    knows of), by key. One statement.

    What the workbook had when it was written bears an id of its own, so a key like BARU-1 can only mean a
    unit added since. Somebody else may have used the same key in another copy: then, and for rows without an
    id, the name must be the same too.
    """
    if usulan.pk is None:
        return {}
    made = Operasi.objects.filter(
        usulan=usulan, jenis="tambah-unor", aktif=True, nomor__gt=sejak or 0, isi__kunci_lembar__gt=""
    ).order_by("nomor")
    by_key: dict[str, list[tuple[int, str, bool]]] = {}
    for isi, oleh_id in made.values_list("isi", "oleh_id"):
        own = oleh_id == actor.id and not isi["kunci_lembar"].startswith(BARIS)
        by_key.setdefault(isi["kunci_lembar"], []).append((isi["id"], _plain(isi["nama"]), own))
    taken = set(known.values())
    found: dict[str, int] = {}
    for unit in muatan.unor:
        if unit.kunci in known:
            continue
        rows = [row for row in by_key.get(unit.kunci, ()) if row[0] not in taken]
        same = [key for key, nama, _own in rows if nama == _plain(unit.nama)]
        hit = same or [key for key, _nama, own in rows if own]
        if hit:
            found[unit.kunci] = hit[-1]
            taken.add(hit[-1])
    return found


def _plain(nama: str) -> str:
    return " ".join(nama.casefold().split())
