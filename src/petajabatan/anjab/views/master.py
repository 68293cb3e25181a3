"""Units of the pembina's master into a draft."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from petajabatan.anjab.queries.master import (
    CALON,
    TANPA_KECAMATAN,
    SaringMaster,
    mapped,
    master_choices,
    regions_of,
    search_master,
    without_kecamatan,
)
from petajabatan.anjab.queries.replikasi import named_units, search_target
from petajabatan.anjab.queries.templat import published_versions
from petajabatan.anjab.rules.nama_master import unit_name
from petajabatan.anjab.services.templat_terap import LANGSUNG, add_from_master, submit_templat
from petajabatan.anjab.views.salin_dasar import number, numbers, usulan_context
from petajabatan.inti.temuan import Ditolak, refuse
from petajabatan.referensi.models import MasterUnor
from petajabatan.usulan.models import Usulan
from petajabatan.usulan.queries.terlihat import usulan_for
from petajabatan.usulan.services.hak import may_draft
from petajabatan.usulan.views.dasar import actor_of_request, page_number

PER_HALAMAN = 50
KABUPATEN = 5
"""Letters of the code of a kabupaten or kota (``33.17``)."""


@login_required
def master(request: HttpRequest, usulan_id: int) -> HttpResponse:
    """The list with its filters (in the address); a POST brings the ticked units in."""
    actor = actor_of_request(request)
    usulan = usulan_for(actor, usulan_id)
    may_draft(actor, usulan.instansi_id, usulan.layanan, usulan.cabang_id)
    values = usulan_context(usulan, "master")
    status = 200
    if request.method == "POST":
        try:
            return _add(request, usulan)
        except Ditolak as refused:
            values["temuan"], status = refused.temuan, 422
    return render(request, "anjab/master/pilih.html", values | _list(request, usulan), status=status)


def _list(request: HttpRequest, usulan: Usulan) -> dict[str, Any]:
    data = request.GET
    own = usulan.instansi.wilayah_id
    provinsi, kabupaten = (_region(data.get(name, "")) for name in ("provinsi", "kabupaten"))
    if not kabupaten.startswith(f"{provinsi}."):
        kabupaten = ""  # left over from the province chosen before
    saring = SaringMaster(
        data.get("q", "").strip()[:120],
        data.get("jenis", ""),
        data.get("kecamatan", ""),
        data.get("bentuk", ""),
        data.get("belum") == "1",
        "" if own else kabupaten or provinsi,
    )
    # The nation is not listed: it is narrowed to a region, or searched.
    begun = bool(own or saring.wilayah or saring.teks)
    found: Any = search_master(usulan, saring) if begun else MasterUnor.objects.none()
    if saring.teks:
        found = list(found.values_list("pk", flat=True)[:CALON])
    else:
        found = found.select_related("wilayah__induk")
    halaman = Paginator(found, PER_HALAMAN).get_page(page_number(request))
    rows = list(halaman)
    if saring.teks:
        by_id = MasterUnor.objects.select_related("wilayah__induk").in_bulk(rows)
        rows = [by_id[key] for key in rows if key in by_id]
    held = mapped(usulan, rows)
    jenis, kecamatan, bentuk = master_choices(usulan.instansi, saring.wilayah)
    provinces, below = ([], []) if own else regions_of(provinsi)
    sent = request.POST
    chosen = set(numbers(sent.getlist("master")))
    atasan = number(sent.get("atasan")) or number(data.get("atasan"))
    teks = data.get("qa", "").strip()[:120]
    offered = named_units(usulan, [atasan] if atasan else [])
    offered += [u for u in search_target(usulan, teks or _usual(saring.jenis, own)) if u.id != atasan]
    labels = dict(MasterUnor.Jenis.choices)
    return {
        "s": saring,
        "mulai": begun,
        "pilihan_provinsi": provinces,
        "provinsi": provinsi,
        "pilihan_kabupaten": below,
        "halaman": halaman,
        "baris": [
            {
                "m": m,
                "nama": unit_name(m.nama),
                "jenis": labels[m.jenis],
                "peta": held.get(m.pk),
                "ikut": m.pk in chosen,
            }
            for m in rows
        ],
        "pilihan_jenis": [(code, labels[code]) for code in jenis],
        "pilihan_kecamatan": kecamatan,
        "TANPA_KECAMATAN": TANPA_KECAMATAN,
        "tak_disaring": without_kecamatan(usulan, saring) if begun else 0,
        # One kabupaten or kota needs no column that names it.
        "banyak_wilayah": len(own or saring.wilayah) < KABUPATEN,
        "pilihan_bentuk": bentuk,
        "templat": published_versions(saring.jenis or None),
        "templat_dipilih": number(sent.get("versi")),
        "atasan": offered,
        "atasan_dipilih": atasan,
        "qa": teks,
    }


def _region(raw: str) -> str:
    return raw if len(raw) <= 13 and raw.replace(".", "").isdecimal() else ""


def _usual(jenis: str, wilayah: str | None) -> str:
    """Where units of a kind usually hang in an instansi of a region, as the first thing offered."""
    if not wilayah:
        return ""
    return "dinas pendidikan" if jenis == "sekolah" else "dinas kesehatan"


def _add(request: HttpRequest, usulan: Usulan) -> HttpResponse:
    actor, data = actor_of_request(request), request.POST
    chosen = numbers(data.getlist("master"))
    above, versi = number(data.get("atasan")), number(data.get("versi"))
    if above is None:
        refuse("atasan-kosong", _("Unit atasan belum dipilih."), _("Pilih unit tempat unit baru berada."))
    if len(chosen) > LANGSUNG:
        masukan = {"master_id": chosen, "atasan_id": above, "versi_id": versi}
        title = _("Ambil %(n)s unit dari master") % {"n": len(chosen)}
        return redirect(
            "web:pekerjaan-rinci", submit_templat(actor, usulan.pk, "anjab-master", masukan, title).pk
        )
    made = add_from_master(actor, usulan.pk, chosen, above, versi_id=versi)
    for finding in made.temuan:
        messages.warning(request, f"{finding.kalimat} {finding.perbaikan}")
    if made.edit is not None:
        n = len(made.unit)
        text = ngettext(
            "%(n)s unit ditambahkan beserta kodenya.", "%(n)s unit ditambahkan beserta kodenya.", n
        )
        messages.success(request, text % {"n": n})
    return redirect(request.get_full_path())
