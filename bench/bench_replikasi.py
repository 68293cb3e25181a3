"""Figures of replicating posts: 300 with informasi jabatan and ABK rows into 10 units, as one job.

    python bench/bench_replikasi.py            # all
    python bench/bench_replikasi.py --kecil    # a tenth of the posts

The source is a branch of 10 units with 30 posts each, published by another instansi; every post has an informasi
jabatan of 13 sections and an ABK sheet of 8 rows. First each unit goes to its like (300 new boxes), then a unit with
all 300 posts goes to 10 units (3,000 new boxes). Time is what the service takes inside the job's own scope: read,
match, operations, checks, totals, findings, audit. On a throw-away embedded PostgreSQL as the web role.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

from _lari import report, throwaway_server
from bench_usulan import account

BATAS_DETIK = 5.0
UNIT = 10


def section_texts(n: int) -> dict[str, dict[str, Any]]:
    """The sections of one informasi jabatan, as long as they are in practice."""
    tugas = [
        {"uraian": f"Menelaah bahan {n} tahap {i} sesuai prosedur agar kegiatan berjalan lancar", "hasil": "Dokumen",
         "tahapan": [f"mengumpulkan bahan {i}", f"memeriksa bahan {i}", f"menyusun konsep {i}"]}
        for i in range(1, 9)
    ]  # fmt: skip
    daftar = [{"teks": f"Butir {i} dari jabatan {n}"} for i in range(1, 6)]
    return {
        "ikhtisar": {"ikhtisar": f"Mengolah data {n} dengan cara memeriksa berkas agar data selalu benar."},
        "kualifikasi": {
            "pendidikan": [{"teks": "S-1 Administrasi", "tingkat": "40"}],
            "diklat_teknis": daftar,
        },
        "tugas_pokok": {"tugas_pokok": tugas},
        "hasil_kerja": {"hasil_kerja": [{"hasil": f"Dokumen {i}", "satuan": "Dokumen"} for i in range(8)]},
        "bahan_kerja": {"bahan_kerja": [{"bahan": f"Bahan {i}", "penggunaan": "Acuan"} for i in range(8)]},
        "perangkat_kerja": {"perangkat_kerja": [{"perangkat": "Komputer", "penggunaan": "Mengolah"}]},
        "tanggung_jawab": {"tanggung_jawab": daftar},
        "wewenang": {"wewenang": daftar},
        "korelasi": {"korelasi": [{"jabatan": "Kepala", "unit": "Bidang", "hal": "Konsultasi"}]},
        "lingkungan": {"lokasi": "Di dalam ruangan", "suhu": "Sejuk", "udara": "Sirkulasi baik"},
        "risiko": {"risiko": [{"risiko": "Kelelahan mata", "penyebab": "Layar"}]},
        "syarat": {"keterampilan": daftar, "jenis_kelamin": "Laki-laki/Perempuan"},
        "prestasi": {"prestasi": "Sangat baik"},
    }


def make_instansi(kode: str, n_posisi: int) -> int:
    """A map of one office with ``UNIT`` units below it; ``n_posisi`` posts spread over them, and one unit more
    with all of them when there are any."""
    import datetime as dt

    from petajabatan.inti.actor import sistem
    from petajabatan.inti.dinding import scope_of
    from petajabatan.jabatan.services import publish_map
    from petajabatan.organisasi.rules.muatan import Muatan, PosisiMuatan, UnorMuatan
    from petajabatan.referensi.models import Instansi, Jabatan

    actor = sistem("bench")
    with scope_of(actor):
        instansi, _ = Instansi.objects.get_or_create(
            id_siasn=f"SALIN{kode}",
            defaults={"nama": f"Kabupaten Salin {kode}", "jenis": "D", "kode_cepat": kode},
        )
        jobs = list(Jabatan.objects.filter(id_siasn__startswith="SALIN").order_by("id"))
        if not jobs:
            jobs = [
                Jabatan.objects.create(id_siasn=f"SALIN{i}", jenis="pelaksana", nama=f"Pengelola Layanan {i}")
                for i in range(max(n_posisi, 1))
            ]
        units = [
            UnorMuatan("akar", None, instansi.nama, nama_jabatan="Bupati"),
            UnorMuatan("dinas", "akar", "Dinas Layanan", nama_jabatan="Kepala Dinas", eselon="22"),
        ]
        units += [
            UnorMuatan(
                f"u{i}",
                "dinas",
                f"Bidang Urusan {chr(65 + i)}",
                nama_jabatan=f"Kepala Bidang {chr(65 + i)}",
                eselon="31",
            )
            for i in range(UNIT)
        ]
        boxes = [
            PosisiMuatan(
                unor=f"u{i % UNIT}", nama=jobs[i].nama, jenis="pelaksana", jabatan_id=jobs[i].id, k=2, kelas=6
            )
            for i in range(n_posisi)
        ]
        if n_posisi:
            units.append(
                UnorMuatan("semua", "dinas", "Bidang Semua", nama_jabatan="Kepala Bidang Semua", eselon="31")
            )
            boxes += [
                PosisiMuatan(unor="semua", nama=job.nama, jenis="pelaksana", jabatan_id=job.id, k=2, kelas=6)
                for job in jobs[:n_posisi]
            ]
        publish_map(actor, instansi.id, Muatan(units, boxes), berlaku=dt.date(2026, 1, 2), jenis="muat-awal")
    return instansi.id


def describe_posts(instansi_id: int) -> None:
    """Give every post an informasi jabatan and an ABK sheet, published as a version."""
    from petajabatan.inti.actor import sistem
    from petajabatan.inti.dinding import scope_of
    from petajabatan.inti.jam import today
    from petajabatan.jabatan.models import PosisiRiwayat
    from petajabatan.usulan.models import Persetujuan, Usulan
    from petajabatan.usulan.services import add_operations, create_usulan
    from petajabatan.usulan.services.terbit import Penetapan, publish_usulan

    actor = sistem("bench")
    with scope_of(actor):
        boxes = list(
            PosisiRiwayat.objects.filter(instansi_id=instansi_id, jenis="pelaksana").order_by("posisi_id")
        )
        usulan = create_usulan(actor, instansi_id, judul="Informasi jabatan", layanan="infojab")
        steps: list[dict[str, Any]] = []
        for n, box in enumerate(boxes, 1):
            steps.append({"jenis": "buat-infojab", "id": -n, "posisi_id": [box.posisi_id]})
            steps += [
                {"jenis": "tulis-isian", "infojab_id": -n, "bagian": code, "isi": isi}
                for code, isi in section_texts(n).items()
            ]
            rows = [
                {"uraian": f"Tugas {i}", "tugas": i, "satuan": "Dokumen", "volume": "24", "norma": "900"}
                for i in range(1, 9)
            ]
            steps.append(
                {"jenis": "tulis-isian", "posisi_id": box.posisi_id, "bagian": "abk", "isi": {"baris": rows}}
            )
        add_operations(actor, usulan.pk, steps)
        usulan.refresh_from_db()
        for pihak in ("instansi", "bkn"):
            Persetujuan.objects.create(
                usulan=usulan, instansi_id=instansi_id, pihak=pihak, revisi=usulan.revisi
            )
        for status in ("menunggu_persetujuan", "diajukan", "diverifikasi", "disetujui"):
            Usulan.objects.filter(pk=usulan.pk).update(status=status)
        publish_usulan(actor, usulan.pk, Penetapan("1", today(), today()))


def units_of(instansi_id: int) -> dict[str, int]:
    from petajabatan.organisasi.models import UnorKini

    return dict(UnorKini.objects.filter(instansi_id=instansi_id).values_list("nama", "unor_id"))


def measure(n_posisi: int) -> bool:
    from petajabatan.anjab.services.replikasi import Permintaan, propose, replicate
    from petajabatan.inti.actor import sistem
    from petajabatan.inti.dinding import scope_of
    from petajabatan.inti.pekerjaan import Kemajuan
    from petajabatan.organisasi.models import DasarHukum
    from petajabatan.usulan.services import create_usulan

    class Catat(Kemajuan):
        """Counts the reports, so that a job without progress is seen."""

        n = 0

        def __call__(self, selesai: int, total: int | None = None, tahap: str = "") -> None:
            self.n += 1

    asal, sasaran = make_instansi("8821", n_posisi), make_instansi("8822", 0)
    describe_posts(asal)
    with scope_of(sistem("bench")):
        source, target = units_of(asal), units_of(sasaran)
        basis = DasarHukum.objects.create(
            instansi_id=sasaran, jenis="Perbup", nomor="1", tahun=2026, tentang="Susunan organisasi"
        )
        operator = account("ukur.salin", "instansi-operator-sotk", sasaran)
    ok = True
    letters = [f"Bidang Urusan {chr(65 + i)}" for i in range(UNIT)]
    for name, sumber, limit in (
        ("replikasi_300_ke_10_unit", "Dinas Layanan", BATAS_DETIK),
        ("replikasi_300_ke_tiap_10_unit", "Bidang Semua", None),
    ):
        with scope_of(operator):
            usulan = create_usulan(operator, sasaran, judul=name, dasar_hukum_id=basis.pk)
        catat = Catat()
        start = time.perf_counter()
        with scope_of(operator):
            if sumber == "Dinas Layanan":
                _, jodoh = propose(operator, usulan.pk, source[sumber], [target[sumber]])
                pairs = tuple((j.sumber, j.tujuan) for j in jodoh)
            else:
                pairs = tuple((source[sumber], target[unit]) for unit in letters)
            made = replicate(
                operator, usulan.pk, Permintaan(source[sumber], pairs), kunci="ukur", kemajuan=catat
            )
        seconds = time.perf_counter() - start
        figures = made.rencana.ringkas()
        print({"isi": figures, "operasi": made.describe()["operasi"], "kabar_kemajuan": catat.n}, flush=True)
        expected = n_posisi if limit else n_posisi * UNIT
        complete = made.rencana.baru == expected and figures["baris_abk"] == expected * 8 and catat.n > 2
        ok &= report(name, seconds, "detik", limit, n=made.rencana.baru) and complete
    return ok


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kecil", action="store_true", help="sepersepuluh ukurannya")
    args = parser.parse_args()
    with throwaway_server():
        from petajabatan.runtime import install

        install.setup_django("web")
        return 0 if measure(30 if args.kecil else 300) else 1


if __name__ == "__main__":
    sys.exit(main())
