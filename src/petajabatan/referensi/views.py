"""Pages of the references: overview, one list, one row, findings, rejects, import."""

from __future__ import annotations

import csv
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import models
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from petajabatan.akun.rules import roles_that_may
from petajabatan.inti.actor import Actor
from petajabatan.inti.berkas import store_file
from petajabatan.inti.temuan import Ditolak, Temuan
from petajabatan.referensi import services
from petajabatan.referensi.katalog import DAFTAR, Daftar
from petajabatan.referensi.models import ImporReferensi, TemuanReferensi, TolakanReferensi
from petajabatan.referensi.queries import (
    choices_of,
    filtered_rows,
    overview,
    search_referensi,
    search_rows,
    usage_of,
)
from petajabatan.referensi.queries.pencarian import BATAS

Words = dict[str, dict[str, str | Promise]]
"""By ORM path of a column: what its codes are called."""
PER_HALAMAN = 50
CSV_MAKS = 50_000
_TERSEMBUNYI = {"id", "aktif", "sumber", "berlaku_dari", "berlaku_sampai"}
_JUDUL_KOLOM = {
    "id_siasn": gettext_lazy("Id SIASN"),
    "kode_cepat": gettext_lazy("Kode cepat"),
    "bup": gettext_lazy("BUP (tahun)"),
    "jenis_umum": gettext_lazy("Bidang"),
    "mkg": gettext_lazy("Masa kerja golongan (tahun)"),
    "koefisien_ak": gettext_lazy("Angka kredit per tahun"),
    "untuk_pns": gettext_lazy("Untuk PNS"),
    "untuk_pppk": gettext_lazy("Untuk PPPK"),
    "instansi_siasn": gettext_lazy("Id instansi pada sumber"),
    "induk_siasn": gettext_lazy("Id induk pada sumber"),
    "kode_wilayah_asal": gettext_lazy("Kode wilayah pada sumber"),
    "masa_berlaku_bulan": gettext_lazy("Masa berlaku (bulan)"),
    "isi": gettext_lazy("Keterangan lain"),
}
"""Labels of columns whose name alone does not say it."""


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def _may_import(request: HttpRequest) -> bool:
    return _actor(request).memegang(*roles_that_may("referensi"))


def _page(request: HttpRequest, rows: Any) -> Any:
    raw = request.GET.get("hal", "1")
    number = int(raw) if raw.isdecimal() and len(raw) < 7 else 1
    return Paginator(rows, PER_HALAMAN).get_page(number)


def _entry(kode: str) -> Daftar:
    if kode not in DAFTAR:
        raise Http404(_("Tidak ada daftar referensi dengan kode itu."))
    return DAFTAR[kode]


@login_required
def daftar(request: HttpRequest) -> HttpResponse:
    """All lists by group; with ``q`` hits from all of them."""
    q = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:100]
    context: dict[str, Any] = {"q": q, "boleh_impor": _may_import(request)}
    if q:
        hits, _more = search_referensi("semua", q, 50)
        context["hasil"] = [(hit, DAFTAR[hit.daftar]) for hit in hits]
    if not (request.headers.get("HX-Request") and q):
        groups: dict[str, list[Any]] = {}
        for item in overview():
            groups.setdefault(item.daftar.kelompok, []).append(item)
        context["kelompok"] = groups.items()
        context["temuan_terbuka"] = TemuanReferensi.objects.filter(aktif=True).count()
        context["tolakan_terbuka"] = TolakanReferensi.objects.filter(aktif=True).count()
    template = "referensi/_hasil.html" if request.headers.get("HX-Request") else "referensi/daftar.html"
    return render(request, template, context)


def _cell(row: Any, path: str, words: Words) -> Any:
    """What stands in a column; a code that a filter of the list offers is told in the filter's words."""
    for part in path.split("."):
        row = getattr(row, part, None)
    word = words.get(path, {}).get(str(row))
    return row if word is None else _(str(word))


