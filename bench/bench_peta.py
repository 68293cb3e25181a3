"""Figures of the map: rollup of a whole instansi, difference of two versions, import of 200,000 units.

    python bench/bench_peta.py            # all
    python bench/bench_peta.py --kecil    # a tenth of the size, for trying out

Runs on a throw-away embedded PostgreSQL. The product works as the web role behind the wall; the bare figures
are taken in the same run: rows fetched to the client by psycopg for the rollup, COPY by the owner into the
same tables with their foreign keys and indexes (product triggers off) for the import.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gc
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

from _lari import best_of, report, throwaway_server

SRC = str(Path(__file__).resolve().parent.parent / "src")
BATAS_ROLLUP, BATAS_IMPOR, BATAS_MEMORI_MB, BATAS_BEDA_DETIK = 3.0, 2.0, 500, 1.0
TABEL = ("unor", "unor_riwayat", "unor_kini", "posisi", "posisi_riwayat", "unor_total_riwayat")


def siasn_units(n: int, instansi: str, seed: int = 7) -> Iterator[dict[str, str]]:
    """A ref-unor file of n units: depth 6, offices, schools, realistic lengths of ids and names."""
    rnd = random.Random(seed)
    kinds = ("Dinas", "Bidang", "Seksi", "Subbagian", "SD Negeri", "UPT Puskesmas", "Kelompok Kerja")
    topics = (
        "Pendidikan",
        "Kesehatan",
        "Pekerjaan Umum",
        "Perhubungan",
        "Sosial",
        "Tata Usaha",
        "Kepegawaian",
    )
    ids = [f"{rnd.getrandbits(128):032X}" for _ in range(n)]
    for i in range(n):
        above = "" if i == 0 else ids[(i - 1) // 12]
        kind = "Pemerintah" if i == 0 else rnd.choice(kinds)
        name = f"{kind} {rnd.choice(topics)} {rnd.choice(topics)} {i}"
        led = kind in ("Dinas", "Bidang", "Seksi", "Subbagian")
        yield {
            "Id": ids[i], "InstansiId": instansi, "DiatasanId": above,
            "EselonId": rnd.choice(("22", "31", "41")) if led else "",
            "NamaUnor": name, "NamaJabatan": f"Kepala {name}" if led else "", "CepatKode": f"{i:06}",
            "IndukUnorId": ids[0], "PemimpinPnsId": "", "JenisUnorId": "",
        }  # fmt: skip


def make_instansi(nama: str) -> int:
    from petajabatan.referensi.models import Instansi

    return Instansi.objects.create(id_siasn=f"UKUR-{nama}", nama=f"Instansi {nama}", jenis="D").pk


def need_references() -> None:
    """The few codes the loads use, when the shipped references are not there."""
    from petajabatan.referensi.models import Eselon, Jabatan

    for kode, nama in (("22", "II.b"), ("31", "III.a"), ("41", "IV.a")):
        Eselon.objects.get_or_create(kode=kode, defaults={"nama": nama})
    for i in range(200):
        Jabatan.objects.get_or_create(nama=f"Jabatan Ukur {i}", jenis="pelaksana")


def measure_map(n_unor: int, n_posisi: int) -> None:
    """Rollup and difference at n units and m boxes."""
    from django.db import connection

    from petajabatan.inti.actor import sistem
    from petajabatan.inti.dinding import scope_of
    from petajabatan.jabatan import queries
    from petajabatan.jabatan.queries.peta import BOXES_AS_OF, UNITS_AS_OF
    from petajabatan.jabatan.services import publish_map
    from petajabatan.organisasi.rules.muatan import Muatan, PosisiMuatan, UnorMuatan
    from petajabatan.referensi.models import Jabatan

    actor = sistem("bench")
    rnd = random.Random(11)
    with scope_of(actor):
        need_references()
        instansi = make_instansi("peta")
        jabatan = list(Jabatan.objects.filter(jenis="pelaksana")[:200].values_list("id", "nama"))
        units = [
            UnorMuatan(
                r["Id"], r["DiatasanId"] or None, r["NamaUnor"], id_siasn=r["Id"], cepat_kode=r["CepatKode"]
            )
            for r in siasn_units(n_unor, "")
        ]
        keys = [u.kunci for u in units]
        boxes = []
        for i in range(n_posisi):
            jabatan_id, nama = jabatan[i % len(jabatan)]
            boxes.append(PosisiMuatan(keys[(i * 7) % n_unor], nama, "pelaksana", jabatan_id,
                                      kelas=rnd.randint(1, 17), k=rnd.randint(0, 9)))  # fmt: skip
        publish_map(actor, instansi, Muatan(units, boxes), berlaku=dt.date(2026, 1, 1), jenis="muat-awal")
        for unit in rnd.sample(units, n_unor // 20):
            unit.nama += " Baru"
        for box in rnd.sample(boxes, n_posisi // 20):
            box.k = (box.k or 0) + 1
        start = time.perf_counter()
        publish_map(actor, instansi, Muatan(units, boxes), berlaku=dt.date(2026, 2, 1), jenis="impor")
        report("peta_terbit_5_persen", time.perf_counter() - start, "detik", n=n_unor + n_posisi)
        del units, boxes
    owner_analyze()
    with scope_of(actor):
        params = {"instansi": instansi, "versi": 2}

        def bare() -> None:
            with connection.cursor() as cursor:
                for sql in (UNITS_AS_OF, BOXES_AS_OF):
                    cursor.execute(sql, params)
                    cursor.fetchall()

        def product() -> None:
            queries.peta_of(instansi, versi=2, jumlah=True)

        gc.collect()
        gc.freeze()  # as the server does at start
        base = ours = float("inf")
        for _ in range(11):  # in turn, so that a busy machine disturbs both alike
            base, ours = min(base, best_of(bare, 1)), min(ours, best_of(product, 1))
        report("peta_rollup", ours * 1000, "ms", BATAS_ROLLUP, "ratio", ours / base, n=n_unor + n_posisi)
        beda = best_of(lambda: queries.difference(instansi, 1, 2), 5)
        report("peta_beda", beda, "detik", BATAS_BEDA_DETIK, n=n_unor + n_posisi)
        cari = best_of(lambda: queries.search_unor(instansi, "dinas kesehtan"), 5)
        report("unor_cari_instansi", cari * 1000, "ms", n=n_unor)


def owner_connection():  # type: ignore[no-untyped-def]
    import psycopg

    from petajabatan.runtime import postgres
    from petajabatan.runtime.data_dir import DataDir

    return psycopg.connect(postgres.embedded_url(DataDir.from_env(), web=False))


def owner_analyze() -> None:
    """What autovacuum does a minute after a load; the comparison must not hang on its timing."""
    with owner_connection() as conn:
        conn.autocommit = True
        for table in TABEL:
            conn.execute(f"VACUUM ANALYZE {table}")


CHILD = """
import json, resource, sys, time
from pathlib import Path
from petajabatan.runtime.install import setup_django
setup_django("web")
from petajabatan.inti.actor import sistem
from petajabatan.inti.dinding import scope_of
from petajabatan.jabatan.services import import_unor
actor = sistem("bench")
start = time.perf_counter()
with scope_of(actor):
    laporan = import_unor(actor, int(sys.argv[1]), Path(sys.argv[2]))
