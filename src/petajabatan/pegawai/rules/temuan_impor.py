"""Texts of the findings an import of people makes about the file as a whole. Pure."""

from __future__ import annotations

from petajabatan.inti.temuan import Temuan, Tingkat

TEKS: dict[str, tuple[Tingkat, str, str]] = {
    "nip-ganda": (
        "galat",
        "NIP ini sudah ada di baris sebelumnya.",
        "Sisakan satu baris untuk tiap NIP.",
    ),
    "id-siasn-ganda": (
        "galat",
        "pns_id ini sudah dipakai baris lain dengan NIP berbeda.",
        "Cocokkan NIP dan pns_id dengan SIASN.",
    ),
    "identitas-bertentangan": (
        "galat",
        "NIP dan pns_id di baris ini milik dua orang berbeda dalam data kita.",
        "Cocokkan keduanya dengan SIASN sebelum memuat.",
    ),
    "instansi-lain": (
        "galat",
        "Baris ini milik instansi lain daripada tujuan impor.",
        "Keluarkan barisnya, atau impor untuk instansi itu.",
    ),
    "instansi-tidak-dikenal": (
        "galat",
        "instansi_kerja_id kosong atau tidak ada dalam referensi instansi.",
        "Isi id instansi SIASN, atau muat dahulu referensi instansi.",
    ),
    "unor-tidak-cocok": (
        "peringatan",
        "Unit ini tidak ditemukan pada peta, baik menurut id maupun nama.",
        "Perbaiki unor di SIASN, atau tambahkan unitnya pada peta; lalu impor ulang.",
    ),
    "unor-nama-ganda": (
        "peringatan",
        "Nama unit ini dimiliki beberapa unit; tanpa unor_id tidak ditebak.",
        "Sertakan kolom unor_id.",
    ),
    "unor-tidak-aktif": (
        "peringatan",
        "Unit ini sudah tidak ada pada peta yang berlaku.",
        "Pindahkan penempatannya ke unit pengganti di SIASN, lalu impor ulang.",
    ),
    "unor-kosong": (
        "peringatan",
        "Penempatan kosong: tidak ada unor.",
        "Isi unor di SIASN; orangnya tetap dimuat.",
    ),
    "jabatan-tidak-cocok": (
        "peringatan",
        "Jabatan ini tidak ditemukan dalam referensi, baik menurut id maupun nama.",
        "Perbaiki jabatan di SIASN, atau muat referensi jabatan terbaru; lalu impor ulang.",
    ),
    "jabatan-nama-ganda": (
        "peringatan",
        "Nama jabatan ini dimiliki beberapa jabatan; tanpa jabatan_id tidak ditebak.",
        "Sertakan kolom jabatan_id.",
    ),
    "tanpa-posisi": (
        "peringatan",
        "Unit ini tidak mempunyai kotak untuk jabatan itu; orangnya tercatat di unit, di luar B.",
        "Tambahkan jabatan pada peta unit itu, atau perbaiki penempatan.",
    ),
    "kepala-ganda": (
        "peringatan",
        "Lebih dari satu orang menduduki kursi pimpinan yang sama.",
        "Periksa siapa yang definitif; yang lain mungkin pelaksana tugas.",
    ),
    "pendidikan-tidak-cocok": (
        "peringatan",
        "Pendidikan ini tidak ditemukan, atau namanya dimiliki beberapa baris referensi; dikosongkan.",
        "Sertakan kolom pendidikan_id.",
    ),
    "tingkat-pendidikan-tidak-dikenal": (
        "peringatan",
        "Kode tingkat pendidikan tidak dikenal; dikosongkan.",
        "Isi kode SIASN, misalnya 40 untuk S-1.",
    ),
    "nip-berubah": (
        "peringatan",
        "Orang dengan pns_id ini tercatat dengan NIP lain; NIP-nya diganti.",
        "Pastikan perbaikan NIP memang ditetapkan BKN.",
    ),
    "pindah-tertunda": (
        "peringatan",
        "Orang ini tercatat di instansi lain; tidak diambil alih, dilaporkan ke kedua instansi.",
        "Selesaikan perpindahannya dengan instansi asal.",
    ),
    "tmt-jabatan-kosong": (
        "catatan",
        "TMT jabatan kosong: kursi baru dihitung sejak TMT CPNS, atau sejak hari impor.",
        "Lengkapi tmt_jabatan agar masa jabatan benar.",
    ),
    "tmt-tidak-lebih-baru": (
        "catatan",
        "Penempatan berubah tetapi TMT jabatan tidak lebih baru dari kursi sekarang; berlaku sejak impor.",
        "Bila tanggalnya salah, perbaiki tmt_jabatan di SIASN.",
    ),
    "tidak-ada-di-berkas": (
        "catatan",
        "Orang ini tercatat di instansi, tetapi tidak ada dalam berkas; tidak dihapus.",
        "Periksa apakah ia pindah, pensiun, atau terlewat dari ekspor.",
    ),
}


def make(kode: str, *, baris: int | None = None, kolom: str = "", nilai: str = "", n: int = 1) -> Temuan:
    """The finding of this kind; with ``n`` > 1 it says for how many people it holds."""
    tingkat, kalimat, perbaikan = TEKS[kode]
    if n > 1:
        kalimat = f"{kalimat[:-1]} ({n} orang, yang pertama di baris {baris})."
    return Temuan(kode, tingkat, kalimat, perbaikan, baris=baris, kolom=kolom, nilai=nilai[:200])
