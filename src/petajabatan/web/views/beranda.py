"""The home page by role, and what the nation's and an instansi's totals are made of."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from petajabatan.inti.actor import Actor
from petajabatan.inti.lembar import render_drawer
from petajabatan.inti.models import Pekerjaan
from petajabatan.inti.pekerjaan import with_outcome
from petajabatan.jabatan.services.impor import changes_by_usulan
from petajabatan.organisasi.models import PetaVersi
from petajabatan.pegawai.models import BezettingUnor, RingkasanInstansi
from petajabatan.pegawai.queries import person_history, sees_all_people
from petajabatan.pegawai.queries.ringkasan import instansi_list
from petajabatan.referensi.models import Instansi
from petajabatan.usulan.models import Usulan
from petajabatan.usulan.queries.daftar import waiting_for
from petajabatan.web.context import own_instansi
from petajabatan.web.impor import may_import
from petajabatan.web.kelengkapan import completeness
from petajabatan.web.konteks_halaman import actor_of_request
from petajabatan.web.tautan import link

UKURAN = ("k", "b", "selisih")


def beranda(request: HttpRequest) -> HttpResponse:
    """Anonymous: what this is and where to log in. Otherwise what the person's roles are about."""
    actor = actor_of_request(request)
    if not request.user.is_authenticated:
        return render(request, "web/pembuka.html")
    own = own_instansi(actor)
    context: dict[str, Any] = {
        "pekerjaan": list(
            with_outcome(Pekerjaan.objects.filter(pemilik_id=actor.id)).order_by("-dibuat")[:5]
        ),
        "kosong": not actor.izin,
    }
    if actor.cakupan_draf or actor.cakupan_nasional:
        waiting = Usulan.objects.filter(waiting_for(actor)).select_related("instansi")
        context["menunggu"] = list(waiting.order_by("tenggat", "status_sejak")[:6])
    if own is None:
        hasil = instansi_list(urut="selisih", per=10)
        context |= {"total": hasil.total, "terbesar": hasil.baris}
    elif own:
        context["instansi"] = [_card(actor, i) for i in _own_rows(own)]
    if actor.pegawai_id is not None and not own and own is not None:
        context["orang"] = _own_history(actor)
    return render(request, "web/beranda.html", context)


def _own_rows(ids: frozenset[int]) -> list[Instansi]:
    return list(Instansi.objects.select_related("ringkasan").filter(pk__in=ids).order_by("nama")[:5])


def _card(actor: Actor, instansi: Instansi) -> dict[str, Any]:
    """Figures, completeness and next steps of one of the actor's own instansi."""
    ringkasan = getattr(instansi, "ringkasan", None)
    can_unor = may_import(actor, "impor-unor", instansi.pk)
    can_people = may_import(actor, "impor-pegawai", instansi.pk)
    by_usulan = ringkasan is not None and changes_by_usulan(instansi.pk)
    return {
        "instansi": instansi,
        "ringkasan": ringkasan,
        "versi": list(PetaVersi.objects.filter(instansi=instansi).order_by("-nomor")[:5]),
        "temuan": completeness(
            instansi.pk,
            ringkasan.versi,
            lewat_usulan=by_usulan,
            lihat_orang=sees_all_people(actor, instansi.pk),
        )
        if ringkasan
        else [],
        "url_peta": link("peta:instansi", instansi.pk) if ringkasan else "",
        "boleh_unor": can_unor,
        "lewat_usulan": by_usulan,
        "boleh_pegawai": can_people,
        "perlu_unor": can_unor and ringkasan is None,
        "perlu_pegawai": can_people and ringkasan is not None and ringkasan.n_pegawai == 0,
    }


def _own_history(actor: Actor) -> Any:
    try:
        return person_history(actor, actor.pegawai_id or 0)
    except Http404:
        return None


@login_required
def jelas_nasional(request: HttpRequest, ukuran: str) -> HttpResponse:
    """Drawer: the national K, B or difference as the sum over the instansi that have a map."""
    if ukuran not in UKURAN:
        raise Http404
    rows = list(
        RingkasanInstansi.objects.select_related("instansi").order_by("-k" if ukuran == "k" else "-b")
    )
    if ukuran == "selisih":
        rows.sort(key=lambda r: r.b - r.k)
    k, b = sum(r.k for r in rows), sum(r.b for r in rows)
    return render_drawer(
        request,
        "web/jelas_nasional.html",
        {
            "ukuran": ukuran,
            "baris": rows[:20],
            "sisa": max(0, len(rows) - 20),
            "n": len(rows),
            "k": k,
            "b": b,
            "nilai": {"k": k, "b": b, "selisih": b - k}[ukuran],
        },
        kembali=(reverse("web:instansi"), _("Daftar instansi")),
    )


@login_required
def jelas_instansi(request: HttpRequest, id: int, ukuran: str) -> HttpResponse:
    """Drawer: an instansi's K, B or difference as the sum over the units below its root."""
    if ukuran not in UKURAN:
        raise Http404
    ringkasan = get_object_or_404(RingkasanInstansi.objects.select_related("instansi"), pk=id)
    rows = _top_units(id, ringkasan.versi)
    versi = PetaVersi.objects.filter(instansi_id=id, nomor=ringkasan.versi).first()
    root = BezettingUnor.objects.filter(instansi_id=id, unor__kini__atasan_id=None).first()
    return render_drawer(
        request,
        "web/jelas_instansi.html",
        {
            "ukuran": ukuran,
            "ringkasan": ringkasan,
            "instansi": ringkasan.instansi,
            "baris": rows,
            "sisa_akar": _rest(ringkasan, rows),
            "versi": versi,
            "akar": root,
            "nilai": {"k": ringkasan.k, "b": ringkasan.b, "selisih": ringkasan.b - ringkasan.k}[ukuran],
        },
        kembali=(reverse("web:instansi-rinci", args=[id]), ringkasan.instansi.nama),
    )


def _rest(ringkasan: RingkasanInstansi, rows: list[dict[str, Any]]) -> dict[str, int] | None:
    """What stands on the root unit itself: the total less the units below; None when that is nothing."""
    k = ringkasan.k - sum(row["k"] for row in rows)
    b = ringkasan.b - sum(row["b"] for row in rows)
    return {"k": k, "b": b, "selisih": b - k} if k or b else None


def _top_units(instansi_id: int, versi: int) -> list[dict[str, Any]]:
    """K and B of the root's own boxes and of each unit directly below it, from the stored totals."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT u.unor_id, u.nama, coalesce(t.k, 0)::bigint, coalesce(b.b, 0)
            FROM unor_riwayat akar
            JOIN unor_riwayat u ON u.atasan_id = akar.unor_id AND u.sejak <= %(versi)s
              AND u.hingga > %(versi)s
            LEFT JOIN unor_total_riwayat t ON t.unor_id = u.unor_id AND t.sejak <= %(versi)s
              AND t.hingga > %(versi)s
            LEFT JOIN bezetting_unor b ON b.unor_id = u.unor_id
            WHERE akar.instansi_id = %(instansi)s AND akar.atasan_id IS NULL AND akar.sejak <= %(versi)s
              AND akar.hingga > %(versi)s
            ORDER BY u.urutan, u.nama""",
            {"instansi": instansi_id, "versi": versi},
        )
        return [
            {"id": r[0], "nama": r[1], "k": r[2], "b": r[3], "selisih": r[3] - r[2]}
            for r in cursor.fetchall()
        ]
