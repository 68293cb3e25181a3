"""The draft as a workbook: download to edit, upload what was edited. Both are jobs."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from petajabatan.inti.berkas import store_file
from petajabatan.inti.pekerjaan import submit_job
from petajabatan.inti.temuan import Ditolak
from petajabatan.usulan.models import Usulan
from petajabatan.usulan.services.draf import DAPAT_DIUBAH
from petajabatan.usulan.services.hak import may_draft
from petajabatan.usulan.views.dasar import actor_of_request, tell_refusal, usulan_or_404


@login_required
def lembar(request: HttpRequest, usulan_id: int) -> HttpResponse:
    """The page; a POST with ``ekspor`` makes the workbook, one with a file brings it in (``periksa``: only
    checks)."""
    actor = actor_of_request(request)
    usulan = usulan_or_404(usulan_id)
    may_draft(actor, usulan.instansi_id, usulan.layanan, usulan.cabang_id)
    if request.method == "POST":
        if request.POST.get("tindakan") == "ekspor":
            title = _("Lembar kerja %(nomor)s") % {"nomor": usulan.nomor}
            job = submit_job(
                actor,
                "usulan-ekspor-lembar",
                title,
                {"usulan_id": usulan.pk},
                instansi_id=usulan.instansi_id,
            )
            return redirect("web:pekerjaan-rinci", job.pk)
        return _upload(request, usulan)
    return render(request, "usulan/lembar.html", {"usulan": usulan, "terbuka": usulan.status in DAPAT_DIUBAH})


def _upload(request: HttpRequest, usulan: Usulan) -> HttpResponse:
    actor, upload = actor_of_request(request), request.FILES.get("berkas")
    if upload is None or upload.file is None:
        messages.error(request, _("Belum ada berkas yang dipilih."))
        return redirect("usulan:lembar", usulan.pk)
    name = upload.name or "lembar.xlsx"
    try:
        berkas = store_file(actor, upload.file, name, "impor", usulan.instansi_id)
    except Ditolak as refused:
        tell_refusal(request, refused)
        return redirect("usulan:lembar", usulan.pk)
    check = request.POST.get("tindakan") == "periksa"
    words = _("Periksa %(berkas)s") if check else _("Terapkan %(berkas)s")
    job = submit_job(
        actor,
        "usulan-impor-lembar",
        (words % {"berkas": name})[:255],
        {
            "usulan_id": usulan.pk,
            "periksa": check,
            "lewati_ditolak": request.POST.get("lewati_ditolak") == "1",
        },
        berkas=berkas,
        instansi_id=usulan.instansi_id,
    )
    return redirect("web:pekerjaan-rinci", job.pk)
