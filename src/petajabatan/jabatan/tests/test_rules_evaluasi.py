"""FES: levels to points to kelas, what makes a sheet unfit, and classes outside the usual."""

from __future__ import annotations

import csv
import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from petajabatan.jabatan import data_abk
from petajabatan.jabatan.rules.evaluasi import (
    HasilEvaluasi,
    IsianFaktor,
    KelasNasional,
    Pengecualian,
    check_national,
    check_range,
    class_of,
    evaluate,
    explain_class,
    sheet_of,
    usual_range,
)
from petajabatan.jabatan.tests.abk_uji import ATURAN, perlu_contoh

TABEL = data_abk.class_tables()


def nilai(jenis: str, levels: list[int]) -> HasilEvaluasi:
    factors = TABEL.faktor[sheet_of(jenis)]
    rows = [IsianFaktor(f.kode, level, "sesuai") for f, level in zip(factors, levels, strict=True)]
    return evaluate(jenis, rows, TABEL)


def test_the_scales_reach_from_kelas_1_and_8_to_17() -> None:
    ends = []
    for jenis in ("fungsional", "struktural"):
        factors = TABEL.faktor[jenis]
        for pick in (min, max):
            hasil = nilai(jenis, [pick(f.nilai) for f in factors])
            ends.append((jenis, hasil.total, hasil.kelas))
            assert hasil.siap and hasil.temuan == ()
    assert ends == [
        ("fungsional", 190, 1),
        ("fungsional", 4480, 17),
        ("struktural", 1165, 8),
        ("struktural", 4730, 17),
    ]


def test_a_pelaksana_is_evaluated_on_the_functional_sheet() -> None:
    # F1..F9 at levels 5 3 2 3 2 2 2 1 1: 750+275+125+150+75+25+50+5+5 = 1,460.
    hasil = nilai("pelaksana", [5, 3, 2, 3, 2, 2, 2, 1, 1])
    assert (hasil.lembar, hasil.total, hasil.kelas) == ("fungsional", 1460, 9)
    head = nilai("struktural", [3, 2, 2, 2, 2, 5, 3])  # 550+250+775+50+75+650+975
    assert (head.total, head.kelas) == (3325, 15)


@pytest.mark.parametrize(
    ("total", "kelas"),
    [(189, None), (190, 1), (240, 1), (242, None), (245, 2), (650, 5), (655, 6), (1100, 7), (1105, 8),
     (2350, 12), (2355, 13), (4050, 16), (4055, 17), (9999, 17)],
)  # fmt: skip
def test_totals_fall_into_their_class(total: int, kelas: int | None) -> None:
    assert class_of(total, TABEL) == kelas


levels = st.sampled_from(["struktural", "fungsional"]).flatmap(
    lambda jenis: st.tuples(
        st.just(jenis), st.tuples(*(st.sampled_from(sorted(f.nilai)) for f in TABEL.faktor[jenis]))
    )
)


@given(levels, st.integers(0, 8))
def test_every_sheet_has_a_class_and_a_higher_level_never_lowers_it(
    sheet: tuple[str, tuple[int, ...]], place: int
) -> None:
    jenis, chosen = sheet
    hasil = nilai(jenis, list(chosen))
    assert hasil.total is not None and hasil.total % 5 == 0 and hasil.kelas is not None
    place %= len(chosen)
    factor = TABEL.faktor[jenis][place]
    raised = [*chosen[:place], min(chosen[place] + 1, max(factor.nilai)), *chosen[place + 1 :]]
    assert (nilai(jenis, raised).kelas or 0) >= hasil.kelas


def test_a_sheet_with_gaps_has_findings_and_no_class() -> None:
    rows = [IsianFaktor(f"F{i}", 2, "sesuai") for i in range(1, 8)]
    rows[0] = IsianFaktor("F1", 12, "sesuai")
    rows[1] = IsianFaktor("F2", None, "sesuai")
    rows[2] = IsianFaktor("F3", 2, "  ")
    hasil = evaluate(
        "fungsional", [*rows, rows[4], IsianFaktor("F4A", 1, "x"), IsianFaktor("F8", 1, "x")], TABEL
    )
    assert (hasil.total, hasil.kelas, hasil.siap) == (None, None, False)
    assert {(t.kolom, t.kode) for t in hasil.temuan} == {
        ("F4A", "fes-faktor-tidak-dikenal"),
        ("F5", "fes-faktor-ganda"),
        ("F1", "fes-level-tidak-dikenal"),
        ("F2", "fes-faktor-kosong"),
        ("F3", "fes-alasan-kosong"),
        ("F9", "fes-faktor-kosong"),
    }
    assert all(t.tingkat == "galat" and t.perbaikan for t in hasil.temuan)


