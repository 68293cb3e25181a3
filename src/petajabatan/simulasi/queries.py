"""Reads for the page of the simulation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from petajabatan.referensi.kata import JENIS_INSTANSI
from petajabatan.simulasi.models import Simulasi

JUDUL: dict[str, str | Promise] = {
    "jenis": _("Jenis pegawai"),
    "kelamin": _("Jenis kelamin"),
    "umur": _("Umur"),
    "golongan": _("Golongan"),
    "rumpun": _("Kursi definitif menurut rumpun jabatan"),
    "jenis_unor": _("Jenis unit"),
    "keterisian": _("Kotak menurut B terhadap K"),
    "isian": _("Bagian informasi jabatan dan lembar ABK"),
}
ISTILAH: dict[str, str | Promise] = {
    **JENIS_INSTANSI,
    "L": _("laki-laki"),
    "P": _("perempuan"),
    "guru": _("guru"),
    "nakes": _("tenaga kesehatan"),
    "fungsional": _("fungsional lain"),
    "pelaksana": _("pelaksana"),
    "abk": _("lembar ABK"),
    "tugas_pokok": _("tugas pokok"),
    "kosong": _("K dan B nol"),
    "kurang": _("kekurangan"),
    "cukup": _("terisi penuh"),
    "lebih": _("kelebihan"),
    "unit-hilang": _("duduk pada unit yang sudah tidak ada"),
    "jabatan-tak-dikenal": _("nama jabatan tidak ada pada daftar"),
    "tanpa-kotak": _("jabatan dikenal, kotaknya tidak ada"),
    "lewat-bup": _("lewat batas usia pensiun, masih aktif"),
    "pensiun-duduk": _("sudah pensiun, masih tercatat duduk"),
    "npsn-ganda": _("satu sekolah berdiri sebagai dua unit"),
}


@dataclass(frozen=True)
class Baris:
    """One line of a distribution. ``bagian``: share of the whole, per cent."""

    nama: str | Promise
    n: int
    bagian: float


@dataclass(frozen=True)
class Sebaran:
    """One distribution of a run."""

    judul: str | Promise
    baris: list[Baris]


def last_run() -> Simulasi | None:
    """The latest run, finished or not; one statement."""
    return Simulasi.objects.defer("rencana", "tunda").order_by("-id").first()


def named(rows: Iterable[Sequence[Any]]) -> list[list[Any]]:
    """Rows whose first value is a code, with words in its place where there are any."""
    return [[ISTILAH.get(code, code), *rest] for code, *rest in rows]


def distributions(run: Simulasi) -> list[Sebaran]:
    """The distributions kept with a run, with shares; empty while it is under way."""
    isi = run.isi.get("sebaran", {})
    hasil = []
    for kunci, judul in JUDUL.items():
        rows = isi.get(kunci, [])
        total = sum(n for _, n in rows) or 1
        hasil.append(Sebaran(judul, [Baris(ISTILAH.get(nama, nama), n, 100 * n / total) for nama, n in rows]))
    return [s for s in hasil if s.baris]
