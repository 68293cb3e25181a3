"""``petajabatan impor``: references, units with their map, people."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from petajabatan.cli.keluaran import GagalPerintah, angka, emit, finding_lines, save_findings_csv
from petajabatan.cli.lingkungan import database, find_instansi, progress
from petajabatan.cli.penguraian import add_command, add_group, day

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from petajabatan.referensi.importers.laporan import LaporanReferensi


def add_parser(sub: Any) -> None:
    parser = add_command(
        sub,
        "impor",
        "muat referensi, unor, pegawai atau informasi jabatan dari berkas",
        "Memuat berkas apa adanya. Berkas yang salah ditolak seluruhnya dengan daftar temuan: baris,"
        " kolom, nilai dan\n"
        "perbaikannya. Berkas yang sama boleh dimuat lagi; hanya perbedaannya yang ditulis.",
        [
            "petajabatan impor referensi ../shared/data",
            "petajabatan impor unor ref-unor.json --instansi 6413 --periksa",
            "petajabatan impor pegawai export-data-asn.csv --instansi 6413 --lewati-salah",
            "petajabatan impor infojab infojab.xlsx --usulan 12 --periksa",
        ],
    )
    hal = add_group(parser)
    _referensi(hal)
    _unor(hal)
    _pegawai(hal)
    _infojab(hal)
    _kompetensi(hal)


def _common(parser: argparse.ArgumentParser, *, instansi: bool) -> None:
    if instansi:
        parser.add_argument(
            "--instansi", required=True, metavar="KODE", help="kode BKN, id SIASN atau nama instansi"
        )
    parser.add_argument(
        "--simpan-temuan", type=Path, metavar="FILE.csv", help="tulis semua temuan ke berkas CSV"
    )


def _referensi(hal: Any) -> None:
    parser = add_command(
        hal,
        "referensi",
        "daftar resmi dari satu folder",
        "Memuat daftar resmi di dalam FOLDER: *.json.gz SIASN, CSV siasn-dataset, wilayah, aturan,"
        " faskes, sekolah dan\n"
        "crosswalk. Dapat diulang dan dilanjutkan; melaporkan tambah, ubah, tetap dan tolak beserta"
        " alasannya. Cacat\n"
        "pada daftar resmi dilaporkan sebagai temuan, tidak ditebak; temuan semacam itu tidak"
        " membuat perintah gagal.",
        ["petajabatan impor referensi ../shared/data", "petajabatan impor referensi ../shared/data --json"],
        run_referensi,
    )
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="folder data resmi")
    _common(parser, instansi=False)


def _unor(hal: Any) -> None:
    parser = add_command(
        hal,
        "unor",
        "pohon organisasi (dan peta jabatan) satu instansi",
        "Memuat pohon unor: JSON ref-unor SIASN, CSV SIASN berawalan '--', atau templat XLSX kami."
        " Seluruhnya atau\n"
        "tidak sama sekali. Muatan pertama menjadi versi 1; muatan berikutnya menulis perbedaannya"
        " sebagai versi baru,\n"
        "atau sebagai draf usulan bila peta instansi itu sudah berubah lewat usulan.",
        [
            "petajabatan impor unor ref-unor.json --instansi 6413",
            "petajabatan impor unor peta.xlsx --instansi 'Pemerintah Kab. Rembang' --berlaku 2027-01-01",
            "petajabatan impor unor ref-unor.csv --instansi 6413 --periksa --simpan-temuan temuan.csv",
        ],
        run_unor,
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="berkas unor")
    _common(parser, instansi=True)
    parser.add_argument("--format", metavar="BENTUK", help="bentuk berkas bila tidak dikenali sendiri")
    parser.add_argument("--berlaku", type=day, metavar="TTTT-BB-HH", help="tanggal berlaku (bawaan hari ini)")
    parser.add_argument("--periksa", action="store_true", help="hanya periksa, jangan simpan")


def _pegawai(hal: Any) -> None:
    parser = add_command(
        hal,
        "pegawai",
        "pegawai dan jabatan yang diduduki",
        "Memuat CSV 'Export Data ASN' SIASN: NIP diperiksa, unor dan jabatan dicocokkan dengan id"
        " lalu nama. Hanya\n"
        "kolom yang diperlukan yang disimpan (tanpa NIK, agama, telepon, alamat). Bawaannya satu"
        " baris salah menolak\n"
        "seluruh berkas; --lewati-salah memuat yang benar saja dan melaporkan sisanya.",
        [
            "petajabatan impor pegawai export-data-asn.csv --instansi 6413",
            "petajabatan impor pegawai data.csv --instansi 6413 --lewati-salah --simpan-temuan salah.csv",
        ],
        run_pegawai,
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="berkas CSV")
    _common(parser, instansi=True)
    parser.add_argument("--periksa", action="store_true", help="hanya periksa, jangan simpan")
    parser.add_argument("--lewati-salah", action="store_true", help="muat baris yang benar saja")


def _infojab(hal: Any) -> None:
    parser = add_command(
        hal,
        "infojab",
        "informasi jabatan dan lembar ABK ke dalam sebuah usulan",
        "Memuat buku kerja hasil 'ekspor infojab', JSON, atau buku kerja satu lembar per jabatan berjudul"
        " bagian resmi.\nPerbedaannya menjadi operasi usulan itu dan dapat diurungkan sekaligus. Bawaannya"
        " satu kesalahan menolak\nseluruh berkas; --lewati-salah melewati bagian yang salah.",
        [
            "petajabatan impor infojab infojab.xlsx --usulan 12 --periksa --simpan-temuan temuan.csv",
            "petajabatan impor infojab infojab.json --usulan 12 --lewati-salah --salah perbaiki.json",
        ],
        run_infojab,
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="berkas XLSX atau JSON")
    parser.add_argument("--usulan", type=int, required=True, metavar="N", help="nomor usulan")
    _common(parser, instansi=False)
    parser.add_argument("--periksa", action="store_true", help="hanya periksa, jangan simpan")
    parser.add_argument("--lewati-salah", action="store_true", help="terapkan bagian yang benar saja")
    parser.add_argument("--salah", type=Path, metavar="FILE", help="tulis baris yang dilewati ke berkas ini")


def _kompetensi(hal: Any) -> None:
    parser = add_command(
        hal,
        "kompetensi",
        "riwayat diklat, kursus, atau sertifikasi pegawai",
        "Memuat JSON riwayat SIASN (rw-diklat, rw-kursus, sertifikasi): larik, atau jawaban dengan"
        " larik pada 'data'.\n"
        "Orang dicocokkan dengan NIP; riwayat dengan id yang sama diperbarui.",
        ["petajabatan impor kompetensi rw-kursus.json --instansi 6413 --daftar kursus"],
        run_kompetensi,
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="berkas JSON")
    parser.add_argument("--daftar", required=True, choices=("diklat", "kursus", "sertifikasi"))
    _common(parser, instansi=True)


def _existing(path: Path, *, folder: bool = False) -> Path:
    if folder and not path.is_dir():
        raise GagalPerintah(f"Folder {path} tidak ada.", kode=2)
    if not folder and not path.is_file():
        raise GagalPerintah(f"Berkas {path} tidak ada.", kode=2)
    return path


def _report(args: argparse.Namespace, report: Any, judul: str, tabel: Sequence[str] = ()) -> int:
    """Print a report object (``ok``, ``temuan``, ``as_dict()``); 0 when it holds.

    ``tabel`` shows in lines what the report lists, for people.
    """
    temuan = list(report.temuan)
    if args.simpan_temuan:
        save_findings_csv(args.simpan_temuan, temuan)
    isi = report.as_dict()
    lines = [f"{judul}: {'berhasil' if report.ok else 'ditolak, tidak ada yang disimpan'}"]
    told = {"temuan", "ok", "temuan_menurut_kode"}
    lines += tabel
    lines += _figures({k: v for k, v in isi.items() if k not in told})
    lines += finding_lines(temuan)
    emit(args, {**isi, "ok": bool(report.ok), "temuan": [t.as_dict() for t in temuan]}, lines)
    return 0 if report.ok else 1


def _figures(isi: dict[str, Any], indent: str = "  ") -> list[str]:
    lines = []
    for key, value in isi.items():
        if isinstance(value, dict):
            if value and not any(isinstance(v, dict | list) for v in value.values()):
                lines.append(f"{indent}{key}: " + ", ".join(f"{k} {v}" for k, v in value.items()))
            else:
                lines += [f"{indent}{key}:", *_figures(value, indent + "  ")]
        elif isinstance(value, list):
            lines.append(f"{indent}{key}: {len(value)}")
        elif value is not None:
            lines.append(f"{indent}{key}: {value}")
    return lines


def run_referensi(args: argparse.Namespace) -> int:
    folder = _existing(args.folder, folder=True)
    with database(args):
        from petajabatan.inti.actor import sistem
        from petajabatan.referensi.services import import_referensi

        with progress() as kemajuan:
            report = import_referensi(sistem("impor referensi"), folder, kemajuan=kemajuan)
        return _report(args, report, "Impor referensi", table_of_files(report))


def table_of_files(report: LaporanReferensi) -> list[str]:
    """What became of the rows of each file, one line each."""
    names = ("dibaca", "ditambah", "berubah", "tetap", "ditolak", "dilewati", "hilang")
    rows = [["berkas", *names]]
    rows += [[b.berkas, *(angka(getattr(b, name)) for name in names)] for b in report.berkas]
    wide = max(len(row[0]) for row in rows)
    return ["  " + row[0].ljust(wide) + "".join(f"{cell:>10}" for cell in row[1:]) for row in rows]


def _in_scope(args: argparse.Namespace, judul: str, call: Callable[[Any, int, Any], Any]) -> int:
    """Run one import for one instansi in one transaction of the installation's own scope."""
    from petajabatan.inti.actor import sistem
    from petajabatan.inti.dinding import scope_of
    from petajabatan.inti.temuan import Ditolak

    actor = sistem(judul.lower())
    instansi = find_instansi(args.instansi)
    try:
        with progress() as kemajuan, scope_of(actor):
            report = call(actor, instansi.pk, kemajuan)
    except Ditolak as refusal:
        if args.simpan_temuan:
            save_findings_csv(args.simpan_temuan, refusal.temuan)
        raise
    return _report(args, report, f"{judul} {instansi.nama}")


