"""Which columns of SIASN's "Export Data ASN" are kept. Everything else is dropped before it is stored."""

from __future__ import annotations

import re

KOLOM = (
    "pns_id",
    "nip_baru",
    "nama",
    "gelar_depan",
    "gelar_belakang",
    "tanggal_lahir",
    "jenis_kelamin",
    "jenis_pegawai_nama",
    "kedudukan_hukum_id",
    "kedudukan_hukum_nama",
    "status_cpns_pns",
    "tmt_cpns",
    "tmt_pns",
    "gol_akhir_nama",
    "tmt_golongan",
    "mk_tahun",
    "mk_bulan",
    "jenis_jabatan_id",
    "jabatan_id",
    "jabatan_nama",
    "tmt_jabatan",
    "tingkat_pendidikan_id",
    "pendidikan_id",
    "pendidikan_nama",
    "tahun_lulus",
    "unor_id",
    "unor_nama",
    "instansi_kerja_id",
)
"""The allow-list, in the order rows are handed on. Source of the names: docs/impor-pegawai.md."""
WAJIB = ("nip_baru", "nama")
DIKENAL_DIBUANG = frozenset(
    (
        "nip_lama",
        "tempat_lahir_id",
        "tempat_lahir_nama",
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
        "kartu_asn_virtual",
        "nomor_sk_cpns",
        "tanggal_sk_cpns",
        "nomor_sk_pns",
        "tanggal_sk_pns",
        "gol_awal_id",
        "gol_awal_nama",
        "gol_akhir_id",
        "jenis_jabatan_nama",
        "tingkat_pendidikan_nama",
        "kpkn_id",
        "kpkn_nama",
        "lokasi_kerja_id",
        "lokasi_kerja_nama",
        "instansi_induk_id",
        "instansi_induk_nama",
        "instansi_kerja_nama",
        "satuan_kerja_induk_id",
        "satuan_kerja_induk_nama",
        "satuan_kerja_kerja_id",
        "satuan_kerja_kerja_nama",
        "is_valid_nik",
        "nama_sekolah",
        "flag_ikd",
    )
)
"""Columns of the layout the product does not need; named so that a typing error is not taken for one."""
SINONIM = {"nip": "nip_baru", "nama_pegawai": "nama", "golongan": "gol_akhir_nama"}


def slug(title: str) -> str:
    """``NIP BARU`` → ``nip_baru``: titles are written in several styles."""
    return re.sub(r"[^a-z0-9]+", "_", title.strip().lstrip("\ufeff'").lower()).strip("_")


def locate(titles: list[str]) -> tuple[dict[str, int], list[str], list[str]]:
    """Where the kept columns stand in a header: name → index; the titles dropped knowingly; titles nobody
    knows (dropped too). The first of two columns with one name counts."""
    found: dict[str, int] = {}
    dropped: list[str] = []
    unknown: list[str] = []
    for index, title in enumerate(titles):
        name = slug(title)
        name = SINONIM.get(name, name)
        if name in KOLOM:
            found.setdefault(name, index)
        elif name in DIKENAL_DIBUANG:
            dropped.append(name)
        elif name:
            unknown.append(name)
    return found, dropped, unknown
