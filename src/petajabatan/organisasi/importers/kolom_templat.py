"""Sheets and columns of our XLSX template: titles, what they mean, the other titles that are understood."""

from __future__ import annotations

from dataclasses import dataclass

from petajabatan.organisasi.importers.sel import title_key


@dataclass(frozen=True)
class Kolom:
    """A column: field of the row it fills, title, explanation, width in characters, other titles."""

    isian: str
    judul: str
    arti: str
    lebar: int = 16
    alias: tuple[str, ...] = ()
    wajib: bool = False
    teks: bool = True

    @property
    def kunci(self) -> frozenset[str]:
        return frozenset({title_key(self.judul), *map(title_key, self.alias)})


UNOR = (
    Kolom("id", "Id Unor", "id SIASN, atau kode sendiri yang tetap dan tidak berulang", 36,
          ("id", "unor id", "kode unor", "kode", "nomor"), wajib=True),
    Kolom("atasan", "Id Atasan", "id unit di atasnya; kosong hanya pada unit tertinggi", 36,
          ("DiatasanId", "atasan id", "atasan", "id induk", "induk id", "parent id")),
    Kolom("nama", "Nama Unor", "nama unit menurut peraturan", 60,
          ("nama", "unor", "nama unit", "unit organisasi", "nama unit organisasi", "unit kerja"), wajib=True),
    Kolom("nama_jabatan", "Nama Jabatan Pimpinan", "misalnya Kepala Dinas Kesehatan", 44,
          ("nama jabatan", "jabatan pimpinan", "pimpinan")),
    Kolom("jenis", "Jenis Unor", "pilih dari daftar; kosong berarti struktural", 14, ("jenis", "jenis unit")),
    Kolom("eselon", "Eselon", "kode SIASN atau II.a; kosong bila tanpa eselon", 10,
          ("EselonId", "kode eselon")),
    Kolom("wilayah", "Kode Wilayah", "kode Kemendagri, misalnya 33.17.10", 14,
          ("wilayah", "kode kemendagri")),
    Kolom("urusan", "Urusan", "kode urusan pemerintahan, dipisah koma", 16, ("kode urusan",)),
    Kolom("cepat_kode", "Cepat Kode", "kode cepat BKN", 14, ("CepatKode", "kode cepat")),
    Kolom("dasar_hukum", "Dasar Hukum", "misalnya Perbup Nomor 45 Tahun 2021", 34, ("peraturan", "sotk")),
    Kolom("pasal", "Pasal", "pasal yang membentuk unit", 12),
    Kolom("halaman", "Halaman", "halaman naskah peraturan", 10, ("hal",)),
)  # fmt: skip
POSISI = (
    Kolom("unor", "Id Unor", "id pada lembar Unor", 36, ("id", "unor id", "kode unor"), wajib=True),
    Kolom("nama", "Nama Jabatan", "nama persis dari referensi jabatan", 60, ("jabatan", "nama"), wajib=True),
    Kolom("jenis", "Jenis Jabatan", "struktural, fungsional, pelaksana", 14, ("jenis",)),
    Kolom("id_jabatan", "Id Jabatan", "id SIASN jabatan; perlu bila namanya dipakai beberapa jabatan", 36,
          ("jabatan id", "id siasn jabatan")),
    Kolom("kepala", "Kepala", "ya bila memimpin unit", 9, ("pimpinan", "kepala unit")),
    Kolom("kelas", "Kelas", "kelas jabatan 1-17", 8, ("kelas jabatan", "kls"), teks=False),
    Kolom("k", "Kebutuhan (K)", "jumlah orang; kosong bila belum ditetapkan", 14,
          ("kebutuhan", "k", "abk", "jumlah kebutuhan"), teks=False),
)  # fmt: skip
KODE = (
    Kolom("unor", "Id Unor", "id pada lembar Unor", 36, ("id", "unor id", "kode unor"), wajib=True),
    Kolom("jenis", "Jenis Kode", "npsn, puskesmas, rs, satusehat, sisdmk", 14, ("jenis",), wajib=True),
    Kolom("kode", "Kode", "kode itu sendiri, sebagai teks", 24, ("nilai",), wajib=True),
)
LEMBAR = {
    "unor": ("Unor", UNOR, frozenset({"unor", "unit", "unitorganisasi", "dataunor"})),
    "posisi": ("Posisi", POSISI, frozenset({"posisi", "jabatan", "petajabatan"})),
    "kode": ("Kode", KODE, frozenset({"kode", "kodeunor", "kodeluar"})),
}
"""Name, columns and understood names of each sheet."""


def places_of(titles: list[object], columns: tuple[Kolom, ...]) -> dict[str, int]:
    """Field → column number for a row of titles; the exact title wins over an alias."""
    keys = [title_key(title) for title in titles]
    places: dict[str, int] = {}
    for exact in (True, False):
        for column in columns:
            for place, key in enumerate(keys):
                fits = key == title_key(column.judul) if exact else key in column.kunci
                if fits and column.isian not in places and place not in places.values():
                    places[column.isian] = place
    return places
