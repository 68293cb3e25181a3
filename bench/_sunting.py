"""Operators who edit drafts, for the load of bench_skala: what they send, and whether all of it is there afterwards.

The edits go through the editor's own endpoint (``POST /usulan/<id>/operasi``, session and CSRF token) and not
through the API: that is what two hundred people at their desks send, and it does more, because the answer holds what
the page shows anew. Every edit has an idempotency key and a value nobody else writes, so that a lost one shows.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx
import psycopg
from _beban import Orang

DI_TERBESAR = 50
"""Of 200 drafts, those on the largest instansi; the others stand on as many of the next largest."""
KOTAK = 40
"""Boxes each operator edits in turn."""
CSRF = "csrftoken"


@dataclass
class Draf:
    """One draft and its operator: ``diakui`` are the edits the server has confirmed, in order."""

    usulan: int
    instansi: int
    kue: dict[str, str]
    kotak: list[tuple[int, int | None]]
    """Boxes with the class the published map gives them."""
    n: int = 0
    diakui: list[tuple[int, str, int]] = field(default_factory=list)

    def berikut(self, tanda: str) -> tuple[dict[str, Any], tuple[int, str, int]]:
        """The body of the next edit, and what it sets: need or class of one box, in turn."""
        kotak, kelas = self.kotak[self.n % len(self.kotak)]
        kolom, nilai = "k", 100 + self.n
        if self.n % 4 == 3:  # never what the map says: a draft keeps no row of a box that is as published
            kolom, nilai = "kelas", 1 + self.n // 4 % 8 + (8 if (kelas or 0) <= 8 else 0)
        operasi = {"jenis": f"ubah-{kolom}", "posisi_id": kotak, kolom: nilai}
        self.n += 1
        kunci = f"{tanda}-{self.usulan}-{self.n}"
        return {"operasi": [operasi], "kunci": kunci}, (kotak, kolom, nilai)

    def sah(self) -> dict[str, str]:
        return {"X-CSRFToken": self.kue[CSRF]}


def drafts(
    conn: psycopg.Connection, terbesar: int, n: int, kue: Callable[[Any], dict[str, str]]
) -> list[Draf]:
    """New drafts with an operator each. ``kue``: cookies of a session for an account."""
    from petajabatan.akun.models import Pengguna, Peran
    from petajabatan.akun.queries import actor_of
    from petajabatan.inti.dinding import scope_of
    from petajabatan.usulan.services import create_usulan

    besar = min(n, max(1, n * DI_TERBESAR // 200))
    lain = conn.execute(
        "SELECT instansi_id FROM ringkasan_instansi WHERE instansi_id <> %s AND n_posisi > 200"
        " ORDER BY n_unor DESC LIMIT %s", [terbesar, max(1, n - besar)],
    ).fetchall()  # fmt: skip
    hasil = []
    for i in range(n):
        instansi = terbesar if i < besar else lain[(i - besar) % len(lain)][0]
        nama = f"operator-beban-{instansi}-{i}"
        user = Pengguna.objects.filter(username=nama).first() or Pengguna.objects.create_user(nama)
        Peran.objects.get_or_create(
            pengguna=user, peran="instansi-operator-sotk", lingkup="instansi", instansi_id=instansi,
            defaults={"berlaku_dari": "2020-01-01"},
        )  # fmt: skip
        actor = actor_of(user)
        with scope_of(actor):
            usulan = create_usulan(actor, instansi, judul=f"Beban {i}")
        kotak = conn.execute(
            "SELECT posisi_id, kelas FROM posisi_riwayat WHERE instansi_id = %s AND hingga = 2147483647 AND jenis = 'pelaksana'"
            " AND NOT kepala ORDER BY hashint8(posisi_id # %s) LIMIT %s", [instansi, i, KOTAK],
        ).fetchall()  # fmt: skip
        hasil.append(Draf(usulan.pk, instansi, kue(user) | {CSRF: secrets.token_hex(16)}, kotak))
    return hasil


def editing(draf: list[Draf], tanda: str) -> Callable[[Orang], Any]:
    """The action of operator ``o.nomor`` on the draft of the same number."""

    async def minta(o: Orang) -> httpx.Response:
        d = draf[o.nomor]
        body, isi = d.berikut(tanda)
        jawab = await o.klien.post(f"/usulan/{d.usulan}/operasi", json=body, headers=d.sah())
        if jawab.status_code == 200:
            d.diakui.append(isi)
        return jawab

    return minta


def lost(conn: psycopg.Connection, draf: list[Draf]) -> list[str]:
    """What was confirmed and is not there, or is there and was not confirmed: operations, values, totals of K."""
    salah = []
    for d in draf:
        n, revisi = conn.execute(
            "SELECT count(*) FILTER (WHERE o.aktif), max(u.revisi) FROM usulan u"
            " LEFT JOIN usulan_operasi o ON o.usulan_id = u.id WHERE u.id = %s", [d.usulan],
        ).fetchone()  # fmt: skip
        if n != len(d.diakui) or revisi != len(d.diakui):
            salah.append(f"usulan {d.usulan}: {len(d.diakui)} diakui, {n} operasi, revisi {revisi}")
        rows = conn.execute(
            "SELECT posisi_id, sesudah, sebelum FROM usulan_posisi WHERE usulan_id = %s", [d.usulan]
        ).fetchall()
        ada = {key: sesudah for key, sesudah, _ in rows}
        for kotak, kolom, nilai in {(k, c): (k, c, v) for k, c, v in d.diakui}.values():
            if ada.get(kotak, {}).get(kolom) != nilai:
                salah.append(f"usulan {d.usulan}, posisi {kotak}: {kolom} {nilai} hilang")
        beda = sum((sesudah["k"] or 0) - (sebelum["k"] or 0) for _, sesudah, sebelum in rows)
        (jumlah,) = conn.execute(
            "SELECT coalesce(max(t.k), 0) FROM usulan_total t JOIN unor_kini u ON u.unor_id = t.unor_id"
            " AND u.atasan_id IS NULL WHERE t.usulan_id = %s", [d.usulan],
        ).fetchone()  # fmt: skip
        if jumlah != beda:
            salah.append(f"usulan {d.usulan}: selisih K {jumlah}, seharusnya {beda}")
    return salah
