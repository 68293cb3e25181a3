"""The rounding policy of an instansi: what is chosen, why, since when; and choosing another."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from petajabatan.anjab.views.abk import actor_of
from petajabatan.inti.jam import today
from petajabatan.inti.temuan import Ditolak
from petajabatan.jabatan.data_abk import rounding_policies
from petajabatan.jabatan.queries.abk import rounding_choice, rounding_history
from petajabatan.jabatan.services.abk import choose_rounding, may_choose_rounding, policies_to_choose
from petajabatan.referensi.models import Instansi


class FormPilihan(forms.Form):
    """A choice of policy from a day on, with its reason."""

    kebijakan = forms.CharField(required=False, max_length=40)
    berlaku = forms.DateField(
        label=gettext_lazy("Berlaku mulai"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    alasan = forms.CharField(
        label=gettext_lazy("Dasar atau alasan"),
        max_length=400,
        help_text=gettext_lazy("Misalnya nomor keputusan pejabat pembina kepegawaian atau hasil rapat tim."),
        widget=forms.TextInput,
    )


@login_required
def kebijakan(request: HttpRequest, instansi_id: int) -> HttpResponse:
    """Everybody may read what an instansi has chosen; penetapan and operators of all of it choose."""
    instansi = Instansi.objects.filter(pk=instansi_id).first()
    if instansi is None:
        raise Http404(_("Instansi itu tidak ada."))
    actor, now = actor_of(request), today()
    may = may_choose_rounding(actor, instansi_id)
    status = 200
    form = FormPilihan(initial={"berlaku": now})
    if request.method == "POST":
        if not may:
            raise PermissionDenied(
                _("Cara pembulatan dipilih oleh penetapan SOTK atau operator seluruh instansi.")
            )
        form = FormPilihan(request.POST)
        if form.is_valid() and _store(request, instansi_id, form):
            messages.success(
                request, _("Pilihan tersimpan. Lembar yang sudah menyebut caranya tidak berubah.")
            )
            return redirect("anjab:abk-kebijakan", instansi_id)
        status = 422
    chosen = rounding_choice(instansi_id, now)
    names = {row.kode: row for row in rounding_policies(now)}
    return render(
        request,
        "anjab/abk_kebijakan.html",
        {
            "instansi": instansi,
            "form": form,
            "boleh": may,
            "dipilih": form["kebijakan"].value() if form.is_bound else chosen,
            "kini": names.get(chosen),
            "daftar": policies_to_choose(now),
            "bawaan": [row for row in names.values() if row.metode in ("", "abk") and row.bawaan_untuk],
            "riwayat": [(row, names.get(row.kebijakan)) for row in rounding_history(instansi_id)],
            "hari": now,
        },
        status=status,
    )


def _store(request: HttpRequest, instansi_id: int, form: FormPilihan) -> bool:
    values: dict[str, Any] = form.cleaned_data
    day: dt.date = values["berlaku"]
    try:
        choose_rounding(
            actor_of(request), instansi_id, values["kebijakan"], berlaku=day, alasan=values["alasan"]
        )
    except Ditolak as refused:
        for finding in refused.temuan:
            field = finding.kolom if finding.kolom in form.fields else None
            form.add_error(field, f"{finding.kalimat} {finding.perbaikan}")
        return False
    return True
