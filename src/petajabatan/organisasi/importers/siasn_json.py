"""SIASN ``ref-unor`` as JSON: a list of objects, or an envelope with the list in ``data``.

Fields (docs/impor-unor.md): Id, InstansiId, DiatasanId, EselonId, NamaUnor, NamaJabatan, CepatKode,
IndukUnorId, PemimpinPnsId, JenisUnorId; all strings, order arbitrary, the root without DiatasanId. The
leader's person id is not stored: people come by their own import. Objects are decoded one by one, so that
200,000 of them never lie in memory twice.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from petajabatan.inti.temuan import Ditolak
from petajabatan.organisasi.importers.sel import decode, null, title_key
from petajabatan.organisasi.rules.baris import Bacaan, BarisUnor
from petajabatan.organisasi.rules.catatan import Catatan

_SPACE = re.compile(r"[ \t\r\n]*")
_DECODE = json.JSONDecoder().raw_decode
KOLOM = {
    "id": "id",
    "instansiid": "instansi",
    "diatasanid": "atasan",
    "eselonid": "eselon",
    "namaunor": "nama",
    "namajabatan": "nama_jabatan",
    "cepatkode": "cepat_kode",
    "jenisunorid": "jenis",
}
JUDUL = {
    "id": "Id",
    "atasan": "DiatasanId",
    "nama": "NamaUnor",
    "nama_jabatan": "NamaJabatan",
    "jenis": "JenisUnorId",
    "eselon": "EselonId",
    "cepat_kode": "CepatKode",
    "instansi": "InstansiId",
}
DAFTAR = ("data", "Data", "mapData", "results")
"""Names under which services wrap the list."""


class _Broken(ValueError):
    def __init__(self, position: int) -> None:
        super().__init__(position)
        self.position = position


def read(path: Path, nama: str) -> Bacaan:
    """Rows of the file; ``baris`` counts the elements from 1. Raises Ditolak."""
    text, _ = decode(path)
    notes = Catatan(nama)
    rows: list[BarisUnor] = []
    fields: dict[tuple[str, ...], list[tuple[str, str]]] = {}
    seen: set[str] = set()
    try:
        for n, item in enumerate(_elements(text), 1):
            if not isinstance(item, dict):
                notes.add("bukan-objek", f"Unsur ke-{n} bukan objek JSON.", "Hapus unsur itu.", baris=n,
                          nilai=json.dumps(item)[:80])  # fmt: skip
                continue
            keys = tuple(item)
            if keys not in fields:
                known = [(key, KOLOM[title_key(key)]) for key in keys if title_key(key) in KOLOM]
                fields[keys] = known
                seen.update(name for _, name in known)
            row = BarisUnor(n, "", "", "")
            for key, name in fields[keys]:
                value = item[key]
                setattr(
                    row,
                    name,
                    value if value.__class__ is str and value.isalnum() and value != "null" else null(value),
                )
            rows.append(row)
    except _Broken as error:
        notes.add(
            "berkas-terpotong",
            f"JSON tidak dapat dibaca sesudah unsur ke-{len(rows)}"
            f" (baris {text.count(chr(10), 0, error.position) + 1}).",
            "Berkas terpotong atau rusak: ambil ulang dari SIASN.",
            nilai=text[error.position : error.position + 60],
        )
    except RecursionError:
        notes.add("berkas-terpotong", "JSON bersarang terlalu dalam.", "Ambil ulang dari SIASN.")
    if rows and not notes.galat and not {"id", "nama", "atasan"} <= seen:
        missing = [JUDUL[name] for name in ("id", "nama", "atasan") if name not in seen]
        notes.add(
            "kolom-hilang", f"Isian {', '.join(missing)} tidak ada pada satu unsur pun.",
            "Pakai keluaran ref-unor SIASN yang utuh.", kolom=missing[0],
        )  # fmt: skip
    if notes.galat:
        raise Ditolak(notes.temuan)
    carried = seen & {"nama_jabatan", "eselon", "cepat_kode"}
    return Bacaan("siasn-json", rows, frozenset(carried), lembar=(nama, "", ""))


def _elements(text: str) -> Iterator[Any]:
    """The elements of the list, one by one. Raises _Broken where the text stops being JSON."""
    start = _skip(text, 0)
    if text[start : start + 1] == "{":
        start = _find_list(text, start)
    yield from _list(text, start)


def _skip(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at


def _value(text: str, at: int) -> tuple[Any, int]:
    try:
        value, end = _DECODE(text, _skip(text, at))
    except ValueError as error:
        raise _Broken(getattr(error, "pos", at)) from None
    return value, _skip(text, end)


def _expect(text: str, at: int, char: str) -> int:
    if text[at : at + 1] != char:
        raise _Broken(at)
    return _skip(text, at + 1)


def _find_list(text: str, at: int) -> int:
    """Where the list of an envelope begins; whatever stands before it is skipped."""
    at = _expect(text, at, "{")
    while True:
        key, at = _value(text, at)
        at = _expect(text, at, ":")
        if key in DAFTAR and text[at : at + 1] == "[":
            return at
        _, at = _value(text, at)
        at = _expect(text, at, ",")


def _list(text: str, at: int) -> Iterator[Any]:
    at = _expect(text, at, "[")
    if text[at : at + 1] == "]":
        return
    while True:
        value, at = _value(text, at)
        yield value
        if text[at : at + 1] == "]":
            return
        at = _expect(text, at, ",")
