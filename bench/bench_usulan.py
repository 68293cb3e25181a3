"""Figures of a draft: one edit, many operations, publication, difference — on 10,000 units and 50,000 boxes.

    python bench/bench_usulan.py            # all
    python bench/bench_usulan.py --kecil    # a tenth of the size, for trying out

Server time of an edit is what the service takes inside the request's own transaction and scope: operation,
checks, totals, findings, audit. Runs on a throw-away embedded PostgreSQL as the web role behind the wall.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

from _data import make_map
from _lari import percentile, report, throwaway_server

BATAS_SUNTING_MS, BATAS_TERBIT_PER_DETIK, BATAS_BEDA_DETIK, BATAS_TUMBUH = 150, 1000, 1.0, 1.5
SUNTINGAN, BANYAK = 200, 5000


def account(nama: str, peran: str, instansi_id: int) -> Any:
    """An account with one role on the measured instansi, as the actor of a request."""
    from petajabatan.akun.models import Pengguna, Peran
    from petajabatan.akun.queries import actor_of

    user, _ = Pengguna.objects.get_or_create(username=nama, defaults={"nama": nama})
    Peran.objects.get_or_create(
        pengguna=user, peran=peran, lingkup="instansi", instansi_id=instansi_id,
        defaults={"berlaku_dari": dt.date(2020, 1, 1)},
    )  # fmt: skip
    return actor_of(user)


def ids_of(instansi_id: int) -> tuple[list[int], list[int], int]:
    """Units that lead nothing big, boxes that are no head, a jabatan of the list."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT unor_id FROM unor_kini WHERE instansi_id = %s AND kedalaman >= 3", [instansi_id]
        )
        units = [row[0] for row in cursor.fetchall()]
        cursor.execute(
            "SELECT posisi_id, jabatan_id FROM posisi_riwayat WHERE instansi_id = %s AND hingga = 2147483647"
            " AND NOT kepala",
            [instansi_id],
        )
        rows = cursor.fetchall()
    return units, [row[0] for row in rows], rows[0][1]


def edits(units: list[int], boxes: list[int], jabatan: int, n: int, seed: int) -> list[dict[str, Any]]:
    """What an operator does in a day: needs, classes, new posts and units, moves, corrections, removals."""
    rnd = random.Random(seed)
    made: list[dict[str, Any]] = []
    for i in range(n):
        unit, box = rnd.choice(units), rnd.choice(boxes)
        made.append(
            rnd.choices(
                (
                    {"jenis": "ubah-k", "posisi_id": box, "k": rnd.randint(0, 9)},
                    {"jenis": "ubah-kelas", "posisi_id": box, "kelas": rnd.randint(4, 8)},
                    {"jenis": "tambah-posisi", "unor_id": unit, "jenis_posisi": "pelaksana",
                     "jabatan_id": jabatan, "k": 1, "kelas": 6},
                    {"jenis": "tambah-unor", "atasan_id": unit, "nama": f"Subbagian Tambahan {seed} {i}",
                     "nama_jabatan": "Kepala Subbagian Tambahan", "eselon": "41"},
                    {"jenis": "pindah-unor", "unor_id": unit, "atasan_id": rnd.choice(units)},
                ),
                weights=(50, 20, 15, 10, 5),
            )[0]
        )  # fmt: skip
    return made


def timed_edits(actor: Any, usulan_id: int, operations: list[dict[str, Any]]) -> list[float]:
    """Milliseconds of each edit as its own request; those the rules refuse (a move under itself) are not
    counted."""
    from petajabatan.inti.dinding import scope_of
    from petajabatan.inti.temuan import Ditolak
    from petajabatan.usulan.services import add_operations

    times = []
    for operation in operations:
        start = time.perf_counter()
        try:
            with scope_of(actor):
                add_operations(actor, usulan_id, [operation])
        except Ditolak:
            continue
        times.append((time.perf_counter() - start) * 1000)
    return times


