"""Writing one simulated instansi: composed, streamed through COPY, and noted, in one transaction."""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Iterable, Iterator
from typing import Any

from psycopg import Connection

from petajabatan.demo import sumber
from petajabatan.demo.sumber import jabatan as jabatan_demo
from petajabatan.simulasi.rules.bentuk import Bahan, Unit
from petajabatan.simulasi.rules.infojab import Penjelas
from petajabatan.simulasi.rules.orang import Kumpulan, Nip
from petajabatan.simulasi.rules.pemda import susun_pemda
from petajabatan.simulasi.rules.penduduk import Penduduk
from petajabatan.simulasi.rules.pusat import PELAKSANA, susun_pusat
from petajabatan.simulasi.rules.rencana import Tugas
from petajabatan.simulasi.rules.rujukan import Rujukan
from petajabatan.simulasi.services.bahan import Bangsa, jabatan_acuan

BERLAKU = "2026-01-02"
SELAMANYA = 2147483647
NIHIL = "\\N"
ANTREAN = 1 << 18
"""Characters gathered before they are handed to COPY."""
SPUL = 48 << 20
"""Bytes of former and present posts kept in memory while people are being written; the rest on disk."""
PEGAWAI = (
    "id, instansi_id, nip, id_siasn, nama, gelar_depan, gelar_belakang, tanggal_lahir, jenis_kelamin, jenis,"
    " kedudukan_hukum, golongan, tmt_golongan, mk_tahun, mk_bulan, tmt_cpns, tmt_pns, tingkat_pendidikan_id,"
    " pendidikan_id, tahun_lulus, sintetis, diperbarui"
)
RIWAYAT = (
    "id, pegawai_id, instansi_id, posisi_id, unor_id, jabatan_id, nama_unor, nama_jabatan, masa,"
    " jenis, sementara,"
    " sumber"
)
UNOR_RIWAYAT = (
    "unor_id, instansi_id, sejak, hingga, atasan_id, urutan, nama, nama_jabatan, jenis, eselon_id,"
    " wilayah_id,"
    " urusan, cepat_kode, dasar_hukum_id, pasal, halaman, penerus"
)
POSISI_RIWAYAT = (
    "posisi_id, instansi_id, sejak, hingga, unor_id, urutan, jenis, jabatan_id, nama, jenjang_id, kepala,"
    " kelas, k, infojab_id"
)
ISIAN_RIWAYAT = "isian_id, instansi_id, sejak, hingga, infojab_id, posisi_id, bagian, isi"


class Penulis:
    """Lines for COPY, gathered and handed on in blocks."""

    def __init__(self, copy: Any) -> None:
        self._copy, self._isi, self._n = copy, [""], 0

    def __call__(self, baris: str) -> None:
        """One line, ending in a newline."""
        self._isi.append(baris)
        self._n += len(baris)
        if self._n >= ANTREAN:
            self.selesai()

    def selesai(self) -> None:
        """Hand on what is left."""
        self._copy.write("".join(self._isi))
        self._isi, self._n = [""], 0


def _salin(conn: Connection[Any], tabel: str, kolom: str, baris: Iterable[str]) -> None:
    with conn.cursor() as cursor, cursor.copy(f"COPY {tabel} ({kolom}) FROM STDIN".encode()) as copy:
        tulis = Penulis(copy)
        for satu in baris:
            tulis(satu)
        tulis.selesai()


