"""Word differences, suggestions and hints as pure rules."""

from __future__ import annotations

import datetime as dt
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from petajabatan.anjab.rules.infojab_banding import Baris, compare_rows, compare_sections, compare_words
from petajabatan.anjab.rules.infojab_bantuan import gather_gaps, hints_of
from petajabatan.anjab.rules.infojab_lengkap import section_fields
from petajabatan.anjab.rules.infojab_saran import PER_ISIAN, Sumber, suggest
from petajabatan.anjab.rules.infojab_tampil import shown_fields
from petajabatan.anjab.tests.infojab_uji import LENGKAP
from petajabatan.jabatan.data_abk import ikhtisar_markers, infojab_fields, limits
from petajabatan.jabatan.rules.isian import DICETAK, tidy
from petajabatan.jabatan.rules.kelengkapan import check_completeness

HARI = dt.date(2026, 6, 1)
FIELDS = infojab_fields(HARI)
KATA = st.text("abc ", max_size=30)


def source(key: int, *, sama: bool = True, jabatan: str = "Arsiparis", unit: str = "Bidang Arsip") -> Sumber:
    return Sumber(key, 1, "Kabupaten Alfa", jabatan, unit, 3, sama)


def duties(*texts: str) -> dict[str, Any]:
    return {"tanggung_jawab": [{"teks": text} for text in texts]}


def ask(calon: list[tuple[Sumber, Any]], ada: Any = None) -> list[Any]:
    return suggest("tanggung_jawab", calon, ada, FIELDS, jabatan="Arsiparis", unit="Bidang Arsip")


@given(KATA, KATA)
def test_the_words_of_a_difference_give_both_texts_back(old: str, new: str) -> None:
    words = compare_words(old, new)
    if words is not None:
        assert "".join(t for mark, t in words if mark != "tambah") == old
        assert "".join(t for mark, t in words if mark != "hapus") == new


@given(st.lists(KATA, max_size=6), st.lists(KATA, max_size=6))
def test_no_row_is_lost_in_a_difference(old: list[str], new: list[str]) -> None:
    rows = compare_rows([Baris("a", t) for t in old], [Baris("a", t) for t in new])
    before = ["".join(t for mark, t in row.kata if mark != "tambah") for row in rows if row.tanda != "tambah"]
    after = ["".join(t for mark, t in row.kata if mark != "hapus") for row in rows if row.tanda != "hapus"]
    assert (before, after) == (old, new)


def test_a_changed_row_is_one_row_with_its_words_marked() -> None:
    rows = compare_sections("wewenang", {"wewenang": ["Menolak berkas salah"]},
                            {"wewenang": ["Menolak naskah salah", "Meminta data"]}, FIELDS)  # fmt: skip
    assert [row.tanda for row in rows] == ["ubah", "tambah"]
    assert ("hapus", "berkas") in rows[0].kata and ("tambah", "naskah") in rows[0].kata


def test_two_long_texts_are_compared_in_reasonable_time() -> None:
    start = time.process_time()
    compare_sections("ikhtisar", {"ikhtisar": "kata baru " * 999}, {"ikhtisar": "lain kata " * 999}, FIELDS)
    assert time.process_time() - start < 5


def test_the_liker_source_comes_first_then_the_more_used_row() -> None:
    found = ask(
        [
            (source(1, sama=False, jabatan="Pengelola Arsip", unit="Bidang Umum"), duties("Jauh")),
            (source(2, unit="Subbagian Keuangan"), duties("Keamanan arsip", "Kerapian ruang")),
            (source(3, unit="Subbagian Keuangan"), duties("KEAMANAN  arsip")),
            (source(4), duties("Ketelitian daftar")),
        ]
    )
    assert [s.teks for s in found] == ["Ketelitian daftar", "Keamanan arsip", "Kerapian ruang", "Jauh"]
    assert (found[0].skor, found[1].banyak, found[1].terbaik.sumber.infojab_id) == (100, 2, 2)


def test_what_is_there_already_is_not_suggested_nor_the_same_twice() -> None:
    found = ask(
        [(source(1), duties("Keamanan arsip dinas", "Ketelitian catatan", "Ketelitian catatan.", "-"))],
        duties("Keamanan arsip dinas "),
    )
    assert [s.teks for s in found] == ["Ketelitian catatan"]


