"""Forms of the workflow's pages."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from petajabatan.inti.temuan import Ditolak
from petajabatan.organisasi.models import DasarHukum
from petajabatan.usulan import kata
from petajabatan.usulan.models import Dokumen, Usulan

TERIMA = ".pdf,.jpg,.jpeg,.png,.docx,.xlsx"


def _date(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(
        label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more
    )


@contextlib.contextmanager
def beside(form: forms.Form, name: str) -> Iterator[None]:
    """What is refused inside is about this field, unless it names another one of the form."""
    try:
        yield
    except Ditolak as refused:
        raise Ditolak(
            [t if t.kolom in form.fields else replace(t, kolom=name) for t in refused.temuan]
        ) from refused


def add_refusal(form: forms.Form, refused: Ditolak) -> list[Any]:
    """Findings beside the fields they are about; those about no field are returned."""
    rest = []
    for finding in refused.temuan:
        if finding.kolom and finding.kolom in form.fields:
            form.add_error(finding.kolom, f"{finding.kalimat} {finding.perbaikan}")
        else:
            rest.append(finding)
    return rest


class FormUsulan(forms.Form):
    """A new usulan of one instansi."""

    judul = forms.CharField(label=gettext_lazy("Judul"), max_length=200)
    jenis = forms.ChoiceField(label=gettext_lazy("Jenis"), initial="sebagian")
    keterangan = forms.CharField(
        label=gettext_lazy("Keterangan"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    dasar_hukum = forms.ModelChoiceField(
        DasarHukum.objects.none(),
        label=gettext_lazy("Dasar hukum"),
        required=False,
        empty_label="–",
        help_text=gettext_lazy("Dipakai bagi operasi yang tidak menyebut dasar hukumnya sendiri."),
    )
    kabari_pegawai = forms.BooleanField(
        label=gettext_lazy("Kabari pegawai yang jabatannya tersentuh sebelum ditetapkan"), required=False
    )
    kunci = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, instansi_id: int, layanan: list[str], cabang: list[tuple[int, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        kinds = (Usulan.Jenis.SEBAGIAN, Usulan.Jenis.MENYELURUH)
        self.fields["jenis"].choices = [(k, _(kata.JENIS[k])) for k in kinds]  # type: ignore[attr-defined]
        bases = DasarHukum.objects.filter(instansi_id=instansi_id).exclude(status="dicabut")
        self.fields["dasar_hukum"].queryset = bases.order_by("-tahun", "nomor")  # type: ignore[attr-defined]
        self.fields["dasar_hukum"].label_from_instance = basis_label  # type: ignore[attr-defined]
        if len(layanan) > 1:
            self.fields["layanan"] = forms.ChoiceField(
                label=_("Layanan"),
                choices=[(k, _(kata.LAYANAN[k])) for k in layanan],
                required=False,
            )
        if cabang:
            self.fields["cabang"] = forms.TypedChoiceField(
                label=_("Unit yang diubah"),
                coerce=int,
                choices=cabang,
                help_text=_("Akun Anda bekerja pada unit ini beserta bawahannya."),
            )


class FormBerdasar(forms.Form):
    """On which regulation chosen units are to stand, and in which draft that is prepared."""

    dasar_hukum_id = forms.ModelChoiceField(
        DasarHukum.objects.none(), label=gettext_lazy("Dasar hukum baru"), empty_label="–"
    )
    cabang_juga = forms.BooleanField(
        label=gettext_lazy("Beserta unit di bawahnya yang berdiri di atas peraturan yang sama"),
        required=False,
    )
    usulan = forms.ModelChoiceField(
        Usulan.objects.none(), label=gettext_lazy("Usulan"), required=False,
        empty_label=gettext_lazy("Usulan baru"),
    )  # fmt: skip
    judul = forms.CharField(label=gettext_lazy("Judul usulan baru"), max_length=200, required=False)
    kunci = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, dasar: Any, usulan: Any, cabang: list[tuple[int, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dasar_hukum_id"].queryset = dasar.order_by("-tahun", "nomor")  # type: ignore[attr-defined]
        self.fields["dasar_hukum_id"].label_from_instance = basis_label  # type: ignore[attr-defined]
        self.fields["usulan"].queryset = usulan  # type: ignore[attr-defined]
        self.fields["usulan"].label_from_instance = lambda u: f"{u.nomor} {u.judul}"  # type: ignore[attr-defined]
        if cabang:
            self.fields["cabang"] = forms.TypedChoiceField(
                label=_("Unit yang diubah"), coerce=int, choices=cabang
            )


def basis_label(row: DasarHukum) -> str:
    """A regulation in a list of choices; one that was amended says so."""
    amended = "" if row.status == DasarHukum.Status.BERLAKU else f" ({row.get_status_display()})"
    return f"{row} – {row.tentang}"[:140] + amended


class FormAtribut(forms.Form):
    """What an usulan is called and asks for."""

    judul = forms.CharField(label=gettext_lazy("Judul"), max_length=200)
    keterangan = forms.CharField(
        label=gettext_lazy("Keterangan"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    berlaku_diminta = forms.DateField(
        label=gettext_lazy("Diminta berlaku mulai"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    dilihat = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)


class FormLintas(forms.Form):
    """A bundle of several instansi."""

    judul = forms.CharField(label=gettext_lazy("Judul"), max_length=200)
    keterangan = forms.CharField(
        label=gettext_lazy("Keterangan"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class FormTindakan(forms.Form):
    """What an action asks for. Fields that it does not need are left out."""

    revisi = forms.IntegerField(widget=forms.HiddenInput)
    alasan = forms.CharField(
        label=gettext_lazy("Alasan"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    surat = forms.FileField(
        label=gettext_lazy("Surat pengantar bertanda tangan (PDF)"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".pdf"}),
    )
    dokumen = forms.ModelChoiceField(
        Dokumen.objects.none(),
        label=gettext_lazy("Atau surat yang sudah diunggah"),
        empty_label="–",
        required=False,
    )
    nomor = forms.CharField(label=gettext_lazy("Nomor surat"), required=False, max_length=100)
    tanggal = _date(gettext_lazy("Tanggal surat"), required=False)
    berlaku = _date(
        gettext_lazy("Berlaku sejak"),
        required=False,
        help_text=gettext_lazy("Boleh tanggal mendatang: versi berlaku sendiri pada hari itu."),
    )

    def __init__(self, *args: Any, tindakan: str, usulan: Usulan, wajib_alasan: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        letters = Dokumen.objects.filter(usulan=usulan, jenis="surat", ditarik_pada=None).select_related(
            "berkas"
        )
        wanted = {"revisi", "alasan"}
        if tindakan == "tanda-tangani":
            wanted |= {"surat", "nomor", "tanggal"} | ({"dokumen"} if letters else set())
        elif tindakan == "tetapkan":
            wanted = {"revisi", "nomor", "tanggal", "berlaku"}
            self.fields["nomor"].label = _("Nomor keputusan")
            self.fields["tanggal"].label = _("Tanggal keputusan")
            for name in ("nomor", "tanggal", "berlaku"):
                self.fields[name].required = True
        for name in set(self.fields) - wanted:
            del self.fields[name]
        if tindakan == "tanda-tangani":
            self._require_letter("dokumen" in wanted)
        if "dokumen" in self.fields:
            self.fields["dokumen"].queryset = letters  # type: ignore[attr-defined]
            self.fields["dokumen"].label_from_instance = lambda d: d.berkas.nama  # type: ignore[attr-defined]
        if "alasan" in self.fields:
            self.fields["alasan"].required = wajib_alasan
            if not wajib_alasan:
                self.fields["alasan"].label = _("Catatan")
            self.order_fields([name for name in self.fields if name != "alasan"])

    def _require_letter(self, uploaded: bool) -> None:
        """The fields of the signed letter, required in the words of the guard; where one was uploaded before,
        the guard sees whether one of the two is given."""
        words = {
            "nomor": _("Nomor surat belum diisi. Isi nomor suratnya."),
            "tanggal": _("Tanggal surat belum diisi. Isi tanggal suratnya."),
        }
        if not uploaded:
            words["surat"] = _(
                "Surat pengantar yang sudah ditandatangani belum diunggah."
                " Unggah pindaian suratnya sebagai PDF."
            )
        for name, sentence in words.items():
            self.fields[name].required = True
            self.fields[name].error_messages["required"] = sentence


class FormBatalVersi(forms.Form):
    """Why a scheduled version is taken back."""

    alasan = forms.CharField(
        label=gettext_lazy("Alasan"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )


class FormDokumen(forms.Form):
    berkas = forms.FileField(
        label=gettext_lazy("Berkas (PDF, JPG, PNG, DOCX, XLSX; paling besar 20 MB)"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": TERIMA}),
    )
    jenis = forms.ChoiceField(label=gettext_lazy("Jenis dokumen"), initial="bukti")
    keterangan = forms.CharField(label=gettext_lazy("Keterangan"), required=False, max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = kata.JENIS_DOKUMEN.items()
        self.fields["jenis"].choices = [(k, _(name)) for k, name in kinds]  # type: ignore[attr-defined]


class FormCocok(forms.Form):
    """A hash somebody wants to compare."""

    hash = forms.CharField(label=gettext_lazy("Hash pada dokumen"), max_length=200)
