"""Search over the references: codes, beginnings, words in any order, typing errors, paging."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from petajabatan.inti.actor import sistem
from petajabatan.inti.api import Masalah
from petajabatan.referensi.importers.spek import kata_sql
from petajabatan.referensi.models import Instansi, Jabatan, KataReferensi, MasterUnor
from petajabatan.referensi.queries import search_referensi
from petajabatan.referensi.services import count_words

NAMES = [
    "PENGADMINISTRASI UMUM", "PENGADMINISTRASI KEUANGAN", "PENGELOLA DATA", "PENGELOLA DATA KEPEGAWAIAN",
    "DATA PENGELOLA", "ANALIS KEPEGAWAIAN", "GURU", "GURU KELAS", "PERAWAT", "PRANATA KOMPUTER",
    "100% SIAP", "AB_CD",
]  # fmt: skip


@pytest.fixture(autouse=True)
def _rows(db: None) -> None:
    Jabatan.objects.bulk_create(
        Jabatan(jenis="pelaksana", id_siasn=f"ID{n}", nama=name) for n, name in enumerate(NAMES)
    )
    Jabatan.objects.create(jenis="fungsional", id_siasn="JF", nama="Guru Ahli Pertama")
    Jabatan.objects.create(jenis="pelaksana", id_siasn="LAMA", nama="GURU ZAMAN DULU", aktif=False)
    Jabatan.objects.create(jenis="pelaksana", id_siasn="NIHIL", nama=None)
    Instansi.objects.create(id_siasn="I1", nama="Kementerian Kesehatan", kode_cepat="2400")
    with connection.cursor() as cursor:
        cursor.execute(kata_sql("jabatan-pelaksana", "jabatan", "t.jenis = 'pelaksana'"))


def names(text: str, daftar: str = "jabatan-pelaksana", **more: Any) -> list[str]:
    return [hit.nama for hit in search_referensi(daftar, text, **more)[0]]


def test_the_very_name_comes_first_then_what_begins_with_it_then_what_holds_it() -> None:
    hits, following = search_referensi("jabatan-pelaksana", "pengelola data")
    assert [h.nama for h in hits][:3] == ["PENGELOLA DATA", "PENGELOLA DATA KEPEGAWAIAN", "DATA PENGELOLA"]
    assert hits[0].skor == 1.0 > hits[1].skor > hits[2].skor
    assert following is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("pengadministrasi umm", "PENGADMINISTRASI UMUM"),
        ("pengadministrsi keuangn", "PENGADMINISTRASI KEUANGAN"),
        ("analis kepegawain", "ANALIS KEPEGAWAIAN"),
        ("gurru", "GURU"),
        ("perwat", "PERAWAT"),
        ("komputr pranata", "PRANATA KOMPUTER"),
    ],
)
def test_typing_errors_are_forgiven(typed: str, meant: str) -> None:
    assert names(typed)[0] == meant


def test_a_large_list_whose_words_were_never_counted_forgives_them_too() -> None:
    KataReferensi.objects.all().delete()
    assert names("perwat") == ["PERAWAT"]
    count_words(sistem("uji"))
    counted = KataReferensi.objects.filter(daftar="jabatan-pelaksana")
    assert counted.get(kata="PENGELOLA").n == 3
    assert not counted.filter(kata="ZAMAN").exists(), "of a retired row"
    assert KataReferensi.objects.filter(daftar="jabatan-fungsional", kata="GURU").exists()
    assert names("perwat") == ["PERAWAT"]


def test_small_lists_forgive_typing_errors_too() -> None:
    assert names("kementrian kesehatn", "instansi") == ["Kementerian Kesehatan"]


def test_a_code_finds_its_row() -> None:
    MasterUnor.objects.create(jenis="sekolah", kunci="20315001", nama="SDN SUMBER")
    assert names("20315001", "sekolah") == ["SDN SUMBER"]
    assert names("id3") == ["PENGELOLA DATA KEPEGAWAIAN"]


def test_lists_are_kept_apart_and_retired_rows_are_not_found() -> None:
    assert "Guru Ahli Pertama" not in names("guru") and "GURU ZAMAN DULU" not in names("guru")
    assert names("guru", "jabatan-fungsional") == ["Guru Ahli Pertama"]


def test_all_lists_at_once() -> None:
    hits, _ = search_referensi("semua", "guru")
    assert {(h.daftar, h.nama) for h in hits} >= {
        ("jabatan-pelaksana", "GURU"),
        ("jabatan-fungsional", "Guru Ahli Pertama"),
    }
    assert [h.nama for h in search_referensi("semua", "kemntrian kesehatan")[0]] == ["Kementerian Kesehatan"]


def test_all_lists_at_once_are_one_statement_between_two_settings() -> None:
    with CaptureQueriesContext(connection) as captured:
        search_referensi("semua", "guru")
    assert len(captured) == 3


def test_marks_of_the_pattern_language_are_letters() -> None:
    assert names("100%") == ["100% SIAP"]
    assert names("ab_cd") == ["AB_CD"] and names("abxcd") == []


@pytest.mark.parametrize("text", ["", "   ", "\x00", "%", "'", "a", "zzzzqqq", "(*&", "x" * 500])
def test_odd_texts_find_little_and_break_nothing(text: str) -> None:
    assert len(names(text)) <= 2
    assert len(names(text, "semua")) <= 20


def test_pages_follow_each_other_without_gap_or_repeat() -> None:
    whole = names("pengelola", limit=50)
    first, cursor = search_referensi("jabatan-pelaksana", "pengelola", 2)
    second, last = search_referensi("jabatan-pelaksana", "pengelola", 2, cursor)
    assert [h.nama for h in first + second] == whole and cursor and last is None
    with pytest.raises(Masalah):
        search_referensi("jabatan-pelaksana", "pengelola", 2, "bukan-kursor!")


def test_an_unknown_list_is_an_error_of_the_caller() -> None:
    with pytest.raises(KeyError):
        search_referensi("entah", "x")
