"""Whom a removal touches: for the dialog that asks for successors, and for telling them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from petajabatan.akun.models import Pengguna
from petajabatan.inti.actor import Actor
from petajabatan.inti.audit import record
from petajabatan.inti.jam import today
from petajabatan.pegawai.queries.orang import fetch, full_name, may_see_people


@dataclass(frozen=True, slots=True)
class OrangTerdampak:
    """An assignment that does not end by itself. ``posisi_id`` None: on the unit without a box."""

    pegawai_id: int
    nip: str
    nama: str
    penugasan: str
    nama_jabatan: str
    posisi_id: int | None
    unor_id: int | None


@dataclass(frozen=True, slots=True)
class Terdampak:
    """``n_orang`` people; the assignments themselves only for readers who may see names (else empty)."""

    n_orang: int
    per_posisi: dict[int, int]
    per_unor: dict[int, int]
    terlihat: bool
    orang: tuple[OrangTerdampak, ...] = ()


# An assignment counts when it lasts today or begins later; both ways in are indexed.
_TERDAMPAK = """SELECT r.pegawai_id, p.nip, p.gelar_depan, p.nama, p.gelar_belakang, r.jenis, r.nama_jabatan,
  r.posisi_id, CASE WHEN r.posisi_id IS NULL THEN r.unor_id ELSE q.unor_id END
FROM riwayat_jabatan r JOIN pegawai p ON p.id = r.pegawai_id
LEFT JOIN posisi_riwayat q ON q.posisi_id = r.posisi_id AND q.hingga = 2147483647
WHERE r.instansi_id = %(instansi)s AND r.jenis <> 'X' AND (upper_inf(r.masa) OR upper(r.masa) > %(hari)s)
  AND (r.posisi_id = ANY(%(posisi)s) OR (r.posisi_id IS NULL AND r.unor_id = ANY(%(unor)s))
    OR r.posisi_id IN (SELECT b.posisi_id FROM posisi_riwayat b
                       WHERE b.unor_id = ANY(%(unor)s) AND b.hingga = 2147483647))
ORDER BY r.jenis <> 'D', p.nama_urut, p.id"""


def people_affected(
    instansi_id: int, posisi_ids: Iterable[int], unor_ids: Iterable[int], *, actor: Actor | None = None
) -> Terdampak:
    """Who sits on these boxes, or on these units themselves (their boxes, or without one), now or later on.

    Without an ``actor`` who may see people of the instansi only counts are answered. Counts are of
    assignments; ``per_unor`` by the unit they stand on. Read through the caller's scope: one statement
    besides clock and audit.
    """
    params = {
        "instansi": instansi_id,
        "posisi": list(posisi_ids),
        "unor": list(unor_ids),
        "hari": today(),
    }
    rows = fetch(_TERDAMPAK, params)
    per_posisi: dict[int, int] = {}
    per_unor: dict[int, int] = {}
    for row in rows:
        for counts, key in ((per_posisi, row[7]), (per_unor, row[8])):
            if key is not None:
                counts[key] = counts.get(key, 0) + 1
    people: tuple[OrangTerdampak, ...] = ()
    visible = actor is not None and may_see_people(actor, instansi_id)
    if visible and actor is not None:
        people = tuple(OrangTerdampak(r[0], r[1], full_name(*r[2:5]), *r[5:9]) for r in rows)
        if rows:
            record(actor, "baca", "pegawai", {"terdampak": True}, instansi_id=instansi_id, jumlah=len(rows))
    return Terdampak(len({row[0] for row in rows}), per_posisi, per_unor, visible, people)


def accounts_of(pegawai_ids: Iterable[int]) -> list[int]:
    """Ids of the active accounts behind these people, ascending; most people have none. One statement."""
    found = Pengguna.objects.filter(pegawai_id__in=list(pegawai_ids), is_active=True, mesin=False)
    return list(found.order_by("pk").values_list("pk", flat=True))
