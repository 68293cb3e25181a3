"""Invented content of informasi jabatan: random for properties, whole for examples."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from petajabatan.jabatan.data_abk import infojab_fields
from petajabatan.jabatan.rules.isian import BAGIAN, TAMBAHAN, fields_of, tidy

HARI = dt.date(2026, 1, 1)
ISIAN = infojab_fields(HARI)
KEPALA = (
    "=1+1",
    "+62",
    "-",
    "@SUM(A1)",
    "_x0041_",
    "'teks",
    "#REF!x",
    "1.250,5",
    "0012",
    "TRUE",
    "<b>",
    "a < b",
)
teks = st.one_of(
    st.sampled_from(KEPALA),
    st.text(alphabet=st.characters(exclude_categories=("Cs", "Cn")), max_size=40),
    st.text(alphabet="abc =+-@\n\t\u00a0;:,.1", max_size=30),
)
angka = st.one_of(
    st.none(),
    st.decimals(0, Decimal("99999999.9999"), places=4).map(lambda d: format(d, "f")),
    st.integers(0, 100_000).map(str),
)


def _item(kode: str) -> st.SearchStrategy[dict[str, Any]]:
    extras = {
        name: st.integers(1, 10**9) if name == "id" else st.lists(teks, max_size=3) if name == "tahapan"
        else teks for name in TAMBAHAN.get(kode, ())
    }  # fmt: skip
    return st.fixed_dictionaries({"teks": teks}, optional=extras)


def _row(kode: str, kolom: tuple[str, ...]) -> st.SearchStrategy[dict[str, Any]]:
    names = {name: teks for name in kolom if name not in ("volume", "waktu")}
    extras = {
        name: st.integers(1, 10**6) if name == "id" else st.lists(teks, max_size=3) if name == "tahapan"
        else teks for name in TAMBAHAN.get(kode, ())
    }  # fmt: skip
    return st.fixed_dictionaries(names, optional=extras)


def _section(bagian: str) -> st.SearchStrategy[dict[str, Any]]:
    fields: dict[str, st.SearchStrategy[Any]] = {}
    for field in fields_of(bagian, ISIAN):
        if field.bentuk == "teks":
            fields[field.kode] = teks
        elif field.bentuk == "daftar":
            fields[field.kode] = st.lists(_item(field.kode), max_size=4)
        else:
            fields[field.kode] = st.lists(_row(field.kode, field.kolom), max_size=4)
    return st.fixed_dictionaries({}, optional=fields)


evaluasi = st.fixed_dictionaries(
    {"jenis": st.sampled_from(["struktural", "fungsional"]),
     "faktor": st.dictionaries(st.sampled_from(["F1", "F2", "F4A"]), st.fixed_dictionaries(
         {"level": st.one_of(st.none(), st.integers(1, 9)), "alasan": teks}))},
    optional={"status": teks, "oleh": teks, "catatan": teks},
)  # fmt: skip
abk = st.fixed_dictionaries(
    {"baris": st.lists(st.fixed_dictionaries(
        {"uraian": teks, "satuan": teks, "volume": angka, "norma": angka,
         "pendekatan": st.sampled_from(["tugas", "hasil", "objek", "peralatan"]),
         "pegawai": st.integers(0, 9), "giliran": st.integers(0, 3)},
        optional={"tugas": st.integers(0, 99)}), max_size=4)},
    optional={"waktu": st.sampled_from(["2004", "2020-5"]), "kebijakan": st.just("ceil"),
              "dari": st.sampled_from(["abk", "rekomendasi"]),
              "rekomendasi": st.fixed_dictionaries({"k": st.one_of(st.none(), st.integers(0, 99))},
                                                   optional={"pembina": teks, "dokumen": teks})},
)  # fmt: skip


def stored(bagian: str, isi: Any) -> dict[str, Any] | None:
    """As a draft keeps it: tidied until nothing changes."""
    for _ in range(4):
        isi = tidy(bagian, isi, ISIAN).isi
    return isi


sections = st.fixed_dictionaries(
    {}, optional={code: _section(code) for code in BAGIAN if code not in ("abk", "evaluasi")}
    | {"evaluasi": evaluasi}
).map(lambda made: {code: isi for code, raw in made.items() if (isi := stored(code, raw))})  # fmt: skip
sheets = abk.map(lambda raw: stored("abk", raw))
