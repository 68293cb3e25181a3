"""One usulan: header, next step, and its tabs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_noop

from petajabatan.akun.rules import role_name
from petajabatan.inti.actor import Actor
from petajabatan.inti.jam import today
from petajabatan.organisasi.models import DasarHukum
from petajabatan.usulan import kata
from petajabatan.usulan.forms import FormDokumen
from petajabatan.usulan.models import (
    Dokumen,
    Keputusan,
    Operasi,
    Persetujuan,
    TemuanUsulan,
    Usulan,
)
from petajabatan.usulan.queries.alur import Ringkas, figures_of, status_lintas
from petajabatan.usulan.queries.daftar import names_of
from petajabatan.usulan.queries.rinci import (
    Tombol,
    Utas,
    offered,
    remarked_objects,
    second_pair,
    sent_back,
    stations,
    threads,
)
from petajabatan.usulan.queries.selaras import behind, pending_conflicts
from petajabatan.usulan.queries.temuan import findings_of, grouped, overview, problems
from petajabatan.usulan.rules.alur import AKHIR, HAK
from petajabatan.usulan.rules.operasi import JUDUL
from petajabatan.usulan.services.dokumen import may_attach
from petajabatan.usulan.services.izin import role_for, side_of
from petajabatan.usulan.services.transisi import findings_for
from petajabatan.usulan.views.dasar import (
    actor_of_request,
    age_in_days,
    page_number,
    require_reader,
    usulan_or_404,
)

TAB = {
    "ringkasan": gettext_noop("Ringkasan"),
    "operasi": gettext_noop("Operasi"),
    "temuan": gettext_noop("Temuan"),
    "dokumen": gettext_noop("Dokumen"),
    "komentar": gettext_noop("Komentar"),
    "riwayat": gettext_noop("Riwayat"),
}
PER_HALAMAN = 50


@login_required
def rinci(request: HttpRequest, usulan_id: int) -> HttpResponse:
    actor = actor_of_request(request)
    require_reader(actor)
    usulan = usulan_or_404(usulan_id)
    tab = request.GET.get("tab", "ringkasan")
    tab = tab if tab in TAB else "ringkasan"
    return render(request, f"usulan/rinci_{tab}.html", context(request, actor, usulan, tab))


def context(request: HttpRequest, actor: Actor, usulan: Usulan, tab: str) -> dict[str, Any]:
    """The header's and the tab's values."""
    hari, angka = today(), figures_of(usulan)
    ringkas, besar = angka.ringkas, angka.besar
    utas = threads(usulan.pk)
    kedua = second_pair(usulan)
    actions = offered(actor, usulan, bool(besar), kedua)
    names = names_of({usulan.verifikator_id})
    counts: dict[str, int] = {
        "operasi": ringkas.operasi,
        "temuan": ringkas.galat + ringkas.peringatan,
        "komentar": sum(u.terbuka for u in utas),
        "dokumen": Dokumen.objects.filter(usulan=usulan, ditarik_pada=None).count(),
    }
    keputusan = Keputusan.objects.filter(usulan=usulan).first()
    batal = keputusan is not None and keputusan.dibatalkan_versi is not None
    tertinggal = 0 if usulan.status in AKHIR else behind(usulan)
    base: dict[str, Any] = {
        "tertinggal": tertinggal,
        "terbit": usulan.dasar_versi + tertinggal,
        "konflik": 0 if usulan.status in AKHIR else len(pending_conflicts(usulan)),
        "angka_pada": angka.pada,
        "usulan": usulan,
        "tab": tab,
        "tab_semua": [(kode, nama, counts.get(kode)) for kode, nama in TAB.items()],
        "ringkas": ringkas,
        "besar": besar,
        "status": kata.VERSI_BATAL if batal else kata.STATUS[usulan.status],
        "warna": kata.WARNA["dibatalkan" if batal else usulan.status],
        "versi_batal": batal,
        "jenis": kata.JENIS[usulan.jenis],
        "layanan": kata.LAYANAN[usulan.layanan],
        "umur": age_in_days(usulan, hari),
        "berakhir": usulan.status in AKHIR,
        "lambat": usulan.tenggat is not None and usulan.tenggat < hari and usulan.status not in AKHIR,
        "pemegang": names.get(usulan.verifikator_id or 0, ""),
        "mata_kedua": kedua.oleh if kedua else "",
        "sudah_kedua": kedua is not None
        and bool(besar)
        and role_for(actor, ("verifikasi",), usulan) is not None,
        "tombol": [
            {"t": t, "judul": kata.LEPAS_LAIN[0] if t.milik_lain else kata.TINDAKAN[t.tindakan]}
            for t in actions
        ],
        "sisi": side_of(actor, usulan),
        "utas": utas,
        "boleh_komentar": usulan.status not in AKHIR and bool(side_of(actor, usulan)),
        "boleh_minta": role_for(actor, ("verifikasi", "tetapkan"), usulan) is not None,
        "boleh_susun": role_for(actor, (HAK["susun"][usulan.layanan],), usulan) is not None,
        "boleh_salin": (batal or usulan.status in ("dibatalkan", "ditolak"))
        and role_for(actor, (HAK["susun"][usulan.layanan],), usulan) is not None,
        "keputusan": keputusan,
        "boleh_batal_versi": keputusan is not None
        and not batal
        and keputusan.berlaku > hari
        and usulan.lintas_id is None
        and role_for(actor, ("tetapkan",), usulan) is not None,
    }
    if tab == "ringkasan":
        shown = _overview(actor, usulan, actions, utas)
    else:
        shown = _TAB[tab](request, actor, usulan, ringkas)
    if "menunggu" in shown and batal:
        shown["menunggu"] = kata.MENUNGGU_VERSI_BATAL
    elif "menunggu" in shown and usulan.berlaku is not None and usulan.berlaku > hari:
        shown["menunggu"] = kata.MENUNGGU_TERJADWAL
        shown["mulai"] = usulan.berlaku
    return base | shown


def _overview(actor: Actor, usulan: Usulan, actions: list[Tombol], utas: list[Utas]) -> dict[str, Any]:
    riwayat = list(usulan.riwayat.all())
    main = next((t for t in actions if t.utama and t.tindakan != "ambil"), None)
    return {
        "langkah": [(s, kata.STATUS[s.status]) for s in stations(usulan, riwayat)],
        "menunggu": kata.MENUNGGU[usulan.status],
        "perbaikan": sent_back(usulan, riwayat, utas),
        "halangan": grouped(findings_for(actor, usulan, main.tindakan)) if main else [],
        "persetujuan": [
            (p, kata.PIHAK[p.pihak]) for p in Persetujuan.objects.filter(usulan=usulan).order_by("-id")
        ],
        "bagian": _parts(usulan),
        "boleh_kabari": usulan.status not in AKHIR
        and role_for(actor, (HAK["susun"][usulan.layanan], "tetapkan"), usulan) is not None,
        "dasar": DasarHukum.objects.filter(pk=usulan.dasar_hukum_id or 0).first(),
    }


def _parts(usulan: Usulan) -> list[dict[str, Any]]:
    """The sides of its bundle; ``tampak``: this person may open it. Two statements."""
    if usulan.lintas_id is None:
        return []
    visible = set(Usulan.objects.filter(lintas_id=usulan.lintas_id).values_list("pk", flat=True))
    return [
        {"b": b, "status": kata.STATUS[b.status], "tampak": b.usulan_id in visible - {usulan.pk}}
        for b in status_lintas(usulan.lintas_id)
    ]


def _operations(request: HttpRequest, actor: Actor, usulan: Usulan, ringkas: Ringkas) -> dict[str, Any]:
    """``operasi``: open the page on which that operation stands."""
    rows = Operasi.objects.filter(usulan=usulan).order_by("nomor").defer("perubahan", "isi")
    if request.GET.get("semua") != "1":
        rows = rows.filter(aktif=True, membatalkan=None)
    number = page_number(request)
    if (sought := request.GET.get("operasi", "")).isdecimal() and len(sought) < 10:
        number = rows.filter(nomor__lt=int(sought)).count() // PER_HALAMAN + 1
    halaman = Paginator(rows, PER_HALAMAN).get_page(number)
    page = list(halaman)
    bases = DasarHukum.objects.in_bulk({o.dasar_hukum_id for o in page if o.dasar_hukum_id})
    by_number: dict[int, list[Any]] = {}
    for utas in threads(usulan.pk):
        if utas.induk.operasi_nomor is not None:
            by_number.setdefault(utas.induk.operasi_nomor, []).append(utas)
    return {
        "halaman": halaman,
        "semua_operasi": request.GET.get("semua") == "1",
        "baris": [
            {
                "operasi": o,
                "judul": JUDUL.get(o.jenis, o.jenis),
                "dasar": bases.get(o.dasar_hukum_id or 0),
                "utas": by_number.get(o.nomor, []),
            }
            for o in page
        ],
    }


def _findings(request: HttpRequest, actor: Actor, usulan: Usulan, ringkas: Ringkas) -> dict[str, Any]:
    """Every problem with its first places; with one problem chosen, all its places page by page."""
    tingkat, kode = request.GET.get("tingkat", ""), request.GET.get("kode", "")
    bawaan = request.GET.get("bawaan") == "1"
    rows = TemuanUsulan.objects.filter(usulan=usulan, bawaan=bawaan)
    masalah = problems(rows)
    chosen = [m for m in masalah if tingkat in ("", m.tingkat) and kode in ("", m.kode)]
    halaman = None
    if kode:
        places = rows.filter(kode=kode, tingkat__in={m.tingkat for m in chosen}).order_by("id")
        halaman = Paginator(places, PER_HALAMAN).get_page(page_number(request))
        kelompok = grouped(findings_of(usulan, halaman))
        for group in kelompok:
            group.jumlah = sum(m.n for m in chosen if m.tingkat == group.tingkat)
    else:
        kelompok = overview(usulan, rows.filter(kode__in={m.kode for m in chosen}), chosen)
    return {
        "halaman": halaman,
        "kelompok": kelompok,
        "masalah": masalah,
        "tingkat": tingkat,
        "kode": kode,
        "bawaan": bawaan,
    }


def _documents(request: HttpRequest, actor: Actor, usulan: Usulan, ringkas: Ringkas) -> dict[str, Any]:
    rows = Dokumen.objects.filter(usulan=usulan).select_related("berkas").order_by("-id")
    may = may_attach(actor, usulan)
    return {
        "dokumen": [(d, kata.JENIS_DOKUMEN[d.jenis]) for d in rows],
        "boleh_lampir": may,
        "form": FormDokumen() if may else None,
    }


def _comments(request: HttpRequest, actor: Actor, usulan: Usulan, ringkas: Ringkas) -> dict[str, Any]:
    rows = threads(usulan.pk)
    return {
        "terbuka_saja": request.GET.get("terbuka") == "1",
        "pada_objek": remarked_objects(usulan, rows),
    }


def _history(request: HttpRequest, actor: Actor, usulan: Usulan, ringkas: Ringkas) -> dict[str, Any]:
    rows = list(usulan.riwayat.order_by("-id"))
    return {
        "riwayat": [
            {
                "r": r,
                "judul": kata.RIWAYAT.get(r.tindakan, r.tindakan),
                "ke": kata.STATUS.get(r.ke, r.ke),
                "peran": role_name(r.peran),
            }
            for r in rows
        ]
    }


Isi = Callable[[HttpRequest, Actor, Usulan, Ringkas], dict[str, Any]]
_TAB: dict[str, Isi] = {
    "operasi": _operations,
    "temuan": _findings,
    "dokumen": _documents,
    "komentar": _comments,
    "riwayat": _history,
}
