"""Checking the units of a file: is it one tree, of this instansi, in known codes? Every fault is a finding
with row, column, value and remedy; a file with an error is refused as a whole."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from petajabatan.organisasi.rules.baris import BarisUnor
from petajabatan.organisasi.rules.catatan import Catatan
from petajabatan.organisasi.rules.muatan import UnorMuatan

PANJANG = {"id": 42, "nama": 250, "nama_jabatan": 250, "cepat_kode": 30, "pasal": 60, "halaman": 20}
JUDUL = {
    "id": "Id Unor",
    "atasan": "Id Atasan",
    "nama": "Nama Unor",
    "nama_jabatan": "Nama Jabatan Pimpinan",
    "jenis": "Jenis Unor",
    "eselon": "Eselon",
    "wilayah": "Kode Wilayah",
    "urusan": "Urusan",
    "cepat_kode": "Cepat Kode",
    "dasar_hukum": "Dasar Hukum",
    "pasal": "Pasal",
    "halaman": "Halaman",
}
"""Column titles of our template; findings of other formats use that format's own (``Acuan.judul``)."""
KUNCI_KAMI = re.compile(r"^PJ-(\d{1,18})$")
KUNCI_SIASN = re.compile(r"^[0-9A-Fa-f]{32}$|^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$")
CONTOH = 5
"""Names listed inside one finding."""


def normal(text: str) -> str:
    """For comparing codes and labels: lower case, letters and digits only."""
    return re.sub(r"[^0-9a-z]", "", text.lower())


@dataclass
class Acuan:
    """What the checks compare with; the importer looks it up for the values the file contains.

    ``eselon``: normalised code or name → codes; ``jenis``: normalised value or label → value; ``wilayah``,
    ``urusan``: known codes; ``dasar_hukum``: normalised label → id; ``milik_lain``: SIASN id → name of the
    instansi that has it; ``dikenal``: ids of the instansi's own units by SIASN id, ``milik_kami`` their
    numbers; ``judul``: column titles of the format.
    """

    instansi_id_siasn: str
    instansi_nama: str
    eselon: dict[str, tuple[str, ...]]
    jenis: dict[str, str]
    wilayah: frozenset[str] = frozenset()
    urusan: frozenset[str] = frozenset()
    dasar_hukum: dict[str, int] = field(default_factory=dict)
    milik_lain: dict[str, str] = field(default_factory=dict)
    milik_kami: frozenset[int] = frozenset()
    dikenal: frozenset[str] = frozenset()
    judul: dict[str, str] = field(default_factory=lambda: dict(JUDUL))
    jenis_wajib_dikenal: bool = True


def wilayah_code(text: str) -> str:
    """``331701`` and ``33.17.01`` both as ``33.17.01``; anything else unchanged."""
    digits = text.replace(".", "").strip()
    if not digits.isdigit() or len(digits) not in (2, 4, 6, 10):
        return text.strip()
    return ".".join(filter(None, (digits[:2], digits[2:4], digits[4:6], digits[6:])))


def split_urusan(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in re.split(r"[,;]", text) if part.strip()))


def check_units(rows: list[BarisUnor], acuan: Acuan, catatan: Catatan, *, siasn: bool) -> list[UnorMuatan]:
    """The load's units in file order. Only meaningful when ``catatan`` then holds no error.

    ``siasn``: ids of the file are SIASN ids as they are.
    """
    if not rows:
        catatan.add(
            "tanpa-baris", "Berkas tidak berisi satu unit pun.", "Isi sedikitnya unit tertinggi instansi."
        )
        return []
    _check_instansi(rows, acuan, catatan)
    units = [_unit(row, acuan, catatan, siasn) for row in rows]
    _check_tree(rows, acuan, catatan)
    return units


def _check_instansi(rows: list[BarisUnor], acuan: Acuan, catatan: Catatan) -> None:
    own = acuan.instansi_id_siasn.lower()
    foreign = [r for r in rows if r.instansi and r.instansi.lower() != own]
    if not foreign:
        return
    others = sorted({r.instansi for r in foreign})
    catatan.add(
        "instansi-lain",
        f"{len(foreign)} dari {len(rows)} baris menyebut instansi lain ({', '.join(others[:3])}),"
        f" bukan {acuan.instansi_nama} ({acuan.instansi_id_siasn}).",
        "Pilih instansi yang benar, atau ambil ulang berkas untuk instansi ini.",
        baris=foreign[0].baris,
        kolom=acuan.judul.get("instansi", "InstansiId"),
        nilai=foreign[0].instansi,
    )


