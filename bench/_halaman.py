"""Every page of the product, found in its URL configuration, with the largest instansi and a draft of it as parameters.

So a page that is added later is measured without anybody remembering it: one that cannot be opened here must stand in
``BUKAN`` with the reason.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any, NamedTuple

import httpx
import psycopg
from _lari import percentile

BERKAS = ("ekspor", "unduh", "xlsx", "csv", "templat-unor", "templat-pegawai", "cetak:")
"""Files, and the count of their pages: made on request, with progress where they take long; other benches."""
BUKAN = {
    "socialaccount": "another service signs in",
    "openid_connect": "another service signs in",
    "mfa": "second factors: nothing of the nation",
    "account": "signing in: nothing of the nation",
    "oauth2": "machines",
    "otk": "a permohonan of its own is needed; small tables",
    "pekerjaan-": "a running job is needed",
    "webhook": "small tables",
    "templat-": "a template of a pembina is needed; small tables",
    "standar-": "a standard is needed; small tables",
    "kamus-rinci": "a competency is needed; small tables",
    "akun-": "accounts: nothing of the nation",
    "dasar-hukum-": "a legal basis is needed",
    "dokumen": "a file of its own is needed",
    "keputusan": "a decision is needed",
    "komentar": "only written",
    "impor-lanjut": "a file of its own is needed",
    "tukar-lanjut": "a file of its own is needed",
    "kabar": "own messages only",
    "mulai": "leads on to another page",
    "batal-versi": "a published version of this usulan is needed",
    "berdasar": "an usulan of another is needed",
    "tindakan": "only written",
    "pengukuhan-satu": "somebody to be confirmed is needed",
}
N = 30


class Halaman(NamedTuple):
    """A page and its times in ms; ``byte`` its size. One that did not open has −1 and the status as ``byte``.
    ``lagi``: it was timed a second time."""

    nama: str
    path: str
    p95: float
    median: float
    byte: int
    lagi: bool = False


def names(
    patterns: Any, prefix: str = "", space: str = "", wanted: tuple[str, ...] = ()
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """All named URLs with the names of their parameters; API and schema left out."""
    for p in patterns:
        route = prefix + str(p.pattern)
        if route.startswith(("api/", "^api")):
            continue
        asked = (*wanted, *getattr(p.pattern, "converters", ()))
        if hasattr(p, "url_patterns"):
            yield from names(p.url_patterns, route, space + (f"{p.namespace}:" if p.namespace else ""), asked)
        elif p.name:
            yield space + p.name, asked


def parameters(conn: psycopg.Connection, instansi: int, kode: str, usulan: int) -> dict[str, list[Any]]:
    """For each name of a URL parameter the values that may fit, the likeliest first."""

    def one(sql: str, *params: Any) -> Any:
        row = conn.execute(sql, params or None).fetchone()
        return row[0] if row else None

    lebar = one(
        "SELECT atasan_id FROM unor_kini WHERE instansi_id = %s AND atasan_id IS NOT NULL GROUP BY 1"
        " ORDER BY count(*) DESC, 1 LIMIT 1", instansi,
    )  # fmt: skip
    akar = one("SELECT unor_id FROM unor_kini WHERE instansi_id = %s AND atasan_id IS NULL", instansi)
    kotak = one(
        "SELECT posisi_id FROM posisi_riwayat WHERE instansi_id = %s AND hingga = 2147483647 AND jenis = 'pelaksana'"
        " AND NOT kepala AND infojab_id IS NOT NULL AND k > 0 ORDER BY posisi_id LIMIT 1", instansi,
    )  # fmt: skip
    infojab = one("SELECT infojab_id FROM posisi_riwayat WHERE posisi_id = %s AND hingga = 2147483647", kotak)
    orang = one("SELECT pegawai_id FROM riwayat_jabatan WHERE posisi_id = %s LIMIT 1", kotak) or one(
        "SELECT id FROM pegawai WHERE instansi_id = %s LIMIT 1", instansi
    )
    return {
        "instansi_id": [instansi],
        "id": [instansi],
        "kode": [kode, "instansi", "atasan-tidak-ada"],
        "unor_id": [lebar, akar],
        "posisi_id": [kotak],
        "usulan_id": [usulan],
        "infojab_id": [infojab],
        "bagian": ["tugas_pokok"],
        "ukuran": ["k", "b", "selisih", "n_unor"],
        "jenis": ["tambah-unor", "koreksi-nama"],
        "objek": ["unor", "posisi"],
        "key": [lebar, kotak],
        "pegawai_id": [orang],
        "tindakan": [],
        "daftar": ["jabatan-pelaksana"],
        "operasi": ["tambah-unor"],
    }


QUERY = {
    "peta:cari": ("?q=seksi+pelayanan",),
    "peta:peta": ("", "?lihat=rekap"),
    "peta:rekap-rincian": ("?kelompok=kelas&ukuran=k", "?kelompok=jenis&ukuran=selisih&kunci=pelaksana"),
    "sunting:cari": ("?q=seksi+pelayanan",),
    "sunting:nilai-nama": ("?unor={unor_id}&nama=Bidang+Pelayanan",),
    "sunting:saran": ("?q=analis",),
    "web:cari": ("?q=kepala+bidang", "?q=kepla+bidang"),
    "web:cari-hasil": tuple(
        f"?q={q}" for q in ("puskesmas+sumbr", "guru+ahli+pertma", "sekolah+dasar+negri+3", "analis")
    ),
    "web:instansi": ("", "?urut=selisih&hal=2", "?q=kabupatn+rembng"),
    "pegawai:daftar": (
        "",
        "?q=siti+rahmawti",
        "?hal=200",
        "?penempatan=tanpa-kotak",
        "?penempatan=berkotak",
        "?unor={unor_id}",
    ),
    "anjab:master": ("", "?q=smp+negri+1+sekadau", "?provinsi=33&kabupaten=33.17"),
    "anjab:abk-rekap": (
        "",
        "?lihat=unit",
        "?lihat=jabatan",
        "?lihat=petunjuk",
        "?q=guru",
        "?q=perwat",
        "?hal=500",
    ),
    "anjab:abk-rekap-draf": ("", "?lihat=unit", "?lihat=jabatan", "?q=guru", "?q=perwat"),
    "anjab:infojab-terbit": ("", "?bawah=1", "?bawah=1&saring=belum&hal=40"),
    "anjab:infojab-papan": ("", "?bawah=1", "?bawah=1&saring=belum"),
    "anjab:kelas": ("", "?tab=rekap", "?q=analis", "?q=analis+kebijkan", "?tanda=beda"),
    "anjab:kelas-rincian": ("?kelas=7", "?kelas=0"),
    "anjab:evaluasi-draf": ("", "?tab=rekap"),
    "anjab:infojab-pilih": ("?posisi={posisi_id}",),
    "anjab:infojab-acuan": ("?isian=jabatan&q=analis",),
    "usulan:daftar": ("", "?q=beban"),
}
"""What is asked of a page besides its address: views, filters and searches of the nation's size."""


