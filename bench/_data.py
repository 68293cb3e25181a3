"""Invented maps of any size for benches, published the way every map is."""

from __future__ import annotations

import datetime as dt

BERLAKU = dt.date(2026, 1, 2)


def make_map(kode: str, n_unor: int, n_posisi: int, nama: str = "") -> int:
    """Publish an instansi: ``n_unor`` units, 8 below each, and ``n_posisi`` boxes; returns its id.

    Deterministic: the same arguments give the same map.
    """
    from petajabatan.inti.actor import sistem
    from petajabatan.inti.dinding import scope_of
    from petajabatan.jabatan.services import publish_map
    from petajabatan.organisasi.rules.muatan import Muatan, PosisiMuatan, UnorMuatan
    from petajabatan.referensi.models import Instansi, Jabatan

    actor = sistem("bench")
    with scope_of(actor):
        instansi, _ = Instansi.objects.get_or_create(
            id_siasn=f"UKUR{kode}",
            defaults={"nama": nama or f"Pemerintah Kabupaten Ukur {kode}", "jenis": "D", "kode_cepat": kode},
        )
        jobs = list(Jabatan.objects.filter(jenis="pelaksana", id_siasn__startswith="UKUR")[:40])
        if not jobs:
            jobs = [
                Jabatan.objects.create(id_siasn=f"UKUR{i}", jenis="pelaksana", nama=f"Pengelola Urusan {i}")
                for i in range(40)
            ]
        units = [
            UnorMuatan(
                kunci=str(i),
                atasan=None if i == 0 else str((i - 1) // 8),
                nama=f"Subbagian {i} {kode}" if i else instansi.nama,
                nama_jabatan=f"Kepala Subbagian {i}",
                eselon="41",
            )
            for i in range(n_unor)
        ]
        boxes = [
            PosisiMuatan(
                unor=str(i % n_unor),
                nama=f"Kepala Subbagian {i}",
                jenis="struktural",
                kepala=True,
                k=1,
                kelas=9,
            )
            if i < n_unor
            else PosisiMuatan(
                unor=str(i % n_unor),
                nama=jobs[i % 40].nama,
                jenis="pelaksana",
                jabatan_id=jobs[i % 40].id,
                k=i % 4,
                kelas=5 + i % 3,
            )
            for i in range(n_posisi)
        ]
        publish_map(actor, instansi.id, Muatan(units, boxes), berlaku=BERLAKU, jenis="muat-awal")
    return instansi.id
