"""The whole run: refuse or begin, fill by workers, close, count. Runs as the owner of the database."""

from __future__ import annotations

import datetime as dt
import json
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

import psycopg
from psycopg import Connection

from petajabatan.inti.temuan import Ditolak, Temuan
from petajabatan.simulasi.rules.periksa_hasil import beda_hitungan
from petajabatan.simulasi.rules.rencana import Tugas, rencanakan
from petajabatan.simulasi.services import tunda, tutup
from petajabatan.simulasi.services.bahan import Bangsa
from petajabatan.simulasi.services.regu import Regu

KUNCI = 0x53494D55
"""Advisory lock of a run: one simulation per database at a time."""
ISIAN = ("peta_versi", "unor", "posisi", "infojab", "pegawai", "riwayat_jabatan")
"""Tables that must be empty before a run."""
Lapor = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Pilihan:
    """What a run is asked to do. ``sidik``: the statement of a map's hash; ``hari``: the business day of
    B."""

    url: str
    skala: float
    benih: int
    proses: int
    hari: dt.date
    sidik: str
    lanjut: bool = False
    ulang: bool = False


def tolak(kode: str, kalimat: str, perbaikan: str) -> Ditolak:
    """A refusal with its remedy."""
    return Ditolak([Temuan(kode, "galat", kalimat, perbaikan)])


def simulasikan(p: Pilihan, lapor: Lapor) -> dict[str, Any]:
    """Fill the database with a nation and close it; returns counts, times and the run's own findings.

    Raises Ditolak when the database already holds maps or people, when a run was interrupted and neither
    ``lanjut`` nor ``ulang`` says what to do, when references are missing, or another run is under way.
    """
    waktu: dict[str, float] = {}
    mulai = time.perf_counter()
    with psycopg.connect(p.url, autocommit=True) as conn:
        if conn.execute("SELECT pg_try_advisory_lock(%s)", [KUNCI]).fetchone() != (True,):
            raise tolak(
                "simulasi-berjalan", "Simulasi lain sedang berjalan pada basis data ini.", "Tunggu selesai."
            )
        jalan = _jalan(conn, p)
        pengantar = {
            "url": p.url, "simulasi": jalan["id"], "benih": jalan["benih"], "skala": jalan["skala"],
            "hari": p.hari.isoformat(), "sidik": p.sidik,
        }  # fmt: skip
        with Regu(p.proses, pengantar) as regu:
            if jalan["status"] == "mengisi":
                _isi(conn, regu, jalan, lapor)
                conn.execute("UPDATE simulasi SET status = 'menutup' WHERE id = %s", [jalan["id"]])
                waktu["mengisi"] = round(time.perf_counter() - mulai, 1)
            langkah = time.perf_counter()
            _tutup(conn, regu, jalan, lapor, waktu)
            waktu["menutup"] = round(time.perf_counter() - langkah, 1)
            memori = round(sum(regu.mb.values()))
        lapor(0, 0, "menghitung sebaran")
        ringkas = tutup.ringkasan(conn)
        hitung = _hitungan(conn, jalan["id"])
        beda = beda_hitungan(hitung, ringkas)
        waktu["semua"] = round(time.perf_counter() - mulai, 1)
        isi = {"hitungan": hitung, "sebaran": ringkas, "waktu": waktu, "memori_mb": memori, "beda": beda}
        with conn.transaction():
            tutup.umpan(conn, jalan["id"])
            tunda.nyalakan(conn, jalan["tunda"])
            conn.execute(
                "UPDATE simulasi SET status = 'selesai', selesai = now(), isi = %s WHERE id = %s",
                [json.dumps(isi), jalan["id"]],
            )
        tutup.statistik(conn)
    return {"simulasi": jalan["id"], "benih": jalan["benih"], "skala": jalan["skala"], **isi}


def terputus(conn: Connection[Any]) -> dict[str, Any] | None:
    """The run that has not been closed, if there is one."""
    row = conn.execute(
        "SELECT id, benih, skala, status, mulai, rencana, tunda FROM simulasi WHERE status <>"
        " 'selesai' ORDER BY id DESC"
    ).fetchone()
    if row is None:
        return None
    return dict(zip(("id", "benih", "skala", "status", "mulai", "rencana", "tunda"), row, strict=True))


