"""The list of instansi with national totals, and the page of one instansi."""

from __future__ import annotations

import re

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _

from petajabatan.inti.models import Pekerjaan
from petajabatan.inti.pekerjaan import with_outcome
from petajabatan.organisasi.models import DasarHukum, PetaVersi
from petajabatan.pegawai.queries.ringkasan import URUT, instansi_list
from petajabatan.referensi.kata import JENIS_INSTANSI
from petajabatan.referensi.models import Instansi, Wilayah
from petajabatan.web.context import choose_instansi, own_instansi
from petajabatan.web.impor import JENIS_IMPOR, may_import
from petajabatan.web.konteks_halaman import actor_of_request, page_number
from petajabatan.web.tautan import link

PER_HALAMAN = 50
WILAYAH = re.compile(r"^[0-9]{2}$")
PILIHAN_URUT = {
    "nama": _("Nama"),
    "-n_unor": _("Unit terbanyak"),
    "-k": _("K terbesar"),
    "-b": _("B terbesar"),
    "selisih": _("Paling kurang"),
    "-selisih": _("Paling lebih"),
}


@login_required
def daftar(request: HttpRequest) -> HttpResponse:
    """The list, its filters in the address, and the totals of what is listed. Four statements of its own."""
    get = request.GET
    chosen = {
        "q": get.get("q", "").strip()[:100],
        "jenis_instansi": get.get("jenis", "") if get.get("jenis") in JENIS_INSTANSI else "",
        "wilayah": get.get("wilayah", "") if WILAYAH.match(get.get("wilayah", "")) else "",
        "peta": get.get("peta", "ada") if get.get("peta", "ada") in ("ada", "belum", "") else "ada",
        "urut": get.get("urut", "") if get.get("urut") in URUT else "nama",
    }
    hasil = instansi_list(**chosen, hal=page_number(request), per=PER_HALAMAN)
    provinces = Wilayah.objects.filter(tingkat=1, aktif=True).order_by("kode").values_list("kode", "nama")
    return render(
        request,
        "web/instansi.html",
        {
            "hasil": hasil,
            "halaman": hasil.halaman,
            "total": hasil.total,
            "tersaring": bool(chosen["q"] or chosen["jenis_instansi"] or chosen["wilayah"]),
            "pilihan_jenis": JENIS_INSTANSI,
            "pilihan_urut": PILIHAN_URUT,
            "pilihan_wilayah": list(provinces),
            **chosen,
        },
    )


@login_required
def rinci(request: HttpRequest, id: int) -> HttpResponse:
    """Figures, versions, legal basis and (inside the actor's scope) imports of one instansi."""
    actor = actor_of_request(request)
    instansi = get_object_or_404(Instansi.objects.select_related("ringkasan", "wilayah"), pk=id)
    own = own_instansi(actor)
    if own is None or instansi.pk in own:
        choose_instansi(request, instansi.pk)
    return render(
        request,
        "web/instansi_rinci.html",
        {
            "instansi": instansi,
            "jenis": JENIS_INSTANSI.get(instansi.jenis_instansi or "", ""),
            "ringkasan": getattr(instansi, "ringkasan", None),
            "versi": list(PetaVersi.objects.filter(instansi=instansi).order_by("-nomor")[:10]),
            "dasar_hukum": list(
                DasarHukum.objects.filter(instansi=instansi).order_by("-tahun", "nomor")[:10]
            ),
            "impor": list(
                with_outcome(
                    Pekerjaan.objects.filter(
                        Q(instansi_id=instansi.pk) | Q(masukan__instansi_id=instansi.pk),
                        jenis__in=JENIS_IMPOR,
                    )
                ).order_by("-dibuat")[:5]
            ),
            "url_peta": link("peta:instansi", instansi.pk),
            "url_versi": link("peta:instansi", instansi.pk),
            "url_dasar_hukum": link("organisasi:dasar-hukum", instansi.pk),
            "boleh_unor": may_import(actor, "impor-unor", instansi.pk),
            "boleh_pegawai": may_import(actor, "impor-pegawai", instansi.pk),
        },
    )
