"""Figures of working in a draft: opening it against opening the published map, and the server time of one edit.

    python bench/bench_usulan_halaman.py            # 10,000 units, 50,000 boxes, 5,000 edits before
    python bench/bench_usulan_halaman.py --kecil    # a tenth of the size

Runs on a throw-away embedded PostgreSQL as the web role. Times are those of whole requests through the
middleware, without the network. The draft that is opened and edited holds thousands of edits already.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gzip
import json
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

from _data import make_map
from _lari import ROOT, percentile, report, throwaway_server

DIST = ROOT / "src/petajabatan/web/static/dist"
JS_MAKS_KB = 300
BUKA_RASIO, EDIT_P95_MS, SEJARAH = 1.5, 150, 1.5
# SEJARAH: median of an edit after thousands of edits, against that of an empty draft.


def make_operator(instansi_id: int) -> tuple[Any, Any]:
    """An operator of the instansi: the actor, and a test client signed in as it."""
    from django.test import Client

    from petajabatan.akun.models import Pengguna, Peran
    from petajabatan.akun.queries import actor_of
    from petajabatan.inti.actor import sistem
    from petajabatan.inti.dinding import scope_of

    with scope_of(sistem("bench")):
        user = Pengguna.objects.create_user("penyunting", password="tidak-dipakai-di-sini", nama="Penyunting")
        Peran.objects.create(
            pengguna=user, peran="instansi-operator-sotk", lingkup="instansi", instansi_id=instansi_id,
            berlaku_dari=dt.date(2020, 1, 1),
        )  # fmt: skip
        client = Client()
        client.force_login(user)
        return actor_of(user), client


def boxes_of(instansi_id: int) -> list[int]:
    from petajabatan.inti.actor import sistem
    from petajabatan.inti.dinding import scope_of
    from petajabatan.jabatan.models import PosisiRiwayat

    with scope_of(sistem("bench")):
        rows = PosisiRiwayat.objects.filter(instansi_id=instansi_id, kepala=False).order_by("posisi_id")
        return list(rows.values_list("posisi_id", flat=True))


def analyze() -> None:
    import psycopg

    from petajabatan.runtime.data_dir import DataDir
    from petajabatan.runtime.postgres import embedded_url

    with psycopg.connect(embedded_url(DataDir.from_env(), web=False), autocommit=True) as conn:
        conn.execute("ANALYZE")


def edits(client: Any, usulan: int, boxes: list[int], n: int, part: int) -> list[float]:
    """Times of n edits, each of another box, in seconds."""
    times = []
    for i in range(n):
        body = json.dumps(
            {"operasi": [{"jenis": "ubah-k", "posisi_id": boxes[i * 7 % len(boxes)], "k": 5 + i % 9}], "kunci": f"{usulan}-{part}-{i}"}
        )  # fmt: skip
        start = time.perf_counter()
        answer = client.post(f"/usulan/{usulan}/operasi", body, content_type="application/json")
        times.append(time.perf_counter() - start)
        assert answer.status_code == 200, answer.content[:300]
        assert not answer.json()["muat_ulang"]
    return times


def measure_script() -> bool:
    """All script the page of a draft loads, gzipped."""
    files = [DIST / name for name in ("tema.js", "aplikasi.js", "sunting.js")]
    size = sum(len(gzip.compress(path.read_bytes(), 9)) for path in files)
    return report("usulan_halaman_js_gz", size / 1000, "kB", JS_MAKS_KB, n=len(files))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kecil", action="store_true", help="a tenth of the size")
    share = 10 if parser.parse_args().kecil else 1
    n_unor, n_posisi, n_edit = 10_000 // share, 50_000 // share, 5000 // share
    with throwaway_server():
        from petajabatan.runtime.install import setup_django

        setup_django("web")
        from petajabatan.inti.dinding import scope_of
        from petajabatan.usulan.services import add_operations, create_usulan

        instansi = make_map("UB", n_unor, n_posisi)
        actor, client = make_operator(instansi)
        boxes = boxes_of(instansi)
        with scope_of(actor):
            fresh = create_usulan(actor, instansi, judul="Draf kosong").pk
            usulan = create_usulan(actor, instansi, judul="Draf besar").pk

        for start in range(0, n_edit, 500):
            with scope_of(actor):
                add_operations(
                    actor, usulan,
                    [{"jenis": "ubah-kelas", "posisi_id": key, "kelas": 9} for key in boxes[start : start + 500]],
                )  # fmt: skip
        analyze()  # as autovacuum does within a minute
        first, late = [], []
        for part in range(6):  # turn by turn, so that what else the machine does weighs on both alike
            own = boxes[-(part + 1) * 200 :][:200]
            first += edits(client, fresh, own, 25, part)[5:]
            late += edits(client, usulan, own, 25, part)[5:]

        def opened(*urls: str) -> list[float]:
            """Best times of several pages, asked for turn by turn."""
            best = [float("inf")] * len(urls)
            for _ in range(20):
                for n, url in enumerate(urls):
                    start = time.perf_counter()
                    assert client.get(url).status_code == 200
                    best[n] = min(best[n], time.perf_counter() - start)
            return best

        good = measure_script()
        published, draft = opened("/peta/UB/", f"/usulan/{usulan}/peta/")
        good &= report(
            "usulan_buka", 1000 * draft, "ms", BUKA_RASIO, "ratio", ratio=draft / published, n=n_edit
        )
        node = client.get("/peta/UB/awal").json()["unor"][5][0]
        base, mine = opened(f"/peta/UB/bawah/{node}", f"/usulan/{usulan}/peta/bawah/{node}")
        report("usulan_buka_bawah", 1000 * mine, "ms", ratio=mine / base, n=n_edit)
        report(
            "usulan_hanya_berubah", 1000 * opened(f"/usulan/{usulan}/peta/awal?hanya=1")[0], "ms", n=n_edit
        )
        report("usulan_beda_halaman", 1000 * opened(f"/usulan/{usulan}/beda/")[0], "ms", 1000, n=n_edit)
        report("usulan_kabar", 1000 * opened(f"/usulan/{usulan}/peta/kabar?nomor=0")[0], "ms", n=n_edit)
        p95 = percentile(late, 0.95)
        good &= report("usulan_ubah_p95", 1000 * p95, "ms", EDIT_P95_MS, n=n_edit)
        middle = percentile(late, 0.5)
        good &= report(
            "usulan_ubah_median", 1000 * middle, "ms", SEJARAH, "ratio",
            ratio=middle / percentile(first, 0.5), n=len(late),
        )  # fmt: skip
    return 0 if good else 1


if __name__ == "__main__":
    raise SystemExit(main())