def test_suggestions_do_not_depend_on_the_order_of_their_sources() -> None:
    calon = [(source(n), duties(f"Kebenaran berkas {n % 4}", "Kerapian")) for n in range(9)]
    assert [(s.teks, s.terbaik) for s in ask(calon)] == [(s.teks, s.terbaik) for s in ask(calon[::-1])]


def test_suggestions_are_few_and_quick_for_many_sources() -> None:
    calon = [
        (source(n), duties(*(f"Kewajiban nomor {n} {i} perihal {n * i}" for i in range(12))))
        for n in range(120)
    ]
    start = time.process_time()
    found = ask(calon)
    assert len(found) <= PER_ISIAN and time.process_time() - start < 2


def test_a_task_is_suggested_without_its_number() -> None:
    found = suggest("tugas_pokok", [(source(1), LENGKAP["tugas_pokok"])], None, FIELDS,
                    jabatan="Arsiparis", unit="Bidang Arsip")  # fmt: skip
    assert found and all("id" not in s.isi for s in found)


def test_gaps_are_told_in_few_sentences() -> None:
    part = check_completeness({}, section_fields("syarat", FIELDS)).temuan
    told = gather_gaps(part)
    assert len(part) == 13 and len(told) == 1
    assert told[0].kalimat.startswith("Belum diisi: Keterampilan kerja, Bakat kerja")
    tasks = {"tugas_pokok": LENGKAP["tugas_pokok"]["tugas_pokok"]}
    measured = [t for t in check_completeness(tasks, FIELDS).temuan if t.kolom.startswith("tugas_pokok")]
    assert [t.kalimat for t in gather_gaps(measured)] == ["Tugas 1, 2 belum mempunyai volume dan waktu."]


def test_hints_are_for_the_sections_that_have_them() -> None:
    markers, limit = ikhtisar_markers(), limits(HARI).tugas_serupa
    assert not hints_of("ikhtisar", LENGKAP["ikhtisar"], markers, limit)
    assert hints_of("ikhtisar", {"ikhtisar": "Bekerja."}, markers, limit)
    assert not hints_of("prestasi", {"prestasi": "Bekerja."}, markers, limit)


def test_every_section_is_shown_with_all_its_fields() -> None:
    for code in DICETAK:
        assert not any(t.kosong for t in shown_fields(code, LENGKAP[code], FIELDS) if t.wajib), code


@pytest.mark.parametrize(
    ("level", "told", "compared"),
    [
        ("40", "Ilmu Hukum", "Ilmu Hukum"),
        ("S-1", "S-1 Ilmu Hukum", "S-1 · Ilmu Hukum"),
        (None, "Ilmu Hukum", "Ilmu Hukum"),
    ],
)
def test_a_level_of_education_is_told_in_words_never_by_its_code(
    level: Any, told: str, compared: str
) -> None:
    isi = {"pendidikan": [{"teks": "Ilmu Hukum", "tingkat": level}]}
    shown = {field.kode: field.butir for field in shown_fields("kualifikasi", isi, FIELDS)}
    assert shown["pendidikan"] == [told]
    assert [row.kata[0][1] for row in compare_sections("kualifikasi", None, isi, FIELDS)] == [compared]


@pytest.mark.parametrize(("said", "kept"), [("2", "2"), (3, "3"), ("05", "5"), ("4 tahun", "4"), ("0", "0")])
def test_years_of_experience_are_kept_as_a_whole_number(said: Any, kept: str) -> None:
    result = tidy("kualifikasi", {"pengalaman": [{"teks": "Hukum", "tahun": said}]}, FIELDS)
    assert result.isi == {"pengalaman": [{"teks": "Hukum", "tahun": kept}]} and not result.temuan


@pytest.mark.parametrize("said", ["dua", "2,5", "-1", "61", "1e1", "٢"])
def test_years_that_are_no_whole_number_are_refused_beside_their_field(said: str) -> None:
    rows = [{"teks": "Hukum", "tahun": "1"}, {"teks": "Umum", "tahun": said}]
    result = tidy("kualifikasi", {"pengalaman": rows}, FIELDS)
    assert result.ditolak
    assert [(t.kode, t.kolom, t.baris) for t in result.temuan] == [
        ("tahun-bukan-bilangan", "pengalaman.tahun", 2)
    ]
