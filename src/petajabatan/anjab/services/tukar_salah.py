"""The file of errors: the rows that an import left out, as they stand, with what is wrong beside them. It can
be repaired and brought in again by itself."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

import python_calamine as calamine

from petajabatan.anjab.importers.baca import named_sheets, titles_of
from petajabatan.anjab.importers.kolom import Lembar
from petajabatan.anjab.importers.tulis import Penulis
from petajabatan.anjab.services.tukar import HasilImpor
from petajabatan.inti.jam import today
from petajabatan.inti.temuan import Temuan
from petajabatan.jabatan.data_abk import infojab_fields
from petajabatan.organisasi.importers.kolom_templat import Kolom


def write_rejects(path: Path, result: HasilImpor, target: IO[bytes]) -> str | None:
    """Write the sections left out; the kind of file written (its ending). None when there is nothing to
    repair row by row: a local layout is repaired where it is."""
    if result.bentuk == "json":
        target.write(_as_json(path, result))
        return "json"
    if result.bentuk != "xlsx":
        return None
    wanted: dict[str, set[int]] = {}
    for _, part in result.salah:
        rows = {n for numbers in part.baris.values() for n in numbers}
        wanted.setdefault(part.tempat, set()).update(rows | set(_span(part.awal, part.akhir, rows)))
    said: dict[tuple[str, int], list[str]] = {}
    for t in result.temuan:
        if t.baris is not None and t.tingkat == "galat":
            said.setdefault((t.tempat, t.baris), []).append(_sentence(t))
            wanted.setdefault(t.tempat, set()).add(t.baris)
    book = calamine.load_workbook(str(path))
    writer = Penulis(target)
    for name, sheet in named_sheets(book.sheet_names, infojab_fields(today())).items():
        if wanted.get(name):
            _sheet(writer, name, sheet, book.get_sheet_by_name(name), wanted[name], said)
    writer.close()
    return "xlsx"


def _span(first: int | None, last: int | None, rows: set[int]) -> Sequence[int]:
    """Rows between an owner's first and last that carry on above them (steps of tasks); only where they stand
    together."""
    if first is None or last is None or last - first > 2 * len(rows) + 400:
        return ()
    return range(first, last + 1)


def _sheet(
    writer: Penulis,
    name: str,
    sheet: Lembar,
    table: calamine.CalamineSheet,
    wanted: set[int],
    said: dict[tuple[str, int], list[str]],
) -> None:
    head: list[Any] | None = None
    body: list[dict[str, Any]] = []
    for number, row in enumerate(table.iter_rows(), 1):
        if head is None:
            head = row if titles_of(row, sheet) else None
        elif number in wanted:
            cells = {str(i): cell for i, cell in enumerate(row)}
            body.append(cells | {"temuan": " ".join(said.get((name, number), []))})
    columns = [Kolom(str(i), str(cell or ""), "", 24) for i, cell in enumerate(head or ())]
    writer.sheet(name, [*columns, Kolom("temuan", "Temuan", "", 60)], body)


def _sentence(t: Temuan) -> str:
    return f"{t.kolom + ': ' if t.kolom else ''}{t.kalimat} {t.perbaikan}"


def _as_json(path: Path, result: HasilImpor) -> bytes:
    data = json.loads(path.read_text(encoding="utf-8-sig"))
    wrong = {part.tempat.partition(".")[0]: True for _, part in result.salah}
    kept = []
    for number, row in enumerate(data.get("infojab") or (), 1):
        place = f"infojab[{number}]"
        if place in wrong and isinstance(row, dict):
            found = [_sentence(t) for t in result.temuan if t.tempat.startswith(place)]
            kept.append({**row, "temuan": found})
    return json.dumps({**data, "infojab": kept, "tanpa_infojab": []}, ensure_ascii=False, indent=1).encode()
