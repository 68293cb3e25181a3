"""Search over 70,899 names and the import of reference lists, on a throw-away server.

The names are made here (words of the field in all combinations), so that the bench needs no official file.
"""

from __future__ import annotations

import gzip
import itertools
import json
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from _lari import best_of, report, throwaway_server

N = 70_899
PERAN = [
    "PENGELOLA", "PENGADMINISTRASI", "PENGOLAH", "PENYUSUN", "ANALIS", "OPERATOR", "TEKNISI", "PETUGAS",
    "PRANATA", "PENELAAH", "BENDAHARA", "VERIFIKATOR", "PENATA", "PENYULUH", "PENGAWAS", "PERAWAT", "GURU",
    "DOKTER", "ARSIPARIS", "PENGEMUDI",
]  # fmt: skip
APA = [
    "DATA", "UMUM", "KEUANGAN", "KEPEGAWAIAN", "BARANG", "PERSEDIAAN", "LAPORAN", "PERENCANAAN", "PROGRAM",
    "SISTEM", "INFORMASI", "JARINGAN", "KESEHATAN", "PENDIDIKAN", "PERTANIAN", "KEHUTANAN", "PERIKANAN",
    "PASAR", "RETRIBUSI", "PAJAK", "SARANA", "PRASARANA", "HUKUM", "ARSIP", "SURAT", "GEDUNG", "KENDARAAN",
    "LABORATORIUM", "KOMPUTER", "STATISTIK",
]  # fmt: skip
TEMPAT = [
    "DINAS", "BADAN", "KECAMATAN", "KELURAHAN", "SEKRETARIAT", "BIDANG", "SEKSI", "SUBBAGIAN", "UPT",
    "PUSKESMAS", "SEKOLAH", "RUMAH",
]  # fmt: skip

CARI = (
    "pengelola", "pengelola data", "pengadministrasi umm", "pengadministrsi keuangn", "analis kepegawain",
    "gurru", "komputr pranata", "perwat", "pe", "penyuluh pertanian", "pengelloa", "operator sistm informasi",
    "tidak ada ini",
)  # fmt: skip
SEMUA = ("perawat", "pengelola data", "kepegawaian")


def _names() -> list[str]:
    every = itertools.product(PERAN, APA, APA, TEMPAT)
    return [" ".join(dict.fromkeys(words)) for words in itertools.islice(every, 0, N * 3, 3)]


def main() -> int:
    ok = True
    with throwaway_server():
        from petajabatan.runtime.install import setup_django

        setup_django("web")
        import psycopg
        from django.db import connection

        from petajabatan.inti.actor import sistem
        from petajabatan.inti.dinding import scope_of
        from petajabatan.referensi.queries import search_referensi
        from petajabatan.referensi.services import import_referensi
        from petajabatan.runtime.data_dir import DataDir
        from petajabatan.runtime.postgres import embedded_url

        actor = sistem("ukur")
        rows = [
            {"id": f"BENCH{n:08}", "nama": name, "kodeCepat": str(n), "status": "1"}
            for n, name in enumerate(_names())
        ]
        with tempfile.TemporaryDirectory() as temporary:
            path = Path(temporary) / "jabatanPelaksana.json.gz"
            path.write_bytes(gzip.compress(json.dumps(rows).encode()))
            begun = time.perf_counter()
            result = import_referensi(actor, path).of(path.name)
            took = time.perf_counter() - begun
        assert result.ditambah == len(rows), result

        # The bare figure: COPY by the owner into the same table with all its indexes, rolled back afterwards.
        with psycopg.connect(embedded_url(DataDir.from_env(), web=False)) as owner, owner.cursor() as cursor:
            begun = time.perf_counter()
            with cursor.copy(
                "COPY jabatan (jenis, id_siasn, nama, kode_cepat, status, sumber, aktif) FROM STDIN"
            ) as copy:
                for row in rows:
                    copy.write_row(
                        ("pelaksana", "X" + row["id"], row["nama"], row["kodeCepat"], "1", "ukur", True)
                    )
            bare = time.perf_counter() - begun
            owner.rollback()
        # No limit: the goal of half the speed of COPY is set for units and people, not for references.
        report("referensi_impor_pelaksana", len(rows) / took, "baris/detik", ratio=bare / took, n=len(rows))

        with scope_of(actor):
            slowest = max(
                best_of(lambda text=text: search_referensi("jabatan-pelaksana", text, 20)) for text in CARI
            )
            everywhere = max(best_of(lambda text=text: search_referensi("semua", text, 20)) for text in SEMUA)
        ok &= report("referensi_cari_70k", slowest * 1000, "ms", 50, n=len(CARI))
        ok &= report("referensi_cari_semua", everywhere * 1000, "ms", 50, n=len(SEMUA))
        connection.close()
    return 0 if ok else 1


if __name__ == "__main__":
    sys.exit(main())
