"""Sample files for the imports, written from the composition: no database is needed. All people synthetic.

Layouts follow SIASN: ``ref-unor`` as JSON, units as CSV with ``--`` per level, "Export Data ASN" as CSV.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
import random
from collections.abc import Iterable
from pathlib import Path

from petajabatan.demo import sumber, susunan_pusat, susunan_rembang
from petajabatan.demo.bentuk import Susunan, UnitDemo, acak
from petajabatan.demo.muat_orang import person_id
from petajabatan.demo.orang import OrangDemo
from petajabatan.demo.orang import pendidikan as daftar_pendidikan
from petajabatan.demo.orang_identitas import PabrikNip
from petajabatan.demo.penduduk import susun_penduduk
from petajabatan.demo.susunan_versi import pusat_versi_2, rembang_versi_2

KOLOM_ASN = [row["kolom"] for row in sumber.baris("kolom_export_asn")]
"""Columns of SIASN's "Export Data ASN" in their order; what the product drops is ``null`` here."""
KEDUDUKAN = {"01": "Aktif", "02": "CLTN", "03": "Tugas Belajar"}


def write_samples(folder: Path) -> dict[str, int]:
    """Write every sample file into ``folder`` (made if missing); returns rows by file name."""
    folder.mkdir(parents=True, exist_ok=True)
    pabrik = PabrikNip()
    rembang = rembang_versi_2(susunan_rembang.susun_rembang())
    pusat = pusat_versi_2(susunan_pusat.susun_pusat())
    orang = susun_penduduk(rembang, pabrik)
    units = {
        "ref-unor-rembang.json": ref_unor(rembang),
        "ref-unor-bkn.json": ref_unor(pusat),
        "ref-unor-rembang-salah.json": broken_ref_unor(rembang),
    }
    for nama, rows in units.items():
        text = json.dumps({"code": 1, "data": rows}, ensure_ascii=False, indent=1)
        (folder / nama).write_text(text, encoding="utf-8")
    changed = changed_units(rembang)
    people = [asn_row(rembang, o) for o in orang]
    tables: dict[str, tuple[list[str], list[list[str]]]] = {
        "unor-rembang-perubahan.csv": (["Id", "NamaUnor", "EselonId", "NamaJabatan"], csv_rows(changed)),
        "export-asn-rembang.csv": (KOLOM_ASN, people),
        "export-asn-rembang-cacat.csv": (KOLOM_ASN, broken_people(people[:200])),
    }
    for nama, (judul, isi) in tables.items():
        _write_csv(folder / nama, judul, isi)
    return {nama: len(rows) for nama, rows in units.items()} | {n: len(isi) for n, (_, isi) in tables.items()}


