"""Pages of requests for a new OTK: the list, and one request with its stages."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from petajabatan.akun.rules import roles_that_may
from petajabatan.inti.actor import Actor
from petajabatan.inti.berkas import open_file
from petajabatan.inti.jam import today
from petajabatan.inti.temuan import Ditolak, Temuan, refuse
from petajabatan.organisasi.models import DasarHukum
from petajabatan.referensi.models import Instansi
from petajabatan.usulan.models import PermohonanOtk, TahapOtk
from petajabatan.usulan.queries.otk import draft_facts
from petajabatan.usulan.queries.temuan import grouped
from petajabatan.usulan.rules.otk import JUDUL, MUNDUR, URUTAN
from petajabatan.usulan.services import otk
from petajabatan.usulan.views.dasar import ID_MAKS, actor_of_request, page_number, require_reader

PER_HALAMAN = 25
OPERASI_MAKS = 500
SEBELUM_DRAF = ("struktur", "verifikasi", "injeksi")
"""Stages on which what the structure file comes to is shown."""


def _own(actor: Actor) -> list[int]:
    """Instansi for which the actor may ask."""
    roles = roles_that_may("unor")
    return sorted(
        {i.instansi_id for i in actor.izin if i.peran in roles and i.lingkup == "instansi" and i.instansi_id}
    )


@login_required
def daftar(request: HttpRequest) -> HttpResponse:
    """All requests in scope, newest first. Four statements at most."""
    actor = actor_of_request(request)
    require_reader(actor)
    rows = PermohonanOtk.objects.select_related("instansi").prefetch_related("tahap")
    status = request.GET.get("status", "")
    if status in PermohonanOtk.Status.values:
        rows = rows.filter(status=status)
    halaman = Paginator(rows, PER_HALAMAN).get_page(page_number(request))
    hari = today()
    baris = []
    for row in halaman:
        stage = next((t for t in row.tahap.all() if t.selesai is None), None)
        baris.append(
            {
                "p": row,
                "tahap": JUDUL[stage.tahap] if stage else row.get_status_display(),
                "pemilik": stage.pemilik if stage else "",
                "tenggat": stage.tenggat if stage else None,
                "lambat": stage is not None and stage.tenggat is not None and stage.tenggat < hari,
            }
        )
    values = {"baris": baris, "halaman": halaman, "status": status, "boleh_buat": bool(_own(actor))}
    return render(request, "usulan/otk_daftar.html", values | {"pilihan": PermohonanOtk.Status.choices})


@login_required
def baru(request: HttpRequest) -> HttpResponse:
    """Ask for a new one; pressed twice it is one."""
    actor = actor_of_request(request)
    own = _own(actor)
    raw = request.POST.get("instansi") or request.GET.get("instansi", "")
    asked = int(raw) if raw.isdecimal() and len(raw) < 10 else None
    if not own or (asked is not None and asked not in own):
        raise PermissionDenied(_("Permohonan dibuat oleh operator instansi yang bersangkutan."))
    instansi = get_object_or_404(Instansi, pk=asked or own[0])
    temuan: list[Temuan] = []
    if request.method == "POST":
        try:
            made = otk.open_request(
                actor,
                instansi.pk,
                judul=request.POST.get("judul", ""),
                dasar_hukum_id=_number(request.POST.get("dasar_hukum")),
            )
        except Ditolak as refused:
            temuan = refused.temuan
        else:
            messages.success(request, _("Permohonan dibuat; mulai dari tahap pertama."))
            return redirect("usulan:otk-rinci", made.pk)
    values = {
        "instansi": instansi,
        "dasar": _bases(instansi.pk),
        "temuan": temuan,
        "judul": request.POST.get("judul", ""),
        "tahap": [JUDUL[kode] for kode in URUTAN],
    }
    return render(request, "usulan/otk_baru.html", values, status=422 if temuan else 200)


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() and len(text) < 19 else None


def _bases(instansi_id: int) -> list[DasarHukum]:
    rows = DasarHukum.objects.filter(instansi_id=instansi_id).exclude(status="dicabut")
    return list(rows.order_by("-tahun", "nomor"))


@login_required
@require_safe
def berkas(request: HttpRequest, permohonan_id: int) -> HttpResponseBase:
    """The structure file, as it was uploaded."""
    actor = actor_of_request(request)
    _row, kept = otk.structure_of(actor, min(permohonan_id, ID_MAKS))
    return FileResponse(open_file(actor, kept), as_attachment=True, filename=kept.nama)


@login_required
@require_safe
def rencana(request: HttpRequest, permohonan_id: int) -> HttpResponse:
    """What injecting the structure file would do; a fragment of the request's page, or a page of its own."""
    actor = actor_of_request(request)
    row = _request_or_404(permohonan_id)
    result = otk.coming_operations(actor, row.pk)
    values = {
        "p": row,
        "hasil": result,
        "operasi": result.rencana[:OPERASI_MAKS],
        "lebih": max(0, len(result.rencana) - OPERASI_MAKS),
        "temuan": grouped(result.temuan),
    }
    inside = bool(request.headers.get("HX-Request"))
    return render(request, "usulan/_otk_rencana.html" if inside else "usulan/otk_rencana.html", values)


