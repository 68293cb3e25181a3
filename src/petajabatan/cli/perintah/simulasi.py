"""``petajabatan simulasi nasional``: fill an empty database with a believable Indonesia."""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import Any

from petajabatan.cli.keluaran import GagalPerintah, angka, emit, finding_lines, say
from petajabatan.cli.lingkungan import database, progress
from petajabatan.cli.penguraian import add_command, add_group
from petajabatan.runtime.data_dir import DataDir
from petajabatan.runtime.database import OWNER, database_url


def _skala(text: str) -> float:
    try:
        nilai = float(text.replace(",", "."))
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"skala berupa angka di antara 0,001 dan 2, bukan “{text}”"
        ) from None
    if not 0.001 <= nilai <= 2:
        raise argparse.ArgumentTypeError("skala di antara 0,001 dan 2")
    return nilai


def add_parser(sub: Any) -> None:
    hal = add_group(
        add_command(
            sub, "simulasi", "isi basis data kosong dengan organisasi dan pegawai rekaan", "Simulasi."
        )
    )
    parser = add_command(
        hal,
        "nasional",
        "seluruh instansi dengan struktur, posisi dan pegawai rekaan",
        "Mengisi basis data yang belum berpeta dengan semua instansi (skala 1: 643 instansi, sekitar"
        " 4,7 juta orang"
        " rekaan): unit menurut jenis instansinya, sekolah dan fasilitas kesehatan yang nyata,"
        " posisi dari daftar"
        " jabatan, orang buatan bertanda sintetis. Benih yang sama memberi isi yang sama, berapa pun"
        " prosesnya. Skala"
        " di bawah 1 mengambil contoh instansi yang utuh; di atas 1 memperbanyak unit dan orang."
        " Sesudahnya semua"
        " aturan diperiksa; gagal bila ada yang tidak cocok. Yang terputus diteruskan dengan"
        " --lanjut atau dibuang"
        " dengan --ulang.",
        [
            "petajabatan --data-dir /srv/simulasi simulasi nasional --sumber ../shared/data",
            "petajabatan simulasi nasional --skala 0.01 --benih 7 --json",
            "petajabatan simulasi nasional --lanjut",
        ],
        run,
    )
    parser.add_argument(
        "--sumber", type=Path, metavar="FOLDER", help="muat daftar resmi dari sini lebih dahulu"
    )
    parser.add_argument("--skala", type=_skala, default=1.0, metavar="S", help="0.001 sampai 2 (bawaan 1)")
    parser.add_argument("--benih", type=int, default=1, metavar="N", help="benih angka acak (bawaan 1)")
    parser.add_argument("--proses", type=int, default=2, metavar="N", help="proses pekerja (bawaan 2)")
    parser.add_argument("--tanpa-periksa", action="store_true", help="lewati pemeriksaan aturan di akhir")
    sisa = parser.add_mutually_exclusive_group()
    sisa.add_argument("--lanjut", action="store_true", help="teruskan simulasi yang terputus")
    sisa.add_argument("--ulang", action="store_true", help="buang simulasi yang terputus dan mulai lagi")


