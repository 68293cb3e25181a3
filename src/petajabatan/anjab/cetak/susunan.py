"""An informasi jabatan as the blocks of its printed form (PerBKN 9/2022 Lampiran I), the same for every kind
of file. Pure: no layout, no files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from petajabatan.anjab.rules.abk import Tugas, link_tasks
from petajabatan.anjab.rules.tukar import KotakTukar
from petajabatan.jabatan.rules.abk.angka import quantize, write_number
from petajabatan.jabatan.rules.abk.hitung import BarisHitung
from petajabatan.jabatan.rules.abk.lembar import AcuanAbk, HasilLembar, compute_sheet

JUDUL = "INFORMASI JABATAN"
KOSONG = "–"
"""Printed where nothing has been written; never 0."""
TINGKAT = (
    ("10", "a. JPT utama"), ("1", "b. JPT madya"), ("2", "c. JPT pratama"), ("3", "d. Administrator"),
    ("4", "e. Pengawas"),
)  # fmt: skip
"""Lines of section 3 and the SIASN codes of eselon they stand for (10 is I.a of a JPT utama)."""
_TABEL: Mapping[str, tuple[tuple[str, str, int], ...]] = {
    "hasil_kerja": (("hasil", "Hasil kerja", 5), ("satuan", "Satuan hasil", 3)),
    "bahan_kerja": (("bahan", "Bahan kerja", 4), ("penggunaan", "Penggunaan dalam tugas", 5)),
    "perangkat_kerja": (("perangkat", "Perangkat kerja", 4), ("penggunaan", "Penggunaan untuk tugas", 5)),
    "korelasi": (("jabatan", "Jabatan", 4), ("unit", "Unit kerja/instansi", 4), ("hal", "Dalam hal", 4)),
    "risiko": (("risiko", "Nama risiko", 4), ("penyebab", "Penyebab", 5)),
}
_LINGKUNGAN = (
    ("lokasi", "Tempat kerja"), ("suhu", "Suhu"), ("udara", "Udara"), ("luas_ruangan", "Luas ruangan"),
    ("letak", "Letak"), ("penerangan", "Penerangan"), ("suara", "Suara"),
    ("keadaan_tempat", "Keadaan tempat kerja"), ("getaran", "Getaran"),
)  # fmt: skip
_KUALIFIKASI = (
    ("a. Pendidikan formal", "pendidikan"),
    ("b. Pendidikan dan pelatihan", ""),
    ("Diklat kepemimpinan", "diklat_kepemimpinan"),
    ("Diklat fungsional", "diklat_fungsional"),
    ("Diklat teknis", "diklat_teknis"),
    ("Sertifikasi", "sertifikasi"),
    ("c. Pengalaman kerja", "pengalaman"),
)
_SYARAT = (
    ("a. Keterampilan kerja", "keterampilan"), ("b. Bakat kerja", "bakat"),
    ("c. Temperamen kerja", "temperamen"), ("d. Minat kerja", "minat"), ("e. Upaya fisik", "upaya_fisik"),
    ("f. Kondisi fisik", ""), ("Jenis kelamin", "jenis_kelamin"), ("Umur", "umur"),
    ("Tinggi badan", "tinggi_badan"), ("Berat badan", "berat_badan"), ("Postur badan", "postur_badan"),
    ("Penampilan", "penampilan"), ("Keadaan fisik", "keadaan_fisik"),
    ("g. Fungsi pekerjaan", "fungsi_pekerjaan"),
)  # fmt: skip
TUGAS = (
    ("Uraian tugas", 34), ("Hasil kerja", 14), ("Jumlah hasil", 8), ("Waktu penyelesaian (jam)", 11),
    ("Waktu efektif (jam)", 9), ("Kebutuhan pegawai", 10),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Blok:
    """A piece of a section. ``jenis``: teks; pasangan (label and value); daftar; tabel (numbered rows below
    ``kolom`` = title and weight, then ``kaki`` = label and value)."""

    jenis: str
    teks: str = ""
    baris: tuple[tuple[str, ...], ...] = ()
    kolom: tuple[tuple[str, int], ...] = ()
    kaki: tuple[tuple[str, str], ...] = ()
    angka: int = 0
    """How many columns at the end hold figures."""


@dataclass(frozen=True, slots=True)
class BagianCetak:
    nomor: int
    judul: str
    blok: tuple[Blok, ...]


@dataclass(slots=True)
class Cetakan:
    """One post to print: the box, where it stands (code of eselon and name of each unit from the top down),
    the sections of its informasi jabatan."""

    kotak: KotakTukar
    garis: list[tuple[str, str]]
    isi: Mapping[str, Any]
    bagian: list[BagianCetak] = field(default_factory=list)

    @property
    def nama(self) -> str:
        said = (self.isi.get("identitas") or {}).get("nama_jabatan")
        return said or self.kotak.nama


def compose(cetakan: Cetakan, acuan: AcuanAbk) -> Cetakan:
    """Fill in the 17 printed sections."""
    isi = cetakan.isi
    identity = isi.get("identitas") or {}
    code = [identity.get("kode_jabatan") or "---"]
    code += [f"Dasar hukum: {item['teks']}" for item in identity.get("dasar_hukum") or () if item.get("teks")]
    result = (isi.get("prestasi") or {}).get("prestasi")
    parts: list[tuple[str, tuple[Blok, ...]]] = [
        ("Nama jabatan", (Blok("teks", cetakan.nama),)),
        ("Kode jabatan", (Blok("teks", "\n".join(code)),)),
        ("Unit kerja", (_place(cetakan),)),
        ("Ikhtisar jabatan", (Blok("teks", (isi.get("ikhtisar") or {}).get("ikhtisar") or KOSONG),)),
        ("Kualifikasi jabatan", (_pairs(_KUALIFIKASI, isi.get("kualifikasi") or {}),)),
        ("Tugas pokok", (_tasks(cetakan, acuan),)),
        *(
            (title, (_table(code_, isi),))
            for code_, title in (("hasil_kerja", "Hasil kerja"), ("bahan_kerja", "Bahan kerja"),
                                 ("perangkat_kerja", "Perangkat kerja"))
        ),
        ("Tanggung jawab", (_list("tanggung_jawab", isi),)),
        ("Wewenang", (_list("wewenang", isi),)),
        ("Korelasi jabatan", (_table("korelasi", isi),)),
        ("Kondisi lingkungan kerja", (_environment(isi),)),
        ("Risiko bahaya", (_table("risiko", isi),)),
        ("Syarat jabatan", (_pairs(_SYARAT, isi.get("syarat") or {}),)),
        ("Prestasi kerja yang diharapkan", (Blok("teks", result or KOSONG),)),
        ("Kelas jabatan", (Blok("teks", str(cetakan.kotak.kelas or KOSONG)),)),
    ]  # fmt: skip
    cetakan.bagian = [BagianCetak(n, title, blok) for n, (title, blok) in enumerate(parts, 1)]
    return cetakan


def _place(c: Cetakan) -> Blok:
    """Section 3: the lowest unit of each level above the post, and the post itself."""
    rows = []
    for code, label in TINGKAT:
        named = [
            name for eselon, name in c.garis
            if (eselon == code if code == "10" else eselon.startswith(code) and eselon != "10")
        ]  # fmt: skip
        rows.append((label, " – ".join(named) or KOSONG))
    rows.append(("f. Pelaksana", c.kotak.nama if c.kotak.jenis == "pelaksana" else KOSONG))
    rows.append(("g. Jabatan fungsional", c.kotak.nama if c.kotak.jenis == "fungsional" else KOSONG))
    levels = tuple(code for code, _ in TINGKAT)
    loose = [name for eselon, name in c.garis if not eselon.startswith(levels)]
    if loose:
        rows.append(("Unit", " – ".join(loose)))
    return Blok("pasangan", baris=tuple(rows))


def coded(item: Mapping[str, Any]) -> str:
    """``G = Intelegensia``; where a text has no code, the text; years of experience behind it."""
    text, code = item.get("teks") or "", item.get("kode") or ""
    if item.get("tahun"):
        years = f"{item['tahun']} tahun"
        return text if years in text.lower() else f"{text} ({years})" if text else f"({years})"
    return f"{code} = {text}" if code and text and not text.startswith(f"{code} =") else text or code


def _pairs(labels: Sequence[tuple[str, str]], isi: Mapping[str, Any]) -> Blok:
    rows = []
    for label, code in labels:
        value = isi.get(code) if code else ""
        if isinstance(value, str) or value is None:
            text = value or ""
        else:
            text = "\n".join(filter(None, map(coded, value)))
        rows.append((label, text or (KOSONG if code else "")))
    return Blok("pasangan", baris=tuple(rows))


def _list(code: str, isi: Mapping[str, Any]) -> Blok:
    items = [item["teks"] for item in (isi.get(code) or {}).get(code) or () if item.get("teks")]
    return Blok("daftar", baris=tuple((text,) for text in items)) if items else Blok("teks", KOSONG)


def _table(code: str, isi: Mapping[str, Any]) -> Blok:
    columns = _TABEL[code]
    rows = tuple(
        tuple(str(row.get(name) or "") for name, _, _ in columns)
        for row in (isi.get(code) or {}).get(code) or ()
    )
    if not rows:
        return Blok("teks", KOSONG)
    return Blok("tabel", baris=rows, kolom=tuple((title, width) for _, title, width in columns))


def _environment(isi: Mapping[str, Any]) -> Blok:
    said = isi.get("lingkungan") or {}
    rows = tuple((title, str(said.get(code) or KOSONG)) for code, title in _LINGKUNGAN)
    return Blok("tabel", baris=rows, kolom=(("Aspek", 3), ("Faktor", 6)))


def _tasks(c: Cetakan, acuan: AcuanAbk) -> Blok:
    """Section 6: each task with the work beside it, matched by number, then by words.

    Times are in hours as on the form, kept in minutes; needs are shown at four decimals,
    JUMLAH is their exact sum, JUMLAH PEGAWAI the K of the sheet."""
    tasks = (c.isi.get("tugas_pokok") or {}).get("tugas_pokok") or []
    sheet = compute_sheet(c.kotak.abk, c.kotak.jenis, acuan) if c.kotak.abk else None
    stored = (c.kotak.abk or {}).get("baris") or []
    work: dict[Any, list[tuple[Mapping[str, Any], BarisHitung]]] = {}
    loose: list[tuple[Mapping[str, Any], BarisHitung]] = []
    ids = {task.get("id") for task in tasks}
    known = [Tugas(task["id"], task.get("uraian") or "") for task in tasks if task.get("id")]
    for raw, row in zip(link_tasks(known, stored), sheet.hasil.baris if sheet else (), strict=False):
        at = raw.get("tugas")
        (work.setdefault(at, []) if at in ids else loose).append((raw, row))
    rows: list[tuple[str, ...]] = []
    for task in tasks:
        steps = [f"{chr(97 + n % 26)}. {step}" for n, step in enumerate(task.get("tahapan") or ())]
        text = "\n".join([task.get("uraian") or "", *steps])
        hasil = task.get("hasil") or task.get("satuan") or ""
        beside = work.get(task.get("id"), [])
        if not beside:
            rows.append((text, hasil, "", "", "", ""))
        for n, (_, row) in enumerate(beside):
            rows.append(
                (text if n == 0 else row.baris.uraian, hasil if n == 0 else "", *_figures(row, sheet))
            )
    for _, row in loose:
        rows.append((row.baris.uraian, row.baris.satuan, *_figures(row, sheet)))
    if not rows:
        return Blok("teks", KOSONG)
    total = sheet.hasil.jumlah_tampil if sheet else None
    k = 1 if c.kotak.kepala else sheet.k if sheet and sheet.k is not None else c.kotak.k
    foot = (
        ("JUMLAH", write_number(total, 4) if total is not None else KOSONG),
        ("JUMLAH PEGAWAI", write_number(k) if k is not None else KOSONG),
    )
    return Blok("tabel", baris=tuple(rows), kolom=TUGAS, kaki=foot, angka=4)


def _figures(row: BarisHitung, sheet: HasilLembar | None) -> tuple[str, str, str, str]:
    work = row.baris
    hours, whole = "", ""
    if work.pendekatan == "tugas" and sheet is not None:
        hours = "" if work.norma is None else write_number(quantize(Fraction(work.norma) / 60))
        whole = write_number(quantize(Fraction(sheet.hasil.waktu.menit_setahun) / 60))
    elif work.norma is not None:
        hours = f"÷ {write_number(work.norma)}"
    volume = KOSONG if work.volume is None else write_number(work.volume)
    need = KOSONG if row.tampil is None else write_number(row.tampil, 4)
    return volume, hours or KOSONG, whole or KOSONG, need
