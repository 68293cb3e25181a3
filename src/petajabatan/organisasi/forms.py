"""Forms of the legal basis."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from petajabatan.organisasi.models import DasarHukum


class FormDasarHukum(forms.Form):
    jenis = forms.CharField(
        label=_("Jenis"), max_length=40, widget=forms.TextInput(attrs={"list": "jenis-peraturan"})
    )
    nomor = forms.CharField(label=_("Nomor"), max_length=60)
    tahun = forms.IntegerField(label=_("Tahun"), min_value=1945, max_value=2200)
    tentang = forms.CharField(label=_("Tentang"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))
    tanggal = forms.DateField(
        label=_("Tanggal ditetapkan"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class FormStatus(forms.Form):
    status = forms.ChoiceField(label=_("Status"), choices=DasarHukum.Status.choices)
    diganti_oleh = forms.ModelChoiceField(
        DasarHukum.objects.none(),
        label=_("Diubah atau dicabut oleh"),
        required=False,
        empty_label=_("Pilih peraturan"),
    )

    def __init__(self, *args: Any, dasar: DasarHukum, **kwargs: Any) -> None:
        now = {"status": dasar.status, "diganti_oleh": dasar.diganti_oleh_id}
        super().__init__(*args, **(kwargs | {"initial": now}))
        rows = DasarHukum.objects.filter(instansi_id=dasar.instansi_id).exclude(pk=dasar.pk)
        self.fields["diganti_oleh"].queryset = rows.order_by("-tahun", "nomor")  # type: ignore[attr-defined]


class FormBerkas(forms.Form):
    berkas = forms.FileField(label=_("Naskah (PDF, JPG, PNG)"), allow_empty_file=True)
