"""The audit chain: what sealing adds to a commit, sealing what was there before, and the proof of a million
records in 500 chains, with the peak memory of the proving process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time

import psycopg
from _lari import percentile, report, throwaway_server

N = int(os.environ.get("BENCH_AUDIT", "1000000"))
INSERT = (
    "INSERT INTO audit (aktor, permintaan, instansi_id, aksi, objek, jumlah, rincian)"
    " SELECT '17', md5(i::text), i %% 500, 'update', 'riwayat_jabatan', 3,"
    " jsonb_build_object('id', jsonb_build_array(i, i + 1, i + 2)) FROM generate_series(%s::int, %s::int) AS i"
)

PROVE = """
import json, resource, time
from petajabatan.runtime.install import setup_django
setup_django("web")
from petajabatan.inti.actor import sistem
from petajabatan.inti.dinding import scope_of
from petajabatan.inti.rantai import prove
start = time.perf_counter()
with scope_of(sistem("ukur")):
    proof = prove()
print(json.dumps({"seconds": time.perf_counter() - start, "utuh": proof.utuh, "n": proof.catatan,
                  "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))
"""


def commits(owner: str, n: int, instansi: int) -> list[float]:
    """Seconds of n transactions of three audited statements each."""
    times = []
    with psycopg.connect(owner, autocommit=True) as conn:
        for i in range(n):
            start = time.perf_counter()
            with conn.transaction():
                for _ in range(3):
                    conn.execute(INSERT, [instansi + 500 * i, instansi + 500 * i])
            times.append(time.perf_counter() - start)
    return times


def contended(owner: str, writers: int, n: int) -> list[float]:
    """The same from several writers of one instansi at once."""
    parts: list[list[float]] = []
    threads = [threading.Thread(target=lambda: parts.append(commits(owner, n, 1))) for _ in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [t for part in parts for t in part]


def main() -> int:
    with throwaway_server() as folder:
        from petajabatan.runtime.data_dir import DataDir
        from petajabatan.runtime.postgres import embedded_url

        owner = embedded_url(DataDir(folder), web=False)
        oks = []
        with psycopg.connect(owner, autocommit=True) as conn:
            conn.execute("ALTER TABLE audit DISABLE TRIGGER z_segel")
            bare = percentile(commits(owner, 300, 1), 0.5)
            conn.execute("ALTER TABLE audit ENABLE TRIGGER z_segel")
            sealed = percentile(commits(owner, 300, 1), 0.5)
            oks.append(
                report("audit_segel_tambahan", (sealed - bare) * 1000, "ms", 5, n=300, ratio=sealed / bare)
            )
            many = contended(owner, 4, 100)
            oks.append(report("audit_segel_berebut_p95", percentile(many, 0.95) * 1000, "ms", 100, n=400))
            conn.execute("ALTER TABLE audit DISABLE TRIGGER z_segel")
            conn.execute(INSERT, [1, N])
            conn.execute("ALTER TABLE audit ENABLE TRIGGER z_segel")
            conn.execute("VACUUM ANALYZE audit")
            start = time.perf_counter()
            conn.execute(
                "SELECT segel_rantai(rantai, ids, true) FROM (SELECT coalesce(instansi_id, 0) AS rantai,"
                " array_agg(a.id) AS ids FROM audit a WHERE NOT EXISTS (SELECT FROM audit_rantai r"
                " WHERE r.audit_id = a.id) GROUP BY 1 ORDER BY 1) AS lama"
            )
            seconds = time.perf_counter() - start
            oks.append(report("audit_segel_lama", N / seconds, "baris/s", 20_000, n=N, higher_is_better=True))
        done = subprocess.run([sys.executable, "-c", PROVE], check=True, stdout=subprocess.PIPE, text=True)
        proof = json.loads(done.stdout.splitlines()[-1])
        assert proof["utuh"] and proof["n"] >= N, proof
        oks.append(report("audit_bukti_detik", proof["seconds"], "s", 60, n=proof["n"]))
        oks.append(report("audit_bukti_memori", proof["mb"], "MB", 300, n=proof["n"]))
    return 0 if all(oks) else 1


if __name__ == "__main__":
    sys.exit(main())
