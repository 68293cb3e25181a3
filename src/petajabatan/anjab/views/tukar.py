"""Pages of exchange and print: which file, of what; a file into a draft, checked first."""

from __future__ import annotations

import tempfile
import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from petajabatan.anjab.cetak.pilihan import BENTUK, DATA, Permintaan, source_of, write_file
from petajabatan.anjab.queries.tukar import Sumber, count_of_scope, describe_scope, offered_units
from petajabatan.anjab.services.berkas import JENIS_IMPOR, apply_checked, request_file, submit_import
from petajabatan.inti.models import Pekerjaan
from petajabatan.inti.temuan import Ditolak
from petajabatan.jabatan.queries import versions
from petajabatan.pegawai.cetak.angka import long_date
from petajabatan.usulan.queries.terlihat import usulan_for
from petajabatan.usulan.services.draf import DAPAT_DIUBAH
from petajabatan.usulan.services.hak import may_draft
from petajabatan.usulan.views.dasar import actor_of_request, tell_refusal

LANGSUNG = 3
"""A print of at most this many posts is answered at once (about a second); more becomes a job."""
PILIHAN_UNIT = 600
TERAKHIR = 5
"""Jobs of the draft that the page of imports lists."""


class FormBerkas(forms.Form):
    """Which file, of what. Posts and informasi jabatan come from the page one was on."""

    bentuk = forms.ChoiceField(
        label=gettext_lazy("Bentuk"),
        choices=[(key, gettext_lazy(name)) for key, (name, _ending) in BENTUK.items()],
        initial="pdf",
    )
    unor = forms.TypedChoiceField(label=gettext_lazy("Cakupan"), required=False, coerce=int, empty_value=None)
    versi = forms.TypedChoiceField(label=gettext_lazy("Versi"), required=False, coerce=int, empty_value=None)


def _ids(request: HttpRequest, name: str) -> tuple[int, ...]:
    data = request.POST if request.method == "POST" else request.GET
    return tuple(int(raw) for raw in data.getlist(name)[:500] if raw.isdigit() and len(raw) < 19)


def _wanted(request: HttpRequest, **source: Any) -> Permintaan:
    data = request.POST if request.method == "POST" else request.GET
    raw = data.get("bentuk", "pdf")
    unor = _ids(request, "unor")
    return Permintaan(
        raw if raw in BENTUK else "pdf",
        unor_id=unor[0] if unor else None,
        posisi_id=_ids(request, "posisi"),
        infojab_id=_ids(request, "infojab"),
        **source,
    )


def _dialog(request: HttpRequest, wanted: Permintaan, **context: Any) -> HttpResponseBase:
    actor = actor_of_request(request)
    source = source_of(actor, wanted)
    jumlah, dijelaskan = count_of_scope(source, wanted.cakupan)
    form = FormBerkas(request.POST or None, initial={
        "bentuk": wanted.bentuk, "unor": wanted.unor_id, "versi": source.versi,
    })  # fmt: skip
    units = offered_units(source, PILIHAN_UNIT, wanted.unor_id)
    form.fields["unor"].choices = [("", _("Seluruh peta")), *units]  # type: ignore[attr-defined]
    if wanted.usulan_id is None:
        known = versions(source.instansi.pk)
        form.fields["versi"].choices = [  # type: ignore[attr-defined]
            (v.nomor, f"{v.nomor} · {long_date(v.berlaku)}") for v in known
        ]
    else:
        del form.fields["versi"]
    if request.method == "POST" and form.is_valid():
        return _make(request, wanted, source, jumlah)
    single = bool(wanted.posisi_id or wanted.infojab_id)
    return render(
        request,
        "anjab/tukar_cetak.html",
        {
            "form": form,
            "instansi": source.instansi,
            "sebutan": source.sebutan,
            "satu": describe_scope(source, wanted.cakupan) if single else "",
            "wanted": wanted,
            "dijelaskan": dijelaskan,
            "jumlah": jumlah,
            **context,
        },
    )


