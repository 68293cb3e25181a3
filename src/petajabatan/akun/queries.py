"""From an account to an Actor."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection
from django.db.models import Q

from petajabatan.akun.models import Pengguna, Peran
from petajabatan.akun.rules import sees_drafts, sees_people
from petajabatan.inti.actor import Actor, Izin
from petajabatan.inti.jam import today
from petajabatan.inti.kabar import Alamat


def actor_of(pengguna: Pengguna, *, request_id: str = "", scopes: frozenset[str] | None = None) -> Actor:
    """The actor behind an account with the grants in force today. One SQL statement besides the clock's.

    A machine's token narrows it: without the scope ``pegawai:baca`` it sees nobody, without ``usulan:baca``
    no draft. A national grant that a token opens for one of the two only becomes the list of all instansi
    (one statement more), because the database's nationwide mode opens both.
    """
    day = today()
    rows = Peran.objects.filter(
        Q(berlaku_sampai=None) | Q(berlaku_sampai__gte=day), pengguna=pengguna, berlaku_dari__lte=day
    ).values_list("peran", "lingkup", "instansi_id", "sasaran_id")
    izin = tuple(Izin(p, lingkup, sasaran, instansi) for p, lingkup, instansi, sasaran in rows)
    people_allowed = scopes is None or "pegawai:baca" in scopes
    drafts_allowed = scopes is None or "usulan:baca" in scopes
    people = [i for i in izin if people_allowed and sees_people(i.peran)]
    drafts = [i for i in izin if drafts_allowed and sees_drafts(i.peran)]
    all_people, all_drafts = (any(i.lingkup == "nasional" for i in part) for part in (people, drafts))
    everywhere = _every_instansi() if all_people != all_drafts else frozenset()
    return Actor(
        id=pengguna.pk,
        nama=pengguna.nama or pengguna.username,
        izin=izin,
        cakupan_nasional=all_people and all_drafts,
        cakupan_instansi=_instansi(people) | (everywhere if all_people else frozenset()),
        cakupan_draf=_instansi(drafts) | (everywhere if all_drafts else frozenset()),
        cakupan_unor=frozenset(i.sasaran for i in people if i.lingkup == "unor" and i.sasaran is not None),
        pegawai_id=pengguna.pegawai_id if people_allowed else None,
        scopes=scopes,
        **({"request_id": request_id} if request_id else {}),
    )


def _every_instansi() -> frozenset[int]:
    """Ids of all instansi; by SQL, because their table belongs to an app above this one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM instansi")
        return frozenset(row[0] for row in cursor.fetchall())


def actor_of_id(pengguna_id: int, request_id: str, scopes: frozenset[str] | None) -> Actor | None:
    """The actor behind an account id for a background job; None when the account is gone or inactive."""
    user = Pengguna.objects.filter(pk=pengguna_id, is_active=True).first()
    return None if user is None else actor_of(user, request_id=request_id, scopes=scopes)


def mail_addresses(pengguna: Iterable[int]) -> dict[int, Alamat]:
    """E-mail addresses of those active accounts that have one and have not switched e-mail off.
    One SQL statement."""
    rows = Pengguna.objects.filter(pk__in=list(pengguna), is_active=True, mesin=False, kabar_surel=True)
    return {
        pk: Alamat(surel, bahasa)
        for pk, surel, bahasa in rows.exclude(email="").values_list("pk", "email", "bahasa")
    }


def _instansi(izin: list[Izin]) -> frozenset[int]:
    return frozenset(i.instansi_id for i in izin if i.lingkup == "instansi" and i.instansi_id is not None)
