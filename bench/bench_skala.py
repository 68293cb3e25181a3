"""The nation: pages, API, search, checks and readers at once, on a simulated database.

    petajabatan bench skala                                   # a nation of scale 0.1 on a throw-away server
    python bench/bench_skala.py --skala 0.01 --hanya halaman
    python bench/bench_skala.py --data /srv/simulasi          # a data folder filled by `petajabatan simulasi nasional`

Times are those of the client on loopback, through the real server (granian, the web role). The bare figure of each is
measured in the same run: an empty answer of the same server plus the same rows fetched with plain SQL. Needs the
official lists (../shared/data, or PETAJABATAN_REFERENSI) to build a nation; says so and passes without them.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import _cpu
import httpx
import psycopg
from _akun import TOKEN, accounts, cookie, person
from _beban import Kegiatan, Orang, beban
from _lari import OUT, ROOT, best_of, percentile, report, served, throwaway_server
from _sunting import drafts, editing, lost

SUMBER = Path(os.environ.get("PETAJABATAN_REFERENSI", ROOT.parent / "shared" / "data"))
HALAMAN_MS, DAFTAR_MS, BUKA_MS, CARI_MS, PERIKSA_S = 100, 25, 15, 100, 300
"""Limits at any scale (issue D): p95 of pages, REST list of 50, opening a unit, search; periksa --penuh."""
N = 40
PROSES: list[int] = []
"""The server and the database of the run, whose processor time is counted."""
TERBAIK: dict[str, float] = {}
"""Shortest time of each figure, for the growth curves: other work on the machine touches it least."""
PEMBACA, TIAP = 50, 5.0
PENYUNTING, SUNTING_TIAP, SUNTING_MS = 200, 10.0, 150
CARI_UNOR = ("dinas kesehatn", "sekolah dasar negri 3", "puskesmas", "kantor urusan agama", "bidang keuangn")
CARI_ORANG = ("siti rahmawati", "budi santosa", "wayan suardna", "nurhayati", "1985", "slamt wibowo", "zzyx")


POHON = """WITH RECURSIVE turun AS (
  SELECT unor_id, 0 AS dalam FROM unor_kini WHERE unor_id = %s
  UNION ALL SELECT u.unor_id, t.dalam + 1 FROM turun t JOIN unor_kini u ON u.atasan_id = t.unor_id WHERE t.dalam < 2
) SELECT r.*, t.k, t.n_posisi, t.n_unor FROM turun JOIN unor_riwayat r USING (unor_id)
JOIN unor_total_riwayat t USING (unor_id) WHERE r.hingga = 2147483647 AND t.hingga = 2147483647"""
UMPAN = "SELECT * FROM umpan ORDER BY nomor LIMIT 50"
N_IMPOR = 5_000
"""Units of the file that is imported into the filled nation."""


@dataclass(frozen=True)
class Ukur:
    """One path: how it is named, its limit, and the plain SQL that fetches the same rows."""

    nama: str
    path: str
    batas: float | None
    sql: str = ""
    params: tuple = ()
    klien: str = "orang"


@contextlib.contextmanager
def nation(args: argparse.Namespace) -> Iterator[Path]:
    """A data folder with a running server and a simulated nation: the one named, or one made here."""
    from petajabatan.runtime import postgres
    from petajabatan.runtime.data_dir import DataDir

    if args.data:
        os.environ["PETAJABATAN_DATA"] = str(Path(args.data).resolve())
        with postgres.running(DataDir.from_env()):
            yield Path(args.data)
        return
    with throwaway_server() as folder:
        subprocess.run(
            [sys.executable, "-m", "petajabatan", "simulasi", "nasional", "--sumber", str(SUMBER), "--skala",
             str(args.skala), "--tanpa-periksa", "--json"], check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        yield folder


def _postmaster() -> int:
    from petajabatan.runtime.data_dir import DataDir

    return int((DataDir.from_env().pgdata / "postmaster.pid").read_text().split()[0])


def timed(client: httpx.Client, path: str, n: int = N) -> tuple[float, float, float]:
    """p95 and shortest time in milliseconds, and processor milliseconds of server and database per request, after
    three warm-up requests."""
    times = []
    used = 0.0
    headers = {"HX-Request": "true"} if "/unor/" in path else None  # the drawer, not the page it is in a tab
    for i in range(n + 3):
        if i == 3:
            used = _cpu.seconds(PROSES)
        start = time.perf_counter()
        answer = client.get(path, headers=headers)
        elapsed = time.perf_counter() - start
        assert answer.status_code == 200, f"{path}: {answer.status_code} {answer.text[:300]}"
        if i >= 3:
            times.append(elapsed * 1000)
    return percentile(times, 0.95), min(times), 1000 * (_cpu.seconds(PROSES) - used) / n


def paths(conn: psycopg.Connection, instansi: int, kode: str) -> list[Ukur]:
    """What is measured, with the rows each shows as plain SQL."""
    akar = conn.execute(
        "SELECT unor_id FROM unor_kini WHERE instansi_id = %s AND atasan_id IS NULL", [instansi]
    ).fetchone()[0]
    unit = conn.execute(
        "SELECT atasan_id FROM unor_kini WHERE instansi_id = %s AND atasan_id IS NOT NULL GROUP BY 1"
        " ORDER BY count(*) DESC, 1 LIMIT 1", [instansi],
    ).fetchone()[0]  # fmt: skip
    anak = (
        "SELECT u.*, t.k, t.n_posisi, t.n_unor, b.b FROM unor_kini u LEFT JOIN unor_total_riwayat t ON t.unor_id = u.unor_id"
        " AND t.hingga = 2147483647 LEFT JOIN bezetting_unor b ON b.unor_id = u.unor_id WHERE u.atasan_id = %s ORDER BY u.urutan"
    )
    kotak = (
        "SELECT p.*, b.b FROM posisi_riwayat p LEFT JOIN bezetting_posisi b ON b.posisi_id = p.posisi_id"
        " WHERE p.unor_id = %s AND p.hingga = 2147483647"
    )
    daftar = (
        "SELECT i.id, i.nama, r.n_unor, r.n_posisi, r.k, r.b FROM instansi i JOIN ringkasan_instansi r ON r.instansi_id = i.id"
        " ORDER BY i.nama LIMIT 50"
    )
    rekap = (
        "SELECT p.jenis, p.jenjang_id, sum(p.k), sum(b.b) FROM posisi_riwayat p LEFT JOIN bezetting_posisi b USING (posisi_id)"
        " WHERE p.instansi_id = %s AND p.hingga = 2147483647 GROUP BY 1, 2"
    )
    orang = "SELECT * FROM pegawai WHERE instansi_id = %s ORDER BY nama_urut LIMIT 50"
    unor50 = (
        "SELECT * FROM unor_riwayat WHERE instansi_id = %s AND hingga = 2147483647 ORDER BY unor_id LIMIT 50"
    )
    peta = f"/peta/{kode}"
    sekolah = conn.execute(
        "SELECT nama FROM unor_kini WHERE instansi_id = %s ORDER BY unor_id DESC LIMIT 1", [instansi]
    ).fetchone()[0]
    return [
        Ukur("halaman_beranda", "/", HALAMAN_MS, daftar),
        Ukur("halaman_instansi", "/instansi/", HALAMAN_MS, daftar),
        Ukur("halaman_instansi_selisih", "/instansi/?urut=selisih&hal=2", HALAMAN_MS, daftar),
        Ukur("halaman_instansi_rinci", f"/instansi/{instansi}/", HALAMAN_MS),
        Ukur("halaman_simulasi", "/simulasi/", HALAMAN_MS),
        Ukur("peta_terbesar_halaman", f"{peta}/", HALAMAN_MS, anak, (akar,)),
        Ukur("peta_terbesar_awal", f"{peta}/awal", HALAMAN_MS, anak, (akar,)),
        Ukur("peta_terbesar_buka_akar", f"{peta}/anak/{akar}", BUKA_MS, anak, (akar,)),
        Ukur("peta_terbesar_buka_terlebar", f"{peta}/anak/{unit}", HALAMAN_MS, anak, (unit,)),
        Ukur("peta_terbesar_laci", f"{peta}/unor/{unit}/", HALAMAN_MS, kotak, (unit,)),
        Ukur("peta_terbesar_rekap", f"{peta}/?lihat=rekap", HALAMAN_MS, rekap, (instansi,)),
        Ukur("peta_terbesar_cari", f"{peta}/cari?q={' '.join(sekolah.split()[:3])}", CARI_MS),
        Ukur("cari_referensi", "/referensi/jabatan-pelaksana/?q=pengelola+kepegawain", CARI_MS),
        Ukur("cari_semua", "/cari/hasil/?q=puskesmas+sumbr", CARI_MS),
        Ukur("daftar_orang", f"/pegawai/instansi/{instansi}/", HALAMAN_MS, orang, (instansi,), "operator"),
        Ukur(
            "cari_orang_instansi",
            f"/pegawai/instansi/{instansi}/?q=siti+rahmawti",
            CARI_MS,
            "",
            (),
            "operator",
        ),
        Ukur("api_instansi", "/api/v1/instansi?batas=50", DAFTAR_MS, daftar, (), "mesin"),
        Ukur(
            "api_daftar_50",
            f"/api/v1/unor?instansi={instansi}&batas=50",
            DAFTAR_MS,
            unor50,
            (instansi,),
            "mesin",
        ),
        Ukur("api_rinci", f"/api/v1/unor/{unit}", DAFTAR_MS, kotak, (unit,), "mesin"),
        Ukur("api_bawahan", f"/api/v1/unor/{akar}/bawahan", DAFTAR_MS, anak, (akar,), "mesin"),
        # A tree as large as asked for has no limit of its own; its ratio to the bare rows is what counts.
        Ukur("api_subpohon", f"/api/v1/unor/{akar}/subpohon?kedalaman=2", None, POHON, (akar,), "mesin"),
        Ukur("api_umpan", "/api/v1/perubahan?batas=50", DAFTAR_MS, UMPAN, (), "mesin"),
        # Counted once per version, day and B stamp; the first look is skala_kualifikasi_hitung.
        Ukur("kualifikasi_terbesar", f"/anjab/{instansi}/kualifikasi/", HALAMAN_MS, anak, (akar,)),
    ]


def measure_paths(
    base: str, conn: psycopg.Connection, instansi: int, kode: str, readers: list, operator: dict
) -> bool:
    """Every path with its bare figure."""
    clients = {
        "orang": httpx.Client(base_url=base, cookies=readers[0], timeout=120),
        "operator": httpx.Client(base_url=base, cookies=operator, timeout=120),
        "mesin": httpx.Client(
            base_url=base,
            timeout=120,
            headers={"Authorization": f"Bearer {TOKEN}", "Accept-Encoding": "identity"},
        ),
    }
    kosong, _, _ = timed(clients["orang"], "/sehat")
    report("skala_jawaban_kosong", kosong, "ms p95", n=N)
    ok = True
    for u in paths(conn, instansi, kode):
        value, best, cpu = timed(clients[u.klien], u.path)
        TERBAIK[f"skala_{u.nama}"] = best
        bare = kosong
        if u.sql:
            bare += 1000 * best_of(lambda u=u: conn.execute(u.sql, u.params or None).fetchall(), 5)
        ok &= report(f"skala_{u.nama}", value, "ms p95", u.batas, ratio=value / bare, n=N)
        report(f"skala_{u.nama}_cpu", cpu, "ms cpu", n=N)
    ok &= _document(clients["mesin"], conn, instansi, kode)
    return ok


def _document(machine: httpx.Client, conn: psycopg.Connection, instansi: int, kode: str) -> bool:
    """The whole map of the largest instansi as one document against its rows by bare SQL, serialised."""

    def bare() -> None:
        rows = [
            conn.execute(
                f"SELECT * FROM {t} WHERE instansi_id = %s AND hingga = 2147483647", [instansi]
            ).fetchall()
            for t in ("unor_riwayat", "posisi_riwayat")
        ]
        json.dumps(rows, ensure_ascii=False, default=str).encode()

    seconds = best_of(lambda: machine.get(f"/api/v1/instansi/{kode}/peta").raise_for_status(), 3)
    return report("skala_api_dokumen", seconds * 1000, "ms", 2.5, "ratio", seconds / best_of(bare, 3), 3)


SEARCH = """
import json, sys, time
from petajabatan.runtime.install import setup_django
setup_django("web")
from petajabatan.inti.actor import Actor, sistem
from petajabatan.inti.dinding import scope_of
from petajabatan.jabatan.queries import search_unor
from petajabatan.pegawai.queries import search_people
masukan = json.load(sys.stdin)
hasil = {"orang": [], "unor": []}
aktor = [sistem("ukur"), Actor(1, "operator", cakupan_instansi=frozenset({masukan["instansi"]}))]
for putaran in range(4):
    for kunci, teks, cari in (("orang", masukan["orang"], search_people), ("unor", masukan["unor"], None)):
        for satu in teks:
            for a in aktor if kunci == "orang" else aktor[:1]:
                with scope_of(a):
                    mulai = time.perf_counter()
                    cari(a, satu) if cari else search_unor(None, satu)
                    if putaran:
                        hasil[kunci].append(time.perf_counter() - mulai)
