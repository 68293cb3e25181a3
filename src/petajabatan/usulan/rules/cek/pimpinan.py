"""The head of a unit and its name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapidfuzz import fuzz

from petajabatan.usulan.rules.cek import sumber
from petajabatan.usulan.rules.cek.dasar import Subjek, Ujar, cek
from petajabatan.usulan.rules.cek.istilah import baku, tingkat_eselon
from petajabatan.usulan.rules.nama import nilai_perubahan_nama

MANDAT = re.compile(r"^\s*(plt|plh|pj|pjs|pgs|ymt|pelaksana\s+(tugas|harian)|penjabat)\b\.?\s", re.IGNORECASE)
"""Names of mandates, which are not posts. ``Pelaksana`` alone is the kind of jabatan."""


@cek(
    "unit-tanpa-pimpinan",
    "Unit bereselon tanpa jabatan pimpinan",
    "peringatan",
    "unor",
    apa="Unit mempunyai eselon tetapi tidak ada jabatan bertanda pimpinan.",
    sebab="Setiap unit struktural dipimpin satu pejabat; tanpa jabatan itu peta tidak lengkap.",
    sumber=f"{sumber.PERBKN_9_2022}; {sumber.EFORMASI}",
    perbaikan="Tambahkan jabatan pimpinannya.",
    contoh="Bidang Aset (III.a) tanpa Kepala Bidang Aset.",
)
def unit_tanpa_pimpinan(s: Subjek) -> Iterator[Ujar]:
    """A unit with an eselon has a head (PerBKN 9/2022 Ps 48; domain 2.3)."""
    unit = s.unor()
    if tingkat_eselon(s.view.acuan, unit) is not None and not any(box.kepala for box in s.kotak()):
        yield Ujar(f"{unit.nama} bereselon tetapi belum mempunyai jabatan pimpinan.")


@cek(
    "nama-pimpinan-kosong",
    "Nama jabatan pimpinan kosong",
    "peringatan",
    "unor",
    apa="Unit bereselon tidak mencantumkan nama jabatan pimpinannya.",
    sebab="Nama jabatan pimpinan dicetak pada kotak unit dan dikirim ke SIASN.",
    sumber=sumber.PERBKN_9_2022,
    perbaikan="Isi nama jabatan pimpinannya lewat Koreksi nama.",
    contoh="Bidang Aset (III.a) tanpa nama jabatan pimpinan.",
)
def nama_pimpinan_kosong(s: Subjek) -> Iterator[Ujar]:
    """A unit with an eselon names the jabatan of its head (PerBKN 9/2022 Ps 48)."""
    unit = s.unor()
    if not unit.nama_jabatan.strip() and tingkat_eselon(s.view.acuan, unit) is not None:
        yield Ujar(f"Nama jabatan pimpinan {unit.nama} belum diisi.", kolom="nama_jabatan")


@cek(
    "nama-pimpinan-tidak-sesuai",
    "Nama jabatan pimpinan tidak mengikuti nama unit",
    "peringatan",
    "unor",
    apa="Jabatan “Kepala …” menyebut unit yang lain; sekolah dan faskes tidak diperiksa.",
    sebab="Biasanya nama unit dikoreksi tetapi nama jabatan pimpinannya tertinggal, atau sebaliknya.",
    sumber=f"{sumber.REKOMENDASI}; ukuran jarak: docs/usulan-nama.md",
    perbaikan="Koreksi nama jabatan pimpinan atau nama unitnya, mana yang keliru.",
    contoh="Bidang Aset dengan jabatan “Kepala Bidang Anggaran”.",
)
def nama_pimpinan_tidak_sesuai(s: Subjek) -> Iterator[Ujar]:
    """“Kepala X” heads X, or the beginning of X (rekomendasi)."""
    unit = s.unor()
    title, name = baku(unit.nama_jabatan), baku(unit.nama)
    limit = s.batas("kemiripan_pimpinan")
    if not title.startswith("kepala ") or unit.jenis in ("sekolah", "faskes") or limit is None:
        return
    rest = title.removeprefix("kepala ")
    if rest in name or name in rest or fuzz.ratio(rest, name) >= limit:
        return
    written = unit.nama_jabatan.split(None, 1)[1]
    if nilai_perubahan_nama(written, unit.nama, s.view.acuan.nama).putusan == "reorganisasi":
        yield Ujar(
            f"{unit.nama} dipimpin “{unit.nama_jabatan}”, yang menyebut unit lain.",
            kolom="nama_jabatan",
            nilai=unit.nama_jabatan,
        )


@cek(
    "kotak-pimpinan-beda-nama",
    "Nama kotak pimpinan berbeda dari nama jabatan pimpinan unit",
    "peringatan",
    "unor",
    apa="Nama jabatan struktural bertanda pimpinan tidak sama dengan nama jabatan pimpinan pada unitnya.",
    sebab="Keduanya nama satu jabatan; perbedaan membuat bagan dan daftar jabatan tidak cocok.",
    sumber=sumber.REKOMENDASI,
    perbaikan="Koreksi salah satunya sehingga sama.",
    contoh="Unit mencantumkan “Kepala Bidang Aset”, kotaknya “Kabid Aset Daerah”.",
)
def kotak_pimpinan_beda_nama(s: Subjek) -> Iterator[Ujar]:
    """The head box and the unit name the same jabatan (rekomendasi)."""
    unit = s.unor()
    for box in s.kotak():
        led = box.kepala and box.jenis == "struktural" and unit.nama_jabatan
        if led and baku(box.nama) != baku(unit.nama_jabatan):
            yield Ujar(
                f"Kotak pimpinan {unit.nama} bernama “{box.nama}”, sedangkan unitnya mencantumkan"
                f" “{unit.nama_jabatan}”.",
                kolom="nama",
                pada=("posisi", box.id),
            )


@cek(
    "jabatan-memuat-mandat",
    "Nama jabatan memuat Plt., Plh., atau Pj.",
    "galat",
    "posisi",
    apa="Nama jabatan diawali Plt., Plh., Pj., Pjs., Pgs., penjabat, atau pelaksana tugas/harian.",
    sebab="Pelaksana tugas adalah mandat seseorang, bukan jabatan; peta memuat jabatan definitif.",
    sumber=f"{sumber.PERBKN_9_2022}; SE Kepala BKN 1/SE/I/2021 tentang Plh. dan Plt. (pengetahuan umum)",
    perbaikan="Tulis nama jabatan definitifnya; mandat dicatat pada riwayat pegawai.",
    contoh="“Plt. Kepala Bidang Aset”.",
)
def jabatan_memuat_mandat(s: Subjek) -> Iterator[Ujar]:
    """A mandate is not a post (PerBKN 9/2022 Ps 48; SE BKN 1/2021)."""
    box = s.posisi()
    if MANDAT.match(box.nama):
        yield Ujar(f"“{box.nama}” menyebut mandat, bukan jabatan.", kolom="nama", nilai=box.nama)


@cek(
    "struktural-bukan-pimpinan",
    "Jabatan struktural yang tidak memimpin unit",
    "peringatan",
    "posisi",
    apa="Jabatan berjenis struktural tidak bertanda pimpinan.",
    sebab="Pejabat manajerial memimpin unit; selain itu biasanya salah jenis, atau unitnya belum ada.",
    sumber=sumber.UU_20_2023,
    perbaikan="Tandai sebagai pimpinan, buat unitnya, atau ganti dengan jabatan fungsional atau pelaksana.",
    contoh="“Kepala Subbagian Umum” sebagai jabatan biasa pada Sekretariat.",
)
def struktural_bukan_pimpinan(s: Subjek) -> Iterator[Ujar]:
    """A manajerial post heads a unit (UU 20/2023)."""
    box = s.posisi()
    if box.jenis == "struktural" and not box.kepala:
        yield Ujar(f"{box.nama} berjenis struktural tetapi tidak memimpin unit.", kolom="kepala")
