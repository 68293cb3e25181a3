"""Ministries and agencies: headquarters by number of first-echelon units, and offices in the regions."""

from __future__ import annotations

import functools

from petajabatan.simulasi.rules.bentuk import Bahan, Daerah, JabatanAcuan, Unit
from petajabatan.simulasi.rules.data import baris, sebaran
from petajabatan.simulasi.rules.rujukan import Rujukan
from petajabatan.simulasi.rules.susun import Penyusun, bagi

BIRO = ("Perencanaan dan Kerja Sama", "Keuangan dan Barang Milik Negara",
"Sumber Daya Manusia dan Organisasi",
        "Hukum", "Hubungan Masyarakat", "Umum")  # fmt: skip
BIDANG = ("Tata Kelola", "Pembinaan", "Pengembangan Usaha", "Standardisasi", "Pelayanan", "Pengawasan",
          "Kemitraan", "Transformasi")  # fmt: skip
URUSAN = ("Perencanaan Teknis", "Pembinaan Pelaksanaan", "Kelembagaan dan Sumber Daya",
"Pengendalian dan Evaluasi",
          "Data dan Sistem Informasi")  # fmt: skip
SEKSI = ("Pelayanan", "Pengawasan dan Kepatuhan", "Pengolahan Data dan Informasi", "Pembinaan", "Penindakan",
         "Keberatan dan Konsultasi", "Sarana Teknis", "Kerja Sama", "Evaluasi", "Penyuluhan", "Sertifikasi",
         "Arsip",
         "Program", "Kendali Mutu")  # fmt: skip
JF_UMUM = ("Analis Kebijakan", "Perencana", "Arsiparis", "Pranata Komputer",
"Analis Sumber Daya Manusia Aparatur",
           "Analis Keuangan Pusat dan Daerah", "Pranata Hubungan Masyarakat")  # fmt: skip
PELAKSANA = (("Penelaah Teknis Kebijakan", 0.4), ("Pengolah Data dan Informasi", 0.3),
             ("Pengadministrasi Perkantoran", 0.2), ("Operator Layanan Operasional", 0.1))  # fmt: skip
LADANG = {"PM": 0.4, "TR": 1.0, "MH": 0.6, "PY": 0.35, "PT": 1.2, "MU": 0.9, "MA": 0.4}
"""Weights of the jenjang among the JF of a family (assumption)."""
DASAR = {"KEMENT": (900, 4), "": (400, 3)}
"""People and first-echelon units of an instansi that ``pusat.csv`` does not name (assumption)."""


def ukuran_pusat(kode_cepat: str, jenis_instansi: str) -> tuple[int, int]:
    """People and first-echelon units of a central instansi."""
    for row in baris("pusat"):
        if row["kode_cepat"] == kode_cepat:
            return int(row["orang"]), int(row["eselon_satu"])
    return DASAR.get(jenis_instansi, DASAR[""])


@functools.cache
def kantor_daerah(kode_cepat: str) -> tuple[dict[str, str], ...]:
    """Kinds of offices an instansi has in the regions (``vertikal.csv``)."""
    return tuple(r for r in baris("vertikal") if r["kode_cepat"] == kode_cepat)


