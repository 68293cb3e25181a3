"""The import wizard: upload → check as a job → findings → confirm. Nothing is stored before the last step."""

from __future__ import annotations

import csv
import datetime as dt
import io
import tempfile
import uuid
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from petajabatan.inti.berkas import store_file
from petajabatan.inti.models import Pekerjaan
from petajabatan.inti.pekerjaan import submit_job
from petajabatan.inti.temuan import Ditolak, Temuan, refuse
from petajabatan.jabatan.services import write_map_template
from petajabatan.jabatan.services.impor import changes_by_usulan
from petajabatan.pegawai.importers import is_people_file, store_upload
from petajabatan.pegawai.rules.kolom import KOLOM
from petajabatan.referensi.models import Instansi
from petajabatan.web.context import chosen_instansi, own_instansi
from petajabatan.web.impor import JENIS_IMPOR, JenisImpor, may_import
from petajabatan.web.konteks_halaman import actor_of_request


class FormImpor(forms.Form):
    """Upload of one file for one instansi."""

    instansi = forms.ModelChoiceField(
        Instansi.objects.none(), label=_("Instansi"), empty_label=_("Pilih instansi")
    )
    berkas = forms.FileField(label=_("Berkas"), allow_empty_file=True)
    format = forms.ChoiceField(label=_("Bentuk berkas"), required=False)
    berlaku = forms.DateField(
        label=_("Berlaku mulai"),
        required=False,
        help_text=_(
            "Tanggal peta ini mulai berlaku; kosong berarti hari ini. Tidak dipakai bila berkasnya menjadi"
            " draf usulan."
        ),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, jenis: JenisImpor, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = own_instansi(actor_of_request(request))
        rows = Instansi.objects.order_by("nama")
        if own is not None:
            rows = rows.filter(pk__in=own)
        instansi = self.fields["instansi"]
        instansi.queryset = rows.only("id", "nama")  # type: ignore[attr-defined]
        instansi.label_from_instance = lambda i: i.nama  # type: ignore[attr-defined]
        instansi.initial = chosen_instansi(request)
        self.fields["berkas"].widget.attrs["accept"] = jenis.terima
        if jenis.format:
            self.fields["format"].choices = list(jenis.format)  # type: ignore[attr-defined]
        else:
            del self.fields["format"]
        if not jenis.dengan_berlaku:
            del self.fields["berlaku"]


@login_required
def impor(request: HttpRequest, jenis: str) -> HttpResponse:
    """Step 1: choose the instansi and the file; a POST stores it and starts the check."""
    actor, kind = actor_of_request(request), JENIS_IMPOR[jenis]
    if not may_import(actor, jenis, None):
        raise PermissionDenied(_("Impor ini memerlukan peran operator pada instansi Anda."))
    form = FormImpor(request.POST or None, request.FILES or None, jenis=kind, request=request)
    refused: list[Temuan] = []
    if request.method == "POST" and form.is_valid():
        try:
            job = _start_check(request, kind, form.cleaned_data)
        except Ditolak as refusal:
            refused = refusal.temuan
        else:
            return redirect("web:pekerjaan-rinci", job.pk)
    chosen = chosen_instansi(request)
    return render(
        request,
        "web/impor.html",
        {
            "jenis": kind,
            "form": form,
            "temuan": refused,
            "batas": settings.UPLOAD_MAX_BYTES,
            "langkah": 1,
            "instansi_templat": chosen,
            "lewat_usulan": changes_by_usulan(chosen) if chosen else None,
        },
        status=422 if refused else 200,
    )


def _start_check(request: HttpRequest, kind: JenisImpor, data: dict[str, Any]) -> Pekerjaan:
    actor, instansi = actor_of_request(request), data["instansi"]
    if not may_import(actor, kind.kode, instansi.pk):
        raise PermissionDenied(_("Instansi ini di luar cakupan peran Anda."))
    upload = data["berkas"]
    # Findings about people quote them, and roles that see counts only read the instansi's jobs: an import of
    # people, its file and its findings belong to whoever uploads (and to nationwide roles that see people).
    of_instansi = None if kind.kode == "impor-pegawai" else instansi.pk
    if kind.kode == "impor-pegawai":
        berkas = store_upload(actor, upload.file, upload.name)
    else:
        if is_people_file(upload.file):
            # Stored here it would be read by roles that see counts only, names and all.
            refuse(
                "berkas-pegawai",
                "Berkas ini berisi data pegawai, bukan unit. Tidak ada yang disimpan.",
                "Unggah lewat Impor pegawai.",
                tempat=upload.name,
                tautan=reverse("web:impor-pegawai"),
            )
        berkas = store_file(actor, upload.file, upload.name, "impor", of_instansi)
    berlaku: dt.date | None = data.get("berlaku")
    masukan = {
        "instansi_id": instansi.pk,
        "periksa": True,
        "lewati_salah": False,
        "format": data.get("format") or None,
        "berlaku": berlaku.isoformat() if berlaku else None,
    }
    judul = f"Periksa {upload.name}"[:255]
    return submit_job(actor, kind.kode, judul, masukan, berkas=berkas, instansi_id=of_instansi)


@login_required
@require_POST
def lanjut(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Step 4: import what was checked, from the very file that was checked."""
    actor = actor_of_request(request)
    checked = get_object_or_404(Pekerjaan.objects.select_related("berkas_masukan"), pk=id)
    instansi_id = checked.masukan.get("instansi_id")
    if checked.jenis not in JENIS_IMPOR or not may_import(actor, checked.jenis, instansi_id):
        raise PermissionDenied(_("Impor ini di luar cakupan peran Anda."))
    if checked.status != "selesai" or not checked.masukan.get("periksa") or checked.berkas_masukan is None:
        raise PermissionDenied(_("Hanya berkas yang selesai diperiksa yang dapat diimpor."))
    masukan = checked.masukan | {"periksa": False, "lewati_salah": request.POST.get("lewati_salah") == "1"}
    job = submit_job(
        actor,
        checked.jenis,
        f"Impor {checked.berkas_masukan.nama}"[:255],
        masukan,
        berkas=checked.berkas_masukan,
        instansi_id=checked.instansi_id,
    )
    return redirect("web:pekerjaan-rinci", job.pk)


CONTOH_PEGAWAI = {
    "nip_baru": "199001012015011001",
    "nama": "CONTOH NAMA",
    "tanggal_lahir": "01-01-1990",
    "jenis_kelamin": "M",
    "jenis_pegawai_nama": "PNS",
    "kedudukan_hukum_id": "01",
    "kedudukan_hukum_nama": "Aktif",
    "status_cpns_pns": "P",
    "tmt_cpns": "01-01-2015",
    "gol_akhir_nama": "III/b",
    "jabatan_nama": "Pengolah Data dan Informasi",
    "unor_nama": "Sekretariat",
}
"""One row that shows how cells look; the person does not exist."""


@login_required
def templat_unor(request: HttpRequest) -> FileResponse:
    """Our workbook for the chosen instansi: with its last map (``?isi=1``) or empty."""
    instansi_id = chosen_instansi(request)
    if instansi_id is None:
        raise Http404(_("Pilih instansi lebih dahulu; templat dibuat untuk satu instansi."))
    out = tempfile.SpooledTemporaryFile(max_size=8 << 20)  # noqa: SIM115 - the response closes it
    filled = request.GET.get("isi") == "1"
    write_map_template(actor_of_request(request), instansi_id, out, terisi=filled)
    out.seek(0)
    return FileResponse(out, as_attachment=True, filename=f"templat-unor-{instansi_id}.xlsx")


@login_required
def templat_pegawai(request: HttpRequest) -> FileResponse:
    """The columns that are read, and one example row."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(KOLOM)
    writer.writerow([CONTOH_PEGAWAI.get(column, "") for column in KOLOM])
    body = io.BytesIO(text.getvalue().encode("utf-8-sig"))
    return FileResponse(body, as_attachment=True, filename="templat-pegawai.csv", content_type="text/csv")