def _make(request: HttpRequest, wanted: Permintaan, source: Sumber, n: int) -> HttpResponseBase:
    actor = actor_of_request(request)
    try:
        if n <= LANGSUNG or (wanted.bentuk == "data-json" and n <= 100):
            out = tempfile.SpooledTemporaryFile(max_size=8 << 20)  # noqa: SIM115 - the response closes it
            name, _figures = write_file(actor, wanted, out)
            out.seek(0)
            return FileResponse(out, as_attachment=True, filename=name)
        job = request_file(actor, wanted, source)
    except Ditolak as refused:
        tell_refusal(request, refused)
        return redirect(request.get_full_path())
    return redirect("web:pekerjaan-rinci", job.pk)


@login_required
def cetak_draf(request: HttpRequest, usulan_id: int) -> HttpResponseBase:
    """Print or export what a draft says; POST makes the file at once or hands it to a job."""
    usulan = usulan_for(actor_of_request(request), usulan_id)
    return _dialog(request, _wanted(request, usulan_id=usulan.pk), usulan=usulan)


@login_required
def cetak(request: HttpRequest, instansi_id: int) -> HttpResponseBase:
    """Print or export what a published version says (``versi``; else the one in force)."""
    versi = _ids(request, "versi")
    wanted = _wanted(request, instansi_id=instansi_id, versi=versi[0] if versi else None)
    return _dialog(request, wanted)


@login_required
def impor(request: HttpRequest, usulan_id: int) -> HttpResponse:
    """The page of exchange of a draft; a POST with a file checks it (``periksa``) or brings it in."""
    actor = actor_of_request(request)
    usulan = usulan_for(actor, usulan_id)
    may_draft(actor, usulan.instansi_id, usulan.layanan, usulan.cabang_id)
    if request.method == "POST":
        return _upload(request, usulan.pk)
    jobs = Pekerjaan.objects.filter(
        jenis=JENIS_IMPOR, masukan__usulan_id=usulan.pk, instansi_id=usulan.instansi_id
    ).select_related("berkas_masukan")[:TERAKHIR]
    return render(
        request,
        "anjab/tukar_impor.html",
        {
            "usulan": usulan,
            "terbuka": usulan.status in DAPAT_DIUBAH,
            "pekerjaan": [(job, _can_apply(job)) for job in jobs],
            "data": DATA,
        },
    )


def _can_apply(job: Pekerjaan) -> str:
    """``ya``, ``lewati`` (only with the wrong sections left out), or "": nothing to bring in."""
    if job.status != "selesai" or not job.masukan.get("periksa") or not job.hasil.get("operasi"):
        return ""
    return "ya" if job.hasil.get("ok") else "lewati"


def _upload(request: HttpRequest, usulan_id: int) -> HttpResponse:
    upload = request.FILES.get("berkas")
    if upload is None or upload.file is None:
        messages.error(request, _("Belum ada berkas yang dipilih."))
        return redirect("anjab:tukar-impor", usulan_id)
    try:
        job = submit_import(
            actor_of_request(request), usulan_id, upload.file, upload.name or "infojab.xlsx",
            periksa=request.POST.get("tindakan") != "terapkan",
            lewati_salah=request.POST.get("lewati_salah") == "1",
        )  # fmt: skip
    except Ditolak as refused:
        tell_refusal(request, refused)
        return redirect("anjab:tukar-impor", usulan_id)
    return redirect("web:pekerjaan-rinci", job.pk)


@login_required
@require_POST
def lanjut(request: HttpRequest, usulan_id: int, id: uuid.UUID) -> HttpResponse:
    """Bring in the very file that was checked."""
    actor = actor_of_request(request)
    usulan_for(actor, usulan_id)
    checked = get_object_or_404(
        Pekerjaan.objects.select_related("berkas_masukan"), pk=id, masukan__usulan_id=usulan_id
    )
    try:
        job = apply_checked(actor, checked, lewati_salah=request.POST.get("lewati_salah") == "1")
    except Ditolak as refused:
        tell_refusal(request, refused)
        return redirect("anjab:tukar-impor", usulan_id)
    return redirect("web:pekerjaan-rinci", job.pk)
