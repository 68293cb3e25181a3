"""Errors of values in words: against pydantic itself, so that its names of errors are the ones we know."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from petajabatan.inti.kata_nilai import KALIMAT, LAIN, sentence_of


class Satu(BaseModel):
    jenis: Literal["satu"]


class Dua(BaseModel):
    jenis: Literal["dua"]


class Contoh(BaseModel):
    model_config = ConfigDict(extra="forbid")

    wajib: int
    nama: str = Field("abc", min_length=2, max_length=5, pattern="^[a-z]+$")
    butir: list[int] = Field([1], min_length=1, max_length=2)
    hari: dt.date | None = None
    ya: bool = True
    nilai: float = 1.0
    pilih: Literal["a", "b", "c"] = "a"
    dari: int = Field(5, ge=1, lt=10)
    lebih: int = Field(5, gt=1, le=10)
    pilihan: Annotated[Satu | Dua, Field(discriminator="jenis")] | None = None
    sendiri: str = ""

    @field_validator("sendiri")
    @classmethod
    def _own(cls, value: str) -> str:
        if value == "x":
            raise ValueError("Tulis alasannya.")
        return value


def error(**values: Any) -> dict[str, Any]:
    with pytest.raises(ValidationError) as caught:
        Contoh(**({"wajib": 1} | values))
    (one,) = caught.value.errors()
    return dict(one)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"wajib": "x"}, "Harus bilangan bulat."),
        ({"wajib": 1.5}, "Harus bilangan bulat."),
        ({"wajib": None}, "Harus bilangan bulat."),
        ({"lain": 1}, "Isian ini tidak dikenal."),
        ({"nama": "a"}, "Sedikitnya 2 huruf."),
        ({"nama": "abcdef"}, "Paling banyak 5 huruf."),
        ({"nama": "AB"}, "Bentuknya harus sesuai pola ^[a-z]+$."),
        ({"nama": 3}, "Harus teks."),
        ({"butir": []}, "Sedikitnya 1 butir; ini berisi 0."),
        ({"butir": [1, 2, 3]}, "Paling banyak 2 butir; ini berisi 3."),
        ({"butir": 3}, "Harus daftar."),
        ({"hari": "kemarin"}, "Harus tanggal berbentuk YYYY-MM-DD."),
        ({"ya": "mungkin"}, "Harus true atau false."),
        ({"nilai": "x"}, "Harus bilangan."),
        ({"pilih": "d"}, "Harus salah satu dari 'a', 'b' atau 'c'."),
        ({"dari": 0}, "Harus 1 atau lebih."),
        ({"dari": 10}, "Harus kurang dari 10."),
        ({"lebih": 1}, "Harus lebih dari 1."),
        ({"lebih": 11}, "Harus 10 atau kurang."),
        ({"pilihan": {"jenis": "tiga"}}, "Jenis tiga tidak dikenal; pilih 'satu', 'dua'."),
        ({"pilihan": {}}, "Isian 'jenis' wajib diisi: ia menentukan isian lainnya."),
        ({"pilihan": 3}, "Harus objek."),
        ({"sendiri": "x"}, "Tulis alasannya."),
    ],
)
def test_what_is_wrong_is_told_in_indonesian(values, sentence):
    found = error(**values)
    assert sentence_of(found, "id") == sentence, found


def test_a_missing_value_is_told():
    with pytest.raises(ValidationError) as caught:
        Contoh()  # type: ignore[call-arg]
    assert sentence_of(caught.value.errors()[0], "id") == "Wajib diisi."


def test_who_asks_for_english_gets_english():
    assert sentence_of(error(butir=[]), "en") == "List should have at least 1 item after validation, not 0"
    assert sentence_of(error(sendiri="x"), "en") == "Tulis alasannya."


def test_an_error_of_another_kind_or_without_its_facts_still_has_a_sentence():
    assert sentence_of({"type": "baru-sekali", "msg": "Something new"}, "id") == LAIN
    assert all(sentence_of({"type": kind, "msg": "x"}, "id") for kind in KALIMAT)
