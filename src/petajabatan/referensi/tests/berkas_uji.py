# ruff: noqa: E501 - lines of files stay lines
"""Small files shaped like the official ones, with their kinds of defects."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

TVRI = "A5EB03E23D67F6A0E040640A040252AD"
BIN = "A5EB03E23AFDF6A0E040640A040252AD"
REMBANG = "A5EB03E23CE0F6A0E040640A040252AD"
SUSAH = "A5EB03E23BCFF6A0E040640A040252AD"
GURU = "A5EB03E23DCFF6A0E040640A040252AD"


def write_json(folder: Path, name: str, rows: list[dict[str, Any]]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.json.gz"
    path.write_bytes(gzip.compress(json.dumps(rows).encode(), mtime=0))
    return path


def write_csv(folder: Path, name: str, text: str, *, encoding: str = "utf-8", packed: bool = False) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / (f"{name}.csv.gz" if packed else f"{name}.csv")
    data = text.encode(encoding)
    path.write_bytes(gzip.compress(data, mtime=0) if packed else data)
    return path


def instansi_rows() -> list[dict[str, Any]]:
    def row(id: str, nama: str, jenis: str, kode: str, bentuk: str | None) -> dict[str, Any]:
        return {"id": id, "nama": nama, "jenis": jenis, "kodeCepat": kode, "jenisInstansiId": bentuk}

    return [
        row(REMBANG, "Pemerintah Kab. Rembang", "D", "6413", "KAB"),
        row(SUSAH, "Pemerintah Provinsi NTT", "D", "7700", "PROV"),
        row(BIN, "Badan Intelijen Negara", "P", "4003", ""),
        row(TVRI, "TELEVISI REPUBLIK INDONESIA", "P", "4057", ""),
        row(TVRI, "Lembaga Penyiaran Publik Televisi Republik Indonesia", "P", "4057", None),
    ]


def jf_rows() -> list[dict[str, Any]]:
    def row(
        id: str, nama: str | None, bup: str, jenjang: str, kelompok: str = GURU, **lain: Any
    ) -> dict[str, Any]:
        return {
            "id": id, "nama": nama, "usiaBup": bup, "kelompokJabatanId": kelompok, "jenjang": jenjang,
            "status": "N", "kodeCepat": "1",
        } | lain  # fmt: skip

    return [
        row("JF1", "Guru Ahli Pertama", "60", "PT"),
        row("JF2", "Hakim Konstitusi Ahli Madya", "0", "MA"),
        row("JF3", "Pengawas Jaminan Produk Halal Ahli Utama", "60", "PT", "tak-ada"),
        row("JF4", "Juru Sita", "58", "XX", "tak-ada"),
        row("JF5", "Analis Anggaran Ahli Utama", "60", "UT", kodeCepat=None),
        row("JF6", "Arsiparis Mahir", "58", "MH"),
        row("JF7", "arsiparis mahir ", "58", "MH"),
        row("JF8", None, "58", "PT"),
        row("JF9", "Umur Salah", "lima", "PT"),
    ]


def official_folder(root: Path) -> Path:
    """The shared data folder in small: every kind of file, every kind of defect."""
    siasn = root / "siasn-referensi"
    write_json(siasn, "instansi", instansi_rows())
    write_json(siasn, "eselon", [{"id": "00", "nama": None, "jabatanAsn": None},
                                 {"id": "22", "nama": "II.b", "jabatanAsn": "JPT PRATAMA"}])  # fmt: skip
    write_json(siasn, "kelasJabatan", [
        {"id": GURU, "nama": "Guru", "jenisJabatanId": "1", "rumpunJabatanId": "rumpun-asing", "pembinaId": BIN},
        {"id": "K2", "nama": "Analis", "jenisJabatanId": "3", "rumpunJabatanId": "", "pembinaId": "instansi-asing"},
    ])  # fmt: skip
    write_json(siasn, "jabatanFungsional", jf_rows())
    write_json(siasn, "jabatanPelaksana", [
        {"id": "P1", "nama": "PENGADMINISTRASI UMUM", "kodeCepat": "1", "status": "1"},
        {"id": "P2", "nama": "PENGADMINISTRASI UMUM", "kodeCepat": "2", "status": "1"},
        {"id": "JF1", "nama": "PENYULUH KEHUTANAN", "kodeCepat": "3", "status": "1"},
        {"id": "P3", "nama": "PENGELOLA DATA", "kodeCepat": "4", "status": "1"},
        {"id": None, "nama": "TANPA ID", "kodeCepat": "5", "status": "1"},
        {"id": "P4", "nama": "X" * 300, "kodeCepat": "6", "status": "1"},
    ])  # fmt: skip
    write_json(siasn, "pendidikan", [
        {"id": "D1", "tingkatPendidikanId": "40", "nama": "S-1 KEBIDANAN", "status": "1"},
        {"id": "D2", "tingkatPendidikanId": "40", "nama": "S-1 KEBIDANAN", "status": None},
        {"id": "D3", "tingkatPendidikanId": "10", "nama": "#DELETE#", "status": "1"},
        {"id": "D4", "tingkatPendidikanId": "99", "nama": "S-9 ENTAH", "status": "0"},
    ])  # fmt: skip
    write_json(siasn, "satuanKerja", [{"id": "S1", "nama": "BUMN ", "instansiId": "instansi-asing"}])
    write_json(siasn, "jenisPensiun", [{"ID": "8", "NAMA": "Pemberhentian Dengan Hormat"}])
    write_json(
        siasn,
        "taspen",
        [{"id": "1", "ktuaId": "x", "nama": "Malang"}, {"id": "0", "ktuaId": "x", "nama": "Pusat"}],
    )
    write_csv(root / "siasn-dataset", "taspen", "\ufeffid;kanreg_id;nama\n1;03;Malang Kota\n000;00;Pusat\n")
    wilayah = root / "wilayah"
    write_csv(wilayah, "provinces", "code,name\n33,Jawa Tengah\n53,Nusa Tenggara Timur\n93,Papua Selatan\n")
    write_csv(wilayah, "regencies", "code,province_code,name\r\n33.17,33,Kabupaten Rembang\r\n93.01,93,Kabupaten Merauke\r\n99.01,99,Yatim\r\n")  # fmt: skip
    write_csv(wilayah, "districts", "code,regency_code,name\n33.17.01,33.17,Sumber\n33.17.xx,33.17,Rusak\n")
    cross = root / "crosswalk"
    write_csv(cross, "dapodik_kab__kemendagri", "dapodik_kode_kab,dapodik_nama,dapodik_prov,kemendagri_kode,kemendagri_nama\n031700,Kab. Rembang,x,33.17,Kabupaten Rembang\n071600,Kab. Toba Samosir,x,,\n")  # fmt: skip
    write_csv(cross, "bkn_instansi__kemendagri", f"bkn_id,kode_cepat,nama,jenis,jenis_instansi_id,kemendagri_kode\n{REMBANG},6413,x,D,KAB,33.17\n{SUSAH},7700,x,D,PROV,\n")  # fmt: skip
    faskes = root / "faskes"
    write_csv(faskes, "wilayah_administratif", '"kode_prov","kode_kab","kode_kec","nama_wilayah"\n"33",NULL,NULL,"JAWA TENGAH"\n"33","3317",NULL,"KABUPATEN REMBANG"\n"91","9101",NULL,"KAB MERAUKE"\n"91","9102",NULL,"KABUPATEN ENTAH"\nNULL,"3317","331701","SUMBER"\n')  # fmt: skip
    write_csv(faskes, "puskesmas", '"kode_kab","kode_instansi","unit_kerja"\n"3317","1031701","PUSKESMAS SUMBER"\n"9101","1091001","PUSKESMAS MERAUKE"\n"9102","1091002","PUSKESMAS ENTAH"\n')  # fmt: skip
    write_csv(faskes, "dinas_kesehatan", '"kode_kab","kode_instansi","unit_kerja"\n"3317","33","DINKES PROVINSI"\n"3317","3317","DINKES REMBANG"\n')  # fmt: skip
    head = "npsn,nama,bentuk,status,kode_prop,propinsi,kode_kab_kota,kabupaten_kota,kode_kec,kecamatan,alamat_jalan,lintang,bujur,dapodik_sekolah_id"  # fmt: skip
    rows = [
        "20315001,SDN SUMBER,SD,N,030000,x,031700,Kab. Rembang,031701,Kec. Sumber,Jl. Raya,-6.7000000,111.3000000,a",
        "NP157715,SMP DARUL MAARIF,SMP,S,030000,x,031700,Kab. Rembang,031701,Kec. Sumber,,0,0,b",
        "20315002,SMA TERBALIK,SMA,N,070000,x,071600,Kab. Toba,071601,Kec. Balige,,111.3,-6.7,c",
        "20315003,SMK JAUH,SMK,N,070000,x,071600,Kab. Toba,071601,Kec. Balige,,-6.1,6758.0,d",
    ]
    write_csv(root / "sekolah", "sekolah", "\n".join([head, *rows]) + "\n", packed=True)
    aturan = root / "aturan"
    write_csv(aturan, "gaji_pokok_pns_pp5_2024", "golongan,mkg,gaji_pokok\nI/a,0,1685700\nIII/a,0,2785700\n")
    write_csv(aturan, "contoh_belanja_pegawai", "kasus\nA\n")
    write_csv(aturan, "entah_apa", "a,b\n1,2\n")
    (root / "README.md").write_text("x")
    return root
