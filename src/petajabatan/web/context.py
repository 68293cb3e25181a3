"""What the frame of every page needs: menu, chosen instansi, theme. Read only when a template asks."""

from __future__ import annotations

import functools
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from petajabatan.akun.contoh import AKUN_DEMO, SANDI_DEMO
from petajabatan.akun.models import Pengguna
from petajabatan.akun.rules import PERAN
from petajabatan.inti.actor import ANONIM, Actor
from petajabatan.inti.kabar import BANYAK, unread_count
from petajabatan.referensi.models import Instansi
from petajabatan.web.menu import KelompokMenu, build_menu

TEMA = ("auto", "light", "dark")
KUNCI_INSTANSI = "instansi_id"
KUNCI_TERAKHIR = "instansi_terakhir"


class Kerangka:
    """The frame's data. At most two SQL statements, and none on fragments, which extend no frame."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.actor: Actor = getattr(request, "actor", ANONIM)
        self.demo = settings.DEMO

    @functools.cached_property
    def tema(self) -> str:
        user = getattr(self.request, "user", None)
        chosen = getattr(user, "tema", None) or self.request.COOKIES.get("tema", "auto")
        return chosen if chosen in TEMA else "auto"

    @functools.cached_property
    def menu(self) -> list[KelompokMenu]:
        if not self.actor.dikenal:
            return []
        return build_menu(self.actor, self.request.path, self.instansi_id)

    @functools.cached_property
    def kabar_belum(self) -> int:
        """Unread messages, counted up to ``inti.kabar.BANYAK``."""
        return unread_count(self.actor)

    @property
    def kabar_teks(self) -> str:
        return f"{BANYAK - 1}+" if self.kabar_belum >= BANYAK else str(self.kabar_belum)

    @property
    def nama(self) -> str:
        return self.actor.nama

    @property
    def peran(self) -> str:
        return ", ".join(dict.fromkeys(PERAN[i.peran].nama for i in self.actor.izin if i.peran in PERAN))

    @property
    def semua_instansi(self) -> bool:
        return own_instansi(self.actor) is None

    @functools.cached_property
    def instansi_id(self) -> int | None:
        return chosen_instansi(self.request)

    @functools.cached_property
    def instansi_pilihan(self) -> list[Instansi]:
        """Instansi to switch between: one's own, or for national roles those opened lately."""
        if not self.actor.dikenal:
            return []
        own = own_instansi(self.actor)
        ids = list(self.request.session.get(KUNCI_TERAKHIR, [])) if own is None else sorted(own)
        if self.instansi_id is not None and self.instansi_id not in ids:
            ids.append(self.instansi_id)
        if not ids:
            return []
        rows = Instansi.objects.only("id", "nama").in_bulk(ids)
        return [rows[i] for i in ids if i in rows]

    @property
    def instansi(self) -> Instansi | None:
        return next((i for i in self.instansi_pilihan if i.id == self.instansi_id), None)

    @property
    def akun_demo(self) -> list[dict[str, str]]:
        """The demo's accounts that exist, for the login page; nothing outside demo mode."""
        if not settings.DEMO:
            return []
        there = set(
            Pengguna.objects.filter(username__in=AKUN_DEMO, is_active=True).values_list("username", flat=True)
        )
        return [
            {"nama": name, "sandi": SANDI_DEMO, "keterangan": text}
            for name, text in AKUN_DEMO.items()
            if name in there
        ]

    sandi_demo = SANDI_DEMO

    @property
    def url_instansi(self) -> str:
        return _url("web:instansi")

    @property
    def url_akun(self) -> str:
        return _url("web:akun-saya")

    @property
    def url_bantuan(self) -> str:
        return _url("web:bantuan")

    @property
    def url_tentang(self) -> str:
        return _url("web:tentang")


def own_instansi(actor: Actor) -> frozenset[int] | None:
    """Instansi the actor's grants name; None when a nationwide grant lets it choose any."""
    if any(izin.lingkup in ("nasional", "kelompok") for izin in actor.izin):
        return None
    return frozenset(izin.instansi_id for izin in actor.izin if izin.instansi_id is not None)


def chosen_instansi(request: HttpRequest) -> int | None:
    """The instansi the person works on: the one chosen, else the only or first one of the grants."""
    actor: Actor = getattr(request, "actor", ANONIM)
    own = own_instansi(actor)
    session = getattr(request, "session", None)
    chosen = session.get(KUNCI_INSTANSI) if session is not None else None
    if chosen is not None and (own is None or chosen in own):
        return int(chosen)
    return min(own) if own else None


def choose_instansi(request: HttpRequest, instansi_id: int) -> None:
    """Remember the choice for this session and put it first in the list of recent ones."""
    recent = [instansi_id, *(i for i in request.session.get(KUNCI_TERAKHIR, []) if i != instansi_id)]
    request.session[KUNCI_INSTANSI] = instansi_id
    request.session[KUNCI_TERAKHIR] = recent[:6]


def _url(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def shell(request: HttpRequest) -> dict[str, Any]:
    return {"kerangka": Kerangka(request)}
