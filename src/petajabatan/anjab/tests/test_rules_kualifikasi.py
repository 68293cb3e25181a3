"""The comparison of what a post asks for with what is recorded about its holder."""

from __future__ import annotations

from fractions import Fraction

import pytest

from petajabatan.anjab.rules.kualifikasi import (
    Acuan,
    Hitungan,
    Milik,
    Pendidikan,
    field_of,
    heat,
    judge,
    overall,
    read_requirement,
)

HUKUM, HUKUM_S2, TEKNIK, BIDAN, SLTA, PIM4, PBJ = 1, 2, 3, 4, 5, 10, 20
ACUAN = Acuan(
    setara={"15": 3, "30": 6, "35": 7, "40": 7, "45": 9},
    tingkat={"15": "SLTA", "30": "D-III", "35": "D-IV", "40": "S-1", "45": "S-2"},
    pendidikan={
        HUKUM: Pendidikan("S-1 ILMU HUKUM", 7), HUKUM_S2: Pendidikan("S-2 ILMU HUKUM", 9),
        TEKNIK: Pendidikan("S-1 TEKNIK SIPIL", 7), BIDAN: Pendidikan("D-III KEBIDANAN", 6),
        SLTA: Pendidikan("SLTA UMUM", 3),
    },
    diklat={PIM4: "Pelatihan Kepemimpinan Pengawas"},
    sertifikasi={PBJ: "Sertifikat Pengadaan Barang/Jasa"},
)  # fmt: skip
DIDIK = {"pendidikan": [{"teks": "S-1 Ilmu Hukum", "tingkat": "40", "id": HUKUM}]}


def ask(isi: dict, **held):
    return judge(read_requirement(isi, ACUAN), Milik(**held), ACUAN)


@pytest.mark.parametrize(
    ("held", "status"),
    [
        ({"setara": 7, "pendidikan_id": HUKUM}, "memenuhi"),
        ({"setara": 9, "pendidikan_id": HUKUM_S2}, "memenuhi"),
        ({"setara": 7, "pendidikan_id": TEKNIK}, "tidak"),
        ({"setara": 6, "pendidikan_id": BIDAN}, "tidak"),
        ({"setara": 3}, "tidak"),
        ({"setara": 9}, "belum-ada-data"),
        ({}, "belum-ada-data"),
    ],
)
def test_the_field_and_the_level_of_education_both_count(held, status):
    assert ask(DIDIK, **held)["pendidikan"].status == status


def test_one_of_the_alternatives_is_enough_and_d_iv_is_level_with_s_1():
    isi = {"pendidikan": [{"teks": "S-1", "tingkat": "40"}, {"teks": "D-III Kebidanan", "id": BIDAN}]}
    assert ask(isi, setara=6, pendidikan_id=BIDAN)["pendidikan"].status == "memenuhi"
    assert ask(isi, setara=7, tingkat="D-IV")["pendidikan"].status == "memenuhi"
    assert ask(isi, setara=3, tingkat="SLTA")["pendidikan"].status == "tidak"


def test_a_programme_of_no_field_asks_for_its_level_alone():
    isi = {"pendidikan": [{"teks": "SLTA Umum", "id": SLTA}]}
    assert ask(isi, setara=7, pendidikan_id=TEKNIK)["pendidikan"].status == "memenuhi"
    assert ask(isi, setara=2, tingkat="SLTP")["pendidikan"].status == "tidak"


def test_a_reason_keeps_the_names_as_they_are_written():
    reason = ask(DIDIK, setara=7, pendidikan_id=TEKNIK)["pendidikan"].alasan
    assert reason == "Bidang S-1 TEKNIK SIPIL bukan S-1 Ilmu Hukum."


def test_a_requirement_in_words_only_cannot_be_compared_but_does_not_hide_one_that_is_fulfilled():
    loose = {"pendidikan": [{"teks": "Sarjana di bidang yang relevan"}]}
    told = ask(loose, setara=7)["pendidikan"]
    assert told.status == "belum-ada-data" and "belum terikat referensi" in told.alasan
    both = {"pendidikan": [*loose["pendidikan"], *DIDIK["pendidikan"]]}
    assert ask(both, setara=7, pendidikan_id=HUKUM)["pendidikan"].status == "memenuhi"
    assert ask(both, setara=7, pendidikan_id=TEKNIK)["pendidikan"].status == "belum-ada-data"


