"""Import of 200,000 people, validated and audited, against COPY of the same rows by the owner into tables
with the same foreign keys and indexes. The import runs as the web role in a process of its own, whose peak
memory is measured. Then the search among those people."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg
from _lari import percentile, report, throwaway_server

N = int(os.environ.get("BENCH_PEGAWAI", "200000"))
N_UNOR, N_POSISI = 4_000, 20_000
DEPAN = [
    "Siti",
    "Budi",
    "Sri",
    "Agus",
    "Dewi",
    "Eko",
    "Endang",
    "Joko",
    "Nur",
    "Rina",
    "Slamet",
    "Tri",
    "Wahyu",
    "Yuni",
    "Hadi",
    "Lestari",
]
TENGAH = [
    "Ayu",
    "Puji",
    "Catur",
    "Dwi",
    "Ratna",
    "Bagus",
    "Indah",
    "Rahmat",
    "Fitri",
    "Galih",
    "Kartika",
    "Adi",
    "Wulan",
    "Bayu",
]
AKHIR = [
    "Santoso",
    "Wibowo",
    "Hidayat",
    "Saputra",
    "Rahayu",
    "Lestari",
    "Nugroho",
    "Kusuma",
    "Handayani",
    "Setiawan",
    "Utami",
]
PEGAWAI = (
    "id, instansi_id, nip, id_siasn, nama, gelar_depan, gelar_belakang, tanggal_lahir, jenis_kelamin, jenis,"
    " kedudukan_hukum, golongan, tmt_golongan, mk_tahun, mk_bulan, tmt_cpns, tmt_pns, tingkat_pendidikan_id,"
    " pendidikan_id, tahun_lulus, sintetis, diperbarui"
)
RIWAYAT = (
    "id, pegawai_id, instansi_id, posisi_id, unor_id, jabatan_id, nama_unor, nama_jabatan, masa, jenis,"
    " sementara, sumber"
)


def write_export(path: Path, places: list[tuple]) -> None:
    """An export as SIASN writes it: every column of the layout, personal data included."""
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))
    from petajabatan.pegawai.tests.ekspor import JUDUL

    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, JUDUL, restval="null")
        writer.writeheader()
        for i in range(N):
            unor, nama_unor, jabatan, nama_jabatan, instansi = places[i % len(places)]
            year, month, day = 1966 + i % 36, 1 + i // 36 % 12, 1 + i // 432 % 28
            start = year + 22 + i // 12096 % 4
            sex = 1 + i // 48384 % 2
            nip = f"{year}{month:02}{day:02}{start}{1 + i % 12:02}{sex}{1 + i // 96768:03}"
            writer.writerow({
                "pns_id": f"A{i:031}", "nip_baru": f"'{nip}",
                "nama": f"{DEPAN[i % 16]} {TENGAH[i // 16 % 14]} {AKHIR[i // 224 % 11]}",
                "gelar_belakang": "S.Pd.", "tanggal_lahir": f"{day:02}-{month:02}-{year}",
                "jenis_kelamin": "MF"[sex - 1], "agama_nama": "Islam", "nik": f"'33170{i:011}",
                "nomor_hp": f"0812{i:08}", "alamat": f"Jalan Contoh Nomor {i}", "email": f"o{i}@contoh.id",
                "kedudukan_hukum_id": "01", "kedudukan_hukum_nama": "Aktif", "status_cpns_pns": "P",
                "tmt_cpns": f"01-{1 + i % 12:02}-{start}", "tmt_pns": f"01-{1 + i % 12:02}-{start + 1}",
                "gol_akhir_nama": f"III/{'abcd'[i % 4]}", "tmt_golongan": "01-04-2022", "mk_tahun": i % 30,
                "mk_bulan": i % 12, "jenis_jabatan_id": "4", "jabatan_id": jabatan,
                "jabatan_nama": nama_jabatan,
                "tmt_jabatan": f"{1 + i % 28:02}-01-2023", "tingkat_pendidikan_id": "40",
                "tahun_lulus": "2005",
                "unor_id": unor, "unor_nama": nama_unor, "instansi_kerja_id": instansi,
            })  # fmt: skip


IMPORT = """
import json, resource, sys, time
from petajabatan.runtime.install import setup_django
setup_django("web")
from petajabatan.inti.actor import sistem
from petajabatan.inti.dinding import scope_of
from petajabatan.pegawai.services import import_pegawai
start = time.perf_counter()
actor = sistem("ukur")
with scope_of(actor):
    report = import_pegawai(actor, int(sys.argv[1]), sys.argv[2], sintetis=True)
