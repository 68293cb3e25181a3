"""Figures of the ABK grid and the recap: one edited cell to new totals, storing, comparison, recap and workbook.

    python bench/bench_abk.py            # all
    python bench/bench_abk.py --kecil    # a tenth of the size, for trying out

Server time of one edited cell is the whole request as the page sends it (session, scope, reading the cells of all
rows, exact sums, findings, JSON), in this process, as the web role behind the wall; the bare figure of the same run
is the pure calculation of the same sheet with its JSON. Runs on a throw-away embedded PostgreSQL.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

from _data import make_map
from _lari import percentile, report, throwaway_server
from bench_usulan import account, ids_of

BATAS_HITUNG_MS, BATAS_SIMPAN_MS, BATAS_SEBARAN_MS, BATAS_REKAP_DETIK = 100, 300, 250, 1.0
BATAS_HALAMAN_MS = 100
BARIS, SUNTINGAN = 200, 100
PENDEKATAN = ("tugas", "tugas", "tugas", "tugas", "tugas", "tugas", "hasil", "objek", "peralatan")


def sheet_rows(n: int, seed: int) -> list[dict[str, Any]]:
    """Rows as an office has them: mostly tasks, texts of a line or two, figures with decimals."""
    rnd = random.Random(seed)
    return [
        {
            "uraian": f"Menyiapkan bahan {i} dan menyusun laporan kegiatan unit kerja menurut ketentuan yang berlaku",
            "satuan": "laporan",
            "pendekatan": rnd.choice(PENDEKATAN),
            "volume": f"{rnd.randint(1, 240)}.{rnd.randint(1, 9)}",
            "norma": str(rnd.randint(30, 4800)),
            "pegawai": 1,
            "giliran": 1,
        }
        for i in range(n)
    ]


def timed(n: int, call: Callable[[int], object]) -> list[float]:
    """Milliseconds of each of n calls, after three that warm up."""
    times = []
    for i in range(n + 3):
        start = time.perf_counter()
        call(i)
        times.append((time.perf_counter() - start) * 1000)
    return times[3:]


def measure(n_unor: int, n_posisi: int, n_lembar: int) -> bool:
    from django.test import Client

    from petajabatan.akun.models import Pengguna
    from petajabatan.anjab.abk_xlsx import recap_xlsx
    from petajabatan.anjab.queries.abk import compare_norms, draft_sheet
    from petajabatan.anjab.queries.abk_rekap import draft_recap, hints, published_recap
    from petajabatan.anjab.rules.abk_hitung import Kotak, calculate, document
    from petajabatan.inti.actor import sistem
    from petajabatan.inti.dinding import scope_of
    from petajabatan.inti.jam import today
    from petajabatan.jabatan.data_abk import abk_reference
    from petajabatan.referensi.models import Instansi
    from petajabatan.usulan.models import Persetujuan, Usulan
    from petajabatan.usulan.services import add_operations, create_usulan
    from petajabatan.usulan.services.terbit import Penetapan, publish_usulan

    make_map("8802", n_unor, n_posisi)
    with scope_of(sistem("bench")):
        instansi_id = Instansi.objects.get(kode_cepat="8802").pk
        operator = account("ukur.operator", "instansi-operator-sotk", instansi_id)
        penyetuju = account("ukur.penyetuju", "instansi-penetapan-sotk", instansi_id)
        _units, boxes, _jabatan = ids_of(instansi_id)
        user = Pengguna.objects.get(username="ukur.operator")
    chosen = random.Random(7).sample(boxes, n_lembar)
    with scope_of(operator):
        usulan = create_usulan(operator, instansi_id, judul="Ukur ABK")
    for part in range(0, len(chosen), 250):
        with scope_of(operator):
            add_operations(
                operator, usulan.pk,
                [{"jenis": "tulis-isian", "posisi_id": key, "bagian": "abk", "isi": {"baris": sheet_rows(8, key)}}
                 for key in chosen[part : part + 250]],
            )  # fmt: skip
    start = time.perf_counter()
    with scope_of(operator):
        rekap = draft_recap(Usulan.objects.get(pk=usulan.pk))
    report("abk_rekap_draf", time.perf_counter() - start, "detik", n=len(rekap.kotak))
    with scope_of(sistem("bench")):
        usulan.refresh_from_db()
        for pihak in ("instansi", "bkn"):
            Persetujuan.objects.create(
                usulan=usulan, instansi_id=instansi_id, pihak=pihak, revisi=usulan.revisi
            )
        for status in ("menunggu_persetujuan", "diajukan", "diverifikasi", "disetujui"):
            Usulan.objects.filter(pk=usulan.pk).update(status=status)
    with scope_of(penyetuju):
        publish_usulan(penyetuju, usulan.pk, Penetapan("1", today(), today()))
    with scope_of(operator):
        draft = create_usulan(operator, instansi_id, judul="Ukur ABK lagi", layanan="infojab")

    client = Client(SERVER_NAME="localhost")
    with scope_of(sistem("bench")):
        client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    box = next(key for key in boxes if key not in set(chosen))
    base = f"/anjab/usulan/{draft.pk}/abk/{box}"
    rows = sheet_rows(BARIS, 1)

    def edited(i: int) -> bytes:
        """The sheet with one cell typed anew."""
        row = rows[i % BARIS] | {"volume": None, "mentah": {"volume": f"{i + 1},5"}}
        return json.dumps({"baris": [*rows[: i % BARIS], row, *rows[i % BARIS + 1 :]]}).encode()

    def ask(path: str, body: bytes) -> None:
        answer = client.post(f"{base}/{path}/", body, content_type="application/json")
        if answer.status_code != 200:
            raise RuntimeError(f"{path}: {answer.status_code} {answer.content[:300]!r}")

    acuan, kotak = abk_reference(today()), Kotak("pelaksana", b=1)

    def bare(i: int) -> None:
        json.dumps(document(calculate(json.loads(edited(i)), kotak, acuan), kotak, acuan))

    plain = percentile(timed(SUNTINGAN, bare), 0.5)
    report("abk_hitung_rumus_saja", plain, "ms", n=BARIS)
    begun = time.process_time()
    times = timed(SUNTINGAN, lambda i: ask("hitung", edited(i)))
    cpu = (time.process_time() - begun) / (SUNTINGAN + 3) * 1000
    p95 = percentile(times, 0.95)
    ok = report("abk_hitung_200_baris_p95", p95, "ms", BATAS_HITUNG_MS, n=len(times))
    report("abk_hitung_200_baris_cpu", cpu, "ms", n=len(times))
    median = percentile(times, 0.5)
    report("abk_hitung_200_baris_median", median, "ms", ratio=median / plain, n=len(times))
    with_what_if = timed(20, lambda i: ask("hitung", edited(i)[:-1] + b', "andai": {"volume": "+20%"}}'))
    report("abk_andai_200_baris_p95", percentile(with_what_if, 0.95), "ms", n=len(with_what_if))
    saves = timed(SUNTINGAN // 2, lambda i: ask("simpan", edited(i)))
    p95 = percentile(saves, 0.95)
    ok &= report("abk_simpan_200_baris_p95", p95, "ms", BATAS_SIMPAN_MS, n=len(saves))

    with scope_of(operator):
        sheet = draft_sheet(operator, draft.pk, box)
        isi = {"baris": rows}
        found = compare_norms(sheet.acuan, sheet.posisi.jabatan_id, box, isi)
        compared = timed(10, lambda _i: compare_norms(sheet.acuan, sheet.posisi.jabatan_id, box, isi))
    p95 = percentile(compared, 0.95)
    ok &= report("abk_sebaran_200_baris", p95, "ms", BATAS_SEBARAN_MS, n=found.n)

    with scope_of(operator):
        start = time.perf_counter()
        rekap = published_recap(instansi_id)
        rekap.per_unit(rekap.kotak)
        hints(rekap.acuan, rekap.kotak)
        seconds = time.perf_counter() - start
        start = time.perf_counter()
        recap_xlsx(rekap, "Ukur", "versi 2")
        book = time.perf_counter() - start
    ok &= report("abk_rekap_terbit", seconds, "detik", BATAS_REKAP_DETIK, n=len(rekap.kotak))
    report("abk_rekap_xlsx", book, "detik", n=len(rekap.kotak))
    addresses = [
        f"{page}?lihat={lihat}"
        for page in (f"/anjab/{instansi_id}/abk/", f"/anjab/usulan/{draft.pk}/abk/")
        for lihat in ("kotak", "unit", "jabatan", "petunjuk")
    ]
    for address in addresses:
        client.get(address)
    p95 = percentile(timed(5 * len(addresses), lambda i: client.get(addresses[i % len(addresses)])), 0.95)
    ok &= report("abk_rekap_halaman_p95", p95, "ms", BATAS_HALAMAN_MS, n=len(rekap.kotak))
    return ok


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kecil", action="store_true", help="sepersepuluh ukurannya")
    args = parser.parse_args()
    with throwaway_server():
        from petajabatan.runtime import install

        install.setup_django("web")
        scale = 10 if args.kecil else 1
        return 0 if measure(2_000 // scale, 10_000 // scale, 3_000 // scale) else 1


if __name__ == "__main__":
    sys.exit(main())
