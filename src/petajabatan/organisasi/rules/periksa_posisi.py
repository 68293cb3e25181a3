"""Checking the boxes and external codes of a file against its units and the list of jabatan."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from petajabatan.organisasi.rules.baris import BarisKode, BarisPosisi
from petajabatan.organisasi.rules.catatan import Catatan
from petajabatan.organisasi.rules.muatan import KodeMuatan, PosisiMuatan, UnorMuatan
from petajabatan.organisasi.rules.periksa import normal

KELAS_MAKS = 17
K_MAKS = 100_000
"""Persons; a larger need on one box is a slip of the keyboard."""
JENIS_POSISI = {
    "struktural": "struktural",
    "manajerial": "struktural",
    "1": "struktural",
    "fungsional": "fungsional",
    "jf": "fungsional",
    "jabatanfungsional": "fungsional",
    "2": "fungsional",
    "pelaksana": "pelaksana",
    "jfu": "pelaksana",
    "jabatanpelaksana": "pelaksana",
    "4": "pelaksana",
}
"""Accepted spellings; the digits are SIASN's jenisJabatan."""
YA, TIDAK = {"ya", "y", "1", "true", "x", "kepala"}, {"", "tidak", "t", "n", "0", "false", "-"}
JENIS_KODE = {
    "npsn": re.compile(r"^[0-9A-Z]{8}$"),
    "puskesmas": re.compile(r"^[0-9A-Za-z]{5,12}$"),
    "rs": re.compile(r"^[0-9A-Za-z]{5,12}$"),
    "dinkes": re.compile(r"^[0-9A-Za-z.]{2,20}$"),
    "satusehat": re.compile(r"^[0-9A-Za-z-]{5,40}$"),
    "sisdmk": re.compile(r"^[0-9A-Za-z.-]{3,40}$"),
    "lokal": re.compile(r"^.{1,40}$"),
}
"""Kinds of external code and their form."""


@dataclass(frozen=True)
class JabatanAcuan:
    """A jabatan of the reference list."""

    id: int
    jenis: str
    nama: str
    jenjang: str | None = None
    aktif: bool = True
    id_siasn: str = ""


@dataclass
class AcuanJabatan:
    """Jabatan by normalised name and by SIASN id, and a maker of suggestions for unknown names.

    ``kepala_fungsional``: kinds of unit that a JF may lead (school, puskesmas)."""

    menurut_nama: dict[str, list[JabatanAcuan]] = field(default_factory=dict)
    menurut_id: dict[str, list[JabatanAcuan]] = field(default_factory=dict)
    saran: Callable[[str, str], list[str]] = lambda nama, jenis: []
    kepala_fungsional: frozenset[str] = frozenset()


def name_key(nama: str) -> str:
    """Names are the same when they differ only in case, spaces and punctuation."""
    return normal(nama)


def check_boxes(
    rows: list[BarisPosisi], units: Iterable[UnorMuatan], acuan: AcuanJabatan, catatan: Catatan
) -> list[PosisiMuatan]:
    """The load's boxes in file order. Only meaningful when ``catatan`` then holds no error."""
    by_key = {unit.kunci: unit for unit in units}
    heads: dict[str, BarisPosisi] = {}
    boxes = []
    for row in rows:
        box = PosisiMuatan(row.unor, row.nama, "struktural", baris=row.baris)
        unit = by_key.get(row.unor)
        if unit is None:
            catatan.add(
                "unit-posisi-tidak-ada",
                f"Unit {row.unor or '(kosong)'} dari posisi {row.nama} tidak ada pada lembar Unor.",
                "Pakai Id Unor yang ada pada lembar Unor.",
                baris=row.baris,
                kolom="Id Unor",
                nilai=row.unor,
            )
        box.kepala = _head(row, catatan)
        _jabatan(box, row, acuan, catatan)
        box.kelas = _number(row, "Kelas", row.kelas, 1, KELAS_MAKS, "kelas-di-luar-1-17", catatan)
        box.k = _number(row, "Kebutuhan (K)", row.k, 0, K_MAKS, "k-bukan-bilangan", catatan)
        if box.kepala:
            _check_head(box, row, unit, heads, acuan, catatan)
        boxes.append(box)
    return boxes


