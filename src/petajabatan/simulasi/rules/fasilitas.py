"""Schools, puskesmas and hospitals: units of service under a dinas, with the staff their kind asks for."""

from __future__ import annotations

from petajabatan.demo.susunan_rembang import PROFESI, SKM
from petajabatan.simulasi.rules.bentuk import Fasilitas
from petajabatan.simulasi.rules.data import sebaran
from petajabatan.simulasi.rules.susun import Penyusun, bagi

SEKOLAH_PROVINSI = frozenset({"SMA", "SMK", "SLB", "SDLB", "SMPLB", "SMLB"})
"""Forms of school a province runs (UU 23/2014, Lampiran); SD and SMP belong to the kabupaten/kota."""
KELAS = {
    "SD": ((6, 6, 6), (6, 6, 6, 6, 12), (6, 12, 12, 18)),
    "SMP": ((3, 6), (6, 9, 9, 12), (15, 18, 24)),
    "SMA": ((6, 9), (9, 12, 15, 18), (21, 24, 30)),
    "SMK": ((6, 9), (12, 15, 18, 21), (24, 30, 36)),
}
"""Classes of a school: remote, usual, busy kecamatan (assumption)."""
JAM = {"SMP": 36, "SMA": 44, "SMK": 46}
"""Lessons a week and class that subject teachers give; a teacher gives 24 (PP 74/2008; interop.md 4)."""
INSTALASI = (
    ("Instalasi Gawat Darurat", "rs-igd"), ("Instalasi Rawat Jalan", "rs-rj"), ("Instalasi Rawat Inap",
    "rs-ri"),
    ("Instalasi Bedah Sentral", "rs-ibs"), ("Instalasi Kebidanan dan Perinatologi", "rs-vk"),
    ("Instalasi Farmasi", "rs-farmasi"), ("Instalasi Laboratorium", "rs-lab"), ("Instalasi Radiologi",
    "rs-rad"),
    ("Instalasi Gizi dan Sanitasi", "rs-gizi"), ("Instalasi Rekam Medis", "rs-rm"),
    ("Instalasi Rehabilitasi Medik", "rs-fis"),
)  # fmt: skip
_GURU = (("Guru Ahli Pertama", 0.52), ("Guru Ahli Muda", 0.30), ("Guru Ahli Madya", 0.18))
_SINGKATAN = frozenset(
    [
        "SD",
        "SDN",
        "SMP",
        "SMPN",
        "SMA",
        "SMAN",
        "SMK",
        "SMKN",
        "SLB",
        "SLBN",
        "SDLB",
        "SDLBN",
        "SMPLB",
        "SMLB",
        "RSUD",
        "UPT",
        "UPTD",
        "I",
        "II",
        "III",
        "IV",
        "V",
        "VI",
        "DR",
    ]
)


def nama_wajar(nama: str) -> str:
    """Names of the masters stand in capitals: written as people write them, abbreviations kept."""
    return " ".join(
        kata if kata.upper().strip(".") in _SINGKATAN or kata[:1].isdigit() else kata.capitalize()
        for kata in " ".join(nama.replace("\\", "/").split()).split(" ")
    )[:200]


