"""Recap pages of ABK: per instansi, unit and jabatan, with hints for a verifier; and the workbook."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from petajabatan.anjab.abk_xlsx import recap_xlsx
from petajabatan.anjab.queries.abk_peta import PetaAbk, draft_map, published_map
from petajabatan.anjab.queries.abk_rekap import Petunjuk, RekapInstansi, draft_recap, hints, published_recap
from petajabatan.anjab.views.abk import actor_of
from petajabatan.inti.pekerjaan import submit_job
from petajabatan.inti.simpanan import kept
from petajabatan.jabatan.queries.abk import reference_for
from petajabatan.jabatan.rules.abk.lembar import AcuanAbk
from petajabatan.jabatan.services.abk import may_choose_rounding
from petajabatan.organisasi.models import PetaVersi
from petajabatan.referensi.models import Instansi
from petajabatan.usulan.models import Usulan
from petajabatan.usulan.queries.terlihat import usulan_for

LIHAT = ("kotak", "unit", "jabatan", "petunjuk")
PER_HALAMAN = 100
LANGSUNG = 3000
"""Boxes a workbook has at most to be answered at once (well under a second); more becomes a job."""


@dataclass(frozen=True)
class _Sumber:
    """Whose recap: of a version, or of a draft."""

    instansi: Instansi
    usulan: Usulan | None
    versi: int | None

    def look(self) -> PetaAbk:
        if self.usulan is not None:
            return draft_map(self.usulan)
        return published_map(self.instansi.pk, self.versi)

    def load(self) -> RekapInstansi:
        if self.usulan is not None:
            return draft_recap(self.usulan)
        return published_recap(self.instansi.pk, self.versi)


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdigit() and len(text) < 19 else None


def _published(request: HttpRequest, instansi_id: int) -> _Sumber:
    instansi = Instansi.objects.filter(pk=instansi_id).first()
    if instansi is None:
        raise Http404(_("Instansi itu tidak ada."))
    return _Sumber(instansi, None, _number(request.GET.get("versi")))


def _draft(request: HttpRequest, usulan_id: int) -> _Sumber:
    usulan = usulan_for(actor_of(request), usulan_id)
    return _Sumber(usulan.instansi, usulan, None)


@login_required
@require_safe
def terbit(request: HttpRequest, instansi_id: int) -> HttpResponse:
    return _page(request, _published(request, instansi_id))


@login_required
@require_safe
def draf(request: HttpRequest, usulan_id: int) -> HttpResponse:
    return _page(request, _draft(request, usulan_id))


def _page(request: HttpRequest, sumber: _Sumber) -> HttpResponse:
    rekap = sumber.look()
    isi = rekap.isi
    lihat = request.GET.get("lihat", "kotak")
    lihat = lihat if lihat in LIHAT else "kotak"
    cabang = _number(request.GET.get("unor"))
    place = isi.urutan.tempat(cabang)
    boxes = isi.branch(None if place is None else cabang)
    q = request.GET.get("q", "")[:100]
    found = rekap.find(boxes, q) if q.strip() else None
    tanpa = request.GET.get("tanpa") == "1"
    names = None if found is None else found.nama
    shown = isi.choose(boxes, names, tanpa=tanpa, tampak=lihat == "kotak" and not tanpa)
    return render(
        request,
        "anjab/abk_rekap.html",
        {
            "instansi": sumber.instansi,
            "usulan": sumber.usulan,
            "rekap": rekap,
            "lihat": lihat,
            "halaman": _rows(request, sumber, rekap, lihat, shown),
            "total": rekap.total_of_branch(boxes, sumber.instansi.nama if place is None else isi.unit[place]),
            "cabang": isi.branches(),
            "unor": cabang,
            "q": q,
            "mirip": found is not None and found.mirip,
            "tanpa": tanpa,
            "diam": len(boxes) - len(shown) if lihat == "kotak" and not tanpa and found is None else 0,
            "versi": None if sumber.usulan else _versions(sumber.instansi.pk),
            "unduh": _download_url(sumber, rekap.versi),
            "boleh_pilih": may_choose_rounding(actor_of(request), sumber.instansi.pk),
        },
    )


def _rows(
    request: HttpRequest, sumber: _Sumber, rekap: PetaAbk, lihat: str, shown: Sequence[int]
) -> Page[Any]:
    """One page of a view of these boxes; only what it shows is made into rows."""
    isi, number = rekap.isi, request.GET.get("hal")

    def page_of(rows: Sequence[Any]) -> Page[Any]:
        return Paginator(rows, PER_HALAMAN).get_page(number)

    if lihat == "petunjuk":
        return page_of(_hints(rekap, reference_for(sumber.instansi.pk), shown))
    if lihat == "unit":
        page = page_of(isi.units(shown))
        lines = rekap.per_unit(shown, page.object_list)
        page.object_list = [(row, isi.above(unit)) for row, unit in zip(lines, page.object_list, strict=True)]
    elif lihat == "jabatan":
        page = page_of(sorted(isi.jabatan(shown).items(), key=lambda item: item[1].casefold()))
        page.object_list = [(row, "") for row in rekap.per_jabatan(shown, dict(page.object_list))]
    else:
        page = page_of(shown)
        page.object_list = [
            (isi.box(place), rekap.total([place], ""), isi.above(isi.unit_of(place)))
            for place in page.object_list
        ]
    return page


def _hints(rekap: PetaAbk, acuan: AcuanAbk, shown: Sequence[int]) -> list[Petunjuk]:
    def find() -> list[Petunjuk]:
        return hints(acuan, (rekap.isi.box(place) for place in rekap.isi.with_sheet(shown)))

    if not isinstance(shown, range):
        return find()
    place = f"abk-petunjuk:{rekap.letak}:{acuan.pilihan}:{shown.start}:{shown.stop}"
    return kept(place, find, bersama=False)


def _versions(instansi_id: int) -> list[PetaVersi]:
    return list(PetaVersi.objects.filter(instansi_id=instansi_id).order_by("-nomor")[:50])


def _download_url(sumber: _Sumber, versi: int) -> str:
    if sumber.usulan is not None:
        return reverse("anjab:abk-unduh-draf", args=[sumber.usulan.pk])
    return f"{reverse('anjab:abk-unduh', args=[sumber.instansi.pk])}?versi={versi}"


@login_required
@require_safe
def unduh_terbit(request: HttpRequest, instansi_id: int) -> HttpResponseBase:
    return _download(request, _published(request, instansi_id))


@login_required
@require_safe
def unduh_draf(request: HttpRequest, usulan_id: int) -> HttpResponseBase:
    return _download(request, _draft(request, usulan_id))


def _download(request: HttpRequest, sumber: _Sumber) -> HttpResponseBase:
    rekap = sumber.look()
    origin = sumber.usulan.nomor if sumber.usulan else f"versi-{rekap.versi}"
    if len(rekap.isi.branch(None)) > LANGSUNG:
        asked = {"instansi_id": sumber.instansi.pk, "versi": rekap.versi,
                 "usulan_id": sumber.usulan.pk if sumber.usulan else None}  # fmt: skip
        title = _("Rekap ABK %(nama)s, %(asal)s") % {"nama": sumber.instansi.nama, "asal": origin}
        owner = None if sumber.usulan else sumber.instansi.pk
        job = submit_job(actor_of(request), "rekap-abk", title[:255], asked, instansi_id=owner)
        return redirect("web:pekerjaan-rinci", job.pk)
    data = recap_xlsx(sumber.load(), sumber.instansi.nama, origin)
    name = f"rekap-abk-{sumber.instansi.pk}-{origin}.xlsx"
    return FileResponse(io.BytesIO(data), as_attachment=True, filename=name)
