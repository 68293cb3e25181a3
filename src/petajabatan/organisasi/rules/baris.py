"""Rows of a unit file as they were read: text only, nothing judged yet."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class BarisUnor:
    """A row of units. ``dalam``: the depth a name prefix stated (``--`` per level), if there is one."""

    baris: int
    id: str
    atasan: str
    nama: str
    nama_jabatan: str = ""
    jenis: str = ""
    eselon: str = ""
    wilayah: str = ""
    urusan: str = ""
    cepat_kode: str = ""
    dasar_hukum: str = ""
    pasal: str = ""
    halaman: str = ""
    instansi: str = ""
    dalam: int | None = None


@dataclass(slots=True)
class BarisPosisi:
    baris: int
    unor: str
    nama: str
    jenis: str = ""
    id_jabatan: str = ""
    jenjang: str = ""
    kepala: str = ""
    kelas: str = ""
    k: str = ""


@dataclass(slots=True)
class BarisKode:
    baris: int
    unor: str
    jenis: str
    kode: str


@dataclass(slots=True)
class Bacaan:
    """What a file contains. ``kolom`` are the unit columns it carries (names of BarisUnor); ``posisi`` None:
    the file has no boxes. ``lembar`` names the sheets of units, boxes and codes for findings.
    ``kunci_siasn``: ids of the file are SIASN's own even when they do not look like it. ``usulan``,
    ``operasi``: the draft a workbook was written from (its number) and its last operation then."""

    format: str
    unor: list[BarisUnor]
    kolom: frozenset[str]
    posisi: list[BarisPosisi] | None = None
    kode: list[BarisKode] = field(default_factory=list)
    instansi: str = ""
    kunci_siasn: bool = True
    usulan: str = ""
    operasi: int | None = None
    lembar: tuple[str, str, str] = ("berkas", "Posisi", "Kode")
