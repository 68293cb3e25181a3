"""Jabatan of the references as the structures need them: by name, by family, with kelas and demands."""

from __future__ import annotations

import functools
from collections.abc import Iterable

from petajabatan.demo.orang import GOLONGAN, Syarat, kualifikasi
from petajabatan.demo.susunan import KELAS_DOKTER, KELAS_JF, KELAS_PELAKSANA
from petajabatan.simulasi.rules.bentuk import JabatanAcuan

AKHIRAN = {
    "Pemula": "PM", "Pelaksana Pemula": "PM", "Terampil": "TR", "Pelaksana / Terampil": "TR", "Mahir": "MH",
    "Pelaksana Lanjutan / Mahir": "MH", "Penyelia": "PY", "Ahli Pertama": "PT",
    "Pertama / Ahli Pertama": "PT",
    "Ahli Muda": "MU", "Muda / Ahli Muda": "MU", "Ahli Madya": "MA", "Madya / Ahli Madya": "MA",
}  # fmt: skip
"""Endings of a JF's name and the jenjang they stand for (names of SIASN's list)."""
KELUARGA_LAIN = {
    "Dosen": ("Asisten Ahli", "Lektor", "Lektor Kepala"),
    "Jaksa": ("Jaksa Pratama", "Jaksa Muda / Ahli Muda", "Jaksa Madya / Ahli Madya"),
}
NAKES = (
    "Dokter", "Perawat", "Bidan", "Apoteker", "Asisten Apoteker", "Nutrisionis", "Tenaga Sanitasi",
    "Radiografer",
    "Pranata Laboratorium Kesehatan", "Tenaga Promosi", "Perekam Medis", "Terapis", "Epidemiolog",
    "Fisioterapis",
    "Administrator Kesehatan", "Penata Anestesi",
)  # fmt: skip
"""How the names of health workers' JF begin."""
_JENJANG_GOLONGAN = {"PM": (4, 5), "TR": (6, 7), "MH": (8, 9), "PY": (10, 11), "PT": (8, 9), "MU": (10, 11),
                     "MA": (12, 14), "UT": (15, 16)}  # fmt: skip
_ESELON_GOLONGAN = {"10": (16, 16), "11": (15, 16), "12": (14, 16), "21": (13, 15), "22": (13, 14),
                    "31": (12, 13), "32": (11, 12), "41": (10, 11), "42": (9, 10)}  # fmt: skip
_PELAKSANA = {7: ("pelaksana-s1", 8, 11), 6: ("pelaksana-d3", 6, 10), 5: ("pelaksana-slta", 4, 9),
              3: ("pelaksana-dasar", 0, 5)}  # fmt: skip


class Rujukan:
    """The jabatan of one database by name. ``tercatat``: every jabatan the structures may use."""

    def __init__(self, tercatat: Iterable[JabatanAcuan]) -> None:
        self._nama: dict[str, JabatanAcuan] = {}
        for j in sorted(tercatat, key=lambda j: j.id):
            self._nama.setdefault(j.nama.lower(), j)
        self._keluarga: dict[str, list[JabatanAcuan]] = {}
        for j in self._nama.values():
            if j.jenis == "fungsional":
                for akhiran, jenjang in AKHIRAN.items():
                    if j.nama.endswith(" " + akhiran) and j.jenjang == jenjang:
                        self._keluarga.setdefault(j.nama[: -len(akhiran) - 1], []).append(j)

    def cari(self, nama: str) -> JabatanAcuan | None:
        """The jabatan of this name (letters of either case), if the references have it."""
        return self._nama.get(nama.lower())

    def keluarga(self, nama: str) -> list[JabatanAcuan]:
        """The JF of a family, lowest jenjang first; empty when the references have none."""
        if nama in KELUARGA_LAIN:
            return [j for n in KELUARGA_LAIN[nama] if (j := self.cari(n))]
        urutan = list(KELAS_JF)
        return sorted(self._keluarga.get(nama, []), key=lambda j: urutan.index(j.jenjang or "PM"))


def kelas_jabatan(jabatan: JabatanAcuan, nama: str) -> int:
    """Kelas 1–17: by jenjang for a JF, by the first words of the name for a pelaksana (docs/demo.md)."""
    if jabatan.jenis == "fungsional":
        tabel = KELAS_DOKTER if nama.startswith(("Dokter", "Medik Veteriner")) else KELAS_JF
        return tabel.get(jabatan.jenjang or "", KELAS_JF.get(jabatan.jenjang or "", 8))
    return _kelas_pelaksana(nama)


@functools.cache
def _kelas_pelaksana(nama: str) -> int:
    for awalan in sorted(KELAS_PELAKSANA, key=len, reverse=True):
        if nama.startswith(awalan):
            return KELAS_PELAKSANA[awalan]
    return 5


def is_nakes(nama: str) -> bool:
    """Whether a JF of this name is a health worker's."""
    return nama.startswith(NAKES)


@functools.cache
def syarat_kepala(eselon: str) -> Syarat:
    """What a managerial seat asks: golongan usual for the eselon, age limit (UU 20/2023 Ps 55)."""
    rendah, tinggi = _ESELON_GOLONGAN.get(eselon, (10, 11))
    puncak = eselon in ("10", "11", "12", "21", "22")
    kelompok = "manajerial-puncak" if puncak else "manajerial"
    return Syarat(kelompok, rendah, tinggi, 60 if puncak else 58, *kualifikasi("", kelompok))


@functools.cache
def syarat_jabatan(jabatan: JabatanAcuan, nama: str, kelas: int) -> Syarat:
    """What the seats of a JF or pelaksana ask. ``nama`` may be more precise than the jabatan ("Guru SD
    …")."""
    if jabatan.jenis == "fungsional":
        rendah, tinggi = _JENJANG_GOLONGAN.get(jabatan.jenjang or "", (8, 11))
        kelompok = "keterampilan" if jabatan.jenjang in ("PM", "TR", "MH", "PY") else "keahlian"
        pendidikan, perempuan = kualifikasi(nama, kelompok)
        if pendidikan[0].startswith(("SLTA", "SMA")):
            rendah = min(rendah, 5)
        return Syarat(
            kelompok, rendah, min(tinggi, len(GOLONGAN) - 1), jabatan.bup or 58, pendidikan, perempuan
        )
    kelompok, rendah, tinggi = _PELAKSANA.get(kelas, _PELAKSANA[5])
    return Syarat(kelompok, rendah, tinggi, 58, *kualifikasi(nama, kelompok))
