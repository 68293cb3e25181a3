"""The daftar pengukuhan: who goes from which post to which, who is left without a seat, what is confirmed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Min, Q, QuerySet

from petajabatan.inti.actor import Actor
from petajabatan.inti.audit import record
from petajabatan.pegawai.models import Pengukuhan
from petajabatan.pegawai.queries.orang import may_see_people

STATUS = ("menunggu", "dikukuhkan", "batal")
URUT = ("nama_unor_lama", "-kelas_lama", "nama", "id")
PER_BACA = 2000


@dataclass(frozen=True, slots=True)
class Saring:
    """What is asked for. ``versi`` None: every version; ``masuk``: people coming from other instansi."""

    versi: int | None = None
    status: str = ""
    tanpa_kursi: bool = False
    masuk: bool = False
    q: str = ""


@dataclass(frozen=True, slots=True)
class VersiPengukuhan:
    """A version that moved people, and how many of its rows wait."""

    versi: int
    berlaku: dt.date
    n: int
    menunggu: int


@dataclass(frozen=True, slots=True)
class RingkasPengukuhan:
    """Assignments of the version (or of all): cancelled ones only in ``batal``. ``siap``: those that can be
    confirmed here; ``keluar``: those that another instansi confirms."""

    n: int = 0
    menunggu: int = 0
    dikukuhkan: int = 0
    tanpa_kursi: int = 0
    batal: int = 0
    siap: int = 0
    keluar: int = 0


@dataclass(frozen=True)
class DaftarPengukuhan:
    """One page of the list; ``halaman`` fits the pagination component."""

    baris: list[Pengukuhan]
    n: int
    halaman: Any
    ringkas: RingkasPengukuhan


def _rows(instansi_id: int, saring: Saring) -> QuerySet[Pengukuhan]:
    """Rows of an instansi, inside the caller's scope."""
    if saring.masuk:
        rows = Pengukuhan.objects.filter(instansi_baru_id=instansi_id).exclude(instansi_id=instansi_id)
    else:
        rows = Pengukuhan.objects.filter(instansi_id=instansi_id)
        if saring.versi is not None:
            rows = rows.filter(versi=saring.versi)
    return rows


def _narrowed(rows: QuerySet[Pengukuhan], saring: Saring) -> QuerySet[Pengukuhan]:
    rows = rows.filter(status=saring.status) if saring.status in STATUS else rows.exclude(status="batal")
    if saring.tanpa_kursi:
        rows = rows.filter(posisi_baru=None)
    if saring.q:
        rows = rows.filter(Q(nama__icontains=saring.q) | Q(nip__startswith=saring.q))
    return rows.select_related("instansi", "instansi_baru").order_by(*URUT)


def confirmation_versions(actor: Actor, instansi_id: int) -> list[VersiPengukuhan]:
    """Versions of the instansi with rows, the newest first. One statement; empty for roles without names."""
    if not may_see_people(actor, instansi_id):
        return []
    rows = Pengukuhan.objects.filter(instansi_id=instansi_id).exclude(status="batal").values("versi")
    rows = rows.annotate(
        mulai=Min("berlaku"), n=Count("id"), tunggu=Count("id", filter=Q(status="menunggu"))
    ).order_by("-versi")
    return [VersiPengukuhan(r["versi"], r["mulai"], r["n"], r["tunggu"]) for r in rows]


@dataclass(frozen=True, slots=True)
class Masuk:
    """People coming from other instansi: how many, and how many of them wait."""

    n: int = 0
    menunggu: int = 0


def incoming(actor: Actor, instansi_id: int) -> Masuk:
    """People of other instansi who are to be confirmed here. One statement."""
    if not may_see_people(actor, instansi_id):
        return Masuk()
    rows = _rows(instansi_id, Saring(masuk=True)).exclude(status="batal")
    return Masuk(**rows.aggregate(n=Count("id"), menunggu=Count("id", filter=Q(status="menunggu"))))


def confirmations(
    actor: Actor, instansi_id: int, saring: Saring, hal: int = 1, per: int = 50
) -> DaftarPengukuhan:
    """One page of the list, by unit, kelas and name, with the figures of the whole version. Three statements
    and one audit record; empty for roles that see counts only."""
    if not may_see_people(actor, instansi_id):
        return DaftarPengukuhan([], 0, Paginator([], per).get_page(1), RingkasPengukuhan())
    every = _rows(instansi_id, saring)
    seatless = Q(posisi_baru=None) & ~Q(status="batal")
    sums = every.aggregate(
        n=Count("id", filter=~Q(status="batal")),
        menunggu=Count("id", filter=Q(status="menunggu")),
        dikukuhkan=Count("id", filter=Q(status="dikukuhkan")),
        tanpa_kursi=Count("id", filter=seatless),
        batal=Count("id", filter=Q(status="batal")),
        siap=Count("id", filter=_ready(instansi_id)),
        keluar=Count("id", filter=~Q(status="batal") & ~Q(instansi_baru_id=instansi_id)),
    )
    page = Paginator(_narrowed(every, saring), max(1, min(per, 200))).get_page(hal)
    rows = list(page.object_list)
    record(actor, "baca", "pengukuhan", instansi_id=instansi_id, jumlah=len(rows))
    return DaftarPengukuhan(rows, page.paginator.count, page, RingkasPengukuhan(**sums))


def confirmation(actor: Actor, instansi_id: int, key: int) -> Pengukuhan | None:
    """One row, if it is of this instansi (either side) and in scope. One statement and one audit record."""
    if not may_see_people(actor, instansi_id):
        return None
    rows = Pengukuhan.objects.filter(Q(instansi_id=instansi_id) | Q(instansi_baru_id=instansi_id), pk=key)
    row = rows.select_related("instansi", "instansi_baru").first()
    if row is not None:
        record(actor, "baca", "pengukuhan", {"id": key}, instansi_id=instansi_id)
    return row


def _ready(instansi_id: int) -> Q:
    """Waits, has a seat, and is confirmed by this instansi: the one that receives."""
    return Q(status="menunggu", posisi_baru__isnull=False, instansi_baru_id=instansi_id)


def ready_to_confirm(actor: Actor, instansi_id: int, saring: Saring) -> list[int]:
    """Ids of the rows of a selection that can be confirmed here. One statement."""
    if not may_see_people(actor, instansi_id):
        return []
    rows = _narrowed(_rows(instansi_id, saring), saring).filter(_ready(instansi_id))
    return list(rows.values_list("pk", flat=True))


def every_confirmation(actor: Actor, instansi_id: int, saring: Saring) -> Iterator[Pengukuhan]:
    """The whole selection in order, for exports; read in blocks. The caller has checked the role."""
    rows = _narrowed(_rows(instansi_id, saring), saring)
    record(actor, "ekspor", "pengukuhan", instansi_id=instansi_id, jumlah=rows.count())
    return rows.iterator(chunk_size=PER_BACA)


def placements_of(pegawai_id: int) -> list[Pengukuhan]:
    """A person's rows, the newest first, inside the caller's scope; the caller has shown the person. One
    statement."""
    rows = Pengukuhan.objects.filter(pegawai_id=pegawai_id).exclude(status="batal")
    return list(rows.select_related("instansi_baru").order_by("-berlaku", "-id")[:20])
