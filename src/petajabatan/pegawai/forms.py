"""Forms of the daftar pengukuhan."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class FormKeputusan(forms.Form):
    """The decision letter that confirms a placement."""

    nomor = forms.CharField(label=_("Nomor keputusan"), max_length=100)
    tanggal = forms.DateField(
        label=_("Tanggal keputusan"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
