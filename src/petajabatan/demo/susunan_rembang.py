"""Kabupaten Rembang: apparatus of the Bupati, schools, puskesmas, hospital, kecamatan and kelurahan. Pure.

Names, codes and the numbers of health workers read from DREAMS are facts (``data/*.csv`` name the source);
needs, other numbers and regulations are invented.
"""

from __future__ import annotations

import functools

from petajabatan.demo import sumber
from petajabatan.demo.bentuk import KotakDemo, Susunan, UnitDemo, acak, bulatkan
from petajabatan.demo.susunan import (
    KOTA,
    TERPENCIL,
    daya_tarik,
    isi_pola,
    kelas_jabatan,
    kotak_jf,
    susun_unit,
    unit_dari_berkas,
)

INSTANSI = "A5EB03E23BA9F6A0E040640A040252AD"
"""Pemerintah Kab. Rembang in SIASN's list of instansi (kode cepat 6413, Kemendagri 33.17)."""
IBU_KOTA = "33.17.10"
KODE_RSUD = "3317015"
KODE_DINKES = "3317"

SKM = {
    False: {"dokter": 1, "dokter_gigi": 1, "perawat": 5, "bidan": 4, "promkes": 1, "sanitasi": 1, "gizi": 1,
            "farmasi": 1, "atlm": 1},
    True: {"dokter": 2, "dokter_gigi": 1, "perawat": 8, "bidan": 7, "promkes": 1, "sanitasi": 1, "gizi": 2,
           "farmasi": 1, "atlm": 1},
}  # fmt: skip
"""Minimum of nine professions per puskesmas, without and with inpatient care (dreams.kemkes.go.id,
SKMPKM)."""

PROFESI: dict[str, tuple[tuple[str, float], ...]] = {
    "dokter": (("Dokter Ahli Pertama", 0.6), ("Dokter Ahli Muda", 0.4)),
    "dokter_gigi": (("Dokter Gigi Ahli Pertama", 1.0),),
    "perawat": (("Perawat Terampil", 0.4), ("Perawat Mahir", 0.25), ("Perawat Ahli Pertama", 0.35)),
    "bidan": (("Bidan Terampil", 0.4), ("Bidan Mahir", 0.3), ("Bidan Ahli Pertama", 0.3)),
    "promkes": (("Tenaga Promosi Kesehatan dan Ilmu Perilaku Ahli Pertama", 1.0),),
    "sanitasi": (("Tenaga Sanitasi Lingkungan Terampil", 1.0),),
    "gizi": (("Nutrisionis Terampil", 0.7), ("Nutrisionis Ahli Pertama", 0.3)),
    "farmasi": (("Apoteker Ahli Pertama", 0.4), ("Asisten Apoteker Terampil", 0.6)),
    "atlm": (("Pranata Laboratorium Kesehatan Terampil", 1.0),),
    "gigi_semua": (("Terapis Gigi dan Mulut Terampil", 1.0),),
}
"""How a profession is spread over JF and jenjang (invented)."""


@functools.cache
def susun_rembang() -> Susunan:
    """The whole kabupaten as of version 1."""
    susunan = Susunan(INSTANSI, {})
    unit_dari_berkas("unit_rembang", susunan, IBU_KOTA, "perbup")
    for unit in susunan.unit.values():
        if unit.ragam in ("upt", "subbag-upt"):
            unit.dasar = "perbup-upt"
        elif unit.kunci.startswith("rsud"):
            unit.dasar = "perbup-rsud"
        elif unit.ragam in ("pemda", "setda", "opd", "setwan", "inspektorat"):
            unit.dasar = "perda"
    susunan.unit["setda"].kotak[0].isi = 1
    susunan.unit["dinkes"].kode = (("dinkes", KODE_DINKES),)
    susunan.unit["rsud"].kode = (("rs", KODE_RSUD),)
    for kecamatan in sorted({r["wilayah"]: r["kecamatan"] for r in sumber.baris("sekolah_rembang")}.items()):
        _korwil(susunan, *kecamatan)
    for row in sumber.baris("sekolah_rembang"):
        _sekolah(susunan, row)
    for row in sumber.baris("puskesmas_rembang"):
        _puskesmas(susunan, row)
    for row in sumber.baris("wilayah"):
        if row["tingkat"] == "3":
            _kecamatan(susunan, row["kode"], row["nama"])
    for row in sumber.baris("kelurahan_rembang"):
        _kelurahan(susunan, row["nama"], row["wilayah"])
    _pasal(susunan)
    return susunan


def _add(susunan: Susunan, unit: UnitDemo) -> UnitDemo:
    susunan.unit[unit.kunci] = unit
    return unit