def test_a_missing_reason_stops_submission_but_not_the_number() -> None:
    rows = [IsianFaktor(f.kode, 1) for f in TABEL.faktor["fungsional"]]
    hasil = evaluate("fungsional", rows, TABEL)
    assert (hasil.total, hasil.kelas, hasil.siap) == (190, 1, False)
    assert {t.kode for t in hasil.temuan} == {"fes-alasan-kosong"} and len(hasil.temuan) == 9


def test_a_duplicate_factor_leaves_no_total_to_choose_from() -> None:
    rows = [IsianFaktor(f.kode, 1, "x") for f in TABEL.faktor["fungsional"]]
    assert evaluate("fungsional", [*rows, IsianFaktor("F1", 9, "x")], TABEL).total is None


def test_the_reason_of_a_class_shows_points_total_and_bounds() -> None:
    steps = explain_class(nilai("pelaksana", [5, 3, 2, 3, 2, 2, 2, 1, 1]), TABEL)
    assert [step.hasil for step in steps[-2:]] == ["1.460", "9"]
    assert steps[-2].hitungan == "750 + 275 + 125 + 150 + 75 + 25 + 50 + 5 + 5"
    assert steps[-1].hitungan == "1.355 – 1.600" and "PermenPANRB 34/2011" in steps[-1].sumber
    top = explain_class(nilai("fungsional", [9, 5, 5, 6, 6, 4, 4, 3, 3]), TABEL)
    assert top[-1].hitungan == "4.055 ke atas"
    gap = explain_class(evaluate("pelaksana", [], TABEL), TABEL)
    assert gap[-1].hasil == "–" and len(gap) == 10


def test_the_usual_range_depends_on_the_jenjang_and_the_tier() -> None:
    assert check_range(15, "JPT-PRATAMA", "pusat", TABEL) is None
    assert check_range(14, "JPT-PRATAMA", "daerah", TABEL) is None
    finding = check_range(15, "JPT-PRATAMA", "daerah", TABEL)
    assert finding is not None and (finding.tingkat, finding.nilai) == ("peringatan", "15")
    assert "14" in finding.kalimat and "bukan ketentuan" in finding.kalimat
    assert usual_range("ADM", "daerah", TABEL) == usual_range("ADM", "", TABEL)
    assert check_range(1, "TIDAK-ADA", "", TABEL) is None


_JENJANG = {
    "AHLI UTAMA": "UT", "AHLI MADYA": "MA", "AHLI MUDA": "MU", "AHLI PERTAMA": "PT", "PENYELIA": "PY",
    "MAHIR": "MH", "TERAMPIL": "TR", "KEPALA BAGIAN": "ADM", "KEPALA BIDANG": "ADM",
    "KEPALA SUBBAGIAN": "PENGAWAS",
    "KEPALA BIRO": "JPT-PRATAMA", "KEPALA PUSAT": "JPT-PRATAMA", "INSPEKTUR": "JPT-PRATAMA",
    "DEPUTI": "JPT-MADYA", "SEKRETARIS JENDERAL": "JPT-MADYA", "KEPALA KANTOR": "ADM",
}  # fmt: skip


@perlu_contoh
def test_the_classes_of_a_real_agency_are_usual_but_for_two() -> None:
    outside, seen = [], Counter[str]()
    with (ATURAN / "kelas_jabatan_contoh_setjen_dpd.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            name = row["nama_jabatan"].upper()
            jenjang = next(
                (code for text, code in _JENJANG.items() if re.search(rf"^{text}\b|\b{text}$", name)),
                "PELAKSANA",
            )
            seen[jenjang] += 1
            if check_range(int(row["kelas"]), jenjang, "pusat", TABEL):
                outside.append((row["nama_jabatan"], row["kelas"]))
    assert outside == [("PENATA LAKSANA BARANG MAHIR", "8"), ("PENATA LAKSANA BARANG TERAMPIL", "7")]
    assert (sum(seen.values()), seen["JPT-MADYA"], seen["PELAKSANA"]) == (251, 3, 13)


def test_a_national_class_is_locked_and_an_exception_needs_reasons() -> None:
    # A synthetic annex: no source gives the table itself.
    annex = KelasNasional("Arsiparis Ahli Muda", 9, "Lampiran uji")
    assert check_national(9, "fungsional", annex) == [] == check_national(3, "fungsional", None)
    assert [t.kode for t in check_national(10, "fungsional", annex)] == ["kelas-terkunci"]
    asked = check_national(10, "fungsional", annex, Pengecualian("Beban lebih luas", "Surat ANRI 4/2026"))
    assert [(t.kode, t.tingkat) for t in asked] == [("kelas-dikecualikan", "peringatan")]
    assert [t.kode for t in check_national(10, "fungsional", annex, Pengecualian(" "))] == [
        "kelas-dikecualikan",
        "kelas-tanpa-alasan",
        "kelas-tanpa-rekomendasi",
    ]
    assert len(check_national(10, "pelaksana", annex, Pengecualian("Alasan"))) == 1