def _request_or_404(permohonan_id: int) -> PermohonanOtk:
    rows = PermohonanOtk.objects.select_related("instansi", "dasar_hukum", "berkas_struktur", "usulan")
    row = rows.filter(pk=min(permohonan_id, ID_MAKS)).first()
    if row is None:
        raise Http404(_("Permohonan itu tidak ada, atau berada di luar cakupan akun Anda."))
    return row


@login_required
def rinci(request: HttpRequest, permohonan_id: int) -> HttpResponse:
    """One request: where it stands, what is asked now, what happened."""
    require_reader(actor_of_request(request))
    return _page(request, _request_or_404(permohonan_id), [])


def _page(request: HttpRequest, row: PermohonanOtk, temuan: list[Temuan], status: int = 200) -> HttpResponse:
    actor = actor_of_request(request)
    stages = list(TahapOtk.objects.filter(permohonan=row))
    now = next((t for t in stages if t.selesai is None), None)
    owner = False
    if now is not None and row.status == "berjalan":
        try:
            otk.require_owner(actor, row, now.pemilik)
            owner = True
        except PermissionDenied:
            owner = False
    reached = {t.tahap for t in stages if t.hasil == "lanjut"}
    values: dict[str, Any] = {
        "p": row,
        "kini": now,
        "judul_kini": JUDUL[now.tahap] if now else "",
        "langkah": [
            {"judul": JUDUL[kode], "kini": now is not None and now.tahap == kode, "lewat": kode in reached}
            for kode in URUTAN
        ],
        "riwayat": [{"t": t, "judul": JUDUL[t.tahap]} for t in reversed(stages) if t.selesai],
        "pemilik": owner,
        "instansi_sendiri": row.instansi_id in _own(actor),
        "dasar": _bases(row.instansi_id) if now and now.tahap == "peraturan" else [],
        "mundur": [(kode, JUDUL[kode]) for kode in MUNDUR.get(now.tahap, ())] if now else [],
        "lambat": now is not None and now.tenggat is not None and now.tenggat < today(),
        "fakta": draft_facts(row.usulan_id) if row.usulan_id is not None else None,
        "rencana": row.berkas_struktur_id is not None and now is not None and now.tahap in SEBELUM_DRAF,
        "temuan": temuan,
    }
    return render(request, "usulan/otk_rinci.html", values, status=status)


@login_required
@require_POST
def tindakan(request: HttpRequest, permohonan_id: int, tindakan: str) -> HttpResponse:
    """Everything one does on the page of a request; refusals are shown there."""
    actor = actor_of_request(request)
    row = _request_or_404(permohonan_id)
    catatan = request.POST.get("catatan", "")[:5000]
    try:
        if tindakan == "centang":
            otk.tick(actor, row.pk, request.POST.get("kode", ""), request.POST.get("selesai") == "1")
        elif tindakan == "dasar":
            otk.choose_basis(actor, row.pk, _number(request.POST.get("dasar_hukum")) or 0)
        elif tindakan == "struktur":
            _upload(request, actor, row)
        elif tindakan == "ekstrak":
            return _extract(request, actor, row)
        elif tindakan == "lanjut":
            otk.advance(actor, row.pk, catatan)
            messages.success(request, _("Tahap selesai."))
        elif tindakan == "kembali":
            otk.send_back(actor, row.pk, request.POST.get("ke", ""), catatan)
            messages.success(request, _("Permohonan dikembalikan."))
        elif tindakan == "injeksi":
            result = otk.inject(actor, row.pk)
            done = _("Draf usulan dibuat: %(n)s operasi; %(d)s perbedaan tidak dapat diterapkan.")
            messages.success(request, done % {"n": result.operasi, "d": result.ditolak})
        elif tindakan == "batal":
            otk.cancel_request(actor, row.pk, catatan)
            messages.success(request, _("Permohonan dibatalkan."))
        else:
            raise Http404(_("Tindakan itu tidak dikenal."))
    except Ditolak as refused:
        return _page(request, _request_or_404(permohonan_id), refused.temuan, status=422)
    return redirect("usulan:otk-rinci", row.pk)


def _upload(request: HttpRequest, actor: Actor, row: PermohonanOtk) -> None:
    upload = request.FILES.get("berkas")
    if upload is None or upload.file is None:
        refuse("berkas-kosong", "Belum ada berkas yang dipilih.", "Pilih berkas struktur, lalu unggah.")
    result = otk.attach_structure(actor, row.pk, upload.file, upload.name or "struktur.xlsx")
    kept = _("Berkas struktur tersimpan: %(n)s operasi akan dibuat, %(d)s perbedaan ditolak aturan.")
    messages.success(request, kept % {"n": result.operasi, "d": result.ditolak})
    for finding in result.temuan[:5]:
        messages.warning(request, f"{finding.tempat} {finding.baris or ''}: {finding.kalimat}")


def _extract(request: HttpRequest, actor: Actor, row: PermohonanOtk) -> HttpResponse:
    data = otk.extract(actor, row.pk, request.POST.get("teks", ""))
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    response = HttpResponse(data, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="struktur-otk-{row.pk}.xlsx"'
    return response