def _jalan(conn: Connection[Any], p: Pilihan) -> dict[str, Any]:
    """The run to work on: a new one, or the interrupted one as ``p`` says."""
    lama = terputus(conn)
    if lama is None:
        return _mulai(conn, p)
    if p.ulang:
        with conn.transaction():
            tunda.kosongkan(conn)
            tunda.nyalakan(conn, lama["tunda"])
            conn.execute("DELETE FROM simulasi_instansi WHERE simulasi_id = %s", [lama["id"]])
            conn.execute("DELETE FROM simulasi WHERE id = %s", [lama["id"]])
            # Indexes that are still off come back on empty tables, so that the new run finds all of them.
            for tabel, pekerjaan in tunda.pekerjaan_indeks(lama["tunda"]).items():
                tunda.bangun(conn, tabel, pekerjaan)
            tunda.pasang_asing(conn, lama["tunda"])
            for nama, tabel, _ in lama["tunda"]["asing"]:
                tunda.sahkan_asing(conn, tabel, nama)
        return _mulai(conn, p)
    if not p.lanjut:
        n = conn.execute(
            "SELECT count(*) FROM simulasi_instansi WHERE simulasi_id = %s", [lama["id"]]
        ).fetchone()
        raise tolak(
            "simulasi-terputus",
            f"Simulasi yang dimulai {lama['mulai']:%d-%m-%Y %H:%M} (skala {lama['skala']}, benih"
            f" {lama['benih']})"
            f" terputus setelah {n[0] if n else 0} dari {len(lama['rencana'])} instansi; indeks dan"
            f" penjaga basis data"
            " ini belum lengkap.",
            "Teruskan dengan --lanjut, atau buang hasilnya dan mulai lagi dengan --ulang.",
        )
    return lama


def _mulai(conn: Connection[Any], p: Pilihan) -> dict[str, Any]:
    """Plan a new run, note it, and take indexes, rules and triggers off, in one transaction."""
    isian = [t for t in ISIAN if conn.execute(f"SELECT FROM {t} LIMIT 1".encode()).fetchone() is not None]
    if isian:
        raise tolak(
            "basis-data-terisi",
            f"Basis data ini sudah berisi peta atau pegawai ({', '.join(isian)}); simulasi hanya"
            f" mengisi yang kosong.",
            "Pakai folder data lain: petajabatan --data-dir FOLDER-BARU simulasi nasional …",
        )
    bangsa = Bangsa(conn)
    if len(bangsa.instansi) == 0 or not bangsa.kecamatan:
        raise tolak(
            "referensi-kosong",
            "Daftar instansi atau wilayah belum dimuat.",
            "Sebut foldernya dengan --sumber, atau jalankan petajabatan impor referensi FOLDER.",
        )
    rencana = [asdict(t) for t in rencanakan(bangsa.calon(conn), p.skala, p.benih)]
    with conn.transaction():
        milik = tunda.kumpulkan(conn)
        row = conn.execute(
            "INSERT INTO simulasi (benih, skala, proses, status, mulai, rencana, tunda, isi)"
            " VALUES (%s, %s, %s, 'mengisi', now(), %s, %s, '{}') RETURNING id",
            [p.benih, p.skala, p.proses, json.dumps(rencana), json.dumps(milik)],
        ).fetchone()
        assert row is not None
        tunda.lepaskan(conn, milik)
    return {
        "id": row[0], "benih": p.benih, "skala": p.skala, "status": "mengisi", "rencana": rencana,
        "tunda": milik
    }  # fmt: skip


