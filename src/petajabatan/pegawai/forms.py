"""Forms of the daftar pengukuhan."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class FormCabut(forms.Form):
    """Why a confirmation is withdrawn."""

    alasan = forms.CharField(label=_("Alasan"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class FormKeputusan(forms.Form):
    """The decision letter that confirms a placement."""

    nomor = forms.CharField(label=_("Nomor keputusan"), max_length=100)
    tanggal = forms.DateField(
        label=_("Tanggal keputusan"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
