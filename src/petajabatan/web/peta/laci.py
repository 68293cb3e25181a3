"""What the drawer shows: a unit, a box, how a figure came about, the boxes behind a figure of the recap."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from petajabatan.inti.lembar import render_drawer
from petajabatan.jabatan.queries import (
    PetaTidakAda,
    ancestors,
    posisi_detail,
    posisi_history,
    unor_detail,
    unor_history,
)
from petajabatan.jabatan.queries.garis import Kerabat
from petajabatan.organisasi.models import JenisUnor
from petajabatan.pegawai.queries import Bezetting, bezetting_of_boxes, people_on
from petajabatan.referensi.models import UrusanPemerintahan
from petajabatan.web.peta import rekap, rinci
from petajabatan.web.peta.garis import end_of, life_line_of
from petajabatan.web.peta.konteks import Konteks, konteks_of
from petajabatan.web.peta.penjelasan import UKURAN, explain_box, explain_unit


def drawer(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A fragment for the drawer about one map; the version in the URL decides what is shown."""

    @login_required
    @require_safe
    @wraps(view)
    def answer(request: HttpRequest, kode: str, **args: Any) -> HttpResponse:
        return view(request, konteks_of(request, kode), **args)

    return answer


def _show(request: HttpRequest, konteks: Konteks, bagian: str, isi: dict[str, Any]) -> HttpResponse:
    back = f"{konteks.dasar}?{konteks.kueri}", _("Peta jabatan %(nama)s") % {"nama": konteks.instansi.nama}
    template = f"web/peta/laci_{bagian}.html"
    return render_drawer(request, template, {"konteks": konteks} | isi, kembali=back, gaya=["peta.css"])


def _own(konteks: Konteks, row: Any) -> None:
    """A unit or box of another instansi is not part of this map."""
    if row.instansi_id != konteks.instansi.pk:
        raise PetaTidakAda(_("Itu bukan bagian dari peta jabatan instansi ini."))


@drawer
def unor(request: HttpRequest, konteks: Konteks, unor_id: int) -> HttpResponse:
    try:
        unit = unor_detail(unor_id, versi=konteks.versi)
    except PetaTidakAda:
        return _ended(request, konteks, "unor", unor_id)
    _own(konteks, unit)
    boxes = rinci.boxes_of_unit(konteks, unor_id)
    history = unor_history(unor_id)
    affairs = UrusanPemerintahan.objects.filter(kode__in=unit.urusan).order_by("urutan")
    return _show(
        request,
        konteks,
        "unor",
        {
            "dasar": konteks.dasar,
            "unor": unit,
            "jalur": ancestors(unor_id, konteks.versi),
            "jumlah": rinci.unit_counts(konteks, unor_id),
            "kepala": next((box for box in boxes if box.kepala), None),
            "kotak": [box for box in boxes if not box.kosong],
            "n_kosong": sum(box.kosong for box in boxes),
            "urusan": list(affairs),
            "jenis": JenisUnor(unit.jenis).label if unit.jenis in JenisUnor.values else unit.jenis,
            "penghuni": people_on(request.actor, unor_id=unor_id, tanggal=konteks.hari_b),  # type: ignore[attr-defined]
            "riwayat": history,
            "penerus": _heirs(unor_id) if history and history[0].hingga else [],
            "huruf": "u",
        },
    )


def _heirs(unor_id: int) -> list[Kerabat]:
    end = end_of("unor", unor_id)
    return [] if end is None else end.penerus


def _ended(request: HttpRequest, konteks: Konteks, objek: str, key: int) -> HttpResponse:
    """An old link: what has ended says when, and who carries it on. Raises PetaTidakAda for anything else."""
    events = life_line_of(konteks, objek, key)
    end = end_of(objek, key)
    if end is None or end.versi > konteks.versi:
        raise PetaTidakAda(_("Itu bukan bagian dari peta jabatan instansi ini."))
    return _show(
        request,
        konteks,
        "berakhir",
        {
            "objek": objek,
            "key": key,
            "huruf": "u" if objek == "unor" else "p",
            "nama": events[0].nama,
            "akhir": end,
            "lihat": end.versi - 1,
        },
    )


@drawer
def posisi(request: HttpRequest, konteks: Konteks, posisi_id: int) -> HttpResponse:
    try:
        box = posisi_detail(posisi_id, versi=konteks.versi)
    except PetaTidakAda:
        return _ended(request, konteks, "posisi", posisi_id)
    _own(konteks, box)
    counts = bezetting_of_boxes([posisi_id], konteks.hari_b).get(posisi_id, Bezetting())
    return _show(
        request,
        konteks,
        "posisi",
        {
            "posisi": box,
            "jalur": [*ancestors(box.unor_id, konteks.versi)],
            "b": counts,
            "selisih": None if box.k is None else counts.b - box.k,
            "penghuni": people_on(request.actor, posisi_id=posisi_id, tanggal=konteks.hari_b),  # type: ignore[attr-defined]
            "riwayat": posisi_history(posisi_id),
        },
    )


@drawer
def garis(request: HttpRequest, konteks: Konteks, objek: str, key: int) -> HttpResponse:
    """The life line of a unit or box, also of one that is no longer on the map."""
    events = life_line_of(konteks, objek, key)
    return _show(
        request,
        konteks,
        "garis",
        {
            "objek": objek,
            "key": key,
            "huruf": "u" if objek == "unor" else "p",
            "nama": events[0].nama,
            "peristiwa": events,
        },
    )


@drawer
def jelas_unor(request: HttpRequest, konteks: Konteks, unor_id: int, ukuran: str) -> HttpResponse:
    if ukuran not in UKURAN[1:]:
        raise Http404
    _own(konteks, unor_detail(unor_id, versi=konteks.versi))
    jelas = explain_unit(konteks, unor_id, ukuran)
    return _show(request, konteks, "jelas", {"jelas": jelas})


@drawer
def jelas_posisi(request: HttpRequest, konteks: Konteks, posisi_id: int, ukuran: str) -> HttpResponse:
    if ukuran not in UKURAN:
        raise Http404
    _own(konteks, posisi_detail(posisi_id, versi=konteks.versi))
    jelas = explain_box(request.actor, konteks, posisi_id, ukuran)  # type: ignore[attr-defined]
    return _show(request, konteks, "jelas", {"jelas": jelas})


@drawer
def rekap_rincian(request: HttpRequest, konteks: Konteks) -> HttpResponse:
    """The boxes that make up one figure of the recap."""
    kelompok, ukuran = request.GET.get("kelompok", ""), request.GET.get("ukuran", "")
    if kelompok not in rekap.KELOMPOK or ukuran not in rekap.UKURAN:
        raise Http404
    unor_text = request.GET.get("unor", "")
    unor_id = int(unor_text) if unor_text.isdigit() and len(unor_text) < 19 else None
    key = request.GET.get("kunci")
    rows, total, n = rekap.boxes_behind(konteks, kelompok, key, ukuran, unor_id)
    label = rows[0].jenjang if rows and kelompok == "jenjang" else None
    return _show(
        request,
        konteks,
        "rincian",
        {
            "dasar": konteks.dasar,
            "baris": rows,
            "jumlah": total,
            "n": n,
            "ukuran": ukuran,
            "nama_ukuran": {"k": "K", "b": "B", "selisih": "B − K", "posisi": _("Posisi")}[ukuran],
            "nama": _("Seluruhnya") if key is None else rekap.row_name(kelompok, key, label),
        },
    )