def _isi(conn: Connection[Any], regu: Regu, jalan: dict[str, Any], lapor: Lapor) -> None:
    sudah = {
        r[0]: r[1] for r in conn.execute(
            "SELECT instansi_id, (isi->>'orang')::int FROM simulasi_instansi WHERE simulasi_id = %s",
            [jalan["id"]]
        )
    }  # fmt: skip
    tugas = [
        {"apa": "isi", "tugas": asdict(Tugas(**t))} for t in jalan["rencana"] if t["instansi_id"] not in sudah
    ]
    orang, n = sum(sudah.values()), len(sudah)
    for _, hasil in regu.kerjakan(tugas):
        n += 1
        orang += hasil["orang"]
        lapor(n, len(jalan["rencana"]), f"mengisi instansi ({orang:,} orang)".replace(",", "."))


def _tutup(
    conn: Connection[Any], regu: Regu, jalan: dict[str, Any], lapor: Lapor, waktu: dict[str, float]
) -> None:
    """Indexes, then what is computed from the rows, then foreign keys and statistics."""
    mulai = time.perf_counter()
    indeks = tunda.pekerjaan_indeks(jalan["tunda"])
    urut = ("pegawai", "riwayat_jabatan", "posisi_riwayat", "isian_riwayat", "unor_riwayat")
    kerja = [
        {"apa": "indeks", "tabel": t, "pekerjaan": indeks[t]}
        for t in sorted((t for t in indeks if t not in tunda.CARI), key=lambda t: (t not in urut,
        urut.index(t) if t in urut else 0))
    ]  # fmt: skip
    _semua(regu, kerja, lapor, "memasang indeks")
    tutup.sekuens(conn)
    _semua(regu, [{"apa": "sql", "sql": f"ANALYZE {t}"} for t in tunda.BESAR], lapor, "statistik")
    waktu["indeks"] = round(time.perf_counter() - mulai, 1)
    mulai = time.perf_counter()
    belum = [
        r[0] for r in conn.execute(
            "SELECT instansi_id FROM simulasi_instansi WHERE simulasi_id = %s AND ditutup IS NULL"
            " ORDER BY urutan",
            [jalan["id"]],
        )
    ]  # fmt: skip
    _semua(regu, [{"apa": "tutup", "instansi": i} for i in belum], lapor, "menghitung pohon, jumlah dan B")
    waktu["hitungan"] = round(time.perf_counter() - mulai, 1)
    mulai = time.perf_counter()
    kerja = [{"apa": "sql", "sql": kata} for kata in tutup.KATA]
    kerja += [{"apa": "indeks", "tabel": t, "pekerjaan": indeks.get(t, [])} for t in tunda.CARI]
    _semua(regu, kerja, lapor, "kata nama dan indeks pencarian")
    tunda.pasang_asing(conn, jalan["tunda"])
    asing = [{"apa": "sahkan", "tabel": t, "nama": n} for n, t, _ in jalan["tunda"]["asing"]]
    _semua(regu, asing, lapor, "mengesahkan kunci asing")
    tabel = [*tunda.HITUNGAN, "kata_orang", "kata_peta"]
    _semua(regu, [{"apa": "sql", "sql": f"VACUUM (ANALYZE) {t}"} for t in tabel], lapor, "statistik")
    waktu["aturan"] = round(time.perf_counter() - mulai, 1)


def _semua(regu: Regu, kerja: list[dict[str, Any]], lapor: Lapor, tahap: str) -> None:
    lapor(0, len(kerja), tahap)
    for n, _ in enumerate(regu.kerjakan(kerja), 1):
        lapor(n, len(kerja), tahap)


def _hitungan(conn: Connection[Any], simulasi_id: int) -> dict[str, Any]:
    """What the workers say they wrote, added up."""
    hasil: Counter[str] = Counter()
    jenis: Counter[str] = Counter()
    cacat: Counter[str] = Counter()
    for (isi,) in conn.execute("SELECT isi FROM simulasi_instansi WHERE simulasi_id = %s", [simulasi_id]):
        hasil["instansi"] += 1
        hasil.update(
            {
                k: isi.get(k, 0)
                for k in (
                    "unor",
                    "posisi",
                    "k",
                    "kode",
                    "infojab",
                    "isian",
                    "lembar",
                    "orang",
                    "riwayat",
                )
            }
        )
        jenis.update(isi["jenis"])
        cacat.update(isi["cacat"])
    return {**hasil, "jenis": dict(jenis), "cacat": dict(cacat)}
