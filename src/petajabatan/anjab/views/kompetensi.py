"""Standards of jabatan: the list of an instansi, reading, writing, deciding."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from petajabatan.anjab.queries.kompetensi import (
    EntriKamus,
    dictionary,
    posts_with_standards,
    short_dictionary,
    with_rows,
)
from petajabatan.anjab.rules.kompetensi import LEVEL, WAJIB, BarisKompetensi, check_rows, key_of
from petajabatan.anjab.services.kompetensi import (
    discard_standard,
    may_validate_standard,
    may_write_standard,
    return_standard,
    rows_of,
    validate_standard,
    write_standard,
)
from petajabatan.inti.jam import today
from petajabatan.inti.temuan import Ditolak, Temuan
from petajabatan.jabatan.models import StandarKompetensi
from petajabatan.referensi.models import Instansi, Jabatan
from petajabatan.usulan.views.dasar import ID_MAKS, actor_of_request, page_number, tell_refusal

PER_HALAMAN = 50
BARIS_BARU = 3
KEADAAN = {"berlaku": "Berlaku", "draf": "Ada draf", "belum": "Belum ada"}
WARNA = {"draf": "peringatan", "divalidasi": "baik", "dibuang": ""}


def _instansi(instansi_id: int) -> Instansi:
    return get_object_or_404(Instansi, pk=min(instansi_id, 2**31 - 1))


@login_required
def daftar(request: HttpRequest, instansi_id: int) -> HttpResponse:
    """Every jabatan on the map with its standard."""
    actor, instansi = actor_of_request(request), _instansi(instansi_id)
    q, keadaan = request.GET.get("q", "")[:100], request.GET.get("keadaan", "")
    rows = posts_with_standards(instansi.pk)
    counts = {
        "berlaku": sum(r.berlaku is not None for r in rows),
        "draf": sum(r.draf is not None for r in rows),
        "belum": sum(r.berlaku is None and r.draf is None for r in rows),
    }
    shown = [
        r
        for r in rows
        if all(word in r.nama.lower() for word in q.lower().split())
        and (
            not keadaan
            or (keadaan == "berlaku" and r.berlaku)
            or (keadaan == "draf" and r.draf)
            or (keadaan == "belum" and not r.berlaku and not r.draf)
        )
    ]
    return render(
        request,
        "anjab/standar_daftar.html",
        {
            "instansi": instansi,
            "halaman": Paginator(shown, PER_HALAMAN).get_page(page_number(request)),
            "q": q,
            "keadaan": keadaan,
            "pilihan": [(kode, nama, counts[kode]) for kode, nama in KEADAAN.items()],
            "semua": len(rows),
            "boleh_tulis": may_write_standard(actor, instansi.pk),
        },
    )


@login_required
def rinci(request: HttpRequest, standar_id: int) -> HttpResponse:
    """One edition, the other editions of the jabatan beside it."""
    row = _standard(standar_id)
    return _detail(request, row)


def _standard(standar_id: int) -> StandarKompetensi:
    row = StandarKompetensi.objects.select_related("instansi").filter(pk=min(standar_id, ID_MAKS)).first()
    if row is None:
        raise Http404(_("Standar kompetensi itu tidak ada, atau berada di luar cakupan Anda."))
    return row


def _detail(
    request: HttpRequest, row: StandarKompetensi, refused: list[Temuan] | None = None
) -> HttpResponse:
    actor = actor_of_request(request)
    draft = row.status == "draf"
    return render(
        request,
        "anjab/standar_rinci.html",
        {
            "s": with_rows([row])[0],
            "standar": row,
            "instansi": row.instansi,
            "warna": WARNA[row.status],
            "ditolak": refused or [],
            "temuan": check_rows(rows_of(row), short_dictionary()) if draft else [],
            "edisi": StandarKompetensi.objects.filter(instansi_id=row.instansi_id, kunci=row.kunci)
            .exclude(status="dibuang")
            .order_by("-berlaku_dari", "-pk"),
            "boleh_tulis": may_write_standard(actor, row.instansi_id),
            "boleh_putus": draft and may_validate_standard(actor, row.instansi_id),
            "catatan": request.POST.get("catatan", ""),
        },
        status=422 if refused else 200,
    )


@login_required
def baru(request: HttpRequest, instansi_id: int) -> HttpResponse:
    """A new draft for a jabatan of the map: ``jabatan`` (id) or ``nama``; ``dari``: an edition to copy."""
    actor, instansi = actor_of_request(request), _instansi(instansi_id)
    if not may_write_standard(actor, instansi.pk):
        raise PermissionDenied(_("Standar kompetensi ditulis oleh operator standar kompetensi instansi."))
    raw = request.GET.get("jabatan", "") or request.POST.get("jabatan", "")
    jabatan = None
    if raw.isdecimal() and len(raw) < 10:
        jabatan = get_object_or_404(Jabatan, pk=int(raw))
    nama = (jabatan.nama if jabatan else None) or request.GET.get("nama", "") or request.POST.get("nama", "")
    nama = nama[:250]
    if not nama:
        return redirect("anjab:standar", instansi.pk)
    held = StandarKompetensi.objects.filter(
        instansi_id=instansi.pk, kunci=key_of(jabatan.pk if jabatan else None, nama), status="draf"
    ).first()
    if held is not None and request.method == "GET":
        return redirect("anjab:standar-ubah", held.pk)
    values: dict[str, Any] = {"berlaku_dari": today().isoformat(), "baris": {}}
    source = request.GET.get("dari", "")
    if source.isdecimal() and len(source) < 19:
        old = _standard(int(source))
        values |= {"dasar_hukum": "", "baris": {row.kompetensi_id: row for row in rows_of(old)}}
    return _form(request, instansi, jabatan.pk if jabatan else None, nama, None, values)


@login_required
def ubah(request: HttpRequest, standar_id: int) -> HttpResponse:
    """A draft as it is."""
    row = _standard(standar_id)
    if not may_write_standard(actor_of_request(request), row.instansi_id):
        raise PermissionDenied(_("Standar kompetensi ditulis oleh operator standar kompetensi instansi."))
    if row.status != "draf" and request.method == "GET":
        return redirect("anjab:standar-rinci", row.pk)
    values = {
        "berlaku_dari": row.berlaku_dari.isoformat(),
        "berlaku_hingga": row.berlaku_hingga.isoformat() if row.berlaku_hingga else "",
        "dasar_hukum": row.dasar_hukum,
        "baris": {r.kompetensi_id: r for r in rows_of(row, semua=True)},
    }
    return _form(request, row.instansi, row.jabatan_id, row.nama, row, values)


def _form(
    request: HttpRequest,
    instansi: Instansi,
    jabatan_id: int | None,
    nama: str,
    row: StandarKompetensi | None,
    values: dict[str, Any],
) -> HttpResponse:
    refused: list[Temuan] = []
    if request.method == "POST":
        try:
            made = _store(request, instansi, jabatan_id, nama, row)
        except Ditolak as error:
            refused = error.temuan
            values = _typed(request)
        else:
            messages.success(request, _("Draf standar kompetensi tersimpan."))
            return redirect("anjab:standar-rinci", made.pk)
    kamus = dictionary()
    chosen: dict[int, BarisKompetensi] = values["baris"]
    return render(
        request,
        "anjab/standar_isi.html",
        {
            "instansi": instansi,
            "jabatan_id": jabatan_id,
            "nama": nama,
            "standar": row,
            "nilai": values,
            "ditolak": refused,
            "tampil": [
                (entry, chosen.get(entry.id)) for entry in kamus if entry.jenis in WAJIB or entry.id in chosen
            ],
            "teknis": [entry for entry in kamus if entry.jenis == "teknis" and entry.id not in chosen],
            "baru": range(1, BARIS_BARU + 1),
            "level": LEVEL,
        },
        status=422 if refused else 200,
    )


def _store(
    request: HttpRequest, instansi: Instansi, jabatan_id: int | None, nama: str, row: StandarKompetensi | None
) -> StandarKompetensi:
    form = request.POST
    revisi = form.get("revisi", "")
    begins = _date(form.get("berlaku_dari", ""), "berlaku_dari")
    if begins is None:
        raise Ditolak([_bad_date("berlaku_dari", "")])
    return write_standard(
        actor_of_request(request),
        instansi.pk,
        jabatan_id=jabatan_id,
        nama=nama,
        berlaku_dari=begins,
        berlaku_hingga=_date(form.get("berlaku_hingga", ""), "berlaku_hingga"),
        dasar_hukum=form.get("dasar_hukum", ""),
        baris=list(_typed(request)["baris"].values()),
        standar_id=row.pk if row else None,
        revisi=int(revisi) if row and revisi.isdecimal() and len(revisi) < 10 else None,
    )


def _typed(request: HttpRequest) -> dict[str, Any]:
    """What the form holds: ``level.<id>`` and ``indikator.<id>``, and new rows ``baru.<n>.*``."""
    form = request.POST
    rows: dict[int, BarisKompetensi] = {}
    places = [(name[6:], name, f"indikator.{name[6:]}") for name in form if name.startswith("level.")]
    places += [
        (form.get(f"baru.{n}.kompetensi", ""), f"baru.{n}.level", f"baru.{n}.indikator")
        for n in range(1, BARIS_BARU + 1)
    ]
    for key, level, indicator in places:
        raw, words = form.get(level, ""), form.get(indicator, "")
        if key.isdecimal() and len(key) < 10 and (raw or words.strip()):
            number = None if not raw else int(raw) if raw.isdecimal() and len(raw) < 4 else 0
            rows[int(key)] = BarisKompetensi(int(key), number, words)
    names = ("berlaku_dari", "berlaku_hingga", "dasar_hukum")
    return {name: form.get(name, "") for name in names} | {"baris": rows}


def _date(raw: str, kolom: str) -> dt.date | None:
    if not raw.strip():
        return None
    try:
        return dt.date.fromisoformat(raw.strip())
    except ValueError:
        raise Ditolak([_bad_date(kolom, raw)]) from None


def _bad_date(kolom: str, raw: str) -> Temuan:
    return Temuan("tanggal-tidak-sah", "galat", _("Tanggal kosong atau tidak dikenal."),
                  _("Isi tanggal seperti 2026-11-23."), kolom=kolom, nilai=raw[:40])  # fmt: skip


@login_required
@require_POST
def putuskan(request: HttpRequest, standar_id: int) -> HttpResponse:
    """``putusan``: validasi, kembalikan or buang."""
    actor, row = actor_of_request(request), _standard(standar_id)
    raw = request.POST.get("revisi", "")
    revisi = int(raw) if raw.isdecimal() and len(raw) < 10 else None
    verdict = request.POST.get("putusan", "")
    try:
        if verdict == "validasi":
            validate_standard(actor, row.pk, revisi=revisi)
            messages.success(request, _("Standar kompetensi divalidasi."))
        elif verdict == "kembalikan":
            return_standard(actor, row.pk, request.POST.get("catatan", ""), revisi=revisi)
            messages.success(request, _("Standar kompetensi dikembalikan kepada penulisnya."))
        elif verdict == "buang":
            discard_standard(actor, row.pk)
            messages.success(request, _("Draf dibuang."))
            return redirect("anjab:standar", row.instansi_id)
    except Ditolak as refused:
        if verdict == "buang":
            tell_refusal(request, refused)
            return redirect("anjab:standar-rinci", row.pk)
        return _detail(request, _standard(standar_id), refused.temuan)
    return redirect("anjab:standar-rinci", row.pk)


def entry_of(kompetensi_id: int) -> EntriKamus:
    """One competency with its levels. Raises Http404."""
    found = dictionary(ids=[kompetensi_id])
    if not found:
        raise Http404(_("Kompetensi itu tidak ada dalam kamus."))
    return found[0]
