"""The editor of one informasi jabatan: the page, and saving a section."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from petajabatan.anjab.queries.infojab_komentar import open_counts
from petajabatan.anjab.queries.infojab_nilai import fields_today
from petajabatan.anjab.queries.infojab_rinci import RinciInfojab, code_lists, detail_of_draft
from petajabatan.anjab.rules.infojab_banding import compare_sections
from petajabatan.anjab.rules.infojab_bantuan import gather_gaps, hints_of, judge_ikhtisar
from petajabatan.anjab.rules.infojab_bentuk import form_of, numbers_of
from petajabatan.anjab.rules.infojab_lengkap import name_of
from petajabatan.anjab.rules.infojab_tampil import shown_fields
from petajabatan.anjab.services.infojab import may_write, write_section
from petajabatan.anjab.views.infojab_dasar import (
    PemakaiTampil,
    actor_of,
    draft_view,
    json_command,
    key_of,
    refusal,
    whole,
)
from petajabatan.inti.jam import JAKARTA
from petajabatan.inti.temuan import Ditolak
from petajabatan.jabatan.data_abk import ikhtisar_markers, limits
from petajabatan.jabatan.rules.isian import DICETAK, fields_of, tidy
from petajabatan.referensi.models import TingkatPendidikan
from petajabatan.usulan.models import Usulan
from petajabatan.usulan.queries.isian import sections_of


def section_state(rinci: RinciInfojab, bagian: str) -> dict[str, Any]:
    """How complete a section is, what is missing, and what the writing help says of it."""
    parts = rinci.per_bagian[bagian]
    isi = rinci.isi.get(bagian)
    draf = rinci.draf.get(bagian)
    state: dict[str, Any] = {
        "wajib": sum(part.wajib for part in parts),
        "terisi": sum(part.terisi for part in parts),
        "temuan": [t.as_dict() for t in gather_gaps(t for part in parts for t in part.temuan)],
        "bantuan": [
            t.as_dict() for t in hints_of(bagian, isi, ikhtisar_markers(), limits(rinci.hari).tugas_serupa)
        ],
        "berubah": bool(draf and draf.berubah),
        "oleh": draf.oleh if draf else "",
    }
    if bagian == "ikhtisar":
        judged = judge_ikhtisar(isi, ikhtisar_markers())
        state["pola"] = (
            {"apa": judged.apa, "bagaimana": judged.bagaimana, "mengapa": judged.mengapa} if judged else None
        )
    return state


def loads(rinci: RinciInfojab) -> dict[str, dict[str, Any]]:
    """Figures of the ABK sheet for the table of tasks: by number ("1") and by words ("=menyusun …")."""
    return {
        (str(key) if isinstance(key, int) else f"={key}"): {
            "volume": load.volume,
            "waktu": load.waktu,
            "kebutuhan": None if load.kebutuhan is None else str(load.kebutuhan),
        }
        for key, load in rinci.beban.items()
    }


def _sections(rinci: RinciInfojab, komentar: dict[str, int], *, dasar: str) -> list[dict[str, Any]]:
    """The sections of the page in printed order, those derived from the map in their places."""
    found: list[dict[str, Any]] = []
    for code in ("identitas", "unit_kerja", *DICETAK[1:], "kelas"):
        state = section_state(rinci, code) if code in DICETAK else {}
        parts = rinci.per_bagian[code]
        need, done = sum(p.wajib for p in parts), sum(p.terisi for p in parts)
        found.append(
            {
                "kode": code,
                "nomor": {"unit_kerja": "3", "kelas": "17"}.get(code) or numbers_of(code, rinci.isian),
                "nama": name_of(code),
                "ditulis": code in DICETAK,
                "wajib": need,
                "terisi": done,
                "lengkap": need == done,
                "komentar": komentar.get(code, 0),
                "tampil": shown_fields(code, rinci.isi.get(code), rinci.isian, rinci.beban_of)
                if code in DICETAK
                else [],
                "berubah": state.get("berubah", False),
                "url": f"{dasar}bagian/{code}/",
            }
        )
    return found


@login_required
@require_safe
def halaman(request: HttpRequest, usulan_id: int, infojab_id: int) -> HttpResponse:
    """The editor; a page to read for whoever may not write."""
    usulan, sudut = draft_view(request, usulan_id)
    pemakai = PemakaiTampil(request, sudut, infojab_id)
    rinci = detail_of_draft(sudut, infojab_id, pemakai.posisi)
    sebab = may_write(actor_of(request), usulan)
    dasar = reverse("anjab:infojab-sunting", args=[usulan.pk, infojab_id])
    return render(
        request,
        "anjab/infojab_sunting.html",
        {
            "usulan": usulan,
            "rinci": rinci,
            "jumlah_beban": rinci.jumlah_beban,
            "kotak": rinci.kotak,
            "bagian": _sections(rinci, open_counts(usulan.pk, infojab_id), dasar=dasar),
            "sebab_baca": sebab,
            "boleh_ubah": not sebab,
            "data": None if sebab else _page_data(usulan, rinci, dasar),
            "url_abk": reverse("anjab:abk", args=[usulan.pk, rinci.kotak.id]),
            **pemakai.konteks(rinci),
        },
    )


def _page_data(usulan: Usulan, rinci: RinciInfojab, dasar: str) -> dict[str, Any]:
    """What the island needs to draw the form."""
    levels = TingkatPendidikan.objects.filter(aktif=True).order_by("urutan").values_list("kode", "nama")
    return {
        "usulan": usulan.pk,
        "infojab": rinci.infojab_id,
        "posisi": rinci.kotak.id,
        "revisi": usulan.revisi,
        "dasar": dasar,
        "acuan": reverse("anjab:infojab-acuan", args=[usulan.pk]),
        "bentuk": form_of(rinci.isian),
        "kode": code_lists(),
        "tingkat": list(levels),
        "isi": {code: rinci.isi.get(code) for code in DICETAK},
        "keadaan": {code: section_state(rinci, code) for code in DICETAK},
        "persen": rinci.kelengkapan.persen,
        "beban": loads(rinci),
        "kepala": rinci.kotak.kepala,
    }


@json_command
def simpan(
    request: HttpRequest, usulan_id: int, body: dict[str, Any], infojab_id: int, bagian: str
) -> dict[str, Any] | HttpResponse:
    """Save one section: ``isi``, ``kunci`` (idempotency key), ``revisi`` (in which the section was seen),
    ``posisi`` (the box it is looked at from). When somebody else was faster: 409 with what stands there and
    the difference to what was sent."""
    try:
        result = write_section(
            actor_of(request),
            usulan_id,
            infojab_id,
            bagian,
            body.get("isi"),
            kunci=key_of(body),
            revisi=whole(body.get("revisi")),
        )
    except Ditolak as refused:
        if any(t.kode == "objek-sudah-berubah" for t in refused.temuan):
            return _conflict(request, refused, usulan_id, infojab_id, bagian, body.get("isi"))
        raise
    _usulan, sudut = draft_view(request, usulan_id)
    rinci = detail_of_draft(sudut, infojab_id, whole(body.get("posisi")))
    return {
        "revisi": result.revisi,
        "pada": timezone.now().astimezone(JAKARTA).strftime("%H.%M"),
        "isi": rinci.isi.get(bagian),
        "keadaan": section_state(rinci, bagian),
        "pesan": [t.as_dict() for t in result.temuan if t.kode != "infojab-belum-lengkap"][:20],
        "persen": rinci.kelengkapan.persen,
        "ringkas": summary_words(rinci),
    }


def _conflict(
    request: HttpRequest, refused: Ditolak, usulan_id: int, infojab_id: int, bagian: str, isi: Any
) -> HttpResponse:
    """What stands there now, and which words of what was sent differ from it."""
    usulan, _sudut = draft_view(request, usulan_id)
    held = sections_of(usulan, [infojab_id])[infojab_id].get(bagian)
    stored = held.isi if held else None
    fields = fields_today()
    rows = compare_sections(bagian, stored, tidy(bagian, isi, fields).isi, fields)
    names = {field.kode: field.nama for field in fields_of(bagian, fields)}
    beda = render_to_string(
        "anjab/_infojab_bentrok.html",
        {"baris": [(names.get(r.isian, ""), r) for r in rows if r.tanda != "sama"],
         "satu_isian": len(names) == 1},
    )  # fmt: skip
    return refusal(refused.temuan, 409, isi=stored, revisi=usulan.revisi, beda=beda)


def summary_words(rinci: RinciInfojab) -> str:
    """How complete it is, in words."""
    whole_ones = sum(part.lengkap for part in rinci.kelengkapan.bagian)
    return _("%(n)s dari %(m)s bagian lengkap") % {"n": whole_ones, "m": len(rinci.kelengkapan.bagian)}
