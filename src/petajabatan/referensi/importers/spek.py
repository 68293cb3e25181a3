"""What an importable list is: which file, which table, how each column comes out of the file's text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from petajabatan.inti.temuan import Tingkat


def quote(text: str) -> str:
    """An SQL string literal of our own constants; values of files never pass through here."""
    return "'" + text.replace("'", "''") + "'"


@dataclass(frozen=True)
class Kolom:
    """One target column: an SQL expression over the staging row ``s`` (all text), and what refuses a row.

    ``tolak`` are pairs (condition, reason as SQL text); ``kunci``: part of the key; ``hanya_baru``: written
    when the row is new, left alone afterwards; ``ikut`` columns are written with a change but are none.
    """

    sql: str
    tolak: tuple[tuple[str, str], ...] = ()
    kunci: bool = False
    boleh_kosong: bool = False
    hanya_baru: bool = False
    ikut: bool = False


def _named(column: str) -> str:
    return f's."{column}"'


def teks(kolom: str, *, wajib: bool = False, kunci: bool = False, kosong: str | None = None) -> Kolom:
    """Text as it is; ``wajib`` refuses an empty one, ``kosong`` is written in its place."""
    source = _named(kolom)
    tolak = ((f"{source} IS NULL", quote(f"kolom {kolom} kosong")),) if wajib or kunci else ()
    sql = source if kosong is None else f"coalesce({source}, {quote(kosong)})"
    return Kolom(sql, tolak, kunci=kunci)


def tetap(sql: str, *, kunci: bool = False, boleh_kosong: bool = False, ikut: bool = False) -> Kolom:
    """A constant or an expression of our own."""
    return Kolom(sql, kunci=kunci, boleh_kosong=boleh_kosong, ikut=ikut)


def _number(kolom: str, pattern: str, cast: str, wajib: bool, kunci: bool, what: str) -> Kolom:
    source = _named(kolom)
    reasons = [(f"{source} !~ {quote(pattern)}", f"'kolom {kolom} bukan {what}: ' || left({source}, 60)")]
    if wajib or kunci:
        reasons.append((f"{source} IS NULL", quote(f"kolom {kolom} kosong")))
    return Kolom(
        f"CASE WHEN {source} ~ {quote(pattern)} THEN {source}::{cast} END", tuple(reasons), kunci=kunci
    )


def bulat(kolom: str, *, wajib: bool = False, kunci: bool = False) -> Kolom:
    """A whole number without sign."""
    return _number(kolom, r"^\d{1,9}$", "int", wajib, kunci, "bilangan bulat")


def desimal(kolom: str, *, wajib: bool = False) -> Kolom:
    return _number(kolom, r"^-?\d{1,6}(\.\d{1,10})?$", "numeric", wajib, False, "angka")


def tanggal(kolom: str, *, kunci: bool = False) -> Kolom:
    """An ISO date or nothing."""
    column = _number(
        kolom, r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])$|^\d{4}-(0[13-9]|1[0-2])-(29|30)$"
        r"|^\d{4}-(0[13578]|1[02])-31$|^\d\d([02468][048]|[13579][26])-02-29$", "date", False, False, "tanggal"
    )  # fmt: skip
    return Kolom(column.sql, column.tolak, kunci=kunci, boleh_kosong=True)


def benar_salah(kolom: str) -> Kolom:
    """True, False, or unknown (N/A and empty)."""
    source = _named(kolom)
    return Kolom(f"CASE upper({source}) WHEN 'TRUE' THEN true WHEN 'FALSE' THEN false END")


def kata_sql(daftar: str, tabel: str, lingkup: str = "true") -> str:
    """Statement that counts the words of a large list anew, for the search of mistyped names."""
    return f"""INSERT INTO kata_referensi (daftar, kata, n)
      SELECT {quote(daftar)}, kata, count(*) FROM (
        SELECT regexp_split_to_table(upper(t.nama), '[^[:alnum:]]+') AS kata FROM {tabel} t
        WHERE t.aktif AND ({lingkup})) k
      WHERE length(kata) BETWEEN 2 AND 40 GROUP BY kata
      ON CONFLICT (daftar, kata) DO UPDATE SET n = excluded.n WHERE kata_referensi.n <> excluded.n"""


@dataclass(frozen=True)
class Periksa:
    """A defect looked for after the rows are in.

    ``sql`` selects ``kunci, kalimat, isi (jsonb), baris`` from ``masuk m`` (the accepted rows, target columns)
    joined to ``mentah s`` (the file's own text) and the tables. ``kalimat`` is Indonesian.
    """

    kode: str
    tingkat: Tingkat
    perbaikan: str
    sql: str


@dataclass(frozen=True)
class Spek:
    """One list as one file brings it."""

    daftar: str
    berkas: str
    """Name without ``.gz``, lower case."""
    tabel: str
    kolom: Mapping[str, Kolom]
    sumber: str
    wajib: Sequence[str]
    """Columns the file must have (any case); others it may have are named in ``kolom`` and ``pilihan``."""
    pilihan: Sequence[str] = ()
    gabung: str = ""
    """Joins of the staging row ``s`` to reference tables."""
    saring: str = "true"
    """Rows of the file that belong to this list; the rest count as ``dilewati``."""
    lingkup: str = "true"
    """Rows of the table ``t`` that belong to this list."""
    periksa: Sequence[Periksa] = ()
    sesudah: Sequence[str] = ()
    bergantung: Sequence[str] = ()
    """Lists whose change makes this file worth reading again."""
    cara: Literal["isi", "lengkapi", "banding"] = "isi"
    """``isi``: the list's own source, missing rows are noticed. ``lengkapi``: a second source or further columns,
    nothing goes missing. ``banding``: only compared, nothing is written."""
    berlaku_dari: str = ""
    bawaan: bool = False
    abaikan: Sequence[str] = field(default_factory=tuple)
    """Columns known and deliberately not kept."""

    @property
    def kunci(self) -> tuple[str, ...]:
        return tuple(name for name, column in self.kolom.items() if column.kunci)