def run_unor(args: argparse.Namespace) -> int:
    path = _existing(args.file)
    with database(args):
        from petajabatan.jabatan.services import import_unor

        return _in_scope(
            args,
            "Periksa unor" if args.periksa else "Impor unor",
            lambda actor, instansi_id, kemajuan: import_unor(
                actor, instansi_id, path,
                format=args.format, periksa=args.periksa, berlaku=args.berlaku, kemajuan=kemajuan,
            ),
        )  # fmt: skip


def run_pegawai(args: argparse.Namespace) -> int:
    path = _existing(args.file)
    with database(args):
        from petajabatan.pegawai.services import import_pegawai

        return _in_scope(
            args,
            "Periksa pegawai" if args.periksa else "Impor pegawai",
            lambda actor, instansi_id, kemajuan: import_pegawai(
                actor, instansi_id, path,
                periksa=args.periksa, lewati_salah=args.lewati_salah, kemajuan=kemajuan,
            ),
        )  # fmt: skip


def run_infojab(args: argparse.Namespace) -> int:
    path = _existing(args.file)
    with database(args):
        from django.http import Http404

        from petajabatan.anjab.services.tukar import import_infojab
        from petajabatan.anjab.services.tukar_salah import write_rejects
        from petajabatan.inti.actor import sistem
        from petajabatan.inti.dinding import scope_of

        actor = sistem("impor informasi jabatan")
        try:
            with progress() as kemajuan, scope_of(actor):
                report = import_infojab(
                    actor,
                    args.usulan,
                    path,
                    periksa=args.periksa,
                    lewati_salah=args.lewati_salah,
                    kemajuan=kemajuan,
                )
        except Http404 as missing:
            raise GagalPerintah(str(missing)) from missing
        if args.salah and report.salah:
            with args.salah.open("wb") as out:
                write_rejects(path, report, out)
        verb = "Periksa" if args.periksa else "Impor"
        code = _report(args, report, f"{verb} informasi jabatan")
        return 0 if report.edit is not None else code


def run_kompetensi(args: argparse.Namespace) -> int:
    path = _existing(args.file)
    with database(args):
        from petajabatan.pegawai.services.kompetensi import read_json, record_training

        return _in_scope(
            args,
            "Impor riwayat",
            lambda actor, instansi_id, _kemajuan: record_training(
                actor, instansi_id, args.daftar, read_json(path), path.name
            ),
        )
