"""Provinces, kabupaten and kota: apparatus by template, then service units by region."""

from __future__ import annotations

import re

from petajabatan.simulasi.rules.bentuk import Bahan, Daerah, Unit
from petajabatan.simulasi.rules.data import baris
from petajabatan.simulasi.rules.fasilitas import puskesmas, rumah_sakit, sekolah
from petajabatan.simulasi.rules.rujukan import Rujukan
from petajabatan.simulasi.rules.susun import Penyusun

_BAKU = {"Kab.": "Kabupaten", "Kep.": "Kepulauan", "Prov.": "Provinsi"}
SEKSI_KECAMATAN = ("Tata Pemerintahan", "Pemberdayaan Masyarakat dan Desa",
"Ketenteraman dan Ketertiban Umum",
                   "Kesejahteraan Rakyat")  # fmt: skip
ROMAWI = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII")
DKI = "31"


def nama_daerah(nama: str) -> str:
    """ "Pemerintah Kab. Aceh Barat" → "Kabupaten Aceh Barat"."""
    kata = [_BAKU.get(k, k) for k in nama.removeprefix("Pemerintah").removeprefix(" Daerah").split()]
    return " ".join(kata)


def susun_pemda(bahan: Bahan, rujukan: Rujukan, benih: int, skala: float) -> list[Unit]:
    """The whole organisation of one province, kabupaten or kota."""
    p = Penyusun(bahan, rujukan, benih, skala)
    indeks = _perangkat(p)
    kecamatan = {(d.kode, _kunci(n)): k for d in bahan.daerah for k, n in d.kecamatan}
    if bahan.jenis != "PROV" or (bahan.wilayah or "") == DKI:
        for daerah in bahan.daerah:
            _kewilayahan(p, daerah, indeks)
    cabang = _cabang(p, indeks) if bahan.jenis == "PROV" else {}
    n_rs = 0
    for f in bahan.fasilitas:
        wilayah = kecamatan.get((f.wilayah, _kunci(f.kecamatan)), f.wilayah)
        if f.jenis == "sekolah":
            induk = cabang.get(f.wilayah, indeks.get(f"korwil-{wilayah}", indeks["dindik"]))
            if f.bentuk == "SMP":
                induk = indeks["dindik"]
            sekolah(p, f, induk, wilayah)
        elif f.jenis == "puskesmas":
            puskesmas(p, f, indeks["dinkes"], wilayah)
        else:
            ukuran = (2.2 if bahan.jenis == "PROV" else 1.0 if n_rs == 0 else 0.6) * p.rnd.uniform(0.5, 1.0)
            rumah_sakit(p, f, indeks["dinkes"], wilayah, ukuran)
            n_rs += 1
    return p.unit


