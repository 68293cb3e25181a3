"""What the drawer shows of a draft: a unit, a box, a form, how a figure came about, findings."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from petajabatan.inti.actor import Actor
from petajabatan.inti.jam import today
from petajabatan.inti.lembar import render_drawer
from petajabatan.pegawai.queries import people_on
from petajabatan.usulan.alamat import help_address, place_address
from petajabatan.usulan.data_nama import muat_aturan_nama
from petajabatan.usulan.models import TemuanUsulan
from petajabatan.usulan.queries.acuan import people_on_boxes
from petajabatan.usulan.queries.rinci import threads
from petajabatan.usulan.queries.temuan import finding_of
from petajabatan.usulan.rules.alur import AKHIR
from petajabatan.usulan.rules.nama import nilai_perubahan_nama
from petajabatan.usulan.services.izin import role_for, side_of
from petajabatan.web.sunting import formulir, queries, rinci, ringkasan
from petajabatan.web.sunting.konteks import KonteksDraf, draft_of

TEMUAN_MAKS = 300


def drawer(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A fragment for the drawer about one draft."""

    @login_required
    @require_safe
    @wraps(view)
    def answer(request: HttpRequest, usulan_id: int, **args: Any) -> HttpResponse:
        return view(request, draft_of(request, usulan_id), **args)

    return answer


def _context(konteks: KonteksDraf) -> dict[str, Any]:
    return {"draf": konteks, "usulan": konteks.usulan, "dasar": konteks.dasar, "konteks": konteks.peta}


def _part(request: HttpRequest, konteks: KonteksDraf, template: str, more: dict[str, Any]) -> HttpResponse:
    """What only the editor on its page can use: a form, a part of one."""
    return render(request, f"web/sunting/{template}", _context(konteks) | more)


def _page(request: HttpRequest, konteks: KonteksDraf, template: str, more: dict[str, Any]) -> HttpResponse:
    """What may be read apart from the editor, too."""
    back = (konteks.dasar, konteks.usulan.judul)
    context = _context(konteks) | more
    style = ("peta.css", "sunting.css")
    return render_drawer(request, f"web/sunting/{template}", context, kembali=back, gaya=style)


@drawer
def unor(request: HttpRequest, konteks: KonteksDraf, unor_id: int) -> HttpResponse:
    unit = rinci.object_of(konteks, "unor", unor_id)
    way = rinci.path_to(konteks, unor_id)
    shown = queries.these_units(konteks, [unor_id])
    boxes = shown["kotak"]
    totals = queries.totals_of(konteks, [unor_id])[0]
    return _page(
        request,
        konteks,
        "laci_unor.html",
        {
            "objek": unit,
            "unor": unit.isi,
            "tanda": rinci.mark_word(unit.tanda),
            "jalur": way[:-1],
            "rincian": rinci.attributes(unit.isi),
            "jumlah": dict(zip(("k", "b", "n_posisi", "n_unor", "k0", "b0"), totals[1:7], strict=True))
            | {"selisih": totals[2] - totals[1]},
            "kotak": [
                {
                    "id": b[0], "nama": b[2], "kelas": b[5], "k": b[6], "b": b[7], "tanda": b[10],
                    "selisih": None if b[6] is None else b[7] - b[6], "kata": rinci.mark_word(b[10]),
                }
                for b in boxes
            ],
            "penghuni": people_on(request.actor, unor_id=unor_id, tanggal=konteks.peta.hari_b),  # type: ignore[attr-defined]
            "di_peta": unit.sebelum is not None,
            "puncak_cabang": unor_id == konteks.usulan.cabang_id,
        }
        | _reach(konteks, way)
        | _findings(konteks, rinci.findings_on(konteks, unor_id, [b[0] for b in boxes]))
        | _remarks(request, konteks, "unor", unor_id),
    )  # fmt: skip


def _reach(konteks: KonteksDraf, way: list[rinci.Letak]) -> dict[str, Any]:
    """Whether the tools are shown here; outside the branch of the draft, which branch that is."""
    inside = konteks.menjangkau(unit.id for unit in way)
    branch = None if inside else rinci.branch_of(konteks)
    return {"boleh_di_sini": konteks.boleh_ubah and inside, "luar_cabang": konteks.boleh_ubah and branch}


def _findings(konteks: KonteksDraf, rows: list[TemuanUsulan]) -> dict[str, Any]:
    """What stands in the way, and what is only to be known. The drawer is their place already."""
    found = [replace(finding_of(konteks.usulan, row), tautan="") for row in rows]
    return {
        "temuan": [t for t in found if t.tingkat != "catatan"],
        "catatan": [t for t in found if t.tingkat == "catatan"],
    }


