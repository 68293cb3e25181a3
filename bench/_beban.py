"""Open-loop load: people who do one thing every so many seconds, whether or not the last one is done.

A ``Kegiatan`` is a kind of people: how many, how often, and a function that makes one HTTP request. Times are taken
from the moment a request was due, so a server that falls behind shows it. An action that writes (an edit of a draft)
is one more ``Kegiatan``; it can keep what it sent in ``ctx`` and compare afterwards, to find lost edits.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

import httpx

Permintaan = Callable[["Orang"], Awaitable[httpx.Response]]


@dataclass
class Orang:
    """One person: a client of their own (cookies), a random generator of their own, and what they remember."""

    nomor: int
    klien: httpx.AsyncClient
    acak: random.Random
    ctx: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Kegiatan:
    """``n`` people who each send one request every ``tiap`` seconds, evenly spread from the start."""

    nama: str
    n: int
    tiap: float
    minta: Permintaan
    kue: Sequence[dict[str, str]]
    """Cookies of the sessions, one per person (repeated when there are fewer)."""


@dataclass
class Hasil:
    """Seconds from due time to answer, and what went wrong."""

    waktu: list[float] = field(default_factory=list)
    galat: list[str] = field(default_factory=list)


async def _seorang(kegiatan: Kegiatan, orang: Orang, awal: float, akhir: float, hasil: Hasil) -> None:
    tugas: list[asyncio.Task] = []
    saat = awal + kegiatan.tiap * (orang.nomor + 0.5) / kegiatan.n
    while saat < akhir:
        await asyncio.sleep(max(0.0, saat - time.perf_counter()))
        tugas.append(asyncio.create_task(_sekali(kegiatan, orang, saat, hasil)))
        saat += kegiatan.tiap
    await asyncio.gather(*tugas)


async def _sekali(kegiatan: Kegiatan, orang: Orang, saat: float, hasil: Hasil) -> None:
    try:
        jawab = await kegiatan.minta(orang)
    except httpx.HTTPError as error:
        hasil.galat.append(repr(error))
        return
    hasil.waktu.append(time.perf_counter() - saat)
    if jawab.status_code >= 400:
        hasil.galat.append(f"{jawab.request.url.path}: {jawab.status_code}")


def beban(
    base: str, kegiatan: Sequence[Kegiatan], detik: float
) -> tuple[dict[str, Hasil], dict[str, list[Orang]]]:
    """Let all kinds of people work for ``detik`` seconds; times and errors by kind, and the people themselves."""
    hasil = {k.nama: Hasil() for k in kegiatan}
    aman = httpx.create_ssl_context()  # making one takes longer than a request: one for all, before the start
    batas = httpx.Limits(max_connections=4)
    orang = {
        k.nama: [
            Orang(
                n,
                httpx.AsyncClient(
                    base_url=base, cookies=k.kue[n % len(k.kue)], timeout=60, limits=batas, verify=aman
                ),
                random.Random(f"{k.nama}/{n}"),
            )
            for n in range(k.n)
        ]
        for k in kegiatan
    }

    async def semua() -> None:
        awal = time.perf_counter()
        await asyncio.gather(
            *(_seorang(k, o, awal, awal + detik, hasil[k.nama]) for k in kegiatan for o in orang[k.nama])
        )
        await asyncio.gather(*(o.klien.aclose() for rows in orang.values() for o in rows))

    asyncio.run(semua())
    return hasil, orang
