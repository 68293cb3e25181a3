"""Global search: what the palette offers for a text, grouped, best first. Reads of the owners only."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from rapidfuzz.distance import OSA

from petajabatan.inti.actor import Actor
from petajabatan.jabatan.queries import search_posisi, search_unor, words_like
from petajabatan.pegawai.queries import may_see_people, search_people
from petajabatan.pegawai.queries.daftar import BarisPegawai
from petajabatan.pegawai.queries.ringkasan import search_instansi
from petajabatan.referensi.queries import search_referensi
from petajabatan.usulan import kata
from petajabatan.usulan.queries.daftar import search_usulan
from petajabatan.web.menu import visible_entries
from petajabatan.web.tautan import link

PER_KELOMPOK = 6


@dataclass(frozen=True)
class HasilCari:
    """One line: ``jejak`` is the path or the detail below the name."""

    nama: str
    url: str
    jejak: str = ""


@dataclass
class KelompokHasil:
    judul: str | Promise
    ikon: str
    isi: list[HasilCari] = field(default_factory=list)


def search_everything(actor: Actor, teks: str, instansi_id: int | None) -> list[KelompokHasil]:
    """Groups with at least one hit. Units and boxes come from the chosen instansi first, then the nation."""
    text = " ".join(teks.split())[:100]
    groups = [KelompokHasil(_("Halaman"), "panah", _pages(actor, text, instansi_id))]
    if len(text) >= 2:
        words = words_like(text)
        groups += [
            KelompokHasil(_("Instansi"), "gedung", _instansi(text)),
            KelompokHasil(_("Unit"), "pohon", _units(text, instansi_id, words)),
            KelompokHasil(_("Jabatan pada peta"), "orang", _boxes(text, instansi_id, words)),
            KelompokHasil(_("Usulan"), "pena", _proposals(actor, text)),
        ]
        if may_see_people(actor):
            groups.append(KelompokHasil(_("Orang"), "orang-banyak", _people(actor, text)))
        groups.append(KelompokHasil(_("Referensi"), "buku", _references(text)))
    return [group for group in groups if group.isi]


def slips(text: str, title: str) -> int | None:
    """How many typing slips make the words of ``text`` words of ``title`` or their beginnings; 0 when it is a
    part of the title, None when it is not meant. A word of five letters may have one slip, of eight two."""
    wanted, name = text.casefold(), title.casefold()
    if wanted in name:
        return 0
    words = name.split()
    total = 0
    for word in wanted.split():
        allowed = 0 if len(word) < 5 else 1 if len(word) < 8 else 2
        least = min(OSA.distance(word, part) for w in words for part in (w, w[: len(word)]))
        if least > allowed:
            return None
        total += least
    return total


def _pages(actor: Actor, text: str, instansi_id: int | None) -> list[HasilCari]:
    """Entries of the menu by name, forgiving of typing mistakes; those without any first."""
    found = [
        (away, HasilCari(str(entry.nama), url, str(title)))
        for title, entries in visible_entries(actor, instansi_id)
        for entry, url in entries
        if (away := slips(text, str(entry.nama))) is not None
    ]
    found.sort(key=lambda hit: hit[0])
    return [hit for _away, hit in found[: PER_KELOMPOK if text else 12]]


def _instansi(text: str) -> list[HasilCari]:
    rows = search_instansi(text, PER_KELOMPOK)
    return [HasilCari(r.nama, link("web:instansi-rinci", r.id), r.kode) for r in rows]


def _units(text: str, instansi_id: int | None, words: str) -> list[HasilCari]:
    rows = search_unor(instansi_id, text, PER_KELOMPOK, kata=words) if instansi_id is not None else []
    rows = rows or search_unor(None, text, PER_KELOMPOK, kata=words)
    return [
        HasilCari(r.nama, f"{link('peta:instansi', r.instansi_id)}?unor={r.id}", " › ".join((*r.jejak[-3:],)))
        for r in rows
        if link("peta:instansi", r.instansi_id)
    ]


def _boxes(text: str, instansi_id: int | None, words: str) -> list[HasilCari]:
    rows = search_posisi(instansi_id, text, PER_KELOMPOK, kata=words) if instansi_id is not None else []
    rows = rows or search_posisi(None, text, PER_KELOMPOK, kata=words)
    return [
        HasilCari(
            r.nama,
            f"{link('peta:instansi', r.instansi_id)}?posisi={r.id}",
            f"{r.unor_nama} › {r.instansi}",
        )
        for r in rows
        if link("peta:instansi", r.instansi_id)
    ]


def _proposals(actor: Actor, text: str) -> list[HasilCari]:
    return [
        HasilCari(
            f"{u.nomor} {u.judul}",
            reverse("usulan:rinci", args=[u.pk]),
            f"{_(kata.STATUS[u.status])} › {u.instansi.nama}",
        )
        for u in search_usulan(actor, text, PER_KELOMPOK)
    ]


def _people(actor: Actor, text: str) -> list[HasilCari]:
    """People by name or NIP, only through the owner's query, which passes both walls and is recorded."""
    return [
        HasilCari(r.nama, _person_url(r), " › ".join(part for part in (r.nip, r.jabatan, r.unor) if part))
        for r in search_people(actor, text, PER_KELOMPOK)
    ]


def _person_url(row: BarisPegawai) -> str:
    """The person's page; where there is none, the box she sits on."""
    map_url = link("peta:instansi", row.instansi_id)
    place = f"?posisi={row.posisi_id}" if row.posisi_id else f"?unor={row.unor_id}" if row.unor_id else ""
    return link("pegawai:rinci", row.id) or f"{map_url}{place}"


def _references(text: str) -> list[HasilCari]:
    """Rows of the reference lists, each with the list it stands in."""
    hits, _next = search_referensi("semua", text, PER_KELOMPOK)
    found = [
        HasilCari(hit.nama, link("referensi:rinci", hit.daftar, hit.id), f"{hit.daftar} · {hit.kunci}")
        for hit in hits
    ]
    return [hit for hit in found if hit.url]
