"""Hints for a verifier: sums that look tuned (recommendations of ours, never refusals)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from fractions import Fraction

from petajabatan.inti.temuan import Temuan
from petajabatan.jabatan.rules.abk.ambang import AmbangAbk
from petajabatan.jabatan.rules.abk.angka import exact, write_number
from petajabatan.jabatan.rules.abk.hitung import HasilAbk


def near_rounding(hasil: HasilAbk, ambang: AmbangAbk) -> Temuan | None:
    """The sum lies just above the point at which it is rounded up: one person hangs on little work."""
    policy = hasil.kebijakan
    if hasil.jumlah is None or policy.tetap is not None:
        return None
    over = hasil.jumlah % 1 - exact(policy.ambang)
    if not (0 <= over <= exact(ambang.jarak_bulat)) or (policy.ketat and over == 0):
        return None
    minutes = over * Fraction(hasil.waktu.menit_setahun)
    return Temuan(
        "abk-tepat-di-atas",
        "catatan",
        f"Jumlah {write_number(hasil.jumlah, 4)} tepat di atas titik pembulatan: "
        f"selisih {write_number(minutes, 0)} menit setahun menentukan satu orang.",
        "Periksa volume dan norma yang menentukan.",
        kolom="jumlah",
        nilai=write_number(hasil.jumlah, 4),
    )


def repeated_sums(jumlah: Iterable[tuple[str, Fraction]], ambang: AmbangAbk) -> list[Temuan]:
    """The same exact Σ (persons, not zero) on many units for one jabatan: probably copied, not measured.

    ``jumlah`` are (unit, Σ) of one jabatan.
    """
    units: dict[Fraction, list[str]] = defaultdict(list)
    for unit, total in jumlah:
        if total:
            units[total].append(unit)
    return [
        Temuan(
            "abk-jumlah-berulang",
            "catatan",
            f"Jumlah {write_number(total, 4)} sama persis pada {len(names)} unit: {', '.join(names[:3])}"
            f"{', …' if len(names) > 3 else ''}.",
            "Pastikan volume tiap unit diukur sendiri, bukan disalin.",
            tempat=names[0],
            kolom="jumlah",
            nilai=write_number(total, 4),
        )
        for total, names in units.items()
        if len(names) >= ambang.jumlah_berulang
    ]