def test_training_that_nobody_recorded_is_no_missing_training():
    isi = {"diklat_kepemimpinan": [{"teks": "PKP", "id": PIM4}], "diklat_teknis": [{"teks": "-"}]}
    assert ask(isi)["diklat"].status == "belum-ada-data"
    assert ask(isi, diklat=frozenset())["diklat"].status == "tidak"
    assert ask(isi, diklat=frozenset({PIM4}))["diklat"].status == "memenuhi"


def test_a_certificate_that_ended_is_not_held_and_the_reason_says_so():
    isi = {"sertifikasi": [{"teks": "PBJ", "id": PBJ}]}
    told = ask(isi, sertifikasi=frozenset(), kedaluwarsa=frozenset({PBJ}))["sertifikasi"]
    assert told == ("tidak", "Belum mempunyai PBJ (sudah tidak berlaku).")


@pytest.mark.parametrize(
    ("item", "years", "status"),
    [
        ({"teks": "Bidang perencanaan", "tahun": "2"}, 2, "memenuhi"),
        ({"teks": "paling singkat 5 (lima) tahun di bidang hukum"}, 4, "tidak"),
        ({"teks": "paling singkat 5 tahun"}, None, "belum-ada-data"),
        ({"teks": "pernah memimpin"}, 30, "belum-ada-data"),
        ({"teks": "-"}, 30, "tanpa-syarat"),
    ],
)
def test_service_is_judged_by_its_length(item, years, status):
    assert ask({"pengalaman": [item]}, tahun=years)["pengalaman"].status == status


def test_nothing_required_is_neither_fulfilled_nor_missing():
    assert read_requirement(None, ACUAN).kosong
    answers = ask({}, setara=7)
    assert {n.status for n in answers.values()} == {"tanpa-syarat"}
    assert overall(answers.values()) == "tanpa-syarat"


def test_one_unfulfilled_requirement_decides_before_an_unknown_one():
    isi = DIDIK | {"diklat_teknis": [{"teks": "PKP", "id": PIM4}]}
    assert overall(ask(isi, setara=3).values()) == "tidak"
    assert overall(ask(isi, setara=7, pendidikan_id=HUKUM).values()) == "belum-ada-data"


def test_the_share_is_of_those_who_could_be_judged():
    counts = Hitungan()
    counts.add(ask(DIDIK, setara=7, pendidikan_id=HUKUM), 3)
    counts.add(ask(DIDIK, setara=3), 1)
    counts.add(ask(DIDIK), 6)
    assert counts.n == 10 and counts.share("pendidikan") == Fraction(3, 4) and counts.share("diklat") is None
    assert sum(counts.komponen["semua"].values()) == 10
    assert [heat(s) for s in (None, *(Fraction(n, 999) for n in (0, 249, 250, 998, 999)))] == [
        0,
        1,
        1,
        2,
        4,
        5,
    ]


@pytest.mark.parametrize(
    ("nama", "bidang"),
    [
        ("S-1 TEKNIK SIPIL", "TEKNIK SIPIL"),
        ("S-1/A-IV PENDIDIKAN AGAMA ISLAM (TARBIYAH)", "PENDIDIKAN AGAMA ISLAM TARBIYAH"),
        ("D-IV / S-1 ANALIS LABORATORIUM", "ANALIS LABORATORIUM"),
        ("D-III KEBIDANAN", "KEBIDANAN"),
        ("Magister Hukum", "HUKUM"),
        ("TEKNIK SIPIL", "TEKNIK SIPIL"),
        ("DOKTER SPESIALIS ANAK", "DOKTER SPESIALIS ANAK"),
        ("S-1", ""),
        ("SMKI KARAWITAN", "SMKI KARAWITAN"),
    ],
)
def test_the_field_of_a_programme_is_its_name_without_the_level(nama, bidang):
    assert field_of(nama) == bidang


def test_people_on_posts_without_a_written_requirement_are_told_apart() -> None:
    counted = Hitungan()
    nothing = ask({})
    counted.add(nothing, 2)
    other = Hitungan()
    other.add(nothing, 3, tertulis=False)
    counted.merge(other)
    assert (counted.n, counted.belum, counted.komponen["semua"]["tanpa-syarat"]) == (5, 3, 5)
