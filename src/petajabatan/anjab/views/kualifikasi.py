"""The qualification map: a heat map of units, the posts of a unit, and (for some) the people of a post."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from petajabatan.anjab.queries.kualifikasi import AMBANG, ORANG_MAKS, Baris, box_of, map_of, people_on_boxes
from petajabatan.anjab.rules.kualifikasi import KOMPONEN, STATUS, heat
from petajabatan.inti.actor import ANONIM, Actor
from petajabatan.inti.pekerjaan import submit_job
from petajabatan.jabatan.rules.abk.angka import quantize
from petajabatan.pegawai.queries import may_see_people
from petajabatan.referensi.models import Instansi

ID_MAKS = 2**31 - 1
KOLOM = {"semua": "Semua syarat", **KOMPONEN}


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = getattr(request, "actor", ANONIM)
    return actor


def _unor(request: HttpRequest) -> int | None:
    raw = request.GET.get("unor", request.POST.get("unor", ""))
    return int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 18 else None


def _row(row: Baris) -> dict[str, object]:
    """A line of the table with what each cell shows: share, the counts behind it, step of the heat map."""
    cells = []
    for name, title in KOLOM.items():
        counts, share = row.hitung.komponen[name], row.hitung.share(name)
        cells.append({
            "judul": title, "bagian": None if share is None else quantize(share),
            "panas": f"panas-{heat(share)}", "ya": counts["memenuhi"],
            "dinilai": counts["memenuhi"] + counts["tidak"], "kosong": counts["belum-ada-data"],
            "bebas": counts["tanpa-syarat"], "belum": min(row.hitung.belum, counts["tanpa-syarat"]),
        })  # fmt: skip
    return {"baris": row, "n": row.hitung.n, "sel": cells}


@login_required
def peta(request: HttpRequest, instansi_id: int) -> HttpResponse:
    """One unit (``?unor=``; default the whole instansi): units below it and its own posts."""
    instansi = get_object_or_404(Instansi, pk=min(instansi_id, ID_MAKS))
    found = map_of(_actor(request), instansi.pk, _unor(request))
    return render(
        request,
        "anjab/kualifikasi/peta.html",
        {
            "instansi": instansi,
            "peta": found,
            "kolom": KOLOM,
            "total": _row(found.total),
            "unit": [_row(row) for row in found.unit],
            "kotak": [_row(row) for row in found.kotak],
            "ambang": AMBANG,
            "berisi_orang": may_see_people(_actor(request), instansi.pk),
        },
    )


@login_required
def kotak(request: HttpRequest, instansi_id: int, posisi_id: int) -> HttpResponse:
    """One post: what it asks for, how many have it, and who (for roles that see names)."""
    instansi = get_object_or_404(Instansi, pk=min(instansi_id, ID_MAKS))
    version, box, acuan = box_of(_actor(request), instansi.pk, min(posisi_id, 2**63 - 1))
    people = people_on_boxes(_actor(request), instansi.pk, [box], acuan)
    return render(
        request,
        "anjab/kualifikasi/kotak.html",
        {
            "instansi": instansi,
            "versi": version,
            "kotak": box,
            "baris": _row(box),
            "syarat": _requirement(box),
            "orang": people,
            "penuh": len(people or ()) == ORANG_MAKS,
            "komponen": KOMPONEN,
            "status": STATUS,
            "ambang": AMBANG,
        },
    )


def _requirement(box: Baris) -> list[tuple[str, str]]:
    """The requirement in words, per component."""
    asked = box.syarat
    if asked is None:
        return []
    years = [_("paling sedikit %(n)s tahun") % {"n": asked.tahun}] if asked.tahun is not None else []
    return [
        (_("Pendidikan"), _(" atau ").join(b.teks for b in asked.pendidikan)),
        (_("Diklat"), ", ".join(b.teks for b in asked.diklat)),
        (_("Sertifikasi"), ", ".join(b.teks for b in asked.sertifikasi)),
        (_("Pengalaman"), ", ".join([*asked.pengalaman, *years])),
    ]


@login_required
@require_POST
def ekspor(request: HttpRequest, instansi_id: int) -> HttpResponse:
    """The same as a workbook, made as a job; the file belongs to the one who asked."""
    instansi = get_object_or_404(Instansi, pk=min(instansi_id, ID_MAKS))
    asked = {"instansi_id": instansi.pk, "unor_id": _unor(request)}
    title = _("Peta kualifikasi: %(nama)s") % {"nama": instansi.nama}
    job = submit_job(_actor(request), "ekspor-kualifikasi", title[:255], asked)
    return redirect("web:pekerjaan-rinci", job.pk)
