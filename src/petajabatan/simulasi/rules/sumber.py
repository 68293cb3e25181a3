"""The official lists a nation is made of, by the names of their files without ``.gz``."""

from __future__ import annotations

from collections.abc import Iterable

PERLU = (
    "instansi.json",
    "rumpunjabatan.json",
    "kelasjabatan.json",
    "jabatanfungsional.json",
    "jabatanpelaksana.json",
    "pendidikan.json",
    "provinces.csv",
    "regencies.csv",
    "districts.csv",
    "bkn_instansi__kemendagri.csv",
    "dapodik_kab__kemendagri.csv",
    "wilayah_administratif.csv",
    "sekolah.csv",
    "puskesmas.csv",
    "rumah_sakit.csv",
)


def missing(found: Iterable[str]) -> list[str]:
    """Which of the lists are not among these file names (lower case, without ``.gz``)."""
    there = set(found)
    return [name for name in PERLU if name not in there]