def _kunci(nama: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", nama.upper().removeprefix("KEC. "))


def _perangkat(p: Penyusun) -> dict[str, int]:
    """The apparatus by template; an optional unit that is left out takes its lower units along."""
    jenis = {"PROV": "p", "KAB": "k", "KOT": "t"}[p.bahan.jenis]
    daerah = nama_daerah(p.bahan.nama)
    isian = {
        "daerah": daerah,
        "nama": daerah.split(" ", 1)[-1],
        "pimpinan": {"PROV": "Gubernur", "KAB": "Bupati", "KOT": "Wali Kota"}[p.bahan.jenis],
    }
    pusat = p.bahan.wilayah
    indeks: dict[str, int] = {}
    for row in baris("perangkat_daerah"):
        if row["untuk"] != jenis and not (row["untuk"] == "a" and jenis in "kt"):
            continue
        peluang = float(row["peluang"])
        if (row["atasan"] and row["atasan"] not in indeks) or (peluang < 1 and p.rnd.random() >= peluang):
            continue
        judul = (
            isian["pimpinan"] + " " + isian["nama"]
            if row["ragam"] == "pemda"
            else row["jabatan"].format(**isian)
        )
        i = p.tambah(
            row["ragam"], row["nama"].format(**isian), indeks.get(row["atasan"]), nama_jabatan=judul,
            wilayah=pusat,
            urusan=tuple(filter(None, row["urusan"].split(";"))), pola=row["pola"],
        )  # fmt: skip
        indeks[row["kunci"]] = i
        if row["ragam"] in ("opd", "inspektorat", "opd-prov"):
            _sekretariat(p, i, "sekretariat-prov" if jenis == "p" else "sekretariat")
        elif row["ragam"] in ("upt", "upt-prov"):
            nama = p.unit[i].nama
            p.tambah("subbag-upt", f"Subbagian Tata Usaha {nama}", i, wilayah=pusat, urusan=p.unit[i].urusan)
    p.unit[0].kotak.clear()
    return indeks


def _sekretariat(p: Penyusun, opd: int, ragam: str) -> None:
    u = p.unit[opd]
    i = p.tambah(
        ragam,
        f"Sekretariat {u.nama}",
        opd,
        nama_jabatan=f"Sekretaris {u.nama}",
        wilayah=u.wilayah,
        urusan=u.urusan,
    )
    for bagian, nama in (
        ("subbag-umum", "Subbagian Umum dan Kepegawaian"),
        ("subbag-keuangan", "Subbagian Program dan Keuangan"),
    ):
        p.tambah(bagian, nama, i, nama_jabatan=f"Kepala {nama} {u.nama}", wilayah=u.wilayah, urusan=u.urusan)


def _kewilayahan(p: Penyusun, daerah: Daerah, indeks: dict[str, int]) -> None:
    """Kecamatan with sekretariat and seksi, kelurahan (their names are invented), korwil of education."""
    kota = len(daerah.kode) == 5 and int(daerah.kode[3:]) > 70
    for n, (kode, nama) in enumerate(daerah.kecamatan):
        indeks[f"korwil-{kode}"] = p.tambah(
            "korwil", f"Koordinator Wilayah Bidang Pendidikan Kecamatan {nama}", indeks["dindik"],
            wilayah=kode,
            urusan=("1.01",),
        )  # fmt: skip
        kec = p.tambah(
            "kecamatan", f"Kecamatan {nama}", 0, nama_jabatan=f"Camat {nama}", wilayah=kode, urusan=("7.01",)
        )
        sek = p.tambah("sekcam", f"Sekretariat Kecamatan {nama}", kec, wilayah=kode, urusan=("7.01",),
                       nama_jabatan=f"Sekretaris Kecamatan {nama}")  # fmt: skip
        for bagian in ("Umum dan Kepegawaian", "Program dan Keuangan"):
            p.tambah("subbag-kecamatan", f"Subbagian {bagian}", sek, wilayah=kode, urusan=("7.01",))
        for seksi in SEKSI_KECAMATAN:
            p.tambah("seksi-kecamatan", f"Seksi {seksi}", kec, wilayah=kode, urusan=("7.01",))
        banyak = p.rnd.randint(4, 7) if kota else 4 if n == 0 else int(p.rnd.random() < 0.12)
        for ke in range(p.bulatkan(banyak * p.lipat)):
            _kelurahan(p, f"Kelurahan {nama} {ROMAWI[ke] if ke < 8 else ke + 1}", kec, kode)


def _kelurahan(p: Penyusun, nama: str, kecamatan: int, wilayah: str) -> None:
    kel = p.tambah("kelurahan", nama, kecamatan, wilayah=wilayah, urusan=("7.01",))
    p.tambah(
        "sekkel",
        f"Sekretariat {nama}",
        kel,
        wilayah=wilayah,
        urusan=("7.01",),
        nama_jabatan=f"Sekretaris {nama}",
    )
    for seksi in ("Pemerintahan dan Pembangunan", "Kesejahteraan Sosial"):
        p.tambah("seksi-kelurahan", f"Seksi {seksi}", kel, wilayah=wilayah, urusan=("7.01",))


def _cabang(p: Penyusun, indeks: dict[str, int]) -> dict[str, int]:
    """Branch offices of a province per kabupaten/kota: education and vehicle tax."""
    cabang = {}
    for daerah in p.bahan.daerah:
        cabang[daerah.kode] = p.tambah(
            "cabdin",
            f"Cabang Dinas Pendidikan {daerah.nama}",
            indeks["dindik"],
            wilayah=daerah.kode,
            urusan=("1.01",),
        )
        samsat = p.tambah(
            "samsat", f"UPTD Pengelolaan Pendapatan Daerah {daerah.nama}", indeks["bapenda"],
            wilayah=daerah.kode,
            urusan=("5.02",),
        )  # fmt: skip
        for nama in ("Seksi Pajak Kendaraan Bermotor", "Seksi Penagihan dan Pembayaran"):
            p.tambah("seksi", f"{nama} {daerah.nama}", samsat, wilayah=daerah.kode, urusan=("5.02",))
    return cabang
