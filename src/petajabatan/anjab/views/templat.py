"""Templates of pembina: the list, one template with its versions, writing and publishing a version."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from petajabatan.anjab.berkas_templat import read_upload, write_json, write_xlsx
from petajabatan.anjab.models import TemplatPembina, TemplatVersi
from petajabatan.anjab.queries.templat import (
    ministries_of,
    published_followers,
    publishes_for,
    template_for,
    templates_for,
    version_for,
)
from petajabatan.anjab.rules.templat import JENIS_UNOR, templat_of
from petajabatan.anjab.services.templat import (
    create_template,
    publish_version,
    require_publisher,
    save_version,
)
from petajabatan.inti.temuan import Ditolak
from petajabatan.referensi.models import Instansi, MasterUnor
from petajabatan.usulan.forms import add_refusal
from petajabatan.usulan.views.dasar import actor_of_request

UNIT_KOSONG, POSISI_KOSONG = 2, 8
KOLOM_UNIT = ("kunci", "nama", "atasan", "jenis", "eselon", "nama_jabatan")
KOLOM_POSISI = ("unit", "kunci", "jabatan", "jenis", "kelas", "k", "kepala")


class FormTemplat(forms.Form):
    """A new template."""

    pembina = forms.ModelChoiceField(Instansi.objects.none(), label=gettext_lazy("Instansi pembina"))
    nama = forms.CharField(label=gettext_lazy("Nama templat"), max_length=200)
    jenis_master = forms.ChoiceField(
        label=gettext_lazy("Bagi unit"), required=False, choices=[("", "–"), *MasterUnor.Jenis.choices]
    )
    bentuk = forms.CharField(
        label=gettext_lazy("Bentuk"),
        required=False,
        max_length=20,
        help_text=gettext_lazy("misalnya SD atau SMP"),
    )
    keterangan = forms.CharField(
        label=gettext_lazy("Keterangan dan dasarnya"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@login_required
def daftar(request: HttpRequest) -> HttpResponse:
    actor = actor_of_request(request)
    rows = list(templates_for(actor))
    return render(
        request, "anjab/templat/daftar.html", {"baris": rows, "boleh": ministries_of(actor).exists()}
    )


@login_required
def baru(request: HttpRequest) -> HttpResponse:
    actor = actor_of_request(request)
    require_publisher(actor)
    form = FormTemplat(request.POST or None)
    mine = ministries_of(actor).order_by("nama")
    form.fields["pembina"].queryset = mine  # type: ignore[attr-defined]
    form.fields["pembina"].label_from_instance = lambda row: row.nama  # type: ignore[attr-defined]
    if mine.count() == 1:
        form.fields["pembina"].initial = mine.first()
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            made = create_template(
                actor,
                values["pembina"].pk,
                nama=values["nama"],
                keterangan=values["keterangan"],
                jenis_master=values["jenis_master"],
                bentuk=values["bentuk"],
            )
        except Ditolak as refused:
            for t in add_refusal(form, refused):
                form.add_error(None, f"{t.kalimat} {t.perbaikan}")
        else:
            return redirect("anjab:templat-versi", made.pk, 1)
    return render(
        request, "anjab/templat/baru.html", {"form": form}, status=422 if request.method == "POST" else 200
    )


@login_required
def rinci(request: HttpRequest, templat_id: int) -> HttpResponse:
    """One template: versions, who follows which, and what the last one says."""
    actor = actor_of_request(request)
    templat = template_for(actor, templat_id)
    own = publishes_for(actor, templat.pembina_id)
    versions = [v for v in templat.versi.all() if v.terbit or own]
    shown = next((v for v in versions if v.terbit), versions[0] if versions else None)
    values: dict[str, Any] = {
        "t": templat,
        "versi": versions,
        "boleh": own,
        "berikutnya": max((v.nomor for v in versions if v.terbit), default=0) + 1,
        "pengikut": published_followers(templat.pk),
    }
    if shown is not None:
        values |= {
            "tampil": shown,
            "isi": templat_of(TemplatVersi.objects.values_list("isi", flat=True).get(pk=shown.pk)),
        }
    return render(request, "anjab/templat/rinci.html", values)


@login_required
def versi(request: HttpRequest, templat_id: int, nomor: int) -> HttpResponse:
    """A published version to read; the next one to write (form, workbook or JSON) and publish."""
    actor = actor_of_request(request)
    templat = template_for(actor, templat_id)
    row = templat.versi.filter(nomor=nomor).first()
    if row is not None and row.terbit:
        held = version_for(actor, templat_id, nomor)
        return render(
            request, "anjab/templat/versi.html", {"t": templat, "v": held, "isi": templat_of(held.isi)}
        )
    if not publishes_for(actor, templat.pembina_id):
        raise PermissionDenied(_("Versi yang belum terbit hanya dibuka pembinanya."))
    status, found, raw = 200, [], _current(templat)
    if request.method == "POST":
        try:
            return _written(request, templat, raw)
        except Ditolak as refused:
            found, status = refused.temuan, 422
            if request.POST.get("tindakan") == "simpan":
                raw = _from_form(request.POST, raw)
    draft = templat.versi.filter(status="draf").first()
    values = {
        "t": templat,
        "v": draft,
        "nomor": nomor,
        "temuan": found,
        "jenis_unor": JENIS_UNOR,
        "unit": _padded(raw["unit"], UNIT_KOSONG),
        "posisi": _padded(_posts(raw), POSISI_KOSONG),
        "catatan": request.POST.get("catatan", draft.catatan if draft else ""),
    }
    return render(request, "anjab/templat/sunting.html", values, status=status)


def _written(request: HttpRequest, templat: TemplatPembina, before: dict[str, Any]) -> HttpResponse:
    actor, data = actor_of_request(request), request.POST
    if data.get("tindakan") == "terbitkan":
        draft = templat.versi.filter(status="draf").first()
        made = publish_version(actor, templat.pk, draft.nomor if draft else 0)
        messages.success(request, _("Versi %(n)s diterbitkan.") % {"n": made.nomor})
        return redirect("anjab:templat-rinci", templat.pk)
    if data.get("tindakan") == "unggah":
        upload = request.FILES.get("berkas")
        if upload is None or upload.file is None:
            messages.error(request, _("Belum ada berkas yang dipilih."))
            return redirect(request.path)
        raw = read_upload(upload.file, upload.name or "templat")
    else:
        raw = _from_form(data, before)
    made, found = save_version(actor, templat.pk, raw, catatan=data.get("catatan", ""))
    for t in found:
        messages.info(request, f"{t.kalimat} {t.perbaikan}")
    messages.success(request, _("Versi %(n)s disimpan sebagai draf.") % {"n": made.nomor})
    return redirect("anjab:templat-versi", templat.pk, made.nomor)


def _current(templat: TemplatPembina) -> dict[str, Any]:
    """What the next version starts from: its draft, else the last published one, else one empty unit."""
    last = (
        TemplatVersi.objects.filter(templat=templat).order_by("-nomor").values_list("isi", flat=True).first()
    )
    return last or {"unit": [{"kunci": "unit", "nama": "", "jenis": "faskes", "posisi": []}]}


def _posts(raw: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        post | {"unit": unit["kunci"], "n_isian": len(post.get("isian") or {})}
        for unit in raw["unit"]
        for post in unit["posisi"]
    ]


def _padded(rows: list[dict[str, Any]], n: int) -> list[dict[str, Any]]:
    return [*rows, *({} for _row in range(n))]


def _from_form(data: QueryDict, before: dict[str, Any]) -> dict[str, Any]:
    """The structure as the form shows it; what posts say of their work is not in the form and stays."""
    texts = {(u["kunci"], p.get("kunci")): p.get("isian") or {} for u in before["unit"] for p in u["posisi"]}
    units: list[dict[str, Any]] = [row | {"posisi": []} for row in _table(data, "u", KOLOM_UNIT)]
    by_key = {unit["kunci"]: unit for unit in reversed(units)}
    for row in _table(data, "p", KOLOM_POSISI):
        unit = by_key.get(row["unit"]) or (units[0] if units else None)
        if unit is None:
            continue
        unit["posisi"].append(row | {"isian": texts.get((row["unit"], row["kunci"]), {})})
    return {"unit": units}


def _table(data: QueryDict, awalan: str, columns: tuple[str, ...]) -> list[dict[str, str]]:
    """Rows of a table of inputs; those without anything typed are left out."""
    cells = {name: data.getlist(f"{awalan}_{name}") for name in columns}
    rows = []
    for n in range(min(map(len, cells.values()), default=0)):
        row = {name: cells[name][n].strip() for name in columns}
        if row["nama" if awalan == "u" else "jabatan"]:
            rows.append(row)
    return rows


@login_required
def unduh(request: HttpRequest, templat_id: int, nomor: int, bentuk: str) -> HttpResponse:
    """A version as a file: ``json`` or ``xlsx``."""
    row = version_for(actor_of_request(request), templat_id, nomor)
    name = f"{slugify(row.templat.nama) or 'templat'}-v{row.nomor}"
    if bentuk == "json":
        body, kind = write_json(row.isi), "application/json"
    else:
        body, kind, bentuk = (
            write_xlsx(row.isi),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "xlsx",
        )
    answer = HttpResponse(body, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}.{bentuk}"'
    return answer
