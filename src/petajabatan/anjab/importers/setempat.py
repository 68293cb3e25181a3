"""The common local layout: one sheet per post, the section titles ("1. NAMA JABATAN", "IKHTISAR JABATAN",
"TUGAS POKOK", …) as anchors, tables and lists below them, merged cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import python_calamine as calamine

from petajabatan.anjab.importers import setempat_isi as isi_
from petajabatan.anjab.importers.baca import cell_text
from petajabatan.anjab.importers.baris import neutral
from petajabatan.anjab.importers.jangkar import Baris, Wilayah, regions
from petajabatan.anjab.rules.tukar import Bacaan, BagianBaca, JabatanBaca, Rujukan
from petajabatan.inti.pekerjaan import Kemajuan
from petajabatan.inti.temuan import Temuan
from petajabatan.jabatan.rules.abk.ambang import AmbangAbk
from petajabatan.jabatan.rules.abk.baca import Sel, column_style, read_minutes, read_number
from petajabatan.jabatan.rules.abk.tabel import check_time_unit
from petajabatan.jabatan.rules.isian import fields_of
from petajabatan.jabatan.rules.kelengkapan import Isian

JANGKAR_MIN = 3
"""Sections a sheet must show to be taken for a post."""
BARIS_MAKS = 5_000
LEMBAR_ID = "Petajabatan"
"""The hidden sheet of a workbook that we printed: which box each sheet shows."""
KOSONG_CETAK = "–"
"""What a printed form shows where nothing has been written; a dash that people type is an answer."""
SISA_PEMBULATAN = Decimal("0.003")


def read_local(
    book: calamine.CalamineWorkbook, nama: str, isian: Sequence[Isian], ambang: AmbangAbk, kemajuan: Kemajuan
) -> Bacaan:
    """Every sheet that describes a post; others are told and left out."""
    out = Bacaan("setempat", nama)
    names = [name for name in book.sheet_names if name != LEMBAR_ID]
    ids = _ids(book, out)
    for n, name in enumerate(names):
        kemajuan(n, len(names), f"membaca lembar {name}")
        rows: list[Baris] = []
        for number, cells in enumerate(book.get_sheet_by_name(name).iter_rows(), 1):
            if number > BARIS_MAKS:
                break
            rows.append((number, [cell_text(cell) for cell in cells]))
        found = regions(rows)
        if "nama_jabatan" in found and len(found) >= JANGKAR_MIN:
            _post(out, name, found, isian, ambang, ids)
        elif len(found) >= JANGKAR_MIN:
            out.temuan.append(
                Temuan("nama-jabatan-tidak-ada", "galat", f"Lembar {name} tidak memuat judul NAMA JABATAN.",
                       "Tulis judul NAMA JABATAN dan namanya di atas.", name)
            )  # fmt: skip
        elif rows:
            out.temuan.append(
                Temuan("lembar-dilewati", "catatan", f"Lembar {name} bukan informasi jabatan dan dilewati.",
                       "Bila seharusnya dibaca, beri judul bagiannya (NAMA JABATAN, IKHTISAR JABATAN, …).",
                       name)
            )  # fmt: skip
    if all(t.kode == "lembar-dilewati" for t in out.temuan) and not out.bagian:
        out.temuan = []
    return out


def _ids(book: calamine.CalamineWorkbook, out: Bacaan) -> dict[str, tuple[str, str]]:
    """Of a workbook that we printed: for each sheet the box it shows and the name it was printed with. A
    sheet that says another name today is another post."""
    if LEMBAR_ID not in book.sheet_names:
        return {}
    found: dict[str, tuple[str, str]] = {}
    for number, cells in enumerate(book.get_sheet_by_name(LEMBAR_ID).iter_rows()):
        row = [*map(cell_text, cells), "", "", ""]
        if number == 0:
            out.instansi = row[1].strip()
        elif row[0] and number <= BARIS_MAKS:
            found[row[0]] = (row[1].strip(), " ".join(row[2].split()))
    return found


def _post(
    out: Bacaan,
    sheet: str,
    found: dict[str, Wilayah],
    isian: Sequence[Isian],
    ambang: AmbangAbk,
    ids: Mapping[str, tuple[str, str]],
) -> None:
    name = isi_.text_of(found["nama_jabatan"])
    units = isi_.units_of(found["unit_kerja"]) if "unit_kerja" in found else []
    posisi, named = ids.get(sheet, ("", ""))
    owner = Rujukan(
        posisi=posisi if named == " ".join(name.split()) else "", unit=" › ".join(units), jabatan=name
    )
    row = found["nama_jabatan"].awal or None
    out.jabatan.append(JabatanBaca(owner, row, sheet))
    parts: dict[str, BagianBaca] = {}

    def part(bagian: str) -> BagianBaca:
        if bagian not in parts:
            parts[bagian] = BagianBaca(bagian, {}, sheet, awal=found[bagian].awal if bagian in found else row)
        return parts[bagian]

    def put(bagian: str, kode: str, rows: Sequence[isi_.Butir], *, teks: bool = False) -> None:
        rows = [row for row in rows if row[1].get("teks") != KOSONG_CETAK]
        if rows:
            held = part(bagian)
            assert held.isi is not None
            held.isi[kode] = "\n".join(item["teks"] for _, item in rows) if teks else [i for _, i in rows]
            held.baris[kode] = [number for number, _ in rows]

    identity = part("identitas")
    identity.isi = {"nama_jabatan": name}
    if "kode_jabatan" in found and (code := isi_.text_of(found["kode_jabatan"]).strip("-–— ")):
        identity.isi["kode_jabatan"] = code
    for bagian in ("ikhtisar", "prestasi"):
        if bagian in found and (text := isi_.text_of(found[bagian])):
            put(bagian, bagian, [(found[bagian].awal, {"teks": text})], teks=True)
    for bagian in ("tanggung_jawab", "wewenang"):
        if bagian in found:
            put(bagian, bagian, isi_.items_of(found[bagian]))
    for bagian in ("hasil_kerja", "bahan_kerja", "perangkat_kerja", "korelasi", "risiko"):
        if bagian in found:
            put(bagian, bagian, isi_.table_of(bagian, found[bagian]))
    if "lingkungan" in found:
        for code, (number, text) in isi_.environment_of(found["lingkungan"]).items():
            put("lingkungan", code, [(number, {"teks": text})], teks=True)
    for bagian in ("kualifikasi", "syarat"):
        if bagian in found:
            fields = {f.kode: f for f in fields_of(bagian, isian)}
            for code, rows in isi_.blocks_of(bagian, found[bagian], list(fields.values())).items():
                put(bagian, code, rows, teks=fields[code].bentuk == "teks")
    if "tugas_pokok" in found:
        tasks, work, titles = isi_.tasks_of(found["tugas_pokok"])
        put("tugas_pokok", "tugas_pokok", tasks)
        if work:
            out.bagian.append((owner, _work(out, sheet, work, titles, ambang)))
    out.bagian += [(owner, held) for held in parts.values() if held.isi]
    if "kelas" in found:
        out.temuan.append(
            Temuan("kelas-tidak-dibaca", "catatan", "Kelas jabatan pada berkas tidak dibaca.",
                   "Ubah kelas lewat evaluasi jabatan.", sheet, found["kelas"].awal or None)
        )  # fmt: skip


def _whole_minutes(minutes: Decimal | None) -> Decimal | None:
    """Hours are written with four decimals: what that rounding took from whole minutes (at most 0.003) comes
    back, so that 250 minutes printed as 4,1667 hours stay 250."""
    if minutes is None:
        return None
    near = minutes.to_integral_value()
    return near if abs(minutes - near) <= SISA_PEMBULATAN else minutes


def _work(
    out: Bacaan, sheet: str, work: Sequence[isi_.Butir], titles: dict[str, str], ambang: AmbangAbk
) -> BagianBaca:
    """The ABK rows beside the tasks, with their figures read. The time is in hours unless its heading says
    minutes: the form of PerBKN 9/2022 counts *waktu penyelesaian* in hours."""
    head = titles.get("norma", "").lower()
    unit = "menit" if "menit" in head or ("norma" in head and "jam" not in head) else "jam"
    styles = {c: column_style(item.get(c) for _, item in work) for c in ("volume", "norma")}
    told = next((style for style in styles.values() if style), None)
    styles = {column: style or told for column, style in styles.items()}
    rows: list[dict[str, Any]] = []
    refused = False
    norms = []
    for number, item in work:
        volume = read_number(
            item.get("volume"), Sel(number, titles.get("volume", "volume")), ambang, gaya=styles["volume"]
        )
        norm = read_minutes(
            item.get("norma"), Sel(number, titles.get("norma", "norma")), ambang, gaya=styles["norma"],
            satuan="jam" if unit == "jam" else "menit",
        )  # fmt: skip
        found = (*volume.temuan, *norm.temuan)
        refused |= any(t.tingkat == "galat" for t in found)
        out.temuan += [replace(t, tempat=sheet) for t in found]
        if norm.nilai is not None:
            norms.append(norm.nilai)
        rows.append(
            {
                "tugas": item["tugas"],
                "satuan": item["satuan"],
                "volume": neutral(volume.nilai),
                "norma": neutral(_whole_minutes(norm.nilai) if unit == "jam" else norm.nilai),
            }
        )
    doubt = check_time_unit(norms, "jam" if unit == "jam" else "menit", ambang)
    if doubt is not None:
        out.temuan.append(replace(doubt, tempat=sheet, kolom=titles.get("norma", "norma")))
    numbers = [number for number, _ in work]
    return BagianBaca(
        "abk", {"baris": rows}, sheet, {"baris": numbers}, dict(titles), numbers[0], numbers[-1], refused
    )
