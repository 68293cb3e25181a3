"""Checks of a unit and what stands right below it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from petajabatan.usulan.rules.cek.dasar import Subjek, Ujar, cek


@cek("unit-tanpa-pimpinan", "Unit tanpa jabatan pimpinan", "peringatan", "unor")
def tanpa_pimpinan(s: Subjek) -> Iterator[Ujar]:
    """A unit with an eselon has a head (domain 2.3)."""
    unit = s.unor()
    if unit.eselon not in (None, "", "00", "99") and not any(box.kepala for box in s.kotak()):
        yield Ujar(
            f"{unit.nama} bereselon tetapi belum mempunyai jabatan pimpinan.",
            "Tambahkan jabatan pimpinannya.",
        )


@cek("nama-saudara-ganda", "Nama unit sama di bawah satu atasan", "galat", "unor")
def nama_saudara_ganda(s: Subjek) -> Iterator[Ujar]:
    """Two units of one name right below the same unit cannot be told apart."""
    counts = Counter(" ".join(unit.nama.lower().split()) for unit in s.anak())
    for unit in s.anak():
        if counts[" ".join(unit.nama.lower().split())] > 1:
            yield Ujar(
                f"Di bawah {s.unor().nama} ada lebih dari satu unit bernama “{unit.nama}”.",
                "Bedakan namanya sesuai peraturan, atau hapus yang ganda.",
                kolom="nama",
                pada=("unor", unit.id),
            )
