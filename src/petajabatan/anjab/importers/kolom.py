"""Sheets and columns of the workbook of informasi jabatan: a sheet per section, made from the form's fields.

Three shapes. *lebar*: a row per informasi jabatan, a column per text. *baris*: a row per item of the one list
or table of the section. *campur*: a row per item, the column *Isian* says of which field.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from petajabatan.jabatan.rules.isian import BAGIAN, TAMBAHAN, fields_of
from petajabatan.jabatan.rules.kelengkapan import Isian
from petajabatan.organisasi.importers.kolom_templat import Kolom
from petajabatan.organisasi.importers.sel import title_key

Bentuk = Literal["jabatan", "lebar", "baris", "campur", "abk", "dasar-abk", "evaluasi"]
BARIS_JUDUL = 15
"""Rows searched for the titles; people put headings above them."""
INFOJAB = Kolom("_infojab", "Id Infojab", "tetap; kosong atau kode sendiri (BARU-1) bagi yang baru", 12,
                ("infojab", "infojab id", "id informasi jabatan", "kode infojab"))  # fmt: skip
POSISI = Kolom("_posisi", "Id Posisi", "tetap; satu kotak pada peta", 12, ("posisi", "posisi id"))
UNIT = Kolom("_unit", "Unit", "nama unit; pakai Dinas › Bidang bila namanya berulang", 34,
             ("unit kerja", "unor", "nama unor", "nama unit", "unit organisasi"))  # fmt: skip
JABATAN = Kolom("_jabatan", "Jabatan", "nama jabatan pada peta", 34, ("nama jabatan", "jabatan pada peta"))
PEMILIK = (INFOJAB, POSISI, UNIT, JABATAN)
"""Columns that say whom a row is about; understood on every sheet."""
_JUDUL = {
    "uraian": ("Uraian Tugas", 70, ("tugas", "uraian", "tugas pokok", "rincian tugas")),
    "hasil": ("Hasil Kerja", 34, ("hasil", "output", "keluaran")),
    "satuan": ("Satuan", 16, ("satuan hasil",)),
    "bahan": ("Bahan Kerja", 44, ("bahan",)),
    "penggunaan": ("Penggunaan", 50, ("penggunaan dalam tugas", "penggunaan untuk tugas", "digunakan untuk")),
    "perangkat": ("Perangkat Kerja", 44, ("perangkat", "alat kerja", "perangkat alat kerja")),
    "jabatan": ("Jabatan Terkait", 36, ("korelasi jabatan", "nama jabatan terkait")),
    "unit": ("Unit atau Instansi Terkait", 36, ("unit kerja instansi", "unit kerja/instansi", "instansi")),
    "hal": ("Dalam Hal", 44, ("hal", "dalam hal apa")),
    "risiko": ("Nama Risiko", 40, ("risiko", "risiko bahaya", "bahaya")),
    "penyebab": ("Penyebab", 44, ("sebab",)),
    "tahapan": ("Tahapan", 50, ("tahap", "langkah")),
    "id": ("Id Acuan", 12, ("id referensi", "id", "acuan")),
    "kode": ("Kode", 10, ()),
    "tingkat": ("Tingkat", 12, ("tingkat pendidikan",)),
    "tahun": ("Tahun", 10, ("lama", "lama tahun")),
}
_LEMBAR = {
    "lingkungan": ("Lingkungan", ("kondisi lingkungan",)),
    "risiko": ("Risiko", ("risiko bahaya",)),
    "korelasi": ("Korelasi", ()),
    "syarat": ("Syarat", ("syarat jabatan lain",)),
    "prestasi": ("Prestasi", ("prestasi kerja",)),
    "identitas": ("Identitas", ()),
    "ikhtisar": ("Ikhtisar", ()),
    "kualifikasi": ("Kualifikasi", ("kualifikasi", "syarat kualifikasi")),
    "tugas_pokok": ("Tugas Pokok", ("uraian tugas", "tugas")),
}


@dataclass(frozen=True)
class Lembar:
    """A sheet: the section it carries, its shape, name, columns behind the owner's, other names."""

    bagian: str
    bentuk: Bentuk
    judul: str
    pemilik: tuple[Kolom, ...]
    kolom: tuple[Kolom, ...]
    alias: frozenset[str]
    isian: tuple[Isian, ...] = ()

    @property
    def semua(self) -> tuple[Kolom, ...]:
        """All columns that are written."""
        return self.pemilik + self.kolom

    @property
    def dikenal(self) -> tuple[Kolom, ...]:
        """All columns that are understood."""
        return self.semua + tuple(c for c in PEMILIK if c not in self.pemilik)


def _column(name: str, judul: str = "") -> Kolom:
    title, width, alias = _JUDUL[name]
    return Kolom(name, judul or title, "", width, alias)