def _remarks(request: HttpRequest, konteks: KonteksDraf, objek: str, key: int) -> dict[str, Any]:
    """Threads on this unit or box, and whether this person may write one. One statement."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    usulan = konteks.usulan
    sisi = side_of(actor, usulan)
    return {
        "utas": [u for u in threads(usulan.pk) if (u.induk.objek, u.induk.objek_id) == (objek, key)],
        "sisi": sisi,
        "boleh_komentar": usulan.status not in AKHIR and bool(sisi),
        "boleh_minta": role_for(actor, ("verifikasi", "tetapkan"), usulan) is not None,
        "kembali_ke": place_address(usulan, objek, key),
    }


@drawer
def posisi(request: HttpRequest, konteks: KonteksDraf, posisi_id: int) -> HttpResponse:
    box = rinci.object_of(konteks, "posisi", posisi_id)
    shown = queries.these_units(konteks, [box.isi.unor_id], kosong=True)
    row = next((b for b in shown["kotak"] if b[0] == posisi_id), None)
    b = row[7] if row else 0
    way = rinci.path_to(konteks, box.isi.unor_id)
    return _page(
        request,
        konteks,
        "laci_posisi.html",
        {
            "objek": box,
            "posisi": box.isi,
            "jenjang": row[4] if row else "",
            "tanda": rinci.mark_word(box.tanda),
            "jalur": way,
            "b": b,
            "selisih": None if box.isi.k is None else b - box.isi.k,
            "orang": people_on_boxes([posisi_id]).get(posisi_id, 0),
            "penghuni": people_on(request.actor, posisi_id=posisi_id, tanggal=konteks.peta.hari_b),  # type: ignore[attr-defined]
            "di_peta": box.sebelum is not None,
        }
        | _reach(konteks, way)
        | _findings(konteks, rinci.findings_on(konteks, None, [posisi_id]))
        | _remarks(request, konteks, "posisi", posisi_id),
    )


def _form(
    request: HttpRequest, konteks: KonteksDraf, objek: str, key: int, forms: dict[str, Any], jenis: str
) -> HttpResponse:
    make = forms.get(jenis)
    if make is None or not konteks.boleh_ubah:
        raise Http404
    found = rinci.object_of(konteks, objek, key)
    if not found.hidup:
        raise Http404(_("Unit atau jabatan ini sudah dihapus dalam usulan."))
    if konteks.usulan.cabang_id is not None:
        reach = _reach(konteks, rinci.path_to(konteks, key if objek == "unor" else found.isi.unor_id))
        if not reach["boleh_di_sini"]:
            return _part(request, konteks, "laci_luar.html", {"objek": found} | reach)
    form: formulir.Formulir = make(konteks, found.isi)
    kembali = f"{konteks.dasar}{objek}/{key}/"
    return _part(
        request,
        konteks,
        "laci_form.html",
        {
            "formulir": form,
            "objek": found,
            "kembali": kembali,
            "tetap": json.dumps({"jenis": form.jenis} | form.tetap),
            "kunci_objek": f"{'u' if objek == 'unor' else 'p'}{key}",
        }
        | form.konteks,
    )


@drawer
def form_unor(request: HttpRequest, konteks: KonteksDraf, unor_id: int, jenis: str) -> HttpResponse:
    return _form(request, konteks, "unor", unor_id, formulir.UNIT, jenis)


@drawer
def form_posisi(request: HttpRequest, konteks: KonteksDraf, posisi_id: int, jenis: str) -> HttpResponse:
    return _form(request, konteks, "posisi", posisi_id, formulir.BOX, jenis)


@drawer
def nilai_nama(request: HttpRequest, konteks: KonteksDraf) -> HttpResponse:
    """Whether what is being typed is a correction: the judgement with its measured distance and reasons."""
    objek = "posisi" if request.GET.get("posisi") else "unor"
    key = request.GET.get(objek, "")
    if not key.isdigit() or len(key) > 18:
        raise Http404
    found = rinci.object_of(konteks, objek, int(key))
    rules = muat_aturan_nama(today())
    verdicts = []
    for name, label in (("nama", _("Nama")), ("nama_jabatan", _("Jabatan pimpinan"))):
        new = " ".join(request.GET.get(name, "").split())[:250]
        old = getattr(found.isi, name, "")
        if new and old:
            verdicts.append((label, nilai_perubahan_nama(old, new, rules)))
    worst = "reorganisasi" if any(v.putusan == "reorganisasi" for _l, v in verdicts) else (
        "koreksi" if any(v.putusan == "koreksi" for _l, v in verdicts) else "sama")  # fmt: skip
    return _part(
        request,
        konteks,
        "_nilai_nama.html",
        {"nilai": [(label, v) for label, v in verdicts if v.putusan != "sama"], "putusan": worst},
    )


@drawer
def saran(request: HttpRequest, konteks: KonteksDraf) -> HttpResponse:
    """Which boxes of the successors may carry on the occupied boxes of a unit to be removed."""
    return JsonResponse(
        {"saran": rinci.suggest_boxes(konteks, _ids(request, "kotak"), _ids(request, "penerus"))}
    )


@drawer
def lebur(request: HttpRequest, konteks: KonteksDraf, unor_id: int) -> HttpResponse:
    """Who sits on the heads that go when the unit is merged into ``menjadi``, and where they may go."""
    target = next(iter(_ids(request, "menjadi")), unor_id)
    heads = [] if target == unor_id else rinci.heads_that_go(konteks, unor_id, target)
    return _part(request, konteks, "_lebur.html", {"kepala": heads, "dipilih": target != unor_id})


def _ids(request: HttpRequest, name: str) -> list[int]:
    parts = request.GET.get(name, "").split(".")
    return [int(part) for part in parts[:2000] if part.isdigit() and len(part) < 19]


@drawer
def jelas(request: HttpRequest, konteks: KonteksDraf, objek: str, key: int, ukuran: str) -> HttpResponse:
    """How a figure of the draft came about: the published figure, what the draft changes, the result."""
    if ukuran not in ("kelas", "k", "b", "selisih") or objek not in ("unor", "posisi"):
        raise Http404
    found = rinci.object_of(konteks, objek, key)
    after: dict[str, int | None]
    before: dict[str, int | None]
    names = {"kelas": _("Kelas"), "k": "K", "b": "B", "selisih": "+/−"}
    if objek == "unor":
        row = queries.totals_of(konteks, [key])[0]
        after, before = {"k": row[1], "b": row[2]}, {"k": row[5], "b": row[6]}
    else:
        shown = queries.these_units(konteks, [found.isi.unor_id], kosong=True)
        b = next((r[7] for r in shown["kotak"] if r[0] == key), 0)
        after = {"k": found.isi.k if found.hidup else None, "b": b, "kelas": found.isi.kelas}
        was = found.sebelum
        before = {"k": was.k if was else None, "b": b if was else None, "kelas": was.kelas if was else None}
    for side in (before, after):
        k_side, b_side = side.get("k"), side.get("b")
        side["selisih"] = None if k_side is None or b_side is None else b_side - k_side
    if ukuran not in after:
        raise Http404
    old, new = before[ukuran], after[ukuran]
    return _page(
        request,
        konteks,
        "laci_jelas.html",
        {
            "judul": f"{names[ukuran]} {found.isi.nama}",
            "lama": old,
            "baru": new,
            "beda": None if old is None or new is None else new - old,
            "ukuran": ukuran,
            "objek": found,
            "asal": _published(konteks, objek, key, ukuran) if found.sebelum is not None else "",
            "kembali": f"{konteks.dasar}{objek}/{key}/",
        },
    )


def _published(konteks: KonteksDraf, objek: str, key: int, ukuran: str) -> str:
    """Where the published map explains the same figure."""
    url = reverse(f"peta:jelas-{objek}", args=[konteks.peta.kode, key, ukuran])
    return f"{url}?{konteks.peta.kueri}"


@drawer
def temuan(request: HttpRequest, konteks: KonteksDraf) -> HttpResponse:
    """All findings, filtered by severity; each leads to its object."""
    tingkat = request.GET.get("tingkat", "")
    rows = TemuanUsulan.objects.filter(usulan=konteks.usulan)
    rows = rows.filter(bawaan=tingkat == "bawaan")
    if tingkat in ringkasan.TINGKAT:
        rows = rows.filter(tingkat=tingkat)
    found = list(rows.order_by("tingkat", "kode", "id")[: TEMUAN_MAKS + 1])
    rank = {"galat": 0, "peringatan": 1, "catatan": 2}
    found.sort(key=lambda t: rank.get(t.tingkat, 3))
    owners = _owners(konteks, found)
    return _page(
        request,
        konteks,
        "laci_temuan.html",
        {
            "temuan": [
                (t, t.objek_id if t.objek == "unor" else owners.get(t.objek_id, 0), help_address(t.kode))
                for t in found[:TEMUAN_MAKS]
            ],
            "lebih": len(found) > TEMUAN_MAKS,
            "hitung": ringkasan.finding_counts(konteks),
            "tingkat": tingkat,
        },
    )  # fmt: skip


def _owners(konteks: KonteksDraf, found: list[TemuanUsulan]) -> dict[int, int]:
    from petajabatan.web.peta.queries import fetch
    from petajabatan.web.sunting import sql

    boxes = [t.objek_id for t in found if t.objek == "posisi"]
    return dict(fetch(sql.sql_for(konteks.peta, sql.OWNERS), konteks.params | {"posisi": boxes}))
