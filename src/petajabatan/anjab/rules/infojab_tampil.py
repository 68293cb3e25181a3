"""A section as it is read: fields with their texts, items, or table rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from petajabatan.anjab.rules.infojab_bentuk import DARI_ABK, KOLOM, level_of
from petajabatan.jabatan.rules.isian import fields_of
from petajabatan.jabatan.rules.kelengkapan import Isian


class BarisTampil(NamedTuple):
    """A row of a table: its cells; of a task also its steps, its unit, and the figures of the ABK sheet."""

    sel: list[str]
    tahapan: list[str]
    satuan: str
    beban: Any


@dataclass(frozen=True)
class TampilIsian:
    """One field: ``teks``, or ``butir`` of a list, or ``baris`` of a table under ``kepala``."""

    kode: str
    nama: str
    bentuk: str
    wajib: bool
    teks: str = ""
    butir: list[str] = field(default_factory=list)
    kepala: list[str] = field(default_factory=list)
    baris: list[BarisTampil] = field(default_factory=list)

    @property
    def kosong(self) -> bool:
        return not (self.teks or self.butir or self.baris)


def shown_fields(
    bagian: str,
    isi: Mapping[str, Any] | None,
    isian: Sequence[Isian],
    beban: Callable[[Mapping[str, Any]], Any] = lambda _row: None,
) -> list[TampilIsian]:
    """The fields of a section in printed order, empty ones too. ``beban``: a task → what the sheet says."""
    return [_field(one, (isi or {}).get(one.kode), beban) for one in fields_of(bagian, isian)]


def _field(one: Isian, value: Any, beban: Callable[[Mapping[str, Any]], Any]) -> TampilIsian:
    base: dict[str, Any] = {"kode": one.kode, "nama": one.nama, "bentuk": one.bentuk, "wajib": one.wajib}
    if one.bentuk == "teks":
        return TampilIsian(**base, teks=str(value or ""))
    rows = value if isinstance(value, list | tuple) else [] if value in (None, "") else [value]
    if one.bentuk == "daftar":
        return TampilIsian(**base, butir=[_item(row) for row in rows])
    columns = [name for name in one.kolom if name not in DARI_ABK]
    cells = [row if isinstance(row, Mapping) else {columns[0]: row} for row in rows]
    return TampilIsian(
        **base,
        kepala=[KOLOM.get(name, name) for name in columns],
        baris=[
            BarisTampil(
                [str(row.get(name) or "") for name in columns],
                list(row.get("tahapan") or ()),
                str(row.get("satuan") or ""),
                beban(row),
            )
            for row in cells
        ],
    )


def _item(row: Any) -> str:
    if not isinstance(row, Mapping):
        return str(row)
    text = str(row.get("teks") or "")
    level = level_of(row)
    if level.casefold() not in text.casefold():
        text = f"{level} {text}".strip()
    if row.get("kode"):
        text = f"{row['kode']}: {text}" if text else str(row["kode"])
    if row.get("tahun") and f"{row['tahun']} tahun" not in text.casefold():
        text = f"{text} ({row['tahun']} tahun)".strip()
    return text
