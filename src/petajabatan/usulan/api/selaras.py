"""A newer version was published meanwhile: bring the draft onto it, see and decide what both changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from petajabatan.inti.actor import Actor
from petajabatan.usulan.api.bentuk import DaftarKonflik, HasilSelaras, KeputusanKonflik, KonflikKeluar
from petajabatan.usulan.api.bersama import (
    TULIS,
    BilaCocok,
    KunciIdempotensi,
    ObjekId,
    UsulanId,
    locked,
    read,
    reader,
)
from petajabatan.usulan.api.sekali import Hasil, once
from petajabatan.usulan.models import KonflikUsulan
from petajabatan.usulan.queries.selaras import open_conflicts
from petajabatan.usulan.queries.terlihat import usulan_for
from petajabatan.usulan.services.selaras import HasilPenyelarasan, decide, rebase

router = Router()


@router.get("/usulan/{usulan_id}/konflik", response=DaftarKonflik, summary="Pertentangan dengan peta terbit")
def list_conflicts(request: HttpRequest, usulan_id: UsulanId) -> dict[str, Any]:
    """Undecided ones first."""
    _, usulan = read(request, usulan_id)
    waiting = open_conflicts(usulan)
    decided = KonflikUsulan.objects.filter(usulan=usulan).exclude(keputusan="").order_by("id")
    return {"terbuka": len(waiting), "isi": [*waiting, *decided]}


@router.post("/usulan/{usulan_id}/selaras", response=HasilSelaras, summary="Selaraskan dengan versi terakhir")
def post_rebase(
    request: HttpRequest,
    usulan_id: UsulanId,
    kunci: KunciIdempotensi = None,
    bila_cocok: BilaCocok = None,
) -> HttpResponse:
    """Where both changed the same thing, the draft stays on its base until every conflict is decided."""
    actor = reader(request, TULIS)
    return _moved(request, actor, usulan_id, kunci, bila_cocok, lambda: rebase(actor, usulan_id))


@router.post(
    "/usulan/{usulan_id}/konflik/{konflik_id}", response=HasilSelaras, summary="Putuskan pertentangan"
)
def post_decision(
    request: HttpRequest,
    usulan_id: UsulanId,
    konflik_id: ObjekId,
    isi: KeputusanKonflik,
    kunci: KunciIdempotensi = None,
    bila_cocok: BilaCocok = None,
) -> HttpResponse:
    """The last decision also brings the draft onto the new version."""
    actor = reader(request, TULIS)

    def go() -> HasilPenyelarasan:
        return decide(actor, usulan_id, konflik_id, isi.keputusan)

    return _moved(request, actor, usulan_id, kunci, bila_cocok, go)


def _moved(
    request: HttpRequest,
    actor: Actor,
    usulan_id: int,
    kunci: str | None,
    bila_cocok: str | None,
    go: Callable[[], HasilPenyelarasan],
) -> HttpResponse:
    usulan_for(actor, usulan_id)

    def work() -> Hasil:
        locked(actor, usulan_id, bila_cocok, wajib=False)
        done = go()
        usulan = usulan_for(actor, usulan_id)
        body = HasilSelaras(
            usulan_id=usulan.pk,
            revisi=usulan.revisi,
            dari=done.dari,
            ke=done.ke,
            selaras=done.selaras,
            konflik=[KonflikKeluar.from_orm(row) for row in done.konflik],
        )
        return Hasil(body, usulan=usulan)

    return once(request, actor, kunci, work)