def _head(row: BarisPosisi, catatan: Catatan) -> bool:
    word = normal(row.kepala)
    if word in YA:
        return True
    if word not in TIDAK:
        catatan.add("kepala-bukan-ya-tidak", f"Kolom Kepala berisi {row.kepala}.", "Isi ya atau tidak.",
                    baris=row.baris, kolom="Kepala", nilai=row.kepala)  # fmt: skip
    return False


def _jabatan(box: PosisiMuatan, row: BarisPosisi, acuan: AcuanJabatan, catatan: Catatan) -> None:
    wanted = JENIS_POSISI.get(normal(row.jenis)) if row.jenis else None
    if row.jenis and wanted is None:
        catatan.add(
            "jenis-jabatan-tak-dikenal",
            f"Jenis jabatan {row.jenis} tidak dikenal.",
            "Pakai struktural, fungsional, atau pelaksana.",
            baris=row.baris,
            kolom="Jenis Jabatan",
            nilai=row.jenis,
        )
        return
    if not row.nama and not row.id_jabatan:
        catatan.add("nama-kosong", "Nama jabatan kosong.", "Isi nama jabatan.",
                    baris=row.baris, kolom="Nama Jabatan")  # fmt: skip
        return
    if len(row.nama) > 250:
        catatan.add("terlalu-panjang", f"Nama jabatan {len(row.nama)} huruf, paling banyak 250.",
                    "Pakai nama dari referensi jabatan.", baris=row.baris, kolom="Nama Jabatan",
                    nilai=row.nama)  # fmt: skip
        return
    if wanted == "struktural":
        return
    found = acuan.menurut_id.get(row.id_jabatan, []) if row.id_jabatan else []
    column, value = ("Id Jabatan", row.id_jabatan) if row.id_jabatan else ("Nama Jabatan", row.nama)
    if not row.id_jabatan:
        found = acuan.menurut_nama.get(name_key(row.nama), [])
    found = [j for j in found if wanted is None or j.jenis == wanted]
    live = [j for j in found if j.aktif] or found
    if len(live) == 1:
        chosen = live[0]
        box.jenis, box.jabatan_id, box.jenjang = chosen.jenis, chosen.id, chosen.jenjang
        # The spelling of the file stays, another name does not; but a head with an additional task (school,
        # puskesmas) is called after the task.
        if name_key(row.nama) != name_key(chosen.nama) and not (box.kepala and row.nama):
            box.nama = chosen.nama
        return
    if not live and wanted is None and box.kepala and not row.id_jabatan:
        return  # a structural head: its name is its own
    if not live:
        similar = acuan.saran(row.nama, wanted or "") if row.nama else []
        hint = f"Mungkin maksudnya: {'; '.join(similar)}. " if similar else ""
        catatan.add(
            "jabatan-tak-dikenal",
            f"Jabatan {value} tidak ada dalam referensi{f' {wanted}' if wanted else ''}.",
            f"{hint}Pakai nama persis dari referensi jabatan; jabatan struktural: isi Jenis Jabatan.",
            baris=row.baris,
            kolom=column,
            nilai=value,
        )
        return
    ids = ", ".join(f"{j.id_siasn or j.id} ({j.jenis})" for j in live[:4])
    catatan.add(
        "jabatan-ganda",
        f"Nama {row.nama} dimiliki {len(live)} jabatan: {ids}.",
        "Isi Id Jabatan atau Jenis Jabatan agar jelas yang mana.",
        baris=row.baris,
        kolom=column,
        nilai=value,
    )


def _number(
    row: BarisPosisi, title: str, text: str, low: int, high: int, kode: str, catatan: Catatan
) -> int | None:
    """A whole number in range; None for an empty cell, which is not zero."""
    if not text or text == "-":
        return None
    if re.fullmatch(r"\d{1,9}", text) and low <= int(text) <= high:
        return int(text)
    catatan.add(
        kode,
        f"{title} {text} bukan bilangan bulat {low} sampai {high}.",
        "Perbaiki angkanya; kosongkan bila belum ditetapkan.",
        baris=row.baris,
        kolom=title,
        nilai=text,
    )
    return None


