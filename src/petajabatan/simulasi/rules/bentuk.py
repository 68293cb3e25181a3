"""Shapes of a simulated organisation: plain values, as small as half a million units ask for."""

from __future__ import annotations

from dataclasses import dataclass, field

from petajabatan.demo.orang import Syarat


@dataclass(frozen=True, slots=True)
class JabatanAcuan:
    """A jabatan of the references. ``jenjang`` code or None (pelaksana), ``bup`` years."""

    id: int
    nama: str
    jenis: str
    jenjang: str | None
    bup: int | None


@dataclass(slots=True)
class Kotak:
    """A box: ``k`` persons needed, ``isi`` persons to be seated, ``syarat`` what the seat asks of a
    person."""

    nama: str
    jenis: str
    jabatan_id: int | None
    jenjang: str | None
    kelas: int
    k: int
    isi: int
    syarat: Syarat
    kepala: bool = False


@dataclass(slots=True)
class Unit:
    """A unit; ``atasan`` is the index of its head unit in the list (None: the root), parents come first."""

    nama: str
    nama_jabatan: str
    jenis: str
    ragam: str
    eselon: str | None
    wilayah: str | None
    urusan: tuple[str, ...]
    atasan: int | None
    kode: tuple[tuple[str, str, bool], ...] = ()
    """Codes by which others know it: kind, code, whether the link is active."""
    kotak: list[Kotak] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Daerah:
    """A region with its kecamatan (code, name)."""

    kode: str
    nama: str
    kecamatan: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Fasilitas:
    """A school, puskesmas or hospital of the ministries' masters."""

    jenis: str
    kunci: str
    nama: str
    bentuk: str
    wilayah: str
    kecamatan: str


@dataclass(frozen=True, slots=True)
class Bahan:
    """What one instansi is composed of. ``daerah``: its own regions (pemda) or all it has offices in
    (pusat)."""

    id_siasn: str
    nama: str
    jenis: str
    """PUSAT, PROV, KAB or KOT."""
    kode_cepat: str
    wilayah: str | None
    daerah: tuple[Daerah, ...]
    fasilitas: tuple[Fasilitas, ...]
    pembina: tuple[str, ...] = ()
    """Names of the groups of JF this instansi stewards."""