def _unit(row: BarisUnor, acuan: Acuan, catatan: Catatan, siasn: bool) -> UnorMuatan:
    title = acuan.judul
    for name, limit in PANJANG.items():
        value = getattr(row, name)
        if len(value) > limit:
            catatan.add(
                "terlalu-panjang",
                f"{title[name]} {len(value)} huruf, paling banyak {limit}.",
                "Persingkat isinya sesuai naskah peraturan.",
                baris=row.baris,
                kolom=title[name],
                nilai=value,
            )
    if not row.id:
        catatan.add("tanpa-id", "Id unit kosong.", "Isi id unit; pakai id SIASN bila ada.",
                    baris=row.baris, kolom=title["id"])  # fmt: skip
    if not row.nama:
        catatan.add("nama-kosong", f"Nama unit {row.id} kosong.", "Isi nama unit.",
                    baris=row.baris, kolom=title["nama"])  # fmt: skip
    other = acuan.milik_lain.get(row.id)
    if other:
        catatan.add(
            "milik-instansi-lain",
            f"Id {row.id} sudah dipakai unit milik {other}.",
            "Periksa instansi yang dipilih; satu id hanya untuk satu unit.",
            baris=row.baris,
            kolom=title["id"],
            nilai=row.id,
        )
    unit = UnorMuatan(row.id, row.atasan or None, row.nama, row.nama_jabatan, baris=row.baris)
    _identify(unit, row, acuan, catatan, siasn)
    unit.eselon = _eselon(row, acuan, catatan)
    unit.jenis = _jenis(row, acuan, catatan)
    unit.wilayah = _wilayah(row, acuan, catatan)
    unit.urusan = _urusan(row, acuan, catatan)
    unit.dasar_hukum_id = _dasar_hukum(row, acuan, catatan)
    unit.cepat_kode, unit.pasal, unit.halaman = row.cepat_kode, row.pasal, row.halaman
    return unit


def _identify(unit: UnorMuatan, row: BarisUnor, acuan: Acuan, catatan: Catatan, siasn: bool) -> None:
    """Our own number, an id of SIASN, or a code that only this instansi knows."""
    own = KUNCI_KAMI.match(row.id)
    if own:
        unit.id = int(own.group(1))
        if unit.id not in acuan.milik_kami:
            catatan.add(
                "id-tak-dikenal",
                f"Id {row.id} bukan unit instansi ini.",
                "Id berawalan PJ- hanya berasal dari templat yang diunduh; pakai id lain untuk unit baru.",
                baris=row.baris,
                kolom=acuan.judul["id"],
                nilai=row.id,
            )
    elif siasn or row.id in acuan.dikenal or KUNCI_SIASN.match(row.id):
        unit.id_siasn = row.id


def _eselon(row: BarisUnor, acuan: Acuan, catatan: Catatan) -> str | None:
    if not row.eselon or row.eselon == "-":
        return None
    codes = acuan.eselon.get(normal(row.eselon), ())
    if len(codes) == 1:
        return codes[0]
    catatan.add(
        "eselon-tak-dikenal" if not codes else "eselon-ganda",
        f"Eselon {row.eselon} tidak dikenal." if not codes
        else f"Eselon {row.eselon} mempunyai beberapa kode: {', '.join(codes)}.",
        "Pakai kode eselon SIASN, misalnya 21 (II.a) atau 31 (III.a); kosongkan bila tanpa eselon.",
        baris=row.baris,
        kolom=acuan.judul["eselon"],
        nilai=row.eselon,
    )  # fmt: skip
    return None


def _jenis(row: BarisUnor, acuan: Acuan, catatan: Catatan) -> str:
    if not row.jenis:
        return "struktural"
    found = acuan.jenis.get(normal(row.jenis))
    if found:
        return found
    known = ", ".join(dict.fromkeys(acuan.jenis.values()))
    catatan.add(
        "jenis-tak-dikenal",
        f"Jenis unor {row.jenis} tidak dikenal.",
        f"Pakai salah satu: {known}.",
        tingkat="galat" if acuan.jenis_wajib_dikenal else "catatan",
        baris=row.baris,
        kolom=acuan.judul["jenis"],
        nilai=row.jenis,
    )
    return "struktural"


def _wilayah(row: BarisUnor, acuan: Acuan, catatan: Catatan) -> str | None:
    if not row.wilayah:
        return None
    code = wilayah_code(row.wilayah)
    if code in acuan.wilayah:
        return code
    catatan.add(
        "wilayah-tak-dikenal",
        f"Kode wilayah {row.wilayah} tidak ada dalam referensi.",
        "Pakai kode Kemendagri, misalnya 33.17 atau 33.17.10; kosongkan bila tidak perlu.",
        baris=row.baris,
        kolom=acuan.judul["wilayah"],
        nilai=row.wilayah,
    )
    return None


