"""``petajabatan periksa``: every invariant of the live database, and the rows that break one."""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import Any

from petajabatan.cli.keluaran import angka, emit, finding_lines, save_findings_csv
from petajabatan.cli.lingkungan import database, progress
from petajabatan.cli.penguraian import add_command

TANPA_AUDIT = (
    "Rantai audit, versi lama, dan isi berkas tidak diperiksa: pakai --penuh"
    " (rantai audit saja: periksa audit)."
)


def add_parser(sub: Any) -> None:
    parser = add_command(
        sub,
        "periksa",
        "buktikan bahwa isi basis data masih utuh",
        "Membaca basis data yang sedang berjalan dan mencari baris yang melanggar aturan: pohon"
        " (satu puncak, tanpa"
        " yatim dan lingkaran), satu kepala per unit, satu kursi definitif per orang, urutan versi,"
        " riwayat yang"
        " tumpang, jumlah K dan B yang berbeda dari hitungan ulang, pemicu audit dan tembok data"
        " yang mati, peran"
        " yang terlalu kuat, berkas yang hilang. Tidak mengubah apa pun. Gagal bila ada yang melanggar.",
        [
            "petajabatan periksa",
            "petajabatan periksa --penuh --json",
            "petajabatan periksa --hitung-ulang",
            "petajabatan periksa audit --simpan-kepala kepala.json",
            "petajabatan periksa audit --kepala kepala.json",
        ],
        run,
    )
    parser.add_argument(
        "sasaran",
        nargs="?",
        choices=["audit"],
        help="hanya rantai audit: catatan diubah, hilang, sisipan",
    )
    parser.add_argument(
        "--simpan-kepala", type=Path, metavar="FILE.json", help="audit: simpan ujung setiap rantai ke berkas"
    )
    parser.add_argument(
        "--kepala", type=Path, metavar="FILE.json", help="audit: ujung yang disimpan dahulu harus masih ada"
    )
    parser.add_argument(
        "--penuh",
        action="store_true",
        help="juga semua versi lama, rantai audit, dan isi setiap berkas dibandingkan sidiknya",
    )
    parser.add_argument(
        "--hitung-ulang", action="store_true", help="hitung ulang B semua instansi lebih dahulu"
    )
    parser.add_argument("--contoh", type=int, default=50, metavar="N", help="baris per aturan (bawaan 50)")
    parser.add_argument("--simpan-temuan", type=Path, metavar="FILE.csv", help="tulis temuan ke berkas CSV")


def run(args: argparse.Namespace) -> int:
    return _run_audit(args) if args.sasaran == "audit" else _run_all(args)


def _run_audit(args: argparse.Namespace) -> int:
    """Prove the audit chains; 1 when a record was changed, removed, added or cut off."""
    with database(args), progress() as kemajuan:
        from petajabatan.inti.actor import sistem
        from petajabatan.inti.dinding import scope_of
        from petajabatan.inti.rantai import prove, read_heads, save_heads

        dahulu = read_heads(args.kepala) if args.kepala else None
        begin = time.perf_counter()
        with scope_of(sistem("periksa audit")):
            proof = prove(contoh=max(1, args.contoh), kemajuan=kemajuan, dahulu=dahulu)
        took = time.perf_counter() - begin
        if args.simpan_kepala and proof.utuh:
            save_heads(args.simpan_kepala, proof.kepala)
    if args.simpan_temuan:
        save_findings_csv(args.simpan_temuan, proof.temuan)
    isi = {
        "ok": proof.utuh,
        "catatan": proof.catatan,
        "rantai": proof.rantai,
        "tertunda": proof.tertunda,
        "dilanggar": proof.jumlah,
        "detik": round(took, 2),
        "kepala": {str(rantai): list(end) for rantai, end in proof.kepala.items()},
        "temuan": [t.as_dict() for t in proof.temuan],
    }
    head = f"{angka(proof.catatan)} catatan audit dalam {angka(proof.rantai)} rantai"
    lines = [
        f"{head} diperiksa dalam {took:.1f} detik: "
        + ("utuh." if proof.utuh else f"{angka(sum(proof.jumlah.values()))} pelanggaran.")
    ]
    if proof.tertunda:
        lines.append(f"{angka(proof.tertunda)} catatan terakhir masih menunggu segelnya.")
    lines += [f"  {angka(n):>9}  {kode}" for kode, n in proof.jumlah.items()]
    emit(args, isi, [*lines, *(finding_lines(proof.temuan) if proof.temuan else [])])
    return 0 if proof.utuh else 1


def _run_all(args: argparse.Namespace) -> int:
    with database(args), progress() as kemajuan:
        from petajabatan.inti.actor import sistem
        from petajabatan.inti.dinding import scope_of
        from petajabatan.runtime.pemeriksaan import check_all, recompute_all

        with scope_of(sistem("periksa")):
            if args.hitung_ulang:
                recompute_all()
        begin = time.perf_counter()
        with scope_of(sistem("periksa")):
            results, temuan = check_all(penuh=args.penuh, contoh=max(1, args.contoh), kemajuan=kemajuan)
    took = time.perf_counter() - begin
    if args.simpan_temuan:
        save_findings_csv(args.simpan_temuan, temuan)
    broken = {kode: n for kode, n in results.items() if n}
    isi = {
        "ok": not broken,
        "aturan": len(results),
        "dilanggar": broken,
        "rantai_audit": "diperiksa" if args.penuh else "tidak diperiksa",
        "detik": round(took, 2),
        "temuan": [t.as_dict() for t in temuan],
    }
    left_out = [] if args.penuh else [TANPA_AUDIT]
    head = f"{len(results)} aturan diperiksa dalam {took:.1f} detik: "
    if not broken:
        emit(args, isi, [head + "semua dipenuhi.", *left_out])
        return 0
    lines = [f"{head}{len(broken)} dilanggar, {angka(sum(broken.values()))} baris."]
    lines += [f"  {angka(n):>9}  {kode}" for kode, n in broken.items()]
    emit(args, isi, [*lines, *finding_lines(temuan)[1 + len(broken) :], *left_out])
    return 1
