"""The difference a draft makes: as a list with legal bases, as two charts, as totals per kelas."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from petajabatan.inti.pekerjaan import submit_job
from petajabatan.jabatan.kata_beda import BarisBeda, BedaTampil, present
from petajabatan.jabatan.rules.beda import (
    Beda,
    IsiPosisi,
    Perbedaan,
)
from petajabatan.usulan.models import Usulan
from petajabatan.usulan.queries.draf import net_changes
from petajabatan.usulan.queries.perbedaan import (
    Asal,
    base_of,
    draft_difference,
    sources_of,
    successor_names,
)
from petajabatan.usulan.rules.objek import OBJEK_PETA, Kunci, Objek, Perubahan
from petajabatan.web.peta.queries import START, Dokumen
from petajabatan.web.peta.queries import _document as base_document
from petajabatan.web.sunting import queries, ringkasan, sql
from petajabatan.web.sunting.konteks import KonteksDraf, draft_of
from petajabatan.web.sunting.teks import page_words


@dataclass(frozen=True)
class BarisDraf:
    """``penerus``: names of what carries a removed unit or box on."""

    beda: BarisBeda
    asal: Asal | None
    penerus: tuple[str, ...] = ()


@dataclass(frozen=True)
class BarisKelas:
    """One kelas (None: boxes without): K and boxes before and after."""

    kelas: int | None
    k0: int
    k: int
    n0: int
    n: int


def per_kelas(usulan: Usulan, boxes: list[Perbedaan]) -> list[BarisKelas]:
    """K and boxes per kelas before and after; only kelas that change."""
    base = {kelas: (k, n) for kelas, (k, n, _without) in base_of(usulan).kelas.items()}
    now = {kelas: list(values) for kelas, values in base.items()}
    for row in boxes:
        for side, sign in ((row.sebelum, -1), (row.sesudah, 1)):
            if isinstance(side, IsiPosisi):
                amounts = now.setdefault(side.kelas, [0, 0])
                amounts[0] += sign * (side.k or 0)
                amounts[1] += sign
    rows = [
        BarisKelas(kelas, *_crossed(base.get(kelas, (0, 0)), (values[0], values[1])))
        for kelas, values in now.items()
    ]
    changed = [row for row in rows if (row.k0, row.n0) != (row.k, row.n)]
    return sorted(changed, key=lambda row: (row.kelas is None, row.kelas or 0))


def _crossed(before: tuple[int, int], after: tuple[int, int]) -> tuple[int, int, int, int]:
    return before[0], after[0], before[1], after[1]


def shown_rows(
    rows: list[BarisBeda],
    objek: Objek,
    sources: Mapping[Kunci, Asal],
    heirs: Mapping[Kunci, tuple[str, ...]],
) -> list[BarisDraf]:
    return [BarisDraf(row, sources.get((objek, row.id)), heirs.get((objek, row.id), ())) for row in rows]


def both_documents(konteks: KonteksDraf, steps: list[Perubahan]) -> tuple[Dokumen, queries.DokumenDraf]:
    """The changed parts of the map before and after, with the way to them and their siblings."""
    units = [p.id for p in steps if p.objek == "unor"][:400]
    boxes = [p.id for p in steps if p.objek == "posisi"][:400]
    params: dict[str, Any] = {"buka": [], "seluruh": [], "sasaran": units, "posisi": boxes, "batas": 6000}
    before = base_document(konteks.peta, START, False, params)
    return before, queries.document(konteks, sql.START, params)


@login_required
@require_safe
def halaman(request: HttpRequest, usulan_id: int) -> HttpResponse:
    """``lihat``: daftar (default) or bagan."""
    konteks = draft_of(request, usulan_id)
    steps = net_changes(konteks.usulan, OBJEK_PETA)
    page: dict[str, Any] = {
        "draf": konteks,
        "usulan": konteks.usulan,
        "konteks": konteks.peta,
        "lihat": "beda",
        "cara": "bagan" if request.GET.get("lihat") == "bagan" else "daftar",
    }
    if page["cara"] == "bagan":
        before, after = both_documents(konteks, steps)
        page |= {"sebelum": before, "sesudah": after, "teks": page_words()}
        return render(request, "web/sunting/beda_bagan.html", page)
    beda = draft_difference(konteks.usulan, steps)
    shown = _present(beda)
    sources, heirs = sources_of(konteks.usulan), successor_names(konteks.usulan, steps)
    page |= {
        "beda": shown,
        "unor": shown_rows(shown.unor, "unor", sources, heirs),
        "posisi": shown_rows(shown.posisi, "posisi", sources, heirs),
        "kelas": per_kelas(konteks.usulan, beda.posisi),
        "ringkasan": ringkasan.totals(konteks, ringkasan.root_of(konteks)),
        "dasar": konteks.dasar,
    }
    return render(request, "web/sunting/beda.html", page)


@login_required
@require_POST
def cetak(request: HttpRequest, usulan_id: int) -> HttpResponse:
    """The difference as annex of a letter: a background job."""
    konteks = draft_of(request, usulan_id)
    bentuk = request.POST.get("bentuk", "")
    if bentuk not in ("pdf", "xlsx"):
        raise Http404
    job = submit_job(
        request.actor,  # type: ignore[attr-defined]
        "lampiran-usulan",
        " ".join((_("Lampiran perbedaan"), konteks.usulan.nomor, f"({bentuk.upper()})")),
        {"usulan_id": usulan_id, "bentuk": bentuk},
    )
    return redirect("web:pekerjaan-rinci", job.pk)


def _present(beda: Beda) -> BedaTampil:
    """Rows that only made room for others come last: they are the least of what is proposed."""
    only = ("urutan",)
    units = sorted(beda.unor, key=lambda x: x.perubahan == only)
    boxes = sorted(beda.posisi, key=lambda x: x.perubahan == only)
    return present(replace(beda, unor=units, posisi=boxes))