spent = time.perf_counter() - start
assert laporan.ok, laporan.temuan[:3]
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"detik": spent, "memori": peak, "baris": laporan.ditambah}))
"""


def measure_import(n: int, folder: Path) -> None:
    """The product's import in a process of its own, then COPY of the very rows it made by the owner."""
    from petajabatan.inti.actor import sistem
    from petajabatan.inti.dinding import scope_of
    from petajabatan.inti.models import Audit

    with scope_of(sistem("bench")):
        need_references()
        instansi = make_instansi("impor")
    path = folder / "ref-unor.json"
    path.write_text(json.dumps({"data": list(siasn_units(n, "UKUR-impor", seed=8))}, separators=(",", ":")))
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(instansi), str(path)],
        capture_output=True, text=True, env=os.environ | {"PYTHONPATH": SRC},
    )  # fmt: skip
    if done.returncode:
        raise SystemExit(done.stderr)
    figures = json.loads(done.stdout.splitlines()[-1])
    assert figures["baris"] == n
    with scope_of(sistem("bench")):
        assert Audit.objects.filter(objek="unor_riwayat", instansi_id=instansi, jumlah__gte=n).exists()
    bare = copy_same_rows(instansi, folder)
    report(
        "impor_unor_200k",
        n / figures["detik"],
        "baris/detik",
        BATAS_IMPOR,
        "ratio",
        figures["detik"] / bare,
        n=n,
    )
    report("impor_unor_memori", figures["memori"], "MB", BATAS_MEMORI_MB, n=n)


def copy_same_rows(instansi: int, folder: Path) -> float:
    """Seconds that COPY by the owner takes for the same row sets into the same tables, emptied before."""
    with owner_connection() as conn:
        columns = {}
        for table in TABEL:
            columns[table] = ", ".join(
                row[0]
                for row in conn.execute(
                    "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0"
                    " AND NOT attisdropped AND attgenerated = '' ORDER BY attnum",
                    [table],
                )
            )
            with (
                (folder / table).open("wb") as out,
                conn.cursor().copy(
                    f"COPY (SELECT {columns[table]} FROM {table} WHERE instansi_id = {instansi}) TO STDOUT"
                ) as copy,
            ):
                for block in copy:
                    out.write(block)
        tables = [r[0] for r in conn.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
        for table in tables:  # TRUNCATE reaches tables that point at these; foreign keys stay on
            conn.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')
        conn.execute(f"TRUNCATE {', '.join(TABEL)} CASCADE")
        conn.commit()
        start = time.perf_counter()
        for table in TABEL:
            with (
                (folder / table).open("rb") as source,
                conn.cursor().copy(f"COPY {table} ({columns[table]}) FROM STDIN") as copy,
            ):
                while block := source.read(1 << 18):
                    copy.write(block)
        conn.commit()
        return time.perf_counter() - start


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kecil", action="store_true", help="a tenth of the size")
    parser.add_argument("--hanya", choices=("peta", "impor"), help="one part only")
    args = parser.parse_args()
    share = 10 if args.kecil else 1
    from _lari import OUT

    with throwaway_server() as folder:
        from petajabatan.runtime.install import setup_django

        setup_django("web")
        if args.hanya != "impor":
            measure_map(10_000 // share, 50_000 // share)
        if args.hanya != "peta":
            measure_import(200_000 // share, folder)
    names = ("peta_rollup", "peta_beda", "impor_unor_200k", "impor_unor_memori")
    rows = [
        json.loads((OUT / f"{name}.json").read_text()) for name in names if (OUT / f"{name}.json").exists()
    ]
    return 0 if all(row["ok"] for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
