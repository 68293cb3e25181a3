"""Lists of usulan: all in scope, what waits for me, BKN's work list. The wall decides what is there."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, When

from petajabatan.akun.models import Pengguna
from petajabatan.akun.rules import roles_that_may
from petajabatan.inti.actor import Actor
from petajabatan.referensi.models import Instansi
from petajabatan.usulan.models import Keputusan, Persetujuan, Usulan
from petajabatan.usulan.queries.terlihat import visible_usulan
from petajabatan.usulan.rules.alur import AKHIR

TERBUKA = tuple(status for status in Usulan.Status.values if status not in AKHIR)
TERBARU = 2000
"""How many titles a search reads: under the wall no index helps, and older ones are found by the list."""
URUT_KERJA = ("tenggat", "status_sejak", "pk")
"""The most urgent first."""


@dataclass(frozen=True)
class Saringan:
    """What a list is narrowed to. ``milik``: '' all, ``saya`` made by me, ``menunggu`` waiting for me;
    ``umur``: at least so many days in its state; ``lambat``: past its due day."""

    status: str = ""
    instansi: int | None = None
    milik: str = ""
    umur: int | None = None
    lambat: bool = False
    q: str = ""

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Saringan:
        """From the parameters of an address; what makes no sense is left out."""

        def number(name: str) -> int | None:
            raw = str(values.get(name, ""))
            return int(raw) if raw.isdecimal() and len(raw) < 10 else None

        status = str(values.get("status", ""))
        milik = str(values.get("milik", ""))
        return cls(
            status=status if status in (*Usulan.Status.values, "terbuka") else "",
            instansi=number("instansi"),
            milik=milik if milik in ("saya", "menunggu") else "",
            umur=number("umur"),
            lambat=values.get("lambat") == "1",
            q=str(values.get("q", "")).strip()[:100],
        )


def holds(actor: Actor, right: str) -> bool:
    return any(izin.peran in roles_that_may(right) for izin in actor.izin)


def waiting_for(actor: Actor) -> Q:
    """What waits for this actor's next step, by what its roles may do."""
    where = Q(pk__in=[])
    if holds(actor, "usulan"):
        where |= Q(layanan="sotk", status__in=("draf", "perbaikan"))
    if holds(actor, "infojab"):
        where |= Q(layanan="infojab", status__in=("draf", "perbaikan"))
    if holds(actor, "tetapkan"):
        where |= Q(status="menunggu_persetujuan") | (Q(status="disetujui") & ~Q(jenis="lintas"))
    if holds(actor, "verifikasi"):
        where |= Q(status="diajukan") | Q(status="diverifikasi", verifikator_id=actor.id)
        where |= Q(status="disetujui", jenis="lintas")
    return where


def filtered(actor: Actor, saringan: Saringan, hari: dt.date) -> QuerySet[Usulan]:
    """The usulan in scope that match, except for the state, which the totals are counted by."""
    rows = Usulan.objects.all()
    if saringan.instansi is not None:
        rows = rows.filter(instansi_id=saringan.instansi)
    if saringan.milik == "saya":
        rows = rows.filter(Q(dibuat_oleh_id=actor.id) | Q(verifikator_id=actor.id))
    elif saringan.milik == "menunggu":
        rows = rows.filter(waiting_for(actor))
    if saringan.umur is not None:
        rows = rows.filter(status_sejak__date__lte=hari - dt.timedelta(days=saringan.umur))
    if saringan.lambat:
        rows = rows.filter(tenggat__lt=hari, status__in=TERBUKA)
    if saringan.q:
        by_text = Q(judul__icontains=saringan.q) | Q(keterangan__icontains=saringan.q)
        rows = rows.filter(Q(pk=number_in(saringan.q)) | by_text)
    return rows


def number_in(teks: str) -> int:
    """The number of an usulan as people write it (``U-000012``, ``u12``, ``12``); 0 for other texts."""
    number = re.fullmatch(r"(?:[Uu]-?)?0*(\d{1,12})", teks)
    return int(number[1]) if number else 0


def search_usulan(actor: Actor, teks: str, batas: int) -> list[Usulan]:
    """Usulan in scope by number, or by words of the title among the newest ``TERBARU``; that number first,
    then the newest. One statement, none for those who read no drafts."""
    visible = visible_usulan(actor)
    wanted = Q(pk__in=visible.order_by("-pk").values("pk")[:TERBARU])
    for word in teks.split():
        wanted &= Q(judul__icontains=word)
    number = number_in(teks)
    if number:
        wanted |= Q(pk=number)
    rows = visible.filter(wanted).only("judul", "status", "instansi__nama")
    return list(rows.order_by(Case(When(pk=number, then=0), default=1), "-pk")[:batas])


def with_status(rows: QuerySet[Usulan], status: str) -> QuerySet[Usulan]:
    if status == "terbuka":
        return rows.filter(status__in=TERBUKA)
    return rows.filter(status=status) if status else rows


def totals_by_status(rows: QuerySet[Usulan]) -> dict[str, int]:
    """How many in each state, those with none too."""
    found = dict(rows.order_by().values_list("status").annotate(n=Count("pk")))
    return {status: found.get(status, 0) for status in Usulan.Status.values}


def instansi_with_usulan() -> list[Instansi]:
    """Those in scope that have an usulan, for a filter."""
    ids = Usulan.objects.order_by().values_list("instansi_id", flat=True).distinct()
    return list(Instansi.objects.filter(pk__in=list(ids)).only("id", "nama").order_by("nama"))


def work_list(actor: Actor, penugasan: str) -> QuerySet[Usulan]:
    """BKN's work list: ``bebas`` (not taken), ``saya``, ``orang-lain``, ``mata-kedua`` (taken by others,
    large changes without a second signature are told apart on the page), '' all of them."""
    rows = Usulan.objects.filter(status__in=("diajukan", "diverifikasi"))
    if penugasan == "bebas":
        return rows.filter(status="diajukan")
    if penugasan == "saya":
        return rows.filter(status="diverifikasi", verifikator_id=actor.id)
    if penugasan == "orang-lain":
        return rows.filter(status="diverifikasi").exclude(verifikator_id=actor.id)
    if penugasan == "mata-kedua":
        signed = Persetujuan.objects.filter(usulan=OuterRef("pk"), pihak="bkn-kedua", gugur_pada=None)
        return rows.filter(status="diverifikasi").exclude(verifikator_id=actor.id).exclude(Exists(signed))
    return rows


def cancelled_of(ids: Sequence[int]) -> set[int]:
    """Those of these usulan whose version was cancelled before its day. At most one statement."""
    rows = Keputusan.objects.filter(usulan_id__in=ids, dibatalkan_versi__isnull=False) if ids else None
    return set() if rows is None else set(rows.values_list("usulan_id", flat=True))


def names_of(ids: set[int | None]) -> dict[int, str]:
    """Names of accounts for display."""
    wanted = {i for i in ids if i}
    rows = Pengguna.objects.filter(pk__in=wanted).only("id", "nama", "username") if wanted else []
    return {row.pk: row.nama or row.username for row in rows}