seconds = time.perf_counter() - start
print(json.dumps({"seconds": seconds, "ok": report.ok, "baru": report.baru, "kotak": report.berposisi,
                  "temuan": dict(report.jumlah_temuan),
                  "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))
"""


SEARCH = """
import json, sys, time
from petajabatan.runtime.install import setup_django
setup_django("web")
from petajabatan.inti.actor import Actor, sistem
from petajabatan.inti.dinding import scope_of
from petajabatan.pegawai.queries import search_people
actors = [sistem("ukur"), Actor(1, "operator", cakupan_instansi=frozenset({int(sys.argv[1])}))]
texts = ["siti ayu santoso", "Budi Pujii", "slamt hidayat", "Wahyu", "1980", "endang ratna kusma", "lestari"]
texts.append("zzyx")
times = []
for actor in actors:
    for text in texts * 5:
        with scope_of(actor):
            start = time.perf_counter()
            n = len(search_people(actor, text))
            times.append(time.perf_counter() - start)
            assert bool(n) is (text != "zzyx"), text
print(json.dumps(times))
"""


def searched(instansi: int) -> list[float]:
    done = subprocess.run(
        [sys.executable, "-c", SEARCH, str(instansi)], check=True, stdout=subprocess.PIPE, text=True
    )
    return json.loads(done.stdout.splitlines()[-1])


def imported(instansi: int, path: Path) -> dict:
    done = subprocess.run(
        [sys.executable, "-c", IMPORT, str(instansi), str(path)], check=True, capture_output=True, text=True
    )
    return json.loads(done.stdout.splitlines()[-1])


def bare_copy(owner: str, folder: Path) -> float:
    """Seconds to COPY the very rows the import made into empty twins of the tables: columns, generated
    columns, indexes, constraints and foreign keys, but no triggers, no checks of ours and no audit."""
    with psycopg.connect(owner) as conn:
        files = {}
        for table, columns in (("pegawai", PEGAWAI), ("riwayat_jabatan", RIWAYAT)):
            files[table] = folder / f"{table}.copy"
            with (
                files[table].open("wb") as out,
                conn.cursor().copy(f"COPY {table} ({columns}) TO STDOUT") as data,
            ):
                for block in data:
                    out.write(block)
            conn.execute(f"CREATE TABLE kembar_{table} (LIKE {table} INCLUDING ALL)")
            for name, definition in conn.execute(
                "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint"
                " WHERE conrelid = %s::regclass AND contype = 'f'", [table],
            ).fetchall():  # fmt: skip
                definition = definition.replace("REFERENCES pegawai(", "REFERENCES kembar_pegawai(")
                conn.execute(f'ALTER TABLE kembar_{table} ADD CONSTRAINT "{name}" {definition}')
        conn.commit()
        start = time.perf_counter()
        for table, columns in (("pegawai", PEGAWAI), ("riwayat_jabatan", RIWAYAT)):
            with (
                files[table].open("rb") as source,
                conn.cursor().copy(f"COPY kembar_{table} ({columns}) FROM STDIN") as data,
            ):
                while block := source.read(1 << 16):
                    data.write(block)
        conn.commit()
        return time.perf_counter() - start


def main() -> int:
    with throwaway_server() as folder, tempfile.TemporaryDirectory() as work:
        code = "from _data import make_map; import sys; from petajabatan.runtime.install import setup_django;"
        code += f"setup_django('web'); print(make_map('8001', {N_UNOR}, {N_POSISI}))"
        done = subprocess.run(
            [sys.executable, "-c", code],
            check=True,
            capture_output=True,
            text=True,
            cwd=Path(__file__).parent,
        )
        instansi = int(done.stdout.split()[-1])
        from petajabatan.runtime.data_dir import DataDir
        from petajabatan.runtime.postgres import embedded_url

        owner = embedded_url(DataDir(folder), web=False)
        with psycopg.connect(owner) as conn:
            places = conn.execute(
                "SELECT coalesce(u.id_siasn, ''), k.nama, j.id_siasn, j.nama, i.id_siasn"
                " FROM posisi_riwayat p JOIN unor u ON u.id = p.unor_id JOIN unor_kini k ON k.unor_id = u.id"
                " JOIN jabatan j ON j.id = p.jabatan_id JOIN instansi i ON i.id = p.instansi_id"
                " WHERE p.instansi_id = %s ORDER BY p.posisi_id", [instansi],
            ).fetchall()  # fmt: skip
        path = Path(work) / "asn.csv"
        write_export(path, places)
        first = imported(instansi, path)
        if not first["ok"] or first["baru"] != N or first["kotak"] < N * 0.99:
            print(first, file=sys.stderr)
            return 1
        bare = bare_copy(owner, Path(work))
        again = imported(instansi, path)
        ok = report("impor-pegawai", first["seconds"], "s", 2.0, "ratio", first["seconds"] / bare, N)
        ok &= report("impor-pegawai-memori", first["mb"], "MB", 500, "value", None, N)
        ok &= report("impor-pegawai-ulang", again["seconds"], "s", 2.0, "ratio", again["seconds"] / bare, N)
        ok &= again["baru"] == 0
        times = searched(instansi)
        ok &= report("cari-pegawai", percentile(times, 0.95) * 1000, "ms", 100, "value", None, len(times))
    return 0 if ok else 1


if __name__ == "__main__":
    sys.exit(main())