@login_required
def isi(request: HttpRequest, kode: str) -> HttpResponse:
    """One list: search as you type, filters, pages."""
    entry = _entry(kode)
    q = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:100]
    rows: Any = filtered_rows(entry, request.GET)
    if q:
        ranked = search_rows(entry, rows, q, BATAS)
        halaman = _page(request, [pk for pk, _score in ranked])
        found = entry.rows().in_bulk(list(halaman.object_list))
        objects = [found[pk] for pk in halaman.object_list if pk in found]
    else:
        halaman = _page(request, rows)
        objects = list(halaman.object_list)
    words: Words = {s.cari: dict(s.pilihan) for s in entry.saringan}
    context = {
        "daftar": entry,
        "halaman": halaman,
        "baris": [(row, [(k, _cell(row, k.jalur, words)) for k in entry.kolom]) for row in objects],
        "q": q,
        "lebih": bool(q) and halaman.paginator.count >= BATAS,
        "saringan": [
            (s, choices_of(entry, s, request.GET), request.GET.get(s.nama, "ya" if s.nama == "aktif" else ""))
            for s in entry.saringan
        ],
        "tersaring": bool(q) or any(request.GET.get(s.nama) for s in entry.saringan),
        "temuan": TemuanReferensi.objects.filter(aktif=True, daftar__in=entry.kode_impor).count(),
        "impor": ImporReferensi.objects.filter(daftar__in=entry.kode_impor).order_by("-id").first(),
    }
    return render(request, "referensi/isi.html", context)


@login_required
def rinci(request: HttpRequest, kode: str, id: str) -> HttpResponse:
    """One row with its source, validity and uses: a drawer, or a page of its own."""
    entry = _entry(kode)
    try:
        row = entry.rows().filter(pk=entry.model._meta.pk.to_python(id)).first()
    except (forms.ValidationError, OverflowError):
        row = None
    if row is None:
        raise Http404(_("Tidak ada baris dengan id itu dalam daftar ini."))
    key = str(getattr(row, entry.kunci) or "")
    context = {
        "daftar": entry,
        "baris": row,
        "judul": (getattr(row, entry.nama) if entry.nama else "") or key or _("(tanpa nama)"),
        "isi": _fields(row),
        "dipakai": usage_of(row),
        "temuan": TemuanReferensi.objects.filter(aktif=True, daftar__in=entry.kode_impor, kunci=key)[:20],
    }
    drawer = bool(request.headers.get("HX-Request"))
    return render(request, "referensi/_rinci.html" if drawer else "referensi/rinci.html", context)


def _fields(row: Any) -> list[tuple[str, Any]]:
    """Label and value of every field, relations by their name; empty ones are left out."""
    shown = []
    for field in row._meta.concrete_fields:
        if field.name in _TERSEMBUNYI:
            continue
        value = getattr(row, field.name)
        label = _JUDUL_KOLOM.get(field.name, field.verbose_name.replace("_", " ").capitalize())
        if isinstance(value, models.Model):
            value = getattr(value, "nama", None) or value.pk
        elif isinstance(value, dict):
            value = "; ".join(f"{k}: {v}" for k, v in value.items())
        elif isinstance(value, bool):
            value = _("ya") if value else _("tidak")
        if value not in (None, ""):
            shown.append((str(label), value))
    return shown


def _findings(request: HttpRequest) -> tuple[QuerySet[TemuanReferensi], dict[str, str]]:
    chosen = {n: request.GET.get(n, "").replace("\x00", "") for n in ("daftar", "kode", "tingkat", "q")}
    rows = TemuanReferensi.objects.filter(aktif=True)
    if chosen["daftar"] in DAFTAR:
        rows = rows.filter(daftar__in=DAFTAR[chosen["daftar"]].kode_impor)
    elif chosen["daftar"]:
        rows = rows.filter(daftar=chosen["daftar"])
    if chosen["kode"]:
        rows = rows.filter(kode=chosen["kode"])
    if chosen["tingkat"]:
        rows = rows.filter(tingkat=chosen["tingkat"])
    if chosen["q"]:
        rows = rows.filter(kalimat__icontains=chosen["q"][:100])
    return rows.order_by("-tingkat", "daftar", "kode", "id"), chosen


@login_required
def temuan(request: HttpRequest) -> HttpResponse:
    """Defects of the official data, by list and kind."""
    rows, chosen = _findings(request)
    halaman = _page(request, rows)
    kinds = (
        TemuanReferensi.objects.filter(aktif=True).values_list("kode").annotate(n=Count("*")).order_by("kode")
    )
    lists = (
        TemuanReferensi.objects.filter(aktif=True)
        .values_list("daftar")
        .annotate(n=Count("*"))
        .order_by("daftar")
    )
    return render(
        request,
        "referensi/temuan.html",
        {
            "halaman": halaman,
            "temuan": [_as_temuan(row) for row in halaman.object_list],
            "dipilih": chosen,
            "kode": list(kinds),
            "daftar_temuan": list(lists),
        },
    )


