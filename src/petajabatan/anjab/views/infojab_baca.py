"""A published informasi jabatan, as of any version."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from petajabatan.anjab.queries.infojab_rinci import detail_as_of
from petajabatan.anjab.queries.kompetensi import standards_for_boxes
from petajabatan.anjab.rules.infojab_bentuk import numbers_of
from petajabatan.anjab.rules.infojab_lengkap import name_of
from petajabatan.anjab.rules.infojab_tampil import shown_fields
from petajabatan.anjab.views.infojab_dasar import PemakaiTampil, published_view
from petajabatan.jabatan.queries import versions
from petajabatan.jabatan.rules.isian import DICETAK


@login_required
@require_safe
def halaman(request: HttpRequest, instansi_id: int, infojab_id: int) -> HttpResponse:
    instansi, version, sudut = published_view(request, instansi_id)
    pemakai = PemakaiTampil(request, sudut, infojab_id)
    rinci = detail_as_of(sudut, infojab_id, pemakai.posisi)
    sections = [
        {
            "kode": code,
            "nomor": {"unit_kerja": "3", "kelas": "17"}.get(code) or numbers_of(code, rinci.isian),
            "nama": name_of(code),
            "ditulis": code in DICETAK,
            "tampil": shown_fields(code, rinci.isi.get(code), rinci.isian, rinci.beban_of)
            if code in DICETAK
            else [],
        }
        for code in ("identitas", "unit_kerja", *DICETAK[1:], "kelas")
    ]
    return render(
        request,
        "anjab/infojab_baca.html",
        {
            "instansi": instansi,
            "versi": version,
            "semua_versi": versions(instansi.pk),
            "rinci": rinci,
            "jumlah_beban": rinci.jumlah_beban,
            "kotak": rinci.kotak,
            "bagian": sections,
            "standar_kompetensi": standards_for_boxes(instansi.pk, pemakai.semua.jabatan),
            **pemakai.konteks(rinci),
        },
    )