def susun_pusat(
    bahan: Bahan, rujukan: Rujukan, benih: int, skala: float, *, jenis_instansi: str = ""
) -> list[Unit]:
    """The whole organisation of one ministry or agency."""
    p = Penyusun(bahan, rujukan, benih, skala)
    orang, eselon_satu = ukuran_pusat(bahan.kode_cepat, jenis_instansi)
    rencana: list[tuple[dict[str, str], Daerah, int]] = []
    for row in kantor_daerah(bahan.kode_cepat):
        rencana += [(row, d, n) for d, n in _tempat(p, row)]
    di_daerah = sum(int(row["orang"]) for row, _, _ in rencana)
    pusat = max(orang * p.lipat - di_daerah, 60 * eselon_satu)
    _kantor_pusat(p, eselon_satu, pusat)
    tuan = {
        row["kunci"]: 1 + i % max(1, eselon_satu - 1) for i, row in enumerate(kantor_daerah(bahan.kode_cepat))
    }
    satu = [i for i, u in enumerate(p.unit) if u.ragam in ("setjen", "eselon-satu")]
    # An office of a kecamatan stands under that of its kabupaten, this one under that of its province.
    berdiri: dict[str, int] = {}
    urut = sorted(range(len(rencana)), key=lambda i: (len(rencana[i][1].kode), i))
    for row, daerah, n in (rencana[i] for i in urut):
        atas = [
            berdiri[k]
            for k in (daerah.kode[:5], daerah.kode[:2])
            if k in berdiri and len(k) < len(daerah.kode)
        ]
        induk = atas[0] if atas else satu[min(tuan[row["kunci"]], len(satu) - 1)]
        i = _kantor(p, row, daerah, n, induk)
        berdiri.setdefault(daerah.kode, i)
    return p.unit


def _tempat(p: Penyusun, row: dict[str, str]) -> list[tuple[Daerah, int]]:
    """Where offices of a kind stand: region and running number."""
    if row["per"] == "prov":
        calon = [d for d in p.bahan.daerah if len(d.kode) == 2]
    else:
        calon = [d for d in p.bahan.daerah if len(d.kode) == 5]
    if row["per"] == "kec":
        calon = [Daerah(kode, nama) for d in calon for kode, nama in d.kecamatan]
    return [(d, n) for d in calon for n in range(1, p.bulatkan(float(row["bagian"]) * p.lipat) + 1)]


def _kantor_pusat(p: Penyusun, eselon_satu: int, orang: float) -> None:
    """Headquarters of about ``orang`` people: secretariat, inspectorate, directorates, their sections."""
    nama = p.bahan.nama
    akar = p.tambah("pimpinan-pusat", nama, None, nama_jabatan=f"Pimpinan {nama}"[:250])
    n_direktorat = max(1, (eselon_satu - 1)) * 5
    tim = max(1, round(orang / (n_direktorat + len(BIRO) + 4) / 12))
    per_tim = orang / ((n_direktorat + len(BIRO) + 4) * tim)
    setjen = p.tambah("setjen", f"Sekretariat Utama {nama}", akar, nama_jabatan="Sekretaris Utama")
    for biro in BIRO:
        i = p.tambah("biro-pusat", f"Biro {biro}", setjen)
        tu = p.tambah("bagian-tu", f"Bagian Tata Usaha Biro {biro}", i)
        p.tambah("subbag-tu", f"Subbagian Rumah Tangga Biro {biro}", tu, pola="subbag-pusat")
        _tim(p, i, f"Biro {biro}", tim, per_tim, JF_UMUM)
    itjen = p.tambah("inspektorat-satu", f"Inspektorat {nama}", akar)
    _tim(p, itjen, "Inspektorat", tim * 4, per_tim, ("Auditor", "Arsiparis"))
    for n in range(3):
        judul = f"Staf Ahli Bidang {('Hukum', 'Ekonomi', 'Kelembagaan')[n]}"
        p.tambah("staf-ahli-pusat", judul, akar, nama_jabatan=judul)
    keluarga = p.bahan.pembina or JF_UMUM
    for e in range(max(1, eselon_satu - 1)):
        bidang = f"Bidang {BIDANG[e % len(BIDANG)]}"
        satu = p.tambah("eselon-satu", f"Deputi {bidang}", akar, nama_jabatan=f"Deputi {bidang}")
        p.tambah("sekretariat-satu", f"Sekretariat Deputi {bidang}", satu, pola="biro")
        for urusan in URUSAN:
            i = p.tambah("direktorat-pusat", f"Direktorat {urusan} {bidang}", satu)
            p.tambah("subbag-tu", f"Subbagian Tata Usaha Direktorat {urusan}", i, pola="subbag-pusat")
            _tim(p, i, urusan, tim, per_tim, keluarga)