def _choices(wanted: tuple[str, ...], values: dict[str, list[Any]]) -> Iterator[dict[str, Any]]:
    """Combinations of parameters, one parameter varied at a time."""
    if any(not values.get(w) or values[w][0] is None for w in wanted):
        return
    first = {w: values[w][0] for w in wanted}
    yield first
    for w in wanted:
        for other in values[w][1:]:
            yield first | {w: other}


def every_page(
    conn: psycopg.Connection, instansi: int, kode: str, usulan: int, clients: list[httpx.Client], batas: float
) -> Iterator[Halaman]:
    """Each page, opened by the first of the accounts that may. One over the limit (``batas``, ms p95) is timed
    once more: a slow spell of the machine lasts seconds, a slow page stays slow."""
    from django.urls import NoReverseMatch, get_resolver, reverse

    values = parameters(conn, instansi, kode, usulan)
    first = {name: found[0] for name, found in values.items() if found}
    for name, wanted in names(get_resolver().url_patterns):
        last = name.split(":")[-1]
        if any(last.startswith(b) or name.startswith(b) for b in BUKAN) or any(b in name for b in BERKAS):
            continue
        for query in QUERY.get(name, ("",)):
            status, found = 0, None
            for args in _choices(wanted, values):
                try:
                    path = reverse(name, kwargs=args) + query.format(**first)
                except NoReverseMatch:
                    continue
                for client in clients:
                    status = client.get(path).status_code
                    if status in (200, 302, 405):
                        found = client, path
                        break
                if found:
                    break
            if status in (302, 405):
                break  # leads on, or is only written
            if not found:
                yield Halaman(name, query, -1, -1, status)
                continue
            client, path = found
            timed = _timed(client, name, path)
            if timed.p95 > batas:
                timed = min(timed, _timed(client, name, path), key=lambda t: t.p95)._replace(lagi=True)
            yield timed


def _timed(client: httpx.Client, name: str, path: str) -> Halaman:
    client.get(path)
    times, size = [], 0
    for _ in range(N):
        start = time.perf_counter()
        size = len(client.get(path).content)
        times.append(1000 * (time.perf_counter() - start))
    times.sort()
    return Halaman(name, path, percentile(times, 0.95), times[N // 2], size)
