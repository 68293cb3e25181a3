"""Judging renames: precision, recall and F1 of "koreksi" on the labelled pairs, and the time of one judgement.

Thresholds were chosen on the pairs marked latih; the promise is kept on those marked uji. No database.
"""

from __future__ import annotations

import datetime as dt
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))
from _lari import percentile, report

from petajabatan.usulan.data_nama import contoh_nama, muat_aturan_nama
from petajabatan.usulan.rules.nama import nilai_perubahan_nama

PRESISI, DAYA_TEMU, MILIDETIK = 0.95, 0.90, 2.0
ULANG = 20


def main() -> int:
    ok = True
    aturan = muat_aturan_nama(dt.date.today())
    pairs = contoh_nama()
    for part in ("latih", "uji"):
        chosen = [pair for pair in pairs if pair.bagian == part]
        judged = [
            (nilai_perubahan_nama(c.lama, c.baru, aturan).putusan != "reorganisasi", c.label == "koreksi")
            for c in chosen
        ]
        both = sum(said and true for said, true in judged)
        precision = both / max(1, sum(said for said, _ in judged))
        recall = both / max(1, sum(true for _, true in judged))
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        limits = (PRESISI, DAYA_TEMU) if part == "uji" else (None, None)
        n = len(chosen)
        ok &= report(f"nama_presisi_{part}", precision, "bagian", limits[0], n=n, higher_is_better=True)
        ok &= report(f"nama_daya_temu_{part}", recall, "bagian", limits[1], n=n, higher_is_better=True)
        ok &= report(f"nama_f1_{part}", f1, "bagian", n=n)

    # Each pair takes its best of ULANG: what the judgement costs, not what the machine does besides.
    times = []
    for pair in pairs:
        best = float("inf")
        for _ in range(ULANG):
            begun = time.perf_counter()
            nilai_perubahan_nama(pair.lama, pair.baru, aturan)
            best = min(best, time.perf_counter() - begun)
        times.append(best * 1000)
    ok &= report("nama_satu_penilaian_median", percentile(times, 0.5), "ms", MILIDETIK, n=len(pairs))
    ok &= report("nama_satu_penilaian_terlama", max(times), "ms", MILIDETIK, n=len(pairs))
    return 0 if ok else 1


if __name__ == "__main__":
    sys.exit(main())