def _tim(p: Penyusun, induk: int, nama: str, banyak: int, orang: float, keluarga: tuple[str, ...]) -> None:
    for n in range(1, banyak + 1):
        i = p.tambah("tim-pusat", f"Tim Kerja {nama} {n}", induk)
        isi_unit(p, p.unit[i], orang, [p.rnd.choice(keluarga), p.rnd.choice(JF_UMUM)])


def _kantor(p: Penyusun, row: dict[str, str], daerah: Daerah, n: int, induk: int) -> int:
    """One office in a region: head, sections, staff of its families of JF; its index."""
    nama = " ".join(row["nama"].format(wilayah=daerah.nama, n=n).split())
    if n > 1 and "{n}" not in row["nama"]:
        nama += f" {n}"
    orang = int(row["orang"]) * p.daya(daerah.kode) * p.rnd.uniform(0.75, 1.25)
    keluarga = row["jf"].split(";")
    i = p.tambah(
        row["ragam"], nama, induk, nama_jabatan=f"{row['nama_jabatan']} {nama}"[:250], wilayah=daerah.kode
    )
    if row["ragam"] in ("madrasah", "kua"):
        p.kepala_jf(
            p.unit[i],
            "Guru Ahli Madya" if row["ragam"] == "madrasah" else "Penghulu Ahli Madya",
            "Guru SMP" if row["ragam"] == "madrasah" else "",
        )
    sub = int(row["sub"])
    kelas = {"kanwil": "bidang-vertikal", "ptn": "jurusan", "rs-vertikal": "instalasi-vertikal"}
    for k in range(sub):
        judul = {"ptn": f"Fakultas {k + 1}", "rs-vertikal": f"Instalasi {k + 1}"}.get(row["ragam"])
        if judul is None:
            judul = "Subbagian Umum" if k == 0 else f"Seksi {SEKSI[(k - 1) % len(SEKSI)]}"
        j = p.tambah(kelas.get(row["ragam"], "seksi-vertikal"), f"{judul} {nama}", i, wilayah=daerah.kode)
        isi_unit(p, p.unit[j], orang / sub, [keluarga[k % len(keluarga)], keluarga[0]])
    if not sub:
        isi_unit(p, p.unit[i], orang, keluarga)
    return i


def isi_unit(p: Penyusun, unit: Unit, orang: float, keluarga: list[str]) -> None:
    """Boxes for about ``orang`` people: JF of the families over their jenjang, the rest pelaksana."""
    jf = [j for nama in dict.fromkeys(keluarga) for j in p.rujukan.keluarga(nama)]
    mengajar = unit.ragam in ("madrasah", "jurusan")
    pelaksana = 0.2 if mengajar else sebaran()["pelaksana-pusat"]
    n = max(1, p.bulatkan(orang))
    n_pelaksana = p.bulatkan(n * pelaksana) if jf else n
    terisi = max(0.5, p.daya(unit.wilayah))
    ada = {k.nama for k in unit.kotak if not k.kepala}
    isian = [(nama, isi) for nama, isi in bagi(n_pelaksana, PELAKSANA)]
    isian += [(j.nama, isi) for j, isi in zip(jf, _sebar(n - n_pelaksana, jf), strict=True)]
    for nama, isi in isian:
        if nama in ada:
            continue
        k = p.bulatkan(isi / terisi * p.rnd.uniform(0.9, 1.3)) if isi else 0
        p.kotak(unit, nama, k, isi, "Guru SMP" if mengajar and nama.startswith("Guru") else "")


def _sebar(orang: int, jf: list[JabatanAcuan]) -> list[int]:
    bobot = [LADANG.get(j.jenjang or "", 0.2) for j in jf]
    jumlah = sum(bobot) or 1
    return [n for _, n in bagi(orang, tuple((j.nama, b / jumlah) for j, b in zip(jf, bobot, strict=True)))]
