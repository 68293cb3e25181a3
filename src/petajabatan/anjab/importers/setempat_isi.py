"""The sections of a one-sheet-per-post layout as content: texts, lists, tables below their titles. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from petajabatan.anjab.importers.jangkar import BUTIR, Wilayah, is_mark, texts, without_mark
from petajabatan.jabatan.rules.kelengkapan import Isian
from petajabatan.organisasi.importers.sel import title_key

Butir = tuple[int, dict[str, Any]]
"""Row it stood on, and the item."""
_KOLOM: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "hasil_kerja": {"hasil": ("hasil kerja", "hasil"), "satuan": ("satuan hasil", "satuan")},
    "bahan_kerja": {"bahan": ("bahan kerja", "bahan"),
                    "penggunaan": ("penggunaan dalam tugas", "penggunaan", "digunakan untuk")},
    "perangkat_kerja": {"perangkat": ("perangkat kerja", "perangkat", "alat kerja", "perangkat alat kerja"),
                        "penggunaan": ("penggunaan untuk tugas", "digunakan untuk tugas", "penggunaan",
                                       "digunakan untuk", "penggunaan dalam tugas")},
    "korelasi": {"jabatan": ("jabatan", "nama jabatan", "jabatan terkait"),
                 "unit": ("unit kerja instansi", "unit kerja", "instansi", "unit kerja atau instansi",
                          "unit"),
                 "hal": ("dalam hal", "hal", "dalam hal apa")},
    "risiko": {"risiko": ("nama risiko", "nama resiko", "risiko", "resiko", "fisik mental", "risiko bahaya"),
               "penyebab": ("penyebab", "sebab")},
}  # fmt: skip
TUGAS: Mapping[str, tuple[str, ...]] = {
    "uraian": ("uraian tugas", "uraian", "tugas", "tugas pokok", "rincian tugas"),
    "hasil": ("hasil kerja", "hasil", "satuan hasil", "hasil satuan"),
    "volume": ("jumlah hasil", "volume", "jumlah hasil kerja", "beban kerja", "jumlah beban kerja", "jumlah",
               "volume kerja"),
    "norma": ("waktu penyelesaian", "norma waktu", "waktu", "standar waktu"),
    "efektif": ("waktu efektif", "waktu kerja efektif", "waktu efektif penyelesaian", "jam kerja efektif"),
    "kebutuhan": ("kebutuhan pegawai", "pegawai yang dibutuhkan", "kebutuhan", "jumlah pegawai"),
}  # fmt: skip
_LINGKUNGAN = {
    "lokasi": ("tempat kerja", "lokasi", "lokasi kerja"), "suhu": ("suhu",), "udara": ("udara",),
    "luas_ruangan": ("luas ruangan", "keadaan ruangan", "ruangan"), "letak": ("letak",),
    "penerangan": ("penerangan", "cahaya"), "suara": ("suara",),
    "keadaan_tempat": ("keadaan tempat kerja",), "getaran": ("getaran",),
}  # fmt: skip
_KUALIFIKASI = {
    "pendidikan": ("pendidikan formal", "pendidikan"),
    "_diklat": ("pendidikan dan pelatihan", "diklat", "pelatihan", "pendidikan pelatihan"),
    "diklat_kepemimpinan": ("diklat kepemimpinan", "kepemimpinan", "manajerial", "diklat penjenjangan",
                            "penjenjangan", "pelatihan kepemimpinan", "pelatihan manajerial"),
    "diklat_fungsional": ("diklat fungsional", "fungsional", "pelatihan fungsional"),
    "diklat_teknis": ("diklat teknis", "teknis", "pelatihan teknis"),
    "sertifikasi": ("sertifikasi", "sertifikat"),
    "pengalaman": ("pengalaman kerja", "pengalaman"),
}  # fmt: skip
_SYARAT = {
    "keterampilan": ("keterampilan kerja", "ketrampilan kerja", "keterampilan"),
    "bakat": ("bakat kerja", "bakat"), "temperamen": ("temperamen kerja", "temperamen"),
    "minat": ("minat kerja", "minat"), "upaya_fisik": ("upaya fisik",), "_kondisi": ("kondisi fisik",),
    "jenis_kelamin": ("jenis kelamin",), "umur": ("umur", "usia"), "tinggi_badan": ("tinggi badan",),
    "berat_badan": ("berat badan",), "postur_badan": ("postur badan",), "penampilan": ("penampilan",),
    "keadaan_fisik": ("keadaan fisik", "kondisi kesehatan"),
    "fungsi_pekerjaan": ("fungsi pekerjaan", "fungsi pekerja"),
}  # fmt: skip
_UNIT = {
    "jptutama": 1, "jptmadya": 2, "jptpratama": 3, "administrator": 4, "pengawas": 5, "eselonia": 2,
    "eselonib": 2, "eseloni": 2, "eselonii": 3, "eseloniii": 4, "eseloniv": 5,
}  # fmt: skip
_BUKAN_UNIT = frozenset({"pelaksana", "jabatanfungsional", "fungsional", "jabatan", "jf"})
_BERKODE = re.compile(r"([A-Z]\d?|[A-Z]{2}|\d[ab])\s*(?:[=:–]\s*|\(\s*|-\s+)([^()]+?)\)?", re.DOTALL)
_PISAH = {"upaya_fisik": r"[\n;,]+"}
_LABEL_TAHAP = frozenset({"tahapan", "tahap", "dengantahapan", "tahapankegiatan"})


def _keys(titles: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    return {title_key(t): code for code, names in titles.items() for t in names}


def text_of(region: Wilayah) -> str:
    """Everything in the region as one text."""
    lines = [" ".join(c for c in texts(cells) if not is_mark(c)) for _, cells in region.baris]
    return "\n".join(line for line in lines if line).replace("\n", " ").strip()


def units_of(region: Wilayah) -> list[str]:
    """The units a post stands in, from the highest named down to the lowest."""
    found: list[tuple[int, str]] = []
    for _, cells in region.baris:
        said = [c for c in texts(cells) if not is_mark(c)]
        if not said:
            continue
        label, _, rest = said[0].partition(":")
        what = title_key(without_mark(label))
        if what in _BUKAN_UNIT:
            continue
        level = _UNIT.get(what)
        value = " ".join([rest.strip(), *said[1:]]).strip(" :")
        if level is None and len(said) == 1 and not rest:
            found.append((9, without_mark(said[0])))
        elif level is not None and value and not re.fullmatch(r"[-–.]+", value):
            found.append((level, value))
    return [name for _, name in sorted(found, key=lambda row: row[0])]


def items_of(region: Wilayah) -> list[Butir]:
    """A list: each marked row an item, unmarked rows go on with the item above."""
    made: list[Butir] = []
    marked = any(is_mark(texts(c)[0]) or BUTIR.match(texts(c)[0]) for _, c in region.baris)
    for number, cells in region.baris:
        said = texts(cells)
        has_mark = is_mark(said[0]) or bool(BUTIR.match(said[0]))
        body = said[1:] if is_mark(said[0]) and len(said) > 1 else said
        for line in "\n".join(body).split("\n"):
            text = without_mark(line)
            if not text or (is_mark(text) and text not in ("-", "–")):
                continue
            if marked and not has_mark and not BUTIR.match(line) and made:
                made[-1][1]["teks"] += f" {text}"
            else:
                made.append((number, {"teks": text}))
    return made


def _header(
    region: Wilayah, titles: Mapping[str, tuple[str, ...]]
) -> tuple[int, dict[str, int], dict[str, str]]:
    """Index of the first row of data, column → place, and the titles as written; -1 without a heading."""
    known = _keys(titles)
    for index, (_, cells) in enumerate(region.baris):
        places: dict[str, int] = {}
        said: dict[str, str] = {}
        for place, cell in enumerate(cells):
            code = known.get(title_key(cell.replace("\n", " ")))
            if code and code not in places:
                places[code], said[code] = place, " ".join(cell.split())
        if len(places) >= 2 or (places and len(titles) == 1):
            after = index + 1
            while after < len(region.baris) and _is_under_heading(region.baris[after][1]):
                for code, place in places.items():
                    row = region.baris[after][1]
                    if place < len(row) and row[place].strip() and not row[place].strip().isdigit():
                        said[code] += f" {row[place].strip()}"
                after += 1
            return after, places, said
    return -1, {}, {}


def _is_under_heading(cells: Sequence[str]) -> bool:
    """A second line of the heading: column numbers (1)(2)(3), or units in brackets."""
    said = texts(cells)
    numbers = [c.strip("()") for c in said]
    if len(said) >= 2 and all(c.isdigit() for c in numbers):
        return [int(c) for c in numbers] == list(range(int(numbers[0]), int(numbers[0]) + len(numbers)))
    return bool(said) and all(re.fullmatch(r"\(.*\)", c) for c in said)


def table_of(kode: str, region: Wilayah) -> list[Butir]:
    """A table below its heading, or (without one) cells in the order of its columns."""
    titles = _KOLOM[kode]
    start, places, _ = _header(region, titles)
    names = list(titles)
    made: list[Butir] = []
    for number, cells in region.baris[max(start, 0) :]:
        if start < 0:
            said = [c for i, c in enumerate(texts(cells)) if i or not is_mark(c)]
            row = {name: without_mark(c) for name, c in zip(names, said, strict=False)}
            row |= {names[-1]: " ".join(said[len(names) - 1 :])} if len(said) > len(names) else {}
        else:
            row = {name: cells[at].strip() for name, at in places.items() if at < len(cells)}
            row = {name: without_mark(c) if name == names[0] else c for name, c in row.items() if c}
        if not any(row.values()):
            continue
        if names[0] not in row and made:  # merged cells: the row goes on with the one above
            for name, value in row.items():
                made[-1][1][name] = f"{made[-1][1].get(name, '')}\n{value}".strip()
            continue
        made.append((number, row))
    return made


def tasks_of(region: Wilayah) -> tuple[list[Butir], list[Butir], dict[str, str]]:
    """Tasks (with their steps), the ABK rows beside them (figures as they stand, ``tugas`` the place of the
    task in the list), and the titles of the columns as written."""
    start, places, said = _header(region, TUGAS)
    tasks: list[Butir] = []
    work: list[Butir] = []
    if start < 0:
        plain = items_of(region)
        return [_with_steps(number, item["teks"]) for number, item in plain], [], {}
    for number, cells in region.baris[start:]:
        row = {
            name: cells[at].strip() for name, at in places.items() if at < len(cells) and cells[at].strip()
        }
        joined = title_key(" ".join(texts(cells)[:1]))
        if joined.startswith("jumlah"):
            break
        before = [c for c in texts(cells[: places.get("uraian", 1)]) if is_mark(c)]
        text = row.get("uraian", "")
        lettered = re.match(r"\s*\(?[a-z][.)]\s", text)
        if text and tasks and (lettered or (before and re.fullmatch(r"\(?[a-z][.)]?", before[0].strip()))):
            tasks[-1][1].setdefault("tahapan", []).append(without_mark(text))
        elif text and tasks and title_key(text) in _LABEL_TAHAP:
            continue
        elif text and (before or not tasks or "hasil" in row or "volume" in row):
            tasks.append(_with_steps(number, text))
            if row.get("hasil"):
                tasks[-1][1]["hasil"] = row["hasil"]
        elif text:
            tasks[-1][1]["uraian"] += f" {text}"
        if tasks and ("volume" in row or "norma" in row):
            made = {"tugas": len(tasks), "satuan": tasks[-1][1].get("hasil", "")}
            work.append((number, made | {name: row[name] for name in ("volume", "norma") if name in row}))
    return tasks, work, said


def _with_steps(number: int, text: str) -> Butir:
    """A cell that holds the task and its steps on lines of their own."""
    lines = [line for line in text.split("\n") if line.strip()]
    task = [without_mark(lines[0])] if lines else []
    steps = []
    for line in lines[1:]:
        if title_key(line) in _LABEL_TAHAP:
            continue
        if BUTIR.match(line):
            steps.append(without_mark(line))
        elif steps:
            steps[-1] += f" {line.strip()}"
        else:
            task.append(line.strip())
    made: dict[str, Any] = {"uraian": " ".join(task)}
    return number, made | ({"tahapan": steps} if steps else {})


def environment_of(region: Wilayah) -> dict[str, tuple[int, str]]:
    known = _keys(_LINGKUNGAN)
    made = {}
    for number, cells in region.baris:
        said = [c for i, c in enumerate(texts(cells)) if i or not is_mark(c)]
        if not said:
            continue
        label, _, rest = said[0].partition(":")
        code = known.get(title_key(without_mark(label)))
        value = " ".join([rest.strip(), *said[1:]]).strip(" :")
        if code and value:
            made[code] = (number, value)
    return made


def blocks_of(kode: str, region: Wilayah, isian: Sequence[Isian]) -> dict[str, list[Butir]]:
    """Kualifikasi and syarat: labels with their values beside or below them. Texts are lists of one."""
    titles = _KUALIFIKASI if kode == "kualifikasi" else _SYARAT
    known = _keys(titles)
    codes = {f.kode for f in isian}
    made: dict[str, list[Butir]] = {}
    current = ""
    for number, cells in region.baris:
        said = texts(cells)
        body = said[1:] if is_mark(said[0]) and len(said) > 1 else said
        label, colon, rest = body[0].partition(":")
        code = known.get(title_key(without_mark(label)))
        if code is not None:
            current = code
            body = ([rest.strip()] if colon and rest.strip() else []) + body[1:]
        if not current or not body:
            continue
        target = "diklat_teknis" if current == "_diklat" else current
        if target not in codes:
            continue
        values = " ".join(c for c in body if not (is_mark(c) and c not in ("-", "–"))).strip(": ")
        for value in re.split(_PISAH.get(target, r"[\n;]+"), values):
            text = without_mark(value.strip()) or value.strip()
            if text:
                made.setdefault(target, []).append((number, coded(target, text)))
    return made


_LAMANYA = re.compile(r"(.*?)\s*\(([0-9]{1,2}) tahun\)", re.I | re.S)


def coded(kode: str, text: str) -> dict[str, Any]:
    """``G = intelegensia`` as code and text, for the lists that have codes; ``Administrasi (2 tahun)`` as
    text and years."""
    if kode in ("bakat", "temperamen", "minat", "fungsi_pekerjaan"):
        match = _BERKODE.fullmatch(text)
        if match:
            return {"kode": match[1], "teks": match[2].strip()}
    if kode == "pengalaman" and (match := _LAMANYA.fullmatch(text)):
        return {"teks": match[1].strip(), "tahun": match[2]}
    return {"teks": text}