def _section(bagian: str, isian: Sequence[Isian]) -> Lembar:
    fields = tuple(fields_of(bagian, isian))
    extras = list(dict.fromkeys(x for f in fields for x in TAMBAHAN.get(f.kode, ())))
    bentuk: Bentuk
    if all(f.bentuk == "teks" for f in fields):
        bentuk = "lebar"
        columns = tuple(Kolom(f.kode, f.nama, "", 40, (f.kode,)) for f in fields)
    elif len(fields) == 1:
        bentuk = "baris"
        only = fields[0]
        if only.bentuk == "daftar":
            columns = (Kolom("teks", only.nama, "", 80, ("uraian", "teks", only.kode)),)
        else:
            columns = tuple(_column(name) for name in only.kolom if name not in ("volume", "waktu"))
        if "id" in extras:
            extras.remove("id")
            columns = (
                Kolom("id", "Id Tugas", "tetap; kosong bagi tugas baru", 10, ("no", "nomor")),
                *columns,
            )
        columns += tuple(_column(name) for name in extras)
    else:
        bentuk = "campur"
        columns = (
            Kolom("_isian", "Isian", "nama isian; lihat lembar Petunjuk", 26, ("nama isian", "jenis")),
            Kolom("teks", "Uraian", "isinya", 70, ("teks", "isi", "nilai")),
            *(_column(name) for name in extras),
        )
    title, alias = _LEMBAR.get(bagian, (BAGIAN[bagian][1], ()))
    keys = {title_key(x) for x in (bagian, BAGIAN[bagian][1], title, *alias)}
    return Lembar(bagian, bentuk, title, (INFOJAB, UNIT, JABATAN), columns, frozenset(keys), fields)


ABK_KOLOM = (
    Kolom("tugas", "Id Tugas", "id pada lembar Tugas Pokok", 10, ("id uraian",), teks=False),
    Kolom("uraian", "Uraian", "kosong: uraian tugasnya", 60, ("uraian tugas", "tugas")),
    Kolom("satuan", "Satuan", "satuan hasil", 16, ("satuan hasil",)),
    Kolom("pendekatan", "Pendekatan", "tugas, hasil, objek, atau peralatan", 12, ("metode",)),
    Kolom("volume", "Volume", "hasil per tahun", 12,
          ("jumlah hasil", "volume setahun", "volume per tahun", "beban kerja"), teks=False),
    Kolom("norma", "Norma", "menit per hasil; tulis (jam) pada judul kolom bila jam", 12,
          ("norma waktu", "menit", "waktu penyelesaian", "norma waktu (menit)"), teks=False),
    Kolom("pegawai", "Pegawai", "pendekatan peralatan: pegawai per kelompok", 10, (), teks=False),
    Kolom("giliran", "Giliran", "pendekatan peralatan: giliran sehari", 10, ("shift",), teks=False),
)  # fmt: skip
DASAR_KOLOM = (
    Kolom("waktu", "Waktu Kerja", "kode norma waktu kerja; kosong: yang berlaku", 14, ("norma waktu kerja",)),
    Kolom("kebijakan", "Pembulatan", "kode kebijakan; kosong: yang berlaku", 16, ("kebijakan",)),
    Kolom("dari", "K Dari", "abk atau rekomendasi", 14, ("sumber k",)),
    Kolom("k", "K Rekomendasi", "orang", 14, ("rekomendasi k",), teks=False),
    Kolom("pembina", "Pembina", "instansi pembina", 30, ()),
    Kolom("metode", "Metode", "", 30, ()),
    Kolom("dokumen", "Dokumen", "surat rekomendasi", 30, ()),
    Kolom("tanggal", "Tanggal", "", 14, ()),
    Kolom("berkas", "Berkas", "", 20, ()),
)
EVALUASI_KOLOM = (
    Kolom("jenis", "Jenis Lembar", "struktural atau fungsional", 14, ("jenis",)),
    Kolom("faktor", "Faktor", "F1, F2, …; kosong pada baris catatan", 10, ()),
    Kolom("level", "Level", "", 8, (), teks=False),
    Kolom("alasan", "Alasan", "alasan level ini", 70, ("justifikasi",)),
    *(
        Kolom(name, title, "", 20, ())
        for name, title in (("status", "Status"), ("oleh", "Oleh"), ("pada", "Pada"), ("catatan", "Catatan"),
                            ("pengecualian", "Pengecualian"), ("rekomendasi", "Rekomendasi"),
                            ("berkas", "Berkas"))
    ),
)  # fmt: skip
JABATAN_KOLOM = (
    Kolom("jalur", "Letak", "unit di atasnya", 50, ("jalur",)),
    Kolom("jenis", "Jenis", "", 12, ()),
    Kolom("kelas", "Kelas", "tidak dibaca", 8, (), teks=False),
    Kolom("k", "K", "tidak dibaca; dihitung dari lembar ABK", 8, (), teks=False),
)


@lru_cache(maxsize=4)
def sheets(isian: tuple[Isian, ...]) -> tuple[Lembar, ...]:
    """Every sheet in order: the boxes, sections 1–16, evaluation, ABK and what ABK sheets stand on."""
    fixed: list[Lembar] = [
        Lembar("jabatan", "jabatan", "Jabatan", (POSISI, INFOJAB, UNIT, JABATAN), JABATAN_KOLOM,
               frozenset({"jabatan", "posisi", "daftarjabatan"})),
    ]  # fmt: skip
    fixed += [_section(code, isian) for code, (number, _, fields) in BAGIAN.items() if fields and number < 20]
    owner = (POSISI, UNIT, JABATAN)
    fixed += [
        Lembar("evaluasi", "evaluasi", "Evaluasi", (INFOJAB, UNIT, JABATAN), EVALUASI_KOLOM,
               frozenset({"evaluasi", "evaluasijabatan", "kelasjabatan"})),
        Lembar("abk", "abk", "ABK", owner, ABK_KOLOM,
               frozenset({"abk", "bebankerja", "analisisbebankerja", "analisabebankerja"})),
        Lembar("abk", "dasar-abk", "Dasar ABK", owner, DASAR_KOLOM, frozenset({"dasarabk"})),
    ]  # fmt: skip
    return tuple(fixed)