def _korwil(susunan: Susunan, wilayah: str, kecamatan: str) -> None:
    nama = f"Koordinator Wilayah Kecamatan Bidang Pendidikan Kecamatan {kecamatan}"
    _add(susunan, susun_unit(f"korwil-{wilayah}", "dindik", "korwil", nama, wilayah=wilayah, dasar="perbup",
                             urusan=("1.01",)))  # fmt: skip


def _kepala_jf(nama: str, jabatan: str, terisi: int) -> KotakDemo:
    """A head box held by a JF as an additional task: school, puskesmas."""
    return KotakDemo(nama, "fungsional", jabatan, kelas_jabatan(jabatan), 1, terisi, kepala=True)


def rombel(bentuk: str, wilayah: str, npsn: str) -> int:
    """Number of classes of a school (invented: larger in towns, small in remote kecamatan)."""
    ukuran = 2 if wilayah in KOTA else 0 if wilayah in TERPENCIL else 1
    pilihan = {"SD": ((6,), (6, 6, 12), (12, 12, 18)), "SMP": ((9, 12), (15, 18, 21), (21, 24, 24))}
    return acak(npsn, "rombel").choice(pilihan[bentuk][ukuran])


def guru_dibutuhkan(bentuk: str, kelas: int) -> int:
    """Teachers a school needs besides its head.

    SD: one per class, plus religion and sports at one per six classes each. SMP: 36 lessons a week per class
    and 24 per teacher, plus one counsellor per nine classes (docs/demo.md names the sources).
    """
    if bentuk == "SD":
        return kelas + 2 * max(1, kelas // 6)
    return round(kelas * 36 / 24) + max(1, kelas // 9)


def _sekolah(susunan: Susunan, row: dict[str, str]) -> None:
    bentuk, wilayah, npsn = row["bentuk"], row["wilayah"], row["npsn"]
    nama = _nama_sekolah(row["nama"])
    unit = UnitDemo(
        f"sekolah-{npsn}", "dindik" if bentuk == "SMP" else f"korwil-{wilayah}", nama, f"Kepala {nama}",
        "sekolah", "sekolah", None, wilayah, ("1.01",), (("npsn", npsn),), "perbup-upt",
    )  # fmt: skip
    rnd = acak(npsn)
    jabatan = "Guru Ahli Madya" if bentuk == "SMP" or rnd.random() < 0.4 else "Guru Ahli Muda"
    unit.kotak.append(_kepala_jf(f"Kepala {nama}", jabatan, int(rnd.random() > 0.15)))
    butuh = guru_dibutuhkan(bentuk, rombel(bentuk, wilayah, npsn))
    faktor = daya_tarik(wilayah) * rnd.uniform(0.82, 1.05)
    muda, madya = round(butuh * 0.32), round(butuh * 0.18)
    for nama_jf, k, rasio in (
        ("Guru Ahli Pertama", butuh - muda - madya, 0.98),
        ("Guru Ahli Muda", muda, 0.95),
        ("Guru Ahli Madya", madya, 1.0),
    ):
        unit.kotak.append(kotak_jf(nama_jf, k, bulatkan(k * rasio * faktor, rnd)))
    isi_pola(unit, bentuk.lower(), daya_tarik(wilayah))
    _add(susunan, unit)


def _nama_sekolah(nama: str) -> str:
    return " ".join(w if w in ("SD", "SMP") or w.isdigit() else w.capitalize() for w in nama.split())


def _puskesmas(susunan: Susunan, row: dict[str, str]) -> None:
    nama = f"Puskesmas {row['nama']}"
    kunci = f"pkm-{row['kode']}"
    wilayah = row["wilayah"]
    unit = UnitDemo(
        kunci, "dinkes", nama, f"Kepala {nama}", "faskes", "puskesmas", None, wilayah, ("1.02",),
        (("puskesmas", row["kode"]),), "perbup-upt",
    )  # fmt: skip
    rnd = acak(kunci)
    jabatan = rnd.choice(("Dokter Ahli Madya", "Administrator Kesehatan Ahli Muda", "Perawat Ahli Muda"))
    unit.kotak.append(_kepala_jf(f"Kepala {nama}", jabatan, int(rnd.random() > 0.12)))
    rawat_inap = not row["jenis"].endswith("Non Rawat Inap")
    for profesi, susunan_jf in PROFESI.items():
        _profesi(unit, row, profesi, susunan_jf, rawat_inap)
    isi_pola(unit, "puskesmas", daya_tarik(wilayah))
    _add(susunan, unit)
    tu = susun_unit(f"{kunci}-tu", kunci, "subbag-upt", "Subbagian Tata Usaha", urusan=("1.02",),
                    wilayah=wilayah, pola="tu-puskesmas", dasar="perbup-upt",
                    jabatan=f"Kepala Subbagian Tata Usaha {nama}")  # fmt: skip
    _add(susunan, tu)


def _profesi(
    unit: UnitDemo,
    row: dict[str, str],
    profesi: str,
    susunan_jf: tuple[tuple[str, float], ...],
    rawat_inap: bool,
) -> None:
    """Boxes of one profession: need from a workload above the legal minimum, people as DREAMS counts them."""
    rnd = acak(unit.kunci, profesi)
    minimum = SKM[rawat_inap].get(profesi, 1)
    beban = {"perawat": 2.0, "bidan": 2.3, "gizi": 1.2, "farmasi": 2.0, "atlm": 2.0}.get(profesi, 1.5)
    k_total = max(minimum, round(minimum * beban * rnd.uniform(0.9, 1.15)))
    if row[profesi]:
        b_total = int(row[profesi])
    else:
        b_total = bulatkan(k_total * daya_tarik(unit.wilayah) * rnd.uniform(0.8, 1.1), rnd)
    if profesi == "farmasi":
        k_total = max(k_total, 2)
    for (nama, k), (_, b) in zip(_bagi(k_total, susunan_jf), _bagi(b_total, susunan_jf), strict=True):
        unit.kotak.append(kotak_jf(nama, k, b))


def _bagi(total: int, bagian: tuple[tuple[str, float], ...]) -> list[tuple[str, int]]:
    """Split a whole number by shares; largest remainders get the rest."""
    mentah = [(nama, total * porsi) for nama, porsi in bagian]
    hasil = {nama: int(nilai) for nama, nilai in mentah}
    sisa = total - sum(hasil.values())
    for nama, _ in sorted(mentah, key=lambda x: int(x[1]) - x[1])[:sisa]:
        hasil[nama] += 1
    return list(hasil.items())


def _kecamatan(susunan: Susunan, kode: str, nama: str) -> None:
    kunci, sekretariat = f"kec-{kode}", f"kec-{kode}-sek"
    buat = functools.partial(susun_unit, urusan=("7.01",), wilayah=kode, dasar="perbup-kec")
    _add(susunan, buat(kunci, "pemda", "kecamatan", f"Kecamatan {nama}", jabatan=f"Camat {nama}"))
    nama_sek = f"Kecamatan {nama}"
    _add(
        susunan,
        buat(sekretariat, kunci, "sekcam", f"Sekretariat {nama_sek}", jabatan=f"Sekretaris {nama_sek}"),
    )
    for akhiran, bagian in (("umum", "Umum dan Kepegawaian"), ("keu", "Program dan Keuangan")):
        _add(susunan, buat(f"{kunci}-{akhiran}", sekretariat, "subbag-kecamatan", f"Subbagian {bagian}"))
    for akhiran, seksi in (
        ("pem", "Tata Pemerintahan"),
        ("pmd", "Pemberdayaan Masyarakat dan Desa"),
        ("trantib", "Ketenteraman dan Ketertiban Umum"),
        ("kesra", "Kesejahteraan Rakyat"),
    ):
        _add(susunan, buat(f"{kunci}-{akhiran}", kunci, "seksi-kecamatan", f"Seksi {seksi}"))


def _kelurahan(susunan: Susunan, nama: str, wilayah: str) -> None:
    kunci = f"kel-{nama.lower().replace(' ', '-')}"
    kel = f"Kelurahan {nama}"
    buat = functools.partial(susun_unit, urusan=("7.01",), wilayah=wilayah, dasar="perbup-kec")
    _add(susunan, buat(kunci, f"kec-{wilayah}", "kelurahan", kel, jabatan=f"Lurah {nama}"))
    _add(susunan, buat(f"{kunci}-sek", kunci, "sekkel", f"Sekretariat {kel}", jabatan=f"Sekretaris {kel}"))
    for akhiran, seksi in (("pem", "Pemerintahan dan Pembangunan"), ("sos", "Kesejahteraan Sosial")):
        _add(susunan, buat(f"{kunci}-{akhiran}", kunci, "seksi-kelurahan", f"Seksi {seksi}"))


def _pasal(susunan: Susunan) -> None:
    """Article numbers of the (invented) regulations: one per unit, in order."""
    nomor: dict[str, int] = {}
    for unit in susunan.unit.values():
        nomor[unit.dasar] = nomor.get(unit.dasar, 1) + 1
        unit.pasal = f"Pasal {nomor[unit.dasar]}"
