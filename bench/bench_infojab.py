"""Figures of writing informasi jabatan: opening the editor, saving a section, suggestions, the board.

    python bench/bench_infojab.py            # 1,000 units, 6,000 boxes, 600 informasi jabatan published
    python bench/bench_infojab.py --kecil    # a tenth of the size

Runs on a throw-away embedded PostgreSQL as the web role. Times are those of whole requests through the middleware,
without the network.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

from _data import make_map
from _lari import percentile, report, throwaway_server
from bench_usulan_halaman import analyze, make_operator

BUKA_MS, SIMPAN_MS, SARAN_MS, PAPAN_MS, PAPAN_BARU_MS = 150, 150, 150, 100, 2000
SIMPAN_RASIO = 4.0
"""A save reads the editor's state anew; against an edit of K in the same draft by the service alone."""


def content(n: int) -> dict[str, dict[str, Any]]:
    """Thirteen sections, eight tasks, texts as long as real ones; every third text differs from post to post."""
    own = n % 7
    return {
        "ikhtisar": {"ikhtisar": f"Mengolah data urusan {n} dengan cara memeriksa berkas agar data selalu benar."},
        "kualifikasi": {"pendidikan": [{"teks": "S-1 Akuntansi"}], "diklat_teknis": [{"teks": "Kearsipan"}]},
        "tugas_pokok": {
            "tugas_pokok": [
                {"id": i + 1, "uraian": f"Menyusun dokumen urusan {i} tahap {own} sesuai pedoman yang berlaku",
                 "hasil": f"Dokumen {i}", "satuan": "dokumen"}
                for i in range(8)
            ]
        },
        "hasil_kerja": {"hasil_kerja": [{"hasil": f"Dokumen {i}", "satuan": "dokumen"} for i in range(6)]},
        "bahan_kerja": {"bahan_kerja": [{"bahan": f"Berkas {i}", "penggunaan": "Bahan olahan"} for i in range(5)]},
        "perangkat_kerja": {"perangkat_kerja": [{"perangkat": "Komputer", "penggunaan": "Mengolah data"}]},
        "tanggung_jawab": {"tanggung_jawab": [{"teks": f"Kebenaran dokumen {i} bagian {own}"} for i in range(5)]},
        "wewenang": {"wewenang": [{"teks": f"Meminta data {i} bagian {own}"} for i in range(5)]},
        "korelasi": {"korelasi": [{"jabatan": "Kepala", "unit": "Subbagian", "hal": "Arahan"}]},
        "lingkungan": {"lokasi": "Dalam ruangan", "suhu": "Sejuk"},
        "risiko": {"risiko": [{"risiko": "-", "penyebab": "-"}]},
        "syarat": {"bakat": [{"kode": "G", "teks": "Intelegensia"}], "umur": "-"},
        "prestasi": {"prestasi": "Baik"},
    }  # fmt: skip


def written(actor: Any, usulan: int, boxes: list[Any]) -> None:
    """One informasi jabatan for each box."""
    from petajabatan.inti.dinding import scope_of
    from petajabatan.usulan.rules.operasi import BuatInfojab, TulisIsian
    from petajabatan.usulan.services import add_operations

    for start in range(0, len(boxes), 100):
        steps: list[Any] = []
        for n, box in enumerate(boxes[start : start + 100], start):
            steps.append(BuatInfojab(id=-n - 1, posisi_id=(box.posisi_id,)))
            steps += [TulisIsian(infojab_id=-n - 1, bagian=code, isi=isi) for code, isi in content(n).items()]
        with scope_of(actor):
            add_operations(actor, usulan, steps)


def published(actor: Any, usulan: int) -> None:
    """Past all offices, which are not measured here."""
    from petajabatan.inti import jam
    from petajabatan.inti.actor import sistem
    from petajabatan.inti.dinding import scope_of
    from petajabatan.usulan.models import Persetujuan, Usulan
    from petajabatan.usulan.services.terbit import Penetapan, publish_usulan

    with scope_of(sistem("bench")):
        row = Usulan.objects.get(pk=usulan)
        for pihak in ("instansi", "bkn", "bkn-kedua"):
            Persetujuan.objects.create(
                usulan=row, instansi_id=row.instansi_id, pihak=pihak, revisi=row.revisi
            )
        for status in ("menunggu_persetujuan", "diajukan", "diverifikasi", "disetujui"):
            Usulan.objects.filter(pk=usulan).update(status=status)
        publish_usulan(sistem("bench"), usulan, Penetapan("1", jam.today(), jam.today() + dt.timedelta()))


