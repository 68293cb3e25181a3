"""The sections of an informasi jabatan, the ABK sheet of a box, and how their content is tidied.

A section is a mapping of fields; which fields there are, and of which shape, is data
(data/komponen_infojab.csv). A text is a string; a list holds items ``{"teks", …}``; a table holds rows of
texts by column. Numbers of the ABK sheet are decimal strings, so that they stay exact.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from petajabatan.inti.temuan import Temuan
from petajabatan.jabatan.rules.abk.angka import write_number
from petajabatan.jabatan.rules.kelengkapan import Isian

BAGIAN: Mapping[str, tuple[int, str, tuple[str, ...]]] = {
    "identitas": (1, "Identitas jabatan", ("nama_jabatan", "kode_jabatan")),
    "ikhtisar": (4, "Ikhtisar jabatan", ("ikhtisar",)),
    "kualifikasi": (5, "Kualifikasi jabatan", ("kualifikasi",)),
    "tugas_pokok": (6, "Tugas pokok", ("tugas_pokok",)),
    "hasil_kerja": (7, "Hasil kerja", ("hasil_kerja",)),
    "bahan_kerja": (8, "Bahan kerja", ("bahan_kerja",)),
    "perangkat_kerja": (9, "Perangkat kerja", ("perangkat_kerja",)),
    "tanggung_jawab": (10, "Tanggung jawab", ("tanggung_jawab",)),
    "wewenang": (11, "Wewenang", ("wewenang",)),
    "korelasi": (12, "Korelasi jabatan", ("korelasi",)),
    "lingkungan": (13, "Kondisi lingkungan kerja", ("lingkungan",)),
    "risiko": (14, "Risiko bahaya", ("risiko",)),
    "syarat": (15, "Syarat jabatan", ("syarat",)),
    "prestasi": (16, "Prestasi kerja yang diharapkan", ("prestasi",)),
    "evaluasi": (20, "Evaluasi jabatan", ()),
    "abk": (50, "Analisis beban kerja", ()),
}
"""Section → its number, its name, and the printed sections whose fields it holds. Sections 3 (unit kerja) and
17 (kelas) are derived from the map. The number is part of stored ids: never reuse one."""
BAGIAN_INFOJAB = tuple(code for code in BAGIAN if code != "abk")
DICETAK = tuple(code for code, (number, _, _) in BAGIAN.items() if number < 20)
"""The sections people write one by one, in printed order."""
_RUANG = 64
_OF_NUMBER = {number: code for code, (number, _, _) in BAGIAN.items()}
TEKS_MAKS = 10_000
"""Characters of one text; a page of print holds about 3,000."""
BARIS_MAKS = 300
"""Rows of one list or table."""
TAHUN_MAKS = 60
"""Years of experience a post may ask for."""
TAMBAHAN: Mapping[str, tuple[str, ...]] = {
    "tugas_pokok": ("id", "tahapan", "satuan"),
    "pendidikan": ("tingkat", "id"),
    "diklat_kepemimpinan": ("id",),
    "diklat_fungsional": ("id",),
    "diklat_teknis": ("id",),
    "sertifikasi": ("id",),
    "pengalaman": ("tahun",),
    "dasar_hukum": ("id",),
    "keterampilan": (),
    "bakat": ("kode",),
    "temperamen": ("kode",),
    "minat": ("kode",),
    "upaya_fisik": ("kode",),
    "fungsi_pekerjaan": ("kode",),
}
"""What an item or row may hold besides its texts: codes and ids of references."""
_DARI_ABK = frozenset({"volume", "waktu"})
"""Columns of the printed table of tasks that come from the ABK sheet."""
_TAG = re.compile(r"<(?:/?(?:p|div|span|br|b|i|u|ul|ol|li|table|tbody|tr|td|th|font|strong|em|o:p|h[1-6]|a"
                  r"|html|head|body|meta|style|title|sup|sub)\b[^>]*|!--.*?--)>", re.I | re.S)  # fmt: skip
_BREAK = re.compile(r"<(?:br|/p|/div|/li|/tr|/h[1-6])\b[^>]*>", re.I)
_STYLE = re.compile(r"<(style|script|head)\b.*?</\1>", re.I | re.S)
_FIGURE = re.compile(r"\d{1,20}(?:\.\d{1,20})?", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\ufeff]")


class IsiIsian(NamedTuple):
    """What a version (or a draft) says in one section."""

    id: int
    infojab_id: int | None
    posisi_id: int | None
    bagian: str
    isi: Any

    @property
    def nama(self) -> str:
        """What people call it."""
        return BAGIAN[self.bagian][1]


class Rapi(NamedTuple):
    """Tidied content (None: nothing in it) and what there was to say; with a galat the content is refused."""

    isi: dict[str, Any] | None
    temuan: tuple[Temuan, ...]

    @property
    def ditolak(self) -> bool:
        return any(t.tingkat == "galat" for t in self.temuan)


def isian_id(bagian: str, *, infojab_id: int | None = None, posisi_id: int | None = None) -> int:
    """The id of a section. Raises ValueError unless exactly the right owner is given, KeyError for an unknown
    section."""
    owner = posisi_id if bagian == "abk" else infojab_id
    if owner is None or (infojab_id is None) == (posisi_id is None):
        raise ValueError(f"{bagian}: infojab {infojab_id}, posisi {posisi_id}")
    return owner * _RUANG + BAGIAN[bagian][0]


def isian_of(key: int) -> tuple[int, str]:
    """Owner (an informasi jabatan; for ``abk`` a box) and section of an id."""
    owner, number = divmod(key, _RUANG)
    return owner, _OF_NUMBER[number]


def ids_of_infojab(infojab_ids: Iterable[int]) -> list[int]:
    """The ids of every section these informasi jabatan can have."""
    return [key * _RUANG + BAGIAN[code][0] for key in infojab_ids for code in BAGIAN_INFOJAB]


def fields_of(bagian: str, isian: Sequence[Isian]) -> list[Isian]:
    """The fields of a section, of all fields of the form."""
    wanted = BAGIAN[bagian][2]
    return [field for field in isian if field.bagian in wanted]


def tidy(bagian: str, isi: Any, isian: Sequence[Isian]) -> Rapi:
    """Content as it is stored: texts without markup and stray spaces, empty rows and unknown keys left out.

    Nothing is cut: a text that is too long is refused with its place. ``abk`` and ``evaluasi`` have rules of
    their own (``tidy_abk``; ``rules.evaluasi``).
    """
    if isi is None:
        return Rapi(None, ())
    if not isinstance(isi, Mapping):
        return Rapi(
            None, (_bad("isian-tidak-sah", "Isi bagian bukan kumpulan isian.", "Kirim isian bernama."),)
        )
    if bagian == "abk":
        return tidy_abk(isi)
    if bagian == "evaluasi":
        return tidy_evaluation(isi)
    found: list[Temuan] = []
    made: dict[str, Any] = {}
    fields = {field.kode: field for field in fields_of(bagian, isian)}
    for name in isi:
        if name not in fields:
            found.append(_bad("isian-tidak-dikenal", f"Isian {str(name)[:40]} tidak dikenal.",
                              f"Pakai: {', '.join(fields)}.", str(name)[:80]))  # fmt: skip
    for name, field in fields.items():
        value = isi.get(name)
        if value is None or value == "" or value == []:
            continue
        if field.bentuk == "teks":
            text = _text(value, name, found)
            if text:
                made[name] = text
        elif field.bentuk == "daftar":
            made[name] = _items(value, field, found)
        else:
            made[name] = _rows(value, field, found)
        if not made.get(name):
            made.pop(name, None)
    return Rapi(made or None, tuple(found))


def plain(text: str) -> str:
    """A text pasted from a word processor without its markup; line breaks stay."""
    if text.isprintable() and "<" not in text and "  " not in text:
        return text.strip()  # most texts: nothing to take out
    if "<" in text and _TAG.search(text):
        text = _STYLE.sub("", text)
        text = html.unescape(_TAG.sub("", _BREAK.sub("\n", text)))
    text = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " "))
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _text(value: Any, where: str, found: list[Temuan], row: int | None = None) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        found.append(_bad("isian-bukan-teks", "Isian ini bukan teks.", "Tulis sebagai teks.", where, row))
        return ""
    raw = str(value)
    text = plain(raw[: TEKS_MAKS * 8])
    if len(text) > TEKS_MAKS or len(raw) > TEKS_MAKS * 8:
        found.append(
            _bad(
                "teks-terlalu-panjang",
                f"Teks ini {write_number(len(raw))} huruf; paling banyak {write_number(TEKS_MAKS)}.",
                "Persingkat, atau bagi menjadi beberapa baris.",
                where,
                row,
            )
        )
        return ""
    if text != raw and text != " ".join(raw.split()) and _TAG.search(raw):
        found.append(Temuan("format-dibuang", "catatan", "Format dari pengolah kata dibuang; teksnya tetap.",
                            "Periksa susunan barisnya.", baris=row, kolom=where))  # fmt: skip
    return text


def _items(value: Any, field: Isian, found: list[Temuan]) -> list[dict[str, Any]]:
    rows = value if isinstance(value, list | tuple) else [value]
    if _too_many(rows, field, found):
        return []
    made: list[dict[str, Any]] = []
    for number, row in enumerate(rows, 1):
        cells = row if isinstance(row, Mapping) else {"teks": row}
        where = f"{field.kode}.teks"
        text = _text(cells.get("teks") or "", where, found, number)
        item: dict[str, Any] = {"teks": text} | _extras(cells, field, found, number)
        if text or item.get("kode") or item.get("id") or item.get("tahun"):
            made.append(item)
    return made


def _rows(value: Any, field: Isian, found: list[Temuan]) -> list[dict[str, Any]]:
    rows = value if isinstance(value, list | tuple) else [value]
    if _too_many(rows, field, found):
        return []
    columns = [name for name in field.kolom if name not in _DARI_ABK]
    made: list[dict[str, Any]] = []
    for number, row in enumerate(rows, 1):
        if not isinstance(row, Mapping):
            row = {columns[0]: row}
        cells = {name: _text(row.get(name) or "", f"{field.kode}.{name}", found, number) for name in columns}
        extra = _extras(row, field, found, number)
        if any(cells.values()) or extra.get("tahapan"):
            made.append(cells | extra)
    if field.kode == "tugas_pokok":
        _number_tasks(made)
    return made


def _extras(row: Mapping[str, Any], field: Isian, found: list[Temuan], number: int) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for name in TAMBAHAN.get(field.kode, ()):
        value = row.get(name)
        if value is None or value == "":
            continue
        if name == "tahapan":
            steps = value if isinstance(value, list | tuple) else str(value).split("\n")
            made[name] = [
                t for step in steps[:BARIS_MAKS] if (t := _text(step, f"{field.kode}.tahapan", found, number))
            ]
        elif name == "id":
            if isinstance(value, int) and not isinstance(value, bool) and value > 0:
                made[name] = value
            elif str(value).isdigit():
                made[name] = int(value)
        elif name == "tahun":
            made[name] = _years(value, f"{field.kode}.tahun", found, number)
        else:
            made[name] = _text(value, f"{field.kode}.{name}", found, number)[:40]
    return made


def _years(value: Any, where: str, found: list[Temuan], row: int) -> str:
    """Years of experience: a whole number, for people are compared with it."""
    told = re.sub(r"\s*(?:tahun|thn|th)\.?$", "", _text(value, where, found, row).strip(), flags=re.I)
    if re.fullmatch(r"[0-9]{1,3}", told) and int(told) <= TAHUN_MAKS:
        return str(int(told))
    if told:
        found.append(
            _bad(
                "tahun-bukan-bilangan",
                f"Tahun “{told[:20]}” bukan bilangan bulat 0 sampai {TAHUN_MAKS}.",
                "Tulis angkanya saja, misalnya 2; kosongkan bila lamanya tidak dipersyaratkan.",
                where,
                row,
            )
        )
    return ""


def _number_tasks(rows: list[dict[str, Any]]) -> None:
    """Every task keeps its number for life; ABK rows name it."""
    used: set[int] = set()
    for row in rows:
        key = row.get("id")
        if not isinstance(key, int) or key in used:
            row.pop("id", None)
        else:
            used.add(key)
    following = max(used, default=0)
    for row in rows:
        if "id" not in row:
            following += 1
            row["id"] = following


def _too_many(rows: Sequence[Any], field: Isian, found: list[Temuan]) -> bool:
    if len(rows) <= BARIS_MAKS:
        return False
    found.append(_bad("baris-terlalu-banyak", f"{field.nama}: {len(rows)} baris; paling banyak {BARIS_MAKS}.",
                      "Gabungkan barisnya.", field.kode))  # fmt: skip
    return True


_ABK_TEKS = ("uraian", "satuan")
_REKOMENDASI = ("pembina", "metode", "dokumen", "tanggal", "berkas")
MENTAH_MAKS = 5000
"""Characters kept of a figure that could not be read."""
PENDEKATAN_ABK = ("tugas", "hasil", "objek", "peralatan")


def tidy_abk(isi: Mapping[str, Any]) -> Rapi:
    """An ABK sheet: rows of work, the norm of working time and the policy it was made with, and the
    recommendation of a pembina where K comes from one. Figures stay as exact decimal strings; an empty one
    stays empty (never a zero)."""
    found: list[Temuan] = []
    raw = isi.get("baris") or []
    if not isinstance(raw, list | tuple) or len(raw) > BARIS_MAKS:
        found.append(_bad("baris-terlalu-banyak", f"Lembar ABK paling banyak {BARIS_MAKS} baris.",
                          "Gabungkan barisnya.", "baris"))  # fmt: skip
        return Rapi(None, tuple(found))
    rows = []
    for number, cells in enumerate(raw, 1):
        if not isinstance(cells, Mapping):
            found.append(
                _bad(
                    "isian-tidak-sah",
                    f"Baris {number} tidak dikenali.",
                    "Isi ulang barisnya.",
                    "baris",
                    number,
                )
            )
            continue
        row: dict[str, Any] = {name: _text(cells.get(name) or "", name, found, number) for name in _ABK_TEKS}
        kind = cells.get("pendekatan") or "tugas"
        if kind not in PENDEKATAN_ABK:
            found.append(_bad("abk-pendekatan", f"Pendekatan {str(kind)[:40]} tidak dikenal.",
                              f"Pilih {', '.join(PENDEKATAN_ABK)}.", "pendekatan", number))  # fmt: skip
            kind = "tugas"
        row["pendekatan"] = kind
        for name in ("volume", "norma"):
            row[name] = _figure(cells.get(name), name, found, number)
        for name in ("pegawai", "giliran"):
            row[name] = _whole(cells.get(name), 1, name, found, number)
        if cells.get("tugas") not in (None, ""):
            row["tugas"] = _whole(cells.get("tugas"), 0, "tugas", found, number)
        if unread := _unread(row, cells.get("mentah")):
            row["mentah"] = unread
        if row["uraian"] or row["volume"] is not None or row["norma"] is not None or unread:
            rows.append(row)
    made: dict[str, Any] = {"baris": rows}
    for name in ("waktu", "kebijakan"):
        if isi.get(name):
            made[name] = _text(isi[name], name, found)[:40]
    advice = isi.get("rekomendasi")
    if isinstance(advice, Mapping) and any(advice.values()):
        made["rekomendasi"] = {"k": _whole(advice.get("k"), None, "rekomendasi.k", found, None)} | {
            name: _text(advice.get(name) or "", f"rekomendasi.{name}", found) for name in _REKOMENDASI
        }
    made["dari"] = "rekomendasi" if isi.get("dari") == "rekomendasi" else "abk"
    empty = not rows and "rekomendasi" not in made
    return Rapi(None if empty else made, tuple(found))


def _unread(row: Mapping[str, Any], raw: Any) -> dict[str, str]:
    """What somebody typed for a figure and could not be read: it stays theirs until they mend it, and the
    figure stays empty."""
    if not isinstance(raw, Mapping):
        return {}
    return {
        name: str(raw[name])[:MENTAH_MAKS]
        for name in ("volume", "norma")
        if row[name] is None and isinstance(raw.get(name), str) and raw[name].strip()
    }


def _figure(value: Any, name: str, found: list[Temuan], row: int) -> str | None:
    """A figure in neutral form (digits, a point before decimals); None where there is none. What people
    type is read by ``rules.abk.baca`` before it comes here."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    text = (
        format(Decimal(repr(value)) if isinstance(value, float) else value, "f")
        if isinstance(value, float | Decimal)
        else str(value).strip()
    )
    if isinstance(value, bool) or not _FIGURE.fullmatch(text):
        found.append(_bad("abk-bukan-angka", f"Baris {row}: “{text[:40]}” bukan angka.",
                          "Tulis angka dengan titik desimal, misalnya 1250.5.", name, row))  # fmt: skip
        return None
    whole, _, rest = text.partition(".")
    rest = rest.rstrip("0")
    return (whole.lstrip("0") or "0") + (f".{rest}" if rest else "")


