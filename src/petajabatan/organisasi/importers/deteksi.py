"""Which format a file has, and the refusals that need no row: empty, too large, locked, unknown."""

from __future__ import annotations

import zipfile
from pathlib import Path

from petajabatan.inti.temuan import Ditolak, Temuan
from petajabatan.organisasi.importers import siasn_csv, siasn_json, templat
from petajabatan.organisasi.rules.baris import Bacaan

FORMAT = {
    "siasn-json": "SIASN ref-unor (JSON)",
    "siasn-csv": "SIASN ekspor unor (CSV)",
    "xlsx": "Templat Peta Jabatan (XLSX)",
}
UKURAN_MAKS = 300 * 1024 * 1024
MEKAR_MAKS = 1024 * 1024 * 1024
"""Bytes a workbook may unpack to."""
NISBAH_MAKS = 300
"""Unpacked : packed; ordinary sheets reach about 30, zip bombs thousands."""
_BUKAN = (
    (b"%PDF", "dokumen PDF"),
    (b"\xff\xd8\xff", "gambar JPG"),
    (b"\x89PNG", "gambar PNG"),
    (b"{\\rtf", "dokumen RTF"),
)
"""How files begin that people upload by mistake."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def refuse(
    kode: str, kalimat: str, perbaikan: str, berkas: str, nilai: str = "", baris: int | None = None
) -> Ditolak:
    """The refusal of a whole file for one reason."""
    return Ditolak([Temuan(kode, "galat", kalimat, perbaikan, berkas, baris, nilai=nilai[:200])])


def detect(path: Path, nama: str) -> str:
    """Name of the format, by content and not by name (``nama`` is for findings). Raises Ditolak."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(4096)
    except OSError as error:
        raise refuse(
            "tak-terbaca", f"Berkas {nama} tidak dapat dibuka: {error.strerror}.",
            "Periksa nama dan hak baca berkas.", nama,
        ) from None  # fmt: skip
    if not size or not head.strip(b"\x00\t\r\n \xef\xbb\xbf"):
        raise refuse("berkas-kosong", f"Berkas {nama} kosong.", "Unduh atau simpan ulang berkasnya.", nama)
    if size > UKURAN_MAKS:
        raise refuse(
            "berkas-terlalu-besar", f"Berkas {nama} {size // 2**20} MB, paling besar 300 MB.",
            "Pecah berkas per instansi.", nama,
        )  # fmt: skip
    if kind := next((kind for begin, kind in _BUKAN if head.startswith(begin)), ""):
        raise refuse(
            "bukan-lembar-kerja", f"Berkas {nama} adalah {kind}, bukan lembar kerja.",
            "Unggah templat XLSX yang sudah diisi, atau berkas unor dari SIASN (JSON, CSV).", nama,
        )  # fmt: skip
    if head.startswith(_OLE):
        return _ole(path, nama)
    if head.startswith(b"PK"):
        return _zip(path, nama)
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start[:1] in (b"{", b"["):
        return "siasn-json"
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = head.decode("utf-16", "replace").lstrip()
        return "siasn-json" if text[:1] in "{[" else "siasn-csv"
    if b"\x00" in head:
        raise _unknown(nama)
    if start[:1] == b"<":
        raise refuse(
            "bukan-berkas-unor", f"Berkas {nama} berisi halaman web atau XML, bukan data unor.",
            "Sering terjadi bila sesi unduhan habis: masuk lagi ke SIASN dan unduh ulang.", nama,
        )  # fmt: skip
    return "siasn-csv"


def _unknown(nama: str) -> Ditolak:
    return refuse(
        "format-tak-dikenal", f"Isi berkas {nama} bukan JSON, CSV, ataupun XLSX.",
        "Pakai salah satu: " + ", ".join(FORMAT.values()) + ".", nama,
    )  # fmt: skip


def _ole(path: Path, nama: str) -> str:
    with path.open("rb") as file:
        data = file.read(2 * 1024 * 1024)
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise refuse(
            "berkas-berkata-sandi", f"Berkas {nama} dilindungi kata sandi.",
            "Buka di aplikasi lembar kerja, hapus kata sandinya, simpan, lalu unggah lagi.", nama,
        )  # fmt: skip
    return "xlsx"  # an old .xls; the reader takes it as well


def _zip(path: Path, nama: str) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            infos = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError):
        raise refuse(
            "berkas-terpotong", f"Berkas {nama} rusak atau terpotong.",
            "Unduh atau simpan ulang; pastikan pengunggahan selesai.", nama,
        ) from None  # fmt: skip
    unpacked, packed = sum(i.file_size for i in infos), sum(i.compress_size for i in infos)
    if unpacked > MEKAR_MAKS or unpacked > NISBAH_MAKS * max(packed, 1024):
        raise refuse(
            "berkas-mekar", f"Berkas {nama} mekar menjadi {unpacked // 2**20} MB saat dibuka.",
            "Simpan ulang tanpa lembar dan format yang tidak dipakai.", nama,
        )  # fmt: skip
    names = {i.filename for i in infos}
    if any(i.flag_bits & 1 for i in infos):
        raise refuse(
            "berkas-berkata-sandi", f"Berkas {nama} dilindungi kata sandi.",
            "Hapus kata sandinya, lalu unggah lagi.", nama,
        )  # fmt: skip
    if "xl/workbook.xml" in names or "xl/workbook.bin" in names or "content.xml" in names:
        return "xlsx"
    raise _unknown(nama)


def read_unor(path: Path, format: str | None = None, nama: str | None = None) -> Bacaan:
    """Read a unit file. ``format`` is a key of ``FORMAT``; None: found out from the content. ``nama`` is
    the name people know the file by.

    Raises Ditolak with one finding when the file cannot be read at all, and with findings per row where
    rows are unreadable.
    """
    name = nama or path.name
    found = detect(path, name)
    if format is not None and format not in FORMAT:
        raise refuse(
            "format-tak-dikenal", f"Format {format} tidak dikenal.", "Pakai: " + ", ".join(FORMAT), name
        )
    if format is not None and format != found:
        raise refuse(
            "format-tak-cocok", f"Berkas {name} ternyata {FORMAT[found]}, bukan {FORMAT[format]}.",
            "Pilih format yang sesuai, atau biarkan dikenali sendiri.", name,
        )  # fmt: skip
    reader = {"siasn-json": siasn_json.read, "siasn-csv": siasn_csv.read, "xlsx": templat.read}[found]
    return reader(path, name)
