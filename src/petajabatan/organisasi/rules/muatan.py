"""A load: the complete organisation of one instansi as a file or a generator hands it over.

Plain values. Keys (``kunci``) only tie the rows of one load together; what a unit *is* across loads is said
by ``id`` (ours), ``id_siasn`` or the local code under which an earlier load brought it in.
"""

from __future__ import annotations

from dataclasses import dataclass, field

KOLOM_UNOR = (
    "nama_jabatan",
    "jenis",
    "eselon",
    "wilayah",
    "urusan",
    "cepat_kode",
    "dasar_hukum_id",
    "pasal",
    "halaman",
)
"""Attributes of a unit that a load may leave out; a unit already on the map then keeps what it has."""

ESELON_TANPA = frozenset({"", "00", "99"})
"""SIASN codes that mean 'no eselon'."""


@dataclass(slots=True)
class UnorMuatan:
    """One unit. ``atasan``: key of its head unit (None: the root); ``eselon``, ``wilayah``: codes.

    ``urutan`` None: units already on the map keep their order, new ones get their place in the load.
    ``baris`` is the row of the source, for findings.
    """

    kunci: str
    atasan: str | None
    nama: str
    nama_jabatan: str = ""
    jenis: str = "struktural"
    eselon: str | None = None
    wilayah: str | None = None
    urusan: tuple[str, ...] = ()
    cepat_kode: str = ""
    dasar_hukum_id: int | None = None
    pasal: str = ""
    halaman: str = ""
    urutan: int | None = None
    id: int | None = None
    id_siasn: str | None = None
    baris: int | None = None


@dataclass(slots=True)
class PosisiMuatan:
    """One box on the unit with key ``unor``. ``k`` in persons, None where no need has been determined.

    ``jenis``: struktural, fungsional, pelaksana; the latter two need ``jabatan_id``. ``jenjang`` is a code.
    """

    unor: str
    nama: str
    jenis: str
    jabatan_id: int | None = None
    jenjang: str | None = None
    kepala: bool = False
    kelas: int | None = None
    k: int | None = None
    urutan: int | None = None
    baris: int | None = None


@dataclass(slots=True)
class KodeMuatan:
    """An external code of the unit with key ``unor``: jenis npsn, puskesmas, rs, satusehat, sisdmk, lokal."""

    unor: str
    jenis: str
    kode: str
    baris: int | None = None


@dataclass(slots=True)
class Muatan:
    """Everything one load carries. ``posisi`` None: the load says nothing about boxes, those of the map stay
    (only heads are added); a list is the complete list. ``kolom`` names the attributes of ``KOLOM_UNOR`` that
    the load carries. ``lengkap`` False: units absent from the load stay as they are."""

    unor: list[UnorMuatan]
    posisi: list[PosisiMuatan] | None = None
    kode: list[KodeMuatan] = field(default_factory=list)
    kolom: frozenset[str] = frozenset(KOLOM_UNOR)
    lengkap: bool = True


def wants_head(unor: UnorMuatan) -> bool:
    """Whether a head box follows from the unit alone: it names a jabatan pimpinan and has an eselon."""
    return bool(unor.nama_jabatan) and (unor.eselon or "") not in ESELON_TANPA
