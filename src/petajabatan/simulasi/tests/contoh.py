"""Small inputs for the tests of the rules: a kabupaten, a ministry, and the jabatan of the demonstration."""

from __future__ import annotations

import functools

from petajabatan.demo import sumber
from petajabatan.simulasi.rules.bentuk import Bahan, Daerah, Fasilitas, JabatanAcuan
from petajabatan.simulasi.rules.rujukan import Rujukan

KAB = Daerah("33.17", "Kabupaten Rembang", (("33.17.01", "Sumber"), ("33.17.10", "Rembang")))
PROV = Daerah("33", "Jawa Tengah")


@functools.cache
def rujukan() -> Rujukan:
    return Rujukan(
        JabatanAcuan(n, r["nama"], r["jenis"], r["jenjang"] or None, int(r["bup"] or 0) or None)
        for n, r in enumerate(sumber.baris("jabatan"), 1)
    )


def bahan(jenis: str = "KAB", sekolah: int = 3) -> Bahan:
    fasilitas = [
        Fasilitas("sekolah", f"2031{n:04}", f"SD NEGERI {n} SUMBER", "SD", "33.17", "Kec. Sumber")
        for n in range(sekolah)
    ]
    fasilitas += [
        Fasilitas("puskesmas", "1031851", "PUSKESMAS SUMBER", "", "33.17", ""),
        Fasilitas("rumah-sakit", "3317015", "RS UMUM DAERAH REMBANG", "", "33.17", ""),
    ]
    if jenis == "PUSAT":
        return Bahan("A" * 32, "Badan Pusat Statistik", jenis, "4016", None, (PROV, KAB), ())
    if jenis == "PROV":
        return Bahan(
            "B" * 32, "Pemerintah Provinsi Jawa Tengah", jenis, "6000", "33", (KAB,), tuple(fasilitas)
        )
    return Bahan("C" * 32, "Pemerintah Kab. Rembang", jenis, "6413", "33.17", (KAB,), tuple(fasilitas))
