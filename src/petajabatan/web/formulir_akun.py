"""Forms of the account pages. Rules and refusals belong to akun.services; these only read what was typed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from petajabatan.akun.rules import LINGKUP, PERAN
from petajabatan.inti.temuan import Ditolak
from petajabatan.referensi.models import Instansi, KelompokJabatan

TANGGAL = {"type": "date"}


class FormAkun(forms.Form):
    """A new account; its first role stands in FormPeran beside it."""

    username = forms.CharField(
        label=_("Nama pengguna"),
        max_length=150,
        help_text=_("Dipakai untuk masuk; dengan SSO samakan dengan nama pengguna di sana (NIP)."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    nama = forms.CharField(label=_("Nama lengkap"), max_length=200)
    email = forms.EmailField(label=_("Surel"), required=False)
    nip = forms.RegexField(
        r"^\d{18}$",
        label=_("NIP pegawai di balik akun"),
        required=False,
        help_text=_("18 angka; diperlukan untuk peran pegawai."),
        error_messages={"invalid": _("NIP terdiri atas 18 angka.")},
    )
    sandi = forms.CharField(
        label=_("Kata sandi awal"),
        required=False,
        help_text=_("Sedikitnya 12 huruf atau angka. Kosong: akun hanya masuk lewat SSO."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class FormPeran(forms.Form):
    """A role × scope. ``nasional``: whether the giver may grant beyond one instansi."""

    peran = forms.ChoiceField(label=_("Peran"))
    lingkup = forms.ChoiceField(label=_("Lingkup"), widget=forms.RadioSelect)
    instansi = forms.ModelChoiceField(
        Instansi.objects.none(), label=_("Instansi"), required=False, empty_label=_("Pilih instansi")
    )
    sasaran = forms.IntegerField(label=_("Unit"), required=False, widget=forms.HiddenInput)
    kelompok = forms.ModelChoiceField(
        KelompokJabatan.objects.none(),
        label=_("Kelompok jabatan binaan"),
        required=False,
        empty_label=_("Pilih kelompok jabatan"),
    )
    sampai = forms.DateField(
        label=_("Berlaku sampai"), required=False, widget=forms.DateInput(attrs=TANGGAL, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, nasional: bool, instansi: frozenset[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        narrow = [p for p in PERAN.values() if nasional or "instansi" in p.lingkup or "unor" in p.lingkup]
        self.fields["peran"].choices = [(p.kode, p.nama) for p in narrow]  # type: ignore[attr-defined]
        scopes = [k for k in LINGKUP if nasional or k in ("instansi", "unor")]
        self.fields["lingkup"].choices = [(k, LINGKUP[k]) for k in scopes]  # type: ignore[attr-defined]
        self.fields["lingkup"].initial = "instansi"
        rows = Instansi.objects.only("id", "nama").order_by("nama")
        field = self.fields["instansi"]
        field.queryset = rows if nasional else rows.filter(pk__in=instansi)  # type: ignore[attr-defined]
        field.label_from_instance = lambda row: row.nama  # type: ignore[attr-defined]
        if len(instansi) == 1:
            field.initial = next(iter(instansi))
        if nasional:
            groups = KelompokJabatan.objects.only("id", "nama").order_by("nama")
            self.fields["kelompok"].queryset = groups  # type: ignore[attr-defined]
            self.fields["kelompok"].label_from_instance = lambda row: row.nama  # type: ignore[attr-defined]
        else:
            del self.fields["kelompok"]

    def grant_arguments(self) -> dict[str, Any]:
        """What akun.services.grant_role takes."""
        data = self.cleaned_data
        group = data.get("kelompok")
        scope = data["lingkup"]
        return {
            "peran": data["peran"],
            "lingkup": scope,
            "instansi_id": data["instansi"].pk if data["instansi"] else None,
            "sasaran_id": (group.pk if group else None) if scope == "kelompok" else data["sasaran"],
            "sampai": data["sampai"],
        }


class FormAkhir(forms.Form):
    """Ending a grant."""

    sampai = forms.DateField(
        label=_("Berakhir pada"), required=False, widget=forms.DateInput(attrs=TANGGAL, format="%Y-%m-%d")
    )


class FormSandi(forms.Form):
    sandi = forms.CharField(
        label=_("Kata sandi baru"), widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )


def add_refusal(form: forms.Form, refusal: Ditolak) -> None:
    """Show a service's findings at the fields they are about."""
    for t in refusal.temuan:
        field = t.kolom if t.kolom in form.fields else None
        form.add_error(field, f"{t.kalimat} {t.perbaikan}")