def run(args: argparse.Namespace) -> int:
    begin = time.perf_counter()
    sumber = None if args.lanjut else args.sumber
    if sumber is not None:
        _complete(sumber)
    with database(args), progress() as kemajuan:
        from django.conf import settings

        from petajabatan.inti.actor import sistem
        from petajabatan.inti.dinding import scope_of
        from petajabatan.inti.jam import today
        from petajabatan.jabatan.queries.kanonik import HASH
        from petajabatan.simulasi.services.akun import demo_accounts
        from petajabatan.simulasi.services.nasional import Pilihan, simulasikan
        from petajabatan.simulasi.services.regu import ReguGagal

        if settings.PRODUCTION:
            raise GagalPerintah(
                "Simulasi tidak dimuat dalam mode produksi.", "Hapus PETAJABATAN_MODE=produksi."
            )
        if sumber is not None:
            _referensi(sumber, kemajuan)
        with scope_of(sistem("simulasi")):
            hari = today()
        url = database_url(DataDir.from_env(), OWNER)
        pilihan = Pilihan(
            url, args.skala, args.benih, max(1, args.proses), hari, HASH, args.lanjut, args.ulang
        )
        try:
            isi = simulasikan(pilihan, kemajuan)
        except KeyboardInterrupt:
            raise GagalPerintah(
                "Dihentikan.", "Teruskan dengan --lanjut, atau buang dan mulai lagi dengan --ulang.", 130
            ) from None
        except ReguGagal as error:
            raise GagalPerintah(
                str(error), "Teruskan dengan --lanjut, atau mulai lagi dengan --ulang."
            ) from error
        if settings.DEMO:
            with scope_of(sistem("simulasi")):
                isi["akun"] = demo_accounts()
        isi["detik"] = round(time.perf_counter() - begin, 1)
        temuan, dilanggar = ([], {}) if args.tanpa_periksa else _periksa(kemajuan)
    isi["detik_dengan_periksa"] = round(time.perf_counter() - begin, 1)
    ok = not isi["beda"] and not dilanggar
    lines = summary(isi)
    if dilanggar:
        lines += [f"  {angka(n):>9}  {kode}" for kode, n in dilanggar.items()] + finding_lines(temuan)
    isi = {"ok": ok, "dilanggar": dilanggar, **isi, "temuan": [t.as_dict() for t in temuan]}
    emit(args, isi, lines)
    return 0 if ok else 1


def _complete(folder: Path) -> None:
    """Refuse a folder that lacks lists the simulation is made of, before anything is set up."""
    from petajabatan.referensi.importers import siasn, unit, wilayah
    from petajabatan.referensi.importers.berkas import bare_name, files_in
    from petajabatan.simulasi.rules.sumber import missing

    if not folder.is_dir():
        raise GagalPerintah(
            f"Folder {folder} tidak ada.", "Sebut folder berisi daftar resmi dengan --sumber.", 2
        )
    if gone := missing(map(bare_name, files_in(folder))):
        known = {spek.berkas: spek.sumber for spek in (*siasn.SPEK, *wilayah.SPEK, *unit.SPEK)}
        lines = [f"  {name:<30}{known[name]}" for name in gone]
        raise GagalPerintah(
            "\n".join([f"Di folder {folder} tidak ada daftar resmi berikut (berkas, sumbernya):", *lines]),
            "Taruh berkasnya di folder itu, dengan atau tanpa .gz, sedalam apa pun; docs/referensi.md"
            " menyebut semua berkas. Bila daftarnya sudah dimuat ke basis data ini, jalankan tanpa --sumber.",
            2,
        )


def _referensi(sumber: Path, kemajuan: Any) -> None:
    """Import the official lists; files known already are passed over."""
    from petajabatan.inti.actor import sistem
    from petajabatan.referensi.services import import_referensi

    say(f"Memuat daftar resmi dari {sumber} …")
    import_referensi(sistem("simulasi"), sumber, kemajuan=kemajuan)


def _periksa(kemajuan: Any) -> tuple[list[Any], dict[str, int]]:
    from petajabatan.inti.actor import sistem
    from petajabatan.inti.dinding import scope_of
    from petajabatan.runtime.pemeriksaan import check_all

    with scope_of(sistem("simulasi")):
        results, temuan = check_all(kemajuan=kemajuan)
    return temuan, {kode: n for kode, n in results.items() if n}


def summary(isi: dict[str, Any]) -> list[str]:
    """What a run made, for the terminal: people by kind, seats by family of jabatan, defects."""
    h = isi["hitungan"]
    lines = [
        f"Simulasi nasional selesai dalam {isi['detik']:.0f} detik (skala {isi['skala']}, benih"
        f" {isi['benih']}):"
    ]
    lines += [f"  {angka(h.get(k, 0)):>10}  {k}" for k in ("instansi", "unor", "posisi", "orang", "riwayat")]
    lines += [f"  {angka(n):>10}  orang {k}" for k, n in sorted(h["jenis"].items())]
    lines += [f"  {angka(n):>10}  kursi definitif {k}" for k, n in isi["sebaran"]["rumpun"]]
    lines += [f"  {angka(n):>10}  cacat {k}" for k, n in sorted(h["cacat"].items())]
    lines += [f"Tidak cocok: {b}" for b in isi["beda"]]
    return lines