def _check_head(
    box: PosisiMuatan,
    row: BarisPosisi,
    unit: UnorMuatan | None,
    heads: dict[str, BarisPosisi],
    acuan: AcuanJabatan,
    catatan: Catatan,
) -> None:
    earlier = heads.setdefault(row.unor, row)
    if earlier is not row:
        catatan.add(
            "kepala-ganda",
            f"Unit {row.unor} mempunyai dua kepala: {earlier.nama} (baris {earlier.baris}) dan {row.nama}.",
            "Satu unit satu kepala; isi tidak pada kolom Kepala salah satunya.",
            baris=row.baris,
            kolom="Kepala",
            nilai=row.nama,
        )
    if box.k is None:
        box.k = 1
    if box.k != 1:
        catatan.add(
            "kepala-bukan-satu",
            f"Kebutuhan kepala {row.nama} tertulis {box.k}.",
            "Kepala unit selalu satu kursi: isi 1.",
            baris=row.baris,
            kolom="Kebutuhan (K)",
            nilai=box.k,
        )
    if unit is not None and box.jenis == "pelaksana":
        says = "seorang pelaksana"
    elif unit is not None and box.jenis == "fungsional" and unit.jenis not in acuan.kepala_fungsional:
        says = f"pejabat fungsional, padahal jenis unitnya {unit.jenis}"
    else:
        return
    catatan.add(
        "kepala-bukan-struktural",
        f"Kepala {unit.nama} tertulis {says}.",
        "Kepala unit adalah jabatan struktural; pada sekolah dan faskes boleh JF dengan tugas tambahan.",
        baris=row.baris,
        kolom="Kepala",
        nilai=row.nama,
    )


def check_codes(rows: list[BarisKode], units: Iterable[UnorMuatan], catatan: Catatan) -> list[KodeMuatan]:
    """External codes in file order; the same code on two units is refused here, one that another unit of the
    map holds when the load meets the map."""
    keys = {unit.kunci for unit in units}
    holders: dict[tuple[str, str], BarisKode] = {}
    codes = []
    for row in rows:
        jenis = normal(row.jenis)
        form = JENIS_KODE.get(jenis)
        if form is None:
            catatan.add(
                "jenis-kode-tak-dikenal",
                f"Jenis kode {row.jenis or '(kosong)'} tidak dikenal.",
                f"Pakai salah satu: {', '.join(JENIS_KODE)}.",
                baris=row.baris,
                kolom="Jenis Kode",
                nilai=row.jenis,
            )
        elif not form.match(row.kode):
            catatan.add(
                "kode-tak-sah",
                f"Kode {jenis} {row.kode or '(kosong)'} tidak sesuai bentuknya.",
                "Periksa kodenya pada daftar resmi; simpan sel sebagai teks agar nol di depan tidak hilang.",
                baris=row.baris,
                kolom="Kode",
                nilai=row.kode,
            )
        if row.unor not in keys:
            catatan.add(
                "unit-kode-tidak-ada",
                f"Unit {row.unor or '(kosong)'} dari kode {row.kode} tidak ada pada lembar Unor.",
                "Pakai Id Unor yang ada pada lembar Unor.",
                baris=row.baris,
                kolom="Id Unor",
                nilai=row.unor,
            )
        earlier = holders.setdefault((jenis, row.kode), row)
        if earlier is not row and earlier.unor != row.unor:
            catatan.add(
                "kode-ganda",
                f"Kode {jenis} {row.kode} menunjuk dua unit: {earlier.unor} (baris {earlier.baris})"
                f" dan {row.unor}.",
                "Satu kode hanya untuk satu unit; hapus salah satu.",
                baris=row.baris,
                kolom="Kode",
                nilai=row.kode,
            )
        codes.append(KodeMuatan(row.unor, jenis, row.kode, row.baris))
    return codes
