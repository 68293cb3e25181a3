"""The left navigation: grouped by what people do; only what exists and the actor may use."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from petajabatan.akun.rules import PERAN, roles_that_may, sees_drafts, sees_people
from petajabatan.inti.actor import Actor
from petajabatan.web.impor import may_import

Teks = str | Promise


@dataclass(frozen=True)
class Butir:
    """One entry. ``args``: ``instansi`` when the URL takes the chosen instansi's id."""

    nama: Teks
    url_name: str
    ikon: str
    peran: tuple[str, ...] = ()
    """Roles that may use it; empty: everybody who has signed in."""
    args: str = ""
    impor: str = ""
    """A kind of import that the actor must be allowed for a whole instansi."""


@dataclass(frozen=True)
class ButirMenu:
    nama: Teks
    url: str
    ikon: str
    kini: bool


@dataclass(frozen=True)
class KelompokMenu:
    judul: Teks
    isi: list[ButirMenu]


ORANG = tuple(kode for kode in PERAN if sees_people(kode))
DAFTAR: tuple[tuple[Teks, tuple[Butir, ...]], ...] = (
    ("", (Butir(_("Beranda"), "web:beranda", "rumah"),)),
    (
        _("Peta"),
        (
            Butir(_("Peta jabatan"), "peta:mulai", "pohon"),
            Butir(_("Daftar instansi"), "web:instansi", "gedung"),
        ),
    ),
    (
        _("Usulan"),
        (
            Butir(_("Usulan"), "usulan:daftar", "pena", tuple(p for p in PERAN if sees_drafts(p))),
            Butir(
                _("Permohonan OTK baru"), "usulan:otk", "gedung", tuple(p for p in PERAN if sees_drafts(p))
            ),
            Butir(_("Daftar kerja verifikasi"), "usulan:kerja", "benar", roles_that_may("verifikasi")),
        ),
    ),
    (
        _("Organisasi"),
        (
            Butir(_("Instansi saya"), "web:instansi-rinci", "gedung", args="instansi"),
            Butir(_("Dasar hukum"), "organisasi:dasar-hukum", "timbangan", args="instansi"),
            Butir(_("Informasi jabatan"), "anjab:infojab-terbit", "buku", args="instansi"),
            Butir(_("Rekap beban kerja"), "anjab:abk-rekap", "tabel", args="instansi"),
            Butir(_("Kelas jabatan"), "anjab:kelas", "matriks", args="instansi"),
            Butir(_("Standar kompetensi"), "anjab:standar", "buku", args="instansi"),
        ),
    ),
    (
        _("Pegawai"),
        (
            Butir(
                _("Daftar pegawai"),
                "pegawai:daftar",
                "orang-banyak",
                tuple(p for p in ORANG if p != "pegawai"),
                args="instansi",
            ),
            Butir(
                _("Daftar pengukuhan"),
                "pegawai:pengukuhan",
                "benar",
                tuple(p for p in ORANG if p != "pegawai"),
                args="instansi",
            ),
            Butir(_("Peta kualifikasi"), "anjab:kualifikasi", "matriks", args="instansi"),
            Butir(_("Riwayat saya"), "pegawai:saya", "orang", ("pegawai",)),
        ),
    ),
    (
        _("Referensi"),
        (
            Butir(_("Referensi"), "referensi:daftar", "buku"),
            Butir(_("Templat pembina"), "anjab:templat", "buku"),
            Butir(_("Kamus kompetensi"), "anjab:kamus", "buku"),
        ),
    ),
    (
        _("Pekerjaan"),
        (
            Butir(_("Impor unor"), "web:impor-unor", "unggah", impor="impor-unor"),
            Butir(_("Impor pegawai"), "web:impor-pegawai", "unggah", impor="impor-pegawai"),
            Butir(_("Pekerjaan"), "web:pekerjaan", "pekerjaan"),
        ),
    ),
    (
        _("Administrasi"),
        (
            Butir(_("Akun dan peran"), "web:akun", "kunci", roles_that_may("akun")),
            Butir(_("Webhook"), "webhook:daftar", "tautan", roles_that_may("akun")),
            Butir(_("Siapa melihat apa"), "web:matriks", "matriks"),
            Butir(_("Simulasi nasional"), "simulasi:hasil", "matriks", ("admin-pusat", "pemantau")),
        ),
    ),
)


def visible_entries(actor: Actor, instansi_id: int | None) -> list[tuple[Teks, list[tuple[Butir, str]]]]:
    """Groups of (entry, URL) that exist and that this actor may use."""
    groups: list[tuple[Teks, list[tuple[Butir, str]]]] = []
    for title, entries in DAFTAR:
        found = []
        for entry in entries:
            if entry.peran and not actor.memegang(*entry.peran):
                continue
            if entry.impor and not may_import(actor, entry.impor, None):
                continue
            if entry.args == "instansi" and instansi_id is None:
                continue
            with contextlib.suppress(NoReverseMatch):
                args = [instansi_id] if entry.args == "instansi" else []
                found.append((entry, reverse(entry.url_name, args=args)))
        if found:
            groups.append((title, found))
    return groups


def build_menu(actor: Actor, path: str, instansi_id: int | None) -> list[KelompokMenu]:
    """The menu with the entry nearest to ``path`` marked as current."""
    groups = visible_entries(actor, instansi_id)
    inside = []
    for _title, entries in groups:
        for _entry, url in entries:
            if path == url or (url != "/" and path.startswith(url)):
                inside.append((len(url), url))
    current = max(inside, default=(0, None))[1]
    return [
        KelompokMenu(title, [ButirMenu(e.nama, url, e.ikon, url == current) for e, url in entries])
        for title, entries in groups
    ]