def measure(n_unor: int, n_posisi: int, many: int) -> bool:
    from petajabatan.inti.actor import sistem
    from petajabatan.inti.dinding import scope_of
    from petajabatan.inti.jam import today
    from petajabatan.jabatan.queries import difference
    from petajabatan.organisasi.models import DasarHukum
    from petajabatan.usulan.models import Operasi, Persetujuan, Usulan
    from petajabatan.usulan.services import add_operations, create_usulan
    from petajabatan.usulan.services.terbit import Penetapan, publish_usulan

    make_map("8801", n_unor, n_posisi)
    with scope_of(sistem("bench")):
        from petajabatan.referensi.models import Instansi

        instansi_id = Instansi.objects.get(kode_cepat="8801").pk
        operator = account("ukur.operator", "instansi-operator-sotk", instansi_id)
        penyetuju = account("ukur.penyetuju", "instansi-penetapan-sotk", instansi_id)
        units, boxes, jabatan = ids_of(instansi_id)
        basis = DasarHukum.objects.create(
            instansi_id=instansi_id, jenis="Perbup", nomor="1", tahun=2026, tentang="Susunan organisasi"
        )
    with scope_of(operator):
        usulan = create_usulan(operator, instansi_id, judul="Ukur", dasar_hukum_id=basis.pk)
    timed_edits(operator, usulan.pk, edits(units, boxes, jabatan, 20, 1))
    early = timed_edits(operator, usulan.pk, edits(units, boxes, jabatan, SUNTINGAN, 2))
    p95 = percentile(early, 0.95)
    ok = report("usulan_sunting_p95", p95, "ms", BATAS_SUNTING_MS, n=len(early))
    report("usulan_sunting_median", percentile(early, 0.5), "ms", n=len(early))

    rnd = random.Random(5)
    chosen = rnd.sample(boxes, min(many, len(boxes)))
    start = time.perf_counter()
    with scope_of(operator):
        add_operations(
            operator, usulan.pk, [{"jenis": "ubah-kelas", "posisi_id": box, "kelas": 7} for box in chosen]
        )
    report("usulan_5000_operasi_sekaligus", time.perf_counter() - start, "detik", n=len(chosen))
    late = timed_edits(operator, usulan.pk, edits(units, boxes, jabatan, SUNTINGAN, 3))
    late95 = percentile(late, 0.95)
    ok &= report("usulan_sunting_sesudah_5000", late95, "ms", BATAS_TUMBUH, "ratio", late95 / p95, len(late))

    with scope_of(sistem("bench")):
        n_operasi = Operasi.objects.filter(usulan=usulan).count()
        usulan.refresh_from_db()
        for pihak in ("instansi", "bkn"):
            Persetujuan.objects.create(
                usulan=usulan, instansi_id=instansi_id, pihak=pihak, revisi=usulan.revisi
            )
        for status in ("menunggu_persetujuan", "diajukan", "diverifikasi", "disetujui"):
            Usulan.objects.filter(pk=usulan.pk).update(status=status)
    start = time.perf_counter()
    with scope_of(penyetuju):
        day = today()
        publish_usulan(penyetuju, usulan.pk, Penetapan("1", day, day))
    seconds = time.perf_counter() - start
    ok &= report(
        "usulan_terbit_operasi_per_detik", n_operasi / seconds, "operasi/detik", BATAS_TERBIT_PER_DETIK,
        n=n_operasi, higher_is_better=True,
    )  # fmt: skip
    start = time.perf_counter()
    with scope_of(operator):
        found = difference(instansi_id, 1, 2)
    ok &= report(
        "usulan_beda_versi", time.perf_counter() - start, "detik", BATAS_BEDA_DETIK,
        n=len(found.unor) + len(found.posisi),
    )  # fmt: skip
    return ok


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kecil", action="store_true", help="sepersepuluh ukurannya")
    args = parser.parse_args()
    with throwaway_server():
        from petajabatan.runtime import install

        install.setup_django("web")
        scale = 10 if args.kecil else 1
        return 0 if measure(10_000 // scale, 50_000 // scale, BANYAK // scale) else 1


if __name__ == "__main__":
    sys.exit(main())
