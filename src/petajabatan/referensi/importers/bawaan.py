"""The product's own data files: small references it cannot run without."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from petajabatan.referensi.importers.spek import Kolom, Spek, bulat, desimal, tanggal, teks, tetap

FOLDER = Path(__file__).resolve().parent.parent / "data"


def _shipped(
    daftar: str, kunci: tuple[str, ...], kolom: dict[str, Kolom], *, wajib: tuple[str, ...] = ()
) -> Spek:
    table = daftar.replace("-", "_")
    columns = {name: replace(c, kunci=name in kunci, hanya_baru=c.hanya_baru) for name, c in kolom.items()}
    columns["sumber"] = Kolom(
        's."sumber"', (('s."sumber" IS NULL', "'sumber kosong'"),), kunci="sumber" in kunci
    )
    columns["berlaku_dari"] = tanggal("berlaku_dari", kunci="berlaku_dari" in kunci)
    files = tuple(wajib or list(kolom))
    return Spek(
        daftar, f"{table}.csv", table, columns, f"bawaan produk: {table}", wajib=(*files, "sumber", "berlaku_dari"),
        cara="lengkapi", bawaan=True,
    )  # fmt: skip


def _t(*names: str, kosong: str | None = "") -> dict[str, Kolom]:
    return {name: teks(name, kosong=kosong) for name in names}


def _b(*names: str) -> dict[str, Kolom]:
    return {name: bulat(name) for name in names}


_JENJANG = tetap('s."jenjang"', boleh_kosong=True)

SPEK: tuple[Spek, ...] = (
    _shipped("golongan", ("kode",), _t("kode", "nama", "pangkat", "jenis") | _b("urutan")),
    _shipped("eselon", ("kode",), _t("kode") | _t("nama", "jabatan_asn", kosong=None)),
    _shipped("jenjang", ("kode",), _t("kode", "nama", "kategori") | _b("urutan") | {"koefisien_ak": desimal("koefisien_ak")}),
    _shipped("tingkat-pendidikan", ("kode",), _t("kode", "nama") | _b("urutan")),
    _shipped("urusan-pemerintahan", ("kode",), _t("kode", "nama", "kelompok") | _b("urutan")),
    _shipped("gaji-pokok", ("jenis", "golongan", "mkg", "berlaku_dari"), _t("jenis", "golongan") | _b("mkg", "rupiah")),
    _shipped("tunjangan", ("jenis", "kunci", "sumber", "berlaku_dari"), _t("jenis", "kunci", "ketepatan") | _b("rupiah")),
    _shipped("kode-syarat", ("kelompok", "kode", "nama"),
             _t("kelompok", "kode", "nama") | {"deskripsi": Kolom("''", hanya_baru=True)}, wajib=("kelompok", "kode", "nama")),
    _shipped("faktor-kelas", ("jenis", "faktor", "level"), _t("jenis", "faktor", "nama") | _b("level", "nilai")),
    _shipped("nilai-kelas", ("kelas",), _b("kelas", "nilai_min", "nilai_maks")),
    _shipped("rentang-kelas", ("jenjang_id", "tingkat_instansi", "berlaku_dari"),
             {"jenjang_id": _JENJANG} | _t("tingkat_instansi") | _b("kelas_min", "kelas_maks"),
             wajib=("jenjang", "tingkat_instansi", "kelas_min", "kelas_maks")),
    _shipped("kamus-kompetensi", ("kode",), _t("kode", "jenis", "nama") | _b("urutan")),
    _shipped("aturan-bup", ("jenjang_id", "kelompok_nama", "berlaku_dari"),
             {"jenjang_id": _JENJANG} | _t("kelompok_nama") | _b("usia"), wajib=("jenjang", "kelompok_nama", "usia")),
    _shipped("daftar-siasn", ("daftar", "kode"), _t("daftar", "kode", "nama") | {"isi": Kolom("'{}'::jsonb", hanya_baru=True)},
             wajib=("daftar", "kode", "nama")),
)  # fmt: skip
