"""The decision: its document for those in scope, its verification page for everybody."""

from __future__ import annotations

from allauth.core.internal import ratelimit
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from petajabatan.inti.berkas import open_file
from petajabatan.usulan import kata
from petajabatan.usulan.forms import FormCocok
from petajabatan.usulan.models import Keputusan
from petajabatan.usulan.queries.keputusan import public_decision
from petajabatan.usulan.services.izin import require_right
from petajabatan.usulan.services.keputusan import clean_code, request_document
from petajabatan.usulan.views.dasar import actor_of_request, usulan_or_404


@require_GET
@never_cache
def verifikasi(request: HttpRequest, kode: str = "") -> HttpResponse:
    """The public page: with a code what the decision says, without one a field for it. No account needed.

    Unknown codes are answered, not raised: an exception would roll the throttle's count back.
    """
    asked = clean_code(kode or request.GET.get("kode", ""))
    if not asked:
        return render(request, "usulan/keputusan_publik.html", {"kode": ""})
    if not ratelimit.consume(
        request,
        app="usulan",
        action="keputusan",
        config={"keputusan": settings.KEPUTUSAN_BATAS},
        limit_get=True,
    ):
        return render(request, "usulan/keputusan_sering.html", status=429)
    if kode != asked:
        return redirect("keputusan", asked)
    found = public_decision(asked)
    form = FormCocok(request.GET if "hash" in request.GET else None)
    cocok: bool | None = None
    if found is not None and form.is_bound and form.is_valid():
        given = "".join(form.cleaned_data["hash"].split()).lower()
        cocok = given == found.hash
    return render(
        request,
        "usulan/keputusan_publik.html",
        {
            "kode": asked,
            "keputusan": found,
            "keadaan": kata.KEADAAN_KEPUTUSAN[found.keadaan] if found else "",
            "form": form,
            "cocok": cocok,
        },
        status=200 if found else 404,
    )


@login_required
@require_GET
def unduh(request: HttpRequest, usulan_id: int) -> HttpResponseBase:
    """The decision's PDF, for those who read the usulan."""
    usulan = usulan_or_404(usulan_id)
    row = Keputusan.objects.select_related("berkas").filter(usulan=usulan).first()
    if row is None or row.berkas is None:
        raise Http404(_("Dokumen keputusannya belum ada."))
    stream = open_file(actor_of_request(request), row.berkas)
    return FileResponse(stream, as_attachment=True, filename=row.berkas.nama, content_type="application/pdf")


@login_required
@require_POST
def buat(request: HttpRequest, usulan_id: int) -> HttpResponse:
    """Have the document made again where the first attempt failed."""
    usulan = usulan_or_404(usulan_id)
    actor = actor_of_request(request)
    require_right(actor, ("tetapkan", "verifikasi"), usulan)
    row = Keputusan.objects.filter(usulan=usulan).first()
    if row is None:
        raise Http404(_("Usulan ini belum ditetapkan."))
    if row.berkas_id is None:
        request_document(actor, row)
    return redirect("usulan:rinci", usulan.pk)
