"""Makes "Export Data ASN" files: every column of the layout, with personal data that must not stay."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

JUDUL = [
    "pns_id",
    "nip_baru",
    "nip_lama",
    "nama",
    "gelar_depan",
    "gelar_belakang",
    "tempat_lahir_id",
    "tempat_lahir_nama",
    "tanggal_lahir",
    "jenis_kelamin",
    "agama_id",
    "agama_nama",
    "jenis_kawin_id",
    "jenis_kawin_nama",
    "nik",
    "nomor_hp",
    "email",
    "email_gov",
    "alamat",
    "npwp_nomor",
    "bpjs",
    "jenis_pegawai_id",
    "jenis_pegawai_nama",
    "kedudukan_hukum_id",
    "kedudukan_hukum_nama",
    "status_cpns_pns",
    "kartu_asn_virtual",
    "nomor_sk_cpns",
    "tanggal_sk_cpns",
    "tmt_cpns",
    "nomor_sk_pns",
    "tanggal_sk_pns",
    "tmt_pns",
    "gol_awal_id",
    "gol_awal_nama",
    "gol_akhir_id",
    "gol_akhir_nama",
    "tmt_golongan",
    "mk_tahun",
    "mk_bulan",
    "jenis_jabatan_id",
    "jenis_jabatan_nama",
    "jabatan_id",
    "jabatan_nama",
    "tmt_jabatan",
    "tingkat_pendidikan_id",
    "tingkat_pendidikan_nama",
    "pendidikan_id",
    "pendidikan_nama",
    "tahun_lulus",
    "kpkn_id",
    "kpkn_nama",
    "lokasi_kerja_id",
    "lokasi_kerja_nama",
    "unor_id",
    "unor_nama",
    "instansi_induk_id",
    "instansi_induk_nama",
    "instansi_kerja_id",
    "instansi_kerja_nama",
    "satuan_kerja_induk_id",
    "satuan_kerja_induk_nama",
    "satuan_kerja_kerja_id",
    "satuan_kerja_kerja_nama",
    "is_valid_nik",
]
RAHASIA = {
    "nik": "'3317019901990001",
    "agama_nama": "AGAMARAHASIA",
    "nomor_hp": "081299887766",
    "alamat": "JALANRAHASIA NO 9",
    "email": "surelrahasia@contoh.id",
    "npwp_nomor": "998877665544332",
    "tempat_lahir_nama": "KOTARAHASIA",
    "jenis_kawin_nama": "KAWINRAHASIA",
}
"""Values of columns outside the allow-list; none of them may be found anywhere after an import."""


def orang(nip: str, nama: str, **values: Any) -> dict[str, str]:
    return (
        {
            "pns_id": f"ID{nip}",
            "nip_baru": f"'{nip}",
            "nama": nama,
            "gelar_depan": "null",
            "gelar_belakang": "S.Pd.",
            "tanggal_lahir": f"{nip[6:8]}-{nip[4:6]}-{nip[:4]}",
            "jenis_kelamin": "M" if nip[14:15] == "1" else "F",
            "kedudukan_hukum_id": "01",
            "kedudukan_hukum_nama": "Aktif",
            "status_cpns_pns": "P",
            "tmt_cpns": f"01-{nip[12:14]}-{nip[8:12]}",
            "gol_akhir_nama": "III/b",
            "mk_tahun": "10",
            "mk_bulan": "3",
            "jenis_jabatan_id": "4",
            "tmt_jabatan": "01-03-2024",
        }
        | RAHASIA
        | values
    )


def csv_bytes(
    rows: list[dict[str, str]], judul: list[str] = JUDUL, pemisah: str = ",", kode: str = "utf-8"
) -> bytes:
    out = io.StringIO()
    write = csv.writer(out, delimiter=pemisah).writerow
    write(judul)
    for row in rows:
        write([row.get(name, "") for name in judul])
    return out.getvalue().encode(kode)


def write_csv(path: Path, rows: list[dict[str, str]], **options: Any) -> Path:
    path.write_bytes(csv_bytes(rows, **options))
    return path
