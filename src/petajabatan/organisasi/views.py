"""Pages of the legal basis: per instansi, and one regulation with the units that stand on it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from petajabatan.akun.rules import roles_that_may
from petajabatan.inti.actor import ANONIM, Actor
from petajabatan.inti.berkas import open_file
from petajabatan.inti.temuan import Ditolak
from petajabatan.organisasi import queries, services
from petajabatan.organisasi.forms import FormBerkas, FormDasarHukum, FormStatus
from petajabatan.organisasi.models import DasarHukum
from petajabatan.organisasi.rules.dasar import JENIS
from petajabatan.referensi.models import Instansi

ID_MAKS = 2**31 - 1
PER_HALAMAN = 50


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = getattr(request, "actor", ANONIM)
    return actor


def _may_edit(actor: Actor, instansi_id: int) -> bool:
    roles = (*roles_that_may("unor"), *roles_that_may("tetapkan"))
    return actor.memegang("sistem", *roles, instansi_id=instansi_id)


def _tell(form: forms.Form, refused: Ditolak) -> None:
    """Put findings beside the fields they are about."""
    for finding in refused.temuan:
        field = finding.kolom if finding.kolom in form.fields else None
        form.add_error(field, f"{finding.kalimat} {finding.perbaikan}")


@login_required
def daftar(request: HttpRequest, instansi_id: int) -> HttpResponse:
    """The regulations of an instansi; a POST records a new one."""
    actor = _actor(request)
    instansi = get_object_or_404(Instansi, pk=min(instansi_id, ID_MAKS))
    may_edit = _may_edit(actor, instansi.pk)
    form = FormDasarHukum(request.POST or None)
    if request.method == "POST":
        if not may_edit:
            raise PermissionDenied(_("Dasar hukum dicatat oleh operator instansi."))
        if form.is_valid():
            try:
                row = services.add_legal_basis(actor, instansi.pk, **form.cleaned_data)
            except Ditolak as refused:
                _tell(form, refused)
            else:
                messages.success(request, _("%(dasar)s tercatat.") % {"dasar": row})
                return redirect("organisasi:dasar-hukum-rinci", row.pk)
    pages: Paginator[Any] = Paginator(queries.UnitTercabut(instansi.pk), PER_HALAMAN)  # type: ignore[arg-type]
    tercabut = pages.get_page(request.GET.get("hal", "1"))
    return render(
        request,
        "organisasi/dasar_hukum.html",
        {
            "instansi": instansi,
            "baris": queries.legal_bases(instansi.pk),
            "tercabut": tercabut,
            "boleh_usulan": actor.memegang("sistem", *roles_that_may("unor"), instansi_id=instansi.pk),
            "form": form,
            "boleh": may_edit,
            "jenis": JENIS,
        },
        status=422 if form.errors else 200,
    )


def _detail(
    request: HttpRequest,
    dasar: DasarHukum,
    status_form: FormStatus | None = None,
    file_form: FormBerkas | None = None,
) -> HttpResponse:
    invalid = bool((status_form and status_form.errors) or (file_form and file_form.errors))
    return render(
        request,
        "organisasi/dasar_hukum_rinci.html",
        {
            "dasar": dasar,
            "instansi": dasar.instansi,
            "unit": queries.units_governed(dasar.pk),
            "boleh": _may_edit(_actor(request), dasar.instansi_id),
            "form_status": status_form or FormStatus(dasar=dasar),
            "form_berkas": file_form or FormBerkas(),
            "batas": settings.UPLOAD_MAX_BYTES,
        },
        status=422 if invalid else 200,
    )


@login_required
def rinci(request: HttpRequest, dasar_id: int) -> HttpResponse:
    """One regulation: status, document, units."""
    return _detail(request, queries.legal_basis(min(dasar_id, ID_MAKS)))


@login_required
@require_POST
def status(request: HttpRequest, dasar_id: int) -> HttpResponse:
    dasar = queries.legal_basis(min(dasar_id, ID_MAKS))
    form = FormStatus(request.POST, dasar=dasar)
    if form.is_valid():
        other = form.cleaned_data["diganti_oleh"]
        try:
            services.mark_legal_basis(
                _actor(request), dasar.pk, form.cleaned_data["status"], other.pk if other else None
            )
        except Ditolak as refused:
            _tell(form, refused)
        else:
            messages.success(request, _("Status disimpan."))
            return redirect("organisasi:dasar-hukum-rinci", dasar.pk)
    return _detail(request, dasar, status_form=form)


@login_required
def berkas(request: HttpRequest, dasar_id: int) -> HttpResponseBase:
    """The document: GET downloads it, POST uploads a new one."""
    dasar = queries.legal_basis(min(dasar_id, ID_MAKS))
    if request.method != "POST":
        if dasar.berkas is None:  # none, or behind the wall for this reader
            raise Http404(_("Naskah peraturan ini tidak tersedia untuk akun Anda."))
        return FileResponse(
            open_file(_actor(request), dasar.berkas),
            as_attachment=True,
            filename=dasar.berkas.nama,
            content_type=dasar.berkas.jenis_isi,
        )
    form = FormBerkas(request.POST, request.FILES)
    if form.is_valid():
        upload = form.cleaned_data["berkas"]
        try:
            services.attach_document(_actor(request), dasar.pk, upload.file, upload.name)
        except Ditolak as refused:
            for finding in refused.temuan:
                form.add_error("berkas", f"{finding.kalimat} {finding.perbaikan}")
        else:
            messages.success(request, _("Naskah tersimpan."))
            return redirect("organisasi:dasar-hukum-rinci", dasar.pk)
    return _detail(request, dasar, file_form=form)
