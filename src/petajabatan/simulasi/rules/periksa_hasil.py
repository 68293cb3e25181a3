"""The run's own check: what the workers wrote against what the database holds. Pure."""

from __future__ import annotations

from typing import Any

PADAN = {
    "instansi": "n_instansi", "unor": "n_unor", "posisi": "n_posisi", "orang": "n_pegawai",
    "riwayat": "n_riwayat",
    "kode": "n_kode", "infojab": "n_infojab", "isian": "n_isian",
}  # fmt: skip
"""Count of the workers → count in the database."""


def beda_hitungan(hitung: dict[str, Any], ringkas: dict[str, Any]) -> list[str]:
    """One sentence (Indonesian) per count that differs; empty when all agree."""
    beda = [
        f"{nama}: ditulis {hitung.get(nama, 0)}, terbaca {ringkas[kunci]}"
        for nama, kunci in PADAN.items()
        if hitung.get(nama, 0) != ringkas[kunci]
    ]
    for nama, kunci in (("jenis", "jenis"), ("cacat", "cacat")):
        terbaca = dict(ringkas[kunci])
        for k in sorted(terbaca.keys() | hitung[nama].keys()):
            if k in terbaca and terbaca[k] != hitung[nama].get(k, 0):
                beda.append(f"{nama} {k}: ditulis {hitung[nama].get(k, 0)}, terbaca {terbaca[k]}")
    return beda
