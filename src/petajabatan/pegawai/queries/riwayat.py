"""A person's posts as they were named then, and what became of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from petajabatan.inti.actor import Actor
from petajabatan.inti.jam import today
from petajabatan.pegawai.queries.orang import Orang, Penugasan, person_history
from petajabatan.pegawai.queries.penerus import Penerus, successors_of_boxes, successors_of_units


def history_of(actor: Actor, pegawai_id: int) -> Orang:
    """``person_history`` with ``sekarang`` filled in: what a past post is today, where that has another name.

    A box that ended points to its successors; where it has none, its unit does. Raises Http404 for people
    outside the scope. At most three statements more, whatever the number of posts.
    """
    person = person_history(actor, pegawai_id)
    day = today()
    past = [r for r in person.riwayat if r.sampai is not None and r.sampai <= day]
    boxes = successors_of_boxes(r.posisi_id for r in past if r.posisi_id is not None)
    units = successors_of_units(r.unor_id for r in past if r.unor_id is not None)
    return replace(person, riwayat=tuple(_with_present(r, boxes, units, day) for r in person.riwayat))


def _with_present(
    row: Penugasan, boxes: dict[int, list[Penerus]], units: dict[int, list[Penerus]], day: dt.date
) -> Penugasan:
    if row.sampai is None or row.sampai > day:
        return row
    found = [p for p in boxes.get(row.posisi_id or 0, []) if p.hidup]
    if not found:
        found = [p for p in units.get(row.unor_id or 0, []) if p.hidup]
    return replace(row, sekarang=tuple(p for p in found if not _same(row, p)))


def _same(row: Penugasan, now: Penerus) -> bool:
    """Whether the row already says it."""
    if now.posisi_id is not None:
        return (row.nama_jabatan.casefold(), row.nama_unor.casefold()) == (
            now.nama.casefold(),
            now.unor.casefold(),
        )
    return row.nama_unor.casefold() == now.nama.casefold()