def _write_csv(path: Path, judul: list[str], isi: Iterable[list[str]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(judul)
        writer.writerows(isi)


def ref_unor(susunan: Susunan) -> list[dict[str, str]]:
    """Units as ``ref-unor`` gives them: all strings, the root without DiatasanId, order arbitrary."""
    rows = [
        {
            "Id": susunan.unit_id(u.kunci),
            "InstansiId": susunan.instansi,
            "DiatasanId": susunan.unit_id(u.atasan) if u.atasan else "",
            "EselonId": u.eselon or "",
            "NamaUnor": u.nama,
            "NamaJabatan": u.nama_jabatan,
            "CepatKode": "",
            "IndukUnorId": "",
            "PemimpinPnsId": "",
            "JenisUnorId": "",
        }
        for u in susunan.unit.values()
    ]
    acak(susunan.instansi, "ref-unor").shuffle(rows)
    return rows


def broken_ref_unor(susunan: Susunan) -> list[dict[str, str]]:
    """The same with five errors: a cycle, a missing head unit, a double id, an unknown eselon, no name."""
    rows = {r["Id"]: dict(r) for r in ref_unor(susunan)}

    def row(kunci: str) -> dict[str, str]:
        return rows[susunan.unit_id(kunci)]

    row("dinkes-1")["DiatasanId"] = susunan.unit_id("dinkes-1")
    row("dpupr-2")["DiatasanId"] = "DE3000000000000000000000000000FF"
    row("dlh")["EselonId"] = "77"
    row("dinhub-1")["NamaUnor"] = ""
    return [*rows.values(), dict(row("bkd"))]


def changed_units(susunan: Susunan) -> Susunan:
    """A few changes to try a re-import with: a unit renamed, one added below the communication office."""
    units = dict(susunan.unit)
    lama = units["dinbudpar-2"]
    units["dinbudpar-2"] = UnitDemo(
        lama.kunci, lama.atasan, "Bidang Pengembangan Pariwisata", "Kepala Bidang Pengembangan Pariwisata",
        lama.jenis, lama.ragam, lama.eselon, lama.wilayah, lama.urusan,
    )  # fmt: skip
    units["dinkominfo-4"] = UnitDemo(
        "dinkominfo-4", "dinkominfo", "Bidang Keamanan Informasi", "Kepala Bidang Keamanan Informasi",
        "struktural", "bidang", "32",
    )  # fmt: skip
    return Susunan(susunan.instansi, units)


def csv_rows(susunan: Susunan) -> list[list[str]]:
    """Units in reading order, ``--`` before the name for every level below the root."""
    bawah: dict[str | None, list[UnitDemo]] = {}
    for unit in susunan.unit.values():
        bawah.setdefault(unit.atasan, []).append(unit)
    hasil: list[list[str]] = []

    def turun(unit: UnitDemo, dalam: int) -> None:
        hasil.append(
            [susunan.unit_id(unit.kunci), "--" * dalam + unit.nama, unit.eselon or "", unit.nama_jabatan]
        )
        for anak in bawah.get(unit.kunci, []):
            turun(anak, dalam + 1)

    turun(bawah[None][0], 0)
    return hasil


def _tanggal(hari: dt.date | None) -> str:
    return f"{hari:%d-%m-%Y}" if hari else "null"


def asn_row(susunan: Susunan, o: OrangDemo) -> list[str]:
    """One person in the layout of "Export Data ASN"; the present definitive post only."""
    kini = next(t for t in reversed(o.tugas) if t.jenis == "D")
    row = sumber.jabatan().get((kini.jabatan or "").lower())
    pend = daftar_pendidikan()[o.pendidikan]
    if row is None:  # a manager's box, or a post of no known jabatan
        jenis_jabatan = "1" if kini.kotak else "4"
    else:
        jenis_jabatan = "2" if row["jenis"] == "fungsional" else "4"
    pppk = {"PPPK": "PPPK", "PPPK-PW": "PPPK Paruh Waktu"}.get(o.jenis)
    isi = {
        "pns_id": person_id(o.nip),
        "nip_baru": f"'{o.nip}",
        "nama": o.nama.upper(),
        "gelar_depan": o.gelar_depan,
        "gelar_belakang": o.gelar_belakang,
        "tanggal_lahir": _tanggal(o.lahir),
        "jenis_kelamin": "M" if o.kelamin == "L" else "F",
        "jenis_pegawai_nama": pppk or "PNS Daerah Kab./Kota yang bekerja pada Kab./Kota",
        "kedudukan_hukum_id": o.kedudukan,
        "kedudukan_hukum_nama": KEDUDUKAN[o.kedudukan],
        "status_cpns_pns": "PPPK" if pppk else "C" if o.jenis == "CPNS" else "P",
        "tmt_cpns": _tanggal(o.tmt_cpns),
        "tmt_pns": _tanggal(o.tmt_pns),
        "gol_akhir_nama": o.golongan,
        "tmt_golongan": _tanggal(o.tmt_golongan),
        "mk_tahun": str(o.mk_tahun),
        "mk_bulan": str(o.mk_bulan),
        "jenis_jabatan_id": jenis_jabatan,
        "jabatan_id": row["id_siasn"] if row else "",
        "jabatan_nama": kini.nama_jabatan,
        "tmt_jabatan": _tanggal(kini.dari),
        "tingkat_pendidikan_id": pend["tingkat"],
        "pendidikan_id": pend["id_siasn"],
        "pendidikan_nama": pend["nama"],
        "tahun_lulus": str(o.tahun_lulus),
        "unor_id": susunan.unit_id(kini.unit) if kini.unit else "",
        "unor_nama": kini.nama_unor,
        "instansi_induk_id": susunan.instansi,
        "instansi_kerja_id": susunan.instansi,
    }
    return [isi.get(kolom) or "null" for kolom in KOLOM_ASN]


def broken_people(rows: list[list[str]]) -> list[list[str]]:
    """Rows spoiled the way exports and spreadsheets spoil them; about one in five."""
    hasil = [list(row) for row in rows]
    rnd = random.Random(7)  # noqa: S311 (a demonstration, not a secret)
    at = {kolom: n for n, kolom in enumerate(KOLOM_ASN)}
    cacat = (
        ("nip_baru", "1,98001E+17"),
        ("nip_baru", "198001012005011000"),
        ("nip_baru", "19800101200501100"),
        ("nip_baru", "null"),
        ("tanggal_lahir", "31-02-1980"),
        ("gol_akhir_nama", "V/z"),
        ("unor_id", "DE3000000000000000000000000000EE"),
        ("jabatan_id", "DE3000000000000000000000000000DD"),
        ("jenis_kelamin", "X"),
        ("mk_tahun", "140"),
    )
    for n, row in enumerate(rnd.sample(hasil, len(hasil) // 5)):
        kolom, nilai = cacat[n % len(cacat)]
        row[at[kolom]] = nilai
        if kolom in ("unor_id", "jabatan_id"):
            row[at[kolom.replace("_id", "_nama")]] = "Tidak ada dalam susunan"
    return [*hasil, list(hasil[-1])]