def _as_temuan(row: TemuanReferensi) -> Temuan:
    return Temuan(
        kode=row.kode,
        tingkat=row.tingkat,  # type: ignore[arg-type]
        kalimat=row.kalimat,
        perbaikan=row.perbaikan,
        tempat=str(row.isi.get("berkas") or row.daftar),
        baris=row.isi.get("baris"),
    )


def _safe(value: Any) -> str:
    """A spreadsheet must not take the text of a defect for a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text[:1] in "=+-@\t\r" and text else text


@login_required
def temuan_csv(request: HttpRequest) -> HttpResponse:
    """The findings of the same filters as a CSV file."""
    rows, _chosen = _findings(request)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="temuan-referensi.csv"'
    response.write("\ufeff")
    writer = csv.writer(response)
    writer.writerow(["daftar", "kode", "tingkat", "kunci", "kalimat", "perbaikan", "berkas", "baris"])
    for row in rows[:CSV_MAKS]:
        writer.writerow(
            [
                _safe(v)
                for v in (row.daftar, row.kode, row.tingkat, row.kunci, row.kalimat, row.perbaikan,
                          row.isi.get("berkas"), row.isi.get("baris"))
            ]
        )  # fmt: skip
    return response


@login_required
def tolakan(request: HttpRequest) -> HttpResponse:
    """Rows that could not be taken, whole, with the reason."""
    rows = TolakanReferensi.objects.filter(aktif=True).order_by("berkas", "baris")
    berkas = request.GET.get("berkas", "").replace("\x00", "")
    if berkas:
        rows = rows.filter(berkas=berkas)
    names = (
        TolakanReferensi.objects.filter(aktif=True)
        .values_list("berkas", flat=True)
        .distinct()
        .order_by("berkas")
    )
    context = {"halaman": _page(request, rows), "berkas": berkas, "pilihan": list(names)}
    return render(request, "referensi/tolakan.html", context)


class FormImporReferensi(forms.Form):
    """A zip of the official files, one such file, or the server's own folder."""

    sumber = forms.ChoiceField(label=gettext_lazy("Sumber"), widget=forms.RadioSelect, initial="unggah")
    berkas = forms.FileField(label=gettext_lazy("Berkas"), required=False, allow_empty_file=True)
    paksa = forms.BooleanField(
        label=gettext_lazy("Baca ulang berkas yang sudah pernah diimpor"),
        required=False,
        help_text=gettext_lazy("Juga menonaktifkan baris yang hilang, berapa pun banyaknya."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("unggah", gettext_lazy("Unggah zip atau satu berkas"))]
        if services.server_folder() is not None:
            choices.append(("folder", gettext_lazy("Folder referensi di server")))
        self.fields["sumber"].choices = choices  # type: ignore[attr-defined]
        self.fields["berkas"].widget.attrs["accept"] = ".zip,.gz,.json,.csv"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("sumber") == "unggah" and not data.get("berkas"):
            self.add_error("berkas", gettext_lazy("Pilih berkasnya."))
        return data


@login_required
def impor(request: HttpRequest) -> HttpResponse:
    """Start an import as a job; admin pusat only."""
    if not _may_import(request):
        raise PermissionDenied(_("Impor referensi memerlukan peran admin pusat."))
    form = FormImporReferensi(request.POST or None, request.FILES or None)
    refused: list[Temuan] = []
    if request.method == "POST" and form.is_valid():
        data, actor, stored = form.cleaned_data, _actor(request), None
        try:
            if data["sumber"] == "unggah":
                stored = store_file(actor, data["berkas"].file, data["berkas"].name, "impor")
            job = services.submit_import(actor, stored, paksa=data["paksa"])
        except Ditolak as refusal:
            refused = refusal.temuan
        else:
            return redirect("web:pekerjaan-rinci", job.pk)
    context = {
        "form": form,
        "temuan": refused,
        "batas": settings.UPLOAD_MAX_BYTES,
        "terakhir": ImporReferensi.objects.filter(bawaan=False).order_by("-id")[:20],
    }
    return render(request, "referensi/impor.html", context, status=422 if refused else 200)
