"""Classes across an instansi, published or in a draft: comparison, recap, workbook."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from petajabatan.anjab.kelas_xlsx import write_classes
from petajabatan.anjab.queries.evaluasi import (
    RINCIAN_MAKS,
    PetaKelas,
    RincianKelas,
    boxes_of_class,
    boxes_of_row,
    classes_of,
    row_of_box,
)
from petajabatan.anjab.queries.infojab_peta import Sudut
from petajabatan.anjab.queries.urutan import names_of
from petajabatan.anjab.rules.banding_kelas import TANDA, BarisBanding, matching, recap, row_key, total
from petajabatan.anjab.rules.cari import find_names
from petajabatan.inti.lembar import render_drawer
from petajabatan.jabatan.queries.versi import version_of
from petajabatan.jabatan.rules.lembar_evaluasi import STATUS
from petajabatan.organisasi.models import PetaVersi
from petajabatan.referensi.models import Instansi
from petajabatan.usulan.models import Usulan
from petajabatan.usulan.queries.terlihat import usulan_for
from petajabatan.usulan.views.dasar import ID_MAKS, actor_of_request, page_number

PER_HALAMAN = 50
JENIS = {"struktural": "Struktural", "fungsional": "Jabatan fungsional", "pelaksana": "Pelaksana"}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@login_required
def terbit(request: HttpRequest, instansi_id: int) -> HttpResponse:
    """The published map as of ``?versi=`` (else the one in force)."""
    instansi = get_object_or_404(Instansi, pk=min(instansi_id, 2**31 - 1))
    version = _version(request, instansi)
    return _answer(request, instansi, version.nomor, None, version)


@login_required
def draf(request: HttpRequest, usulan_id: int) -> HttpResponse:
    """The same in a draft, with the way to every sheet."""
    usulan = usulan_for(actor_of_request(request), min(usulan_id, ID_MAKS))
    return _answer(request, usulan.instansi, usulan.dasar_versi, usulan, None)


def _version(request: HttpRequest, instansi: Instansi) -> PetaVersi:
    raw = request.GET.get("versi", "")
    return version_of(instansi.pk, int(raw) if raw.isdecimal() and len(raw) < 10 else None)


def _answer(
    request: HttpRequest, instansi: Instansi, versi: int, usulan: Usulan | None, version: PetaVersi | None
) -> HttpResponse:
    classes = classes_of(Sudut(instansi.pk, versi, usulan), instansi)
    if request.GET.get("bentuk") == "xlsx":
        return _workbook(request, instansi, versi, usulan, classes)
    rekap = recap(classes.kelompok)
    s = _filter(request)
    tab = "rekap" if request.GET.get("tab") == "rekap" else "banding"
    rows, mirip = _matching(classes, s) if tab == "banding" else ([], False)
    page = Paginator(rows, PER_HALAMAN).get_page(page_number(request))
    marks = {mark: sum(mark in row.tanda for row in classes.banding) for mark in TANDA}
    return render(
        request,
        "anjab/kelas.html",
        {
            "instansi": instansi,
            "usulan": usulan,
            "versi": version,
            "nomor_versi": versi,
            "tab": tab,
            "rekap": rekap,
            "jumlah": total(rekap),
            "baris": [_row(row) for row in page],
            "halaman": page,
            "s": s,
            "mirip": mirip,
            "tanda": [(mark, TANDA[mark], n) for mark, n in marks.items()],
            "jenis": JENIS.items(),
            "ada": bool(classes.banding),
        },
    )


def _filter(request: HttpRequest) -> dict[str, str]:
    return {name: request.GET.get(name, "")[:100] for name in ("q", "jenis", "tanda")}


def _matching(classes: PetaKelas, s: dict[str, str]) -> tuple[list[BarisBanding], bool]:
    """The rows of the filter, and whether they only have names like the text asked for."""
    found = find_names(s["q"], (row.nama for row in classes.banding))
    return matching(classes.banding, found.nama, jenis=s["jenis"], tanda=s["tanda"]), found.mirip


def _mark(row: BarisBanding, mark: str) -> str:
    """Where some boxes have a sheet, how many; *tanpa lembar* beside a sheet would contradict it."""
    if mark == "tanpa-lembar" and row.berlembar:
        return _("%(n)s dari %(dari)s berlembar") % {"n": row.berlembar, "dari": row.kotak}
    return _(TANDA[mark])


def _row(row: BarisBanding) -> dict[str, Any]:
    if row.jabatan_id is None:
        key = {"jenis": row.jenis, "nama": row.nama}
    else:
        key = {"jenis": row.jenis, "jabatan": str(row.jabatan_id), "jenjang": row.jenjang or ""}
    return {
        "r": row,
        "kunci": urlencode(key),
        "jenis": JENIS[row.jenis],
        "tanda": [(mark, _mark(row, mark)) for mark in row.tanda],
        "lembar": [(sheet, STATUS.get(sheet.status, "")) for sheet in row.lembar],
    }


def _workbook(
    request: HttpRequest, instansi: Instansi, versi: int, usulan: Usulan | None, classes: PetaKelas
) -> HttpResponse:
    what = f"usulan {usulan.nomor}" if usulan else f"versi {versi}"
    title = _("Kelas jabatan %(instansi)s, %(apa)s") % {"instansi": instansi.nama, "apa": what}
    rows, _mirip = _matching(classes, _filter(request))
    body = write_classes(title, recap(classes.kelompok), rows)
    response = HttpResponse(body, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{slugify(title)[:100]}.xlsx"'
    return response


@login_required
def rincian(request: HttpRequest, instansi_id: int) -> HttpResponse:
    """Drawer: the boxes behind a row or a class, at most 300. ``kelas`` (0: none); or the row by ``jenis``
    with ``jabatan`` and ``jenjang``, or with ``nama``; or ``posisi``, any box of the row. ``usulan`` for a
    draft, else ``versi``."""
    raw = request.GET.get("usulan", "")
    usulan = None
    if raw.isdecimal() and len(raw) < 19:
        usulan = usulan_for(actor_of_request(request), int(raw))
        instansi, versi = usulan.instansi, usulan.dasar_versi
    else:
        instansi = get_object_or_404(Instansi, pk=min(instansi_id, 2**31 - 1))
        versi = _version(request, instansi).nomor
    sudut = Sudut(instansi.pk, versi, usulan)
    judul, found = _behind(sudut, request.GET)
    names = names_of(sudut, list({box.unor_id for box in found.kotak}))
    page = (
        reverse("anjab:evaluasi-draf", args=[usulan.pk])
        if usulan
        else f"{reverse('anjab:kelas', args=[instansi.pk])}?versi={versi}"
    )
    return render_drawer(
        request,
        "anjab/_kelas_rincian.html",
        {
            "judul": judul,
            "kotak": [(box, names.get(box.unor_id, "")) for box in found.kotak],
            "banyak": found.banyak,
            "maks": RINCIAN_MAKS,
            "usulan": usulan,
            "instansi": instansi,
            "versi": versi,
        },
        kembali=(page, _("Kelas jabatan")),
    )


def _behind(sudut: Sudut, data: QueryDict) -> tuple[str, RincianKelas]:
    kelas = data.get("kelas", "")
    if kelas.isdecimal() and len(kelas) < 4:
        title = _("Tanpa kelas") if kelas == "0" else _("Kelas %(n)s") % {"n": kelas}
        return title, boxes_of_class(sudut, int(kelas) or None)
    if (posisi := _number(data.get("posisi", ""))) is not None:
        key = row_of_box(sudut, posisi)
    else:
        jabatan = _number(data.get("jabatan", ""))
        key = row_key(data.get("jenis", ""), jabatan, data.get("jenjang") or None, data.get("nama", ""))
    return boxes_of_row(sudut, key) if key is not None else ("", RincianKelas(0, []))


def _number(raw: str) -> int | None:
    return int(raw) if raw.isdecimal() and len(raw) < 19 else None
