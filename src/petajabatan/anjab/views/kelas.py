"""Classes across an instansi, published or in a draft: comparison, recap, workbook."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.text import slugify
from django.utils.translation import gettext as _

from petajabatan.anjab.kelas_xlsx import write_classes
from petajabatan.anjab.queries.evaluasi import PetaKelas, classes_of, unit_names
from petajabatan.anjab.rules.banding_kelas import TANDA, matching, recap, total
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
    classes = classes_of(instansi, versi, usulan)
    if request.GET.get("bentuk") == "xlsx":
        return _workbook(request, instansi, versi, usulan, classes)
    rekap = recap(classes.kotak)
    s = {name: request.GET.get(name, "")[:100] for name in ("q", "jenis", "tanda")}
    tab = "rekap" if request.GET.get("tab") == "rekap" else "banding"
    rows = matching(classes.banding, **s) if tab == "banding" else []
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
            "tanda": [(mark, TANDA[mark], n) for mark, n in marks.items()],
            "jenis": JENIS.items(),
            "ada": bool(classes.banding),
        },
    )


def _mark(row: Any, mark: str) -> str:
    """Where some boxes have a sheet, how many; *tanpa lembar* beside a sheet would contradict it."""
    if mark == "tanpa-lembar" and row.berlembar:
        return _("%(n)s dari %(dari)s berlembar") % {"n": row.berlembar, "dari": len(row.kotak)}
    return _(TANDA[mark])


def _row(row: Any) -> dict[str, Any]:
    return {
        "r": row,
        "jenis": JENIS[row.jenis],
        "tanda": [(mark, _mark(row, mark)) for mark in row.tanda],
        "lembar": [(sheet, STATUS.get(sheet.status, "")) for sheet in row.lembar],
        "selisih": row.b - row.k,
    }


def _workbook(
    request: HttpRequest, instansi: Instansi, versi: int, usulan: Usulan | None, classes: PetaKelas
) -> HttpResponse:
    what = f"usulan {usulan.nomor}" if usulan else f"versi {versi}"
    title = _("Kelas jabatan %(instansi)s, %(apa)s") % {"instansi": instansi.nama, "apa": what}
    s = {name: request.GET.get(name, "")[:100] for name in ("q", "jenis", "tanda")}
    body = write_classes(title, recap(classes.kotak), matching(classes.banding, **s))
    response = HttpResponse(body, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{slugify(title)[:100]}.xlsx"'
    return response


@login_required
def rincian(request: HttpRequest, instansi_id: int) -> HttpResponse:
    """Drawer: the boxes behind a row or a class, at most 300. ``kelas`` (0: none) or ``posisi`` (any box of
    the row); ``usulan`` for a draft, else ``versi``."""
    raw = request.GET.get("usulan", "")
    usulan = None
    if raw.isdecimal() and len(raw) < 19:
        usulan = usulan_for(actor_of_request(request), int(raw))
        instansi, versi = usulan.instansi, usulan.dasar_versi
    else:
        instansi = get_object_or_404(Instansi, pk=min(instansi_id, 2**31 - 1))
        versi = _version(request, instansi).nomor
    classes = classes_of(instansi, versi, usulan)
    key, kelas = request.GET.get("posisi", ""), request.GET.get("kelas", "")
    if key.isdecimal():
        row = next((r for r in classes.banding if any(str(b.id) == key for b in r.kotak)), None)
        boxes, judul = (row.kotak, row.nama) if row else ([], "")
    else:
        boxes = [box for box in classes.kotak if str(box.kelas or 0) == kelas]
        judul = _("Tanpa kelas") if kelas == "0" else _("Kelas %(n)s") % {"n": kelas[:4]}
    shown = boxes[:300]
    names = unit_names(instansi.pk, versi, list({box.unor_id for box in shown}))
    return render(
        request,
        "anjab/_kelas_rincian.html",
        {
            "judul": judul,
            "kotak": [(box, names.get(box.unor_id, "")) for box in shown],
            "banyak": len(boxes),
            "usulan": usulan,
            "instansi": instansi,
            "versi": versi,
        },
    )