def guru_dibutuhkan(bentuk: str, kelas: int) -> int:
    """Teachers a school needs besides its head: class teachers in primary schools, by lessons elsewhere."""
    if bentuk in JAM:
        return max(4, round(kelas * JAM[bentuk] / 24) + kelas // 9)
    return kelas + 2 * max(1, kelas // 6)


def sekolah(p: Penyusun, f: Fasilitas, atasan: int, wilayah: str) -> None:
    """A school with its teachers; a few stand twice or without their NPSN, as in real data."""
    s = sebaran()
    nama, bentuk = nama_wajar(f.nama), f.bentuk if f.bentuk in KELAS else "SD"
    daya = p.daya(wilayah)
    ramai = 0 if daya < 0.74 else 2 if daya > 1.0 else 1
    for salinan in range(p.salinan()):
        kode = (("npsn", f.kunci, True),) if not salinan and p.rnd.random() >= s["cacat-npsn-kosong"] else ()
        judul = nama if not salinan else f"{nama} (kelas jauh {salinan})"
        _sekolah(p, judul, bentuk, atasan, wilayah, kode, p.rnd.choice(KELAS[bentuk][ramai]))
    if p.rnd.random() < s["cacat-npsn-ganda"]:
        p.tambah(
            "madrasah", f"{nama} (ganda)", atasan, nama_jabatan=f"Kepala {nama} (ganda)", wilayah=wilayah,
            urusan=("1.01",), kode=(("npsn", f.kunci, False),),
        )  # fmt: skip


def _sekolah(
    p: Penyusun,
    nama: str,
    bentuk: str,
    atasan: int,
    wilayah: str,
    kode: tuple[tuple[str, str, bool], ...],
    kelas: int,
) -> None:
    u = p.unit[
        p.tambah(
            "madrasah",
            nama,
            atasan,
            nama_jabatan=f"Kepala {nama}",
            wilayah=wilayah,
            urusan=("1.01",),
            kode=kode,
        )
    ]
    syarat = "Guru SD" if bentuk == "SD" else "Guru SMP"
    p.kepala_jf(u, "Guru Ahli Madya" if bentuk != "SD" or p.rnd.random() < 0.4 else "Guru Ahli Muda", syarat)
    daya = p.daya(wilayah) * p.rnd.uniform(0.8, 1.04)
    for jabatan, k in bagi(guru_dibutuhkan(bentuk, kelas), _GURU):
        p.kotak(u, jabatan, k, p.terisi(k, sebaran()["keterisian-guru"] * daya), syarat)
    p.isi_pola(
        u, "sd" if bentuk == "SD" else "smp", 1.0 if bentuk == "SD" else 0.75 if bentuk == "SMP" else 1.2
    )


def puskesmas(p: Penyusun, f: Fasilitas, atasan: int, wilayah: str) -> None:
    """A puskesmas with nine professions and its tata usaha; needs lie above the legal minimum."""
    for salinan in range(p.salinan()):
        nama = nama_wajar(f.nama) + (f" Pembantu {salinan}" if salinan else "")
        i = p.tambah(
            "puskesmas-sim", nama, atasan, nama_jabatan=f"Kepala {nama}", wilayah=wilayah, urusan=("1.02",),
            kode=(("puskesmas", f.kunci, True),) if not salinan else (),
        )  # fmt: skip
        u = p.unit[i]
        p.kepala_jf(
            u, p.rnd.choice(("Dokter Ahli Madya", "Administrator Kesehatan Ahli Muda", "Perawat Ahli Muda"))
        )
        inap = p.rnd.random() < 0.4
        daya = p.daya(wilayah)
        for profesi, jf in PROFESI.items():
            minimum = SKM[inap].get(profesi, 1)
            beban = {"perawat": 2.0, "bidan": 2.3, "gizi": 1.2, "farmasi": 2.0, "atlm": 2.0}.get(profesi, 1.5)
            total = max(minimum, round(minimum * beban * p.rnd.uniform(0.9, 1.15)))
            for jabatan, k in bagi(total, jf):
                p.kotak(u, jabatan, k, p.terisi(k, daya * p.rnd.uniform(0.75, 1.15)))
        p.isi_pola(u, "puskesmas", 1.0)
        p.tambah(
            "subbag-upt", "Subbagian Tata Usaha", i, nama_jabatan=f"Kepala Subbagian Tata Usaha {nama}",
            wilayah=wilayah, urusan=("1.02",), pola="tu-puskesmas",
        )  # fmt: skip


def rumah_sakit(p: Penyusun, f: Fasilitas, atasan: int, wilayah: str, ukuran: float) -> None:
    """A regional hospital with its bagian, bidang and instalasi. ``ukuran`` 1: about 420 needed."""
    for salinan in range(p.salinan()):
        nama = nama_wajar(f.nama.replace("RS UMUM DAERAH", "RSUD")) + (
            f" Kampus {salinan + 1}" if salinan else ""
        )
        rs = p.tambah(
            "rsud", nama, atasan, nama_jabatan=f"Direktur {nama}", wilayah=wilayah, urusan=("1.02",),
            kode=(("rs", f.kunci, True),) if not salinan else (),
        )  # fmt: skip
        bidang: list[int] = []
        for b, pola in (
            ("Bagian Tata Usaha", "keuangan"),
            ("Bidang Pelayanan Medik", ""),
            ("Bidang Penunjang", ""),
        ):
            bidang.append(
                p.tambah("bagian-rsud", f"{b} {nama}", rs, wilayah=wilayah, urusan=("1.02",), pola=pola)
            )
        for n, (ragam, judul) in enumerate(
            (("subbag-umum", "Subbagian Umum"), ("subbag-keuangan", "Subbagian Keuangan"),
             ("seksi", "Seksi Pelayanan Medik"), ("seksi", "Seksi Penunjang"))
        ):  # fmt: skip
            induk = bidang[0] if n < 2 else bidang[n - 1]
            p.tambah(ragam, f"{judul} {nama}", induk, wilayah=wilayah, urusan=("1.02",))
        for n, (instalasi, pola) in enumerate(INSTALASI):
            i = p.tambah(
                "instalasi", f"{instalasi} {nama}", bidang[1] if n < 5 else bidang[2], wilayah=wilayah,
                urusan=("1.02",),
            )  # fmt: skip
            p.isi_pola(p.unit[i], pola, ukuran)
