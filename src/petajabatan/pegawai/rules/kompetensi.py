"""Records of training and certificates as SIASN hands them over (rw-diklat, rw-kursus, sertifikasi).

Nothing is guessed: a record without a person, or a date nobody can read, is a finding.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from petajabatan.inti.temuan import Temuan
from petajabatan.pegawai.rules.baris import iso_date

Daftar = Literal["diklat", "kursus", "sertifikasi"]
KUNCI_REFERENSI: Mapping[Daftar, str] = {"diklat": "struktural", "kursus": "kursus", "sertifikasi": ""}
"""In which part of our list of trainings the record's reference id stands."""
_KOLOM: Mapping[Daftar, Mapping[str, tuple[str, ...]]] = {
    "diklat": {
        "acuan": ("latihanStrukturalId",), "nama": ("latihanStrukturalNama",),
        "lembaga": ("institusiPenyelenggara",), "tahun": ("tahun",), "jam": ("jumlahJam",),
        "tanggal": ("tanggalSelesai", "tanggal"),
    },
    "kursus": {
        "acuan": ("jenisKursusId", "jenisKursus"), "nama": ("namaKursus", "jenisKursusNama"),
        "lembaga": ("institusiPenyelenggara",), "tahun": ("tahunKursus",), "jam": ("jumlahJam",),
        "tanggal": ("tanggalSelesaiKursus", "tanggalKursus"),
    },
    "sertifikasi": {
        "nama": ("namaSertifikasi",), "lembaga": ("lembagaSertifikasiNama",), "nomor": ("nomorSertifikat",),
        "tanggal": ("tanggalSertifikat",),
        # The source writes "Selasai"; other applications write it as it should be.
        "sampai": ("masaBerlakuSertSelasai", "masaBerlakuSertSelesai"),
    },
}  # fmt: skip
_PANJANG = {"id": 42, "nip": 18, "orang": 42, "acuan": 42, "nama": 300, "lembaga": 200, "nomor": 100}


def read_records(
    daftar: Daftar, records: Iterable[Mapping[str, Any]]
) -> tuple[list[dict[str, Any]], list[Temuan]]:
    """Clean rows (texts, ISO dates, whole numbers or None) and what was left out, by number of the record."""
    rows, found, seen = [], [], set()
    columns = {"id": ("id",), "nip": ("nipBaru",), "orang": ("idPns", "pnsOrangId"), **_KOLOM[daftar]}
    for number, record in enumerate(records, 1):
        row: dict[str, Any] = {"baris": number}
        for name, keys in columns.items():
            text = next((t for key in keys if (t := _text(record.get(key)))), "")
            row[name] = text[: _PANJANG.get(name, 40)]
        if not (row["nip"] or row["orang"]) or not row["nama"]:
            found.append(_finding("kompetensi-tanpa-orang", number, "Tanpa NIP atau tanpa nama; dilewati.",
                                  "Lengkapi nipBaru dan namanya."))  # fmt: skip
            continue
        if row["id"] and row["id"] in seen:
            found.append(_finding("kompetensi-ganda", number, f"Id {row['id']} muncul dua kali; dilewati.",
                                  "Kirim setiap riwayat sekali."))  # fmt: skip
            continue
        seen.add(row["id"])
        for name in ("tanggal", "sampai"):
            text = row.get(name, "")
            row[name] = iso_date(text) if text else None
            if text and row[name] is None:
                found.append(_finding("tanggal-tidak-terbaca", number, f"“{text}” bukan tanggal.",
                                      "Tulis dd-mm-yyyy; sementara ini dikosongkan.", name))  # fmt: skip
        row["tahun"], row["jam"] = _whole(row.get("tahun"), 1900, 2100), _whole(row.get("jam"), 0, 100_000)
        rows.append(row)
    return rows, found


def _text(value: Any) -> str:
    if value is None or isinstance(value, bool | list | dict):
        return ""
    text = " ".join(str(value).replace("\x00", "").split()).removeprefix("'")
    return "" if text.lower() == "null" else text


def _whole(text: Any, low: int, high: int) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and low <= int(text) <= high else None


def _finding(kode: str, baris: int, kalimat: str, perbaikan: str, kolom: str = "") -> Temuan:
    return Temuan(kode, "peringatan", kalimat, perbaikan, baris=baris, kolom=kolom)
