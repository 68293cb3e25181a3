"""The shipped figures of ABK, class and form: dated, with a source, complete."""

from __future__ import annotations

import csv
import datetime as dt

import pytest

from petajabatan.jabatan import data_abk
from petajabatan.jabatan.tests.abk_uji import HARI

BERKAS = sorted(path.name for path in data_abk.FOLDER.glob("*.csv"))


@pytest.mark.parametrize("nama", BERKAS)
def test_every_row_names_its_source_and_its_date(nama: str) -> None:
    with (data_abk.FOLDER / nama).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows
    for row in rows:
        assert None not in row and row["sumber"].strip(), row
        if nama != "penanda_ikhtisar.csv":  # words are not dated
            dt.date.fromisoformat(row["berlaku_dari"])


def test_before_the_first_date_there_are_no_figures() -> None:
    early = dt.date(1999, 1, 1)
    with pytest.raises(LookupError, match="angka_maks"):
        data_abk.limits(early)
    assert data_abk.performance_bands(early) == () == data_abk.infojab_fields(early)


def test_the_bands_leave_no_value_without_a_letter() -> None:
    assert [band.huruf for band in data_abk.performance_bands(HARI)] == list("ABCDE")
    assert data_abk.performance_bands(HARI)[-1].batas_bawah == 0


def test_each_kind_of_post_has_exactly_one_default_policy_per_method() -> None:
    for metode, jenis in (("abk", "pelaksana"), ("abk", "fungsional"), ("abk-kes", "fungsional")):
        found = [
            p for p in data_abk.rounding_policies(HARI) if p.metode == metode and jenis in p.bawaan_untuk
        ]
        assert len(found) == 1
    assert [p.kode for p in data_abk.rounding_policies(HARI) if "struktural" in p.bawaan_untuk] == [
        "struktural_satu"
    ]


def test_the_class_tables_are_those_of_the_references() -> None:
    tables = data_abk.class_tables()
    assert {jenis: len(rows) for jenis, rows in tables.faktor.items()} == {"struktural": 7, "fungsional": 9}
    assert sum(len(factor.nilai) for rows in tables.faktor.values() for factor in rows) == 78
    assert [row.kelas for row in tables.kelas] == list(range(1, 18)) and tables.kelas[-1].maks is None
