"""Findings as groups: pure."""

from __future__ import annotations

from petajabatan.inti.temuan import Temuan
from petajabatan.usulan.rules.kelompok import group_findings


def make(kode: str, tingkat: str, tempat: str, perbaikan: str = "Isi.") -> Temuan:
    return Temuan(kode, tingkat, f"{kode} di {tempat}", perbaikan, tempat=tempat)  # type: ignore[arg-type]


def test_one_problem_is_shown_once_with_its_places_the_worst_first():
    rows = [
        make("tanpa-kelas", "catatan", "a"),
        make("tanpa-dasar", "galat", "a"),
        make("tanpa-kepala", "peringatan", "b"),
        make("tanpa-dasar", "galat", "b"),
    ]
    found = group_findings(rows, {"tanpa-dasar": "Unit tanpa dasar hukum"}, {("galat", "tanpa-dasar"): 7})
    assert [(k.tingkat, k.kode, k.jumlah) for k in found] == [
        ("galat", "tanpa-dasar", 7),
        ("peringatan", "tanpa-kepala", 1),
        ("catatan", "tanpa-kelas", 1),
    ]
    first, second, _ = found
    assert first.judul == "Unit tanpa dasar hukum"
    assert [t.tempat for t in first.tempat] == ["a", "b"]
    assert (first.sisa, first.tunggal, second.tunggal) == (5, False, True)
    assert second.judul == "tanpa-kepala di b"


def test_a_remedy_stands_once_when_it_is_the_same_everywhere():
    same = [make("x", "galat", "a"), make("x", "galat", "b")]
    assert group_findings(same, {})[0].perbaikan == "Isi."
    other = [make("x", "galat", "a"), make("x", "galat", "b", "Hapus.")]
    assert group_findings(other, {})[0].perbaikan == ""