def _whole(value: Any, default: int | None, name: str, found: list[Temuan], row: int | None) -> int | None:
    if value is None or value == "":
        return default
    try:
        number = int(str(value))
        if isinstance(value, bool) or not 0 <= number <= 1_000_000:
            raise ValueError
    except ValueError:
        found.append(
            _bad(
                "bukan-bilangan",
                f"“{str(value)[:40]}” bukan bilangan bulat.",
                "Tulis bilangan bulat.",
                name,
                row,
            )
        )
        return default
    return number


def tidy_evaluation(isi: Mapping[str, Any]) -> Rapi:
    """A factor sheet: the kind of sheet, a level and its justification per factor, the exception proposed.
    What was decided about it is no content that people send (``rules.lembar_evaluasi``)."""
    found: list[Temuan] = []
    made: dict[str, Any] = {"jenis": "struktural" if isi.get("jenis") == "struktural" else "fungsional"}
    factors = isi.get("faktor") or {}
    if not isinstance(factors, Mapping) or len(factors) > 20:
        return Rapi(
            None,
            (_bad("isian-tidak-sah", "Faktor evaluasi tidak dikenali.", "Isi ulang lembarnya.", "faktor"),),
        )
    sheet: dict[str, Any] = {}
    for code, cell in factors.items():
        cells = cell if isinstance(cell, Mapping) else {"level": cell}
        level = _whole(cells.get("level"), None, f"faktor.{str(code)[:10]}", found, None)
        reason = _text(cells.get("alasan") or "", f"faktor.{str(code)[:10]}.alasan", found)
        if level or reason:
            sheet[str(code)[:10]] = {"level": level, "alasan": reason}
    made["faktor"] = sheet
    for name in ("pengecualian", "rekomendasi", "berkas"):
        if isi.get(name) and (text := _text(isi[name], name, found)):
            made[name] = text
    return Rapi(made if sheet or len(made) > 2 else None, tuple(found))


def _bad(kode: str, kalimat: str, perbaikan: str, kolom: str = "", baris: int | None = None) -> Temuan:
    return Temuan(kode, "galat", kalimat, perbaikan, baris=baris, kolom=kolom)