def timed(function: Any, n: int) -> list[float]:
    times = []
    for i in range(n):
        start = time.perf_counter()
        function(i)
        times.append(time.perf_counter() - start)
    return times


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kecil", action="store_true", help="a tenth of the size")
    share = 10 if parser.parse_args().kecil else 1
    n_unor, n_posisi, n_infojab = 1000 // share, 6000 // share, 600 // share
    with throwaway_server():
        from petajabatan.runtime.install import setup_django

        setup_django("web")
        from petajabatan.inti.actor import sistem
        from petajabatan.inti.dinding import scope_of
        from petajabatan.jabatan.models import PosisiRiwayat
        from petajabatan.usulan.services import add_operations, create_usulan

        instansi = make_map("IJ", n_unor, n_posisi)
        actor, client = make_operator(instansi)
        with scope_of(sistem("bench")):
            rows = PosisiRiwayat.objects.filter(instansi_id=instansi, kepala=False, k__gt=0)
            boxes = list(rows.order_by("posisi_id")[: n_infojab + 40])
        with scope_of(actor):
            first = create_usulan(actor, instansi, judul="Pertama", layanan="infojab").pk
        start = time.perf_counter()
        written(actor, first, boxes[:n_infojab])
        report(
            "infojab_tulis_banyak", n_infojab * 14 / (time.perf_counter() - start), "bagian/s", n=n_infojab
        )
        published(actor, first)
        with scope_of(actor):
            usulan = create_usulan(actor, instansi, judul="Kedua", layanan="infojab").pk
        written(actor, usulan, boxes[n_infojab:])
        analyze()
        with scope_of(sistem("bench")):
            from petajabatan.usulan.models import UsulanPosisi

            keys = [
                row["infojab_id"]
                for row in UsulanPosisi.objects.filter(usulan_id=usulan).values_list("sesudah", flat=True)
            ]

        def get(url: str) -> Any:
            answer = client.get(url)
            assert answer.status_code == 200, answer.content[:300]
            return answer

        def save(i: int) -> None:
            body = {"isi": {"tanggung_jawab": [{"teks": f"Kebenaran catatan {i}"}]}, "kunci": f"s{i}"}
            url = f"/anjab/usulan/{usulan}/infojab/{keys[i % len(keys)]}/bagian/tanggung_jawab/"
            answer = client.post(url, json.dumps(body), content_type="application/json")
            assert answer.status_code == 200, answer.content[:300]

        def edit(i: int) -> None:
            with scope_of(actor):
                step = {"jenis": "ubah-k", "posisi_id": boxes[i % len(boxes)].posisi_id, "k": 50 + i}
                add_operations(actor, usulan, [step])

        base = f"/anjab/usulan/{usulan}/infojab/"
        fresh = timed(lambda _i: get(base), 1)[0]
        good = report("infojab_papan_pertama", 1000 * fresh, "ms", PAPAN_BARU_MS, n=n_posisi)
        board = timed(lambda _i: get(base), 15)
        good &= report("infojab_papan_p95", 1000 * percentile(board, 0.95), "ms", PAPAN_MS, n=n_posisi)
        opened = timed(lambda i: get(f"{base}{keys[i % len(keys)]}/"), 60)[10:]
        good &= report("infojab_buka_p95", 1000 * percentile(opened, 0.95), "ms", BUKA_MS, n=len(opened))
        saves, bare = timed(save, 80)[10:], timed(edit, 60)[10:]
        middle = percentile(saves, 0.5) / percentile(bare, 0.5)
        good &= report("infojab_simpan_p95", 1000 * percentile(saves, 0.95), "ms", SIMPAN_MS, n=len(saves))
        good &= report(
            "infojab_simpan_median", 1000 * percentile(saves, 0.5), "ms", SIMPAN_RASIO, "ratio",
            ratio=middle, n=len(saves),
        )  # fmt: skip
        part = "bagian/tugas_pokok/saran/"
        hints = timed(lambda i: get(f"{base}{keys[i % len(keys)]}/{part}"), 40)[5:]
        good &= report("infojab_saran_p95", 1000 * percentile(hints, 0.95), "ms", SARAN_MS, n=n_infojab)
    return 0 if good else 1


if __name__ == "__main__":
    raise SystemExit(main())
