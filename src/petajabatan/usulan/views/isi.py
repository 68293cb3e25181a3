"""Remarks and documents: what the tabs' forms send."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from petajabatan.inti.temuan import Ditolak
from petajabatan.usulan.forms import FormDokumen, add_refusal, beside
from petajabatan.usulan.services.dokumen import add_document, open_document, withdraw_document
from petajabatan.usulan.services.komentar import add_comment, reopen_comment, resolve_comment
from petajabatan.usulan.views.dasar import actor_of_request, tell_refusal, usulan_or_404
from petajabatan.usulan.views.rinci import context


def _back(request: HttpRequest, usulan_id: int, tab: str, anchor: str = "") -> HttpResponseRedirect:
    """To the page the form stood on, else to the tab."""
    asked = request.POST.get("kembali", "")
    safe = url_has_allowed_host_and_scheme(asked, None) and asked.startswith("/")
    address = asked if safe else f"{reverse('usulan:rinci', args=[usulan_id])}?tab={tab}"
    return HttpResponseRedirect(address + anchor)


def _number(raw: str | None) -> int | None:
    return int(raw) if raw and raw.isdecimal() and len(raw) < 19 else None


@login_required
@require_POST
def komentar(request: HttpRequest, usulan_id: int) -> HttpResponse:
    """A new remark or an answer."""
    anchor = ""
    try:
        made = add_comment(
            actor_of_request(request),
            usulan_id,
            request.POST.get("isi", ""),
            operasi_nomor=_number(request.POST.get("operasi")),
            objek=request.POST.get("objek", ""),
            objek_id=_number(request.POST.get("objek_id")),
            balasan_untuk=_number(request.POST.get("balasan")),
            minta_perbaikan=request.POST.get("minta") == "1",
        )
        anchor = f"#k{made.pk}"
    except Ditolak as refused:
        tell_refusal(request, refused)
    return _back(request, usulan_id, "komentar", anchor)


@login_required
@require_POST
def komentar_keadaan(request: HttpRequest, komentar_id: int) -> HttpResponse:
    """Resolve a thread or open it again."""
    actor = actor_of_request(request)
    reopen = request.POST.get("keadaan") == "buka"
    try:
        row = (reopen_comment if reopen else resolve_comment)(actor, komentar_id)
    except Ditolak as refused:
        tell_refusal(request, refused)
        usulan_id = _number(request.POST.get("usulan")) or 0
        return _back(request, usulan_id, "komentar", f"#k{komentar_id}")
    return _back(request, row.usulan_id, "komentar", f"#k{row.pk}")


@login_required
@require_POST
def dokumen_tambah(request: HttpRequest, usulan_id: int) -> HttpResponse:
    """Upload a document; a refusal shows the tab again with the reason beside the field."""
    actor = actor_of_request(request)
    usulan = usulan_or_404(usulan_id)
    form = FormDokumen(request.POST, request.FILES)
    if form.is_valid():
        upload = form.cleaned_data["berkas"]
        try:
            with beside(form, "berkas"):
                made = add_document(
                    actor,
                    usulan.pk,
                    upload.file,
                    upload.name,
                    jenis=form.cleaned_data["jenis"],
                    keterangan=form.cleaned_data["keterangan"],
                )
        except Ditolak as refused:
            for finding in add_refusal(form, refused):
                form.add_error(None, f"{finding.kalimat} {finding.perbaikan}")
        else:
            messages.success(request, _("%(nama)s tersimpan.") % {"nama": made.berkas.nama})
            return _back(request, usulan.pk, "dokumen")
    values = context(request, actor, usulan, "dokumen") | {"form": form}
    return render(request, "usulan/rinci_dokumen.html", values, status=422)


@login_required
@require_POST
def dokumen_tarik(request: HttpRequest, dokumen_id: int) -> HttpResponse:
    actor = actor_of_request(request)
    try:
        row = withdraw_document(actor, dokumen_id)
    except Ditolak as refused:
        tell_refusal(request, refused)
        return _back(request, _number(request.POST.get("usulan")) or 0, "dokumen")
    messages.success(request, _("%(nama)s ditarik; isinya tetap tersimpan.") % {"nama": row.berkas.nama})
    return _back(request, row.usulan_id, "dokumen")


@login_required
@require_GET
def dokumen_unduh(request: HttpRequest, dokumen_id: int) -> HttpResponseBase:
    """The content, always as a download: nothing that was uploaded is ever shown as a page of ours."""
    row, stream = open_document(actor_of_request(request), dokumen_id)
    return FileResponse(
        stream, as_attachment=True, filename=row.berkas.nama, content_type=row.berkas.jenis_isi
    )
