"""Which unit of one structure goes to which of another, and why."""

from __future__ import annotations

from petajabatan.anjab.rules.jodoh import AMBANG, BOBOT, covers, inti_nama, match_trees, score, split_wish
from petajabatan.jabatan.rules.beda import IsiUnor


def unit(
    key: int, atasan: int | None, nama: str, jenis: str = "struktural", eselon: str | None = None
) -> IsiUnor:
    return IsiUnor(key, atasan, nama, jenis=jenis, eselon=eselon)


def test_a_name_is_compared_without_the_words_of_the_units_above_it() -> None:
    assert inti_nama("Sekretariat Dinas Kesehatan", ["Dinas Kesehatan"]) == "sekretariat"
    assert inti_nama("Dinas Kesehatan", ["Dinas Kesehatan"]) == "kesehatan"
    assert inti_nama("Bidang Aset", []) == "aset" and inti_nama("Bidang", []) == "bidang"


def test_units_are_not_alike_because_both_are_called_bidang() -> None:
    one = unit(1, 9, "Bidang Penanaman Modal", eselon="31")
    two = unit(2, 8, "Bidang Perpustakaan", eselon="31")
    above = ["Dinas Penanaman Modal"], ["Dinas Perpustakaan"]
    assert inti_nama(one.nama, above[0]) == "penanaman modal"
    assert score(one, two, *above, tempat=True).skor < AMBANG


def test_words_of_the_units_above_count_in_a_search() -> None:
    assert (
        split_wish("Bidang aset dinas kesehatan") == "bidang aset"
        and split_wish("bidang aset") == "bidang aset"
    )
    health = covers("bidang aset dinas kesehatn", "Bidang Aset", ["Dinas Kesehatan"])
    other = covers("bidang aset dinas kesehatn", "Bidang Aset", ["Dinas Pendidikan"])
    assert health > other and covers("aset", "Bidang Aset", []) > covers("aset", "Seksi", ["Bidang Aset"])


def test_the_points_of_a_score_add_up_and_each_says_why() -> None:
    one = unit(1, 9, "Sekretariat Dinas Kesehatan", eselon="31")
    two = unit(2, 8, "Sekretariat Dinas Pendidikan", eselon="31")
    found = score(one, two, ["Dinas Kesehatan"], ["Dinas Pendidikan"], tempat=True)
    assert found.skor == 100 == sum(BOBOT.values()) == sum(a.maks for a in found.alasan)
    assert {a.kriteria for a in found.alasan} == set(BOBOT) and all(a.sebab for a in found.alasan)
    other = score(one, unit(3, 8, "Bidang Kesenian", "upt", "41"), ["Dinas Kesehatan"], ["Dinas Pendidikan"])
    assert other.skor < AMBANG and sum(a.nilai for a in other.alasan) == other.skor


def test_branches_are_matched_level_by_level_and_no_target_serves_twice() -> None:
    source = [
        unit(1, None, "Dinas Kesehatan", eselon="22"), unit(2, 1, "Sekretariat", eselon="31"),
        unit(3, 1, "Bidang Pelayanan Kesehatan", eselon="31"), unit(4, 2, "Subbagian Umum", eselon="41"),
        unit(5, 2, "Subbagian Umum", eselon="41"),
    ]  # fmt: skip
    target = [
        unit(11, None, "Dinas Pendidikan", eselon="22"), unit(12, 11, "Sekretariat Dinas", eselon="31"),
        unit(13, 11, "Bidang Pembinaan PAUD", eselon="31"), unit(14, 12, "Subbagian Umum", eselon="41"),
    ]  # fmt: skip
    found = {j.sumber: j.tujuan for j in match_trees(source, target)}
    assert found[1] == 11 and found[2] == 12 and found[4] == 14
    assert 5 not in found and 3 not in found
    assert len(set(found.values())) == len(found)


def test_nothing_matches_nothing() -> None:
    assert match_trees([], [unit(1, None, "Dinas")]) == []