print(json.dumps(hasil))
"""


def measure_every_page(base: str, conn: psycopg.Connection, instansi: int, kode: str) -> bool:
    """Every page of the product with the largest instansi and a draft of it, for somebody who may open it; kept in
    full in ``out/halaman.json``."""
    from _halaman import every_page

    (draf,) = drafts(conn, instansi, 1, cookie)
    operator = person("pejabat-skala", "instansi-operator-sotk", instansi)
    for peran in (
        "instansi-operator-evajab", "instansi-operator-standar-komp-jab", "instansi-admin", "instansi-penetapan-sotk",
    ):  # fmt: skip
        person("pejabat-skala", peran, instansi)
    people = [operator, person("verifikator-skala", "verifikator-bkn"), person("admin-skala", "admin-pusat")]
    writer = httpx.Client(base_url=base, cookies=draf.kue, timeout=120)
    for _ in range(20):
        body, _isi = draf.berikut("semua")
        writer.post(f"/usulan/{draf.usulan}/operasi", json=body, headers=draf.sah()).raise_for_status()
    clients = [httpx.Client(base_url=base, cookies=cookie(user), timeout=120) for user in people]
    rows = list(every_page(conn, instansi, kode, draf.usulan, clients, HALAMAN_MS))
    opened = [row for row in rows if row.p95 >= 0]
    over = [row for row in opened if row.p95 > HALAMAN_MS]
    for row in sorted(over, key=lambda r: -r.p95):
        print(f"  {row.p95:.0f} ms p95, {row.median:.0f} ms median: {row.path}", file=sys.stderr)
    for row in rows:
        if row.lagi and row not in over:
            print(f"  {row.p95:.0f} ms p95 when timed once more: {row.path}", file=sys.stderr)
        if row.p95 < 0:
            print(f"  tidak terbuka ({row.byte}): {row.nama}", file=sys.stderr)
    (OUT / "halaman.json").write_text(json.dumps([row._asdict() for row in rows], indent=1))
    slowest = max(opened, key=lambda r: r.p95)
    report("skala_halaman_median", percentile([r.median for r in opened], 0.5), "ms", n=len(opened))
    report("skala_halaman_terlambat", slowest.p95, "ms p95", n=len(opened))
    return report("skala_halaman_lewat", len(over), "halaman", 0, n=len(opened))


def measure_search(instansi: int) -> bool:
    """Typo-tolerant search over all units and all people, as the web role under the wall."""
    asked = json.dumps({"instansi": instansi, "orang": CARI_ORANG, "unor": CARI_UNOR})
    used = _cpu.seconds([_postmaster()])
    done = subprocess.run(
        [sys.executable, "-c", SEARCH], check=True, stdout=subprocess.PIPE, text=True, input=asked,
        env=os.environ | {"PETAJABATAN_DB": "web"},
    )  # fmt: skip
    used = _cpu.seconds([_postmaster()]) - used
    times = json.loads(done.stdout.splitlines()[-1])
    asked_all = sum(len(v) for v in times.values()) * 4 / 3  # the first of four rounds is not timed
    report("skala_cari_cpu", 1000 * used / asked_all, "ms cpu", n=int(asked_all))
    ok = True
    for kind, values in times.items():
        TERBAIK[f"skala_cari_{kind}"] = 1000 * percentile(values, 0.5)
        ok &= report(f"skala_cari_{kind}", 1000 * percentile(values, 0.95), "ms p95", CARI_MS, n=len(values))
    return ok


def measure_checks(skala: float) -> bool:
    """``petajabatan periksa --penuh`` against reading every row of the tables it looks at once."""
    from petajabatan.runtime.data_dir import DataDir
    from petajabatan.runtime.postgres import embedded_url

    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "petajabatan", "periksa", "--penuh", "--json"],
        stdout=subprocess.PIPE,
        text=True,
    )
    took = time.perf_counter() - start
    broken = json.loads(done.stdout)["dilanggar"]
    if broken:
        print(f"dilanggar: {broken}", file=sys.stderr)

    def read() -> None:
        with psycopg.connect(embedded_url(DataDir.from_env(), web=False)) as conn:
            for t in ("pegawai", "riwayat_jabatan", "posisi_riwayat", "unor_riwayat"):
                conn.execute(f"SELECT count(t.*), max(t::text) FROM {t} t").fetchone()

    bare = best_of(read, 1)
    return (
        report("skala_periksa_penuh", took, "s", PERIKSA_S * max(skala, 0.05), ratio=took / bare)
        and not broken
    )


def measure_edit(base: str, conn: psycopg.Connection, instansi: int) -> bool:
    """One edit of a draft of the largest instansi, one after the other."""
    (draf,) = drafts(conn, instansi, 1, cookie)
    client = httpx.Client(base_url=base, cookies=draf.kue, timeout=120)
    times = []
    for i in range(N + 3):
        if i == 3:
            used = _cpu.seconds(PROSES)
        body, isi = draf.berikut("satu")
        start = time.perf_counter()
        answer = client.post(f"/usulan/{draf.usulan}/operasi", json=body, headers=draf.sah())
        elapsed = time.perf_counter() - start
        assert answer.status_code == 200, answer.text[:500]
        draf.diakui.append(isi)
        if i >= 3:
            times.append(elapsed * 1000)
    cpu = 1000 * (_cpu.seconds(PROSES) - used) / N
    kosong = 1000 * best_of(lambda: client.get("/sehat").raise_for_status(), 20)
    TERBAIK["skala_sunting_terbesar"] = min(times)
    p95 = percentile(times, 0.95)
    ok = report("skala_sunting_terbesar", p95, "ms p95", SUNTING_MS, ratio=p95 / kosong, n=N)
    report("skala_sunting_terbesar_cpu", cpu, "ms cpu", n=N)
    missing = lost(conn, [draf])
    if missing:
        print(missing[:5], file=sys.stderr)
    return report("skala_sunting_hilang", len(missing), "suntingan", 0, n=len(draf.diakui)) and ok


def measure_qualifications(conn: psycopg.Connection, instansi: int) -> None:
    """The first look at the qualification map of the largest instansi, before anything is kept."""
    from petajabatan.anjab.queries.kualifikasi import map_of
    from petajabatan.inti.actor import sistem
    from petajabatan.inti.dinding import scope_of
    from petajabatan.inti.simpanan import forget

    def look() -> None:
        conn.execute("TRUNCATE cache_bersama")
        forget()
        with scope_of(sistem("bench")):
            map_of(sistem("bench"), instansi)

    orang = conn.execute(
        "SELECT n_pegawai FROM ringkasan_instansi WHERE instansi_id = %s", [instansi]
    ).fetchone()[0]
    sql = "SELECT p.*, r.* FROM riwayat_jabatan r JOIN pegawai p ON p.id = r.pegawai_id WHERE r.instansi_id = %s"
    bare = best_of(lambda: conn.execute(f"SELECT count(*) FROM ({sql}) t", [instansi]).fetchall(), 3)
    seconds = best_of(look, 3)
    report("skala_kualifikasi_hitung", seconds * 1000, "ms", ratio=seconds / bare, n=orang)


def measure_unor_import(conn: psycopg.Connection, folder: Path) -> bool:
    """A file of units into one more instansi of the filled nation, against COPY of the rows it made into empty
    tables with the same columns, keys and indexes."""
    from bench_peta import CHILD, TABEL, make_instansi, siasn_units

    from petajabatan.inti.actor import sistem
    from petajabatan.inti.dinding import scope_of

    with scope_of(sistem("bench")):
        instansi = make_instansi("impor-skala")
    path = folder / "ref-unor-skala.json"
    path.write_text(json.dumps({"data": list(siasn_units(N_IMPOR, "UKUR-impor-skala", seed=9))}))
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(instansi), str(path)], check=True, stdout=subprocess.PIPE, text=True
    )
    figures = json.loads(done.stdout.splitlines()[-1])
    assert figures["baris"] == N_IMPOR
    bare = 0.0
    with conn.transaction(force_rollback=True):
        for table in TABEL:
            columns = ", ".join(r[0] for r in conn.execute(
                "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0"
                " AND NOT attisdropped AND attgenerated = '' ORDER BY attnum", [table]
            ))  # fmt: skip
            conn.execute(f"CREATE TEMP TABLE ukur (LIKE {table} INCLUDING ALL)")
            with conn.cursor().copy(
                f"COPY (SELECT {columns} FROM {table} WHERE instansi_id = {instansi}) TO STDOUT"
            ) as copy:
                rows = list(copy)
            start = time.perf_counter()
            with conn.cursor().copy(f"COPY ukur ({columns}) FROM STDIN") as copy:
                for block in rows:
                    copy.write(block)
            bare += time.perf_counter() - start
            conn.execute("DROP TABLE ukur")
    spent = figures["detik"]
    report("skala_impor_unor_memori", figures["memori"], "MB", 500, n=N_IMPOR)
    return report("skala_impor_unor", N_IMPOR / spent, "baris/detik", ratio=spent / bare, n=N_IMPOR)


def measure_load(
    conn: psycopg.Connection, instansi: int, readers: list, seconds: float, workers: int
) -> bool:
    """50 readers page through maps (a page every 5 s each) while 200 operators edit 200 drafts (an edit every
    10 s each), open loop; afterwards every confirmed edit must be there."""
    maps = conn.execute(
        "SELECT i.kode_cepat, u.unor_id, i.id FROM ringkasan_instansi r JOIN instansi i ON i.id = r.instansi_id"
        " JOIN unor_kini u ON u.instansi_id = i.id AND u.kedalaman <= 1 WHERE i.kode_cepat <> '' ORDER BY r.n_unor DESC, u.unor_id LIMIT 4000"
    ).fetchall()

    async def page(o: Orang) -> httpx.Response:
        kode, unor, instansi = o.acak.choice(maps)
        path = o.acak.choice(
            (f"/peta/{kode}/", f"/peta/{kode}/awal", f"/peta/{kode}/anak/{unor}", f"/peta/{kode}/unor/{unor}/",
             "/instansi/", f"/instansi/{instansi}/", f"/peta/{kode}/?lihat=rekap")
        )  # fmt: skip
        return await o.klien.get(path, headers={"HX-Request": "true"} if "/unor/" in path else None)

    draf = drafts(conn, instansi, PENYUNTING, cookie)
    at_once = [
        Kegiatan("baca", PEMBACA, TIAP, page, readers),
        Kegiatan("sunting", PENYUNTING, SUNTING_TIAP, editing(draf, f"{workers}p"), [d.kue for d in draf]),
    ]
    with served(workers) as (base, pid):
        PROSES[:] = [pid, _postmaster()]
        beban(base, at_once, 2 * TIAP)  # every process has loaded its pages
        used = _cpu.seconds(PROSES)
        result, _ = beban(base, at_once, seconds)
        used = _cpu.seconds(PROSES) - used
    report(f"skala_beban_cpu_{workers}p", 100 * used / seconds, "% of one core", n=int(seconds))
    ok = True
    for kind, done in result.items():
        ok &= report(f"skala_beban_{kind}_galat_{workers}p", len(done.galat), "galat", 0, n=len(done.waktu))
        if done.galat:
            print(done.galat[:5], file=sys.stderr)
        for share in (0.5, 0.95, 0.99):
            limit = {"baca": HALAMAN_MS, "sunting": SUNTING_MS}[kind] if share == 0.95 else None
            value = 1000 * percentile(done.waktu, share)
            ok &= report(
                f"skala_beban_{kind}_p{share * 100:.0f}_{workers}p", value, "ms", limit, n=len(done.waktu)
            )
    missing = lost(conn, draf)
    if missing:
        print(missing[:5], file=sys.stderr)
    n = sum(len(d.diakui) for d in draf)
    return report(f"skala_beban_hilang_{workers}p", len(missing), "suntingan", 0, n=n) and ok


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--skala", type=float, default=0.1)
    parser.add_argument("--data", help="a data folder that holds a simulated nation")
    parser.add_argument(
        "--hanya", help="halaman, semua, sunting, cari, periksa, beban, impor; several by comma"
    )
    parser.add_argument("--detik", type=float, default=40, help="length of the load, seconds")
    args = parser.parse_args()
    wanted = set((args.hanya or "halaman,semua,sunting,cari,periksa,beban,impor").split(","))
    if not args.data and not SUMBER.is_dir():
        print(f"bench skala dilewati: daftar resmi tidak ada di {SUMBER}", file=sys.stderr)
        return 0
    started = time.time()
    with nation(args):
        ok = measure(args, wanted)
    _keep(args, started)
    return 0 if ok else 1


def measure(args: argparse.Namespace, wanted: set[str]) -> bool:
    from petajabatan.runtime.data_dir import DataDir
    from petajabatan.runtime.install import setup_django
    from petajabatan.runtime.postgres import embedded_url

    setup_django("pemilik")
    ok = True
    with psycopg.connect(embedded_url(DataDir.from_env(), web=False), autocommit=True) as conn:
        instansi, kode, args.n_pegawai, args.skala = conn.execute(
            "SELECT i.id, i.kode_cepat, (SELECT sum(n_pegawai)::int FROM ringkasan_instansi),"
            " (SELECT skala FROM simulasi ORDER BY id DESC LIMIT 1) FROM ringkasan_instansi r"
            " JOIN instansi i ON i.id = r.instansi_id ORDER BY r.n_unor DESC LIMIT 1"
        ).fetchone()
        took = conn.execute(
            "SELECT (isi->'waktu'->>'semua')::float FROM simulasi ORDER BY id DESC"
        ).fetchone()
        ok &= report("skala_bangun", took[0], "s", 900 * max(args.skala, 0.1), n=args.n_pegawai)
        readers, operator = accounts(instansi, PEMBACA)
        if "halaman" in wanted:
            with served(1) as (base, pid):
                PROSES[:] = [pid, _postmaster()]
                measure_qualifications(conn, instansi)
                ok &= measure_paths(base, conn, instansi, kode, readers, operator)
        if "semua" in wanted:
            with served(1) as (base, _pid):
                ok &= measure_every_page(base, conn, instansi, kode)
        if "sunting" in wanted:
            with served(1) as (base, pid):
                PROSES[:] = [pid, _postmaster()]
                ok &= measure_edit(base, conn, instansi)
        if "cari" in wanted:
            ok &= measure_search(instansi)
        if "beban" in wanted:
            for workers in (1, 2):
                ok &= measure_load(conn, instansi, readers, args.detik, workers)
        if "periksa" in wanted:
            ok &= measure_checks(args.skala)
        if "impor" in wanted and not args.data:  # it leaves an instansi behind
            ok &= measure_unor_import(conn, Path(os.environ["PETAJABATAN_DATA"]))
    return ok


def _keep(args: argparse.Namespace, started: float) -> None:
    """All figures of this run in one file per scale, for the growth curves (bench/_grafik.py)."""
    rows = [json.loads(p.read_text()) for p in OUT.glob("skala_*.json") if p.stat().st_mtime >= started]
    path = OUT / f"pertumbuhan-{args.skala:g}.json"
    rows = [r | ({"terbaik": round(TERBAIK[r["name"]], 3)} if r["name"] in TERBAIK else {}) for r in rows]
    old = json.loads(path.read_text())["angka"] if path.exists() else []
    new = {r["name"]: r for r in [*old, *rows]}
    path.write_text(
        json.dumps({"skala": args.skala, "orang": args.n_pegawai, "angka": list(new.values())}, indent=1)
    )


if __name__ == "__main__":
    sys.exit(main())
