"""The print dialog: what, which version, in which form; the pages it will have; direct answer or job."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from petajabatan.inti.actor import ANONIM, Actor
from petajabatan.inti.pekerjaan import submit_job
from petajabatan.jabatan.models import UnorTotalRiwayat
from petajabatan.jabatan.queries import PetaTidakAda, version_of, versions
from petajabatan.organisasi.models import PetaVersi, UnorRiwayat
from petajabatan.pegawai.cetak.angka import long_date
from petajabatan.pegawai.cetak.dokumen import compose
from petajabatan.pegawai.cetak.pilihan import BENTUK, Permintaan, carry_out
from petajabatan.pegawai.cetak.sumber import load
from petajabatan.pegawai.cetak.tasks import describe
from petajabatan.referensi.models import Instansi

LANGSUNG = 150
"""A print of at most this many units is answered at once (well under 2 s); more becomes a job."""
PRATINJAU = 5000
"""Up to this many units the page list is worked out for the dialog (about 1 s); a job does the rest."""
PILIHAN_UNIT = 600


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = getattr(request, "actor", ANONIM)
    return actor


def instansi_by_code(kode: str) -> Instansi:
    """By kode cepat, or ``id-<n>`` for the few without one (the same codes as the map's own page)."""
    rows = Instansi.objects.filter(kode_cepat=kode)
    if kode.startswith("id-") and kode[3:].isdigit() and len(kode) < 12:
        rows = Instansi.objects.filter(pk=int(kode[3:]))
    found = rows.order_by("-aktif", "ringkasan__instansi", "id").first()
    if found is None:
        raise Http404(_("Tidak ada instansi dengan kode “%(kode)s”.") % {"kode": kode})
    return found


class FormCetak(forms.Form):
    """What to print. ``versi`` empty: the one in force on ``tanggal`` or today."""

    bentuk = forms.ChoiceField(
        label=gettext_lazy("Bentuk"),
        choices=[(key, gettext_lazy(name)) for key, name in BENTUK.items()],
        initial="pdf",
    )
    unor = forms.TypedChoiceField(label=gettext_lazy("Cakupan"), required=False, coerce=int, empty_value=None)
    versi = forms.TypedChoiceField(label=gettext_lazy("Versi"), required=False, coerce=int, empty_value=None)
    tanggal = forms.DateField(required=False, widget=forms.HiddenInput)
    kosong = forms.BooleanField(label=gettext_lazy("Sertakan kotak kosong (K = 0 dan B = 0)"), required=False)

    def __init__(
        self,
        *args: Any,
        semua: list[PetaVersi],
        dipakai: PetaVersi,
        unit: list[tuple[int, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.dipakai = dipakai
        self.fields["versi"].choices = [  # type: ignore[attr-defined]
            (v.nomor, f"{v.nomor} · {long_date(v.berlaku)}") for v in semua
        ]
        self.fields["unor"].choices = [("", _("Seluruh peta")), *unit]  # type: ignore[attr-defined]


def _units(instansi_id: int, versi: int, asked: int | None) -> list[tuple[int, str]]:
    """Units offered for printing: eselon I and II, and the one asked for. Two statements at most."""
    live = UnorRiwayat.objects.filter(instansi_id=instansi_id, sejak__lte=versi, hingga__gt=versi)
    rows = list(
        live.filter(eselon__nama__regex=r"^II?\.")
        .order_by("eselon__nama", "urutan", "nama")
        .values_list("unor_id", "nama")[:PILIHAN_UNIT]
    )
    if asked is not None and asked not in {row[0] for row in rows}:
        found = live.filter(unor_id=asked).values_list("unor_id", "nama").first()
        if found is None:
            raise PetaTidakAda(_("Unit ini tidak ada pada peta jabatan versi %(n)s.") % {"n": versi})
        rows.insert(0, found)
    return rows


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdigit() and len(text) < 19 else None


def _date(text: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        raise PetaTidakAda(_("Tanggal “%(t)s” tidak dikenal.") % {"t": text}) from None


def _form(request: HttpRequest, instansi: Instansi) -> FormCetak:
    """The form bound to the request (POST, or the live preview's GET), else filled from the address."""
    data = request.POST if request.method == "POST" else request.GET
    asked = _number(data.get("unor") or data.get("fokus"))
    tanggal = _date(data.get("tanggal"))
    dipakai = version_of(instansi.pk, _number(data.get("versi")), tanggal)
    semua = versions(instansi.pk)
    options: dict[str, Any] = {
        "semua": semua,
        "dipakai": dipakai,
        "unit": _units(instansi.pk, dipakai.nomor, asked),
    }
    if request.method == "POST" or "bentuk" in request.GET:
        return FormCetak(data, **options)
    start = {"unor": asked, "versi": dipakai.nomor, "tanggal": tanggal, "kosong": data.get("kosong") == "1"}
    return FormCetak(initial={"bentuk": "pdf"} | start, **options)


def _wanted(form: FormCetak, instansi: Instansi) -> Permintaan:
    asked = form.cleaned_data
    versi, tanggal = asked["versi"], asked["tanggal"]
    if tanggal is not None and form.dipakai.nomor != versi:
        tanggal = None  # another version was chosen after all
    return Permintaan(
        bentuk=asked["bentuk"],
        instansi_id=instansi.pk,
        versi=versi if tanggal is None else None,
        tanggal=tanggal.isoformat() if tanggal else None,
        unor_id=asked["unor"],
        kosong=asked["kosong"],
    )


def _size(instansi_id: int, versi: int, unor_id: int | None) -> int:
    """Units of the map or subtree, from the totals the database keeps per version."""
    rows = UnorTotalRiwayat.objects.filter(instansi_id=instansi_id, sejak__lte=versi, hingga__gt=versi)
    if unor_id is not None:
        rows = rows.filter(unor_id=unor_id)
    return rows.order_by("-n_unor").values_list("n_unor", flat=True).first() or 0


@login_required
def peta(request: HttpRequest, kode: str) -> HttpResponseBase:
    """The dialog; POST makes the file at once or hands it to a job."""
    instansi = instansi_by_code(kode)
    form = _form(request, instansi)
    if request.method == "POST" and form.is_valid():
        return _make(request, instansi, _wanted(form, instansi))
    context = {"instansi": instansi, "kode": kode, "form": form, "dipakai": form.dipakai}
    return render(request, "pegawai/cetak/peta.html", context)


def _make(request: HttpRequest, instansi: Instansi, wanted: Permintaan) -> HttpResponseBase:
    actor = _actor(request)
    name, versi = describe(wanted)
    if _size(instansi.pk, versi, wanted.unor_id) <= LANGSUNG:
        data = carry_out(actor, wanted)
        return FileResponse(io.BytesIO(data), as_attachment=True, filename=name)
    title = f"{BENTUK[wanted.bentuk]}: {instansi.nama}, versi {versi}"
    job = submit_job(actor, wanted.jenis_pekerjaan, title[:255], wanted.as_input(), instansi_id=instansi.pk)
    return redirect("web:pekerjaan-rinci", job.pk)


@login_required
def daftar(request: HttpRequest, kode: str) -> HttpResponse:
    """The pages the print would have, as a fragment of the dialog."""
    instansi = instansi_by_code(kode)
    context: dict[str, Any] = {"bentuk": "pdf"}
    try:
        form = _form(request, instansi)
    except PetaTidakAda as missing:  # a unit that the other version does not have
        return render(request, "pegawai/cetak/_daftar.html", {"galat": str(missing)})
    if form.is_bound and not form.is_valid():
        return render(
            request,
            "pegawai/cetak/_daftar.html",
            {"galat": _("Pilihan ini tidak dikenal; muat ulang halaman lalu pilih lagi.")},
        )
    wanted = (
        _wanted(form, instansi)
        if form.is_bound
        else Permintaan(
            "pdf", instansi.pk, form.dipakai.nomor, None, form.initial["unor"], form.initial["kosong"]
        )
    )
    size = _size(instansi.pk, form.dipakai.nomor, wanted.unor_id)
    context |= {"bentuk": wanted.bentuk, "n_unor": size, "pekerjaan": size > LANGSUNG}
    if wanted.bentuk == "pdf" and size <= PRATINJAU:
        tree, who = load(_actor(request), instansi.pk, wanted.versi, wanted.date, wanted.unor_id)
        doc = compose(tree, who, dari=wanted.unor_id, kosong=wanted.kosong)
        context |= {
            "isi": [
                {"judul": "\u2003" * min(level, 4) + title, "dari": page, "sampai": page + n - 1}
                for level, title, page, n in doc.contents()
            ],
            "jumlah": doc.jumlah_halaman,
        }
    return render(request, "pegawai/cetak/_daftar.html", context)
