"""The change feed: what numbering adds to publishing 5,000 changes on a map of 10,000 units and 50,000 boxes, and
reading a page."""

from __future__ import annotations

import subprocess
import sys
import time

import psycopg
from _lari import best_of, report, throwaway_server

UBAH = (
    "UPDATE posisi_riwayat SET hingga = 2 WHERE instansi_id = %(i)s AND hingga = 2147483647 AND posisi_id IN"
    " (SELECT posisi_id FROM posisi_riwayat WHERE instansi_id = %(i)s ORDER BY posisi_id LIMIT 5000)",
    "INSERT INTO posisi_riwayat (posisi_id, instansi_id, sejak, hingga, unor_id, urutan, jenis, jabatan_id, nama,"
    " jenjang_id, kepala, kelas, k, infojab_id) SELECT posisi_id, instansi_id, 2, 2147483647, unor_id, urutan + 1,"
    " jenis, jabatan_id, nama, jenjang_id, kepala, kelas, k, infojab_id FROM posisi_riwayat"
    " WHERE instansi_id = %(i)s AND hingga = 2",
)


def main() -> int:
    with throwaway_server() as folder:
        from petajabatan.runtime.data_dir import DataDir
        from petajabatan.runtime.postgres import embedded_url

        code = "from _data import make_map; from petajabatan.runtime.install import setup_django;"
        code += "setup_django('web'); make_map('8001', 10000, 50000)"
        subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL)
        oks = []
        with psycopg.connect(embedded_url(DataDir(folder), web=False), autocommit=True) as conn:
            (instansi,) = conn.execute("SELECT instansi_id FROM peta_versi").fetchone()
            with conn.transaction():
                conn.execute(
                    "INSERT INTO peta_versi (instansi_id, nomor, jenis, berlaku, ditetapkan_pada, ditetapkan_oleh,"
                    " keterangan, hash) VALUES (%s, 2, 'usulan', '2027-01-01', now(), '', '', '')",
                    [instansi],
                )
                for statement in UBAH:
                    conn.execute(statement, {"i": instansi})
                conn.execute("SET CONSTRAINTS a_pohon, b_total, c_ringkas IMMEDIATE")
                start = time.perf_counter()
                conn.execute("SET CONSTRAINTS z_umpan IMMEDIATE")
                numbering = time.perf_counter() - start
            (n,) = conn.execute("SELECT count(*) FROM umpan WHERE versi = 2").fetchone()
            assert n == 5001, n
            oks.append(report("umpan_menomori_5000", numbering, "s", 1, n=n))
            page = best_of(
                lambda: conn.execute(
                    "SELECT * FROM umpan u JOIN instansi i ON i.id = u.instansi_id WHERE u.nomor > 2000 AND u.nomor <= 5001"
                    " ORDER BY u.nomor LIMIT 1001"
                ).fetchall()
            )
            oks.append(report("umpan_halaman_1000", page * 1000, "ms", 50, n=1000))
    return 0 if all(oks) else 1


if __name__ == "__main__":
    sys.exit(main())