def _urusan(row: BarisUnor, acuan: Acuan, catatan: Catatan) -> tuple[str, ...]:
    if not row.urusan:
        return ()
    codes = split_urusan(row.urusan)
    for code in codes:
        if code not in acuan.urusan:
            catatan.add(
                "urusan-tak-dikenal",
                f"Kode urusan {code} tidak dikenal.",
                "Pakai kode dari lembar Acuan, dipisah koma.",
                baris=row.baris,
                kolom=acuan.judul["urusan"],
                nilai=code,
            )
    return codes


def _dasar_hukum(row: BarisUnor, acuan: Acuan, catatan: Catatan) -> int | None:
    if not row.dasar_hukum:
        return None
    found = acuan.dasar_hukum.get(normal(row.dasar_hukum))
    if found is None:
        catatan.add(
            "dasar-hukum-tak-dikenal",
            f"Dasar hukum {row.dasar_hukum} belum tercatat untuk instansi ini.",
            "Catat dahulu pada halaman Dasar hukum, dengan tulisan yang sama: Perbup Nomor 45 Tahun 2021.",
            baris=row.baris,
            kolom=acuan.judul["dasar_hukum"],
            nilai=row.dasar_hukum,
        )
    return found


def _check_tree(rows: list[BarisUnor], acuan: Acuan, catatan: Catatan) -> None:
    first: dict[str, BarisUnor] = {}
    for row in rows:
        earlier = first.get(row.id)
        if earlier is None:
            first[row.id] = row
        elif row.id:
            catatan.add(
                "id-ganda",
                f"Id {row.id} dipakai dua kali: baris {earlier.baris} ({earlier.nama})"
                f" dan baris {row.baris} ({row.nama}).",
                "Hapus salah satu baris, atau beri id yang berbeda.",
                baris=row.baris,
                kolom=acuan.judul["id"],
                nilai=row.id,
            )
    _check_roots(rows, acuan, catatan)
    for row in rows:
        if row.atasan and row.atasan not in first:
            catatan.add(
                "atasan-tidak-ada",
                f"Atasan {row.atasan} dari {row.nama or row.id} tidak ada dalam berkas.",
                "Tambahkan baris atasannya, atau perbaiki id atasan.",
                baris=row.baris,
                kolom=acuan.judul["atasan"],
                nilai=row.atasan,
            )
    for cycle in find_cycles({row.id: row.atasan for row in first.values()}):
        members = [first[key] for key in cycle]
        names = " → ".join(f"{m.nama} (baris {m.baris})" for m in members[:CONTOH])
        more = f" → … ({len(members)} unit)" if len(members) > CONTOH else ""
        catatan.add(
            "melingkar",
            f"Susunan melingkar: {names}{more} → {members[0].nama}.",
            "Perbaiki id atasan salah satu unit itu sehingga menuju unit tertinggi.",
            baris=members[0].baris,
            kolom=acuan.judul["atasan"],
            nilai=members[0].atasan,
        )


def _check_roots(rows: list[BarisUnor], acuan: Acuan, catatan: Catatan) -> None:
    roots = [row for row in rows if not row.atasan]
    if not roots:
        catatan.add(
            "tanpa-akar",
            "Tidak ada unit tertinggi: semua baris mempunyai atasan.",
            "Kosongkan id atasan pada unit tertinggi instansi.",
            kolom=acuan.judul["atasan"],
        )
    for row in roots[1:]:
        catatan.add(
            "akar-ganda",
            f"Unit tanpa atasan lebih dari satu: {roots[0].nama} (baris {roots[0].baris}) dan {row.nama}.",
            "Isi id atasan unit ini; hanya unit tertinggi yang tanpa atasan.",
            baris=row.baris,
            kolom=acuan.judul["atasan"],
            nilai=row.id,
        )


def find_cycles(atasan: dict[str, str]) -> list[list[str]]:
    """The cycles of a parent relation (key → parent key, '' for a root), each beginning with its smallest
    place in the mapping. Linear time, no recursion: chains of 100,000 are fine."""
    order = {key: i for i, key in enumerate(atasan)}
    state: dict[str, int] = {}
    cycles = []
    for start in atasan:
        path: list[str] = []
        key = start
        while key in atasan and key not in state:
            state[key] = order[start]
            path.append(key)
            key = atasan[key]
        if key in atasan and state[key] == order[start] and key in path:
            cycle = path[path.index(key) :]
            head = min(range(len(cycle)), key=lambda i: order[cycle[i]])
            cycles.append(cycle[head:] + cycle[:head])
    return cycles
