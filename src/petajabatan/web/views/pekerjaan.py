"""Jobs: mine and those of my instansi, progress, findings, result, cancel, retry."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from petajabatan.inti.berkas import open_file
from petajabatan.inti.models import Pekerjaan, TemuanPekerjaan
from petajabatan.inti.pekerjaan import request_cancel, retry_job, with_outcome
from petajabatan.inti.temuan import Ditolak
from petajabatan.jabatan.services.impor import changes_by_usulan
from petajabatan.referensi.models import Instansi
from petajabatan.web.ekspor import findings_csv, findings_xlsx
from petajabatan.web.impor import JENIS_IMPOR, may_import
from petajabatan.web.konteks_halaman import actor_of_request, page_number

PER_HALAMAN = 25
TEMUAN_PER_HALAMAN = 50


@login_required
def daftar(request: HttpRequest) -> HttpResponse:
    """Jobs of the actor, or all of the instansi whose drafts the actor may read (row-level security)."""
    actor = actor_of_request(request)
    milik = "instansi" if request.GET.get("milik") == "instansi" else "saya"
    jobs = with_outcome(Pekerjaan.objects.order_by("-dibuat").defer("hasil", "galat"))
    if milik == "saya":
        jobs = jobs.filter(pemilik_id=actor.id)
    status = request.GET.get("status", "")
    if status in Pekerjaan.Status.values:
        jobs = jobs.filter(status=status)
    halaman = Paginator(jobs, PER_HALAMAN).get_page(page_number(request))
    where = {j.pk: j.instansi_id or j.masukan.get("instansi_id") for j in halaman}
    names = Instansi.objects.only("id", "nama").in_bulk({pk for pk in where.values() if pk})
    rows = [{"job": j, "instansi": names.get(where[j.pk])} for j in halaman]
    return render(
        request,
        "web/pekerjaan.html",
        {
            "baris": rows,
            "halaman": halaman,
            "milik": milik,
            "status": status,
            "pilihan_status": Pekerjaan.Status.choices,
            "lihat_instansi": bool(actor.cakupan_draf) or actor.cakupan_nasional,
        },
    )


def _job(request: HttpRequest, id: uuid.UUID) -> Pekerjaan:
    """The job if it is the actor's or stands inside its scope; 404 otherwise, by the database's wall."""
    jobs = with_outcome(Pekerjaan.objects.select_related("berkas_masukan", "berkas_hasil"))
    return get_object_or_404(jobs, pk=id)


@login_required
def rinci(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    actor = actor_of_request(request)
    job = _job(request, id)
    findings = _filtered(request, job)
    halaman = Paginator(findings, TEMUAN_PER_HALAMAN).get_page(page_number(request))
    counts = list(job.temuan.values("tingkat", "kode").annotate(n=Count("id")).order_by("tingkat", "-n"))
    instansi_id = job.instansi_id or job.masukan.get("instansi_id")
    own = job.pemilik_id is not None and job.pemilik_id == actor.id
    is_import = job.jenis in JENIS_IMPOR
    checked = is_import and bool(job.masukan.get("periksa"))
    per_level = {
        level: sum(row["n"] for row in counts if row["tingkat"] == level)
        for level in ("galat", "peringatan", "catatan")
    }
    return render(
        request,
        "web/pekerjaan_rinci.html",
        {
            "job": job,
            "instansi": Instansi.objects.filter(pk=instansi_id).first() if instansi_id else None,
            "angka_hasil": _figures(job),
            "halaman": halaman,
            "per_kode": counts,
            "per_tingkat": per_level,
            "tingkat": request.GET.get("tingkat", ""),
            "kode": request.GET.get("kode", ""),
            "boleh_batal": own and job.status in ("antre", "berjalan"),
            "boleh_ulang": own and job.status in ("gagal", "ditolak", "batal"),
            "langkah": _step(job) if is_import else 0,
            "boleh_impor": checked
            and job.status == "selesai"
            and (per_level["galat"] == 0 or job.jenis == "impor-pegawai")
            and may_import(actor, job.jenis, instansi_id),
            "jadi_draf": job.jenis == "impor-unor" and bool(instansi_id) and changes_by_usulan(instansi_id),
            "perlu_lewati": checked and per_level["galat"] > 0,
            "terbuka": job.status in ("antre", "berjalan"),
            "url_impor": reverse("web:" + job.jenis) if is_import else "",
        },
    )


def _step(job: Pekerjaan) -> int:
    """Where an import stands: 2 checking, 3 findings are there, 4 importing."""
    if not job.masukan.get("periksa"):
        return 4
    return 2 if job.status in ("antre", "berjalan") else 3


LABEL_HASIL = {
    "format": _("Bentuk berkas"),
    "baris": _("Baris dibaca"),
    "dibaca": _("Baris dibaca"),
    "ditambah": _("Unit baru"),
    "diubah": _("Berubah"),
    "dihapus": _("Unit berakhir"),
    "sama": _("Tidak berubah"),
    "baru": _("Orang baru"),
    "tetap": _("Tidak berubah"),
    "ditolak": _("Baris ditolak"),
    "berunor": _("Unor dikenali"),
    "berposisi": _("Kotak jabatan dikenali"),
    "kursi_baru": _("Penempatan baru"),
    "kursi_ditutup": _("Penempatan berakhir"),
    "kursi_dilengkapi": _("Penempatan dilengkapi"),
    "pindah_tertunda": _("Pindah antarinstansi tertunda"),
    "tidak_ada_di_berkas": _("Tercatat tetapi tidak ada di berkas"),
    "versi": _("Versi peta"),
    "jabatan_baru": _("Jabatan baru"),
    "jabatan_dilengkapi": _("Jabatan dilengkapi"),
    "jabatan_sudah_ada": _("Jabatan sudah ada"),
    "bagian_infojab": _("Bagian informasi jabatan"),
    "baris_abk": _("Baris ABK"),
    "k_berubah": _("K yang berubah"),
    "selisih_k": _("Selisih K"),
}
"""What figures of a result are called, in the order they are read; others follow under their own name."""


def _figures(job: Pekerjaan) -> list[tuple[str, object]]:
    """Plain figures and texts of the result. PostgreSQL keeps no order of keys, so the order is ours."""
    known = list(LABEL_HASIL)
    order = sorted(job.hasil, key=lambda k: (known.index(k) if k in LABEL_HASIL else len(known), k))
    return [
        (str(LABEL_HASIL.get(key) or key.replace("_", " ").capitalize()), job.hasil[key])
        for key in order
        if key != "usulan_id"
        and not (key == "versi" and job.hasil.get("usulan_id"))
        and isinstance(job.hasil[key], (int, float, str))
        and not isinstance(job.hasil[key], bool)
        and job.hasil[key] != ""
    ]


def _filtered(request: HttpRequest, job: Pekerjaan) -> QuerySet[TemuanPekerjaan]:
    findings = job.temuan.order_by("id")
    if level := request.GET.get("tingkat"):
        findings = findings.filter(tingkat=level)
    if code := request.GET.get("kode"):
        findings = findings.filter(kode=code)
    return findings


@login_required
def kemajuan(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """The progress fragment; once the job has ended the page is asked to reload with the result."""
    job = _job(request, id)
    response = render(request, "web/pekerjaan_kemajuan.html", {"job": job})
    if job.status not in ("antre", "berjalan"):
        response["HX-Refresh"] = "true"
    return response


@login_required
@require_POST
def batal(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    job = _job(request, id)
    request_cancel(actor_of_request(request), job)
    messages.info(request, str(_("Pembatalan diminta. Yang sudah dibaca tidak disimpan.")))
    return redirect("web:pekerjaan-rinci", id)


@login_required
@require_POST
def ulang(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    job = _job(request, id)
    try:
        new = retry_job(actor_of_request(request), job)
    except Ditolak as refusal:
        messages.error(request, refusal.temuan[0].kalimat)
        return redirect("web:pekerjaan-rinci", id)
    return redirect("web:pekerjaan-rinci", new.pk)


@login_required
def temuan(request: HttpRequest, id: uuid.UUID, bentuk: str) -> FileResponse:
    """All findings (with the page's filters) as a CSV or XLSX file."""
    job = _job(request, id)
    rows = _filtered(request, job).iterator(chunk_size=5000)
    make = findings_csv if bentuk == "csv" else findings_xlsx
    return FileResponse(make(rows), as_attachment=True, filename=f"temuan-{job.pk.hex[:8]}.{bentuk}")


@login_required
def hasil(request: HttpRequest, id: uuid.UUID) -> FileResponse:
    """The file a job made (export, print, rejected rows); reading it is recorded."""
    job = _job(request, id)
    if job.berkas_hasil is None:
        raise Http404(str(_("Pekerjaan ini tidak menghasilkan berkas.")))
    stream = open_file(actor_of_request(request), job.berkas_hasil)
    return FileResponse(
        stream,
        as_attachment=True,
        filename=job.berkas_hasil.nama,
        content_type=job.berkas_hasil.jenis_isi,
    )