class Pemuat:
    """Everything a worker keeps between two instansi."""

    def __init__(self, conn: Connection[Any], simulasi_id: int, benih: int, skala: float) -> None:
        self.conn, self.simulasi_id, self.benih, self.skala = conn, simulasi_id, benih, skala
        self.bangsa = Bangsa(conn)
        pelaksana = {r["jabatan"] for rows in sumber.pola().values() for r in rows}
        pelaksana |= {nama for nama, _ in PELAKSANA} | set(jabatan_demo())
        self.rujukan = Rujukan(jabatan_acuan(conn, pelaksana))
        pendidikan = conn.execute("SELECT id_siasn, id FROM pendidikan").fetchall()
        self.teladan = Kumpulan(benih, dict(pendidikan))
        conn.commit()

    def susun(self, bahan: Bahan, jenis_instansi: str) -> list[Unit]:
        """The organisation of one instansi by its kind."""
        if bahan.jenis == "PUSAT":
            return susun_pusat(bahan, self.rujukan, self.benih, self.skala, jenis_instansi=jenis_instansi)
        return susun_pemda(bahan, self.rujukan, self.benih, self.skala)

    def isi(self, tugas: Tugas) -> dict[str, Any]:
        """Compose and write one instansi; returns its counts. One transaction."""
        mulai = time.perf_counter()
        with self.conn.transaction():
            bahan = self.bangsa.bahan(self.conn, tugas.instansi_id)
            unit = self.susun(bahan, self.bangsa.instansi[tugas.instansi_id][4])
            dasar = self._versi(tugas, bahan)
            unor_id = [tugas.blok + 1 + i for i in range(len(unit))]
            posisi_id, n_posisi = [], 0
            for u in unit:
                posisi_id.append(range(tugas.blok + 1 + n_posisi, tugas.blok + 1 + n_posisi + len(u.kotak)))
                n_posisi += len(u.kotak)
            penjelas = Penjelas(bahan.id_siasn, tugas.blok, self.benih)
            penjelas.pilih(unit)
            self._peta(tugas, unit, unor_id, posisi_id, dasar, penjelas)
            n_isian = self._infojab(tugas, unit, posisi_id, penjelas)
            hitung = self._orang(tugas, bahan, unit, unor_id, posisi_id)
            ganda = sum(not aktif for u in unit for *_, aktif in u.kode)
            isi = {
                "unor": len(unit), "posisi": n_posisi, "k": sum(k.k for u in unit for k in u.kotak),
                "kode": sum(len(u.kode) for u in unit), "jenis_instansi": bahan.jenis,
                "infojab": len(penjelas.kerangka), "isian": n_isian, "lembar": penjelas.n_lembar,
                **vars(hitung),
            }  # fmt: skip
            isi["cacat"] = {**hitung.cacat, "npsn-ganda": ganda}
            isi["detik"] = round(time.perf_counter() - mulai, 2)
            self.conn.execute(
                "INSERT INTO simulasi_instansi (simulasi_id, instansi_id, urutan, isi) VALUES (%s,"
                " %s, %s, %s)",
                [self.simulasi_id, tugas.instansi_id, tugas.urutan, json.dumps(isi)],
            )
            self.conn.execute(
                "INSERT INTO audit (aktor, permintaan, instansi_id, aksi, objek, jumlah, rincian)"
                " VALUES ('simulasi', '', %s, 'muat-simulasi', 'instansi', %s, %s)",
                [
                    tugas.instansi_id,
                    hitung.orang,
                    json.dumps({"simulasi": self.simulasi_id, "benih": self.benih}),
                ],
            )
        return isi

    def _versi(self, tugas: Tugas, bahan: Bahan) -> int:
        """Version 1 and the invented regulation it stands on; id of the regulation."""
        self.conn.execute(
            "INSERT INTO peta_versi (instansi_id, nomor, jenis, berlaku, ditetapkan_pada,"
            " ditetapkan_oleh, keterangan,"
            " hash) VALUES (%s, 1, 'muat-awal', %s, now(), 'simulasi', 'Simulasi nasional"
            " (organisasi rekaan)', '')",
            [tugas.instansi_id, BERLAKU],
        )
        row = self.conn.execute(
            "INSERT INTO dasar_hukum (id, instansi_id, jenis, nomor, tahun, tentang, tanggal, status)"
            " OVERRIDING SYSTEM VALUE VALUES (%s, %s, %s, 'SIM-1', 2021, %s, '2021-12-01',"
            " 'berlaku') RETURNING id",
            [
                tugas.blok, tugas.instansi_id, "Permen" if bahan.jenis == "PUSAT" else "Perda",
                f"Organisasi dan Tata Kerja {bahan.nama} (rekaan untuk simulasi, bukan peraturan sungguhan)",
            ],
        ).fetchone()  # fmt: skip
        assert row is not None
        return int(row[0])

    def _peta(
        self,
        tugas: Tugas,
        unit: list[Unit],
        unor_id: list[int],
        posisi_id: list[range],
        dasar: int,
        penjelas: Penjelas,
    ) -> None:
        i_id, awalan = tugas.instansi_id, f"51{self.benih % 0x10000:04X}{tugas.instansi_id % 0x1000000:06X}AA"
        _salin(self.conn, "unor", "id, instansi_id, id_siasn",
               (f"{n}\t{i_id}\t{awalan}{n - tugas.blok:018X}\n" for n in unor_id))  # fmt: skip
        _salin(
            self.conn, "unor_riwayat", UNOR_RIWAYAT,
            (
                f"{n}\t{i_id}\t1\t{SELAMANYA}"
                f"\t{NIHIL if u.atasan is None else unor_id[u.atasan]}\t{k}\t{u.nama}"
                f"\t{u.nama_jabatan}\t{u.jenis}\t{u.eselon or NIHIL}\t{u.wilayah or NIHIL}"
                f"\t{{{','.join(u.urusan)}}}\t\t{dasar}\tPasal {k + 1}\t\t{{}}\n"
                for k, (n, u) in enumerate(zip(unor_id, unit, strict=True))
            ),
        )  # fmt: skip
        _salin(self.conn, "kode_unor", "id, unor_id, instansi_id, jenis, kode, aktif", (
            f"{n}\t{n}\t{i_id}\t{jenis}\t{kode}\t{'t' if aktif else 'f'}\n"
            for n, u in zip(unor_id, unit, strict=True) for jenis, kode, aktif in u.kode
        ))  # fmt: skip
        _salin(self.conn, "posisi", "id, instansi_id", (f"{p}\t{i_id}\n" for r in posisi_id for p in r))
        _salin(
            self.conn, "posisi_riwayat", POSISI_RIWAYAT,
            (
                f"{p}\t{i_id}\t1\t{SELAMANYA}\t{n}\t{k}\t{b.jenis}\t{b.jabatan_id or NIHIL}\t{b.nama}"
                f"\t{b.jenjang or NIHIL}\t{'t' if b.kepala else 'f'}\t{b.kelas}\t{b.k}"
                f"\t{penjelas.infojab_of(b) or NIHIL}\n"
                for n, u, r in zip(unor_id, unit, posisi_id, strict=True)
                for k, (p, b) in enumerate(zip(r, u.kotak, strict=True))
            ),
        )  # fmt: skip

    def _infojab(self, tugas: Tugas, unit: list[Unit], posisi_id: list[range], penjelas: Penjelas) -> int:
        """Informasi jabatan and ABK sheets; how many sections."""
        n = 0

        def lines() -> Iterator[str]:
            nonlocal n
            for row in penjelas.isian(unit, posisi_id):
                n += 1
                isi = json.dumps(row.isi, ensure_ascii=False, separators=(",", ":")).replace("\\", "\\\\")
                yield (
                    f"{row.isian_id}\t{tugas.instansi_id}\t1\t{SELAMANYA}\t{row.infojab_id or NIHIL}"
                    f"\t{row.posisi_id or NIHIL}\t{row.bagian}\t{isi}\n"
                )

        _salin(self.conn, "infojab", "id, instansi_id",
               (f"{k.id}\t{tugas.instansi_id}\n" for k in penjelas.kerangka.values()))  # fmt: skip
        _salin(self.conn, "isian_riwayat", ISIAN_RIWAYAT, lines())
        return n

    def _orang(
        self, tugas: Tugas, bahan: Bahan, unit: list[Unit], unor_id: list[int], posisi_id: list[range]
    ) -> Any:
        """People straight into their table; their posts wait in a spool, as one COPY runs at a time."""
        with tempfile.SpooledTemporaryFile(SPUL, "w+", encoding="utf-8", newline="\n") as spul:
            with (
                self.conn.cursor() as cursor,
                cursor.copy(f"COPY pegawai ({PEGAWAI}) FROM STDIN".encode()) as copy,
            ):
                tulis = Penulis(copy)
                penduduk = Penduduk(
                    tugas.instansi_id, bahan.id_siasn, bahan.wilayah, tugas.blok, self.benih, self.teladan,
                    Nip(tugas.seri, tugas.n_seri), tulis, spul.write,
                )  # fmt: skip
                hitung = penduduk.isi(unit, unor_id, posisi_id)
                tulis.selesai()
            spul.seek(0)
            with (
                self.conn.cursor() as cursor,
                cursor.copy(f"COPY riwayat_jabatan ({RIWAYAT}) FROM STDIN".encode()) as copy,
            ):
                while blok := spul.read(ANTREAN):
                    copy.write(blok)
        return hitung
