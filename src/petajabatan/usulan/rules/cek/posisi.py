"""Checks of a box."""

from __future__ import annotations

from collections.abc import Iterator

from petajabatan.usulan.rules.cek.dasar import Subjek, Ujar, cek


@cek("k-di-bawah-b", "Kebutuhan lebih kecil daripada pegawai yang ada", "peringatan", "posisi")
def k_di_bawah_b(s: Subjek) -> Iterator[Ujar]:
    """Fewer people needed than there are (domain 2.3: allowed, flagged)."""
    box = s.posisi()
    people = s.view.orang([box.id]).get(box.id, 0)
    if box.k is not None and people > box.k:
        yield Ujar(
            f"{box.nama}: K {box.k}, padahal {people} pegawai mendudukinya.",
            "Periksa angka kebutuhannya, atau rencanakan perpindahan pegawainya.",
            kolom="k",
            nilai=str(box.k),
        )
