"""Small and large maps made by hand for the tests and the bench: no database, no randomness."""

from __future__ import annotations

import datetime as dt
from itertools import count

from petajabatan.jabatan.rules.peta import Kotak, Peta, Simpul, build_peta
from petajabatan.pegawai.cetak.dokumen import Identitas

PELAKSANA = (
    ("Penelaah Teknis Kebijakan", 7),
    ("Pengolah Data dan Informasi", 6),
    ("Pengadministrasi Perkantoran", 5),
    ("Penata Layanan Operasional", 7),
    ("Pengelola Layanan Operasional", 6),
)
FUNGSIONAL = (
    ("Dokter Ahli Muda", 11),
    ("Perawat Ahli Pertama", 8),
    ("Perawat Terampil", 6),
    ("Bidan Mahir", 7),
    ("Tenaga Promosi Kesehatan dan Ilmu Perilaku Ahli Pertama", 8),
    ("Pranata Laboratorium Kesehatan Terampil", 6),
    ("Perencana Ahli Muda", 9),
    ("Analis Kebijakan Ahli Pertama", 8),
)

IDENTITAS = Identitas(
    instansi="Pemerintah Kab. Contoh",
    versi=3,
    berlaku=dt.date(2026, 1, 1),
    hash="9f8e7d6c5b4a39281706f5e4d3c2b1a0",
    dicetak=dt.date(2026, 11, 23),
    b_per=dt.date(2026, 11, 23),
)


class Pembuat:
    """Collects units and boxes; figures follow from a counter."""

    def __init__(self) -> None:
        self.units: list[Simpul] = []
        self.boxes: list[Kotak] = []
        self._box = count(1)

    def unit(
        self,
        nama: str,
        atasan: int | None,
        jabatan: str = "",
        *,
        eselon: str | None = None,
        jenis: str = "struktural",
        kelas: int | None = None,
        b: int = 1,
    ) -> int:
        uid = len(self.units) + 1
        self.units.append(Simpul(uid, atasan, nama, jabatan, jenis, eselon, uid, f"U{uid}"))
        if jabatan:
            kepala = "struktural" if eselon else "fungsional"
            self.boxes.append(Kotak(next(self._box), uid, jabatan, kepala, None, kelas, 1, kepala=True, b=b))
        return uid

    def box(self, unit: int, nama: str, jenis: str, kelas: int | None, k: int | None, b: int) -> None:
        n = next(self._box)
        self.boxes.append(Kotak(n, unit, nama, jenis, None, kelas, k, urutan=n, jabatan_id=1, b=b))

    def posts(self, unit: int, jenis: str, n: int) -> None:
        source = PELAKSANA if jenis == "pelaksana" else FUNGSIONAL
        for i in range(n):
            nama, kelas = source[i % len(source)]
            if i >= len(source):
                nama = f"{nama} {i // len(source) + 1}"
            k = (unit * 7 + i * 3) % 5
            self.box(unit, nama, jenis, kelas, k, max(0, k - (unit + i) % 3))

    def dinas(self, nama: str, atasan: int, bidang: int = 4, seksi: int = 2) -> int:
        dinas = self.unit(nama, atasan, f"Kepala {nama}", eselon="II.b", kelas=14)
        self.posts(dinas, "fungsional", 6)
        sekretariat = self.unit("Sekretariat", dinas, "Sekretaris", eselon="III.a", kelas=12)
        for sub in ("Umum dan Kepegawaian", "Program dan Keuangan"):
            unit = self.unit(
                f"Subbagian {sub}", sekretariat, f"Kepala Subbagian {sub}", eselon="IV.a", kelas=9
            )
            self.posts(unit, "pelaksana", 3)
        for i in range(bidang):
            unit = self.unit(
                f"Bidang {nama} {i + 1}", dinas, f"Kepala Bidang {nama} {i + 1}", eselon="III.b", kelas=11
            )
            self.posts(unit, "fungsional", 2)
            for j in range(seksi):
                bawah = self.unit(
                    f"Seksi {nama} {i + 1}.{j + 1}",
                    unit,
                    f"Kepala Seksi {nama} {i + 1}.{j + 1}",
                    eselon="IV.a",
                    kelas=9,
                )
                self.posts(bawah, "pelaksana", 3)
        return dinas

    def build(self) -> Peta:
        return build_peta(1, 3, dt.date(2026, 1, 1), self.units, self.boxes)


def kabupaten(dinas: int = 3, kecamatan: int = 4, puskesmas: int = 7, sekolah: int = 12) -> Peta:
    """A regency: Sekda with two asisten and a staf ahli, dinas, RSUD, puskesmas, schools, kecamatan."""
    m = Pembuat()
    akar = m.unit("Pemerintah Kabupaten Contoh", None)
    sekda = m.unit("Sekretariat Daerah", akar, "Sekretaris Daerah", eselon="II.a", kelas=15)
    for i in (1, 2):
        asisten = m.unit(f"Asisten {i}", sekda, f"Asisten {i}", eselon="II.b", kelas=14)
        for j in (1, 2):
            bagian = m.unit(f"Bagian {i}.{j}", asisten, f"Kepala Bagian {i}.{j}", eselon="III.a", kelas=12)
            m.posts(bagian, "pelaksana", 4)
    m.unit("Staf Ahli Hukum", sekda, "Staf Ahli Hukum", eselon="II.b", kelas=13)
    for i in range(dinas):
        m.dinas(f"Dinas {i + 1}", akar)
    kesehatan = m.dinas("Dinas Kesehatan", akar)
    rsud = m.unit("RSUD Contoh", kesehatan, "Direktur RSUD", eselon="III.a", jenis="faskes", kelas=13)
    m.posts(rsud, "fungsional", 70)
    for i in range(3):
        bidang = m.unit(f"Bidang RSUD {i + 1}", rsud, f"Kepala Bidang RSUD {i + 1}", eselon="III.b", kelas=11)
        m.posts(bidang, "pelaksana", 12)
    for i in range(puskesmas):
        unit = m.unit(f"Puskesmas {i + 1}", kesehatan, "Kepala Puskesmas", jenis="faskes", kelas=10)
        m.posts(unit, "fungsional", 8)
    pendidikan = m.dinas("Dinas Pendidikan", akar)
    for i in range(sekolah):
        unit = m.unit(f"SD Negeri {i + 1}", pendidikan, "Kepala Sekolah", jenis="sekolah", kelas=11)
        m.box(unit, "Guru Kelas Ahli Pertama", "fungsional", 8, 6, 5)
        m.box(unit, "Penjaga Sekolah", "pelaksana", 1, None, 1)
    for i in range(kecamatan):
        unit = m.unit(
            f"Kecamatan {i + 1}", akar, f"Camat {i + 1}", eselon="III.a", jenis="kecamatan", kelas=12
        )
        for j in range(4):
            seksi = m.unit(
                f"Seksi Kecamatan {i + 1}.{j + 1}",
                unit,
                f"Kepala Seksi {i + 1}.{j + 1}",
                eselon="IV.a",
                kelas=9,
            )
            m.posts(seksi, "pelaksana", 2)
    return m.build()
