"""Administration: accounts and grants, the visibility matrix, one's own account."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from petajabatan.akun import services
from petajabatan.akun.models import Pengguna, Peran
from petajabatan.akun.rules import LINGKUP, PERAN, UMUM, roles_that_may
from petajabatan.inti.actor import Actor
from petajabatan.inti.jam import today
from petajabatan.inti.temuan import Ditolak
from petajabatan.jabatan.queries import search_unor
from petajabatan.organisasi.models import UnorKini
from petajabatan.pegawai.models import Pegawai
from petajabatan.referensi.models import Instansi, KelompokJabatan
from petajabatan.web.context import own_instansi
from petajabatan.web.formulir_akun import FormAkhir, FormAkun, FormPeran, FormSandi, add_refusal
from petajabatan.web.konteks_halaman import actor_of_request, page_number

PER_HALAMAN = 50


def _managed(actor: Actor) -> tuple[bool, frozenset[int]]:
    """Whether the actor manages accounts nationwide, and the instansi whose accounts it manages.

    Raises PermissionDenied for everybody else.
    """
    roles = roles_that_may("akun")
    held = [izin for izin in actor.izin if izin.peran in roles]
    if not held:
        raise PermissionDenied(_("Halaman ini untuk admin akun instansi dan admin pusat."))
    nationwide = any(izin.lingkup == "nasional" for izin in held)
    return nationwide, frozenset(izin.instansi_id for izin in held if izin.instansi_id is not None)


def _accounts(actor: Actor) -> QuerySet[Pengguna]:
    """Accounts the actor manages: all of them, or those holding a role in its instansi."""
    nationwide, ids = _managed(actor)
    rows = Pengguna.objects.filter(mesin=False)
    return rows if nationwide else rows.filter(peran_set__instansi_id__in=ids).distinct()


@login_required
def daftar(request: HttpRequest) -> HttpResponse:
    actor, day = actor_of_request(request), today()
    rows = _accounts(actor)
    q, peran = request.GET.get("q", "").strip()[:100], request.GET.get("peran", "")
    aktif = request.GET.get("aktif", "1")
    if q:
        rows = rows.filter(Q(username__icontains=q) | Q(nama__icontains=q))
    if peran in PERAN:
        rows = rows.filter(peran_set__peran=peran).distinct()
    if aktif in ("0", "1"):
        rows = rows.filter(is_active=aktif == "1")
    current = Peran.objects.filter(Q(berlaku_sampai=None) | Q(berlaku_sampai__gte=day))
    rows = rows.prefetch_related(Prefetch("peran_set", current, to_attr="peran_kini"))
    halaman = Paginator(rows.order_by("username"), PER_HALAMAN).get_page(page_number(request))
    grants = [grant for user in halaman for grant in user.peran_kini]  # type: ignore[attr-defined]
    names = _scope_names(grants)
    baris = [
        {
            "akun": user,
            "peran": [_shown(g, names) for g in user.peran_kini],  # type: ignore[attr-defined]
        }
        for user in halaman
    ]
    return render(
        request,
        "web/akun/daftar.html",
        {
            "baris": baris,
            "halaman": halaman,
            "q": q,
            "peran": peran,
            "aktif": aktif,
            "pilihan_peran": [(p.kode, p.nama) for p in PERAN.values()],
        },
    )


Nama = dict[tuple[str, int], str]


def _scope_names(grants: list[Peran]) -> Nama:
    """Names of the instansi, units and groups that grants point at; three statements at most."""
    instansi = {g.instansi_id for g in grants if g.instansi_id}
    unor = {g.sasaran_id for g in grants if g.lingkup == "unor" and g.sasaran_id}
    groups = {g.sasaran_id for g in grants if g.lingkup == "kelompok" and g.sasaran_id}
    names: Nama = {}
    for kind, model, ids in (
        ("instansi", Instansi, instansi),
        ("unor", UnorKini, unor),
        ("kelompok", KelompokJabatan, groups),
    ):
        if ids:
            rows = model._default_manager.filter(pk__in=ids).values_list("pk", "nama")
            names |= {(kind, pk): nama for pk, nama in rows}
    return names


def _shown(grant: Peran, names: Nama) -> dict[str, Any]:
    where = [names.get(("instansi", grant.instansi_id or 0), "")]
    if grant.lingkup in ("unor", "kelompok"):
        where.append(names.get((grant.lingkup, grant.sasaran_id or 0), f"#{grant.sasaran_id}"))
    return {
        "izin": grant,
        "nama": PERAN[grant.peran].nama if grant.peran in PERAN else grant.peran,
        "lingkup": " › ".join(part for part in where if part) or LINGKUP.get(grant.lingkup, ""),
    }


def _form_peran(request: HttpRequest, actor: Actor, *, bound: bool) -> FormPeran:
    nationwide, ids = _managed(actor)
    return FormPeran(request.POST if bound else None, nasional=nationwide, instansi=ids)


@login_required
def tambah(request: HttpRequest) -> HttpResponse:
    """A new account with its first role, both or neither."""
    actor = actor_of_request(request)
    post = request.method == "POST"
    akun, peran = FormAkun(request.POST if post else None), _form_peran(request, actor, bound=post)
    if post and akun.is_valid() and peran.is_valid():
        user = _create(actor, akun, peran)
        if user is not None:
            messages.success(request, _("Akun %s dibuat.") % user.username)
            return redirect("web:akun-rinci", user.pk)
    return render(request, "web/akun/tambah.html", {"akun": akun, "peran": peran})


def _create(actor: Actor, akun: FormAkun, peran: FormPeran) -> Pengguna | None:
    data = akun.cleaned_data
    pegawai_id = None
    if data["nip"]:
        pegawai_id = Pegawai.objects.filter(nip=data["nip"]).values_list("pk", flat=True).first()
        if pegawai_id is None:
            akun.add_error("nip", _("Tidak ada pegawai dengan NIP itu dalam cakupan Anda."))
            return None
    form: Any = akun
    try:
        with transaction.atomic():
            user = services.create_account(
                actor,
                data["username"],
                nama=data["nama"],
                email=data["email"],
                password=data["sandi"] or None,
                pegawai_id=pegawai_id,
            )
            form = peran
            services.grant_role(actor, user, **peran.grant_arguments())
    except Ditolak as refusal:
        add_refusal(form, refusal)
        return None
    return user


@login_required
def rinci(request: HttpRequest, id: int) -> HttpResponse:
    """One account: its grants with their periods; a POST gives a role."""
    actor = actor_of_request(request)
    user = get_object_or_404(_accounts(actor), pk=id)
    post = request.method == "POST"
    form = _form_peran(request, actor, bound=post)
    if post and form.is_valid():
        try:
            with transaction.atomic():
                services.grant_role(actor, user, **form.grant_arguments())
        except Ditolak as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Peran diberikan."))
            return redirect("web:akun-rinci", id)
    grants = list(user.peran_set.order_by("-berlaku_dari", "-id"))
    names, day = _scope_names(grants), today()
    nationwide, ids = _managed(actor)
    rows = [
        _shown(g, names)
        | {
            "berlaku": g.berlaku_sampai is None or g.berlaku_sampai >= day,
            "boleh": nationwide or g.instansi_id in ids,
        }
        for g in grants
    ]
    return render(
        request,
        "web/akun/rinci.html",
        {
            "akun": user,
            "baris": rows,
            "form": form,
            "akhir": FormAkhir(initial={"sampai": day}),
            "sandi": FormSandi(),
            "diri": user.pk == actor.id,
        },
    )


@login_required
@require_POST
def akhiri(request: HttpRequest, id: int, peran_id: int) -> HttpResponse:
    """End a grant on a day (yesterday when none is given); the row stays as history."""
    actor = actor_of_request(request)
    user = get_object_or_404(_accounts(actor), pk=id)
    grant = get_object_or_404(user.peran_set, pk=peran_id)
    form = FormAkhir(request.POST)
    if form.is_valid():
        services.end_role(actor, grant, form.cleaned_data["sampai"])
        messages.success(request, _("Peran diakhiri."))
    else:
        messages.error(request, _("Tanggal tidak dikenali; peran tidak diubah."))
    return redirect("web:akun-rinci", id)


@login_required
@require_POST
def ubah(request: HttpRequest, id: int) -> HttpResponse:
    """Deactivate, activate, or give a new password."""
    actor = actor_of_request(request)
    user = get_object_or_404(_accounts(actor), pk=id)
    action = request.POST.get("tindakan")
    try:
        with transaction.atomic():
            if action == "nonaktif":
                services.deactivate(actor, user)
                messages.success(request, _("Akun dinonaktifkan; sesi dan tokennya berhenti sekarang."))
            elif action == "aktif":
                services.reactivate(actor, user)
                messages.success(request, _("Akun diaktifkan."))
            elif action == "sandi":
                services.set_password(actor, user, request.POST.get("sandi", ""))
                messages.success(request, _("Kata sandi diganti; sesi lama akun itu berhenti."))
    except Ditolak as refusal:
        for t in refusal.temuan:
            messages.error(request, f"{t.kalimat} {t.perbaikan}")
    return redirect("web:akun-rinci", id)


@login_required
def pilih_unor(request: HttpRequest) -> HttpResponse:
    """Fragment: units of an instansi by name, to choose the root of a subtree grant."""
    _managed(actor_of_request(request))
    raw, q = request.GET.get("instansi", ""), request.GET.get("unor_q", "")
    rows = search_unor(int(raw), q, 8) if raw.isdecimal() and len(raw) < 10 and q.strip() else []
    return render(request, "web/akun/pilih_unor.html", {"baris": rows, "q": q, "instansi": raw})


@login_required
def matriks(request: HttpRequest) -> HttpResponse:
    """Role × what it sees and does, straight from the rules the walls are built on."""
    return render(
        request, "web/akun/matriks.html", {"peran": list(PERAN.values()), "lingkup": LINGKUP, "umum": UMUM}
    )


@login_required
def saya(request: HttpRequest) -> HttpResponse:
    actor = actor_of_request(request)
    day = today()
    grants = list(
        Peran.objects.filter(pengguna_id=actor.id or 0, berlaku_dari__lte=day).filter(
            Q(berlaku_sampai=None) | Q(berlaku_sampai__gte=day)
        )
    )
    names = _scope_names(grants)
    return render(
        request,
        "web/akun/saya.html",
        {"baris": [_shown(g, names) for g in grants], "own": own_instansi(actor)},
    )
